/* html_form.c - articles as HTML: the flat walk, with paragraphs. */
#include "ascii.h"
#include "flat.h"
#include "forms.h"
#include "html.h"
#include "page.h"
#include "record_own.h"
#include "xml.h"

struct article {
	struct record *r;
	const struct look *look;
	struct buf *out;
	struct flat_cover cover;
	const struct ent *ent; /* that has just begun: its name is said on the next stretch */
	bool summary;          /* a sentence of the summary has just begun */
	bool paragraph;        /* <p> is open */
	size_t line_bytes;     /* of the text since its last newline */
};

const char *
html_label_class(unsigned label)
{
	static const char *const class[N_ENT] = {
		[ENT_PERSON] = "person",
		[ENT_NORP] = "place",
		[ENT_FAC] = "place",
		[ENT_ORG] = "org",
		[ENT_GPE] = "place",
		[ENT_LOC] = "place",
		[ENT_PRODUCT] = "thing",
		[ENT_EVENT] = "thing",
		[ENT_WORK_OF_ART] = "thing",
		[ENT_LAW] = "thing",
		[ENT_LANGUAGE] = "thing",
	};

	return class[label];
}

/* --- a stretch --- */

static void
put_classes(struct article *a)
{
	static const struct {
		enum flat_kind kind;
		const char *class;
	} plain[] = { { FLAT_TITLE, "t " }, { FLAT_QUOTE, "q " }, { FLAT_CUE, "c " },
		{ FLAT_DATE, "d " } };

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (a->cover.open[plain[i].kind] > 0)
			buf_str(a->out, plain[i].class);
	if (a->cover.open[FLAT_ENT] > 0)
		buf_fmt(a->out, "e %s ", html_label_class(a->cover.label));
	if (a->summary)
		buf_str(a->out, "s ");
	a->out->n--; /* the last blank */
}

/* What a pointer that rests on an entity is told, once an entity. */
static void
put_hint(struct article *a)
{
	struct span name = a->ent->name;

	buf_fmt(a->out, " title=\"%s", ent_name[a->ent->label]);
	if (name.p != NULL && !span_eq(name, record_slice(a->r, a->ent->start, a->ent->end))) {
		buf_str(a->out, ": ");
		xml_put(a->out, name, XML_PAGE | XML_ATTRIBUTE);
	}
	buf_char(a->out, '"');
}

static bool
is_covered(const struct article *a)
{
	bool covered = a->summary;

	for (unsigned k = 0; k < N_FLAT; k++)
		covered |= k != FLAT_SUMMARY && a->cover.open[k] > 0;
	return covered;
}

/* Text without line ends, in the one span of all that covers it. */
static void
put_piece(struct article *a, struct span s)
{
	bool covered = is_covered(a);

	if (s.n == 0)
		return;
	if (!a->paragraph)
		buf_str(a->out, "<p>");
	a->paragraph = true;
	if (covered) {
		buf_str(a->out, "<span class=\"");
		put_classes(a);
		buf_char(a->out, '"');
		if (a->ent != NULL)
			put_hint(a);
		buf_char(a->out, '>');
	}
	html_text(a->out, s);
	if (covered)
		buf_str(a->out, "</span>");
	a->ent = NULL;
	a->summary = false;
	a->line_bytes += s.n;
}

static void
end_paragraph(struct article *a)
{
	if (a->paragraph)
		buf_str(a->out, "</p>\n");
	a->paragraph = false;
}

/* One newline or more before rest. */
static void
put_lines(struct article *a, size_t newlines, struct span rest)
{
	if (newlines > 1)
		end_paragraph(a);
	else if (a->paragraph)
		buf_str(a->out, page_break(a->line_bytes, rest) ? "<br>\n" : "\n");
	a->line_bytes = 0;
}

/* Past white space that holds newlines; how many. */
static size_t
past_lines(const struct article *a, uint32_t *at, uint32_t end)
{
	size_t n = 0;

	for (uint32_t i = *at; i < end && ascii_space((unsigned char)a->r->text.p[i]); i++) {
		if (a->r->text.p[i] != '\n')
			continue;
		n++;
		*at = i + 1;
	}
	return n;
}

static void
put_stretch(struct article *a, uint32_t at, uint32_t end)
{
	const char *text = a->r->text.p;

	while (at < end) {
		const char *line = memchr(text + at, '\n', end - at);
		uint32_t to = line == NULL ? end : (uint32_t)(line - text);

		put_piece(a, record_slice(a->r, at, to));
		at = to;
		if (at < end) {
			size_t n = past_lines(a, &at, end);

			put_lines(a, n, record_slice(a->r, at, (uint32_t)a->r->text.n));
		}
	}
}

/* --- borders --- */

static void
put_note(struct article *a, const char *class, struct span note)
{
	size_t none = 0;

	if (note.n == 0)
		return;
	buf_fmt(a->out, "<span class=\"%s\">", class);
	html_text(a->out, cell_cut(note, &none, a->r->arena));
	buf_str(a->out, "</span>");
}

static void
end_date(struct article *a, const struct date *d)
{
	struct span value = flat_date_value(a->r, d);

	if (!span_eq(value, record_slice(a->r, d->start, d->end)))
		put_note(a, "v", value);
}

static void
end_quote(struct article *a, const struct quote *q)
{
	if (q->speaker.start < q->speaker.end && !flat_named_nearby(a->r, q))
		put_note(a, "w", flat_mention_name(a->r, &q->speaker));
}

static void
pass(struct article *a, const struct flat_mark *m)
{
	flat_step(&a->cover, a->r, m);
	if (flat_closes(m)) {
		if (m->kind == FLAT_DATE)
			end_date(a, &a->r->dates.at[m->index]);
		if (m->kind == FLAT_QUOTE)
			end_quote(a, &a->r->quotes.at[m->index]);
		return;
	}
	if (m->kind == FLAT_ENT)
		a->ent = &a->r->ents.at[m->index];
	if (m->kind == FLAT_SUMMARY)
		a->summary = true;
}

static void
put_text(struct article *a)
{
	struct flat f;
	uint32_t at = 0;

	flat_collect(&f, a->r, a->r->have & a->look->layers);
	for (size_t i = 0; i < f.n; i++) {
		put_stretch(a, at, f.at[i].at);
		at = f.at[i].at;
		pass(a, &f.at[i]);
	}
	put_stretch(a, at, (uint32_t)a->r->text.n);
	end_paragraph(a);
}

/* --- the article --- */

static void
put_place(struct buf *out, const struct record *r)
{
	buf_str(out, "<small>");
	html_text(out, r->date);
	if (r->date.n > 0 && r->source.n > 0)
		buf_char(out, ' ');
	html_text(out, r->source);
	if (r->source.n > 0 && r->line > 0)
		buf_fmt(out, ":%zu", r->line);
	buf_str(out, "</small>");
}

void
html_article(struct record *r, const struct look *l, struct buf *out)
{
	struct article a = { .r = r, .look = l, .out = out };
	struct span title = r->title.n > 0 ? r->title : r->id;

	record_settle(r);
	buf_str(out, "<summary><b class=\"h\" role=\"heading\" aria-level=\"2\">");
	html_text(out, title.n > 0 ? title : SPAN("(no title)"));
	buf_str(out, "</b> ");
	put_place(out, r);
	buf_str(out, "</summary>\n");
	if (r->text.p == NULL)
		buf_str(out, "<p><small>(no text)</small></p>\n");
	else
		put_text(&a);
	buf_str(out, "</details>\n");
}

static void
html_begin(const struct look *l, struct buf *out)
{
	html_head(out, span_c(l->prog));
}

static void
put_sheet(const struct record *r, const struct look *l, struct buf *out)
{
	struct sheet s;

	sheet_open(&s, 0);
	if (sheet_read(&s, r->json) == NULL)
		html_overview(&s, l, out);
	sheet_free(&s);
}

static void
html_record(struct record *r, const struct look *l, struct buf *out)
{
	if (sheet_is(r)) {
		put_sheet(r, l, out);
		return;
	}
	buf_str(out, "<article>\n<details open>\n");
	html_article(r, l, out);
	buf_str(out, "</article>\n");
}

const struct form html_form = { "html", "one page for browsers, without scripts", html_begin,
	html_record };
