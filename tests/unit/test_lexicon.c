/* test_lexicon.c - longest phrase, case, breaks of lines and paragraphs, growth, equal hashes. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "lexicon.h"
#include "uniclass.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* As ck_assert, but it costs nothing while all is well: for long loops. */
#define REQUIRE(...) \
	do { \
		if (!(__VA_ARGS__)) \
			ck_abort_msg("%s", #__VA_ARGS__); \
	} while (0)

static const struct entry {
	const char *phrase;
	uint32_t value;
} entries[] = {
	{ "New York", 1 },
	{ "New York City", 2 },
	{ "York", 3 },
	{ "New York City Council of Elders", 4 },
	{ "U.S.", 5 },
	{ "U.S. Senate", 6 },
	{ "Moody's", 7 },
	{ "don"
	  "\xE2\x80\x99"
	  "t know",
	    8 },
	{ "\xC3\x89lys\xC3\xA9"
	  "e Palace",
	    9 },
	{ "AT&T", 10 },
	{ "a b c d e f g h i j k l", 11 },
	{ "--", 12 },
	{ "said", 13 },
};

static const struct look {
	const char *text; /* looked up at its first token */
	uint32_t value;
	size_t n; /* tokens */
} looks[] = {
	{ "Paris", LEXICON_NONE, 0 },
	{ "New", LEXICON_NONE, 0 },
	{ "New Jersey", LEXICON_NONE, 0 },
	{ "York", 3, 1 },
	{ "New York", 1, 2 },
	{ "new york", 1, 2 },
	{ "NEW YORK Times", 1, 2 },
	{ "New  York", 1, 2 },
	{ "New\nYork", 1, 2 },
	{ "New\xC2\xA0York", 1, 2 },
	{ "New\n\nYork", LEXICON_NONE, 0 },
	{ "New York\n\nCity", 1, 2 },
	{ "New-York", LEXICON_NONE, 0 },
	{ "New Yorks", LEXICON_NONE, 0 },
	{ "New York City", 2, 3 },
	{ "New York City Hall", 2, 3 },
	{ "New York City Council of", 2, 3 },
	{ "New York City Council of Elders.", 4, 6 },
	{ "New York's", 1, 2 },
	{ "Yo\xC2\xADrk", 3, 1 },
	{ "U.S.", 5, 1 },
	{ "u.s. senate", 6, 2 },
	{ "U.S. senators", 5, 1 },
	{ "US", LEXICON_NONE, 0 },
	{ "Moody's", 7, 2 },
	{ "Moody\xE2\x80\x99s said", 7, 2 },
	{ "Moody", LEXICON_NONE, 0 },
	{ "don't know", 8, 2 },
	{ "\xC3\xA9LYS\xC3\x89"
	  "E palace",
	    9, 2 },
	{ "At & t", 10, 3 },
	{ "a b c d e f g h i j k l m", 11, 12 },
	{ "a b c d e f g h i j k", LEXICON_NONE, 0 },
	{ "--", 12, 2 },
	{ "-", LEXICON_NONE, 0 },
};

static struct lexicon *
make(struct arena *a, size_t n)
{
	struct lexicon *l = lexicon_new(a, n);

	for (size_t i = 0; i < LENGTH(entries); i++)
		ck_assert(lexicon_add(l, span_c(entries[i].phrase), entries[i].value, false));
	return l;
}

START_TEST(test_longest)
{
	const struct look *c = &looks[_i];
	struct arena a = { 0 };
	struct lexicon *l = make(&a, LENGTH(entries));
	struct span text = span_c(c->text);
	struct tokens t = token_scan(text, &a);
	size_t n = 99;

	ck_assert_msg(lexicon_longest(l, text, &t, 0, &n) == c->value, "%s", c->text);
	ck_assert_msg(n == c->n, "%s: %zu", c->text, n);
	arena_free(&a);
}
END_TEST

/* Also from the middle of a text, and up to its very end. */
START_TEST(test_inside)
{
	struct arena a = { 0 };
	struct lexicon *l = make(&a, 0);
	struct span text = SPAN("He left New York City, York and New");
	static const uint32_t expected[] = { 0, 0, 2, 3, 0, 0, 3, 0, 0 };
	struct tokens t = token_scan(text, &a);

	ck_assert_uint_eq(t.n, LENGTH(expected));
	for (size_t i = 0; i < t.n; i++) {
		size_t n;

		ck_assert_uint_eq(lexicon_longest(l, text, &t, i, &n), expected[i]);
	}
	arena_free(&a);
}
END_TEST

START_TEST(test_word)
{
	static const struct word {
		const char *text;
		uint32_t value;
	} words[] = { { "York", 3 }, { "YORK", 3 }, { "u.s.", 5 }, { "said", 13 }, { "New", 0 },
		{ "City", 0 }, { "Moody", 0 }, { "sa\xC2\xADid", 13 }, { "palace", 0 } };
	struct arena a = { 0 };
	struct lexicon *l = make(&a, LENGTH(entries));

	for (size_t i = 0; i < LENGTH(words); i++) {
		struct tokens t = token_scan(span_c(words[i].text), &a);

		ck_assert_uint_eq(t.n, 1);
		ck_assert_msg(lexicon_word(l, t.at) == words[i].value, "%s", words[i].text);
	}
	arena_free(&a);
}
END_TEST

START_TEST(test_add)
{
	struct arena a = { 0 };
	struct lexicon *l = lexicon_new(&a, 0);
	struct span text = SPAN("Kyiv");
	struct tokens t = token_scan(text, &a);

	ck_assert_uint_eq(lexicon_word(l, t.at), LEXICON_NONE);
	ck_assert(lexicon_add(l, SPAN("kyiv"), 1, false));
	ck_assert(lexicon_add(l, SPAN("Kyiv"), 4, true));
	ck_assert_uint_eq(lexicon_word(l, t.at), 5);
	ck_assert(lexicon_add(l, SPAN("KYIV"), 8, false));
	ck_assert_uint_eq(lexicon_word(l, t.at), 8);
	ck_assert(!lexicon_add(l, SPAN(""), 1, false));
	ck_assert(!lexicon_add(l, SPAN(" \n"), 1, false));
	ck_assert(!lexicon_add(l, SPAN("Lviv"), LEXICON_NONE, false));
	ck_assert(lexicon_add(l, SPAN("1 2 3 4 5 6 7 8 9 10 11 12"), 1, false));
	ck_assert(!lexicon_add(l, SPAN("1 2 3 4 5 6 7 8 9 10 11 12 13"), 1, false));
	arena_free(&a);
}
END_TEST

/* "word<i> of <i % 7> word<i / 3>", some of them only beginnings of others. */
static void
phrase_of(size_t i, char out[64])
{
	if (i % 5 == 0)
		snprintf(out, 64, "word%zu", i);
	else
		snprintf(out, 64, "word%zu of %zu Word%zu", i / 2, i % 7, i);
}

/* Grown from nothing or made at its size: all that was put in is found, nothing else is. */
START_TEST(test_growth)
{
	enum { N = 20000 };
	struct arena a = { 0 };
	struct lexicon *l = lexicon_new(&a, _i == 0 ? 0 : N);
	char phrase[64];

	for (size_t i = 0; i < N; i++) {
		phrase_of(i, phrase);
		REQUIRE(lexicon_add(l, span_c(phrase), (uint32_t)i + 1, false));
	}
	for (size_t i = 0; i < 2 * N; i++) {
		/* Of those not put in some begin with a word that was. */
		size_t in = i < N ? i : i % 5 != 0 && i / 2 % 5 == 0 ? i / 2 : SIZE_MAX, n;
		struct arena scratch = { 0 };
		struct tokens t;

		phrase_of(i, phrase);
		t = token_scan(span_c(phrase), &scratch);
		REQUIRE(lexicon_longest(l, span_c(phrase), &t, 0, &n) == (uint32_t)(in + 1));
		REQUIRE(n == (in == SIZE_MAX ? 0 : in == i ? t.n : 1));
		arena_free(&scratch);
	}
	arena_free(&a);
}
END_TEST

/* Two different words with one hash, found by search: neither is taken for the other. */
static bool
find_equal_hashes(char one[32], char two[32])
{
	enum { BITS = 20, SLOTS = 1 << BITS };
	uint32_t *seen = calloc(SLOTS, sizeof(*seen));
	bool found = false;

	REQUIRE(seen != NULL);
	for (uint32_t i = 1; i < 4000000 && !found; i++) {
		uint32_t hash, *slot;

		snprintf(one, 32, "x%xq%x", i * 2654435761U, i);
		hash = uni_hash(span_c(one));
		slot = &seen[hash >> (32 - BITS)];
		snprintf(two, 32, "x%xq%x", *slot * 2654435761U, *slot);
		found = *slot != 0 && uni_hash(span_c(two)) == hash;
		*slot = i;
	}
	free(seen);
	return found;
}

START_TEST(test_equal_hashes)
{
	char one[32], two[32];
	struct arena a = { 0 };
	struct lexicon *l = lexicon_new(&a, 2);
	struct tokens t;
	size_t n;

	ck_assert(find_equal_hashes(one, two));
	ck_assert_str_ne(one, two);
	ck_assert(lexicon_add(l, span_c(one), 1, false));
	t = token_scan(span_c(two), &a);
	ck_assert_uint_eq(t.n, 1);
	ck_assert_uint_eq(lexicon_longest(l, span_c(two), &t, 0, &n), LEXICON_NONE);
	ck_assert(lexicon_add(l, span_c(two), 2, false));
	ck_assert_uint_eq(lexicon_longest(l, span_c(two), &t, 0, &n), 2);
	t = token_scan(span_c(one), &a);
	ck_assert_uint_eq(lexicon_longest(l, span_c(one), &t, 0, &n), 1);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lexicon");
	TCase *tc = tcase_create("lexicon");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, test_longest, 0, LENGTH(looks));
	tcase_add_test(tc, test_inside);
	tcase_add_test(tc, test_word);
	tcase_add_test(tc, test_add);
	tcase_add_loop_test(tc, test_growth, 0, 2);
	tcase_add_test(tc, test_equal_hashes);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
