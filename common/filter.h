/* filter.h - the one seam between a filter and whatever runs it.
 *
 * The stand-alone executable (run.c) and the in-process pipeline (pipelines/) both see a filter
 * only as this table, so piped and fused runs give byte-identical output (FAULTS C21). A filter never reads,
 * prints or exits. To add one: copy a room, fill in this table, name it in FILTERS of the Makefile and in
 * pipelines/registry.c.
 */
#ifndef NTAG_FILTER_H
#define NTAG_FILTER_H

#include "arena.h"
#include "option.h"
#include "record.h"
#include "table.h"

/* What one worker has while it annotates one record. */
struct work {
	struct arena *arena; /* dies once the record is written */
	struct diag *diag;
	void *own; /* what worker_open gave; NULL else */
};

/* Sets of fields, so that a wrong order is warned about before the first record. */
enum field {
	F_TEXT = 0x100,
	F_SENTS = 1 << LAYER_SENTS,
	F_DATES = 1 << LAYER_DATES,
	F_ENTS = 1 << LAYER_ENTS,
	F_QUOTES = 1 << LAYER_QUOTES,
	F_SUMMARY = 1 << LAYER_SUMMARY,
};

enum verdict {
	KEEP,   /* annotated */
	DROP,   /* not wanted: counted as filtered (ntag-grep) */
	FAIL,   /* reason said by diag_fail(); the record goes out without this filter's field */
	REJECT, /* reason said by diag_reject(), which counts it: only of filters that keep a state */
};

/* What a model does with records beside annotating them. */
enum keeps {
	KEEPS_STATE = 1, /* it sums them up: see finish below */
	KEEPS_BARE = 2,  /* it wants records without text too, which else pass by (partial sums) */
};

struct filter {
	const char *name;               /* "date": ntag-date(1), YAML stage, filters/date */
	const char *summary;            /* one line, for --help */
	const char *example;            /* command lines for --help, separated by newlines */
	unsigned needs, uses, gives;    /* sets of enum field; uses: better when there */
	const char *people;             /* the form that -o text is here; NULL: the article */
	const struct opt *option;       /* ended by a NULL name */
	const struct blob *const *blob; /* tables compiled in, ended by NULL; for --version */

	/* Build the model, once, from the options. Returns NULL after diag_warn() said why; the program then ends with
	 * STATUS_RESOURCE, or, where open set d->usage (options that do not go together), with STATUS_USAGE. A filter
	 * without a model returns any non-NULL pointer. */
	void *(*open)(const struct opts *o, struct diag *d);

	/* Add this filter's field to r, with record_own() and VEC_PUSH(r->arena, ...). The model is
	 * immutable and shared: any number of workers call this at once, each with its own w. */
	enum verdict (*annotate)(const void *model, struct record *r, struct work *w);

	void (*close)(void *model); /* accepts NULL */

	/* The rest may be NULL. Scratch that one worker keeps over records (match blocks, caches); what
	 * it holds must never change a result. */
	void *(*worker_open)(const void *model);
	void (*worker_close)(void *own);

	/* For filters that sum up records (ntag-summarize --group-by). keeps: what this model does, a set of enum keeps. With
	 * KEEPS_STATE what worker_open gave is a state, no scratch: annotate adds to it and answers DROP, so that the record
	 * counts as filtered. At the end of a whole run (not of one that --strict stopped) merge adds from to into and
	 * leaves it empty, until one state is left; since any worker may have had any record, merge must be
	 * associative and commutative. Then finish appends to line the next record that comes of the state, JSON without
	 * newline, until it answers false; each goes through the steps behind this one, and counts as a unit. */
	unsigned (*keeps)(const void *model);
	void (*merge)(const void *model, void *into, void *from);
	bool (*finish)(const void *model, void *own, struct buf *line);

	/* Replace r by several records (ntag-split --by), one for each stretch of its text appended to out: record_part()
	 * makes them one after another. Called behind annotate. False: keep r itself. */
	bool (*divide)(const void *model, struct record *r, struct work *w, struct ranges *out);

	/* In place of open, for a filter that uses others: all there are, ended by NULL, in the order in which they
	 * work on a record. */
	void *(*open_with)(const struct opts *o, const struct filter *const *all, struct diag *d);

	/* Could annotate answer KEEP for a record made from these bytes: a line of JSON, or a document of raw text with
	 * its header? Asked before they are parsed; false: they need not be. */
	bool (*may_keep)(const void *model, struct span raw, bool json);

	/* More lines for --version, "model NAME HASH": resources that are not compiled in as blobs. */
	void (*version)(const struct opts *o, struct buf *out);
};

#endif
