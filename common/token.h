/* token.h - words, numbers and marks of a text: found once per record, shared by all filters of a run.
 *
 * Never decides what a word means. The rules (cases: tests/unit/test_token.c):
 *  WORD    letters with their marks; then letters, digits and inner apostrophes ("O'Brien",
 *          "don’t", "COVID19"); single letters with full stops are one token, last stop
 *          included ("U.S.", "a.m."), if at least two. The possessive 's or ’s is a WORD of its own,
 *          flagged TOKEN_POSS; a bare ' behind s is PUNCT.
 *          A soft hyphen or zero-width joiner inside a word belongs to it (UAX #29, WB4).
 *  NUMBER  digits with inner , . between digits ("1,500", "2.5"); "10:00", "2021-12-04" and
 *          "1990s", "27th" are several tokens, glued (no TOKEN_SPACE).
 *  PUNCT   any one other character. White space is no token.
 */
#ifndef NTAG_TOKEN_H
#define NTAG_TOKEN_H

#include <stdint.h>

#include "arena.h"
#include "span.h"

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_PUNCT };

enum token_flag {
	TOKEN_SPACE = 1, /* white space before it (or the start of the text) */
	TOKEN_LINE = 2,  /* first of a line */
	TOKEN_PARA = 4,  /* first of a paragraph: a blank line or the start of the text before it */
	TOKEN_UPPER = 8, /* first letter is upper case */
	TOKEN_CAPS = 16, /* two or more letters, all upper case */
	TOKEN_POSS = 32, /* 's or ’s behind a word */
	TOKEN_DOTS = 64, /* holds full stops: "U.S." */
	TOKEN_DIGIT = 128, /* a WORD with a digit */
};

struct token {
	uint32_t start, len; /* bytes of text */
	uint32_t hash;       /* uni_hash() of the token */
	uint8_t kind;        /* enum token_kind */
	uint8_t flags;       /* set of enum token_flag */
	uint8_t first;       /* first byte, for PUNCT tests without touching the text */
};

struct tokens {
	const struct token *at;
	size_t n;
};

/* The tokens of valid UTF-8 text of less than 2^31 bytes, in a. Linear time. */
struct tokens token_scan(struct span text, struct arena *a);

static inline struct span
token_span(struct span text, const struct token *t)
{
	return (struct span){ text.p + t->start, t->len };
}

#endif
