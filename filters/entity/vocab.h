/* vocab.h - the words that one worker has met, so that each is looked at once and not at each occurrence.
 *
 * A full or an empty store gives the same results (filter.h, worker_open): facts depend on the bytes of the
 * word, the lists and the model alone, and what is counted about a document dies with it.
 */
#ifndef NTAG_ENTITY_VOCAB_H
#define NTAG_ENTITY_VOCAB_H

#include "arena.h"
#include "word.h"

struct model;
struct kinds;

enum { VOCAB_KEEP = 1 << 14 }; /* words kept from one document to the next: about 8 MB */

struct vocab {
	struct arena arena;
	const struct model *model;
	const struct kinds *kinds;
	struct word **bucket;
	struct stem **stem;
	size_t n_bucket, n;  /* power of two, of both; words */
	size_t keep;         /* VOCAB_KEEP; the trainer keeps all */
	uint32_t doc;        /* number of the document, from 1 */
	struct word nothing; /* the word beyond the ends of a sentence */
	struct stem no_stem;
};

void vocab_init(struct vocab *v, const struct model *m, const struct kinds *k);
void vocab_free(struct vocab *v);

/* Begin a document: forgets the words when there are many, and what stems knew. */
void vocab_begin(struct vocab *v);

/* The word with these bytes; it lives until the next vocab_begin(). */
struct word *vocab_get(struct vocab *v, struct span s);

/* The same in two steps, so that a caller can have the words it will want on their way to the cache. */
uint64_t vocab_key(struct span s);
struct word *vocab_find(struct vocab *v, struct span s, uint64_t key);

static inline void
vocab_fetch(const struct vocab *v, uint64_t key)
{
	__builtin_prefetch(&v->bucket[key & (v->n_bucket - 1)]);
}

static inline void
vocab_fetch_word(const struct vocab *v, uint64_t key)
{
	__builtin_prefetch(v->bucket[key & (v->n_bucket - 1)]);
}

/* Room for the sums of one word; it lives as long as the word. */
struct sums *vocab_sums(struct vocab *v);

/* The stem of w, emptied if it still is that of an older document. */
struct stem *vocab_stem(const struct vocab *v, const struct word *w);

#endif
