/* report.h - cues with their speakers and the words they report.
 */
#ifndef NTAG_QUOTE_REPORT_H
#define NTAG_QUOTE_REPORT_H

#include "quote/content.h"

enum {
	REPORT_PARTS = 3,
	REPORTED_TIMES =
	    8, /* reports inside one another in a sentence take no more than so many times its words:
	          else "said said said" would give, for each word, all that follow it (FAULTS A36) */
};

struct report {
	const struct pattern *pattern;
	uint32_t sent;
	struct extent cue, speaker; /* nodes */
	uint32_t clause;            /* first node of the reporting clause */
	uint32_t cls;               /* of the cue */
	struct extent part[REPORT_PARTS];
	uint32_t group;
	uint32_t like; /* index + 1 of the report whose speaker this one borrows; 0: its own */
	uint8_t n_part;
	uint8_t mode; /* enum cue_mode */
	bool shared;  /* the speaker is the subject of an earlier verb */
};

struct reports {
	struct report *at;
	size_t n, cap;
};

/* What reports are found with. */
struct report_rules {
	const struct cue_lexicon *cues;
	const struct patterns *patterns;
};

/* Append the attitudes (class att of cues.tsv); they change nothing in what is there. */
void reports_attitudes(struct doc *d, const struct report_rules *rules, struct reports *out);

/* All reports of the document but attitudes, in the order of their cues. */
void reports_find(struct doc *d, const struct report_rules *rules, struct reports *out);

#endif
