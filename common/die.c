/* die.c - out of memory. */
#include "die.h"

#include <stdio.h>
#include <unistd.h>

enum { OUT_OF_MEMORY = 74 }; /* STATUS_OUTPUT: diag.h stands above this file */

void
die_oom(size_t want)
{
	char line[80]; /* snprintf() of whole numbers and strings allocates nothing */
	int n = snprintf(line, sizeof(line), "ntag: out of memory: %zu more bytes\n", want);

	/* Where standard error is gone there is nobody to tell. */
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		_exit(OUT_OF_MEMORY);
	_exit(OUT_OF_MEMORY);
}
