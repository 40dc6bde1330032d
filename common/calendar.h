/* calendar.h - civil dates of the proleptic Gregorian calendar. Never asks the clock, the locale or time_t.
 *
 * Years run from CAL_YEAR_MIN to CAL_YEAR_MAX; astronomical: year 0 is 1 BC. A function that would leave this
 * range says so (false), it never wraps around. Days are counted from 1970-01-01 (day 0, a Thursday).
 */
#ifndef NTAG_CALENDAR_H
#define NTAG_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

enum { CAL_YEAR_MIN = -9998, CAL_YEAR_MAX = 9999 };

struct cal {
	int y, m, d; /* month 1..12, day 1..31 */
};

bool cal_leap(int y);
int cal_month_days(int y, int m); /* 0 for a month outside 1..12 */
bool cal_valid(int y, int m, int d);

/* Day number of a valid date. */
int32_t cal_day(struct cal c);

/* The date of a day number; false outside the years that are covered. */
bool cal_from_day(int32_t day, struct cal *c);

int cal_weekday(int32_t day); /* 1 = Monday .. 7 = Sunday (ISO 8601) */

/* ISO 8601 week of a day; *y is the year that the week belongs to. */
int cal_week(int32_t day, int *y);

/* Number of ISO weeks of a year: 52 or 53. */
int cal_weeks(int y);

/* The day of weekday wd (1..7) in ISO week w of year y; false if there is no such week. */
bool cal_week_day(int y, int w, int wd, int32_t *day);

/* c moved by n months, its day cut to the length of the month; false outside the years covered. */
bool cal_add_months(struct cal *c, int n);

/* The nth weekday wd of a month, counted from its end when n < 0; 0 if there is none. */
int cal_nth(int y, int m, int wd, int n);

/* Easter Sunday: Western (Gauss as by Lichtenberg), and Orthodox in the Gregorian calendar (Meeus). Years 1..9999. */
struct cal cal_easter(int y);
struct cal cal_easter_orthodox(int y);

/* "YYYY-MM-DD", with anything behind a T or a blank ignored. False if it is no valid date. */
bool cal_parse(struct span s, struct cal *c);

#endif
