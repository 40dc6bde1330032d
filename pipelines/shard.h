/* shard.h - a part of the inputs, by a hash of their names: shard I of N.
 *
 * The name decides alone, as the pipeline writes it, so a file that is added moves no other one, and machines need
 * to know nothing of each other (FAULTS D25).
 */
#ifndef NTAG_SHARD_H
#define NTAG_SHARD_H

#include <stdbool.h>

enum { SHARDS_MAX = 100000 };

struct shard {
	unsigned i, n; /* 1 <= i <= n; n == 1: all of it */
};

/* "3/16". False: it is none. */
bool shard_parse(const char *text, struct shard *s);

bool shard_has(struct shard s, const char *name);

#endif
