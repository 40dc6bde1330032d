/* program.h - what the programs share around the driver: common options, version, look. */
#ifndef NTAG_PROGRAM_H
#define NTAG_PROGRAM_H

#include "run.h"

/* The options that every filter has, ended by a NULL name. */
extern const struct opt program_option[];

/* Print and free out; the exit status. */
int program_print(struct buf *out);

/* Version of prog, of its libraries and of the common tables; lines for a list of tables; and for
 * what a filter has of its own, tables and models, as its options choose them. */
void program_put_version(const char *prog, struct buf *out);
void program_put_blobs(const struct blob *const *blob, struct buf *out);
void program_put_resources(const struct filter *f, const struct opts *own, struct buf *out);

/* What --complete prints: for a shell, or the option list of the man page. */
void program_complete(
    const char *what, const char *prog, const struct opt_group *g, size_t n, struct buf *out);

/* Form and look of the output from "output", "header" and "color" of o and from the terminal. */
void program_look(struct run *run, const struct opts *o);

/* What a program does beyond run_filter(). */
struct program_hook {
	/* Once all options are read and the model is open: the form, the look, the sink. False after saying why:
	 * the program ends with STATUS_USAGE. */
	bool (*prepare)(struct run *run, struct diag *d);
	void (*done)(struct run *run); /* at the end, also after prepare failed */
};

int program_main(const struct filter *f, int argc, char **argv, const struct program_hook *hook);

/* Rows and columns of tables from "rows" and "columns" of o, in a. Ends the program when they are wrong. */
void program_table(struct look *l, const struct opts *o, struct arena *a, const struct diag *d);

/* A program that is a filter and more. Zero what it does not need. */
struct program {
	const struct filter *filter;
	const struct filter *const *all; /* of the filter's open_with */
	const struct opt
	    *output_option;   /* how its output looks: no keys of a stage; ended by a NULL name */
	const char *operands; /* of its usage line; NULL: files */
	const char *status;   /* its statuses, for --help; NULL: the usual */
	/* Before the model is built; behind it, when run is complete; and behind the run: its status. */
	void (*prepare)(struct program *p, struct run *run, const struct diag *d);
	int (*ready)(struct program *p, struct run *run); /* not 0: the run does not begin */
	int (*end)(struct program *p, struct run *run, int status);
	const struct program_hook *hook; /* of program_main() */
	/* The values of output_option and of the common options, for these. */
	struct opts output, common;
	void *ctx;
};

/* main(). Of two options with the same name or letter the program's own holds. */
int run_program(struct program *p, int argc, char **argv);

/* Is progress to be shown, by "progress" of o and the terminal? */
bool program_progress(const struct opts *o);

#endif
