/* picture_form.c - counts drawn for a terminal, and for Graphviz: of a sheet that ntag-show gathered, or else of each
 * record for itself.
 *
 * top: names with bars, by articles (where each is in one only: by mentions). spark: a line of blocks for the articles, for the
 * dates mentioned and for each name, by day, week or month. timeline: the days most spoken of, each with the best
 * sentence. dot: who is named with whom in one sentence.
 */
#include <inttypes.h>

#include "calendar.h"
#include "chart.h"
#include "forms.h"
#include "page.h"
#include "visible.h"

enum {
	WIDTH = 80, /* where none is given */
	WIDTH_LEAST = 20,
	NUMBER = 7, /* columns */
	BAR_LEAST = 4,
	SPARK_MOST = 400, /* columns */
};

struct picture {
	struct sheet sheet;
	const struct look *look;
	struct buf *out;
	struct arena a;
	unsigned width;
	bool spread; /* names go by articles, not by mentions */
};

static void
open_picture(struct picture *p, struct record *r, const struct look *l, unsigned parts)
{
	unsigned width = l->width == 0 ? WIDTH : l->width;

	p->look = l;
	p->a = (struct arena){ 0 };
	p->width = width < WIDTH_LEAST ? WIDTH_LEAST : width;
	sheet_open(&p->sheet, parts);
	if (!sheet_is(r))
		sheet_add(&p->sheet, r);
	else
		(void)sheet_read(&p->sheet, r->json); /* a wrong one is empty */
}

static void
close_picture(struct picture *p)
{
	sheet_free(&p->sheet);
	arena_free(&p->a);
}

static size_t
at_most(const struct picture *p, enum sheet_part part, size_t usual)
{
	size_t most = p->look->most > 0 ? p->look->most : usual, n = p->sheet.tally[part].n;

	return n < most ? n : most;
}

static void
sgr(struct picture *p, const char *code)
{
	if (p->look->color)
		buf_fmt(p->out, "\033[%sm", code);
}

/* --- top --- */

static uint64_t
weight(const struct picture *p, const struct entry *e)
{
	return p->spread ? e->docs : e->n;
}

/* Columns for the names: as the longest wants, but a third of the line at most. */
static unsigned
name_columns(const struct picture *p, const struct entry **list, size_t n)
{
	unsigned most = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned w = chart_width(sheet_name(list[i]->key).name);

		most = w > most ? w : most;
	}
	return most < p->width / 3 ? most : p->width / 3;
}

static void
put_bar(struct picture *p, const struct entry *e, unsigned columns, uint64_t most)
{
	static const char *const color[N_ENT] = { [ENT_PERSON] = "32", [ENT_ORG] = "35" };
	struct sheet_name name = sheet_name(e->key);
	unsigned rest = p->width - columns - NUMBER - 2;
	const char *label = name.label == NULL ? "" : name.label;
	unsigned tail = p->look->color ? 0 : (unsigned)strlen("WORK_OF_ART") + 1;

	sgr(p, name.label == NULL ? "0" : color[name.number] == NULL ? "33" : color[name.number]);
	chart_cell(p->out, name.name, columns, p->look->ascii);
	sgr(p, "0");
	buf_char(p->out, ' ');
	chart_bar(p->out, weight(p, e), most, rest > tail + BAR_LEAST ? rest - tail : BAR_LEAST,
	    p->look->ascii);
	buf_fmt(p->out, " %" PRIu64, weight(p, e));
	if (tail > 0 && *label != '\0')
		buf_fmt(p->out, " %s", label);
	buf_char(p->out, '\n');
}

static void
top_record(struct record *r, const struct look *l, struct buf *out)
{
	struct picture p = { .out = out };
	const struct entry **list;
	size_t n;

	open_picture(&p, r, l, 1U << SHEET_NAMES);
	p.spread = sheet_spread(&p.sheet, SHEET_NAMES);
	list = sheet_sorted(&p.sheet, SHEET_NAMES, p.spread ? SHEET_BY_DOCS : SHEET_BY_N, &p.a);
	n = at_most(&p, SHEET_NAMES, 20);
	for (size_t i = 0; i < n; i++)
		put_bar(&p, list[i], name_columns(&p, list, n), weight(&p, list[0]));
	if (n > 0)
		buf_char(out, '\n');
	close_picture(&p);
}

/* --- spark --- */

/* The place of a day on the axis; false for what is coarser than the axis. */
static bool
place_of(struct span key, enum sheet_by by, int32_t *at)
{
	struct cal c;

	if (key.n < 10 || !cal_parse(span_cut(key, 0, 10), &c))
		return false;
	if (by == SHEET_MONTH)
		*at = c.y * 12 + c.m - 1;
	else if (by == SHEET_WEEK)
		*at = (cal_day(c) + 7 * 200000 + 3) / 7 - 200000; /* 1970-01-01 was a Thursday */
	else
		*at = cal_day(c);
	return true;
}

struct axis {
	int32_t first, last;
	struct span from, to; /* the days */
	size_t columns, each; /* units in a column */
};

static bool
set_axis(struct axis *x, const struct picture *p, enum sheet_part part)
{
	const struct sheet_tally *t = &p->sheet.tally[part];
	bool any = false;

	for (size_t i = 0; i < t->n; i++) {
		int32_t at;

		if (!place_of(t->at[i].key, p->look->by, &at))
			continue;
		if (!any || memcmp(t->at[i].key.p, x->from.p, 10) < 0) {
			x->first = at;
			x->from = t->at[i].key;
		}
		if (!any || memcmp(t->at[i].key.p, x->to.p, 10) > 0) {
			x->last = at;
			x->to = t->at[i].key;
		}
		any = true;
	}
	return any;
}

static void
fit_axis(struct axis *x, unsigned columns)
{
	size_t n = (size_t)(x->last - x->first) + 1;

	columns = columns > SPARK_MOST ? SPARK_MOST : columns;
	x->each = (n + columns - 1) / columns;
	x->columns = (n + x->each - 1) / x->each;
}

/* Add an entry to the values if its day is on the axis. */
static void
count_on(const struct axis *x, enum sheet_by by, struct span day, uint64_t n, uint64_t *v)
{
	int32_t at;

	if (place_of(day, by, &at) && at >= x->first && at <= x->last)
		v[(size_t)(at - x->first) / x->each] += n;
}

static void
put_line(struct picture *p, struct span name, const uint64_t *v, const struct axis *x)
{
	unsigned columns = p->width / 4;
	uint64_t sum = 0;

	for (size_t i = 0; i < x->columns; i++)
		sum += v[i];
	chart_cell(p->out, name, columns, p->look->ascii);
	buf_char(p->out, ' ');
	chart_spark(p->out, v, x->columns, p->look->ascii);
	buf_fmt(p->out, " %" PRIu64 "\n", sum);
}

static uint64_t *
values(struct picture *p, const struct axis *x, enum sheet_part part)
{
	uint64_t *v = ARENA_NEW(&p->a, uint64_t, x->columns);
	const struct sheet_tally *t = &p->sheet.tally[part];

	for (size_t i = 0; i < t->n; i++)
		count_on(x, p->look->by, t->at[i].key, t->at[i].docs, v);
	return v;
}

/* Trends are sorted by key, so those of a name stand together, behind its key and a tab. */
static void
put_trend(struct picture *p, const struct axis *x, struct span key, const struct entry **trend)
{
	uint64_t *v = ARENA_NEW(&p->a, uint64_t, x->columns);
	size_t low = 0, high = p->sheet.tally[SHEET_TRENDS].n, n = high;

	while (low < high) {
		size_t mid = (low + high) / 2,
		       least = trend[mid]->key.n < key.n ? trend[mid]->key.n : key.n;
		int order = memcmp(trend[mid]->key.p, key.p, least);

		if (order < 0 || (order == 0 && trend[mid]->key.n <= key.n))
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < n && span_starts(trend[low]->key, key); low++) {
		struct span k = trend[low]->key;

		if (k.n == key.n + 11 && k.p[key.n] == '\t')
			count_on(x, p->look->by, span_cut(k, key.n + 1, k.n), trend[low]->docs, v);
	}
	put_line(p, sheet_name(key).name, v, x);
}

static void
put_sparks(struct picture *p, struct axis *x)
{
	const struct entry **name = sheet_sorted(&p->sheet, SHEET_NAMES, SHEET_BY_DOCS, &p->a);
	const struct entry **trend = sheet_sorted(&p->sheet, SHEET_TRENDS, SHEET_BY_KEY, &p->a);
	size_t n = at_most(p, SHEET_NAMES, 10);

	fit_axis(x, p->width - p->width / 4 - NUMBER - 2);
	chart_cell(p->out, SPAN(""), p->width / 4, p->look->ascii);
	buf_fmt(
	    p->out, " %.10s %s %.10s\n", x->from.p, p->look->ascii ? "-" : "\xE2\x86\x92", x->to.p);
	put_line(p, SPAN("articles"), values(p, x, SHEET_ARTICLES), x);
	put_line(p, SPAN("dates mentioned"), values(p, x, SHEET_DAYS), x);
	for (size_t i = 0; i < n; i++)
		put_trend(p, x, name[i]->key, trend);
	buf_char(p->out, '\n');
}

static void
spark_record(struct record *r, const struct look *l, struct buf *out)
{
	struct picture p = { .out = out };
	struct axis x = { 0 };

	open_picture(&p, r, l,
	    1U << SHEET_NAMES | 1U << SHEET_ARTICLES | 1U << SHEET_DAYS | 1U << SHEET_TRENDS);
	if (set_axis(&x, &p, SHEET_ARTICLES) || set_axis(&x, &p, SHEET_DAYS))
		put_sparks(&p, &x);
	close_picture(&p);
}

/* --- timeline --- */

/* The line of a day: its bar before the first line of the text, blanks before the others. */
static void
put_day(struct picture *p, struct page *page, const struct entry *e, uint64_t most)
{
	enum { BAR = 8 };
	struct buf lead = { 0 };
	unsigned filled;

	buf_str(&lead, p->look->color ? "\033[1m" : "");
	chart_cell(&lead, e->key, 10, p->look->ascii);
	buf_fmt(&lead, "%s %5" PRIu64 " ", p->look->color ? "\033[0m" : "", e->docs);
	filled = (unsigned)lead.n;
	chart_bar(&lead, e->docs, most, BAR, p->look->ascii);
	filled = chart_width(span_cut(buf_span(&lead), filled, lead.n));
	for (; filled <= BAR; filled++)
		buf_char(&lead, ' ');
	buf_char(&lead, '\0');
	page_gap(page, GAP_BREAK);
	page->lead = lead.p;
	page_text(page, e->n_pick > 0 && e->pick[0].text.n > 0 ? e->pick[0].text : SPAN("-"));
	page_gap(page, GAP_BREAK);
	buf_free(&lead);
}

static void
timeline_record(struct record *r, const struct look *l, struct buf *out)
{
	enum { MARGIN = 26 };
	struct picture p = { .out = out };
	const struct entry **list;
	struct page page;
	struct sheet days;
	uint64_t most;
	size_t n;

	open_picture(&p, r, l, 1U << SHEET_DAYS);
	sheet_open(&days, 1U << SHEET_DAYS);
	sheet_group(&days, &p.sheet, SHEET_DAYS, l->by);
	list = sheet_sorted(&days, SHEET_DAYS, SHEET_BY_DOCS, &p.a);
	n = at_most(&p, SHEET_DAYS, 30);
	n = n < days.tally[SHEET_DAYS].n ? n : days.tally[SHEET_DAYS].n;
	most = n > 0 ? list[0]->docs : 0;
	sheet_sort_keys(list, n);
	page_open(&page, out,
	    l->width == 0          ? 0
	    : p.width > 2 * MARGIN ? p.width - MARGIN
				   : MARGIN,
	    l->color);
	page.join = true;
	page.gutter = "                          ";
	for (size_t i = 0; i < n; i++)
		put_day(&p, &page, list[i], most);
	page_close(&page);
	if (n > 0)
		buf_char(out, '\n');
	sheet_free(&days);
	close_picture(&p);
}

/* --- speakers --- */

static void
put_said(struct page *page, const struct pick *q, const char *before)
{
	page_gap(page, GAP_BREAK);
	page->style = STYLE_DIM;
	page_text(page, q->date);
	page->style = 0;
	page_gap(page, GAP_BLANK);
	page_glue(page, before);
	page_text(page, q->text);
	page_glue(page, before);
}

static void
put_speaker(struct picture *p, struct page *page, const struct entry *e)
{
	page->gutter = NULL;
	page_gap(page, GAP_BREAK);
	page->style = STYLE_BOLD;
	page_text(page, e->key);
	page->style = STYLE_DIM;
	page_gap(page, GAP_BLANK);
	page_text(page, arena_fmt(&p->a, "%" PRIu64, e->n));
	page->style = 0;
	page_gap(page, GAP_BREAK);
	page->gutter = "    ";
	for (size_t i = 0; i < e->n_pick; i++)
		put_said(page, &e->pick[i], "\"");
	page_gap(page, GAP_BREAK);
}

void
picture_quotes(struct record *r, const struct look *l, struct buf *out)
{
	enum { MARGIN = 4 };
	struct picture p = { .out = out };
	const struct entry **list;
	struct page page;
	size_t n;

	open_picture(&p, r, l, 1U << SHEET_SPEAKERS);
	list = sheet_sorted(&p.sheet, SHEET_SPEAKERS, SHEET_BY_N, &p.a);
	n = at_most(&p, SHEET_SPEAKERS, 50);
	page_open(&page, out, l->width == 0 ? 0 : p.width - MARGIN, l->color);
	page.join = true;
	for (size_t i = 0; i < n; i++)
		put_speaker(&p, &page, list[i]);
	page_close(&page);
	close_picture(&p);
}

/* --- dot --- */

/* A quoted string of the DOT language: only the quotation mark can end it, and a backslash begins escapes. */
static void
put_dot_string(struct buf *out, struct span s)
{
	struct buf safe = { 0 };

	visible_put(&safe, s, false);
	buf_char(out, '"');
	for (size_t i = 0; i < safe.n; i++) {
		if (safe.p[i] == '"' || safe.p[i] == '\\')
			buf_char(out, '\\');
		buf_char(out, safe.p[i]);
	}
	buf_char(out, '"');
	buf_free(&safe);
}

static void
put_edge(struct picture *p, const struct entry *e, uint64_t most)
{
	const char *tab = memchr(e->key.p, '\t', e->key.n);
	size_t n = tab == NULL ? e->key.n : (size_t)(tab - e->key.p);

	if (tab == NULL)
		return;
	buf_str(p->out, "\t");
	put_dot_string(p->out, span_cut(e->key, 0, n));
	buf_str(p->out, " -- ");
	put_dot_string(p->out, span_cut(e->key, n + 1, e->key.n));
	buf_fmt(p->out, " [label=%" PRIu64 ", penwidth=%" PRIu64 "];\n", e->n, 1 + 5 * e->n / most);
}

static void
dot_record(struct record *r, const struct look *l, struct buf *out)
{
	struct picture p = { .out = out };
	const struct entry **list;
	size_t n;

	open_picture(&p, r, l, 1U << SHEET_PAIRS);
	list = sheet_sorted(&p.sheet, SHEET_PAIRS, SHEET_BY_N, &p.a);
	n = at_most(&p, SHEET_PAIRS, 60);
	buf_str(out, "graph names {\n\tgraph [overlap=false, splines=true];\n"
		     "\tnode [shape=box, style=rounded, fontname=\"sans-serif\"];\n"
		     "\tedge [color=\"#6b7f99\", fontname=\"sans-serif\", fontsize=10];\n");
	for (size_t i = 0; i < n; i++)
		put_edge(&p, list[i], list[0]->n);
	buf_str(out, "}\n");
	close_picture(&p);
}

const struct form picture_form_top = { "top", "names with bars, the most frequent first", NULL,
	top_record };
const struct form picture_form_spark = { "spark", "articles and names over time, a line each", NULL,
	spark_record };
const struct form picture_form_timeline = { "timeline",
	"the days most spoken of, each with a sentence", NULL, timeline_record };
const struct form picture_form_dot = { "dot", "who is named with whom, for Graphviz", NULL,
	dot_record };
