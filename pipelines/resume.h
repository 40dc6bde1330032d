/* resume.h - a run that remembers: lock, what was interrupted, what is new; then the run itself. */
#ifndef NTAG_RESUME_H
#define NTAG_RESUME_H

#include "exec.h"
#include "plan.h"

/* What the command line says. */
struct resume_how {
	const struct plan_how *plan;
	char *const *operand; /* inputs in place of the plan's */
	size_t n_operand;
	bool restart; /* give up a run that was interrupted, and do it again */
};

/* What earlier runs of a plan have left, to be looked at. NULL after a message. */
struct state *resume_peek(
    struct plan *p, const struct plan_how *how, struct diag *d, bool *running);

/* Append one line: when it ran last, how that ended, what is known. True if it is running. */
bool resume_put_status(const struct plan *p, const struct state *s, bool running, struct buf *out);

/* Run a checked plan that is stateful. A run that was interrupted goes on with the day and the time that it had, so p
 * may be loaded anew. Returns an exit status; all messages have been printed. */
int resume_run(struct plan *p, const struct resume_how *how, struct exec_how *exec, struct diag *d);

#endif
