/* speaker.h - the noun phrase that speaks: left or right of its verb, as written, appositives included.
 *
 * No parser: a phrase ends at commas, verbs, conjunctions of clauses and the like. All results are nodes of the
 * sentence; an empty extent means that there is none. No search goes further than PHRASE_MAX nodes.
 */
#ifndef NTAG_QUOTE_SPEAKER_H
#define NTAG_QUOTE_SPEAKER_H

#include "quote/cues.h"

enum {
	PHRASE_MAX = 60,
	APPOSITION_MAX = 20, /* nodes of an apposition behind "according to NAME" */
};

/* The subject of a verb group that begins at node v: "Dmitry Peskov, a Kremlin spokesperson, | said". */
struct extent speaker_left(const struct doc *d, const struct sentence *s, uint32_t v);

/* The phrase that begins at node from: "said | Ana Ruiz, 43, a farmer". *next receives the node behind it. */
struct extent speaker_right(const struct doc *d, const struct sentence *s, uint32_t from);

/* The same at the start of a sentence, where a comma also ends an introduction: an apposition counts only where another
 * comma closes it: "According to | Ann Lee, a nurse |, sales fell". */
struct extent speaker_after(const struct doc *d, const struct sentence *s, uint32_t from);

/* The same without appositions. */
struct extent speaker_core(const struct doc *d, const struct sentence *s, uint32_t from);

/* The subject of the clause that a participle or a second verb at node before hangs on: "| He | left, saying". */
struct extent speaker_main(const struct doc *d, const struct sentence *s, uint32_t before);

/* The same; *verb receives its verb, the last of auxiliaries and verb, or NODE_NONE. */
struct extent speaker_verb(
    const struct doc *d, const struct sentence *s, uint32_t before, uint32_t *verb);

/* Who owns a noun cue: "Cole's claim", "his claim", "claims by the union". */
struct extent speaker_owner(const struct doc *d, const struct sentence *s, const struct cue *c);

/* Is the phrase plural? 1 yes, 0 no, -1 unknown. */
int speaker_plural(const struct doc *d, struct extent e);

/* Is node i punctuation that stands inside noun phrases? */
bool phrase_inner(const struct doc *d, uint32_t i);

/* Can node i begin a noun phrase? */
bool phrase_begins(const struct doc *d, uint32_t i);

/* Can the node be a finite verb? strict leaves out bare -s forms. */
bool verb_finite(const struct doc *d, uint32_t i, bool strict);

#endif
