/* oracle.h - documents with reference summaries, and the sentences that a summary should have. A part of the trainer only.
 */
#ifndef NTAG_ORACLE_H
#define NTAG_ORACLE_H

#include "rouge.h"
#include "summarize/bag.h"
#include "summarize/feature.h"

enum { REFERENCE_MAX = 5, ORACLE_SENTENCES = 3 };

struct example {
	struct record record;
	struct bag bag;
	struct grams reference[REFERENCE_MAX];
	size_t n_reference;
	const struct grams *sentence; /* tokens of each sentence */
	double *wanted;               /* by sentence: in how many of the greedy choices it is */
};

struct examples {
	struct example *at;
	size_t n, cap;
};

/* Add FOLDER/NAME.records.jsonl with FOLDER/NAME.gold.jsonl, a line of one for a line of the other. Ends the
 * program with STATUS_RESOURCE where they cannot be read. All memory is a's. */
void oracle_load(struct examples *e, const char *folder, const char *name, struct arena *a);

/* The bytes of a file, on the heap, or the end of the program. */
struct span oracle_file(const char *name);

/* The next line of text, which is shortened; false at its end. */
bool oracle_line(struct span *text, struct span *line);

/* The raw value of a member of a JSON object; p == NULL: none. */
struct span oracle_member(struct span object, const char *name);

/* Print a table, comments too, with weights in its second column; in its third too, unless other is NULL. */
struct oracle_weights {
	struct feature_names names;
	const double *weight, *other;
};
void oracle_rewrite(struct span text, const struct oracle_weights *w);

/* ROUGE of the sentences chosen, in that order, cut after n_word words (0: not): the best over the references. */
struct rouge oracle_score(
    const struct example *e, const struct indexes *chosen, size_t n_word, struct arena *a);

#endif
