/* dryrun.h - what a run would read, do and write; touches nothing. */
#ifndef NTAG_DRYRUN_H
#define NTAG_DRYRUN_H

#include "plan.h"

/* Append it, for people. The plan was checked (check.h). Messages about directories go to d. state: what earlier
 * runs have read, or NULL. */
void dryrun_put(const struct plan *p, struct state *state, struct diag *d, struct buf *out);

#endif
