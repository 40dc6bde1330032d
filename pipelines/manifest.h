/* manifest.h - a table from the hash of a name to what is known of it: 32 bytes an entry, no names.
 *
 * Two names of one hash (once in 10^7 tables of a million names) show as a changed file, never as a known one, unless
 * their stamps are the same too.
 */
#ifndef NTAG_MANIFEST_H
#define NTAG_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

struct known {
	uint64_t name;    /* hash; 0: a free place */
	uint64_t stamp;   /* of size, time and inode; 0: forgotten */
	uint64_t content; /* hash of the bytes, decompressed; 0: not read to its end */
	uint32_t run;     /* number of the run that read it last */
	uint32_t times;   /* how often that run did */
};

struct manifest {
	struct known *at; /* at most half full */
	size_t n, cap;
};

uint64_t manifest_hash(struct span name, uint64_t seed); /* never 0 */

/* NULL: it is not there. */
struct known *manifest_find(const struct manifest *m, uint64_t name);

/* The entry of a name, a new one if need be. Valid until the next call. */
struct known *manifest_put(struct manifest *m, uint64_t name);

void manifest_free(struct manifest *m);

#endif
