/* rouge.h - ROUGE-1 and ROUGE-2 F1 (Lin 2004) of sentences against reference texts: lower case, [a-z0-9]+, no stems.
 *
 * A part of the trainer only. Grams are 64-bit hashes.
 */
#ifndef NTAG_ROUGE_H
#define NTAG_ROUGE_H

#include "arena.h"
#include "span.h"

/* Hashes of the tokens of a text, in order. */
struct grams {
	const uint64_t *at;
	size_t n;
};

struct rouge {
	double r1, r2; /* F1, 0 to 1 */
};

struct grams rouge_tokens(struct span text, struct arena *a);

/* The first n_word words, as white space separates them. */
struct span rouge_cut(struct span text, size_t n_word);

/* All of sys against one reference: both are tokens as rouge_tokens() gives them. */
struct rouge rouge_score(struct grams sys, struct grams reference, struct arena *a);

#endif
