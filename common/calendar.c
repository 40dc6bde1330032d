/* calendar.c - civil dates. Day numbers as in Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013). */
#include "calendar.h"

#include "ascii.h"

bool
cal_leap(int y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

int
cal_month_days(int y, int m)
{
	static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (m < 1 || m > 12)
		return 0;
	return days[m - 1] + (m == 2 && cal_leap(y));
}

bool
cal_valid(int y, int m, int d)
{
	return y >= CAL_YEAR_MIN && y <= CAL_YEAR_MAX && d >= 1 && d <= cal_month_days(y, m);
}

/* Quotient rounded down, b > 0. */
static int
floor_div(int a, int b)
{
	return a / b - (a % b < 0);
}

int32_t
cal_day(struct cal c)
{
	/* Years begin in March, so that the leap day is the last one. */
	int y = c.m <= 2 ? c.y - 1 : c.y;
	int era = floor_div(y, 400);
	int of_era = y - era * 400;
	int of_year = (153 * (c.m + (c.m > 2 ? -3 : 9)) + 2) / 5 + c.d - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool
cal_from_day(int32_t day, struct cal *c)
{
	int z, era, of_era, y, of_year, m;

	if (day < cal_day((struct cal){ CAL_YEAR_MIN, 1, 1 }) ||
	    day > cal_day((struct cal){ CAL_YEAR_MAX, 12, 31 }))
		return false;
	z = day + 719468;
	era = floor_div(z, 146097);
	of_era = z - era * 146097;
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	c->d = of_year - (153 * m + 2) / 5 + 1;
	c->m = m < 10 ? m + 3 : m - 9;
	c->y = y + era * 400 + (c->m <= 2);
	return true;
}

int
cal_weekday(int32_t day)
{
	int w = (day + 3) % 7;

	return (w < 0 ? w + 7 : w) + 1;
}

/* The Monday of week 1: the week that holds 4 January (ISO 8601). */
static int32_t
week_one(int y)
{
	int32_t fourth = cal_day((struct cal){ y, 1, 4 });

	return fourth - cal_weekday(fourth) + 1;
}

int
cal_week(int32_t day, int *y)
{
	int32_t thursday = day - cal_weekday(day) + 4;
	struct cal c = { 0, 1, 1 };

	/* At the ends of the range the Thursday may lie outside. */
	if (!cal_from_day(thursday, &c) && !cal_from_day(day, &c))
		return 0;
	*y = c.y;
	return (day - week_one(c.y)) / 7 + 1;
}

int
cal_weeks(int y)
{
	return (week_one(y + 1) - week_one(y)) / 7;
}

bool
cal_week_day(int y, int w, int wd, int32_t *day)
{
	struct cal c;

	if (y < CAL_YEAR_MIN || y >= CAL_YEAR_MAX || w < 1 || w > cal_weeks(y))
		return false;
	*day = week_one(y) + (w - 1) * 7 + wd - 1;
	return cal_from_day(*day, &c);
}

bool
cal_add_months(struct cal *c, int n)
{
	int at, y, days;

	if (n > 12 * 2 * CAL_YEAR_MAX || n < -12 * 2 * CAL_YEAR_MAX)
		return false;
	at = c->y * 12 + c->m - 1 + n;
	y = floor_div(at, 12);
	if (y < CAL_YEAR_MIN || y > CAL_YEAR_MAX)
		return false;
	c->y = y;
	c->m = at - y * 12 + 1;
	days = cal_month_days(c->y, c->m);
	if (c->d > days)
		c->d = days;
	return true;
}

int
cal_nth(int y, int m, int wd, int n)
{
	int days = cal_month_days(y, m), first, d;

	if (days == 0 || n == 0 || n > 5 || n < -5)
		return 0;
	first = 1 + (wd - cal_weekday(cal_day((struct cal){ y, m, 1 })) + 7) % 7;
	d = n > 0 ? first + (n - 1) * 7 : first + ((days - first) / 7 + n + 1) * 7;
	return d >= 1 && d <= days ? d : 0;
}

struct cal
cal_easter(int y)
{
	int k = y / 100, a = y % 19;
	int m = 15 + (3 * k + 3) / 4 - (8 * k + 13) / 25;
	int d = (19 * a + m) % 30;
	int r = (d + a / 11) / 29;
	int og = 21 + d - r; /* full moon, as a day of March */
	int s = 2 - (3 * k + 3) / 4;
	int sz = 7 - (y + y / 4 + s) % 7;
	int e = og + 7 - (og - sz) % 7;

	return e > 31 ? (struct cal){ y, 4, e - 31 } : (struct cal){ y, 3, e };
}

struct cal
cal_easter_orthodox(int y)
{
	int d = (19 * (y % 19) + 15) % 30;
	int e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
	int month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
	struct cal c = { y, month, day };

	/* The date is of the Julian calendar. */
	cal_from_day(cal_day(c) + y / 100 - y / 400 - 2, &c);
	return c;
}

static int
number(struct span s, size_t at, size_t n)
{
	int v = 0;

	for (size_t i = at; i < at + n; i++) {
		if (!ascii_digit((unsigned char)s.p[i]))
			return -1;
		v = v * 10 + s.p[i] - '0';
	}
	return v;
}

bool
cal_parse(struct span s, struct cal *c)
{
	if (s.p == NULL || s.n < 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	if (s.n > 10 && s.p[10] != 'T' && s.p[10] != ' ')
		return false;
	c->y = number(s, 0, 4);
	c->m = number(s, 5, 2);
	c->d = number(s, 8, 2);
	return c->y > 0 && cal_valid(c->y, c->m, c->d);
}
