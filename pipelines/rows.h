/* rows.h - one file -> its rows: lines, or what CSV (RFC 4180) counts as one. Reads gzip too, by content. */
#ifndef NTAG_ROWS_H
#define NTAG_ROWS_H

#include <stdbool.h>

#include "span.h"

struct rows;

/* NULL after a fault, which *why says; it lives as long as the program. quoted: a newline between quotes is part of the row. */
struct rows *rows_open(const char *path, bool quoted, const char **why);

/* The next row without its newline, valid until the next call, and the line it begins on. False at the end. */
bool rows_next(struct rows *r, struct span *row, size_t *line);

/* What was wrong, or NULL: all was read. */
const char *rows_fault(const struct rows *r);
void rows_close(struct rows *r); /* accepts NULL */

#endif
