/* visible.h - characters that could deceive or command a terminal, and how they are shown instead.
 *
 * FAULTS B20: C0 and C1 controls (also U+0080 to U+009F), DEL, and the characters that turn the direction of
 * writing (embeddings, overrides and isolates of UAX #9), with the line and paragraph separators.
 */
#ifndef NTAG_VISIBLE_H
#define NTAG_VISIBLE_H

#include <stdint.h>

#include "buf.h"

/* False for what must not reach a terminal; tab and newline are the caller's business: false too. */
bool visible_safe(uint32_t cp);

/* Append s (valid UTF-8) with unsafe characters as \x1b or \u202e. Newlines and tabs are kept if blanks. */
void visible_put(struct buf *out, struct span s, bool blanks);

/* Append JSON with unsafe characters as \u001b, \u202e: the same values in other spelling. */
void visible_put_json(struct buf *out, struct span json);

#endif
