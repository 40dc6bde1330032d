/* sentence_scan.c - the inner loop: sixteen bytes at a time where the machine has SSE2. */
#include "sentence_scan.h"

#include <stdint.h>

#if defined(__SSE2__) && !defined(NTAG_SCALAR)
#include <emmintrin.h>
#endif

/* Is the byte at i worth a look? E2 80 90..9F are dashes and quotation marks: frequent, and no stop. */
static bool
is_stop(struct span t, size_t i)
{
	unsigned char c = (unsigned char)t.p[i];

	if (c < 0x80)
		return c == '.' || c == '?' || c == '!' || c == '(' || c == ')' || c == ':' ||
		       c == '\n';
	if (c == 0xE2)
		return i + 2 < t.n && ((unsigned char)t.p[i + 1] != 0x80 ||
					  ((unsigned char)t.p[i + 2] & 0xF0) != 0x90);
	return c == 0xE3 || c == 0xEF;
}

#if defined(__SSE2__) && !defined(NTAG_SCALAR)
static unsigned
wide_stops(const char *p, __m128i v)
{
	__m128i second = _mm_loadu_si128((const __m128i *)(const void *)(p + 1));
	__m128i third = _mm_loadu_si128((const __m128i *)(const void *)(p + 2));
	__m128i lead = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2));
	__m128i general = _mm_cmpeq_epi8(second, _mm_set1_epi8((char)0x80));
	__m128i marks = _mm_cmpeq_epi8(
	    _mm_and_si128(third, _mm_set1_epi8((char)0xF0)), _mm_set1_epi8((char)0x90));
	__m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE3)),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xEF)));

	lead = _mm_andnot_si128(_mm_and_si128(general, marks), lead);
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(lead, other));
}

/* Bit i: the byte at p + i is worth a look. Reads 18 bytes. */
static unsigned
stops(const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i hit = _mm_cmpeq_epi8(v, _mm_set1_epi8('.'));
	unsigned found;

	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('?')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('!')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8(':')));
	/* ( and ) differ in the last bit only */
	hit = _mm_or_si128(
	    hit, _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(1)), _mm_set1_epi8(')')));
	found = (unsigned)_mm_movemask_epi8(hit);
	if (_mm_movemask_epi8(v) != 0)
		found |= wide_stops(p, v);
	return found;
}

static size_t
skip_blocks(struct span t, size_t i)
{
	for (; i + 18 <= t.n; i += 16) {
		unsigned found = stops(t.p + i);

		if (found != 0)
			return i + (unsigned)__builtin_ctz(found);
	}
	return i;
}
#else
static size_t
skip_blocks(struct span t, size_t i)
{
	(void)t;
	return i;
}
#endif

size_t
sentence_scan(struct span text, size_t from)
{
	size_t i = skip_blocks(text, from);

	while (i < text.n && !is_stop(text, i))
		i++;
	return i;
}
