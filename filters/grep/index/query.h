/* query.h - the documents of an index that a condition may hold for, as units of a run. */
#ifndef NTAG_GREP_QUERY_H
#define NTAG_GREP_QUERY_H

#include "store.h"

/* seen: only files that the update has just seen, in that order; else all by name. Has run->input.units give them.
 * False after saying why. */
bool query_begin(struct index *x, struct run *run, bool seen);

#endif
