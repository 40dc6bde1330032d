/* sentence_word.c - look words up in the constant table made from data/ by gen/words.c. */
#include "sentence_word.h"

#include "sentence_hash.h"

struct word_entry {
	struct word_key key;
	uint32_t classes;
};

#include "sentence_word.inc"

unsigned
sentence_word(struct span word)
{
	struct word_key key;
	uint32_t at;

	if (word.n == 0 || word.n > WORD_BYTES)
		return 0;
	key = word_key(word.p, word.n);
	at = word_hash(key) % WORD_SLOTS;
	for (; word_slots[at] != 0; at = (at + 1) % WORD_SLOTS) {
		const struct word_entry *e = &word_entries[word_slots[at]];

		if (e->key.low == key.low && e->key.high == key.high)
			return e->classes;
	}
	return 0;
}
