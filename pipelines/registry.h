/* registry.h - the only list of all filters. A new filter is named here and in FILTERS of the Makefile. */
#ifndef NTAG_REGISTRY_H
#define NTAG_REGISTRY_H

#include "filter.h"

extern const struct filter *const registry[]; /* ended by NULL */

/* By the name of its program, "ntag-date"; NULL if there is none. */
const struct filter *registry_find(const char *program);

/* Names of all programs, ended by NULL, in a: for "did you mean". */
const char *const *registry_names(struct arena *a);

#endif
