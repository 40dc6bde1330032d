/* test_run_log.c - lines of the log, numbers of a run as text, JSON and metrics, dead letters opened again. */
#include <check.h>
#include <stdlib.h>

#include "json.h"
#include "letter.h"
#include "log.h"
#include "report.h"

static const struct {
	bool json;
	const char *path, *text, *line;
} lines[] = {
	{ false, NULL, "ntag-run: a: b", "ntag-run: a: b\n" },
	{ false, "f", "x", "2021-12-04T10:00:00Z x\n" },
	{ true, NULL, "ntag-run: in/a b.jsonl:12:3: text must be a string; record rejected",
	    "{\"time\":\"2021-12-04T10:00:00Z\",\"level\":\"warning\",\"pipeline\":\"p\","
	    "\"file\":\"in/a b.jsonl\",\"line\":12,\"col\":3,\"message\":\"text must be a string; "
	    "record rejected\"}\n" },
	{ true, NULL, "ntag-run: a:7: x: y",
	    "{\"time\":\"2021-12-04T10:00:00Z\",\"level\":\"warning\",\"pipeline\":\"p\","
	    "\"file\":\"a\",\"line\":7,\"message\":\"x: y\"}\n" },
	{ true, NULL, "ntag-run: no place: 12: x",
	    "{\"time\":\"2021-12-04T10:00:00Z\",\"level\":\"warning\",\"pipeline\":\"p\","
	    "\"message\":\"no place: 12: x\"}\n" },
	{ true, NULL, "from \"jq\": 1",
	    "{\"time\":\"2021-12-04T10:00:00Z\",\"level\":\"warning\",\"pipeline\":\"p\","
	    "\"message\":\"from \\\"jq\\\": 1\"}\n" },
	{ true, NULL, "{\"level\":\"info\"}",
	    "{\"time\":\"2021-12-04T10:00:00Z\",\"level\":\"info\"}\n" },
	{ true, NULL, "{\"torn\":",
	    "{\"time\":\"2021-12-04T10:00:00Z\",\"level\":\"warning\",\"pipeline\":\"p\","
	    "\"message\":\"{\\\"torn\\\":\"}\n" },
	{ true, NULL, "",
	    "{\"time\":\"2021-12-04T10:00:00Z\",\"level\":\"warning\",\"pipeline\":\"p\","
	    "\"message\":\"\"}\n" },
};

START_TEST(line)
{
	struct log_how how = { lines[_i].json, lines[_i].path, "p" };
	struct buf out = { 0 };

	log_put(&how, span_c(lines[_i].text), "2021-12-04T10:00:00Z", &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.p, lines[_i].line);
	buf_free(&out);
}
END_TEST

static struct report
report(void)
{
	struct report r = { .name = "digest",
		.count = { .read = 1204,
		    .written = 1187,
		    .filtered = 12,
		    .rejected = 5,
		    .files = 41,
		    .bytes = 7140000 },
		.remembers = true,
		.found = { [STATE_NEW] = 38, [STATE_CHANGED] = 3, [STATE_KNOWN] = 960 },
		.seconds = 2.1,
		.share = -1,
		.errors = "out/errors.jsonl" };

	r.stage[0] = (struct report_stage){ .name = "read", .seconds = 0.1 };
	r.stage[1] = (struct report_stage){ "a \"b\\", 1204, 1187, 1, 1.5 };
	r.stage[2] = (struct report_stage){ .name = "write", .seconds = -1 };
	r.n_stage = 3;
	return r;
}

/* The line of PIPELINES section 4. */
START_TEST(closing_line)
{
	struct report r = report();
	struct buf out = { 0 };

	report_put_line(&r, &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.p,
	    "digest: 1,204 read = 1,187 written + 12 filtered + 5 rejected; 41 files "
	    "(3 changed, 960 known); 2.1 s, 3.4 MB/s; see out/errors.jsonl\n");
	buf_clear(&out);
	r.status = -1;
	r.share = 0.5;
	report_put_line(&r, &out);
	buf_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.p, "1,204 read so far, "));
	ck_assert_ptr_nonnull(strstr(out.p, ", 2 s left"));
	buf_free(&out);
}
END_TEST

START_TEST(json_is_whole)
{
	struct report r = report();
	struct buf out = { 0 };
	struct json j;
	struct span value;

	report_put_json(&r, _i == 0 ? NULL : "end", &out);
	ck_assert_uint_eq((size_t)out.p[out.n - 1], '\n');
	j = (struct json){ out.p, out.p + out.n - 1, NULL };
	ck_assert(json_value(&j, &value) && j.p == j.end);
	buf_free(&out);
}
END_TEST

START_TEST(metrics)
{
	struct report r = report();
	struct buf out = { 0 };

	report_put_metrics(&r, &out);
	buf_char(&out, '\0');
	ck_assert_ptr_nonnull(
	    strstr(out.p, "\nntag_records{pipeline=\"digest\",outcome=\"filtered\"} 12\n"));
	ck_assert_ptr_nonnull(
	    strstr(out.p, "\nntag_stage_records{pipeline=\"digest\",number=\"1\",stage=\"a "
			  "\\\"b\\\\\",what=\"out\"} 1187\n"));
	ck_assert_ptr_nonnull(
	    strstr(out.p, "\nntag_files{pipeline=\"digest\",what=\"known\"} 960\n"));
	ck_assert_ptr_null(strstr(out.p, "stage=\"write\""));
	buf_free(&out);
}
END_TEST

static const struct {
	const char *line;
	enum input_format format;
	int kind; /* of the unit, or -1: none */
	const char *file, *date, *body;
} letters[] = {
	{ "{\"file\":\"a\",\"line\":3,\"raw\":\"{\\\"id\\\":1}\"}", FORMAT_AUTO, UNIT_JSON, "a",
	    NULL, "{\"id\":1}" },
	{ "{\"file\":\"a\",\"line\":3,\"raw\":\"{\\\"id\\\":1}\"}", FORMAT_TEXT, UNIT_TEXT, "a",
	    NULL, "{\"id\":1}" },
	{ "{\"raw\":\" date 2021-12-04 Head\\n\\nBody.\"}", FORMAT_AUTO, UNIT_TEXT, "-",
	    "2021-12-04", NULL },
	{ "{\"raw64\":\"YWI=\"}", FORMAT_JSONL, UNIT_JSON, "-", NULL, "ab" },
	{ "{\"raw64\":\"\"}", FORMAT_AUTO, UNIT_TEXT, "-", NULL, "" },
	{ "{\"file\":\"a\",\"offset\":0,\"length\":9}", FORMAT_AUTO, -1, NULL, NULL, NULL },
	{ "{\"raw\":1}", FORMAT_AUTO, -1, NULL, NULL, NULL },
	{ "{\"raw\":\"x\"", FORMAT_AUTO, -1, NULL, NULL, NULL },
	{ "[]", FORMAT_AUTO, -1, NULL, NULL, NULL },
};

START_TEST(letter)
{
	struct arena a = { 0 };
	struct unit u;
	bool good = letter_unit(span_c(letters[_i].line), letters[_i].format, &a, &u);

	ck_assert(good == (letters[_i].kind >= 0));
	if (good) {
		ck_assert_int_eq((int)u.kind, letters[_i].kind);
		ck_assert_str_eq(u.where.file, letters[_i].file);
		if (letters[_i].date != NULL)
			ck_assert(span_is(u.date, letters[_i].date));
		if (letters[_i].body != NULL)
			ck_assert(span_is(u.raw, letters[_i].body));
	}
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_log");
	TCase *t = tcase_create("log");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, line, 0, sizeof(lines) / sizeof(lines[0]));
	tcase_add_test(t, closing_line);
	tcase_add_loop_test(t, json_is_whole, 0, 2);
	tcase_add_test(t, metrics);
	tcase_add_loop_test(t, letter, 0, sizeof(letters) / sizeof(letters[0]));
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
