/* test_uniclass.c - classes, widths and lower case of chosen characters; laws over all of them. */
#include <check.h>
#include <stdlib.h>

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* As ck_assert, but it costs nothing while all is well: for long loops. */
#define REQUIRE(...) \
	do { \
		if (!(__VA_ARGS__)) \
			ck_abort_msg("%s", #__VA_ARGS__); \
	} while (0)

enum { CP_END = 0x110000 };

static const struct row {
	const char *name;
	uint32_t cp, fold;
	unsigned class;
	int width;
} rows[] = {
	{ "NUL", 0, 0, 0, 0 },
	{ "tab", '\t', '\t', UNI_SPACE, 0 },
	{ "line feed", '\n', '\n', UNI_SPACE, 0 },
	{ "space", ' ', ' ', UNI_SPACE, 1 },
	{ "A", 'A', 'a', UNI_UPPER, 1 },
	{ "a", 'a', 'a', UNI_LOWER, 1 },
	{ "5", '5', '5', UNI_DIGIT, 1 },
	{ "comma", ',', ',', 0, 1 },
	{ "DEL", 0x7F, 0x7F, 0, 0 },
	{ "next line", 0x85, 0x85, UNI_SPACE, 0 },
	{ "no-break space", 0xA0, 0xA0, UNI_SPACE, 1 },
	{ "feminine ordinal", 0xAA, 0xAA, UNI_OTHER, 1 },
	{ "soft hyphen", 0xAD, 0xAD, 0, 1 },
	{ "superscript two", 0xB2, 0xB2, 0, 1 },
	{ "E acute", 0xC9, 0xE9, UNI_UPPER, 1 },
	{ "multiplication sign", 0xD7, 0xD7, 0, 1 },
	{ "sharp s", 0xDF, 0xDF, UNI_LOWER, 1 },
	{ "y diaeresis", 0x178, 0xFF, UNI_UPPER, 1 },
	{ "I with dot", 0x130, 'i', UNI_UPPER, 1 },
	{ "dotless i", 0x131, 0x131, UNI_LOWER, 1 },
	{ "L stroke", 0x141, 0x142, UNI_UPPER, 1 },
	{ "Dz in title case", 0x1C5, 0x1C6, UNI_UPPER, 1 },
	{ "A stroke, longer in lower case", 0x23A, 0x2C65, UNI_UPPER, 1 },
	{ "modifier apostrophe", 0x2BC, 0x2BC, UNI_OTHER, 1 },
	{ "combining acute", 0x301, 0x301, UNI_MARK, 0 },
	{ "Sigma", 0x3A3, 0x3C3, UNI_UPPER, 1 },
	{ "Cyrillic Yi", 0x407, 0x457, UNI_UPPER, 1 },
	{ "Cyrillic be", 0x431, 0x431, UNI_LOWER, 1 },
	{ "Hebrew alef", 0x5D0, 0x5D0, UNI_OTHER, 1 },
	{ "Arabic fathatan", 0x64B, 0x64B, UNI_MARK, 0 },
	{ "Arabic-Indic 7", 0x667, 0x667, UNI_DIGIT, 1 },
	{ "Devanagari aa sign", 0x93E, 0x93E, UNI_MARK, 0 },
	{ "Georgian Mtavruli An", 0x1C90, 0x10D0, UNI_UPPER, 1 },
	{ "Hangul choseong", 0x1100, 0x1100, UNI_OTHER | UNI_WIDE, 2 },
	{ "Hangul jungseong", 0x1161, 0x1161, UNI_OTHER, 0 },
	{ "capital sharp s", 0x1E9E, 0xDF, UNI_UPPER, 1 },
	{ "en quad", 0x2000, 0x2000, UNI_SPACE, 1 },
	{ "zero width space", 0x200B, 0x200B, 0, 0 },
	{ "zero width joiner", 0x200D, 0x200D, 0, 0 },
	{ "right single quote", 0x2019, 0x2019, 0, 1 },
	{ "line separator", 0x2028, 0x2028, UNI_SPACE, 0 },
	{ "paragraph separator", 0x2029, 0x2029, UNI_SPACE, 0 },
	{ "right-to-left override", 0x202E, 0x202E, 0, 0 },
	{ "narrow no-break space", 0x202F, 0x202F, UNI_SPACE, 1 },
	{ "Kelvin", 0x212A, 'k', UNI_UPPER, 1 },
	{ "Roman eight", 0x2167, 0x2177, 0, 1 },
	{ "ideographic space", 0x3000, 0x3000, UNI_SPACE | UNI_WIDE, 2 },
	{ "Hiragana a", 0x3042, 0x3042, UNI_OTHER | UNI_WIDE, 2 },
	{ "first ideograph", 0x4E00, 0x4E00, UNI_OTHER | UNI_WIDE, 2 },
	{ "last ideograph of the block", 0x9FFF, 0x9FFF, UNI_OTHER | UNI_WIDE, 2 },
	{ "Hangul ga", 0xAC00, 0xAC00, UNI_OTHER | UNI_WIDE, 2 },
	{ "surrogate", 0xD800, 0xD800, 0, 1 },
	{ "private use", 0xE000, 0xE000, 0, 1 },
	{ "variation selector 16", 0xFE0F, 0xFE0F, UNI_MARK, 0 },
	{ "byte order mark", 0xFEFF, 0xFEFF, 0, 0 },
	{ "full-width A", 0xFF21, 0xFF41, UNI_UPPER | UNI_WIDE, 2 },
	{ "full-width 3", 0xFF13, 0xFF13, UNI_DIGIT | UNI_WIDE, 2 },
	{ "replacement character", 0xFFFD, 0xFFFD, 0, 1 },
	{ "Deseret Long I", 0x10400, 0x10428, UNI_UPPER, 1 },
	{ "mathematical 0", 0x1D7CE, 0x1D7CE, UNI_DIGIT, 1 },
	{ "Adlam Alif", 0x1E900, 0x1E922, UNI_UPPER, 1 },
	{ "grinning face", 0x1F600, 0x1F600, UNI_WIDE, 2 },
	{ "ideograph of plane 2", 0x20000, 0x20000, UNI_OTHER | UNI_WIDE, 2 },
	{ "new in 15.0: Kawi letter", 0x11F04, 0x11F04, UNI_OTHER, 1 },
	{ "new in 15.0: Nag Mundari digit", 0x1E4F0, 0x1E4F0, UNI_DIGIT, 1 },
	{ "tag space", 0xE0020, 0xE0020, 0, 0 },
	{ "last code point", 0x10FFFF, 0x10FFFF, 0, 1 },
	{ "beyond", 0x110000, 0x110000, 0, 1 },
	{ "far beyond", UINT32_MAX, UINT32_MAX, 0, 1 },
};

START_TEST(test_rows)
{
	const struct row *r = &rows[_i];

	ck_assert_msg(uni_class(r->cp) == r->class, "%s: class %u", r->name, uni_class(r->cp));
	ck_assert_msg(uni_fold(r->cp) == r->fold, "%s: fold %x", r->name, uni_fold(r->cp));
	ck_assert_msg(uni_width(r->cp) == r->width, "%s: width %d", r->name, uni_width(r->cp));
}
END_TEST

START_TEST(test_ascii)
{
	for (uint32_t c = 0; c < 0x80; c++) {
		unsigned char b = (unsigned char)c;

		ck_assert_int_eq((uni_class(c) & UNI_UPPER) != 0, ascii_upper(b));
		ck_assert_int_eq((uni_class(c) & UNI_LOWER) != 0, ascii_lower(b));
		ck_assert_int_eq((uni_class(c) & UNI_DIGIT) != 0, ascii_digit(b));
		ck_assert_int_eq((uni_class(c) & UNI_SPACE) != 0, ascii_space(b));
		ck_assert_uint_eq(uni_fold(c), ascii_fold(b));
	}
}
END_TEST

/* A character is one of letter, mark, digit, space; lower case is no upper case and has none below;
 * counts by the Unicode Character Database 15.0. */
START_TEST(test_laws)
{
	size_t upper = 0, lower = 0, digit = 0, space = 0, mark = 0;

	for (uint32_t cp = 0; cp < CP_END; cp++) {
		unsigned class = uni_class(cp), kind = class & ~(unsigned)UNI_WIDE;

		REQUIRE((kind & (kind - 1)) == 0);
		REQUIRE(uni_fold(uni_fold(cp)) == uni_fold(cp));
		REQUIRE(uni_fold(cp) < CP_END);
		REQUIRE((uni_class(uni_fold(cp)) & UNI_UPPER) == 0 || uni_fold(cp) == cp);
		upper += (class & UNI_UPPER) != 0;
		lower += (class & UNI_LOWER) != 0;
		digit += (class & UNI_DIGIT) != 0;
		space += (class & UNI_SPACE) != 0;
		mark += (class & UNI_MARK) != 0;
	}
	ck_assert_uint_eq(upper, 1831 + 31);
	ck_assert_uint_eq(lower, 2233);
	ck_assert_uint_eq(digit, 680);
	ck_assert_uint_eq(space, 25);
	ck_assert_uint_eq(mark, 1985 + 452 + 13);
}
END_TEST

static const struct folded {
	const char *in, *out;
} foldeds[] = {
	{ "", "" },
	{ "Kyiv", "kyiv" },
	{ "O\xE2\x80\x99"
	  "BRIEN",
	    "o'brien" },
	{ "\xC3\x89LYS\xC3\x89"
	  "E",
	    "\xC3\xA9lys\xC3\xA9"
	    "e" },
	{ "co\xC2\xADoperate", "cooperate" },
	{ "\xC2\xAD", "" },
	{ "\xC8\xBA", "\xE2\xB1\xA5" },
	{ "\xC4\xB0stanbul", "istanbul" },
	{ "\xE2\x80\x98Q\xE2\x80\x99", "\xE2\x80\x98q'" },
	{ "\xF0\x90\x90\x80", "\xF0\x90\x90\xA8" },
};

/* uniclass.h in other words, a byte at a time. */
static uint32_t
reference_hash(const char *p, size_t n)
{
	uint64_t hash = 0x243F6A8885A308D3;

	for (size_t i = 0; i < n; i += 8) {
		uint64_t piece = 0;

		for (size_t k = 8; k-- > 0;)
			piece = piece * 256 + (i + k < n ? (unsigned char)p[i + k] : 0);
		hash = (hash ^ piece) * 0x9E3779B97F4A7C15;
		hash ^= hash >> 32;
	}
	return (uint32_t)((hash ^ n) * 0x9E3779B97F4A7C15 >> 32);
}

START_TEST(test_folded)
{
	const struct folded *c = &foldeds[_i];
	size_t n = strlen(c->in);
	char *out = malloc(3 * n + 3);

	ck_assert_ptr_nonnull(out);
	n = uni_folded(span_c(c->in), out);
	ck_assert(span_is((struct span){ out, n }, c->out));
	ck_assert_uint_eq(uni_hash(span_c(c->in)), reference_hash(c->out, strlen(c->out)));
	ck_assert_uint_eq(uni_hash(span_c(c->in)), uni_hash(span_c(c->out)));
	free(out);
}
END_TEST

/* Every length of 0 to 40 bytes, every place of a capital, of other ASCII and of a curly apostrophe. */
START_TEST(test_hash_places)
{
	static const char *const odd[] = { "A", "Z", "@", "[", "`", "{", "\x7F", "0",
		"\xE2\x80\x99", "\xC2\xAD", "\xC3\x89" };
	struct span put = span_c(odd[_i]);

	for (size_t n = 0; n <= 40; n++) {
		for (size_t at = 0; at <= n; at++) {
			char *in = malloc(n + put.n), out[3 * 48];
			struct span s = { in, n + put.n };

			REQUIRE(in != NULL);
			memset(in, 'q', s.n);
			memcpy(in + at, put.p, put.n);
			REQUIRE(uni_hash(s) == reference_hash(out, uni_folded(s, out)));
			free(in);
		}
	}
}
END_TEST

/* The low and the high bits of 200,000 short words are spread over 2^18 places. */
START_TEST(test_hash_spread)
{
	enum { N = 200000, BITS = 18 };
	uint32_t *low = calloc(1 << BITS, sizeof(*low)), *high = calloc(1 << BITS, sizeof(*high));
	uint32_t most_low = 0, most_high = 0;
	char word[16];

	REQUIRE(low != NULL && high != NULL);
	for (unsigned i = 0; i < N; i++) {
		size_t n = 0;
		uint32_t hash;

		for (unsigned v = i; v > 0 || n == 0; v /= 26)
			word[n++] = (char)('a' + v % 26);
		hash = uni_hash((struct span){ word, n });
		low[hash & ((1 << BITS) - 1)]++;
		high[hash >> (32 - BITS)]++;
	}
	for (unsigned i = 0; i < 1 << BITS; i++) {
		most_low = low[i] > most_low ? low[i] : most_low;
		most_high = high[i] > most_high ? high[i] : most_high;
	}
	/* Poisson with mean 0.76: more than 10 in any place has a chance of 1 in 6,000. */
	ck_assert_uint_le(most_low, 10);
	ck_assert_uint_le(most_high, 10);
	free(low);
	free(high);
}
END_TEST

START_TEST(test_hash_is_of_folded)
{
	char in[UTF8_MAX], out[3 * UTF8_MAX + 3];

	for (uint32_t cp = 0; cp < CP_END; cp++) {
		struct span s = { in, utf8_encode(cp, in) };
		size_t n = uni_folded(s, out);

		REQUIRE(uni_hash(s) == reference_hash(out, n));
		REQUIRE(n <= s.n + 1 || (cp >= 0xD800 && cp < 0xE000));
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("uniclass");
	TCase *tc = tcase_create("uniclass");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tc, test_rows, 0, LENGTH(rows));
	tcase_add_test(tc, test_ascii);
	tcase_add_test(tc, test_laws);
	tcase_add_loop_test(tc, test_folded, 0, LENGTH(foldeds));
	tcase_add_loop_test(tc, test_hash_places, 0, 11);
	tcase_add_test(tc, test_hash_spread);
	tcase_add_test(tc, test_hash_is_of_folded);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
