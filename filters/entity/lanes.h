/* lanes.h - sums of the weights of many rows, eight at a time. */
#ifndef NTAG_ENTITY_LANES_H
#define NTAG_ENTITY_LANES_H

#include <string.h>

#include "model.h"

/* GNU C vectors become whatever the machine has. */
typedef int16_t lanes __attribute__((vector_size(16)));
typedef int8_t bytes __attribute__((vector_size(8)));

enum { LANES = 8, N_LANES = SCORES / LANES };

struct sum {
	lanes part[N_LANES];
};

static inline void
sum_load(struct sum *s, const int16_t at[SCORES])
{
	memcpy(s->part, at, sizeof(s->part));
}

static inline void
sum_store(const struct sum *s, int16_t at[SCORES])
{
	memcpy(at, s->part, sizeof(s->part));
}

static inline void
sum_add(struct sum *s, const int16_t at[SCORES])
{
	struct sum x;

	sum_load(&x, at);
	for (size_t k = 0; k < N_LANES; k++)
		s->part[k] += x.part[k];
}

static inline lanes
lanes_of(const struct row *row, size_t k)
{
	bytes b;

	memcpy(&b, row->w + k * LANES, sizeof(b));
	return __builtin_convertvector(b, lanes);
}

/* Written out: compilers then keep the sums in registers from row to row. */
_Static_assert(N_LANES == 4, "sum_row() adds four parts");

static inline void
sum_row(struct sum *s, const struct row *row)
{
	s->part[0] += lanes_of(row, 0);
	s->part[1] += lanes_of(row, 1);
	s->part[2] += lanes_of(row, 2);
	s->part[3] += lanes_of(row, 3);
}

#endif
