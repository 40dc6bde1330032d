/* where.h - conditions over a record: one grammar and one evaluator for ntag-grep, its --where and YAML where:.
 *
 *   condition = and { "or" and }                     tightest: not, then and, then or
 *   and       = not { "and" not }
 *   not       = [ "not" ] ( "(" condition ")" | test )
 *   test      = FIELD op VALUE | FIELD "in" list | FIELD "exists" | SPECIAL list
 *   op        = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
 *   list      = item { "," item }                    one of them must hold; brackets around it are allowed
 *   item      = VALUE | VALUE ".." VALUE             a range, of numbers or dates, in "in" alone
 *   FIELD     = NAME { "." NAME }                    letters, digits, _ and -; "any bytes" in quotes is one NAME
 *   VALUE     = WORD | "text" | 'text'               a WORD ends at a blank, a comma or a bracket; \" and \\ in "..."
 *
 * FIELD is any member by its path. Where an array is on the way, each element counts: the test holds if one value
 * does; ents.label = ORG. != is "not =": no value is equal. A WORD that is a number compares as one with numbers,
 * digit by digit, never converted (1.0 = 1, 10000000000000000001 > 10000000000000000000). A WORD that is a period
 * (period.h: 2021-12, 2021-12-04, last-week) compares with values that are dates by days: = within it, < ends
 * before it begins, <= begins before it ends, in A..B meets it. Else bytes are compared: for UTF-8 that is
 * the order of code points. ~ searches with a regular expression (PCRE2, case counts; (?i) for either).
 *
 * SPECIAL tests look at what the text says:
 *   regexp RE        the text                        since DATE, until DATE   the member date
 *   ent [LABEL=]NAME an entity; the words of NAME, in either case, are in its mention or its name; ~RE in place
 *                    of NAME: a regular expression, in either case; LABEL= alone: any of it
 *   date-in PERIOD   a date that the text names meets the period
 *   quote-by NAME    a quotation of that speaker     quote RE, kind KIND      a quotation by its words, its kind
 * Tests on quotations that one "and" joins, each at most once, speak of the same quotation.
 *
 * A condition is immutable once where_close() was called, and shared by workers; each evaluation of a record has a
 * struct where_ask. Time is linear in the record for each test; nesting is limited, nothing recurses.
 */
#ifndef NTAG_WHERE_H
#define NTAG_WHERE_H

#include "literal.h"
#include "record.h"
#include "regex.h"

enum { WHERE_DEPTH = 64, WHERE_NODES = 4096, WHERE_SEGMENTS = 16 };

struct condition;

struct where_how {
	int32_t today; /* day number: what last-week is relative to */
	bool any;      /* the parts added are joined by "or", not by "and" */
	bool all;      /* where_option(): all values of the list must hold, not one */
	bool icase, word,
	    fixed; /* regexp tests: case does not count, whole words, no pattern but a text */
};

/* What is wrong, and at which byte of the text given (1-based). */
struct where_fault {
	size_t column;
	char what[256];
};

struct condition *where_new(const struct where_how *how);
void where_free(struct condition *c); /* accepts NULL */

/* Add a part: a condition as text. False with *f filled; then only where_free() may follow. */
bool where_parse(struct condition *c, struct span text, struct where_fault *f);

/* Add a part: a SPECIAL test by its name; values are lines, one of which must hold. */
bool where_option(
    struct condition *c, const char *special, struct span lines, struct where_fault *f);

/* No more parts: put the cheapest tests first. No part: every record holds. */
void where_close(struct condition *c);

bool where_is_empty(const struct condition *c);

/* Layers it looks at: a set of 1 << enum layer. */
unsigned where_layers(const struct condition *c);

/* One of them is in the bytes of each record that can hold, if those are a document of raw text or a line of
 * JSON in which literal_hidden() sees nothing; n == 0: any may hold. */
const struct literals *where_literals(const struct condition *c);

/* One record under evaluation. Zero it, fill in what is above the line. */
struct where_ask {
	const struct condition *condition;
	struct record *record;
	struct regex_match *match; /* of this worker */
	bool (*need)(void *ctx,
	    enum layer which); /* add a layer that the record lacks; NULL: it stays absent */
	void *ctx;             /* need's answer false: it failed, the layer is absent */
	/* --- */
	struct leaf_state *leaf; /* one for each test; in the record's arena */
	bool expensive; /* a pattern ran into its limits: the answer is not to be trusted */
};

/* Does the record hold? unit: only what is in this stretch of its text counts, for tests on the text; NULL: all. */
bool where_holds(struct where_ask *ask, const struct range *unit);

/* Append what SPECIAL tests outside of "not" find: stretches of text, sorted, those that touch or overlap
 * joined unless apart. units: only those that meet one of these stretches, in order and without overlap, and of
 * patterns only matches that lie within one; NULL: all of the text. */
void where_hits(struct where_ask *ask, const struct ranges *units, bool apart, struct ranges *out);

#endif
