/* uniclass.c - properties by a two-stage table (made by gen/uniclass.c), and the hash of words.
 *
 * The hash is FNV-1a of 32 bits over the bytes of uni_folded(): one multiplication a byte, so
 * that token_scan() carries it along while it looks for the end of the word.
 */
#include "uniclass.h"

#include "ascii.h"
#include "utf8.h"

struct kind {
	unsigned char bits; /* enum uni and UNI_ZERO */
	int fold;           /* added to a code point it gives its lower case */
};

enum { UNI_ZERO = 128 }; /* no column on a terminal; gen/uniclass.c */

#include "uniclass.inc"

enum { CURLY_APOSTROPHE = 0x2019, SOFT_HYPHEN = 0xAD, CP_END = 0x110000 };

static struct kind
kind_of(uint32_t cp)
{
	if (cp >= CP_END)
		return (struct kind){ 0, 0 };
	return kind[block[stage[cp / BLOCK] * BLOCK + cp % BLOCK]];
}

unsigned
uni_class(uint32_t cp)
{
	return kind_of(cp).bits & ~(unsigned)UNI_ZERO;
}

uint32_t
uni_fold(uint32_t cp)
{
	return (uint32_t)((int64_t)cp + kind_of(cp).fold);
}

int
uni_width(uint32_t cp)
{
	unsigned bits = kind_of(cp).bits;

	if ((bits & UNI_ZERO) != 0)
		return 0;
	return (bits & UNI_WIDE) != 0 ? 2 : 1;
}

/* cp as it counts when words are compared, into out; bytes written. */
static size_t
folded(uint32_t cp, char out[UTF8_MAX])
{
	if (cp == SOFT_HYPHEN)
		return 0;
	return utf8_encode(cp == CURLY_APOSTROPHE ? '\'' : uni_fold(cp), out);
}

uint32_t
uni_hash_cp(uint32_t hash, uint32_t cp)
{
	char out[UTF8_MAX];
	size_t n = folded(cp, out);

	for (size_t i = 0; i < n; i++)
		hash = uni_hash_step(hash, (unsigned char)out[i]);
	return hash;
}

uint32_t
uni_hash(struct span s)
{
	uint32_t hash = UNI_HASH_START;
	size_t i = 0, len = 1;

	for (; i < s.n; i += len) {
		unsigned char c = (unsigned char)s.p[i];

		len = 1;
		if (c < 0x80)
			hash = uni_hash_step(hash, ascii_fold(c));
		else
			hash = uni_hash_cp(hash, utf8_next(span_cut(s, i, s.n), &len));
	}
	return hash;
}

size_t
uni_folded(struct span s, char *out)
{
	size_t n = 0, len;

	for (size_t i = 0; i < s.n; i += len)
		n += folded(utf8_next(span_cut(s, i, s.n), &len), out + n);
	return n;
}
