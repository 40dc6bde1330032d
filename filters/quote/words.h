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
	W_AUXED = 1 << 26,    /* pronoun and auxiliary in one token: they've, I'll */
	W_CUE = 1 << 27,      /* some verb cue begins with it (cues.h) */
	W_GROUP = 1 << 28,    /* of the nominals those that name a body: ministry, party */
	W_FIRST = 1 << 29,    /* first name (firstnames.tsv) */
	W_CUE_NOUN = 1 << 30, /* some noun or prepositional cue begins with it */
	W_AUX = W_BE | W_HAVE | W_DO | W_MODAL,
};

/* A class by its name in the tables ("DET"), or 0. */
uint32_t words_class(struct span name);

/* Add all words of the tables to l (memory of a). */
void words_fill(struct lexicon *l, struct arena *a);

/* Class and shape of a word at token t; for what is no word only the punctuation. */
void words_node(const struct lexicon *l, struct span text, const struct token *t, struct node *n);

#endif
