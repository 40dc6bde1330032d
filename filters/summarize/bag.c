/* bag.c - words to numbers, numbers to counts; one pass over the tokens. */
#include "bag.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>

#include "ascii.h"
#include "lexicon.h"
#include "uniclass.h"

enum {
	STEM_MAX = 64,      /* longer words are taken as they are */
	SPELLING_MAX = 16,  /* bytes; longer ones are looked at anew each time */
	TITLE_MAX = 4096,   /* bytes; a longer one that is not in the text is none */
	AHEAD = 10,         /* tokens that are fetched beforehand */
	N_SPELLING = 16384, /* the common words of news; 512 KB */
};

struct suffix {
	struct span text;
	size_t stay; /* letters that must be left */
	char last;   /* of text */
};

struct lingo {
	struct lexicon *word;
	struct suffix *suffix; /* longest first, as in the table */
	size_t n_suffix;
};

/* A spelling with what is known of it, in a place that the next one of the same place takes over. 32 bytes: no
 * line of the cache is crossed. */
struct spelling {
	char text[SPELLING_MAX];
	uint8_t n, classes; /* bytes; enum lingo_class */
	bool content;
	uint32_t stem;   /* hash */
	uint32_t stamp;  /* of the document that number is about */
	uint32_t number; /* in bag.word */
};

/* Open addressing from the hash of a stem to its number in the document of that stamp. */
struct place {
	uint32_t stem, number, stamp;
};

/* By word: the line that it was last met in, and its index there. */
struct met {
	uint32_t stamp, index;
};

struct desk {
	struct spelling spelling[N_SPELLING];
	struct place *place;
	size_t n_place, mask; /* powers of two; mask: of the part in use, less 1 */
	struct met *met;
	size_t n_met;
	uint32_t document, line; /* stamps */
};

static uint32_t
class_of(struct span name)
{
	static const struct {
		const char *name;
		uint32_t class;
	} known[] = { { "stop", LINGO_STOP }, { "pronoun", LINGO_STOP | LINGO_PRONOUN },
		{ "first", LINGO_STOP | LINGO_FIRST },
		{ "first-pronoun", LINGO_STOP | LINGO_FIRST | LINGO_PRONOUN },
		{ "credit", LINGO_CREDIT } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (span_is(name, known[i].name))
			return known[i].class;
	return LINGO_STOP;
}

static struct suffix
suffix_of(struct span text, struct span stay)
{
	return (struct suffix){ text, (size_t)(stay.p[0] - '0'), text.p[text.n - 1] };
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
		l->suffix[i] = suffix_of(table_cell(&t, i, 0), table_cell(&t, i, 1));
	return l;
}

/* As uni_hash() of bytes that are in lower case already. */
static uint32_t
hash_of(struct span s)
{
	uint64_t hash = UNI_HASH_START;

	for (size_t i = 0; i < s.n; i += 8) {
		uint64_t piece = 0;

		memcpy(&piece, s.p + i, s.n - i < 8 ? s.n - i : 8);
		hash = uni_hash_piece(hash, le64toh(piece));
	}
	return uni_hash_end(hash, s.n);
}

/* uni_folded(), quick for ASCII. */
static size_t
folded(struct span word, char *low)
{
	for (size_t i = 0; i < word.n; i++) {
		if ((unsigned char)word.p[i] >= 0x80)
			return uni_folded(word, low);
		low[i] = (char)ascii_fold((unsigned char)word.p[i]);
	}
	return word.n;
}

/* The hash of the word without its ending. */
static uint32_t
stem(const struct lingo *l, struct span word)
{
	char low[3 * STEM_MAX + 3];
	struct span s;

	if (word.n > STEM_MAX)
		return uni_hash(word);
	s = (struct span){ low, folded(word, low) };
	for (size_t i = 0; i < l->n_suffix && s.n > 0; i++) {
		if (s.p[s.n - 1] == l->suffix[i].last && span_ends(s, l->suffix[i].text) &&
		    s.n - l->suffix[i].text.n >= l->suffix[i].stay) {
			s.n -= l->suffix[i].text.n;
			break;
		}
	}
	if (s.n > 4 && s.p[s.n - 1] == 'e')
		s.n--;
	return hash_of(s);
}

static void
desk_free_tables(struct desk *d)
{
	free(d->place);
	free(d->met);
}

struct desk *
desk_new(void)
{
	struct desk *d = aligned_alloc(64, (sizeof(*d) + 63) / 64 * 64);

	if (d == NULL)
		die_oom(sizeof(*d));
	memset(d, 0, sizeof(*d));
	return d;
}

void
desk_free(struct desk *d)
{
	if (d == NULL)
		return;
	desk_free_tables(d);
	free(d);
}

/* Room for n words, and new stamps. */
static void
desk_clear(struct desk *d, size_t n_word, size_t n_line)
{
	size_t room = 1024;

	while (room < n_word + n_word / 2)
		room *= 2;
	d->mask = room - 1; /* short documents stay in a part that the cache holds */
	d->document++;
	if (room > d->n_place || d->document == 0 || d->line > UINT32_MAX - 2 - n_line) {
		desk_free_tables(d);
		room = room > d->n_place ? room : d->n_place;
		d->n_place = d->n_met = room;
		d->place = calloc(room, sizeof(*d->place));
		d->met = calloc(room, sizeof(*d->met));
		if (d->place == NULL || d->met == NULL)
			die_oom(room * sizeof(*d->place));
		memset(d->spelling, 0, sizeof(d->spelling));
		d->document = 1;
		d->line = 0;
	}
}

struct counter {
	const struct lingo *lingo;
	struct desk *desk;
	struct arena *arena;
	struct span text;        /* that the tokens are of */
	const struct token *end; /* of the tokens */
	struct word *word;
	size_t n_word;
};

static uint32_t
number_of(struct counter *c, uint32_t stem)
{
	size_t mask = c->desk->mask, i = stem & mask;
	struct place *p;

	for (; p = &c->desk->place[i], p->stamp == c->desk->document; i = (i + 1) & mask)
		if (p->stem == stem)
			return p->number;
	*p = (struct place){ stem, (uint32_t)c->n_word, c->desk->document };
	c->word[c->n_word] = (struct word){ .stem = stem };
	return (uint32_t)c->n_word++;
}

static void
learn(const struct counter *c, const struct token *t, struct spelling *s)
{
	*s = (struct spelling){ .classes = (uint8_t)lexicon_word(c->lingo->word, t) };
	s->content = (s->classes & LINGO_STOP) == 0 && (t->kind == TOKEN_NUMBER || t->len > 1);
	if (s->content)
		s->stem = stem(c->lingo, token_span(c->text, t));
}

static size_t
spelling_at(const struct token *t)
{
	return (t->hash ^ t->hash >> 16) % N_SPELLING;
}

static uint64_t
eight(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static uint32_t
four(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* memcmp() == 0 without the call, for 1 to SPELLING_MAX bytes. */
static bool
same(const char *a, const char *b, size_t n)
{
	if (n >= 8)
		return eight(a) == eight(b) && eight(a + n - 8) == eight(b + n - 8);
	if (n >= 4)
		return four(a) == four(b) && four(a + n - 4) == four(b + n - 4);
	return a[0] == b[0] && a[n - 1] == b[n - 1] && a[n / 2] == b[n / 2];
}

/* What is known of a word of the text; spare takes one that is too long to be remembered. */
static struct spelling *
look_up(struct counter *c, const struct token *t, struct spelling *spare)
{
	struct spelling *s = &c->desk->spelling[spelling_at(t)];
	const char *text = c->text.p + t->start;

	if (t->len > SPELLING_MAX)
		s = spare;
	else if (s->n == t->len && same(s->text, text, t->len))
		return s;
	learn(c, t, s);
	if (s != spare) {
		memcpy(s->text, text, t->len);
		s->n = (uint8_t)t->len;
	}
	return s;
}

static void
count_word(struct counter *c, struct line *line, struct word_count *count, struct spelling *s)
{
	struct met *met;

	if (s->stamp != c->desk->document) {
		s->number = number_of(c, s->stem);
		s->stamp = c->desk->document;
	}
	met = &c->desk->met[s->number];
	line->n_content++;
	if (met->stamp != c->desk->line) {
		*met = (struct met){ c->desk->line, (uint32_t)line->n_count };
		count[line->n_count++] = (struct word_count){ s->number, 0 };
	}
	count[met->index].n++;
}

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_STRAIGHT };

static enum mark
mark_of(struct span s)
{
	if (*s.p == '"')
		return MARK_STRAIGHT;
	if (s.n != 3 || memcmp(s.p, "\xE2\x80", 2) != 0)
		return MARK_NONE;
	return s.p[2] == '\x9C' ? MARK_OPEN : s.p[2] == '\x9D' ? MARK_CLOSE : MARK_NONE;
}

/* Where a quotation that is open at a byte of the line began; SIZE_MAX: none is. */
static size_t
quotation(struct counter *c, struct line *line, const struct token *t, size_t open)
{
	enum mark m = mark_of(token_span(c->text, t));

	if (m == MARK_OPEN || (m == MARK_STRAIGHT && open == SIZE_MAX))
		return open == SIZE_MAX ? t->start : open;
	if (m == MARK_NONE || open == SIZE_MAX)
		return open;
	line->quoted += t->start - (uint32_t)open;
	return SIZE_MAX;
}

static void
count_token(struct counter *c, struct line *line, struct word_count *count, const struct token *t)
{
	struct spelling spare, *s = look_up(c, t, &spare);

	line->n_capital += line->n_word > line->n_number && (t->flags & TOKEN_UPPER) != 0;
	line->n_number += t->kind == TOKEN_NUMBER;
	line->lead |= line->n_word++ == 0 ? s->classes : 0U;
	line->classes |= s->classes;
	line->question = false;
	if (s->content)
		count_word(c, line, count, s);
}

enum { CREDIT_MAX = 3 }; /* words before the colon: "Photo credit:" */

/* Else the look-ups wait for memory: what is known of a later word, and the place of a nearer one. */
static void
fetch(const struct desk *d, const struct token *t)
{
	const struct spelling *near = &d->spelling[spelling_at(t + AHEAD / 2)];

	__builtin_prefetch(&d->spelling[spelling_at(t + AHEAD)]);
	if (near->stamp != d->document)
		__builtin_prefetch(&d->place[near->stem & d->mask]);
}

static void
count_line(struct counter *c, struct line *line, const struct token *t)
{
	struct word_count *count = arena_raw(c->arena, line->n_token, sizeof(*count));
	size_t open = SIZE_MAX;
	double sum = 0;

	c->desk->line++;
	for (size_t i = 0; i < line->n_token; i++) {
		if (c->end - &t[i] > AHEAD)
			fetch(c->desk, &t[i]);
		if (t[i].kind != TOKEN_PUNCT && (t[i].flags & TOKEN_POSS) == 0)
			count_token(c, line, count, &t[i]);
		else if (t[i].first == '"' || t[i].first == 0xE2)
			open = quotation(c, line, &t[i], open);
		else if (t[i].first == '?' || t[i].first == '.')
			line->question = t[i].first == '?';
		else if (i <= CREDIT_MAX && t[i].first == ':')
			line->credit = (line->classes & LINGO_CREDIT) != 0;
	}
	line->open = line->n_token > 0 && t[line->n_token - 1].kind != TOKEN_PUNCT &&
		     c->text.p[line->end - 1] != '.'; /* "in Washington D.C." */
	if (open != SIZE_MAX)
		line->quoted += line->end - (uint32_t)open;
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

static double
norm_of(double sum)
{
	return sum > 0 ? sqrt(sum) : 1;
}

static void
count_title(struct counter *c, const struct line *line)
{
	for (size_t i = 0; i < line->n_count; i++)
		c->word[line->count[i].word].title += line->count[i].n;
}

static void
count_all(struct bag *b, struct line *line, struct word *word)
{
	double sum = 0, title = 0;

	for (size_t i = b->body; i < b->n_line; i++)
		for (size_t k = 0; k < line[i].n_count; k++) {
			line[i].n_new += word[line[i].count[k].word].tf == 0;
			word[line[i].count[k].word].tf += line[i].count[k].n;
		}
	for (size_t w = 0; w < b->n_word; w++) {
		sum += (double)word[w].tf * word[w].tf;
		title += (double)word[w].title * word[w].title;
		b->tf_max = word[w].tf > b->tf_max ? word[w].tf : b->tf_max;
	}
	b->norm = norm_of(sum);
	b->title_norm = norm_of(title);
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

/* ---- what other filters found ---- */

/* The sentence of byte at, or the next behind it, from *i on; n_line if none. */
static size_t
line_at(const struct bag *b, uint32_t at, size_t *i)
{
	while (*i < b->n_line && b->line[*i].end <= at)
		++*i;
	return *i;
}

struct name {
	uint32_t hash, line;
};

static int
compare_names(const void *a, const void *b)
{
	const struct name *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void
count_names(const struct bag *b, struct line *line, const struct record *r)
{
	struct name *name = ARENA_NEW(r->arena, struct name, r->ents.n + 1);
	size_t i = b->body, n = 0;

	for (size_t k = 0; k < r->ents.n; k++) {
		const struct ent *e = &r->ents.at[k];
		size_t at =
		    e->start < b->line[b->body].start ? b->n_line : line_at(b, e->start, &i);

		if (at < b->n_line)
			name[n++] = (struct name){
				uni_hash(e->name.p != NULL ? e->name
							   : record_slice(r, e->start, e->end)),
				(uint32_t)at
			};
	}
	qsort(name, n, sizeof(*name), compare_names);
	for (size_t k = 0; k < n; k++)
		line[name[k].line].n_name += k == 0 || name[k - 1].hash != name[k].hash;
}

static void
count_layers(struct bag *b, struct line *line, const struct record *r)
{
	const unsigned all = 1U << LAYER_DATES | 1U << LAYER_ENTS | 1U << LAYER_QUOTES;
	size_t i = 0, n = 0;

	b->annotated = (r->have & all) == all && b->body < b->n_line;
	if (!b->annotated)
		return;
	for (size_t k = 0; k < r->dates.n; k++)
		if (line_at(b, r->dates.at[k].start, &i) < b->n_line)
			line[i].n_date++;
	for (size_t k = 0; k < r->quotes.n; k++)
		if (r->quotes.at[k].kind == QUOTE_DIRECT &&
		    line_at(b, r->quotes.at[k].start, &n) < b->n_line)
			line[n].direct = true;
	count_names(b, line, r);
}

void
bag_fill(struct bag *b, const struct lingo *l, struct desk *d, struct record *r)
{
	const struct ranges *s = record_sents(r);
	const struct tokens *t = record_tokens(r);
	struct line *line = cut_lines(s, t, r->arena);
	struct counter c = { .lingo = l, .desk = d, .arena = r->arena, .text = r->text };
	struct tokens title = { 0 };

	*b = (struct bag){ .text = r->text, .line = line, .n_line = s->n, .body = headline(r, s) };
	if (b->body == 0 && r->title.n > 0 && r->title.n < TITLE_MAX)
		title = token_scan(r->title, r->arena);
	c.end = t->n > 0 ? t->at + t->n : NULL;
	desk_clear(d, t->n + title.n, s->n);
	c.word = arena_raw(r->arena, t->n + title.n, sizeof(*c.word));
	for (size_t i = 0; i < s->n; i++)
		count_line(&c, &line[i], t->n > 0 ? t->at + line[i].first : NULL);
	for (size_t i = 0; i < b->body; i++)
		count_title(&c, &line[i]);
	if (title.n > 0) {
		struct line only = { .end = (uint32_t)r->title.n, .n_token = title.n };

		c.text = r->title;
		c.end = title.at + title.n;
		count_line(&c, &only, title.at);
		count_title(&c, &only);
	}
	b->word = c.word;
	b->n_word = c.n_word;
	count_all(b, line, c.word);
	count_layers(b, line, r);
}

void
bag_mark(const struct line *l, uint32_t *mark)
{
	for (size_t i = 0; i < l->n_count; i++)
		mark[l->count[i].word] = l->count[i].n;
}

void
bag_unmark(const struct line *l, uint32_t *mark)
{
	for (size_t i = 0; i < l->n_count; i++)
		mark[l->count[i].word] = 0;
}

double
bag_cosine(const struct line *l, const struct line *marked, const uint32_t *mark)
{
	uint64_t dot = 0;

	for (size_t i = 0; i < l->n_count; i++)
		dot += (uint64_t)mark[l->count[i].word] * l->count[i].n;
	return (double)dot / l->norm / marked->norm;
}
