/* test_diag.c - the form of messages, counts and statuses, dead letters, "did you mean". */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"

static const struct where here = { .file = "a\nb.jsonl", .line = 17, .col = 204 };

static void
same(struct buf *b, const char *want)
{
	buf_char(b, '\0');
	ck_assert_str_eq(b->p, want);
	buf_free(b);
}

START_TEST(form_of_a_message)
{
	struct diag d = { .prog = "ntag-date" };

	diag_reject(&d, here, "date", SPAN("raw"), "invalid JSON: %s", "unterminated \x1b string");
	same(&d.err, "ntag-date: a\\x0ab.jsonl:17:204: invalid JSON: unterminated \\x1b string; "
		     "record rejected\n");
	ck_assert_uint_eq(d.count.rejected, 1);
	ck_assert_int_eq(diag_status(&d), STATUS_SOME);
}
END_TEST

START_TEST(places_left_out)
{
	struct diag d = { .prog = "p" };

	diag_warn(&d, (struct where){ 0 }, "one");
	diag_warn(&d, (struct where){ .file = "-" }, "two");
	diag_warn(&d, (struct where){ .file = "-", .line = 3 }, "three");
	same(&d.err, "p: one\np: -: two\np: -:3: three\n");
	ck_assert_int_eq(diag_status(&d), STATUS_OK);
}
END_TEST

/* Nothing that could command a terminal or turn the direction of its writing; no bad bytes: B20. */
static const struct {
	const char *name, *shown;
} masked[] = {
	{ "a\x1b]0;x\x07", "a\\x1b]0;x\\x07" },
	{ "\xC2\x9B", "\\xc2\\x9b" },
	{ "a\xE2\x80\xAEtxt.exe", "a\\xe2\\x80\\xaetxt.exe" }, /* U+202E */
	{ "\xE2\x80\xA8", "\\xe2\\x80\\xa8" },                 /* U+2028 */
	{ "\xFF\xEF\xBF", "\\xff\\xef\\xbf" },                 /* cut short */
	{ "\xEF\xBF\xBD \xC3\xA9", "\xEF\xBF\xBD \xC3\xA9" },
};

START_TEST(names_are_masked)
{
	struct buf out = { 0 };

	diag_mask(&out, span_c(masked[_i].name));
	same(&out, masked[_i].shown);
}
END_TEST

START_TEST(quiet_still_counts)
{
	struct diag d = { .prog = "p", .quiet = true };

	diag_reject(&d, here, "date", SPAN("raw"), "x");
	diag_unreadable(&d, here, "y");
	diag_fail(&d, here, "date", "z");
	ck_assert_uint_eq(d.err.n, 0);
	ck_assert_uint_eq(d.count.rejected + d.count.unreadable + d.count.failed, 3);
}
END_TEST

START_TEST(dead_letters)
{
	struct diag d = { .prog = "p", .keep_dead = true, .quiet = true };
	struct where w = { .file = "f", .line = 2, .col = 1 };

	diag_reject(&d, w, "read", SPAN("{\"a\":\n"), "bad \"x\"");
	diag_reject(&d, w, "read", SPAN("a\xFF"), "no text");
	diag_reject_long(&d, w, 10, 999, 100);
	same(&d.dead, "{\"file\":\"f\",\"line\":2,\"stage\":\"read\",\"error\":\"bad "
		      "\\\"x\\\"\",\"raw\":\"{\\\"a\\\":\\n\"}\n"
		      "{\"file\":\"f\",\"line\":2,\"stage\":\"read\",\"error\":\"no "
		      "text\",\"raw64\":\"Yf8=\"}\n"
		      "{\"file\":\"f\",\"line\":2,\"stage\":\"read\",\"error\":\"record of 999 "
		      "bytes is longer than "
		      "--max-record (100)\",\"offset\":10,\"length\":999}\n");
	ck_assert_uint_eq(d.count.read, 1);
	buf_free(&d.err);
}
END_TEST

START_TEST(merged_in_order)
{
	struct diag all = { .prog = "p" }, one = { .prog = "p" }, two = { .prog = "p" };

	diag_warn(&two, (struct where){ 0 }, "2");
	diag_reject(&one, (struct where){ 0 }, "s", SPAN(""), "1");
	one.count.read = 5;
	one.count.written = 4;
	diag_merge(&all, &one);
	diag_merge(&all, &two);
	ck_assert_uint_eq(one.err.n + one.count.rejected, 0);
	ck_assert_uint_eq(all.count.read, 5);
	same(&all.err, "p: 1; record rejected\np: 2\n");
	buf_free(&one.err);
	buf_free(&two.err);
}
END_TEST

START_TEST(balance_is_checked)
{
	struct diag d = { .prog = "p",
		.count = { .read = 3, .written = 2, .rejected = 1, .files = 1 } };
	struct buf b = { 0 };

	ck_assert(diag_stats(&d, false, 0, &b));
	same(&b, "p: 3 read = 2 written + 0 filtered + 1 rejected; 1 file; 0.0 s, 0.0 MB/s\n");
	d.count.written = 1;
	ck_assert(!diag_stats(&d, true, 0, &b));
	ck_assert(b.n > 0);
	buf_free(&b);
}
END_TEST

static const struct {
	const char *typed, *near;
} guess[] = { { "sentneces", "sentences" }, { "zoen", "zone" }, { "zne", "zone" },
	{ "ntag-entitiy", "ntag-entity" }, { "banana", NULL }, { "", NULL }, { "z", NULL },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "a",
	    NULL } };

START_TEST(did_you_mean)
{
	static const char *const names[] = { "sentences", "zone", "ntag-entity", NULL };
	const char *near = diag_near(guess[_i].typed, names);

	if (guess[_i].near == NULL)
		ck_assert_ptr_null(near);
	else
		ck_assert_pstr_eq(near, guess[_i].near);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("diag");
	TCase *t = tcase_create("diag");
	SRunner *run = srunner_create(s);
	int failed;

	tcase_add_test(t, form_of_a_message);
	tcase_add_test(t, places_left_out);
	tcase_add_loop_test(t, names_are_masked, 0, sizeof(masked) / sizeof(masked[0]));
	tcase_add_test(t, quiet_still_counts);
	tcase_add_test(t, dead_letters);
	tcase_add_test(t, merged_in_order);
	tcase_add_test(t, balance_is_checked);
	tcase_add_loop_test(t, did_you_mean, 0, sizeof(guess) / sizeof(guess[0]));
	suite_add_tcase(s, t);
	srunner_run_all(run, CK_ENV);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	return failed > 0;
}
