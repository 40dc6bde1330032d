/* rouge.c - sorted hashes of n-grams, walked side by side. */
#include "rouge.h"

#include <stdlib.h>

#include "ascii.h"

struct grams
rouge_tokens(struct span text, struct arena *a)
{
	uint64_t *at = arena_raw(a, text.n / 2 + 1, sizeof(*at));
	size_t n = 0, i = 0;

	while (i < text.n) {
		uint64_t h = 0xCBF29CE484222325U; /* FNV-1a */
		size_t from = i;

		for (; i < text.n && ascii_alnum((unsigned char)text.p[i]); i++)
			h = (h ^ ascii_fold((unsigned char)text.p[i])) * 0x100000001B3U;
		if (i > from)
			at[n++] = h;
		else
			i++;
	}
	return (struct grams){ at, n };
}

struct span
rouge_cut(struct span text, size_t n_word)
{
	size_t i = 0, n = 0;

	while (i < text.n && n < n_word) {
		while (i < text.n && ascii_space((unsigned char)text.p[i]))
			i++;
		n += i < text.n;
		while (i < text.n && !ascii_space((unsigned char)text.p[i]))
			i++;
	}
	return span_cut(text, 0, i);
}

static int
up(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Hashes of all runs of n tokens, sorted. */
static struct grams
sorted(struct grams t, size_t n, struct arena *a)
{
	size_t n_gram = t.n < n ? 0 : t.n - n + 1;
	uint64_t *at = arena_raw(a, n_gram + 1, sizeof(*at));

	for (size_t i = 0; i < n_gram; i++)
		at[i] = n == 1 ? t.at[i] : t.at[i] * 0x9E3779B97F4A7C15U + t.at[i + 1];
	if (n_gram > 1)
		qsort(at, n_gram, sizeof(*at), up);
	return (struct grams){ at, n_gram };
}

static double
f1(struct grams x, struct grams y)
{
	size_t same = 0;

	for (size_t i = 0, k = 0; i < x.n && k < y.n;) {
		if (x.at[i] == y.at[k])
			same++, i++, k++;
		else if (x.at[i] < y.at[k])
			i++;
		else
			k++;
	}
	return same == 0 ? 0 : 2 * (double)same / (double)(x.n + y.n);
}

struct rouge
rouge_score(struct grams sys, struct grams reference, struct arena *a)
{
	return (struct rouge){ f1(sorted(sys, 1, a), sorted(reference, 1, a)),
		f1(sorted(sys, 2, a), sorted(reference, 2, a)) };
}
