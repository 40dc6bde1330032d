/* date.c - the plot: find all expressions, see what kind of text it is, resolve them in order, write them out. */
#include "date.h"

#include "direct.h"
#include "example.h"
#include "found.h"
#include "model.h"

static const struct opt options[] = {
	{ "lang", 0, OPT_ENUM, "LANG", "en", language_names, 0, 0, "the language of the texts" },
	{ "mode", 0, OPT_ENUM, "MODE", "auto", "auto|news|narrative", 0, 0,
	    "what dates count from: the document date, the date mentioned last, or decided by the "
	    "text" },
	{ "zone", 0, OPT_TEXT, "ZONE", NULL, NULL, 0, 0,
	    "write clock times with this zone where the text names none (+05:30, GMT)" },
	{ "rules", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "patterns of your own, preferred to the compiled-in ones (TSV)" },
	{ "explain", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "add to each date the pattern and the evidence that made it" },
	{ NULL, 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, NULL },
};

/* A text of nothing but dates: what more would cost in memory, no reader of dates can want. */
enum { DATES_MAX = 4000000 };

/* An impossible date (31 April) gives way to the next candidate. */
static bool
take(void *ctx, const struct match *m)
{
	struct found *f = ctx;

	for (int k = 0; k < m->n_span; k++)
		if (!resolve_possible(&m->span[k].slots))
			return false;
	if (!resolve_is_no(m->pattern))
		found_add(f, m);
	return true;
}

/* --- ranges and lists: "20, 21 and 22 April 2020" */

static void
inherit(struct slots *to, const struct slots *from, enum slot k)
{
	if (!slots_has(to, k) && slots_has(from, k))
		slots_put(to, k, from->v[k]);
}

/* "1914-18" */
static void
full_second_year(struct slots *s, const struct slots *first)
{
	if (slots_has(s, S_YY) && !slots_has(s, S_YEAR) && slots_has(first, S_YEAR))
		slots_put(s, S_YEAR, first->v[S_YEAR] / 100 * 100 + s->v[S_YY]);
}

/* "4 to 5:30 p.m. on Friday": the half of the day and the day hold for both; "11 to 2 p.m." crosses noon. */
static void
share_clock(struct slots *s, const struct slots *last)
{
	static const uint8_t day[] = { S_ERA, S_YEAR, S_YY, S_HOLIDAY, S_MONTH, S_DAY, S_WDAY,
		S_REL, S_UNIT, S_ANCHOR, S_ORDER, S_KIND };

	if (!slots_has(s, S_HOUR))
		return;
	for (size_t i = 0; i < sizeof(day); i++)
		inherit(s, last, (enum slot)day[i]);
	if (slots_has(s, S_AMPM) || !slots_has(last, S_AMPM) || !slots_has(last, S_HOUR) ||
	    s->v[S_HOUR] == 0 || s->v[S_HOUR] > 12)
		return;
	inherit(s, last, S_AMPM);
	if (s->v[S_HOUR] % 12 > last->v[S_HOUR] % 12)
		s->v[S_AMPM] = last->v[S_AMPM] == 2 ? 1 : 2;
}

/* What the last of several spans says of month, year and era holds for those before it; months also onwards. */
static void
share(struct match *m)
{
	static const uint8_t back[] = { S_ERA, S_YEAR, S_YY };
	struct slots *last = &m->span[m->n_span - 1].slots;

	for (int k = 1; k < m->n_span; k++) {
		struct slots *s = &m->span[k].slots;

		if (slots_has(s, S_DAY) && !slots_has(s, S_MONTH))
			inherit(s, &m->span[k - 1].slots, S_MONTH);
		full_second_year(s, &m->span[k - 1].slots);
	}
	for (int k = m->n_span - 2; k >= 0; k--) {
		struct slots *s = &m->span[k].slots;

		share_clock(s, last);
		if (slots_has(s, S_DAY))
			inherit(s, &m->span[k + 1].slots, S_MONTH);
		if (!slots_has(s, S_YEAR) && !slots_has(s, S_YY) && !slots_has(s, S_REL)) {
			inherit(s, last, S_REL);
			inherit(s, last, S_UNIT);
			inherit(s, last, S_ANCHOR);
			for (size_t i = 0; i < sizeof(back); i++)
				inherit(s, last, (enum slot)back[i]);
		}
		inherit(s, last, S_ERA);
	}
}

/* --- what kind of text it is */

/* Years long before the document's against expressions that count from its day. */
static bool
is_narrative(const struct found *f, const struct resolver *rv)
{
	size_t old = 0, news = 0;
	struct match m;

	for (const struct found_item *i = f->first; i != NULL;) {
		const struct slots *s = &m.span[0].slots;

		i = found_get(i, &m);
		if (slots_has(s, S_YEAR) && (!rv->has_doc || s->v[S_YEAR] < rv->doc.y - 1))
			old++;
		else
			news += slots_has(s, S_YEAR) || slots_has(s, S_WDAY) ||
				(slots_has(s, S_REL) && slots_or(s, S_ANCHOR, 0) == ANCHOR_DOC);
	}
	return old >= 6 && old >= 6 * news;
}

/* Does the text write the day before the month? Told by its numbers above 12, else by dates in words. */
static bool
is_day_first(const struct found *f, const struct tokens *t)
{
	int sure = 0, likely = 0;
	struct match m;

	for (const struct found_item *i = f->first; i != NULL;) {
		const struct phrase *p = &m.span[0];

		i = found_get(i, &m);
		if (!slots_has(&p->slots, S_DAY) || !slots_has(&p->slots, S_MONTH))
			continue;
		if (!slots_has(&p->slots, S_ORDER))
			likely += t->at[p->tok].kind == TOKEN_NUMBER ? 1 : -1;
		else if (p->slots.v[S_MONTH] > 12 || p->slots.v[S_DAY] > 12)
			sure += p->slots.v[S_MONTH] > 12 ? 1 : -1;
	}
	return sure != 0 ? sure > 0 : likely > 0;
}

static struct resolver
resolver_new(const struct date_model *m, const struct found *f, struct record *r, struct work *w)
{
	struct resolver rv = { .know = &m->know, .arena = w->arena, .default_offset = m->zone };

	rv.last = rv.last_day = rv.last_time = rv.last_quarter = stamp_of(GRAIN_NONE, UNKNOWN_YEAR);
	rv.has_doc = cal_parse(r->date, &rv.doc);
	if (rv.has_doc)
		rv.doc_day = cal_day(rv.doc);
	else if (r->date.p != NULL)
		diag_warn(w->diag, r->where,
		    "date \"%.*s\" is no valid date; what depends on it stays open", (int)r->date.n,
		    r->date.p);
	rv.day_first = is_day_first(f, record_tokens(r));
	rv.narrative = m->mode == MODE_NARRATIVE || (m->mode == MODE_AUTO && is_narrative(f, &rv));
	return rv;
}

/* --- one expression */

static uint32_t
end_byte(const struct record *r, const struct tokens *t, const struct phrase *p)
{
	size_t last = (size_t)p->tok + p->n_tok - 1;

	/* The full stop of an abbreviation stays out if it ends a sentence as well. */
	if (p->dot && (last + 1 >= t->n || (t->at[last + 1].flags & (TOKEN_UPPER | TOKEN_PARA))))
		last--;
	(void)r;
	return t->at[last].start + t->at[last].len;
}

/* The row and its value cell; then what decided: the word of the clause that says past or future, the date counted from. */
static struct span
explain(const struct resolver *rv, struct record *r, const struct pattern *p, const struct slots *s)
{
	static const char *const way[] = { "", "past", "future", "present" };
	struct span out =
	    arena_fmt(r->arena, "%.*s: %.*s", (int)p->id.n, p->id.p, (int)p->value.n, p->value.p);

	if (rv->narrative)
		out = arena_fmt(r->arena, "%.*s, narrative", (int)out.n, out.p);
	if (rv->towards != TOWARDS_ANY && rv->evidence == UINT32_MAX) {
		out = arena_fmt(
		    r->arena, "%.*s, %s as it stands alone", (int)out.n, out.p, way[rv->towards]);
	} else if (rv->towards != TOWARDS_ANY) {
		struct span word = token_span(r->text, &record_tokens(r)->at[rv->evidence]);

		out = arena_fmt(r->arena, "%.*s, %s by \"%.*s\"", (int)out.n, out.p,
		    way[rv->towards], (int)word.n, word.p);
	}
	if ((rv->narrative || slots_or(s, S_ANCHOR, ANCHOR_DOC) == ANCHOR_MENTION) &&
	    rv->last.grain != GRAIN_NONE) {
		struct span last = timex_point(&rv->last, r->arena);

		out =
		    arena_fmt(r->arena, "%.*s, after %.*s", (int)out.n, out.p, (int)last.n, last.p);
	}
	return out;
}

/* A point of the calendar without its year may lie before or behind. */
static bool
needs_direction(const struct slots *s)
{
	static const uint64_t open = (uint64_t)1 << S_MONTH | (uint64_t)1 << S_WDAY |
				     (uint64_t)1 << S_DAY | (uint64_t)1 << S_SEASON |
				     (uint64_t)1 << S_HOLIDAY | (uint64_t)1 << S_QUARTER |
				     (uint64_t)1 << S_HALF;

	return !slots_has(s, S_YEAR) && ((s->set & open) != 0 || slots_has(s, S_HOUR) ||
					    slots_has(s, S_PART) || s->set == 0);
}

/* Does what stands between two spans make a range of them, not a list? */
static bool
is_range(const struct date_model *model, const struct tokens *t, const struct match *m)
{
	size_t at = (size_t)m->span[0].tok + m->span[0].n_tok, n;
	uint32_t word;

	if (m->n_span != 2 || at >= t->n || at + 1 != m->span[1].tok)
		return false;
	word = words_find(model->words, t, at, &n);
	return word != 0 &&
	       words_sense(model->words, words_at(model->words, word), model->range) != NULL;
}

/* The last two dates are the ends of one range. */
static void
join_range(struct record *r)
{
	struct date *a = &r->dates.at[r->dates.n - 2], *b = a + 1;

	a->range_start = b->range_start = a->value;
	a->range_end = b->range_end = b->value;
}

static void
resolve_match(const struct date_model *m, struct record *r, const struct match *match,
    const struct direct *d, struct resolver *rv)
{
	const struct tokens *t = record_tokens(r);
	int written = 0;

	for (int k = 0; k < match->n_span; k++) {
		const struct phrase *p = &match->span[k];
		struct date out = { .start = t->at[p->tok].start };
		struct answer a;

		rv->tok = p->tok;
		rv->opens = t->at[p->tok].flags & TOKEN_PARA;
		rv->towards = TOWARDS_ANY;
		rv->since = rv->just_past = false;
		if (needs_direction(&p->slots))
			direct_find(d, match->tok, match->n_tok, rv);
		rv->from_day = INT32_MIN;
		if (k == 1 && written == 1 && slots_has(&match->span[0].slots, S_WDAY) &&
		    is_range(m, t, match))
			stamp_first_day(&rv->last_day, &rv->from_day);
		if (!resolve(rv, match->pattern, &p->slots, &a))
			continue;
		out.end = end_byte(r, t, p);
		out.type = a.type;
		out.value = a.value;
		out.mod = a.mod;
		out.freq = a.freq;
		out.quant = a.quant;
		if (m->explain)
			out.why = explain(rv, r, match->pattern, &p->slots);
		VEC_PUSH(r->arena, &r->dates, out);
		resolve_remember(rv, &a);
		written++;
	}
	if (written == 2 && is_range(m, t, match))
		join_range(r);
}

static enum verdict
annotate(const void *model, struct record *r, struct work *w)
{
	const struct date_model *m = model;
	const struct tokens *t = record_tokens(r);
	struct found f = found_new(w->arena);
	struct resolver rv;
	struct lexer lx;
	struct direct d;
	struct match match;

	record_own(r, LAYER_DATES);
	grammar_scan(m->grammar, w->own, r->text, t, take, &f);
	rv = resolver_new(m, &f, r, w);
	lx = grammar_lexer(m->grammar, r->text, t);
	d = direct_new(&lx);
	for (const struct found_item *i = f.first; i != NULL;) {
		i = found_get(i, &match);
		share(&match);
		if (r->dates.n > DATES_MAX) {
			diag_fail(w->diag, r->where, "date", "more than %d dates in one record",
			    DATES_MAX);
			return FAIL;
		}
		resolve_match(m, r, &match, &d, &rv);
	}
	return KEEP;
}

static void *
open_model(const struct opts *o, struct diag *d)
{
	struct date_model *m = date_model_new(o, d);

	if (m == NULL || example_check(m, annotate, d))
		return m;
	date_model_free(m);
	return NULL;
}

static void
version(const struct opts *o, struct buf *out)
{
	rules_version(opts_text(o, "rules"), out);
}

static void
close_model(void *model)
{
	date_model_free(model);
}

static void *
worker_open(const void *model)
{
	const struct date_model *m = model;

	return scan_scratch_new(m->grammar);
}

static void
worker_close(void *own)
{
	scan_scratch_free(own);
}

const struct filter filter_date = {
	.name = "date",
	.summary = "find dates, times, durations and repetitions, with their values",
	.example =
	    "ntag-date articles/*.txt\n"
	    "ntag-date --explain news.jsonl | jq -r '.dates[] | [.text, .value, .why] | @tsv'\n"
	    "ntag-date --rules=ours.tsv news.jsonl",
	.needs = F_TEXT,
	.gives = F_DATES,
	.option = options,
	.blob = language_blobs,
	.open = open_model,
	.annotate = annotate,
	.close = close_model,
	.worker_open = worker_open,
	.worker_close = worker_close,
	.version = version,
};
