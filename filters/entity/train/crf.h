/* crf.h - first-order conditional random field, trained by AdaGrad with feature dropout; fixed order, fixed seed. */
#ifndef NTAG_TRAIN_CRF_H
#define NTAG_TRAIN_CRF_H

#include "sets.h"

struct crf {
	uint32_t mask;           /* of rows */
	float (*weight)[SCORES]; /* in nats */
	float move[STATES + 1][STATES + 1];
};

struct crf_how {
	unsigned bits; /* rows: 1 << bits */
	unsigned epochs;
	unsigned runs;    /* the weights are the mean of so many runs, with different seeds */
	float rate, ease; /* step: rate * g / sqrt(sum of g^2 + ease) */
	float drop;       /* share of features left out at random */
	float word_drop;  /* share of capitalised words whose own identity is left out */
	bool look_twice;  /* history is that of the whole document, as when tagging */
	uint64_t seed;
};

/* Numbers from 0 to 2^32 - 1 (xorshift64*). */
uint32_t train_random(uint64_t *seed);

/* Train on all samples; memory from the heap, kept. */
void crf_train(struct crf *c, const struct samples *all, const struct crf_how *how);

#endif
