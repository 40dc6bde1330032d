/* count.h - how often a byte occurs.
 */
#ifndef NTAG_COUNT_H
#define NTAG_COUNT_H

#include "span.h"

/* Bytes of s that are c. Sixteen at a time where the machine has SSE2: lines of news are short, so that
 * a memchr() for each costs more than the bytes. */
size_t count_byte(struct span s, char c);

#endif
