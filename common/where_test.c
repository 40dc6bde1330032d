/* where_test.c - a condition asked of a record: the tree, and the tests on what the text says. */
#include <stdlib.h>

#include "where_own.h"

/* What a test has found in the record so far. */
struct leaf_state {
	bool known; /* the answer for the whole record, or what it finds in it */
	bool holds;
	struct ranges hit; /* by start */
	uint32_t *reach;   /* the greatest end of hits 0 to i */
};

/* ---- small parts ---- */

bool
where_match(struct where_ask *ask, const struct regex *re, struct span s)
{
	enum regex_result got = regex_find(re, s, 0, ask->match);

	ask->expensive |= got == REGEX_TOO_EXPENSIVE;
	return got == REGEX_YES;
}

static bool
has_layer(struct where_ask *ask, enum layer which)
{
	if ((ask->record->have & 1U << which) != 0)
		return true;
	return ask->need != NULL && ask->need(ask->ctx, which);
}

/* The words of a name wanted in one of two texts, the second perhaps absent. */
static bool
is_named(struct where_ask *ask, const struct operand *o, struct span text, struct span name)
{
	struct arena *a = ask->record->arena;

	if (o->regex != NULL)
		return where_match(ask, o->regex, text) ||
		       (name.p != NULL && where_match(ask, o->regex, name));
	if (o->text.n == 0)
		return true;
	return where_has_words(where_folded(text, a), o->text) ||
	       (name.p != NULL && where_has_words(where_folded(name, a), o->text));
}

static void
add_hit(struct where_ask *ask, struct leaf_state *s, uint32_t start, uint32_t end)
{
	VEC_PUSH(ask->record->arena, &s->hit, (struct range){ start, end });
}

/* ---- what the layers hold ---- */

static void
find_ents(struct where_ask *ask, const struct leaf *l, struct leaf_state *s)
{
	const struct record *r = ask->record;

	if (!has_layer(ask, LAYER_ENTS))
		return;
	for (size_t i = 0; i < r->ents.n; i++) {
		const struct ent *e = &r->ents.at[i];
		struct span text = record_slice(r, e->start, e->end);

		for (size_t k = 0; k < l->want.n; k++) {
			const struct operand *o = &l->want.at[k];

			if ((o->label >= 0 && o->label != e->label) ||
			    !is_named(ask, o, text, e->name))
				continue;
			add_hit(ask, s, e->start, e->end);
			break;
		}
	}
}

bool
where_days(const struct date *d, struct period *p)
{
	struct period to;

	if (d->range_start.p == NULL || d->range_end.p == NULL)
		return period_of_value(d->value, p);
	if (!period_of_value(d->range_start, p) || !period_of_value(d->range_end, &to))
		return false;
	p->to = to.to;
	return true;
}

static void
find_dates(struct where_ask *ask, const struct leaf *l, struct leaf_state *s)
{
	const struct record *r = ask->record;
	struct period days;

	if (!has_layer(ask, LAYER_DATES))
		return;
	for (size_t i = 0; i < r->dates.n; i++) {
		const struct date *d = &r->dates.at[i];

		for (size_t k = 0; k < l->want.n && where_days(d, &days); k++) {
			if (!period_meets(days, l->want.at[k].period))
				continue;
			add_hit(ask, s, d->start, d->end);
			break;
		}
	}
}

static bool
is_spoken_by(struct where_ask *ask, const struct leaf *l, const struct quote *q)
{
	const struct mention *m = &q->speaker;

	for (size_t i = 0; i < l->want.n; i++)
		if (m->end > m->start && is_named(ask, &l->want.at[i],
					     record_slice(ask->record, m->start, m->end), m->name))
			return true;
	return l->want.n == 0;
}

static bool
has_words(struct where_ask *ask, const struct leaf *l, const struct quote *q)
{
	for (size_t i = 0; i < l->words.n; i++)
		if (where_match(
			ask, l->words.at[i].regex, record_slice(ask->record, q->start, q->end)))
			return true;
	return l->words.n == 0;
}

static void
find_quotes(struct where_ask *ask, const struct leaf *l, struct leaf_state *s)
{
	const struct record *r = ask->record;

	if (!has_layer(ask, LAYER_QUOTES))
		return;
	for (size_t i = 0; i < r->quotes.n; i++) {
		const struct quote *q = &r->quotes.at[i];

		if ((l->kinds == 0 || (l->kinds & 1U << q->kind) != 0) && is_spoken_by(ask, l, q) &&
		    has_words(ask, l, q))
			add_hit(ask, s, q->start, q->end);
	}
}

/* ---- tests of the text, stretch by stretch ---- */

static int
compare_ranges(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

static void
sort_ranges(struct ranges *v)
{
	for (size_t i = 1; i < v->n; i++) {
		if (compare_ranges(&v->at[i - 1], &v->at[i]) <= 0)
			continue;
		qsort(v->at, v->n, sizeof(*v->at), compare_ranges);
		return;
	}
}

/* What the test finds in the whole record, once. */
static const struct leaf_state *
found(struct where_ask *ask, const struct leaf *l)
{
	struct leaf_state *s = &ask->leaf[l - ask->condition->leaf.at];
	uint32_t reach = 0;

	if (s->known)
		return s;
	s->known = true;
	if (l->kind == LEAF_ENT)
		find_ents(ask, l, s);
	else if (l->kind == LEAF_DATE)
		find_dates(ask, l, s);
	else
		find_quotes(ask, l, s);
	sort_ranges(&s->hit);
	s->reach = arena_raw(ask->record->arena, s->hit.n, sizeof(*s->reach));
	for (size_t i = 0; i < s->hit.n; i++) {
		reach = s->hit.at[i].end > reach ? s->hit.at[i].end : reach;
		s->reach[i] = reach;
	}
	s->holds = s->hit.n > 0;
	return s;
}

/* How many hits begin before byte at. */
static size_t
begun_before(const struct leaf_state *s, uint32_t at)
{
	size_t low = 0, high = s->hit.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->hit.at[mid].start < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool
found_in(struct where_ask *ask, const struct leaf *l, const struct range *unit)
{
	const struct leaf_state *s = found(ask, l);
	size_t n;

	if (unit == NULL)
		return s->holds;
	n = begun_before(s, unit->end);
	return n > 0 && s->reach[n - 1] > unit->start;
}

static struct span
unit_text(const struct where_ask *ask, const struct range *unit)
{
	return unit == NULL ? ask->record->text : record_slice(ask->record, unit->start, unit->end);
}

static bool
matches_in(struct where_ask *ask, const struct leaf *l, const struct range *unit)
{
	struct span text = unit_text(ask, unit);

	for (size_t i = 0; i < l->want.n && text.p != NULL; i++)
		if (where_match(ask, l->want.at[i].regex, text))
			return true;
	return false;
}

/* The record's date against --since or --until. */
static bool
is_published(struct where_ask *ask, const struct leaf *l)
{
	struct period days;

	if (ask->record->date.p == NULL || !period_of_value(ask->record->date, &days))
		return false;
	for (size_t i = 0; i < l->want.n; i++)
		if (l->kind == LEAF_SINCE ? days.to >= l->want.at[i].period.from
					  : days.from <= l->want.at[i].period.to)
			return true;
	return false;
}

/* Tests of the record as a whole give one answer for all its stretches. */
static bool
once(struct where_ask *ask, const struct leaf *l)
{
	struct leaf_state *s = &ask->leaf[l - ask->condition->leaf.at];

	if (!s->known)
		s->holds = l->kind == LEAF_FIELD ? where_field(ask, l) : is_published(ask, l);
	s->known = true;
	return s->holds;
}

static bool
leaf_holds(struct where_ask *ask, const struct leaf *l, const struct range *unit)
{
	switch ((enum leaf_kind)l->kind) {
	case LEAF_REGEXP:
		return matches_in(ask, l, unit);
	case LEAF_ENT:
	case LEAF_DATE:
	case LEAF_QUOTE:
		return found_in(ask, l, unit);
	default:
		return once(ask, l);
	}
}

/* ---- the tree ---- */

static void
begin(struct where_ask *ask)
{
	size_t n = ask->condition->leaf.n;

	if (ask->leaf == NULL)
		ask->leaf = ARENA_NEW(ask->record->arena, struct leaf_state, n > 0 ? n : 1);
}

/* The first test at or below node n; NO_NODE: there is none, and n is true if "and". */
static const struct node *
down(const struct condition *c, const struct node *n)
{
	while (n->kind != NODE_LEAF && n->first != NO_NODE)
		n = &c->node.at[n->first];
	return n;
}

bool
where_holds(struct where_ask *ask, const struct range *unit)
{
	const struct condition *c = ask->condition;
	const struct node *root = &c->node.at[0], *n = down(c, root);
	bool holds = false;

	begin(ask);
	if (c->leaf.n == 0)
		return true;
	for (;;) {
		const struct node *parent;

		if (n->kind == NODE_LEAF)
			holds = leaf_holds(ask, &c->leaf.at[n->leaf], unit);
		holds ^= n->negate;
		if (n == root)
			return holds;
		parent = &c->node.at[n->parent];
		if (holds == (parent->kind == NODE_AND) && n->next != NO_NODE)
			n = down(c, &c->node.at[n->next]);
		else
			n = parent;
	}
}

/* ---- hits ---- */

/* All matches of a pattern in a stretch of the text. */
static void
match_hits(
    struct where_ask *ask, const struct regex *re, const struct range *unit, struct ranges *out)
{
	struct span text = unit_text(ask, unit);
	uint32_t shift = unit == NULL ? 0 : unit->start;
	size_t at = 0, start, end;

	while (at <= text.n && text.p != NULL) {
		enum regex_result got = regex_find(re, text, at, ask->match);

		ask->expensive |= got == REGEX_TOO_EXPENSIVE;
		if (got != REGEX_YES || !regex_group(ask->match, 0, &start, &end))
			return;
		if (end > start && start >= at)
			VEC_PUSH(ask->record->arena, out,
			    (struct range){ shift + (uint32_t)start, shift + (uint32_t)end });
		at = end > at ? end : at + 1;
		while (at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80)
			at++;
	}
}

static void
leaf_hits(
    struct where_ask *ask, const struct leaf *l, const struct ranges *units, struct ranges *out)
{
	const struct leaf_state *s;

	for (size_t i = 0; l->kind == LEAF_REGEXP && i < l->want.n; i++) {
		if (units == NULL)
			match_hits(ask, l->want.at[i].regex, NULL, out);
		for (size_t k = 0; units != NULL && k < units->n; k++)
			match_hits(ask, l->want.at[i].regex, &units->at[k], out);
	}
	if (l->kind != LEAF_ENT && l->kind != LEAF_DATE && l->kind != LEAF_QUOTE)
		return;
	s = found(ask, l);
	for (size_t i = 0; i < s->hit.n; i++)
		VEC_PUSH(ask->record->arena, out, s->hit.at[i]);
}

/* Leave those that meet a unit; both are sorted. */
static void
keep_in_units(struct ranges *v, const struct ranges *units)
{
	size_t n = 0, u = 0;

	for (size_t i = 0; i < v->n; i++) {
		while (u < units->n && units->at[u].end <= v->at[i].start)
			u++;
		if (u < units->n && units->at[u].start < v->at[i].end)
			v->at[n++] = v->at[i];
	}
	v->n = n;
}

static void
join_ranges(struct ranges *v, bool apart)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++) {
		struct range *last = n > 0 ? &v->at[n - 1] : NULL;

		if (last != NULL &&
		    (apart ? compare_ranges(last, &v->at[i]) == 0 : v->at[i].start <= last->end)) {
			if (v->at[i].end > last->end)
				last->end = v->at[i].end;
			continue;
		}
		v->at[n++] = v->at[i];
	}
	v->n = n;
}

void
where_hits(struct where_ask *ask, const struct ranges *units, bool apart, struct ranges *out)
{
	const struct condition *c = ask->condition;

	begin(ask);
	for (size_t i = 0; i < c->node.n; i++) {
		const struct node *n = &c->node.at[i];

		if (n->kind == NODE_LEAF && !n->gone && c->leaf.at[n->leaf].hits)
			leaf_hits(ask, &c->leaf.at[n->leaf], units, out);
	}
	sort_ranges(out);
	if (units != NULL)
		keep_in_units(out, units);
	join_ranges(out, apart);
}
