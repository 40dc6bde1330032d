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
	UNI_UPPER = 1, /* Lu, Lt */
	UNI_LOWER = 2, /* Ll */
	UNI_OTHER = 4, /* other letters: Lm, Lo */
	UNI_MARK = 8,  /* Mn, Mc, Me: belongs to the letter before it */
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
 * tokens carry (token.h), so that tables of words can be looked up by it. It is FNV-1a of 32 bits
 * over the bytes of uni_folded(s). No normalisation: e with a combining acute is not U+00E9.
 * Two given words collide by chance once in 2^32. */
uint32_t uni_hash(struct span s);

/* The same in steps: start, then each character. */
enum { UNI_HASH_PRIME = 0x01000193 };
#define UNI_HASH_START 0x811C9DC5U /* both: draft-eastlake-fnv, section 5 */

/* One byte that is folded already; or an ASCII character by ascii_fold(c). */
static inline uint32_t
uni_hash_step(uint32_t hash, unsigned char folded)
{
	return (hash ^ folded) * UNI_HASH_PRIME;
}

/* Any code point, not yet folded. */
uint32_t uni_hash_cp(uint32_t hash, uint32_t cp);

/* s in lower case, curly apostrophe as ', no soft hyphens, into out (room for 3 * s.n + 3 bytes);
 * its length. */
size_t uni_folded(struct span s, char *out);

#endif
