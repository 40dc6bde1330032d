/* swap.c - names by key, sorted; a choice is a hash of the name and the seed. */
#include "swap.h"

#include <stdlib.h>

#include "ascii.h"

enum {
	WORDS = 12,  /* of one name; longer ones stay */
	SHORT = 3,   /* bytes: initials and particles of persons stay */
	KEEP_OF = 4, /* one name in so many stays */
};

/* Labels whose names are exchanged; peoples and languages are bound to their grammar. */
static const char *const exchanged[] = { "PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW",
	"PRODUCT", "WORK_OF_ART" };

struct words {
	struct span at[WORDS];
	size_t n; /* 0: too many */
};

static struct words
words_of(struct span name)
{
	struct words w = { .n = 0 };
	size_t start = 0;

	for (size_t i = 0; i <= name.n; i++) {
		if (i < name.n && name.p[i] != ' ')
			continue;
		if (w.n == WORDS)
			return (struct words){ .n = 0 };
		if (i > start)
			w.at[w.n++] = span_cut(name, start, i);
		start = i + 1;
	}
	return w;
}

static bool
is_exchanged(struct span label)
{
	for (size_t i = 0; i < sizeof(exchanged) / sizeof(*exchanged); i++)
		if (span_is(label, exchanged[i]))
			return true;
	return false;
}

static uint64_t
hash(struct span s)
{
	return vocab_key(s);
}

/* Of a whole name: label, number of words, capitals, and what its last word is like. */
static uint64_t
key_of(const struct swap *s, struct span label, struct span name)
{
	struct words w = words_of(name);
	const struct word *last;
	uint64_t key = word_pair(hash(label), w.n < 4 ? w.n : 4);

	if (w.n == 0)
		return 0;
	last = vocab_get(s->vocab, w.at[w.n - 1]);
	key = word_pair(key, last->flags & (WORD_UPPER | WORD_FIGURE));
	if (!span_is(label, "ORG"))
		return key;
	return word_pair(key, w.n == 1 ? last->cluster[0] : last->kind);
}

/* Of a word of a person's name. */
static uint64_t
key_of_word(bool first)
{
	return word_pair(77, first);
}

static void
add(struct swap *s, uint64_t key, struct span text)
{
	VEC_PUSH(s->arena, s, ((struct swap_entry){ key, text }));
}

void
swap_learn(struct swap *s, struct span text, const struct marks *marks)
{
	for (size_t i = 0; i < marks->n; i++) {
		const struct mark *m = &marks->at[i];
		struct span name = span_cut(text, m->start, m->end);
		struct words w = words_of(name);

		if (w.n == 0 || !is_exchanged(m->label))
			continue;
		if (!span_is(m->label, "PERSON")) {
			add(s, key_of(s, m->label, name), name);
			continue;
		}
		if (w.n < 2 || vocab_get(s->vocab, w.at[w.n - 1])->flags & WORD_UPPER)
			continue;
		add(s, key_of_word(true), w.at[0]);
		add(s, key_of_word(false), w.at[w.n - 1]);
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct swap_entry *x = a, *y = b;
	size_t n = x->text.n < y->text.n ? x->text.n : y->text.n;
	int order = memcmp(x->text.p, y->text.p, n);

	if (x->key != y->key)
		return (x->key > y->key) - (x->key < y->key);
	return order != 0 ? order : (x->text.n > y->text.n) - (x->text.n < y->text.n);
}

/* Each text once for each key, in an order that does not depend on that of learning. */
void
swap_sort(struct swap *s)
{
	size_t n = 0;

	qsort(s->at, s->n, sizeof(*s->at), by_key);
	for (size_t i = 0; i < s->n; i++)
		if (n == 0 || by_key(&s->at[n - 1], &s->at[i]) != 0)
			s->at[n++] = s->at[i];
	s->n = n;
}

/* The first entry whose key is not below. */
static size_t
first_of(const struct swap *s, uint64_t key)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->at[mid].key < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct span
other(const struct swap *s, uint64_t key, struct span name, uint64_t seed)
{
	size_t from = first_of(s, key), n = first_of(s, key + 1) - from;
	uint64_t h = word_pair(seed, hash(name));

	if (n < 3 || h % KEEP_OF == 0)
		return name;
	return s->at[from + (h >> 8) % n].text;
}

/* Is the word the first one of a longer name of a person here? */
static bool
is_first_name(struct span text, const struct marks *marks, struct span word)
{
	for (size_t i = 0; i < marks->n; i++) {
		const struct mark *m = &marks->at[i];

		if (span_is(m->label, "PERSON") && m->end - m->start > word.n &&
		    memcmp(text.p + m->start, word.p, word.n) == 0 &&
		    text.p[m->start + word.n] == ' ')
			return true;
	}
	return false;
}

static void
put_person(const struct swap *s, struct span text, const struct marks *marks, struct span name,
    uint64_t seed, struct buf *out)
{
	struct words w = words_of(name);

	for (size_t i = 0; i < w.n; i++) {
		const struct word *word = vocab_get(s->vocab, w.at[i]);
		bool stays = w.at[i].n <= SHORT || !(word->flags & WORD_CAP) ||
			     word->flags & WORD_UPPER || (i > 0 && i + 1 < w.n);

		if (i > 0)
			buf_char(out, ' ');
		buf_put(out, stays ? w.at[i]
				   : other(s, key_of_word(is_first_name(text, marks, w.at[i])),
					 w.at[i], seed));
	}
}

static void
put_name(const struct swap *s, struct span text, const struct marks *marks, const struct mark *m,
    uint64_t seed, struct buf *out)
{
	struct span name = span_cut(text, m->start, m->end);

	if (!is_exchanged(m->label) || words_of(name).n == 0)
		buf_put(out, name);
	else if (span_is(m->label, "PERSON"))
		put_person(s, text, marks, name, seed, out);
	else
		buf_put(out, other(s, key_of(s, m->label, name), name, seed));
}

void
swap_names(const struct swap *s, struct span text, const struct marks *marks, uint64_t seed,
    struct buf *out, struct marks *moved)
{
	size_t at = 0;

	for (size_t i = 0; i < marks->n; i++) {
		const struct mark *m = &marks->at[i];
		size_t start;

		buf_put(out, span_cut(text, at, m->start));
		start = out->n;
		put_name(s, text, marks, m, seed, out);
		VEC_PUSH(s->arena, moved, ((struct mark){ start, out->n, m->label }));
		at = m->end;
	}
	buf_put(out, span_cut(text, at, text.n));
}
