/* store.h - the database of an index: opened, checked, its statements. The schema is in ntag-grep(1).
 *
 * SQLite in WAL mode: readers are not disturbed by the one writer; what a transaction has not committed is as if it
 * had never been, whenever the process or the machine stops.
 */
#ifndef NTAG_GREP_STORE_H
#define NTAG_GREP_STORE_H

#include <sqlite3.h>

#include "grep/index.h"

struct index {
	sqlite3 *db;
	char *path;
	const char *prog;
	struct arena arena;
	bool failed; /* said */
	int status;  /* of the update; STATUS_RESOURCE for a damaged index */
	/* query.c */
	const struct run *run;
	sqlite3_stmt *find, *fetch, *files;
	struct input_units units;
	const struct grep *grep;
	struct buf file; /* name of the file of the unit at hand */
	bool files_over;
};

/* False after saying why, *status set. */
bool store_open(struct index *x, const char *dir, bool write, int *status);
void store_close(struct index *x);

/* Say what SQLite says, with what to do; sets failed and status. Always false. */
bool store_fail(struct index *x);

/* A statement; NULL after store_fail(). */
sqlite3_stmt *store_prepare(struct index *x, const char *sql);
bool store_run(struct index *x, const char *sql);

/* One step of a statement that gives no rows, and back to its start. */
bool store_do(struct index *x, sqlite3_stmt *s);

void store_bind(sqlite3_stmt *s, int at, struct span text); /* absent: NULL */

#endif
