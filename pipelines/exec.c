/* exec.c - segments of a plan as processes, and what their ends mean. */
#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "outfile.h"
#include "sinks.h"

/* Stages [from, to): filters of one process, or one external program. */
struct segment {
	size_t from, to;
	const struct stage *program; /* NULL: filters */
	pid_t pid;
	int status; /* of waitpid */
};

enum { SEGMENT_MAX = 2 * STEP_MAX + 1 };

struct execution {
	struct plan *plan;
	const struct exec_how *how;
	struct diag *diag;
	struct segment segment[SEGMENT_MAX];
	size_t n;
	const char *errors;
};

/* Filters, program, filters, ..., filters: segments of filters may be empty, the ends always are there. */
static void
cut(struct execution *x)
{
	const struct plan *p = x->plan;
	size_t from = 0;

	for (size_t i = 0; i < p->n_stage; i++) {
		if (p->stage[i].filter != NULL)
			continue;
		if (i > from || i == 0)
			x->segment[x->n++] = (struct segment){ .from = from, .to = i };
		x->segment[x->n++] =
		    (struct segment){ .from = i, .to = i + 1, .program = &p->stage[i] };
		from = i + 1;
	}
	x->segment[x->n++] = (struct segment){ .from = from, .to = p->n_stage };
}

/* ---- a segment of filters ---- */

static void
set_input(struct run *run, struct plan *p)
{
	run->input = (struct input){ .file = p->names.list.at,
		.n_file = p->names.list.n,
		.files0_from = p->files_from,
		.newline_names = p->newline_names,
		.format = p->format,
		.max_record = p->max_record };
	if (p->files_from == NULL && p->names.list.n == 0 && !p->standard_input)
		run->input.files0_from =
		    "/dev/null"; /* patterns without a match: nothing, not standard input */
	if (p->files_from != NULL && strcmp(p->files_from, "-") == 0)
		run->input.newline_names = check_standard_list();
}

static void
set_run(struct run *run, struct execution *x, size_t k)
{
	struct plan *p = x->plan;
	const struct segment *s = &x->segment[k];

	*run = (struct run){ .prog = "ntag-run",
		.form = forms[0],
		.look = { .prog = "ntag-run" },
		.sink = sink_stdout(),
		.jobs = x->how->jobs != 0 ? x->how->jobs : p->jobs,
		.errors = x->errors,
		.errors_append = x->n > 1,
		.strict = x->how->strict || p->strict,
		.quiet = x->how->quiet,
		.stats = x->how->stats,
		.progress = x->how->progress && k == 0 };
	for (size_t i = s->from; i < s->to; i++)
		run->step[run->n_step++] = (struct step){ .filter = p->stage[i].filter,
			.model = p->stage[i].model,
			.opts = p->stage[i].opts };
	if (k == 0)
		set_input(run, p);
	else
		run->input = (struct input){ .format = FORMAT_JSONL, .max_record = p->max_record };
}

/* ---- children ---- */

static void
reset_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int i = 1; i < NSIG; i++)
		if (i != SIGKILL && i != SIGSTOP)
			signal(i, SIG_DFL);
}

/* The environment without the settings of this program. */
static char **
clean_environment(struct arena *a)
{
	size_t n = 0, k = 0;
	char **clean;

	while (environ[n] != NULL)
		n++;
	clean = ARENA_NEW(a, char *, n + 1);
	for (size_t i = 0; i < n; i++)
		if (strncmp(environ[i], "NTAG_", 5) != 0)
			clean[k++] = environ[i];
	return clean;
}

__attribute__((noreturn)) static void
child(struct execution *x, size_t k, int in, int out)
{
	const struct segment *s = &x->segment[k];
	struct run run;

	if (in >= 0)
		dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	close_range(3, ~0U, 0);
	reset_signals();
	if (s->program == NULL) {
		set_run(&run, x, k);
		_exit(run_steps(&run));
	}
	execvpe(s->program->argv[0], s->program->argv, clean_environment(&x->plan->arena));
	diag_die(x->diag, STATUS_OUTPUT, "cannot run %s: %s", s->program->argv[0], strerror(errno));
}

/* Start all segments but the last; returns the descriptor from which that one reads, or -1. */
static int
start(struct execution *x)
{
	int in = -1;

	for (size_t k = 0; k + 1 < x->n; k++) {
		int fd[2];

		if (pipe2(fd, O_CLOEXEC) != 0 || (x->segment[k].pid = fork()) < 0) {
			diag_warn(x->diag, (struct where){ 0 }, "cannot start a stage: %s",
			    strerror(errno));
			return -1;
		}
		if (x->segment[k].pid == 0) {
			close(fd[0]);
			child(x, k, in, fd[1]);
		}
		close(fd[1]);
		if (in >= 0)
			close(in);
		in = fd[0];
	}
	return in;
}

/* ---- ends ---- */

static const char *
name_of(const struct execution *x, size_t k)
{
	const struct segment *s = &x->segment[k];

	if (s->program != NULL)
		return s->program->argv[0];
	return s->from < s->to ? stage_name(&x->plan->stage[s->from], &x->plan->arena)
			       : "the output";
}

static void
say(const struct execution *x, size_t k, const char *what)
{
	const struct segment *s = &x->segment[k];
	struct where w = { 0 };

	if (s->program != NULL)
		w = (struct where){ x->plan->path, s->program->at.line, s->program->at.col };
	diag_warn(x->diag, w, "%s %s; the output is incomplete", name_of(x, k), what);
}

/* A segment that was cut off by the one behind it. */
static bool
cut_off(const struct segment *s)
{
	if (WIFSIGNALED(s->status))
		return WTERMSIG(s->status) == SIGPIPE;
	return s->program == NULL && WEXITSTATUS(s->status) == STATUS_OUTPUT;
}

/* What the end of one segment adds to the status of the run. */
static int
judge(const struct execution *x, size_t k)
{
	const struct segment *s = &x->segment[k];
	char what[80];

	if (cut_off(s))
		return STATUS_OK; /* judged by what cut it off */
	if (WIFSIGNALED(s->status)) {
		snprintf(what, sizeof(what), "was killed by signal %d", WTERMSIG(s->status));
		say(x, k, what);
		return STATUS_OUTPUT;
	}
	if (s->program == NULL)
		return WEXITSTATUS(s->status);
	if (WEXITSTATUS(s->status) == 0)
		return STATUS_OK;
	snprintf(what, sizeof(what), "ended with status %d", WEXITSTATUS(s->status));
	say(x, k, what);
	return STATUS_OUTPUT;
}

/* Nothing else failed, yet a segment could not get rid of its records: they are lost. */
static int
judge_cut_off(const struct execution *x, int status)
{
	for (size_t k = 0; k + 1 < x->n; k++) {
		if (status == STATUS_OUTPUT || !cut_off(&x->segment[k]))
			continue;
		say(x, k + 1, "stopped reading before the end");
		status = STATUS_OUTPUT;
	}
	return status;
}

static int
worse(int a, int b)
{
	return a > b ? a : b;
}

/* The statuses of all segments as one; own is that of this process. */
static int
finish(struct execution *x, int own, bool strict)
{
	bool stopped = own == STATUS_OUTPUT || (strict && own != STATUS_OK);

	for (size_t k = 0; k + 1 < x->n; k++)
		while (waitpid(x->segment[k].pid, &x->segment[k].status, 0) < 0 && errno == EINTR)
			;
	if (stopped) /* the others failed because of it */
		return own;
	for (size_t k = 0; k + 1 < x->n; k++)
		own = worse(own, judge(x, k));
	return strict && own != STATUS_OK ? own : judge_cut_off(x, own);
}

static bool
errors_lost(const struct execution *x)
{
	diag_warn(x->diag, (struct where){ .file = x->errors }, "cannot open for writing: %s",
	    strerror(errno));
	return false;
}

/* The directory of the dead letters is made; several processes add to one file, emptied once. */
static bool
prepare_errors(const struct execution *x)
{
	const char *slash = x->errors == NULL ? NULL : strrchr(x->errors, '/');
	int fd;

	if (slash != NULL && !outfile_make_dirs(arena_cstr(&x->plan->arena,
				 (struct span){ x->errors, (size_t)(slash - x->errors) + 1 })))
		return errors_lost(x);
	if (x->errors == NULL || x->n == 1)
		return true;
	fd = open(x->errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return errors_lost(x);
	close(fd);
	return true;
}

static int
run_all(struct execution *x, struct sinks *s)
{
	struct run run;
	int in, status;

	if (x->n > 1) {
		signal(SIGCHLD, SIG_DFL);
		in = start(x);
		if (in < 0)
			return STATUS_OUTPUT;
		dup2(in, STDIN_FILENO);
		close(in);
	}
	set_run(&run, x, x->n - 1);
	sinks_plug(s, &run);
	status = run_steps(&run);
	if (x->n == 1)
		return status;
	close(STDIN_FILENO); /* a stage that is still writing must not wait for a reader */
	return finish(x, status, run.strict);
}

/* After a strict run with a fault, which is complete in nothing. */
static void
say_kept(const struct plan *p, struct diag *d)
{
	for (size_t i = 0; i < p->n_output; i++) {
		const struct output *o = &p->output[i];

		if (o->standard || o->append)
			continue;
		diag_warn(d, (struct where){ 0 },
		    "the run has failed; what was to be replaced stays as it was");
		return;
	}
}

int
exec_plan(struct plan *p, const struct exec_how *how, struct diag *d)
{
	struct execution x = { .plan = p, .how = how, .diag = d };
	struct sinks *s;
	int status;
	bool whole;

	x.errors = how->errors != NULL ? how->errors : p->errors_to;
	cut(&x);
	s = sinks_open(p, how->color, d);
	if (s == NULL)
		return STATUS_OUTPUT;
	status = prepare_errors(&x) ? run_all(&x, s) : STATUS_OUTPUT;
	whole = status == STATUS_OK || (status == STATUS_SOME && !p->strict && !how->strict);
	if (!whole && status == STATUS_SOME)
		say_kept(p, d);
	if (!whole)
		sinks_abort(s);
	else if (!sinks_commit(s))
		status = STATUS_OUTPUT;
	sinks_free(s);
	return status;
}
