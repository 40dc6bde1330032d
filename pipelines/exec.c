/* exec.c - segments of a plan as processes, and what their ends mean. */
#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "duration.h"
#include "outfile.h"
#include "sinks.h"
#include "watch.h"

/* Stages [from, to): filters of one process, or one external program. */
struct segment {
	size_t from, to;
	const struct stage *program; /* NULL: filters */
	pid_t pid;
	int status;      /* of waitpid */
	bool count;      /* the records that leave it are counted: the next one keeps all */
	uint64_t passed; /* of this process: records that left it */
};

/* What a segment in a process of its own leaves behind. */
struct result {
	uint64_t read, passed;
	bool over; /* stopped by errors.max */
};

enum { SEGMENT_MAX = 2 * STEP_MAX + 1 };

struct execution {
	struct plan *plan;
	const struct exec_how *how;
	struct diag *diag;
	struct segment segment[SEGMENT_MAX];
	size_t n;
	const char *errors;
	struct result *result; /* one for each segment, shared by the processes */
	struct watch *watch;   /* NULL: nothing to be watched */
	struct sinks *sinks;
	bool over;
	double committed; /* when */
	bool
	    sums; /* a filter keeps something of all records: there is nothing to commit before the end */
	int report; /* for the list of files read, from the first segment; or -1 */
};

enum { REPORT_FD = 3, WAITING_MAX = 10000 };

/* Filters, program, filters, ..., filters: segments of filters may be empty; the ends are always there, and so
 * is one on either side of a program whose records are counted. */
static void
cut(struct execution *x)
{
	const struct plan *p = x->plan;
	size_t from = 0;

	for (size_t i = 0; i < p->n_stage; i++) {
		if (p->stage[i].filter != NULL)
			continue;
		if (i > from || i == 0 || p->stage[i].keeps_all || p->stage[i - 1].keeps_all)
			x->segment[x->n++] = (struct segment){
				.from = from, .to = i, .count = p->stage[i].keeps_all
			};
		x->segment[x->n++] =
		    (struct segment){ .from = i, .to = i + 1, .program = &p->stage[i] };
		from = i + 1;
	}
	x->segment[x->n++] = (struct segment){ .from = from, .to = p->n_stage };
}

/* ---- a segment of filters ---- */

static void
set_input(struct run *run, const struct execution *x)
{
	struct plan *p = x->plan;

	run->input = (struct input){ .file = p->names.list.at,
		.n_file = p->names.list.n,
		.files0_from = p->files_from,
		.newline_names = p->newline_names,
		.format = p->format,
		.max_record = p->max_record };
	if (x->how->state != NULL)
		run->input.files = state_input(x->how->state);
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
		.errors_append = x->n > 1 || x->how->state != NULL,
		.strict = x->how->strict || p->strict,
		.limit = p->limit,
		.stop = x->watch != NULL && k + 1 == x->n ? watch_stop(x->watch) : NULL,
		.quiet = x->how->quiet,
		.stats = x->how->stats,
		.progress = x->how->progress && k == 0 };
	for (size_t i = s->from; i < s->to; i++)
		run->step[run->n_step++] = (struct step){ .filter = p->stage[i].filter,
			.model = p->stage[i].model,
			.opts = p->stage[i].opts };
	if (k == 0)
		set_input(run, x);
	else
		run->input = (struct input){ .format = FORMAT_JSONL, .max_record = p->max_record };
}

/* ---- records that pass ---- */

static bool
put_counted(void *ctx, struct span bytes)
{
	struct segment *s = ctx;
	struct sink out = sink_stdout();

	for (const char *p = bytes.p, *end = p + bytes.n;
	     p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		s->passed++;
	return out.put(out.ctx, bytes);
}

static bool
open_counted(void *ctx)
{
	struct sink out = sink_stdout();

	(void)ctx;
	return out.open(out.ctx);
}

static bool
close_counted(void *ctx)
{
	struct sink out = sink_stdout();

	(void)ctx;
	return out.close(out.ctx);
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

/* Filters in a process of their own. */
__attribute__((noreturn)) static void
run_segment(struct execution *x, size_t k)
{
	struct segment *s = &x->segment[k];
	struct run run;
	int status;

	set_run(&run, x, k);
	if (s->count)
		run.sink = (struct sink){
			.open = open_counted, .put = put_counted, .close = close_counted, .ctx = s
		};
	status = run_steps(&run);
	x->result[k] = (struct result){ run.count.read, s->passed, run.over };
	if (k == 0 && x->report >= 0 && !outfile_write(REPORT_FD, state_list(x->how->state)))
		status = STATUS_OUTPUT;
	_exit(status);
}

/* A process group of its own, so that what the program starts ends with it. It must not outlive this
 * process either, which the terminal can no longer tell it. */
static bool
own_group(const struct execution *x, const struct segment *s)
{
	return s->program != NULL && (s->program->timeout > 0 || x->plan->timeout > 0);
}

/* Descriptors of a child; -1: as they are here. */
struct ends {
	int in, out, err;
};

__attribute__((noreturn)) static void
child(struct execution *x, size_t k, const struct ends *e)
{
	const struct segment *s = &x->segment[k];

	if (own_group(x, s)) {
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	} else if (x->how->state !=
		   NULL) { /* nothing may be written behind the back of the next run */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	}
	if (e->in >= 0)
		dup2(e->in, STDIN_FILENO);
	dup2(e->out, STDOUT_FILENO);
	if (e->err >= 0)
		dup2(e->err, STDERR_FILENO);
	if (s->program == NULL && k == 0 && x->report >= 0) {
		dup2(x->report, REPORT_FD);
		close_range(REPORT_FD + 1, ~0U, 0);
	} else {
		close_range(REPORT_FD, ~0U, 0);
	}
	reset_signals();
	if (s->program == NULL)
		run_segment(x, k);
	execvpe(s->program->argv[0], s->program->argv, clean_environment(&x->plan->arena));
	diag_die(x->diag, STATUS_OUTPUT, "cannot run %s: %s", s->program->argv[0], strerror(errno));
}

static const char *
name_of(const struct execution *x, size_t k)
{
	const struct segment *s = &x->segment[k];

	if (s->program != NULL)
		return s->program->argv[0];
	return s->from < s->to ? stage_name(&x->plan->stage[s->from], &x->plan->arena)
			       : "the output";
}

static int
cannot_start(const struct execution *x)
{
	diag_warn(x->diag, (struct where){ 0 }, "cannot start a stage: %s", strerror(errno));
	return -1;
}

static void
watch_segment(struct execution *x, size_t k, int err)
{
	const struct segment *s = &x->segment[k];
	struct watched one = { .name = name_of(x, k), .pid = s->pid, .err = err };

	if (s->program != NULL) {
		one.where =
		    (struct where){ x->plan->path, s->program->at.line, s->program->at.col };
		one.group = own_group(x, s);
		one.timeout = s->program->timeout;
		fcntl(err, F_SETFL, O_NONBLOCK);
	}
	watch_add(x->watch, &one);
}

/* Start segment k, which reads from in. Returns the descriptor that the next one reads from, or -1. */
static int
start_one(struct execution *x, size_t k, int in)
{
	struct segment *s = &x->segment[k];
	int fd[2], err[2] = { -1, -1 };

	if (pipe2(fd, O_CLOEXEC) != 0 || (s->program != NULL && pipe2(err, O_CLOEXEC) != 0) ||
	    (s->pid = fork()) < 0)
		return cannot_start(x);
	if (s->pid == 0) {
		close(fd[0]);
		child(x, k, &(struct ends){ in, fd[1], err[1] });
	}
	if (own_group(x, s))
		setpgid(s->pid, s->pid);
	close(fd[1]);
	if (err[1] >= 0)
		close(err[1]);
	watch_segment(x, k, err[0]);
	return fd[0];
}

/* Start all segments but the last; returns the descriptor from which that one reads, or -1. */
static int
start(struct execution *x)
{
	int in = -1;

	for (size_t k = 0; k + 1 < x->n; k++) {
		int next = start_one(x, k, in);

		if (in >= 0)
			close(in);
		if (next < 0)
			return -1;
		in = next;
	}
	return in;
}

/* ---- ends ---- */

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

/* A program that keeps all must have given one record for each. */
static int
judge_kept(const struct execution *x)
{
	char what[100];

	for (size_t k = 0; k + 1 < x->n; k++) {
		if (x->segment[k].program == NULL || !x->segment[k].program->keeps_all ||
		    x->result[k - 1].passed == x->result[k + 1].read)
			continue;
		snprintf(what, sizeof(what), "keeps all, but gave %llu records for %llu",
		    (unsigned long long)x->result[k + 1].read,
		    (unsigned long long)x->result[k - 1].passed);
		say(x, k, what);
		return STATUS_OUTPUT;
	}
	return STATUS_OK;
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
	for (size_t k = 0; k + 1 < x->n; k++) {
		own = worse(own, judge(x, k));
		x->over |= x->result[k].over;
	}
	if (own > STATUS_SOME || x->over || (strict && own != STATUS_OK))
		return own;
	own = judge_cut_off(x, own);
	return own == STATUS_OUTPUT ? own : worse(own, judge_kept(x));
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
	if (x->errors == NULL || x->n == 1 || x->how->state != NULL)
		return true;
	fd = open(x->errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return errors_lost(x);
	close(fd);
	return true;
}

/* ---- commits ---- */

static bool
keeps_state(const struct step *s)
{
	return s->filter->keeps != NULL && (s->filter->keeps(s->model) & KEEPS_STATE) != 0;
}

static bool
is_due(void *ctx)
{
	struct execution *x = ctx;

	return !x->sums && x->plan->checkpoint >= 0 &&
	       (state_waiting(x->how->state) >= WAITING_MAX ||
		   duration_now() - x->committed >= x->plan->checkpoint);
}

/* Length of the dead letters, once they are safe. False with errno. */
static bool
sync_errors(const struct execution *x, uint64_t *length)
{
	struct stat st;
	int fd;
	bool ok;

	*length = 0;
	if (x->errors == NULL)
		return true;
	fd = open(x->errors, O_WRONLY | O_CLOEXEC);
	ok = fd >= 0 && (fdatasync(fd) == 0 || errno == EINVAL) && fstat(fd, &st) == 0;
	if (ok && S_ISREG(st.st_mode))
		*length = (uint64_t)st.st_size;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
commit_all(struct execution *x, const char *file, uint64_t units, bool finish)
{
	struct buf out = { 0 };
	uint64_t errors;
	bool ok = sinks_sync(x->sinks, &out) && sync_errors(x, &errors) &&
		  state_commit(x->how->state, buf_span(&out), errors, file, units, finish);
	int error = errno;

	buf_free(&out);
	errno = error;
	x->committed = duration_now();
	return ok;
}

/* Standard input cannot be taken up in the middle. */
static bool
commit(void *ctx, const char *file, uint64_t units)
{
	struct execution *x = ctx;

	if (file != NULL && strcmp(file, "-") == 0) {
		x->committed = duration_now();
		return true;
	}
	return commit_all(x, file, units, false);
}

/* What the first segment has read, told by its process. */
static bool
take_report(struct execution *x)
{
	struct buf list = { 0 };
	ssize_t n = 1;

	if (x->report < 0)
		return true;
	if (lseek(x->report, 0, SEEK_SET) != 0)
		return false;
	while (n > 0) {
		n = read(x->report, buf_room(&list, 1 << 16), 1 << 16);
		list.n += n > 0 ? (size_t)n : 0;
	}
	state_add_list(x->how->state, buf_span(&list));
	buf_free(&list);
	close(x->report);
	return n == 0;
}

/* The run has come to a good end: all is safe, then the names are given. */
static bool
end_state(struct execution *x)
{
	struct state *s = x->how->state;

	if (!state_finished(s) && !(take_report(x) && commit_all(x, NULL, 0, true))) {
		diag_warn(x->diag, (struct where){ 0 }, "cannot keep the state of the run: %s",
		    strerror(errno));
		return false;
	}
	return sinks_commit(x->sinks) && state_end(s);
}

/* The time is over and the run does not end by itself. */
static void
give_up(void *ctx)
{
	struct execution *x = ctx;

	if (x->how->state == NULL)
		sinks_abort(x->sinks);
}

/* Start the segments in front of the last, and the watch over them and over the time. */
static bool
start_all(struct execution *x)
{
	const struct plan *p = x->plan;
	int in;

	if (x->n == 1 && p->timeout == 0)
		return true;
	x->watch = watch_new(x->diag);
	if (x->n > 1) {
		signal(SIGCHLD, SIG_DFL);
		in = start(x);
		if (in < 0)
			return false;
		dup2(in, STDIN_FILENO);
		close(in);
	}
	if (p->timeout > 0)
		watch_limit(x->watch, p->timeout, give_up, x);
	if (watch_start(x->watch))
		return true;
	cannot_start(x);
	return false;
}

static int
run_all(struct execution *x)
{
	struct run run;
	int status;

	if (!start_all(x))
		return STATUS_OUTPUT;
	set_run(&run, x, x->n - 1);
	sinks_plug(x->sinks, &run);
	for (size_t i = 0; i < run.n_step; i++)
		x->sums |= keeps_state(&run.step[i]);
	if (x->how->state != NULL && x->n == 1)
		run.commit = (struct run_commit){ is_due, commit, x };
	status = run_steps(&run);
	x->over = run.over;
	x->result[x->n - 1] = (struct result){ .read = run.count.read };
	if (x->n > 1) {
		close(STDIN_FILENO); /* a stage that is still writing must not wait for a reader */
		status = finish(x, status, run.strict);
	}
	return status;
}

/* Room for what the segments leave behind; in memory that all processes share. */
static void
share(struct execution *x)
{
	x->result = mmap(NULL, x->n * sizeof(*x->result), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (x->result == MAP_FAILED)
		die_oom(x->n * sizeof(*x->result));
}

static int
run_watched(struct execution *x)
{
	int status;

	share(x);
	if (x->plan->nice > 0 && setpriority(PRIO_PROCESS, 0, x->plan->nice) != 0)
		diag_warn(x->diag, (struct where){ 0 }, "run.nice: %s", strerror(errno));
	status = prepare_errors(x) ? run_all(x) : STATUS_OUTPUT;
	if (watch_end(x->watch))
		status = STATUS_TIME;
	munmap(x->result, x->n * sizeof(*x->result));
	return status;
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

/* Files get their names, or go back to what they were; with a state, to where the next run takes up. */
static int
conclude(struct execution *x, int status, bool whole)
{
	bool kept = x->how->state != NULL;

	if (!whole && status == STATUS_SOME)
		say_kept(x->plan, x->diag);
	if (whole)
		return (kept ? end_state(x) : sinks_commit(x->sinks)) ? status : STATUS_OUTPUT;
	if (kept)
		sinks_cut_back(x->sinks);
	else
		sinks_abort(x->sinks);
	return status;
}

int
exec_plan(struct plan *p, const struct exec_how *how, struct diag *d)
{
	struct execution x = { .plan = p, .how = how, .diag = d, .report = -1 };
	int status;
	bool whole;

	x.errors = how->errors != NULL ? how->errors : p->errors_to;
	cut(&x);
	x.sinks = sinks_open(p, how->color, how->state, d);
	if (x.sinks == NULL)
		return STATUS_OUTPUT;
	x.committed = duration_now();
	if (how->state != NULL && x.n > 1)
		x.report = memfd_create("report", MFD_CLOEXEC);
	status = how->state != NULL && state_finished(how->state) ? STATUS_OK : run_watched(&x);
	whole =
	    status == STATUS_OK || (status == STATUS_SOME && !p->strict && !how->strict && !x.over);
	status = conclude(&x, status, whole);
	sinks_free(x.sinks);
	return status;
}
