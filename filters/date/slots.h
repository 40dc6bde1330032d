/* slots.h - what a time expression says, piece by piece, before it is resolved to a value.
 *
 * Words, shapes and patterns fill slots (tables in data/ name them in lower case: "year", "n2"); resolve.c
 * reads them. A slot that was not filled is absent.
 */
#ifndef NTAG_DATE_SLOTS_H
#define NTAG_DATE_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

enum slot {
	S_NONE,
	S_ERA,     /* 1: BC */
	S_CENTURY, /* 19 = the 1900s */
	S_DECADE,  /* 199 = the 1990s; 90..99 and so on: of a century to be found */
	S_YEAR,
	S_YY,      /* two digits of a year */
	S_HALF,    /* 1, 2 */
	S_QUARTER, /* 1..4 */
	S_SEASON,  /* enum season */
	S_MONTH,
	S_WEEK,
	S_WEND, /* 1: a weekend */
	S_WDAY, /* 1 = Monday .. 7; 8: working day */
	S_DAY,
	S_HOLIDAY, /* row of holidays.tsv */
	S_PART,    /* enum part */
	S_HOUR,
	S_MIN,
	S_SEC,
	S_AMPM,   /* 1 = a.m., 2 = p.m. */
	S_ZONE,   /* row of zones.tsv */
	S_OFFSET, /* minutes east of Greenwich, plus 10000 */
	S_REL,    /* units from the reference: -1 last, 0 this, 1 next */
	S_UNIT,   /* enum unit */
	S_N,
	S_FRAC, /* hundredths added to N */
	S_UNIT2,
	S_N2,
	S_UNIT3,
	S_N3,
	S_ORD,    /* first = 1; last = -1 */
	S_MOD,    /* enum mod */
	S_DIR,    /* -1 ago, 1 later */
	S_ANCHOR, /* enum anchor: what the expression counts from */
	S_REF,    /* enum ref */
	S_FISCAL, /* 1: of a fiscal year */
	S_FREQ,   /* times */
	S_QUANT,  /* enum quant */
	S_VAGUE,  /* 1: number unknown ("several") */
	S_KIND,   /* what shape a day number had: 1 ordinal, 2 plain digits */
	S_ORDER,  /* day and month may change places: 1; 2: rather the day first */
	S_PLURAL,
	S_ONE,   /* 1: the number was said as "a", "an" */
	S_SKIP,  /* 1: the day beside the reference is not meant: "last Friday" on a Saturday */
	S_SPLIT, /* digits behind the point of seconds: how many, times 1000, plus their number */
	N_SLOT,
};

enum unit {
	U_SECOND = 1,
	U_MINUTE,
	U_HOUR,
	U_DAY,
	U_WEEK,
	U_MONTH,
	U_QUARTER,
	U_YEAR,
	U_DECADE,
	U_CENTURY,
	U_MILLENNIUM,
	U_WEEKEND,
	U_NIGHT,
	U_MORNING,
	U_SEASON,
	U_HALF,
	N_UNIT
};
enum part {
	PART_MORNING = 1,
	PART_MIDDAY,
	PART_AFTERNOON,
	PART_EVENING,
	PART_NIGHT,
	PART_DAYTIME,
	N_PART
};
enum season { SEASON_SPRING = 1, SEASON_SUMMER, SEASON_AUTUMN, SEASON_WINTER, N_SEASON };
enum mod {
	MOD_START = 1,
	MOD_MID,
	MOD_END,
	MOD_APPROX,
	MOD_BEFORE,
	MOD_AFTER,
	MOD_ON_OR_BEFORE,
	MOD_ON_OR_AFTER,
	MOD_LESS_THAN,
	MOD_MORE_THAN,
	MOD_EQUAL_OR_LESS,
	MOD_EQUAL_OR_MORE,
	N_MOD
};
enum anchor { ANCHOR_DOC, ANCHOR_MENTION, ANCHOR_EITHER };
enum ref { REF_PRESENT = 1, REF_PAST, REF_FUTURE, N_REF };
enum quant { QUANT_EVERY = 1, QUANT_EACH, N_QUANT };

struct slots {
	uint64_t set; /* 1 << enum slot */
	int32_t v[N_SLOT];
};

static inline bool
slots_has(const struct slots *s, enum slot k)
{
	return s->set >> k & 1;
}

/* The value, or other if absent. */
static inline int32_t
slots_or(const struct slots *s, enum slot k, int32_t other)
{
	return slots_has(s, k) ? s->v[k] : other;
}

static inline void
slots_put(struct slots *s, enum slot k, int32_t v)
{
	s->set |= (uint64_t)1 << k;
	s->v[k] = v;
}

static inline void
slots_drop(struct slots *s, enum slot k)
{
	s->set &= ~((uint64_t)1 << k);
}

/* The slot of that name, or S_NONE. */
enum slot slot_find(struct span name);

/* Can each slot hold the value that it has? What it means together resolve.c sees. */
bool slots_sane(const struct slots *s);

#endif
