/* grep.h - ntag-grep: which records, or sentences or paragraphs of them, hold by a condition. Never alters a text.
 *
 * The condition is common/where.h's. What it needs and a record lacks is added by the other filters, in this process
 * and only for records that no cheaper test has refused; with it they go out.
 */
#ifndef NTAG_GREP_H
#define NTAG_GREP_H

#include "filter.h"
#include "where.h"

extern const struct filter filter_grep;

enum grep_unit { UNIT_DOCUMENT, UNIT_PARAGRAPH, UNIT_SENTENCE };

/* The model. Immutable but for the taggers, which open once, under a lock of their own. */
struct grep {
	struct condition *condition;
	struct tagger *tagger;
	enum grep_unit unit;
	bool
	    whole; /* --show doc was asked for: all of the text, not only where something was found */
	bool invert;
	long before, after;
	/* Set by the program, not by a stage: */
	bool finds;        /* what was found is wanted: grep_found behind record.note */
	bool matched_only; /* -o: hits one by one */
	bool bare;         /* only how many: nothing is tagged for the output's sake */
};

/* What annotate leaves for the printer. Stretches of the text in order: sentences, paragraphs or all of it. */
struct grep_found {
	struct ranges unit;
	const uint8_t *picked; /* of each: it is to be shown */
	size_t n_picked;
	bool counts_units;  /* each picked unit counts; else the document does */
	struct ranges hits; /* in order; disjoint, unless one by one */
};

#endif
