/* sentence_cut.h - the state of one sentence_split(), shared by its steps; not for others.
 *
 *	… said so  .  ”    “  The    next
 *	      ^word ^at ^run ^close ^next ^letter
 *
 * All are bytes of text. The steps: sentence.c (paragraphs, loop), sentence_scan.c (next byte of
 * interest), sentence_stop.c (what stands around it), sentence_rule.c (is it an end?), sentence_list.c.
 */
#ifndef NTAG_SENTENCE_CUT_H
#define NTAG_SENTENCE_CUT_H

#include "sentence.h"
#include "sentence_mark.h"
#include "sentence_word.h"

enum {
	LOOK_WORD =
	    64, /* bytes looked back for the start of a word; a longer one is no abbreviation */
};

/* What stands in the current sentence up to a place; moved on, never back: linear. */
struct tally {
	size_t upto;
	size_t quotes; /* straight double quotation marks */
};

/* "1." "(b)" "iii)" at the start of an item of a run-on list. */
struct item {
	size_t start, end; /* from its bracket or bullet to behind its mark */
	uint16_t value;
	uint8_t style;
	bool real; /* one of a sequence */
};

struct items {
	struct item *at;
	size_t n, cap;
	bool found; /* looked for in this paragraph */
	size_t now; /* first one not yet passed */
};

enum known { UNKNOWN, NO, YES };

struct cut {
	struct span text;
	const struct sentence_how *how;
	size_t para, end; /* of the paragraph, white space cut */
	size_t start;     /* of the sentence */
	struct tally tally;
	struct items items;
	enum known informal; /* of the document: sentences may begin in lower case */
	struct ranges *out;
	struct arena *arena;
};

enum stop_kind { STOP_DOT, STOP_ELLIPSIS, STOP_ASK };

enum follow {
	FOLLOW_STARTER,
	FOLLOW_NAME,
	FOLLOW_DIGIT,
	FOLLOW_LOWER,
	FOLLOW_COMMA,
	FOLLOW_OTHER,
	N_FOLLOW
};

struct stop {
	size_t at, run, close, next;
	size_t word;      /* first byte of the word before, behind its marks */
	unsigned classes; /* of that word */
	enum stop_kind kind;
	bool bang;        /* one single ! */
	bool quoted;      /* a quotation mark closes behind it */
	bool glued;       /* no white space behind it */
	size_t letter;    /* of what follows, behind its marks */
	struct span then; /* the word there */
	unsigned then_classes;
	enum follow follow;
	bool opens, opens_quote; /* marks before letter */
};

/* Gather what stands around the stop at byte at. False: no sentence can end there; s->run says where to go on. */
bool sentence_stop(struct cut *c, size_t at, struct stop *s);

/* Does a sentence end at this stop? */
bool sentence_rule(struct cut *c, const struct stop *s);

/* The list item whose mark covers byte at, or NULL. Linear over a paragraph. */
const struct item *sentence_item(struct cut *c, size_t at);

/* The first word at i: letters, digits, apostrophes, &. */
struct span sentence_word_at(const struct cut *c, size_t i);

/* Straight double quotation marks in the current sentence before byte upto. */
size_t sentence_quotes(struct cut *c, size_t upto);

/* Does nothing but marks and blanks stand between the start of the sentence and byte at? */
bool sentence_is_first(const struct cut *c, size_t at);

#endif
