/* expect.h - records of a test: a tree of the pipeline file -> JSON, and against JSON. Never runs anything.
 *
 * A scalar without quotes stands for the number, true, false or null that it spells as well as for that text;
 * in quotes it is text. Members that are text by ntag-record(5) are text in both spellings.
 */
#ifndef NTAG_EXPECT_H
#define NTAG_EXPECT_H

#include "node.h"

/* Append a tree as JSON, without a newline. */
void expect_put(const struct node *n, struct buf *out);

/* Does a JSON value have all that is named in want? Members that are not named are free; lists must have the
 * same length; null is met by a member that is absent. For each difference two lines are appended, the
 * wanted behind "- ", what came behind "+ ". got.p == NULL: absent. Scratch is taken from a. */
bool expect_match(const struct node *want, struct span got, struct arena *a, struct buf *diff);

/* Append the part of a JSON value that want names, as JSON: what would have matched. */
void expect_project(const struct node *want, struct span got, struct arena *a, struct buf *out);

#endif
