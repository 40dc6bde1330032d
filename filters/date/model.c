/* model.c - tables and options -> model. */
#include "model.h"

#include <stdlib.h>

#include "ascii.h"

enum { SLIPS_MAX = 19 }; /* one more and it is said no more */

static struct span
split(struct span *rest, char c)
{
	const char *at = memchr(rest->p, c, rest->n);
	size_t n = at == NULL ? rest->n : (size_t)(at - rest->p);
	struct span head = { rest->p, n };

	*rest = at == NULL ? (struct span){ rest->p + n, 0 } : span_cut(*rest, n + 1, rest->n);
	return head;
}

/* "-300", "60"; INT_MIN for anything else. */
static int
minutes(struct span s)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	int v = 0;

	if (s.n == minus || s.n > 5)
		return INT_MIN;
	for (size_t i = minus; i < s.n; i++) {
		if (!ascii_digit((unsigned char)s.p[i]))
			return INT_MIN;
		v = v * 10 + s.p[i] - '0';
	}
	return minus ? -v : v;
}

static unsigned
when(struct span s)
{
	if (span_is(s, "cap"))
		return 1 << CASE_TITLE | 1 << CASE_CAPS;
	if (span_is(s, "caps"))
		return 1 << CASE_CAPS;
	return span_is(s, "low") ? 1 << CASE_LOWER : 7;
}

/* The rule of summer time that is called "us" in the row "$us"; empty: none. */
static struct span
summer_rule(const struct table *t, struct span called)
{
	for (size_t r = 0; called.n > 0 && r < t->n_row; r++) {
		struct span name = table_cell(t, r, 0);

		if (name.n == called.n + 1 && name.p[0] == '$' &&
		    span_eq(span_cut(name, 1, name.n), called))
			return table_cell(t, r, 1);
	}
	return (struct span){ called.p, 0 };
}

static void
load_zones(struct date_model *m)
{
	struct table t;

	table_load(&t, m->language->zones, &m->arena);
	m->know.zone = ARENA_NEW(&m->arena, struct zone, t.n_row);
	m->know.n_zone = t.n_row;
	for (size_t r = 0; r < t.n_row; r++) {
		struct span names = table_cell(&t, r, 0), offset = table_cell(&t, r, 1), rule;

		m->know.zone[r].offset = INT_MIN;
		if (names.n > 0 && names.p[0] == '$')
			continue;
		rule = offset;
		m->know.zone[r].offset = minutes(split(&rule, ' '));
		m->know.zone[r].summer = summer_rule(&t, rule);
		while (names.n > 0)
			words_add(m->words, split(&names, '|'), SPAN("ZONE"), (int32_t)r,
			    when(table_cell(&t, r, 2)));
	}
}

static void
load_holidays(struct date_model *m)
{
	struct table t;

	table_load(&t, m->language->holidays, &m->arena);
	m->know.holiday = ARENA_NEW(&m->arena, struct holiday, t.n_row);
	m->know.n_holiday = t.n_row;
	for (size_t r = 0; r < t.n_row; r++) {
		struct span names = table_cell(&t, r, 0);

		m->know.holiday[r] = (struct holiday){ names, table_cell(&t, r, 1) };
		while (names.n > 0)
			words_add(m->words, split(&names, '|'), SPAN("HOLIDAY"), (int32_t)r,
			    when(table_cell(&t, r, 2)));
	}
}

/* Which function each row of the table means, all of whose rows are the last ones added since from. */
static bool
find_functions(struct date_model *m, const struct pattern_table *t, size_t from, struct slip *slip)
{
	size_t n;
	struct pattern *p = grammar_patterns(m->grammar, &n);

	for (size_t i = from; i < n; i++) {
		p[i].resolver = resolve_find(p[i].fn);
		if (p[i].resolver == 0) {
			grammar_slip(
			    t, p[i].fn.p, "there is no resolution function of this name", slip);
			return false;
		}
	}
	return true;
}

static bool
add_patterns(struct date_model *m, const struct pattern_table *t, struct slip *slip)
{
	size_t from;

	grammar_patterns(m->grammar, &from);
	return grammar_add(m->grammar, t, slip) && find_functions(m, t, from, slip);
}

/* The user's patterns, before all others. */
static bool
load_rules(struct date_model *m, struct slip *slip)
{
	struct pattern_table *t = &m->rules.table;

	if (t->name == NULL || (grammar_read(m->grammar, t, slip) && add_patterns(m, t, slip)))
		return true;
	rules_slip(slip);
	return false;
}

static bool
load(struct date_model *m, struct slip *slip)
{
	const struct language *l = m->language;
	struct pattern_table t = { .name = l->patterns->name, .text = blob_span(l->patterns) };

	if (!words_load(m->words, l->words->name, blob_span(l->words), slip) ||
	    !words_load_shapes(m->words, l->shapes->name, blob_span(l->shapes), slip))
		return false;
	load_zones(m);
	load_holidays(m);
	if (!words_load_compounds(m->words, l->compounds->name, blob_span(l->compounds), slip) ||
	    !settings_load(&m->settings, l->settings, slip) ||
	    !settings_load_endings(&m->settings, m->words, l->endings, slip))
		return false;
	if (!grammar_read(m->grammar, &t, slip) || !load_rules(m, slip) ||
	    !add_patterns(m, &t, slip))
		return false;
	m->range = words_atom(m->words, SPAN("RANGE"));
	m->from = words_atom(m->words, SPAN("RANGEFROM"));
	m->between = words_atom(m->words, SPAN("BETWEEN"));
	m->between_and = words_atom(m->words, SPAN("BETWEENAND"));
	words_close(m->words);
	if (words_refused(m->words) != NULL) {
		*slip = (struct slip){ .table = m->rules.table.name,
			.what = span_c(words_refused(m->words)) };
		return false;
	}
	grammar_close(m->grammar, &m->settings);
	return true;
}

/* "+05:30", "-0800" */
static bool
read_offset(struct span s, int *out)
{
	int sign = s.p[0] == '-' ? -1 : 1, h = 0, n = 0;

	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == ':' && i == 3)
			continue;
		if (!ascii_digit((unsigned char)s.p[i]) || ++n > 4)
			return false;
		h = h * 10 + s.p[i] - '0';
	}
	if (n <= 2)
		h *= 100;
	*out = sign * (h / 100 * 60 + h % 100);
	return h / 100 <= 14 && h % 100 < 60;
}

/* "text", an offset, or a name of zones.tsv that has one. */
static bool
read_zone(struct date_model *m, struct span s, struct zoning *out)
{
	struct tokens t;
	const struct sense *sense;
	uint32_t at;
	size_t k = 0;

	out->on = true;
	if (span_is(s, "text"))
		return true;
	if (s.n > 1 && (s.p[0] == '+' || s.p[0] == '-'))
		return read_offset(s, &out->offset);
	t = token_scan(s, &m->arena);
	at = t.n == 0 ? 0 : words_find(m->words, &t, 0, &k);
	if (at == 0 || k != t.n)
		return false;
	sense =
	    words_sense(m->words, words_at(m->words, at), words_atom_known(m->words, SPAN("ZONE")));
	if (sense == NULL || m->know.zone[sense->value].offset == INT_MIN)
		return false;
	out->place = &m->know.zone[sense->value];
	return true;
}

static enum mode
read_mode(const char *s)
{
	struct span m = span_c(s);

	if (span_is(m, "news"))
		return MODE_NEWS;
	return span_is(m, "narrative") ? MODE_NARRATIVE : MODE_AUTO;
}

static void
say(struct diag *d, const struct slip *s)
{
	diag_warn(
	    d, (struct where){ s->table, s->line, s->column }, "%.*s", (int)s->what.n, s->what.p);
}

static void
set_up(struct date_model *m, const struct opts *o)
{
	struct rules rules = m->rules;

	*m = (struct date_model){ .rules = rules };
	m->settings.arena = &m->arena;
	m->words = words_new(&m->arena);
	m->grammar = grammar_new(m->words, &m->arena);
	m->language = language_find(opts_text(o, "lang"));
	m->mode = read_mode(opts_text(o, "mode"));
	m->explain = opts_on(o, "explain");
	m->zoning = (struct zoning){ .offset = INT_MIN };
}

/* Each slip in the rules is said; without its row all is loaded again, until nothing is wrong. */
static bool
load_all(struct date_model *m, const struct opts *o, struct diag *d)
{
	const char *file = opts_text(o, "rules");
	struct slip slip = { 0 };

	if (file != NULL && !rules_read(&m->rules, file, &slip)) {
		say(d, &slip);
		return false;
	}
	for (int n_slip = 0;; n_slip++) {
		set_up(m, o);
		if (load(m, &slip))
			return n_slip == 0;
		say(d, &slip);
		if (n_slip == SLIPS_MAX || words_refused(m->words) != NULL ||
		    !rules_skip(&m->rules, &slip))
			return false;
		arena_free(&m->arena);
	}
}

struct date_model *
date_model_new(const struct opts *o, struct diag *d)
{
	struct date_model *m = calloc(1, sizeof(*m));
	const char *zone = opts_text(o, "zone");

	if (m == NULL)
		die_oom(sizeof(*m));
	if (!load_all(m, o, d)) {
		date_model_free(m);
		return NULL;
	}
	if (zone != NULL && !read_zone(m, span_c(zone), &m->zoning)) {
		diag_warn(d, (struct where){ 0 },
		    "--zone must be an offset like +05:30, a zone like GMT or Europe/London, or "
		    "text, "
		    "not \"%s\"",
		    zone);
		date_model_free(m);
		return NULL;
	}
	return m;
}

void
date_model_free(struct date_model *m)
{
	if (m == NULL)
		return;
	arena_free(&m->arena);
	rules_free(&m->rules);
	free(m);
}
