/* sinks.h - the outputs of a run: files, files that replace others when whole, and one file for each value.
 *
 * A worker renders a record for every output into one frame each; the sink puts the frames into their files.
 * Of a path with fields ("partition") any number of files may come, of which few are open at a time (FAULTS
 * B11); all stay below the literal part of the path, and no link is followed there (C11).
 */
#ifndef NTAG_SINKS_H
#define NTAG_SINKS_H

#include "plan.h"
#include "state.h"

enum { SINKS_FILES_MAX = 1000000 }; /* files of one run: their names are kept in memory */

struct sinks;

/* Open the outputs: missing directories are made, literal files opened. NULL after a message on d: something
 * cannot be written. color as for --color. With a state (else NULL) of a run that was interrupted all its
 * files are cut back to their last commit first, and lengths are noted there before anything is written. */
struct sinks *sinks_open(
    const struct plan *p, const char *color, struct state *state, struct diag *d);

/* Bring back what a run has done that is given up: files that it added to get their old length, what was to
 * replace others is removed. False after a message. */
bool sinks_undo(struct state *state, struct diag *d);

/* Append where the outputs of a plan are, for state_begin(). */
void sinks_put_places(const struct plan *p, struct buf *list);

/* Does an output draw a picture of all its records? Then nothing can be committed before the end. */
bool sinks_sum_up(const struct plan *p);

/* Have the records of run go there. run must outlive the sinks. */
void sinks_plug(struct sinks *s, struct run *run);

/* Have everything that was written survive a power failure; appends entries for state_commit(). False with
 * errno and the sink's name. */
bool sinks_sync(struct sinks *s, struct buf *out);

/* After a run with a state that came to a bad end: what was added since the last commit is cut off again. */
void sinks_cut_back(struct sinks *s);

/* Of a run without a state that is to be done again: what it has added is cut off. */
void sinks_take_back(struct sinks *s);

/* The run is complete: what replaces other files takes their names. False after a message. */
bool sinks_commit(struct sinks *s);

/* The run is not: what was to replace other files is removed. */
void sinks_abort(struct sinks *s);

void sinks_free(struct sinks *s);

#endif
