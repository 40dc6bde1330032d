/* source.h - one input as bytes of UTF-8: reads, inflates, decodes UTF-16 and UTF-32. Never cuts it into records.
 *
 * gzip is known by its magic number, UTF-16 and UTF-32 by their byte order mark (also inside gzip); whatever
 * else comes out as it is. Regular files are read to the size seen when they were opened, or to their end if that comes
 * first (FAULTS B5); nothing is mapped. Interrupted reads, short ones and non-blocking descriptors are dealt with.
 */
#ifndef NTAG_SOURCE_H
#define NTAG_SOURCE_H

#include <stdint.h>
#include <sys/types.h>

#include "span.h"

/* Where bytes come from when it is not a file: at most n bytes to to, 0 at the end, -1 with errno. */
struct source_feed {
	ssize_t (*read)(void *ctx, char *to, size_t n);
	void *ctx;
};

struct source;

/* idle(ctx) is called before an open or a read that would block (FAULTS B18); NULL: not. */
struct source *source_new(void (*idle)(void *), void *ctx);
void source_free(struct source *s);

/* That file is another output: never read. */
void source_avoid(struct source *s, const char *name);

/* Open a file, or standard input as "-". walked: found in a directory, so only a regular file will do, and
 * nothing else is touched. A file that is an output too (standard output, source_avoid()) is not opened: it would be
 * read while it grows. False: source_fault() says why. An open source must be closed before the next is opened. */
bool source_open(struct source *s, const char *name, bool walked);
void source_attach(struct source *s, struct source_feed feed);
void source_close(struct source *s);

/* At most n bytes (n >= 8) to to, as soon as there are any; 0 at the end, after which source_fault() tells. */
size_t source_read(struct source *s, char *to, size_t n);

/* What was wrong, as part of a message, or NULL: all was read. Valid until the next call of source_open(). */
const char *source_fault(const struct source *s);

/* Not opened, and nothing is lost by that: no regular file, or the output itself. */
bool source_harmless(const struct source *s);

/* Is it the fault of the disk or the network, so that another time may be better? */
bool source_transient(const struct source *s);

/* Bytes are missing: the last line or document is not whole. */
bool source_torn(const struct source *s);

size_t source_repaired(const struct source *s); /* U+FFFD put in for bad UTF-16 or UTF-32 */
uint64_t source_taken(const struct source *s);  /* bytes read, before inflation */

/* Day of the last change in UTC, as YYYY-MM-DD. False: not a regular file. */
bool source_day(const struct source *s, char day[11]);

#endif
