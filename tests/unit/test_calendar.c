/* test_calendar.c - civil dates against facts of the calendar, and against counting day by day. */
#include <check.h>
#include <stdlib.h>

#include "calendar.h"

static const struct {
	const char *name;
	struct cal date;
	int weekday, week_year, week;
} known[] = {
	{ "day 0", { 1970, 1, 1 }, 4, 1970, 1 },
	{ "week of the year before", { 2021, 1, 3 }, 7, 2020, 53 },
	{ "week of the year behind", { 2019, 12, 30 }, 1, 2020, 1 },
	{ "a Saturday", { 2021, 12, 4 }, 6, 2021, 48 },
	{ "leap day of a century", { 2000, 2, 29 }, 2, 2000, 9 },
	{ "no leap year", { 1900, 3, 1 }, 4, 1900, 9 },
	{ "first year", { 1, 1, 1 }, 1, 1, 1 },
	{ "last day", { 9999, 12, 31 }, 5, 9999, 52 },
};

START_TEST(test_known)
{
	int32_t day = cal_day(known[_i].date);
	struct cal back;
	int y = 0;

	ck_assert_int_eq(cal_weekday(day), known[_i].weekday);
	ck_assert_int_eq(cal_week(day, &y), known[_i].week);
	ck_assert_int_eq(y, known[_i].week_year);
	ck_assert(cal_from_day(day, &back));
	ck_assert_int_eq(back.y, known[_i].date.y);
	ck_assert_int_eq(back.m, known[_i].date.m);
	ck_assert_int_eq(back.d, known[_i].date.d);
}
END_TEST

/* Every day of 900 years, forwards, against plain counting. */
START_TEST(test_counting)
{
	struct cal c = { 1500, 1, 1 };
	int32_t day = cal_day(c);

	for (; c.y < 2400; day++) {
		struct cal back;
		int32_t again = 0;
		int y = 0, w = cal_week(day, &y);
		bool right = cal_day(c) == day && cal_from_day(day, &back) && back.y == c.y &&
			     back.m == c.m && back.d == c.d &&
			     cal_week_day(y, w, cal_weekday(day), &again) && again == day;

		if (!right)
			ck_abort_msg("%d-%d-%d", c.y, c.m, c.d);
		if (++c.d > cal_month_days(c.y, c.m)) {
			c.d = 1;
			c.y += c.m == 12;
			c.m = c.m == 12 ? 1 : c.m + 1;
		}
	}
}
END_TEST

START_TEST(test_limits)
{
	struct cal c;
	int32_t day;

	ck_assert(!cal_valid(2021, 2, 29));
	ck_assert(!cal_valid(2021, 13, 1));
	ck_assert(!cal_valid(2021, 4, 31));
	ck_assert(!cal_valid(10000, 1, 1));
	ck_assert(cal_valid(9999, 12, 31));
	ck_assert(!cal_from_day(cal_day((struct cal){ 9999, 12, 31 }) + 1, &c));
	ck_assert(!cal_from_day(cal_day((struct cal){ CAL_YEAR_MIN, 1, 1 }) - 1, &c));
	ck_assert(!cal_from_day(INT32_MAX - 1000000, &c));
	c = (struct cal){ 9999, 11, 30 };
	ck_assert(!cal_add_months(&c, 2));
	ck_assert(cal_add_months(&c, 1));
	ck_assert_int_eq(c.m, 12);
	c = (struct cal){ 2021, 1, 31 };
	ck_assert(cal_add_months(&c, 1));
	ck_assert_int_eq(c.d, 28);
	ck_assert(cal_add_months(&c, -14));
	ck_assert(c.y == 2019 && c.m == 12);
	ck_assert(!cal_add_months(&c, 2000000000));
	ck_assert(!cal_week_day(2021, 53, 1, &day));
	ck_assert(cal_week_day(2020, 53, 1, &day));
}
END_TEST

static const struct {
	int y, m, wd, n, day;
} nths[] = {
	{ 2021, 11, 4, 4, 25 }, /* Thanksgiving */
	{ 2021, 5, 1, -1, 31 },
	{ 2021, 12, 6, 1, 4 },
	{ 2021, 12, 7, 5, 0 },
	{ 2021, 2, 1, -4, 1 },
	{ 2021, 2, 1, 0, 0 },
	{ 2021, 13, 1, 1, 0 },
};

START_TEST(test_nth)
{
	ck_assert_int_eq(cal_nth(nths[_i].y, nths[_i].m, nths[_i].wd, nths[_i].n), nths[_i].day);
}
END_TEST

static const struct {
	int y, m, d, orthodox_m, orthodox_d;
} easters[] = {
	{ 1818, 3, 22, 4, 26 }, /* the earliest there is */
	{ 1943, 4, 25, 4, 25 }, /* the latest there is */
	{ 1954, 4, 18, 4, 25 },
	{ 1981, 4, 19, 4, 26 },
	{ 2000, 4, 23, 4, 30 },
	{ 2021, 4, 4, 5, 2 },
	{ 2024, 3, 31, 5, 5 },
	{ 2038, 4, 25, 4, 25 },
};

START_TEST(test_easter)
{
	struct cal west = cal_easter(easters[_i].y), east = cal_easter_orthodox(easters[_i].y);

	ck_assert_int_eq(west.m, easters[_i].m);
	ck_assert_int_eq(west.d, easters[_i].d);
	ck_assert_int_eq(east.m, easters[_i].orthodox_m);
	ck_assert_int_eq(east.d, easters[_i].orthodox_d);
	ck_assert_int_eq(cal_weekday(cal_day(west)), 7);
	ck_assert_int_eq(cal_weekday(cal_day(east)), 7);
}
END_TEST

static const struct {
	const char *text;
	bool ok;
} parses[] = {
	{ "2021-12-04", true },
	{ "2021-12-04T10:00:00Z", true },
	{ "2021-12-04 10:00", true },
	{ "2021-02-30", false },
	{ "0000-01-01", false },
	{ "9999-12-31", true },
	{ "2021-12-041", false },
	{ "2021-1-04", false },
	{ "20211204", false },
	{ "", false },
	{ "2021-12-0x", false },
	{ "-021-12-01", false },
};

START_TEST(test_parse)
{
	struct cal c;

	ck_assert(cal_parse(span_c(parses[_i].text), &c) == parses[_i].ok);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("calendar");
	TCase *t = tcase_create("calendar");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, test_known, 0, (int)(sizeof(known) / sizeof(known[0])));
	tcase_add_test(t, test_counting);
	tcase_add_test(t, test_limits);
	tcase_add_loop_test(t, test_nth, 0, (int)(sizeof(nths) / sizeof(nths[0])));
	tcase_add_loop_test(t, test_easter, 0, (int)(sizeof(easters) / sizeof(easters[0])));
	tcase_add_loop_test(t, test_parse, 0, (int)(sizeof(parses) / sizeof(parses[0])));
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
