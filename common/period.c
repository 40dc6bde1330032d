/* period.c - values of dates as stretches of days. */
#include "period.h"

#include "ascii.h"
#include "calendar.h"

/* ---- values ---- */

/* Whole months y-m to the end of n months from there. */
static bool
months(int y, int m, int n, struct period *p)
{
	struct cal from = { y, m, 1 }, to = { y, m, 1 };

	if (!cal_valid(y, m, 1) || !cal_add_months(&to, n))
		return false;
	p->from = cal_day(from);
	p->to = cal_day(to) - 1;
	return true;
}

static bool
weeks_of(int y, int w, struct span rest, struct period *p)
{
	int32_t monday;
	int first = 1, last = 7;

	if (!cal_week_day(y, w, 1, &monday))
		return false;
	if (span_starts(rest, SPAN("-WE"))) {
		first = 6;
	} else if (rest.n >= 2 && rest.p[0] == '-' && rest.p[1] >= '1' && rest.p[1] <= '7') {
		first = last = rest.p[1] - '0';
	} else if (rest.n > 0 && rest.p[0] != 'T') {
		return false;
	}
	*p = (struct period){ monday + first - 1, monday + last - 1 };
	return true;
}

/* n digits at byte at, or -1. */
static int
digits(struct span s, size_t at, size_t n)
{
	int v = 0;

	if (s.n < at + n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (!ascii_digit((unsigned char)s.p[i]))
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

/* Parts of years by their letters: first month, number of them. */
static const struct {
	const char *name;
	int month, n;
} part_of_year[] = { { "Q1", 1, 3 }, { "Q2", 4, 3 }, { "Q3", 7, 3 }, { "Q4", 10, 3 },
	{ "H1", 1, 6 }, { "H2", 7, 6 }, { "SP", 3, 3 }, { "SU", 6, 3 }, { "FA", 9, 3 },
	{ "WI", 12, 3 }, { "XX", 1, 12 } };

/* What stands behind the year and its hyphen. */
static bool
within_year(int y, struct span s, struct period *p)
{
	int m = digits(s, 0, 2), d = digits(s, 3, 2);

	if (s.n >= 3 && s.p[0] == 'W' && digits(s, 1, 2) > 0)
		return weeks_of(y, digits(s, 1, 2), span_cut(s, 3, s.n), p);
	for (size_t i = 0; i < sizeof(part_of_year) / sizeof(part_of_year[0]); i++)
		if (span_starts(s, span_c(part_of_year[i].name)))
			return months(y, part_of_year[i].month, part_of_year[i].n, p);
	if (m < 1 || m > 12)
		return false;
	if (s.n == 2 || (s.n >= 5 && s.p[2] == '-' && span_starts(span_cut(s, 3, s.n), SPAN("XX"))))
		return months(y, m, 1, p);
	if (s.n < 5 || s.p[2] != '-' || !cal_valid(y, m, d))
		return false;
	if (s.n > 5 && s.p[5] != 'T' && s.p[5] != ' ')
		return false;
	p->from = p->to = cal_day((struct cal){ y, m, d });
	return true;
}

bool
period_of_value(struct span value, struct period *p)
{
	size_t n = 0;

	while (n < value.n && ascii_digit((unsigned char)value.p[n]))
		n++;
	if (n == 2 && value.n == 2)
		return months(digits(value, 0, 2) * 100, 1, 1200, p);
	if (n == 3 && value.n == 3)
		return months(digits(value, 0, 3) * 10, 1, 120, p);
	if (n != 4)
		return false;
	if (value.n == 4)
		return months(digits(value, 0, 4), 1, 12, p);
	return value.p[4] == '-' &&
	       within_year(digits(value, 0, 4), span_cut(value, 5, value.n), p);
}

/* ---- words ---- */

const char *const period_words[] = { "today", "yesterday", "tomorrow", "this-week", "last-week",
	"next-week", "this-month", "last-month", "next-month", "this-year", "last-year",
	"next-year", NULL };

/* The unit of each three words, in their order. */
static const char unit_of_words[] = "dwmy";

static bool
day_moved(int32_t today, int n, char unit, int32_t *day)
{
	struct cal c;

	if (unit == 'd' || unit == 'w') {
		*day = today + n * (unit == 'w' ? 7 : 1);
		return cal_from_day(*day, &c);
	}
	if (!cal_from_day(today, &c) || !cal_add_months(&c, unit == 'y' ? n * 12 : n))
		return false;
	*day = cal_day(c);
	return true;
}

/* The whole unit that holds the day. */
static bool
around(int32_t day, char unit, struct period *p)
{
	int32_t monday = day - cal_weekday(day) + 1;
	struct cal c;

	if (!cal_from_day(day, &c))
		return false;
	if (unit == 'm')
		return months(c.y, c.m, 1, p);
	if (unit == 'y')
		return months(c.y, 1, 12, p);
	*p = unit == 'w' ? (struct period){ monday, monday + 6 } : (struct period){ day, day };
	return true;
}

static bool
by_word(struct span s, int32_t today, struct period *p)
{
	static const int shift[] = { 0, -1, 1 };
	int32_t day;

	for (size_t i = 0; period_words[i] != NULL; i++) {
		char unit = unit_of_words[i / 3];

		if (span_is(s, period_words[i]))
			return day_moved(today, shift[i % 3], unit, &day) && around(day, unit, p);
	}
	return false;
}

/* -7d, +2w, -18m, -3y: a day. */
static bool
by_distance(struct span s, int32_t today, struct period *p)
{
	size_t n = s.n < 3 ? 0 : s.n - 2;
	int v = n >= 1 && n <= 5 ? digits(s, 1, n) : -1;
	int32_t day;

	if (v < 0 || (s.p[0] != '-' && s.p[0] != '+') ||
	    memchr(unit_of_words, s.p[s.n - 1], sizeof(unit_of_words) - 1) == NULL)
		return false;
	if (!day_moved(today, s.p[0] == '-' ? -v : v, s.p[s.n - 1], &day))
		return false;
	*p = (struct period){ day, day };
	return true;
}

static bool
one(struct span s, int32_t today, struct period *p)
{
	return by_word(s, today, p) || by_distance(s, today, p) || period_of_value(s, p);
}

bool
period_parse(struct span text, int32_t today, struct period *p)
{
	const char *dots = text.n < 2 ? NULL : memmem(text.p, text.n, "..", 2);
	struct period a = { INT32_MIN, INT32_MAX }, b = a;
	struct span left, right;

	if (dots == NULL)
		return one(text, today, p);
	left = (struct span){ text.p, (size_t)(dots - text.p) };
	right = span_cut(text, left.n + 2, text.n);
	if ((left.n == 0 && right.n == 0) || (left.n > 0 && !one(left, today, &a)) ||
	    (right.n > 0 && !one(right, today, &b)))
		return false;
	*p = (struct period){ a.from, b.to };
	return p->from <= p->to;
}
