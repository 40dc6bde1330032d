/* pool.c - one mutex, one condition; the ring's order is the input's order. */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

enum state { FILLING, READY, BUSY, FINISHED };

struct slot {
	enum state state;
	struct batch batch;
};

/*
 *   oldest            next            filling
 *     v                v                v
 *   [FINISHED|BUSY] [READY] [READY] [FILLING] ...      numbers grow; slot = number % n_slot
 */
struct pool {
	const struct run *run;
	struct slot *slot;
	size_t n_slot;
	size_t oldest, next, filling;
	size_t bytes; /* of input from oldest on, without the batch being filled */
	bool end;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	pthread_t *thread;
	struct worker *worker; /* one a thread */
	size_t n_thread, n_begun;
	bool joined;
};

static struct slot *
slot(const struct pool *p, size_t number)
{
	return &p->slot[number % p->n_slot];
}

/* What the reader said before unit i; *at: the first of that not yet given. */
static void
give_said(struct batch *b, size_t i, size_t *at)
{
	for (; *at < b->said.n && b->said.at[*at].unit == i; ++*at) {
		buf_put(&b->diag.err, b->said.at[*at].err);
		buf_put(&b->diag.dead, b->said.at[*at].dead);
	}
}

static void
work_batch(struct worker *w, struct batch *b)
{
	size_t said = 0;

	w->diag = &b->diag;
	w->out = &b->out;
	for (size_t i = 0; i < b->unit.n; i++) {
		struct repaired note;

		give_said(b, i, &said);
		if (!worker_unit(w, &b->unit.at[i]))
			continue;
		note = (struct repaired){ b->diag.err.n, b->unit.at[i].where };
		VEC_PUSH(&b->arena, &b->repaired, note);
	}
	give_said(b, b->unit.n, &said);
}

/* The next batch to work on, or NULL at the end. */
static struct slot *
next_slot(struct pool *p)
{
	struct slot *s = NULL;

	pthread_mutex_lock(&p->lock);
	while (p->next == p->filling && !p->end)
		pthread_cond_wait(&p->changed, &p->lock);
	if (p->next < p->filling) {
		s = slot(p, p->next++);
		s->state = BUSY;
	}
	pthread_mutex_unlock(&p->lock);
	return s;
}

static void *
thread_main(void *arg)
{
	struct pool *p = arg;
	struct worker *w;
	struct slot *s;

	pthread_mutex_lock(&p->lock);
	w = &p->worker[p->n_begun++];
	pthread_mutex_unlock(&p->lock);
	worker_open(w, p->run);
	while ((s = next_slot(p)) != NULL) {
		work_batch(w, &s->batch);
		pthread_mutex_lock(&p->lock);
		s->state = FINISHED;
		pthread_cond_broadcast(&p->changed);
		pthread_mutex_unlock(&p->lock);
	}
	return NULL;
}

struct pool *
pool_new(const struct run *run, const struct diag *like)
{
	struct pool *p = calloc(1, sizeof(*p));
	sigset_t before;

	if (p == NULL)
		die_oom(sizeof(*p));
	p->run = run;
	p->n_slot = (size_t)run->jobs * POOL_SLOTS;
	p->slot = calloc(p->n_slot, sizeof(*p->slot));
	p->thread = calloc(run->jobs, sizeof(*p->thread));
	p->worker = calloc(run->jobs, sizeof(*p->worker));
	if (p->slot == NULL || p->thread == NULL || p->worker == NULL)
		die_oom(p->n_slot * sizeof(*p->slot));
	for (size_t i = 0; i < p->n_slot; i++)
		p->slot[i].batch.diag = (struct diag){ .prog = like->prog,
			.quiet = like->quiet,
			.strict = like->strict,
			.keep_dead = like->keep_dead };
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	sink_block_signals(&before); /* the thread that writes answers them */
	while (p->n_thread < run->jobs &&
	       pthread_create(&p->thread[p->n_thread], NULL, thread_main, p) == 0)
		p->n_thread++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (p->n_thread == 0) {
		pool_free(p);
		return NULL;
	}
	return p;
}

/* A span that lies in old moves with it; any other is copied. */
static struct span
moved(struct span s, struct span old, const char *to, struct arena *a)
{
	if (s.p == NULL)
		return s;
	if (s.p >= old.p && s.p <= old.p + old.n)
		return (struct span){ to + (s.p - old.p), s.n };
	return arena_copy(a, s);
}

/* The file's name, shared with the unit before where it is the same. */
static const char *
file_name(struct batch *b, const char *file)
{
	const char *last = b->unit.n > 0 ? b->unit.at[b->unit.n - 1].where.file : NULL;

	if (file == NULL)
		return NULL;
	return last != NULL && strcmp(last, file) == 0 ? last : arena_cstr(&b->arena, span_c(file));
}

void
pool_add(struct pool *p, const struct unit *u)
{
	struct batch *b = &slot(p, p->filling)->batch;
	struct unit mine = *u;

	mine.where.file = file_name(b, u->where.file);
	mine.raw = arena_copy(&b->arena, u->raw);
	mine.date = moved(u->date, u->raw, mine.raw.p, &b->arena);
	mine.title = moved(u->title, u->raw, mine.raw.p, &b->arena);
	mine.body = moved(u->body, u->raw, mine.raw.p, &b->arena);
	VEC_PUSH(&b->arena, &b->unit, mine);
	b->bytes += u->raw.n;
}

void
pool_say(struct pool *p, struct diag *said)
{
	struct batch *b = &slot(p, p->filling)->batch;
	struct said note = { b->unit.n, buf_span(&said->err), buf_span(&said->dead) };

	if (note.err.n > 0 || note.dead.n > 0) {
		note.err = arena_copy(&b->arena, note.err);
		note.dead = arena_copy(&b->arena, note.dead);
		VEC_PUSH(&b->arena, &b->said, note);
	}
	buf_clear(&said->err);
	buf_clear(&said->dead);
}

bool
pool_full(const struct pool *p)
{
	const struct batch *b = &slot(p, p->filling)->batch;

	return b->bytes >= BATCH_BYTES || b->unit.n >= BATCH_UNITS;
}

void
pool_submit(struct pool *p)
{
	const struct batch *b = &slot(p, p->filling)->batch;

	if (b->unit.n == 0 && b->said.n == 0)
		return;
	p->bytes += b->bytes;
	pthread_mutex_lock(&p->lock);
	slot(p, p->filling)->state = READY;
	p->filling++;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

/* The slot to be filled next is still taken by the oldest batch; or there is work for all, of large records. */
static bool
no_room(const struct pool *p)
{
	size_t n = p->filling - p->oldest;

	return n == p->n_slot || (n >= p->n_thread && p->bytes > p->n_slot * 2 * BATCH_BYTES);
}

struct batch *
pool_take(struct pool *p, bool wait)
{
	struct slot *s = slot(p, p->oldest);
	bool got = false;

	if (p->oldest == p->filling)
		return NULL;
	pthread_mutex_lock(&p->lock);
	while (s->state != FINISHED && (wait || no_room(p)))
		pthread_cond_wait(&p->changed, &p->lock);
	got = s->state == FINISHED;
	pthread_mutex_unlock(&p->lock);
	return got ? &s->batch : NULL;
}

void
pool_done(struct pool *p)
{
	struct slot *s = slot(p, p->oldest);
	struct batch *b = &s->batch;

	arena_reset(&b->arena);
	memset(&b->unit, 0, sizeof(b->unit));
	memset(&b->repaired, 0, sizeof(b->repaired));
	memset(&b->said, 0, sizeof(b->said));
	p->bytes -= b->bytes;
	b->bytes = 0;
	buf_clear(&b->out);
	if (b->out.cap > BATCH_KEEP)
		buf_free(&b->out);
	s->state = FILLING;
	p->oldest++;
}

static void
join(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->end = true;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->n_thread && !p->joined; i++)
		pthread_join(p->thread[i], NULL);
	p->joined = true;
}

struct worker *
pool_stop(struct pool *p)
{
	join(p);
	for (size_t i = 1; i < p->n_thread; i++)
		worker_merge(&p->worker[0], &p->worker[i]);
	return &p->worker[0];
}

void
pool_free(struct pool *p)
{
	join(p);
	for (size_t i = 0; i < p->n_thread; i++)
		worker_close(&p->worker[i]);
	for (size_t i = 0; i < p->n_slot; i++) {
		arena_free(&p->slot[i].batch.arena);
		buf_free(&p->slot[i].batch.out);
		buf_free(&p->slot[i].batch.diag.err);
		buf_free(&p->slot[i].batch.diag.dead);
	}
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	free(p->thread);
	free(p->worker);
	free(p->slot);
	free(p);
}
