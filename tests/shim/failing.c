/* failing.c - preloaded into a program: the NTAG_FAIL_AT-th allocation fails, once, or with NTAG_FAIL_ON set
 * all those behind it too, as on a machine that has none left (FAULTS B23, E4). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

/* Whether the allocation at hand fails. */
static int
fails(void)
{
	static long left = -1;
	static int on;

	if (left < 0) {
		const char *at = getenv("NTAG_FAIL_AT");

		left = at == NULL ? 0 : strtol(at, NULL, 10);
		on = getenv("NTAG_FAIL_ON") != NULL;
	}
	if (left == 0 || --left > 0)
		return 0;
	left = on;
	return 1;
}

void *
malloc(size_t n)
{
	static void *(*real)(size_t);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "malloc");
	if (fails()) {
		errno = ENOMEM;
		return NULL;
	}
	return real(n);
}

void *
realloc(void *p, size_t n)
{
	static void *(*real)(void *, size_t);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "realloc");
	if (fails()) {
		errno = ENOMEM;
		return NULL;
	}
	return real(p, n);
}
