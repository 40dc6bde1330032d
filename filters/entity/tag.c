/* tag.c - for each sentence: score its open tokens, decode, count; then once more with all counts. */
#include "tag.h"

#include <math.h>

#include "features.h"

static inline void
add_row(int16_t sum[SCORES], const struct row *row)
{
	for (unsigned k = 0; k < SCORES; k++)
		sum[k] = (int16_t)(sum[k] + row->w[k]);
}

/* The features of a word in a role are summed at its first use and kept. */
static const int16_t *
role_sum(const struct model *m, struct word *w, enum role role)
{
	uint32_t row[FEATURES_WORD_MAX];
	size_t n;

	if (w->summed & 1U << role)
		return w->sum[role];
	n = features_word(w, role, row);
	for (size_t k = 0; k < n; k++)
		add_row(w->sum[role], &m->row[row[k] & m->row_mask]);
	w->summed = (uint16_t)(w->summed | 1U << role);
	return w->sum[role];
}

void
tag_score(const struct model *m, const struct passage *p, const struct stretch *s, uint32_t i,
    struct scores *out)
{
	struct word_role role[FEATURES_ROLES_MAX];
	uint32_t row[FEATURES_PAIRS_MAX];
	size_t n = features_pairs(p, s, i, row);

	memset(out, 0, sizeof(*out));
	for (size_t k = 0; k < n; k++)
		__builtin_prefetch(&m->row[row[k] & m->row_mask]);
	for (size_t k = 0, n_role = features_roles(p, s, i, role); k < n_role; k++) {
		const int16_t *sum = role_sum(m, role[k].w, role[k].role);

		for (unsigned j = 0; j < SCORES; j++)
			out->at[j] = (int16_t)(out->at[j] + sum[j]);
	}
	for (size_t k = 0; k < n; k++)
		add_row(out->at, &m->row[row[k] & m->row_mask]);
}

void
tag_history(const struct model *m, const struct passage *p, uint32_t i, struct scores *out)
{
	uint32_t row[FEATURES_HISTORY_MAX];
	size_t n = features_history(p, i, row);

	for (size_t k = 0; k < n; k++)
		add_row(out->at, &m->row[row[k] & m->row_mask]);
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
	uint8_t *state;      /* of each token of the passage */
	struct arena *arena;
};

static void
decide(const struct job *j, const struct stretch *open, struct scores *s)
{
	size_t n = open->end - open->start;

	memcpy(s, j->base + open->start, n * sizeof(*s));
	for (uint32_t i = open->start; i < open->end; i++)
		tag_history(j->m, j->p, i, &s[i - open->start]);
	decode_best(s, n, j->m->move, j->state + open->start, j->arena);
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
	return (uint8_t)lrintf(least * 100);
}

static void
collect(const struct job *j, const struct stretch *open, const struct scores *s,
    struct names_found *out)
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
			VEC_PUSH(j->arena, out,
			    (struct name){
				first, i, (uint8_t)((state - 1) / 4), 0, CONFIDENCE_NONE });
	}
	if (!j->sure || out->n == had)
		return;
	prob = arena_raw(j->arena, n, sizeof(*prob));
	decode_marginals(s, n, j->m, prob, j->arena);
	for (size_t k = had; k < out->n; k++)
		out->at[k].confidence = certainty(j, &out->at[k], open, prob);
}

static void
first_look(const struct job *j, struct scores *scratch)
{
	for (size_t k = 0; k < j->p->n_sent; k++) {
		const struct stretch *s = &j->p->sent[k];
		struct stretch open = { s->start, s->start };

		while (passage_open(j->p, s, open.end, &open)) {
			for (uint32_t i = open.start; i < open.end; i++)
				tag_score(j->m, j->p, s, i, &j->base[i]);
			decide(j, &open, scratch);
			tag_count(j->p, &open, j->state + open.start, 1);
		}
	}
}

static void
second_look(const struct job *j, struct scores *scratch, struct names_found *out)
{
	for (size_t k = 0; k < j->p->n_sent; k++) {
		const struct stretch *s = &j->p->sent[k];
		struct stretch open = { s->start, s->start };

		while (passage_open(j->p, s, open.end, &open)) {
			tag_count(j->p, &open, j->state + open.start, -1);
			decide(j, &open, scratch);
			tag_count(j->p, &open, j->state + open.start, 1);
			collect(j, &open, scratch, out);
		}
	}
}

void
tag(const struct model *m, struct passage *p, bool sure, struct names_found *out, struct arena *a)
{
	struct job j = { m, p, sure, NULL, NULL, a };
	struct scores *scratch = arena_raw(a, p->n, sizeof(*scratch));

	j.base = arena_raw(a, p->n, sizeof(*j.base));
	j.state = arena_alloc(a, p->n, 1);
	first_look(&j, scratch);
	second_look(&j, scratch, out);
}
