/* arena.c - blocks that grow by doubling; a reset keeps the newest one. */
#include "arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "die.h"

enum { ALIGN = 16, BLOCK_MIN = 1 << 16, KEEP_MAX = 1 << 20 };

struct arena_block {
	struct arena_block *older;
	size_t size; /* of bytes */
	_Alignas(ALIGN) char bytes[];
};

static size_t
product(size_t n, size_t size)
{
	size_t want;

	if (__builtin_mul_overflow(n, size, &want) || want > ARENA_MAX)
		die_oom(n);
	return want;
}

static char *
add_block(struct arena *a, size_t size)
{
	struct arena_block *b;

	if (size > ARENA_MAX - a->held)
		die_oom(size);
	b = malloc(sizeof(*b) + size);
	if (b == NULL)
		die_oom(size);
	b->older = a->head;
	b->size = size;
	a->head = b;
	a->held += size;
	a->cap = size;
	a->used = 0;
	return b->bytes;
}

#ifdef ARENA_EXACT

void *
arena_raw(struct arena *a, size_t n, size_t size)
{
	return add_block(a, product(n, size));
}

void
arena_reset(struct arena *a)
{
	arena_free(a);
}

#else

void *
arena_raw(struct arena *a, size_t n, size_t size)
{
	size_t want = product(n, size);
	size_t grow;
	char *p;

	want = (want + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (a->head == NULL || want > a->cap - a->used) {
		grow = a->cap < KEEP_MAX ? a->cap * 2 : a->cap;
		grow = grow < BLOCK_MIN ? BLOCK_MIN : grow;
		add_block(a, want > grow ? want : grow);
	}
	p = a->head->bytes + a->used;
	a->used += want;
	return p;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *keep = a->head;

	if (keep == NULL)
		return;
	if (keep->size > KEEP_MAX) {
		arena_free(a);
		return;
	}
	a->head = keep->older;
	a->held -= keep->size;
	arena_free(a);
	keep->older = NULL;
	a->head = keep;
	a->held = a->cap = keep->size;
}

#endif

void *
arena_alloc(struct arena *a, size_t n, size_t size)
{
	void *p = arena_raw(a, n, size);

	memset(p, 0, n * size);
	return p;
}

void *
arena_grow(struct arena *a, const void *old, size_t n, size_t want, size_t size, size_t *cap)
{
	size_t room = *cap < 8 ? 8 : product(*cap, 2);
	char *p;

	if (room < want)
		room = want;
	p = arena_raw(a, room, size);
	if (n > 0)
		memcpy(p, old, n * size);
	memset(p + n * size, 0, (room - n) * size);
	*cap = room;
	return p;
}

struct span
arena_copy(struct arena *a, struct span s)
{
	char *p = arena_raw(a, s.n + 1, 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct span){ p, s.n };
}

char *
arena_cstr(struct arena *a, struct span s)
{
	char *p = arena_raw(a, s.n + 1, 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

struct span
arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_raw(a, (size_t)n + 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct span){ p, (size_t)n };
}

void
arena_free(struct arena *a)
{
	struct arena_block *b = a->head;

	while (b != NULL) {
		struct arena_block *older = b->older;

		free(b);
		b = older;
	}
	*a = (struct arena){ 0 };
}
