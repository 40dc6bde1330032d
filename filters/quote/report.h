/* report.h - cues with their speakers and the words they report.
 */
#ifndef NTAG_QUOTE_REPORT_H
#define NTAG_QUOTE_REPORT_H

#include "quote/content.h"

enum { REPORT_PARTS = 3 };

struct report {
	uint32_t sent;
	struct extent cue, speaker; /* nodes */
	uint32_t clause;            /* first node of the reporting clause */
	uint32_t cls;               /* of the cue */
	enum cue_mode mode;
	bool shared; /* the speaker is the subject of an earlier verb */
	struct extent part[REPORT_PARTS];
	uint32_t n_part;
	const struct pattern *pattern;
	uint32_t group;
	uint32_t like; /* index + 1 of the report whose speaker this one borrows; 0: its own */
};

struct reports {
	struct report *at;
	size_t n, cap;
};

/* Append the attitudes (class att of cues.tsv); they change nothing in what is there. */
void reports_attitudes(
    struct doc *d, const struct cues *cues, const struct patterns *p, struct reports *out);

/* All reports of the document but attitudes, in the order of their cues. */
void reports_find(
    struct doc *d, const struct cues *cues, const struct patterns *p, struct reports *out);

#endif
