/* table_form.c - one annotation, sentence or record a row, for cut, sort, awk, spreadsheets.
 *
 * Columns are those of column.h. Without any asked for (RECORD.md): source, line, id, date, start, end, layer, label,
 * text, value, name, where label is the type, label or kind; of a date value is its value, of a quote the cue, of a
 * sentence in the summary its score; name is that of the entity or the speaker. Rows come layer by layer, in the order
 * of the layer.
 */
#include "forms.h"
#include "record_own.h"
#include "visible.h"

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
	struct columns columns;
	struct span *member; /* by column: of the record, for those that no annotation has */
	size_t spare;        /* bytes that the rows may still repeat */
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
put_cell(const struct writer *w, size_t column, struct span s)
{
	if (column > 0)
		buf_char(w->out, w->kind->between);
	if (s.n > 0)
		w->kind->cell(w->out, s, w->look->terminal);
}

static void
put_row(struct writer *w, const struct row *row)
{
	for (size_t c = 0; c < w->columns.n; c++) {
		const struct column *column = &w->columns.at[c];
		struct span s = column->get != NULL ? column->get(row) : w->member[c];

		put_cell(w, c, row->doc ? s : cell_cut(s, &w->spare, w->r->arena));
	}
	buf_char(w->out, '\n');
}

static size_t
count(const struct record *r, enum layer layer)
{
	const size_t n[N_LAYER] = { [LAYER_SENTS] = r->sents.n,
		[LAYER_DATES] = r->dates.n,
		[LAYER_ENTS] = r->ents.n,
		[LAYER_QUOTES] = r->quotes.n,
		[LAYER_SUMMARY] = r->summary.n };

	return n[layer];
}

/* Annotation i of a layer; of the summary a sentence that is not there is nowhere. */
static struct range
place(const struct record *r, enum layer layer, size_t i)
{
	switch (layer) {
	case LAYER_DATES:
		return (struct range){ r->dates.at[i].start, r->dates.at[i].end };
	case LAYER_ENTS:
		return (struct range){ r->ents.at[i].start, r->ents.at[i].end };
	case LAYER_QUOTES:
		return (struct range){ r->quotes.at[i].start, r->quotes.at[i].end };
	case LAYER_SUMMARY:
		if (r->summary.at[i] >= r->sents.n)
			return (struct range){ 0, 0 };
		return r->sents.at[r->summary.at[i]];
	default:
		return r->sents.at[i];
	}
}

static void
put_layer(struct writer *w, enum layer layer)
{
	for (size_t i = 0; i < count(w->r, layer); i++) {
		struct range at = place(w->r, layer, i);

		if (layer != LAYER_SUMMARY || at.start < at.end)
			put_row(w, &(struct row){ w->r, layer, i, at.start, at.end, false });
	}
}

static unsigned
layers_of(const struct writer *w)
{
	static const unsigned of[N_ROWS] = {
		[ROWS_SENTS] = 1 << LAYER_SENTS,
		[ROWS_DATES] = 1 << LAYER_DATES,
		[ROWS_ENTS] = 1 << LAYER_ENTS,
		[ROWS_QUOTES] = 1 << LAYER_QUOTES,
	};

	if (w->look->rows == ROWS_FOUND)
		return w->r->have & w->look->layers;
	if (w->look->rows == ROWS_SENTS && w->r->text.p != NULL)
		(void)record_sents(w->r);
	return of[w->look->rows];
}

static struct columns
columns_of(const struct look *l)
{
	return l->columns.n > 0 ? l->columns : columns_default(l->rows);
}

static void
put_record(struct writer *w)
{
	struct record *r = w->r;
	unsigned show;

	record_settle(r);
	w->columns = columns_of(w->look);
	w->spare = cell_spare(r);
	w->member = ARENA_NEW(r->arena, struct span, w->columns.n);
	for (size_t c = 0; c < w->columns.n; c++)
		if (w->columns.at[c].get == NULL)
			w->member[c] = column_member(&w->columns.at[c], r);
	if (w->look->rows == ROWS_DOCS) {
		put_row(w, &(struct row){ .r = r, .doc = true });
		return;
	}
	show = layers_of(w);
	for (size_t l = 0; l < N_LAYER; l++)
		if ((show & 1U << l) != 0)
			put_layer(w, (enum layer)l);
}

static void
put_header(const struct kind *kind, const struct look *l, struct buf *out)
{
	struct writer w = { .kind = kind, .look = l, .out = out, .columns = columns_of(l) };

	if (!l->header)
		return;
	for (size_t c = 0; c < w.columns.n; c++)
		put_cell(&w, c, w.columns.at[c].name);
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
	put_record(&(struct writer){ .kind = &tsv, .r = r, .look = l, .out = out });
}

static void
csv_begin(const struct look *l, struct buf *out)
{
	put_header(&csv, l, out);
}

static void
csv_record(struct record *r, const struct look *l, struct buf *out)
{
	put_record(&(struct writer){ .kind = &csv, .r = r, .look = l, .out = out });
}

const struct form table_form_tsv = { "tsv", "one annotation or record a row, separated by tabs",
	tsv_begin, tsv_record };
const struct form table_form_csv = { "csv", "one annotation or record a row, as RFC 4180",
	csv_begin, csv_record };
