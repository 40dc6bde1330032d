/* output.h - the forms a record can leave in: one list of names for -o, YAML as: and ntag-show -t.
 */
#ifndef NTAG_OUTPUT_H
#define NTAG_OUTPUT_H

#include "buf.h"
#include "column.h"
#include "record.h"
#include "sheet.h"

/* How records are to look; the same for all of a run. */
struct look {
	const char *prog; /* the program or pipeline that shows them */
	unsigned layers;  /* set of 1 << enum layer to show; in text and tables */
	bool color;       /* SGR codes */
	bool terminal;    /* made for a terminal: unsafe characters are made visible */
	bool header;      /* tables begin with the names of their columns */
	unsigned width;   /* columns to wrap at; 0 = no wrapping */
	enum rows rows;   /* what is a row of a table, and an entity of forms that have one layer */
	unsigned most; /* of what a picture draws: names, days, speakers, pairs; 0: what suits it */
	enum sheet_by by;       /* of days in pictures */
	bool ascii;             /* pictures without block characters */
	struct columns columns; /* of tables; none: those of rows */
};

/* The names of all forms, as options want them. */
#define OUTPUT_FORMS \
	"json|text|article|tsv|csv|quotes|html|inline|timeml|conll|brat|displacy|spacy|top|spark|" \
	"timeline|dot"

struct form {
	const char *name; /* "tsv" */
	const char *help;
	/* What comes before the first record; NULL: nothing. */
	void (*begin)(const struct look *l, struct buf *out);
	void (*record)(struct record *r, const struct look *l, struct buf *out);
};

extern const struct form *const forms[]; /* json first; ended by NULL */

const struct form *form_find(const char *name);

#endif
