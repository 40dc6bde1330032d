/* exec_end.c - what the ends of the segments mean. */
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "exec_own.h"

static void
say(const struct execution *x, size_t k, const char *what)
{
	const struct segment *s = &x->segment[k];
	struct where w = { 0 };

	if (s->program != NULL)
		w = (struct where){ x->plan->path, s->program->at.line, s->program->at.col };
	diag_warn(x->diag, w, "%s %s; the output is incomplete", exec_child_name(x, k), what);
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
judge(struct execution *x, size_t k)
{
	const struct segment *s = &x->segment[k];
	char what[80];

	if (cut_off(s))
		return STATUS_OK; /* judged by what cut it off */
	if (s->program != NULL && s->status != 0 && x->failed == NULL)
		x->failed = s->program;
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

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* The statuses of all segments as one; own is that of this process. */
int
exec_end_wait(struct execution *x, int own, bool strict)
{
	bool stopped = own == STATUS_OUTPUT || (strict && own != STATUS_OK);

	for (size_t k = 0; k + 1 < x->n; k++) {
		struct segment *s = &x->segment[k];
		struct rusage used = { 0 };

		while (wait4(s->pid, &s->status, 0, &used) < 0 && errno == EINTR)
			;
		s->seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
	}
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
