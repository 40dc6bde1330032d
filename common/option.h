/* option.h - options are declared once, as a table; the command line, --help, YAML keys, man
 * pages and shell completion all read it.
 */
#ifndef NTAG_OPTION_H
#define NTAG_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"

enum opt_type {
	OPT_SWITCH, /* no argument; in YAML: true */
	OPT_TEXT,
	OPT_INT,  /* whole number from min to max */
	OPT_SIZE, /* bytes: 4096, 64K, 64M, 64MiB, 1G; from min to max */
	OPT_PATH,
	OPT_ENUM,  /* one of the words in of, separated by | */
	OPT_LIST,  /* some of the words in of, separated by commas; in YAML a list */
	OPT_WORDS, /* free words, separated by commas; in YAML a list */
	OPT_DATE,  /* YYYY-MM-DD or an ISO 8601 date-time */
	OPT_MAYBE, /* as OPT_ENUM, argument optional: --stats, --stats=json; alone = first word of of */
	OPT_NUMBER, /* decimal from min to max */
	OPT_LINES, /* free text that may be given more than once; in YAML a list: values end up as lines */
};

struct opt {
	const char *name; /* "max-record": --max-record SIZE, YAML key max-record */
	char letter;      /* 'j', or 0 */
	enum opt_type type;
	const char *arg;  /* "SIZE"; NULL for a switch */
	const char *def;  /* value when not given, shown in --help; NULL = none */
	const char *of;   /* words of OPT_ENUM, OPT_LIST, OPT_MAYBE; NULL else */
	long min, max;    /* OPT_INT, OPT_SIZE, OPT_NUMBER; both 0 = no bounds */
	const char *help; /* one line, starts in lower case, no full stop */
};

enum { OPT_MAX = 48 };

/* Values by position in the table. Strings are borrowed (argv, the pipeline's arena). */
struct opts {
	const struct opt *table;    /* ended by a NULL name */
	const char *value[OPT_MAX]; /* NULL = not given, the default holds */
	struct arena *arena;        /* where OPT_LINES are joined; NULL: the last value holds */
};

/* Check and set one value. False with why ("must be a whole number, not \"x\"") in what. */
bool opts_set(struct opts *o, const struct opt *which, const char *value, char what[256]);

/* The entry of that name in a table, or NULL. */
const struct opt *opt_find(const struct opt *table, const char *name);

/* Values by name; the name must be in the table. */
const char *opts_text(const struct opts *o, const char *name); /* NULL: not given and no default */
bool opts_on(const struct opts *o, const char *name);
long opts_int(const struct opts *o, const char *name);
size_t opts_size(const struct opts *o, const char *name);
double opts_number(const struct opts *o, const char *name);
bool opts_given(const struct opts *o, const char *name);
/* Is word in the comma list of that option? */
bool opts_has(const struct opts *o, const char *name, const char *word);

/* Several tables parsed together: the filter's own and the common ones. */
struct opt_group {
	const char *title; /* "Options of ntag-date" */
	struct opts *opts;
};

/* Parse argv by POSIX utility guidelines as GNU extends them: options before or after operands, --
 * ends them, --name=value, combined letters, no abbreviation. Operands are moved to the front of
 * argv + 1; returns their number. A fault is reported with "did you mean" and ends with status 64. */
int opts_parse(
    const struct opt_group *g, size_t n_group, int argc, char **argv, const struct diag *d);

/* The option lists for --help, for the man page (mdoc) and for shells. */
void opts_help(const struct opt_group *g, size_t n_group, struct buf *out);
void opts_mdoc(const struct opt_group *g, size_t n_group, struct buf *out);
void opts_complete(const char *shell, const char *prog, const struct opt_group *g, size_t n_group,
    struct buf *out);

#endif
