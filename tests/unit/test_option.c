/* test_option.c - values of every type, the command line, and the lists made from a table. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "option.h"
#include "program.h"

static const struct opt table[] = {
	{ "plain", 'p', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "a switch" },
	{ "text", 't', OPT_TEXT, "TEXT", "none", NULL, 0, 0, "some text" },
	{ "count", 'n', OPT_INT, "N", "3", NULL, 1, 20, "a number" },
	{ "size", 0, OPT_SIZE, "SIZE", "64M", NULL, 1024, 2147483647, "a size" },
	{ "share", 0, OPT_NUMBER, "R", NULL, NULL, 0, 1, "a share" },
	{ "form", 0, OPT_ENUM, "FORM", "json", "json|text|tsv", 0, 0, "one word" },
	{ "only", 0, OPT_LIST, "LABELS", NULL, "PERSON|ORG|GPE", 0, 0, "some words" },
	{ "day", 0, OPT_DATE, "DATE", NULL, NULL, 0, 0, "a date" },
	{ "path", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0, "a file" },
	{ "stats", 0, OPT_MAYBE, "FORM", "text", "text|json", 0, 0, "perhaps a word" },
	{ 0 },
};

static const struct {
	const char *name, *value;
	bool ok;
	const char *says; /* part of the message */
} values[] = {
	{ "count", "3", true, NULL },
	{ "count", "1", true, NULL },
	{ "count", "20", true, NULL },
	{ "count", "0", false, "from 1 to 20" },
	{ "count", "21", false, "from 1 to 20" },
	{ "count", "", false, "whole number" },
	{ "count", "3x", false, "whole number" },
	{ "count", "3.5", false, "whole number" },
	{ "count", " 3", false, "whole number" },
	{ "count", "+3", false, "whole number" },
	{ "count", "99999999999999999999", false, "whole number" },
	{ "size", "1024", true, NULL },
	{ "size", "64M", true, NULL },
	{ "size", "64MiB", true, NULL },
	{ "size", "1G", true, NULL },
	{ "size", "1K", true, NULL },
	{ "size", "2G", false, "from" },
	{ "size", "64X", false, "size such as" },
	{ "size", "M", false, "size such as" },
	{ "size", "-1", false, "size such as" },
	{ "size", "9999999999999G", false, "size such as" },
	{ "share", "0.5", true, NULL },
	{ "share", "nan", false, "number" },
	{ "share", "half", false, "number" },
	{ "form", "tsv", true, NULL },
	{ "form", "tvs", false, "did you mean \"tsv\"" },
	{ "form", "", false, "one of" },
	{ "form", "json|text", false, "one of" },
	{ "only", "PERSON", true, NULL },
	{ "only", "PERSON,GPE", true, NULL },
	{ "only", "PERSON,,GPE", false, "one of" },
	{ "only", "PRESON", false, "did you mean \"PERSON\"" },
	{ "day", "2021-12-04", true, NULL },
	{ "day", "2021-12-04T10:00", true, NULL },
	{ "day", "2021-02-30", false, "a date" },
	{ "day", "2020-02-29", true, NULL },
	{ "day", "2021-12-4", false, "a date" },
	{ "day", "", false, "a date" },
	{ "day", "0000-01-01", false, "a date" },
	{ "day", "2021-12-04 10:00", false, "a date" },
	{ "day", "2021-12-04T", false, "a date" },
	{ "day", "2021-12-04Tnoon", false, "a date" },
	{ "day", "2021-12-04T10:00:00+", false, "a date" },
	{ "day", "2021-12-04T10", true, "" },
	{ "day", "2021-12-04T10:00Z", true, "" },
	{ "day", "2021-12-04T10:00:00.123-05:30", true, "" },
	{ "day", "2021-12-04T100000+0100", true, "" },
	{ "path", "x", true, NULL },
	{ "path", "", false, "empty" },
	{ "plain", "true", true, NULL },
	{ "plain", "false", true, NULL },
	{ "plain", "yes", false, "true or false" },
	{ "text", "", true, NULL },
};

START_TEST(value_of_type)
{
	struct opts o = { .table = table };
	char what[256] = "";
	bool ok = opts_set(&o, opt_find(table, values[_i].name), values[_i].value, what);

	ck_assert_msg(ok == values[_i].ok, "%s=%s: %s", values[_i].name, values[_i].value, what);
	if (!ok)
		ck_assert_msg(strstr(what, values[_i].says) != NULL, "%s", what);
	ck_assert_int_eq(opts_given(&o, values[_i].name), ok);
}
END_TEST

START_TEST(defaults)
{
	struct opts o = { .table = table };

	ck_assert_int_eq(opts_int(&o, "count"), 3);
	ck_assert_uint_eq(opts_size(&o, "size"), 64 << 20);
	ck_assert_str_eq(opts_text(&o, "form"), "json");
	ck_assert_ptr_null(opts_text(&o, "path"));
	ck_assert(!opts_on(&o, "plain") && !opts_has(&o, "only", "ORG"));
}
END_TEST

static int
parse(struct opts *o, char **argv, int argc)
{
	static const struct diag d = { .prog = "test", .now = true };
	struct opt_group g = { "Options", o };

	return opts_parse(&g, 1, argc, argv, &d);
}

START_TEST(operands_anywhere)
{
	char a0[] = "prog", a1[] = "a", a2[] = "-pn", a3[] = "7", a4[] = "-", a5[] = "--form=tsv",
	     a6[] = "--", a7[] = "-b";
	char *argv[] = { a0, a1, a2, a3, a4, a5, a6, a7 };
	struct opts o = { .table = table };

	ck_assert_int_eq(parse(&o, argv, 8), 3);
	ck_assert_str_eq(argv[1], "a");
	ck_assert_str_eq(argv[2], "-");
	ck_assert_str_eq(argv[3], "-b");
	ck_assert(opts_on(&o, "plain"));
	ck_assert_int_eq(opts_int(&o, "count"), 7);
	ck_assert_str_eq(opts_text(&o, "form"), "tsv");
}
END_TEST

START_TEST(glued_and_optional)
{
	char a0[] = "prog", a1[] = "-n12", a2[] = "--stats", a3[] = "x", a4[] = "--text",
	     a5[] = "-y";
	char *argv[] = { a0, a1, a2, a3, a4, a5 };
	struct opts o = { .table = table };

	ck_assert_int_eq(parse(&o, argv, 6), 1);
	ck_assert_int_eq(opts_int(&o, "count"), 12);
	ck_assert_str_eq(opts_text(&o, "stats"), "text");
	ck_assert_str_eq(opts_text(&o, "text"), "-y");
}
END_TEST

/* Each ends with status 64. */
START_TEST(wrong_usage)
{
	static const char *const bad[] = { "--fromat=json", "--form", "-x", "--count=x",
		"--plain=maybe", "--pla", "-n" };
	char a0[] = "prog", a1[32];
	char *argv[] = { a0, a1 };
	struct opts o = { .table = table };

	snprintf(a1, sizeof(a1), "%s", bad[_i]);
	parse(&o, argv, 2);
}
END_TEST

/* Every list names every option, and help fits a terminal. */
START_TEST(lists_name_all)
{
	static const char *const shell[] = { "bash", "zsh", "fish", "mdoc", "help" };
	struct opts o = { .table = program_option };
	struct opt_group g = { "Options", &o };
	struct buf out = { 0 };

	if (strcmp(shell[_i], "help") == 0)
		opts_help(&g, 1, &out);
	else
		program_complete(shell[_i], "ntag-test", &g, 1, &out);
	buf_char(&out, '\0');
	for (const struct opt *w = program_option; w->name != NULL; w++)
		ck_assert_msg(strstr(out.p, w->name) != NULL, "%s: %s", shell[_i], w->name);
	buf_free(&out);
}
END_TEST

/* No two options of a program share a name or a letter, and all have a help line. */
START_TEST(common_table_is_sound)
{
	for (const struct opt *a = program_option; a->name != NULL; a++) {
		ck_assert(a->help != NULL && (a->arg != NULL) == (a->type != OPT_SWITCH));
		for (const struct opt *b = a + 1; b->name != NULL; b++)
			ck_assert(strcmp(a->name, b->name) != 0 &&
				  (a->letter == 0 || a->letter != b->letter));
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("option");
	TCase *t = tcase_create("option");
	SRunner *run = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, value_of_type, 0, sizeof(values) / sizeof(values[0]));
	tcase_add_test(t, defaults);
	tcase_add_test(t, operands_anywhere);
	tcase_add_test(t, glued_and_optional);
	tcase_add_loop_exit_test(t, wrong_usage, STATUS_USAGE, 0, 7);
	tcase_add_loop_test(t, lists_name_all, 0, 5);
	tcase_add_test(t, common_table_is_sound);
	suite_add_tcase(s, t);
	srunner_run_all(run, CK_ENV);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	return failed > 0;
}
