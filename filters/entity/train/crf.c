/* crf.c - forward-backward, gradient, AdaGrad; one sentence at a time. */
#include "crf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../features.h"

enum {
	PICKED_MAX = ROWS_MAX * (FEATURES_ROLES_MAX + 2),
	PATHS_MAX = N_CLOSED * N_CLOSED + 4 * N_CLASS,
};

typedef float states[STATES];

/* A move that is allowed, and exp of its weight. */
struct path {
	float e;
	uint8_t from, to;
};

struct trainer {
	struct crf *c;
	const struct crf_how *how;
	float (*past)[SCORES]; /* sums of squared gradients */
	float move_past[STATES + 1][STATES + 1];
	float emove[STATES + 1][STATES + 1]; /* exp of the moves; 0: not allowed */
	struct path path[PATHS_MAX];         /* those that are, but for the edges */
	size_t n_path;
	uint64_t seed;
	float rate;
	size_t wrong, total;

	/* of the stretch at hand */
	size_t n, cap;
	uint32_t (*row)[PICKED_MAX];
	size_t *n_row;
	states *score, *pot, *ahead, *back, *free, *held;
	uint8_t *guess;
};

uint32_t
train_random(uint64_t *seed)
{
	uint64_t x = *seed;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*seed = x;
	return (uint32_t)(x * 0x2545F4914F6CDD1DULL >> 32);
}

static bool
happens(struct trainer *t, float share)
{
	return (float)train_random(&t->seed) < share * 4294967296.0F;
}

static void *
again(void *old, size_t n, size_t size)
{
	void *p = realloc(old, n * size);

	if (p == NULL) {
		fprintf(stderr, "train: out of memory\n");
		exit(1);
	}
	return p;
}

static void
make_room(struct trainer *t, size_t n)
{
	t->n = n;
	if (n <= t->cap)
		return;
	t->cap = n * 2;
	t->row = again(t->row, t->cap, sizeof(*t->row));
	t->n_row = again(t->n_row, t->cap, sizeof(*t->n_row));
	t->score = again(t->score, t->cap, sizeof(states));
	t->pot = again(t->pot, t->cap, sizeof(states));
	t->ahead = again(t->ahead, t->cap, sizeof(states));
	t->back = again(t->back, t->cap, sizeof(states));
	t->free = again(t->free, t->cap, sizeof(states));
	t->held = again(t->held, t->cap, sizeof(states));
	t->guess = again(t->guess, t->cap, 1);
}

static void
norm(float *v)
{
	float z = 1e-30F;

	for (unsigned k = 0; k < STATES; k++)
		z += v[k];
	z = 1 / z;
	for (unsigned k = 0; k < STATES; k++)
		v[k] *= z;
}

static void
refresh_moves(struct trainer *t)
{
	for (unsigned a = 0; a <= STATES; a++)
		for (unsigned b = 0; b <= STATES; b++)
			t->emove[a][b] = decode_allows(a, b) ? expf(t->c->move[a][b]) : 0;
	t->n_path = 0;
	for (uint8_t a = 0; a < STATES; a++)
		for (uint8_t b = 0; b < STATES; b++)
			if (decode_allows(a, b))
				t->path[t->n_path++] = (struct path){ t->emove[a][b], a, b };
}

/* Features of token i of the sample, thinned out when learning. */
static void
pick_rows(struct trainer *t, const struct sample *x, uint32_t i, size_t at, bool learn)
{
	const uint32_t *from = x->row + x->row_start[i];
	size_t n = x->row_start[i + 1] - x->row_start[i], out = 0, pairs = x->n_pair[i];
	struct rows history = { .n = 0 };
	bool blind = learn && x->p.tok[i].w->flags & WORD_CAP && happens(t, t->how->word_drop);

	for (size_t k = 0; k < n; k++) {
		/* The word with its neighbours, and the word itself: see features.c. */
		if (blind && (k < 2 || k == pairs || k == pairs + 1))
			continue;
		if (learn && happens(t, t->how->drop))
			continue;
		t->row[at][out++] = from[k] & t->c->mask;
	}
	features_history(&x->p, i, &history);
	for (size_t k = 0; k < history.n; k++)
		t->row[at][out++] = history.at[k] & t->c->mask;
	t->n_row[at] = out;
}

static void
score_stretch(struct trainer *t, const struct sample *x, const struct stretch *open, bool learn)
{
	make_room(t, open->end - open->start);
	for (size_t i = 0; i < t->n; i++) {
		float sum[SCORES] = { 0 };

		pick_rows(t, x, open->start + (uint32_t)i, i, learn);
		for (size_t k = 0; k < t->n_row[i]; k++) {
			const float *w = t->c->weight[t->row[i][k]];

			for (unsigned j = 0; j < SCORES; j++)
				sum[j] += w[j];
		}
		t->score[i][0] = 0;
		memcpy(&t->score[i][1], sum, sizeof(sum));
	}
}

/* Potentials; states that held rules out are 0. NULL: all are free. */
static void
potentials(struct trainer *t, const uint64_t *allowed)
{
	for (size_t i = 0; i < t->n; i++) {
		float most = -1e30F;

		for (unsigned s = 0; s < STATES; s++)
			if (allowed == NULL || allowed[i] >> s & 1)
				most = t->score[i][s] > most ? t->score[i][s] : most;
		for (unsigned s = 0; s < STATES; s++)
			t->pot[i][s] = allowed == NULL || allowed[i] >> s & 1
					   ? expf(t->score[i][s] - most)
					   : 0;
	}
}

/* Sums over the moves that are allowed: a third of all. */
static void
forward(struct trainer *t)
{
	for (unsigned s = 0; s < STATES; s++)
		t->ahead[0][s] = t->emove[EDGE][s] * t->pot[0][s];
	norm(t->ahead[0]);
	for (size_t i = 1; i < t->n; i++) {
		states sum = { 0 };

		for (size_t k = 0; k < t->n_path; k++)
			sum[t->path[k].to] += t->ahead[i - 1][t->path[k].from] * t->path[k].e;
		for (unsigned b = 0; b < STATES; b++)
			t->ahead[i][b] = sum[b] * t->pot[i][b];
		norm(t->ahead[i]);
	}
}

static void
backward(struct trainer *t)
{
	for (unsigned s = 0; s < STATES; s++)
		t->back[t->n - 1][s] = t->emove[s][EDGE];
	norm(t->back[t->n - 1]);
	for (size_t i = t->n - 1; i-- > 0;) {
		states next, sum = { 0 };

		for (unsigned b = 0; b < STATES; b++)
			next[b] = t->back[i + 1][b] * t->pot[i + 1][b];
		for (size_t k = 0; k < t->n_path; k++)
			sum[t->path[k].from] += t->path[k].e * next[t->path[k].to];
		memcpy(t->back[i], sum, sizeof(sum));
		norm(t->back[i]);
	}
}

/* The expected number of each move, with its sign. */
static void
add_moves(const struct trainer *t, float sign, float (*grad)[STATES + 1], states *marginal)
{
	for (unsigned s = 0; s < STATES; s++) {
		grad[EDGE][s] += sign * marginal[0][s];
		grad[s][EDGE] += sign * marginal[t->n - 1][s];
	}
	for (size_t i = 1; i < t->n; i++) {
		float joint[PATHS_MAX], z = 1e-30F;
		states next;

		for (unsigned b = 0; b < STATES; b++)
			next[b] = t->pot[i][b] * t->back[i][b];
		for (size_t k = 0; k < t->n_path; k++) {
			const struct path *p = &t->path[k];

			joint[k] = t->ahead[i - 1][p->from] * p->e * next[p->to];
			z += joint[k];
		}
		z = sign / z;
		for (size_t k = 0; k < t->n_path; k++)
			grad[t->path[k].from][t->path[k].to] += z * joint[k];
	}
}

static void
marginals(
    struct trainer *t, const uint64_t *allowed, float sign, states *out, float (*grad)[STATES + 1])
{
	potentials(t, allowed);
	forward(t);
	backward(t);
	for (size_t i = 0; i < t->n; i++) {
		for (unsigned s = 0; s < STATES; s++)
			out[i][s] = t->ahead[i][s] * t->back[i][s];
		norm(out[i]);
	}
	add_moves(t, sign, grad, out);
}

static inline void
nudge(const struct trainer *t, float *weight, float *past, float g)
{
	*past += g * g;
	*weight += t->rate * g / sqrtf(*past + t->how->ease);
}

static void
update(struct trainer *t, float weight, float (*grad)[STATES + 1])
{
	for (size_t i = 0; i < t->n; i++) {
		float g[SCORES], size = 0;

		for (unsigned j = 0; j < SCORES; j++) {
			g[j] = (t->held[i][j + 1] - t->free[i][j + 1]) * weight;
			size += fabsf(g[j]);
		}
		if (size < 0.002F)
			continue;
		for (size_t k = 0; k < t->n_row[i]; k++) {
			float *w = t->c->weight[t->row[i][k]], *past = t->past[t->row[i][k]];

			for (unsigned j = 0; j < SCORES; j++)
				nudge(t, &w[j], &past[j], g[j]);
		}
	}
	for (unsigned a = 0; a <= STATES; a++)
		for (unsigned b = 0; b <= STATES; b++)
			if (grad[a][b] != 0)
				nudge(t, &t->c->move[a][b], &t->move_past[a][b], grad[a][b]);
}

static void
learn(struct trainer *t, const struct sample *x, const struct stretch *open)
{
	float grad[STATES + 1][STATES + 1] = { { 0 } };
	const uint64_t *allowed = x->may + open->start;

	score_stretch(t, x, open, true);
	marginals(t, NULL, -1, t->free, grad);
	marginals(t, allowed, 1, t->held, grad);
	for (size_t i = 0; i < t->n; i++) {
		float right = 0;

		for (unsigned s = 0; s < STATES; s++)
			right += allowed[i] >> s & 1 ? t->free[i][s] : 0;
		t->wrong += right < 0.5F;
	}
	t->total += t->n;
	update(t, x->weight > 1 ? x->weight : 1, grad);
}

/* The best states by the weights so far, as decode.c finds them. */
static void
guess(struct trainer *t, struct arena *a)
{
	struct scores *s = arena_raw(a, t->n, sizeof(*s));
	struct moves move;
	struct model m;

	for (size_t i = 0; i < t->n; i++)
		for (unsigned j = 0; j < SCORES; j++)
			s[i].at[j] =
			    (int16_t)lrintf(fminf(fmaxf(t->score[i][j + 1], -300), 300) * 100);
	for (unsigned x = 0; x <= STATES; x++)
		for (unsigned y = 0; y <= STATES; y++)
			move.w[x][y] = (int16_t)lrintf(t->c->move[x][y] * 100);
	model_moves(&m, &move);
	decode_best(s, t->n, &m, t->guess, &(struct lattice){ .arena = a });
}

static void
forget_history(const struct sample *x)
{
	for (size_t i = 0; i < x->p.n; i++)
		memset(x->p.tok[i].w->stem->label, 0, sizeof(x->p.tok[i].w->stem->label));
}

/* Guess all stretches of the document, so that its history is there; state receives the guesses. Features are left out here, too: with
 * all of them a text that is learnt from is guessed so well that the history would be trusted too much. */
static void
look_once(struct trainer *t, const struct sample *x, uint8_t *state, struct arena *a)
{
	for (size_t k = 0; k < x->p.n_sent; k++) {
		struct stretch open = { 0, x->p.sent[k].start };

		while (passage_open(&x->p, &x->p.sent[k], open.end, &open)) {
			score_stretch(t, x, &open, true);
			guess(t, a);
			memcpy(state + open.start, t->guess, t->n);
			tag_count(&x->p, &open, t->guess, 1);
		}
	}
}

static void
one_sample(struct trainer *t, const struct sample *x, struct arena *a)
{
	uint8_t *state = arena_alloc(a, x->p.n, 1);

	forget_history(x);
	if (t->how->look_twice)
		look_once(t, x, state, a);
	for (size_t k = 0; k < x->p.n_sent; k++) {
		struct stretch open = { 0, x->p.sent[k].start };

		while (passage_open(&x->p, &x->p.sent[k], open.end, &open)) {
			if (t->how->look_twice)
				tag_count(&x->p, &open, state + open.start, -1);
			learn(t, x, &open);
			if (!t->how->look_twice)
				guess(t, a);
			tag_count(
			    &x->p, &open, t->how->look_twice ? state + open.start : t->guess, 1);
		}
	}
}

static void
shuffle(size_t *order, size_t n, uint64_t *seed)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = train_random(seed) % i, keep = order[i - 1];

		order[i - 1] = order[j];
		order[j] = keep;
	}
}

static void
one_epoch(struct trainer *t, const struct samples *all, size_t *order, struct arena *a)
{
	shuffle(order, all->n, &t->seed);
	t->wrong = t->total = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct sample *x = &all->at[order[i]];

		if (x->weight < 1 && !happens(t, x->weight))
			continue;
		if (i % 8 == 0)
			refresh_moves(t);
		one_sample(t, x, a);
		arena_reset(a);
	}
}

/* One run from zero weights, added to the sums in c. */
static void
one_run(struct crf *c, const struct samples *all, const struct crf_how *how, uint64_t seed)
{
	size_t n = (size_t)1 << how->bits, *order = again(NULL, all->n, sizeof(*order));
	struct crf fresh = { .mask = c->mask, .weight = calloc(n, sizeof(*fresh.weight)) };
	struct trainer t = {
		.c = &fresh, .how = how, .seed = seed, .past = calloc(n, sizeof(*t.past))
	};
	struct arena a = { 0 };

	if (fresh.weight == NULL || t.past == NULL)
		exit(1);
	for (size_t i = 0; i < all->n; i++)
		order[i] = i;
	for (unsigned e = 0; e < how->epochs; e++) {
		t.rate = how->rate * (1 - 0.9F * (float)e / (float)how->epochs);
		one_epoch(&t, all, order, &a);
		fprintf(stderr, "train: epoch %u, %.3f %% of tokens wrong\n", e + 1,
		    100.0 * (double)t.wrong / (double)(t.total + 1));
	}
	for (size_t i = 0; i < n; i++)
		for (unsigned j = 0; j < SCORES; j++)
			c->weight[i][j] += fresh.weight[i][j] / (float)how->runs;
	for (unsigned x = 0; x <= STATES; x++)
		for (unsigned y = 0; y <= STATES; y++)
			c->move[x][y] += fresh.move[x][y] / (float)how->runs;
	arena_free(&a);
	free(order);
	free(t.past);
	free(fresh.weight);
}

void
crf_train(struct crf *c, const struct samples *all, const struct crf_how *how)
{
	memset(c, 0, sizeof(*c));
	c->mask = ((uint32_t)1 << how->bits) - 1;
	c->weight = calloc((size_t)1 << how->bits, sizeof(*c->weight));
	if (c->weight == NULL)
		exit(1);
	for (unsigned k = 0; k < how->runs; k++)
		one_run(c, all, how, how->seed + k);
}
