/* test_run_expect.c - trees of the pipeline file against JSON. */
#include <stdlib.h>

#include "expect.h"
#include "run_plan.h"

static const struct {
	const char *name, *yaml, *json;
} trees[] = {
	{ "text and numbers", "{id: a, n: 1.10, text: 12, big: 1e400}",
	    "{\"id\":\"a\",\"n\":1.10,\"text\":\"12\",\"big\":1e400}" },
	{ "no Norway", "[NO, no, yes, 017, 12:30, ~, 0x10]",
	    "[\"NO\",\"no\",\"yes\",\"017\",\"12:30\",\"~\",\"0x10\"]" },
	{ "literals", "[true, false, null, -0, 'true', \"1\"]",
	    "[true,false,null,-0,\"true\",\"1\"]" },
	{ "text inside lists", "{value: [1, 2]}", "{\"value\":[\"1\",\"2\"]}" },
	{ "empty", "{a: , b: {}, c: []}", "{\"a\":\"\",\"b\":{},\"c\":[]}" },
	{ "escapes", "{a: \"x\\ty\\\"\"}", "{\"a\":\"x\\ty\\\"\"}" },
};

static const struct node *
tree(const char *yaml, struct arena *a)
{
	struct faults f = { .file = "t", .arena = a };
	const struct node *n = node_read(span_c(yaml), &f);

	ck_assert_uint_eq(f.n_fault, 0);
	return n;
}

START_TEST(as_json)
{
	struct arena a = { 0 };
	struct buf out = { 0 };

	expect_put(tree(trees[_i].yaml, &a), &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.p, trees[_i].json);
	buf_free(&out);
	arena_free(&a);
}
END_TEST

static const struct {
	const char *want, *got, *diff, *projected;
} cases[] = {
	{ "{id: a}", "{\"id\":\"a\",\"x\":1}", "", "{\"id\": \"a\"}" },
	{ "{n: 1.10}", "{\"n\":1.10}", "", "{\"n\": 1.10}" },
	{ "{n: 1.1}", "{\"n\":1.10}", "- n: 1.1\n+ n: 1.10\n", "{\"n\": 1.10}" },
	{ "{n: \"1\"}", "{\"n\":1}", "- n: \"1\"\n+ n: 1\n", "{\"n\": 1}" },
	{ "{n: 1}", "{\"n\":\"1\"}", "", "{\"n\": \"1\"}" },
	{ "{a: null}", "{}", "", "{}" },
	{ "{a: null}", "{\"a\":null}", "", "{\"a\": null}" },
	{ "{a: x}", "{}", "- a: \"x\"\n+ a: (absent)\n", "{}" },
	{ "{a: [{b: 1}]}", "{\"a\":[{\"b\":1,\"c\":2}]}", "", "{\"a\": [{\"b\": 1}]}" },
	{ "{a: [{b: 1}]}", "{\"a\":[{\"b\":2},{\"b\":3}]}",
	    "- a: [{\"b\":1}]\n+ a: [{\"b\":2},{\"b\":3}]\n", "{\"a\": [{\"b\": 2}, {\"b\": 3}]}" },
	{ "{a: []}", "{\"a\":[{\"b\":2}]}", "- a: []\n+ a: [{\"b\":2}]\n", "{\"a\": [{\"b\":2}]}" },
	{ "{a: {b: [x, y]}}", "{\"a\":{\"b\":[\"x\",\"z\"]}}", "- a.b[1]: \"y\"\n+ a.b[1]: \"z\"\n",
	    "{\"a\": {\"b\": [\"x\", \"z\"]}}" },
	{ "{a: {b: 1}}", "{\"a\":\"s\"}", "- a: {\"b\":1}\n+ a: \"s\"\n", "{\"a\": \"s\"}" },
	{ "{a: x}", "{\"a\":{}}", "- a: \"x\"\n+ a: {}\n", "{\"a\": {}}" },
	{ "{\"k e\": v}", "{\"k\\u0020e\":\"\\u0076\"}", "", "{\"k e\": \"\\u0076\"}" },
};

START_TEST(matching)
{
	struct arena a = { 0 };
	struct buf diff = { 0 }, part = { 0 };
	const struct node *want = tree(cases[_i].want, &a);
	bool same = expect_match(want, span_c(cases[_i].got), &a, &diff);

	buf_char(&diff, '\0');
	expect_project(want, span_c(cases[_i].got), &a, &part);
	buf_char(&part, '\0');
	ck_assert_str_eq(diff.p, cases[_i].diff);
	ck_assert_int_eq(same, cases[_i].diff[0] == '\0');
	ck_assert_str_eq(part.p, cases[_i].projected);
	buf_free(&diff);
	buf_free(&part);
	arena_free(&a);
}
END_TEST

START_TEST(long_values_are_cut_between_characters)
{
	struct arena a = { 0 };
	struct buf json = { 0 }, diff = { 0 };

	buf_str(&json, "{\"a\":\"");
	for (int i = 0; i < 200; i++)
		buf_str(&json, "\xC3\xA9");
	buf_str(&json, "\"}");
	ck_assert(!expect_match(tree("{a: x}", &a), buf_span(&json), &a, &diff));
	/* 299 bytes: the 300th is the second half of a character */
	ck_assert_uint_eq(diff.n, strlen("- a: \"x\"\n+ a: ") + 299 + strlen("...\n"));
	buf_free(&json);
	buf_free(&diff);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_expect");
	TCase *t = tcase_create("expect");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, as_json, 0, sizeof(trees) / sizeof(trees[0]));
	tcase_add_loop_test(t, matching, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(t, long_values_are_cut_between_characters);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
