/* bag.c - words to numbers, numbers to counts; one pass over the tokens. */
#include "bag.h"

#include <math.h>

#include "lexicon.h"
#include "uniclass.h"

enum { STEM_MAX = 64 }; /* longer words are taken as they are */

struct suffix {
	struct span text;
	size_t stay; /* letters that must be left */
};

struct lingo {
	struct lexicon *word;
	struct suffix *suffix; /* longest first, as in the table */
	size_t n_suffix;
};

/* Open addressing from the hash of a stem to its number. */
struct numbers {
	uint32_t *hash, *number; /* number + 1; 0 is free */
	size_t mask;
	uint32_t n;
};

/* What is known of a word as it is written, by the hash of its token: looked up once a text. */
struct known {
	uint32_t hash;
	uint32_t number;       /* of its stem, + 1; 0: no content word */
	unsigned char classes; /* enum lingo_class */
	bool taken;
};

static uint32_t
class_of(struct span name)
{
	static const struct {
		const char *name;
		uint32_t class;
	} known[] = { { "stop", LINGO_STOP }, { "pronoun", LINGO_STOP | LINGO_PRONOUN },
		{ "first", LINGO_STOP | LINGO_FIRST },
		{ "first-pronoun", LINGO_STOP | LINGO_FIRST | LINGO_PRONOUN } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (span_is(name, known[i].name))
			return known[i].class;
	return LINGO_STOP;
}

struct lingo *
lingo_new(struct arena *a)
{
	struct lingo *l = ARENA_NEW(a, struct lingo, 1);
	struct table t;

	table_load(&t, &blob_summarize_words, a);
	l->word = lexicon_new(a, t.n_row);
	for (size_t i = 0; i < t.n_row; i++)
		lexicon_add(l->word, table_cell(&t, i, 0), class_of(table_cell(&t, i, 1)), true);
	table_load(&t, &blob_summarize_suffixes, a);
	l->n_suffix = t.n_row;
	l->suffix = ARENA_NEW(a, struct suffix, t.n_row);
	for (size_t i = 0; i < t.n_row; i++)
		l->suffix[i] = (struct suffix){ table_cell(&t, i, 0),
			(size_t)(table_cell(&t, i, 1).p[0] - '0') };
	return l;
}

/* The hash of the word without its ending. */
static uint32_t
stem(const struct lingo *l, struct span word)
{
	char low[3 * STEM_MAX + 3];
	struct span s;

	if (word.n > STEM_MAX)
		return uni_hash(word);
	s = (struct span){ low, uni_folded(word, low) };
	for (size_t i = 0; i < l->n_suffix; i++) {
		if (span_ends(s, l->suffix[i].text) &&
		    s.n - l->suffix[i].text.n >= l->suffix[i].stay) {
			s.n -= l->suffix[i].text.n;
			break;
		}
	}
	if (s.n > 4 && s.p[s.n - 1] == 'e')
		s.n--;
	return uni_hash(s);
}

static uint32_t
number_of(struct numbers *m, uint32_t hash)
{
	size_t i = (hash * 0x9E3779B1U) & m->mask;

	while (m->number[i] != 0 && m->hash[i] != hash)
		i = (i + 1) & m->mask;
	if (m->number[i] == 0) {
		m->hash[i] = hash;
		m->number[i] = ++m->n;
	}
	return m->number[i] - 1;
}

struct counter {
	const struct lingo *lingo;
	struct record *record;
	struct numbers number;
	struct known *known; /* as many places as number has */
	uint32_t *place; /* by word: its index in the line being counted, if stamp is the line's */
	uint32_t *stamp, now;
};

static void
learn(struct counter *c, const struct token *t, struct known *k)
{
	*k = (struct known){ .hash = t->hash, .taken = true };
	k->classes = (unsigned char)lexicon_word(c->lingo->word, t);
	if ((k->classes & LINGO_STOP) == 0 && (t->kind == TOKEN_NUMBER || t->len > 1))
		k->number =
		    1 + number_of(&c->number, stem(c->lingo, token_span(c->record->text, t)));
}

static const struct known *
know(struct counter *c, const struct token *t)
{
	size_t i = (t->hash * 0x9E3779B1U) & c->number.mask;

	while (c->known[i].taken && c->known[i].hash != t->hash)
		i = (i + 1) & c->number.mask;
	if (!c->known[i].taken)
		learn(c, t, &c->known[i]);
	return &c->known[i];
}

static void
count_word(struct counter *c, struct line *line, struct word_count *count, uint32_t w)
{
	line->n_content++;
	if (c->stamp[w] != c->now) {
		c->stamp[w] = c->now;
		c->place[w] = (uint32_t)line->n_count;
		count[line->n_count++] = (struct word_count){ w, 0 };
	}
	count[c->place[w]].n++;
}

static void
count_line(struct counter *c, struct line *line, const struct token *t)
{
	struct word_count *count = arena_raw(c->record->arena, line->n_token, sizeof(*count));
	double sum = 0;

	c->now++;
	for (size_t i = 0; i < line->n_token; i++) {
		const struct known *k;

		if (t[i].kind == TOKEN_PUNCT || (t[i].flags & TOKEN_POSS) != 0)
			continue;
		k = know(c, &t[i]);
		line->n_capital += line->n_word > line->n_number && (t[i].flags & TOKEN_UPPER) != 0;
		line->n_number += t[i].kind == TOKEN_NUMBER;
		line->lead |= line->n_word++ == 0 ? k->classes : 0U;
		line->classes |= k->classes;
		if (k->number > 0)
			count_word(c, line, count, k->number - 1);
	}
	for (size_t i = 0; i < line->n_count; i++)
		sum += (double)count[i].n * count[i].n;
	line->norm = sum > 0 ? sqrt(sum) : 1;
	line->count = count;
}

/* Sentences of the headline: those before the first blank line, where the text begins with the title. */
static size_t
headline(const struct record *r, const struct ranges *s)
{
	size_t n = 0;

	if (r->title.n == 0 || !span_starts(r->text, r->title))
		return 0;
	while (n < s->n && s->at[n].start < r->title.n)
		n++;
	return n < s->n ? n : 0;
}

/* Word by falling count; the earlier one first where they are equal, so that the choice is stable. */
static void
mark_top(struct bag *b, unsigned char *top)
{
	b->top = top;
	for (size_t k = 0; k < BAG_TOP && k < b->n_tf; k++) {
		size_t best = b->n_tf;

		for (size_t w = 0; w < b->n_tf; w++)
			if (top[w] == 0 && b->tf[w] > 0 &&
			    (best == b->n_tf || b->tf[w] > b->tf[best]))
				best = w;
		if (best < b->n_tf)
			top[best] = 1;
	}
}

static void
count_all(struct bag *b, struct arena *a)
{
	uint32_t *tf = ARENA_NEW(a, uint32_t, b->n_tf);
	double sum = 0;

	for (size_t i = b->body; i < b->n_line; i++)
		for (size_t k = 0; k < b->line[i].n_count; k++)
			tf[b->line[i].count[k].word] += b->line[i].count[k].n;
	for (size_t w = 0; w < b->n_tf; w++) {
		sum += (double)tf[w] * tf[w];
		b->tf_max = tf[w] > b->tf_max ? tf[w] : b->tf_max;
	}
	b->tf = tf;
	b->norm = sum > 0 ? sqrt(sum) : 1;
	mark_top(b, ARENA_NEW(a, unsigned char, b->n_tf));
}

/* Which tokens each sentence holds; sentences and tokens are both in order. */
static struct line *
cut_lines(const struct ranges *s, const struct tokens *t, struct arena *a)
{
	struct line *line = ARENA_NEW(a, struct line, s->n + 1);
	size_t k = 0;

	for (size_t i = 0; i < s->n; i++) {
		line[i] = (struct line){ .start = s->at[i].start, .end = s->at[i].end };
		while (k < t->n && t->at[k].start < line[i].start)
			k++;
		line[i].first = k;
		while (k < t->n && t->at[k].start < line[i].end)
			k++;
		line[i].n_token = k - line[i].first;
	}
	return line;
}

static struct counter
counter_new(const struct lingo *l, struct record *r, size_t n_token)
{
	struct counter c = { .lingo = l, .record = r };
	size_t room = 64;

	while (room < 2 * n_token)
		room *= 2;
	c.number.mask = room - 1;
	c.number.hash = ARENA_NEW(r->arena, uint32_t, room);
	c.number.number = ARENA_NEW(r->arena, uint32_t, room);
	c.known = ARENA_NEW(r->arena, struct known, room);
	c.place = ARENA_NEW(r->arena, uint32_t, n_token + 1);
	c.stamp = ARENA_NEW(r->arena, uint32_t, n_token + 1);
	return c;
}

void
bag_fill(struct bag *b, const struct lingo *l, struct record *r)
{
	const struct ranges *s = record_sents(r);
	const struct tokens *t = record_tokens(r);
	struct line *line = cut_lines(s, t, r->arena);
	struct counter c = counter_new(l, r, 2 * t->n);
	struct line *title = &line[s->n];

	*b = (struct bag){ .text = r->text, .line = line, .n_line = s->n, .body = headline(r, s) };
	for (size_t i = 0; i < s->n; i++)
		count_line(&c, &line[i], t->at + line[i].first);
	if (b->body > 0) {
		title->n_token = line[b->body - 1].first + line[b->body - 1].n_token;
		count_line(&c, title, t->at);
		b->title = title;
	}
	b->n_tf = c.number.n;
	count_all(b, r->arena);
}

double
bag_cosine(const struct line *a, const struct line *b, uint32_t *mark)
{
	double dot = 0;

	for (size_t i = 0; i < a->n_count; i++)
		mark[a->count[i].word] = a->count[i].n;
	for (size_t i = 0; i < b->n_count; i++)
		dot += (double)mark[b->count[i].word] * b->count[i].n;
	for (size_t i = 0; i < a->n_count; i++)
		mark[a->count[i].word] = 0;
	return dot / a->norm / b->norm;
}
