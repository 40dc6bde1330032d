/* digest.c - the kept sentences as one text of as many sentences: the rest is as for one document. */
#include "digest.h"

#include <math.h>

/* Sums over words are taken in the order of the bag, never of a hash table: rounding must not depend on what came first. */
struct vector {
	const double *weight; /* by word of the bag */
	double norm;
};

static struct record
text_of(const struct pile *p, struct arena *a)
{
	struct record r = { .arena = a };
	struct buf text = { 0 };

	record_own(&r, LAYER_SENTS);
	for (size_t i = 0; i < p->n_cand; i++) {
		struct range at = { (uint32_t)text.n, (uint32_t)(text.n + p->cand[i]->n_text) };

		buf_put(&text, cand_text(p->cand[i]));
		buf_char(&text, '\n');
		VEC_PUSH(a, &r.sents, at);
	}
	r.text = arena_copy(a, buf_span(&text));
	buf_free(&text);
	return r;
}

static struct vector
vector_of(const struct bag *b, const struct pile *p, bool agreement, struct arena *a)
{
	double *weight = ARENA_NEW(a, double, b->n_word + 1), sum = 0;

	for (size_t w = 0; w < b->n_word; w++) {
		const struct pile_word *at = pile_word(p, b->word[w].stem);

		if (at == NULL)
			continue;
		weight[w] = agreement ? sqrt((double)at->sum) * (double)at->n_doc : (double)at->sum;
		sum += weight[w] * weight[w];
	}
	return (struct vector){ weight, sum > 0 ? sqrt(sum) : 1 };
}

static double
cosine(const struct line *line, const struct vector *v)
{
	double dot = 0;

	for (size_t k = 0; k < line->n_count; k++)
		dot += line->count[k].n * v->weight[line->count[k].word];
	return dot / line->norm / v->norm;
}

void
digest_choose(
    const struct digest_how *how, const struct pile *p, struct indexes *out, struct arena *a)
{
	struct record r = text_of(p, a);
	struct vector words;
	struct bag b;
	double *score;

	bag_fill(&b, how->lingo, how->desk, &r);
	words = vector_of(&b, p, how->agreement, a);
	score = ARENA_NEW(a, double, b.n_line + 1);
	for (size_t i = 0; i < b.n_line; i++)
		score[i] = cosine(&b.line[i], &words) + how->own * p->cand[i]->score / 1000;
	if (b.n_line > 0)
		select_best(&b, score, &how->budget, out, a);
}
