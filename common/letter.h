/* letter.h - a dead letter (diag.h) back to the unit that it was. Never reads, never prints. */
#ifndef NTAG_LETTER_H
#define NTAG_LETTER_H

#include "arena.h"
#include "reader.h"

/* The unit that a letter tells of, with the place it came from; memory of a, spans may point into line. What begins with
 * '{' was JSON, but in FORMAT_NEWS and FORMAT_TEXT. False: it is no letter, or one without the bytes (an over-long record). */
bool letter_unit(struct span line, enum input_format format, struct arena *a, struct unit *u);

#endif
