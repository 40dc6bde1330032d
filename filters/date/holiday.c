/* holiday.c - the rule of a holiday and a year -> its day.
 *
 * Rules, as holidays.tsv writes them:
 *   12-25              month and day
 *   nth 11 4 4 1       month, weekday (1 = Monday), which one (-1: the last), days after it
 *   easter -2          days from Western Easter Sunday; orthodox 1: from the Orthodox one
 *   before 5 1 25      the weekday on or before month and day: "before M WD D"
 *   table 2019-05-06 2020-04-24 ...   the day of each year by hand
 *   month 2019-05-06 2020-04-24 ...   the same for the first day of a time that is told by its month
 *   local              another day in each country: of what is said only the year is known
 */
#include "ascii.h"
#include "resolve.h"

static struct span
word(struct span *rest)
{
	struct span w;

	while (rest->n > 0 && rest->p[0] == ' ')
		rest->p++, rest->n--;
	w = (struct span){ rest->p, 0 };
	while (w.n < rest->n && w.p[w.n] != ' ')
		w.n++;
	*rest = span_cut(*rest, w.n, rest->n);
	return w;
}

static int
number(struct span s)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	int v = 0;

	for (size_t i = minus; i < s.n && i < 6; i++)
		if (ascii_digit((unsigned char)s.p[i]))
			v = v * 10 + s.p[i] - '0';
	return minus ? -v : v;
}

static bool
from(struct cal base, int days, struct cal *c)
{
	return cal_from_day(cal_day(base) + days, c);
}

/* A table of one day is of that day alone: "D-Day". */
static bool
by_table(struct span rest, int year, struct cal *c)
{
	struct span w = word(&rest);
	bool one = w.n > 0 && rest.n == 0;

	for (; w.n > 0; w = word(&rest))
		if (cal_parse(w, c) && (one || c->y == year))
			return true;
	return false;
}

static bool
before(struct span rest, int year, struct cal *c)
{
	int m = number(word(&rest)), wd = number(word(&rest)), d = number(word(&rest));
	int32_t day;

	if (!cal_valid(year, m, d))
		return false;
	day = cal_day((struct cal){ year, m, d });
	return cal_from_day(day - (cal_weekday(day) - wd + 7) % 7, c);
}

static bool
nth(struct span rest, int year, struct cal *c)
{
	c->y = year;
	c->m = number(word(&rest));
	{
		int wd = number(word(&rest));

		c->d = cal_nth(year, c->m, wd, number(word(&rest)));
	}
	return c->d != 0 && from(*c, number(word(&rest)), c);
}

bool
holiday_rule(struct span rule, int year, struct cal *c)
{
	struct span rest = rule, w = word(&rest);

	if (year < 1 || year > CAL_YEAR_MAX)
		return false;
	if (span_is(w, "easter"))
		return from(cal_easter(year), number(word(&rest)), c);
	if (span_is(w, "orthodox"))
		return from(cal_easter_orthodox(year), number(word(&rest)), c);
	if (span_is(w, "nth"))
		return nth(rest, year, c);
	if (span_is(w, "before"))
		return before(rest, year, c);
	if (span_is(w, "table") || span_is(w, "month"))
		return by_table(rest, year, c);
	if (w.n != 5)
		return false;
	*c = (struct cal){ year, number(span_cut(w, 0, 2)), number(span_cut(w, 3, 5)) };
	return cal_valid(c->y, c->m, c->d);
}

bool
holiday_day(const struct knowledge *k, size_t which, int year, struct cal *c)
{
	return holiday_rule(k->holiday[which].rule, year, c);
}
