/* select.c - greedy choice by maximal marginal relevance. */
#include "select.h"

#include <math.h>

/* Behind every sentence that is no repetition: scores are standardised, so they stay far below. */
#define LAST 1e6

struct choice {
	const struct bag *bag;
	double *value;  /* standardised score */
	double *repeat; /* highest similarity with a chosen sentence */
	unsigned char *taken;
	uint32_t *mark;
	double weight; /* of repeat */
};

static void
standardise(const struct bag *b, const double *score, double *value)
{
	size_t n = b->n_line - b->body;
	double mean = 0, square = 0, deviation;

	for (size_t i = b->body; i < b->n_line; i++)
		mean += score[i] / (double)n;
	for (size_t i = b->body; i < b->n_line; i++)
		square += (score[i] - mean) * (score[i] - mean) / (double)n;
	deviation = square > 0 ? sqrt(square) : 1;
	for (size_t i = b->body; i < b->n_line; i++)
		value[i] = (score[i] - mean) / deviation;
}

/* The best sentence left, the earlier one where two are equal; n_line if none. */
static size_t
best(const struct choice *c)
{
	size_t k = c->bag->n_line;
	double most = 0;

	for (size_t i = c->bag->body; i < c->bag->n_line; i++) {
		double v = c->value[i] - c->weight * c->repeat[i];

		v = c->repeat[i] > SELECT_SAME ? v - LAST : v;

		if (!c->taken[i] && (k == c->bag->n_line || v > most)) {
			most = v;
			k = i;
		}
	}
	return k;
}

static void
take(struct choice *c, size_t k)
{
	const struct line *line = c->bag->line;

	c->taken[k] = 1;
	bag_mark(&line[k], c->mark);
	for (size_t i = c->bag->body; i < c->bag->n_line; i++) {
		double same;

		if (c->taken[i])
			continue;
		same = bag_cosine(&line[i], &line[k], c->mark);
		c->repeat[i] = same > c->repeat[i] ? same : c->repeat[i];
	}
	bag_unmark(&line[k], c->mark);
}

static size_t
limit(const struct bag *b, const struct budget *want)
{
	size_t n = b->n_line - b->body;
	size_t share = want->ratio > 0 ? (size_t)(want->ratio * (double)n + 0.5) : n;

	share = share < 1 ? 1 : share;
	n = share < n ? share : n;
	n = want->sentences > 0 && want->sentences < n ? want->sentences : n;
	return n < SELECT_MAX ? n : SELECT_MAX;
}

/* Would n more words overshoot by more than is missing now? */
static bool
too_many(const struct budget *want, size_t words, size_t n)
{
	return want->words > 0 && words > 0 && words + n > want->words &&
	       words + n - want->words >= want->words - words;
}

void
select_best(const struct bag *b, const double *score, const struct budget *want,
    struct indexes *out, struct arena *a)
{
	struct choice c = { b, ARENA_NEW(a, double, b->n_line), ARENA_NEW(a, double, b->n_line),
		ARENA_NEW(a, unsigned char, b->n_line), ARENA_NEW(a, uint32_t, b->n_word),
		want->repeat };
	size_t words = 0, most = limit(b, want);

	standardise(b, score, c.value);
	while (out->n < most) {
		size_t k = best(&c);

		if (k == b->n_line || (want->words > 0 && words >= want->words))
			break;
		if (too_many(want, words, b->line[k].n_word))
			break;
		VEC_PUSH(a, out, (uint32_t)k);
		words += b->line[k].n_word;
		if (out->n < most)
			take(&c, k);
	}
}
