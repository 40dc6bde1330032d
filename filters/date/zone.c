/* zone.c - a zone of zones.tsv and a time -> minutes east of Greenwich, with summer time by the day.
 *
 * A rule of summer time, as zones.tsv writes it: "1987 FIRST / END; 2007 FIRST / END", each from its year on. FIRST is the
 * day on which summer time begins, END the one on which it ends, both as holiday.c reads them; "-": none, so what was
 * goes on. South of the equator FIRST comes after END. Clocks change at night; from three o'clock on the new time holds.
 */
#include "ascii.h"
#include "resolve.h"

enum { CHANGED_HOUR = 3 };

static struct span
piece(struct span *rest, char mark)
{
	const char *at = memchr(rest->p, mark, rest->n);
	size_t n = at == NULL ? rest->n : (size_t)(at - rest->p);
	struct span head = { rest->p, n };

	*rest = at == NULL ? (struct span){ rest->p + n, 0 } : span_cut(*rest, n + 1, rest->n);
	while (head.n > 0 && head.p[0] == ' ')
		head = span_cut(head, 1, head.n);
	while (head.n > 0 && head.p[head.n - 1] == ' ')
		head.n--;
	return head;
}

static int
year_of(struct span *rule)
{
	int y = 0;

	while (rule->n > 0 && ascii_digit((unsigned char)rule->p[0]) && y < CAL_YEAR_MAX) {
		y = y * 10 + rule->p[0] - '0';
		*rule = span_cut(*rule, 1, rule->n);
	}
	return y;
}

/* The part of a rule that holds in year y, empty before the first. */
static struct span
rule_of(struct span rules, int y)
{
	struct span best = { rules.p, 0 };

	while (rules.n > 0) {
		struct span one = piece(&rules, ';');

		if (year_of(&one) <= y)
			best = one;
	}
	return best;
}

/* Is the stamp on or after the change that the rule names in its year? */
static bool
reached(struct span day, const struct stamp *at)
{
	struct cal c;
	int32_t change, now;

	if (!holiday_rule(day, at->y, &c) || !stamp_first_day(at, &now))
		return false;
	change = cal_day(c);
	return now > change || (now == change && at->hour >= CHANGED_HOUR);
}

static bool
is_summer(struct span rules, const struct stamp *at)
{
	struct span end = rule_of(rules, at->y), first = piece(&end, '/');
	bool has_first, has_end;
	struct cal a, b;

	end = piece(&end, ';');
	has_first = first.n > 1;
	has_end = end.n > 1;
	if (!has_first)
		return has_end && !reached(end, at);
	if (!has_end)
		return reached(first, at);
	if (!holiday_rule(first, at->y, &a) || !holiday_rule(end, at->y, &b))
		return false;
	return cal_day(a) < cal_day(b) ? reached(first, at) && !reached(end, at)
				       : reached(first, at) || !reached(end, at);
}

int
zone_offset(const struct zone *z, const struct stamp *at)
{
	if (z->offset == INT_MIN || z->summer.n == 0)
		return z->offset;
	if (at->grain != GRAIN_DAY || at->y == UNKNOWN_YEAR || at->m == 0)
		return INT_MIN;
	return z->offset + (is_summer(z->summer, at) ? 60 : 0);
}
