/* front.h - the program ntag-grep around its filter. */
#ifndef NTAG_GREP_FRONT_H
#define NTAG_GREP_FRONT_H

#include "index.h"

/* main(). all: the other filters, ended by NULL; index: what --index does. */
int front_main(
    const struct filter *const *all, const struct index_ops *index, int argc, char **argv);

#endif
