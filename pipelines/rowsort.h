/* rowsort.h - any number of rows in order, in bounded memory: what does not fit goes to a file without a name.
 *
 * The order is that of the keys, then of the rows, both by their bytes; what is equal in both comes as often as it was
 * added. The file is made in $TMPDIR, else in /tmp, and is gone with the process.
 */
#ifndef NTAG_ROWSORT_H
#define NTAG_ROWSORT_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

struct rowsort;

/* most: bytes of rows kept in memory. */
struct rowsort *rowsort_new(size_t most);
void rowsort_free(struct rowsort *r);

/* Keys and rows are copied; neither may be longer than 4 GiB. False with errno: the file cannot be written. */
bool rowsort_add(struct rowsort *r, struct span key, struct span row);

/* All have been added. False with errno. */
bool rowsort_begin(struct rowsort *r);

/* The next row, valid until the next call. False: no more, or (rowsort_error() != 0) the file cannot be read. */
bool rowsort_next(struct rowsort *r, struct span *row);
int rowsort_error(const struct rowsort *r);

#endif
