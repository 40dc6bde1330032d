/* found.c - a match packed: header, then for each span its place, the set of its slots, and their values. */
#include "found.h"

struct found_item {
	struct found_item *next;
	const struct pattern *pattern;
	uint32_t tok, n_tok;
	uint32_t n_span;
	uint32_t word[]; /* spans */
};

enum { SPAN_HEAD = 5 }; /* tok, n_tok, dot, slots low, slots high */

struct found
found_new(struct arena *a)
{
	return (struct found){ .arena = a };
}

static size_t
words_of(const struct match *m)
{
	size_t n = 0;

	for (int k = 0; k < m->n_span; k++)
		n += SPAN_HEAD + (size_t)__builtin_popcountll(m->span[k].slots.set);
	return n;
}

static uint32_t *
pack(const struct phrase *p, uint32_t *to)
{
	*to++ = p->tok;
	*to++ = p->n_tok;
	*to++ = p->dot;
	*to++ = (uint32_t)p->slots.set;
	*to++ = (uint32_t)(p->slots.set >> 32);
	for (uint64_t rest = p->slots.set; rest != 0; rest &= rest - 1)
		*to++ = (uint32_t)p->slots.v[__builtin_ctzll(rest)];
	return to;
}

static const uint32_t *
unpack(struct phrase *p, const uint32_t *from)
{
	p->tok = *from++;
	p->n_tok = *from++;
	p->dot = *from++ != 0;
	p->slots.set = *from++;
	p->slots.set |= (uint64_t)*from++ << 32;
	for (uint64_t rest = p->slots.set; rest != 0; rest &= rest - 1)
		p->slots.v[__builtin_ctzll(rest)] = (int32_t)*from++;
	return from;
}

void
found_add(struct found *f, const struct match *m)
{
	size_t size = sizeof(struct found_item) + words_of(m) * sizeof(uint32_t);
	struct found_item *i = arena_raw(f->arena, 1, (size + 15) & ~(size_t)15);
	uint32_t *to = i->word;

	*i = (struct found_item){ NULL, m->pattern, m->tok, m->n_tok, m->n_span };
	for (int k = 0; k < m->n_span; k++)
		to = pack(&m->span[k], to);
	if (f->end == NULL)
		f->first = i;
	else
		*f->end = i;
	f->end = &i->next;
}

const struct found_item *
found_get(const struct found_item *i, struct match *m)
{
	const uint32_t *from = i->word;

	m->pattern = i->pattern;
	m->tok = i->tok;
	m->n_tok = i->n_tok;
	m->n_span = (uint8_t)i->n_span;
	for (int k = 0; k < m->n_span; k++)
		from = unpack(&m->span[k], from);
	return i->next;
}
