/* span.h - a borrowed piece of bytes: never owned, never NUL-terminated.
 *
 * NUL is data. A span with p == NULL means "absent" where absent and empty
 * differ (record.h).
 */
#ifndef NTAG_SPAN_H
#define NTAG_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *p;
	size_t n; /* bytes */
};

/* A string literal, or a C string, as a span. */
#define SPAN(lit) ((struct span){ (lit), sizeof(lit) - 1 })

static inline struct span
span_c(const char *s)
{
	return (struct span){ s, s == NULL ? 0 : strlen(s) };
}

/* Bytes [from, to) of s; the caller has checked from <= to <= s.n, and that s.p is not NULL. */
static inline struct span
span_cut(struct span s, size_t from, size_t to)
{
	return (struct span){ s.p + from, to - from };
}

static inline bool
span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
span_is(struct span a, const char *s)
{
	return span_eq(a, span_c(s));
}

static inline bool
span_starts(struct span s, struct span with)
{
	return s.n >= with.n && (with.n == 0 || memcmp(s.p, with.p, with.n) == 0);
}

static inline bool
span_ends(struct span s, struct span with)
{
	return s.n >= with.n && (with.n == 0 || memcmp(s.p + s.n - with.n, with.p, with.n) == 0);
}

#endif
