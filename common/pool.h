/* pool.h - a ring of batches worked on by threads and handed back in order. Private to the driver.
 *
 * Memory is bounded by the ring: POOL_SLOTS batches a worker, each of about BATCH_BYTES of input. Where records are
 * larger than that, a batch a worker.
 */
#ifndef NTAG_POOL_H
#define NTAG_POOL_H

#include "worker.h"

enum {
	POOL_SLOTS = 4,
	BATCH_BYTES = 256 << 10,
	BATCH_UNITS = 4096,
	BATCH_KEEP = 4 << 20, /* bytes of output for which a batch keeps its memory */
};

/* A unit in which bad bytes were repaired: where its messages end, so that the caller can put the one
 * warning a file in the place where a run without threads would have put it. */
struct repaired {
	size_t err_end;
	struct where where;
};

/* Messages and dead letters of the reader, to be given before those of that unit. */
struct said {
	size_t unit;
	struct span err, dead;
};

struct batch {
	struct arena arena; /* copies of the units' bytes */
	VEC(struct unit) unit;
	VEC(struct repaired) repaired;
	VEC(struct said) said;
	size_t bytes;
	struct diag diag;
	struct buf out;
};

struct pool;

/* jobs >= 1 threads. NULL if not one could be started. */
struct pool *pool_new(const struct run *run, const struct diag *like);

/* Copy a unit into the batch being filled. */
void pool_add(struct pool *p, const struct unit *u);
/* What the reader has said since the last unit was added: it belongs behind that. Emptied but for its counts. */
void pool_say(struct pool *p, struct diag *said);
/* The batch being filled is large enough to be handed over. */
bool pool_full(const struct pool *p);
/* Hand the batch being filled to the workers. */
void pool_submit(struct pool *p);

/* The oldest batch, finished; waits for it. NULL if none is under way, or if wait is false and it is not
 * finished and the ring has room. Give it back with pool_done() before the next call. */
struct batch *pool_take(struct pool *p, bool wait);
void pool_done(struct pool *p);

/* Wait for the workers to end, once all batches have been taken, and give back one that has the states of all. */
struct worker *pool_stop(struct pool *p);

void pool_free(struct pool *p);

#endif
