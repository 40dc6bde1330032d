/* test_run_shell.c - the pipeline for sh: quoting, and what stands where. */
#include <stdlib.h>

#include "run_plan.h"
#include "shell.h"

static const struct {
	const char *word, *quoted;
} words[] = {
	{ "plain-1.5_@%+=:,/x", "plain-1.5_@%+=:,/x" },
	{ "", "''" },
	{ "a b", "'a b'" },
	{ "--ent=PERSON=Putin; rm -rf ~ $(id)", "'--ent=PERSON=Putin; rm -rf ~ $(id)'" },
	{ "it's", "'it'\\''s'" },
	{ "'", "''\\'''" },
	{ "a\nb", "'a\nb'" },
	{ "~", "'~'" },
	{ "\xC3\xA9", "'\xC3\xA9'" },
	{ "a*", "'a*'" },
	{ "#", "'#'" },
	{ "!", "'!'" },
	{ "{a,b}", "'{a,b}'" },
};

START_TEST(quoting)
{
	struct buf out = { 0 };

	shell_word(words[_i].word, &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.p, words[_i].quoted);
	buf_free(&out);
}
END_TEST

static const struct {
	const char *text, *shell; /* behind "ntag: 1\n" */
} cases[] = {
	{ "stages: [ntag-split]\n", "ntag-split" },
	{ "input: {files: [-]}\nstages: [ntag-split, ntag-entity]\n",
	    "ntag-split -- a 'b c' | ntag-entity" },
	{ "stages: [{ntag-split: {by: sentence, no-split-quotes: true}}]\n",
	    "ntag-split --by=sentence --no-split-quotes" },
	{ "input: {format: news, max-record: 1M}\nstages: [ntag-split, ntag-entity]\n",
	    "ntag-split --format=news --max-record=1048576 | ntag-entity --max-record=4194304" },
	{ "stages: [ntag-split]\nerrors: {to: e/bad, record: fail}\n",
	    "mkdir -p -- e && ntag-split --strict --errors=e/bad" },
	{ "stages: [ntag-split]\noutput: [{file: o/x.jsonl}]\n",
	    "mkdir -p -- o && ntag-split >o/x.jsonl" },
	{ "stages: [ntag-split]\noutput: [{file: x y, as: tsv, header: true}]\n",
	    "ntag-split --output=tsv --header >'x y'" },
	{ "stages: [ntag-split]\noutput: [{file: x, write: append}]\n", "ntag-split >>x" },
	{ "stages: [ntag-split]\noutput: [{file: -, as: text}]\n", "ntag-split --output=text" },
	{ "stages: [ntag-split]\noutput: [{file: \"{id}\"}]\n",
	    "ntag-split | ntag-run write -D p='x y' -- f.yaml" },
	{ "stages: [ntag-split]\noutput: [{file: a.gz}]\n",
	    "ntag-split | ntag-run write -D p='x y' -- f.yaml" },
	{ "stages: [ntag-split]\noutput: [{file: a}, {file: b}]\n",
	    "ntag-split | ntag-run write -D p='x y' -- f.yaml" },
	{ "stages: [ntag-split, exec: [jq, -c, .], ntag-entity]\n",
	    "ntag-split | jq -c . | ntag-entity --format=jsonl" },
	{ "stages: [exec: [cat], ntag-split]\n",
	    "ntag-run read -D p='x y' -- f.yaml | cat | ntag-split --format=jsonl" },
	{ "stages: [ntag-split, exec: [\"echo\", \"$(id)\"]]\n",
	    "ntag-split | env echo '$(id)' | ntag-run write -D p='x y' -- f.yaml" },
	{ "stages: [ntag-split, exec: [/bin/echo]]\n",
	    "ntag-split | /bin/echo | ntag-run write -D p='x y' -- f.yaml" },
};

/* Words of the command line are quoted as a whole: -D 'p=x y'. */
static void
expect(const char *want, struct buf *out)
{
	for (; *want != '\0'; want++) {
		if (strncmp(want, "p='x y'", 7) == 0) {
			buf_str(out, "'p=x y'");
			want += 6;
		} else {
			buf_char(out, *want);
		}
	}
	buf_str(out, "\n");
	buf_char(out, '\0');
}

START_TEST(pipelines)
{
	const struct define def = { SPAN("p"), "x y" };
	struct plan_how how = plan_how_of(&def, 1);
	struct shell_how shell = { .defines = &how.defines };
	struct plan p;
	struct buf text = { 0 }, out = { 0 }, want = { 0 };

	buf_fmt(&text, "ntag: 1\nparams: {p: {}}\n%s", cases[_i].text);
	plan_parse(&p, "f.yaml", buf_span(&text), &how);
	ck_assert_str_eq(plan_faults(&p, &out), "");
	p.standard_input = p.files.n == 0;
	if (p.files.n > 0) {
		VEC_PUSH(&p.arena, &p.names.list, arena_cstr(&p.arena, SPAN("a")));
		VEC_PUSH(&p.arena, &p.names.list, arena_cstr(&p.arena, SPAN("b c")));
	}
	buf_clear(&out);
	shell_put(&p, &shell, &out);
	buf_char(&out, '\0');
	expect(cases[_i].shell, &want);
	ck_assert_str_eq(out.p, want.p);
	buf_free(&text);
	buf_free(&out);
	buf_free(&want);
	plan_free(&p);
}
END_TEST

/* More names than fit behind a command come by --files0-from (FAULTS B10); no name at all is not standard input. */
START_TEST(many_and_no_names)
{
	struct plan_how how = plan_how_of(NULL, 0);
	struct shell_how shell = { .defines = &how.defines };
	struct plan p;
	struct buf out = { 0 };

	plan_parse(&p, "f.yaml", SPAN("ntag: 1\nstages: [ntag-split]\n"), &how);
	shell_put(&p, &shell, &out);
	ck_assert(span_is(buf_span(&out), "ntag-split --files0-from=/dev/null\n"));
	buf_clear(&out);
	for (int i = 0; i < 20000; i++)
		VEC_PUSH(&p.arena, &p.names.list, arena_cstr(&p.arena, SPAN("a.txt")));
	shell_put(&p, &shell, &out);
	ck_assert(span_starts(buf_span(&out), SPAN("printf '%s\\0' a.txt a.txt ")));
	ck_assert(span_ends(buf_span(&out), SPAN(" a.txt | ntag-split --files0-from=-\n")));
	buf_free(&out);
	plan_free(&p);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_shell");
	TCase *t = tcase_create("shell");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, quoting, 0, sizeof(words) / sizeof(words[0]));
	tcase_add_loop_test(t, pipelines, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(t, many_and_no_names);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
