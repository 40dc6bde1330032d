/* language.h - the languages that are compiled in: each folder of data/ is one, named by it.
 *
 * A language is a folder of tables; the build makes the list of them (date_languages.inc). Nothing of a
 * language that was not chosen is read when the program runs. A new one needs the eight tables below, with
 * an example in each row that test_date runs, and articles in tests/corpus/LANGUAGE; no C. Classes that the program itself
 * asks for, each of which may be empty: CARD TENS HUNDRED SCALE AND (numbers in words), RANGE (between the ends of one),
 * RANGEFROM, BETWEEN and BETWEENAND ("from", "between", "and": where the ends stand apart), and those of direct.h (verbs). All others are what patterns.tsv makes of them.
 */
#ifndef NTAG_DATE_LANGUAGE_H
#define NTAG_DATE_LANGUAGE_H

#include "table.h"

struct language {
	const char *name; /* of its folder, "en" */
	const struct blob *words, *shapes, *zones, *holidays, *patterns, *compounds, *endings,
	    *settings;
};

extern const char language_names[];               /* "de|en", for the option table */
extern const struct blob *const language_blobs[]; /* all tables of all languages, ended by NULL */

/* NULL: there is no such language. */
const struct language *language_find(const char *name);

#endif
