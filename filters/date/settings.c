/* settings.c - rows of settings.tsv and endings.tsv. */
#include "settings.h"

#include "ascii.h"

static bool
slip_at(struct slip *slip, size_t line, const char *what)
{
	slip->line = line;
	slip->column = 1;
	slip->what = span_c(what);
	return false;
}

static bool
small_number(struct span s, uint32_t *v)
{
	*v = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_digit((unsigned char)s.p[i]))
			return false;
		*v = *v * 10 + (uint32_t)(s.p[i] - '0');
	}
	return s.n > 0 && s.n < 5;
}

static bool
set(struct settings *s, struct span name, struct span value)
{
	uint32_t v = 0;

	if (span_is(name, "decimal") && value.n == 1)
		s->decimal = value.p[0];
	else if (span_is(name, "group") && value.n == 1)
		s->group = value.p[0];
	else if (span_is(name, "clause"))
		s->clause = value;
	else if (span_is(name, "perfect") && small_number(value, &v))
		s->perfect = v;
	else if (span_is(name, "pairs") && small_number(value, &v))
		s->pairs = v != 0;
	else
		return false;
	return true;
}

bool
settings_load(struct settings *s, const struct blob *b, struct slip *slip)
{
	struct table t;
	const char *what;

	slip->table = b->name;
	if (!table_parse(&t, blob_span(b), s->arena, &slip->line, &slip->column, &what))
		return slip_at(slip, slip->line, what);
	for (size_t r = 0; r < t.n_row; r++)
		if (!set(s, table_cell(&t, r, 0), table_cell(&t, r, 1)))
			return slip_at(slip, t.line[r], "no setting of this name and value");
	return true;
}

bool
settings_load_endings(struct settings *s, struct words *w, const struct blob *b, struct slip *slip)
{
	struct table t;
	const char *what;
	uint32_t min;

	slip->table = b->name;
	if (!table_parse(&t, blob_span(b), s->arena, &slip->line, &slip->column, &what))
		return slip_at(slip, slip->line, what);
	for (size_t r = 0; r < t.n_row; r++) {
		if (!small_number(table_cell(&t, r, 3), &min))
			return slip_at(slip, t.line[r], "the fourth cell must be a length");
		if (s->n_ending == ENDING_MAX)
			return slip_at(slip, t.line[r], "too many endings");
		s->ending[s->n_ending++] =
		    (struct ending){ table_cell(&t, r, 0), table_cell(&t, r, 1),
			    table_cell(&t, r, 4), min, words_atom(w, table_cell(&t, r, 2)) };
	}
	return true;
}

static bool
fits(const struct ending *e, struct span word)
{
	struct span stem;

	if (word.n < e->min || word.n < e->begins.n + e->ends.n || !span_starts(word, e->begins) ||
	    !span_ends(word, e->ends))
		return false;
	stem = span_cut(word, 0, word.n - e->ends.n);
	return e->not .n == 0 || !span_ends(stem, e->not );
}

bool
settings_ending(const struct settings *s, struct span word, uint16_t atom)
{
	for (uint32_t i = 0; i < s->n_ending; i++)
		if (s->ending[i].atom == atom && fits(&s->ending[i], word))
			return true;
	return false;
}
