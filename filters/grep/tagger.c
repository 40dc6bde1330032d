/* tagger.c - the other filters, each opened with its defaults when a record first needs it. */
#include "tagger.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { TAGGERS = 16 };

struct tag_filter {
	const struct filter *filter;
	struct opts opts;
	_Atomic(void *) model;
	bool failed; /* under the lock */
};

struct tagger {
	struct tag_filter at[TAGGERS];
	size_t n;
	pthread_mutex_t lock;
};

struct tagger_work {
	const struct filter *filter[TAGGERS];
	void *own[TAGGERS];
};

struct tagger *
tagger_new(const struct filter *const *all)
{
	struct tagger *t = calloc(1, sizeof(*t));

	if (t == NULL)
		die_oom(sizeof(*t));
	pthread_mutex_init(&t->lock, NULL);
	for (; all != NULL && *all != NULL && t->n < TAGGERS; all++) {
		if ((*all)->open == NULL) /* those that need others themselves */
			continue;
		t->at[t->n].filter = *all;
		t->at[t->n++].opts.table = (*all)->option;
	}
	return t;
}

void
tagger_free(struct tagger *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n; i++) {
		void *model = atomic_load(&t->at[i].model);

		if (model != NULL)
			t->at[i].filter->close(model);
	}
	pthread_mutex_destroy(&t->lock);
	free(t);
}

struct tagger_work *
tagger_work_new(void)
{
	struct tagger_work *w = calloc(1, sizeof(*w));

	if (w == NULL)
		die_oom(sizeof(*w));
	return w;
}

void
tagger_work_free(struct tagger_work *w)
{
	for (size_t i = 0; i < TAGGERS; i++)
		if (w->own[i] != NULL)
			w->filter[i]->worker_close(w->own[i]);
	free(w);
}

static void *
model_of(struct tagger *t, size_t i, struct diag *d)
{
	struct tag_filter *f = &t->at[i];
	void *model = atomic_load(&f->model);

	if (model != NULL)
		return model;
	pthread_mutex_lock(&t->lock);
	model = atomic_load(&f->model);
	if (model == NULL && !f->failed) {
		model = f->filter->open(&f->opts, d);
		f->failed = model == NULL;
		atomic_store(&f->model, model);
	}
	pthread_mutex_unlock(&t->lock);
	return model;
}

static bool
annotate(struct tagger *t, size_t i, struct tagger_work *scratch, struct record *r, struct work *w)
{
	const struct filter *f = t->at[i].filter;
	void *model = model_of(t, i, w->diag);
	struct record before = *r; /* a way back: record.h */
	struct work mine = { .arena = r->arena, .diag = w->diag };

	if (model == NULL) {
		diag_fail(w->diag, r->where, "grep", "ntag-%s cannot work", f->name);
		return false;
	}
	if (scratch->filter[i] == NULL && f->worker_open != NULL)
		scratch->own[i] = f->worker_open(model);
	scratch->filter[i] = f;
	mine.own = scratch->own[i];
	if (f->annotate(model, r, &mine) != FAIL)
		return true;
	*r = before;
	return false;
}

/* The first filter that gives a layer; t->n: none. */
static size_t
giver(const struct tagger *t, enum layer which)
{
	size_t i = 0;

	while (i < t->n && (t->at[i].filter->gives & 1U << which) == 0)
		i++;
	return i;
}

/* Sentences are found by whoever uses them: they are no reason to add a layer. */
static unsigned
with_uses(const struct tagger *t, const struct record *r, enum layer which)
{
	const unsigned layers = F_DATES | F_ENTS | F_QUOTES;
	unsigned want = 1U << which;

	for (size_t i = t->n; i-- > 0;)
		if ((t->at[i].filter->gives & want & ~r->have) != 0)
			want |= t->at[i].filter->uses & layers;
	return want & ~r->have;
}

bool
tagger_need(struct tagger *t, struct tagger_work *scratch, struct record *r, struct work *w,
    enum layer which)
{
	unsigned want = with_uses(t, r, which);

	if (r->text.p == NULL)
		return false;
	for (size_t i = 0; i < t->n; i++)
		for (unsigned l = 0; l < N_LAYER; l++)
			if ((want & 1U << l) != 0 && (r->have & 1U << l) == 0 &&
			    giver(t, (enum layer)l) == i)
				annotate(t, i, scratch, r, w);
	return (r->have & 1U << which) != 0;
}
