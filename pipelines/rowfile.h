/* rowfile.h - one file -> its rows: lines, or what CSV (RFC 4180) counts as one. Reads gzip too, by content. */
#ifndef NTAG_ROWFILE_H
#define NTAG_ROWFILE_H

#include <stdbool.h>

#include "span.h"

struct rowfile;

/* NULL after a fault, which *why says; it lives as long as the program. quoted: a newline between quotes is part of the row. */
struct rowfile *rowfile_open(const char *path, bool quoted, const char **why);

/* The next row without its newline, valid until the next call, and the line it begins on. False at the end. */
bool rowfile_next(struct rowfile *r, struct span *row, size_t *line);

/* What was wrong, or NULL: all was read. */
const char *rowfile_fault(const struct rowfile *r);
void rowfile_close(struct rowfile *r); /* accepts NULL */

#endif
