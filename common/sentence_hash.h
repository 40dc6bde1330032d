/* sentence_hash.h - keys of the word table: shared by common/gen/words.c and sentence_word.c.
 *
 * A key is the word in ASCII lower case, padded with zeros to 16 bytes; the table is open-addressed.
 */
#ifndef NTAG_SENTENCE_HASH_H
#define NTAG_SENTENCE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum {
	WORD_BYTES = 16,
	ABBREV_BYTES = 8, /* no abbreviation is longer */
};

struct word_key {
	uint64_t low, high; /* bytes 0-7 and 8-15, the first one lowest */
};

/* ASCII capitals of eight bytes in lower case (SWAR: bit 7 of each byte tells whether it is one). */
static inline uint64_t
word_fold(uint64_t v)
{
	const uint64_t ones = 0x0101010101010101ULL;
	uint64_t low = v & 0x7F * ones;
	uint64_t from_a = low + (0x80 - 'A') * ones, over_z = low + (0x7F - 'Z') * ones;

	return v | ((from_a & ~over_z & ~v & 0x80 * ones) >> 2);
}

/* The key of n bytes (at most WORD_BYTES). */
static inline struct word_key
word_key(const char *p, size_t n)
{
	struct word_key key = { 0, 0 };

	for (size_t i = n < 8 ? n : 8; i-- > 0;)
		key.low = key.low << 8 | (unsigned char)p[i];
	for (size_t i = n; i-- > 8;)
		key.high = key.high << 8 | (unsigned char)p[i];
	key.low = word_fold(key.low);
	key.high = word_fold(key.high);
	return key;
}

/* Multiply and fold; the constants are odd and have bits all over (the first primes of wyhash, public domain). */
static inline uint32_t
word_hash(struct word_key key)
{
	uint64_t h = (key.low ^ 0xa0761d6478bd642fULL) * 0xe7037ed1a0b428dbULL;

	h = (h ^ h >> 32 ^ key.high) * 0xe7037ed1a0b428dbULL;
	return (uint32_t)(h >> 40);
}

#endif
