/* slurp.h - the bytes of a list, for the programs that make images of lists while ntag is built.
 */
#ifndef NTAG_SLURP_H
#define NTAG_SLURP_H

#include <stdio.h>
#include <stdlib.h>

#include "arena.h"

/* In a; the program ends where the file cannot be opened. */
static inline struct span
slurp(const char *file, struct arena *a)
{
	FILE *in = fopen(file, "rb");
	char *p = NULL;
	size_t n = 0, cap = 0, got;

	if (in == NULL) {
		fprintf(stderr, "%s: cannot open\n", file);
		exit(1);
	}
	do {
		if (cap - n < 1 << 20)
			p = arena_grow(a, p, n, n + (1 << 20), 1, &cap);
		got = fread(p + n, 1, cap - n, in);
		n += got;
	} while (got > 0);
	fclose(in);
	return (struct span){ p, n };
}

#endif
