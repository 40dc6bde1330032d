/* uniclass.h - classes and simple case of Unicode characters, without locale.
 *
 * From data/uniclass.tsv (Unicode 15.0; SOURCES). Never <ctype.h>, never <wctype.h>.
 */
#ifndef NTAG_UNICLASS_H
#define NTAG_UNICLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

enum uni {
	UNI_UPPER = 1,  /* Lu, Lt */
	UNI_LOWER = 2,  /* Ll */
	UNI_OTHER = 4,  /* other letters: Lm, Lo */
	UNI_MARK = 8,   /* Mn, Mc, Me: belongs to the letter before it */
	UNI_DIGIT = 16, /* Nd */
	UNI_SPACE = 32, /* White_Space, with U+00A0, U+0085, U+2028 */
	UNI_WIDE = 64,  /* East Asian wide: two columns on a terminal */
	UNI_LETTER = UNI_UPPER | UNI_LOWER | UNI_OTHER,
};

unsigned uni_class(uint32_t cp); /* set of enum uni */
uint32_t uni_fold(uint32_t cp);  /* simple lower case; cp itself if it has none */

/* Columns on a terminal: 0 for marks, zero-width characters and controls, 2 for wide ones, else 1. */
int uni_width(uint32_t cp);

/* A hash of s in lower case, with the curly apostrophe as ' and without soft hyphens: the hash that
 * tokens carry (token.h), so that tables of words can be looked up by it. It is taken over the bytes of
 * uni_folded(s), in pieces of eight. No normalisation: e with a combining acute is not U+00E9. The same on
 * every machine; two given words collide by chance once in 2^32. */
uint32_t uni_hash(struct span s);

/* The same by pieces: start, then each eight bytes, the first the lowest, the last piece filled up
 * with zeros, then the number of bytes. Multiplication by an odd number and a shifted xor are one to one,
 * so before the last step no two words of up to eight bytes are confused. */
#define UNI_HASH_START 0x243F6A8885A308D3U  /* of pi: no tricks */
#define UNI_HASH_FACTOR 0x9E3779B97F4A7C15U /* 2^64 / golden ratio: Knuth, TAOCP 3, section 6.4 */

static inline uint64_t
uni_hash_piece(uint64_t hash, uint64_t piece)
{
	hash = (hash ^ piece) * UNI_HASH_FACTOR;
	return hash ^ hash >> 32;
}

static inline uint32_t
uni_hash_end(uint64_t hash, size_t n)
{
	return (uint32_t)((hash ^ n) * UNI_HASH_FACTOR >> 32);
}

/* s in lower case, curly apostrophe as ', no soft hyphens, into out (room for 3 * s.n + 3 bytes);
 * its length. */
size_t uni_folded(struct span s, char *out);

#endif
