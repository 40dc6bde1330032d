/* marks.h - quotation marks of all kinds -> stretches; never judges whether a stretch is speech.
 *
 * A state machine per paragraph. Known marks: “ ” „ ‟ " '' `` « » and single ‘ ’ ' where they stand as marks.
 *  - A mark opens only before a word and behind space, a bracket, a dash or the paragraph's start; it closes only behind a
 *    word or its punctuation. Curly marks that stand the wrong way round are taken by their place.
 *  - ' between letters, behind s of a plural, before digits ("the '90s") is an apostrophe; " and '' behind a digit
 *    are inches when nothing is open.
 *  - The paragraph's end closes what is open, at the latest; so does STRETCH_MAX. So one odd mark costs at most a paragraph.
 *  - A single mark at a comma closes a double one that nothing else closes.
 *  - An unclosed stretch followed by a paragraph that opens with a mark goes on there (stretch.follows).
 *  - Short paragraphs that are page furniture (furniture.tsv) have no stretches; what is open before them goes on behind
 *    them, also without a mark of its own.
 *  - A paragraph of nothing but a closing mark is no stretch. A closing mark without an opening one closes a stretch that
 *    is taken to begin with its paragraph, if it stands behind , . ? or ! and no other mark is before it.
 *  - A name in capitals and a colon at the head of a stretch are its speaker, not its words.
 *  - Curly marks inside straight ones are nested.
 *  - Single marks count outside double ones; if the document has hardly any double marks, double ones inside single ones are
 *    the nested ones (British style).
 * Linear time: each token is looked at a constant number of times.
 */
#ifndef NTAG_QUOTE_MARKS_H
#define NTAG_QUOTE_MARKS_H

#include "lexicon.h"
#include "quote/doc.h"

enum {
	FURNITURE_TOKENS = 24, /* longer paragraphs are none */
	STRETCH_MAX = 8192,    /* bytes: five times the longest in PolNeAR (1,516 characters) */
};

/* The rows of furniture.tsv, for doc.furniture; memory of a. */
struct lexicon *marks_furniture(struct arena *a);

/* Fill d->stretches from d->text and d->tokens, in order, never overlapping. */
void marks_find(struct doc *d);

#endif
