/* record_own.h - what the files record*.c, and the forms, share; filters never include it. */
#ifndef NTAG_RECORD_OWN_H
#define NTAG_RECORD_OWN_H

#include "record.h"

/* Entries of record.order: an enum layer, the scores, or one of the extra members. */
enum { ORDER_SCORES = N_LAYER, ORDER_EXTRA };

/* Put what was set since the last call into order; drop a summary of sentences that are gone. */
void record_settle(struct record *r);

/* s itself when it is valid UTF-8, else a repaired copy; counted, but not where d == NULL (a file name). Whoever
 * reads files says it, once a file. */
struct span record_repaired(struct record *r, struct span s, struct diag *d);

/* Give r the id of its date, title and text. */
void record_name(struct record *r);

/* Append a layer as the JSON array that record_write() writes for it. */
void record_put_layer(struct record *r, struct buf *out, enum layer which);

#endif
