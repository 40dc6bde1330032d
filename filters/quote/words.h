/* words.h - classes of common words, from data/words.tsv, titles.tsv and nominals.tsv; never looks at context.
 *
 * One look-up by token hash a word. A word may be in several classes; which of them it is
 * in a sentence is decided by the stages that ask. Adding a word or a row needs no C.
 */
#ifndef NTAG_QUOTE_WORDS_H
#define NTAG_QUOTE_WORDS_H

#include "arena.h"
#include "lexicon.h"
#include "quote/doc.h"
#include "table.h"

enum word_class {
	W_DET = 1 << 0,  /* begins a noun phrase: the, a, some */
	W_POSS = 1 << 1, /* his, their */
	W_PREP = 1 << 2,
	W_AND = 1 << 3, /* and, or */
	W_BUT = 1 << 4,
	W_THAT = 1 << 5,
	W_SUB = 1 << 6,    /* begins a subordinate clause: because, although */
	W_REL = 1 << 7,    /* who, which */
	W_WH = 1 << 8,     /* what, how, whether */
	W_PRON = 1 << 9,   /* subject pronoun */
	W_OBJ = 1 << 10,   /* object pronoun */
	W_INDEF = 1 << 11, /* stands alone as a noun phrase: many, everyone */
	W_BE = 1 << 12,
	W_HAVE = 1 << 13,
	W_DO = 1 << 14,
	W_MODAL = 1 << 15,
	W_NEG = 1 << 16,
	W_ADV = 1 << 17,
	W_TIME = 1 << 18,    /* Monday, week, yesterday */
	W_VERB = 1 << 19,    /* form of a verb that can be finite: went, makes */
	W_TITLE = 1 << 20,   /* before a name: Mr, President */
	W_NOMINAL = 1 << 21, /* a speaker without a name: official, police, report */
	W_DOC = 1 << 22,     /* of those the ones that are written: report, poll */
	W_MALE = 1 << 23,
	W_FEMALE = 1 << 24,
	W_PLURAL = 1 << 25,
	W_AUXED = 1 << 26, /* pronoun and auxiliary in one token: they've, I'll */
	W_CUE = 1 << 27,   /* some verb cue begins with it (cues.h) */
	W_GROUP =
	    1 << 28, /* names a body or a thing rather than a person: ministry, party, airport */
	W_FIRST = 1 << 29,    /* first name (firstnames.tsv) */
	W_CUE_NOUN = 1 << 30, /* some noun or prepositional cue begins with it */
	W_AUX = W_BE | W_HAVE | W_DO | W_MODAL,
};

/* Words by token hash: flat, so that a look-up costs one line of cache. A word of the text that is in no table is taken
 * for one with a chance of n / 2^32, n = 8,192 at most: less than once in 500,000 words not seen before. */
struct word_table {
	struct word_entry {
		uint32_t hash; /* 0: free */
		uint32_t cls; /* and W_PASSED: a word whose place this would be stands further on */
	} * at;
	uint32_t mask;
	uint32_t n; /* places taken; at most half of them */
};

#define W_PASSED (1U << 31)

/* Or bits to the classes of a word. */
void quote_words_add(struct word_table *w, struct span word, uint32_t bits);

/* Have the cache fetch what words_of() will need. */
static inline void
words_fetch(const struct word_table *w, const struct token *t)
{
	__builtin_prefetch(&w->at[t->hash & w->mask]);
}

/* Classes of the word at token t. Most words are where their hash says or nowhere; which of the two is a guess that a
 * machine often loses, so it is computed rather than jumped by. */
static inline uint32_t
words_of(const struct word_table *w, const struct token *t)
{
	uint32_t i = t->hash & w->mask;
	struct word_entry e = w->at[i];
	uint32_t other = -(uint32_t)(e.hash != t->hash);

	if ((e.cls & other & W_PASSED) != 0) {
		do {
			i = (i + 1) & w->mask;
			e = w->at[i];
		} while (e.hash != t->hash && e.hash != 0);
		other = 0; /* a free place has no class */
	}
	return e.cls & ~other & ~W_PASSED;
}

/* What a word in a cell of a table stands for. */
struct word_bit {
	const char *word;
	uint32_t bit; /* or several */
};

/* The bits of a cell "a,b,c"; names end with a NULL word. Unknown words have none. */
uint32_t words_bits(struct span cell, const struct word_bit *names);

/* Classes by their names in the tables ("DET"), or 0. */
uint32_t words_class(struct span name);

/* All words of the tables; memory of a. */
struct word_table *quote_words_new(struct arena *a);

/* Punctuation of more than one byte by one letter: all dashes are '-', the horizontal ellipsis is '.'. */
char words_punct(struct span w);

/* Four bytes as they stand in the text, the first one lowest. */
static inline uint32_t
words_low_first(uint32_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap32(v);
#else
	return v;
#endif
}

/* Class and shape of a word in lower case by its ending, as in enum shape; those in -ly that no table has are adverbs.
 * Without jumps, as for words_of(). */
static inline void
words_ending(struct span text, const struct token *t, uint32_t known, struct node *n)
{
	const uint32_t ed = 'e' << 8 | (uint32_t)'d' << 16,
		       ing = 'i' | 'n' << 8 | (uint32_t)'g' << 16,
		       ly = 'l' << 8 | (uint32_t)'y' << 16;
	uint32_t at = t->start + t->len, end = 0, two, before, ends_s;

	if (at > 3) {
		memcpy(&end, text.p + at - 4, 4); /* the word's last three bytes above */
		end = words_low_first(end) >> 8;
	}
	end &= -(uint32_t)(t->len > 3);
	two = end & 0xFFFF00;
	before = two >> 8 & 0x1F; /* letters of one case differ in these bits */
	/* no word in -ss, -us, -is */
	ends_s = (uint32_t)(end >> 16 == 's') & ~(1U << 19 | 1U << 21 | 1U << 9) >> before;
	n->shape = (uint8_t)(SHAPE_WORD | (uint32_t)(two == ed) * SHAPE_ED |
			     (uint32_t)((t->len > 4) & (end == ing)) * SHAPE_ING |
			     (ends_s & 1U) * SHAPE_S);
	n->cls = known | (uint32_t)((known == 0) & (t->len > 4) & (two == ly)) * W_ADV;
}

/* "WHO", "IT", "US" among words that are not all in capitals: letters, none of the small words. */
static inline bool
words_letters(const struct token *t, bool next)
{
	return (t->flags & TOKEN_CAPS) != 0 && (t[-1].flags & TOKEN_CAPS) == 0 &&
	       !(next && (t[1].flags & TOKEN_CAPS) != 0);
}

/* Class and shape of a word at token t; for what is no word only the punctuation. Returns the class. */
static inline uint32_t
words_node(const struct word_table *table, struct span text, const struct token *t, struct node *n)
{
	uint32_t known;

	n->stretch = 0;
	n->punct = 0;
	if (t->kind == TOKEN_PUNCT) {
		n->shape = 0;
		n->punct = t->len == 1 ? (char)t->first : words_punct(token_span(text, t));
		n->cls = n->punct == '&' ? W_AND : 0;
		return n->cls;
	}
	known = t->kind == TOKEN_WORD ? words_of(table, t) : 0;
	if (t->kind == TOKEN_WORD && (t->flags & (TOKEN_POSS | TOKEN_UPPER)) == 0) {
		words_ending(text, t, known, n);
		return n->cls;
	}
	n->cls = known;
	if (t->flags & TOKEN_POSS)
		n->shape = SHAPE_WORD | SHAPE_POSS;
	else
		n->shape = SHAPE_WORD | (t->kind == TOKEN_NUMBER ? SHAPE_NUMBER : SHAPE_UPPER);
	return n->cls;
}

#endif
