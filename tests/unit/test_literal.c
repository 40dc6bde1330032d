/* test_literal.c - literals of patterns: what is found in known ones; and for made-up ones, that no match lacks them. */
#include <check.h>
#include <stdlib.h>

#include "buf.h"
#include "literal.h"
#include "regex.h"

static const struct {
	const char *pattern;
	enum literal_case how;
	const char *literals; /* separated by |; "": none */
} known[] = {
	{ "sanction", LITERAL_EXACT, "sanction" },
	{ "sanction", LITERAL_CASELESS, "anction" },
	{ "Kremlin", LITERAL_FOLDED, "remlin" },
	{ "sanctions?", LITERAL_EXACT, "sanction" },
	{ "sanctions+x", LITERAL_EXACT, "sanctions" },
	{ "a.*bcd", LITERAL_EXACT, "bcd" },
	{ "very (very )?difficult", LITERAL_EXACT, "difficult" },
	{ "abc|def", LITERAL_EXACT, "abc|def" },
	{ "abc|d?", LITERAL_EXACT, "" },
	{ "(abc)", LITERAL_EXACT, "" },
	{ "(?:abc|x)+yz", LITERAL_EXACT, "yz" },
	{ "a[bc]def", LITERAL_EXACT, "def" },
	{ "a[]bc]de", LITERAL_EXACT, "de" },
	{ "a[^]x]de", LITERAL_EXACT, "de" },
	{ "a[\\]]de", LITERAL_EXACT, "de" },
	{ "\\bword\\b", LITERAL_EXACT, "word" },
	{ "a\\.b", LITERAL_EXACT, "a.b" },
	{ "ab{2,3}cd", LITERAL_EXACT, "cd" },
	{ "ab{0}", LITERAL_EXACT, "" },
	{ "(?i)abc", LITERAL_EXACT, "" },
	{ "(*ACCEPT)abc", LITERAL_EXACT, "" },
	{ "\\Qa|b\\E", LITERAL_EXACT, "" },
	{ "\\x{41}bcd", LITERAL_EXACT, "" },
	{ "(a)\\1bcd", LITERAL_EXACT, "" },
	{ "caf\xC3\xA9 noir", LITERAL_EXACT, " noir" },
	{ "a\"bc\\\\de/fgh", LITERAL_EXACT, "fgh" },
	{ "^2021-12", LITERAL_EXACT, "2021-12" },
	{ "x", LITERAL_EXACT, "" },
	{ "", LITERAL_EXACT, "" },
	{ "(?=abc)de", LITERAL_EXACT, "de" },
	{ "(?#abc)de", LITERAL_EXACT, "" },
};

START_TEST(test_known)
{
	struct arena a = { 0 };
	struct literals l;
	struct buf got = { 0 };

	literal_of_pattern(span_c(known[_i].pattern), known[_i].how, &a, &l);
	for (size_t i = 0; i < l.n; i++) {
		buf_str(&got, i == 0 ? "" : "|");
		buf_put(&got, l.at[i].text);
	}
	ck_assert_msg(span_is(buf_span(&got), known[_i].literals), "%s: %.*s", known[_i].pattern,
	    (int)got.n, got.p);
	buf_free(&got);
	arena_free(&a);
}
END_TEST

static uint32_t
next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static const char *
any(uint32_t *state, const char *const *of, size_t n)
{
	return of[next(state) % n];
}

/* A pattern made of pieces, whatever comes of it. */
static void
make_pattern(uint32_t *state, struct buf *out)
{
	static const char *const piece[] = { "a", "b", "ab", "ks", "S", "K", "\xE2\x84\xAA", "(",
		")", "(?:", "|", "*", "?", "+", "{2}", "{0,1}", "[ab]", "[^a]", "[]b]", "\\b",
		"\\.", ".", "\\w", "^", "$", "(?=", "(?i)", "\\1", "\\Q", "\\E", "x", " ", "{", "}",
		"]", "\\n", "'" };

	buf_clear(out);
	for (uint32_t n = 1 + next(state) % 8; n > 0; n--)
		buf_str(out, any(state, piece, sizeof(piece) / sizeof(piece[0])));
}

static void
make_text(uint32_t *state, struct buf *out)
{
	static const char *const piece[] = { "a", "b", "ab", "k", "s", "S", "K", "\xE2\x84\xAA",
		"\xC5\xBF", ".", "x", " ", "{", "}", "]", "\n", "'" };

	buf_clear(out);
	for (uint32_t n = next(state) % 40; n > 0; n--)
		buf_str(out, any(state, piece, sizeof(piece) / sizeof(piece[0])));
}

START_TEST(test_never_missed)
{
	struct regex_match *m = regex_match_new();
	struct buf pattern = { 0 }, text = { 0 };
	uint32_t state = 2021;
	size_t useful = 0;

	for (int i = 0; i < 20000; i++) {
		bool icase = next(&state) % 2 == 0;
		struct arena a = { 0 };
		struct literals l;
		struct regex *re;
		char what[128];
		size_t at;

		make_pattern(&state, &pattern);
		re = regex_new(buf_span(&pattern), icase ? REGEX_ICASE : 0, &at, what);
		literal_of_pattern(
		    buf_span(&pattern), icase ? LITERAL_CASELESS : LITERAL_EXACT, &a, &l);
		for (int k = 0; k < 8 && re != NULL && l.n > 0; k++) {
			bool found;

			make_text(&state, &text);
			found = literal_found(&l, buf_span(&text));
			useful += !found;
			if (!found && regex_find(re, buf_span(&text), 0, m) == REGEX_YES)
				ck_abort_msg("%.*s matches %.*s, literals say no", (int)pattern.n,
				    pattern.p, (int)text.n, text.p);
		}
		regex_free(re);
		arena_free(&a);
	}
	ck_assert_uint_gt(useful, 5000);
	regex_match_free(m);
	buf_free(&pattern);
	buf_free(&text);
}
END_TEST

/* Every place of a long text, with exact allocations under the sanitizer. */
START_TEST(test_found_anywhere)
{
	struct arena a = { 0 };
	struct literals l, folded;

	literal_of_text(SPAN("needle"), LITERAL_EXACT, &a, &l);
	literal_of_text(SPAN("Nedle"), LITERAL_FOLDED, &a, &folded);
	for (size_t n = 0; n < 80; n++) {
		for (size_t at = 0; at + 6 <= n; at++) {
			char *p = arena_raw(&a, n, 1);

			memset(p, 'e', n);
			ck_assert(!literal_found(&l, (struct span){ p, n }));
			memcpy(p + at, "needle", 6);
			ck_assert(literal_found(&l, (struct span){ p, n }));
			ck_assert(!literal_found(&folded, (struct span){ p, n }));
			memcpy(p + at, "NEDlex", 6);
			ck_assert(literal_found(&folded, (struct span){ p, n }));
		}
	}
	arena_free(&a);
}
END_TEST

START_TEST(test_hidden)
{
	ck_assert(literal_hidden(SPAN("{\"text\":\"\\u0041bc\"}")));
	ck_assert(!literal_hidden(SPAN("{\"text\":\"\\u00e9\\u2019bc\"}")));
	ck_assert(literal_hidden(SPAN("{\"text\":\"\\u00e9\\u007Ebc\"}")));
	ck_assert(!literal_hidden(SPAN("\\u00")));
	ck_assert(!literal_hidden(SPAN("")));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("literal");
	TCase *t = tcase_create("literal");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(t, test_known, 0, sizeof(known) / sizeof(known[0]));
	tcase_add_test(t, test_never_missed);
	tcase_add_test(t, test_found_anywhere);
	tcase_add_test(t, test_hidden);
	suite_add_tcase(s, t);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
