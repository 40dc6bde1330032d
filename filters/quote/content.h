/* content.h - what is reported: the stretch or clause to the left or right of a reporting clause.
 */
#ifndef NTAG_QUOTE_CONTENT_H
#define NTAG_QUOTE_CONTENT_H

#include "quote/pattern.h"

/* Where the reported words may begin behind a cue, and what stands there (enum right). */
struct behind {
	uint32_t at;    /* node: behind addressee, time, place, comma or colon */
	uint32_t right; /* enum right */
};

/* Look behind the cue's last node. */
struct behind content_behind(const struct doc *d, const struct sentence *s, const struct cue *c);

/* What stands before node clause, the first of the reporting clause (enum left). */
uint32_t content_before(const struct doc *d, uint32_t sent, uint32_t clause);

/* Nodes of the reported words that begin at from: up to the sentence's end or where another clause takes over. */
struct extent content_right(const struct doc *d, const struct sentence *s, uint32_t from);

/* The same for an object of a naming verb or an infinitive, which ends where another verb begins. */
struct extent content_object(const struct doc *d, const struct sentence *s, uint32_t from);

/* The same within a relative clause: "which critics say | is too weak |, was passed". */
struct extent content_relative(const struct doc *d, const struct sentence *s, uint32_t from);

/* The same for the that-clause of a noun, which ends before the sentence's own verb. */
struct extent content_noun(
    const struct doc *d, const struct sentence *s, const struct cue *c, uint32_t from);

/* Nodes of the reported words that end before node clause, and the comma there. */
struct extent content_left(const struct doc *d, uint32_t sent, uint32_t clause, uint32_t floor);

/* Is there a marked stretch / a finite verb among the nodes? */
bool content_marked(const struct doc *d, struct extent e);
bool content_finite(const struct doc *d, struct extent e, bool strict);

/* The last node of the sentence that is no final punctuation, plus one. */
uint32_t sentence_words_end(const struct doc *d, const struct sentence *s);

#endif
