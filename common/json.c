/* json.c - RFC 8259 by a loop with an explicit stack of one bit a level: no recursion.
 *
 * Strings are most of a record: their bytes that mean nothing are skipped sixteen at a time.
 * -DNTAG_SCALAR builds the portable loop on any machine; the tests pass with either.
 */
#include "json.h"

#include "ascii.h"
#include "utf8.h"

#if defined(__SSE2__) && !defined(NTAG_SCALAR)
#include <emmintrin.h>
#endif

/* The open containers of a value: one bit each, set for an object. */
struct nest {
	unsigned depth;
	uint64_t object[(JSON_DEPTH_MAX + 63) / 64];
};

static bool
fail(struct json *j, const char *at, const char *what)
{
	j->p = at;
	j->what = what;
	return false;
}

static void
skip_space(struct json *j)
{
	const char *p = j->p;

	while (p < j->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	j->p = p;
}

/* The next byte, white space skipped; 0 at the end (no value starts with a NUL). */
static char
peek(struct json *j)
{
	skip_space(j);
	return j->p < j->end ? *j->p : '\0';
}

/* First byte of [p, end) that a string cannot hold as it is - a quote, a backslash, a control
 * character - or end. */
static const char *
skip_plain(const char *p, const char *end)
{
#if defined(__SSE2__) && !defined(NTAG_SCALAR)
	const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
	const __m128i control = _mm_set1_epi8(0x1F);

	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_cmpeq_epi8(_mm_min_epu8(v, control), v); /* v <= 1F */
		int mask;

		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, quote));
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, slash));
		mask = _mm_movemask_epi8(hit);
		if (mask != 0)
			return p + __builtin_ctz((unsigned)mask);
	}
#endif
	while (p < end && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
		p++;
	return p;
}

enum json_type
json_type(struct span raw)
{
	switch (raw.n == 0 ? '\0' : raw.p[0]) {
	case '{':
		return JSON_OBJECT;
	case '[':
		return JSON_ARRAY;
	case '"':
		return JSON_STRING;
	case 't':
	case 'f':
		return JSON_BOOL;
	case 'n':
		return JSON_NULL;
	default:
		return JSON_NUMBER;
	}
}

const char *
json_type_name(enum json_type t)
{
	static const char *const names[] = { [JSON_NULL] = "null",
		[JSON_BOOL] = "a boolean",
		[JSON_NUMBER] = "a number",
		[JSON_STRING] = "a string",
		[JSON_ARRAY] = "an array",
		[JSON_OBJECT] = "an object" };

	return names[t];
}

bool
json_accept(struct json *j, char c)
{
	if (j->what != NULL || peek(j) != c || j->p == j->end)
		return false;
	j->p++;
	return true;
}

/* Four hexadecimal digits at p, or -1. */
static int
hex4(const char *p, const char *end)
{
	int v = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = ascii_hex((unsigned char)p[i]);

		if (digit < 0)
			return -1;
		v = v << 4 | digit;
	}
	return v;
}

/* Bytes of the escape sequence at p, a backslash; 0 if it is none of RFC 8259, section 7. */
static size_t
escape_length(const char *p, const char *end)
{
	if (end - p < 2)
		return 0;
	switch (p[1]) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return 2;
	case 'u':
		return hex4(p + 2, end) < 0 ? 0 : 6;
	default:
		return 0;
	}
}

/* Past the string whose opening quote is at j->p. */
static bool
scan_string(struct json *j, struct span *body)
{
	const char *start = j->p + 1, *p = start;

	for (;;) {
		size_t n;

		p = skip_plain(p, j->end);
		if (p == j->end)
			return fail(j, start - 1, "unterminated string");
		if (*p == '"')
			break;
		if (*p != '\\')
			return fail(j, p, "control character in string");
		n = escape_length(p, j->end);
		if (n == 0)
			return fail(j, p, "bad escape");
		p += n;
	}
	*body = (struct span){ start, (size_t)(p - start) };
	j->p = p + 1;
	return true;
}

bool
json_string(struct json *j, struct span *body)
{
	if (j->what != NULL)
		return false;
	if (peek(j) != '"')
		return fail(j, j->p, "expected a string");
	return scan_string(j, body);
}

/* Past digits at p: NULL if there is none. */
static const char *
skip_digits(const char *p, const char *end)
{
	const char *start = p;

	while (p < end && ascii_digit((unsigned char)*p))
		p++;
	return p == start ? NULL : p;
}

/* RFC 8259, section 6: the end of the number at p, or NULL. */
static const char *
number_end(const char *p, const char *end)
{
	if (p < end && *p == '-')
		p++;
	if (p < end && *p == '0')
		p++;
	else if ((p = skip_digits(p, end)) == NULL)
		return NULL;
	if (p < end && *p == '.' && (p = skip_digits(p + 1, end)) == NULL)
		return NULL;
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		return skip_digits(p, end);
	}
	return p;
}

static bool
scan_number(struct json *j)
{
	const char *end = number_end(j->p, j->end);

	if (end == NULL || (end < j->end && ascii_digit((unsigned char)*end)))
		return fail(j, j->p, "bad number");
	j->p = end;
	return true;
}

static bool
scan_word(struct json *j, struct span word)
{
	if (!span_starts((struct span){ j->p, (size_t)(j->end - j->p) }, word))
		return fail(j, j->p, "expected a value");
	j->p += word.n;
	return true;
}

/* Past the value that starts with c at j->p and is no container. */
static bool
scan_scalar(struct json *j, char c)
{
	struct span body;

	switch (c) {
	case '"':
		return scan_string(j, &body);
	case 't':
		return scan_word(j, SPAN("true"));
	case 'f':
		return scan_word(j, SPAN("false"));
	case 'n':
		return scan_word(j, SPAN("null"));
	default:
		if (c == '-' || ascii_digit((unsigned char)c))
			return scan_number(j);
		return fail(j, j->p, "expected a value");
	}
}

static bool
in_object(const struct nest *n)
{
	return (n->object[(n->depth - 1) / 64] >> (n->depth - 1) % 64 & 1) != 0;
}

static bool
nest_push(struct nest *n, bool object)
{
	uint64_t bit = (uint64_t)1 << n->depth % 64;

	if (n->depth == JSON_DEPTH_MAX)
		return false;
	if (n->depth % 64 == 0)
		n->object[n->depth / 64] = 0;
	if (object)
		n->object[n->depth / 64] |= bit;
	else
		n->object[n->depth / 64] &= ~bit;
	n->depth++;
	return true;
}

/* Past a key and its colon, if the innermost open container is an object. */
static bool
scan_key(struct json *j, const struct nest *n)
{
	struct span body;

	return n->depth == 0 || !in_object(n) || json_key(j, &body);
}

/* A value has ended: past the ends of containers behind it, then past one comma and key. */
static bool
after_value(struct json *j, struct nest *n)
{
	while (n->depth > 0) {
		bool object = in_object(n);
		char c = peek(j);

		if (c == ',') {
			j->p++;
			return scan_key(j, n);
		}
		if (c != (object ? '}' : ']'))
			return fail(
			    j, j->p, object ? "expected ',' or '}'" : "expected ',' or ']'");
		j->p++;
		n->depth--;
	}
	return true;
}

/* Past the bracket c at j->p, and past the key behind it, or past the end of an empty container. */
static bool
open_container(struct json *j, struct nest *n, char c)
{
	if (!nest_push(n, c == '{'))
		return fail(j, j->p, "nested too deep");
	j->p++;
	if (peek(j) != (c == '{' ? '}' : ']'))
		return scan_key(j, n);
	j->p++;
	n->depth--;
	return after_value(j, n);
}

bool
json_value(struct json *j, struct span *raw)
{
	struct nest nest;
	const char *start;

	if (j->what != NULL)
		return false;
	skip_space(j);
	start = j->p;
	nest.depth = 0;
	do {
		char c = peek(j);
		bool good;

		if (c == '{' || c == '[')
			good = open_container(j, &nest, c);
		else
			good = scan_scalar(j, c) && after_value(j, &nest);
		if (!good)
			return false;
	} while (nest.depth > 0);
	*raw = (struct span){ start, (size_t)(j->p - start) };
	return true;
}

bool
json_begin(struct json *j, char open)
{
	if (j->what != NULL)
		return false;
	if (peek(j) != open)
		return fail(j, j->p, open == '{' ? "expected '{'" : "expected '['");
	j->p++;
	return !json_accept(j, open == '{' ? '}' : ']');
}

bool
json_more(struct json *j, char close)
{
	if (json_accept(j, ','))
		return true;
	if (j->what == NULL && !json_accept(j, close))
		fail(j, j->p, close == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
	return false;
}

bool
json_key(struct json *j, struct span *body)
{
	if (j->what != NULL)
		return false;
	if (peek(j) != '"')
		return fail(j, j->p, "expected a key");
	if (!scan_string(j, body))
		return false;
	if (!json_accept(j, ':'))
		return fail(j, j->p, "expected ':'");
	return true;
}

/* The code point of the \u escapes at p (six bytes of them, or twelve for a pair of surrogates, into
 * *used). A surrogate without its other half is UTF8_BAD (RFC 8259, section 8.2). */
static uint32_t
escaped_cp(const char *p, const char *end, size_t *used)
{
	uint32_t high = (uint32_t)hex4(p + 2, end), low;

	*used = 6;
	if (high < 0xD800 || high > 0xDFFF)
		return high;
	if (high > 0xDBFF || end - p < 12 || p[6] != '\\' || p[7] != 'u')
		return UTF8_BAD;
	low = (uint32_t)hex4(p + 8, end);
	if (low < 0xDC00 || low > 0xDFFF)
		return UTF8_BAD;
	*used = 12;
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* What \c stands for, c one of the eight letters and marks of section 7. */
static char
escaped_char(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c;
	}
}

static bool
is_lone(uint32_t cp, const char *p, size_t used)
{
	/* \uFFFD itself is no lone surrogate. */
	return cp == UTF8_BAD && used == 6 && ascii_fold((unsigned char)p[2]) == 'd';
}

struct span
json_unescape(struct span body, struct arena *a, size_t *lone)
{
	const char *p = body.p, *end;
	size_t n = 0;
	char *out;

	if (body.n == 0 || memchr(p, '\\', body.n) == NULL)
		return body;
	/* No escape is shorter than what it stands for. */
	out = arena_raw(a, body.n, 1);
	end = p + body.n;
	while (p < end) {
		const char *next = memchr(p, '\\', (size_t)(end - p));
		size_t plain = (size_t)((next == NULL ? end : next) - p), used = 2;

		memcpy(out + n, p, plain);
		n += plain;
		p += plain;
		if (end - p < 2)
			break;
		if (p[1] == 'u') {
			uint32_t cp = escaped_cp(p, end, &used);

			n += utf8_encode(cp, out + n);
			if (lone != NULL && is_lone(cp, p, used))
				++*lone;
		} else {
			out[n++] = escaped_char(p[1]);
		}
		p += used;
	}
	return (struct span){ out, n };
}

bool
json_uint(struct span raw, uint64_t max, uint64_t *v)
{
	uint64_t sum = 0;

	if (raw.n == 0)
		return false;
	for (size_t i = 0; i < raw.n; i++) {
		unsigned char c = (unsigned char)raw.p[i];
		uint64_t digit = (uint64_t)c - '0';

		if (!ascii_digit(c) || digit > max || sum > (max - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*v = sum;
	return true;
}

/* The letter of a short escape for c, or 0. */
static char
short_escape(unsigned char c)
{
	static const char letters[0x20] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'
	};

	return c < 0x20 ? letters[c] : (char)c;
}

static void
put_escape(struct buf *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char letter = short_escape(c);
	char *p = buf_room(out, 6);

	p[0] = '\\';
	if (letter != 0) {
		p[1] = letter;
		out->n += 2;
		return;
	}
	memcpy(p + 1, "u00", 3);
	p[4] = hex[c >> 4];
	p[5] = hex[c & 15];
	out->n += 6;
}

/* Are all eight bytes such that a string can hold them as they are? A borrow comes only from a byte that is not. */
static bool
is_plain(uint64_t word)
{
	const uint64_t each = 0x0101010101010101U, high = each * 0x80;
	uint64_t quote = word ^ each * '"', slash = word ^ each * '\\';
	uint64_t hit =
	    ((word - each * 0x20) & ~word) | ((quote - each) & ~quote) | ((slash - each) & ~slash);

	return (hit & high) == 0;
}

enum { SHORT_MIN = 4, SHORT_MAX = 16 };

/* Most strings of a record are names and words: SHORT_MIN to SHORT_MAX bytes are looked at and copied at once, by two
 * loads that overlap. False: one of them is not plain. */
static bool
put_short(char *to, struct span s)
{
	uint64_t first, last;
	uint32_t low, high;

	if (s.n >= sizeof(first)) {
		size_t at = s.n - sizeof(last);

		memcpy(&first, s.p, sizeof(first));
		memcpy(&last, s.p + at, sizeof(last));
		memcpy(to, &first, sizeof(first));
		memcpy(to + at, &last, sizeof(last));
		return is_plain(first) && is_plain(last);
	}
	memcpy(&low, s.p, sizeof(low));
	memcpy(&high, s.p + s.n - sizeof(high), sizeof(high));
	memcpy(to, &low, sizeof(low));
	memcpy(to + s.n - sizeof(high), &high, sizeof(high));
	return is_plain((uint64_t)high << 32 | low);
}

void
json_put(struct buf *out, struct span s)
{
	const char *p = s.p, *end = s.n == 0 ? p : p + s.n;
	char *to = buf_room(out, SHORT_MAX + 2);

	if (s.n >= SHORT_MIN && s.n <= SHORT_MAX && put_short(to + 1, s)) {
		to[0] = to[s.n + 1] = '"';
		out->n += s.n + 2;
		return;
	}
	buf_char(out, '"');
	while (p < end) {
		const char *next = skip_plain(p, end);

		buf_put(out, (struct span){ p, (size_t)(next - p) });
		p = next;
		if (p < end)
			put_escape(out, (unsigned char)*p++);
	}
	buf_char(out, '"');
}
