/* shell.h - a plan as the equal pipeline for sh: the same programs, options and bytes (FAULTS C21). */
#ifndef NTAG_SHELL_H
#define NTAG_SHELL_H

#include "plan.h"

/* Append one word, in single quotes unless every character of it is harmless. */
void shell_word(const char *word, struct buf *out);

/* Append the command of one stage: program and options, all as --name=value. */
void shell_stage(const struct stage *s, struct buf *out);

/* Append the pipeline as one line. The plan was checked (check.h). Where sh and the filters cannot do what the
 * plan says, "ntag-run read" stands for its inputs and "ntag-run write" for its outputs, with the same
 * definitions of parameters. operands: inputs of the command line replace the plan's. */
void shell_put(const struct plan *p, const struct defines *d, bool operands, struct buf *out);

#endif
