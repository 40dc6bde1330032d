/* diag.h - what went wrong, where, how much of it, and what the exit status will be.
 *
 * A message is one line (FAULTS rule 4): "ntag-date: news.jsonl:17:204: what; consequence".
 * Workers never print: each batch of records has a diag of its own whose messages and dead
 * letters are handed to the program's in the order of the records (diag_merge), so -j N gives
 * the same bytes on standard error as -j 1. Control characters are shown as \xNN.
 */
#ifndef NTAG_DIAG_H
#define NTAG_DIAG_H

#include <stdarg.h>
#include <stdint.h>

#include "buf.h"
#include "die.h"
#include "span.h"

/* Exit statuses: FAULTS rule 3. */
enum status {
	STATUS_OK = 0,
	STATUS_NOTHING = 1, /* nothing matched, a test failed */
	STATUS_SOME = 2,    /* something rejected, failed or unreadable; all else complete */
	STATUS_USAGE = 64,
	STATUS_OUTPUT = 74, /* output or memory: incomplete */
	STATUS_LOCKED = 75,
	STATUS_RESOURCE = 78, /* pipeline file or resource file is wrong */
	STATUS_TIME = 124,
};

struct counts {
	uint64_t read, written, filtered, rejected; /* records; read = the sum of the others */
	uint64_t failed;     /* written without the field of a filter that failed on them */
	uint64_t no_text;    /* passed through unchanged: no member "text" */
	uint64_t repaired;   /* U+FFFD put in for bad bytes or lone surrogates */
	uint64_t units;      /* records that were written in place of one (ntag-split --by) */
	uint64_t unreadable; /* inputs that could not be read, or not to their end */
	uint64_t files;
	uint64_t bytes; /* read, after decompression */
};

void diag_add_counts(struct counts *to, const struct counts *from);

/* Where a message belongs. A NULL file is left out; line and col 0 too. */
struct where {
	const char *file; /* "-" for standard input */
	size_t line, col; /* 1-based; col in characters */
};

struct diag {
	const char *prog;   /* "ntag-date" */
	bool quiet, strict; /* options of the same name */
	bool now;           /* print at once instead of keeping in err */
	bool keep_dead;     /* --errors: fill dead */
	struct counts count;
	struct buf err;  /* messages not yet printed */
	struct buf dead; /* dead letters, JSON Lines */
	bool usage;      /* open() of a filter: the fault is in the options, not in a resource */
};

/* A message that changes no count. Dropped when quiet. */
__attribute__((format(printf, 3, 4))) void diag_warn(
    struct diag *d, struct where w, const char *fmt, ...);

/* A record is lost to its output: message with "; record rejected", count, dead letter.
 * raw is the record as it came; offset and length of an over-long one that is not kept: raw.p == NULL. */
__attribute__((format(printf, 5, 6))) void diag_reject(
    struct diag *d, struct where w, const char *stage, struct span raw, const char *fmt, ...);

/* An over-long record: its place in the input instead of its bytes. Counted as read and rejected,
 * since nobody else sees it. */
void diag_reject_long(
    struct diag *d, struct where w, uint64_t offset, uint64_t length, size_t limit);

/* A filter failed on a valid record: message with "; written without it", count. */
__attribute__((format(printf, 4, 5))) void diag_fail(
    struct diag *d, struct where w, const char *stage, const char *fmt, ...);

/* An input cannot be read (to its end): message, count. */
__attribute__((format(printf, 3, 4))) void diag_unreadable(
    struct diag *d, struct where w, const char *fmt, ...);

/* Hand messages, dead letters and counts of one batch to the program's diag, and clear it. */
void diag_merge(struct diag *to, struct diag *from);

/* 0 or STATUS_SOME, by the counts. */
int diag_status(const struct diag *d);

/* Message, then exit(status): only for start-up and lost output, never from a filter. */
__attribute__((format(printf, 3, 4), noreturn)) void diag_die(
    const struct diag *d, int status, const char *fmt, ...);

/* Write all of s, whatever comes between: short writes, interruptions, a descriptor that is not ready (FAULTS
 * B19). False: it is lost, errno says why. */
bool diag_write(int fd, struct span s);

/* Append s with bad bytes and with what could deceive or command a terminal (visible.h) as \xNN. */
void diag_mask(struct buf *out, struct span s);

/* The closing line, as text or JSON: "ntag-date: 3 read = 2 written + 0 filtered + 1 rejected; ...".
 * If the counts do not balance the line says so and the result is false. */
bool diag_stats(const struct diag *d, bool json, double seconds, struct buf *out);

/* Nearest of names (NULL-ended) to what was typed, or NULL if none is near: for "did you mean". */
const char *diag_near(const char *typed, const char *const *names);

#endif
