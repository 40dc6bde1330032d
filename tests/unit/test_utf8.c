/* test_utf8.c - every sequence of table 3-7 and its neighbours, at every place of a block of 16. */
#include <check.h>
#include <stdlib.h>

#include "utf8.h"

/* As ck_assert, but it costs nothing while all is well: for loops of millions. */
#define REQUIRE(...) \
	do { \
		if (!(__VA_ARGS__)) \
			ck_abort_msg("%s", #__VA_ARGS__); \
	} while (0)

/* A copy of exactly its size, so that AddressSanitizer sees a read behind the end. */
static struct span
exact(struct span s)
{
	char *p = malloc(s.n == 0 ? 1 : s.n);

	ck_assert_ptr_nonnull(p);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return (struct span){ p, s.n };
}

static void
drop(struct span s)
{
	free((void *)(uintptr_t)s.p);
}

/* The rules of section 3.9 D92 as arithmetic: decode, then look at what was decoded. */
static size_t
reference(struct span s)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s.p;
	size_t len = p[0] < 0x80       ? 1
		     : p[0] >> 5 == 6  ? 2
		     : p[0] >> 4 == 14 ? 3
		     : p[0] >> 3 == 30 ? 4
				       : 0;
	uint32_t cp = len <= 1 ? p[0] : p[0] & (0x7FU >> len);

	if (len == 0 || len > s.n)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		cp = cp << 6 | (p[i] & 0x3F);
	}
	return cp < least[len] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF) ? 0 : len;
}

static size_t
reference_valid(struct span s)
{
	size_t i = 0, len;

	while (i < s.n && (len = reference(span_cut(s, i, s.n))) > 0)
		i += len;
	return i;
}

#define SPAN_OF(lit) \
	{ \
		lit, sizeof(lit) - 1 \
	}

/* bad: how many U+FFFD Python's errors="replace" puts in. */
static const struct repair {
	const char *name;
	struct span in;
	const char *out;
	size_t bad;
} repairs[] = {
	{ "empty", SPAN_OF(""), "", 0 },
	{ "ascii", SPAN_OF("abc"), "abc", 0 },
	{ "astral", SPAN_OF("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80", 0 },
	{ "A1", SPAN_OF("bad \xFF\xFE x \xE2\x80 y"),
	    "bad \xEF\xBF\xBD\xEF\xBF\xBD x \xEF\xBF\xBD y", 3 },
	{ "overlong slash", SPAN_OF("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD", 2 },
	{ "overlong of three", SPAN_OF("\xE0\x80\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3 },
	{ "surrogate", SPAN_OF("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3 },
	{ "above 10FFFF", SPAN_OF("\xF4\x90\x80\x80"),
	    "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 4 },
	{ "cut astral, then a letter",
	    SPAN_OF("\xF0\x9F\x98"
		    "z"),
	    "\xEF\xBF\xBDz", 1 },
	{ "cut at the end", SPAN_OF("a\xE2\x82"), "a\xEF\xBF\xBD", 1 },
	{ "lead, lead, rest", SPAN_OF("\xE2\xE2\x82\xAC"), "\xEF\xBF\xBD\xE2\x82\xAC", 1 },
	{ "stray continuation", SPAN_OF("\x80\xBF"), "\xEF\xBF\xBD\xEF\xBF\xBD", 2 },
	{ "table 3-8", SPAN_OF("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
	    "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
	    "\xEF\xBF\xBD\x41",
	    8 },
	{ "table 3-11", SPAN_OF("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"),
	    "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\x41", 4 },
};

START_TEST(test_repair)
{
	const struct repair *c = &repairs[_i];
	struct span in = exact(c->in);
	struct buf out = { 0 };

	ck_assert_msg(utf8_repair(in, &out) == c->bad, "%s: count", c->name);
	ck_assert_msg(span_is(buf_span(&out), c->out), "%s: text", c->name);
	ck_assert_msg((utf8_valid(in) == in.n) == (c->bad == 0), "%s: valid", c->name);
	buf_free(&out);
	drop(in);
}
END_TEST

START_TEST(test_every_code_point)
{
	char out[UTF8_MAX];

	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		size_t n = utf8_encode(cp, out), len = 0, back = 0;
		struct span s = { out, n };
		bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;

		REQUIRE(utf8_next(s, &len) == (surrogate ? UTF8_BAD : cp));
		REQUIRE(len == (surrogate ? 1 : n));
		REQUIRE(utf8_valid(s) == (surrogate ? 0 : n));
		if (surrogate)
			continue;
		REQUIRE(utf8_count(s) == 1);
		REQUIRE(utf8_prev(s, n, &back) == cp);
		REQUIRE(back == n);
		REQUIRE(utf8_ascii(s) == (cp < 0x80));
	}
}
END_TEST

/* Each lead with each second byte, and third and fourth at the borders of 80..BF. */
START_TEST(test_every_lead)
{
	static const unsigned char edge[] = { 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0,
		0xFF };
	unsigned char b[4];

	b[0] = (unsigned char)_i;
	for (unsigned i = 0; i < 256 * sizeof(edge) * sizeof(edge); i++) {
		struct span s = { (const char *)b, 4 };

		b[1] = (unsigned char)(i % 256);
		b[2] = edge[i / 256 % sizeof(edge)];
		b[3] = edge[i / 256 / sizeof(edge)];
		for (s.n = 1; s.n <= 4; s.n++)
			REQUIRE(utf8_valid(s) == reference_valid(s));
	}
}
END_TEST

/* One odd sequence at each offset of texts of 0 to 80 bytes: blocks, tails and borders. */
START_TEST(test_every_place)
{
	static const char *const odd[] = { "\xE2\x80\x99", "\xC3\xA9", "\xF0\x9F\x98\x80", "\x80",
		"\xFF", "\xE2\x80" };
	char text[160];

	for (size_t n = 0; n <= 80; n++) {
		for (size_t at = 0; at <= n; at++) {
			struct span put = span_c(odd[_i]), s;

			memset(text, 'a', sizeof(text));
			memcpy(text + at, put.p, put.n);
			s = exact((struct span){ text, n + put.n });
			REQUIRE(utf8_valid(s) == reference_valid(s));
			REQUIRE(!utf8_ascii(s));
			ck_assert_uint_eq(
			    utf8_count(s), n + (((unsigned char)put.p[0] & 0xC0) != 0x80));
			drop(s);
		}
		memset(text, 'a', sizeof(text));
		REQUIRE(utf8_ascii((struct span){ text, n }));
	}
}
END_TEST

static uint32_t
dice(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* Random text from the bytes at which the rules change; seed fixed. */
START_TEST(test_random)
{
	static const unsigned char of[] = "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1"
					  "\xEC\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF";
	uint32_t state = 20211204;
	struct buf out = { 0 };

	for (unsigned k = 0; k < 100000; k++) {
		char text[40];
		struct span s;
		size_t count = 0, bad;

		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = (char)of[dice(&state) % (sizeof(of) - 1)];
		s = exact((struct span){ text, dice(&state) % (sizeof(text) + 1) });
		REQUIRE(utf8_valid(s) == reference_valid(s));
		for (size_t i = 0; i < s.n; i++)
			count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
		REQUIRE(utf8_count(s) == count);
		buf_clear(&out);
		bad = utf8_repair(s, &out);
		REQUIRE(utf8_valid(buf_span(&out)) == out.n);
		REQUIRE((bad == 0) == (utf8_valid(s) == s.n));
		drop(s);
	}
	buf_free(&out);
}
END_TEST

START_TEST(test_long_count)
{
	enum { N = 3 * 16 * 255 * 4 + 7 };
	char *p = malloc(N);

	ck_assert_ptr_nonnull(p);
	for (size_t i = 0; i < N; i++)
		p[i] = "\xC3\xA9"[i % 2];
	REQUIRE(utf8_count((struct span){ p, N }) == ((N + 1) / 2));
	REQUIRE(utf8_valid((struct span){ p, N }) == (N - 1));
	memset(p, 'a', N);
	REQUIRE(utf8_count((struct span){ p, N }) == N);
	free(p);
}
END_TEST

START_TEST(test_absent)
{
	struct span none = { NULL, 0 };
	struct buf out = { 0 };

	REQUIRE(utf8_valid(none) == 0);
	REQUIRE(utf8_count(none) == 0);
	REQUIRE(utf8_ascii(none));
	REQUIRE(utf8_repair(none, &out) == 0);
	REQUIRE(out.n == 0);
	buf_free(&out);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("utf8");
	TCase *tc = tcase_create("utf8");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, test_repair, 0, sizeof(repairs) / sizeof(repairs[0]));
	tcase_add_test(tc, test_every_code_point);
	tcase_add_loop_test(tc, test_every_lead, 0x7F, 256);
	tcase_add_loop_test(tc, test_every_place, 0, 6);
	tcase_add_test(tc, test_random);
	tcase_add_test(tc, test_long_count);
	tcase_add_test(tc, test_absent);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
