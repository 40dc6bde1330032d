/* nodes.c - tokens and stretches -> nodes; record sentences and stretches -> sentences. */
#include "quote/nodes.h"

enum { AHEAD = 6 }; /* tokens from the one at hand to the one whose classes are fetched */
enum { LETTERS = W_PRON | W_OBJ | W_REL | W_BE }; /* "WHO", "US", "IT", "AM" */

static uint32_t
first_word(const struct doc *d, const struct word_table *words, const struct stretch *s)
{
	const struct token *t = d->tokens->at;

	for (uint32_t i = s->tok; i < s->tok_end; i++)
		if (t[i].kind != TOKEN_PUNCT)
			return words_of(words, &t[i]);
	return 0;
}

/* An apostrophe closely behind s: "the workers' union". */
static bool
plural_possessive(const struct doc *d, size_t i)
{
	const struct token *t = &d->tokens->at[i];
	struct span left = token_span(d->text, t - 1);

	return (t->flags & TOKEN_SPACE) == 0 && t[-1].kind == TOKEN_WORD &&
	       left.p[left.n - 1] == 's';
}

/* Where a walk over the nodes stands. */
struct walk {
	const struct ranges *sents;
	size_t next;     /* first range that may start behind the nodes seen */
	uint32_t starts; /* its first byte; UINT32_MAX: there is none */
	uint32_t para;
	uint32_t first; /* node of the sentence at hand */
};

static uint32_t
range_starts(const struct walk *w)
{
	return w->next < w->sents->n ? w->sents->at[w->next].start : UINT32_MAX;
}

/* Does a sentence of the record start between node i - 1 and the words of node i? */
static bool
record_break(const struct doc *d, struct walk *w, uint32_t i)
{
	const struct stretch *s = node_stretch(d, i);
	uint32_t from, to = s != NULL ? s->start : node_start(d, i);

	if (w->starts > to) /* nearly always */
		return false;
	from = node_end(d, i - 1);
	while (w->starts < from) {
		w->next++;
		w->starts = range_starts(w);
	}
	return w->starts <= to;
}

/* A stretch that ends a sentence of its own. */
static bool
stretch_ends(const struct doc *d, uint32_t i)
{
	const struct stretch *s = node_stretch(d, i);

	return s != NULL && (s->last == '.' || s->last == '?' || s->last == '!');
}

static bool
begins_sentence(const struct node *n)
{
	return (n->shape & (SHAPE_UPPER | SHAPE_QUOTE | SHAPE_NUMBER)) != 0;
}

static void
add_sentence(struct doc *d, struct walk *w, uint32_t first, struct sentence s)
{
	if (d->sents.n > 0)
		d->sents.at[d->sents.n - 1].end = first;
	s.first = w->first = first;
	s.para = w->para;
	VEC_PUSH(d->arena, &d->sents, s);
}

/* Does a sentence begin at node i? */
static void
try_sentence(struct doc *d, struct walk *w, uint32_t i)
{
	const struct node *n = &d->nodes.at[i];
	bool after = i > 0 && stretch_ends(d, i - 1);

	if (i == 0 || doc_para(d, n->tok)) {
		w->para += i > 0;
		add_sentence(d, w, i, (struct sentence){ .opens_para = true });
	} else if (i - w->first >= SENTENCE_MAX) {
		add_sentence(d, w, i, (struct sentence){ 0 });
	} else if ((record_break(d, w, i) || after) && begins_sentence(n)) {
		add_sentence(d, w, i, (struct sentence){ .soft = after });
	}
}

static void
put_stretch(struct doc *d, const struct word_table *words, size_t k, uint32_t at)
{
	struct stretch *s = &d->stretches.at[k];

	s->inner = first_word(d, words, s);
	s->node = at;
	d->nodes.at[at] =
	    (struct node){ .tok = s->tok, .stretch = (uint32_t)k, .shape = SHAPE_QUOTE };
}

/* Where the pass over the tokens stands. */
struct pass {
	const struct word_table *words;
	const struct token *tok;
	size_t n, i; /* tokens, and the one at hand */
	struct node *node;
	uint32_t at;     /* node at hand */
	uint32_t *cue;   /* where the next candidate goes */
	unsigned begins; /* token flags of one that may begin a paragraph */
};

/* A word that has no class here: in capitals among others that are not, "WHO"; closely behind a hyphen in a name, "Ji-| won",
 * "Yoon-| a". */
static bool
part_of_name(const struct doc *d, size_t i, uint32_t cls)
{
	const struct token *t = &d->tokens->at[i];

	if ((cls & LETTERS) != 0 && words_letters(t, i + 1 < d->tokens->n))
		return true;
	return t->kind == TOKEN_WORD && i > 1 && (cls & W_TITLE) == 0 &&
	       (t->flags & TOKEN_SPACE) == 0 && t[-1].kind == TOKEN_PUNCT && t[-1].first == '-' &&
	       (t[-1].flags & TOKEN_SPACE) == 0 && (t[-2].flags & TOKEN_UPPER) != 0;
}

static uint32_t
put_token(const struct doc *d, const struct word_table *words, const struct token *t, size_t i,
    struct node *node)
{
	uint32_t cls = words_node(words, d->text, t, node);

	node->tok = (uint32_t)i;
	if (node->punct == '\'' && i > 0 && plural_possessive(d, i)) {
		node->shape = SHAPE_WORD | SHAPE_POSS;
		node->punct = 0;
	}
	if (cls != 0 && i > 0 && (t->flags & (TOKEN_SPACE | TOKEN_CAPS)) != TOKEN_SPACE &&
	    part_of_name(d, i, cls))
		node->cls = cls = 0;
	return cls;
}

/* The tokens up to end, which are outside marks. What the loop needs is copied, so that it stays in registers. */
static void
pass_words(struct doc *d, struct pass *p, struct walk *w, size_t end)
{
	const struct word_table words = *p->words;
	const struct token *tok = p->tok;
	struct node *node = p->node;
	uint32_t *cue = p->cue, at = p->at, starts = w->starts, limit = w->first + SENTENCE_MAX;
	size_t fetch = p->n > AHEAD ? p->n - AHEAD : 0;
	unsigned begins = p->begins;
	bool look = true; /* the first node, and those behind stretches, are looked at */

	for (size_t i = p->i; i < end; i++, at++) {
		const struct token *t = &tok[i];
		uint32_t cls;

		words_fetch(&words, i < fetch ? t + AHEAD : t);
		cls = put_token(d, &words, t, i, &node[at]);
		*cue = at;
		cue += (cls & (W_CUE | W_CUE_NOUN)) != 0;
		if (look | (t->start >= starts) | ((t->flags & begins) != 0) | (at >= limit)) {
			try_sentence(d, w, at);
			starts = w->starts;
			limit = w->first + SENTENCE_MAX;
		}
		look = false;
	}
	p->i = end;
	p->at = at;
	p->cue = cue;
}

/* The stretch k that begins at the token at hand; returns the next one outside it. */
static size_t
pass_stretch(struct doc *d, struct pass *p, struct walk *w, size_t k)
{
	uint32_t at = p->at++;

	put_stretch(d, p->words, k, at);
	try_sentence(d, w, at);
	p->i = d->stretches.at[k++].tok_end;
	/* one inside another has no node of its own */
	while (k < d->stretches.n && d->stretches.at[k].tok < p->i)
		d->stretches.at[k++].node = at;
	return k;
}

/* The nodes, sentences and what may be a cue, in one pass. What of the room is not needed is never touched. */
void
nodes_find(struct doc *d, const struct word_table *words)
{
	size_t n = d->tokens->n, k = 0;
	struct walk w = { .sents = record_sents(d->record) };
	struct pass p = { .words = words, .tok = d->tokens->at, .n = n };

	p.begins = TOKEN_PARA | (d->line_paras ? TOKEN_LINE : 0);
	p.node = arena_raw(d->arena, n, sizeof(*p.node));
	p.cue = d->maybe_cue.at = arena_raw(d->arena, n, sizeof(*p.cue));
	d->nodes = (struct nodes){ .at = p.node, .cap = n };
	w.starts = range_starts(&w);
	while (p.i < n) {
		size_t next = k < d->stretches.n ? d->stretches.at[k].tok : n;

		pass_words(d, &p, &w, next);
		if (next < n)
			k = pass_stretch(d, &p, &w, k);
	}
	d->nodes.n = p.at;
	d->maybe_cue.n = (size_t)(p.cue - d->maybe_cue.at);
	d->sents.at[d->sents.n - 1].end = (uint32_t)d->nodes.n;
}

uint32_t
node_sentence(const struct doc *d, uint32_t i)
{
	uint32_t lo = 0, hi = (uint32_t)d->sents.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (d->sents.at[mid].end <= i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
