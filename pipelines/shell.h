/* shell.h - a plan as the equal pipeline for sh: the same programs, options and bytes (FAULTS C21). */
#ifndef NTAG_SHELL_H
#define NTAG_SHELL_H

#include "plan.h"

/* Append one word, in single quotes unless every character of it is harmless. */
void shell_word(const char *word, struct buf *out);

/* Append the command of one stage: program and options, all as --name=value. */
void shell_stage(const struct stage *s, struct buf *out);

/* What the command line said, to be said again. */
struct shell_how {
	const struct defines *defines;
	bool operands;      /* inputs that replace the plan's */
	const char *output; /* --output, or NULL */
};

/* Append the pipeline as one line. The plan was checked (check.h). Where sh and the filters cannot do what
 * the plan says, "ntag-run read" stands for its inputs and "ntag-run write" for its outputs. */
void shell_put(const struct plan *p, const struct shell_how *how, struct buf *out);

#endif
