/* test_run_node.c - YAML into nodes; what is refused, and where. */
#include <check.h>
#include <stdlib.h>

#include "node.h"

static const struct {
	const char *name, *text, *fault; /* of the file "f" */
} refused[] = {
	{ "anchor", "a: &x [1]\n", "f:1:4: anchors and aliases are not allowed\n" },
	{ "alias", "- *x\n", "f:1:3: anchors and aliases are not allowed\n" },
	{ "bomb", "a: &a [&a [*a]]\n", "f:1:4: anchors and aliases are not allowed\n" },
	{ "anchored key", "&k a: 1\n", "f:1:1: anchors and aliases are not allowed\n" },
	{ "tag", "a: !!python/object:x {}\n", "f:1:4: tags are not allowed\n" },
	{ "include", "a:\n  !include b.yaml\n", "f:2:3: tags are not allowed\n" },
	{ "standard tag", "a: !!str 1\n", "f:1:4: tags are not allowed\n" },
	{ "merge", "<<: {a: 1}\n", "f:1:1: merge keys are not allowed\n" },
	{ "second document", "a: 1\n---\nb: 1\n", "f:2:1: a second document is not allowed\n" },
	{ "key is a list", "? [a]\n: 1\n", "f:1:3: a key must be plain text\n" },
	{ "key is a mapping", "{{a: 1}: 2}\n", "f:1:2: a key must be plain text\n" },
	{ "empty", "", "f:1:1: the file is empty\n" },
	{ "only a comment", "# nothing\n", "f:1:1: the file is empty\n" },
	{ "bad UTF-8", "a: 1\nb: \xC3\xA9\xFF\n", "f:2:5: invalid UTF-8\n" },
	{ "control character", "a: b\x01\n",
	    "f:1:5: invalid YAML: control characters are not allowed\n" },
	{ "NUL by escape", "a: \"x\\0y\"\n", "f:1:4: a NUL byte is not allowed\n" },
	{ "tab", "a:\n\tb: 1\n",
	    "f:2:1: invalid YAML: found character that cannot start any token (while scanning for "
	    "the next token)\n" },
	{ "17 deep", "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n",
	    "f:1:17: nested more than 16 deep\n" },
	{ "doubled", "a: 1\nb: 2\na: 3\n", "f:3:1: duplicate key \"a\"\n" },
	{ "doubled twice", "a: 1\n\"a\": 2\n'a': 3\n",
	    "f:2:1: duplicate key \"a\"\nf:3:1: duplicate key \"a\"\n" },
	{ "doubled below", "x:\n  - {b: 1, c: 2, b: 3}\n", "f:2:18: duplicate key \"b\"\n" },
};

START_TEST(refuses)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	struct buf out = { 0 };

	node_read(span_c(refused[_i].text), &f);
	fault_print(&f, "", &out);
	buf_char(&out, '\0');
	ck_assert_msg(strcmp(out.p, refused[_i].fault) == 0, "%s: %s", refused[_i].name, out.p);
	buf_free(&out);
	arena_free(&a);
}
END_TEST

/* Every scalar is text: what other readers make of these is the "Norway problem" (FAULTS C5). */
static const char *const scalars[] = { "NO", "1.10", "12:30:00", "017", "~", "null", "0x1F", "1e3",
	"true", "2021-12-04", "=" };

START_TEST(scalars_are_text)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	const struct node *n = node_read(arena_fmt(&a, "k: [%s]\n", scalars[_i]), &f);

	ck_assert_uint_eq(f.n_fault, 0);
	ck_assert_str_eq(node_get(n, "k")->item.at[0]->text, scalars[_i]);
	arena_free(&a);
}
END_TEST

START_TEST(places_and_kinds)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	const struct node *n =
	    node_read(SPAN("\xEF\xBB\xBF\xC3\xA9: x\nlist:\n  - one\n  - {k: 'v', e: }\n"), &f);
	const struct node *list;

	ck_assert_ptr_nonnull(n);
	ck_assert_uint_eq(n->pair.n, 2);
	ck_assert_uint_eq(n->pair.at[0].value->at.col, 4); /* characters, not bytes */
	list = node_get(n, "list");
	ck_assert_int_eq(list->kind, NODE_LIST);
	ck_assert_uint_eq(list->item.at[1]->at.line, 4);
	ck_assert_uint_eq(list->item.at[1]->pair.at[0].at.col, 6);
	ck_assert(!list->item.at[1]->pair.at[0].value->plain);
	ck_assert_str_eq(node_get(list->item.at[1], "e")->text, "");
	ck_assert_ptr_null(node_get(n, "none"));
	ck_assert_ptr_null(node_get(list, "none"));
	arena_free(&a);
}
END_TEST

/* 16 deep is read, and the size is looked at before anything else (FAULTS C6, C7). */
START_TEST(limits)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	char *big = arena_alloc(&a, NODE_SIZE_MAX + 2, 1);

	ck_assert_ptr_nonnull(node_read(SPAN("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"), &f));
	memset(big, '[', NODE_SIZE_MAX + 1);
	ck_assert_ptr_null(node_read((struct span){ big, NODE_SIZE_MAX + 1 }, &f));
	ck_assert(span_is(f.list.at[0].what, "longer than 1 MiB"));
	ck_assert_ptr_null(node_read((struct span){ big, NODE_SIZE_MAX }, &f));
	ck_assert(span_is(f.list.at[1].what, "nested more than 16 deep"));
	arena_free(&a);
}
END_TEST

START_TEST(too_many_faults_are_counted)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	struct buf text = { 0 }, out = { 0 };

	for (int i = 0; i < 300; i++)
		buf_str(&text, "a: 1\n");
	node_read(buf_span(&text), &f);
	ck_assert_uint_eq(f.n_fault, 299);
	ck_assert_uint_eq(f.list.n, FAULT_MAX);
	fault_print(&f, "p: ", &out);
	ck_assert(span_ends(buf_span(&out), SPAN("p: f: 299 faults, of which 100 are shown\n")));
	buf_free(&text);
	buf_free(&out);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_node");
	TCase *t = tcase_create("node");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, refuses, 0, sizeof(refused) / sizeof(refused[0]));
	tcase_add_loop_test(t, scalars_are_text, 0, sizeof(scalars) / sizeof(scalars[0]));
	tcase_add_test(t, places_and_kinds);
	tcase_add_test(t, limits);
	tcase_add_test(t, too_many_faults_are_counted);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
