/* found.h - the matches of one document, kept small until the kind of the text is known.
 *
 * A match has room for every slot; a text of nothing but dates would take gigabytes of them. Here each
 * takes what it says: a few dozen bytes, in order, in the arena of the record.
 */
#ifndef NTAG_DATE_FOUND_H
#define NTAG_DATE_FOUND_H

#include "grammar.h"

struct found_item;

struct found {
	struct arena *arena;
	struct found_item *first, **end; /* end: where the next one is hung */
};

struct found found_new(struct arena *a);
void found_add(struct found *f, const struct match *m);

/* Matches in order: for (i = f->first; i != NULL; i = found_get(i, &m)) {...} gives m and the next. */
const struct found_item *found_get(const struct found_item *i, struct match *m);

#endif
