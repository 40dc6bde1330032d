/* direct.h - which way from the document's day an expression points: evidence in its clause.
 *
 * "will meet on Tuesday" is the coming one, "said on Friday" the past one. The nearest verb before the
 * expression in its clause decides; verbs by class in words.tsv (WILL, PASTV, BE, TO).
 */
#ifndef NTAG_DATE_DIRECT_H
#define NTAG_DATE_DIRECT_H

#include "lex.h"
#include "resolve.h"

struct direct {
	const struct lexer *lx;
	uint16_t will, past, be, to, since, participle, present, until, determiner, which, adverb;
};

struct direct direct_new(const struct lexer *lx);

/* Sets rv->towards and rv->since for an expression at tokens [tok, tok + n). */
void direct_find(const struct direct *d, uint32_t tok, uint32_t n, struct resolver *rv);

#endif
