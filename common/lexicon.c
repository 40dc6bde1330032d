/* lexicon.c - open addressing over hashes of token sequences; every hit is compared with the phrase.
 *
 *   "New York City" puts in   new -> (more)   new york -> (more)   new york city -> value
 *
 * so a look-up goes on only while some phrase does. The key of a sequence is a 64-bit mix of the
 * 32-bit hashes of its tokens. lexicon_longest() compares the text and is never wrong;
 * lexicon_word() has no text: a word that is not in a lexicon of n words is taken for one of them with a
 * chance of n / 2^32 (50,000 words: 1 in 86,000), less still since the first letter must agree.
 */
#include "lexicon.h"

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"

struct entry {
	const char *text; /* the tokens in lower case, a blank between; NULL: only begins phrases */
	uint32_t len;     /* bytes of text */
	uint32_t value;
	bool more; /* a longer phrase begins like this */
};

struct lexicon {
	struct arena *arena;
	uint64_t *key;    /* 0: a free place */
	struct entry *at; /* that of the key */
	size_t n, cap;    /* a power of two of places, at least half of them free */
	uint64_t
	    *maybe; /* a bit for each key, by its top bits: small enough to stay in the cache, and
			   * most sequences of a text end here */
	unsigned shift; /* 64 - log2 of the number of bits */
};

/* A sequence of tokens of a text. */
struct phrase {
	struct span text;
	const struct token *at;
	size_t n;
};

enum { CAP_LOG_MIN = 6, CAP_LOG_MAX = 27, MAYBE_LOG = 2, SMALL_TEXT = 512 };

/* 2^64 divided by the golden ratio: Knuth, TAOCP 3, section 6.4. */
#define GOLDEN 0x9E3779B97F4A7C15U
#define KEY_START 0U

static uint64_t
key_of(uint64_t before, uint32_t hash)
{
	uint64_t key = (before + 1 + hash) * GOLDEN;

	key ^= key >> 32;
	return key == 0 ? 1 : key;
}

static bool
maybe_has(const struct lexicon *l, uint64_t key)
{
	uint64_t bit = key >> l->shift;

	return (l->maybe[bit / 64] >> bit % 64 & 1) != 0;
}

/* The next place with that key from place i on, or the next free one. */
static size_t
probe(const struct lexicon *l, uint64_t key, size_t i)
{
	for (i &= l->cap - 1; l->key[i] != key && l->key[i] != 0;)
		i = (i + 1) & (l->cap - 1);
	return i;
}

static void
set_room(struct lexicon *l, unsigned log)
{
	unsigned bits = log + MAYBE_LOG;

	l->cap = (size_t)1 << log;
	l->key = ARENA_NEW(l->arena, uint64_t, l->cap);
	l->at = ARENA_NEW(l->arena, struct entry, l->cap);
	l->maybe = ARENA_NEW(l->arena, uint64_t, ((size_t)1 << bits) / 64);
	l->shift = 64 - bits;
}

/* Take place i, a free one, for key. */
static struct entry *
take(struct lexicon *l, size_t i, uint64_t key)
{
	uint64_t bit = key >> l->shift;

	l->maybe[bit / 64] |= (uint64_t)1 << bit % 64;
	l->key[i] = key;
	return l->at + i;
}

static void
grow(struct lexicon *l)
{
	struct lexicon old = *l;

	set_room(l, 64 - MAYBE_LOG - l->shift + 1);
	for (size_t k = 0; k < old.cap; k++) {
		size_t i = old.key[k] & (l->cap - 1);

		if (old.key[k] == 0)
			continue;
		/* Equal keys are there twice where two phrases share them. */
		while (l->key[i] != 0)
			i = (i + 1) & (l->cap - 1);
		*take(l, i, old.key[k]) = old.at[k];
	}
}

struct lexicon *
lexicon_new(struct arena *a, size_t n)
{
	struct lexicon *l = ARENA_NEW(a, struct lexicon, 1);
	unsigned log = CAP_LOG_MIN;

	/* A phrase of two or three tokens takes its beginnings too: four places each are half filled. */
	while (log < CAP_LOG_MAX && ((size_t)1 << log) / 4 < n)
		log++;
	l->arena = a;
	set_room(l, log);
	return l;
}

/* Bytes that token s takes at the start of text, if it is there in lower case; SIZE_MAX if not. */
static size_t
match_token(struct span text, struct span s)
{
	size_t at = 0, len;

	for (size_t i = 0; i < s.n; i += len) {
		unsigned char c = (unsigned char)s.p[i];
		char out[3 * UTF8_MAX + 3];
		struct span folded = { out, 0 };

		len = 1;
		if (c < 0x80) {
			if (at == text.n || (unsigned char)text.p[at] != ascii_fold(c))
				return SIZE_MAX;
			at++;
			continue;
		}
		utf8_next(span_cut(s, i, s.n), &len);
		folded.n = uni_folded(span_cut(s, i, i + len), out);
		if (!span_starts(span_cut(text, at, text.n), folded))
			return SIZE_MAX;
		at += folded.n;
	}
	return at;
}

/* True if e is this very phrase. */
static bool
is_phrase(const struct entry *e, const struct phrase *p)
{
	struct span text = { e->text, e->len };

	if (e->text == NULL)
		return false;
	for (size_t k = 0; k < p->n; k++) {
		size_t n;

		if (k > 0 && (text.n == 0 || *text.p != ' '))
			return false;
		text = span_cut(text, k > 0, text.n);
		n = match_token(text, token_span(p->text, p->at + k));
		if (n == SIZE_MAX)
			return false;
		text = span_cut(text, n, text.n);
	}
	return text.n == 0;
}

static void
set_text(struct lexicon *l, struct entry *e, const struct phrase *p)
{
	const struct token *last = p->at + p->n - 1;
	size_t room = 3 * (size_t)(last->start + last->len - p->at->start) + 4 * p->n, n = 0;
	char small[SMALL_TEXT], *text = small;

	if (room > sizeof(small))
		text = arena_raw(l->arena, room, 1);
	for (size_t k = 0; k < p->n; k++) {
		if (k > 0)
			text[n++] = ' ';
		n += uni_folded(token_span(p->text, p->at + k), text + n);
	}
	if (text == small) {
		text = arena_raw(l->arena, n, 1);
		memcpy(text, small, n);
	}
	e->text = text;
	e->len = (uint32_t)n;
}

/* The entry of the sequence p with that key; NULL p: any with the key. Made if there is none. */
static struct entry *
entry_for(struct lexicon *l, uint64_t key, const struct phrase *p)
{
	size_t i;

	if (l->n >= l->cap / 2)
		grow(l);
	for (i = probe(l, key, key); l->key[i] == key; i = probe(l, key, i + 1))
		if (p == NULL || l->at[i].text == NULL || is_phrase(l->at + i, p))
			return l->at + i;
	l->n++;
	return take(l, i, key);
}

/* Add p, of at least one token: its beginnings, then itself. */
static void
add_tokens(struct lexicon *l, const struct phrase *p, uint32_t value, bool or_it)
{
	uint64_t key = KEY_START;
	struct entry *e;

	for (size_t k = 0; k + 1 < p->n; k++) {
		key = key_of(key, p->at[k].hash);
		entry_for(l, key, NULL)->more = true;
	}
	e = entry_for(l, key_of(key, p->at[p->n - 1].hash), p);
	if (e->text == NULL)
		set_text(l, e, p);
	e->value = or_it ? e->value | value : value;
}

bool
lexicon_add(struct lexicon *l, struct span phrase, uint32_t value, bool or_it)
{
	struct arena scratch = { 0 };
	struct tokens t = token_scan(phrase, &scratch);
	struct phrase p = { phrase, t.at, t.n };
	bool good = t.n > 0 && t.n <= LEXICON_WORDS_MAX && value != LEXICON_NONE;

	if (good)
		add_tokens(l, &p, value, or_it);
	arena_free(&scratch);
	return good;
}

/* The value of p, whose key is known, or LEXICON_NONE; *more: longer phrases may begin like it. */
static uint32_t
value_of(const struct lexicon *l, uint64_t key, const struct phrase *p, bool *more)
{
	uint32_t value = LEXICON_NONE;

	*more = false;
	if (!maybe_has(l, key))
		return value;
	for (size_t i = probe(l, key, key); l->key[i] == key; i = probe(l, key, i + 1)) {
		*more = *more || l->at[i].more;
		if (value == LEXICON_NONE && is_phrase(l->at + i, p))
			value = l->at[i].value;
	}
	return value;
}

uint32_t
lexicon_longest(
    const struct lexicon *l, struct span text, const struct tokens *t, size_t i, size_t *n)
{
	struct phrase p = { text, t->at + i, 0 };
	uint32_t best = LEXICON_NONE;
	uint64_t key = KEY_START;
	bool more = true;

	*n = 0;
	while (more && p.n < LEXICON_WORDS_MAX && i + p.n < t->n) {
		uint32_t value;

		if (p.n > 0 && (p.at[p.n].flags & TOKEN_PARA) != 0)
			break;
		key = key_of(key, p.at[p.n++].hash);
		value = value_of(l, key, &p, &more);
		if (value != LEXICON_NONE) {
			best = value;
			*n = p.n;
		}
	}
	return best;
}

uint32_t
lexicon_word(const struct lexicon *l, const struct token *t)
{
	uint64_t key = key_of(KEY_START, t->hash);

	if (!maybe_has(l, key))
		return LEXICON_NONE;
	for (size_t i = probe(l, key, key); l->key[i] == key; i = probe(l, key, i + 1)) {
		const struct entry *e = l->at + i;

		/* Of a token that starts above U+007F the folded first byte is not at hand. */
		if (e->text != NULL &&
		    (t->first >= 0x80 || ascii_fold(t->first) == (unsigned char)e->text[0]))
			return e->value;
	}
	return LEXICON_NONE;
}
