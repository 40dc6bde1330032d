/* lanes.h - sums of the sixteen weights of many rows, eight at a time. */
#ifndef NTAG_ENTITY_LANES_H
#define NTAG_ENTITY_LANES_H

#include <string.h>

#include "model.h"

/* GNU C vectors become whatever the machine has. */
typedef int16_t lanes __attribute__((vector_size(16)));
typedef int8_t bytes __attribute__((vector_size(8)));

struct sum {
	lanes low, high;
};

static inline void
sum_load(struct sum *s, const int16_t at[SCORES])
{
	memcpy(&s->low, at, sizeof(s->low));
	memcpy(&s->high, at + SCORES / 2, sizeof(s->high));
}

static inline void
sum_store(const struct sum *s, int16_t at[SCORES])
{
	memcpy(at, &s->low, sizeof(s->low));
	memcpy(at + SCORES / 2, &s->high, sizeof(s->high));
}

static inline void
sum_add(struct sum *s, const int16_t at[SCORES])
{
	struct sum x;

	sum_load(&x, at);
	s->low += x.low;
	s->high += x.high;
}

static inline void
sum_row(struct sum *s, const struct row *row)
{
	bytes low, high;

	memcpy(&low, row->w, sizeof(low));
	memcpy(&high, row->w + SCORES / 2, sizeof(high));
	s->low += __builtin_convertvector(low, lanes);
	s->high += __builtin_convertvector(high, lanes);
}

#endif
