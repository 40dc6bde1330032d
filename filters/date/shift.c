/* shift.c - so many units from somewhere, the nth of something, business periods. */
#include "steps.h"

/* --- n units from here */

static bool
shift_clock(struct stamp *at, int32_t n, enum unit u)
{
	int64_t seconds, size = u == U_HOUR ? 3600 : u == U_MINUTE ? 60 : 1;
	int32_t day;
	struct cal c;

	if (at->hour < 0 || at->grain != GRAIN_DAY || !stamp_first_day(at, &day) || n > 10000000 ||
	    n < -10000000)
		return false;
	seconds = at->hour * 3600 + (at->min < 0 ? 0 : at->min) * 60 + n * size;
	day += (int32_t)(seconds / 86400 - (seconds % 86400 < 0));
	seconds = (seconds % 86400 + 86400) % 86400;
	if (!cal_from_day(day, &c) || c.y <= 0)
		return false;
	at->y = c.y;
	at->m = c.m;
	at->d = c.d;
	at->hour = (int)(seconds / 3600);
	at->min = (int)(seconds / 60 % 60);
	return true;
}

static bool
vague_shift(const struct slots *s, struct answer *out)
{
	out->stamp = stamp_of(GRAIN_NONE, UNKNOWN_YEAR);
	out->value = slots_or(s, S_DIR, 0) < 0 ? SPAN("PAST_REF") : SPAN("FUTURE_REF");
	return true;
}

/* So many units, with their sign. */
struct move {
	int64_t n;
	enum unit u;
};

enum { MOVE_MAX = 100000000 }; /* nothing is farther away than that, in any unit */

/* Decades and centuries count years: "a decade ago" is a year. */
static void
in_years(struct move *m)
{
	if (m->u == U_DECADE || m->u == U_CENTURY || m->u == U_MILLENNIUM) {
		m->n *= m->u == U_DECADE ? 10 : m->u == U_CENTURY ? 100 : 1000;
		m->u = U_YEAR;
	}
}

/* What the slots say, in one unit: "a year and two months", "two and a half years" in months. A second unit that
 * cannot be added stays in the slots. */
static struct move
move_of(const struct slots *s)
{
	int sign = slots_or(s, S_DIR, 1);
	struct move m = { (int64_t)slots_or(s, S_N, 1) * sign,
		(enum unit)slots_or(s, S_UNIT, U_DAY) };

	in_years(&m);
	if (m.u == U_YEAR && slots_has(s, S_N2) && slots_or(s, S_UNIT2, 0) == U_MONTH)
		m = (struct move){ m.n * 12 + s->v[S_N2] * sign, U_MONTH };
	else if (m.u == U_YEAR && slots_or(s, S_FRAC, 0) == 50)
		m = (struct move){ m.n * 12 + 6 * sign, U_MONTH };
	if (m.n > MOVE_MAX || m.n < -MOVE_MAX)
		m.n = m.n > 0 ? MOVE_MAX : -MOVE_MAX;
	return m;
}

/* "three summers ago" */
static bool
shift_season(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int32_t n = (int32_t)move_of(s).n;
	struct slots one = *s;

	slots_put(&one, S_REL, n < 0 ? -1 : 1);
	slots_drop(&one, S_UNIT);
	out->type = TIMEX_DATE;
	if (!period_season(rv, &one, &out->stamp))
		return false;
	out->stamp.y = anchor_plus(out->stamp.y, n < 0 ? n + 1 : n - 1);
	return true;
}

/* "two Tuesdays ago": the last but one before the reference. */
static bool
shift_weekdays(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct stamp ref = anchor_of(rv, s);
	int wd = s->v[S_WDAY], n = slots_or(s, S_N, 1);
	int32_t from;

	out->type = TIMEX_DATE;
	if (wd < 1 || wd > 7 || n < 1 || n > 1000)
		return false;
	if (ref.grain != GRAIN_DAY || ref.m == 0 || !stamp_first_day(&ref, &from))
		return vague_shift(s, out);
	return day_set(&out->stamp, slots_or(s, S_DIR, 1) < 0
					? day_latest(from - 1, wd) - 7 * (n - 1)
					: day_latest(from + 7, wd) + 7 * (n - 1));
}

/* Where to move from: a date in the same expression, else the reference. False: an impossible date. */
static bool
shift_base(struct resolver *rv, const struct slots *s, struct stamp *at, bool *named)
{
	struct slots base = *s;
	bool any;

	slots_drop(&base, S_UNIT);
	slots_drop(&base, S_N);
	if (!slots_has(s, S_REL) || s->v[S_REL] == 0)
		slots_drop(&base, S_PART);
	if (!period_of(rv, &base, at, &any))
		return false;
	if (!any)
		*at = anchor_of(rv, s);
	*named = any || slots_has(s, S_ORD);
	return !slots_has(s, S_ORD) || !anchor_known(at) || stamp_shift(at, s->v[S_ORD], U_DAY);
}

/* "three nights ago" */
static bool
shift_part(struct move m, struct answer *out)
{
	if (!stamp_shift(&out->stamp, (int32_t)m.n, U_DAY))
		return false;
	out->stamp.of_day = m.u == U_NIGHT ? PART_NIGHT : PART_MORNING;
	out->type = TIMEX_TIME;
	return true;
}

static bool
shift_days_or_more(const struct slots *s, struct move m, struct answer *out)
{
	/* Weeks before or after a day make a day. */
	if (m.u == U_WEEK && out->stamp.grain == GRAIN_DAY)
		m = (struct move){ m.n * 7, U_DAY };
	if (out->stamp.grain < GRAIN_MONTH && m.u == U_DAY)
		return vague_shift(s, out);
	if (!stamp_shift(&out->stamp, (int32_t)m.n, m.u))
		return out->stamp.grain != GRAIN_DAY && vague_shift(s, out);
	if (slots_has(s, S_PART)) {
		out->stamp.of_day = (uint8_t)s->v[S_PART];
		out->type = TIMEX_TIME;
	}
	return true;
}

/* "three weeks after Christmas", "four months from tomorrow": a day again. */
static bool
shift_named_day(struct move m, struct stamp *at)
{
	struct cal c = { at->y, at->m, at->d };
	int months = m.u == U_YEAR ? 12 : m.u == U_QUARTER ? 3 : 1;

	if (m.u == U_WEEK)
		return stamp_shift(at, (int32_t)m.n * 7, U_DAY);
	if (m.n > 10000 || m.n < -10000 || !cal_add_months(&c, (int)m.n * months))
		return false;
	at->y = c.y;
	at->m = c.m;
	at->d = c.d;
	return c.y != 0;
}

/* "two weeks and three days ago", "2 years 1 month 21 days later": units down to days make a day. */
static bool
to_days(const struct slots *s)
{
	return slots_has(s, S_N2) &&
	       (slots_or(s, S_UNIT2, 0) == U_DAY || slots_or(s, S_UNIT2, 0) == U_WEEK ||
		   (slots_has(s, S_N3) && slots_or(s, S_UNIT3, 0) == U_DAY));
}

/* Move a day by n units. */
static bool
move_day(struct stamp *at, int64_t n, enum unit u)
{
	if (n > MOVE_MAX || n < -MOVE_MAX)
		return false;
	if (u == U_DAY || u == U_WEEK)
		return stamp_shift(at, (int32_t)(u == U_WEEK ? n * 7 : n), U_DAY);
	return (u == U_MONTH || u == U_YEAR || u == U_QUARTER) &&
	       shift_named_day((struct move){ n, u }, at);
}

static bool
shift_to_days(const struct slots *s, struct answer *out)
{
	static const struct {
		uint8_t n, unit;
	} part[] = { { S_N, S_UNIT }, { S_N2, S_UNIT2 }, { S_N3, S_UNIT3 } };
	int sign = slots_or(s, S_DIR, 1);

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (slots_has(s, (enum slot)part[i].n) &&
		    !move_day(&out->stamp, (int64_t)s->v[part[i].n] * sign,
			(enum unit)s->v[part[i].unit]))
			return false;
	return true;
}

/* The document's day at its time of day, if that is known. */
static void
doc_time(const struct resolver *rv, struct stamp *at)
{
	if (rv->narrative || rv->doc_hour < 0)
		return;
	*at = anchor_doc(rv);
	at->hour = rv->doc_hour;
	at->min = rv->doc_min;
}

bool
shift_by(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct move m = move_of(s);
	bool part = m.u == U_NIGHT || m.u == U_MORNING, named;

	out->type = m.u <= U_HOUR ? TIMEX_TIME : TIMEX_DATE;
	if (slots_has(s, S_VAGUE))
		return vague_shift(s, out);
	if (slots_has(s, S_SEASON))
		return shift_season(rv, s, out);
	if (slots_has(s, S_WDAY) && !slots_has(s, S_UNIT))
		return shift_weekdays(rv, s, out);
	if (!shift_base(rv, s, &out->stamp, &named))
		return false;
	if (!anchor_known(&out->stamp))
		return m.u <= U_HOUR ? vague_shift(s, out)
				     : period_unknown(part ? U_DAY : m.u, &out->stamp);
	if (to_days(s) && out->stamp.grain == GRAIN_DAY && out->stamp.m != 0)
		return shift_to_days(s, out);
	if (m.u <= U_HOUR) {
		if (slots_or(s, S_ANCHOR, 0) == ANCHOR_MENTION && anchor_known(&rv->last_time))
			out->stamp = rv->last_time;
		else if (!named)
			doc_time(rv, &out->stamp);
		return shift_clock(&out->stamp, (int32_t)m.n, m.u) || vague_shift(s, out);
	}
	if (named && out->stamp.grain == GRAIN_DAY && m.u >= U_WEEK && m.u <= U_YEAR)
		return shift_named_day(m, &out->stamp);
	return part ? shift_part(m, out) : shift_days_or_more(s, m, out);
}

bool
shift_ahead(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct slots on = *s;

	if (rv->towards != TOWARDS_FUTURE || rv->narrative || !rv->has_doc)
		return stretch_dur(rv, s, out);
	slots_put(&on, S_DIR, 1);
	return shift_by(rv, &on, out);
}

/* --- nth of */

static bool
nth_weekday(const struct slots *s, struct stamp *out)
{
	int n = s->v[S_ORD], d;

	if (out->grain != GRAIN_MONTH || out->y == UNKNOWN_YEAR || out->y < 0)
		return false;
	d = cal_nth(out->y, out->m, s->v[S_WDAY], n);
	out->grain = GRAIN_DAY;
	out->d = d;
	return d != 0;
}

static bool
nth_day(const struct slots *s, struct stamp *out)
{
	int n = s->v[S_ORD], days;

	if (out->grain == GRAIN_YEAR) {
		out->m = n < 0 ? 12 : 1;
		out->grain = GRAIN_MONTH;
	}
	if (out->grain != GRAIN_MONTH || out->y == UNKNOWN_YEAR)
		return false;
	days = cal_month_days(out->y < 0 ? 2000 : out->y, out->m);
	out->grain = GRAIN_DAY;
	out->d = n < 0 ? days + 1 + n : n;
	return out->d >= 1 && out->d <= days;
}

static bool
nth_week(const struct slots *s, struct stamp *out)
{
	int n = s->v[S_ORD];
	int32_t day;

	if (out->y == UNKNOWN_YEAR || out->y < 0 || n > 53)
		return false;
	if (out->grain == GRAIN_YEAR) {
		out->w = n < 0 ? cal_weeks(out->y) + 1 + n : n;
		out->grain = GRAIN_WEEK;
		return out->w <= cal_weeks(out->y);
	}
	if (out->grain != GRAIN_MONTH || n > 5)
		return false;
	/* Week n of a month holds its day 7n - 3; the last one its last day. */
	day = n < 0 ? cal_day((struct cal){ out->y, out->m, cal_month_days(out->y, out->m) }) +
			  7 * (n + 1)
		    : cal_day((struct cal){ out->y, out->m, n * 7 - 6 < 29 ? n * 7 - 6 : 28 });
	*out = stamp_week(day, slots_or(s, S_WEND, 0) == 1);
	return true;
}

static bool
nth_month(const struct slots *s, struct stamp *out)
{
	int n = s->v[S_ORD];

	if (out->grain != GRAIN_YEAR)
		return false;
	out->m = n < 0 ? 13 + n : n;
	out->grain = GRAIN_MONTH;
	return out->m >= 1 && out->m <= 12;
}

bool
shift_nth(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct slots of = *s, own = *s;
	enum unit u = (enum unit)slots_or(s, S_UNIT2, slots_or(s, S_UNIT, U_DAY));
	bool any;

	out->type = TIMEX_DATE;
	slots_drop(&of, S_WDAY);
	slots_drop(&of, S_DAY);
	if (!period_of(rv, &of, &out->stamp, &any) || !any)
		return false;
	/* "the second last week" */
	if (slots_or(s, S_DIR, 1) < 0)
		own.v[S_ORD] = -own.v[S_ORD];
	if (slots_has(s, S_WDAY))
		return nth_weekday(&own, &out->stamp);
	switch (u) {
	case U_WEEK:
	case U_WEEKEND:
		return nth_week(&own, &out->stamp);
	case U_MONTH:
		return nth_month(&own, &out->stamp);
	case U_DAY:
		return nth_day(&own, &out->stamp);
	default:
		return false;
	}
}

/* "Expo 2019", of an event: some day of what the slots name. */
bool
shift_some(struct resolver *rv, const struct slots *s, struct answer *out)
{
	bool any;

	out->type = TIMEX_DATE;
	if (!period_of(rv, s, &out->stamp, &any) || !any || out->stamp.grain != GRAIN_YEAR)
		return false;
	out->stamp = stamp_of(GRAIN_DAY, out->stamp.y);
	return true;
}

/* The weekend of a feast on a Monday or Tuesday is the one before it. */
static bool
weekend_before(struct stamp *s)
{
	int32_t day;

	if (s->grain != GRAIN_DAY || s->m == 0 || !stamp_first_day(s, &day) || cal_weekday(day) > 2)
		return true;
	return stamp_shift(s, -2, U_DAY);
}

/* "the week of March 6", "the week beginning 3 May": the unit that holds the date. */
bool
shift_within(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct slots of = *s;
	enum unit u = (enum unit)slots_or(s, S_UNIT2, slots_or(s, S_UNIT, U_WEEK));
	bool any;

	out->type = TIMEX_DATE;
	slots_drop(&of, S_UNIT);
	if (!period_of(rv, &of, &out->stamp, &any) || !any)
		return false;
	return (u != U_WEEKEND || weekend_before(&out->stamp)) && period_coarsen(&out->stamp, u);
}

/* "the weekend": by the middle of the week the last one, then the coming one, unless a verb says else. */
bool
shift_weekend(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int32_t day;
	int wd;

	out->type = TIMEX_DATE;
	out->stamp = anchor_of(rv, s);
	if (!anchor_known(&out->stamp) || out->stamp.grain != GRAIN_DAY ||
	    !stamp_first_day(&out->stamp, &day))
		return period_unknown(U_WEEKEND, &out->stamp);
	wd = cal_weekday(day);
	if (rv->towards == TOWARDS_FUTURE || rv->towards == TOWARDS_PRESENT
		? 0
		: wd <= (rv->towards == TOWARDS_PAST ? 5 : 3))
		day -= 7;
	out->stamp = stamp_week(day, true);
	return true;
}

/* --- business periods: "a year earlier" after a quarter, "the latest quarter" */

static bool
quarter_in_view(const struct resolver *rv)
{
	return anchor_known(&rv->last_quarter) && rv->tok - rv->last_quarter_tok < QUARTER_NEAR;
}

/* "the same period of 2001" */
static bool
same_period(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int y;

	if (!anchor_year(rv, s, &y))
		return false;
	out->compared = true;
	out->stamp = stamp_of(GRAIN_YEAR, y);
	if (quarter_in_view(rv)) {
		out->stamp = rv->last_quarter;
		out->stamp.y = y;
	}
	return true;
}

/* n years before the reference, or the same quarter then if quarters are being talked about. */
bool
shift_period(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int32_t years = slots_or(s, S_N, 1) * slots_or(s, S_DIR, -1);

	out->type = TIMEX_DATE;
	if (slots_has(s, S_YEAR) || slots_has(s, S_YY) || slots_has(s, S_REL))
		return same_period(rv, s, out);
	if (slots_has(s, S_QUARTER)) {
		if (!period_part(rv, s, GRAIN_QUARTER, s->v[S_QUARTER], &out->stamp))
			return false;
		out->stamp.y = anchor_plus(out->stamp.y, years);
		out->compared = true;
		return true;
	}
	if (!quarter_in_view(rv)) {
		if (years == 0)
			return false;
		return shift_by(rv, s, out);
	}
	out->compared = true;
	out->stamp = rv->last_quarter;
	out->stamp.y = anchor_plus(out->stamp.y, years);
	return true;
}

/* The last quarter that has ended, or the one talked about. */
bool
shift_latest(struct resolver *rv, const struct slots *s, struct answer *out)
{
	enum unit u = (enum unit)slots_or(s, S_UNIT, U_QUARTER);

	out->type = TIMEX_DATE;
	if (u == U_QUARTER && slots_has(s, S_ANCHOR) && quarter_in_view(rv)) {
		out->stamp = rv->last_quarter;
		return true;
	}
	out->stamp = anchor_of(rv, s);
	if (!anchor_known(&out->stamp))
		return period_unknown(u, &out->stamp);
	return period_coarsen(&out->stamp, u) && stamp_shift(&out->stamp, -1, u);
}
