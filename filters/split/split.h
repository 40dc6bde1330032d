/* split.h - documents into sentences and paragraphs: ntag-split(1). */
#ifndef NTAG_SPLIT_H
#define NTAG_SPLIT_H

#include "filter.h"

extern const struct filter filter_split;

#endif
