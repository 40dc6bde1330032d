/* exec.h - run a plan: in one process, or in several joined by pipes where a stage is another program.
 *
 * Stages between two exec stages are a segment: one process, a record parsed and written once. The first
 * segment reads the inputs, the last one is this process and writes the outputs. An external program is
 * started without a shell, with descriptors 0 to 2 only, signals reset and NTAG_* taken from its
 * environment (FAULTS C20). Each process blocks on its own pipes, so a stage that reads all before it writes
 * cannot lock the others (C19).
 */
#ifndef NTAG_EXEC_H
#define NTAG_EXEC_H

#include "plan.h"

/* What the command line says about a run. */
struct exec_how {
	const char *color;
	const char *errors; /* instead of errors.to, or NULL */
	unsigned jobs;      /* instead of run.workers, or 0 */
	bool strict, quiet, progress;
	bool verbose;        /* the closing line, and one for each stage */
	uint64_t most;       /* units that are read; 0: all */
	bool vet;            /* look at each record between the stages (vet.h) */
	struct state *state; /* or NULL */
	int stats;           /* as in struct run */
};

/* Run a checked plan. With a state the run must have begun there; when it comes to a good end, or was finished
 * but for names, it is ended there. Returns an exit status; all messages have been printed. */
int exec_plan(struct plan *p, const struct exec_how *how, struct diag *d);

/* Why a run of a plan with a state can be committed only at its end, and the place of what is to blame (0, 0: none). NULL: it
 * is committed at each checkpoint. */
const char *exec_leg_hindrance(const struct plan *p, struct at *at);

#endif
