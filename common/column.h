/* column.h - what stands in a column of a table: a member of an annotation, of its record, or counted.
 *
 * Names are paths as in the record: id, title, speaker.name, range.start; a name that no annotation has is a member
 * of the record, whatever program put it there (url, author.name): a string as its text, else as JSON. Columns that
 * a kind of row does not have are refused by name, not left empty.
 */
#ifndef NTAG_COLUMN_H
#define NTAG_COLUMN_H

#include "record.h"

/* What is a row. */
enum rows {
	ROWS_FOUND, /* one for each annotation of the layers that are shown */
	ROWS_DOCS,
	ROWS_SENTS, /* found now where the record has none */
	ROWS_DATES,
	ROWS_ENTS,
	ROWS_QUOTES,
	N_ROWS
};

extern const char *const rows_name[N_ROWS]; /* "found", "docs", ... */

/* A row: an annotation of a record, or the record itself. */
struct row {
	struct record *r;
	enum layer layer;
	size_t i; /* in its layer */
	uint32_t start, end;
	bool doc;
};

/* Tables repeat text. A cell of more than CELL_CUT bytes takes from what the rows of a record may repeat, CELL_TIMES
 * its text and CELL_FREE bytes; once that is used up such cells are cut behind CELL_CUT bytes, with U+2026. So thousands
 * of annotations that each span the whole text take no more room than a few; what the filters find is never cut. */
enum { CELL_CUT = 200, CELL_TIMES = 8, CELL_FREE = 1 << 16 };

static inline size_t
cell_spare(const struct record *r)
{
	return r->text.n * CELL_TIMES + CELL_FREE;
}

/* s, cut as said above; the copy is in a. s is valid UTF-8. */
struct span cell_cut(struct span s, size_t *spare, struct arena *a);

struct column {
	struct span name;
	struct span (*get)(const struct row *w); /* NULL: a member of the record by its path */
};

struct columns {
	const struct column *at;
	size_t n;
};

/* Columns by name, separated by commas; blanks around them are ignored. False with why in what. The array is in a,
 * names point into list. */
bool columns_parse(
    struct columns *c, enum rows rows, const char *list, struct arena *a, char what[256]);

/* The columns of a kind of row when none are asked for. */
struct columns columns_default(enum rows rows);

/* The member of the record for a column without get; the same for all its rows: look it up once. Empty where there is
 * none. Lives as long as the record. */
struct span column_member(const struct column *c, struct record *r);

#endif
