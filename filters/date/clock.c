/* clock.c - times of day, and the resolution function "date". */
#include "steps.h"

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
		return anchor_doc(rv);
	if (anchor_known(&rv->last_day) &&
	    (rv->narrative || rv->tok - rv->last_day_tok <
				  (rv->towards == TOWARDS_PAST ? STORY_TOKENS : NEAR_TOKENS)) &&
	    !against_verb(rv, &rv->last_day))
		return rv->last_day;
	return rv->narrative ? stamp_of(GRAIN_DAY, UNKNOWN_YEAR) : anchor_doc(rv);
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
	const struct zoning *z = &rv->zoning;

	if (slots_has(s, S_OFFSET)) {
		out->offset = s->v[S_OFFSET] - 10000;
	} else if (slots_has(s, S_ZONE)) {
		const struct zone *named = &rv->know->zone[s->v[S_ZONE]];

		if (z->on || (named->offset == 0 && named->summer.n == 0))
			out->offset = zone_offset(named, out);
	} else {
		out->offset = z->place != NULL ? zone_offset(z->place, out) : z->offset;
	}
}

void
clock_set(const struct resolver *rv, const struct slots *s, struct stamp *out)
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

bool
clock_impossible(const struct slots *s)
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
	if (rv->towards != TOWARDS_PAST && anchor_known(&out->stamp) &&
	    out->stamp.grain == GRAIN_DAY && !stamp_shift(&out->stamp, 1, U_DAY))
		return false;
	out->stamp.hour = 0;
	out->stamp.min = 0;
	out->type = TIMEX_TIME;
	return true;
}

/* "open daily from 9 a.m.": the time of any day. */
static bool
daily_time(const struct resolver *rv, const struct slots *s, struct answer *out)
{
	struct stamp at = stamp_of(GRAIN_DAY, UNKNOWN_YEAR);
	struct span value;
	const char *t;

	clock_set(rv, s, &at);
	value = timex_point(&at, rv->arena);
	t = memchr(value.p, 'T', value.n);
	out->value = (struct span){ t, value.n - (size_t)(t - value.p) };
	out->stamp = stamp_of(GRAIN_NONE, UNKNOWN_YEAR);
	out->type = TIMEX_TIME;
	return true;
}

bool
clock_date(struct resolver *rv, const struct slots *s, struct answer *out)
{
	bool clock = slots_has(s, S_HOUR) || slots_has(s, S_PART), any;

	if (clock_impossible(s) || !period_of(rv, s, &out->stamp, &any))
		return false;
	if (!any && !clock)
		return false;
	if (!any && rv->daily && slots_has(s, S_HOUR))
		return daily_time(rv, s, out);
	if (!any) {
		out->stamp = near_day(rv);
		if (slots_or(s, S_HOUR, 0) == 24)
			return bare_midnight(rv, out);
	}
	if (clock) {
		if (out->stamp.grain != GRAIN_DAY)
			return false;
		clock_set(rv, s, &out->stamp);
	}
	out->type = clock ? TIMEX_TIME : TIMEX_DATE;
	return true;
}
