/* buf.c - growing bytes: doubling, one place where memory runs out. */
#include "buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "die.h"

enum { BUF_MIN = 4096 };

void
buf_grow(struct buf *b, size_t n)
{
	size_t cap = b->cap;
	char *p;

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
}

static size_t
count_digits(unsigned long long v)
{
	size_t n = 1;

	for (; v >= 10000; v /= 10000)
		n += 4;
	return n + (v >= 10) + (v >= 100) + (v >= 1000);
}

/* The digits of v before p, two at a time. */
static void
put_digits(char *p, unsigned long long v)
{
	static const char pair[] = "00010203040506070809101112131415161718192021222324"
				   "25262728293031323334353637383940414243444546474849"
				   "50515253545556575859606162636465666768697071727374"
				   "75767778798081828384858687888990919293949596979899";

	for (; v >= 100; v /= 100)
		memcpy(p -= 2, pair + v % 100 * 2, 2);
	if (v >= 10)
		memcpy(p - 2, pair + v * 2, 2);
	else
		p[-1] = (char)('0' + v);
}

void
buf_uint(struct buf *b, unsigned long long v)
{
	enum { DIGITS = 20 }; /* of 2^64 - 1 */
	size_t n = count_digits(v);

	put_digits(buf_room(b, DIGITS) + n, v);
	b->n += n;
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
