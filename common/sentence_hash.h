/* sentence_hash.h - keys of the word table: shared by common/gen/words.c and sentence_word.c.
 *
 * A key is the word in ASCII lower case, padded with zeros to 16 bytes; the table is open-addressed.
 */
#ifndef NTAG_SENTENCE_HASH_H
#define NTAG_SENTENCE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { WORD_BYTES = 16 };

struct word_key {
	uint64_t low, high; /* bytes 0-7 and 8-15, the first one lowest */
};

/* The key of n bytes (at most WORD_BYTES; the rest of a longer word is left out). */
static inline struct word_key
word_key(const char *p, size_t n)
{
	struct word_key key = { 0, 0 };

	for (size_t i = 0; i < n && i < WORD_BYTES; i++) {
		unsigned char c = (unsigned char)p[i];
		uint64_t folded = c >= 'A' && c <= 'Z' ? c | 0x20 : c;

		if (i < 8)
			key.low |= folded << (8 * i);
		else
			key.high |= folded << (8 * (i - 8));
	}
	return key;
}

/* Multiply and fold, as in wyhash (public domain); the constants are its first two primes. */
static inline uint32_t
word_hash(struct word_key key)
{
	uint64_t h = (key.low ^ 0xa0761d6478bd642fULL) * 0xe7037ed1a0b428dbULL;

	h ^= h >> 32;
	h = (h ^ key.high) * 0xe7037ed1a0b428dbULL;
	return (uint32_t)(h >> 40);
}

#endif
