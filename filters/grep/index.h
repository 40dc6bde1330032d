/* index.h - what ntag-grep asks of an index; its main.c gives the one there is (index/), so that nothing else links it.
 */
#ifndef NTAG_GREP_INDEX_H
#define NTAG_GREP_INDEX_H

#include "grep.h"
#include "run.h"

struct index; /* of index/ */

struct index_ops {
	/* Open the index in dir, bring it up to date with the run's inputs (none: as it is), and have run->input.units
	 * give the records that g's condition may hold for. NULL with *status after saying why. */
	struct index *(*open)(const char *dir, struct run *run, const struct grep *g,
	    const struct filter *const *all, int *status);
	/* The status of a run that has ended with status: a fault of the index is said. */
	int (*end)(struct index *x, int status);
	void (*close)(struct index *x); /* accepts NULL */
};

#endif
