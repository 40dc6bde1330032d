/* swap.h - an article of the corpus with other names in it: what stands around a name is learnt apart from the name.
 *
 * Names come from the other articles. Persons are renamed word by word ("Ann Lee ... Lee" becomes "Eva Roth ... Roth"), the rest as
 * a whole by one with the same label, as many words and a like last word. A name is the same all over an article.
 */
#ifndef NTAG_TRAIN_SWAP_H
#define NTAG_TRAIN_SWAP_H

#include "../vocab.h"
#include "marks.h"

/* A name, or a word of a person's, that may stand for another one with the same key. */
struct swap_entry {
	uint64_t key;
	struct span text;
};

struct swap {
	struct swap_entry *at;
	size_t n, cap;
	struct vocab *vocab;
	struct arena *arena; /* lives as long as the entries */
};

/* Take over the names of an article; text must live on. Then sort them, once. */
void swap_learn(struct swap *s, struct span text, const struct marks *marks);
void swap_sort(struct swap *s);

/* Append the article with other names to *out, its marks to *moved. */
void swap_names(const struct swap *s, struct span text, const struct marks *marks, uint64_t seed,
    struct buf *out, struct marks *moved);

#endif
