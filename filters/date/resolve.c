/* resolve.c - values from slots. date.c decides when; timex.c how they are written. */
#include "resolve.h"

#include "record.h"

enum {
	/* A bare month at most so far ahead is the coming one: beside a verb of the past (95 % right
	 * on news), beside none, beside one of the future. */
	AHEAD_MONTHS = 2,
	AHEAD_OPEN = 5,
	AHEAD_FUTURE = 9,
	NEAR_TOKENS = 40,   /* a day mentioned so near before is the day of a bare time of day */
	LIST_TOKENS = 25,   /* a day so near before is one of the same list */
	QUARTER_NEAR = 300, /* so long a quarter talked about stays the one that is meant */
	PIVOT_AHEAD = 10,   /* '29 said in 2021 is 2029, '45 is 1945 */
};

static struct stamp
doc_stamp(const struct resolver *rv)
{
	return rv->has_doc ? stamp_day(rv->doc) : stamp_of(GRAIN_DAY, UNKNOWN_YEAR);
}

static bool
known(const struct stamp *s)
{
	return s->grain != GRAIN_NONE && s->y != UNKNOWN_YEAR;
}

/* What the expression counts from. */
static struct stamp
reference(const struct resolver *rv, const struct slots *s)
{
	int anchor = slots_or(s, S_ANCHOR, ANCHOR_DOC);

	/* "last June" counts from the day of writing in a story too. */
	if (anchor == ANCHOR_DOC && rv->has_doc && slots_has(s, S_REL) && s->v[S_REL] != 0 &&
	    (slots_has(s, S_MONTH) || slots_has(s, S_WDAY)))
		return doc_stamp(rv);
	if ((anchor == ANCHOR_MENTION || rv->narrative) && known(&rv->last))
		return rv->last;
	return doc_stamp(rv);
}

/* Years have no 0: 1 BC is followed by AD 1. */
static int
plus(int y, int n)
{
	int to = y;

	if (y == UNKNOWN_YEAR)
		return y;
	to += n;
	if ((y < 0) != (to <= 0))
		to += y < 0 ? 1 : -1;
	return to == 0 || to > CAL_YEAR_MAX || to < CAL_YEAR_MIN ? UNKNOWN_YEAR : to;
}

/* --- years */

/* A two-digit year: the nearest one that is not far ahead. */
static int
full_year(const struct resolver *rv, int yy)
{
	int now = rv->narrative && known(&rv->last) ? rv->last.y : rv->has_doc ? rv->doc.y : 2000;
	int y = now - now % 100 + yy;

	if (rv->narrative && now > 0)
		return y;
	return y > now + PIVOT_AHEAD ? y - 100 : y;
}

/* The year that the slots name; false if they name none. */
static bool
named_year(const struct resolver *rv, const struct slots *s, int *y)
{
	if (slots_has(s, S_YEAR)) {
		*y = slots_has(s, S_ERA) && s->v[S_ERA] == 1 ? -s->v[S_YEAR] : s->v[S_YEAR];
		return true;
	}
	if (slots_has(s, S_YY)) {
		*y = full_year(rv, s->v[S_YY]);
		return true;
	}
	if (slots_or(s, S_UNIT, 0) == U_YEAR && slots_has(s, S_REL)) {
		*y = plus(reference(rv, s).y, s->v[S_REL]);
		return true;
	}
	return false;
}

/* --- months, days without a year */

/* Months from the document's month to m, -? .. 11, choosing the year of a bare month in news. */
static int
news_year(const struct resolver *rv, const struct slots *s, int m)
{
	int ahead = (m - rv->doc.m + 12) % 12;
	int limit = AHEAD_MONTHS;

	if (!rv->has_doc)
		return UNKNOWN_YEAR;
	if (ahead == 0)
		return rv->doc.y;
	if (rv->since || rv->just_past)
		limit = 0;
	else if (!rv->alone && (rv->towards == TOWARDS_FUTURE || rv->towards == TOWARDS_PRESENT))
		limit = AHEAD_FUTURE;
	else if (rv->towards != TOWARDS_PAST)
		limit = AHEAD_OPEN;
	if (ahead <= limit)
		return m < rv->doc.m ? plus(rv->doc.y, 1) : rv->doc.y;
	return m > rv->doc.m ? plus(rv->doc.y, -1) : rv->doc.y;
}

/* A story goes on: the year mentioned last, or the next one after a jump back from autumn to spring. */
static int
story_year(const struct resolver *rv, int m)
{
	const struct stamp *l = &rv->last;
	int y = l->y, at = l->m;

	if (!known(l))
		return UNKNOWN_YEAR;
	if (l->grain == GRAIN_SEASON || l->grain == GRAIN_QUARTER)
		at = l->grain == GRAIN_SEASON ? (l->part == SEASON_WINTER ? 1 : l->part * 3 + 1)
					      : l->part * 3 - 1;
	if (at == 0)
		return y;
	/* A winter and an autumn run into the next year. */
	if (l->grain == GRAIN_SEASON && l->part == SEASON_WINTER)
		return plus(y, m < 11);
	if (at - m >= 8)
		return plus(y, 1);
	if (m - at >= 10)
		return plus(y, -1);
	return y;
}

static int
year_of_month(const struct resolver *rv, const struct slots *s, int m)
{
	if (rv->narrative && (known(&rv->last) || !rv->has_doc))
		return story_year(rv, m);
	if (slots_or(s, S_ANCHOR, ANCHOR_DOC) == ANCHOR_MENTION && known(&rv->last))
		return rv->last.y;
	return news_year(rv, s, m);
}

/* "last June", "next June", "this June" */
static int
year_of_rel_month(const struct resolver *rv, const struct slots *s, int m)
{
	struct stamp ref = reference(rv, s);
	int rel = s->v[S_REL];

	if (!known(&ref) || ref.m == 0 || rel == 0)
		return ref.y;
	if (rel < 0)
		return plus(ref.y, m < ref.m ? rel + 1 : rel);
	return plus(ref.y, m > ref.m ? rel - 1 : rel);
}

/* A weekday that is named too decides between years. */
static int
year_by_weekday(const struct slots *s, int y)
{
	static const int8_t order[] = { 0, -1, 1 };
	int wd = slots_or(s, S_WDAY, 0);

	if (wd < 1 || wd > 7 || y == UNKNOWN_YEAR)
		return y;
	for (size_t i = 0; i < sizeof(order); i++)
		if (cal_valid(y + order[i], s->v[S_MONTH], s->v[S_DAY]) &&
		    cal_weekday(
			cal_day((struct cal){ y + order[i], s->v[S_MONTH], s->v[S_DAY] })) == wd)
			return y + order[i];
	return y;
}

static bool
month_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int m = s->v[S_MONTH], y;

	if (!named_year(rv, s, &y)) {
		if (slots_has(s, S_REL) && !slots_has(s, S_UNIT))
			y = year_of_rel_month(rv, s, m);
		else
			y = year_of_month(rv, s, m);
		if (slots_has(s, S_DAY))
			y = year_by_weekday(s, y);
	}
	*out = stamp_of(slots_has(s, S_DAY) ? GRAIN_DAY : GRAIN_MONTH, y);
	out->m = m;
	out->d = slots_or(s, S_DAY, 0);
	return out->d == 0 || out->d <= cal_month_days(y == UNKNOWN_YEAR || y < 0 ? 2000 : y, m);
}

/* The nearest month before or after in which the day d falls on weekday wd. */
static bool
month_by_weekday(struct cal *c, int d, int wd, int step)
{
	struct cal at = { c->y, c->m, 1 };

	for (int i = 0; i < 12; i++) {
		if (cal_valid(at.y, at.m, d) &&
		    cal_weekday(cal_day((struct cal){ at.y, at.m, d })) == wd) {
			*c = (struct cal){ at.y, at.m, d };
			return true;
		}
		if (!cal_add_months(&at, step))
			return false;
	}
	return false;
}

/* "the 27th" */
static bool
day_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int d = s->v[S_DAY], wd = slots_or(s, S_WDAY, 0), step = 0;
	struct stamp ref = reference(rv, s);
	struct cal c = { ref.y, ref.m, d };

	bool near = rv->last.m != 0 && rv->tok - rv->last_tok < NEAR_TOKENS &&
		    slots_or(s, S_KIND, 0) == 0 && wd == 0;

	if (known(&rv->last) && (near || rv->narrative))
		c = (struct cal){ rv->last.y, rv->last.m, d };
	else if (!rv->narrative && rv->has_doc)
		step = rv->towards == TOWARDS_FUTURE ? (d < rv->doc.d) : -(d > rv->doc.d + 7);
	*out = stamp_of(GRAIN_DAY, c.y);
	out->d = d;
	if (c.y == UNKNOWN_YEAR || c.m == 0)
		return true;
	c.d = 1;
	if (step != 0 && !cal_add_months(&c, step))
		return false;
	c.d = d;
	if (wd >= 1 && wd <= 7)
		month_by_weekday(&c, d, wd, rv->towards == TOWARDS_FUTURE ? 1 : -1);
	out->y = c.y;
	out->m = c.m;
	return cal_valid(c.y < 0 ? 2000 : c.y, c.m, c.d);
}

/* --- weekdays */

static bool
set_day(struct stamp *out, int32_t day)
{
	struct cal c;

	if (!cal_from_day(day, &c) || c.y <= 0)
		return false;
	*out = stamp_day(c);
	return true;
}

static int32_t
latest(int32_t from, int wd)
{
	return from - (cal_weekday(from) - wd + 7) % 7;
}

/* "last Tuesday": before the reference; "next": after it; "this": of its week; "the Friday before last" (-2). */
static int32_t
rel_weekday(const struct resolver *rv, const struct slots *s, int32_t from, int wd)
{
	int rel = s->v[S_REL];

	if (rel < 0)
		return latest(from - 1, wd) + 7 * (rel + 1);
	if (rel > 0)
		return latest(from + 7 * rel, wd);
	if (rv->towards == TOWARDS_FUTURE)
		return latest(from + 6, wd);
	return from - cal_weekday(from) + wd;
}

/* "flies home on Thursday, then Friday to Durban": without a verb of its own a day follows a coming one. */
static bool
goes_on(const struct resolver *rv, int32_t *day)
{
	return rv->tok - rv->last_day_tok < LIST_TOKENS && known(&rv->last_day) &&
	       stamp_first_day(&rv->last_day, day) && *day > rv->doc_day && *day < rv->doc_day + 14;
}

static bool
weekday_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	struct stamp ref = reference(rv, s);
	int wd = s->v[S_WDAY];
	int32_t from, next;

	*out = stamp_of(GRAIN_DAY, ref.y);
	out->wd = wd;
	if (ref.grain != GRAIN_DAY || ref.m == 0 || !stamp_first_day(&ref, &from)) {
		out->y = UNKNOWN_YEAR;
		return true;
	}
	if (slots_or(s, S_UNIT, 0) == U_WEEK && slots_has(s, S_REL))
		return set_day(out, from - cal_weekday(from) + wd + 7 * s->v[S_REL]);
	if (slots_has(s, S_REL))
		return set_day(out, rel_weekday(rv, s, from, wd));
	if (rv->narrative && known(&rv->last) && rv->last.grain == GRAIN_DAY)
		return set_day(out, latest(from + 6, wd));
	if (rv->towards == TOWARDS_ANY && goes_on(rv, &next))
		return set_day(out, latest(next + 6, wd));
	/* The present announces what is to come: "the team flies home on Thursday". */
	if (rv->towards == TOWARDS_FUTURE || rv->towards == TOWARDS_PRESENT)
		return set_day(out, latest(from + 6, wd));
	return set_day(out, latest(from, wd));
}

/* --- parts of the year */

static bool
part_point(
    const struct resolver *rv, const struct slots *s, enum grain g, int part, struct stamp *out)
{
	int y, months = g == GRAIN_QUARTER ? 3 : 6;
	int now = (rv->doc.m - 1) / months + 1;

	if (!named_year(rv, s, &y)) {
		struct stamp ref = reference(rv, s);

		y = ref.y;
		if (!rv->narrative && rv->has_doc &&
		    slots_or(s, S_ANCHOR, ANCHOR_DOC) == ANCHOR_DOC) {
			int last = 12 / months;

			if (part > now && (rv->since || rv->towards != TOWARDS_FUTURE) &&
			    !(part == now + 1 && now + 1 < last))
				y = plus(rv->doc.y, -1);
			else if (part < now - 1 && !rv->since && rv->towards == TOWARDS_FUTURE)
				y = plus(rv->doc.y, 1);
		}
	}
	*out = stamp_of(g, y);
	out->part = part;
	return true;
}

/* Year of a season without one. Winter counts to the year in which it begins. */
static int
season_year(const struct resolver *rv, const struct slots *s, int part)
{
	struct stamp ref = reference(rv, s);
	int begins = part == SEASON_WINTER ? 12 : part * 3, rel = slots_or(s, S_REL, 0);
	int m = ref.m;

	if (!known(&ref) || m == 0)
		return ref.y;
	if (part == SEASON_WINTER && m <= 2 && rel >= 0)
		return rel > 0 ? ref.y : plus(ref.y, -1);
	if (slots_has(s, S_REL) && rel < 0)
		return plus(ref.y, begins + 2 < m || (part == SEASON_WINTER && m < 12)
				       ? (part == SEASON_WINTER ? -1 : 0)
				       : -1);
	if (rel > 0)
		return plus(ref.y, begins > m ? 0 : 1);
	if (slots_has(s, S_REL) || rv->narrative)
		return ref.y;
	if (rv->towards == TOWARDS_FUTURE)
		return plus(ref.y, part != SEASON_WINTER && begins + 2 < m ? 1 : 0);
	return begins > m + 3 ? plus(ref.y, -1) : ref.y;
}

static bool
season_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int y;

	if (!named_year(rv, s, &y))
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
	struct stamp ref = reference(rv, s);
	int32_t from, day;
	struct cal c;
	int rel = slots_or(s, S_REL, 0);

	if (!known(&ref) || !stamp_first_day(&ref, &from) || ref.grain < GRAIN_MONTH ||
	    !holiday_day(rv->know, which, ref.y, &c))
		return ref.y;
	day = cal_day(c);
	if (slots_has(s, S_REL))
		return rel < 0   ? plus(ref.y, day < from ? 0 : -1)
		       : rel > 0 ? plus(ref.y, day > from ? 0 : 1)
				 : ref.y;
	if (day - from > 150)
		return plus(ref.y, rv->towards == TOWARDS_FUTURE ? 0 : -1);
	if (from - day > 250 || (from - day > 14 && rv->towards == TOWARDS_FUTURE))
		return plus(ref.y, 1);
	return ref.y;
}

static bool
holiday_point(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	size_t which = (size_t)s->v[S_HOLIDAY];
	struct cal c;
	int y;

	if (!named_year(rv, s, &y))
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

static bool
unknown_unit(enum unit u, struct stamp *out)
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
static bool
coarsen(struct stamp *s, enum unit u)
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

	*out = reference(rv, s);
	if (u == U_QUARTER && known(&rv->last_quarter) &&
	    slots_or(s, S_ANCHOR, 0) == ANCHOR_MENTION &&
	    rv->tok - rv->last_quarter_tok < QUARTER_NEAR)
		*out = rv->last_quarter;
	if (!known(out))
		return unknown_unit(u, out);
	if (slots_has(s, S_PART) || u == U_NIGHT || u == U_MORNING)
		u = U_DAY;
	if (!coarsen(out, u)) {
		/* "that day" after a month: some day of it. */
		int y = out->y, m = out->grain == GRAIN_MONTH ? out->m : 0;

		if (!unknown_unit(u, out))
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
			d = full_year(rv, d) / 10 * 10;
		else if (d < 1000 && slots_or(s, S_ERA, 0) == 0)
			d = d * 10;
		*out = stamp_of(GRAIN_DECADE, slots_or(s, S_ERA, 0) == 1 ? -d : d);
		return true;
	}
	if (!named_year(rv, s, &y))
		return false;
	*out = stamp_of(GRAIN_YEAR, y);
	return y == UNKNOWN_YEAR || (y != 0 && y <= CAL_YEAR_MAX && y >= CAL_YEAR_MIN);
}

/* Does the expression name a point of the calendar? Then find it. */
static bool
calendar_point(const struct resolver *rv, const struct slots *s, struct stamp *out, bool *any)
{
	*any = true;
	if (slots_has(s, S_HOLIDAY))
		return holiday_point(rv, s, out);
	if (slots_has(s, S_MONTH))
		return month_point(rv, s, out);
	if (slots_has(s, S_QUARTER))
		return part_point(rv, s, GRAIN_QUARTER, s->v[S_QUARTER], out);
	if (slots_has(s, S_HALF))
		return part_point(rv, s, GRAIN_HALF, s->v[S_HALF], out);
	if (slots_has(s, S_SEASON))
		return season_point(rv, s, out);
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
		return day_point(rv, s, out);
	if (slots_has(s, S_WDAY))
		return weekday_point(rv, s, out);
	if (slots_has(s, S_REL) && slots_has(s, S_UNIT) && s->v[S_UNIT] != U_YEAR)
		return unit_point(rv, s, out);
	if (year_point(rv, s, out))
		return true;
	*any = false;
	return !slots_has(s, S_YEAR);
}

/* --- time of day */

/* A coming day for what has happened, a past one for what is to come. */
static bool
against_verb(const struct resolver *rv, const struct stamp *day)
{
	int32_t d;

	if (rv->narrative || !rv->has_doc || !stamp_first_day(day, &d))
		return false;
	return (rv->towards == TOWARDS_PAST && d > rv->doc_day) ||
	       (rv->towards == TOWARDS_FUTURE && d < rv->doc_day);
}

/* The day of a bare time of day: that of a day mentioned near before, else the document's. */
static struct stamp
near_day(const struct resolver *rv)
{
	if (rv->opens && !rv->narrative)
		return doc_stamp(rv);
	if (known(&rv->last_day) && (rv->narrative || rv->tok - rv->last_day_tok < NEAR_TOKENS) &&
	    !against_verb(rv, &rv->last_day))
		return rv->last_day;
	return rv->narrative ? stamp_of(GRAIN_DAY, UNKNOWN_YEAR) : doc_stamp(rv);
}

static int
hour24(const struct slots *s)
{
	int h = s->v[S_HOUR], half = slots_or(s, S_AMPM, 0), part = slots_or(s, S_PART, 0);

	if (half == 1)
		return h == 12 ? 0 : h;
	if (half == 2)
		return h < 12 ? h + 12 : h;
	if (h < 12 && (part == PART_AFTERNOON || part == PART_EVENING))
		return h + 12;
	if (part == PART_NIGHT && h >= 6 && h < 12)
		return h + 12;
	return h;
}

static void
set_zone(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int offset;

	if (slots_has(s, S_OFFSET)) {
		out->offset = s->v[S_OFFSET] - 10000;
		return;
	}
	if (slots_has(s, S_ZONE)) {
		offset = rv->know->zone[s->v[S_ZONE]].offset;
		if (offset == 0)
			out->offset = 0;
		return;
	}
	out->offset = rv->default_offset;
}

static void
set_clock(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	if (slots_has(s, S_HOUR)) {
		out->hour = hour24(s);
		out->min = slots_or(s, S_MIN, 0);
		/* "a quarter to ten" */
		if (slots_or(s, S_DIR, 0) < 0 && out->min > 0) {
			out->hour = (out->hour + 23) % 24;
			out->min = 60 - out->min;
		}
		out->sec = slots_or(s, S_SEC, -1);
		set_zone(rv, s, out);
	} else if (slots_has(s, S_PART)) {
		out->of_day = (uint8_t)s->v[S_PART];
	}
}

static bool
impossible_clock(const struct slots *s)
{
	int h = slots_or(s, S_HOUR, 0);

	return h > 24 || slots_or(s, S_MIN, 0) > 59 || slots_or(s, S_SEC, 0) > 59 ||
	       (slots_has(s, S_AMPM) && (h > 12 || h == 0)) ||
	       (h == 24 && slots_or(s, S_MIN, 0) > 0 && slots_or(s, S_DIR, 0) >= 0);
}

/* Midnight alone: the one that began the day if it is past, else the coming one. */
static bool
bare_midnight(const struct resolver *rv, struct answer *out)
{
	if (rv->towards != TOWARDS_PAST && known(&out->stamp) && out->stamp.grain == GRAIN_DAY &&
	    !stamp_shift(&out->stamp, 1, U_DAY))
		return false;
	out->stamp.hour = 0;
	out->stamp.min = 0;
	out->type = TIMEX_TIME;
	return true;
}

static bool
fn_date(struct resolver *rv, const struct slots *s, struct answer *out)
{
	bool clock = slots_has(s, S_HOUR) || slots_has(s, S_PART), any;

	if (impossible_clock(s) || !calendar_point(rv, s, &out->stamp, &any))
		return false;
	if (!any && !clock)
		return false;
	if (!any) {
		out->stamp = near_day(rv);
		if (slots_or(s, S_HOUR, 0) == 24)
			return bare_midnight(rv, out);
	}
	if (clock) {
		if (out->stamp.grain != GRAIN_DAY)
			return false;
		set_clock(rv, s, &out->stamp);
	}
	out->type = clock ? TIMEX_TIME : TIMEX_DATE;
	return true;
}

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
	if (!season_point(rv, &one, &out->stamp))
		return false;
	out->stamp.y = plus(out->stamp.y, n < 0 ? n + 1 : n - 1);
	return true;
}

/* "two Tuesdays ago": the last but one before the reference. */
static bool
shift_weekdays(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct stamp ref = reference(rv, s);
	int wd = s->v[S_WDAY], n = slots_or(s, S_N, 1);
	int32_t from;

	out->type = TIMEX_DATE;
	if (wd < 1 || wd > 7 || n < 1 || n > 1000)
		return false;
	if (ref.grain != GRAIN_DAY || ref.m == 0 || !stamp_first_day(&ref, &from))
		return vague_shift(s, out);
	return set_day(&out->stamp, slots_or(s, S_DIR, 1) < 0 ? latest(from - 1, wd) - 7 * (n - 1)
							      : latest(from + 7, wd) + 7 * (n - 1));
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
	if (!calendar_point(rv, &base, at, &any))
		return false;
	if (!any)
		*at = reference(rv, s);
	*named = any || slots_has(s, S_ORD);
	return !slots_has(s, S_ORD) || !known(at) || stamp_shift(at, s->v[S_ORD], U_DAY);
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
	/* A week is seven days when it is one, and a week when it is several. */
	if (m.u == U_WEEK && (m.n == 1 || m.n == -1) && out->stamp.grain == GRAIN_DAY)
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
shift_named_day(struct move m, struct answer *out)
{
	struct cal c = { out->stamp.y, out->stamp.m, out->stamp.d };
	int months = m.u == U_YEAR ? 12 : m.u == U_QUARTER ? 3 : 1;

	if (m.u == U_WEEK)
		return stamp_shift(&out->stamp, (int32_t)m.n * 7, U_DAY);
	if (m.n > 10000 || m.n < -10000 || !cal_add_months(&c, (int)m.n * months))
		return false;
	out->stamp.y = c.y;
	out->stamp.m = c.m;
	out->stamp.d = c.d;
	return c.y != 0;
}

static bool
fn_shift(struct resolver *rv, const struct slots *s, struct answer *out)
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
	if (!known(&out->stamp))
		return m.u <= U_HOUR ? vague_shift(s, out)
				     : unknown_unit(part ? U_DAY : m.u, &out->stamp);
	if (m.u <= U_HOUR) {
		if (slots_or(s, S_ANCHOR, 0) == ANCHOR_MENTION)
			out->stamp = rv->last_time;
		return shift_clock(&out->stamp, (int32_t)m.n, m.u) || vague_shift(s, out);
	}
	if (named && out->stamp.grain == GRAIN_DAY && m.u >= U_WEEK && m.u <= U_YEAR)
		return shift_named_day(m, out);
	return part ? shift_part(m, out) : shift_days_or_more(s, m, out);
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

static bool
fn_nth(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct slots of = *s;
	enum unit u = (enum unit)slots_or(s, S_UNIT2, slots_or(s, S_UNIT, U_DAY));
	bool any;

	out->type = TIMEX_DATE;
	slots_drop(&of, S_WDAY);
	slots_drop(&of, S_DAY);
	if (!calendar_point(rv, &of, &out->stamp, &any) || !any)
		return false;
	if (slots_has(s, S_WDAY))
		return nth_weekday(s, &out->stamp);
	switch (u) {
	case U_WEEK:
	case U_WEEKEND:
		return nth_week(s, &out->stamp);
	case U_MONTH:
		return nth_month(s, &out->stamp);
	case U_DAY:
		return nth_day(s, &out->stamp);
	default:
		return false;
	}
}

/* "the week of March 6", "the week beginning 3 May": the unit that holds the date. */
static bool
fn_within(struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct slots of = *s;
	enum unit u = (enum unit)slots_or(s, S_UNIT2, slots_or(s, S_UNIT, U_WEEK));
	bool any;

	out->type = TIMEX_DATE;
	slots_drop(&of, S_UNIT);
	return calendar_point(rv, &of, &out->stamp, &any) && any && coarsen(&out->stamp, u);
}

/* "the weekend": by the middle of the week the last one, then the coming one, unless a verb says else. */
static bool
fn_weekend(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int32_t day;
	int wd;

	out->type = TIMEX_DATE;
	out->stamp = reference(rv, s);
	if (!known(&out->stamp) || out->stamp.grain != GRAIN_DAY ||
	    !stamp_first_day(&out->stamp, &day))
		return unknown_unit(U_WEEKEND, &out->stamp);
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
	return known(&rv->last_quarter) && rv->tok - rv->last_quarter_tok < QUARTER_NEAR;
}

/* n years before the reference, or the same quarter then if quarters are being talked about. */
static bool
fn_period(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int32_t years = slots_or(s, S_N, 1) * slots_or(s, S_DIR, -1);

	out->type = TIMEX_DATE;
	if (slots_has(s, S_QUARTER)) {
		if (!part_point(rv, s, GRAIN_QUARTER, s->v[S_QUARTER], &out->stamp))
			return false;
		out->stamp.y = plus(out->stamp.y, years);
		out->compared = true;
		return true;
	}
	if (!quarter_in_view(rv)) {
		if (years == 0)
			return false;
		return fn_shift(rv, s, out);
	}
	out->compared = true;
	out->stamp = rv->last_quarter;
	out->stamp.y = plus(out->stamp.y, years);
	return true;
}

/* The last quarter that has ended, or the one talked about. */
static bool
fn_latest(struct resolver *rv, const struct slots *s, struct answer *out)
{
	enum unit u = (enum unit)slots_or(s, S_UNIT, U_QUARTER);

	out->type = TIMEX_DATE;
	if (u == U_QUARTER && slots_has(s, S_ANCHOR) && quarter_in_view(rv)) {
		out->stamp = rv->last_quarter;
		return true;
	}
	out->stamp = reference(rv, s);
	if (!known(&out->stamp))
		return unknown_unit(u, &out->stamp);
	return coarsen(&out->stamp, u) && stamp_shift(&out->stamp, -1, u);
}

/* --- stretches, repetitions, references */

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

static bool
fn_dur(struct resolver *rv, const struct slots *s, struct answer *out)
{
	enum unit u = (enum unit)slots_or(s, S_UNIT, U_DAY);
	int32_t n = slots_has(s, S_VAGUE) ? -1 : slots_or(s, S_N, slots_has(s, S_FRAC) ? 0 : -1);

	out->type = TIMEX_DURATION;
	if (u == U_HALF || n > 999999999)
		return false;
	out->value = timex_duration(n, slots_or(s, S_FRAC, 0), u, rv->arena);
	if (n >= 0)
		add_part(rv, s, S_N2, S_UNIT2, out);
	if (n >= 0)
		add_part(rv, s, S_N3, S_UNIT3, out);
	return true;
}

static bool
fn_set(struct resolver *rv, const struct slots *s, struct answer *out)
{
	static const char *const quant_name[N_QUANT] = { "", "EVERY", "EACH" };
	struct stamp at = stamp_of(GRAIN_NONE, UNKNOWN_YEAR);
	/* "every night", but "every third night" counts days. */
	bool nights =
	    slots_or(s, S_UNIT, 0) == U_NIGHT && slots_has(s, S_QUANT) && slots_or(s, S_N, 1) == 1;

	out->type = TIMEX_SET;
	if (slots_has(s, S_HOLIDAY)) {
		struct cal c;

		at.grain = GRAIN_DAY;
		if (holiday_day(rv->know, (size_t)s->v[S_HOLIDAY], 2000, &c) &&
		    rv->know->holiday[s->v[S_HOLIDAY]].rule.n == 5) {
			at.m = c.m;
			at.d = c.d;
		}
	} else if (slots_has(s, S_MONTH)) {
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
	} else if (slots_has(s, S_WEND) ||
		   (slots_or(s, S_UNIT, 0) == U_WEEKEND && slots_or(s, S_N, 1) == 1)) {
		at.grain = GRAIN_WEEKEND;
	} else if (slots_has(s, S_PART) || slots_has(s, S_HOUR) || nights) {
		at.grain = GRAIN_DAY;
		at.of_day = nights ? PART_NIGHT : 0;
	}
	if (impossible_clock(s))
		return false;
	if (at.grain != GRAIN_NONE) {
		if (at.grain == GRAIN_DAY)
			set_clock(rv, s, &at);
		out->value = timex_point(&at, rv->arena);
	} else {
		out->value = timex_duration(slots_has(s, S_VAGUE) ? -1 : slots_or(s, S_N, 1),
		    slots_or(s, S_FRAC, 0), (enum unit)slots_or(s, S_UNIT, U_DAY), rv->arena);
	}
	if (slots_has(s, S_QUANT) && s->v[S_QUANT] > 0 && s->v[S_QUANT] < N_QUANT)
		out->quant = span_c(quant_name[s->v[S_QUANT]]);
	if (slots_has(s, S_FREQ))
		out->freq = arena_fmt(rv->arena, "%dX", (int)s->v[S_FREQ]);
	return true;
}

/* "the 19th century" is 18; "the 4th century BC" is BC03. */
static bool
fn_century(struct resolver *rv, const struct slots *s, struct answer *out)
{
	int c = slots_or(s, S_CENTURY, 0) - 1, sign = slots_or(s, S_ERA, 0) == 1 ? -1 : 1;

	(void)rv;
	out->type = TIMEX_DATE;
	out->stamp = stamp_of(GRAIN_CENTURY, sign * c * 100);
	return c >= 1 && c < 30;
}

static bool
fn_ref(struct resolver *rv, const struct slots *s, struct answer *out)
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

static bool
fn_no(struct resolver *rv, const struct slots *s, struct answer *out)
{
	(void)rv, (void)s, (void)out;
	return false;
}

static const struct {
	const char *name;
	bool (*fn)(struct resolver *rv, const struct slots *s, struct answer *out);
} functions[] = { { "", fn_no }, { "no", fn_no }, { "date", fn_date }, { "shift", fn_shift },
	{ "nth", fn_nth }, { "within", fn_within }, { "weekend", fn_weekend },
	{ "period", fn_period }, { "latest", fn_latest }, { "dur", fn_dur }, { "set", fn_set },
	{ "century", fn_century }, { "ref", fn_ref } };

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

/* Day and month written as numbers: which is which? */
static void
order_day_month(const struct resolver *rv, struct slots *s)
{
	int d = s->v[S_DAY], m = s->v[S_MONTH];

	if (m > 12 || (d <= 12 && rv->day_first)) {
		s->v[S_DAY] = m;
		s->v[S_MONTH] = d;
	}
}

bool
resolve_possible(const struct slots *s)
{
	int m = slots_or(s, S_MONTH, 0), d = slots_or(s, S_DAY, 0), y = slots_or(s, S_YEAR, 2000);

	if (!slots_sane(s) || impossible_clock(s))
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
