/* test_run_duration.c - what is a duration and what is none. */
#include <check.h>
#include <stdlib.h>

#include "duration.h"

static const struct {
	const char *text;
	double seconds; /* below 0: none */
} cases[] = {
	{ "500ms", 0.5 },
	{ "0s", 0 },
	{ "30s", 30 },
	{ "5m", 300 },
	{ "2h", 7200 },
	{ "10000d", 864000000 },
	{ "10001d", -1 },
	{ "999999999s", -1 },
	{ "1234567890ms", -1 },
	{ "", -1 },
	{ "s", -1 },
	{ "5", -1 },
	{ "5 s", -1 },
	{ "5sec", -1 },
	{ "-5s", -1 },
	{ "1.5s", -1 },
	{ "5S", -1 },
};

START_TEST(parsing)
{
	double seconds = -1;
	bool ok = duration_parse(cases[_i].text, &seconds);

	ck_assert_msg(ok == (cases[_i].seconds >= 0), "%s", cases[_i].text);
	if (ok)
		ck_assert_double_eq_tol(seconds, cases[_i].seconds, 1e-9);
}
END_TEST

START_TEST(the_clock_goes_on)
{
	double before = duration_now();

	ck_assert_double_ge(duration_now(), before);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_duration");
	TCase *t = tcase_create("duration");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, parsing, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(t, the_clock_goes_on);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
