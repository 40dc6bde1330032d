/* front.h - the program ntag-grep around its filter. */
#ifndef NTAG_GREP_FRONT_H
#define NTAG_GREP_FRONT_H

#include "filter.h"

/* main(). all: the other filters, ended by NULL. */
int front_main(const struct filter *const *all, int argc, char **argv);

#endif
