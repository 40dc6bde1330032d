/* sentence_mark.c - a table for ASCII, a short list for the marks outside it, classes for letters. */
#include "sentence_mark.h"

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"

#define QUOTE (MARK_OPEN | MARK_CLOSE | MARK_QUOTE | MARK_STRAIGHT)

static const uint16_t ascii_marks[128] = {
	['\t'] = MARK_SPACE,
	['\n'] = MARK_SPACE,
	['\v'] = MARK_SPACE,
	['\f'] = MARK_SPACE,
	['\r'] = MARK_SPACE,
	[' '] = MARK_SPACE,
	['!'] = MARK_STOP | MARK_ASK,
	['"'] = QUOTE,
	['%'] = MARK_COMMA,
	['\''] = QUOTE,
	['('] = MARK_OPEN | MARK_BRACKET,
	[')'] = MARK_CLOSE | MARK_BRACKET,
	['*'] = MARK_BULLET,
	[','] = MARK_COMMA,
	['-'] = MARK_DASH,
	['.'] = MARK_STOP,
	['/'] = MARK_SLASH,
	[':'] = MARK_COMMA,
	[';'] = MARK_COMMA,
	['?'] = MARK_STOP | MARK_ASK,
	['['] = MARK_OPEN | MARK_BRACKET,
	[']'] = MARK_CLOSE | MARK_BRACKET,
	['{'] = MARK_OPEN | MARK_BRACKET,
	['}'] = MARK_CLOSE | MARK_BRACKET,
};

struct wide {
	uint16_t cp, set;
};

/* In ascending order. */
static const struct wide wides[] = {
	{ 0x00AB, MARK_OPEN | MARK_QUOTE },
	{ 0x00BB, MARK_CLOSE | MARK_QUOTE },
	{ 0x2013, MARK_DASH },
	{ 0x2014, MARK_DASH },
	{ 0x2015, MARK_DASH },
	{ 0x2018, MARK_OPEN | MARK_QUOTE },
	{ 0x2019, MARK_CLOSE | MARK_QUOTE },
	{ 0x201A, MARK_OPEN | MARK_QUOTE },
	{ 0x201C, MARK_OPEN | MARK_QUOTE },
	{ 0x201D, MARK_CLOSE | MARK_QUOTE },
	{ 0x201E, MARK_OPEN | MARK_QUOTE },
	{ 0x2022, MARK_BULLET },
	{ 0x2026, MARK_STOP },
	{ 0x2039, MARK_OPEN | MARK_QUOTE },
	{ 0x203A, MARK_CLOSE | MARK_QUOTE },
	{ 0x2043, MARK_BULLET },
	{ 0x25AA, MARK_BULLET },
	{ 0x25CF, MARK_BULLET },
	{ 0x3002, MARK_STOP | MARK_WIDE },
	{ 0x300C, MARK_OPEN | MARK_QUOTE },
	{ 0x300D, MARK_CLOSE | MARK_QUOTE },
	{ 0x300E, MARK_OPEN | MARK_QUOTE },
	{ 0x300F, MARK_CLOSE | MARK_QUOTE },
	{ 0xFF01, MARK_STOP | MARK_WIDE | MARK_ASK },
	{ 0xFF08, MARK_OPEN | MARK_BRACKET },
	{ 0xFF09, MARK_CLOSE | MARK_BRACKET },
	{ 0xFF0C, MARK_COMMA },
	{ 0xFF0E, MARK_STOP | MARK_WIDE },
	{ 0xFF1F, MARK_STOP | MARK_WIDE | MARK_ASK },
};

static unsigned
wide_mark(uint32_t cp)
{
	unsigned class;

	for (size_t i = 0; i < sizeof(wides) / sizeof(wides[0]) && wides[i].cp <= cp; i++)
		if (wides[i].cp == cp)
			return wides[i].set;
	class = uni_class(cp);
	return (class & UNI_SPACE ? MARK_SPACE : 0) | (class & UNI_UPPER ? MARK_UPPER : 0) |
	       (class & UNI_LOWER ? MARK_LOWER : 0) | (class & UNI_DIGIT ? MARK_DIGIT : 0);
}

static unsigned
ascii_mark(unsigned char c)
{
	if (ascii_lower(c))
		return MARK_LOWER;
	if (ascii_upper(c))
		return MARK_UPPER;
	return ascii_digit(c) ? MARK_DIGIT : ascii_marks[c];
}

unsigned
sentence_mark(struct span t, size_t i, size_t *len)
{
	unsigned char c = (unsigned char)t.p[i];

	*len = 1;
	if (c < 0x80)
		return ascii_mark(c);
	return wide_mark(utf8_next(span_cut(t, i, t.n), len));
}

unsigned
sentence_mark_before(struct span t, size_t i, size_t *len)
{
	unsigned char c = (unsigned char)t.p[i - 1];

	*len = 1;
	if (c < 0x80)
		return ascii_mark(c);
	return wide_mark(utf8_prev(t, i, len));
}

size_t
sentence_skip(struct span t, size_t i, size_t end)
{
	size_t len;

	while (i < end && sentence_mark(t, i, &len) & MARK_SPACE)
		i += len;
	return i < end ? i : end;
}

size_t
sentence_trim(struct span t, size_t i, size_t start)
{
	size_t len;

	while (i > start && sentence_mark_before(t, i, &len) & MARK_SPACE)
		i -= len;
	return i > start ? i : start;
}
