/* example.c - rows of --rules against their examples. */
#include "example.h"

enum { COLUMN_EXAMPLE = 5, COLUMN_EXPECTS = 6 };

static struct span
values_of(const struct record *r, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < r->dates.n; i++) {
		if (i > 0)
			buf_char(out, ' ');
		buf_put(out, r->dates.at[i].value);
	}
	return buf_span(out);
}

/* Is one of the dates found by the row of this id? The reason of a date begins with it. */
static bool
found_by(const struct record *r, struct span id)
{
	for (size_t i = 0; i < r->dates.n; i++) {
		struct span why = r->dates.at[i].why;

		if (span_starts(why, id) && why.n > id.n && why.p[id.n] == ':')
			return true;
	}
	return false;
}

/* What is wrong with row r, or an empty span. */
static struct span
fault(const struct pattern_table *t, size_t r, const struct record *tagged, struct arena *a)
{
	struct span want = table_cell(&t->rows, r, COLUMN_EXPECTS), got, what = { NULL, 0 };
	struct buf b = { 0 };

	got = values_of(tagged, &b);
	if (!span_eq(got, want))
		what = arena_fmt(a, "the example gives \"%.*s\", not \"%.*s\"", (int)got.n, got.p,
		    (int)want.n, want.p);
	else if (want.n > 0 && !found_by(tagged, table_cell(&t->rows, r, 0)))
		what = arena_fmt(a, "the example is found by another row (%.*s)",
		    (int)tagged->dates.at[0].why.n, tagged->dates.at[0].why.p);
	buf_free(&b);
	return what;
}

bool
example_check(const struct date_model *m, example_tagger tag, struct diag *d)
{
	const struct pattern_table *t = &m->rules.table;
	struct date_model explaining = *m;
	struct arena a = { 0 };
	struct work w = { &a, d, scan_scratch_new(m->grammar) };
	bool good = true;

	explaining.explain = true;
	for (size_t r = 0; r < t->rows.n_row; r++) {
		struct span example = table_cell(&t->rows, r, COLUMN_EXAMPLE), what;
		struct record tagged;
		struct slip slip;

		if (example.n == 0)
			continue;
		arena_reset(&a);
		record_from_text(&tagged, SPAN(EXAMPLE_DATE), (struct span){ NULL, 0 }, example,
		    (struct where){ 0 }, &a, d);
		tag(&explaining, &tagged, &w);
		what = fault(t, r, &tagged, &a);
		if (what.n == 0)
			continue;
		good = false;
		grammar_slip(t, example.p, "", &slip);
		rules_slip(&slip);
		diag_warn(d, (struct where){ t->name, slip.line, slip.column }, "%.*s", (int)what.n,
		    what.p);
	}
	scan_scratch_free(w.own);
	arena_free(&a);
	return good;
}
