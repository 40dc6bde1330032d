/* period.h - stretches of days: what a value of a date covers, and how people name one. Never asks the clock.
 *
 * Values are ISO 8601 and TIMEX3 (TimeML 1.2.1, section 2.2): a day covers itself, 2021-12 its month, 2021-W48 its
 * ISO week, 2021-W48-WE its Saturday and Sunday, 2021-Q4 and 2021-H2 their months, 202 the decade, 20 the century;
 * 2021-WI is winter of the northern half, December to February, counted to the year it begins in, as ntag-date writes
 * it. Times of day cover their day. What names no days of the calendar (P3D, PRESENT_REF, XXXX-12) covers none.
 */
#ifndef NTAG_PERIOD_H
#define NTAG_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

/* Day numbers of calendar.h, both included; an open end is the least or greatest int32_t. */
struct period {
	int32_t from, to;
};

/* The days that a value covers; false: none that are known. */
bool period_of_value(struct span value, struct period *p);

/* A period as people write it: a value, a word of the table below, -7d (so many days, weeks w, months m or years y
 * before today; + behind it), or A..B of these, where A or B may be left out. today is a day number. False if it
 * is none, or ends before it begins. */
bool period_parse(struct span text, int32_t today, struct period *p);

/* today yesterday tomorrow, last-week, this-month, next-year, ...; weeks begin on Monday. Ended by NULL. */
extern const char *const period_words[];

static inline bool
period_meets(struct period a, struct period b)
{
	return a.from <= b.to && b.from <= a.to;
}

#endif
