/* quote_form.c - who said what: a list for people. Date, speaker, kind and cue; the words, wrapped; where they stand.
 *
 *	2021-12-04 Ana Ruiz, direct, said
 *	    We won
 *	    They lost. [cup.txt:3]
 *
 * Stretches of one attribution follow each other under one name. A quotation is the text repeated: it is cut as cells
 * of tables are (column.h).
 */
#include "flat.h"
#include "forms.h"
#include "page.h"
#include "record_own.h"

enum { MARGIN = 4, WIDTH_MIN = 20 };

/* ", " and a word more about the quotation. */
static void
put_more(struct page *p, struct span s)
{
	if (s.n == 0)
		return;
	page_glue(p, ",");
	page_gap(p, GAP_BLANK);
	page_text(p, s);
}

static void
put_speaker(struct page *p, struct record *r, const struct quote *q)
{
	struct span who = flat_mention_name(r, &q->speaker);
	size_t none = 0;

	p->gutter = NULL;
	page_gap(p, GAP_BREAK);
	p->style = STYLE_DIM;
	page_text(p, r->date);
	page_gap(p, GAP_BLANK);
	p->style = STYLE_BOLD;
	page_text(p, who.n > 0 ? cell_cut(who, &none, r->arena) : SPAN("(unknown)"));
	p->style = STYLE_DIM;
	put_more(p, span_c(quote_name[q->kind]));
	if (q->cue.end > q->cue.start)
		put_more(p, cell_cut(record_slice(r, q->cue.start, q->cue.end), &none, r->arena));
	p->style = 0;
	page_gap(p, GAP_BREAK);
}

/* The line of the input that byte at of the text stands in. */
struct line {
	uint32_t at;
	size_t n; /* 0: at is the start of the text */
};

static size_t
line_of(struct line *l, const struct record *r, uint32_t at)
{
	if (l->n == 0 || at < l->at)
		*l = (struct line){ 0, r->line };
	if (r->body_line > 0 && l->at < r->body_at && at >= r->body_at)
		*l = (struct line){ r->body_at, r->body_line };
	for (; l->at < at; l->at++)
		l->n += r->text.p[l->at] == '\n';
	return l->n;
}

/* Behind the words: the file and the line they begin in, as compilers name places. */
static void
put_place(struct page *p, struct record *r, size_t line)
{
	size_t none = 0;

	if (r->source.n == 0)
		return;
	page_gap(p, GAP_BLANK);
	p->style = STYLE_DIM;
	page_glue(p, "[");
	page_text(p, cell_cut(r->source, &none, r->arena));
	if (line > 0)
		page_text(p, arena_fmt(r->arena, ":%zu", line));
	page_glue(p, "]");
	p->style = 0;
}

static void
quotes_record(struct record *r, const struct look *l, struct buf *out)
{
	unsigned width = l->width == 0          ? 0
			 : l->width > WIDTH_MIN ? l->width - MARGIN
						: WIDTH_MIN - MARGIN;
	size_t spare = cell_spare(r);
	struct line line = { 0 };
	uint32_t first = 0; /* byte of the attribution at hand */
	struct page p;

	if (sheet_is(r)) {
		picture_quotes(r, l, out);
		return;
	}
	record_settle(r);
	page_open(&p, out, width, l->color);
	p.join = true;
	for (size_t i = 0; i < r->quotes.n; i++) {
		const struct quote *q = &r->quotes.at[i];

		if (q->start >= q->end)
			continue;
		if (i == 0 || q->group == 0 || q->group != q[-1].group) {
			put_speaker(&p, r, q);
			first = q->start;
		}
		p.gutter = "    ";
		page_gap(&p, GAP_BREAK);
		page_text(&p, cell_cut(record_slice(r, q->start, q->end), &spare, r->arena));
		if (i + 1 == r->quotes.n || q->group == 0 || q->group != q[1].group)
			put_place(&p, r, r->line > 0 ? line_of(&line, r, first) : 0);
		page_gap(&p, GAP_BREAK);
	}
	page_close(&p);
}

const struct form quote_form = { "quotes", "who said what, for people", NULL, quotes_record };
