/* exec_leg.c - a run with programs among its stages, cut into legs so that it can be committed before its end.
 *
 * A program may hold records back, so nothing is known to be written until it has ended. When a checkpoint is due the first
 * process stops reading and says where it is; all processes behind it come to their end; what they have written is
 * committed; the next leg goes on from there, as a run does that was interrupted. Only programs that keep all
 * (PIPELINES section 5) may be started anew in the middle.
 */
#include <errno.h>
#include <unistd.h>

#include "duration.h"
#include "exec_own.h"
#include "outfile.h"

/* ---- which runs have legs ---- */

static bool
keeps_state(const struct stage *s)
{
	return s->filter != NULL && s->filter->keeps != NULL &&
	       (s->filter->keeps(s->model) & KEEPS_STATE) != 0;
}

const char *
exec_leg_hindrance(const struct plan *p, struct at *at)
{
	bool programs = false;

	*at = (struct at){ 0, 0 };
	if (!exec_reads_again(p))
		return "standard input cannot be taken up in the middle";
	if (sinks_sum_up(p))
		return "an output sums up all records";
	for (size_t i = 0; i < p->n_stage; i++) {
		const struct stage *s = &p->stage[i];

		programs |= s->filter == NULL;
		*at = s->at;
		if (keeps_state(s))
			return "a stage sums up all records";
		if (s->filter == NULL && !s->keeps_all)
			return "a program may hold records back (keeps: some)";
	}
	*at = (struct at){ 0, 0 };
	for (size_t i = 0; i < p->n_output && programs; i++)
		if (p->output[i].standard)
			return "standard output cannot be taken back";
	return NULL;
}

/* What could not be read would be named anew by each leg. */
bool
exec_leg_wanted(const struct execution *x)
{
	struct at at;

	return x->how->state != NULL && x->n > 1 && x->plan->checkpoint >= 0 &&
	       x->past.count.unreadable == 0 && exec_leg_hindrance(x->plan, &at) == NULL;
}

/* ---- in the first process ---- */

static bool
is_due(void *ctx)
{
	const struct execution *x = ctx;

	return duration_now() - x->committed >= x->plan->checkpoint;
}

/* Where the leg ends. */
static bool
note_place(void *ctx, const char *file, uint64_t units)
{
	struct execution *x = ctx;
	struct result *r = &x->result[0];
	size_t n = file == NULL ? 0 : strlen(file);

	if (n >= sizeof(r->at)) {
		x->committed = duration_now();
		return true;
	}
	memcpy(r->at, file == NULL ? "" : file, n + 1);
	r->units = units;
	r->stamp = state_stamp(x->how->state);
	if (!outfile_write(REPORT_FD, state_list(x->how->state)))
		return false;
	atomic_store(&r->more, true);
	return true;
}

void
exec_leg_plug(struct execution *x, struct run *run)
{
	if (!x->legs)
		return;
	x->committed = duration_now();
	run->commit = (struct run_commit){ is_due, note_place, x };
	run->stop = &x->result[0].more;
}

/* ---- between two legs ---- */

/* The file in whose middle the leg has ended is counted by the next one. */
static void
keep_numbers(struct execution *x)
{
	const struct result *r = &x->result[0];
	struct report sum;

	exec_report_fill(x, -1, &sum);
	x->past = sum;
	if (*r->at == '\0')
		return;
	x->past.count.files--;
	x->past.found[state_look(x->how->state, r->at)]--;
}

bool
exec_leg_commit(struct execution *x)
{
	const struct result *r = &x->result[0];
	struct state *s = x->how->state;

	state_set_stamp(s, r->stamp);
	if (!exec_commit_leg(x, *r->at == '\0' ? NULL : r->at, r->units)) {
		diag_warn(x->diag, (struct where){ 0 }, "cannot keep the state of the run: %s",
		    strerror(errno));
		return false;
	}
	keep_numbers(x);
	return state_load_again(s);
}
