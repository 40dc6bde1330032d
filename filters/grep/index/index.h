/* index.h - the index that SQLite keeps. */
#ifndef NTAG_GREP_INDEX_INDEX_H
#define NTAG_GREP_INDEX_INDEX_H

#include "grep/index.h"

extern const struct index_ops index_sqlite;

#endif
