/* slots.c - slots by name, and which values they can hold. */
#include "slots.h"

#include "calendar.h"

/* In the order of enum slot. Bounds keep tables of resolve.c and its sums safe from what a user's row may say;
 * of a day and a month written as numbers either may be the other. */
enum { FAR = 10000000, MANY = 999999999 };

static const struct {
	const char *name;
	int32_t min, max;
} slots[N_SLOT] = {
	{ "none", 0, 0 },
	{ "era", 0, 1 },
	{ "century", -FAR, FAR },
	{ "decade", 0, CAL_YEAR_MAX },
	{ "year", 0, CAL_YEAR_MAX },
	{ "yy", 0, 99 },
	{ "half", -FAR, FAR },
	{ "quarter", -FAR, FAR },
	{ "season", 1, N_SEASON - 1 },
	{ "month", 1, 31 },
	{ "week", 1, 53 },
	{ "wend", 0, 1 },
	{ "wday", 1, 8 },
	{ "day", 1, 31 },
	{ "holiday", 0, FAR },
	{ "part", 1, N_PART - 1 },
	{ "hour", 0, FAR },
	{ "min", 0, FAR },
	{ "sec", 0, FAR },
	{ "ampm", 1, 2 },
	{ "zone", 0, FAR },
	{ "offset", 9000, 11000 },
	{ "rel", -FAR, FAR },
	{ "unit", 1, N_UNIT - 1 },
	{ "n", -MANY, MANY },
	{ "frac", 0, 99 },
	{ "unit2", 1, N_UNIT - 1 },
	{ "n2", -MANY, MANY },
	{ "unit3", 1, N_UNIT - 1 },
	{ "n3", -MANY, MANY },
	{ "ord", -FAR, FAR },
	{ "mod", 0, N_MOD - 1 },
	{ "dir", -1, 1 },
	{ "anchor", ANCHOR_DOC, ANCHOR_EITHER },
	{ "ref", 0, N_REF - 1 },
	{ "fiscal", 0, 1 },
	{ "freq", -FAR, FAR },
	{ "quant", 0, N_QUANT - 1 },
	{ "vague", -FAR, FAR },
	{ "kind", -FAR, FAR },
	{ "order", 0, 2 },
	{ "plural", -FAR, FAR },
	{ "one", 0, 1 },
	{ "skip", 0, 1 },
	{ "split", 1000, 3999 },
};

enum slot
slot_find(struct span name)
{
	for (int k = 1; k < N_SLOT; k++)
		if (name.n > 0 && slots[k].name[0] == name.p[0] && span_is(name, slots[k].name))
			return (enum slot)k;
	return S_NONE;
}

bool
slots_sane(const struct slots *s)
{
	for (uint64_t rest = s->set; rest != 0; rest &= rest - 1) {
		int k = __builtin_ctzll(rest);

		if (s->v[k] < slots[k].min || s->v[k] > slots[k].max)
			return false;
	}
	return true;
}
