/* exec.c - a plan cut into segments, run, and brought to its end. */
#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "check.h"
#include "duration.h"
#include "exec_own.h"
#include "vet.h"

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

/* Files of other shards are left out before the state is asked. */
static bool
want(void *ctx, const char *name, uint64_t *skip)
{
	struct execution *x = ctx;
	const struct input_files *own;

	if (!shard_has(x->plan->shard, name))
		return false;
	own = x->how->state == NULL ? NULL : state_input(x->how->state);
	return own == NULL || own->want(own->ctx, name, skip);
}

static void
done(void *ctx, const char *name, bool whole, uint64_t content)
{
	struct execution *x = ctx;
	const struct input_files *own = x->how->state == NULL ? NULL : state_input(x->how->state);

	if (own != NULL)
		own->done(own->ctx, name, whole, content);
}

static void
set_input(struct run *run, struct execution *x)
{
	struct plan *p = x->plan;

	run->input = (struct input){ .file = p->names.list.at,
		.n_file = p->names.list.n,
		.files0_from = p->files_from,
		.newline_names = p->newline_names,
		.format = p->format,
		.output = x->errors,
		.letters = p->retry,
		.max_record = p->max_record };
	x->files = (struct input_files){ want, done, x };
	if (x->how->state != NULL || p->shard.n > 1)
		run->input.files = &x->files;
	if (p->files_from == NULL && p->names.list.n == 0 && !p->standard_input)
		run->input.files0_from =
		    "/dev/null"; /* patterns without a match: nothing, not standard input */
	if (p->files_from != NULL && strcmp(p->files_from, "-") == 0)
		run->input.newline_names = check_standard_list();
}

/* The name of a stage as a model of filter_vet. */
static void *
own_name(const struct stage *s, struct arena *a)
{
	const char *name = stage_name(s, a);
	size_t n = strlen(name) + 1;

	return memcpy(arena_raw(a, n, 1), name, n);
}

static struct run_limit
limit_of(const struct execution *x)
{
	struct run_limit l = x->plan->limit;

	l.read = x->past.count.read;
	l.rejected = x->past.count.rejected;
	l.more = &x->result[0].more;
	return l;
}

void
exec_own_run(struct run *run, struct execution *x, size_t k)
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
		.limit = limit_of(x),
		.stop = x->watch != NULL && k + 1 == x->n ? watch_stop(x->watch) : NULL,
		.quiet = x->how->quiet,
		.tally = x->result[k].tally,
		.timed = x->timed,
		.most = k == 0 ? x->how->most : 0,
		.progress = x->how->progress && k == 0 };
	for (size_t i = s->from; i < s->to; i++) {
		run->step[run->n_step++] = (struct step){ .filter = p->stage[i].filter,
			.model = p->stage[i].model,
			.opts = p->stage[i].opts };
		if (x->stride == 2)
			run->step[run->n_step++] = (struct step){ .filter = &filter_vet,
				.model = own_name(&p->stage[i], &p->arena) };
	}
	if (k == 0)
		set_input(run, x);
	else
		run->input = (struct input){ .format = FORMAT_JSONL, .max_record = p->max_record };
}

int
exec_steps(struct run *run, size_t k)
{
	int status = run_steps(run);

	return k > 0 && run->count.unreadable > 0 ? STATUS_OUTPUT : status;
}

/* ---- the whole ---- */

static bool
keeps_state(const struct step *s)
{
	return s->filter->keeps != NULL && (s->filter->keeps(s->model) & KEEPS_STATE) != 0;
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
	x->watch = watch_new(x->diag, duration_now() - x->tried);
	if (x->n > 1) {
		signal(SIGCHLD, SIG_DFL);
		in = exec_child_start(x);
		if (in < 0)
			return false;
		dup2(in, STDIN_FILENO);
		close(in);
	}
	if (p->timeout > 0)
		watch_limit(x->watch, p->timeout, give_up, x);
	if (watch_start(x->watch))
		return true;
	exec_child_failed(x);
	return false;
}

static int
run_all(struct execution *x)
{
	struct run run;
	struct exec_tick tick;
	int status;

	if (!start_all(x))
		return STATUS_OUTPUT;
	exec_own_run(&run, x, x->n - 1);
	exec_report_plug(x, x->n - 1, &tick, &run);
	sinks_plug(x->sinks, &run);
	x->sums = sinks_sum_up(x->plan);
	for (size_t i = 0; i < run.n_step; i++)
		x->sums |= keeps_state(&run.step[i]);
	if (x->how->state != NULL && x->n == 1)
		run.commit = (struct run_commit){ exec_commit_due, exec_commit_now, x };
	status = exec_steps(&run, x->n - 1);
	x->over = run.over;
	x->result[x->n - 1].read = run.count.read;
	exec_report_child(&tick, &run.count, x->n == 1 ? 1 : -1);
	if (x->n > 1) {
		close(STDIN_FILENO); /* a stage that is still writing must not wait for a reader */
		status = exec_end_wait(x, status, run.strict);
	}
	return status;
}

/* Room for what the segments leave behind; in memory that all processes share. */
static void
share(struct execution *x)
{
	x->result = mmap(NULL, SEGMENT_MAX * sizeof(*x->result), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (x->result == MAP_FAILED)
		die_oom(SEGMENT_MAX * sizeof(*x->result));
}

static int
run_watched(struct execution *x)
{
	int status;

	if (x->plan->nice > 0 && setpriority(PRIO_PROCESS, 0, x->plan->nice) != 0)
		diag_warn(x->diag, (struct where){ 0 }, "run.nice: %s", strerror(errno));
	status = exec_commit_errors(x) ? run_all(x) : STATUS_OUTPUT;
	if (watch_end(x->watch))
		status = STATUS_TIME;
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
	if (whole && atomic_load(&x->result[0].more)) {
		x->more = exec_leg_commit(x);
		return x->more ? status : STATUS_OUTPUT;
	}
	if (whole)
		return (kept ? exec_commit_end(x) : sinks_commit(x->sinks)) ? status
									    : STATUS_OUTPUT;
	if (kept)
		sinks_cut_back(x->sinks);
	else
		sinks_abort(x->sinks);
	return status;
}

static int
run_once(struct execution *x)
{
	const struct exec_how *how = x->how;
	struct plan *p = x->plan;
	int status;
	bool whole;

	x->sinks = sinks_open(p, how->color, how->state, x->diag);
	if (x->sinks == NULL)
		return STATUS_OUTPUT;
	x->committed = duration_now();
	x->legs = exec_leg_wanted(x);
	x->more = false;
	if (how->state != NULL && x->n > 1)
		x->report = memfd_create("report", MFD_CLOEXEC);
	status = how->state != NULL && state_finished(how->state) ? STATUS_OK : run_watched(x);
	whole = status == STATUS_OK ||
		(status == STATUS_SOME && !p->strict && !how->strict && !x->over);
	status = conclude(x, status, whole);
	if (!whole && how->state == NULL && x->failed != NULL &&
	    (p->stage_retry > 0 || p->stage_skip))
		sinks_take_back(x->sinks);
	sinks_free(x->sinks);
	return status;
}

/* Everything as it was before the run, or at its last commit. False: that cannot be had. */
static bool
begin_again(struct execution *x)
{
	const struct plan *p = x->plan;
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null > STDIN_FILENO) {
		dup2(null, STDIN_FILENO); /* the pipe is closed, and its number would be taken */
		close(null);
	}
	x->n = 0;
	x->over = x->sums = false;
	x->failed = NULL;
	x->watch = NULL;
	x->report = -1;
	cut(x);
	memset(x->result, 0, SEGMENT_MAX * sizeof(*x->result));
	return exec_commit_back(x) && !p->standard_input;
}

/* All legs of a run that is committed in the middle; a run has one else. */
static int
run_legs(struct execution *x)
{
	int status = run_once(x);

	while (x->more) {
		int next;

		if (!begin_again(x))
			return STATUS_OUTPUT;
		next = run_once(x);
		status = next > status ? next : status;
	}
	return status;
}

/* Leave out a stage; its records go by it as they came. */
static void
skip_stage(struct execution *x)
{
	struct plan *p = x->plan;
	size_t i;

	if (x->failed == NULL)
		return;
	i = (size_t)(x->failed - p->stage);
	diag_warn(x->diag, (struct where){ p->path, x->failed->at.line, x->failed->at.col },
	    "%s is left out, for it has failed; its records go by as they came",
	    x->failed->argv[0]);
	memmove(&p->stage[i], &p->stage[i + 1], (p->n_stage - i - 1) * sizeof(p->stage[0]));
	p->n_stage--;
}

bool
exec_reads_again(const struct plan *p)
{
	bool listed = p->files_from != NULL && strcmp(p->files_from, "-") == 0;

	for (size_t i = 0; i < p->names.list.n; i++)
		listed |= strcmp(p->names.list.at[i], "-") == 0;
	return !p->standard_input && !listed;
}

/* A stage has failed, or its time was over, but not that of the run; and what is read can be read again. */
static bool
may_again(const struct execution *x, int status)
{
	const struct plan *p = x->plan;

	if (x->failed == NULL || !exec_reads_again(p))
		return false;
	return status == STATUS_OUTPUT ||
	       (status == STATUS_TIME &&
		   (p->timeout <= 0 || duration_now() - x->started < p->timeout));
}

/* Once, and again as errors.stage says. With a state what earlier commits have is kept; without one, nothing is. */
static int
run_again(struct execution *x)
{
	bool skipped = false;
	int status = run_legs(x);

	for (unsigned left = x->plan->stage_retry; may_again(x, status);) {
		if (left > 0) {
			left--;
			diag_warn(x->diag, (struct where){ 0 },
			    "the run is done again; %u more tr%s", left, left == 1 ? "y" : "ies");
		} else if (x->plan->stage_skip) {
			skip_stage(x);
			skipped = true;
		} else {
			break;
		}
		x->tried = duration_now();
		if (!begin_again(x))
			return STATUS_OUTPUT;
		status = run_legs(x);
	}
	return status == STATUS_OK && skipped ? STATUS_SOME : status;
}

int
exec_plan(struct plan *p, const struct exec_how *how, struct diag *d)
{
	struct execution x = { .plan = p, .how = how, .diag = d, .report = -1 };
	int status;

	x.errors = how->errors != NULL ? how->errors : p->errors_to;
	x.started = x.tried = duration_now();
	x.timed = exec_report_wanted(&x);
	x.stride = how->vet && p->n_stage <= STEP_MAX / 2 ? 2 : 1;
	cut(&x);
	share(&x);
	status = run_again(&x);
	status = exec_report_end(&x, status);
	munmap(x.result, SEGMENT_MAX * sizeof(*x.result));
	return status;
}
