/* table_form.c - one annotation a row, for cut, sort, awk, spreadsheets.
 *
 * Columns (RECORD.md): source, line, id, date, start, end, layer, label, text, value, name. Rows come layer
 * by layer, in the order of the layer. label is the type, label or kind; of a date value is its value, of
 * a quote the cue, of a sentence in the summary its score; name is that of the entity or the speaker.
 */
#include "forms.h"
#include "record_own.h"

#include "visible.h"

enum column {
	C_SOURCE,
	C_LINE,
	C_ID,
	C_DATE,
	C_START,
	C_END,
	C_LAYER,
	C_LABEL,
	C_TEXT,
	C_VALUE,
	C_NAME,
	N_COLUMN
};

static const char *const column_name[N_COLUMN] = { "source", "line", "id", "date", "start", "end",
	"layer", "label", "text", "value", "name" };

/* One row: what differs from the rest of its record's. */
struct row {
	uint32_t start, end;
	const char *label;
	struct span value, name;
};

/* How cells become bytes. */
struct kind {
	char between;
	void (*cell)(struct buf *out, struct span s, bool terminal);
};

struct writer {
	const struct kind *kind;
	struct record *r;
	const struct look *look;
	struct buf *out;
};

/* --- cells --- */

static void
put_safe(struct buf *out, struct span s, bool terminal)
{
	if (terminal)
		visible_put(out, s, true);
	else
		buf_put(out, s);
}

static char
tsv_escape(char c)
{
	switch (c) {
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\\':
		return '\\';
	default:
		return 0;
	}
}

static void
tsv_cell(struct buf *out, struct span s, bool terminal)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		char escape = tsv_escape(s.p[i]);

		if (escape == 0)
			continue;
		put_safe(out, span_cut(s, from, i), terminal);
		buf_char(out, '\\');
		buf_char(out, escape);
		from = i + 1;
	}
	if (s.n > 0)
		put_safe(out, span_cut(s, from, s.n), terminal);
}

/* RFC 4180: quoted where it holds a comma, a quote or a line end; quotes doubled. Blanks at the ends are
 * quoted too, as some readers cut them. */
static bool
csv_plain(struct span s)
{
	if (s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' '))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return false;
	return true;
}

static void
csv_cell(struct buf *out, struct span s, bool terminal)
{
	size_t from = 0;

	if (csv_plain(s)) {
		put_safe(out, s, terminal);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '"')
			continue;
		put_safe(out, span_cut(s, from, i + 1), terminal);
		from = i;
	}
	put_safe(out, span_cut(s, from, s.n), terminal);
	buf_char(out, '"');
}

static const struct kind tsv = { '\t', tsv_cell };
static const struct kind csv = { ',', csv_cell };

/* --- rows --- */

static void
put_cell(const struct writer *w, enum column c, struct span s)
{
	if (c > 0)
		buf_char(w->out, w->kind->between);
	if (s.n > 0)
		w->kind->cell(w->out, s, w->look->terminal);
}

static void
put_number(const struct writer *w, enum column c, size_t v)
{
	if (c > 0)
		buf_char(w->out, w->kind->between);
	buf_uint(w->out, v);
}

static void
put_row(const struct writer *w, enum layer layer, const struct row *row)
{
	struct record *r = w->r;

	put_cell(w, C_SOURCE, r->source);
	if (r->line > 0)
		put_number(w, C_LINE, r->line);
	else
		put_cell(w, C_LINE, (struct span){ 0 });
	put_cell(w, C_ID, r->id);
	put_cell(w, C_DATE, r->date);
	put_number(w, C_START, record_cp(r, row->start));
	put_number(w, C_END, record_cp(r, row->end));
	put_cell(w, C_LAYER, span_c(layer_name[layer]));
	put_cell(w, C_LABEL, span_c(row->label));
	put_cell(w, C_TEXT, record_slice(r, row->start, row->end));
	put_cell(w, C_VALUE, row->value);
	put_cell(w, C_NAME, row->name);
	buf_char(w->out, '\n');
}

static void
put_sents(const struct writer *w)
{
	for (size_t i = 0; i < w->r->sents.n; i++) {
		const struct range *s = &w->r->sents.at[i];

		put_row(w, LAYER_SENTS, &(struct row){ .start = s->start, .end = s->end });
	}
}

static void
put_dates(const struct writer *w)
{
	for (size_t i = 0; i < w->r->dates.n; i++) {
		const struct date *d = &w->r->dates.at[i];
		struct row row = { d->start, d->end, timex_name[d->type], d->value, { 0 } };

		if (row.value.p == NULL && d->range_start.p != NULL && d->range_end.p != NULL)
			row.value = arena_fmt(w->r->arena, "%.*s/%.*s", (int)d->range_start.n,
			    d->range_start.p, (int)d->range_end.n, d->range_end.p);
		put_row(w, LAYER_DATES, &row);
	}
}

static void
put_ents(const struct writer *w)
{
	for (size_t i = 0; i < w->r->ents.n; i++) {
		const struct ent *e = &w->r->ents.at[i];
		struct row row = { e->start, e->end, ent_name[e->label], { 0 }, e->name };

		if (row.name.p == NULL)
			row.name = record_slice(w->r, e->start, e->end);
		put_row(w, LAYER_ENTS, &row);
	}
}

static void
put_quotes(const struct writer *w)
{
	for (size_t i = 0; i < w->r->quotes.n; i++) {
		const struct quote *q = &w->r->quotes.at[i];
		struct row row = { q->start, q->end, quote_name[q->kind], { 0 }, q->speaker.name };

		row.value = record_slice(w->r, q->cue.start, q->cue.end);
		if (row.name.p == NULL)
			row.name = record_slice(w->r, q->speaker.start, q->speaker.end);
		put_row(w, LAYER_QUOTES, &row);
	}
}

static void
put_summary(const struct writer *w)
{
	const struct indexes *s = &w->r->summary;

	for (size_t i = 0; i < s->n; i++) {
		struct row row = { 0 };

		if (s->at[i] >= w->r->sents.n)
			continue;
		row.start = w->r->sents.at[s->at[i]].start;
		row.end = w->r->sents.at[s->at[i]].end;
		if (s->at[i] < s->n_score)
			row.value = arena_fmt(w->r->arena, "%.4f", s->score[s->at[i]]);
		put_row(w, LAYER_SUMMARY, &row);
	}
}

static void
put_record(const struct writer *w)
{
	static void (*const put[N_LAYER])(const struct writer *) = {
		[LAYER_SENTS] = put_sents,
		[LAYER_DATES] = put_dates,
		[LAYER_ENTS] = put_ents,
		[LAYER_QUOTES] = put_quotes,
		[LAYER_SUMMARY] = put_summary,
	};
	unsigned show;

	record_settle(w->r);
	show = w->r->have & w->look->layers;
	for (size_t l = 0; l < N_LAYER; l++)
		if ((show & 1U << l) != 0)
			put[l](w);
}

static void
put_header(const struct kind *kind, const struct look *l, struct buf *out)
{
	const struct writer w = { kind, NULL, l, out };

	if (!l->header)
		return;
	for (size_t c = 0; c < N_COLUMN; c++)
		put_cell(&w, (enum column)c, span_c(column_name[c]));
	buf_char(out, '\n');
}

static void
tsv_begin(const struct look *l, struct buf *out)
{
	put_header(&tsv, l, out);
}

static void
tsv_record(struct record *r, const struct look *l, struct buf *out)
{
	put_record(&(struct writer){ &tsv, r, l, out });
}

static void
csv_begin(const struct look *l, struct buf *out)
{
	put_header(&csv, l, out);
}

static void
csv_record(struct record *r, const struct look *l, struct buf *out)
{
	put_record(&(struct writer){ &csv, r, l, out });
}

const struct form table_form_tsv = { "tsv", "one annotation a row, separated by tabs", tsv_begin,
	tsv_record };
const struct form table_form_csv = { "csv", "one annotation a row, as RFC 4180", csv_begin,
	csv_record };
