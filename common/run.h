/* run.h - drive a chain of filters over records: reader -> steps -> writer. One driver for all programs.
 *
 * Bounded memory, -j N workers with the order kept, output flushed whenever the input has run dry,
 * statuses and messages as FAULTS rules 1-4.
 */
#ifndef NTAG_RUN_H
#define NTAG_RUN_H

#include <signal.h>
#include <stdatomic.h>

#include "filter.h"
#include "output.h"
#include "reader.h"
#include "regex.h"

enum { STEP_MAX = 32, JOBS_MAX = 256 };

struct step {
	const struct filter *filter;
	void *model;
	struct opts opts;
};

/* Where finished records go. All are called from one thread, in order. False: output is lost (status
 * 74), errno says why. */
struct sink {
	const char *name;                          /* for the message; NULL: "standard output" */
	bool (*open)(void *ctx);                   /* before the first byte is read; may be NULL */
	bool (*put)(void *ctx, struct span bytes); /* any number of whole rendered records */
	bool (*close)(void *ctx); /* at the end of a complete run: flush, rename; may be NULL */
	void *ctx;
};

/* How many records may be rejected before a run is stopped: a number, or a share of those that were read. The
 * share is looked at from LIMIT_LEAST records on, and at the end. */
struct run_limit {
	bool on;
	uint64_t most;
	double percent;          /* 0: most holds */
	uint64_t read, rejected; /* of this run before, by other calls */
	const atomic_bool *more; /* true at the end: others will follow. NULL: none will */
};

enum { LIMIT_LEAST = 1000 };

/* Checkpoints of a run that can be taken up again. */
struct run_commit {
	bool (*due)(void *ctx); /* asked between records; NULL: there are none */
	/* Everything read so far is in the sink: of the file being read (NULL: none) so many units. False with
	 * errno: output is lost. */
	bool (*commit)(void *ctx, const char *file, uint64_t units);
	void *ctx;
};

/* What one step has done; and reading and writing, which count no records. */
struct tally {
	atomic_uint_fast64_t in, out, failed;
	atomic_uint_fast64_t ns; /* in all threads, where run->timed */
};

enum { TALLY_READ = STEP_MAX, TALLY_WRITE, N_TALLY };

/* Told between records, now and then, in the thread that reads. share: as reader_share(). */
struct run_tick {
	void (*tick)(void *ctx, const struct counts *so_far, double share); /* NULL: not */
	void *ctx;
	double every; /* seconds */
};

struct run {
	const char *prog;
	struct step step[STEP_MAX];
	size_t n_step;
	struct input input;
	struct record_map map;
	const struct form *form; /* how records are written to the sink */
	struct look look;
	struct sink sink;
	/* How a finished record becomes bytes for the sink; NULL: form->record. Called by workers, so it
	 * must not change ctx (sink.ctx); what it appends may be frames that only this sink understands. match is
	 * the worker's, for patterns. False: no output wants the record, which counts as filtered. */
	bool (*render)(
	    const void *ctx, struct record *r, struct regex_match *match, struct buf *out);
	unsigned jobs;      /* 1 = no threads */
	const char *errors; /* dead letters, or NULL */
	bool errors_append; /* several processes add to that file: it is not emptied */
	bool strict, quiet;
	int stats; /* 0 none, 1 text, 2 json */
	bool progress;
	struct run_limit limit;
	struct run_commit commit;
	struct run_tick tick;
	struct tally *tally; /* N_TALLY of them, of each step and of the rest; NULL: not counted */
	bool timed;          /* their time too */
	uint64_t most;       /* units to be read; 0: all */
	const atomic_bool *stop; /* stop between two records once it is true; NULL: never */
	/* What came of it. */
	struct counts count;
	bool over;      /* stopped by the limit */
	double started; /* monotonic seconds, for the closing line */
};

/* Run it. Returns an exit status; all messages have been printed. */
int run_steps(struct run *run);

/* Standard output as a sink: closed or full devices are found out (FAULTS B12-B15). While it writes, signals that
 * stop a program wait (B16). */
struct sink sink_stdout(void);

/* Have SIGINT, SIGTERM and SIGHUP wait in this thread, and in those that it starts; before receives the mask so far. */
void sink_block_signals(sigset_t *before);

/* main() of one stand-alone filter. */
int run_filter(const struct filter *f, int argc, char **argv);

#endif
