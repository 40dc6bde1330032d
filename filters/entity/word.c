/* word.c - the facts of a word from its characters. */
#include "word.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "uniclass.h"
#include "utf8.h"

enum { CHARS = WORD_LEN_MAX };

/* A word taken apart: characters as they are and in lower case, one class letter each. */
struct pieces {
	uint32_t cp[CHARS], low[CHARS];
	char kind
	    [CHARS]; /* 'A' upper, 'a' other letter, '0' digit, else 0: the character itself counts */
	size_t n;
};

static uint32_t
plain(uint32_t cp)
{
	switch (cp) {
	case 0x2018: /* quotation marks and dashes of typesetters as those of typewriters */
	case 0x2019:
		return '\'';
	case 0x201C:
	case 0x201D:
		return '"';
	case 0x2013:
	case 0x2014:
		return '-';
	default:
		return cp;
	}
}

static char
letter_class(uint32_t cp)
{
	unsigned c = uni_class(cp);

	if (c & UNI_UPPER)
		return 'A';
	if (c & UNI_LETTER)
		return 'a';
	return c & UNI_DIGIT ? '0' : 0;
}

static void
take_apart(struct pieces *x, struct span s)
{
	size_t len;

	x->n = 0;
	for (size_t i = 0; i < s.n && x->n < CHARS; i += len, x->n++) {
		uint32_t cp = plain(utf8_next((struct span){ s.p + i, s.n - i }, &len));

		x->kind[x->n] = letter_class(cp);
		if (x->kind[x->n] == '0')
			cp = '0';
		x->cp[x->n] = cp;
		x->low[x->n] = uni_fold(cp);
	}
}

static uint64_t
hash_cps(const uint32_t *cp, size_t n)
{
	return word_mix(XXH3_64bits(cp, n * sizeof(*cp)));
}

/* Runs of one kind count once in the shape ("Aa0"), up to eight characters singly in the long one. */
static void
add_shapes(struct word *w, const struct pieces *x)
{
	uint64_t shape = 7, longer = 7;
	uint32_t last = 0;

	for (size_t i = 0; i < x->n; i++) {
		uint32_t k = x->kind[i] != 0 ? (uint32_t)x->kind[i] : x->cp[i];

		if (k != last)
			shape = shape * 131 + k;
		if (i < 8)
			longer = longer * 131 + k;
		last = k;
	}
	w->shape = (uint32_t)word_mix(shape);
	w->long_shape = (uint32_t)word_mix(longer);
}

static void
add_ends(struct word *w, const struct pieces *x)
{
	for (size_t k = 0; k < WORD_HEADS; k++)
		w->head[k] = x->n > k + 1 ? (uint32_t)hash_cps(x->low, k + 2) : 0;
	for (size_t k = 0; k < WORD_TAILS; k++)
		w->tail[k] = x->n > k ? (uint32_t)hash_cps(x->low + x->n - k - 1, k + 1) : 0;
}

static void
add_flags(struct word *w, const struct pieces *x)
{
	size_t upper = 0, letters = 0;

	for (size_t i = 0; i < x->n; i++) {
		upper += x->kind[i] == 'A';
		letters += x->kind[i] == 'A' || x->kind[i] == 'a';
	}
	w->flags = 0;
	if (x->n > 0 && x->kind[0] == 'A')
		w->flags |= WORD_CAP;
	if (x->n > 0 && x->kind[0] == 'a' && uni_class(x->cp[0]) & UNI_LOWER)
		w->flags |= WORD_LOWER;
	if (x->n > 0 && x->kind[0] == '0')
		w->flags |= WORD_FIGURE;
	if (letters > 1 && upper == letters)
		w->flags |= WORD_UPPER;
	if (letters > 0)
		w->flags |= WORD_ALPHA;
	if (x->n > 3)
		w->flags |= WORD_LONG;
	if (upper > 0 && !(w->flags & WORD_CAP))
		w->flags |= WORD_INNER;
}

void
word_facts(struct word *w, struct span s)
{
	struct pieces x;
	uint32_t first;

	take_apart(&x, s);
	w->exact = hash_cps(x.cp, x.n);
	w->lower = hash_cps(x.low, x.n);
	w->title = w->exact;
	add_shapes(w, &x);
	add_ends(w, &x);
	add_flags(w, &x);
	if (w->flags & WORD_UPPER) {
		first = x.low[0];
		x.low[0] = x.cp[0];
		w->title = hash_cps(x.low, x.n);
		x.low[0] = first;
	}
}
