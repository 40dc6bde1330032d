/* sinks.h - the outputs of a run: files, files that replace others when whole, and one file for each value.
 *
 * A worker renders a record for every output into one frame each; the sink puts the frames into their files.
 * Of a path with fields ("partition") any number of files may come, of which few are open at a time (FAULTS
 * B11); all stay below the literal part of the path, and no link is followed there (C11).
 */
#ifndef NTAG_SINKS_H
#define NTAG_SINKS_H

#include "plan.h"

enum { SINKS_FILES_MAX = 1000000 }; /* files of one run: their names are kept in memory */

struct sinks;

/* Open the outputs: missing directories are made, literal files opened. NULL after a message on d: something
 * cannot be written. color as for --color. */
struct sinks *sinks_open(const struct plan *p, const char *color, struct diag *d);

/* Have the records of run go there. run must outlive the sinks. */
void sinks_plug(struct sinks *s, struct run *run);

/* The run is complete: what replaces other files takes their names. False after a message. */
bool sinks_commit(struct sinks *s);

/* The run is not: what was to replace other files is removed. */
void sinks_abort(struct sinks *s);

void sinks_free(struct sinks *s);

#endif
