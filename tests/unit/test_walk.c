/* test_walk.c - names of inputs: operands, lists, directories with all that can lie in them. */
#include "walk.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = P_tmpdir "/ntag-walk-XXXXXX";

static void
enter_folder(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
}

static void
leave_folder(void)
{
	ck_assert_int_eq(system("rm -rf \"$PWD\""), 0);
}

static void
write_file(const char *name, struct span s)
{
	FILE *f = fopen(name, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(s.p, 1, s.n, f), s.n);
	ck_assert_int_eq(fclose(f), 0);
}

/* All names, those from directories with a + behind them, separated by blanks. */
static void
expect(const struct walk_from *from, const char *names, const char *messages)
{
	struct diag d = { .prog = "t" };
	struct walk *w = walk_new(from, &d, NULL, NULL);
	struct buf got = { 0 };
	const char *name;
	bool found;

	while ((name = walk_next(w, &found)) != NULL)
		buf_fmt(&got, "%s%s ", name, found ? "+" : "");
	ck_assert_ptr_null(walk_next(w, &found));
	walk_free(w);
	buf_char(&got, '\0');
	buf_char(&d.err, '\0');
	ck_assert_str_eq(got.p, names);
	ck_assert_str_eq(d.err.p, messages);
	buf_free(&got);
	buf_free(&d.err);
}

static char dot[] = ".", dash[] = "-", file_a[] = "a.txt", none[] = "nosuch", sub[] = "sub",
	    sub_slash[] = "sub//", empty[] = "";

START_TEST(operands)
{
	char *names[] = { file_a, none, dash, empty, file_a };

	write_file("a.txt", SPAN("x"));
	expect(&(struct walk_from){ .file = names, .n_file = 5 }, "a.txt nosuch -  a.txt ", "");
	expect(&(struct walk_from){ .n_file = 0 }, "- ", "");
}
END_TEST

START_TEST(b2_directories)
{
	static const char *const files[] = { "sub/b.txt", "sub/a.jsonl", "sub/c.gz", "sub/d.csv",
		"sub/noext", "sub/.hidden.txt", "sub/B.txt", "sub/a.TXT", "sub/x.txt",
		"sub/x-1.txt", "sub/x/in.txt", "sub/x0.txt", "sub/.git/a.txt", "sub/deep/er/y.txt",
		"sub/.txt", "sub/\xC3\xA9.txt", "sub/dir.txt/z.jsonl" };
	char *names[] = { sub };

	ck_assert_int_eq(system("mkdir -p sub/x sub/.git sub/deep/er sub/dir.txt sub/empty"), 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		write_file(files[i], SPAN("x"));
	/* Sorted by the bytes of the whole path. */
	static const char sorted[] =
	    "sub/B.txt+ sub/a.jsonl+ sub/b.txt+ sub/c.gz+ sub/deep/er/y.txt+ "
	    "sub/dir.txt/z.jsonl+ sub/x-1.txt+ sub/x.txt+ sub/x/in.txt+ sub/x0.txt+ "
	    "sub/\xC3\xA9.txt+ ";
	expect(&(struct walk_from){ .file = names, .n_file = 1 }, sorted, "");
	names[0] = sub_slash;
	expect(&(struct walk_from){ .file = names, .n_file = 1 },
	    "sub//B.txt+ sub//a.jsonl+ sub//b.txt+ sub//c.gz+ sub//deep/er/y.txt+ "
	    "sub//dir.txt/z.jsonl+ sub//x-1.txt+ sub//x.txt+ sub//x/in.txt+ sub//x0.txt+ "
	    "sub//\xC3\xA9.txt+ ",
	    "");
}
END_TEST

START_TEST(b3_links)
{
	char *names[] = { dot, dot };

	ck_assert_int_eq(mkdir("sub", 0700), 0);
	write_file("sub/a.txt", SPAN("x"));
	ck_assert_int_eq(symlink(".", "loop"), 0);
	ck_assert_int_eq(symlink("..", "sub/up"), 0);
	ck_assert_int_eq(symlink("nosuch", "gone.txt"), 0);
	ck_assert_int_eq(symlink("nosuch", "gone"), 0);
	ck_assert_int_eq(symlink("sub/a.txt", "b.txt"), 0);
	ck_assert_int_eq(symlink("self.txt", "self.txt"), 0);
	/* What dangles is handed out: the open says why. Twice named is twice walked. */
	static const char all[] = "./b.txt+ ./gone.txt+ ./self.txt+ ./sub/a.txt+ ";
	char twice[2 * sizeof(all)];
	snprintf(twice, sizeof(twice), "%s%s", all, all);
	static const char said[] = "t: ./loop/: loop: this directory was read already; skipped\n"
				   "t: ./sub/up/: loop: this directory was read already; skipped\n";
	char said_twice[2 * sizeof(said)];
	snprintf(said_twice, sizeof(said_twice), "%s%s", said, said);
	expect(&(struct walk_from){ .file = names, .n_file = 2 }, twice, said_twice);
}
END_TEST

START_TEST(unreadable_directory)
{
	char *names[] = { dot };

	if (geteuid() == 0)
		return; /* root may read it all the same */
	ck_assert_int_eq(mkdir("sub", 0000), 0);
	write_file("z.txt", SPAN("x"));
	expect(&(struct walk_from){ .file = names, .n_file = 1 }, "./z.txt+ ",
	    "t: ./sub/: cannot open: Permission denied\n");
}
END_TEST

/* B9: names that a shell would stumble over. */
START_TEST(b9_nasty)
{
	char *names[] = { sub };
	char longest[300] = "sub/";

	ck_assert_int_eq(mkdir("sub", 0700), 0);
	write_file("sub/new\nline.txt", SPAN("x"));
	write_file("sub/-rf.txt", SPAN("x"));
	write_file("sub/'$(id);\".txt", SPAN("x"));
	write_file("sub/bad\xFF.txt", SPAN("x"));
	memset(longest + 4, 'w', 251);
	memcpy(longest + 255, ".txt", 5);
	write_file(longest, SPAN("x"));
	char want[500];
	snprintf(want, sizeof(want),
	    "sub/'$(id);\".txt+ sub/-rf.txt+ sub/bad\xFF.txt+ sub/new\nline.txt+ %s+ ", longest);
	expect(&(struct walk_from){ .file = names, .n_file = 1 }, want, "");
}
END_TEST

struct list_case {
	struct span list;
	bool newlines;
	const char *names, *messages;
};

static const struct list_case lists[] = {
	{ { "a\0b\nc\0d", 7 }, false, "a b\nc d ", "" },
	{ { "a\nb c\n\nd\n", 9 }, true, "a b c d ", "" },
	{ { "", 0 }, false, "", "" },
	{ { "\0a\0\0", 4 }, false, "a ",
	    "t: list: empty file name; skipped\nt: list: empty file name; skipped\n" },
	{ { "a\0b\nc\n", 6 }, true, "c ", "t: list: file name with a NUL byte; skipped\n" },
	{ { "-\n-\n", 4 }, true, "- - ", "" },
};

START_TEST(files0)
{
	const struct list_case *c = &lists[_i];

	write_file("list", c->list);
	expect(
	    &(struct walk_from){ .list = "list", .newlines = c->newlines }, c->names, c->messages);
}
END_TEST

START_TEST(files0_more)
{
	char *names[] = { file_a };
	struct buf long_name = { 0 };

	/* Operands come first, and directories in a list are walked. */
	ck_assert_int_eq(mkdir("sub", 0700), 0);
	write_file("sub/x.txt", SPAN("x"));
	write_file("list", SPAN("sub\0b"));
	expect(&(struct walk_from){ .file = names, .n_file = 1, .list = "list" },
	    "a.txt sub/x.txt+ b ", "");
	expect(&(struct walk_from){ .list = "nolist" }, "",
	    "t: nolist: cannot open: No such file or directory\n");
	/* The longest name, and one byte more. */
	for (int i = 0; i < WALK_NAME_MAX; i++)
		buf_char(&long_name, 'n');
	buf_char(&long_name, '\0');
	char *longest = strndup(long_name.p, long_name.n);
	buf_str(&long_name, longest);
	buf_str(&long_name, "n");
	buf_put(&long_name, (struct span){ "\0b", 2 });
	write_file("list", buf_span(&long_name));
	char *want = NULL;
	ck_assert_int_gt(asprintf(&want, "%s b ", longest), 0);
	expect(&(struct walk_from){ .list = "list" }, want,
	    "t: list: file name longer than 4096 bytes; skipped\n");
	free(want);
	free(longest);
	buf_free(&long_name);
}
END_TEST

START_TEST(files0_stdin)
{
	write_file("list", SPAN("a\0-\0b\0"));
	ck_assert_ptr_nonnull(freopen("list", "r", stdin));
	expect(&(struct walk_from){ .list = "-" }, "a b ",
	    "t: -: standard input is the list of names and cannot be in it; skipped\n");
}
END_TEST

/* B10: more names than any command line takes. */
START_TEST(b10_many)
{
	struct buf list = { 0 };
	struct diag d = { .prog = "t" };
	bool found;
	size_t n = 0;

	for (int i = 0; i < 300000; i++) {
		buf_fmt(&list, "news/2022/03/article-%06d.txt", i);
		buf_char(&list, '\0');
	}
	write_file("list", buf_span(&list));
	struct walk_from from = { .list = "list" };
	struct walk *w = walk_new(&from, &d, NULL, NULL);
	const char *name, *last = NULL;
	while ((name = walk_next(w, &found)) != NULL) {
		n++;
		last = name;
		if (n == 300000)
			ck_assert_str_eq(last, "news/2022/03/article-299999.txt");
	}
	ck_assert_uint_eq(n, 300000);
	walk_free(w);
	buf_free(&list);
}
END_TEST

/* A thousand directories, each in the one before or all in one. */
START_TEST(many_directories)
{
	struct buf path = { 0 };
	char *names[] = { sub };
	struct diag d = { .prog = "t" };
	bool found;
	size_t n = 0;

	buf_str(&path, "sub");
	for (int i = 0; i < 1000; i++) {
		if (_i == 1)
			path.n = strlen("sub");
		buf_fmt(&path, "/%d", _i == 1 ? i : i % 10);
		buf_char(&path, '\0');
		ck_assert(mkdir("sub", 0700) == 0 || i > 0);
		ck_assert_int_eq(mkdir(path.p, 0700), 0);
		path.n--;
	}
	buf_str(&path, "/a.txt");
	buf_char(&path, '\0');
	write_file(path.p, SPAN("x"));
	struct walk_from from = { .file = names, .n_file = 1 };
	struct walk *w = walk_new(&from, &d, NULL, NULL);
	while (walk_next(w, &found) != NULL)
		n++;
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(d.count.unreadable, 0);
	walk_free(w);
	buf_free(&path);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("walk");
	TCase *tc = tcase_create("walk");
	SRunner *sr = srunner_create(s);

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, enter_folder, leave_folder);
	tcase_add_test(tc, operands);
	tcase_add_test(tc, b2_directories);
	tcase_add_test(tc, b3_links);
	tcase_add_test(tc, unreadable_directory);
	tcase_add_test(tc, b9_nasty);
	tcase_add_loop_test(tc, files0, 0, sizeof(lists) / sizeof(lists[0]));
	tcase_add_test(tc, files0_more);
	tcase_add_test(tc, files0_stdin);
	tcase_add_test(tc, b10_many);
	tcase_add_loop_test(tc, many_directories, 0, 2);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
