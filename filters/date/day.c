/* day.c - months, days and weekdays without a year: which ones are meant. */
#include "steps.h"

enum {
	/* A bare month at most so far ahead is the coming one: beside a verb of the past (95 % right
	 * on news), beside none, beside one of the future. */
	AHEAD_MONTHS = 2,
	AHEAD_OPEN = 5,
	AHEAD_FUTURE = 9,
	LIST_TOKENS = 25, /* a day so near before is one of the same list */
};

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
	else if (!(rv->alone && slots_has(s, S_DAY)) &&
		 (rv->towards == TOWARDS_FUTURE || rv->towards == TOWARDS_PRESENT))
		limit = AHEAD_FUTURE;
	else if (rv->towards != TOWARDS_PAST)
		limit = AHEAD_OPEN;
	if (ahead <= limit)
		return m < rv->doc.m ? anchor_plus(rv->doc.y, 1) : rv->doc.y;
	return m > rv->doc.m ? anchor_plus(rv->doc.y, -1) : rv->doc.y;
}

/* A story goes on: the year mentioned last, or the next one after a jump back from autumn to spring. */
static int
story_year(const struct resolver *rv, int m)
{
	const struct stamp *l = &rv->last;
	int y = l->y, at = l->m;

	if (!anchor_known(l))
		return UNKNOWN_YEAR;
	if (l->grain == GRAIN_SEASON || l->grain == GRAIN_QUARTER)
		at = l->grain == GRAIN_SEASON ? (l->part == SEASON_WINTER ? 1 : l->part * 3 + 1)
					      : l->part * 3 - 1;
	if (at == 0)
		return y;
	/* A winter and an autumn run into the next year. */
	if (l->grain == GRAIN_SEASON && l->part == SEASON_WINTER)
		return anchor_plus(y, m < 11);
	if (at - m >= 8)
		return anchor_plus(y, 1);
	if (m - at >= 10)
		return anchor_plus(y, -1);
	return y;
}

static int
year_of_month(const struct resolver *rv, const struct slots *s, int m)
{
	if (rv->narrative && (anchor_known(&rv->last) || !rv->has_doc))
		return story_year(rv, m);
	if (slots_or(s, S_ANCHOR, ANCHOR_DOC) == ANCHOR_MENTION && anchor_known(&rv->last))
		return rv->last.y;
	return news_year(rv, s, m);
}

/* "last June", "next June", "this June" */
static int
year_of_rel_month(const struct resolver *rv, const struct slots *s, int m)
{
	struct stamp ref = anchor_of(rv, s);
	int rel = s->v[S_REL];

	if (!anchor_known(&ref) || ref.m == 0 || rel == 0)
		return ref.y;
	if (rel < 0)
		return anchor_plus(ref.y, m < ref.m ? rel + 1 : rel);
	return anchor_plus(ref.y, m > ref.m ? rel - 1 : rel);
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

bool
day_in_month(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int m = s->v[S_MONTH], y;

	if (!anchor_year(rv, s, &y)) {
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
bool
day_alone(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	int d = s->v[S_DAY], wd = slots_or(s, S_WDAY, 0), step = 0;
	struct stamp ref = anchor_of(rv, s);
	struct cal c = { ref.y, ref.m, d };

	bool near = rv->last.m != 0 && rv->tok - rv->last_tok < NEAR_TOKENS &&
		    slots_or(s, S_KIND, 0) == 0 && wd == 0;

	if (anchor_known(&rv->last) && (near || rv->narrative))
		c = (struct cal){ rv->last.y, rv->last.m, d };
	else if (!rv->narrative && rv->has_doc)
		step = rv->towards == TOWARDS_FUTURE || rv->towards == TOWARDS_PRESENT
			   ? (d < rv->doc.d)
			   : -(d > rv->doc.d + 7);
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

bool
day_set(struct stamp *out, int32_t day)
{
	struct cal c;

	if (!cal_from_day(day, &c) || c.y <= 0)
		return false;
	*out = stamp_day(c);
	return true;
}

int32_t
day_latest(int32_t from, int wd)
{
	return from - (cal_weekday(from) - wd + 7) % 7;
}

/* "last Tuesday": before the reference; "next": after it; "this": of its week; "the Friday before last" (-2). */
static int32_t
rel_weekday(const struct resolver *rv, const struct slots *s, int32_t from, int wd)
{
	int rel = s->v[S_REL];
	/* Yesterday is not called "last Friday", nor tomorrow "next Friday". */
	int32_t skip = slots_or(s, S_SKIP, 0) == 1;

	if (rel < 0)
		return day_latest(from - 1 - skip, wd) + 7 * (rel + 1);
	if (rel > 0)
		return day_latest(from + 7 * rel + skip, wd);
	if (rv->towards == TOWARDS_FUTURE)
		return day_latest(from + 6, wd);
	return from - cal_weekday(from) + wd;
}

/* "flies home on Thursday, then Friday to Durban": without a verb of its own a day follows a coming one. */
static bool
goes_on(const struct resolver *rv, int32_t *day)
{
	return rv->tok - rv->last_day_tok < LIST_TOKENS && anchor_known(&rv->last_day) &&
	       stamp_first_day(&rv->last_day, day) && *day > rv->doc_day && *day < rv->doc_day + 14;
}

bool
day_of_week(const struct resolver *rv, const struct slots *s, struct stamp *out)
{
	struct stamp ref = anchor_of(rv, s);
	int wd = s->v[S_WDAY];
	int32_t from, next;

	*out = stamp_of(GRAIN_DAY, ref.y);
	out->wd = wd;
	if (ref.grain != GRAIN_DAY || ref.m == 0 || !stamp_first_day(&ref, &from)) {
		out->y = UNKNOWN_YEAR;
		return true;
	}
	if (rv->from_day != INT32_MIN && !slots_has(s, S_REL))
		return day_set(out, day_latest(rv->from_day + 6, wd));
	if (slots_or(s, S_UNIT, 0) == U_WEEK && slots_has(s, S_REL))
		return day_set(out, from - cal_weekday(from) + wd + 7 * s->v[S_REL]);
	if (slots_has(s, S_REL))
		return day_set(out, rel_weekday(rv, s, from, wd));
	if (rv->narrative && anchor_known(&rv->last) && rv->last.grain == GRAIN_DAY)
		return day_set(out, day_latest(from + 6, wd));
	if (rv->towards == TOWARDS_ANY && goes_on(rv, &next))
		return day_set(out, day_latest(next + 6, wd));
	/* The present announces what is to come: "the team flies home on Thursday". */
	if (rv->towards == TOWARDS_FUTURE || rv->towards == TOWARDS_PRESENT)
		return day_set(out, day_latest(from + 6, wd));
	return day_set(out, day_latest(from, wd));
}
