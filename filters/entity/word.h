/* word.h - what is known about a word by itself: shape, ends, cluster, lists. Never looks at its neighbours.
 *
 * Facts depend on the bytes of the word, on the compiled-in lists and on the model alone.
 */
#ifndef NTAG_ENTITY_WORD_H
#define NTAG_ENTITY_WORD_H

#include <stdint.h>

#include <stdbool.h>

#include "span.h"

enum {
	WORD_START = 16,   /* bytes kept in the word itself */
	WORD_LEN_MAX = 64, /* bytes of a word that are looked at; longer words are cut there */
	WORD_HEADS = 3,    /* beginnings of 2, 3, 4 characters */
	WORD_TAILS = 4,    /* ends of 1, 2, 3, 4 characters */
	WORD_CLUSTERS = 3, /* coarse, middle, fine */
	WORD_CODES = 10,   /* pieces of the vector of the word */
};

enum word_flag {
	WORD_CAP = 1,     /* first character is upper case */
	WORD_UPPER = 2,   /* two or more letters, all upper case */
	WORD_ALPHA = 4,   /* has a letter */
	WORD_LONG = 8,    /* more than three characters */
	WORD_INNER = 16,  /* an upper-case letter behind a lower-case first one: "iPhone" */
	WORD_FIGURE = 64, /* first character is a digit */
	WORD_LOWER = 32,  /* first character is a lower-case letter */
};

/* Where a word stands when its features are summed once and for all (features.h). */
enum role {
	ROLE_SELF,
	ROLE_BEFORE, /* next to the token in question, */
	ROLE_AFTER,
	ROLE_BEFORE2, /* two away, */
	ROLE_AFTER2,
	ROLE_FAR_BEFORE, /* three or four away from a word in lower case, */
	ROLE_FAR_AFTER,
	ROLE_FAR_BEFORE_CAP, /* from a capitalised one, */
	ROLE_FAR_AFTER_CAP,
	ROLE_ELSE_BEFORE, /* next to another occurrence of the token in the document */
	ROLE_ELSE_AFTER,
	N_ROLE
};

enum {
	N_CLASS = 8,
	SCORES = 4 * N_CLASS
}; /* B I L U of each class (model.h); O is the zero they are measured against */

/* Weights of all features of a word in each role. */
struct sums {
	int16_t of[N_ROLE][SCORES];
};

/* What one document knows about a word whatever its case (vocab.h). */
struct stem {
	struct stem *next;           /* of the same bucket */
	uint64_t key;                /* hash of the word in lower case */
	uint32_t doc;                /* the document the rest is about */
	bool lower;                  /* seen in lower case */
	bool cap_inside;             /* seen capitalised inside a sentence of ordinary style */
	uint32_t first, last;        /* occurrences with a capital: first and last token */
	uint32_t n;                  /* number of them */
	uint16_t label[N_CLASS + 1]; /* how often its tokens were of each class, of none */
};

struct word {
	/* What looking a word up and scanning a text touch: one cache line. */
	struct word *next; /* of the same bucket */
	uint64_t key;      /* hash of its bytes */
	struct stem *stem;
	char start[WORD_START]; /* its first bytes, filled up with NUL */
	uint8_t len;
	uint8_t flags;     /* set of enum word_flag */
	uint8_t longest;   /* most words of a listed name that starts with this one */
	uint32_t kind;     /* set of 1 << enum kind (kind.h) */
	uint16_t lists;    /* set of enum list: name lists that have the word alone (gaz.h) */
	uint16_t summed;   /* roles whose sum is there */
	struct sums *sums; /* NULL: none yet */

	const char *p;
	uint64_t exact, lower; /* hashes; digits count as 0, curly apostrophes as ' */
	uint64_t title;        /* hash of "London" for "LONDON"; else as exact */
	uint32_t shape, long_shape;
	uint32_t head[WORD_HEADS], tail[WORD_TAILS]; /* 0: the word is shorter */
	uint16_t cluster[WORD_CLUSTERS];             /* 0: unknown */
	uint8_t code[WORD_CODES];                    /* if the clusters are known */
};

/* Mixes 64 bits well (finaliser of MurmurHash3, public domain). */
static inline uint64_t
word_mix(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdULL;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53ULL;
	return h ^ h >> 33;
}

/* Order matters: (a, b) differs from (b, a). */
static inline uint64_t
word_pair(uint64_t a, uint64_t b)
{
	return word_mix(a * 0x9E3779B97F4A7C15ULL + b);
}

/* Fill in the facts that need neither lists nor model; the rest of w is left alone. */
void word_facts(struct word *w, struct span s);

#endif
