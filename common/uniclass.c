/* uniclass.c - properties by a two-stage table (made by gen/uniclass.c), and the hash of words. */
#include "uniclass.h"

#include "utf8.h"

struct kind {
	unsigned char bits; /* enum uni and UNI_ZERO */
	int fold;           /* added to a code point it gives its lower case */
};

enum { UNI_ZERO = 128 }; /* no column on a terminal; gen/uniclass.c */

#include "uniclass.inc"

enum { CURLY_APOSTROPHE = 0x2019, SOFT_HYPHEN = 0xAD, CP_END = 0x110000 };

#define ONES 0x0101010101010101U /* a 1 in each byte */

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

/* n bytes at p, 1 to 8, the first the lowest; the rest zero. Two reads that overlap, no loop. */
static uint64_t
load_piece(const unsigned char *p, size_t n)
{
	uint64_t piece = 0;
	uint32_t low, high;

	if (n == 8) {
		memcpy(&piece, p, 8);
	} else if (n >= 4) {
		memcpy(&low, p, 4);
		memcpy(&high, p + n - 4, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		low = __builtin_bswap32(low);
		high = __builtin_bswap32(high);
#endif
		return low | (uint64_t)high << 8 * (n - 4);
	} else {
		return p[0] | (uint64_t)p[n / 2] << 8 * (n / 2) | (uint64_t)p[n - 1] << 8 * (n - 1);
	}
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	piece = __builtin_bswap64(piece);
#endif
	return piece;
}

/* Eight ASCII bytes in lower case: the sums carry into bit 7 from 'A' and from behind 'Z' on. */
static uint64_t
fold_piece(uint64_t piece)
{
	uint64_t from_a = piece + (0x80 - 'A') * ONES, behind_z = piece + (0x80 - 'Z' - 1) * ONES;

	return piece | (from_a & ~behind_z & 0x80 * ONES) >> 2;
}

static uint32_t
hash_wide(struct span s)
{
	uint64_t hash = UNI_HASH_START, piece = 0;
	size_t n = 0, len;

	for (size_t i = 0; i < s.n; i += len) {
		char out[UTF8_MAX];
		size_t bytes = folded(utf8_next(span_cut(s, i, s.n), &len), out);

		for (size_t k = 0; k < bytes; k++) {
			piece |= (uint64_t)(unsigned char)out[k] << n % 8 * 8;
			n++;
			if (n % 8 == 0) {
				hash = uni_hash_piece(hash, piece);
				piece = 0;
			}
		}
	}
	if (n % 8 != 0)
		hash = uni_hash_piece(hash, piece);
	return uni_hash_end(hash, n);
}

uint32_t
uni_hash(struct span s)
{
	uint64_t hash = UNI_HASH_START;

	for (size_t i = 0; i < s.n; i += 8) {
		size_t left = s.n - i;
		uint64_t piece = load_piece((const unsigned char *)s.p + i, left < 8 ? left : 8);

		if ((piece & 0x80 * ONES) != 0)
			return hash_wide(s);
		hash = uni_hash_piece(hash, fold_piece(piece));
	}
	return uni_hash_end(hash, s.n);
}

size_t
uni_folded(struct span s, char *out)
{
	size_t n = 0, len;

	for (size_t i = 0; i < s.n; i += len)
		n += folded(utf8_next(span_cut(s, i, s.n), &len), out + n);
	return n;
}
