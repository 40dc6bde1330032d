/* decode.h - the best sequence of states for scored tokens, and how sure it is. Knows nothing of words.
 *
 * Scores are whole numbers, so results do not depend on the machine. States: model.h. A name opens with B or U
 * and closes with L or U of the same class; no other order has a path.
 */
#ifndef NTAG_ENTITY_DECODE_H
#define NTAG_ENTITY_DECODE_H

#include "arena.h"
#include "model.h"

/* Weights of the 16 states of one token against O. */
struct scores {
	int16_t at[SCORES];
};

/* Probabilities of the states of one token. */
struct chances {
	float of[STATES];
};

/* True if state b may follow a; EDGE is outside. */
bool decode_allows(unsigned a, unsigned b);

/* Room for the columns of a decoder; begins as { .arena = a } and is used again for stretch after stretch. */
struct lattice {
	struct arena *arena;
	struct column *at;
	size_t cap;
};

/* state[i]: the best one of token i, given weights of n tokens and the moves of m. */
void decode_best(
    const struct scores *s, size_t n, const struct model *m, uint8_t *state, struct lattice *l);

/* out[i].of[state]: marginal probability by forward-backward; scale is units per nat. */
void decode_marginals(
    const struct scores *s, size_t n, const struct model *m, struct chances *out, struct arena *a);

#endif
