/* list.h - the pipelines of a directory: name, about, parameters with their defaults. */
#ifndef NTAG_LIST_H
#define NTAG_LIST_H

#include "plan.h"

/* Append the list of all *.yaml and *.yml in dir, by name. A faulty one is named as such. False after a message
 * on d: the directory cannot be read. */
bool list_put(const char *dir, const struct plan_how *how, struct diag *d, struct buf *out);

#endif
