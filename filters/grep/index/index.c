/* index.c - the index of ntag-grep: bring it up to date, then ask it. */
#include "grep/index/index.h"

#include <stdlib.h>

#include "query.h"
#include "update.h"

static struct index *
open_index(const char *dir, struct run *run, const struct grep *g, const struct filter *const *all,
    int *status)
{
	struct index *x = calloc(1, sizeof(*x));
	bool reads = run->input.n_file > 0 || run->input.files0_from != NULL;

	if (x == NULL)
		die_oom(sizeof(*x));
	x->prog = run->prog;
	x->grep = g;
	*status = STATUS_OK;
	if (!store_open(x, dir, reads, status) || (reads && !update_index(x, run, all)) ||
	    !query_begin(x, run, reads)) {
		if (*status == STATUS_OK)
			*status = x->status != STATUS_OK ? x->status : STATUS_RESOURCE;
		store_close(x);
		return NULL;
	}
	run->errors = NULL; /* of the update: it would be emptied */
	return x;
}

static int
end_index(struct index *x, int status)
{
	if (x->failed || (status == STATUS_OK && x->status != STATUS_OK))
		return x->status;
	return status;
}

const struct index_ops index_sqlite = { open_index, end_index, store_close };
