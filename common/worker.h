/* worker.h - what happens to one unit of input: parse, annotate, render. Never reads, never writes.
 *
 * Private to the driver (run.c, pool.c). Several workers run at once; each has its own arena, diag
 * and scratch, and shares only what is immutable.
 */
#ifndef NTAG_WORKER_H
#define NTAG_WORKER_H

#include "run.h"

enum { OUT_MUCH = 128 << 10 }; /* bytes of output worth a write */

struct worker {
	const struct run *run;
	struct diag *diag; /* of the batch, or the program's own */
	struct buf *out;   /* rendered records */
	struct arena arena;
	void *own[STEP_MAX];         /* scratch or state of each step (filter.h) */
	unsigned keeps[STEP_MAX];    /* set of enum keeps of each step */
	bool bare;                   /* a step wants records without text */
	size_t finishing;            /* the step whose state worker_finish() empties */
	struct arena part[STEP_MAX]; /* of the part at hand of the record that a step divided */
	void (*full)(void *ctx);     /* called between parts once there is much in out; NULL: not */
	void *full_ctx;
	struct regex_match *match; /* for run->render */
};

void worker_open(struct worker *w, const struct run *run);
void worker_close(struct worker *w);

/* Add the states of from to those of w. */
void worker_merge(struct worker *w, struct worker *from);

/* Render the next record of the states; false: no more. To be called once no unit will come. */
bool worker_finish(struct worker *w);

/* One unit through all steps. Its counts and messages are on w->diag, its bytes in w->out. Returns
 * whether bad bytes were repaired in it: the caller warns, once a file. */
bool worker_unit(struct worker *w, const struct unit *u);

#endif
