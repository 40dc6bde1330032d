/* failing.c - preloaded into a program: the NTAG_FAIL_AT-th allocation fails, once (FAULTS B23, E4). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

static long
next(void)
{
	static long left = -1;

	if (left < 0) {
		const char *at = getenv("NTAG_FAIL_AT");

		left = at == NULL ? 0 : strtol(at, NULL, 10);
	}
	return left == 0 ? 0 : left--;
}

void *
malloc(size_t n)
{
	static void *(*real)(size_t);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "malloc");
	if (next() == 1) {
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
	if (next() == 1) {
		errno = ENOMEM;
		return NULL;
	}
	return real(p, n);
}
