/* digest.h - the sentences of a pile that say most of it: by its words, by what their documents say for them, without
 * repetition.
 */
#ifndef NTAG_DIGEST_H
#define NTAG_DIGEST_H

#include "bag.h"
#include "pile.h"
#include "select.h"

struct digest_how {
	const struct lingo *lingo;
	struct desk *desk;
	struct budget budget;
	double own;     /* weight of the sentences' own scores against the cosine with the pile */
	bool agreement; /* words count by the share of the documents that use them */
};

/* Choose from p, settled; the best first, as indexes into p->cand. */
void digest_choose(
    const struct digest_how *how, const struct pile *p, struct indexes *out, struct arena *a);

#endif
