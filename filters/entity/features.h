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
	ROWS_MAX = 128,    /* more than any list below needs; what goes beyond is left out */
	FEATURES_ELSE = 6, /* other occurrences of the word that are looked at */
	FEATURES_ROLES_MAX = 8 + 2 * FEATURES_ELSE + 1,
};

/* Numbers of rows, [0, 2^32): who looks them up masks them. */
struct rows {
	size_t n;
	uint32_t at[ROWS_MAX];
};

/* Values are hashes or small numbers: one multiplication spreads either. */
static inline void
rows_put(struct rows *r, unsigned id, uint64_t value)
{
	if (r->n < ROWS_MAX)
		r->at[r->n++] =
		    (uint32_t)((value + id * 0x9FB21C651E98DF25ULL) * 0x9E3779B97F4A7C15ULL >> 32);
}

/* One row for each member of a set. */
static inline void
rows_put_set(struct rows *r, unsigned id, uint32_t set)
{
	for (; set != 0; set &= set - 1)
		rows_put(r, id, (uint64_t)__builtin_ctz(set));
}

/* Add the rows of w in role to out. */
void features_word(const struct word *w, enum role role, struct rows *out);

struct word_role {
	struct word *w;
	enum role role;
};

/* The words that bear on token i of sentence s, and in which role. */
size_t features_roles(const struct passage *d, const struct stretch *s, uint32_t i,
    struct word_role out[FEATURES_ROLES_MAX]);

/* Add the rows of what token i has together with its neighbours. */
void features_pairs(const struct passage *d, const struct stretch *s, uint32_t i, struct rows *out);

/* Add the rows of what the tagger decided about the same word elsewhere in the document (struct stem). */
void features_history(const struct passage *d, uint32_t i, struct rows *out);

#endif
