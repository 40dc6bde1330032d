/* options.h - the option tables of ntag-grep, and the condition that they make. */
#ifndef NTAG_GREP_OPTIONS_H
#define NTAG_GREP_OPTIONS_H

#include "option.h"
#include "where.h"

extern const struct opt options_select[]; /* of the filter: also keys of a stage */
extern const struct opt options_output[]; /* of the program alone */

/* The condition; NULL with *f filled, *which the option that is wrong. */
struct condition *options_condition(
    const struct opts *o, const char **which, struct where_fault *f);

/* Are there any options that make one? */
bool options_any(const struct opts *o);

#endif
