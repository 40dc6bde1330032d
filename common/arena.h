/* arena.h - memory that lives exactly as long as one record (or one model).
 *
 * Nothing is freed singly. Library code never tests for NULL: when memory runs
 * out, or one record asks for more than ARENA_MAX, the program reports it and
 * ends with status 74 (FAULTS rule 3, B23). Built with -DARENA_EXACT each
 * allocation is a malloc of its exact size, so that AddressSanitizer sees
 * every overrun (HOUSE.md part 3).
 */
#ifndef NTAG_ARENA_H
#define NTAG_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

struct arena_block;

struct arena {
	struct arena_block *head; /* newest block; the largest is kept on reset */
	size_t used, cap;         /* of the newest block */
	size_t held;              /* bytes in all blocks */
};

/* Most bytes that one record may take: 64 times the default --max-record. */
#define ARENA_MAX ((size_t)4 << 30)

/* n * size zeroed bytes, aligned for any type. Never NULL; n * size may be 0. */
void *arena_alloc(struct arena *a, size_t n, size_t size);

/* The same, not zeroed: for large scratch that is written before it is read. */
void *arena_raw(struct arena *a, size_t n, size_t size);

/* Grow an array from n to at least want elements; the old bytes are copied, the
 * new ones zeroed. Returns the new array, *cap receives its size in elements. */
void *arena_grow(struct arena *a, const void *old, size_t n, size_t want, size_t size, size_t *cap);

/* A copy of s; its p is never NULL. */
struct span arena_copy(struct arena *a, struct span s);

/* A copy of s with a NUL behind it. */
char *arena_cstr(struct arena *a, struct span s);

/* printf into the arena. */
__attribute__((format(printf, 2, 3))) struct span arena_fmt(struct arena *a, const char *fmt, ...);

void arena_reset(struct arena *a); /* forget all; keeps one block of at most 1 MiB */
void arena_free(struct arena *a);  /* give the memory back */

#define ARENA_NEW(a, type, n) ((type *)arena_alloc((a), (n), sizeof(type)))

/* A vector of TYPE in an arena. Declare with VEC(TYPE), append with VEC_PUSH. */
#define VEC(type) \
	struct { \
		type *at; \
		size_t n; \
		size_t cap; \
	}

#define VEC_PUSH(a, v, ...) \
	do { \
		if ((v)->n == (v)->cap) \
			(v)->at = arena_grow( \
			    (a), (v)->at, (v)->n, (v)->n + 1, sizeof(*(v)->at), &(v)->cap); \
		(v)->at[(v)->n++] = __VA_ARGS__; \
	} while (0)

#endif
