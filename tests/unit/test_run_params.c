/* test_run_params.c - declared parameters, their types, and what is put in for ${...}. */
#include <check.h>
#include <stdlib.h>

#include "node.h"
#include "params.h"
#include "subst.h"

static const char declared[] = "t: {default: some text}\n"
			       "required: {type: text}\n"
			       "n: {type: int, default: 3, min: 1, max: 20}\n"
			       "p: {type: path, default: \"\"}\n"
			       "d: {type: date, default: today, min: \"2000-01-01\", max: +1d}\n"
			       "re: {type: regex, default: .}\n"
			       "b: {type: bool, default: \"false\"}\n"
			       "e: {type: enum, of: [red, green], default: red}\n"
			       "home: {type: path, default: \"${env.NTAG_TEST_HOME:-none}/x\"}\n";

struct fixture {
	struct arena arena;
	struct faults faults;
	struct params params;
};

static void
open_fixture(struct fixture *x, const char *yaml, const struct define *def, size_t n)
{
	struct defines d = { .at = def, .n = n, .lenient = true, .today = { 2021, 12, 4 } };

	*x = (struct fixture){ 0 };
	x->faults = (struct faults){ .file = "f", .arena = &x->arena };
	params_read(&x->params, node_read(span_c(yaml), &x->faults), &d, &x->faults);
}

static const struct {
	const char *name, *value;
	const char *want; /* the value, or the fault when it starts with -D */
} defines[] = {
	{ "t", "a b; $(c) `d` ${t} ' \"", "a b; $(c) `d` ${t} ' \"" },
	{ "t", "", "" },
	{ "t", "\xFF", "-D t: \"\xEF\xBF\xBD\" is not UTF-8" },
	{ "n", "20", "20" },
	{ "n", "-0", "-D n: \"-0\" is less than 1" },
	{ "n", "21", "-D n: \"21\" is more than 20" },
	{ "n", "x", "-D n: \"x\" is not a whole number" },
	{ "n", "3.0", "-D n: \"3.0\" is not a whole number" },
	{ "n", " 3", "-D n: \" 3\" is not a whole number" },
	{ "n", "99999999999999999999", "-D n: \"99999999999999999999\" is not a whole number" },
	{ "p", "../any thing\xFF", "../any thing\xFF" },
	{ "d", "today", "2021-12-04" },
	{ "d", "yesterday", "2021-12-03" },
	{ "d", "tomorrow", "2021-12-05" },
	{ "d", "-7d", "2021-11-27" },
	{ "d", "2020-02-29", "2020-02-29" },
	{ "d", "2021-02-29",
	    "-D d: \"2021-02-29\" is not a date (YYYY-MM-DD, today, yesterday, -7d)" },
	{ "d", "7d", "-D d: \"7d\" is not a date (YYYY-MM-DD, today, yesterday, -7d)" },
	{ "d", "-d", "-D d: \"-d\" is not a date (YYYY-MM-DD, today, yesterday, -7d)" },
	{ "d", "--7d", "-D d: \"--7d\" is not a date (YYYY-MM-DD, today, yesterday, -7d)" },
	{ "d", "-99999999d",
	    "-D d: \"-99999999d\" is not a date (YYYY-MM-DD, today, yesterday, -7d)" },
	{ "d", "1999-12-31", "-D d: \"1999-12-31\" is before 2000-01-01" },
	{ "d", "2021-12-06", "-D d: \"2021-12-06\" is after 2021-12-05" },
	{ "re", "(a|b)+", "(a|b)+" },
	{ "b", "true", "true" },
	{ "b", "yes", "-D b: \"yes\" is not true or false" },
	{ "e", "green", "green" },
	{ "e", "blue", "-D e: \"blue\" is not one of red, green" },
	{ "line", "3", "-D line: no such parameter" },
	{ "hom", "3", "-D hom: no such parameter; did you mean \"home\"?" },
};

START_TEST(definitions)
{
	struct define def = { span_c(defines[_i].name), defines[_i].value };
	struct fixture x;
	const char *got;

	open_fixture(&x, declared, &def, 1);
	if (x.faults.list.n > 0)
		got = arena_cstr(&x.arena, x.faults.list.at[0].what);
	else
		got = params_find(&x.params, def.name)->value;
	if (strcmp(defines[_i].want, "-D t: \"\xEF\xBF\xBD\" is not UTF-8") == 0)
		ck_assert(x.faults.n_fault == 1 && strstr(got, "is not UTF-8") != NULL);
	else
		ck_assert_str_eq(got, defines[_i].want);
	arena_free(&x.arena);
}
END_TEST

START_TEST(a_bad_pattern_says_where)
{
	struct define def = { SPAN("re"), "a(b" };
	struct fixture x;

	open_fixture(&x, declared, &def, 1);
	ck_assert_uint_eq(x.faults.n_fault, 1);
	ck_assert(span_starts(x.faults.list.at[0].what, SPAN("-D re: \"a(b\" is not a pattern: ")));
	arena_free(&x.arena);
}
END_TEST

static const struct {
	const char *yaml, *fault;
} wrong[] = {
	{ "n: {type: int, default: x}", "f:1:25: default of n: \"x\" is not a whole number\n" },
	{ "n: {type: int, min: x}", "f:1:21: min n: \"x\" is not a whole number\n" },
	{ "t: {min: 3}", "f:1:10: params.t.min is for int and date only\n" },
	{ "e: {type: enum}", "f:1:1: params.e.of must list the values of the enum\n" },
	{ "t: {of: [a]}", "f:1:9: params.t.of is for enum only\n" },
	{ "t: {type: txt}",
	    "f:1:11: params.t.type must be one of text, int, path, date, regex, bool, enum, not "
	    "\"txt\"; did you mean \"text\"?\n" },
	{ "t: {defalt: x}",
	    "f:1:5: unknown key \"defalt\" in params.t; did you mean \"default\"?\n" },
	{ "t: {default: [x]}", "f:1:14: params.t.default must be one value, not a list\n" },
	{ "t: x", "f:1:4: params.t must be a mapping\n" },
	{ "env: {}", "f:1:1: \"env\" cannot be the name of a parameter\n" },
	{ "a.b: {}", "f:1:1: \"a.b\" cannot be the name of a parameter\n" },
	{ "t: {default: \"${u}\"}",
	    "f:1:14: only ${env.NAME} may stand in a default, not \"u\"\n" },
	{ "t: {default: \"${env.NTAG_TEST_NO}\"}",
	    "f:1:14: environment variable \"NTAG_TEST_NO\" is not set\n" },
};

START_TEST(declarations)
{
	struct fixture x;
	struct buf out = { 0 };

	unsetenv("NTAG_TEST_NO");
	open_fixture(&x, wrong[_i].yaml, NULL, 0);
	fault_print(&x.faults, "", &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.p, wrong[_i].fault);
	buf_free(&out);
	arena_free(&x.arena);
}
END_TEST

START_TEST(required_ones_are_told_together)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	struct defines d = { .today = { 2021, 12, 4 } };
	struct params p;

	params_read(&p, node_read(SPAN("a: {}\nb: {default: x}\nc: {type: int}\n"), &f), &d, &f);
	ck_assert_uint_eq(f.n_fault, 2);
	ck_assert(span_is(f.list.at[0].what, "parameter \"a\" is required: -D a=VALUE"));
	ck_assert_uint_eq(f.list.at[1].at.line, 3);
	arena_free(&a);
}
END_TEST

static const struct {
	const char *text, *want; /* a fault when it starts with ! */
} given_text[] = {
	{ "plain", "plain" },
	{ "", "" },
	{ "${t}", "some text" },
	{ "a${n}b${n}c", "a3b3c" },
	{ "${t|slug}", "some-text" },
	{ "$t $ $$ $1 .events=[.dates[]|{value}]", "$t $ $$ $1 .events=[.dates[]|{value}]" },
	{ "$${t}", "${t}" },
	{ "x$${t}${n}$${", "x${t}3${" },
	{ "${env.NTAG_TEST_HOME}", "/home/x" },
	{ "${env.NTAG_TEST_HOME:-else}", "/home/x" },
	{ "${env.NTAG_TEST_NO:-else}", "else" },
	{ "${env.NTAG_TEST_NO:-}", "" },
	{ "${env.NTAG_TEST_EMPTY:-else}", "else" },
	{ "${home}", "/home/x/x" },
	{ "${env.NTAG_TEST_NO}", "!environment variable \"NTAG_TEST_NO\" is not set" },
	{ "${tt}", "!undefined parameter \"tt\"; did you mean \"t\"?" },
	{ "${}", "!undefined parameter \"\"" },
	{ "${t|upper}", "!unknown form \"upper\" in ${t|upper}; there is only |slug" },
	{ "a ${t", "!unterminated ${" },
};

START_TEST(substitution)
{
	struct fixture x;
	struct pieces p;

	setenv("NTAG_TEST_HOME", "/home/x", 1);
	setenv("NTAG_TEST_EMPTY", "", 1);
	unsetenv("NTAG_TEST_NO");
	open_fixture(&x, declared, NULL, 0);
	if (*given_text[_i].want != '!') {
		ck_assert(
		    subst_cut(given_text[_i].text, (struct at){ 1, 1 }, &x.params, &x.faults, &p));
		ck_assert_str_eq(subst_join(&p, &x.arena), given_text[_i].want);
	} else {
		ck_assert(
		    !subst_cut(given_text[_i].text, (struct at){ 1, 1 }, &x.params, &x.faults, &p));
		ck_assert_str_eq(
		    arena_cstr(&x.arena, x.faults.list.at[0].what), given_text[_i].want + 1);
	}
	arena_free(&x.arena);
}
END_TEST

START_TEST(a_value_is_never_looked_into)
{
	struct define def = { SPAN("t"), "${n} $${n} {date} *" };
	struct fixture x;
	struct pieces p;

	open_fixture(&x, declared, &def, 1);
	ck_assert(subst_cut("<${t}>", (struct at){ 1, 1 }, &x.params, &x.faults, &p));
	ck_assert_str_eq(subst_join(&p, &x.arena), "<${n} $${n} {date} *>");
	ck_assert_uint_eq(p.list.n, 3);
	ck_assert(!p.list.at[0].value && p.list.at[1].value && !p.list.at[2].value);
	arena_free(&x.arena);
}
END_TEST

START_TEST(absent_and_unknown)
{
	struct fixture x;
	struct pieces p;
	struct at at = { 1, 1 };

	open_fixture(&x, declared, NULL, 0);
	ck_assert(subst_cut("${p}", at, &x.params, &x.faults, &p) && subst_is_absent(&p));
	ck_assert(subst_cut("${p}${p}", at, &x.params, &x.faults, &p) && !subst_is_absent(&p));
	ck_assert(subst_cut("", at, &x.params, &x.faults, &p) && !subst_is_absent(&p));
	ck_assert(subst_cut("${t}", at, &x.params, &x.faults, &p) && !p.unknown);
	ck_assert(subst_cut("a${required}", at, &x.params, &x.faults, &p) && p.unknown);
	ck_assert_uint_eq(x.faults.n_fault, 0);
	arena_free(&x.arena);
}
END_TEST

static const struct {
	const char *in, *out;
} slugs[] = { { "Joe Biden, 2021", "joe-biden-2021" }, { "--a--", "a" },
	{ "\xC3\x89lys\xC3\xA9"
	  "e",
	    "lys-e" },
	{ "../../etc", "etc" }, { "", "" }, { "!?", "" } };

START_TEST(slug)
{
	struct arena a = { 0 };

	ck_assert_str_eq(subst_slug(span_c(slugs[_i].in), &a).p, slugs[_i].out);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_params");
	TCase *t = tcase_create("params");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, definitions, 0, sizeof(defines) / sizeof(defines[0]));
	tcase_add_test(t, a_bad_pattern_says_where);
	tcase_add_loop_test(t, declarations, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(t, required_ones_are_told_together);
	tcase_add_loop_test(t, substitution, 0, sizeof(given_text) / sizeof(given_text[0]));
	tcase_add_test(t, a_value_is_never_looked_into);
	tcase_add_test(t, absent_and_unknown);
	tcase_add_loop_test(t, slug, 0, sizeof(slugs) / sizeof(slugs[0]));
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
