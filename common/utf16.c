/* utf16.c - UTF-16 and UTF-32 to UTF-8 (utf16.h). */
#include "utf16.h"

#include "utf8.h"

/* Byte order marks; the longer first where one starts like another. */
static const struct mark {
	struct span bytes;
	unsigned width;
	bool big;
} marks[] = {
	{ { "\xFF\xFE\0\0", 4 }, 4, false },
	{ { "\0\0\xFE\xFF", 4 }, 4, true },
	{ { "\xFF\xFE", 2 }, 2, false },
	{ { "\xFE\xFF", 2 }, 2, true },
};

enum utf16_answer
utf16_mark(struct utf16 *u, struct span head, bool final, size_t *len)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const struct mark *m = &marks[i];
		if (span_starts(head, m->bytes)) {
			*u = (struct utf16){ .width = m->width, .big = m->big };
			*len = m->bytes.n;
			return UTF16_YES;
		}
		if (!final && head.n < m->bytes.n && span_starts(m->bytes, head))
			return UTF16_MORE;
	}
	return UTF16_NO;
}

static uint32_t
unit(const struct utf16 *u)
{
	uint32_t v = 0;

	for (unsigned i = 0; i < u->width; i++)
		v = v << 8 | u->part[u->big ? i : u->width - 1 - i];
	return v;
}

static size_t
put(struct utf16 *u, uint32_t cp, char *to)
{
	bool bad = cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF);

	u->bad += bad;
	return utf8_encode(bad ? UTF8_BAD : cp, to);
}

/* Write what the unit v completes: at most 7 bytes, a lone surrogate and another character. */
static size_t
feed(struct utf16 *u, uint32_t v, char *to)
{
	size_t n = 0;
	uint32_t high = u->high;

	u->high = 0;
	if (u->width == 4)
		return put(u, v, to);
	if (high != 0 && v >= 0xDC00 && v <= 0xDFFF)
		return put(u, 0x10000 + ((high - 0xD800) << 10) + (v - 0xDC00), to);
	if (high != 0)
		n = put(u, high, to);
	if (v >= 0xD800 && v <= 0xDBFF)
		u->high = v;
	else
		n += put(u, v, to + n);
	return n;
}

size_t
utf16_decode(struct utf16 *u, struct span *in, char *to, size_t n)
{
	size_t at = 0;

	while (in->n > 0 && n - at >= 8) {
		u->part[u->n_part++] = (unsigned char)in->p[0];
		*in = span_cut(*in, 1, in->n);
		if (u->n_part == u->width) {
			u->n_part = 0;
			at += feed(u, unit(u), to + at);
		}
	}
	return at;
}

size_t
utf16_finish(struct utf16 *u, char to[8])
{
	size_t n = 0;

	if (u->high != 0)
		n += put(u, u->high, to);
	if (u->n_part != 0)
		n += put(u, UINT32_MAX, to + n);
	u->high = 0;
	u->n_part = 0;
	return n;
}

bool
utf16_likely(struct span s)
{
	size_t nul[2] = { 0, 0 };

	for (size_t i = 0; i < s.n; i++)
		nul[i & 1] += s.p[i] == '\0';
	size_t most = nul[nul[1] > nul[0]], least = nul[nul[1] <= nul[0]];
	/* Western text has a NUL in nearly every unit; a quarter of the units is enough, few at the wrong places. */
	return most >= 2 && most * 8 >= s.n && least * 10 <= most;
}
