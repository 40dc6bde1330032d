/* buf.c - growing bytes: doubling, one place where memory runs out. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"

enum { BUF_MIN = 4096 };

char *
buf_room(struct buf *b, size_t n)
{
	size_t cap = b->cap;
	char *p;

	if (n <= b->cap - b->n)
		return b->p + b->n;
	if (n > SIZE_MAX / 4 - b->n)
		die_oom(n);
	cap = cap < BUF_MIN ? BUF_MIN : cap;
	while (cap - b->n < n)
		cap *= 2;
	p = realloc(b->p, cap);
	if (p == NULL)
		die_oom(cap);
	b->p = p;
	b->cap = cap;
	return b->p + b->n;
}

void
buf_put(struct buf *b, struct span s)
{
	if (s.n == 0)
		return;
	memcpy(buf_room(b, s.n), s.p, s.n);
	b->n += s.n;
}

void
buf_char(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

void
buf_str(struct buf *b, const char *s)
{
	buf_put(b, span_c(s));
}

/* Decimal digits of v. */
static size_t
digits(unsigned long long v)
{
	size_t n = 1;

	while (v >= 10000) {
		v /= 10000;
		n += 4;
	}
	return n + (v >= 10) + (v >= 100) + (v >= 1000);
}

void
buf_uint(struct buf *b, unsigned long long v)
{
	size_t n = digits(v);
	char *p = buf_room(b, n) + n;

	b->n += n;
	do {
		*--p = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, again);
	va_end(again);
	b->n += (size_t)n;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}
