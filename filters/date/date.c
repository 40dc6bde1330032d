/* date.c - the plot: find all expressions, see what kind of text it is, resolve them in order, write them out. */
#include "date.h"

#include "ascii.h"
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
	    "write clock times with their zones: those that the text names, for others this one "
	    "(+05:30, GMT, London time, Europe/London; text: none)" },
	{ "rules", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "patterns of your own, preferred to the compiled-in ones (TSV)" },
	{ "explain", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "add to each date the pattern and the evidence that made it" },
	{ NULL, 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, NULL },
};

/* A text of nothing but dates: what more would cost in memory, no reader of dates can want. */
enum { DATES_MAX = 4000000 };

/* "1914-12" is no range of years: the second one would come first. */
static bool
years_fall(const struct match *m)
{
	const struct slots *a = &m->span[0].slots, *b = &m->span[1].slots;

	return m->n_span == 2 && slots_has(a, S_YEAR) && slots_has(b, S_YY) &&
	       !slots_has(b, S_YEAR) && b->v[S_YY] <= a->v[S_YEAR] % 100;
}

/* What is impossible (25:70) gives way to the next candidate; a day that no month has is refused with all of
 * its words: there is no "April 2020" in "31 April 2020". */
static bool
take(void *ctx, const struct match *m)
{
	struct found *f = ctx;

	if (years_fall(m))
		return false;
	for (int k = 0; k < m->n_span; k++)
		if (!resolve_possible(&m->span[k].slots))
			return resolve_no_such_day(&m->span[k].slots);
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
		S_REL, S_UNIT, S_ANCHOR, S_ORDER, S_KIND, S_ZONE, S_OFFSET };

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

/* "on Tuesday (May 25)": one day, said twice. */
static void
share_day(struct slots *a, struct slots *b)
{
	static const uint8_t day[] = { S_ERA, S_YEAR, S_YY, S_MONTH, S_DAY, S_REL, S_UNIT };

	if (!slots_has(a, S_WDAY) || slots_has(a, S_DAY) || slots_has(b, S_WDAY) ||
	    !slots_has(b, S_DAY) || !slots_has(b, S_MONTH))
		return;
	for (size_t i = 0; i < sizeof(day); i++)
		inherit(a, b, (enum slot)day[i]);
	inherit(b, a, S_WDAY);
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
	if (m->n_span == 2)
		share_day(&m->span[0].slots, last);
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

/* A date in words: 1 for "Friday, 21st of May", -1 for "May 21", 0 for "2021-05-21". */
static int
word_order(const struct tokens *t, const struct phrase *p)
{
	bool day = false;

	for (uint32_t i = p->tok; i < p->tok + p->n_tok; i++) {
		const struct token *k = &t->at[i];
		bool number = k->kind == TOKEN_NUMBER || (k->flags & TOKEN_DIGIT);

		if (number && !day && k->len > 3 && k->kind == TOKEN_NUMBER)
			return 0;
		if (day && k->kind == TOKEN_WORD && (k->flags & TOKEN_UPPER))
			return 1;
		day = day || number;
	}
	return day ? -1 : 0;
}

/* Does the text write the day before the month (> 0) or behind it (< 0)? Told by its numbers above 12, else by dates in words. */
static int
day_first(const struct found *f, const struct tokens *t)
{
	int sure = 0, likely = 0;
	struct match m;

	for (const struct found_item *i = f->first; i != NULL;) {
		const struct phrase *p = &m.span[0];

		i = found_get(i, &m);
		if (!slots_has(&p->slots, S_DAY) || !slots_has(&p->slots, S_MONTH))
			continue;
		if (!slots_has(&p->slots, S_ORDER))
			likely += word_order(t, p);
		else if (p->slots.v[S_MONTH] > 12 || p->slots.v[S_DAY] > 12)
			sure += p->slots.v[S_MONTH] > 12 ? 1 : -1;
	}
	return sure != 0 ? sure : likely;
}

/* Two digits at byte i of s; -1: there are none. */
static int
two_digits(struct span s, size_t i)
{
	if (s.n < i + 2 || !ascii_digit((unsigned char)s.p[i]) ||
	    !ascii_digit((unsigned char)s.p[i + 1]))
		return -1;
	return (s.p[i] - '0') * 10 + s.p[i + 1] - '0';
}

/* The time of day in "2021-12-04T18:30". */
static void
read_time(struct span date, struct resolver *rv)
{
	int h = two_digits(date, 11), min = two_digits(date, 14);

	if (h < 0 || h > 23 || min < 0 || min > 59 || date.p[13] != ':')
		return;
	rv->doc_hour = h;
	rv->doc_min = min;
}

static struct resolver
resolver_new(const struct date_model *m, const struct found *f, struct record *r, struct work *w)
{
	struct resolver rv = { .know = &m->know, .arena = w->arena, .zoning = m->zoning };

	rv.last = rv.last_day = rv.last_time = rv.last_quarter = stamp_of(GRAIN_NONE, UNKNOWN_YEAR);
	rv.has_doc = cal_parse(r->date, &rv.doc);
	if (rv.has_doc)
		rv.doc_day = cal_day(rv.doc);
	rv.doc_hour = -1;
	if (rv.has_doc)
		read_time(r->date, &rv);
	else if (r->date.p != NULL)
		diag_warn(w->diag, r->where,
		    "date \"%.*s\" is no valid date; what depends on it stays open", (int)r->date.n,
		    r->date.p);
	rv.day_first = day_first(f, record_tokens(r));
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

/* Has the word at token i that class? */
static bool
is_word(const struct date_model *model, const struct tokens *t, size_t i, uint16_t class)
{
	size_t n;
	uint32_t word = i < t->n ? words_find(model->words, t, i, &n) : 0;

	return word != 0 && words_sense(model->words, words_at(model->words, word), class) != NULL;
}

/* Two dates, the first from token "from" up to "behind", the second at token "to". */
struct pair {
	size_t from, behind, to;
	bool apart; /* found one by one, not by one row */
};

/* Does what stands between two dates make a range of them, not a list? */
static bool
is_range(const struct date_model *m, const struct tokens *t, const struct pair *p)
{
	size_t before = p->from - 1; /* SIZE_MAX: none */

	if (p->behind + 1 != p->to)
		return false;
	if (is_word(m, t, p->behind, m->between_and) && is_word(m, t, before, m->between))
		return true;
	return is_word(m, t, p->behind, m->range) && (!p->apart || is_word(m, t, before, m->from));
}

/* The two spans of a match; of one that has more or less, no pair. */
static struct pair
pair_of(const struct match *m)
{
	const struct phrase *a = &m->span[0], *b = &m->span[1];

	return m->n_span == 2 ? (struct pair){ a->tok, (size_t)a->tok + a->n_tok, b->tok, false }
			      : (struct pair){ 0, 0, 0, false };
}

/* "from November 15 to February 15, 1989": the year is that of the end, and the turn of the year lies between. */
static void
turn_of_year(struct match *m)
{
	struct slots *a = &m->span[0].slots, *b = &m->span[1].slots;

	if (slots_has(a, S_YEAR) || !slots_has(b, S_YEAR) || !slots_has(a, S_MONTH) ||
	    !slots_has(b, S_MONTH) || slots_or(b, S_ERA, 0) == 1 || slots_has(b, S_ORDER))
		return;
	if (a->v[S_MONTH] > b->v[S_MONTH] && b->v[S_YEAR] > 1)
		slots_put(a, S_YEAR, b->v[S_YEAR] - 1);
}

/* Of two points of the calendar, the first of which may lie behind: -1, 0, 1; 0 also for what is not known. */
static int
compare(const struct stamp *a, const struct stamp *b)
{
	int32_t x, y;

	if (!stamp_first_day(a, &x) || !stamp_first_day(b, &y))
		return 0;
	if (x != y || a->hour < 0 || b->hour < 0)
		return (x > y) - (x < y);
	if (a->hour != b->hour)
		return a->hour < b->hour ? -1 : 1;
	return (a->min > b->min) - (a->min < b->min);
}

/* The last two dates are the ends of one range. Years may stand the other way round, as languages do that are read from
 * right to left; with all else (7 p.m. to 3 a.m.) the order says that there is more to it. */
static void
join_range(struct record *r, const struct stamp *start, const struct stamp *end)
{
	struct date *a = &r->dates.at[r->dates.n - 2], *b = a + 1;
	int order = compare(start, end);

	if (order > 0 && (start->grain != GRAIN_YEAR || end->grain != GRAIN_YEAR))
		return;
	a->range_start = b->range_start = order > 0 ? b->value : a->value;
	a->range_end = b->range_end = order > 0 ? a->value : b->value;
}

/* What all expressions of a record are resolved with. */
struct course {
	const struct date_model *model;
	struct record *record;
	const struct direct *direct;
	struct resolver *rv;
	/* The date written last. */
	struct phrase phrase;
	struct stamp stamp;
	uint32_t daily; /* behind the last "daily", "on Mondays"; 0: none */
};

enum { DAILY_TOKENS = 14, DAILY_AHEAD = 3 };

/* Does the match say "again and again" of days: "daily", "every day", "on Mondays"? "$5 a day" is a rate. */
static bool
says_daily(const struct match *m)
{
	const struct slots *s = &m->span[0].slots;

	return m->pattern->type == TIMEX_SET &&
	       (slots_has(s, S_WDAY) ||
		   (slots_or(s, S_UNIT, 0) == U_DAY && (m->n_tok == 1 || slots_has(s, S_QUANT))));
}

/* Are tokens from and to in one sentence, and near? */
static bool
one_sentence(const struct tokens *t, uint32_t from, uint32_t to)
{
	if (to - from > DAILY_TOKENS)
		return false;
	for (uint32_t i = from; i < to; i++)
		if ((t->at[i].kind == TOKEN_PUNCT && t->at[i].first == '.') ||
		    (i > from && (t->at[i].flags & TOKEN_PARA)))
			return false;
	return to >= t->n || to == from || !(t->at[to].flags & TOKEN_PARA);
}

/* Is a time of day in m one of any day? next: the matches behind it. */
static bool
is_daily(struct course *c, const struct match *m, const struct found_item *next)
{
	const struct tokens *t = record_tokens(c->record);
	uint32_t end = m->tok + m->n_tok;
	struct match ahead;

	if (says_daily(m))
		c->daily = end;
	if (!slots_has(&m->span[0].slots, S_HOUR))
		return false;
	if (c->daily != 0 && c->daily <= m->tok && one_sentence(t, c->daily, m->tok))
		return true;
	for (int k = 0; k < DAILY_AHEAD && next != NULL; k++) {
		next = found_get(next, &ahead);
		if (!one_sentence(t, end, ahead.tok))
			return false;
		if (says_daily(&ahead))
			return true;
	}
	return false;
}

static bool
write_phrase(struct course *c, const struct match *match, const struct phrase *p)
{
	struct record *r = c->record;
	const struct tokens *t = record_tokens(r);
	struct date out = { .start = t->at[p->tok].start };
	struct answer a;

	if (!resolve(c->rv, match->pattern, &p->slots, &a))
		return false;
	out.end = end_byte(r, t, p);
	out.type = a.type;
	out.value = a.value;
	out.mod = a.mod;
	out.freq = a.freq;
	out.quant = a.quant;
	if (c->model->explain)
		out.why = explain(c->rv, r, match->pattern, &p->slots);
	VEC_PUSH(r->arena, &r->dates, out);
	resolve_remember(c->rv, &a);
	c->phrase = *p;
	c->stamp = a.stamp;
	return true;
}

static bool
is_point(const struct record *r)
{
	uint8_t type = r->dates.at[r->dates.n - 1].type;

	return type == TIMEX_DATE || type == TIMEX_TIME;
}

/* Write phrase k of a match; with the one before it, it may be a range. */
static void
next_phrase(struct course *c, const struct match *match, int k)
{
	const struct tokens *t = record_tokens(c->record);
	const struct phrase *p = &match->span[k], last = c->phrase;
	struct pair two = { last.tok, (size_t)last.tok + last.n_tok, p->tok, k == 0 };
	struct stamp start = c->stamp;
	bool range = last.n_tok > 0 && (two.apart || match->n_span == 2) && is_point(c->record) &&
		     is_range(c->model, t, &two);

	c->rv->from_day = INT32_MIN;
	if (range && slots_has(&last.slots, S_WDAY))
		stamp_first_day(&c->rv->last_day, &c->rv->from_day);
	if (write_phrase(c, match, p) && range && is_point(c->record))
		join_range(c->record, &start, &c->stamp);
}

static void
resolve_match(struct course *c, const struct match *match)
{
	const struct tokens *t = record_tokens(c->record);
	struct resolver *rv = c->rv;

	for (int k = 0; k < match->n_span; k++) {
		const struct phrase *p = &match->span[k];

		rv->tok = p->tok;
		rv->opens = t->at[p->tok].flags & TOKEN_PARA;
		rv->towards = TOWARDS_ANY;
		rv->since = rv->just_past = false;
		if (needs_direction(&p->slots) || resolve_asks(match->pattern))
			direct_find(c->direct, match->tok, match->n_tok, rv);
		next_phrase(c, match, k);
	}
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
	struct pair two;
	struct course c = { .model = m, .record = r, .direct = &d, .rv = &rv };

	record_own(r, LAYER_DATES);
	grammar_scan(m->grammar, w->own, r->text, t, take, &f);
	rv = resolver_new(m, &f, r, w);
	lx = grammar_lexer(m->grammar, r->text, t);
	d = direct_new(&lx);
	for (const struct found_item *i = f.first; i != NULL;) {
		i = found_get(i, &match);
		two = pair_of(&match);
		if (two.to != 0 && is_range(m, t, &two))
			turn_of_year(&match);
		share(&match);
		if (r->dates.n > DATES_MAX) {
			diag_fail(w->diag, r->where, "date", "more than %d dates in one record",
			    DATES_MAX);
			return FAIL;
		}
		rv.daily = is_daily(&c, &match, i);
		resolve_match(&c, &match);
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
