/* feature.h - what speaks for and against a sentence: numbers, each with a weight from a table. */
#ifndef NTAG_FEATURE_H
#define NTAG_FEATURE_H

#include "bag.h"

enum { FEATURE_MAX = 32 };

/* The weights of data/weights.tsv, by the order of the features. */
struct weights {
	double plain[FEATURE_MAX];     /* for a text alone */
	double annotated[FEATURE_MAX]; /* where dates, entities and quotations were looked for */
};

/* False: an unknown feature, or a weight that is no number. */
bool weights_load(struct weights *w, const struct table *t);

struct feature_names {
	const char *const *at;
	size_t n;
};

/* The same for one column of any such table: weight[k] for names->at[k]; those without a row stay. */
bool weights_read(
    const struct table *t, size_t column, const struct feature_names *names, double *weight);

/* Number of features, and the name of one. */
size_t feature_count(void);
const char *feature_name(size_t k);

/* All features of sentence i (>= b->body) of a document, into value (feature_count()). */
void feature_fill(const struct bag *b, size_t i, double *value);

/* The weighted sum for each sentence, into score (n_line). What is no sentence of the text gets the least: the headline,
 * lines about pictures, and headings and the like, where most lines end with a full stop. */
void feature_score(const struct weights *w, const struct bag *b, double *score);

extern const struct blob blob_summarize_weights;

#endif
