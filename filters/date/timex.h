/* timex.h - points and stretches of time as TIMEX3 values (TimeML 1.2.1, ISO 8601), and a check of such values. */
#ifndef NTAG_DATE_TIMEX_H
#define NTAG_DATE_TIMEX_H

#include <limits.h>

#include "arena.h"
#include "calendar.h"
#include "slots.h"

enum grain {
	GRAIN_NONE,
	GRAIN_MILLENNIUM,
	GRAIN_CENTURY,
	GRAIN_DECADE,
	GRAIN_YEAR,
	GRAIN_HALF,
	GRAIN_QUARTER,
	GRAIN_SEASON,
	GRAIN_MONTH,
	GRAIN_WEEK,
	GRAIN_WEEKEND,
	GRAIN_DAY,
};

#define UNKNOWN_YEAR INT_MIN

/* A point of the calendar, as fine as its grain. Years BC are negative (-44: 44 BC); there is no year 0. */
struct stamp {
	uint8_t grain;
	int y;              /* or UNKNOWN_YEAR; of the ISO year for weeks */
	int part;           /* half, quarter, season */
	int m, d;           /* 0: unknown (XX) */
	int w;              /* week; 0: unknown */
	int wd;             /* a day known only by its weekday: GRAIN_DAY with m == 0 */
	uint8_t of_day;     /* enum part, 0: none */
	int hour, min, sec; /* -1: not said */
	int offset;         /* minutes east of Greenwich; INT_MIN: not said */
};

struct stamp stamp_of(enum grain g, int y);
struct stamp stamp_day(struct cal c);

/* The value, in a. */
struct span timex_point(const struct stamp *s, struct arena *a);

/* "P2Y", "PT5H30M", "PXW": n units and hundredths of one; n < 0: X. */
struct span timex_duration(int32_t n, int32_t hundredths, enum unit u, struct arena *a);

/* First day of what the stamp covers, as a day number; false if it has no place in the calendar. */
bool stamp_first_day(const struct stamp *s, int32_t *day);

/* s moved by n units and cut to the grain of the unit; false outside the calendar or for an unknown year. */
bool stamp_shift(struct stamp *s, int32_t n, enum unit u);

/* The week of a day. */
struct stamp stamp_week(int32_t day, bool weekend);

extern const char *const timex_mod[N_MOD]; /* "START"; [0] is NULL */

/* Is this a well-formed value of TIMEX3 with a possible date in it? */
bool timex_valid(struct span value);

#endif
