/* gather.h - what a document adds to the piles of its group: for a summary of many documents, or for a timeline.
 */
#ifndef NTAG_GATHER_H
#define NTAG_GATHER_H

#include "bag.h"
#include "feature.h"
#include "pile.h"
#include "regex.h"

struct gather {
	const char
	    *by; /* "all", "date" (day of the document), or the name of a member; NULL: no groups */
	bool timeline;       /* by day as well */
	struct regex *query; /* only sentences that match; NULL: all */
	struct span about;   /* only sentences with an entity of that name; p == NULL: all */
	const char *pattern; /* of query, or NULL */
};

/* One document. */
struct gather_doc {
	struct record *record;
	const struct bag *bag;
	const double *score;       /* of each sentence: feature_score() */
	struct regex_match *match; /* scratch; NULL where there is no query */
};

/* Add one document. */
void gather_add(const struct gather *g, const struct gather_doc *in, struct piles *piles);

/* What must be the same for piles to be added: the name of their partials. */
struct span gather_name(const struct gather *g, struct arena *a);

/* The group of a document, decoded; empty where it lacks the member. */
struct span gather_topic(const struct gather *g, struct record *r);

enum {
	GATHER_BEST =
	    12, /* sentences of a document that may stand for its group, and those as good */
	GATHER_LEAD = 5,      /* first sentences of a document tell of its day and the day before */
	GATHER_WORDS_MIN = 6, /* words of a sentence of a timeline */
	GATHER_WORDS_MAX = 38,
	GATHER_LATER = 7, /* days after which a mention is one from afar */
};

#endif
