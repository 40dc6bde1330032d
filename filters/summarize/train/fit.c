/* fit.c - Newton steps on the penalised likelihood; the features are standardised first. */
#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"

enum { STEPS = 20, N = FIT_FEATURE_MAX };

#define NO_VARIANCE 1e-12

struct state {
	const struct fit *f;
	size_t n; /* free features */
	size_t feature[N];
	double mean[N], deviation[N];
	double b[N]; /* weights of the standardised features */
	double gradient[N], hessian[N][N];
};

static bool
used(const struct fit *f, size_t i)
{
	return f->of == 0 || i % f->of != f->skip;
}

static double
value(const struct state *s, const double *row, size_t k)
{
	return (row[s->feature[k]] - s->mean[k]) / s->deviation[k];
}

static void
measure(struct state *s, size_t k)
{
	const struct fit *f = s->f;
	double n = 0, sum = 0, square = 0;

	for (size_t i = 0; i < f->n_group; i++)
		for (size_t r = 0; used(f, i) && r < f->group[i].n; r++) {
			double v = f->group[i].x[r * f->n_feature + s->feature[k]];

			n++;
			sum += v;
			square += v * v;
		}
	s->mean[k] = n > 0 ? sum / n : 0;
	s->deviation[k] = n > 0 ? sqrt(fmax(square / n - s->mean[k] * s->mean[k], 0)) : 0;
}

static void
standardise(struct state *s, double *weight)
{
	for (size_t k = 0; k < s->f->n_feature; k++) {
		if (!s->f->free[k])
			continue;
		weight[k] = 0;
		s->feature[s->n] = k;
		measure(s, s->n);
		s->n += s->deviation[s->n] > NO_VARIANCE;
	}
}

/* The softmax of the rows' scores, into p. */
static void
softmax(const struct state *s, const struct fit_group *g, const double *weight, double *p)
{
	double most = -HUGE_VAL, sum = 0;

	for (size_t r = 0; r < g->n; r++) {
		const double *row = g->x + r * s->f->n_feature;

		p[r] = 0;
		for (size_t k = 0; k < s->f->n_feature; k++)
			p[r] += s->f->free[k] ? 0 : weight[k] * row[k];
		for (size_t k = 0; k < s->n; k++)
			p[r] += s->b[k] * value(s, row, k);
		most = fmax(most, p[r]);
	}
	for (size_t r = 0; r < g->n; r++)
		sum += p[r] = exp(p[r] - most);
	for (size_t r = 0; r < g->n; r++)
		p[r] /= sum;
}

/* Add one group's part of the gradient and of the (negative) Hessian. */
static void
add_group(struct state *s, const struct fit_group *g, const double *weight, double *p)
{
	double wanted = 0, expected[N] = { 0 };

	for (size_t r = 0; r < g->n; r++)
		wanted += g->y[r];
	if (wanted <= 0)
		return;
	softmax(s, g, weight, p);
	for (size_t r = 0; r < g->n; r++) {
		double x[N];

		for (size_t k = 0; k < s->n; k++) {
			x[k] = value(s, g->x + r * s->f->n_feature, k);
			expected[k] += p[r] * x[k];
			s->gradient[k] += (g->y[r] / wanted - p[r]) * x[k];
		}
		for (size_t k = 0; k < s->n; k++)
			for (size_t m = 0; m < s->n; m++)
				s->hessian[k][m] += p[r] * x[k] * x[m];
	}
	for (size_t k = 0; k < s->n; k++)
		for (size_t m = 0; m < s->n; m++)
			s->hessian[k][m] -= expected[k] * expected[m];
}

/* Gauss elimination; the matrix is positive definite by the ridge, so no pivots are needed. */
static void
step(struct state *s)
{
	for (size_t c = 0; c < s->n; c++)
		for (size_t r = 0; r < s->n; r++) {
			double share = s->hessian[r][c] / s->hessian[c][c];

			if (r == c)
				continue;
			for (size_t k = c; k < s->n; k++)
				s->hessian[r][k] -= share * s->hessian[c][k];
			s->gradient[r] -= share * s->gradient[c];
		}
	for (size_t c = 0; c < s->n; c++)
		s->b[c] += s->gradient[c] / s->hessian[c][c];
}

void
fit_weights(const struct fit *f, double *weight)
{
	struct state s = { .f = f };
	size_t most = 1;
	double *p;

	for (size_t i = 0; i < f->n_group; i++)
		most = f->group[i].n > most ? f->group[i].n : most;
	p = calloc(most, sizeof(*p));
	if (p == NULL)
		die_oom(most * sizeof(*p));
	standardise(&s, weight);
	for (size_t t = 0; t < STEPS; t++) {
		memset(s.hessian, 0, sizeof(s.hessian));
		for (size_t k = 0; k < s.n; k++) {
			s.gradient[k] = -f->ridge * s.b[k];
			s.hessian[k][k] = f->ridge;
		}
		for (size_t i = 0; i < f->n_group; i++)
			if (used(f, i))
				add_group(&s, &f->group[i], weight, p);
		step(&s);
	}
	for (size_t k = 0; k < s.n; k++)
		weight[s.feature[k]] = s.b[k] / s.deviation[k];
	free(p);
}
