/* period.c - quarters, seasons, holidays, weeks and the like; the point of the calendar that slots name. */
#include "steps.h"

/* --- parts of the year */

bool
period_part(
    const struct resolver *rv, const struct slots *s, enum grain g, int part, struct stamp *out)
{
	int y, months = g == GRAIN_QUARTER ? 3 : 6;
	int now = (rv->doc.m - 1) / months + 1;

	if (!anchor_year(rv, s, &y)) {
		struct stamp ref = anchor_of(rv, s);

		y = ref.y;
		if (!rv->narrative && rv->has_doc &&
		    slots_or(s, S_ANCHOR, ANCHOR_DOC) == ANCHOR_DOC) {
			int last = 12 / months;

			if (part > now && (rv->since || rv->towards != TOWARDS_FUTURE) &&
			    !(part == now + 1 && now + 1 < last))
				y = anchor_plus(rv->doc.y, -1);
			else if (part < now - 1 && !rv->since && rv->towards == TOWARDS_FUTURE)
				y = anchor_plus(rv->doc.y, 1);
		}
	}
	*out = stamp_of(g, y);
	out->part = part;
	return true;
}

/* Year of "last winter", "last summer", said at ref. */
static int
last_season_year(const struct stamp *ref, int part, int begins)
{
	bool winter = part == SEASON_WINTER, over = begins + 2 < ref->m || (winter && ref->m < 12);

	return anchor_plus(ref->y, over && !winter ? 0 : -1);
}

/* Year of a season without one. Winter counts to the year in which it begins. */
static int
season_year(const struct resolver *rv, const struct slots *s, int part)
{
	struct stamp ref = anchor_of(rv, s);
	int begins = part == SEASON_WINTER ? 12 : part * 3, rel = slots_or(s, S_REL, 0);
	int m = ref.m;

	if (!anchor_known(&ref) || m == 0)
		return ref.y;
	if (part == SEASON_WINTER && m <= 2 && rel >= 0)
		return rel > 0 ? ref.y : anchor_plus(ref.y, -1);
	if (slots_has(s, S_REL) && rel < 0)
		return last_season_year(&ref, part, begins);
	if (rel > 0)
		return anchor_plus(ref.y, begins > m ? 0 : 1);
	if (slots_has(s, S_REL) || rv->narrative)
		return ref.y;
	if (rv->towards == TOWARDS_FUTURE)
		return anchor_plus(ref.y, part != SEASON_WINTER && begins + 2 < m ? 1 : 0);
	return begins > m + 3 ? anchor_plus(ref.y, -1) : ref.y;
}

bool
period_season(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int y;

	if (!anchor_year(rv, s, &y))
		y = season_year(rv, s, s->v[S_SEASON]);
	*out = stamp_of(GRAIN_SEASON, y);
	out->part = s->v[S_SEASON];
	return true;
}

/* --- holidays */

/* Without a year: the next one if it is near, else the last one. */
static int
holiday_year(const struct resolver *rv, const struct slots *s, size_t which)
{
	struct stamp ref = anchor_of(rv, s);
	int32_t from, day;
	struct cal c;
	int rel = slots_or(s, S_REL, 0);

	if (!anchor_known(&ref) || !stamp_first_day(&ref, &from) || ref.grain < GRAIN_MONTH ||
	    !holiday_day(rv->know, which, ref.y, &c))
		return ref.y;
	day = cal_day(c);
	if (slots_has(s, S_REL))
		return rel < 0   ? anchor_plus(ref.y, day < from ? 0 : -1)
		       : rel > 0 ? anchor_plus(ref.y, day > from ? 0 : 1)
				 : ref.y;
	if (day - from > 150)
		return anchor_plus(ref.y, rv->towards == TOWARDS_FUTURE ? 0 : -1);
	if (from - day > 250 ||
	    (from - day > (rv->alone ? 0 : 14) && rv->towards == TOWARDS_FUTURE))
		return anchor_plus(ref.y, 1);
	return ref.y;
}

static bool
holiday_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	size_t which = (size_t)s->v[S_HOLIDAY];
	struct cal c;
	int y;

	if (!anchor_year(rv, s, &y))
		y = holiday_year(rv, s, which);
	*out = stamp_of(GRAIN_DAY, y);
	if (y == UNKNOWN_YEAR) {
		/* A fixed day is known in any year. */
		if (holiday_day(rv->know, which, 2000, &c) &&
		    rv->know->holiday[which].rule.n == 5) {
			out->m = c.m;
			out->d = c.d;
		}
		return true;
	}
	if (!holiday_day(rv->know, which, y, &c)) {
		/* "on 6 March, Independence Day": of which country, the date before it says. */
		if (anchor_known(&rv->last_day) && rv->tok - rv->last_day_tok <= APPOSITION)
			*out = rv->last_day;
		else
			out->grain = GRAIN_YEAR;
		return true;
	}
	*out = stamp_day(c);
	if (span_starts(rv->know->holiday[which].rule, SPAN("month "))) {
		out->grain = GRAIN_MONTH;
		out->d = 0;
	}
	return true;
}

/* --- units: "last week", "this decade", "that month" */

bool
period_unknown(enum unit u, struct stamp *out)
{
	static const uint8_t grain[N_UNIT] = { [U_DAY] = GRAIN_DAY,
		[U_NIGHT] = GRAIN_DAY,
		[U_MORNING] = GRAIN_DAY,
		[U_WEEK] = GRAIN_WEEK,
		[U_WEEKEND] = GRAIN_WEEKEND,
		[U_MONTH] = GRAIN_MONTH,
		[U_QUARTER] = GRAIN_QUARTER,
		[U_HALF] = GRAIN_HALF,
		[U_YEAR] = GRAIN_YEAR,
		[U_DECADE] = GRAIN_DECADE,
		[U_CENTURY] = GRAIN_CENTURY,
		[U_MILLENNIUM] = GRAIN_MILLENNIUM };

	*out = stamp_of((enum grain)grain[u], UNKNOWN_YEAR);
	return out->grain != GRAIN_NONE;
}

/* Cut a stamp to the unit that holds it: a day to its week or month. */
bool
period_coarsen(struct stamp *s, enum unit u)
{
	static const uint8_t needs[N_UNIT] = { [U_DAY] = GRAIN_DAY,
		[U_WEEK] = GRAIN_DAY,
		[U_WEEKEND] = GRAIN_WEEK,
		[U_MONTH] = GRAIN_MONTH,
		[U_QUARTER] = GRAIN_QUARTER,
		[U_HALF] = GRAIN_HALF };
	struct stamp was = *s;
	int m = s->m, y = s->y;
	int32_t day;

	if (u >= N_UNIT || (needs[u] != 0 && s->grain < needs[u]))
		return false;
	switch (u) {
	case U_DAY:
		*s = stamp_of(GRAIN_DAY, y);
		s->m = m;
		s->d = was.d;
		return true;
	case U_WEEK:
	case U_WEEKEND:
		if (s->grain == GRAIN_WEEK || s->grain == GRAIN_WEEKEND) {
			s->grain = u == U_WEEK ? GRAIN_WEEK : GRAIN_WEEKEND;
			return true;
		}
		if (!stamp_first_day(s, &day))
			return false;
		*s = stamp_week(day, u == U_WEEKEND);
		return true;
	case U_MONTH:
	case U_QUARTER:
		if (s->grain == GRAIN_QUARTER && u == U_QUARTER)
			return true;
		if (s->grain == GRAIN_WEEK || s->grain == GRAIN_WEEKEND ||
		    s->grain == GRAIN_SEASON || m == 0)
			return false;
		*s = stamp_of(u == U_MONTH ? GRAIN_MONTH : GRAIN_QUARTER, y);
		s->m = m;
		s->part = (m + 2) / 3;
		return true;
	case U_YEAR:
		*s = stamp_of(GRAIN_YEAR, y);
		return was.grain >= GRAIN_YEAR;
	case U_DECADE:
		*s = stamp_of(GRAIN_DECADE, y);
		return was.grain >= GRAIN_DECADE;
	case U_CENTURY:
		*s = stamp_of(GRAIN_CENTURY, y);
		return true;
	default:
		return false;
	}
}

static bool
unit_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	enum unit u = (enum unit)s->v[S_UNIT];
	int rel = s->v[S_REL];

	*out = anchor_of(rv, s);
	if (u == U_QUARTER && anchor_known(&rv->last_quarter) &&
	    slots_or(s, S_ANCHOR, 0) == ANCHOR_MENTION &&
	    rv->tok - rv->last_quarter_tok < QUARTER_NEAR)
		*out = rv->last_quarter;
	if (!anchor_known(out))
		return period_unknown(u, out);
	if (slots_has(s, S_PART) || u == U_NIGHT || u == U_MORNING)
		u = U_DAY;
	if (!period_coarsen(out, u)) {
		/* "that day" after a month: some day of it. */
		int y = out->y, m = out->grain == GRAIN_MONTH ? out->m : 0;

		if (!period_unknown(u, out))
			return false;
		out->y = y;
		out->m = m;
		return rel == 0 || u == U_DAY || u == U_WEEK || u == U_MONTH || u == U_QUARTER ||
		       u == U_WEEKEND;
	}
	return rel == 0 || stamp_shift(out, rel, u);
}

/* --- the date of an expression, without its time */

static bool
year_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int y;

	if (slots_has(s, S_CENTURY)) {
		int c = s->v[S_CENTURY];

		*out = stamp_of(GRAIN_CENTURY, slots_or(s, S_ERA, 0) == 1 ? -(c * 100) : c * 100);
		return c >= 0 && c <= 99;
	}
	if (slots_has(s, S_DECADE)) {
		int d = s->v[S_DECADE];

		if (d < 100)
			d = anchor_full_year(rv, d) / 10 * 10;
		else if (d < 1000 && slots_or(s, S_ERA, 0) == 0)
			d = d * 10;
		*out = stamp_of(GRAIN_DECADE, slots_or(s, S_ERA, 0) == 1 ? -d : d);
		return true;
	}
	if (!anchor_year(rv, s, &y))
		return false;
	*out = stamp_of(GRAIN_YEAR, y);
	return y == UNKNOWN_YEAR || (y != 0 && y <= CAL_YEAR_MAX && y >= CAL_YEAR_MIN);
}

/* Does the expression name a point of the calendar? Then find it. */
bool
period_of(const struct resolver *rv, const struct slots *s, struct stamp *out, bool *any)
{
	*any = true;
	if (slots_has(s, S_HOLIDAY))
		return holiday_point(rv, s, out);
	if (slots_has(s, S_MONTH))
		return day_in_month(rv, s, out);
	if (slots_has(s, S_QUARTER))
		return period_part(rv, s, GRAIN_QUARTER, s->v[S_QUARTER], out);
	if (slots_has(s, S_HALF))
		return period_part(rv, s, GRAIN_HALF, s->v[S_HALF], out);
	if (slots_has(s, S_SEASON))
		return period_season(rv, s, out);
	if (slots_has(s, S_WEEK) && slots_has(s, S_YEAR)) {
		*out = stamp_of(GRAIN_WEEK, s->v[S_YEAR]);
		out->w = s->v[S_WEEK];
		return out->w <= cal_weeks(out->y);
	}
	if (slots_has(s, S_DAY) && slots_or(s, S_UNIT, 0) == U_MONTH && slots_has(s, S_REL)) {
		if (!unit_point(rv, s, out))
			return false;
		out->grain = GRAIN_DAY;
		out->d = s->v[S_DAY];
		return out->y == UNKNOWN_YEAR || out->m == 0 ||
		       out->d <= cal_month_days(out->y < 0 ? 2000 : out->y, out->m);
	}
	if (slots_has(s, S_DAY))
		return day_alone(rv, s, out);
	if (slots_has(s, S_WDAY))
		return day_of_week(rv, s, out);
	if (slots_has(s, S_REL) && slots_has(s, S_UNIT) && s->v[S_UNIT] != U_YEAR)
		return unit_point(rv, s, out);
	if (year_point(rv, s, out))
		return true;
	*any = false;
	return !slots_has(s, S_YEAR);
}
