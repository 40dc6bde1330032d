/* test_source.c - one input as bytes: files that change, FIFOs, descriptors that would block, encodings. */
#include "source.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"

/* Each test runs in a process and a folder of its own. */
static char folder[] = P_tmpdir "/ntag-source-XXXXXX";

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
write_file(const char *name, const char *mode, struct span s)
{
	FILE *f = fopen(name, mode);

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(s.p, 1, s.n, f), s.n);
	ck_assert_int_eq(fclose(f), 0);
}

/* All that is left, as a C string. */
static struct buf
rest(struct source *s)
{
	struct buf b = { 0 };
	size_t n;

	while ((n = source_read(s, buf_room(&b, 4096), 4096)) > 0)
		b.n += n;
	ck_assert_uint_eq(source_read(s, buf_room(&b, 4096), 4096), 0);
	buf_char(&b, '\0');
	return b;
}

static void
expect_rest(struct source *s, const char *want)
{
	struct buf b = rest(s);

	ck_assert_str_eq(b.p, want);
	buf_free(&b);
}

static void
count_idle(void *ctx)
{
	++*(int *)ctx;
}

START_TEST(file)
{
	char day[11];
	struct source *s = source_new(NULL, NULL);
	struct timeval at[2] = { { 951782400, 0 }, { 951782400, 0 } }; /* 2000-02-29 00:00 UTC */

	write_file("a", "w", SPAN("one\ntwo"));
	ck_assert_int_eq(utimes("a", at), 0);
	setenv("TZ", "America/New_York", 1); /* where it is still the 28th */
	ck_assert(source_open(s, "a", false));
	ck_assert(source_day(s, day));
	ck_assert_str_eq(day, "2000-02-29");
	expect_rest(s, "one\ntwo");
	ck_assert_ptr_null(source_fault(s));
	ck_assert(!source_torn(s));
	ck_assert_uint_eq(source_taken(s), 7);
	source_close(s);
	/* A source is used again for the next file. */
	write_file("b", "w", SPAN(""));
	ck_assert(source_open(s, "b", true));
	expect_rest(s, "");
	ck_assert_uint_eq(source_taken(s), 0);
	source_free(s);
}
END_TEST

START_TEST(b1_missing)
{
	struct source *s = source_new(NULL, NULL);

	ck_assert(!source_open(s, "nosuch", false));
	ck_assert_str_eq(source_fault(s), "cannot open: No such file or directory");
	ck_assert(!source_harmless(s));
	ck_assert(!source_open(s, "", false));
	source_free(s);
}
END_TEST

START_TEST(b1_directory)
{
	struct source *s = source_new(NULL, NULL);

	/* Directories are the walk's; one that comes here cannot be read. */
	ck_assert(source_open(s, ".", false));
	expect_rest(s, "");
	ck_assert_str_eq(source_fault(s), "read error: Is a directory");
	ck_assert(source_torn(s));
	source_free(s);
}
END_TEST

START_TEST(b5_grows)
{
	struct source *s = source_new(NULL, NULL);
	char first[16];

	write_file("a", "w", SPAN("0123456789abcdef0123456789"));
	ck_assert(source_open(s, "a", false));
	ck_assert_uint_gt(source_read(s, first, 8), 0);
	write_file("a", "a", SPAN("more"));
	struct buf b = rest(s);
	ck_assert(span_ends(span_c(b.p), SPAN("456789")));
	buf_free(&b);
	ck_assert_uint_eq(source_taken(s), 26);
	source_free(s);
}
END_TEST

START_TEST(b5_grows_from_nothing)
{
	struct source *s = source_new(NULL, NULL);

	write_file("a", "w", SPAN(""));
	ck_assert(source_open(s, "a", false));
	write_file("a", "a", SPAN("more"));
	expect_rest(s, "");
	source_free(s);
}
END_TEST

START_TEST(b5_shrinks)
{
	struct source *s = source_new(NULL, NULL);
	struct buf big = { 0 };
	char first[16];

	for (int i = 0; i < 50000; i++)
		buf_str(&big, "0123456789");
	write_file("a", "w", buf_span(&big));
	ck_assert(source_open(s, "a", false));
	ck_assert_uint_gt(source_read(s, first, 8), 0);
	ck_assert_int_eq(truncate("a", 1000), 0);
	struct buf b = rest(s);
	ck_assert_uint_lt(b.n, 500000);
	ck_assert_ptr_null(source_fault(s));
	buf_free(&b);
	buf_free(&big);
	source_free(s);
}
END_TEST

/* Files of /proc are regular and of size 0, and yet there is something in them. */
START_TEST(proc)
{
	struct source *s = source_new(NULL, NULL);

	if (source_open(s, "/proc/self/stat", false)) {
		struct buf b = rest(s);
		ck_assert_uint_gt(b.n, 10);
		buf_free(&b);
	}
	source_free(s);
}
END_TEST

START_TEST(b4_fifo)
{
	int idled = 0;
	struct source *s = source_new(count_idle, &idled);
	pid_t writer;

	ck_assert_int_eq(mkfifo("f", 0600), 0);
	ck_assert(!source_open(s, "f", true)); /* and does not wait for a writer */
	ck_assert_str_eq(source_fault(s), "is not a regular file");
	ck_assert(source_harmless(s));
	writer = fork();
	if (writer == 0) {
		write_file("f", "w", SPAN("through the pipe"));
		_exit(0);
	}
	ck_assert(source_open(s, "f", false));
	ck_assert_int_ge(idled, 1);
	expect_rest(s, "through the pipe");
	char day[11];
	ck_assert(!source_day(s, day));
	source_free(s);
	ck_assert_int_eq(waitpid(writer, NULL, 0), writer);
}
END_TEST

/* B18, B19: standard input that has nothing yet, with a descriptor that blocks and one that does not. */
START_TEST(b18_idle)
{
	int idled = 0, fd[2], nul;
	struct source *s = source_new(count_idle, &idled);
	char got[16];

	ck_assert_int_eq(pipe(fd), 0);
	if (_i == 1)
		ck_assert_int_eq(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(dup2(fd[0], STDIN_FILENO), STDIN_FILENO);
	close(fd[0]);
	ck_assert_int_eq(write(fd[1], "ab", 2), 2);
	ck_assert(source_open(s, "-", false));
	size_t n = source_read(s, got, 16);
	while (n < 2)
		n += source_read(s, got + n, 14);
	ck_assert_int_eq(idled, 0);
	pid_t writer = fork();
	if (writer == 0) {
		usleep(50000);
		nul = (int)write(fd[1], "cd", 2);
		_exit(nul != 2);
	}
	close(fd[1]);
	expect_rest(s, "cd");
	ck_assert_int_ge(idled, 1);
	ck_assert_int_eq(waitpid(writer, NULL, 0), writer);
	source_free(s);
}
END_TEST

START_TEST(stdin_from_the_middle)
{
	struct source *s = source_new(NULL, NULL);

	write_file("a", "w", SPAN("head\nrest"));
	int fd = open("a", O_RDONLY);
	ck_assert_int_eq(lseek(fd, 5, SEEK_SET), 5);
	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert(source_open(s, "-", false));
	write_file("a", "a", SPAN("more"));
	expect_rest(s, "rest");
	char day[11];
	ck_assert(!source_day(s, day)); /* not a file that was named */
	source_free(s);
	/* Closed, it is said. */
	close(STDIN_FILENO);
	s = source_new(NULL, NULL);
	ck_assert(!source_open(s, "-", false));
	ck_assert_str_eq(source_fault(s), "cannot open: Bad file descriptor");
	source_free(s);
}
END_TEST

START_TEST(output_too)
{
	struct source *s = source_new(NULL, NULL);

	write_file("a", "w", SPAN("old"));
	int fd = open("a", O_WRONLY | O_APPEND);
	ck_assert_int_eq(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
	ck_assert(!source_open(s, "a", true));
	ck_assert_str_eq(source_fault(s), "is the output too");
	ck_assert(source_harmless(s));
	source_free(s);
}
END_TEST

/* 300 descriptors are not left open. */
START_TEST(b11_descriptors)
{
	struct source *s = source_new(NULL, NULL);

	write_file("a", "w", SPAN("x"));
	for (int i = 0; i < 300; i++) {
		ck_assert(source_open(s, "a", false));
		expect_rest(s, "x");
		source_close(s);
	}
	int fd = open("a", O_RDONLY);
	ck_assert_int_lt(fd, 20);
	source_free(s);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("source");
	TCase *tc = tcase_create("source");
	SRunner *sr = srunner_create(s);

	tcase_add_checked_fixture(tc, enter_folder, leave_folder);
	tcase_add_test(tc, file);
	tcase_add_test(tc, b1_missing);
	tcase_add_test(tc, b1_directory);
	tcase_add_test(tc, b4_fifo);
	tcase_add_test(tc, b5_grows);
	tcase_add_test(tc, b5_grows_from_nothing);
	tcase_add_test(tc, b5_shrinks);
	tcase_add_test(tc, b11_descriptors);
	tcase_add_loop_test(tc, b18_idle, 0, 2);
	tcase_add_test(tc, stdin_from_the_middle);
	tcase_add_test(tc, proc);
	tcase_add_test(tc, output_too);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
