/* fit.h - weights of a linear ranking of sentences: the softmax over each document's sentences (conditional
 * logit, McFadden 1974) is brought near the sentences that a summary should have. A part of the trainer only.
 *
 * Newton's method on a concave function from a fixed start: the same bytes in, the same weights out.
 */
#ifndef NTAG_FIT_H
#define NTAG_FIT_H

#include <stdbool.h>
#include <stddef.h>

/* The rows of one group, of which some are wanted. */
struct fit_group {
	size_t n;
	const double *x; /* n rows of n_feature */
	const double *y; /* 0, or how much a row is wanted */
};

struct fit {
	const struct fit_group *group;
	size_t n_group, n_feature;
	const bool *free; /* by feature: to be fitted; else its weight stays */
	double ridge;     /* of the penalty on weights, against features of deviation 1 */
	size_t skip, of;  /* groups i with i % of == skip are left out; of == 0: none */
};

enum { FIT_FEATURE_MAX = 32 };

/* weight: n_feature, holds the fixed ones. Features without any variance get 0. */
void fit_weights(const struct fit *f, double *weight);

#endif
