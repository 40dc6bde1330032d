/* rules.h - a user's own patterns: --rules FILE, rows like those of data/LANGUAGE/patterns.tsv (grammar.h). */
#ifndef NTAG_DATE_RULES_H
#define NTAG_DATE_RULES_H

#include "buf.h"
#include "grammar.h"

struct rules {
	struct arena arena;
	struct pattern_table
	    table; /* its text is bytes, behind a line that names the columns; so comments need not */
	char *bytes;
};

/* Read the file. False on a slip: unreadable, longer than 1 MiB, not UTF-8. */
bool rules_read(struct rules *r, const char *file, struct slip *slip);
void rules_free(struct rules *r);

/* The slip is in rules that were read: count its line in the file. */
void rules_slip(struct slip *slip);

/* Make the row of a slip (counted in the file) a blank line, so that the next slip can be found. False: what is wrong is not in one
 * row, or in a part that other rows need. */
bool rules_skip(struct rules *r, const struct slip *slip);

/* "rules FILE HASH", for --version; nothing if it cannot be read. */
void rules_version(const char *file, struct buf *out);

#endif
