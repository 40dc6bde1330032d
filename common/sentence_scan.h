/* sentence_scan.h - find the bytes at which a sentence or a list item may end.
 */
#ifndef NTAG_SENTENCE_SCAN_H
#define NTAG_SENTENCE_SCAN_H

#include "span.h"

/* The first byte at or behind from that is one of . ? ! ( ) : line feed, or begins one of … 。 ． ！ ？ or a
 * bullet (with some other characters of the same lead bytes: the caller looks); text.n if none is left. */
size_t sentence_scan(struct span text, size_t from);

#endif
