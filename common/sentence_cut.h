/* sentence_cut.h - the state of one sentence_split(), shared by its steps; not for others.
 *
 *	said  so .  ”     “   Then
 *	      ^word ^run  ^next
 *	         ^at  ^close  ^letter
 *
 * All are bytes of text. The steps: sentence.c (paragraphs, loop), sentence_scan.c (next byte of interest),
 * sentence_stop.c (what stands around it), sentence_rule.c (is it an end?), and what only some texts need:
 * sentence_list.c, sentence_line.c, sentence_quote.c, each found out once a paragraph.
 */
#ifndef NTAG_SENTENCE_CUT_H
#define NTAG_SENTENCE_CUT_H

#include "sentence.h"
#include "sentence_mark.h"
#include "sentence_word.h"

enum {
	LOOK_WORD =
	    64, /* bytes looked back for the start of a word; a longer one is no abbreviation */
	LOOK_BRACKET = 400, /* bytes looked ahead for the end of a bracket; a longer one is none */
};

/* "1." "(b)" "iii)" before an item of a run-on list. */
struct item {
	size_t start, end; /* from its bracket or bullet to behind its mark */
	uint8_t style;     /* form of the number and of the mark */
	uint8_t value;     /* 1 for 1, a, i; 0 for "ii" */
	uint8_t roman;     /* value as a roman numeral, 0 if it is none */
	bool real;         /* one of a sequence */
};

struct items {
	struct item *at;
	size_t n, cap;
	bool found; /* looked for in this paragraph */
	bool apart; /* the list began where a sentence does */
	size_t now; /* first one not yet passed */
};

/* Brackets open in the current sentence. */
struct nest {
	unsigned depth;
	size_t open;   /* the outermost */
	size_t looked; /* searched for a closing one from here up to LOOK_BRACKET on */
	size_t close;  /* where it was found, else SIZE_MAX */
};

/* Straight double quotation marks in the current sentence; moved on, never back: linear. */
struct tally {
	size_t upto, quotes;
};

struct lines {
	bool known;
	bool list;    /* each stands alone */
	bool marked;  /* two or more begin with - or * */
	size_t width; /* of the longest, bytes */
};

enum known { UNKNOWN, NO, YES };

struct cut {
	struct span text;
	const struct sentence_how *how;
	size_t para, end; /* of the paragraph, white space cut */
	size_t start;     /* of the sentence */
	bool in_item;     /* the sentence is an item of a list */
	struct nest nest;
	struct tally tally;
	/* Of the paragraph: */
	struct items items;
	struct lines lines;
	enum known bullets; /* two or more */
	bool quotes_known;
	struct ranges quotes[2]; /* double, single */
	size_t quote[2];         /* first one not yet passed */
	/* Of the document: */
	enum known informal; /* sentences may begin in lower case */
	struct ranges *out;
	struct arena *arena;
};

enum stop_kind { STOP_DOT, STOP_ELLIPSIS, STOP_ASK };

/* What stands behind a stop and its closing marks. */
enum follow {
	FOLLOW_STARTER, /* a capitalised word that often begins sentences */
	FOLLOW_NAME,    /* any other capital */
	FOLLOW_DIGIT,
	FOLLOW_LOWER,
	FOLLOW_COMMA, /* what nothing begins with */
	FOLLOW_OTHER,
	N_FOLLOW
};

struct stop {
	size_t at, run, close, next, letter;
	size_t word;      /* first byte of the word before, behind its marks */
	unsigned classes; /* of that word: set of enum word_class */
	enum stop_kind kind;
	bool bang;      /* one single ! */
	bool quoted;    /* a quotation mark closes behind it */
	bool bracketed; /* a bracket closes behind it */
	bool glued;     /* no white space behind it */
	size_t then;    /* behind the word at letter */
	unsigned then_classes;
	enum follow follow;
	bool opens, opens_quote; /* before letter */
	bool dashed;             /* other marks there: a dash, a bullet */
};

/* Gather what stands around the stop at byte at. False: no sentence can end there; s->run says where to go on. */
bool sentence_stop(struct cut *c, size_t at, struct stop *s);

/* Behind the "1.3" of a caption ("Figure 1.3 The map") whose full stop is at byte at; 0 if it is none. */
size_t sentence_caption(const struct cut *c, size_t at);

/* The sentence ends before end, the next begins at next. */
struct gap {
	size_t end, next;
};

struct colon {
	struct gap gap[2];
	size_t n;
};

/* Gaps that the colon at byte at gives away, in order; returns where to go on. */
size_t sentence_colon(const struct cut *c, size_t at, struct colon *out);

/* Bytes of a face like :-) or ;) at byte i, 0 if there is none. */
size_t sentence_face(const struct cut *c, size_t i);

/* Does a sentence end at this stop? */
bool sentence_rule(struct cut *c, const struct stop *s);

/* The list item whose mark covers byte at, or NULL. To be asked in order. */
const struct item *sentence_item(struct cut *c, size_t at);

/* Does a new sentence begin with this item, or does it go on with the one before? To be asked in order. */
bool sentence_item_splits(struct cut *c, const struct item *it);

/* Are there two or more bullets in the paragraph? */
bool sentence_bullets(struct cut *c);

/* Does the line feed at byte at end a sentence, when the first word behind it begins at next? */
bool sentence_line(struct cut *c, size_t at, size_t next);

/* Is byte at within a quotation that also ends in this paragraph? To be asked in order. */
bool sentence_in_quote(struct cut *c, size_t at);

/* Behind the word at i: letters, digits, inner apostrophes, &; at most LOOK_WORD bytes. */
size_t sentence_word_end(const struct cut *c, size_t i);

/* First byte of the word before the one at i, in the same sentence; i if there is none. */
size_t sentence_word_before(const struct cut *c, size_t i);

/* Straight double quotation marks in the current sentence before byte upto. */
size_t sentence_quotes(struct cut *c, size_t upto);

/* Does nothing but marks and blanks stand between the start of the sentence and byte at? */
bool sentence_is_first(const struct cut *c, size_t at);

#endif
