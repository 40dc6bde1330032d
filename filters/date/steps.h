/* steps.h - inside of resolve.c: its steps, a file each, from slots to points of the calendar and to answers.
 *
 *   anchor.c   what an expression counts from; years
 *   day.c      months, days, weekdays
 *   period.c   quarters, seasons, holidays, weeks; puts the calendar together
 *   clock.c    times of day        shift.c  so long before and after        stretch.c  durations, sets
 *
 * Functions that fill *out return false where there is no such date; a date that is only not known has
 * UNKNOWN_YEAR. Those with an answer are resolution functions, named by patterns.tsv.
 */
#ifndef NTAG_DATE_STEPS_H
#define NTAG_DATE_STEPS_H

#include "resolve.h"

enum {
	NEAR_TOKENS = 40,   /* a day mentioned so near before is the day of a bare time of day */
	APPOSITION = 6,     /* a name of a day so near behind a date is of that day */
	STORY_TOKENS = 80,  /* the same for what has happened: a story stays with its day */
	QUARTER_NEAR = 300, /* so long a quarter talked about stays the one that is meant */
};

/* --- anchor.c */

/* The day of the document. */
struct stamp anchor_doc(const struct resolver *rv);
/* What the expression counts from: the document's day or the date mentioned last. */
struct stamp anchor_of(const struct resolver *rv, const struct slots *s);
bool anchor_known(const struct stamp *s);
/* n years on; there is no year 0: 1 BC is followed by AD 1. */
int anchor_plus(int y, int n);
/* A two-digit year: the nearest one that is not far ahead. */
int anchor_full_year(const struct resolver *rv, int yy);
/* The year that the slots name; false if they name none. */
bool anchor_year(const struct resolver *rv, const struct slots *s, int *y);

/* --- day.c */

/* "May 2020", "3 May" */
bool day_in_month(const struct resolver *rv, const struct slots *s, struct stamp *out);
/* "the 27th" */
bool day_alone(const struct resolver *rv, const struct slots *s, struct stamp *out);
/* "Tuesday", "last Tuesday" */
bool day_of_week(const struct resolver *rv, const struct slots *s, struct stamp *out);
/* A day number as a stamp; false outside of the years after Christ. */
bool day_set(struct stamp *out, int32_t day);
/* The last day of weekday wd up to and including day from. */
int32_t day_latest(int32_t from, int wd);

/* --- period.c */

bool period_part(
    const struct resolver *rv, const struct slots *s, enum grain g, int part, struct stamp *out);
bool period_season(const struct resolver *rv, const struct slots *s, struct stamp *out);
/* Some unit of that kind; false if it has no place in a calendar. */
bool period_unknown(enum unit u, struct stamp *out);
/* Cut a stamp to the unit that holds it: a day to its week or month. */
bool period_coarsen(struct stamp *s, enum unit u);
/* Whatever point of the calendar the slots name; *any is false if they name none. */
bool period_of(const struct resolver *rv, const struct slots *s, struct stamp *out, bool *any);

/* --- clock.c */

void clock_set(const struct resolver *rv, const struct slots *s, struct stamp *out);
bool clock_impossible(const struct slots *s);
bool clock_date(struct resolver *rv, const struct slots *s, struct answer *out);

/* --- shift.c */

bool shift_ahead(struct resolver *rv, const struct slots *s, struct answer *out);
bool shift_by(struct resolver *rv, const struct slots *s, struct answer *out);
bool shift_nth(struct resolver *rv, const struct slots *s, struct answer *out);
bool shift_some(struct resolver *rv, const struct slots *s, struct answer *out);
bool shift_within(struct resolver *rv, const struct slots *s, struct answer *out);
bool shift_weekend(struct resolver *rv, const struct slots *s, struct answer *out);
bool shift_period(struct resolver *rv, const struct slots *s, struct answer *out);
bool shift_latest(struct resolver *rv, const struct slots *s, struct answer *out);

/* --- stretch.c */

bool stretch_dur(struct resolver *rv, const struct slots *s, struct answer *out);
bool stretch_lap(struct resolver *rv, const struct slots *s, struct answer *out);
bool stretch_set(struct resolver *rv, const struct slots *s, struct answer *out);
bool stretch_century(struct resolver *rv, const struct slots *s, struct answer *out);
bool stretch_ref(struct resolver *rv, const struct slots *s, struct answer *out);

#endif
