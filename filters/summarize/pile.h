/* pile.h - what is kept of the documents of a group, or of a day of a group: counts, word sums, the best sentences.
 *
 * Everything in a pile is a sum of whole numbers or the first k of a total order, so merging piles is associative and
 * commutative: in whatever order and pieces documents come, the same pile results. Its size is bounded whatever
 * the number of documents. Memory is the heap's: a pile outlives the records.
 */
#ifndef NTAG_PILE_H
#define NTAG_PILE_H

#include <stdint.h>

#include "buf.h"
#include "span.h"

enum {
	PILE_BUCKETS =
	    1
	    << 18, /* of words, by the first bits of the hash of the stem: two of 2,000 words share
				 * one with a chance of 1 in 130, and then count as one */
	PILE_SENTENCES = 400,
	PILE_DOCS = 1000,
	PILE_TEXT_MAX = 4000, /* bytes; longer sentences are not kept */
};

#define PILE_NO_DAY INT32_MIN

/* What is counted of a day by a timeline. */
enum pile_count {
	COUNT_PUBLISHED,  /* documents of that day */
	COUNT_MENTIONERS, /* documents that mention it */
	COUNT_LATER,      /* sentences that do in documents of more than a week later */
	N_COUNT
};

/* A sentence that may be chosen. */
struct cand {
	int32_t score;         /* what its document says for it, in thousandths */
	uint32_t n;            /* its number there */
	int32_t day;           /* of its document; PILE_NO_DAY */
	uint32_t n_id, n_text; /* bytes */
	char bytes[];          /* the id as JSON, then the text */
};

struct pile_word {
	uint32_t bucket; /* + 1; 0: a free place */
	uint32_t n_doc;
	uint64_t sum;
};

struct pile_text {
	char *p;
	size_t n;
};

struct pile {
	struct pile_text topic;
	int32_t day; /* PILE_NO_DAY: the group itself */
	uint64_t n_doc;
	uint64_t count[N_COUNT];
	int32_t first, last;    /* days of documents; PILE_NO_DAY: none had one */
	struct pile_word *word; /* open addressing */
	size_t n_word, room_word;
	struct cand **cand; /* sorted up to n_sorted, the best first */
	size_t n_cand, room_cand, n_sorted;
	struct pile_text *doc; /* ids as JSON; the same */
	size_t n_doc_kept, room_doc, n_doc_sorted;
};

/* All piles of a run, by topic and day. */
struct piles {
	struct pile **at; /* open addressing */
	size_t n, room;
};

/* That pile, made if there is none. */
struct pile *piles_get(struct piles *p, struct span topic, int32_t day);

/* Add all of from to into; from is empty afterwards. */
void piles_merge(struct piles *into, struct piles *from);

/* Take the piles out, sorted by topic (bytes), then day, the group itself first; *n of them. Free the array and each pile. */
struct pile **piles_take(struct piles *p, size_t *n);

void piles_free(struct piles *p);

/* One alone. */
struct pile *pile_new(struct span topic, int32_t day);
void pile_merge(
    struct pile *into, struct pile *from); /* from keeps its topic and day, else it is empty */
void pile_free(struct pile *p);

void pile_add_word(struct pile *p, uint32_t stem, uint32_t n_doc, uint64_t sum);
void pile_add_bucket(struct pile *p, uint32_t bucket, uint32_t n_doc, uint64_t sum);
void pile_add_doc(struct pile *p, struct span id);
void pile_add_day(struct pile *p, int32_t day); /* of a document: first and last */
void pile_add_sentence(struct pile *p, const struct cand *like, struct span id, struct span text);

/* What was added for a stem; NULL: nothing. */
const struct pile_word *pile_word(const struct pile *p, uint32_t stem);

/* Sort and cut what is kept, before it is read. */
void pile_settle(struct pile *p);

static inline struct span
pile_span(struct pile_text t)
{
	return (struct span){ t.p, t.n };
}

static inline struct span
cand_id(const struct cand *c)
{
	return (struct span){ c->bytes, c->n_id };
}

static inline struct span
cand_text(const struct cand *c)
{
	return (struct span){ c->bytes + c->n_id, c->n_text };
}

#endif
