/* resume.c - from the state of the last run to the next one. */
#include "resume.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "outfile.h"
#include "retry.h"
#include "sinks.h"
#include "walk.h"

struct resume {
	struct plan *plan;
	const struct resume_how *how;
	struct exec_how *exec;
	struct diag *diag;
	struct state *state;
	struct arena arena; /* outlives the plan */
	const char *path;   /* of the state */
};

static int
lost(const struct resume *r)
{
	diag_warn(r->diag, (struct where){ .file = r->path }, "cannot write: %s", strerror(errno));
	return STATUS_OUTPUT;
}

static const char *
errors_path(const struct resume *r)
{
	return r->exec->errors != NULL ? r->exec->errors : r->plan->errors_to;
}

static uint64_t
errors_length(const struct resume *r)
{
	const char *path = errors_path(r);
	struct stat st;

	if (path == NULL || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return 0;
	return (uint64_t)st.st_size;
}

static bool
cut_errors(const struct resume *r, uint64_t n)
{
	const char *path = errors_path(r);

	if (path == NULL || errors_length(r) <= n)
		return true;
	if (truncate(path, (off_t)n) == 0)
		return true;
	diag_warn(r->diag, (struct where){ .file = path }, "cannot write: %s", strerror(errno));
	return false;
}

/* ---- what was interrupted ---- */

/* The plan as it was on the day and at the time of the interrupted run. */
static bool
load_again(struct resume *r)
{
	struct plan *p = r->plan;
	struct plan_how how = *r->how->plan;
	const char *path = p->path;
	struct buf out = { 0 };
	bool retry = p->retry;

	how.run = arena_cstr(&r->arena, span_c(state_run(r->state)));
	cal_parse(span_c(state_today(r->state)), &how.defines.today);
	plan_free(p);
	plan_load(p, path, &how);
	if (p->faults.n_fault == 0)
		check_world(p, r->how->operand, r->how->n_operand);
	if (retry)
		plan_retry(p, r->how->operand[0]);
	fault_print(&p->faults, "ntag-run: ", &out);
	if (p->faults.n_fault > 0)
		dprintf(STDERR_FILENO, "%.*s", (int)out.n, out.p);
	buf_free(&out);
	return p->faults.n_fault == 0;
}

static int
give_up(struct resume *r)
{
	if (!sinks_undo(r->state, r->diag) || !cut_errors(r, state_errors(r->state, true)))
		return STATUS_OUTPUT;
	return state_abandon(r->state) ? STATUS_OK : lost(r);
}

/* Before an interrupted run goes on: is it the same one? */
static int
take_up(struct resume *r)
{
	if (!load_again(r))
		return STATUS_RESOURCE;
	if (strcmp(plan_identity(r->plan), state_pipeline(r->state)) != 0) {
		diag_warn(r->diag, (struct where){ .file = r->plan->path },
		    "the pipeline, a parameter or this program has changed since a run was "
		    "interrupted; --restart to do that run again from its start");
		return STATUS_LOCKED;
	}
	return cut_errors(r, state_errors(r->state, false)) ? STATUS_OK : STATUS_OUTPUT;
}

/* ---- is there anything to do ---- */

/* Standard input as a list of names is read twice: a pipe is copied first. */
static bool
keep_list(void)
{
	int fd;
	char part[1 << 14];
	ssize_t n;
	bool ok = true;

	if (lseek(STDIN_FILENO, 0, SEEK_CUR) >= 0)
		return true;
	fd = memfd_create("names", MFD_CLOEXEC);
	while (ok && (n = read(STDIN_FILENO, part, sizeof(part))) != 0)
		ok = n < 0 ? errno == EINTR : outfile_write(fd, (struct span){ part, (size_t)n });
	ok = ok && fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 && dup2(fd, STDIN_FILENO) >= 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
any_due(struct resume *r, struct diag *quiet)
{
	const struct plan *p = r->plan;
	bool listed = p->files_from != NULL && strcmp(p->files_from, "-") == 0;
	off_t at = listed ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
	struct walk_from from = { p->names.list.at, p->names.list.n, p->files_from,
		listed ? check_standard_list() : p->newline_names };
	struct walk *w = walk_new(&from, quiet, NULL, NULL);
	const char *name;
	bool found, due = false;

	if (p->files_from == NULL && p->names.list.n == 0)
		name = NULL; /* patterns without a match */
	else
		while (!due && (name = walk_next(w, &found)) != NULL)
			due = shard_has(p->shard, name) && state_is_due(r->state, name);
	walk_free(w);
	if (listed)
		lseek(STDIN_FILENO, at, SEEK_SET);
	return due;
}

/* With nothing new nothing is touched (FAULTS D6). True: *status is that of a run that need not be. */
static bool
nothing_to_do(struct resume *r, int *status)
{
	struct diag quiet = { .prog = "ntag-run" };
	const struct plan *p = r->plan;
	bool idle;

	if ((!p->only_new && p->settle <= 0) || p->standard_input)
		return false;
	if (p->files_from != NULL && strcmp(p->files_from, "-") == 0 && !keep_list()) {
		diag_warn(
		    r->diag, (struct where){ .file = "-" }, "read error: %s", strerror(errno));
		*status = STATUS_SOME;
		return true;
	}
	idle = !any_due(r, &quiet);
	*status = state_refresh(r->state) ? diag_status(&quiet) : lost(r);
	if (idle && quiet.err.n > 0)
		dprintf(STDERR_FILENO, "%.*s", (int)quiet.err.n, quiet.err.p);
	buf_free(&quiet.err);
	return idle || *status == STATUS_OUTPUT;
}

/* ---- the run ---- */

static bool
begin(struct resume *r)
{
	const struct plan_how *how = r->how->plan;
	const struct cal *day = &how->defines.today;
	const char *today = arena_fmt(&r->arena, "%04d-%02d-%02d", day->y, day->m, day->d).p;
	struct buf outputs = { 0 };
	struct state_run run = { .name = how->run,
		.today = today,
		.pipeline = plan_identity(r->plan),
		.places = plan_places(r->plan),
		.errors = errors_length(r) };
	bool ok;

	sinks_put_places(r->plan, &outputs);
	run.outputs = buf_span(&outputs);
	ok = state_begin(r->state, &run);
	buf_free(&outputs);
	return ok;
}

/* The state of another shard of the same pipeline: name is "p.2-of-4.state" where own is "p.1-of-4.state". */
static bool
is_sibling(const char *name, const char *own)
{
	struct span s = span_c(name), o = span_c(own);
	size_t dot = o.n - strlen(".state");

	while (dot > 0 && o.p[dot - 1] != '.')
		dot--;
	return strcmp(name, own) != 0 && span_starts(s, span_cut(o, 0, dot)) &&
	       span_ends(s, SPAN(".state")) && strstr(name + dot, "-of-") != NULL;
}

/* Two shards that write to the same files would destroy each other's work. */
static bool
is_alone(struct resume *r)
{
	const char *own = strrchr(r->path, '/') + 1, *places = plan_places(r->plan);
	const char *path = arena_cstr(&r->arena, (struct span){ r->path, (size_t)(own - r->path) });
	DIR *d = r->plan->shard.n > 1 ? opendir(path) : NULL;
	const struct dirent *e;
	bool alone = true;

	while (d != NULL && alone && (e = readdir(d)) != NULL) {
		struct diag quiet = { .prog = "ntag-run" };
		struct state *s;
		bool running;

		if (!is_sibling(e->d_name, own))
			continue;
		s = state_peek(arena_fmt(&r->arena, "%s%s", path, e->d_name).p, &quiet, &running);
		alone = s == NULL || strcmp(state_places_hash(s), places) != 0;
		state_close(s);
		buf_free(&quiet.err);
		if (!alone)
			diag_warn(r->diag, (struct where){ .file = r->plan->path },
			    "another shard writes to the same files (%s); give each outputs of its "
			    "own, "
			    "as with -D out=out/%u",
			    e->d_name, r->plan->shard.i);
	}
	if (d != NULL)
		closedir(d);
	return alone;
}

static bool
writes_files(const struct plan *p)
{
	for (size_t i = 0; i < p->n_output; i++)
		if (!p->output[i].standard)
			return true;
	return p->errors_to != NULL;
}

static int
run_with_state(struct resume *r)
{
	const struct plan *p = r->plan;
	struct state_choice choice = {
		.only_new = p->only_new, .settle = p->settle, .by_stamp = p->retry
	};
	bool interrupted = state_run(r->state) != NULL;
	int status = STATUS_OK;

	if (interrupted)
		status = r->how->restart ? give_up(r) : take_up(r);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < p->n_output; i++)
		choice.appends |= p->output[i].append;
	state_choose(r->state, &choice);
	if (!interrupted || r->how->restart) {
		if (nothing_to_do(r, &status))
			return status;
		if (!begin(r))
			return lost(r);
	}
	r->exec->state = r->state;
	return exec_plan(r->plan, r->exec, r->diag);
}

int
resume_run(struct plan *p, const struct resume_how *how, struct exec_how *exec, struct diag *d)
{
	struct resume r = { .plan = p, .how = how, .exec = exec, .diag = d };
	int status = STATUS_OUTPUT;
	char *slash;

	r.path = arena_cstr(&r.arena, span_c(plan_state(p, how->plan)));
	slash = strrchr(r.path, '/');
	if (!outfile_make_dirs(
		arena_cstr(&r.arena, (struct span){ r.path, (size_t)(slash - r.path) + 1 })))
		status = lost(&r);
	else
		r.state = state_open(r.path, p->lock, d, &status);
	if (r.state != NULL && retry_pending(p, how->plan, d))
		status = STATUS_LOCKED;
	else if (r.state != NULL)
		status = writes_files(p) && !is_alone(&r) ? STATUS_RESOURCE : run_with_state(&r);
	state_close(r.state);
	arena_free(&r.arena);
	return status;
}

/* ---- looking ---- */

struct state *
resume_peek(struct plan *p, const struct plan_how *how, struct diag *d, bool *running)
{
	struct state_choice choice = { .only_new = p->only_new, .settle = p->settle };
	struct state *s = state_peek(plan_state(p, how), d, running);

	if (s != NULL)
		state_choose(s, &choice);
	return s;
}

/* Lines of the file of dead letters; 0 if there is none. */
static size_t
count_lines(const char *path)
{
	char part[1 << 14];
	ssize_t n;
	size_t lines = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && (n = read(fd, part, sizeof(part))) > 0)
		for (ssize_t i = 0; i < n; i++)
			lines += part[i] == '\n';
	if (fd >= 0)
		close(fd);
	return lines;
}

bool
resume_put_status(const struct plan *p, const struct state *s, bool running, struct buf *out)
{
	size_t n = state_known(s);

	diag_mask(out, span_c(p->path));
	if (*state_last(s) == '\0') {
		buf_str(out, running ? ": a first run has just begun\n" : ": no run yet\n");
		return running;
	}
	buf_fmt(out, ": run %s %s; %zu file%s known", state_last(s),
	    running                ? "under way"
	    : state_run(s) != NULL ? "was interrupted; the next one goes on"
				   : "complete",
	    n, n == 1 ? "" : "s");
	if (p->errors_to != NULL) {
		buf_fmt(out, "; %zu dead letters in ", count_lines(p->errors_to));
		diag_mask(out, span_c(p->errors_to));
	}
	buf_char(out, '\n');
	return running;
}
