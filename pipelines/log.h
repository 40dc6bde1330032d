/* log.h - the messages of a run on their way out: as JSON, or to a file. A process of its own beside the run.
 *
 * All that this program and its stages write to standard error goes through it line by line, so that nothing of it can
 * be garbled, and what was said before a crash is still told. The file is added to; when it was renamed or removed
 * (logrotate) it is opened anew before the next line, and one that was cut off (copytruncate) goes on at its new end
 * (FAULTS D27).
 */
#ifndef NTAG_LOG_H
#define NTAG_LOG_H

#include <stdbool.h>

#include "diag.h"

struct log_how {
	bool json;        /* one JSON object a line; a line that is one already gets the time */
	const char *path; /* NULL: standard error */
	const char *name; /* of the pipeline */
};

struct log;

/* From now on. NULL after a message: the file cannot be written, or no process be had. */
struct log *log_start(const struct log_how *how, struct diag *d);

/* All is out, and standard error as it was; accepts NULL. False after a message: something was lost. */
bool log_end(struct log *l, struct diag *d);

/* One line of a log: text without its newline, and when. */
void log_put(const struct log_how *how, struct span text, const char *when, struct buf *out);

#endif
