/* test_run_state.c - the state file: what is read back, torn and damaged lines, the lock; the table of names. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manifest.h"
#include "state.h"

static char dir[] = "/tmp/test_run_stateXXXXXX";
enum { PATH_SIZE = 64 };

static const char *
in_dir(char path[PATH_SIZE], const char *name)
{
	snprintf(path, PATH_SIZE, "%s/%s", dir, name);
	return path;
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void
setup(void)
{
	memcpy(dir + sizeof(dir) - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void
teardown(void)
{
	static const char *const names[] = { "s", "a", "b" };
	char path[PATH_SIZE];

	for (size_t i = 0; i < 3; i++)
		unlink(in_dir(path, names[i]));
	rmdir(dir);
}

static struct state *
open_state(struct diag *d)
{
	char path[PATH_SIZE];
	int status = -1;
	struct state *s = state_open(in_dir(path, "s"), STATE_FAIL, d, &status);

	ck_assert_msg(s != NULL, "%d", status);
	return s;
}

static void
begin(struct state *s)
{
	struct buf places = { 0 };
	struct state_run run = { "RUN", "2021-12-04", "\"hash\"", { NULL, 0 }, "place", 7 };

	state_put_place(&places, "/a \"b\"", true);
	state_put_place(&places, "", false);
	run.outputs = buf_span(&places);
	ck_assert(state_begin(s, &run));
	buf_free(&places);
}

static void
put(struct buf *list, uint32_t output, const char *path, uint64_t n)
{
	state_put_file(list, output, path, n);
}

/* A run in the middle: one file read, one being read, two outputs of which one was committed. */
static void
make_middle(struct diag *d)
{
	struct state *s = open_state(d);
	struct state_choice all = { .only_new = true };
	struct buf list = { 0 };
	char path[PATH_SIZE];
	uint64_t skip = 0;
	const struct input_files *in;

	ck_assert_ptr_null(state_run(s));
	begin(s);
	state_choose(s, &all);
	put(&list, 0, "x\xFF\n", 10);
	put(&list, 1, "y", 0);
	ck_assert(state_note_open(s, buf_span(&list)));
	buf_clear(&list);
	put(&list, 0, "x\xFF\n", 30);
	in = state_input(s);
	write_file(in_dir(path, "a"), "one");
	ck_assert(in->want(in->ctx, path, &skip));
	in->done(in->ctx, path, true, 99);
	ck_assert_uint_eq(state_waiting(s), 1);
	write_file(in_dir(path, "b"), "two");
	ck_assert(in->want(in->ctx, path, &skip));
	ck_assert(state_commit(s, buf_span(&list), 8, path, 5, false));
	ck_assert_uint_eq(state_waiting(s), 0);
	buf_free(&list);
	state_close(s);
}

START_TEST(goes_on_in_the_middle)
{
	struct diag d = { .prog = "t" };
	struct state *s;
	const struct state_file *f;
	const struct state_place *p;
	struct state_choice all = { .only_new = true };
	const struct input_files *in;
	char path[PATH_SIZE];
	uint64_t skip = 0;
	size_t n;

	make_middle(&d);
	s = open_state(&d);
	ck_assert_str_eq(state_run(s), "RUN");
	ck_assert_str_eq(state_today(s), "2021-12-04");
	ck_assert_str_eq(state_pipeline(s), "\"hash\"");
	ck_assert(!state_finished(s));
	ck_assert_uint_eq(state_errors(s, true), 7);
	ck_assert_uint_eq(state_errors(s, false), 8);
	p = state_places(s, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert(strcmp(p[0].dir, "/a \"b\"") == 0 && p[0].append && !p[1].append);
	f = state_files(s, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(f[0].path, "x\xFF\n");
	ck_assert(f[0].committed && f[0].base == 10 && f[0].length == 30);
	ck_assert(!f[1].committed && f[1].base == 0 && f[1].length == 0 && f[1].output == 1);
	state_choose(s, &all);
	in = state_input(s);
	ck_assert(!in->want(in->ctx, in_dir(path, "a"), &skip));
	ck_assert(in->want(in->ctx, in_dir(path, "b"), &skip));
	ck_assert_uint_eq(skip, 5);
	state_close(s);
	ck_assert_uint_eq(d.err.n, 0);
}
END_TEST

START_TEST(finish_end_and_abandon)
{
	struct diag d = { .prog = "t" };
	struct state *s;
	char path[PATH_SIZE];
	size_t n;

	make_middle(&d);
	s = open_state(&d);
	ck_assert(state_commit(s, SPAN("[2,\"z\",4]"), 8, NULL, 0, true));
	state_close(s);
	s = open_state(&d);
	ck_assert(state_finished(s));
	ck_assert_uint_eq(state_files(s, &n)[2].base, 4); /* never noted: it was as long before */
	ck_assert(state_end(s, SPAN("{\"read\":1}")));
	state_close(s);
	s = open_state(&d);
	ck_assert_ptr_null(state_run(s));
	state_files(s, &n);
	ck_assert_uint_eq(n, 0);
	state_choose(s, &(struct state_choice){ .only_new = true });
	ck_assert(!state_is_due(s, in_dir(path, "a")));
	begin(s);
	ck_assert(state_abandon(s)); /* this run has read nothing */
	ck_assert(!state_is_due(s, path));
	state_close(s);
	unlink(in_dir(path, "s"));
	make_middle(&d);
	s = open_state(&d);
	ck_assert(state_abandon(s));
	state_choose(s, &(struct state_choice){ .only_new = true });
	ck_assert(state_is_due(s, in_dir(path, "a")));
	state_close(s);
}
END_TEST

static const struct {
	const char *tail;
	bool damaged;
} tails[] = {
	{ "0000", false },
	{ "00000000 {\"end\":true}\n", false },
	{ "5390f47e {\"end\":true}", false }, /* good but for its end */
	{ "\n\n\n", false },
	{ "0", false },
	{ "00000000 {\"end\":true}\n5390f47e {\"end\":true}\n", true },
	{ "\n5390f47e {\"end\":true}\n", true },
};

START_TEST(torn_and_damaged)
{
	struct diag d = { .prog = "t", .now = false };
	char path[PATH_SIZE];
	struct stat before, after;
	struct state *s;
	int status = -1, fd;

	make_middle(&d);
	ck_assert_int_eq(stat(in_dir(path, "s"), &before), 0);
	fd = open(path, O_WRONLY | O_APPEND);
	ck_assert_int_gt(write(fd, tails[_i].tail, strlen(tails[_i].tail)), 0);
	close(fd);
	s = state_open(path, STATE_FAIL, &d, &status);
	stat(path, &after);
	if (tails[_i].damaged) {
		ck_assert_ptr_null(s);
		ck_assert_int_eq(status, STATUS_RESOURCE);
		ck_assert_int_gt(after.st_size, before.st_size);
	} else {
		ck_assert_str_eq(state_run(s), "RUN");
		ck_assert_int_eq(after.st_size, before.st_size);
	}
	state_close(s);
	buf_free(&d.err);
}
END_TEST

START_TEST(locks)
{
	static const int expected[] = { [STATE_FAIL] = STATUS_LOCKED, [STATE_SKIP] = STATUS_OK };
	struct diag d = { .prog = "t" };
	struct state *s = open_state(&d);
	char path[PATH_SIZE];
	int status = -1;

	for (int lock = STATE_FAIL; lock <= STATE_SKIP; lock++) {
		ck_assert_ptr_null(
		    state_open(in_dir(path, "s"), (enum state_lock)lock, &d, &status));
		ck_assert_int_eq(status, expected[lock]);
	}
	state_close(s);
	state_close(open_state(&d));
	buf_free(&d.err);
}
END_TEST

START_TEST(a_table_of_names)
{
	struct manifest m = { 0 };

	ck_assert_ptr_null(manifest_find(&m, 5));
	for (uint64_t i = 1; i <= 10000; i++)
		manifest_put(&m, i * 4096)->stamp = i; /* all in the first place at first */
	for (uint64_t i = 1; i <= 10000; i++)
		ck_assert_uint_eq(manifest_find(&m, i * 4096)->stamp, i);
	ck_assert_ptr_null(manifest_find(&m, 1));
	ck_assert_uint_eq(m.n, 10000);
	ck_assert_uint_ge(m.cap, 20000);
	ck_assert_uint_eq(manifest_put(&m, 4096)->stamp, 1);
	ck_assert_uint_eq(m.n, 10000);
	ck_assert_uint_ne(manifest_hash(SPAN(""), 0), 0);
	manifest_free(&m);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_state");
	TCase *t = tcase_create("state");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, goes_on_in_the_middle);
	tcase_add_test(t, finish_end_and_abandon);
	tcase_add_loop_test(t, torn_and_damaged, 0, sizeof(tails) / sizeof(tails[0]));
	tcase_add_test(t, locks);
	tcase_add_test(t, a_table_of_names);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
