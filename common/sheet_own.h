/* sheet_own.h - what the files sheet*.c share. */
#ifndef NTAG_SHEET_OWN_H
#define NTAG_SHEET_OWN_H

#include "sheet.h"

/* One more of that key in the record at hand. Valid until the next call. */
struct entry *sheet_count(struct sheet *s, enum sheet_part part, struct span key);

/* Keep p, copied, if it is among the best of e. */
void sheet_pick(struct sheet *s, enum sheet_part part, struct entry *e, const struct pick *p);

#endif
