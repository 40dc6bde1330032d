/* utf8.h - strict UTF-8. Offsets and lengths are bytes unless the name says _cp.
 *
 * Bytes are checked once, at the door (reader, record); behind it every text is
 * valid and may be decoded without tests.
 */
#ifndef NTAG_UTF8_H
#define NTAG_UTF8_H

#include <stdint.h>

#include "buf.h"
#include "span.h"

enum { UTF8_BAD = 0xFFFD, UTF8_MAX = 4 };

/* Decode the code point at s.p (s.n >= 1); *len receives the bytes used, 1..4.
 * Ill-formed input gives UTF8_BAD and the length of the maximal bad part
 * (Unicode 15.0, section 3.9, table 3-7 and "U+FFFD substitution of maximal
 * subparts"), as Python's errors="replace" counts. */
uint32_t utf8_next(struct span s, size_t *len);

/* The code point that ends at byte at of valid text (at > 0); *len its bytes. */
uint32_t utf8_prev(struct span s, size_t at, size_t *len);

/* Bytes written to out, 1..4. */
size_t utf8_encode(uint32_t cp, char out[UTF8_MAX]);

/* Code points in s (bytes that are no continuation bytes). */
size_t utf8_count(struct span s);

/* Bytes of s before the first ill-formed one; s.n when all of it is valid. */
size_t utf8_valid(struct span s);

/* Append s to out with each maximal bad part as U+FFFD; returns how many. */
size_t utf8_repair(struct span s, struct buf *out);

/* True if no byte is above 0x7F. */
bool utf8_ascii(struct span s);

#endif
