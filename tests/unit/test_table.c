/* test_table.c - TSV into rows, and the place of every slip. */
#include <check.h>
#include <stdlib.h>

#include "table.h"

START_TEST(rows_and_columns)
{
	struct arena a = { 0 };
	struct table t;
	size_t line = 0, column = 0;
	const char *what = NULL;

	ck_assert(
	    table_parse(&t, SPAN("# about\n# word\tclass\n\na b\t-\n# note\n c \tx\r\nlast\tone"),
		&a, &line, &column, &what));
	ck_assert_uint_eq(t.n_row, 3);
	ck_assert_uint_eq(t.n_col, 2);
	ck_assert_uint_eq(table_column(&t, "class"), 1);
	ck_assert_uint_eq(table_column(&t, "none"), SIZE_MAX);
	ck_assert(span_is(table_cell(&t, 0, 0), "a b") && table_cell(&t, 0, 1).n == 0);
	ck_assert(span_is(table_cell(&t, 1, 0), "c") && span_is(table_cell(&t, 1, 1), "x"));
	ck_assert(span_is(table_cell(&t, 2, 1), "one"));
	ck_assert_uint_eq(t.line[1], 6);
	arena_free(&a);
}
END_TEST

static const struct {
	const char *text;
	size_t line, column;
	const char *what;
} slip[] = { { "# a\tb\nx\n", 2, 2, "1 cell, expected 2" },
	{ "# a\tb\nx\ty\nx\ty\tz\n", 3, 6, "3 cells, expected 2" },
	{ "x\ty\n", 1, 4, "2 cells, expected 0" } };

START_TEST(slips)
{
	struct arena a = { 0 };
	struct table t;
	size_t line = 0, column = 0;
	const char *what = NULL;

	ck_assert(!table_parse(&t, span_c(slip[_i].text), &a, &line, &column, &what));
	ck_assert_uint_eq(line, slip[_i].line);
	ck_assert_uint_eq(column, slip[_i].column);
	ck_assert_str_eq(what, slip[_i].what);
	arena_free(&a);
}
END_TEST

START_TEST(nothing_in_it)
{
	static const char *const text[] = { "", "\n\n", "# only\tcomments\n" };
	struct arena a = { 0 };
	struct table t;
	size_t line, column;
	const char *what;

	ck_assert(table_parse(&t, span_c(text[_i]), &a, &line, &column, &what));
	ck_assert_uint_eq(t.n_row, 0);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("table");
	TCase *t = tcase_create("table");
	SRunner *run = srunner_create(s);
	int failed;

	tcase_add_test(t, rows_and_columns);
	tcase_add_loop_test(t, slips, 0, 3);
	tcase_add_loop_test(t, nothing_in_it, 0, 3);
	suite_add_tcase(s, t);
	srunner_run_all(run, CK_ENV);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	return failed > 0;
}
