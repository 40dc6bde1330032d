/* worker.c - the one path of a record: parse -> steps -> render. */
#include "worker.h"

void
worker_open(struct worker *w, const struct run *run)
{
	*w = (struct worker){ .run = run };
	for (size_t i = 0; i < run->n_step; i++)
		if (run->step[i].filter->worker_open != NULL)
			w->own[i] = run->step[i].filter->worker_open(run->step[i].model);
}

void
worker_close(struct worker *w)
{
	for (size_t i = 0; i < w->run->n_step; i++)
		if (w->own[i] != NULL)
			w->run->step[i].filter->worker_close(w->own[i]);
	arena_free(&w->arena);
}

static bool
make_record(struct worker *w, const struct unit *u, struct record *r)
{
	if (u->kind == UNIT_JSON)
		return record_parse(r, u->raw, &w->run->map, u->where, &w->arena, w->diag);
	record_from_text(r, u->date, u->title, u->body, u->where, &w->arena, w->diag);
	return true;
}

static void
render(struct worker *w, struct record *r)
{
	const struct run *run = w->run;

	if (run->render != NULL)
		run->render(run->sink.ctx, r, w->out);
	else
		run->form->record(r, &run->look, w->out);
}

/* A filter that fails leaves no half-written layer behind. */
static enum verdict
annotate(struct worker *w, struct record *r, size_t i)
{
	const struct step *s = &w->run->step[i];
	struct record before = *r; /* a way back: record.h */
	struct work work = { .arena = r->arena, .diag = w->diag, .own = w->own[i] };
	enum verdict v = s->filter->annotate(s->model, r, &work);

	if (v == FAIL)
		*r = before;
	return v;
}

static bool
divide(struct worker *w, struct record *r, size_t i, struct parts *parts)
{
	const struct step *s = &w->run->step[i];
	struct work work = { .arena = r->arena, .diag = w->diag, .own = w->own[i] };

	return s->filter->divide != NULL && s->filter->divide(s->model, r, &work, parts);
}

/* Depth is bounded by the number of steps, not by the input. True if anything was rendered. */
static bool
steps(struct worker *w, struct record *r, size_t at) /* NOLINT(misc-no-recursion) */
{
	bool some = false;

	for (; at < w->run->n_step; at++) {
		struct parts parts = { 0 };

		if (annotate(w, r, at) == DROP)
			return false;
		if (!divide(w, r, at, &parts))
			continue;
		w->diag->count.units += parts.n;
		for (size_t i = 0; i < parts.n; i++)
			some |= steps(w, &parts.at[i], at + 1);
		return some;
	}
	render(w, r);
	return true;
}

bool
worker_unit(struct worker *w, const struct unit *u)
{
	struct counts *c = &w->diag->count;
	uint64_t repaired = c->repaired;
	struct record r;

	c->read++;
	w->diag->repair_said = true;
	if (make_record(w, u, &r)) {
		/* Without a text there is nothing to annotate: it passes as it came. */
		if (steps(w, &r, r.text.p == NULL ? w->run->n_step : 0))
			c->written++;
		else
			c->filtered++;
	}
	arena_reset(&w->arena);
	return c->repaired > repaired;
}
