/* literal.h - bytes without which something cannot match: found in a pattern, searched for at the speed of memory.
 *
 * Literals are ASCII letters, digits, blanks and marks that JSON never escapes by a short form, so that they stand
 * in a line of JSON as in the text itself, unless the line spells ASCII by \u00XX (literal_hidden()).
 */
#ifndef NTAG_LITERAL_H
#define NTAG_LITERAL_H

#include "arena.h"
#include "span.h"

enum {
	LITERAL_MIN = 2,   /* a shorter one is everywhere */
	LITERAL_MAX = 8,   /* alternatives searched for; more cost more than they save */
	LITERAL_LONG = 64, /* bytes of one that are used */
};

struct literal {
	struct span text; /* in lower case when fold */
	bool fold;        /* ASCII letters match in either case */
};

/* One of them must be there. n == 0: nothing is known. */
struct literals {
	struct literal at[LITERAL_MAX];
	size_t n;
};

/* How the text will be compared. A letter that other characters are equal to ends a literal: U+212A folds to k, and
 * to PCRE2 U+017F is an s besides; the curly apostrophe folds to the straight one. */
enum literal_case { LITERAL_EXACT, LITERAL_FOLDED, LITERAL_CASELESS };

/* What each match of a PCRE2 pattern holds; false: nothing is sure. A small analysis that reads the top level alone and
 * gives up at whatever it does not know. how: LITERAL_CASELESS or LITERAL_EXACT. Literals are in a. */
bool literal_of_pattern(
    struct span pattern, enum literal_case how, struct arena *a, struct literals *out);

/* The same of plain text: its longest usable stretch. */
bool literal_of_text(
    struct span text, enum literal_case how, struct arena *a, struct literals *out);

/* Put b's alternatives behind a's: one of either must be there. False, a emptied: too many, or b knows nothing. */
bool literal_either(struct literals *a, const struct literals *b);

/* The more selective of two that must both hold: by the length of the shortest. */
const struct literals *literal_better(const struct literals *a, const struct literals *b);

/* Is one of them in s? */
bool literal_found(const struct literals *l, struct span s);

/* Could s, a line of JSON, hold printable ASCII as \u00XX? */
bool literal_hidden(struct span s);

#endif
