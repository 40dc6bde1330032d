/* exec_report.c - the numbers of all segments as those of one run; told while it goes on and at its end. */
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "duration.h"
#include "exec_own.h"
#include "outfile.h"

/* Seconds between two looks at a run: of what is told to others, and of metrics without log.every. */
#define TICK_CHILD 0.5
#define TICK_METRICS 10

bool
exec_report_wanted(const struct execution *x)
{
	const struct plan_log *l = &x->plan->log;

	return x->how->stats != 0 || x->how->verbose || l->json || l->every > 0 || l->to != NULL ||
	       l->metrics != NULL;
}

/* ---- the sum ---- */

static void
add_result(struct counts *to, const struct counts *from)
{
	to->rejected += from->rejected;
	to->failed += from->failed;
	to->no_text += from->no_text;
	to->repaired += from->repaired;
	to->unreadable += from->unreadable;
	to->units += from->units;
}

/* What was read is what the first segment has read, what was written is what the last one has; a program between
 * them may have left out records, or made more. */
static void
sum_counts(const struct execution *x, struct counts *c)
{
	const struct counts *first = &x->result[0].count, *last = &x->result[x->n - 1].count;

	if (x->n == 1) {
		*c = *first;
		return;
	}
	*c = (struct counts){ .read = first->read, .files = first->files, .bytes = first->bytes };
	for (size_t k = 0; k < x->n; k++)
		add_result(c, &x->result[k].count);
	c->written = last->written;
	if (c->written + c->rejected > c->read) {
		c->units += c->written;
		c->written = c->rejected > c->read ? 0 : c->read - c->rejected;
	}
	c->filtered = c->read - c->written - c->rejected;
	if (c->rejected > c->read)
		c->filtered = 0;
}

static double
seconds_of(const struct tally *t)
{
	return (double)atomic_load(&t->ns) / 1e9;
}

static void
add_filters(const struct execution *x, size_t k, struct report *r)
{
	const struct segment *s = &x->segment[k];

	for (size_t i = s->from; i < s->to; i++) {
		const struct tally *t = &x->result[k].tally[(i - s->from) * x->stride];

		r->stage[r->n_stage++] =
		    (struct report_stage){ stage_name(&x->plan->stage[i], &x->plan->arena),
			    atomic_load(&t->in), atomic_load(&t->out), atomic_load(&t->failed),
			    x->timed ? seconds_of(t) : -1 };
	}
}

/* A program is known by its neighbours, and its time by the system, once it has ended. */
static void
add_program(const struct execution *x, size_t k, struct report *r)
{
	const struct counts *in = k == 0 ? NULL : &x->result[k - 1].count;

	r->stage[r->n_stage++] = (struct report_stage){ .name = x->segment[k].program->argv[0],
		.in = in == NULL ? 0 : in->written,
		.out = x->result[k + 1].count.read,
		.seconds = x->timed ? x->segment[k].seconds : -1 };
}

static void
add_stages(const struct execution *x, struct report *r)
{
	/* What is between the segments is waiting for each other. */
	double read = seconds_of(&x->result[0].tally[TALLY_READ]);
	double write = seconds_of(&x->result[x->n - 1].tally[TALLY_WRITE]);

	r->stage[r->n_stage++] =
	    (struct report_stage){ .name = "read", .seconds = x->timed ? read : -1 };
	for (size_t k = 0; k < x->n; k++) {
		if (x->segment[k].program != NULL)
			add_program(x, k, r);
		else
			add_filters(x, k, r);
	}
	r->stage[r->n_stage++] =
	    (struct report_stage){ .name = "write", .seconds = x->timed ? write : -1 };
}

/* What the legs before have done. What was known is what the first one found; what they have read is not "known". */
static void
add_past(const struct report *past, struct report *r)
{
	if (past->name == NULL)
		return;
	diag_add_counts(&r->count, &past->count);
	r->found[STATE_NEW] += past->found[STATE_NEW];
	r->found[STATE_CHANGED] += past->found[STATE_CHANGED];
	r->found[STATE_KNOWN] = past->found[STATE_KNOWN];
	for (size_t i = 0; i < r->n_stage && r->n_stage == past->n_stage; i++) {
		r->stage[i].in += past->stage[i].in;
		r->stage[i].out += past->stage[i].out;
		r->stage[i].failed += past->stage[i].failed;
		if (r->stage[i].seconds >= 0)
			r->stage[i].seconds += past->stage[i].seconds;
	}
}

void
exec_report_fill(const struct execution *x, int status, struct report *r)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	*r = (struct report){ .name = plan_name(x->plan),
		.remembers = x->how->state != NULL,
		.seconds = duration_now() - x->started,
		.share = x->result[0].share,
		.errors = x->errors,
		.status = status,
		.when = (long long)t.tv_sec };
	sum_counts(x, &r->count);
	memcpy(r->found, x->result[0].found, sizeof(r->found));
	add_stages(x, r);
	add_past(&x->past, r);
}

/* ---- while it goes on ---- */

static bool
put_metrics(const struct execution *x, const struct report *r)
{
	const char *path = x->plan->log.metrics, *slash = path == NULL ? NULL : strrchr(path, '/');
	bool ok = true;

	if (path == NULL)
		return true;
	if (slash != NULL)
		ok = outfile_make_dirs(
		    arena_cstr(&x->plan->arena, (struct span){ path, (size_t)(slash - path) + 1 }));
	ok = ok && report_write_metrics(r, path);
	if (!ok)
		diag_warn(
		    x->diag, (struct where){ .file = path }, "cannot write: %s", strerror(errno));
	return ok;
}

/* "ntag-run: " would be one name too many: the line begins with that of the pipeline. */
static void
say(struct buf *out)
{
	(void)diag_write(STDERR_FILENO, buf_span(out));
	buf_free(out);
}

void
exec_report_child(void *ctx, const struct counts *c, double share)
{
	struct exec_tick *t = ctx;
	struct result *r = &t->x->result[t->k];

	r->count = *c;
	r->share = share;
	if (t->k == 0 && t->x->how->state != NULL)
		state_found(t->x->how->state, r->found);
}

static void
tick_main(void *ctx, const struct counts *c, double share)
{
	struct exec_tick *t = ctx;
	struct execution *x = t->x;
	struct report r;
	struct buf out = { 0 };

	exec_report_child(ctx, c, share);
	exec_report_fill(x, -1, &r);
	put_metrics(x, &r);
	if (x->plan->log.every <= 0)
		return;
	if (x->plan->log.json)
		report_put_json(&r, "progress", &out);
	else
		report_put_line(&r, &out);
	say(&out);
}

void
exec_report_plug(struct execution *x, size_t k, struct exec_tick *t, struct run *run)
{
	const struct plan_log *l = &x->plan->log;
	bool last = k + 1 == x->n;

	*t = (struct exec_tick){ x, k };
	if (last && (l->every > 0 || l->metrics != NULL))
		run->tick =
		    (struct run_tick){ tick_main, t, l->every > 0 ? l->every : TICK_METRICS };
	else if (!last && exec_report_wanted(x))
		run->tick = (struct run_tick){ exec_report_child, t, TICK_CHILD };
}

/* ---- at its end ---- */

int
exec_report_end(struct execution *x, int status)
{
	const struct plan_log *l = &x->plan->log;
	struct report r;
	struct buf out = { 0 };

	if (!exec_report_wanted(x))
		return status;
	exec_report_fill(x, status, &r);
	if (!put_metrics(x, &r) && status == STATUS_OK)
		status = r.status = STATUS_SOME;
	if (l->json)
		report_put_json(&r, "end", &out);
	else if (x->how->stats == 2)
		report_put_json(&r, NULL, &out);
	else if (x->how->stats == 1 || x->how->verbose || l->every > 0 || l->to != NULL)
		report_put_line(&r, &out);
	if (!l->json && x->how->verbose)
		report_put_stages(&r, &out);
	say(&out);
	return status;
}
