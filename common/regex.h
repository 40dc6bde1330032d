/* regex.h - PCRE2 with JIT and with limits: compile once, match from many workers.
 *
 * Limits are set explicitly (FAULTS A34: the library's default heap limit is 20 GB). Subjects are
 * valid UTF-8, checked at the door, so PCRE2_NO_UTF_CHECK holds.
 */
#ifndef NTAG_REGEX_H
#define NTAG_REGEX_H

#include "span.h"

enum {
	REGEX_MATCH_LIMIT = 1000000, /* measured for A34: 10 ms an attempt without JIT, 3 ms with */
	REGEX_HEAP_KIB = 65536,      /* 64 MiB */
	REGEX_GROUPS = 64,
};

struct regex;       /* a compiled pattern: immutable, shared */
struct regex_match; /* scratch of one worker */

enum regex_flag {
	REGEX_ANCHORED = 1, /* only at the given byte */
	REGEX_ICASE = 2,
	REGEX_EXTENDED = 4, /* blanks and # comments in the pattern are ignored */
	REGEX_USER = 8,     /* foreign pattern: \C and raised limits refused (FAULTS A35) */
};

/* NULL with *at (byte of the pattern) and what (a buffer of 128) filled. */
struct regex *regex_new(struct span pattern, unsigned flags, size_t *at, char what[128]);
void regex_free(struct regex *re);

struct regex_match *regex_match_new(void);
void regex_match_free(struct regex_match *m);

enum regex_result { REGEX_NO, REGEX_YES, REGEX_TOO_EXPENSIVE };

/* Match re in subject from byte at. */
enum regex_result regex_find(
    const struct regex *re, struct span subject, size_t at, struct regex_match *m);

/* Byte range of group k of the last match; false if the group took no part. */
bool regex_group(const struct regex_match *m, size_t k, size_t *start, size_t *end);

/* Number of a named group, or 0. */
size_t regex_name(const struct regex *re, const char *name);

/* "10.42 2022-12-11", for --version. */
const char *regex_version(void);

#endif
