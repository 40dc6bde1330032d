/* test_period.c - the days that values cover, and periods as people write them. */
#include <check.h>
#include <stdlib.h>

#include "calendar.h"
#include "period.h"

/* Saturday, 2021-12-04. */
enum { TODAY = 18965 };

static const struct {
	const char *text;
	struct cal from, to; /* year 0: none */
} known[] = {
	{ "2021-12-04", { 2021, 12, 4 }, { 2021, 12, 4 } },
	{ "2021-12-04T10:30", { 2021, 12, 4 }, { 2021, 12, 4 } },
	{ "2021-12-04TEV", { 2021, 12, 4 }, { 2021, 12, 4 } },
	{ "2021-12", { 2021, 12, 1 }, { 2021, 12, 31 } },
	{ "2021-12-XX", { 2021, 12, 1 }, { 2021, 12, 31 } },
	{ "2020-02", { 2020, 2, 1 }, { 2020, 2, 29 } },
	{ "2021", { 2021, 1, 1 }, { 2021, 12, 31 } },
	{ "2021-XX-XX", { 2021, 1, 1 }, { 2021, 12, 31 } },
	{ "202", { 2020, 1, 1 }, { 2029, 12, 31 } }, { "20", { 2000, 1, 1 }, { 2099, 12, 31 } },
	{ "2021-W48", { 2021, 11, 29 }, { 2021, 12, 5 } },
	{ "2021-W48-6", { 2021, 12, 4 }, { 2021, 12, 4 } },
	{ "2021-W48-WE", { 2021, 12, 4 }, { 2021, 12, 5 } },
	{ "2021-Q4", { 2021, 10, 1 }, { 2021, 12, 31 } },
	{ "2021-H1", { 2021, 1, 1 }, { 2021, 6, 30 } },
	{ "2021-SU", { 2021, 6, 1 }, { 2021, 8, 31 } },
	{ "2021-WI", { 2021, 12, 1 }, { 2022, 2, 28 } },
	{ "today", { 2021, 12, 4 }, { 2021, 12, 4 } },
	{ "yesterday", { 2021, 12, 3 }, { 2021, 12, 3 } },
	{ "tomorrow", { 2021, 12, 5 }, { 2021, 12, 5 } },
	{ "this-week", { 2021, 11, 29 }, { 2021, 12, 5 } },
	{ "last-week", { 2021, 11, 22 }, { 2021, 11, 28 } },
	{ "next-week", { 2021, 12, 6 }, { 2021, 12, 12 } },
	{ "last-month", { 2021, 11, 1 }, { 2021, 11, 30 } },
	{ "next-month", { 2022, 1, 1 }, { 2022, 1, 31 } },
	{ "this-year", { 2021, 1, 1 }, { 2021, 12, 31 } },
	{ "last-year", { 2020, 1, 1 }, { 2020, 12, 31 } },
	{ "-7d", { 2021, 11, 27 }, { 2021, 11, 27 } },
	{ "+2w", { 2021, 12, 18 }, { 2021, 12, 18 } }, { "-1m", { 2021, 11, 4 }, { 2021, 11, 4 } },
	{ "-2y", { 2019, 12, 4 }, { 2019, 12, 4 } },
	{ "2021-12-01..2021-12-10", { 2021, 12, 1 }, { 2021, 12, 10 } },
	{ "2021-11..2021-12", { 2021, 11, 1 }, { 2021, 12, 31 } },
	{ "-7d..today", { 2021, 11, 27 }, { 2021, 12, 4 } },
	{ "2021-13", { 0, 0, 0 }, { 0, 0, 0 } }, { "2021-02-30", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "2021-W53", { 0, 0, 0 }, { 0, 0, 0 } }, { "2021-12-041", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "P3D", { 0, 0, 0 }, { 0, 0, 0 } }, { "PRESENT_REF", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "XXXX-12-04", { 0, 0, 0 }, { 0, 0, 0 } }, { "XXXX-WXX-1", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "", { 0, 0, 0 }, { 0, 0, 0 } }, { "..", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "2021-12-10..2021-12-01", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "last-decade", { 0, 0, 0 }, { 0, 0, 0 } }, { "-99999y", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "-d", { 0, 0, 0 }, { 0, 0, 0 } }, { "2", { 0, 0, 0 }, { 0, 0, 0 } },
	{ "9999-12", { 0, 0, 0 }, { 0, 0, 0 } }, /* its end is outside of the calendar */
};

START_TEST(test_known)
{
	struct period p;
	bool good = period_parse(span_c(known[_i].text), TODAY, &p);

	ck_assert_msg(good == (known[_i].from.y != 0), "%s", known[_i].text);
	if (!good)
		return;
	ck_assert_msg(p.from == cal_day(known[_i].from), "%s", known[_i].text);
	ck_assert_msg(p.to == cal_day(known[_i].to), "%s", known[_i].text);
}
END_TEST

START_TEST(test_open_ends)
{
	struct period p;

	ck_assert(period_parse(SPAN("2021-12.."), TODAY, &p));
	ck_assert_int_eq(p.from, cal_day((struct cal){ 2021, 12, 1 }));
	ck_assert_int_eq(p.to, INT32_MAX);
	ck_assert(period_parse(SPAN("..2021"), TODAY, &p));
	ck_assert_int_eq(p.from, INT32_MIN);
	ck_assert_int_eq(p.to, cal_day((struct cal){ 2021, 12, 31 }));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("period");
	TCase *t = tcase_create("period");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(t, test_known, 0, sizeof(known) / sizeof(known[0]));
	tcase_add_test(t, test_open_ends);
	suite_add_tcase(s, t);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
