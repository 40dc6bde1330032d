/* select.h - which of the scored sentences make the summary: the best that do not repeat each other. */
#ifndef NTAG_SELECT_H
#define NTAG_SELECT_H

#include "bag.h"

struct budget {
	size_t sentences; /* at most; 0 = no limit */
	size_t
	    words; /* about as many: a sentence is taken while it brings the sum nearer; 0 = no limit */
	double ratio;  /* share of the sentences; 0 = no limit */
	double repeat; /* weight of the highest similarity with a chosen sentence */
};

/* Choose by score, minus what is said already. Appends indexes of sentences to out, best first. At
 * most SELECT_MAX are chosen, so that the cost is linear in the text. */
void select_best(const struct bag *b, const double *score, const struct budget *want,
    struct indexes *out, struct arena *a);

enum { SELECT_MAX = 200 };

/* Usual weights of repetition, against scores of mean 0 and deviation 1. Of one document: by the cross-validation
 * of train-summarize (3 sentences, ROUGE-1/2: 0.3 30.4/12.0, 0.6 30.6/12.2, 1.3 30.8/12.3, 1.8 30.8/12.2, 2.5
 * 30.9/12.2). Of many, which say the same more often: chosen on the day clusters of the data folder. */
#define SELECT_REPEAT 1.5
#define SELECT_REPEAT_MANY 1.5

/* Above this similarity a sentence says the same again, and is taken only when nothing else is left. */
#define SELECT_SAME 0.9

#endif
