/* vocab.c - the store of words of one worker: two hash tables over an arena. */
#include "vocab.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "diag.h"
#include "gaz.h"
#include "kind.h"
#include "model.h"

enum { BUCKETS = 1 << 14 };

void
vocab_init(struct vocab *v, const struct model *m, const struct kinds *k)
{
	memset(v, 0, sizeof(*v));
	v->model = m;
	v->kinds = k;
	v->keep = VOCAB_KEEP;
	v->nothing = (struct word){ .exact = 1, .lower = 1, .title = 1, .shape = 3 };
	v->nothing.stem = &v->no_stem;
}

void
vocab_free(struct vocab *v)
{
	arena_free(&v->arena);
	free(v->bucket);
	free(v->stem);
	memset(v, 0, sizeof(*v));
}

static void *
buckets(size_t n)
{
	void *p = calloc(n, sizeof(void *));

	if (p == NULL)
		die_oom(n);
	return p;
}

static void
forget(struct vocab *v)
{
	arena_free(&v->arena);
	free(v->bucket);
	free(v->stem);
	v->n_bucket = BUCKETS;
	v->n = 0;
	v->nothing.sums = NULL; /* was in the arena */
	v->nothing.summed = 0;
	v->bucket = buckets(BUCKETS);
	v->stem = buckets(BUCKETS);
}

void
vocab_begin(struct vocab *v)
{
	if (v->bucket == NULL || v->n > v->keep || v->doc == UINT32_MAX) {
		forget(v);
		v->doc = 0;
	}
	v->doc++;
}

/* Twice as many buckets: one document may have any number of words. */
static void
spread(struct vocab *v)
{
	size_t old = v->n_bucket, n = old * 2;
	struct word **word = buckets(n), *w, *next;
	struct stem **stem = buckets(n), *s, *later;

	for (size_t i = 0; i < old; i++) {
		for (w = v->bucket[i]; w != NULL; w = next) {
			next = w->next;
			w->next = word[w->key & (n - 1)];
			word[w->key & (n - 1)] = w;
		}
		for (s = v->stem[i]; s != NULL; s = later) {
			later = s->next;
			s->next = stem[s->key & (n - 1)];
			stem[s->key & (n - 1)] = s;
		}
	}
	free(v->bucket);
	free(v->stem);
	v->bucket = word;
	v->stem = stem;
	v->n_bucket = n;
}

/* Words that differ in case alone share their stem. */
static struct stem *
stem_for(struct vocab *v, uint64_t key)
{
	struct stem **at = &v->stem[key & (v->n_bucket - 1)], *s;

	for (s = *at; s != NULL; s = s->next)
		if (s->key == key)
			return s;
	s = ARENA_NEW(&v->arena, struct stem, 1);
	s->key = key;
	s->next = *at;
	*at = s;
	return s;
}

static struct word *
word_new(struct vocab *v, struct span s, uint64_t key)
{
	struct word *w = ARENA_NEW(&v->arena, struct word, 1), **at;

	if (v->n >= v->n_bucket)
		spread(v);
	word_facts(w, s);
	w->p = arena_copy(&v->arena, s).p;
	w->len = (uint8_t)s.n;
	memcpy(w->start, s.p, s.n < WORD_START ? s.n : WORD_START);
	w->key = key;
	w->kind = kind_of(v->kinds, s);
	gaz_word(w);
	model_word(v->model, w);
	w->stem = stem_for(v, w->lower);
	at = &v->bucket[key & (v->n_bucket - 1)];
	w->next = *at;
	*at = w;
	v->n++;
	return w;
}

/* At most WORD_LEN_MAX bytes of s, whole characters. */
static struct span
cut(struct span s)
{
	if (s.n <= WORD_LEN_MAX)
		return s;
	s.n = WORD_LEN_MAX;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
		s.n--;
	return s;
}

static bool
same_bytes(const struct word *w, struct span s)
{
	return memcmp(w->start, s.p, s.n < WORD_START ? s.n : WORD_START) == 0 &&
	       (s.n <= WORD_START || memcmp(w->p, s.p, s.n) == 0);
}

uint64_t
vocab_key(struct span s)
{
	s = cut(s);
	return XXH3_64bits(s.p, s.n);
}

struct word *
vocab_find(struct vocab *v, struct span s, uint64_t key)
{
	s = cut(s);
	for (struct word *w = v->bucket[key & (v->n_bucket - 1)]; w != NULL; w = w->next)
		if (w->key == key && w->len == s.n && same_bytes(w, s))
			return w;
	return word_new(v, s, key);
}

struct word *
vocab_get(struct vocab *v, struct span s)
{
	return vocab_find(v, s, vocab_key(s));
}

struct sums *
vocab_sums(struct vocab *v)
{
	return ARENA_NEW(&v->arena, struct sums, 1);
}

struct stem *
vocab_stem(const struct vocab *v, const struct word *w)
{
	struct stem *s = w->stem, *next = s->next;
	uint64_t key = s->key;

	if (s->doc != v->doc) {
		memset(s, 0, sizeof(*s));
		s->doc = v->doc;
		s->next = next;
		s->key = key;
	}
	return s;
}
