/* fault.h - the faults of one pipeline file, collected so that all of them are told at once.
 *
 * A fault has a place in the file (line and column, 1-based, in characters) or none, as one of -D has.
 * Never prints by itself.
 */
#ifndef NTAG_FAULT_H
#define NTAG_FAULT_H

#include "arena.h"
#include "buf.h"
#include "span.h"

enum { FAULT_MAX = 100 }; /* more are counted, not kept */

struct at {
	size_t line, col; /* 0, 0: not in the file */
};

struct fault {
	struct at at;
	struct span what;
	bool warning; /* does not stop a run */
};

struct faults {
	const char *file;
	struct arena *arena; /* of the messages */
	VEC(struct fault) list;
	size_t n_fault; /* without the warnings; with those that are not kept */
	size_t
	    n_denied; /* of these: what the system does not let be written, by rights or a read-only disk */
};

__attribute__((format(printf, 3, 4))) void fault_add(
    struct faults *f, struct at at, const char *fmt, ...);
/* errno says why the path cannot be written: "KEY: cannot write PATH: why". */
void fault_write(struct faults *f, struct at at, const char *key, const char *path);
__attribute__((format(printf, 3, 4))) void fault_warn(
    struct faults *f, struct at at, const char *fmt, ...);

/* What a run ends with that cannot begin: STATUS_OUTPUT (FAULTS B22) where only rights are missing, else STATUS_RESOURCE. */
int fault_status(const struct faults *f);

/* "file:line:col: what" lines in the order of the file, those without a place first. Each begins with
 * prefix ("ntag-run: ", or "" for editors). Control characters are masked. */
void fault_print(struct faults *f, const char *prefix, struct buf *out);

/* "; did you mean "x"?" in the arena for the nearest of names (NULL-ended), or "" if none is near. */
const char *fault_near(struct faults *f, const char *typed, const char *const *names);

#endif
