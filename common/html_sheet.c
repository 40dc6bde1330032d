/* html_sheet.c - counts over many articles as sections of a page: names with bars, a line of time, speakers. */
#include <inttypes.h>

#include "calendar.h"
#include "html.h"
#include "xml.h"

enum {
	NAMES = 25,
	DAYS = 60,
	SPEAKERS = 20,
	/* the line of time, in units of its view box */
	BOX = 400,
	LEFT = 34,
	RIGHT = 366,
	LINE = 20,
	RADIUS = 14,
	LABEL = 62, /* room for a date */
};

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void
put_heading(struct buf *out, const char *title, bool open)
{
	buf_fmt(out,
	    "<section>\n<details%s>\n<summary><b class=\"h\" role=\"heading\" "
	    "aria-level=\"2\">%s</b></summary>\n",
	    open ? " open" : "", title);
}

static void
end_section(struct buf *out)
{
	buf_str(out, "</details>\n</section>\n");
}

/* --- names --- */

static void
put_name(const struct entry *e, uint64_t n, uint64_t most, struct buf *out)
{
	struct sheet_name name = sheet_name(e->key);

	buf_fmt(out, "<li><span title=\"%s\">", name.label == NULL ? "" : name.label);
	html_text(out, name.name);
	buf_fmt(out, "</span><i class=\"%s\" style=\"width:%" PRIu64 "%%\"></i>",
	    name.label == NULL ? "thing" : html_label_class(name.number), n * 100 / most);
	buf_fmt(out, "<span class=\"n\">%" PRIu64 "</span></li>\n", n);
}

static void
put_names(const struct sheet *s, size_t most, struct buf *out)
{
	bool docs = sheet_spread(s, SHEET_NAMES);
	struct arena a = { 0 };
	const struct entry **list =
	    sheet_sorted(s, SHEET_NAMES, docs ? SHEET_BY_DOCS : SHEET_BY_N, &a);
	size_t n = least(s->tally[SHEET_NAMES].n, most > 0 ? most : NAMES);

	if (n > 0) {
		put_heading(out, docs ? "Names, by articles" : "Names, by mentions", true);
		buf_str(out, "<ol class=\"b\">\n");
		for (size_t i = 0; i < n; i++)
			put_name(list[i], docs ? list[i]->docs : list[i]->n,
			    docs ? list[0]->docs : list[0]->n, out);
		buf_str(out, "</ol>\n");
		end_section(out);
	}
	arena_free(&a);
}

/* --- the line of time --- */

static bool
day_of(const struct entry *e, int32_t *day)
{
	struct cal c;

	if (e->key.n != 10 || !cal_parse(e->key, &c))
		return false;
	*day = cal_day(c);
	return true;
}

struct line {
	int32_t first, last;
	uint64_t most;
	double labelled; /* where the last label ends */
};

static bool
set_line(struct line *l, const struct entry **list, size_t n)
{
	bool any = false;

	*l = (struct line){ .labelled = -LABEL };
	for (size_t i = 0; i < n; i++) {
		int32_t day;

		if (!day_of(list[i], &day))
			continue;
		l->first = !any || day < l->first ? day : l->first;
		l->last = !any || day > l->last ? day : l->last;
		l->most = list[i]->docs > l->most ? list[i]->docs : l->most;
		any = true;
	}
	return any;
}

/* Square root of a share, so that areas compare; by Newton, three steps from a good start are enough for a picture. */
static double
root(double x)
{
	double r = 0.5 + x / 2;

	for (int i = 0; i < 5; i++)
		r = (r + x / r) / 2;
	return r;
}

static void
put_circle(struct line *l, const struct entry *e, struct buf *out)
{
	int32_t day;
	double x, r;

	if (!day_of(e, &day))
		return;
	x = l->last == l->first
		? BOX / 2.0
		: LEFT + (double)(day - l->first) * (RIGHT - LEFT) / (l->last - l->first);
	r = 2 + (RADIUS - 2) * root((double)e->docs / (double)l->most);
	buf_fmt(out, "<circle cx=\"%.1f\" cy=\"%d\" r=\"%.1f\"><title>", x, LINE, r);
	html_text(out, e->key);
	buf_fmt(out, ": %" PRIu64 "</title></circle>\n", e->docs);
	if (x - l->labelled < LABEL)
		return;
	l->labelled = x;
	buf_fmt(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">", x, LINE + 32);
	html_text(out, e->key);
	buf_str(out, "</text>\n");
}

static void
put_svg(const struct entry **list, size_t n, struct buf *out)
{
	struct line l;

	if (!set_line(&l, list, n))
		return;
	buf_fmt(out,
	    "<svg viewBox=\"0 0 %d 60\" role=\"img\" aria-label=\"the days mentioned, on a line of "
	    "time\">\n<line x1=\"8\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n",
	    BOX, LINE, BOX - 8, LINE);
	for (size_t i = 0; i < n; i++)
		put_circle(&l, list[i], out);
	buf_str(out, "</svg>\n");
}

static void
put_day(const struct entry *e, struct buf *out)
{
	buf_str(out, "<tr><td><span class=\"d\">");
	html_text(out, e->key);
	buf_fmt(out, "</span></td><td><span class=\"n\">%" PRIu64 "</span></td><td>", e->docs);
	if (e->n_pick > 0)
		html_text(out, e->pick[0].text);
	buf_str(out, "</td></tr>\n");
}

static void
put_days(const struct sheet *all, const struct look *l, struct buf *out)
{
	struct arena a = { 0 };
	const struct entry **list;
	struct sheet s;
	size_t n;

	sheet_open(&s, 1U << SHEET_DAYS);
	sheet_group(&s, all, SHEET_DAYS, l->by);
	list = sheet_sorted(&s, SHEET_DAYS, SHEET_BY_DOCS, &a);
	n = least(s.tally[SHEET_DAYS].n, l->most > 0 ? l->most : DAYS);
	sheet_sort_keys(list, n);
	if (n > 0) {
		put_heading(out, "Days", true);
		put_svg(list, n, out);
		buf_str(out, "<details>\n<summary>What is said of them</summary>\n<table>\n");
		for (size_t i = 0; i < n; i++)
			put_day(list[i], out);
		buf_str(out, "</table>\n</details>\n");
		end_section(out);
	}
	sheet_free(&s);
	arena_free(&a);
}

/* --- speakers --- */

static void
put_speaker(const struct entry *e, struct buf *out)
{
	buf_str(out, "<li><details>\n<summary><b>");
	html_text(out, e->key);
	buf_fmt(out, "</b> <span class=\"n\">%" PRIu64 "</span></summary>\n", e->n);
	for (size_t i = 0; i < e->n_pick; i++) {
		buf_str(out, "<blockquote>");
		html_text(out, e->pick[i].text);
		buf_str(out, " <small>");
		html_text(out, e->pick[i].date);
		buf_str(out, "</small></blockquote>\n");
	}
	buf_str(out, "</details></li>\n");
}

static void
put_speakers(const struct sheet *s, size_t most, struct buf *out)
{
	struct arena a = { 0 };
	const struct entry **list = sheet_sorted(s, SHEET_SPEAKERS, SHEET_BY_N, &a);
	size_t n = least(s->tally[SHEET_SPEAKERS].n, most > 0 ? most : SPEAKERS);

	if (n > 0) {
		put_heading(out, "Who said what", true);
		buf_str(out, "<ul>\n");
		for (size_t i = 0; i < n; i++)
			put_speaker(list[i], out);
		buf_str(out, "</ul>\n");
		end_section(out);
	}
	arena_free(&a);
}

void
html_overview(const struct sheet *s, const struct look *l, struct buf *out)
{
	put_names(s, l->most, out);
	put_days(s, l, out);
	put_speakers(s, l->most, out);
}
