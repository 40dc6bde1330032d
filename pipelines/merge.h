/* merge.h - outputs of shards -> those of the whole. Never runs a filter.
 *
 * The order (the same for one output as for many, in whatever order they are named, so that what shards have written
 * is, merged, what a run of all has written, merged):
 *   records   by "date", then "id", then all their bytes; dead letters have neither
 *   tables    by the bytes of the rows; names of columns, where all files begin with the same, come first once
 *   partials  ("partial": ntag-summarize --partial) are added up, one for each topic and day, behind all else
 * Files of other kinds (pages, text for people) are made from merged records, not merged.
 */
#ifndef NTAG_MERGE_H
#define NTAG_MERGE_H

#include <stddef.h>

#include "diag.h"

struct merge_how {
	char *const *
	    operand; /* files; with a place to go also folders, whose files are joined by their name below */
	size_t n;
	const char *to; /* folder of the results; NULL: standard output, and only files */
	bool
	    unique; /* records that are the same byte for byte come once: a shard may be there twice */
	size_t memory; /* bytes for sorting; 0: as many as is usual */
};

/* An exit status; all messages have been printed. */
int merge_run(const struct merge_how *how, struct diag *d);

#endif
