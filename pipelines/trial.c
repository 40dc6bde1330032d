/* trial.c - one test: given -> child process -> records, compared; expectations rewritten on demand. */
#include "trial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "exec.h"
#include "expect.h"
#include "outfile.h"

/* A place in the pipeline file, in characters, that gets a new text. */
struct edit {
	const struct node *node;
	struct span text;
};

struct trial {
	const struct plan *plan;
	const struct plan_how *how;
	const struct test *test;
	struct diag *diag;
	struct buf *out;
	struct arena arena;
	struct span got;
	VEC(struct span) line; /* of got */
	VEC(const struct node *) want;
	struct buf diff;
	VEC(struct edit) edit;
};

/* ---- files ---- */

/* A path of a test stands beside the pipeline file. */
static const char *
beside(struct trial *t, const char *path)
{
	const char *slash = strrchr(t->plan->path, '/');

	if (*path == '/' || slash == NULL)
		return path;
	return arena_fmt(&t->arena, "%.*s/%s", (int)(slash - t->plan->path), t->plan->path, path).p;
}

static bool
read_all(int fd, struct buf *out)
{
	ssize_t n = 1;

	while (n != 0) {
		n = read(fd, buf_room(out, 1 << 16), 1 << 16);
		if (n > 0)
			out->n += (size_t)n;
		if (n < 0 && errno != EINTR)
			return false;
	}
	return true;
}

static bool
read_path(struct trial *t, const char *path, struct span *text)
{
	struct buf all = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && read_all(fd, &all);

	if (fd >= 0)
		close(fd);
	*text = arena_copy(&t->arena, buf_span(&all));
	buf_free(&all);
	return ok;
}

/* Write a file whole, by rename; it keeps its mode. */
static bool
write_path(struct trial *t, const char *path, struct span text)
{
	const char *part = arena_fmt(&t->arena, "%s.part", path).p;
	struct stat st = { .st_mode = 0666 };
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool ok = fd >= 0 && (stat(path, &st) != 0 || fchmod(fd, st.st_mode & 07777) == 0) &&
		  outfile_write(fd, text) && fsync(fd) == 0;

	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	if (ok && rename(part, path) == 0)
		return true;
	diag_warn(t->diag, (struct where){ .file = path }, "cannot write: %s", strerror(errno));
	unlink(part);
	return false;
}

/* ---- the run ---- */

/* -D of the command line, then those of the test. */
static struct defines
defines_of(struct trial *t, struct arena *a)
{
	const struct node *set = t->test->set;
	struct defines d = t->how->defines;
	VEC(struct define) all = { 0 };

	d.lenient = false;
	for (size_t i = 0; i < d.n; i++)
		VEC_PUSH(a, &all, d.at[i]);
	for (size_t i = 0; set != NULL && i < set->pair.n; i++)
		VEC_PUSH(a, &all,
		    (struct define){ span_c(set->pair.at[i].key), set->pair.at[i].value->text });
	d.at = all.at;
	d.n = all.n;
	return d;
}

/* Standard input -> stages -> standard output, whatever the file says of inputs and outputs. */
static void
redirect(struct plan *p, bool inline_records)
{
	p->files.n = 0;
	p->shard = (struct shard){ 1, 1 };
	p->log = (struct plan_log){ 0 };
	p->stage_retry = 0;
	p->stage_skip = false;
	p->files_from = p->errors_to = NULL;
	p->n_output = 1;
	p->output[0] = (struct output){ .standard = true, .form = form_find("json") };
	if (inline_records)
		p->format = FORMAT_JSONL;
}

__attribute__((noreturn)) static void
child(struct trial *t, int in, int out)
{
	struct plan_how how = *t->how;
	struct exec_how exec = { .color = "never" };
	struct plan p;
	struct buf faults = { 0 };

	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(STATUS_OUTPUT);
	how.defines = defines_of(t, &t->arena);
	plan_load(&p, t->plan->path, &how);
	redirect(&p, t->test->given->kind == NODE_LIST);
	if (p.faults.n_fault == 0)
		check_world(&p, NULL, 0);
	fault_print(&p.faults, "ntag-run: ", &faults);
	dprintf(STDERR_FILENO, "%.*s", (int)faults.n, faults.n == 0 ? "" : faults.p);
	if (p.faults.n_fault > 0)
		_exit(STATUS_RESOURCE);
	_exit(exec_plan(&p, &exec, t->diag));
}

/* The given records as an open file, or -1 with errno. */
static int
open_given(struct trial *t)
{
	const struct node *given = t->test->given;
	struct buf lines = { 0 };
	int fd;

	if (given->kind == NODE_TEXT)
		return open(beside(t, given->text), O_RDONLY | O_CLOEXEC);
	for (size_t i = 0; i < given->item.n; i++) {
		expect_put(given->item.at[i], &lines);
		buf_char(&lines, '\n');
	}
	fd = memfd_create("given", MFD_CLOEXEC);
	if (fd >= 0 && (!outfile_write(fd, buf_span(&lines)) || lseek(fd, 0, SEEK_SET) != 0)) {
		close(fd);
		fd = -1;
	}
	buf_free(&lines);
	return fd;
}

/* Run the child; what it wrote goes to t->got. Its wait status, or -1 with errno. */
static int
run_child(struct trial *t, int in)
{
	int out = memfd_create("records", MFD_CLOEXEC), status = -1;
	struct buf got = { 0 };
	pid_t pid = out < 0 ? -1 : fork();

	if (pid == 0)
		child(t, in, out);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid > 0 && (lseek(out, 0, SEEK_SET) != 0 || !read_all(out, &got)))
		status = -1;
	if (out >= 0)
		close(out);
	t->got = arena_copy(&t->arena, buf_span(&got));
	buf_free(&got);
	return status;
}

static void
fail(struct trial *t, const char *what)
{
	buf_fmt(&t->diff, "  %s\n", what);
}

/* True: it ran to its end; rejected records are no failure of their own. */
static bool
run(struct trial *t)
{
	int in = open_given(t), status;

	if (in < 0) {
		buf_fmt(&t->diff, "  given: %s\n", strerror(errno));
		return false;
	}
	status = run_child(t, in);
	close(in);
	if (status == -1)
		fail(t, strerror(errno));
	else if (WIFSIGNALED(status))
		buf_fmt(&t->diff, "  killed by signal %d\n", WTERMSIG(status));
	else if (WEXITSTATUS(status) != STATUS_OK && WEXITSTATUS(status) != STATUS_SOME)
		buf_fmt(&t->diff, "  ended with status %d\n", WEXITSTATUS(status));
	else
		return true;
	return false;
}

/* ---- comparing ---- */

static void
split_lines(struct trial *t)
{
	for (size_t from = 0, i = 0; i < t->got.n; i++) {
		if (t->got.p[i] != '\n')
			continue;
		VEC_PUSH(&t->arena, &t->line, span_cut(t->got, from, i));
		from = i + 1;
	}
}

/* One JSON object a line, each read as a tree: JSON is YAML enough. */
static bool
read_expected_file(struct trial *t, const char *path)
{
	struct faults f = { .file = path, .arena = &t->arena };
	struct span text;
	size_t from = 0;

	if (!read_path(t, path, &text)) {
		buf_fmt(&t->diff, "  expect: %s: %s\n", path, strerror(errno));
		return false;
	}
	for (size_t i = 0; i < text.n; i++) {
		const struct node *n;

		if (text.p[i] != '\n')
			continue;
		n = node_read(span_cut(text, from, i), &f);
		from = i + 1;
		/* NOLINTNEXTLINE(bugprone-sizeof-expression): a list of pointers it is */
		VEC_PUSH(&t->arena, &t->want, n);
	}
	if (f.n_fault == 0)
		return true;
	fault_print(&f, "  ", &t->diff);
	return false;
}

static bool
read_expected(struct trial *t)
{
	const struct node *n = t->test->expect;

	if (n->kind == NODE_TEXT)
		return read_expected_file(t, beside(t, n->text));
	for (size_t i = 0; i < n->item.n; i++)
		/* NOLINTNEXTLINE(bugprone-sizeof-expression): a list of pointers it is */
		VEC_PUSH(&t->arena, &t->want, n->item.at[i]);
	return true;
}

static void
compare_record(struct trial *t, size_t i)
{
	struct buf diff = { 0 };

	if (i >= t->line.n || i >= t->want.n) {
		struct buf json = { 0 };

		if (i < t->want.n)
			expect_put(t->want.at[i], &json);
		buf_fmt(&diff, "%c ", i < t->want.n ? '-' : '+');
		buf_put(&diff, i < t->want.n ? buf_span(&json) : t->line.at[i]);
		buf_char(&diff, '\n');
		buf_free(&json);
	} else {
		expect_match(t->want.at[i], t->line.at[i], &t->arena, &diff);
	}
	if (diff.n > 0) {
		buf_fmt(&t->diff, "  record %zu\n", i + 1);
		buf_put(&t->diff, buf_span(&diff));
	}
	buf_free(&diff);
}

static void
compare(struct trial *t)
{
	size_t n = t->line.n > t->want.n ? t->line.n : t->want.n;

	for (size_t i = 0; i < n; i++)
		compare_record(t, i);
}

/* ---- rewriting ---- */

/* The records that came, in the shape of the expected ones, as a list of the file. */
static struct span
rewritten(struct trial *t)
{
	const struct node *n = t->test->expect;
	bool block = n->block && n->item.n > 0;
	struct buf out = { 0 };
	struct span text;

	buf_str(&out, block ? "" : "[");
	for (size_t i = 0; i < t->line.n; i++) {
		size_t k = i < n->item.n ? i : n->item.n - 1;

		if (i > 0)
			buf_fmt(&out, "%s\n%*s", block ? "" : ",", (int)n->at.col - block, "");
		buf_str(&out, block ? "- " : "");
		if (n->item.n == 0)
			buf_put(&out, t->line.at[i]);
		else
			expect_project(n->item.at[k], t->line.at[i], &t->arena, &out);
	}
	if (block && t->line.n == 0)
		buf_str(&out, "  []"); /* deeper than its key also where the list was not */
	buf_str(&out, block ? "" : "]");
	text = arena_copy(&t->arena, buf_span(&out));
	buf_free(&out);
	return text;
}

static bool
update(struct trial *t)
{
	if (t->test->expect->kind == NODE_TEXT)
		return write_path(t, beside(t, t->test->expect->text), t->got);
	VEC_PUSH(&t->arena, &t->edit, (struct edit){ t->test->expect, rewritten(t) });
	return true;
}

/* The byte at which character k stands. */
static size_t
byte_of(struct span s, size_t k)
{
	size_t i = 0;

	for (size_t c = 0; i < s.n && c < k; c++)
		for (i++; i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;)
			i++;
	return i;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* All edits into the pipeline file, which must still be one. */
static bool
apply(struct trial *t)
{
	struct span text, rest;
	struct buf out = { 0 };
	struct faults f = { .file = t->plan->path, .arena = &t->arena };
	size_t done = 0;
	bool ok = true;

	if (t->edit.n == 0)
		return true;
	if (!read_path(t, t->plan->path, &text))
		return false;
	rest = span_starts(text, SPAN("\xEF\xBB\xBF")) ? span_cut(text, 3, text.n) : text;
	for (size_t i = 0; i < t->edit.n; i++) {
		size_t from = byte_of(rest, t->edit.at[i].node->from);
		size_t to = byte_of(rest, t->edit.at[i].node->to);

		while (to > from && is_blank(rest.p[to - 1]))
			to--;
		buf_put(&out, span_cut(rest, done, from));
		buf_put(&out, t->edit.at[i].text);
		done = to;
	}
	buf_put(&out, span_cut(rest, done, rest.n));
	if (node_read(buf_span(&out), &f) == NULL || f.n_fault > 0) {
		diag_warn(t->diag, (struct where){ .file = t->plan->path },
		    "these records cannot stand in YAML; left as it was");
		ok = false;
	}
	ok = ok && write_path(t, t->plan->path, buf_span(&out));
	buf_free(&out);
	return ok;
}

/* ---- all of them ---- */

static bool
try_one(struct trial *t, bool rewrite)
{
	bool ran = run(t);

	split_lines(t);
	if (ran && read_expected(t))
		compare(t);
	if (t->diff.n == 0)
		return true;
	if (rewrite && ran)
		return update(t);
	buf_fmt(t->out, "FAIL %s:%zu: %s\n", t->plan->path, t->test->at.line, t->test->name);
	buf_put(t->out, buf_span(&t->diff));
	return false;
}

bool
trial_run(const struct plan *p, const struct plan_how *how, bool rewrite, struct diag *d,
    struct trial_counts *counts, struct buf *out)
{
	struct trial t = { .plan = p, .how = how, .diag = d, .out = out };
	bool ok;

	for (size_t i = 0; i < p->tests.n; i++) {
		t.test = &p->tests.at[i];
		t.line.n = t.want.n = 0;
		buf_clear(&t.diff);
		if (try_one(&t, rewrite))
			counts->passed++;
		else
			counts->failed++;
	}
	ok = apply(&t);
	buf_free(&t.diff);
	arena_free(&t.arena);
	return ok;
}
