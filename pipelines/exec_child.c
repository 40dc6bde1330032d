/* exec_child.c - segments in processes of their own. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "exec_own.h"
#include "outfile.h"

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
	struct exec_tick tick;
	int status;

	exec_own_run(&run, x, k);
	exec_report_plug(x, k, &tick, &run);
	if (k == 0)
		exec_leg_plug(x, &run);
	if (s->count)
		run.sink = (struct sink){
			.open = open_counted, .put = put_counted, .close = close_counted, .ctx = s
		};
	status = exec_steps(&run, k);
	x->result[k].read = run.count.read;
	x->result[k].passed = s->passed;
	x->result[k].over = run.over;
	exec_report_child(&tick, &run.count, 1);
	if (k == 0 && x->report >= 0 && !atomic_load(&x->result[0].more) &&
	    !outfile_write(REPORT_FD, state_list(x->how->state)))
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

/* Descriptors of a child, -1: as they are here; and the process that it belongs to. */
struct ends {
	int in, out, err;
	pid_t parent;
};

/* Die with the parent, also with one that is dead already: nothing may be written behind the back of the next run. */
static void
bind_life(const struct execution *x, const struct segment *s, pid_t parent)
{
	if (own_group(x, s)) {
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	} else if (x->how->state != NULL) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	} else {
		return;
	}
	if (getppid() != parent)
		_exit(STATUS_OUTPUT);
}

/* A program has 0 to 2 alone. Filters keep what the state needs: the list of files that they fill, and the lock, so that
 * the next run waits for the end of what a killed one has started. */
static void
keep_descriptors(const struct execution *x, const struct segment *s)
{
	int report = -1, lock = -1;

	if (s->program == NULL && x->report >= 0)
		report = fcntl(x->report, F_DUPFD, OTHER_FD);
	if (s->program == NULL && x->how->state != NULL)
		lock = fcntl(state_lock_fd(x->how->state), F_DUPFD, OTHER_FD);
	close_range(REPORT_FD, LOCK_FD, 0);
	if (report >= 0)
		dup2(report, REPORT_FD);
	if (lock >= 0)
		dup2(lock, LOCK_FD);
	close_range(OTHER_FD, ~0U, 0);
}

__attribute__((noreturn)) static void
child(struct execution *x, size_t k, const struct ends *e)
{
	const struct segment *s = &x->segment[k];

	bind_life(x, s, e->parent);
	if (e->in >= 0)
		dup2(e->in, STDIN_FILENO);
	dup2(e->out, STDOUT_FILENO);
	if (e->err >= 0)
		dup2(e->err, STDERR_FILENO);
	keep_descriptors(x, s);
	reset_signals();
	if (s->program == NULL)
		run_segment(x, k);
	execvpe(s->program->argv[0], s->program->argv, clean_environment(&x->plan->arena));
	diag_die(x->diag, STATUS_OUTPUT, "cannot run %s: %s", s->program->argv[0], strerror(errno));
}

const char *
exec_child_name(const struct execution *x, size_t k)
{
	const struct segment *s = &x->segment[k];

	if (s->program != NULL)
		return s->program->argv[0];
	return s->from < s->to ? stage_name(&x->plan->stage[s->from], &x->plan->arena)
			       : "the output";
}

int
exec_child_failed(const struct execution *x)
{
	diag_warn(x->diag, (struct where){ 0 }, "cannot start a stage: %s", strerror(errno));
	return -1;
}

static void
watch_segment(struct execution *x, size_t k, int err)
{
	const struct segment *s = &x->segment[k];
	struct watched one = { .name = exec_child_name(x, k), .pid = s->pid, .err = err };

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
	pid_t parent = getpid();

	if (pipe2(fd, O_CLOEXEC) != 0 || (s->program != NULL && pipe2(err, O_CLOEXEC) != 0) ||
	    (s->pid = fork()) < 0)
		return exec_child_failed(x);
	if (s->pid == 0) {
		close(fd[0]);
		child(x, k, &(struct ends){ in, fd[1], err[1], parent });
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
int
exec_child_start(struct execution *x)
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
