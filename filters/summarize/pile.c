/* pile.c - sums and bounded lists in a total order. */
#include "pile.h"

#include <stdlib.h>

#include "diag.h"

enum { ROOM_MIN = 64, BUCKET_SHIFT = 32 - 18 };

static void *
grown(void *old, size_t n, size_t size)
{
	void *p = reallocarray(old, n, size);

	if (p == NULL)
		die_oom(n * size);
	return p;
}

static void *
zeroed(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		die_oom(n * size);
	return p;
}

static struct pile_text
own_copy(struct span s)
{
	struct pile_text t = { grown(NULL, s.n + 1, 1), s.n };

	memcpy(t.p, s.p, s.n);
	return t;
}

static int
compare_spans(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return order != 0 ? order : a.n < b.n ? -1 : a.n > b.n;
}

/* ---- words ---- */

static struct pile_word *
find_word(const struct pile *p, uint32_t bucket)
{
	size_t mask = p->room_word - 1, i = bucket & mask;

	while (p->word[i].bucket != 0 && p->word[i].bucket != bucket + 1)
		i = (i + 1) & mask;
	return &p->word[i];
}

static void
grow_words(struct pile *p)
{
	struct pile old = *p;

	p->room_word = old.room_word == 0 ? ROOM_MIN : 2 * old.room_word;
	p->word = zeroed(p->room_word, sizeof(*p->word));
	for (size_t i = 0; i < old.room_word; i++)
		if (old.word[i].bucket != 0)
			*find_word(p, old.word[i].bucket - 1) = old.word[i];
	free(old.word);
}

void
pile_add_bucket(struct pile *p, uint32_t bucket, uint32_t n_doc, uint64_t sum)
{
	struct pile_word *at;

	if (p->n_word >= p->room_word / 2)
		grow_words(p);
	at = find_word(p, bucket);
	p->n_word += at->bucket == 0;
	at->bucket = bucket + 1;
	at->n_doc += n_doc;
	at->sum += sum;
}

void
pile_add_word(struct pile *p, uint32_t stem, uint32_t n_doc, uint64_t sum)
{
	pile_add_bucket(p, stem >> BUCKET_SHIFT, n_doc, sum);
}

const struct pile_word *
pile_word(const struct pile *p, uint32_t stem)
{
	const struct pile_word *w;

	if (p->room_word == 0)
		return NULL;
	w = find_word(p, stem >> BUCKET_SHIFT);
	return w->bucket == 0 ? NULL : w;
}

/* ---- sentences ---- */

/* The better first; what differs in nothing is the same sentence. */
static int
compare_cands(const void *a, const void *b)
{
	const struct cand *x = *(struct cand *const *)a, *y = *(struct cand *const *)b;
	int order;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	order = compare_spans(cand_id(x), cand_id(y));
	if (order == 0)
		order = x->n < y->n ? -1 : x->n > y->n;
	return order != 0 ? order : compare_spans(cand_text(x), cand_text(y));
}

static void
cut_cands(struct pile *p)
{
	size_t n = 0;

	if (p->n_sorted == p->n_cand)
		return;
	qsort(p->cand, p->n_cand, sizeof(struct cand *), compare_cands);
	for (size_t i = 0; i < p->n_cand; i++) {
		bool again = n > 0 && compare_cands(&p->cand[n - 1], &p->cand[i]) == 0;

		if (again || n == PILE_SENTENCES)
			free(p->cand[i]);
		else
			p->cand[n++] = p->cand[i];
	}
	p->n_cand = p->n_sorted = n;
}

static void
push_cand(struct pile *p, struct cand *c)
{
	/* Most of many sentences are worse than all that are kept. */
	if (p->n_sorted == PILE_SENTENCES && compare_cands(&p->cand[PILE_SENTENCES - 1], &c) <= 0) {
		free(c);
		return;
	}
	if (p->n_cand == 2 * (size_t)PILE_SENTENCES)
		cut_cands(p);
	if (p->n_cand == p->room_cand) {
		p->room_cand = p->room_cand == 0 ? 16 : 2 * p->room_cand;
		p->cand = grown(p->cand, p->room_cand, sizeof(struct cand *));
	}
	p->cand[p->n_cand++] = c;
}

void
pile_add_sentence(struct pile *p, const struct cand *like, struct span id, struct span text)
{
	struct cand *c;

	if (text.n > PILE_TEXT_MAX || id.n > PILE_TEXT_MAX)
		return;
	c = grown(NULL, sizeof(*c) + id.n + text.n, 1);
	*c = *like;
	c->n_id = (uint32_t)id.n;
	c->n_text = (uint32_t)text.n;
	memcpy(c->bytes, id.p, id.n);
	memcpy(c->bytes + id.n, text.p, text.n);
	push_cand(p, c);
}

/* ---- documents ---- */

static int
compare_docs(const void *a, const void *b)
{
	return compare_spans(
	    pile_span(*(const struct pile_text *)a), pile_span(*(const struct pile_text *)b));
}

static void
cut_docs(struct pile *p)
{
	size_t n = 0;

	if (p->n_doc_sorted == p->n_doc_kept)
		return;
	qsort(p->doc, p->n_doc_kept, sizeof(*p->doc), compare_docs);
	for (size_t i = 0; i < p->n_doc_kept; i++) {
		bool again = n > 0 && compare_docs(&p->doc[n - 1], &p->doc[i]) == 0;

		if (again || n == PILE_DOCS)
			free(p->doc[i].p);
		else
			p->doc[n++] = p->doc[i];
	}
	p->n_doc_kept = p->n_doc_sorted = n;
}

static void
push_doc(struct pile *p, struct pile_text mine)
{
	if (p->n_doc_kept == 2 * (size_t)PILE_DOCS)
		cut_docs(p);
	if (p->n_doc_kept == p->room_doc) {
		p->room_doc = p->room_doc == 0 ? 8 : 2 * p->room_doc;
		p->doc = grown(p->doc, p->room_doc, sizeof(*p->doc));
	}
	p->doc[p->n_doc_kept++] = mine;
}

void
pile_add_doc(struct pile *p, struct span id)
{
	if (id.n <= PILE_TEXT_MAX)
		push_doc(p, own_copy(id));
}

void
pile_add_day(struct pile *p, int32_t day)
{
	if (day == PILE_NO_DAY)
		return;
	p->first = p->first == PILE_NO_DAY || day < p->first ? day : p->first;
	p->last = p->last == PILE_NO_DAY || day > p->last ? day : p->last;
}

/* ---- piles ---- */

void
pile_settle(struct pile *p)
{
	cut_cands(p);
	cut_docs(p);
}

struct pile *
pile_new(struct span topic, int32_t day)
{
	struct pile *p = zeroed(1, sizeof(*p));

	p->topic = own_copy(topic);
	p->day = day;
	p->first = p->last = PILE_NO_DAY;
	return p;
}

void
pile_free(struct pile *p)
{
	for (size_t i = 0; i < p->n_cand; i++)
		free(p->cand[i]);
	for (size_t i = 0; i < p->n_doc_kept; i++)
		free(p->doc[i].p);
	free(p->cand);
	free(p->doc);
	free(p->word);
	free(p->topic.p);
	free(p);
}

/* Sentences and documents go over, the rest is added. */
void
pile_merge(struct pile *into, struct pile *from)
{
	into->n_doc += from->n_doc;
	for (size_t i = 0; i < N_COUNT; i++)
		into->count[i] += from->count[i];
	pile_add_day(into, from->first);
	pile_add_day(into, from->last);
	for (size_t i = 0; i < from->room_word; i++)
		if (from->word[i].bucket != 0)
			pile_add_bucket(
			    into, from->word[i].bucket - 1, from->word[i].n_doc, from->word[i].sum);
	for (size_t i = 0; i < from->n_cand; i++)
		push_cand(into, from->cand[i]);
	for (size_t i = 0; i < from->n_doc_kept; i++)
		push_doc(into, from->doc[i]);
	from->n_cand = from->n_doc_kept = 0;
}

static uint64_t
hash_of(struct span topic, int32_t day)
{
	uint64_t h = 0xCBF29CE484222325U ^ (uint32_t)day; /* FNV-1a */

	for (size_t i = 0; i < topic.n; i++)
		h = (h ^ (unsigned char)topic.p[i]) * 0x100000001B3U;
	h *= 0x9E3779B97F4A7C15U;
	return h ^ h >> 32;
}

static struct pile **
find_pile(const struct piles *p, struct span topic, int32_t day)
{
	size_t i = hash_of(topic, day) & (p->room - 1);

	while (p->at[i] != NULL &&
	       (p->at[i]->day != day || !span_eq(pile_span(p->at[i]->topic), topic)))
		i = (i + 1) & (p->room - 1);
	return &p->at[i];
}

static void
grow_piles(struct piles *p)
{
	struct piles old = *p;

	p->room = old.room == 0 ? ROOM_MIN : 2 * old.room;
	p->at = zeroed(p->room, sizeof(struct pile *));
	for (size_t i = 0; i < old.room; i++)
		if (old.at[i] != NULL)
			*find_pile(p, pile_span(old.at[i]->topic), old.at[i]->day) = old.at[i];
	free(old.at);
}

struct pile *
piles_get(struct piles *p, struct span topic, int32_t day)
{
	struct pile **at;

	if (p->n >= p->room / 2)
		grow_piles(p);
	at = find_pile(p, topic, day);
	if (*at == NULL) {
		*at = pile_new(topic, day);
		p->n++;
	}
	return *at;
}

static int
compare_piles(const void *a, const void *b)
{
	const struct pile *x = *(struct pile *const *)a, *y = *(struct pile *const *)b;
	int order = compare_spans(pile_span(x->topic), pile_span(y->topic));

	return order != 0 ? order : x->day < y->day ? -1 : x->day > y->day;
}

struct pile **
piles_take(struct piles *p, size_t *n)
{
	struct pile **at = p->at;

	*n = 0;
	for (size_t i = 0; i < p->room; i++)
		if (at[i] != NULL)
			at[(*n)++] = at[i];
	if (*n > 1)
		qsort(at, *n, sizeof(struct pile *), compare_piles);
	*p = (struct piles){ 0 };
	return at;
}

void
piles_merge(struct piles *into, struct piles *from)
{
	size_t n;
	struct pile **at = piles_take(from, &n);

	for (size_t i = 0; i < n; i++) {
		pile_merge(piles_get(into, pile_span(at[i]->topic), at[i]->day), at[i]);
		pile_free(at[i]);
	}
	free(at);
}

void
piles_free(struct piles *p)
{
	for (size_t i = 0; i < p->room; i++)
		if (p->at[i] != NULL)
			pile_free(p->at[i]);
	free(p->at);
	*p = (struct piles){ 0 };
}
