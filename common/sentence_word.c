/* sentence_word.c - look words up in the constant table made from data/ by gen/words.c. */
#include "sentence_word.h"

#include "ascii.h"
#include "sentence_hash.h"

struct word_entry {
	struct word_key key;
	uint32_t classes[2]; /* without a capital, with one */
};

#include "sentence_word.inc"

/* Read eight bytes at once where the text has them: the key is made of the first n. */
static uint64_t
load(const char *p, size_t n, size_t have)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t v;

	if (have >= sizeof(v)) {
		memcpy(&v, p, sizeof(v));
		return word_fold(n < 8 ? v & ((1ULL << 8 * n) - 1) : v);
	}
#endif
	(void)have;
	return word_key(p, n < 8 ? n : 8).low;
}

static unsigned
find(struct word_key key, bool capital)
{
	uint32_t hash = word_hash(key), at = hash % WORD_SLOTS, tag = hash / WORD_TAG % 16;

	for (; word_slots[at] != 0; at = (at + 1) % WORD_SLOTS) {
		const struct word_entry *e = &word_entries[word_slots[at] % WORD_TAG];

		if (word_slots[at] / WORD_TAG == tag && e->key.low == key.low &&
		    e->key.high == key.high)
			return e->classes[capital];
	}
	return 0;
}

/* Words with a curly apostrophe are in the tables with the straight one. */
static unsigned
find_curly(const char *p, size_t n)
{
	char b[WORD_BYTES];
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		bool curly = n - i >= 3 && memcmp(p + i, "\xE2\x80\x99", 3) == 0;

		if (k == sizeof(b))
			return 0;
		b[k++] = curly ? '\'' : p[i];
		i += curly ? 2 : 0;
	}
	return find(word_key(b, k), ascii_upper((unsigned char)b[0]));
}

unsigned
sentence_word(struct span text, size_t from, size_t to)
{
	const char *p = text.p + from;
	size_t n = to - from;
	struct word_key key = { 0, 0 };

	if (n == 0 || n > WORD_LOOK + 2)
		return 0;
	if (memchr(p, 0xE2, n) != NULL)
		return find_curly(p, n);
	if (n > WORD_LOOK)
		return 0;
	key.low = load(p, n, text.n - from);
	if (n > 8)
		key.high = load(p + 8, n - 8, text.n - from - 8);
	return find(key, ascii_upper((unsigned char)p[0]));
}
