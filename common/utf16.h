/* utf16.h - UTF-16 and UTF-32 to UTF-8, in pieces of any size. Never looks for a byte order mark beyond utf16_mark().
 *
 * Unpaired surrogates, numbers beyond U+10FFFF and a torn last unit become U+FFFD (Unicode 15.0, sections 3.9 and 3.10).
 */
#ifndef NTAG_UTF16_H
#define NTAG_UTF16_H

#include <stdint.h>

#include "span.h"

struct utf16 {
	unsigned width; /* bytes of a unit: 2, 4; 0: not UTF-16 or UTF-32 at all */
	bool big;       /* most significant byte first */
	uint32_t high;  /* a high surrogate that waits for the low one, or 0 */
	unsigned char part[4];
	unsigned n_part; /* bytes of a unit that is not whole yet */
	size_t bad;      /* U+FFFD put in so far */
};

enum utf16_answer { UTF16_NO, UTF16_YES, UTF16_MORE };

/* Does the input start with a byte order mark of UTF-16 or UTF-32? YES: u is ready for the bytes behind it,
 * *len is its length. MORE, unless final: head may still become one. */
enum utf16_answer utf16_mark(struct utf16 *u, struct span head, bool final, size_t *len);

/* Decode from *in, which is shortened, to at most n bytes (n >= 8) at to; the bytes written. */
size_t utf16_decode(struct utf16 *u, struct span *in, char *to, size_t n);

/* What is left at the end of the input: at most 2 U+FFFD (6 bytes) at to; the bytes written. */
size_t utf16_finish(struct utf16 *u, char to[8]);

/* Does this look like UTF-16 without a mark: NUL bytes nearly all on odd or nearly all on even places? */
bool utf16_likely(struct span s);

#endif
