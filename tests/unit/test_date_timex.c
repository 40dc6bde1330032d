/* test_date_timex.c - values: which are valid, how points and stretches are written and moved. */
#include "test_date.h"

static const struct {
	const char *value;
	bool ok;
} values[] = {
	{ "2021-12-04", true },
	{ "2021-12", true },
	{ "2021", true },
	{ "202", true },
	{ "20", true },
	{ "2", true },
	{ "XXXX-12-04", true },
	{ "XXXX-XX-XX", true },
	{ "2021-XX-XX", true },
	{ "2021-W48", true },
	{ "2021-W48-6", true },
	{ "2021-W48-WE", true },
	{ "XXXX-WXX-2", true },
	{ "2020-W53", true },
	{ "2021-Q3", true },
	{ "2021-H2", true },
	{ "2021-SU", true },
	{ "2021-QX", true },
	{ "2021-12-04T10:00", true },
	{ "2021-12-04T10:00:59Z", true },
	{ "2021-12-04T10:00+05:30", true },
	{ "2021-12-04TMO", true },
	{ "2021-12-04T24:00", true },
	{ "XXXX-WXX-5TNI", true },
	{ "T10:00", true },
	{ "TMO", true },
	{ "BC0490", true },
	{ "BC03", true },
	{ "BC0480-04", true },
	{ "XXXX-02-29", true },
	{ "2000-02-29", true },
	{ "P2Y", true },
	{ "P2Y6M", true },
	{ "PT5H30M", true },
	{ "PXW", true },
	{ "PTXH", true },
	{ "P2.5M", true },
	{ "P2DE", true },
	{ "PXCE", true },
	{ "P3Q", true },
	{ "P1DT12H", true },
	{ "PRESENT_REF", true },
	{ "PAST_REF", true },
	{ "FUTURE_REF", true },
	/* and what is not */
	{ "", false },
	{ "2021-13", false },
	{ "2021-02-30", false },
	{ "2021-00", false },
	{ "2021-12-32", false },
	{ "1900-02-29", false },
	{ "2021-W53", false },
	{ "2021-W00", false },
	{ "2021-W48-8", false },
	{ "2021-Q5", false },
	{ "2021-H3", false },
	{ "2021-XX", true },
	{ "20211", false },
	{ "0000", false },
	{ "2021-", false },
	{ "2021-12-", false },
	{ "21-12-04", false },
	{ "2021-12-04T", false },
	{ "2021-12-04T25:00", false },
	{ "2021-12-04T10:60", false },
	{ "2021-12-04T24:01", false },
	{ "2021-12-04T10:00+16:00", false },
	{ "P", false },
	{ "PT", false },
	{ "P2", false },
	{ "PY", false },
	{ "P2H", false },
	{ "PT2Y", false },
	{ "P2YX", false },
	{ "SOON_REF", false },
	{ "20X1", false },
	{ "-2021", false },
	{ "2021-1X-04", false },
};

START_TEST(test_valid)
{
	ck_assert_msg(
	    timex_valid(span_c(values[_i].value)) == values[_i].ok, "\"%s\"", values[_i].value);
}
END_TEST

static const struct {
	int32_t n, hundredths;
	enum unit unit;
	const char *value;
} stretches[] = {
	{ 2, 0, U_YEAR, "P2Y" },
	{ 2, 50, U_YEAR, "P2Y6M" },
	{ 0, 50, U_HOUR, "PT30M" },
	{ 1, 25, U_HOUR, "PT1H15M" },
	{ 1, 50, U_MINUTE, "PT1M30S" },
	{ -1, 0, U_WEEK, "PXW" },
	{ -1, 0, U_MINUTE, "PTXM" },
	{ 2, 50, U_MONTH, "P2.5M" },
	{ 0, 50, U_CENTURY, "P50Y" },
	{ 1, 50, U_DECADE, "P15Y" },
	{ 2, 75, U_WEEK, "P2.75W" },
	{ 999999999, 0, U_DAY, "P999999999D" },
	{ 0, 0, U_DAY, "P0D" },
};

START_TEST(test_stretch)
{
	struct arena a = { 0 };
	struct span got =
	    timex_duration(stretches[_i].n, stretches[_i].hundredths, stretches[_i].unit, &a);

	ck_assert_msg(span_is(got, stretches[_i].value), "%.*s", (int)got.n, got.p);
	ck_assert(timex_valid(got));
	arena_free(&a);
}
END_TEST

static const struct {
	int y, m, d;
	int32_t n;
	enum unit unit;
	const char *value; /* NULL: refused */
} moves[] = {
	{ 2021, 12, 4, 1, U_DAY, "2021-12-05" },
	{ 2021, 12, 31, 1, U_DAY, "2022-01-01" },
	{ 2021, 12, 4, -1, U_WEEK, "2021-W47" },
	{ 2021, 1, 31, 1, U_MONTH, "2021-02" },
	{ 2021, 12, 4, 2, U_QUARTER, "2022-Q2" },
	{ 2021, 12, 4, -3, U_DECADE, "199" },
	{ 2021, 12, 4, -1, U_CENTURY, "19" },
	{ 2021, 12, 4, -2500, U_YEAR, "BC0480" },
	{ 9999, 12, 31, 1, U_DAY, NULL },
	{ 9999, 12, 31, 1, U_YEAR, NULL },
	{ 9999, 12, 31, 1, U_MONTH, NULL },
	{ 9999, 12, 31, 1, U_WEEK, NULL },
	{ 1, 1, 1, -1, U_DAY, NULL },
	{ 1, 1, 1, -1, U_YEAR, "BC0001" },
	{ 2021, 12, 4, 2000000000, U_DAY, NULL },
	{ 2021, 12, 4, -2000000000, U_YEAR, NULL },
	{ 2021, 12, 4, 2000000000, U_CENTURY, NULL },
	{ 2021, 12, 4, 2147483647, U_MONTH, NULL },
};

START_TEST(test_move)
{
	struct arena a = { 0 };
	struct stamp s = stamp_day((struct cal){ moves[_i].y, moves[_i].m, moves[_i].d });
	bool ok = stamp_shift(&s, moves[_i].n, moves[_i].unit);

	ck_assert(ok == (moves[_i].value != NULL));
	if (ok) {
		struct span got = timex_point(&s, &a);

		ck_assert_msg(span_is(got, moves[_i].value), "%.*s", (int)got.n, got.p);
		ck_assert(timex_valid(got));
	}
	arena_free(&a);
}
END_TEST

int
main(void)
{
	TCase *t = tcase_create("timex");

	tcase_add_loop_test(t, test_valid, 0, (int)(sizeof(values) / sizeof(values[0])));
	tcase_add_loop_test(t, test_stretch, 0, (int)(sizeof(stretches) / sizeof(stretches[0])));
	tcase_add_loop_test(t, test_move, 0, (int)(sizeof(moves) / sizeof(moves[0])));
	return run_suite("date_timex", t);
}
