/* inputs.h - patterns of file names -> names, sorted by their bytes. Never opens an input.
 *
 * A pattern is matched component by component: * ? [ ] as in the shell (fnmatch, bytes, no hidden names),
 * ** any number of directories, links to directories not followed. It gives regular files only. Without
 * such characters it is a name: of a file, of a directory (walked by the reader) or "-".
 */
#ifndef NTAG_INPUTS_H
#define NTAG_INPUTS_H

#include "fault.h"
#include "subst.h"

struct names {
	VEC(char *) list;
};

/* The pattern of a scalar's pieces, values of parameters made literal with backslashes. */
const char *inputs_pattern(const struct pieces *p, struct arena *a);

/* Is it a name rather than a pattern? Then *name is it. */
bool inputs_is_name(const char *pattern, struct arena *a, char **name);

/* Append the names that a pattern gives; one that is in out already is not added again by the same pattern.
 * A name that is missing, and a pattern whose literal directory is, is a fault. */
void inputs_expand(const char *pattern, struct at at, struct names *out, struct faults *f);

/* Does path, as it is written, match the pattern, or lie in the directory that it names? */
bool inputs_cover(const char *pattern, const char *path);

#endif
