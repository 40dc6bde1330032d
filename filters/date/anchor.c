/* anchor.c - what an expression counts from, and the years that it names. */
#include "steps.h"

enum {
	PIVOT_AHEAD = 10, /* '29 said in 2021 is 2029, '45 is 1945 */
};

struct stamp
anchor_doc(const struct resolver *rv)
{
	return rv->has_doc ? stamp_day(rv->doc) : stamp_of(GRAIN_DAY, UNKNOWN_YEAR);
}

bool
anchor_known(const struct stamp *s)
{
	return s->grain != GRAIN_NONE && s->y != UNKNOWN_YEAR;
}

/* What the expression counts from. */
struct stamp
anchor_of(const struct resolver *rv, const struct slots *s)
{
	int anchor = slots_or(s, S_ANCHOR, ANCHOR_DOC);

	/* "last June" counts from the day of writing in a story too. */
	if (anchor == ANCHOR_DOC && rv->has_doc && slots_has(s, S_REL) && s->v[S_REL] != 0 &&
	    (slots_has(s, S_MONTH) || slots_has(s, S_WDAY)))
		return anchor_doc(rv);
	if ((anchor == ANCHOR_MENTION || rv->narrative) && anchor_known(&rv->last))
		return rv->last;
	return anchor_doc(rv);
}

/* Years have no 0: 1 BC is followed by AD 1. */
int
anchor_plus(int y, int n)
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
int
anchor_full_year(const struct resolver *rv, int yy)
{
	int now = rv->narrative && anchor_known(&rv->last) ? rv->last.y
		  : rv->has_doc                            ? rv->doc.y
							   : 2000;
	int y = now - now % 100 + yy;

	if (rv->narrative && now > 0)
		return y;
	return y > now + PIVOT_AHEAD ? y - 100 : y;
}

/* The year that the slots name; false if they name none. */
bool
anchor_year(const struct resolver *rv, const struct slots *s, int *y)
{
	if (slots_has(s, S_YEAR)) {
		*y = slots_has(s, S_ERA) && s->v[S_ERA] == 1 ? -s->v[S_YEAR] : s->v[S_YEAR];
		return true;
	}
	if (slots_has(s, S_YY)) {
		*y = anchor_full_year(rv, s->v[S_YY]);
		return true;
	}
	if (slots_or(s, S_UNIT, 0) == U_YEAR && slots_has(s, S_REL)) {
		*y = anchor_plus(anchor_of(rv, s).y, s->v[S_REL]);
		return true;
	}
	return false;
}
