/* type.c - features of a name by its words and neighbours; scores are summed over its occurrences. */
#include "type.h"

#include "features.h"
#include "lanes.h"

enum { WORDS_MAX = 8 }; /* words of a name that are looked at: the first and the last ones */

static const unsigned choices[N_CLASS] = {
	[CLASS_PER] = 1U << ENT_PERSON,
	[CLASS_ORG] = 1U << ENT_ORG,
	[CLASS_LOC] = 1U << ENT_GPE | 1U << ENT_LOC,
	[CLASS_FAC] = 1U << ENT_FAC,
	[CLASS_NORP] = 1U << ENT_NORP | 1U << ENT_LANGUAGE,
	[CLASS_EVENT] = 1U << ENT_EVENT,
	[CLASS_LAW] = 1U << ENT_LAW,
	[CLASS_THING] = 1U << ENT_PRODUCT | 1U << ENT_WORK_OF_ART,
};

unsigned type_choices(enum class cls)
{
	return choices[cls];
}

enum class type_class(enum ent_label label) {
	enum class c = CLASS_PER;

	while (!(choices[c] & 1U << label)) c++;
	return c;
}

/* All rows of a name are those of its class. */
struct row_list {
	struct rows *rows;
	uint64_t cls;
};

static void
put(struct row_list *r, unsigned id, uint64_t value)
{
	rows_put(r->rows, id + 300, word_pair(value, r->cls));
}

static void
put_set(struct row_list *r, unsigned id, uint32_t set)
{
	for (; set != 0; set &= set - 1)
		put(r, id, (uint64_t)__builtin_ctz(set));
}

static uint64_t
name_hash(const struct passage *p, const struct name *name)
{
	uint64_t h = 0;

	for (uint32_t i = name->first; i <= name->last; i++)
		h = word_pair(h, p->tok[i].w->lower);
	return h;
}

static void
put_end(struct row_list *r, const struct tok *t, unsigned id0)
{
	const struct word *w = t->w;

	put(r, id0, w->lower);
	put(r, id0 + 1, w->shape);
	put(r, id0 + 2, w->tail[1]);
	put(r, id0 + 3, w->tail[2]);
	put(r, id0 + 4, w->tail[3]);
	put(r, id0 + 5, w->cluster[1]);
	put(r, id0 + 6, w->cluster[2]);
	put_set(r, id0 + 7, w->kind);
	put_set(r, id0 + 8, t->lists);
	put(r, id0 + 9, w->cluster[0]);
}

static void
put_inner(struct row_list *r, const struct passage *p, const struct name *name)
{
	uint32_t last = name->last;

	for (uint32_t i = name->first; i <= last && i < name->first + WORDS_MAX; i++) {
		put(r, 21, p->tok[i].w->lower);
		put_set(r, 22, p->tok[i].w->kind);
	}
}

static void
put_around(struct row_list *r, const struct passage *p, const struct name *name)
{
	const struct word *nothing = p->beyond.w;
	const struct word *a = name->first > 0 ? p->tok[name->first - 1].w : nothing;
	const struct word *aa = name->first > 1 ? p->tok[name->first - 2].w : nothing;
	const struct word *z = name->last + 1 < p->n ? p->tok[name->last + 1].w : nothing;

	put(r, 31, a->lower);
	put(r, 32, z->lower);
	put(r, 33, word_pair(aa->lower, a->lower));
	put(r, 34, a->cluster[2]);
	put(r, 35, z->cluster[2]);
	put_set(r, 36, a->kind);
	put_set(r, 37, z->kind);
	put(r, 38, word_pair(a->cluster[1], p->tok[name->last].w->shape));
	put(r, 39, z->cluster[1]);
}

void
type_rows(const struct passage *p, const struct name *name, struct rows *out)
{
	struct row_list r = { out, name->cls };
	uint32_t n = name->last - name->first + 1;

	put(&r, 0, 0);
	put(&r, 1, name_hash(p, name));
	put(&r, 2, n < 5 ? n : 5);
	put(&r, 3, p->tok[name->first].quoted);
	put(&r, 4, p->tok[name->first].topic);
	put_end(&r, &p->tok[name->last], 41);
	put_around(&r, p, name);
	if (n > 1) {
		put_end(&r, &p->tok[name->first], 61);
		put_inner(&r, p, name);
	}
}

/* Scores of all occurrences of one name in a class. */
struct total {
	uint64_t key;
	int32_t score[SCORES];
	bool used;
};

static struct total *
total_for(struct total *t, size_t n_total, uint64_t key)
{
	size_t at = key & (n_total - 1);

	while (t[at].used && t[at].key != key)
		at = (at + 1) & (n_total - 1);
	t[at].used = true;
	t[at].key = key;
	return &t[at];
}

static void
add_rows(
    const struct model *m, const struct passage *p, const struct name *name, int32_t score[SCORES])
{
	struct rows r = { .n = 0 };
	int16_t one[SCORES];
	struct sum sum;

	memset(&sum, 0, sizeof(sum));
	type_rows(p, name, &r);
	for (size_t k = 0; k < r.n; k++)
		sum_row(&sum, &m->type[r.at[k] & m->type_mask]);
	sum_store(&sum, one);
	for (unsigned j = 0; j < SCORES; j++)
		score[j] += one[j];
}

static uint8_t
best_of(const int32_t score[SCORES], unsigned set)
{
	int best = __builtin_ctz(set);

	for (int l = best + 1; l < N_ENT; l++)
		if (set & 1U << l && score[l] > score[best])
			best = l;
	return (uint8_t)best;
}

/* Places are the same kind of place all over a document; "Welsh" is now a people, now a language. */
static uint64_t
key_of(const struct passage *p, const struct name *name)
{
	uint64_t same = word_pair(name_hash(p, name), name->cls);

	return name->cls > CLASS_LOC ? word_pair(same, name->first) : same;
}

void
type_names(
    const struct model *m, const struct passage *p, struct names_found *names, struct arena *a)
{
	size_t n_total = 16;
	struct total *t;

	while (n_total < names->n * 2)
		n_total *= 2;
	t = ARENA_NEW(a, struct total, n_total);
	for (size_t i = 0; i < names->n; i++) {
		const struct name *name = &names->at[i];

		if (name->cls >= CLASS_LOC)
			add_rows(m, p, name, total_for(t, n_total, key_of(p, name))->score);
	}
	for (size_t i = 0; i < names->n; i++) {
		struct name *name = &names->at[i];
		const struct total *x = total_for(t, n_total, key_of(p, name));

		name->label = best_of(x->score, choices[name->cls]);
	}
}
