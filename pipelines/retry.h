/* retry.h - the dead letters of a pipeline through it again, once what was wrong is mended. */
#ifndef NTAG_RETRY_H
#define NTAG_RETRY_H

#include "exec.h"
#include "resume.h"

/* Letters that are still wrong are dead letters again. The letters at hand stand in PATH.retrying meanwhile, and the retry
 * has a state of its own: one that was interrupted is completed by the next, without a record lost or doubled. While it
 * goes on the pipeline's own state is locked. p was loaded and checked. An exit status; all has been said. */
int retry_run(struct plan *p, const struct resume_how *how, struct exec_how *exec, struct diag *d);

/* A retry was interrupted and must be completed before the pipeline runs again, which could cut off what it has
 * added. */
bool retry_pending(struct plan *p, const struct plan_how *how, struct diag *d);

#endif
