/* sets.h - training documents: JSON Lines with "text" and "ents" -> passages with the states they should get.
 *
 * Data sets differ in what they mark; the rules of TRAINING bring them to one habit.
 */
#ifndef NTAG_TRAIN_SETS_H
#define NTAG_TRAIN_SETS_H

#include "../type.h"

struct sample {
	struct passage p;
	uint64_t *may; /* the states that each token may have as far as the gold standard says */
	uint32_t *row; /* features of all open tokens, */
	uint32_t *row_start;     /* from [i] to [i + 1], */
	uint8_t *n_pair;         /* the pairs first (features.h) */
	struct names_found fine; /* names whose label is known */
	float weight;
};

struct samples {
	struct sample *at;
	size_t n, cap;
};

/* Read file by the rules of set ("ewt", "btc", "wnut", "crossner", "redocred", "gmb", "wikigold", "own") and append its
 * documents. Words are those of v, which keeps them all. Ends the program on a fault. */
void sets_read(struct samples *out, const char *set, const char *file, float weight,
    struct vocab *v, struct arena *a);

#endif
