/* state.h - what a pipeline has read and written, kept over runs: manifest and journal in one file.
 *
 * One line a commit, "CRC32 JSON", appended and fsynced when the data is safe, so that "this file was read" and "its
 * records are in the outputs" cannot part (PIPELINES section 5):
 *
 *   {"begin":RUN,"today":DAY,"pipeline":HASH,"outputs":[[DIR,APPEND],...],"places":HASH,"errors":N}
 *   {"open":[[OUTPUT,PATH,LENGTH],...]}                     files before they were first written
 *   {"read":[[NAME,STAMP,CONTENT],...],"at":[NAME,STAMP,UNITS],"out":[[OUTPUT,PATH,LENGTH],...],"errors":N}
 *   ..."finish":true                                        all is written, files are about to get their names
 *   {"end":true,"run":NUMBERS}  {"abandon":true}                          the run is complete; was given up
 *
 * A long file is rewritten when a run has come to its end, by rename; names of files are kept as their hashes then:
 *
 *   {"last":RUN,"places":HASH}  {"known":[[HASH,STAMP,CONTENT],...]}  {"end":true,"run":NUMBERS}
 *
 * A torn last line is cut off; a bad line in front of a good one is damage, and refused. The file is locked by
 * flock(2) as long as it is open, so that a lock cannot be left behind (FAULTS D5).
 */
#ifndef NTAG_STATE_H
#define NTAG_STATE_H

#include "arena.h"
#include "diag.h"
#include "reader.h"

enum state_lock { STATE_FAIL, STATE_SKIP, STATE_WAIT };

/* A run that begins. */
struct state_run {
	const char *name, *today; /* YYYY-MM-DD */
	const char *pipeline;     /* a hash of all that may not change before it goes on */
	struct span outputs;      /* entries made by state_put_place() */
	const char *places;       /* a hash of where they are */
	uint64_t errors;          /* length of the dead letters */
};

/* Where the files of an output are. */
struct state_place {
	const char *dir; /* absolute; "" for standard output */
	bool append;
};

/* A file that a run writes. */
struct state_file {
	uint32_t output;
	const char *path; /* below the directory of the output */
	uint64_t base;    /* length before the run */
	uint64_t length;  /* at the last commit */
	bool committed;   /* the run has written to it before the last commit */
};

/* What a run makes of a file that is there. */
enum state_finding { STATE_NEW, STATE_CHANGED, STATE_KNOWN, STATE_WAITS, N_STATE_FINDING };

/* How inputs are chosen. */
struct state_choice {
	bool only_new;
	bool appends;  /* old records of a changed file stay, which is said */
	double settle; /* seconds; 0: at once */
	bool by_stamp; /* a file is another one by its time and place alone, whatever is in it */
};

struct state;

/* Open, lock and read it; a missing one is made. A lock that is held is tried for half a second. NULL with *status: after a message (STATUS_LOCKED, STATUS_RESOURCE,
 * STATUS_OUTPUT), or STATUS_OK when another run holds the lock and that is to be left in peace. */
struct state *state_open(const char *path, enum state_lock lock, struct diag *d, int *status);
void state_close(struct state *s); /* accepts NULL */

/* The descriptor that has the lock. A child that keeps it open keeps the next run waiting until it has ended. */
int state_lock_fd(const struct state *s);

/* Look at a state without taking or changing anything; a missing one is as empty. NULL after a message. *running: another
 * run has it. */
struct state *state_peek(const char *path, struct diag *d, bool *running);

/* Rewrite a file that is much longer than what it says. Between two runs only. A failure changes nothing. */
void state_compact(struct state *s);

size_t state_known(const struct state *s);            /* files, by name */
const char *state_last(const struct state *s);        /* name of the last run, or "" */
const char *state_places_hash(const struct state *s); /* of the last run, or "" */

/* A run that did not come to its end, or NULL: its name and its day, YYYY-MM-DD. */
const char *state_run(const struct state *s);
const char *state_today(const struct state *s);
const char *state_pipeline(const struct state *s); /* what was given to state_begin() */
/* Its outputs. */
const struct state_place *state_places(const struct state *s, size_t *n);
bool state_finished(const struct state *s); /* only names are missing */
const struct state_file *state_files(const struct state *s, size_t *n);
uint64_t state_errors(const struct state *s, bool base); /* length of the dead letters */

/* Between two parts of a run: what was committed becomes what is known, as for a run that was interrupted. False after a
 * message. */
bool state_load_again(struct state *s);

void state_put_place(struct buf *list, const char *dir, bool append);

/* What makes an entry of "open" and "out". */
void state_put_file(struct buf *list, uint32_t output, const char *path, uint64_t length);

/* Append a line, and wait until it is safe. False with errno: it is not. */
bool state_begin(struct state *s, const struct state_run *run);
bool state_note_open(struct state *s, struct span list);
/* All that was read since the last commit; file: the one that is being read (NULL: none) and its units. */
bool state_commit(struct state *s, struct span out, uint64_t errors, const char *file,
    uint64_t units, bool finish);
bool state_end(
    struct state *s, struct span numbers);        /* JSON: numbers of the run, to be shown later */
struct span state_numbers(const struct state *s); /* of the last run that ended, or "" */
bool state_abandon(struct state *s);              /* forgets what the run has read */

/* ---- inputs ---- */

void state_choose(struct state *s, const struct state_choice *c);

/* Hooks of the reader: what is known is left out. */
const struct input_files *state_input(const struct state *s);

/* What a run would make of a file that is there. */
enum state_finding state_look(struct state *s, const char *name);

/* Is there any reason to read this file? Takes nothing from the state. */
bool state_is_due(struct state *s, const char *name);

/* Files whose time has changed and nothing else: remembered by their new stamp. */
bool state_refresh(struct state *s);

/* Add up what was found of the files that a run was asked to read: n of each. */
void state_found(const struct state *s, size_t n[N_STATE_FINDING]);

size_t state_waiting(const struct state *s); /* files that were read since the last commit */

/* Which the file being read is, by its stamp; state_commit() keeps it. */
uint64_t state_stamp(const struct state *s);
void state_set_stamp(struct state *s, uint64_t stamp);

/* The list of files read, to be handed from one process to another. */
struct span state_list(const struct state *s);
void state_add_list(struct state *s, struct span list);

#endif
