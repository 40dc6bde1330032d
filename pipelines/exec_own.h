/* exec_own.h - what the files of the execution share. Private to exec.c and exec_*.c. */
#ifndef NTAG_EXEC_OWN_H
#define NTAG_EXEC_OWN_H

#include <limits.h>

#include "exec.h"
#include "report.h"
#include "sinks.h"
#include "watch.h"

/* Stages [from, to): filters of one process, or one external program. */
struct segment {
	size_t from, to;
	const struct stage *program; /* NULL: filters */
	pid_t pid;
	int status;      /* of waitpid */
	bool count;      /* the records that leave it are counted: the next one keeps all */
	uint64_t passed; /* of this process: records that left it */
	double seconds;  /* of a program that has ended: CPU */
};

/* What a segment in a process of its own leaves behind. */
struct result {
	uint64_t read, passed;
	bool over; /* stopped by errors.max */
	struct counts count;
	double share; /* of the input, or below 0 */
	size_t found[N_STATE_FINDING];
	struct tally tally[N_TALLY];
	/* Of the first segment: it has stopped for a commit, so many units into a file ("": between two). */
	atomic_bool more;
	char at[PATH_MAX];
	uint64_t units, stamp;
};

/* One segment, as its driver tells of it. */
struct exec_tick {
	struct execution *x;
	size_t k;
};

enum { SEGMENT_MAX = 2 * STEP_MAX + 1 };

struct execution {
	struct plan *plan;
	const struct exec_how *how;
	struct diag *diag;
	struct segment segment[SEGMENT_MAX];
	size_t n;
	const char *errors;
	struct result *result; /* one for each segment, shared by the processes */
	struct watch *watch;   /* NULL: nothing to be watched */
	struct sinks *sinks;
	bool over;
	double committed; /* when */
	double started;
	double tried; /* when this try began: the clock of all limits */
	size_t
	    stride; /* steps of the driver for each stage: 2 when each record is looked at behind it */
	bool timed;                 /* the time of each stage is taken */
	const struct stage *failed; /* a program that failed, or NULL */
	bool
	    sums; /* a filter keeps something of all records: there is nothing to commit before the end */
	struct input_files files; /* hooks of the reader: shard, then state */
	bool legs;                /* it is committed in the middle (exec_leg.c) */
	bool more;                /* and this leg was not the last */
	struct report past;       /* numbers of the legs before; no name: there were none */
	int report;               /* for the list of files read, from the first segment; or -1 */
};

/* Descriptors of a process of filters: for the list of files read, and the lock of the state. */
enum { REPORT_FD = 3, LOCK_FD, OTHER_FD };

/* Can all inputs be read once more? */
bool exec_reads_again(const struct plan *p);

/* Does the run have legs? */
bool exec_leg_wanted(const struct execution *x);
/* Have the first segment stop when a commit is due. */
void exec_leg_plug(struct execution *x, struct run *run);
/* A leg has come to a good end: commit it. False after a message. */
bool exec_leg_commit(struct execution *x);

/* The run of segment k. */
void exec_own_run(struct run *run, struct execution *x, size_t k);

/* Run it. What cannot be read from the segment before it is lost: the run has failed (STATUS_OUTPUT), and is done again. */
int exec_steps(struct run *run, size_t k);

/* Start all segments but the last; returns the descriptor from which that one reads, or -1 after a message. */
int exec_child_start(struct execution *x);
int exec_child_failed(const struct execution *x); /* message; -1 */
const char *exec_child_name(const struct execution *x, size_t k);

/* Are numbers wanted of this run? */
bool exec_report_wanted(const struct execution *x);
void exec_report_fill(const struct execution *x, int status, struct report *r);
/* Have segment k tell of itself while it runs. t must outlive run. */
void exec_report_plug(struct execution *x, size_t k, struct exec_tick *t, struct run *run);
void exec_report_child(void *ctx, const struct counts *c, double share);
/* Closing line and metrics; the status, which may have become worse. */
int exec_report_end(struct execution *x, int status);

/* Wait for all; their statuses as one. own is that of this process. */
int exec_end_wait(struct execution *x, int own, bool strict);

/* The directory of the dead letters is made; several processes add to one file, emptied once. False after a message. */
bool exec_commit_errors(const struct execution *x);
/* Dead letters back to where they were at the last commit. False after a message. */
bool exec_commit_back(const struct execution *x);
/* Hooks of the driver (run.h). */
bool exec_commit_due(void *ctx);
bool exec_commit_now(void *ctx, const char *file, uint64_t units);
/* What the first segment has read is in the outputs: up to so many units of file (NULL: no part of one). False with errno. */
bool exec_commit_leg(struct execution *x, const char *file, uint64_t units);
/* The run has come to a good end: all is safe, then the names are given. False after a message. */
bool exec_commit_end(struct execution *x);

#endif
