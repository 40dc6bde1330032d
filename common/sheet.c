/* sheet.c - tallies of keys: counted, merged, sorted. */
#include "sheet_own.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "calendar.h"

const char *const sheet_part_name[N_SHEET] = { "names", "days", "articles", "speakers", "pairs",
	"trends" };

void
sheet_open(struct sheet *s, unsigned parts)
{
	*s = (struct sheet){ .parts = parts };
}

void
sheet_free(struct sheet *s)
{
	for (size_t i = 0; i < N_SHEET; i++)
		free(s->tally[i].slot);
	arena_free(&s->arena);
	*s = (struct sheet){ .parts = s->parts };
}

/* --- finding an entry --- */

static size_t
slot_of(const struct sheet_tally *t, struct span key)
{
	size_t i = XXH3_64bits(key.p, key.n) & (t->n_slot - 1);

	while (t->slot[i] != 0 && !span_eq(t->at[t->slot[i] - 1].key, key))
		i = (i + 1) & (t->n_slot - 1);
	return i;
}

/* At most half full. */
static void
grow(struct sheet_tally *t)
{
	if ((t->n + 1) * 2 <= t->n_slot)
		return;
	free(t->slot);
	t->n_slot = t->n_slot == 0 ? 64 : t->n_slot * 2;
	t->slot = calloc(t->n_slot, sizeof(*t->slot));
	if (t->slot == NULL)
		die_oom(t->n_slot * sizeof(*t->slot));
	for (size_t i = 0; i < t->n; i++)
		t->slot[slot_of(t, t->at[i].key)] = (uint32_t)(i + 1);
}

/* The entry of that key, new if need be. Valid until the next call. */
static struct entry *
entry_of(struct sheet *s, enum sheet_part part, struct span key)
{
	struct sheet_tally *t = &s->tally[part];
	size_t i;

	grow(t);
	i = slot_of(t, key);
	if (t->slot[i] == 0) {
		VEC_PUSH(&s->arena, t, (struct entry){ .key = arena_copy(&s->arena, key) });
		t->slot[i] = (uint32_t)t->n;
	}
	return &t->at[t->slot[i] - 1];
}

struct entry *
sheet_count(struct sheet *s, enum sheet_part part, struct span key)
{
	struct entry *e = entry_of(s, part, key);

	e->n++;
	e->docs += e->last != s->serial;
	e->last = s->serial;
	return e;
}

/* --- picks --- */

static int
span_order(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

static int
number_order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
pick_order(const struct pick *a, const struct pick *b)
{
	int order = number_order(a->rank, b->rank);

	if (order == 0)
		order = span_order(a->date, b->date);
	if (order == 0)
		order = span_order(a->id, b->id);
	if (order == 0)
		order = number_order(a->start, b->start);
	return order != 0 ? order : span_order(a->text, b->text);
}

static struct pick
copied(struct sheet *s, const struct pick *p)
{
	return (struct pick){ p->rank, arena_copy(&s->arena, p->date), arena_copy(&s->arena, p->id),
		p->start, arena_copy(&s->arena, p->text) };
}

static size_t
picks_of(enum sheet_part part)
{
	return part == SHEET_SPEAKERS ? SHEET_PICKS : part == SHEET_DAYS ? 1 : 0;
}

void
sheet_pick(struct sheet *s, enum sheet_part part, struct entry *e, const struct pick *p)
{
	size_t most = picks_of(part), i = e->n_pick;

	if (most == 0)
		return;
	if (e->pick == NULL)
		e->pick = ARENA_NEW(&s->arena, struct pick, most);
	while (i > 0 && pick_order(p, &e->pick[i - 1]) < 0)
		i--;
	if (i == most || (i > 0 && pick_order(p, &e->pick[i - 1]) == 0))
		return; /* not good enough, or there already */
	if (e->n_pick < most)
		e->n_pick++;
	for (size_t k = e->n_pick - 1; k > i; k--)
		e->pick[k] = e->pick[k - 1];
	e->pick[i] = copied(s, p);
}

/* --- adding up --- */

static void
add_entry(struct sheet *s, enum sheet_part part, struct span key, const struct entry *from)
{
	struct entry *e = entry_of(s, part, key);

	e->n += from->n;
	e->docs += from->docs;
	for (size_t i = 0; i < from->n_pick; i++)
		sheet_pick(s, part, e, &from->pick[i]);
}

void
sheet_merge(struct sheet *into, const struct sheet *from)
{
	into->docs += from->docs;
	for (unsigned p = 0; p < N_SHEET; p++)
		for (size_t i = 0; i < from->tally[p].n; i++)
			add_entry(into, (enum sheet_part)p, from->tally[p].at[i].key,
			    &from->tally[p].at[i]);
}

static struct span
grouped(struct span key, enum sheet_by by, struct arena *a)
{
	struct cal c;
	int y, w;

	if (by == SHEET_DAY || key.n != 10 || !cal_parse(key, &c))
		return key;
	if (by == SHEET_MONTH)
		return span_cut(key, 0, 7);
	w = cal_week(cal_day(c), &y);
	return arena_fmt(a, "%04d-W%02d", y, w);
}

void
sheet_group(struct sheet *to, const struct sheet *from, enum sheet_part part, enum sheet_by by)
{
	const struct sheet_tally *t = &from->tally[part];

	for (size_t i = 0; i < t->n; i++)
		add_entry(to, part, grouped(t->at[i].key, by, &to->arena), &t->at[i]);
}

/* --- sorting --- */

static int
by_key(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return span_order((*x)->key, (*y)->key);
}

static int
by_docs(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;
	int order = number_order((*y)->docs, (*x)->docs);

	if (order == 0)
		order = number_order((*y)->n, (*x)->n);
	return order != 0 ? order : span_order((*x)->key, (*y)->key);
}

static int
by_n(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;
	int order = number_order((*y)->n, (*x)->n);

	if (order == 0)
		order = number_order((*y)->docs, (*x)->docs);
	return order != 0 ? order : span_order((*x)->key, (*y)->key);
}

const struct entry **
sheet_sorted(const struct sheet *s, enum sheet_part part, enum sheet_order order, struct arena *a)
{
	static int (*const compare[])(const void *, const void *) = { by_key, by_docs, by_n };
	const struct sheet_tally *t = &s->tally[part];
	const struct entry **list = ARENA_NEW(a, const struct entry *, t->n + 1);

	for (size_t i = 0; i < t->n; i++)
		list[i] = &t->at[i];
	if (t->n > 0)
		qsort(list, t->n, sizeof(const struct entry *), compare[order]);
	return list;
}

void
sheet_sort_keys(const struct entry **list, size_t n)
{
	if (n > 0)
		qsort(list, n, sizeof(const struct entry *), by_key);
}

bool
sheet_spread(const struct sheet *s, enum sheet_part part)
{
	for (size_t i = 0; i < s->tally[part].n; i++)
		if (s->tally[part].at[i].docs > 1)
			return true;
	return false;
}
