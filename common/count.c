/* count.c - how often a byte occurs (count.h). */
#include "count.h"

#if defined(__SSE2__) && !defined(NTAG_SCALAR)
#include <emmintrin.h>

enum { LANE = 16, SUM_MAX = 255 }; /* a byte of the sum holds that many blocks */

/* In the first n bytes at p, n a multiple of LANE and at most LANE * SUM_MAX. */
static size_t
count_blocks(const char *p, size_t n, char c)
{
	__m128i want = _mm_set1_epi8(c), sum = _mm_setzero_si128(), total;

	for (size_t i = 0; i < n; i += LANE) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));

		sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(v, want));
	}
	total = _mm_sad_epu8(sum, _mm_setzero_si128());
	return (size_t)_mm_cvtsi128_si32(total) + (size_t)_mm_extract_epi16(total, 4);
}

static size_t
count_wide(struct span s, char c, size_t *count)
{
	size_t i = 0;

	while (s.n - i >= LANE) {
		size_t n = (s.n - i) & ~(size_t)(LANE - 1);

		n = n < (size_t)LANE * SUM_MAX ? n : (size_t)LANE * SUM_MAX;
		*count += count_blocks(s.p + i, n, c);
		i += n;
	}
	return i;
}
#else
static size_t
count_wide(struct span s, char c, size_t *count)
{
	(void)s, (void)c, (void)count;
	return 0;
}
#endif

size_t
count_byte(struct span s, char c)
{
	size_t count = 0, i = count_wide(s, c, &count);

	for (; i < s.n; i++)
		count += s.p[i] == c;
	return count;
}
