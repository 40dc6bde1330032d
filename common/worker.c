/* worker.c - the one path of a record: parse -> steps -> render. */
#include "worker.h"

#include <time.h>

#include "ascii.h"

void
worker_open(struct worker *w, const struct run *run)
{
	*w = (struct worker){ .run = run };
	if (run->render != NULL)
		w->match = regex_match_new();
	for (size_t i = 0; i < run->n_step; i++) {
		const struct step *s = &run->step[i];

		if (s->filter->worker_open != NULL)
			w->own[i] = s->filter->worker_open(s->model);
		if (s->filter->keeps != NULL)
			w->keeps[i] = s->filter->keeps(s->model);
		w->bare |= (w->keeps[i] & KEEPS_BARE) != 0;
	}
}

void
worker_close(struct worker *w)
{
	for (size_t i = 0; i < w->run->n_step; i++)
		if (w->own[i] != NULL)
			w->run->step[i].filter->worker_close(w->own[i]);
	for (size_t i = 0; i < w->run->n_step; i++)
		arena_free(&w->part[i]);
	arena_free(&w->arena);
	regex_match_free(w->match);
}

static uint64_t
clock_ns(const struct worker *w)
{
	struct timespec t;

	if (!w->run->timed)
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
}

static void
add(atomic_uint_fast64_t *to, uint64_t n)
{
	if (n > 0)
		atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

static void
add_time(const struct worker *w, size_t at, uint64_t since)
{
	if (w->run->timed && w->run->tally != NULL)
		add(&w->run->tally[at].ns, clock_ns(w) - since);
}

/* A record without text is one that --strict refuses, but where a step wants it. */
static bool
parse(struct worker *w, struct span line, const struct record_map *map, struct where at,
    struct record *r)
{
	bool strict = w->diag->strict, good;

	w->diag->strict = strict && !w->bare;
	good = record_parse(r, line, map, at, &w->arena, w->diag);
	w->diag->strict = strict;
	return good;
}

/* Line ends between two places of one text. */
static size_t
count_lines(const char *p, const char *end)
{
	size_t n = 0;

	for (; p < end; p++)
		n += *p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'));
	return n;
}

/* The line of the input where the body starts: behind the header, and blank lines that are left out. */
static void
place_body(struct record *r, const struct unit *u)
{
	const char *p = u->body.p, *first = p, *end;

	if (p == NULL || r->line == 0)
		return;
	end = p + u->body.n;
	for (; p < end && ascii_space((unsigned char)*p); p++)
		if (*p == '\n' || *p == '\r')
			first = p + 1;
	r->body_line = r->line + count_lines(u->raw.p, first);
}

static bool
make_record(struct worker *w, const struct unit *u, struct record *r)
{
	uint64_t since = clock_ns(w);
	bool good = true;

	if (u->kind == UNIT_JSON) {
		good = parse(w, u->raw, &w->run->map, u->where, r);
		if (good && u->without != 0)
			record_leave_out(r, u->without);
		r->body_line = u->body_line;
		r->body_at = u->body_at;
	} else {
		record_from_text(r, u->date, u->title, u->body, u->where, &w->arena, w->diag);
		place_body(r, u);
	}
	add_time(w, TALLY_READ, since);
	return good;
}

static bool
render(struct worker *w, struct record *r)
{
	const struct run *run = w->run;
	uint64_t since = clock_ns(w);
	bool wanted = true;

	if (run->render != NULL)
		wanted = run->render(run->sink.ctx, r, w->match, w->out);
	else
		run->form->record(r, &run->look, w->out);
	add_time(w, TALLY_WRITE, since);
	return wanted;
}

static void
count(const struct worker *w, size_t step, enum verdict v)
{
	struct tally *t = w->run->tally;

	if (t == NULL)
		return;
	add(&t[step].in, 1);
	add(&t[step].out, v == KEEP || v == FAIL);
	add(&t[step].failed, v == FAIL);
}

/* A filter that fails leaves no half-written layer behind. */
static enum verdict
annotate(struct worker *w, struct record *r, size_t i)
{
	const struct step *s = &w->run->step[i];
	struct record before = *r; /* a way back: record.h */
	struct work work = { .arena = r->arena, .diag = w->diag, .own = w->own[i] };
	uint64_t since = clock_ns(w);
	enum verdict v = s->filter->annotate(s->model, r, &work);

	add_time(w, i, since);
	count(w, i, v);
	if (v == FAIL)
		*r = before;
	return v;
}

static bool
divide(struct worker *w, struct record *r, size_t i, struct ranges *at)
{
	const struct step *s = &w->run->step[i];
	struct work work = { .arena = r->arena, .diag = w->diag, .own = w->own[i] };

	return s->filter->divide != NULL && s->filter->divide(s->model, r, &work, at);
}

static bool steps(struct worker *w, struct record *r, size_t at);

/* The parts of a record, one after another, through the steps from at on. Each dies before the next is made: a
 * document of many sentences takes no more memory than one of few. */
static bool
/* NOLINTNEXTLINE(misc-no-recursion): as deep as there are steps */
parts(struct worker *w, struct record *r, const struct ranges *unit, size_t at)
{
	struct arena *a = &w->part[at - 1];
	bool some = false;

	w->diag->count.units += unit->n;
	if (w->run->tally != NULL && unit->n > 0)
		add(&w->run->tally[at - 1].out, unit->n - 1); /* in place of one */
	for (size_t i = 0; i < unit->n; i++) {
		struct record part;

		record_part(&part, r, unit->at[i], i, a);
		some |= steps(w, &part, at);
		arena_reset(a);
		if (w->full != NULL && w->out->n >= OUT_MUCH)
			w->full(w->full_ctx);
	}
	return some;
}

/* Depth is bounded by the number of steps, not by the input. True if anything was rendered. */
static bool
steps(struct worker *w, struct record *r, size_t at) /* NOLINT(misc-no-recursion) */
{
	for (; at < w->run->n_step; at++) {
		struct ranges unit = { 0 };
		enum verdict v = annotate(w, r, at);

		if (v == DROP || v == REJECT)
			return false;
		if (divide(w, r, at, &unit))
			return parts(w, r, &unit, at + 1);
	}
	return render(w, r);
}

/* Without a text there is nothing to annotate: a record passes as it came, but for steps that want it. */
static size_t
first_step(const struct worker *w, const struct record *r, size_t from)
{
	while (r->text.p == NULL && from < w->run->n_step && (w->keeps[from] & KEEPS_BARE) == 0)
		from++;
	return from;
}

/* A step that all records reach as they came will drop what these bytes become. With --strict each line is to be
 * looked at. */
static bool
is_hopeless(const struct worker *w, const struct unit *u)
{
	const struct run *run = w->run;

	for (size_t i = 0; i < run->n_step && !run->strict; i++) {
		const struct step *s = &run->step[i];

		if (s->filter->may_keep != NULL &&
		    !s->filter->may_keep(s->model, u->raw, u->kind == UNIT_JSON))
			return true;
		if (s->filter->divide != NULL || s->filter->keeps != NULL)
			break;
	}
	return false;
}

bool
worker_unit(struct worker *w, const struct unit *u)
{
	struct counts *c = &w->diag->count;
	uint64_t repaired = c->repaired, rejected = c->rejected;
	struct record r;

	c->read++;
	if (is_hopeless(w, u)) {
		c->filtered++;
		return false;
	}
	if (make_record(w, u, &r)) {
		if (steps(w, &r, first_step(w, &r, 0)))
			c->written++;
		else if (c->rejected == rejected)
			c->filtered++;
	}
	arena_reset(&w->arena);
	return c->repaired > repaired;
}

void
worker_merge(struct worker *w, struct worker *from)
{
	for (size_t i = 0; i < w->run->n_step; i++)
		if ((w->keeps[i] & KEEPS_STATE) != 0)
			w->run->step[i].filter->merge(
			    w->run->step[i].model, w->own[i], from->own[i]);
}

/* A record of a state, through the steps behind the one it comes from. */
static void
finished(struct worker *w, struct span line, size_t at)
{
	struct counts *c = &w->diag->count;
	uint64_t no_text = c->no_text;
	struct record r;

	c->units++;
	w->bare = true;
	if (parse(w, line, NULL, (struct where){ 0 }, &r)) {
		if (w->run->tally != NULL)
			add(&w->run->tally[at - 1].out, 1);
		if (at == w->run->n_step) /* else it gets one, as from the next program in a pipe */
			r.own &= ~(1U << FIELD_ID);
		c->no_text = no_text;
		steps(w, &r, first_step(w, &r, at));
	}
	arena_reset(&w->arena);
}

bool
worker_finish(struct worker *w)
{
	struct buf line = { 0 };
	bool more = false;

	for (; w->finishing < w->run->n_step; w->finishing++) {
		const struct step *s = &w->run->step[w->finishing];

		more = (w->keeps[w->finishing] & KEEPS_STATE) != 0 &&
		       s->filter->finish(s->model, w->own[w->finishing], &line);
		if (more)
			break;
	}
	if (more)
		finished(w, buf_span(&line), w->finishing + 1);
	buf_free(&line);
	return more;
}
