/* utf8.c - strict UTF-8: long ASCII stretches sixteen bytes at a time, the rest by table 3-7.
 *
 * -DNTAG_SCALAR builds the portable loops on any machine; the tests pass with either.
 */
#include "utf8.h"

#if defined(__SSE2__) && !defined(NTAG_SCALAR)
#include <emmintrin.h>
#endif

/* What may follow a lead byte (Unicode 15.0, table 3-7): bytes of the sequence, bounds of the
 * second byte; all later ones are 80..BF. */
struct lead {
	unsigned char len, low, high;
};

static const struct lead no_lead = { 0, 0, 0 };

static inline struct lead
lead_of(unsigned char c)
{
	if (c < 0xC2 || c > 0xF4)
		return no_lead;
	if (c < 0xE0)
		return (struct lead){ 2, 0x80, 0xBF };
	if (c < 0xF0)
		return (struct lead){ 3, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF };
	return (struct lead){ 4, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF };
}

uint32_t
utf8_next(struct span s, size_t *len)
{
	const unsigned char *p = (const unsigned char *)s.p;
	struct lead lead;
	uint32_t cp;
	size_t i = 1;

	*len = 1;
	if (p[0] < 0x80)
		return p[0];
	lead = lead_of(p[0]);
	if (lead.len == 0)
		return UTF8_BAD;
	cp = p[0] & (0xFFU >> (lead.len + 1));
	for (; i < lead.len; i++) {
		if (i == s.n || p[i] < lead.low || p[i] > lead.high) {
			*len = i;
			return UTF8_BAD;
		}
		cp = cp << 6 | (p[i] & 0x3F);
		lead.low = 0x80;
		lead.high = 0xBF;
	}
	*len = i;
	return cp;
}

uint32_t
utf8_prev(struct span s, size_t at, size_t *len)
{
	size_t start = at - 1;

	while (start > 0 && at - start < UTF8_MAX && ((unsigned char)s.p[start] & 0xC0) == 0x80)
		start--;
	*len = at - start;
	return utf8_next(span_cut(s, start, at), &(size_t){ 0 });
}

size_t
utf8_encode(uint32_t cp, char out[UTF8_MAX])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

#if defined(__SSE2__) && !defined(NTAG_SCALAR)

static __m128i
load16(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* First byte above 0x7F in [p, end), or end. */
static const char *
skip_ascii(const char *p, const char *end)
{
	for (; end - p >= 64; p += 64) {
		__m128i a = _mm_or_si128(load16(p), load16(p + 16));
		__m128i b = _mm_or_si128(load16(p + 32), load16(p + 48));

		if (_mm_movemask_epi8(_mm_or_si128(a, b)) != 0)
			break;
	}
	for (; end - p >= 16; p += 16) {
		int high = _mm_movemask_epi8(load16(p));

		if (high != 0)
			return p + __builtin_ctz((unsigned)high);
	}
	while (p < end && (unsigned char)*p < 0x80)
		p++;
	return p;
}

/* Bytes of [p, p + n) that are no continuation bytes, n a multiple of 16 and at most 16 * 255:
 * as signed bytes continuation bytes, 80..BF, are those below -64. */
static size_t
count_blocks(const char *p, size_t n)
{
	__m128i sum = _mm_setzero_si128(), total;

	for (size_t i = 0; i < n; i += 16)
		sum = _mm_sub_epi8(sum, _mm_cmpgt_epi8(load16(p + i), _mm_set1_epi8(-65)));
	total = _mm_sad_epu8(sum, _mm_setzero_si128());
	return (size_t)_mm_cvtsi128_si32(total) + (size_t)_mm_extract_epi16(total, 4);
}

#else

/* First byte above 0x7F in [p, end), or end. */
static const char *
skip_ascii(const char *p, const char *end)
{
	uint64_t word;

	for (; end - p >= 8; p += 8) {
		memcpy(&word, p, 8);
		if ((word & 0x8080808080808080U) != 0)
			break;
	}
	while (p < end && (unsigned char)*p < 0x80)
		p++;
	return p;
}

static size_t
count_blocks(const char *p, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)p[i] & 0xC0) != 0x80;
	return count;
}

#endif

size_t
utf8_count(struct span s)
{
	enum { STRETCH = 16 * 255 };
	size_t count = 0, i = 0;

	while (s.n - i >= 16) {
		size_t n = s.n - i < STRETCH ? (s.n - i) & ~(size_t)15 : STRETCH;

		count += count_blocks(s.p + i, n);
		i += n;
	}
	for (; i < s.n; i++)
		count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return count;
}

static bool
is_more(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* Bytes of the well-formed sequence at p, a byte above 0x7F; 0 if it is ill-formed. */
static size_t
sequence(const unsigned char *p, size_t n)
{
	struct lead lead;

	if (p[0] < 0xE0)
		return p[0] >= 0xC2 && n >= 2 && is_more(p[1]) ? 2 : 0;
	lead = lead_of(p[0]);
	if (lead.len == 0 || n < lead.len || p[1] < lead.low || p[1] > lead.high || !is_more(p[2]))
		return 0;
	return lead.len == 3 || is_more(p[3]) ? lead.len : 0;
}

size_t
utf8_valid(struct span s)
{
	const char *p = s.p, *end = s.n == 0 ? p : p + s.n;

	while (p < end) {
		size_t len;

		if ((unsigned char)*p < 0x80) {
			p = skip_ascii(p, end);
			continue;
		}
		len = sequence((const unsigned char *)p, (size_t)(end - p));
		if (len == 0)
			break;
		p += len;
	}
	return (size_t)(p - s.p);
}

size_t
utf8_repair(struct span s, struct buf *out)
{
	size_t bad = 0, i = 0;

	while (i < s.n) {
		struct span rest = span_cut(s, i, s.n);
		size_t good = utf8_valid(rest), len;

		buf_put(out, span_cut(rest, 0, good));
		i += good;
		if (i == s.n)
			break;
		utf8_next(span_cut(s, i, s.n), &len);
		buf_put(out, SPAN("\xEF\xBF\xBD"));
		i += len;
		bad++;
	}
	return bad;
}

bool
utf8_ascii(struct span s)
{
	return s.n == 0 || skip_ascii(s.p, s.p + s.n) == s.p + s.n;
}
