/* table.h - knowledge as TSV text: compiled in, or from a file the user gives; one parser for both.
 *
 * A table is UTF-8 text. Lines that start with # and blank lines are comments; the last comment
 * before the first row names the columns, separated by tabs ("# word<TAB>class<TAB>example<TAB>expects").
 * Every row has exactly that many cells, separated by single tabs; blanks around a cell are cut.
 * A cell "-" stands for empty. The build compiles filters/X/data/Y.tsv and common/data/Y.tsv into
 * blobs (gen/embed.c) named blob_X_Y and blob_common_Y, and stops at a slip with file:line.
 */
#ifndef NTAG_TABLE_H
#define NTAG_TABLE_H

#include <stdint.h>

#include "arena.h"
#include "span.h"

/* A file compiled into the program. */
struct blob {
	const char *name; /* "date/patterns.tsv" */
	const char *p;
	size_t n;
	uint64_t hash; /* of the bytes: --version prints it, so that results can be cited */
};

static inline struct span
blob_span(const struct blob *b)
{
	return (struct span){ b->p, b->n };
}

struct table {
	size_t n_row, n_col;
	struct span *cell; /* n_row * n_col, borrowed from the text given */
	uint32_t *line;    /* of each row, 1-based: for messages */
	struct span *head; /* names of the columns */
};

/* Cut text into rows. The text must outlive the table. On a slip returns false, with *line and
 * *column (1-based, bytes) and *what ("1 cell, expected 4") set; a compiled-in table never has one. */
bool table_parse(struct table *t, struct span text, struct arena *a, size_t *line, size_t *column,
    const char **what);

/* A compiled-in table; a slip in it ends the program (the tests would have found it). */
void table_load(struct table *t, const struct blob *b, struct arena *a);

static inline struct span
table_cell(const struct table *t, size_t row, size_t col)
{
	return t->cell[row * t->n_col + col];
}

/* The column of that name, or SIZE_MAX. */
size_t table_column(const struct table *t, const char *name);

#endif
