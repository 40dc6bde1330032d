/* test_regex.c - PCRE2 behind its limits: groups, places of faults, patterns that explode (A34, A35). */
#include <check.h>
#include <stdlib.h>
#include <time.h>

#include "regex.h"

static const struct {
	const char *pattern, *subject;
	unsigned flags;
	enum regex_result want;
	const char *first; /* group 1, or NULL */
} cases[] = {
	{ "(b+)c", "aabbc", 0, REGEX_YES, "bb" },
	{ "(b+)c", "aabbc", REGEX_ANCHORED, REGEX_NO, NULL },
	{ "^(a+)", "aabbc", REGEX_ANCHORED, REGEX_YES, "aa" },
	{ "(ÄPFEL)", "zwei äpfel", REGEX_ICASE, REGEX_YES, "äpfel" },
	{ "(a) # comment\n (b)", "ab", REGEX_EXTENDED, REGEX_YES, "a" },
	{ "(x)?y", "y", 0, REGEX_YES, NULL },
	{ "\\b(\\w+)$", "une idée", 0, REGEX_YES, "idée" },
	{ "", "", 0, REGEX_YES, NULL },
	{ "(.)", "", 0, REGEX_NO, NULL },
	{ "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 0, REGEX_TOO_EXPENSIVE,
	    NULL },
	{ "(a|aa)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 0,
	    REGEX_TOO_EXPENSIVE, NULL },
};

enum {
	N_CASE = sizeof(cases) / sizeof(cases[0]),
	N_EXPENSIVE = 2, /* the last ones */
};

START_TEST(test_find)
{
	struct span subject = span_c(cases[_i].subject);
	struct regex_match *m = regex_match_new();
	size_t at, start, end;
	char what[128];
	struct regex *re = regex_new(span_c(cases[_i].pattern), cases[_i].flags, &at, what);

	ck_assert_ptr_nonnull(re);
	ck_assert_int_eq(regex_find(re, subject, 0, m), cases[_i].want);
	if (cases[_i].first == NULL) {
		ck_assert(!regex_group(m, 1, &start, &end));
	} else {
		ck_assert(regex_group(m, 1, &start, &end));
		ck_assert(span_is(span_cut(subject, start, end), cases[_i].first));
	}
	ck_assert(!regex_group(m, 60, &start, &end));
	regex_match_free(m);
	regex_free(re);
}
END_TEST

static const struct {
	const char *pattern;
	unsigned flags;
	size_t at; /* byte of the fault */
} faults[] = {
	{ "a(b", 0, 3 },
	{ "a[b", 0, 3 },
	{ "ab)", 0, 2 },
	{ "*a", 0, 0 },
	{ "(?<=a*)b", 0, 0 },
	{ "\\C", REGEX_USER, 2 },
	{ "(*UTF)a", REGEX_USER, 0 },
};

START_TEST(test_fault)
{
	size_t at = 99;
	char what[128] = "";

	ck_assert_ptr_null(regex_new(span_c(faults[_i].pattern), faults[_i].flags, &at, what));
	ck_assert_uint_gt(strlen(what), 5);
	if (faults[_i].at != 0)
		ck_assert_uint_eq(at, faults[_i].at);
}
END_TEST

/* A leading verb may lower a limit but not raise it. */
START_TEST(test_verbs)
{
	struct regex_match *m = regex_match_new();
	size_t at;
	char what[128];
	struct regex *re =
	    regex_new(SPAN("(*LIMIT_MATCH=4000000000)(a+)+$"), REGEX_USER, &at, what);
	clock_t before = clock();

	ck_assert_ptr_nonnull(re);
	ck_assert_int_eq(regex_find(re, SPAN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), 0, m),
	    REGEX_TOO_EXPENSIVE);
	ck_assert((double)(clock() - before) / CLOCKS_PER_SEC < 2);
	regex_free(re);
	regex_match_free(m);
}
END_TEST

START_TEST(test_names)
{
	size_t at;
	char what[128];
	struct regex *re = regex_new(SPAN("(?<year>\\d{4})-(?<month>\\d\\d)"), 0, &at, what);

	ck_assert_uint_eq(regex_name(re, "month"), 2);
	ck_assert_uint_eq(regex_name(re, "day"), 0);
	regex_free(re);
	regex_free(NULL);
	regex_match_free(NULL);
	ck_assert(strchr(regex_version(), '.') != NULL);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("regex");
	TCase *t = tcase_create("regex");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, test_find, 0, N_CASE - N_EXPENSIVE);
	tcase_add_loop_test(t, test_fault, 0, (int)(sizeof(faults) / sizeof(faults[0])));
	tcase_add_test(t, test_names);
	suite_add_tcase(s, t);
	t = tcase_create("A34");
	tcase_add_loop_test(t, test_find, N_CASE - N_EXPENSIVE, N_CASE);
	tcase_add_test(t, test_verbs);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
