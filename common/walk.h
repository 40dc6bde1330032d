/* walk.h - names of inputs, one after another: operands, lists of names, what is in directories. Never opens an input.
 *
 * Directories are walked: *.txt, *.jsonl and *.gz, hidden names left out, in the order of the bytes of the
 * path; a directory that was walked already under the same operand (a loop of symbolic links) is left out with a
 * message, and so is what is no regular file (FAULTS B2-B4, B9, B10).
 */
#ifndef NTAG_WALK_H
#define NTAG_WALK_H

#include "diag.h"

enum { WALK_NAME_MAX = 4096 }; /* longest name in a list: PATH_MAX of Linux */

struct walk_from {
	char *const *file; /* operands; none and no list: standard input, "-" */
	size_t n_file;
	const char *list; /* file of names behind the operands, "-" = standard input, or NULL */
	bool newlines;    /* the list has a name a line; else they are separated by NUL */
};

struct walk;

/* from, d and what they point to must outlive the walk; idle as for source_new(). */
struct walk *walk_new(
    const struct walk_from *from, struct diag *d, void (*idle)(void *), void *ctx);
void walk_free(struct walk *w);

/* The next name, valid until the next call; NULL at the end. *found: it comes from a directory, and only a
 * regular file will do. */
const char *walk_next(struct walk *w, bool *found);

#endif
