/* passage.c - tokens -> words -> sentences -> style -> listed names -> words that come again -> open tokens. */
#include "passage.h"

#include "gaz.h"
#include "kind.h"

enum {
	BLOCK = 16,        /* tokens looked up together */
	WRAPPED_SHARE = 5, /* lines are wrapped if one in so many starts in lower case */
	FEW_CAPITALS = 50, /* fewer than one word in so many: text without capitals, all is open */
};

static void
add_word(struct passage *d, struct tok *to, const struct token *from, uint64_t key)
{
	to->w = vocab_find(d->vocab, token_span(d->text, from), key);
	to->start = from->start;
	to->end = from->start + from->len;
	to->lists = to->w->lists;
	to->next_same = PASSAGE_NONE;
	to->flags = from->flags & TOKEN_SPACE ? 0 : TOK_GLUED;
	to->style = STYLE_PLAIN;
	to->quoted = 0;
}

/* Some tokens ahead their buckets, then their words, are fetched: most of the time goes into waiting for them. */
static void
add_words(struct passage *d, const struct tokens *t)
{
	uint64_t key[BLOCK];

	for (size_t from = 0; from < t->n; from += BLOCK) {
		size_t n = t->n - from < BLOCK ? t->n - from : BLOCK;

		for (size_t i = 0; i < n; i++) {
			key[i] = vocab_key(token_span(d->text, &t->at[from + i]));
			vocab_fetch(d->vocab, key[i]);
		}
		for (size_t i = 0; i < n; i++)
			vocab_fetch_word(d->vocab, key[i]);
		for (size_t i = 0; i < n; i++)
			add_word(d, &d->tok[from + i], &t->at[from + i], key[i]);
	}
}

/* Do line breaks end something, or is the text merely wrapped? */
static bool
lines_count(const struct passage *d, const struct tokens *t)
{
	size_t lines = 0, low = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (!(t->at[i].flags & TOKEN_LINE) || t->at[i].flags & TOKEN_PARA)
			continue;
		lines++;
		low += (d->tok[i].w->flags & WORD_LOWER) != 0;
	}
	return low * WRAPPED_SHARE <= lines;
}

static void
end_sentence(struct passage *d, uint32_t start, uint32_t end)
{
	if (start < end)
		d->sent[d->n_sent++] = (struct stretch){ start, end };
}

static void
add_sentences(struct passage *d, const struct tokens *t, const struct ranges *sents)
{
	unsigned cut = TOKEN_PARA | (lines_count(d, t) ? TOKEN_LINE : 0);
	uint32_t from = 0;
	size_t s = 0;

	for (uint32_t i = 0; i < t->n; i++) {
		bool begins = (t->at[i].flags & cut) != 0;

		while (s < sents->n && sents->at[s].start <= t->at[i].start) {
			s++;
			begins = true;
		}
		if (begins) {
			end_sentence(d, from, i);
			from = i;
		}
	}
	end_sentence(d, from, (uint32_t)t->n);
}

static uint8_t
style_of(const struct passage *d, const struct stretch *s)
{
	size_t words = 0, cap = 0, upper = 0;

	for (uint32_t i = s->start; i < s->end; i++) {
		unsigned f = d->tok[i].w->flags;

		if ((f & (WORD_ALPHA | WORD_LONG)) != (WORD_ALPHA | WORD_LONG))
			continue;
		words++;
		cap += (f & WORD_CAP) != 0;
		upper += (f & WORD_UPPER) != 0;
	}
	if (words >= 2 && upper * 10 >= words * 8)
		return STYLE_UPPER;
	return words >= 4 && cap * 10 >= words * 8 ? STYLE_TITLE : STYLE_PLAIN;
}

static void
look_at_sentence(struct passage *d, const struct stretch *s)
{
	uint8_t style = style_of(d, s);
	uint32_t i = s->start;

	d->tok[i].flags |= TOK_SENT;
	while (i < s->end && !(d->tok[i].w->flags & WORD_ALPHA))
		i++;
	if (i < s->end)
		d->tok[i].flags |= TOK_FIRST;
	for (i = s->start; i < s->end; i++)
		d->tok[i].style = style;
}

/* 0: under 2 %; 1: 5; 2: 10; 3: 20; 4: more. */
static uint8_t
share_of_figures(const struct passage *d, uint32_t start, uint32_t end)
{
	static const uint8_t limits[] = { 2, 5, 10, 20 };
	size_t n = 0;
	uint8_t k = 0;

	for (uint32_t i = start; i < end; i++)
		n += d->tok[i].w->flags & WORD_FIGURE ? 1 : 0;
	while (k < 4 && n * 100 >= (size_t)limits[k] * (end - start))
		k++;
	return k;
}

/* Words of a kind in tokens [start, end). */
static size_t
words_of_kind(const struct passage *d, uint32_t start, uint32_t end, enum kind kind)
{
	size_t n = 0;

	for (uint32_t i = start; i < end; i++)
		n += d->tok[i].w->kind >> kind & 1;
	return n;
}

/* 0: under 1 % of words are of the kind; 1: under 3; 2: more. */
static uint8_t
level_of(const struct passage *d, enum kind kind)
{
	size_t n = words_of_kind(d, 0, (uint32_t)d->n, kind) * 100;

	return (uint8_t)((n >= d->n) + (n >= 3 * d->n));
}

/* Desk of the text (9), then whether the sentence speaks of sport (2), of markets (2). */
static void
add_topics(struct passage *d)
{
	uint8_t whole = (uint8_t)(3 * level_of(d, KIND_SPORT) + level_of(d, KIND_MARKET));

	for (size_t k = 0; k < d->n_sent; k++) {
		const struct stretch *s = &d->sent[k];
		bool sport = words_of_kind(d, s->start, s->end, KIND_SPORT) > 0;
		bool market = words_of_kind(d, s->start, s->end, KIND_MARKET) > 0;

		for (uint32_t i = s->start; i < s->end; i++)
			d->tok[i].topic = (uint8_t)(4 * whole + 2 * sport + market);
	}
}

enum mark_of { QUOTE_NONE, QUOTE_DOUBLE, QUOTE_SINGLE };

static enum mark_of
quote_of(const struct passage *d, const struct tok *t)
{
	struct span s = span_cut(d->text, t->start, t->end);

	if (t->w->flags & (WORD_ALPHA | WORD_FIGURE))
		return QUOTE_NONE;
	if (span_is(s, "\"") || span_is(s, "“") || span_is(s, "”") || span_is(s, "``") ||
	    span_is(s, "''"))
		return QUOTE_DOUBLE;
	return span_is(s, "'") || span_is(s, "‘") || span_is(s, "’") ? QUOTE_SINGLE : QUOTE_NONE;
}

/* Tokens [start, end) stand between quotation marks: a title is short, its longer words are capitalised. 1 and up: place, capitals, length. */
static void
mark_quotation(struct passage *d, uint32_t start, uint32_t end)
{
	size_t n = end - start, words = 0, cap = 0;
	unsigned length = n <= 2 ? (unsigned)n - 1 : n <= 4 ? 2 : 3;

	for (uint32_t i = start; i < end; i++) {
		unsigned f = d->tok[i].w->flags;

		words += (f & (WORD_ALPHA | WORD_LONG)) == (WORD_ALPHA | WORD_LONG);
		cap += (f & (WORD_CAP | WORD_LONG)) == (WORD_CAP | WORD_LONG);
	}
	for (uint32_t i = start; i < end; i++)
		d->tok[i].quoted =
		    (uint8_t)(1 + 8 * (unsigned)((i > start) + (i > start && i + 1 == end)) +
			      4 * (unsigned)(cap == words) + length);
}

enum { QUOTED_MAX = 10 }; /* tokens of a title */

static void
find_quotations(struct passage *d, const struct stretch *s)
{
	uint32_t open[3] = { s->end, s->end, s->end };

	for (uint32_t i = s->start; i < s->end; i++) {
		enum mark_of q = quote_of(d, &d->tok[i]);
		bool opens = i + 1 < s->end && d->tok[i + 1].flags & TOK_GLUED &&
			     (i == s->start || !(d->tok[i].flags & TOK_GLUED));

		if (q == QUOTE_NONE)
			continue;
		if (open[q] < i) {
			if (i - open[q] > 1 && i - open[q] - 1 <= QUOTED_MAX)
				mark_quotation(d, open[q] + 1, i);
			open[q] = s->end;
		} else if (opens || q == QUOTE_DOUBLE) {
			open[q] = i;
		}
	}
}

/* Second words of names are capitalised or short: "of", "de", "-". */
static bool
may_continue(const struct word *w)
{
	return w->flags & WORD_CAP || w->len <= 3;
}

/* Names of several words that start at token i. */
static void
add_names(struct passage *d, const struct stretch *s, uint32_t i)
{
	uint64_t exact = gaz_begin(d->tok[i].w->exact), title = gaz_begin(d->tok[i].w->title);
	uint32_t most = i + d->tok[i].w->longest, lists;
	uint8_t unused;

	if (i + 1 >= s->end || !may_continue(d->tok[i + 1].w))
		return;
	for (uint32_t k = i + 1; k < most && k < s->end; k++) {
		exact = gaz_next(exact, d->tok[k].w->exact);
		title = gaz_next(title, d->tok[k].w->title);
		lists = gaz_find(exact, &unused);
		if (lists == 0 && title != exact)
			lists = gaz_find(title, &unused);
		for (uint32_t m = i; lists != 0 && m <= k; m++)
			d->tok[m].lists |= lists << 16;
	}
}

/* What the document says about its words: pass 1 capitalised ones, pass 2 those in lower case. */
static void
add_stems(struct passage *d)
{
	for (uint32_t i = 0; i < d->n; i++) {
		struct tok *t = &d->tok[i];
		struct stem *s;

		if (!(t->w->flags & WORD_ALPHA))
			continue;
		s = vocab_stem(d->vocab, t->w);
		if (!(t->w->flags & WORD_CAP)) {
			s->lower = true;
			continue;
		}
		if (!(t->flags & TOK_FIRST) && !(t->w->flags & WORD_UPPER))
			s->cap_inside = true;
		if (s->n == 0)
			s->first = i;
		else
			d->tok[s->last].next_same = i;
		s->last = i;
		s->n++;
	}
}

static bool
has_capital(const struct tok *t)
{
	return (t->w->flags & (WORD_CAP | WORD_INNER)) != 0;
}

static bool
without_capitals(const struct passage *d)
{
	size_t words = 0, cap = 0;

	for (size_t i = 0; i < d->n; i++) {
		words += (d->tok[i].w->flags & WORD_ALPHA) != 0;
		cap += has_capital(&d->tok[i]);
	}
	return cap * FEW_CAPITALS < words;
}

static void
open_around(struct passage *d, const struct stretch *s, bool all)
{
	uint32_t since = PASSAGE_REACH + 1;

	for (uint32_t i = s->start; i < s->end; i++) {
		since = has_capital(&d->tok[i]) ? 0 : since + (since <= PASSAGE_REACH);
		if (all || since <= PASSAGE_REACH)
			d->tok[i].flags |= TOK_OPEN;
	}
	since = PASSAGE_REACH + 1;
	for (uint32_t i = s->end; i-- > s->start;) {
		since = has_capital(&d->tok[i]) ? 0 : since + (since <= PASSAGE_REACH);
		if (since <= PASSAGE_REACH)
			d->tok[i].flags |= TOK_OPEN;
	}
}

void
passage_make(struct passage *d, struct vocab *v, struct record *r, struct arena *arena)
{
	const struct tokens *t = record_tokens(r);
	const struct ranges *sents = record_sents(r);
	bool all;
	uint8_t whole;

	vocab_begin(v);
	*d = (struct passage){ .vocab = v, .text = r->text, .n = t->n };
	d->beyond.w = &v->nothing;
	d->tok = arena_raw(arena, t->n, sizeof(*d->tok));
	d->sent = arena_raw(arena, t->n, sizeof(*d->sent));
	add_words(d, t);
	add_sentences(d, t, sents);
	all = without_capitals(d);
	whole = share_of_figures(d, 0, (uint32_t)d->n);
	for (size_t s = 0; s < d->n_sent; s++) {
		look_at_sentence(d, &d->sent[s]);
		{
			uint8_t fig =
			    (uint8_t)(5 * share_of_figures(d, d->sent[s].start, d->sent[s].end) +
				      whole);

			for (uint32_t i = d->sent[s].start; i < d->sent[s].end; i++)
				d->tok[i].figures = fig;
		}
		find_quotations(d, &d->sent[s]);
		open_around(d, &d->sent[s], all);
		for (uint32_t i = d->sent[s].start; i < d->sent[s].end; i++)
			if (d->tok[i].w->longest > 1)
				add_names(d, &d->sent[s], i);
	}
	add_topics(d);
	add_stems(d);
}

bool
passage_open(const struct passage *d, const struct stretch *s, uint32_t from, struct stretch *out)
{
	while (from < s->end && !(d->tok[from].flags & TOK_OPEN))
		from++;
	out->start = from;
	while (from < s->end && d->tok[from].flags & TOK_OPEN)
		from++;
	out->end = from;
	return out->start < out->end;
}
