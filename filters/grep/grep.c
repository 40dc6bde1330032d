/* grep.c - the filter: ask the condition, of all of a record or of its sentences or paragraphs. */
#include "grep.h"

#include <stdio.h>
#include <stdlib.h>

#include "options.h"
#include "tagger.h"

/* Scratch of one worker. */
struct own {
	struct regex_match *match;
	struct tagger_work *tags;
};

/* One record being looked at. */
struct look_at {
	const struct grep *g;
	struct record *r;
	struct work *w;
	struct own *own;
};

static bool
need(void *ctx, enum layer which)
{
	struct look_at *at = ctx;

	return tagger_need(at->g->tagger, at->own->tags, at->r, at->w, which);
}

/* ---- the model ---- */

static void
close_grep(void *model)
{
	struct grep *g = model;

	if (g == NULL)
		return;
	where_free(g->condition);
	tagger_free(g->tagger);
	free(g);
}

static enum grep_unit
unit_named(const char *show)
{
	if (show == NULL || strcmp(show, "doc") == 0)
		return UNIT_DOCUMENT;
	return strcmp(show, "sentence") == 0 ? UNIT_SENTENCE : UNIT_PARAGRAPH;
}

static void *
open_grep(const struct opts *o, const struct filter *const *all, struct diag *d)
{
	struct grep *g = calloc(1, sizeof(*g));
	struct where_fault f = { 0 };
	const char *which = NULL, *show = opts_text(o, "show");
	long around = opts_int(o, "context");

	if (g == NULL)
		die_oom(sizeof(*g));
	g->condition = options_condition(o, &which, &f);
	if (g->condition == NULL) {
		d->usage = true;
		if (f.column > 1)
			diag_warn(d, (struct where){ 0 }, "--%s, column %zu: %s", which, f.column,
			    f.what);
		else
			diag_warn(d, (struct where){ 0 }, "--%s: %s", which, f.what);
		free(g);
		return NULL;
	}
	g->tagger = tagger_new(all);
	g->unit = unit_named(show);
	g->whole = show != NULL && g->unit == UNIT_DOCUMENT;
	g->invert = opts_on(o, "invert-match");
	g->before = opts_given(o, "before-context") ? opts_int(o, "before-context") : around;
	g->after = opts_given(o, "after-context") ? opts_int(o, "after-context") : around;
	return g;
}

static void *
open_worker(const void *model)
{
	struct own *own = calloc(1, sizeof(*own));

	(void)model;
	if (own == NULL)
		die_oom(sizeof(*own));
	own->match = regex_match_new();
	own->tags = tagger_work_new();
	return own;
}

static void
close_worker(void *worker)
{
	struct own *own = worker;

	regex_match_free(own->match);
	tagger_work_free(own->tags);
	free(own);
}

static bool
may_keep(const void *model, struct span raw, bool json)
{
	const struct grep *g = model;
	const struct literals *l = where_literals(g->condition);

	return g->invert || l->n == 0 || literal_found(l, raw) || (json && literal_hidden(raw));
}

/* A record without a text has members that can be asked for. */
static unsigned
keeps(const void *model)
{
	(void)model;
	return KEEPS_BARE;
}

/* ---- one record ---- */

static struct ranges
units_of(const struct look_at *at, bool sentences)
{
	struct record *r = at->r;
	struct ranges out = { 0 };

	if (sentences)
		return *record_sents(r);
	if (at->g->unit == UNIT_PARAGRAPH)
		sentence_paragraphs(r->text, &out, r->arena);
	else
		VEC_PUSH(r->arena, &out, (struct range){ 0, (uint32_t)r->text.n });
	return out;
}

/* Which units hold. */
static size_t
pick_units(struct look_at *at, struct where_ask *ask, const struct ranges *unit, uint8_t *picked)
{
	size_t n = 0;

	for (size_t i = 0; i < unit->n; i++) {
		picked[i] = where_holds(ask, &unit->at[i]) != at->g->invert;
		n += picked[i];
	}
	return n;
}

/* Which sentences of a selected document have something of what was found; the first, if none. */
static size_t
pick_evidence(const struct ranges *unit, const struct ranges *hits, uint8_t *picked)
{
	size_t n = 0, h = 0;

	for (size_t i = 0; i < unit->n; i++) {
		while (h < hits->n && hits->at[h].end <= unit->at[i].start)
			h++;
		picked[i] = h < hits->n && hits->at[h].start < unit->at[i].end;
		n += picked[i];
	}
	if (n == 0 && unit->n > 0)
		picked[0] = 1;
	return n == 0 && unit->n > 0 ? 1 : n;
}

static struct ranges
picked_units(const struct look_at *at, const struct grep_found *f)
{
	struct ranges out = { 0 };

	for (size_t i = 0; i < f->unit.n; i++)
		if (f->picked[i])
			VEC_PUSH(at->r->arena, &out, f->unit.at[i]);
	return out;
}

/* A document that holds: what of it is shown, and what was found there. */
static void
find_in_document(struct look_at *at, struct where_ask *ask, struct grep_found *f)
{
	const struct grep *g = at->g;
	uint8_t *picked;

	if (!g->invert)
		where_hits(ask, NULL, g->matched_only, &f->hits);
	f->unit = units_of(at, !g->whole);
	picked = ARENA_NEW(at->r->arena, uint8_t, f->unit.n);
	f->picked = picked;
	f->n_picked = pick_evidence(&f->unit, &f->hits, picked);
}

static void
find_in_units(struct look_at *at, struct where_ask *ask, struct grep_found *f)
{
	struct ranges mine = picked_units(at, f);

	f->counts_units = true;
	if (!at->g->invert)
		where_hits(ask, &mine, at->g->matched_only, &f->hits);
}

static bool
select_document(struct look_at *at, struct where_ask *ask, struct grep_found *f)
{
	if (where_holds(ask, NULL) == at->g->invert)
		return false;
	if (at->g->finds && !ask->expensive)
		find_in_document(at, ask, f);
	return true;
}

static bool
select_units(struct look_at *at, struct where_ask *ask, struct grep_found *f)
{
	uint8_t *picked;

	if (at->r->text.p == NULL)
		return false;
	f->unit = units_of(at, at->g->unit == UNIT_SENTENCE);
	picked = ARENA_NEW(at->r->arena, uint8_t, f->unit.n);
	f->picked = picked;
	f->n_picked = pick_units(at, ask, &f->unit, picked);
	if (f->n_picked > 0 && at->g->finds && !ask->expensive)
		find_in_units(at, ask, f);
	return f->n_picked > 0;
}

/* A record that goes out has all layers that the condition speaks of, whatever it took to decide. */
static void
complete(struct look_at *at)
{
	unsigned layers = where_layers(at->g->condition);

	for (unsigned l = 0; l < N_LAYER; l++)
		if ((layers & 1U << l) != 0 && (at->r->have & 1U << l) == 0)
			need(at, (enum layer)l);
}

static enum verdict
annotate(const void *model, struct record *r, struct work *w)
{
	const struct grep *g = model;
	struct look_at at = { g, r, w, w->own };
	struct where_ask ask = { .condition = g->condition,
		.record = r,
		.match = at.own->match,
		.need = need,
		.ctx = &at };
	struct grep_found *f = ARENA_NEW(r->arena, struct grep_found, 1);
	bool holds =
	    g->unit == UNIT_DOCUMENT ? select_document(&at, &ask, f) : select_units(&at, &ask, f);

	if (ask.expensive) {
		diag_reject(w->diag, r->where, "grep", r->json.p != NULL ? r->json : r->text,
		    "pattern too expensive");
		return REJECT;
	}
	if (!holds)
		return DROP;
	if (!g->bare)
		complete(&at);
	r->note = f;
	return KEEP;
}

/* Stretches with their context, those that touch as one. */
static void
with_context(const struct grep *g, const struct grep_found *f, struct arena *a, struct ranges *out)
{
	size_t shown = 0; /* units before this one are in out, or left out for good */

	for (size_t i = 0; i < f->unit.n; i++) {
		size_t from = i < (size_t)g->before ? 0 : i - (size_t)g->before;
		size_t to =
		    f->unit.n - i <= (size_t)g->after ? f->unit.n - 1 : i + (size_t)g->after;

		if (!f->picked[i])
			continue;
		if (from <= shown && out->n > 0)
			out->at[out->n - 1].end = f->unit.at[to].end;
		else
			VEC_PUSH(
			    a, out, (struct range){ f->unit.at[from].start, f->unit.at[to].end });
		shown = to + 1;
	}
}

/* Sentences and paragraphs go out as records of their own, as ntag-split --by makes them. */
static bool
divide(const void *model, struct record *r, struct work *w, struct ranges *out)
{
	const struct grep *g = model;

	(void)w;
	if (g->unit == UNIT_DOCUMENT || g->finds || r->note == NULL)
		return false;
	with_context(g, r->note, r->arena, out);
	return true;
}

const struct filter filter_grep = {
	.name = "grep",
	.summary = "select records, or sentences of them, by who, when and who said it",
	.example =
	    "ntag-grep -i -e sanction articles/\n"
	    "ntag-grep --ent PERSON=Putin --show sentence -C1 *.txt\n"
	    "ntag-grep --quote-by Peskov --date-in 2021-12 --json articles/ | ntag-summarize",
	.needs = F_TEXT,
	.uses = 0,
	.gives = 0,
	.option = options_select,
	.open_with = open_grep,
	.annotate = annotate,
	.close = close_grep,
	.worker_open = open_worker,
	.worker_close = close_worker,
	.keeps = keeps,
	.divide = divide,
	.may_keep = may_keep,
};
