/* cues.c - the cue lexicon and the forms in which a cue may stand. */
#include "quote/cues.h"

extern const struct blob blob_quote_cues;

enum { COL_CUE, COL_CLASS, COL_FORMS };
enum { QUOTED_NODES = 12 };         /* from "quoted" to "as saying" */
enum { ROW_BITS = 16, N_FORM = 4 }; /* a lexicon value: row + 1 below, forms above */

static const struct word_bit class_name[] = {
	{ "say", CUE_SAY },
	{ "clause", CUE_CLAUSE },
	{ "that", CUE_THAT },
	{ "ask", CUE_ASK },
	{ "tell", CUE_TELL },
	{ "inf", CUE_INF },
	{ "name", CUE_NAME },
	{ "quote", CUE_QUOTE },
	{ "noun", CUE_NOUN },
	{ "acc", CUE_ACC },
	{ "att", CUE_ATT },
	{ "also", CUE_ALSO },
	{ "mark", CUE_MARK },
	{ "by", CUE_BY },
	{ "adj", CUE_ADJ },
	{ NULL, 0 },
};

uint32_t
cues_class(struct span cell)
{
	return words_bits(cell, class_name);
}

static bool
vowel(char c)
{
	return memchr("aeiou", c, 5) != NULL;
}

/* Regular forms of a verb, the first word of phrase: form 0 is -s, 1 and 2 -ed, 3 -ing. */
static struct span
regular(struct span phrase, int form, struct arena *a)
{
	static const char *const ending[N_FORM] = { "s", "ed", "ed", "ing" };
	const char *blank = memchr(phrase.p, ' ', phrase.n);
	size_t n = blank == NULL ? phrase.n : (size_t)(blank - phrase.p);
	struct span verb = span_cut(phrase, 0, n), rest = span_cut(phrase, n, phrase.n);
	const char *end = ending[form];

	if (verb.n > 1 && verb.p[n - 1] == 'e' && form > 0)
		verb.n--;
	else if (form == 0 && (span_ends(verb, SPAN("sh")) || span_ends(verb, SPAN("ch")) ||
				  span_ends(verb, SPAN("s"))))
		end = "es";
	else if (verb.n > 2 && verb.p[n - 1] == 'y' && !vowel(verb.p[n - 2]) && form < 3) {
		verb.n--;
		end = form == 0 ? "ies" : "ied";
	}
	return arena_fmt(a, "%.*s%s%.*s", (int)verb.n, verb.p, end, (int)rest.n, rest.p);
}

/* Cut cell into n equal groups of words: "points out pointed out ..." has four of two. */
static struct span
irregular(struct span cell, size_t n, size_t which)
{
	size_t words = 1, from = 0, at = 0, each;

	for (size_t i = 0; i < cell.n; i++)
		words += cell.p[i] == ' ';
	each = words / n;
	for (size_t i = 0; i <= cell.n; i++) {
		if (i < cell.n && cell.p[i] != ' ')
			continue;
		at++;
		if (at == which * each)
			from = i + 1;
		if (at == (which + 1) * each)
			return span_cut(cell, from, i);
	}
	return (struct span){ 0 };
}

struct builder {
	struct lexicon *lex;
	struct word_table *words;
	struct arena *a;
	uint32_t row;
	uint32_t mark; /* W_CUE or W_CUE_NOUN */
};

static void
add_form(struct builder *b, struct span phrase, uint32_t forms)
{
	const char *blank = phrase.n == 0 ? NULL : memchr(phrase.p, ' ', phrase.n);
	size_t n = blank == NULL ? phrase.n : (size_t)(blank - phrase.p);

	if (n == 0)
		return;
	lexicon_add(b->lex, phrase, (b->row + 1) | forms << ROW_BITS, true);
	quote_words_add(b->words, span_cut(phrase, 0, n), b->mark);
}

static void
add_verb(struct builder *b, struct span lemma, struct span forms)
{
	static const uint32_t bit[N_FORM] = { FORM_S, FORM_PAST, FORM_PART, FORM_ING };

	add_form(b, lemma, FORM_BASE);
	for (int i = 0; i < N_FORM; i++) {
		struct span f =
		    forms.n == 0 ? regular(lemma, i, b->a) : irregular(forms, N_FORM, (size_t)i);
		add_form(b, f, bit[i]);
	}
}

static void
add_noun(struct builder *b, struct span lemma, struct span forms)
{
	add_form(b, lemma, FORM_BASE);
	add_form(b, forms.n == 0 ? regular(lemma, 0, b->a) : forms, FORM_S);
}

void
cues_load(struct cue_lexicon *c, struct word_table *words, struct arena *a)
{
	struct builder b = { .words = words, .a = a };
	struct table t;

	table_load(&t, &blob_quote_cues, a);
	c->verb = lexicon_new(a, t.n_row * 5);
	c->noun = lexicon_new(a, t.n_row);
	c->cls = ARENA_NEW(a, uint32_t, t.n_row);
	c->n = t.n_row;
	for (size_t i = 0; i < t.n_row; i++) {
		struct span lemma = table_cell(&t, i, COL_CUE),
			    forms = table_cell(&t, i, COL_FORMS);

		c->cls[i] = cues_class(table_cell(&t, i, COL_CLASS));
		b.row = (uint32_t)i;
		b.mark = c->cls[i] & (CUE_NOUN | CUE_ACC) ? W_CUE_NOUN : W_CUE;
		b.lex = c->cls[i] & CUE_NOUN ? c->noun : c->verb;
		if (c->cls[i] & CUE_NOUN)
			add_noun(&b, lemma, forms);
		else if (c->cls[i] & (CUE_ACC | CUE_ADJ))
			add_form(&b, lemma, FORM_BASE);
		else
			add_verb(&b, lemma, forms);
	}
}

/* Auxiliaries and adverbs found to the left of a verb. */
struct group {
	uint32_t first;
	uint32_t aux; /* word classes seen */
	bool to;      /* "to say" */
	bool auxed;   /* "they've said" */
};

static struct group
verb_group(const struct doc *d, uint32_t first, uint32_t head)
{
	struct group g = { .first = head };

	for (uint32_t i = head; i > first; i--) {
		const struct node *n = &d->nodes.at[i - 1];

		if ((n->shape & SHAPE_UPPER) != 0 && i - 1 > first)
			break;
		if (n->cls & W_AUXED) {
			g.auxed = true;
			break;
		}
		if ((n->cls & W_PREP) != 0 && node_is(d, i - 1, "to")) {
			g.to = true;
			g.first = i - 1;
			break;
		}
		if ((n->cls & (W_AUX | W_NEG)) == 0 &&
		    (n->cls & (W_ADV | W_INDEF | W_DET)) != W_ADV)
			break;
		g.aux |= n->cls;
		g.first = i - 1;
	}
	return g;
}

/* "Asked whether ...", "when asked" */
static bool
participle_first(const struct doc *d, const struct group *g, const struct cue *c)
{
	const struct sentence *s = &d->sents.at[c->sent];

	if (g->first == s->first)
		return !s->soft;
	return (d->nodes.at[g->first - 1].cls & W_SUB) != 0 && g->aux == 0;
}

/* Forms that look finite and are not: "Amy's claim", "the first song sung". */
static bool
no_finite(const struct group *g, const struct cue *c, bool poss)
{
	if (g->to || (c->form & FORM_ING) != 0)
		return false;
	if (poss && (c->form & (FORM_BASE | FORM_S)) != 0)
		return true;
	return c->form == FORM_PART && (g->aux & (W_HAVE | W_BE)) == 0 && !g->auxed;
}

/* Which mode a verb has by its form and what stands to its left; false: it cannot report. */
static bool
mode_of(const struct doc *d, const struct group *g, struct cue *c)
{
	const struct node *n = d->nodes.at;
	bool poss = g->first > 0 && (n[g->first - 1].shape & SHAPE_POSS) != 0;

	if ((g->aux & W_NEG) != 0 || no_finite(g, c, poss))
		return false;
	c->modal = (g->aux & W_MODAL) != 0;
	if (c->cls & CUE_ADJ) { /* "was | adamant", not "an adamant man" */
		c->mode = MODE_FINITE;
		return (g->aux & W_BE) != 0 && !g->to;
	}
	if (g->to) {
		c->mode = MODE_INF;
		if ((g->aux & W_HAVE) != 0) /* "said to have told" */
			return (c->form & FORM_PART) != 0;
	} else if (c->form & FORM_ING)
		c->mode = g->aux & W_BE ? MODE_FINITE : MODE_ING;
	else if ((c->form & FORM_PART) != 0 && ((g->aux & W_BE) != 0 || participle_first(d, g, c)))
		c->mode = MODE_PASSIVE;
	else
		c->mode = MODE_FINITE;
	return c->mode != MODE_INF || (c->form & FORM_BASE) != 0;
}

/* "he | was quoted by the agency as | saying", "he | is said to | have told them": the group of the passive whose subject
 * speaks; its first is the verb's own where there is none. */
static struct group
passive_report(const struct doc *d, const struct sentence *s, uint32_t first)
{
	struct group g = { .first = first };
	uint32_t stop = first - s->first > QUOTED_NODES ? first - QUOTED_NODES : s->first;

	for (uint32_t i = first; i > stop; i--) {
		const struct node *n = &d->nodes.at[i - 1];

		if ((n->shape & SHAPE_WORD) == 0)
			break;
		if ((n->cls & W_CUE) == 0 || (n->shape & SHAPE_UPPER) != 0)
			continue;
		g = verb_group(d, s->first, i - 1);
		if ((g.aux & W_BE) == 0 || g.to)
			g = (struct group){ .first = first };
		break;
	}
	return g;
}

/* A participle or infinitive that such a passive stands before reports as a finite verb does, and begins with it.
 * False: it is one that says that nothing was said, "was never quoted as saying". */
static bool
raise(const struct doc *d, const struct sentence *s, const struct group *g, struct cue *c)
{
	uint32_t v = g->first;
	struct group passive;

	if (v == s->first)
		return true;
	if (!(c->mode == MODE_ING && node_is(d, v - 1, "as")) && !(g->to && (g->aux & W_HAVE) != 0))
		return true;
	passive = passive_report(d, s, c->mode == MODE_ING ? v - 1 : v);
	if (passive.first >= v - (c->mode == MODE_ING))
		return true;
	if (passive.aux & W_NEG)
		return false;
	c->nodes.first = passive.first;
	c->mode = MODE_FINITE;
	return true;
}

/* Words that turn a following "to say" into its opposite. */
static bool
refuses(const struct doc *d, uint32_t i)
{
	static const char *const verb[] = { "declined", "refused", "declines", "refuses",
		"refusing", "declining", "refuse", "decline", "failed", "failing", "unable", "not",
		"reluctant", "want", "wants", "wanted", "like", "have", "has", "had", "going",
		"trying", "tried" };
	struct span w = token_span(d->text, &d->tokens->at[d->nodes.at[i].tok]);

	for (size_t k = 0; k < sizeof(verb) / sizeof(*verb); k++)
		if (span_is(w, verb[k]))
			return true;
	return false;
}

/* "the said car", "in pledged delegates", "many state parties", "three reports" */
static bool
follows_article(const struct doc *d, const struct cue *c)
{
	const struct node *left = &d->nodes.at[c->head - 1];
	bool marked =
	    c->nodes.end < d->nodes.n && (d->nodes.at[c->nodes.end].shape & SHAPE_QUOTE) != 0;
	bool noun = (c->cls & CUE_ALSO) != 0 && (c->form & (FORM_BASE | FORM_S)) != 0;

	if ((left->cls & (W_DET | W_POSS)) != 0 &&
	    ((noun && !marked) || (left->cls & (W_INDEF | W_OBJ)) == 0))
		return true;
	if ((left->cls & W_PREP) != 0 && noun && !node_is(d, c->head - 1, "to"))
		return true; /* "secretary of state" */
	if ((left->cls & W_PREP) != 0 && (left->cls & (W_SUB | W_ADV)) == 0)
		return (c->form & (FORM_PAST | FORM_PART)) != 0 && (c->form & FORM_BASE) == 0;
	return noun && (left->shape & SHAPE_NUMBER) != 0;
}

static bool
verb_cue(const struct doc *d, const struct sentence *s, struct cue *c)
{
	const struct node *n = &d->nodes.at[c->head];
	struct group g;

	/* "Edward Said": a capital inside a sentence; "the said car" */
	if ((n->shape & SHAPE_UPPER) != 0 && c->head > s->first &&
	    (d->nodes.at[c->head - 1].shape & SHAPE_QUOTE) == 0)
		return false;
	if (c->head > s->first && follows_article(d, c))
		return false;
	if (c->head == s->first && !s->soft && c->form == FORM_S && (c->cls & CUE_ALSO) != 0)
		return false; /* "Orders had fallen" */
	if (c->head > s->first && d->nodes.at[c->head - 1].punct == '-' &&
	    (d->tokens->at[n->tok].flags & TOKEN_SPACE) == 0)
		return false; /* "so-called" */
	g = verb_group(d, s->first, c->head);
	c->nodes.first = g.first;
	if (!mode_of(d, &g, c) || !raise(d, s, &g, c))
		return false;
	if (c->mode == MODE_INF && (g.aux & W_HAVE) != 0)
		return false;
	return c->mode != MODE_INF || g.first == s->first || !refuses(d, g.first - 1);
}

static bool
noun_cue(const struct doc *d, const struct sentence *s, struct cue *c)
{
	uint32_t next = c->nodes.end;

	if (c->head == s->first && (c->form & FORM_S) == 0)
		return false;
	c->mode = MODE_NOUN;
	c->nodes.first = c->head;
	if (next + 1 < s->end && (c->cls & CUE_QUOTE) != 0)
		return (d->nodes.at[next].cls & W_PREP) != 0 &&
		       (d->nodes.at[next + 1].shape & SHAPE_QUOTE) != 0;
	return next < s->end && (d->nodes.at[next].cls & (W_THAT | W_PREP)) != 0;
}

/* The cue whose first word is node i, if there is one: its class, form and extent to the right. */
static bool
look_up(
    const struct doc *d, const struct lexicon *lex, const struct cue_lexicon *all, struct cue *c)
{
	size_t n;
	uint32_t v = lexicon_longest(lex, d->text, d->tokens, d->nodes.at[c->head].tok, &n);

	if (v == LEXICON_NONE)
		return false;
	c->cls = all->cls[(v & ((1U << ROW_BITS) - 1)) - 1];
	c->form = (uint8_t)(v >> ROW_BITS);
	c->nodes = (struct extent){ c->head, c->head + (uint32_t)n };
	return c->nodes.end <= d->nodes.n;
}

static bool
cue_at(const struct doc *d, const struct cue_lexicon *lex, const struct sentence *s, struct cue *c)
{
	struct cue noun = *c;

	if ((d->nodes.at[c->head].cls & W_CUE_NOUN) != 0 && look_up(d, lex->noun, lex, &noun) &&
	    noun_cue(d, s, &noun)) {
		bool verb = (d->nodes.at[c->head].cls & W_CUE) != 0 && c->head > s->first &&
			    (d->nodes.at[c->head - 1].shape & SHAPE_POSS) == 0 &&
			    (d->nodes.at[c->head - 1].cls & (W_DET | W_POSS | W_PREP)) == 0;
		if (!verb || !look_up(d, lex->verb, lex, c)) {
			*c = noun;
			return true;
		}
	}
	if (!look_up(d, lex->verb, lex, c))
		return false;
	if (c->cls & CUE_ACC) {
		c->mode = MODE_ACC;
		return true;
	}
	return verb_cue(d, s, c);
}

void
cues_find(const struct doc *d, const struct cue_lexicon *lex, uint32_t sent, struct cues *out)
{
	const struct sentence *s = &d->sents.at[sent];
	uint32_t next = s->first;

	out->n = 0;
	for (; out->seen < d->maybe_cue.n && d->maybe_cue.at[out->seen] < s->end; out->seen++) {
		struct cue c = { .sent = sent, .head = d->maybe_cue.at[out->seen] };

		if (c.head < next || !cue_at(d, lex, s, &c))
			continue;
		VEC_PUSH(d->arena, out, c);
		next = c.nodes.end;
	}
}
