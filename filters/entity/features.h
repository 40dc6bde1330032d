/* features.h - what the linear model looks at: rows of its table for one token in its sentence.
 *
 * A feature is hashed to a row of 16 weights. Features of one word in one role (enum role) do not depend on
 * the sentence, so their sum is kept with the word; pairs of words are looked up each time. One list for
 * the tagger and for the trainer, so that they cannot differ.
 */
#ifndef NTAG_ENTITY_FEATURES_H
#define NTAG_ENTITY_FEATURES_H

#include "passage.h"

enum {
	FEATURES_WORD_MAX = 48,   /* of one word in one role */
	FEATURES_PAIRS_MAX = 80,  /* of one token */
	FEATURES_HISTORY_MAX = 8, /* of one token */
	FEATURES_ELSE = 6,        /* other occurrences of the word that are looked at */
	FEATURES_ROLES_MAX = 8 + 2 * FEATURES_ELSE + 1,
};

/* Rows [0, 2^32) of w in role; the caller masks them. Returns their number. */
size_t features_word(const struct word *w, enum role role, uint32_t out[FEATURES_WORD_MAX]);

struct word_role {
	struct word *w;
	enum role role;
};

/* The words that bear on token i of sentence s, and in which role. */
size_t features_roles(const struct passage *d, const struct stretch *s, uint32_t i,
    struct word_role out[FEATURES_ROLES_MAX]);

/* Rows of what token i has together with its neighbours. */
size_t features_pairs(
    const struct passage *d, const struct stretch *s, uint32_t i, uint32_t out[FEATURES_PAIRS_MAX]);

/* Rows of what the tagger decided about the same word elsewhere in the document (struct stem). */
size_t features_history(const struct passage *d, uint32_t i, uint32_t out[FEATURES_HISTORY_MAX]);

#endif
