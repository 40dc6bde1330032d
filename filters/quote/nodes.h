/* nodes.h - the document with its stretches masked: nodes and the sentences over them.
 *
 * Sentence ends are those of the record (record_sents()); ends inside a stretch are ignored. A stretch that
 * closes in . ? or ! ends a sentence if a capital, a digit or another stretch follows (sentence.soft: what follows may still be
 * "John said.").
 */
#ifndef NTAG_QUOTE_NODES_H
#define NTAG_QUOTE_NODES_H

#include "quote/words.h"

enum {
	SENTENCE_MAX =
	    400, /* nodes: longer sentences are cut, so that work within one is bounded (FAULTS A36) */
};

/* Fill d->nodes and d->sents; needs d->stretches. */
void nodes_find(struct doc *d, const struct word_table *words);

/* The stretch of node i, or NULL. */
static inline const struct stretch *
node_stretch(const struct doc *d, uint32_t i)
{
	const struct node *n = &d->nodes.at[i];

	return n->shape & SHAPE_QUOTE ? &d->stretches.at[n->stretch] : NULL;
}

/* The sentence that node i lies in; d->sents.n if none. Binary search. */
uint32_t node_sentence(const struct doc *d, uint32_t i);

#endif
