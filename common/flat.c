/* flat.c - borders collected, sorted once, walked once. */
#include "flat.h"

#include <stdlib.h>

#include "column.h"
#include "utf8.h"

enum { NEAR = 80 }; /* bytes: a speaker no farther from the quotation need not be named again */

static void
add(struct flat *f, struct record *r, enum flat_kind kind, const struct flat_one *one)
{
	struct flat_mark m = { one->start, one->end, one->index, (uint8_t)kind };

	if (one->start >= one->end)
		return;
	VEC_PUSH(r->arena, f, m);
	m.at = one->end;
	m.other = one->start;
	VEC_PUSH(r->arena, f, m);
}

static int
up(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int
compare(const void *a, const void *b)
{
	const struct flat_mark *x = a, *y = b;
	bool closes = flat_closes(x);
	int order = up(x->at, y->at);

	if (order == 0)
		order = flat_closes(y) - closes;
	if (order == 0)
		order = up(y->other, x->other);
	if (order == 0)
		order = closes ? y->kind - x->kind : x->kind - y->kind;
	if (order == 0)
		order = closes ? up(y->index, x->index) : up(x->index, y->index);
	return order;
}

bool
flat_title(const struct record *r)
{
	return r->title.n > 0 && span_starts(r->text, r->title) &&
	       (r->text.n == r->title.n || r->text.p[r->title.n] == '\n');
}

static void
add_summary(struct flat *f, struct record *r)
{
	const struct indexes *sum = &r->summary;

	for (size_t i = 0; i < sum->n; i++) {
		uint32_t n = sum->at[i];

		if (n < r->sents.n)
			add(f, r, FLAT_SUMMARY,
			    &(struct flat_one){ r->sents.at[n].start, r->sents.at[n].end, n });
	}
}

static bool
is_mark(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == 0xAB || cp == 0xBB ||
	       (cp >= 0x2018 && cp <= 0x201F);
}

/* The place behind the mark that ends a quotation, a comma or stop before it included; end itself where there is none. */
static uint32_t
behind_mark(struct span text, uint32_t end)
{
	uint32_t at = end;
	size_t len;

	if (at < text.n &&
	    (text.p[at] == ',' || text.p[at] == '.' || text.p[at] == '?' || text.p[at] == '!'))
		at++;
	if (at < text.n && is_mark(utf8_next(span_cut(text, at, text.n), &len)))
		return at + (uint32_t)len;
	return end;
}

/* A direct quotation is shown with the marks around it. */
static struct flat_one
with_marks(const struct record *r, uint32_t i)
{
	const struct quote *q = &r->quotes.at[i];
	struct flat_one one = { q->start, q->end, i };
	size_t len;

	if (q->kind != QUOTE_DIRECT)
		return one;
	if (one.start > 0 && is_mark(utf8_prev(r->text, one.start, &len)))
		one.start -= (uint32_t)len;
	one.end = behind_mark(r->text, one.end);
	return one;
}

static void
add_quotes(struct flat *f, struct record *r)
{
	for (uint32_t i = 0; i < r->quotes.n; i++) {
		const struct quote *q = &r->quotes.at[i];
		struct flat_one one = with_marks(r, i);

		if (q->start < q->end)
			add(f, r, FLAT_QUOTE, &one);
		if (i > 0 && q[-1].cue.start == q->cue.start && q[-1].cue.end == q->cue.end)
			continue; /* one cue for several stretches */
		add(f, r, FLAT_CUE, &(struct flat_one){ q->cue.start, q->cue.end, i });
	}
}

static void
add_ents(struct flat *f, struct record *r)
{
	for (uint32_t i = 0; i < r->ents.n; i++)
		add(f, r, FLAT_ENT,
		    &(struct flat_one){ r->ents.at[i].start, r->ents.at[i].end, i });
}

static void
add_dates(struct flat *f, struct record *r)
{
	for (uint32_t i = 0; i < r->dates.n; i++)
		add(f, r, FLAT_DATE,
		    &(struct flat_one){ r->dates.at[i].start, r->dates.at[i].end, i });
}

void
flat_collect(struct flat *f, struct record *r, unsigned layers)
{
	*f = (struct flat){ 0 };
	if (flat_title(r))
		add(f, r, FLAT_TITLE, &(struct flat_one){ 0, (uint32_t)r->title.n, 0 });
	if ((layers & 1U << LAYER_SUMMARY) != 0)
		add_summary(f, r);
	if ((layers & 1U << LAYER_QUOTES) != 0)
		add_quotes(f, r);
	if ((layers & 1U << LAYER_ENTS) != 0)
		add_ents(f, r);
	if ((layers & 1U << LAYER_DATES) != 0)
		add_dates(f, r);
	if (f->n > 0)
		qsort(f->at, f->n, sizeof(*f->at), compare);
}

static void
step_ent(struct flat_cover *c, unsigned label, bool closes)
{
	if (!closes) {
		c->label = label;
		c->ents[label]++;
		return;
	}
	c->ents[label]--;
	for (unsigned l = 0; l < N_ENT && c->ents[c->label] == 0; l++)
		if (c->ents[l] > 0)
			c->label = l; /* of the one around it */
}

void
flat_step(struct flat_cover *c, const struct record *r, const struct flat_mark *m)
{
	if (m->kind == FLAT_ENT)
		step_ent(c, r->ents.at[m->index].label, flat_closes(m));
	if (flat_closes(m))
		c->open[m->kind]--;
	else
		c->open[m->kind]++;
}

/* --- without overlap --- */

static void
push(struct flat_layer *f, struct record *r, struct flat_one one)
{
	if (one.start < one.end)
		VEC_PUSH(r->arena, f, one);
}

static int
by_start(const void *a, const void *b)
{
	const struct flat_one *x = a, *y = b;
	int order = up(x->start, y->start);

	if (order == 0)
		order = up(y->end, x->end);
	return order != 0 ? order : up(x->index, y->index);
}

void
flat_apart(struct flat_layer *f, struct record *r, enum layer which)
{
	uint32_t end = 0;
	size_t n = 0;

	*f = (struct flat_layer){ 0 };
	for (uint32_t i = 0; which == LAYER_DATES && i < r->dates.n; i++)
		push(f, r, (struct flat_one){ r->dates.at[i].start, r->dates.at[i].end, i });
	for (uint32_t i = 0; which == LAYER_ENTS && i < r->ents.n; i++)
		push(f, r, (struct flat_one){ r->ents.at[i].start, r->ents.at[i].end, i });
	for (uint32_t i = 0; which == LAYER_QUOTES && i < r->quotes.n; i++)
		push(f, r, (struct flat_one){ r->quotes.at[i].start, r->quotes.at[i].end, i });
	if (f->n > 0)
		qsort(f->at, f->n, sizeof(*f->at), by_start);
	for (size_t i = 0; i < f->n; i++) {
		if (f->at[i].start < end)
			continue;
		end = f->at[i].end;
		f->at[n++] = f->at[i];
	}
	f->n = n;
}

/* --- values and names --- */

struct span
flat_date_value(const struct record *r, const struct date *d)
{
	if (d->value.p != NULL || d->range_start.p == NULL || d->range_end.p == NULL)
		return d->value;
	return arena_fmt(r->arena, "%.*s/%.*s", (int)d->range_start.n, d->range_start.p,
	    (int)d->range_end.n, d->range_end.p);
}

struct span
flat_ent_name(const struct record *r, const struct ent *e)
{
	return e->name.p != NULL ? e->name : record_slice(r, e->start, e->end);
}

struct span
flat_mention_name(const struct record *r, const struct mention *m)
{
	return m->name.p != NULL ? m->name : record_slice(r, m->start, m->end);
}

/* --- places --- */

size_t
flat_sentence(struct record *r, uint32_t at)
{
	const struct ranges *s = record_sents(r);
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (s->at[mid].end <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->n && s->at[low].start <= at ? low : SIZE_MAX;
}

bool
flat_paragraph_between(struct span text, uint32_t from, uint32_t to)
{
	size_t lines = 0;

	for (uint32_t i = from; i < to; i++)
		lines += text.p[i] == '\n';
	return lines > 1;
}

/* Does the mention of a speaker ("Ilona Varga, the minister,") begin with or hold the name? */
static bool
names_fully(struct span mention, struct span name)
{
	size_t n = mention.n < CELL_CUT ? mention.n : CELL_CUT;

	return memmem(mention.p, n, name.p, name.n) != NULL;
}

bool
flat_named_nearby(const struct record *r, const struct quote *q)
{
	const struct mention *m = &q->speaker;
	uint32_t from = m->end <= q->start ? m->end : q->end;
	uint32_t to = m->end <= q->start ? q->start : m->start;

	if (m->name.p != NULL && !names_fully(record_slice(r, m->start, m->end), m->name))
		return false;
	if (from > to)
		return true; /* inside it */
	return to - from <= NEAR && !flat_paragraph_between(r->text, from, to);
}
