/* test_run_sinks.c - outputs of a run: whole files or none, one file for each value, few open at a time. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outfile.h"
#include "run_plan.h"
#include "sinks.h"

/* An empty folder that is the current one, and a plan with its sinks plugged into a run. */
struct fixture {
	char dir[64];
	struct plan plan;
	struct diag diag;
	struct run run;
	struct sinks *sinks;
};

static void
enter(struct fixture *x)
{
	*x = (struct fixture){ .diag = { .prog = "t" } };
	snprintf(x->dir, sizeof(x->dir), "%s/ntag-sinks-XXXXXX", P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(x->dir));
	ck_assert_int_eq(chdir(x->dir), 0);
}

static void
start(struct fixture *x, const char *output)
{
	struct plan_how how = plan_how_of(NULL, 0);
	struct buf text = { 0 }, out = { 0 };

	buf_fmt(&text, "ntag: 1\nstages: [ntag-split]\noutput: %s\n", output);
	plan_parse(&x->plan, "f.yaml", buf_span(&text), &how);
	ck_assert_str_eq(plan_faults(&x->plan, &out), "");
	x->run = (struct run){ .prog = "t" };
	x->sinks = sinks_open(&x->plan, "never", NULL, &x->diag);
	if (x->sinks != NULL)
		sinks_plug(x->sinks, &x->run);
	buf_free(&text);
	buf_free(&out);
}

static bool
put(struct fixture *x, const char *json)
{
	struct arena a = { 0 };
	struct record r;
	struct buf out = { 0 };
	bool ok;

	ck_assert(record_parse(&r, span_c(json), NULL, (struct where){ 0 }, &a, &x->diag));
	x->run.render(x->run.sink.ctx, &r, NULL, &out);
	ok = x->run.sink.put(x->run.sink.ctx, buf_span(&out));
	buf_free(&out);
	arena_free(&a);
	return ok;
}

static void
end(struct fixture *x, bool whole)
{
	ck_assert(x->run.sink.close(x->run.sink.ctx));
	if (whole)
		ck_assert(sinks_commit(x->sinks));
	else
		sinks_abort(x->sinks);
	sinks_free(x->sinks);
	plan_free(&x->plan);
}

static void
leave(struct fixture *x)
{
	char command[128];

	buf_free(&x->diag.err);
	ck_assert_int_eq(chdir("/"), 0);
	snprintf(command, sizeof(command), "rm -rf '%s'", x->dir);
	ck_assert_int_eq(system(command), 0);
}

static const char *
content(const char *path, struct buf *out)
{
	int fd = open(path, O_RDONLY);
	ssize_t n;

	buf_clear(out);
	if (fd < 0)
		return "(none)";
	while ((n = read(fd, buf_room(out, 4096), 4096)) > 0)
		out->n += (size_t)n;
	close(fd);
	buf_char(out, '\0');
	return out->p;
}

static void
set_content(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	ck_assert(fd >= 0 && outfile_write(fd, span_c(text)));
	close(fd);
}

#define A "{\"id\":\"a\",\"text\":\"x\"}"
#define B "{\"id\":\"b\",\"text\":\"x\"}"

START_TEST(replaced_when_whole)
{
	struct fixture x;
	struct buf out = { 0 };

	enter(&x);
	set_content("o", "old\n");
	start(&x, "[{file: o}, {file: new/o}]");
	ck_assert(put(&x, A));
	ck_assert_str_eq(content("o", &out), "old\n");
	ck_assert_str_eq(content("new/o", &out), "(none)");
	ck_assert_str_eq(
	    content(".o.part", &out), A "\n"); /* written at once, under another name */
	end(&x, true);
	ck_assert_str_eq(content("o", &out), A "\n");
	ck_assert_str_eq(content("new/o", &out), A "\n");
	ck_assert_str_eq(content(".o.part", &out), "(none)");
	leave(&x);
	buf_free(&out);
}
END_TEST

START_TEST(kept_when_not)
{
	struct fixture x;
	struct buf out = { 0 };

	enter(&x);
	set_content("o", "old\n");
	start(&x, "[{file: o}, {file: \"p/{id}\"}]");
	ck_assert(put(&x, A));
	end(&x, false);
	ck_assert_str_eq(content("o", &out), "old\n");
	ck_assert_str_eq(content(".o.part", &out), "(none)");
	ck_assert_int_eq(rmdir("p"), 0); /* nothing in it */
	leave(&x);
	buf_free(&out);
}
END_TEST

START_TEST(an_empty_run_makes_empty_files)
{
	struct fixture x;
	struct buf out = { 0 };

	enter(&x);
	start(&x, "[{file: o}, {file: t, as: tsv, header: true}]");
	end(&x, true);
	ck_assert_str_eq(content("o", &out), "");
	ck_assert(strncmp(content("t", &out), "source\t", 7) == 0);
	leave(&x);
	buf_free(&out);
}
END_TEST

START_TEST(appended)
{
	struct fixture x;
	struct buf out = { 0 };

	enter(&x);
	set_content("o", "torn"); /* by a crash: it must not swallow the next record */
	for (int i = 0; i < 2; i++) {
		start(&x, "[{file: o, write: append}, {file: \"{id}.j\", write: append}]");
		ck_assert(put(&x, A));
		end(&x, true);
	}
	ck_assert_str_eq(content("o", &out), "torn\n" A "\n" A "\n");
	ck_assert_str_eq(content("a.j", &out), A "\n" A "\n");
	leave(&x);
	buf_free(&out);
}
END_TEST

START_TEST(one_file_for_each_value)
{
	struct fixture x;
	struct buf out = { 0 };

	enter(&x);
	start(&x, "[{file: \"p/{id}/x.j\", open-files: 1}]");
	ck_assert(put(&x, A) && put(&x, B) && put(&x, A));
	end(&x, true);
	ck_assert_str_eq(content("p/a/x.j", &out), A "\n" A "\n");
	ck_assert_str_eq(content("p/b/x.j", &out), B "\n");
	leave(&x);
	buf_free(&out);
}
END_TEST

/* FAULTS B11: a thousand files, 16 descriptors. */
START_TEST(more_files_than_descriptors)
{
	enum { N = 1000 };
	struct fixture x;
	struct buf out = { 0 };
	struct rlimit few = { 16, 16 };
	char text[64];

	enter(&x);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	start(&x, "[{file: \"p/{id}\"}]");
	for (int i = 0; i < 2 * N; i++) {
		snprintf(text, sizeof(text), "{\"id\":\"%d\",\"text\":\"\"}", i % N);
		ck_assert(put(&x, text));
	}
	end(&x, true);
	for (int i = 0; i < N; i++) {
		snprintf(text, sizeof(text), "p/%d", i);
		content(text, &out);
		ck_assert_uint_eq(
		    out.n - 1, 2 * (sizeof("{\"id\":\"\",\"text\":\"\"}") + strlen(text + 2)));
	}
	leave(&x);
	buf_free(&out);
}
END_TEST

/* FAULTS C11: a link below the literal part of the path leads nowhere. */
START_TEST(links_are_not_followed)
{
	struct fixture x;
	struct stat st;

	enter(&x);
	ck_assert_int_eq(mkdir("p", 0777), 0);
	ck_assert_int_eq(mkdir("secret", 0777), 0);
	ck_assert_int_eq(symlink("../secret", "p/a"), 0);
	start(&x, "[{file: \"p/{id}/x\", write: append}, {file: \"q/{id}\", write: append}]");
	ck_assert(!put(&x, A));
	ck_assert_str_eq(x.run.sink.name, "p/a/x");
	ck_assert_int_ne(stat("secret/x", &st), 0);
	end(&x, false);
	ck_assert_int_eq(symlink("../secret/y", "q/a"), 0);
	start(&x, "[{file: \"q/{id}\", write: append}]");
	ck_assert(!put(&x, A));
	ck_assert_int_ne(stat("secret/y", &st), 0);
	end(&x, false);
	leave(&x);
}
END_TEST

/* A link that is the output itself is the user's own: its file is replaced, not the link. */
START_TEST(a_literal_link_is_followed)
{
	struct fixture x;
	struct buf out = { 0 };
	struct stat st;

	enter(&x);
	ck_assert_int_eq(mkdir("real", 0777), 0);
	set_content("real/o", "old\n");
	ck_assert_int_eq(symlink("real/o", "o"), 0);
	start(&x, "[{file: o}]");
	ck_assert(put(&x, A));
	end(&x, true);
	ck_assert_str_eq(content("real/o", &out), A "\n");
	ck_assert(lstat("o", &st) == 0 && S_ISLNK(st.st_mode));
	leave(&x);
	buf_free(&out);
}
END_TEST

START_TEST(devices)
{
	struct fixture x;
	struct stat st;

	enter(&x);
	start(&x, "[{file: /dev/null}]");
	ck_assert(put(&x, A));
	end(&x, true);
	ck_assert(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode)); /* not replaced by a file */
	start(&x, "[{file: /dev/full}]");
	ck_assert(!put(&x, A));
	ck_assert_str_eq(x.run.sink.name, "/dev/full");
	sinks_abort(x.sinks);
	sinks_free(x.sinks);
	plan_free(&x.plan);
	leave(&x);
}
END_TEST

/* FAULTS C12: never overwritten, said once. */
START_TEST(collisions)
{
	struct fixture x;
	struct buf out = { 0 };

	enter(&x);
	start(&x, "[{file: \"p/{id}\"}]");
	ck_assert(
	    put(&x, "{\"id\":\"a/b\",\"text\":\"\"}") && put(&x, "{\"id\":\"a_b\",\"text\":\"\"}"));
	ck_assert(
	    put(&x, "{\"id\":\"..\",\"text\":\"\"}") && put(&x, "{\"id\":\"/.\",\"text\":\"\"}"));
	end(&x, true);
	ck_assert_str_eq(content("p/a_b", &out),
	    "{\"id\":\"a/b\",\"text\":\"\"}\n{\"id\":\"a_b\",\"text\":\"\"}\n");
	ck_assert(span_is(buf_span(&x.diag.err),
	    "t: records with different values go into one file, p/a_b; said once\n"));
	leave(&x);
	buf_free(&out);
}
END_TEST

START_TEST(two_outputs_of_one_path)
{
	struct fixture x;

	enter(&x);
	start(&x, "[{file: p/a}, {file: \"p/{id}\"}]");
	ck_assert(put(&x, B));
	ck_assert(!put(&x, A));
	end(&x, false);
	leave(&x);
}
END_TEST

START_TEST(what_cannot_be_opened)
{
	struct fixture x;

	enter(&x);
	set_content("file", "");
	start(&x, "[{file: o}, {file: file/x}]");
	ck_assert_ptr_null(x.sinks);
	ck_assert_uint_gt(x.diag.err.n, 0);
	ck_assert_int_ne(access(".o.part", F_OK), 0);
	plan_free(&x.plan);
	leave(&x);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_sinks");
	TCase *t = tcase_create("sinks");
	SRunner *r;
	int failed;

	tcase_add_test(t, replaced_when_whole);
	tcase_add_test(t, kept_when_not);
	tcase_add_test(t, an_empty_run_makes_empty_files);
	tcase_add_test(t, appended);
	tcase_add_test(t, one_file_for_each_value);
	tcase_add_test(t, more_files_than_descriptors);
	tcase_add_test(t, links_are_not_followed);
	tcase_add_test(t, a_literal_link_is_followed);
	tcase_add_test(t, devices);
	tcase_add_test(t, collisions);
	tcase_add_test(t, two_outputs_of_one_path);
	tcase_add_test(t, what_cannot_be_opened);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
