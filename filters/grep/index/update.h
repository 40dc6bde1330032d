/* update.h - brings an index up to date with inputs: only files that are new or have changed are read. */
#ifndef NTAG_GREP_UPDATE_H
#define NTAG_GREP_UPDATE_H

#include "store.h"

/* Files seen are left in the temporary table seen, in their order. False after saying why; x->status is that of the
 * reading (2: something was rejected or could not be read). */
bool update_index(struct index *x, const struct run *like, const struct filter *const *all);

#endif
