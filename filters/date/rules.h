/* rules.h - a user's own patterns: --rules FILE, rows like those of data/LANGUAGE/patterns.tsv (grammar.h). */
#ifndef NTAG_DATE_RULES_H
#define NTAG_DATE_RULES_H

#include "grammar.h"

/* Read the file t->name into t->text, behind a line that names the columns; so comments need not. False on a slip:
 * unreadable, longer than 1 MiB, not UTF-8. */
bool rules_read(struct pattern_table *t, struct arena *a, struct slip *slip);

/* The slip is in rules that were read: count its line in the file. */
void rules_slip(struct slip *slip);

#endif
