/* tag.c - for each sentence: score its open tokens, decode, count; then once more with all counts. */
#include "tag.h"

#include <math.h>

#include "features.h"
#include "lanes.h"

#define SURE_SLOPE 0.6F
#define SURE_SHIFT -0.28F

static inline void
sum_rows(struct sum *s, const struct model *m, const struct rows *r)
{
	for (size_t k = 0; k < r->n; k++)
		sum_row(s, &m->row[r->at[k] & m->row_mask]);
}

/* The features of a word in a role are summed at its first use and kept. */
static void
sum_up(struct vocab *v, struct word *w, enum role role)
{
	struct rows r;
	struct sum s;

	r.n = 0;
	features_word(w, role, &r);
	memset(&s, 0, sizeof(s));
	sum_rows(&s, v->model, &r);
	if (w->sums == NULL)
		w->sums = vocab_sums(v);
	sum_store(&s, w->sums->of[role]);
	w->summed = (uint16_t)(w->summed | 1U << role);
}

/* The pairs of token i, on their way to the cache while the token before it is scored. */
static void
fetch(const struct model *m, const struct passage *p, const struct stretch *s, uint32_t i,
    struct rows *r)
{
	r->n = 0;
	features_pairs(p, s, i, r);
	for (size_t k = 0; k < r->n; k++)
		__builtin_prefetch(&m->row[r->at[k] & m->row_mask]);
}

/* Weights of the features of token i that do not depend on other decisions. */
static void
score(const struct model *m, const struct passage *p, const struct stretch *s, uint32_t i,
    const struct rows *pairs, struct scores *out)
{
	struct word_role role[FEATURES_ROLES_MAX];
	size_t n = features_roles(p, s, i, role);
	struct sum sum;

	memset(&sum, 0, sizeof(sum));
	for (size_t k = 0; k < n; k++) {
		if (!(role[k].w->summed & 1U << role[k].role))
			sum_up(p->vocab, role[k].w, role[k].role);
		sum_add(&sum, role[k].w->sums->of[role[k].role]);
	}
	sum_rows(&sum, m, pairs);
	sum_store(&sum, out->at);
}

static void
score_stretch(const struct model *m, const struct passage *p, const struct stretch *s,
    const struct stretch *open, struct scores *base)
{
	struct rows pairs[2];

	fetch(m, p, s, open->start, &pairs[open->start & 1]);
	for (uint32_t i = open->start; i < open->end; i++) {
		if (i + 1 < open->end)
			fetch(m, p, s, i + 1, &pairs[(i + 1) & 1]);
		score(m, p, s, i, &pairs[i & 1], &base[i]);
	}
}

/* Add what the decisions so far say about token i. */
static void
add_history(const struct model *m, const struct passage *p, uint32_t i, struct scores *out)
{
	struct rows r;
	struct sum s;

	r.n = 0;
	features_history(p, i, &r);
	if (r.n == 0)
		return;
	sum_load(&s, out->at);
	sum_rows(&s, m, &r);
	sum_store(&s, out->at);
}

void
tag_count(const struct passage *p, const struct stretch *open, const uint8_t *state, int sign)
{
	for (uint32_t i = open->start; i < open->end; i++) {
		const struct word *w = p->tok[i].w;
		unsigned s = state[i - open->start];
		uint16_t *c;

		if (!(w->flags & WORD_CAP))
			continue;
		c = &w->stem->label[s == 0 ? N_CLASS : (s - 1) / 4];
		if (sign > 0 ? *c < UINT16_MAX : *c > 0)
			*c = (uint16_t)(*c + sign);
	}
}

/* One open stretch of a sentence. */
struct job {
	const struct model *m;
	struct passage *p;
	bool sure;
	struct scores *base; /* of each open token, without history */
	struct scores *full; /* with it, as last decoded */
	struct scores *now;  /* of the stretch at hand */
	struct lattice *lattice;
	uint8_t *state; /* of each token of the passage */
	struct arena *arena;
};

/* Decode a stretch with the history there is; one that scores as before is decided as before. */
static void
decide(const struct job *j, const struct stretch *open, bool again)
{
	size_t n = open->end - open->start;
	struct scores *now = j->now, *full = j->full + open->start;

	memcpy(now, j->base + open->start, n * sizeof(*now));
	for (uint32_t i = open->start; i < open->end; i++)
		add_history(j->m, j->p, i, &now[i - open->start]);
	if (again && memcmp(now, full, n * sizeof(*now)) == 0)
		return;
	memcpy(full, now, n * sizeof(*now));
	decode_best(full, n, j->m, j->state + open->start, j->lattice);
}

/* Marginals are too sure of themselves, as those of any model of this kind on text unlike that it learnt from: logistic regression of
 * "right" on their log-odds, fitted on the development sets of news (TRAINING). */
static float
calibrated(float p)
{
	float odds = logf((p + 1e-5F) / (1 - p + 1e-5F));

	return 1 / (1 + expf(-(SURE_SLOPE * odds + SURE_SHIFT)));
}

/* The least certain token of a name decides. */
static uint8_t
certainty(
    const struct job *j, const struct name *name, const struct stretch *open, struct chances *prob)
{
	float least = 1;

	for (uint32_t i = name->first; i <= name->last; i++) {
		float x = prob[i - open->start].of[j->state[i]];

		least = x < least ? x : least;
	}
	return (uint8_t)lrintf(calibrated(least) * 100);
}

static struct name
name_of(uint32_t first, uint32_t last, unsigned state)
{
	return (struct name){ .first = first,
		.last = last,
		.cls = (uint8_t)((state - 1) / 4),
		.confidence = CONFIDENCE_NONE };
}

static void
collect(const struct job *j, const struct stretch *open, struct names_found *out)
{
	size_t n = open->end - open->start, had = out->n;
	struct chances *prob;
	uint32_t first = open->start;

	for (uint32_t i = open->start; i < open->end; i++) {
		unsigned state = j->state[i];
		unsigned place = (state + 3) % 4;

		if (state == 0)
			continue;
		if (place == PLACE_B || place == PLACE_U)
			first = i;
		if (place == PLACE_L || place == PLACE_U)
			VEC_PUSH(j->arena, out, name_of(first, i, state));
	}
	if (!j->sure || out->n == had)
		return;
	prob = arena_raw(j->arena, n, sizeof(*prob));
	decode_marginals(j->full + open->start, n, j->m, prob, j->arena);
	for (size_t k = had; k < out->n; k++)
		out->at[k].confidence = certainty(j, &out->at[k], open, prob);
}

static void
first_look(const struct job *j)
{
	for (size_t k = 0; k < j->p->n_sent; k++) {
		const struct stretch *s = &j->p->sent[k];
		struct stretch open = { s->start, s->start };

		while (passage_open(j->p, s, open.end, &open)) {
			score_stretch(j->m, j->p, s, &open, j->base);
			decide(j, &open, false);
			tag_count(j->p, &open, j->state + open.start, 1);
		}
	}
}

static void
second_look(const struct job *j, struct names_found *out)
{
	for (size_t k = 0; k < j->p->n_sent; k++) {
		const struct stretch *s = &j->p->sent[k];
		struct stretch open = { s->start, s->start };

		while (passage_open(j->p, s, open.end, &open)) {
			tag_count(j->p, &open, j->state + open.start, -1);
			decide(j, &open, true);
			tag_count(j->p, &open, j->state + open.start, 1);
			collect(j, &open, out);
		}
	}
}

static size_t
longest_sentence(const struct passage *p)
{
	size_t most = 0;

	for (size_t k = 0; k < p->n_sent; k++)
		if (p->sent[k].end - p->sent[k].start > most)
			most = p->sent[k].end - p->sent[k].start;
	return most;
}

void
tag(const struct model *m, struct passage *p, bool sure, struct names_found *out, struct arena *a)
{
	struct job j = { .m = m, .p = p, .sure = sure, .arena = a };
	struct lattice lattice = { .arena = a };

	j.base = arena_raw(a, p->n, sizeof(*j.base));
	j.full = arena_raw(a, p->n, sizeof(*j.full));
	j.now = arena_raw(a, longest_sentence(p), sizeof(*j.now));
	j.lattice = &lattice;
	j.state = arena_alloc(a, p->n, 1);
	first_look(&j);
	second_look(&j, out);
}
