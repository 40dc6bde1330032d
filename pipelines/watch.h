/* watch.h - a thread beside a run: time limits, and what other programs write to standard error.
 *
 * Their lines are shown as "ntag-run: NAME: line", control characters masked, at most WATCH_LINES a second of
 * each; what is left out is counted and said (FAULTS C18). When the time of a program is over its process
 * group gets SIGTERM, and SIGKILL after WATCH_GRACE seconds (C16); when that of the run is over all do.
 */
#ifndef NTAG_WATCH_H
#define NTAG_WATCH_H

#include <stdatomic.h>
#include <sys/types.h>

#include "diag.h"

enum { WATCH_LINES = 100, WATCH_GRACE = 5 };

/* One process to be watched. */
struct watched {
	const char *name;
	struct where where; /* for messages */
	pid_t pid;
	bool group;     /* pid leads a process group of its own */
	int err;        /* its standard error, non-blocking and now the watch's; or -1 */
	double timeout; /* seconds, or 0: none */
};

struct watch;

/* spent: seconds since the clock of all limits began. */
struct watch *watch_new(const struct diag *d, double spent);
void watch_add(struct watch *w, const struct watched *one);

/* Limit the whole: *stop becomes true then, and if the run has not ended WATCH_GRACE seconds later give_up(ctx)
 * is called and the program ends with STATUS_TIME. */
void watch_limit(struct watch *w, double timeout, void (*give_up)(void *ctx), void *ctx);
const atomic_bool *watch_stop(const struct watch *w);

/* Start to watch; false with errno. */
bool watch_start(struct watch *w);

/* All watched processes have ended: show the rest of what they wrote, and free w (which may be NULL). True if some
 * time was over. */
bool watch_end(struct watch *w);

#endif
