/* features.c - features by number; each number is a template, each value a hash or a small set. */
#include "features.h"

#include "gaz.h"
#include "kind.h"

static uint64_t
is_cap(const struct word *w)
{
	return w->flags & WORD_CAP;
}

/* Pieces of its vector: together they stand for the whole of it. */
static void
word_codes(struct rows *r, const struct word *w)
{
	for (unsigned k = 0; k < WORD_CODES && w->cluster[0] != 0; k++)
		rows_put(r, 500 + k, w->code[k]);
}

static void
word_itself(struct rows *r, const struct word *w)
{
	rows_put(r, 1, w->exact);
	rows_put(r, 2, w->lower);
	rows_put(r, 3, w->shape);
	rows_put(r, 4, w->long_shape);
	for (unsigned k = 0; k < WORD_HEADS; k++)
		if (w->head[k] != 0)
			rows_put(r, 5 + k, w->head[k]);
	for (unsigned k = 0; k < WORD_TAILS; k++)
		if (w->tail[k] != 0)
			rows_put(r, 10 + k, word_pair(w->tail[k], is_cap(w)));
	for (unsigned k = 0; k < WORD_CLUSTERS; k++)
		rows_put(r, 15 + k, w->cluster[k]);
	rows_put(r, 18, word_pair(w->cluster[2], w->shape));
	word_codes(r, w);
	rows_put_set(r, 19, w->kind);
}

/* Next to the token, or two away: id0 to id0 + 4. */
static void
word_near(struct rows *r, const struct word *w, unsigned id0, bool next)
{
	rows_put(r, id0, w->exact);
	rows_put(r, id0 + 1, w->cluster[2]);
	if (next)
		rows_put(r, id0 + 2, w->cluster[1]);
	rows_put_set(r, id0 + 3, w->kind);
}

static void
word_far(struct rows *r, const struct word *w, unsigned id)
{
	if (w->cluster[2] != 0)
		rows_put(r, id, w->cluster[2]);
}

static void
word_elsewhere(struct rows *r, const struct word *w, unsigned id0)
{
	rows_put(r, id0, w->lower);
	rows_put(r, id0 + 1, word_pair(w->cluster[1], is_cap(w)));
	if (w->flags & WORD_CAP)
		rows_put(r, id0 + 2, word_pair(w->cluster[1], w->lists));
	rows_put_set(r, id0 + 3, w->kind);
}

void
features_word(const struct word *w, enum role role, struct rows *out)
{
	switch (role) {
	case ROLE_SELF:
		word_itself(out, w);
		break;
	case ROLE_BEFORE:
	case ROLE_AFTER:
	case ROLE_BEFORE2:
	case ROLE_AFTER2:
		word_near(out, w, 20 + 5 * (unsigned)role, role <= ROLE_AFTER);
		break;
	case ROLE_FAR_BEFORE:
	case ROLE_FAR_AFTER:
	case ROLE_FAR_BEFORE_CAP:
	case ROLE_FAR_AFTER_CAP:
		word_far(out, w, 50 + (unsigned)role);
		break;
	default:
		word_elsewhere(out, w, role == ROLE_ELSE_BEFORE ? 70 : 75);
	}
}

static const struct tok *
tok_at(const struct passage *d, const struct stretch *s, int64_t i)
{
	return i < s->start || i >= s->end ? &d->beyond : &d->tok[i];
}

static void
put_role(struct word_role *out, size_t *n, const struct tok *t, enum role role)
{
	out[(*n)++] = (struct word_role){ t->w, role };
}

/* Neighbours of other occurrences; a sentence start or the end of the text stands for itself. */
static void
roles_elsewhere(const struct passage *d, uint32_t i, struct word_role *out, size_t *n)
{
	size_t seen = 0;

	for (uint32_t j = d->tok[i].w->stem->first; j != PASSAGE_NONE && seen < FEATURES_ELSE;
	     j = d->tok[j].next_same) {
		bool opens, closes;

		if (j == i)
			continue;
		opens = d->tok[j].flags & TOK_SENT;
		closes = j + 1 >= d->n || d->tok[j + 1].flags & TOK_SENT;
		put_role(out, n, opens ? &d->beyond : &d->tok[j - 1], ROLE_ELSE_BEFORE);
		put_role(out, n, closes ? &d->beyond : &d->tok[j + 1], ROLE_ELSE_AFTER);
		seen++;
	}
}

size_t
features_roles(const struct passage *d, const struct stretch *s, uint32_t i,
    struct word_role out[FEATURES_ROLES_MAX])
{
	bool cap = is_cap(d->tok[i].w);
	size_t n = 0;

	put_role(out, &n, &d->tok[i], ROLE_SELF);
	put_role(out, &n, tok_at(d, s, (int64_t)i - 1), ROLE_BEFORE);
	put_role(out, &n, tok_at(d, s, (int64_t)i + 1), ROLE_AFTER);
	put_role(out, &n, tok_at(d, s, (int64_t)i - 2), ROLE_BEFORE2);
	put_role(out, &n, tok_at(d, s, (int64_t)i + 2), ROLE_AFTER2);
	for (int64_t k = 3; k <= 4; k++) {
		put_role(out, &n, tok_at(d, s, (int64_t)i - k),
		    cap ? ROLE_FAR_BEFORE_CAP : ROLE_FAR_BEFORE);
		put_role(out, &n, tok_at(d, s, (int64_t)i + k),
		    cap ? ROLE_FAR_AFTER_CAP : ROLE_FAR_AFTER);
	}
	if (cap)
		roles_elsewhere(d, i, out, &n);
	return n;
}

/* The five tokens around the one in question, and where it stands. */
struct view {
	const struct tok *t, *a, *z, *aa, *zz; /* itself; before, behind; two before, two behind */
	uint64_t place;                        /* style of the sentence, first word, first token */
};

static void
pairs_of_words(struct rows *r, const struct view *v)
{
	const struct word *t = v->t->w, *a = v->a->w, *z = v->z->w, *aa = v->aa->w, *zz = v->zz->w;

	rows_put(r, 100, word_pair(a->exact, t->exact));
	rows_put(r, 101, word_pair(t->exact, z->exact));
	rows_put(r, 102, word_pair(a->exact, z->exact));
	rows_put(r, 103, word_pair(t->shape, a->lower));
	rows_put(r, 104, word_pair(t->shape, z->lower));
	rows_put(r, 105, word_pair(aa->lower, a->lower));
	rows_put(r, 106, word_pair(z->lower, zz->lower));
	rows_put(r, 107, word_pair(t->shape, word_pair(aa->lower, a->lower)));
	rows_put(r, 108, word_pair(t->shape, word_pair(z->lower, zz->lower)));
	rows_put(r, 109, word_pair(a->tail[2], t->shape));
	rows_put(r, 110, word_pair(z->tail[2], t->shape));
}

static void
pairs_of_shapes(struct rows *r, const struct view *v)
{
	uint64_t t = v->t->w->shape, a = v->a->w->shape, z = v->z->w->shape;

	rows_put(r, 120, word_pair(a, t));
	rows_put(r, 121, word_pair(t, z));
	rows_put(r, 122, word_pair(word_pair(a, t), z));
	rows_put(r, 123, word_pair(word_pair(v->aa->w->shape, a), t));
	rows_put(r, 124, word_pair(word_pair(t, z), v->zz->w->shape));
	rows_put(r, 125, v->place);
	rows_put(r, 126, word_pair(v->place, t));
	rows_put(r, 129, word_pair(v->t->figures, t));
	rows_put(r, 130, word_pair(v->t->figures, word_pair(v->t->w->cluster[0], t)));
	if (v->t->flags & TOK_FIRST)
		rows_put(r, 127, v->t->w->lower);
	if (v->t->style != STYLE_PLAIN)
		rows_put(r, 128, word_pair(v->t->style, v->t->w->lower));
}

static void
pairs_of_clusters(struct rows *r, const struct view *v)
{
	const struct word *t = v->t->w, *a = v->a->w, *z = v->z->w;

	rows_put(r, 140, word_pair(a->cluster[1], t->cluster[1]));
	rows_put(r, 141, word_pair(t->cluster[1], z->cluster[1]));
	rows_put(r, 142, word_pair(word_pair(a->cluster[0], t->cluster[0]), z->cluster[0]));
	rows_put(r, 143, word_pair(word_pair(t->cluster[1], t->shape), v->place));
	rows_put(r, 144, word_pair(word_pair(a->cluster[1], is_cap(a)), t->shape));
	rows_put(r, 145, word_pair(word_pair(z->cluster[1], is_cap(z)), t->shape));
	rows_put(r, 146, word_pair(t->cluster[1], a->lower));
	rows_put(r, 147, word_pair(t->cluster[1], z->lower));
}

static void
pairs_of_lists(struct rows *r, const struct view *v)
{
	uint32_t t = v->t->lists, a = v->a->lists, z = v->z->lists;

	rows_put_set(r, 160, t);
	if (t != 0) {
		rows_put(r, 168, word_pair(t, v->t->figures));
		rows_put(r, 161, t);
		rows_put(r, 162, word_pair(t, v->t->flags & TOK_FIRST));
		rows_put(r, 163, word_pair(word_pair(t, a), z));
		rows_put(r, 164, word_pair(word_pair(t, v->a->w->shape), v->z->w->shape));
		rows_put(r, 165, word_pair(t, v->t->w->cluster[0]));
	}
	if (a != 0)
		rows_put(r, 166, word_pair(a, v->t->w->shape));
	if (z != 0)
		rows_put(r, 167, word_pair(z, v->t->w->shape));
}

/* What the text is about, and quotation marks around: clubs have the names of towns, titles those of anything. */
static void
pairs_of_desk(struct rows *r, const struct view *v)
{
	const struct tok *t = v->t;

	rows_put(r, 190, word_pair(t->topic, t->w->shape));
	rows_put(r, 191, word_pair(t->topic, t->w->cluster[0]));
	if (t->lists != 0)
		rows_put(r, 192, word_pair(t->topic, t->lists));
	if (t->quoted != 0)
		rows_put(r, 193, word_pair(t->quoted, t->w->shape));
}

/* Is the word seen in lower case, or capitalised inside a sentence, and how often? */
static void
pairs_with_document(struct rows *r, const struct view *v)
{
	const struct stem *s = v->t->w->stem;
	uint64_t seen = s->lower * 2U + s->cap_inside;

	rows_put(r, 180, word_pair(seen, v->t->flags & TOK_FIRST));
	rows_put(r, 181, word_pair(word_pair(seen, v->place), v->t->w->cluster[0]));
	rows_put(r, 182, s->n < 4 ? s->n : 4);
}

void
features_pairs(const struct passage *d, const struct stretch *s, uint32_t i, struct rows *out)
{
	struct view v = { &d->tok[i], tok_at(d, s, (int64_t)i - 1), tok_at(d, s, (int64_t)i + 1),
		tok_at(d, s, (int64_t)i - 2), tok_at(d, s, (int64_t)i + 2), 0 };

	v.place = v.t->style * 4U + (v.t->flags & (TOK_FIRST | TOK_SENT));
	pairs_of_words(out, &v);
	pairs_of_shapes(out, &v);
	pairs_of_clusters(out, &v);
	pairs_of_lists(out, &v);
	if (v.t->w->flags & WORD_CAP)
		pairs_with_document(out, &v);
	pairs_of_desk(out, &v);
}

void
features_history(const struct passage *d, uint32_t i, struct rows *out)
{
	const struct word *w = d->tok[i].w;
	const uint16_t *c = w->stem->label;
	uint32_t total = 0;
	uint64_t best = 0, sure;

	if (!(w->flags & WORD_CAP))
		return;
	for (unsigned k = 0; k <= N_CLASS; k++) {
		total += c[k];
		if (c[k] > c[best])
			best = k;
	}
	if (total == 0) {
		rows_put(out, 200, 0);
		return;
	}
	sure = best * 8 + c[best] * 4U / total;
	rows_put(out, 201, best);
	rows_put(out, 202, sure);
	rows_put(out, 203, sure * 8 + (total < 4 ? total : 4));
	rows_put(out, 204, word_pair(sure, d->tok[i].flags & TOK_FIRST));
	rows_put(out, 205, word_pair(best, w->cluster[1]));
	rows_put(out, 206, word_pair(best, w->shape));
}
