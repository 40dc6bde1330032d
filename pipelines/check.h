/* check.h - the part of a check that looks at the world: inputs, programs, write access, models. Writes nothing. */
#ifndef NTAG_CHECK_H
#define NTAG_CHECK_H

#include "plan.h"

/* Look at all of it and add the faults to p->faults. operand replaces the pipeline's inputs when n > 0; a
 * missing operand is no fault but a matter of the run (FAULTS B1). Fills p->names and opens the models, the
 * latter only while there is no fault at all. */
void check_world(struct plan *p, char *const *operand, size_t n);

/* Is the list of names on standard input one of lines? Waits for its first bytes, takes none. */
bool check_standard_list(void);

/* Would a program of this name be found, as execvp(3) looks for it? *path receives where, in a. */
bool check_program(const char *name, struct arena *a, const char **path);

#endif
