/* words.h - the vocabulary: which classes a word has, with which value; shapes of digits; classes by name.
 *
 * A class is an upper-case name of the tables ("MONTH"). Words get classes from words.tsv, zones.tsv and
 * holidays.tsv; patterns.tsv names classes and single words. Each class and each single word that a
 * pattern names is an atom; words with the same atoms are one symbol, the alphabet of the matcher.
 * Built once when the filter opens; immutable afterwards.
 */
#ifndef NTAG_DATE_WORDS_H
#define NTAG_DATE_WORDS_H

#include "arena.h"
#include "slots.h"
#include "table.h"
#include "token.h"

enum {
	ATOM_MAX = 768,
	ATOM_WORDS = ATOM_MAX / 64,
	SYMBOL_MAX = 2048,
	WORD_MAX = 4096,
	BLOOM_BITS = 1 << 16,
	PHRASE_TOKENS = 6, /* of a row of several words */
	HEADS = 1 << 13,
	SHAPE_PIECES = 12,
	SHAPE_MAX = 128,
};

typedef uint16_t symbol; /* 0: a token that no pattern knows */

struct atoms {
	uint64_t bit[ATOM_WORDS];
};

enum casing { CASE_LOWER, CASE_TITLE, CASE_CAPS, N_CASING };

/* One meaning of a word. */
struct sense {
	uint16_t atom;
	uint8_t slot;  /* where its value goes, by default that of the class; S_NONE: nowhere */
	uint8_t when;  /* set of 1 << enum casing */
	uint8_t slot2; /* of a compound: what its second part says; S_NONE else */
	int32_t value, value2;
};

struct word {
	/* What the lexer reads first. */
	symbol symbol[N_CASING];
	uint8_t n_token;
	bool numeric;  /* counts: "three", "hundred" */
	bool dotted;   /* an abbreviation: a full stop behind it belongs to it */
	uint32_t next; /* longer phrases with the same first token come first; 0 ends */
	uint32_t hash; /* of its first token */
	uint32_t first_sense, n_sense;
	uint32_t hashes[PHRASE_TOKENS];
	struct span text; /* as the table has it */
};

struct shape_piece {
	uint8_t kind; /* enum slot, or S_NONE for a literal */
	uint8_t min, max;
	char c;
};

struct shape {
	struct span text;
	uint16_t atom;
	symbol symbol;
	uint8_t n;
	struct shape_piece piece[SHAPE_PIECES];
};

struct words;

struct words *words_new(struct arena *a);

/* Load a table. On a slip false, with where and why. */
struct slip {
	const char *table;
	size_t line, column;
	struct span what;
};
bool words_load(struct words *w, const char *name, struct span text, struct slip *slip);
/* Words made of two, for each pair of words of two classes. */
bool words_load_compounds(struct words *w, const char *name, struct span text, struct slip *slip);
bool words_load_shapes(struct words *w, const char *name, struct span text, struct slip *slip);

/* Add one word by hand: holidays, zones. */
void words_add(
    struct words *w, struct span text, struct span class_name, int32_t value, unsigned when);

/* Number of the class or word as an atom; made if it is new. Upper case: a class. */
uint16_t words_atom(struct words *w, struct span name);
/* The same, but UINT16_MAX if it is new. */
uint16_t words_atom_known(const struct words *w, struct span name);
/* False: a class that no table gives to a word. */
bool words_class_known(const struct words *w, struct span name);
/* What did not fit, of all that was added or given a symbol; NULL: nothing. */
const char *words_refused(const struct words *w);

/* The slot that the class writes to by default. */
enum slot words_slot(const struct words *w, uint16_t atom);

/* All tables and patterns are in: give out the symbols. */
void words_close(struct words *w);

/* --- used by lex.c and match.c */

/* Index of the word for the token, the longest phrase first; 0 if none. *n receives its tokens. */
uint32_t words_find(const struct words *w, const struct tokens *t, size_t i, size_t *n);
/* The word for the token alone if nothing longer can start with it, in one look; 0: ask words_find(). */
struct head {
	uint32_t hash;
	uint16_t word; /* longest phrase first */
	bool simple;   /* one word, no phrase, no abbreviation, no number */
	symbol symbol[N_CASING];
};
const struct sense *words_sense(const struct words *w, const struct word *x, uint16_t atom);
const struct shape *words_shapes(const struct words *w, size_t *n);
/* Sets of SHAPE_MAX bits: the shapes that may begin with digits and this byte behind them, or, without digits, with it. */
const uint64_t *words_shapes_at(const struct words *w, bool digits, unsigned char byte);
/* The symbol of a word that is in no table: 0, or UPWORD with a capital letter. */
symbol words_other(const struct words *w, enum casing c);
symbol words_number(const struct words *w, unsigned classes);
size_t words_symbols(const struct words *w);
uint32_t words_count(const struct words *w);

/* A set of hashes in which one look may find too much, never too little: two bits of one element for each. With one
 * bit a word as frequent as "the" only has to fall on another's to cost half of the time. */
static inline uint64_t
bloom_mask(uint32_t hash)
{
	return (uint64_t)1 << (hash & 63) | (uint64_t)1 << (hash >> 26);
}

static inline bool
in_bloom(const uint64_t *bloom, uint32_t hash)
{
	uint64_t mask = bloom_mask(hash);

	return (bloom[(hash & (BLOOM_BITS - 1)) >> 6] & mask) == mask;
}

static inline void
set_bloom(uint64_t *bloom, uint32_t hash)
{
	bloom[(hash & (BLOOM_BITS - 1)) >> 6] |= bloom_mask(hash);
}

/* What is asked for each token, without a call: the first member of struct words. */
struct words_read {
	const uint64_t *bloom; /* of the hashes of all tokens in words */
	const struct head *head;
	const struct word *word;
	const struct atoms *symbol;
};

static inline const struct words_read *
words_read(const struct words *w)
{
	return (const struct words_read *)(const void *)w;
}

/* By token hash; a bit that is off: surely no word. */
static inline const uint64_t *
words_bloom(const struct words *w)
{
	return words_read(w)->bloom;
}

static inline const struct word *
words_at(const struct words *w, uint32_t i)
{
	return &words_read(w)->word[i];
}

/* Where the words are that begin with a token of this hash, or a free place. */
static inline const struct head *
words_place(const struct words *w, uint32_t hash)
{
	const struct head *head = words_read(w)->head;
	uint32_t at = (hash ^ hash >> 15) & (HEADS - 1);

	while (head[at].word != 0 && head[at].hash != hash)
		at = (at + 1) & (HEADS - 1);
	return &head[at];
}

/* NULL: no word starts so. */
static inline const struct head *
words_head(const struct words *w, uint32_t hash)
{
	const struct head *h = words_place(w, hash);

	return h->word == 0 ? NULL : h;
}

static inline bool
words_symbol_has(const struct words *w, symbol s, uint16_t atom)
{
	return words_read(w)->symbol[s].bit[atom >> 6] >> (atom & 63) & 1;
}

/* Does the symbol have any of these atoms? */
static inline bool
words_symbol_meets(const struct words *w, symbol s, const struct atoms *any)
{
	const struct atoms *has = &words_read(w)->symbol[s];
	uint64_t common = 0;

	for (int i = 0; i < ATOM_WORDS; i++)
		common |= has->bit[i] & any->bit[i];
	return common != 0;
}

/* Classes of a number as digits or in words; a set of them is an index for words_number(). */
enum number_class {
	NC_NUM = 1,       /* any cardinal */
	NC_INT = 2,       /* digits alone */
	NC_DNUM = 4,      /* 1..31, at most two digits */
	NC_HOUR = 8,      /* 0..24, at most two digits */
	NC_YEAR = 16,     /* four digits, 1000..2199 */
	NC_YY = 32,       /* two digits */
	NC_HHMM = 64,     /* four digits, a time of day */
	NC_DOT = 128,     /* digits, full stop, two digits below 60: a time of day */
	NC_WORD = 256,    /* in words */
	NC_SPELT = 512,   /* a year in words */
	NC_SHORT = 1024,  /* digits alone, at most four: a year BC */
	NC_MINUTE = 2048, /* two digits below 60 */
	NC_HMM = 4096,    /* three digits, a time of day */
	NC_MYEAR = 8192,  /* a year from 1900 to 2049 that is no round hundred */
	NC_ALL = 16383,
};

#endif
