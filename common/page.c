/* page.c - words are gathered with their styles, then set: behind a blank, or on the next line. */
#include "page.h"

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"
#include "visible.h"

/* A source line of fewer bytes was not ended by a margin: its newline means something. */
enum { SHORT_LINE = 50 };

void
page_open(struct page *p, struct buf *out, unsigned width, bool color)
{
	*p = (struct page){ .out = out, .width = width, .color = color };
}

/* --- styles --- */

static void
put_style(struct buf *out, unsigned style)
{
	static const struct {
		unsigned flag;
		const char *sgr;
	} flags[] = {
		{ STYLE_BOLD, ";1" },
		{ STYLE_DIM, ";2" },
		{ STYLE_ITALIC, ";3" },
		{ STYLE_UNDER, ";4" },
	};

	buf_str(out, "\033[0");
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if ((style & flags[i].flag) != 0)
			buf_str(out, flags[i].sgr);
	if ((style & 0xFF) != 0)
		buf_fmt(out, ";%u", style & 0xFF);
	buf_char(out, 'm');
}

/* Have out go on in style, given the one in effect. */
static void
change_style(const struct page *p, struct buf *out, unsigned *now, unsigned style)
{
	if (p->color && *now != style)
		put_style(out, style);
	*now = style;
}

/* --- lines --- */

static void
end_line(struct page *p)
{
	change_style(p, p->out, &p->set_style, 0);
	buf_char(p->out, '\n');
	p->col = 0;
	p->inked = false;
}

static bool
fits(const struct page *p, unsigned blank)
{
	return p->width == 0 || p->col + blank + p->word_width <= p->width;
}

static void
put_gap(struct page *p)
{
	bool blank = p->gap == GAP_BLANK;

	if (p->inked && p->gap <= GAP_BLANK && fits(p, blank)) {
		if (blank) {
			change_style(p, p->out, &p->set_style, p->gap_style);
			buf_char(p->out, ' ');
			p->col++;
		}
		return;
	}
	if (p->inked)
		end_line(p);
	if (p->gap == GAP_PARA && p->begun)
		buf_char(p->out, '\n');
	if (p->lead != NULL)
		buf_str(p->out, p->lead);
	else if (p->gutter != NULL)
		buf_str(p->out, p->gutter);
	p->lead = NULL;
}

/* Set the word gathered so far. */
static void
set_word(struct page *p)
{
	if (p->word.n == 0)
		return;
	put_gap(p);
	change_style(p, p->out, &p->set_style, p->first);
	buf_put(p->out, buf_span(&p->word));
	p->set_style = p->last;
	p->col += p->word_width;
	p->gap = GAP_NONE;
	p->word_width = 0;
	p->inked = p->begun = true;
	buf_clear(&p->word);
}

void
page_gap(struct page *p, enum page_gap gap)
{
	set_word(p);
	if (gap <= p->gap)
		return;
	p->gap = gap;
	p->gap_style = p->style;
}

void
page_close(struct page *p)
{
	set_word(p);
	if (p->inked)
		end_line(p);
	buf_free(&p->word);
}

/* --- text --- */

static unsigned
width_of(uint32_t cp)
{
	if (visible_safe(cp))
		return (unsigned)uni_width(cp);
	return cp < 0x80 ? 4 : 6; /* \x1b, \u202e */
}

static void
add_char(struct page *p, struct span bytes, uint32_t cp)
{
	unsigned width = width_of(cp);

	if (p->width > 0 && p->word_width + width > p->width)
		set_word(p); /* a word longer than a line is broken anywhere */
	if (p->word.n == 0)
		p->first = p->last = p->style;
	else
		change_style(p, &p->word, &p->last, p->style);
	if (visible_safe(cp))
		buf_put(&p->word, bytes);
	else
		visible_put(&p->word, bytes, false);
	p->word_width += width;
}

bool
page_break(size_t line_bytes, struct span rest)
{
	static const char *const item[] = { " ", "\t", "- ", "* ",
		"\xE2\x80\xA2" }; /* last: bullet */

	if (line_bytes < SHORT_LINE)
		return true;
	for (size_t i = 0; i < sizeof(item) / sizeof(item[0]); i++)
		if (span_starts(rest, span_c(item[i])))
			return true;
	return false;
}

static void
add_blank(struct page *p, char c, struct span rest)
{
	p->line_bytes++;
	if (c != '\n' || p->join) {
		page_gap(p, GAP_BLANK);
		return;
	}
	p->newlines++;
	page_gap(p, p->newlines > 1                                    ? GAP_PARA
		    : p->width == 0 || page_break(p->line_bytes, rest) ? GAP_BREAK
								       : GAP_BLANK);
	p->line_bytes = 0;
}

void
page_text(struct page *p, struct span s)
{
	for (size_t i = 0, len; i < s.n; i += len) {
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len);

		if (cp < 0x80 && ascii_space((unsigned char)cp)) {
			add_blank(p, (char)cp, span_cut(s, i + 1, s.n));
			continue;
		}
		add_char(p, span_cut(s, i, i + len), cp);
		p->line_bytes += len;
		p->newlines = 0;
	}
}

void
page_glue(struct page *p, const char *s)
{
	for (; *s != '\0'; s++)
		add_char(p, (struct span){ s, 1 }, (unsigned char)*s);
}
