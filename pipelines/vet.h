/* vet.h - is a record in order? For --record: looked at behind each stage. */
#ifndef NTAG_VET_H
#define NTAG_VET_H

#include "filter.h"

/* A step that changes nothing; its model is the name of the stage before it, which it blames. A record that is not in
 * order is rejected: spans outside the text or inside a character, a layer out of order, a line that does not parse. */
extern const struct filter filter_vet;

#endif
