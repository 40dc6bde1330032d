/* test_run_inputs.c - patterns of file names against a small tree. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"

/* The tree: every name with a / at its end is a directory. */
static const char *const tree[] = { "a.txt", "b.txt", ".hidden.txt", "c.jsonl", "we[i]rd/",
	"we[i]rd/x.txt", "weird/", "weird/y.txt", "sub/", "sub/a.txt", "sub/deep/",
	"sub/deep/d.txt", "sub/.git/", "sub/.git/e.txt", "dir.txt/", "dir.txt/f.txt", "Z.txt",
	"-dash.txt" };

struct place {
	char dir[64];
	int back;
};

static void
enter(struct place *p)
{
	snprintf(p->dir, sizeof(p->dir), "%s/ntag-inputs-XXXXXX", P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(p->dir));
	p->back = open(".", O_RDONLY | O_DIRECTORY);
	ck_assert_int_eq(chdir(p->dir), 0);
	for (size_t i = 0; i < sizeof(tree) / sizeof(tree[0]); i++) {
		if (span_ends(span_c(tree[i]), SPAN("/")))
			ck_assert_int_eq(mkdir(tree[i], 0777), 0);
		else
			close(open(tree[i], O_CREAT | O_WRONLY, 0666));
	}
	ck_assert_int_eq(symlink(".", "sub/loop"), 0);
	ck_assert_int_eq(symlink("a.txt", "link.txt"), 0);
	ck_assert_int_eq(symlink("gone", "dangling.txt"), 0);
	ck_assert_int_eq(mkfifo("fifo.txt", 0666), 0);
}

static void
leave(struct place *p)
{
	unlink("sub/loop");
	unlink("link.txt");
	unlink("dangling.txt");
	unlink("fifo.txt");
	for (size_t i = sizeof(tree) / sizeof(tree[0]); i > 0; i--)
		remove(tree[i - 1]);
	ck_assert_int_eq(fchdir(p->back), 0);
	close(p->back);
	ck_assert_int_eq(rmdir(p->dir), 0);
}

static const struct {
	const char *pattern, *names; /* joined by blanks; a fault when it starts with ! */
} cases[] = {
	{ "*.txt", "-dash.txt Z.txt a.txt b.txt link.txt" }, /* bytes decide, no hidden ones */
	{ "./*.txt", "./-dash.txt ./Z.txt ./a.txt ./b.txt ./link.txt" },
	{ ".*.txt", ".hidden.txt" },
	{ "[ab].txt", "a.txt b.txt" },
	{ "?.txt", "Z.txt a.txt b.txt" },
	{ "*/a.txt", "sub/a.txt" },
	{ "sub/*/?.txt", "sub/deep/d.txt sub/loop/a.txt" },
	{ "sub/*", "sub/a.txt" }, /* no directories */
	{ "**/*.txt", "-dash.txt Z.txt a.txt b.txt dir.txt/f.txt link.txt sub/a.txt sub/deep/d.txt "
		      "we[i]rd/x.txt "
		      "weird/y.txt" },
	{ "sub/**/*.txt", "sub/a.txt sub/deep/d.txt" },
	{ "**/**/d.txt", "sub/deep/d.txt" }, /* once */
	{ "sub/**/deep/*", "sub/deep/d.txt" },
	{ "s*b/d*p/d.txt", "sub/deep/d.txt" },
	{ "we[i]rd/*.txt", "weird/y.txt" },
	{ "we\\[i]rd/*.txt", "we[i]rd/x.txt" }, /* as a parameter's value comes */
	{ "we\\[i]rd/x.txt", "we[i]rd/x.txt" },
	{ "none*.txt", "" },
	{ "a.txt", "a.txt" },
	{ "sub", "sub" },
	{ "-", "-" },
	{ "gone.txt", "!f:1:1: input.files: gone.txt: No such file or directory\n" },
	{ "gone/*.txt", "!f:1:1: input.files: gone: No such file or directory\n" },
	{ "go*ne/*.txt", "" },
	{ "", "!f:1:1: input.files: an empty name\n" },
};

START_TEST(expansion)
{
	struct place place;
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	struct names n = { 0 };
	struct buf got = { 0 };

	enter(&place);
	inputs_expand(cases[_i].pattern, (struct at){ 1, 1 }, &n, &f);
	if (f.n_fault > 0) {
		buf_char(&got, '!');
		fault_print(&f, "", &got);
	}
	for (size_t i = 0; i < n.list.n && f.n_fault == 0; i++)
		buf_fmt(&got, "%s%s", i == 0 ? "" : " ", n.list.at[i]);
	buf_char(&got, '\0');
	leave(&place);
	ck_assert_str_eq(got.p, cases[_i].names);
	buf_free(&got);
	arena_free(&a);
}
END_TEST

START_TEST(values_are_literal)
{
	struct arena a = { 0 };
	struct pieces p = { 0 };
	char *name;

	VEC_PUSH(&a, &p.list, (struct piece){ SPAN("a*b[c]?\\d"), true });
	VEC_PUSH(&a, &p.list, (struct piece){ SPAN("/*.txt"), false });
	ck_assert_str_eq(inputs_pattern(&p, &a), "a\\*b\\[c]\\?\\\\d/*.txt");
	ck_assert(!inputs_is_name(inputs_pattern(&p, &a), &a, &name));
	p.list.n = 1;
	ck_assert(inputs_is_name(inputs_pattern(&p, &a), &a, &name));
	ck_assert_str_eq(name, "a*b[c]?\\d");
	arena_free(&a);
}
END_TEST

static const struct {
	const char *pattern, *path;
	bool covers;
} covers[] = {
	{ "in/*.txt", "in/x.txt", true },
	{ "in/*.txt", "./in/x.txt", true },
	{ "./in/*.txt", "in/x.txt", true },
	{ "in/*.txt", "in/x.jsonl", false },
	{ "in/*.txt", "in/sub/x.txt", false },
	{ "in/**/*.txt", "in/sub/x.txt", true },
	{ "in/**/*.txt", "in/x.txt", true },
	{ "in/**/*.txt", "out/x.txt", false },
	{ "in", "in/x.jsonl", true },
	{ "in/", "in/x.jsonl", true },
	{ "in", "in/x.csv", false }, /* not walked */
	{ "in", "inner/x.txt", false },
	{ ".", "x.jsonl", true },
	{ ".", "../x.jsonl", false },
	{ ".", "/x.jsonl", false },
	{ "/", "/x/y.jsonl", true },
	{ "a.txt", "a.txt", true },
	{ "-", "a.txt", false },
};

START_TEST(covering)
{
	ck_assert_msg(inputs_cover(covers[_i].pattern, covers[_i].path) == covers[_i].covers,
	    "%s %s", covers[_i].pattern, covers[_i].path);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_inputs");
	TCase *t = tcase_create("inputs");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, expansion, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(t, values_are_literal);
	tcase_add_loop_test(t, covering, 0, sizeof(covers) / sizeof(covers[0]));
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
