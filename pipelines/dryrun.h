/* dryrun.h - what a run would read, do and write; touches nothing. */
#ifndef NTAG_DRYRUN_H
#define NTAG_DRYRUN_H

#include "plan.h"

/* Append it, for people. The plan was checked (check.h). Messages about directories go to d. */
void dryrun_put(const struct plan *p, struct diag *d, struct buf *out);

#endif
