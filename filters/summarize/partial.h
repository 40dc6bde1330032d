/* partial.h - piles as JSON lines, so that machines can share the work: ntag-record(5), "partial". */
#ifndef NTAG_PARTIAL_H
#define NTAG_PARTIAL_H

#include "arena.h"
#include "pile.h"

/* Append p, settled, as one line without newline:
 *   {"partial":HOW,"topic":…,"day":"2011-01-25","n":…,"span":[first,last],"counts":[…],"docs":[id,…],
 *    "words":[bucket,documents,sum,…],"sentences":[[score,number,day,id,text],…]}
 * Days inside are numbers (calendar.h); day and span are left out where there is none. */
void partial_write(struct pile *p, struct span how, struct buf *out);

/* Add the line to piles, all of it or nothing. NULL, or what is wrong with it. Memory of a. */
const char *partial_read(struct piles *piles, struct span line, struct span how, struct arena *a);

#endif
