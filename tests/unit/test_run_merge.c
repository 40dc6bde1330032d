/* test_run_merge.c - shards of names; rows in order whatever fits into memory; rows of a file. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rowfile.h"
#include "rowsort.h"
#include "shard.h"

static const struct {
	const char *text;
	unsigned i, n; /* 0: refused */
} shards[] = { { "1/1", 1, 1 }, { "3/16", 3, 16 }, { "100000/100000", 100000, 100000 },
	{ "1/100001", 0, 0 }, { "0/2", 0, 0 }, { "3/2", 0, 0 }, { "01/2", 0, 0 }, { "1/02", 0, 0 },
	{ "", 0, 0 }, { "1", 0, 0 }, { "1/", 0, 0 }, { "/1", 0, 0 }, { "1/2 ", 0, 0 },
	{ " 1/2", 0, 0 }, { "-1/2", 0, 0 }, { "18446744073709551617/2", 0, 0 } };

START_TEST(shard)
{
	struct shard s = { 0, 0 };
	bool good = shard_parse(shards[_i].text, &s);

	ck_assert_msg(good == (shards[_i].n != 0), "%s", shards[_i].text);
	if (good)
		ck_assert(s.i == shards[_i].i && s.n == shards[_i].n);
}
END_TEST

/* Each name is of one shard, and all shards get their share. */
START_TEST(shards_of_names)
{
	size_t n[5] = { 0 };
	char name[32];

	for (int k = 0; k < 1000; k++) {
		unsigned owners = 0;

		snprintf(name, sizeof(name), "in/%d.txt", k);
		ck_assert(shard_has((struct shard){ 1, 1 }, name));
		for (unsigned i = 1; i <= 5; i++) {
			bool mine = shard_has((struct shard){ i, 5 }, name);

			owners += mine;
			n[i - 1] += mine;
		}
		ck_assert_uint_eq(owners, 1);
	}
	for (int i = 0; i < 5; i++)
		ck_assert_msg(n[i] > 140 && n[i] < 260, "%zu of 1000", n[i]);
}
END_TEST

/* Bytes in memory: all, a few rows, less than one row. */
static const size_t memories[] = { 1 << 20, 300, 1 };

START_TEST(sorted)
{
	struct rowsort *r = rowsort_new(memories[_i]);
	struct span row;
	char last[32] = "", key[8], text[32];
	size_t n = 0;

	for (unsigned k = 0; k < 2000; k++) {
		snprintf(key, sizeof(key), "%03u", k * 7919 % 500);
		snprintf(text, sizeof(text), "%s row %04u", key, k * 31 % 1000);
		ck_assert(rowsort_add(r, span_c(key), span_c(text)));
	}
	ck_assert(rowsort_add(r, SPAN(""), SPAN(""))); /* the least of all */
	ck_assert(rowsort_begin(r));
	while (rowsort_next(r, &row)) {
		char now[32];

		snprintf(now, sizeof(now), "%.*s", (int)row.n, row.n == 0 ? "" : row.p);
		ck_assert_msg(strcmp(last, now) <= 0, "%s before %s", last, now);
		memcpy(last, now, sizeof(last));
		n++;
	}
	ck_assert_uint_eq(n, 2001);
	ck_assert_int_eq(rowsort_error(r), 0);
	rowsort_free(r);
}
END_TEST

START_TEST(keys_before_rows)
{
	struct rowsort *r = rowsort_new(64);
	struct span row;

	ck_assert(rowsort_add(r, SPAN("b"), SPAN("1")) && rowsort_add(r, SPAN("a"), SPAN("2")) &&
		  rowsort_add(r, SPAN("a\0"), SPAN("0")) && rowsort_add(r, SPAN("a"), SPAN("10")));
	ck_assert(rowsort_begin(r));
	for (const char *want = "10\0002\0000\0001\0"; *want != '\0'; want += strlen(want) + 1) {
		ck_assert(rowsort_next(r, &row));
		ck_assert(span_is(row, want));
	}
	ck_assert(!rowsort_next(r, &row));
	rowsort_free(r);
}
END_TEST

static const struct {
	const char *text;
	bool quoted;
	const char *rows[4];
	size_t line[3];
} files[] = {
	{ "", false, { NULL }, { 0 } },
	{ "a\nb\n", false, { "a", "b", NULL }, { 1, 2 } },
	{ "a\n\nb", false, { "a", "", "b", NULL }, { 1, 2, 3 } },
	{ "\"a\nb\",c\nd\n", true, { "\"a\nb\",c", "d", NULL }, { 1, 3 } },
	{ "\"a\nb\",c\nd\n", false, { "\"a", "b\",c", "d", NULL }, { 1, 2, 3 } },
	{ "\"a\"\"\nb\"\n", true, { "\"a\"\"\nb\"", NULL }, { 1 } },
	{ "\"never closed\nb\n", true, { "\"never closed\nb\n", NULL }, { 1 } },
};

START_TEST(rows_of_a_file)
{
	char path[] = "/tmp/test_run_mergeXXXXXX";
	int fd = mkstemp(path);
	const char *why;
	struct rowfile *r;
	struct span row;
	size_t line, n = 0;

	ck_assert(fd >= 0);
	ck_assert(write(fd, files[_i].text, strlen(files[_i].text)) >= 0);
	close(fd);
	r = rowfile_open(path, files[_i].quoted, &why);
	ck_assert_ptr_nonnull(r);
	for (; rowfile_next(r, &row, &line); n++) {
		ck_assert_ptr_nonnull(files[_i].rows[n]);
		ck_assert(span_is(row, files[_i].rows[n]));
		ck_assert_uint_eq(line, files[_i].line[n]);
	}
	ck_assert_ptr_null(files[_i].rows[n]);
	ck_assert_ptr_null(rowfile_fault(r));
	rowfile_close(r);
	unlink(path);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_merge");
	TCase *t = tcase_create("merge");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, shard, 0, sizeof(shards) / sizeof(shards[0]));
	tcase_add_test(t, shards_of_names);
	tcase_add_loop_test(t, sorted, 0, sizeof(memories) / sizeof(memories[0]));
	tcase_add_test(t, keys_before_rows);
	tcase_add_loop_test(t, rows_of_a_file, 0, sizeof(files) / sizeof(files[0]));
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
