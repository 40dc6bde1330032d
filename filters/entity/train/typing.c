/* typing.c - one name at a time, in the order of a fixed seed. */
#include "typing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "crf.h"

struct item {
	const struct sample *x;
	const struct name *name;
};

struct learner {
	uint32_t mask;
	float (*weight)[SCORES], (*past)[SCORES];
	float rate;
	uint64_t seed;
	size_t wrong;
};

enum { DROP_OF_TEN = 3 }; /* features left out at random, in tenths */

/* Names of sets other than the corpus count less: of CrossNER's works of art there are too many. */
#define OTHERS 0.2F

/* A region is missed more often than a state is taken for one: F1 of the rarer label of a class is best when it counts more. */
#define RARER 3

static void
one_item(struct learner *l, const struct item *it)
{
	struct rows r = { .n = 0 };
	uint32_t row[ROWS_MAX] = { 0 };
	size_t kept = 0;
	unsigned set = type_choices(it->name->cls), best = 0;
	float score[SCORES] = { 0 }, z = 0, most = -1e30F;
	float weight = it->x->weight > 1 ? 1 : OTHERS;
	if (it->name->label == ENT_LOC || it->name->label == ENT_LANGUAGE)
		weight *= RARER;

	type_rows(&it->x->p, it->name, &r);
	for (size_t k = 0; k < r.n; k++)
		if (train_random(&l->seed) % 10 >= DROP_OF_TEN)
			row[kept++] = r.at[k] & l->mask;
	for (size_t k = 0; k < kept; k++)
		for (unsigned j = 0; j < SCORES; j++)
			score[j] += l->weight[row[k]][j];
	for (unsigned j = 0; j < SCORES; j++)
		if (set >> j & 1 && score[j] > most) {
			most = score[j];
			best = j;
		}
	l->wrong += best != it->name->label;
	for (unsigned j = 0; j < SCORES; j++) {
		score[j] = set >> j & 1 ? expf(score[j] - most) : 0;
		z += score[j];
	}
	for (unsigned j = 0; j < SCORES; j++)
		score[j] = ((float)(j == it->name->label) - score[j] / z) * weight;
	for (size_t k = 0; k < kept; k++)
		for (unsigned j = 0; j < SCORES; j++) {
			float *past = &l->past[row[k]][j];

			*past += score[j] * score[j];
			l->weight[row[k]][j] += l->rate * score[j] / sqrtf(*past + 1);
		}
}

static size_t
gather(const struct samples *all, struct item *out)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->at[i].fine.n; k++) {
			const struct name *name = &all->at[i].fine.at[k];
			unsigned set = type_choices(name->cls);

			if ((set & (set - 1)) == 0)
				continue;
			if (out != NULL)
				out[n] = (struct item){ &all->at[i], name };
			n++;
		}
	return n;
}

float (
    *typing_train(const struct samples *all, unsigned bits, unsigned epochs, uint64_t seed))[SCORES]
{
	size_t n = gather(all, NULL);
	struct item *item = calloc(n + 1, sizeof(*item)), keep;
	struct learner l = { .mask = ((uint32_t)1 << bits) - 1, .seed = seed };

	l.weight = calloc((size_t)1 << bits, sizeof(*l.weight));
	l.past = calloc((size_t)1 << bits, sizeof(*l.past));
	if (item == NULL || l.weight == NULL || l.past == NULL)
		exit(1);
	gather(all, item);
	for (unsigned e = 0; e < epochs; e++) {
		l.rate = 0.1F * (1 - 0.9F * (float)e / (float)epochs);
		l.wrong = 0;
		for (size_t i = n; i > 1; i--) {
			size_t j = train_random(&l.seed) % i;

			keep = item[i - 1];
			item[i - 1] = item[j];
			item[j] = keep;
		}
		for (size_t i = 0; i < n; i++)
			one_item(&l, &item[i]);
	}
	fprintf(stderr, "train: typing of %zu names, %.2f %% wrong\n", n,
	    100.0 * (double)l.wrong / (double)(n + 1));
	free(item);
	free(l.past);
	return l.weight;
}
