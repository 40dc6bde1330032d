/* example.h - the examples in a user's rules are run when they are loaded, as those of the compiled-in rows by the tests. */
#ifndef NTAG_DATE_EXAMPLE_H
#define NTAG_DATE_EXAMPLE_H

#include "model.h"

/* The document date of all examples, a Saturday. */
#define EXAMPLE_DATE "2021-12-04"

/* How a text is tagged: the filter's own annotate. */
typedef enum verdict (*example_tagger)(const void *model, struct record *r, struct work *w);

/* Does each row with an example find it, with the values expected? A message on d, with its place, for each that
 * does not. */
bool example_check(const struct date_model *m, example_tagger tag, struct diag *d);

#endif
