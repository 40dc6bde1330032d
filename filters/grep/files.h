/* files.h - frames in their order (print.h) to standard output: counts and limits by file, names, separators. */
#ifndef NTAG_GREP_FILES_H
#define NTAG_GREP_FILES_H

#include <stdatomic.h>

#include "print.h"
#include "run.h"

enum files_want { FILES_LINES, FILES_COUNT, FILES_WITH, FILES_WITHOUT, FILES_QUIET };

struct files {
	struct print_how print;
	enum files_want want;
	long most;           /* -m; below 0: no limit */
	bool single;         /* there is one input: with -m nothing comes behind its limit */
	bool separate;       /* groups are parted by a line */
	bool standard_input; /* is among the inputs, alone: it counts though nothing comes of it */
	struct sink out;
	atomic_bool stop;  /* for the run: nothing more is wanted */
	uint64_t selected; /* in all */
	uint64_t listed;   /* names printed */
	/* The rest is files.c's own. */
	struct arena arena;
	VEC(const char *) closed; /* inputs read to their end, in order */
	size_t passed;            /* of these, how many are counted */
	struct buf file, name;    /* the input at hand; the last name listed */
	bool begun;               /* file holds one */
	uint64_t n;               /* selected in it */
	bool any;                 /* a group was printed */
	struct buf bytes;
};

/* The run's sink and renderer; f must outlive the run. */
void files_attach(struct files *f, struct run *run);
void files_free(struct files *f);

#endif
