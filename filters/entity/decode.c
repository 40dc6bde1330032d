/* decode.c - Viterbi and forward-backward over 17 states.
 *
 * Only a closed state (O, L, U) may stand before O, B, U, and only B or I before I, L of the same class: 9 x 9 and
 * 2 x 2 x 4 moves instead of 17 x 17.
 */
#include "decode.h"

#include <math.h>

enum { NEVER = INT32_MIN / 2, QUADS = CLOSED_LANES / 4 };

/* Four sums at once (GNU C vectors). */
typedef int32_t quad __attribute__((vector_size(16)));

/* The best way into each state of one token: its weight, and the state before. */
struct column {
	int32_t sum[STATES];
	uint8_t from[STATES];
};

static bool
is_open(unsigned s)
{
	return s != 0 && s != EDGE && (s - 1) % 4 <= PLACE_I;
}

static bool
goes_on(unsigned s)
{
	return s != 0 && s != EDGE && ((s - 1) % 4 == PLACE_I || (s - 1) % 4 == PLACE_L);
}

bool
decode_allows(unsigned a, unsigned b)
{
	if (is_open(a) != goes_on(b))
		return false;
	return !is_open(a) || (a - 1) / 4 == (b - 1) / 4;
}

static inline int32_t
score_of(const struct scores *s, unsigned state)
{
	return state == 0 ? 0 : s->at[state - 1];
}

static inline quad
choose(quad mask, quad yes, quad no)
{
	return (mask & yes) | (~mask & no);
}

/* One column: best way into each state that begins a name or is outside; of two as good the first. A state before that cannot be best for
 * any, whatever its move, is passed over: most of them are. */
static void
step_fresh(const int32_t *before, int32_t *now, uint8_t *from, const struct model *m)
{
	quad best[QUADS], who[QUADS], v, better, way;
	int32_t sum[CLOSED_LANES], state[CLOSED_LANES], bar = INT32_MIN;

	for (size_t q = 0; q < QUADS; q++) {
		best[q] = (quad){ NEVER, NEVER, NEVER, NEVER };
		who[q] = (quad){ 0 };
	}
	for (size_t j = 0; j < N_CLOSED; j++) {
		int32_t sure = before[state_closed[j]] + m->fresh_least[j];

		bar = sure > bar ? sure : bar;
	}
	for (int32_t j = 0; j < N_CLOSED; j++) {
		int32_t base = before[state_closed[j]];

		if (base + m->fresh_most[j] < bar)
			continue;
		for (size_t q = 0; q < QUADS; q++) {
			memcpy(&way, &m->fresh[j][4 * q], sizeof(way));
			v = way + (quad){ base, base, base, base };
			better = v > best[q];
			best[q] = choose(better, v, best[q]);
			who[q] = choose(better, (quad){ j, j, j, j }, who[q]);
		}
	}
	memcpy(sum, best, sizeof(sum));
	memcpy(state, who, sizeof(state));
	for (size_t k = 0; k < N_CLOSED; k++) {
		now[state_fresh[k]] = sum[k];
		from[state_fresh[k]] = state_closed[state[k]];
	}
}

static void
step_inside(const int32_t *before, int32_t *now, uint8_t *from, const struct moves *move)
{
	for (unsigned c = 0; c < N_CLASS; c++) {
		unsigned b = 1 + 4 * c, i = b + PLACE_I;

		for (unsigned to = i; to <= i + 1; to++) {
			int32_t vb = before[b] + move->w[b][to], vi = before[i] + move->w[i][to];

			from[to] = (uint8_t)(vb >= vi ? b : i);
			now[to] = vb >= vi ? vb : vi;
		}
	}
}

static struct column *
columns(struct lattice *l, size_t n)
{
	if (n > l->cap) {
		l->cap = 2 * n;
		l->at = arena_raw(l->arena, l->cap, sizeof(*l->at));
	}
	return l->at;
}

void
decode_best(
    const struct scores *s, size_t n, const struct model *m, uint8_t *state, struct lattice *l)
{
	struct column *c = columns(l, n);
	unsigned last = 0;
	int32_t best = NEVER;

	if (n == 0)
		return;
	for (unsigned b = 0; b < STATES; b++)
		c[0].sum[b] =
		    decode_allows(EDGE, b) ? m->move->w[EDGE][b] + score_of(&s[0], b) : NEVER;
	for (size_t i = 1; i < n; i++) {
		step_fresh(c[i - 1].sum, c[i].sum, c[i].from, m);
		step_inside(c[i - 1].sum, c[i].sum, c[i].from, m->move);
		for (unsigned b = 1; b < STATES; b++)
			c[i].sum[b] += s[i].at[b - 1];
	}
	for (size_t k = 0; k < N_CLOSED; k++) {
		int32_t v = c[n - 1].sum[state_closed[k]] + m->move->w[state_closed[k]][EDGE];

		if (v > best) {
			best = v;
			last = state_closed[k];
		}
	}
	for (size_t i = n; i-- > 0;) {
		state[i] = (uint8_t)last;
		last = i > 0 ? c[i].from[last] : 0;
	}
}

static void
norm(float *v)
{
	float z = 1e-30F;

	for (unsigned k = 0; k < STATES; k++)
		z += v[k];
	for (unsigned k = 0; k < STATES; k++)
		v[k] /= z;
}

/* exp of the scores of one token, the largest being 1. */
static void
potentials(const struct scores *s, float scale, float out[STATES])
{
	int32_t most = 0;

	for (unsigned b = 1; b < STATES; b++)
		most = s->at[b - 1] > most ? s->at[b - 1] : most;
	for (unsigned b = 0; b < STATES; b++)
		out[b] = expf((float)(score_of(s, b) - most) / scale);
}

struct chain {
	size_t n;
	struct chances *pot;
	float move[STATES + 1][STATES + 1]; /* exp of the weights; 0: not allowed */
};

static void
forward(const struct chain *c, struct chances *out)
{
	for (unsigned b = 0; b < STATES; b++)
		out[0].of[b] = c->move[EDGE][b] * c->pot[0].of[b];
	norm(out[0].of);
	for (size_t i = 1; i < c->n; i++) {
		memset(&out[i], 0, sizeof(out[i]));
		for (unsigned x = 0; x < STATES; x++)
			for (unsigned b = 0; b < STATES; b++)
				out[i].of[b] += out[i - 1].of[x] * c->move[x][b];
		for (unsigned b = 0; b < STATES; b++)
			out[i].of[b] *= c->pot[i].of[b];
		norm(out[i].of);
	}
}

static void
times_backward(const struct chain *c, struct chances *out)
{
	float back[STATES], next[STATES], sum;

	for (unsigned b = 0; b < STATES; b++)
		back[b] = c->move[b][EDGE];
	for (size_t i = c->n; i-- > 0;) {
		for (unsigned b = 0; b < STATES; b++) {
			next[b] = back[b] * c->pot[i].of[b];
			out[i].of[b] *= back[b];
		}
		norm(out[i].of);
		for (unsigned x = 0; x < STATES; x++) {
			sum = 0;
			for (unsigned b = 0; b < STATES; b++)
				sum += c->move[x][b] * next[b];
			back[x] = sum;
		}
		norm(back);
	}
}

void
decode_marginals(
    const struct scores *s, size_t n, const struct model *m, struct chances *out, struct arena *a)
{
	struct chain *c = ARENA_NEW(a, struct chain, 1);

	c->n = n;
	c->pot = arena_raw(a, n, sizeof(*c->pot));
	for (size_t i = 0; i < n; i++)
		potentials(&s[i], (float)m->scale, c->pot[i].of);
	for (unsigned x = 0; x <= STATES; x++)
		for (unsigned b = 0; b <= STATES; b++)
			c->move[x][b] = decode_allows(x, b)
					    ? expf((float)m->move->w[x][b] / (float)m->scale)
					    : 0;
	if (n == 0)
		return;
	forward(c, out);
	times_backward(c, out);
}
