/* own.h - names that the user gives: found everywhere (--gazetteer), or nowhere (--ignore).
 *
 * A gazetteer is TSV text: name, label, and if there are more cells, the name to be written for it (empty: the name
 * itself) and an id; lines that start with # and blank lines are comments. The name to be written also stands for the short
 * forms of the name in the document. An ignore list has a name a line, and if there is a second cell, the label
 * it is ignored as. Names are compared word by word without case, but that a name which begins with a capital
 * does so in the text; the longest wins.
 */
#ifndef NTAG_ENTITY_OWN_H
#define NTAG_ENTITY_OWN_H

#include "diag.h"
#include "lexicon.h"
#include "record.h"
#include "tag.h"

struct own;

/* Either file may be NULL. NULL: said on d with file, line and column. Memory from a. */
struct own *own_open(const char *gazetteer, const char *ignore, struct arena *a, struct diag *d);

/* Put the listed names into *names, in place of whatever overlaps them, and take the ignored ones out. */
void own_apply(const struct own *o, const struct passage *p, const struct tokens *t,
    struct names_found *names, struct arena *a);

/* What the gazetteer gives to a name; absent what it does not. */
struct own_given {
	struct span name, id;
};

struct own_given own_given(
    const struct own *o, const struct passage *p, const struct tokens *t, const struct name *name);

#endif
