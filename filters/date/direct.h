/* direct.h - which way from the document's day an expression points: evidence in its clause.
 *
 * "will meet on Tuesday" is the coming one, "said on Friday" the past one. The nearest verb before the
 * expression in its clause decides; verbs by class in words.tsv (WILL, PASTV, BE, TO) and endings.tsv.
 */
#ifndef NTAG_DATE_DIRECT_H
#define NTAG_DATE_DIRECT_H

#include "lex.h"
#include "resolve.h"

struct direct {
	const struct lexer *lx;
	/* Classes of words.tsv and endings.tsv: verbs of coming and past time, "be", "have", their forms; words by
	 * which verbs are known. */
	uint16_t will, past, be, have, auxiliary, participle, planned, present;
	uint16_t to, since, from_then, until, up, purpose, agent, determiner, which, adverb, ly, in,
	    deadline, no_verb, conjunction, be_to, moved, off, weekday;
};

struct direct direct_new(const struct lexer *lx);

/* Sets rv->towards, rv->since and rv->evidence for an expression at tokens [tok, tok + n). */
void direct_find(const struct direct *d, uint32_t tok, uint32_t n, struct resolver *rv);

#endif
