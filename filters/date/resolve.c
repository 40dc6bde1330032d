/* resolve.c - values from slots by the functions that patterns.tsv names. date.c decides when; timex.c writes them. */
#include "steps.h"

static bool
fn_no(struct resolver *rv, const struct slots *s, struct answer *out)
{
	(void)rv, (void)s, (void)out;
	return false;
}

static const struct {
	const char *name;
	bool (*fn)(struct resolver *rv, const struct slots *s, struct answer *out);
} functions[] = { { "", fn_no }, { "no", fn_no }, { "date", clock_date }, { "shift", shift_by },
	{ "ahead", shift_ahead }, { "nth", shift_nth }, { "within", shift_within },
	{ "some", shift_some }, { "weekend", shift_weekend }, { "period", shift_period },
	{ "latest", shift_latest }, { "dur", stretch_dur }, { "lap", stretch_lap },
	{ "set", stretch_set }, { "century", stretch_century }, { "ref", stretch_ref } };

enum { FN_NO = 1 };

uint8_t
resolve_find(struct span name)
{
	for (size_t i = 1; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (span_is(name, functions[i].name))
			return (uint8_t)i;
	return 0;
}

bool
resolve_is_no(const struct pattern *p)
{
	return p->resolver <= FN_NO;
}

bool
resolve_asks(const struct pattern *p)
{
	return functions[p->resolver].fn == shift_ahead;
}

/* Day and month written as numbers: which is which? Where the text does not say it, "05-08-2021" is the fifth, as nearly
 * everywhere, and "05/08/2021" in May, as in the country that writes most of the news. */
static void
order_day_month(const struct resolver *rv, struct slots *s)
{
	int d = s->v[S_DAY], m = s->v[S_MONTH];
	bool dash = s->v[S_ORDER] == 2;

	if (m > 12 || (d <= 12 && (rv->day_first > 0 || (dash && rv->day_first == 0)))) {
		s->v[S_DAY] = m;
		s->v[S_MONTH] = d;
	}
}

bool
resolve_possible(const struct slots *s)
{
	int m = slots_or(s, S_MONTH, 0), d = slots_or(s, S_DAY, 0), y = slots_or(s, S_YEAR, 2000);

	if (!slots_sane(s) || clock_impossible(s))
		return false;
	if (slots_or(s, S_HALF, 1) > 2 || slots_or(s, S_HALF, 1) < 1 ||
	    slots_or(s, S_QUARTER, 1) > 4 || slots_or(s, S_QUARTER, 1) < 1)
		return false;
	/* "two years and six months" goes down; weekends and nights have no parts. */
	if (slots_has(s, S_N2) && slots_has(s, S_UNIT2) &&
	    (s->v[S_UNIT2] >= slots_or(s, S_UNIT, 0) || s->v[S_UNIT] > U_MILLENNIUM))
		return false;
	if (slots_has(s, S_N3) && slots_has(s, S_UNIT3) && s->v[S_UNIT3] >= slots_or(s, S_UNIT2, 0))
		return false;
	/* "2014-15" is one season; "1914-18" is not. */
	if (slots_has(s, S_YEAR) && slots_has(s, S_YY) && s->v[S_YY] != (y + 1) % 100)
		return false;
	if (slots_has(s, S_ORDER))
		return (m <= 12 && d <= 31 && d <= cal_month_days(y, m)) ||
		       (d <= 12 && m <= 31 && m <= cal_month_days(y, d));
	if (m != 0 && d != 0 && slots_or(s, S_ERA, 0) != 1)
		return d <= cal_month_days(y < 1 ? 2000 : y, m);
	return m <= 12 && d <= 31;
}

bool
resolve_no_such_day(const struct slots *s)
{
	int m = slots_or(s, S_MONTH, 0), d = slots_or(s, S_DAY, 0), y = slots_or(s, S_YEAR, 2000);

	return slots_sane(s) && !clock_impossible(s) && !slots_has(s, S_ORDER) && m >= 1 &&
	       m <= 12 && slots_or(s, S_ERA, 0) != 1 && d > cal_month_days(y < 1 ? 2000 : y, m);
}

/* A row may name a function without the slots that it reads. */
static void
clear_absent(struct slots *s)
{
	for (int k = 0; k < N_SLOT; k++)
		if (!slots_has(s, (enum slot)k))
			s->v[k] = 0;
}

bool
resolve(struct resolver *rv, const struct pattern *p, const struct slots *s, struct answer *out)
{
	struct slots own = *s;

	clear_absent(&own);
	*out = (struct answer){ .stamp = stamp_of(GRAIN_NONE, UNKNOWN_YEAR) };
	if (slots_has(s, S_ORDER))
		order_day_month(rv, &own);
	if (!functions[p->resolver].fn(rv, &own, out))
		return false;
	/* The calendar has a year 0 (1 BC); values have none. */
	if (out->stamp.grain != GRAIN_NONE && out->stamp.y == 0)
		return false;
	if (out->value.p == NULL)
		out->value = timex_point(&out->stamp, rv->arena);
	if (out->value.n == 0)
		return false;
	if (p->type >= 0)
		out->type = (uint8_t)p->type;
	if (slots_has(s, S_MOD) && s->v[S_MOD] > 0 && s->v[S_MOD] < N_MOD)
		out->mod = span_c(timex_mod[s->v[S_MOD]]);
	return true;
}

void
resolve_remember(struct resolver *rv, const struct answer *a)
{
	if (a->stamp.grain == GRAIN_NONE || a->type == TIMEX_SET || a->stamp.y == UNKNOWN_YEAR)
		return;
	rv->last = a->stamp;
	rv->last.hour = rv->last.min = rv->last.sec = -1;
	rv->last.offset = INT_MIN;
	rv->last.of_day = 0;
	rv->last_tok = rv->tok;
	if (a->stamp.grain == GRAIN_DAY && a->stamp.m != 0) {
		rv->last_time = a->stamp;
		rv->last_day = stamp_day((struct cal){ a->stamp.y, a->stamp.m, a->stamp.d });
		rv->last_day_tok = rv->tok;
	}
	if (a->stamp.grain == GRAIN_QUARTER && !a->compared) {
		rv->last_quarter = a->stamp;
		rv->last_quarter_tok = rv->tok;
	}
}
