/* test_sheet.c - counts that add up: what a record adds, keys, merging in any order, partials that are refused; borders laid flat;
 * columns by name. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "chart.h"
#include "column.h"
#include "flat.h"
#include "sheet.h"

enum { ALL = (1 << N_SHEET) - 1 };

static void
parse(struct record *r, const char *line, struct arena *a)
{
	struct diag d = { .prog = "p" };

	ck_assert(record_parse(r, span_c(line), NULL, (struct where){ .file = "f" }, a, &d));
	buf_free(&d.err);
}

static void
add(struct sheet *s, const char *line)
{
	struct arena a = { 0 };
	struct record r;

	parse(&r, line, &a);
	sheet_add(s, &r);
	arena_free(&a);
}

/* The sheet as JSON; it is freed. */
static void
sheet_is_json(struct sheet *s, const char *want)
{
	struct buf b = { 0 };

	sheet_write(s, &b);
	buf_char(&b, '\0');
	ck_assert_str_eq(b.p, want);
	buf_free(&b);
	sheet_free(s);
}

static const char first[] =
    "{\"id\":\"a\",\"date\":\"2021-12-04\",\"text\":\"Al met  Bo on Monday. Al said: no.\","
    "\"sents\":[{\"start\":0,\"end\":21},{\"start\":22,\"end\":34}],"
    "\"dates\":[{\"start\":14,\"end\":20,\"type\":\"DATE\",\"value\":\"2021-11-29\"},"
    "{\"start\":14,\"end\":20,\"type\":\"DURATION\",\"value\":\"P1D\"}],"
    "\"ents\":[{\"start\":0,\"end\":2,\"label\":\"PERSON\",\"name\":\"Al\\tOtt\\n\"},"
    "{\"start\":8,\"end\":10,\"label\":\"ORG\"},"
    "{\"start\":22,\"end\":24,\"label\":\"PERSON\",\"name\":\"Al Ott\"}],"
    "\"quotes\":[{\"start\":31,\"end\":33,\"kind\":\"direct\",\"speaker\":{\"start\":22,\"end\":24}"
    "}]}";
static const char second[] = "{\"id\":\"b\",\"date\":\"2021-12-05\",\"text\":\"Bo.\","
			     "\"ents\":[{\"start\":0,\"end\":2,\"label\":\"ORG\"}]}";

START_TEST(counted)
{
	struct sheet s;

	sheet_open(&s, ALL);
	add(&s, first);
	add(&s, second);
	add(&s, "{\"id\":\"c\"}");
	sheet_is_json(&s,
	    "{\"partial\":\"show\",\"docs\":3,"
	    "\"names\":[[\"ORG\\tBo\",2,2,[]],[\"PERSON\\tAl Ott\",2,1,[]]],"
	    "\"days\":[[\"2021-11-29\",1,1,[[1,\"2021-12-04\",\"a\",0,\"Al met  Bo on "
	    "Monday.\"]]]],"
	    "\"articles\":[[\"2021-12-04\",1,1,[]],[\"2021-12-05\",1,1,[]]],"
	    "\"speakers\":[[\"Al\",1,1,[[0,\"2021-12-04\",\"a\",31,\"no\"]]]],"
	    "\"pairs\":[[\"Al Ott\\tBo\",1,1,[]]],"
	    "\"trends\":[[\"ORG\\tBo\\t2021-12-04\",1,1,[]],[\"ORG\\tBo\\t2021-12-05\",1,1,[]],"
	    "[\"PERSON\\tAl Ott\\t2021-12-04\",2,1,[]]]}");
}
END_TEST

START_TEST(merged_either_way)
{
	struct buf one = { 0 }, two = { 0 };
	struct sheet a, b, c;

	sheet_open(&a, ALL);
	sheet_open(&b, ALL);
	sheet_open(&c, ALL);
	add(&a, first);
	add(&b, second);
	add(&b, first);
	sheet_merge(&c, &b);
	sheet_merge(&c, &a);
	sheet_merge(&a, &b);
	sheet_write(&a, &one);
	sheet_write(&c, &two);
	ck_assert_uint_eq(a.docs, 3);
	ck_assert(span_eq(buf_span(&one), buf_span(&two)));
	sheet_free(&a);
	sheet_free(&b);
	sheet_free(&c);
	buf_free(&one);
	buf_free(&two);
}
END_TEST

static const char *const refused[] = {
	"{\"docs\":1}",
	"{\"partial\":\"other\"}",
	"{\"partial\":\"show\",\"docs\":-1}",
	"{\"partial\":\"show\",\"names\":{}}",
	"{\"partial\":\"show\",\"names\":[1]}",
	"{\"partial\":\"show\",\"names\":[[\"a\",1,1]]}",
	"{\"partial\":\"show\",\"names\":[[\"a\",0,0,[]]]}",
	"{\"partial\":\"show\",\"names\":[[\"a\",1,2,[]]]}",
	"{\"partial\":\"show\",\"names\":[[\"a\",1,1,[],1]]}",
	"{\"partial\":\"show\",\"days\":[[\"a\",1,1,[[0,\"\",\"\",0]]]]}",
	"{\"partial\":\"show\",\"days\":[[\"a\",1,1,[[\"0\",\"\",\"\",0,\"\"]]]]}",
};

START_TEST(partials_refused)
{
	struct sheet s;

	sheet_open(&s, 0);
	ck_assert_ptr_nonnull(sheet_read(&s, span_c(refused[_i])));
	sheet_is_json(&s, "{\"partial\":\"show\",\"docs\":0}");
}
END_TEST

START_TEST(grouped)
{
	static const char line[] = "{\"partial\":\"show\",\"docs\":3,\"days\":[[\"2021-12-31\",1,1,"
				   "[]],[\"2022-01-01\",2,1,[]],"
				   "[\"2022\",1,1,[]],[\"2022-01-03\",1,1,[]]]}";
	struct sheet s, weeks, months;

	sheet_open(&s, 0);
	sheet_open(&weeks, 1 << SHEET_DAYS);
	sheet_open(&months, 1 << SHEET_DAYS);
	ck_assert_ptr_null(sheet_read(&s, span_c(line)));
	sheet_group(&weeks, &s, SHEET_DAYS, SHEET_WEEK);
	sheet_group(&months, &s, SHEET_DAYS, SHEET_MONTH);
	sheet_is_json(&weeks,
	    "{\"partial\":\"show\",\"docs\":0,\"days\":[[\"2021-W52\",3,2,[]],[\"2022\",1,1,[]],"
	    "[\"2022-W01\",1,1,[]]]}");
	sheet_is_json(&months,
	    "{\"partial\":\"show\",\"docs\":0,\"days\":[[\"2021-12\",1,1,[]],[\"2022\",1,1,[]],"
	    "[\"2022-01\",3,2,[]]]}");
	sheet_free(&s);
}
END_TEST

/* Ends before beginnings, outer before inner; what does not overlap. */
START_TEST(flat_borders)
{
	static const char line[] =
	    "{\"text\":\"abcdef\",\"ents\":[{\"start\":0,\"end\":4,\"label\":\"ORG\"},"
	    "{\"start\":0,\"end\":2,\"label\":\"GPE\"},{\"start\":3,\"end\":5,\"label\":\"LAW\"},"
	    "{\"start\":5,\"end\":6,\"label\":\"LOC\"},{\"start\":6,\"end\":6,\"label\":\"LOC\"}]}";
	static const uint32_t at[] = { 0, 0, 2, 3, 4, 5, 5, 6 };
	static const uint32_t index[] = { 0, 1, 1, 2, 0, 2, 3, 3 };
	struct flat_cover cover = { 0 };
	struct arena a = { 0 };
	struct flat_layer apart;
	struct record r;
	struct flat f;

	parse(&r, line, &a);
	flat_collect(&f, &r, ~0U);
	ck_assert_uint_eq(f.n, 8);
	for (size_t i = 0; i < f.n; i++) {
		ck_assert_uint_eq(f.at[i].at, at[i]);
		ck_assert_uint_eq(f.at[i].index, index[i]);
		flat_step(&cover, &r, &f.at[i]);
		if (i == 1)
			ck_assert_uint_eq(cover.label, ENT_GPE);
		if (i == 2) /* the one around it again */
			ck_assert_uint_eq(cover.label, ENT_ORG);
	}
	ck_assert_uint_eq(cover.open[FLAT_ENT], 0);
	flat_apart(&apart, &r, LAYER_ENTS);
	ck_assert_uint_eq(apart.n, 2);
	ck_assert_uint_eq(apart.at[0].index, 0);
	ck_assert_uint_eq(apart.at[1].index, 3);
	arena_free(&a);
}
END_TEST

static const struct {
	enum rows rows;
	const char *list, *what; /* NULL: good */
} lists[] = {
	{ ROWS_FOUND, "id, start ,text,author.name", NULL },
	{ ROWS_QUOTES, "speaker.name,kind,cue.start", NULL },
	{ ROWS_ENTS, "id,speaker", "rows of ents have no column \"speaker\"" },
	{ ROWS_DOCS, "start", "rows of docs have no column \"start\"" },
	{ ROWS_FOUND, "kind", "rows of all annotations have no column \"kind\"" },
	{ ROWS_FOUND, "", "an empty name of a column" },
	{ ROWS_FOUND, "id,,text", "an empty name of a column" },
};

START_TEST(column_lists)
{
	struct arena a = { 0 };
	struct columns c;
	char what[256] = "";

	ck_assert(columns_parse(&c, lists[_i].rows, lists[_i].list, &a, what) ==
		  (lists[_i].what == NULL));
	ck_assert_str_eq(what, lists[_i].what == NULL ? "" : lists[_i].what);
	arena_free(&a);
}
END_TEST

/* 64 columns, and one more. */
START_TEST(column_limit)
{
	struct arena a = { 0 };
	struct buf list = { 0 };
	struct columns c;
	char what[256];

	buf_str(&list, "id");
	for (int i = 1; i < 64; i++)
		buf_str(&list, ",id");
	buf_char(&list, '\0');
	ck_assert(columns_parse(&c, ROWS_DOCS, list.p, &a, what));
	ck_assert_uint_eq(c.n, 64);
	list.n--;
	buf_str(&list, ",id");
	buf_char(&list, '\0');
	ck_assert(!columns_parse(&c, ROWS_DOCS, list.p, &a, what));
	buf_free(&list);
	arena_free(&a);
}
END_TEST

/* At the limit whole, one byte past it cut, no character torn. */
START_TEST(cells_are_cut)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	size_t spare = CELL_CUT + 1;
	struct span s;

	for (int i = 0; i < CELL_CUT - 1; i++)
		buf_char(&b, 'x');
	buf_str(&b, "\xC3\xA9");
	s = cell_cut(buf_span(&b), &spare, &a);
	ck_assert_uint_eq(s.n, CELL_CUT + 1);
	ck_assert_uint_eq(spare, 0);
	s = cell_cut(span_cut(buf_span(&b), 0, CELL_CUT - 1), &spare, &a);
	ck_assert_uint_eq(s.n, CELL_CUT - 1);
	s = cell_cut(buf_span(&b), &spare, &a);
	ck_assert_uint_eq(s.n, CELL_CUT - 1 + 3);
	ck_assert(span_ends(s, SPAN("x\xE2\x80\xA6")));
	buf_free(&b);
	arena_free(&a);
}
END_TEST

START_TEST(charts)
{
	static const uint64_t v[] = { 0, 1, 8, 4 };
	struct buf b = { 0 };

	chart_bar(&b, 1, 2, 4, false);
	chart_bar(&b, 1, 1000, 4, true);
	buf_char(&b, '|');
	chart_spark(&b, v, 4, false);
	chart_spark(&b, v, 4, true);
	buf_char(&b, '|');
	chart_cell(&b, SPAN("ab\033\n"), 8, true);
	chart_cell(&b, SPAN("\xE4\xB8\xAD\xE4\xB8\xAD"), 3, false);
	chart_cell(&b, SPAN("abc"), 0, false);
	buf_char(&b, '\0');
	ck_assert_str_eq(b.p, "\xE2\x96\x88\xE2\x96\x88#| \xE2\x96\x81\xE2\x96\x88\xE2\x96\x84 .%=|"
			      "ab\\x1b  \xE4\xB8\xAD\xE2\x80\xA6");
	buf_free(&b);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("sheet");
	TCase *tc = tcase_create("sums");
	SRunner *sr = srunner_create(s);
	int failed;

	tcase_add_test(tc, counted);
	tcase_add_test(tc, merged_either_way);
	tcase_add_loop_test(tc, partials_refused, 0, (int)(sizeof(refused) / sizeof(refused[0])));
	tcase_add_test(tc, grouped);
	tcase_add_test(tc, flat_borders);
	tcase_add_loop_test(tc, column_lists, 0, (int)(sizeof(lists) / sizeof(lists[0])));
	tcase_add_test(tc, column_limit);
	tcase_add_test(tc, cells_are_cut);
	tcase_add_test(tc, charts);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
