/* buf.h - growing bytes on the heap, with a cap; output is built here.
 *
 * A buf keeps its memory over buf_clear, so a loop settles to no allocation.
 * Out of memory ends the program with status 74 (arena.h).
 */
#ifndef NTAG_BUF_H
#define NTAG_BUF_H

#include <string.h>

#include "span.h"

struct buf {
	char *p;
	size_t n, cap;
};

/* Make room for n more bytes; for buf_room() alone. */
void buf_grow(struct buf *b, size_t n);

/* Room for n more bytes at b->p + b->n; the caller adds what it wrote to b->n. */
static inline char *
buf_room(struct buf *b, size_t n)
{
	if (n > b->cap - b->n)
		buf_grow(b, n);
	return b->p + b->n;
}

static inline void
buf_put(struct buf *b, struct span s)
{
	if (s.n == 0)
		return;
	memcpy(buf_room(b, s.n), s.p, s.n);
	b->n += s.n;
}

static inline void
buf_char(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

static inline void
buf_str(struct buf *b, const char *s)
{
	buf_put(b, span_c(s));
}

void buf_uint(struct buf *b, unsigned long long v); /* decimal */
__attribute__((format(printf, 2, 3))) void buf_fmt(struct buf *b, const char *fmt, ...);

static inline void
buf_clear(struct buf *b)
{
	b->n = 0;
}

static inline struct span
buf_span(const struct buf *b)
{
	return (struct span){ b->p, b->n };
}

void buf_free(struct buf *b);

#endif
