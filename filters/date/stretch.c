/* stretch.c - durations, repetitions, vague references. */
#include "steps.h"

/* "two years and six months", "1 hour, 5 minutes and 30 seconds" */
static void
add_part(struct resolver *rv, const struct slots *s, enum slot n, enum slot u, struct answer *out)
{
	struct span more;
	size_t skip;

	if (!slots_has(s, n) || !slots_has(s, u))
		return;
	more = timex_duration(s->v[n], 0, (enum unit)s->v[u], rv->arena);
	skip = memchr(out->value.p, 'T', out->value.n) != NULL && more.n > 2 && more.p[1] == 'T'
		   ? 2
		   : 1;
	out->value = arena_fmt(rv->arena, "%.*s%.*s", (int)out->value.n, out->value.p,
	    (int)(more.n - skip), more.p + skip);
}

/* "one minute 40.117 seconds": what stands behind the point of the last number goes before the "S". */
static void
split_seconds(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int32_t split = slots_or(s, S_SPLIT, 0);

	if (split < 1000 || out->value.p[out->value.n - 1] != 'S' ||
	    memchr(out->value.p, '.', out->value.n) != NULL)
		return;
	out->value = arena_fmt(rv->arena, "%.*s.%0*dS", (int)out->value.n - 1, out->value.p,
	    (int)(split / 1000), (int)(split % 1000));
}

bool
stretch_dur(struct resolver *rv, const struct slots *s, struct answer *out)
{
	enum unit u = (enum unit)slots_or(s, S_UNIT, U_DAY);
	int32_t n = slots_has(s, S_VAGUE) ? -1 : slots_or(s, S_N, slots_has(s, S_FRAC) ? 0 : -1);

	out->type = TIMEX_DURATION;
	if (u == U_HALF || n > 999999999)
		return false;
	out->value = timex_duration(
	    n, u == U_SECOND && slots_has(s, S_SPLIT) ? 0 : slots_or(s, S_FRAC, 0), u, rv->arena);
	if (n >= 0)
		add_part(rv, s, S_N2, S_UNIT2, out);
	if (n >= 0)
		add_part(rv, s, S_N3, S_UNIT3, out);
	split_seconds(rv, s, out);
	return true;
}

/* The time that somebody took, in digits: "1:36.45", "2:07:09", "33:40". */
bool
stretch_lap(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct slots lap = *s;

	slots_put(&lap, S_N, slots_or(s, S_HOUR, slots_or(s, S_N, 0)));
	slots_put(&lap, S_UNIT, U_HOUR);
	slots_put(&lap, S_N2, slots_or(s, S_MIN, 0));
	slots_put(&lap, S_UNIT2, U_MINUTE);
	slots_put(&lap, S_N3, slots_or(s, S_SEC, 0));
	slots_put(&lap, S_UNIT3, U_SECOND);
	if (lap.v[S_N] == 0) { /* "1:36.45": no hours */
		lap.v[S_N] = lap.v[S_N2];
		lap.v[S_UNIT] = U_MINUTE;
		lap.v[S_N2] = lap.v[S_N3];
		lap.v[S_UNIT2] = U_SECOND;
		slots_drop(&lap, S_N3);
	}
	return stretch_dur(rv, &lap, out);
}

/* Day of the year of a feast that never moves; else of any day. */
static struct stamp
every_feast(const struct resolver *rv, int which)
{
	struct stamp at = stamp_of(GRAIN_DAY, UNKNOWN_YEAR);
	struct cal c;

	if (holiday_day(rv->know, (size_t)which, 2000, &c) &&
	    rv->know->holiday[which].rule.n == 5) {
		at.m = c.m;
		at.d = c.d;
	}
	return at;
}

/* "every night", but "every third night" counts days. */
static bool
is_nightly(const struct slots *s)
{
	return slots_or(s, S_UNIT, 0) == U_NIGHT && slots_has(s, S_QUANT) &&
	       slots_or(s, S_N, 1) == 1;
}

static bool
is_weekly_end(const struct slots *s)
{
	return slots_has(s, S_WEND) ||
	       (slots_or(s, S_UNIT, 0) == U_WEEKEND && slots_or(s, S_N, 1) == 1);
}

/* What comes again and again, where it is a point in the calendar; else GRAIN_NONE: a number of units. */
static struct stamp
every_point(const struct resolver *rv, const struct slots *s)
{
	struct stamp at = stamp_of(GRAIN_NONE, UNKNOWN_YEAR);

	if (slots_has(s, S_HOLIDAY))
		return every_feast(rv, s->v[S_HOLIDAY]);
	if (slots_has(s, S_MONTH)) {
		at.grain = slots_has(s, S_DAY) ? GRAIN_DAY : GRAIN_MONTH;
		at.m = s->v[S_MONTH];
		at.d = slots_or(s, S_DAY, 0);
	} else if (slots_has(s, S_SEASON)) {
		at.grain = GRAIN_SEASON;
		at.part = s->v[S_SEASON];
	} else if (slots_has(s, S_QUARTER)) {
		at.grain = GRAIN_QUARTER;
		at.part = s->v[S_QUARTER];
	} else if (slots_has(s, S_WDAY)) {
		at.grain = GRAIN_DAY;
		at.wd = s->v[S_WDAY];
	} else if (is_weekly_end(s)) {
		at.grain = GRAIN_WEEKEND;
	} else if (slots_has(s, S_PART) || slots_has(s, S_HOUR) || is_nightly(s)) {
		at.grain = GRAIN_DAY;
		at.of_day = is_nightly(s) ? PART_NIGHT : 0;
	}
	return at;
}

bool
stretch_set(struct resolver *rv, const struct slots *s, struct answer *out)
{
	static const char *const quant_name[N_QUANT] = { "", "EVERY", "EACH" };
	struct stamp at = every_point(rv, s);

	out->type = TIMEX_SET;
	if (clock_impossible(s))
		return false;
	if (at.grain != GRAIN_NONE) {
		if (at.grain == GRAIN_DAY)
			clock_set(rv, s, &at);
		out->value = timex_point(&at, rv->arena);
	} else {
		out->value = timex_duration(slots_has(s, S_VAGUE) ? -1 : slots_or(s, S_N, 1),
		    slots_or(s, S_FRAC, 0), (enum unit)slots_or(s, S_UNIT, U_DAY), rv->arena);
	}
	if (slots_has(s, S_QUANT) && s->v[S_QUANT] > 0 && s->v[S_QUANT] < N_QUANT)
		out->quant = at.grain != GRAIN_NONE && slots_or(s, S_N, 1) == 2
				 ? SPAN("EVERY OTHER")
				 : span_c(quant_name[s->v[S_QUANT]]);
	if (slots_has(s, S_FREQ))
		out->freq = arena_fmt(rv->arena, "%dX", (int)s->v[S_FREQ]);
	return true;
}

/* "the 19th century" is 18; "the 4th century BC" is BC03. */
bool
stretch_century(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int c = slots_or(s, S_CENTURY, 0) - 1, sign = slots_or(s, S_ERA, 0) == 1 ? -1 : 1;

	(void)rv;
	out->type = TIMEX_DATE;
	out->stamp = stamp_of(GRAIN_CENTURY, sign * c * 100);
	return c >= 1 && c < 30;
}

bool
stretch_ref(struct resolver *rv, const struct slots *s, struct answer *out)
{
	static const char *const name[N_REF] = { "", "PRESENT_REF", "PAST_REF", "FUTURE_REF" };
	int ref = slots_or(s, S_REF, 0);

	(void)rv;
	out->type = TIMEX_DATE;
	if (ref < 1 || ref >= N_REF)
		return false;
	out->value = span_c(name[ref]);
	return true;
}
