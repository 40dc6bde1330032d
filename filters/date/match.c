/* match.c - run the automaton: lazily determinised over (symbol, glued), then the winner's slots by search. */
#include <stdlib.h>

#include "diag.h"
#include "node.h"

enum {
	STATE_MAX = 2048, /* then the cache starts anew */
	DEAD = 0,
	UNKNOWN = 0xFFFF,
	STATE_HASH = 8192,
	EDGE_HASH = 32768, /* half of it is used at most */
};

/* A set of nodes that wait for a lexeme, and the patterns complete here. */
struct state {
	uint32_t first_node, n_node;
	uint32_t first_accept, n_accept;
	uint32_t hash;
	struct atoms expects; /* of its nodes: most symbols lead nowhere */
};

/* One step of the automaton; a table of edges is denser than rows of symbols, of which a state needs few. */
struct edge {
	uint32_t key; /* state, symbol, glued; 0: free */
	uint16_t to;
};

struct step {
	uint32_t node, from; /* index of the step before, UINT32_MAX at the start */
	uint16_t pos;
};

struct scan_scratch {
	const struct grammar *g;
	struct arena arena; /* of the cache */
	struct state *state;
	size_t n_state;
	uint16_t *first; /* from state 1: [symbol * 2 + glued] */
	struct edge *edge;
	size_t n_edge;
	uint16_t *table;
	VEC(uint32_t) nodes;
	VEC(uint32_t) accepts;
	uint32_t *mark; /* of each node: the closure it was seen in */
	uint32_t stamp;
	uint32_t *stack, *set; /* scratch of closures */
	struct step *step;
	size_t step_cap;
	uint64_t *seen;
	size_t seen_cap;
};

static void *
need(void *p, size_t size)
{
	if (p == NULL)
		die_oom(size);
	return p;
}

struct scan_scratch *
scan_scratch_new(const struct grammar *g)
{
	struct scan_scratch *s = need(calloc(1, sizeof(*s)), sizeof(*s));
	size_t n = g->node.n + 2;

	s->g = g;
	s->state = need(calloc(STATE_MAX, sizeof(*s->state)), STATE_MAX);
	s->first = need(malloc(g->n_symbol * 2 * sizeof(*s->first)), g->n_symbol);
	s->edge = need(calloc(EDGE_HASH, sizeof(*s->edge)), EDGE_HASH);
	s->table = need(calloc(STATE_HASH, sizeof(*s->table)), STATE_HASH);
	s->mark = need(calloc(n, sizeof(*s->mark)), n);
	s->stack = need(calloc(n * 2, sizeof(*s->stack)), n);
	s->set = need(calloc(n, sizeof(*s->set)), n);
	return s;
}

void
scan_scratch_free(struct scan_scratch *s)
{
	if (s == NULL)
		return;
	arena_free(&s->arena);
	free(s->state);
	free(s->first);
	free(s->edge);
	free(s->table);
	free(s->mark);
	free(s->stack);
	free(s->set);
	free(s->step);
	free(s->seen);
	free(s);
}

/* Add node and what it leads to without a lexeme to set[0..n); returns the new n. */
static size_t
close_over(struct scan_scratch *s, uint32_t node, size_t n)
{
	size_t top = 0;

	s->stack[top++] = node;
	while (top > 0) {
		uint32_t i = s->stack[--top];
		const struct node *x = &s->g->node.at[i];

		if (s->mark[i] == s->stamp)
			continue;
		s->mark[i] = s->stamp;
		if (x->op == NODE_ELEM || x->op == NODE_ACCEPT) {
			s->set[n++] = i;
			continue;
		}
		s->stack[top++] = x->a;
		if (x->op == NODE_SPLIT)
			s->stack[top++] = x->b;
	}
	return n;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
forget(struct scan_scratch *s)
{
	if (s->n_state > 0) { /* at first all is zero and, as yet, no memory */
		memset(s->table, 0, STATE_HASH * sizeof(*s->table));
		memset(s->edge, 0, EDGE_HASH * sizeof(*s->edge));
	}
	memset(s->first, 0xFF, s->g->n_symbol * 2 * sizeof(*s->first));
	s->n_edge = 0;
	s->n_state = 0;
	s->nodes.n = s->nodes.cap = 0;
	s->nodes.at = NULL;
	s->accepts.n = s->accepts.cap = 0;
	s->accepts.at = NULL;
	arena_reset(&s->arena);
}

static bool
same_state(const struct scan_scratch *s, const struct state *x, uint32_t hash, size_t n)
{
	return x->hash == hash && x->n_node == n &&
	       memcmp(s->nodes.at + x->first_node, s->set, n * sizeof(*s->set)) == 0;
}

static void
expect(const struct grammar *g, const struct node *k, struct atoms *to)
{
	for (uint32_t i = 0; i < k->n; i++) {
		uint16_t atom = g->choice.at[k->first + i].atom;

		to->bit[atom >> 6] |= (uint64_t)1 << (atom & 63);
	}
}

static void
new_state(struct scan_scratch *s, struct state *x, uint32_t hash, size_t n)
{
	x->hash = hash;
	x->first_node = (uint32_t)s->nodes.n;
	x->n_node = (uint32_t)n;
	x->first_accept = (uint32_t)s->accepts.n;
	x->expects = (struct atoms){ 0 };
	for (size_t i = 0; i < n; i++) {
		const struct node *k = &s->g->node.at[s->set[i]];

		VEC_PUSH(&s->arena, &s->nodes, s->set[i]);
		if (k->op == NODE_ACCEPT)
			VEC_PUSH(&s->arena, &s->accepts, k->a);
		else
			expect(s->g, k, &x->expects);
	}
	x->n_accept = (uint32_t)s->accepts.n - x->first_accept;
}

/* The state of set[0..n), made if it is new. 0 (dead) for the empty set. */
static uint16_t
state_of_set(struct scan_scratch *s, size_t n)
{
	uint32_t hash = 2166136261u, at;

	if (n == 0)
		return DEAD;
	qsort(s->set, n, sizeof(*s->set), by_number);
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ s->set[i]) * 16777619u;
	for (at = hash & (STATE_HASH - 1); s->table[at] != 0; at = (at + 1) & (STATE_HASH - 1))
		if (same_state(s, &s->state[s->table[at]], hash, n))
			return s->table[at];
	s->table[at] = (uint16_t)s->n_state;
	new_state(s, &s->state[s->n_state], hash, n);
	return (uint16_t)s->n_state++;
}

/* State 1: where every match begins. */
static void
begin(struct scan_scratch *s)
{
	size_t n = 0;

	if (s->n_state > 0 && s->n_state < STATE_MAX - MATCH_LEXEMES - 2 &&
	    s->n_edge < EDGE_HASH / 2)
		return;
	forget(s);
	s->n_state = 1;
	s->stamp++;
	for (size_t i = 0; i < s->g->pattern.n; i++)
		n = close_over(s, s->g->starts[i], n);
	state_of_set(s, n);
}

static bool
takes(const struct grammar *g, const struct node *x, symbol sym)
{
	for (uint32_t k = 0; k < x->n; k++)
		if (words_symbol_has(g->words, sym, g->choice.at[x->first + k].atom))
			return true;
	return false;
}

static uint16_t
step_state(struct scan_scratch *s, uint16_t from, symbol sym, bool glued)
{
	size_t n = 0;

	s->stamp++;
	for (uint32_t i = 0; i < s->state[from].n_node; i++) {
		const struct node *x = &s->g->node.at[s->nodes.at[s->state[from].first_node + i]];

		if (x->op == NODE_ELEM && (glued || !x->glued) && takes(s->g, x, sym))
			n = close_over(s, x->a, n);
	}
	return state_of_set(s, n);
}

static uint16_t
first_state(struct scan_scratch *s, const struct lexeme *x)
{
	uint16_t *to = &s->first[x->symbol * 2 + x->glued];

	if (*to == UNKNOWN) {
		uint16_t made = step_state(s, 1, x->symbol, x->glued);

		*to = made;
	}
	return *to;
}

static uint16_t
next_state(struct scan_scratch *s, uint16_t from, const struct lexeme *x)
{
	uint32_t key = (uint32_t)from << 16 | (uint32_t)x->symbol << 1 | x->glued;
	uint32_t at = (key * 2654435761u) >> 17;

	/* Most symbols lead nowhere: that is not worth an edge. */
	if (!words_symbol_meets(s->g->words, x->symbol, &s->state[from].expects))
		return DEAD;
	for (; s->edge[at].key != 0; at = (at + 1) & (EDGE_HASH - 1))
		if (s->edge[at].key == key)
			return s->edge[at].to;
	s->edge[at].to = step_state(s, from, x->symbol, x->glued);
	s->edge[at].key = key;
	s->n_edge++;
	return s->edge[at].to;
}

/* --- slots of one pattern over known lexemes: depth first, each (node, position) once */

struct path {
	struct scan_scratch *s;
	const struct pattern *p;
	const struct lexeme *lex;
	size_t n_lex;
	uint32_t base;
	size_t n_step, stack_n;
};

static void
room(struct scan_scratch *s, size_t n_bits)
{
	size_t words = n_bits / 64 + 1;

	if (words > s->seen_cap) {
		s->seen = need(realloc(s->seen, words * sizeof(*s->seen)), words);
		s->seen_cap = words;
	}
	memset(s->seen, 0, words * sizeof(*s->seen));
	if (n_bits * 2 + 2 > s->step_cap) {
		s->step_cap = n_bits * 2 + 2;
		s->step = need(realloc(s->step, s->step_cap * sizeof(*s->step)), s->step_cap);
	}
}

static bool
visit(struct path *a, uint32_t node, size_t pos)
{
	size_t bit = (size_t)(node - a->base) * (a->n_lex + 1) + pos;

	if (a->s->seen[bit >> 6] >> (bit & 63) & 1)
		return false;
	a->s->seen[bit >> 6] |= (uint64_t)1 << (bit & 63);
	return true;
}

static const struct choice *
chosen(const struct grammar *g, const struct node *x, symbol sym)
{
	for (uint32_t k = 0; k < x->n; k++)
		if (words_symbol_has(g->words, sym, g->choice.at[x->first + k].atom))
			return &g->choice.at[x->first + k];
	return NULL;
}

/* Steps are kept in an array as a tree; those still to be tried are a list through it, newest first. */
static uint32_t
search(struct path *a)
{
	struct scan_scratch *s = a->s;
	const struct grammar *g = s->g;
	uint32_t todo[2 * MATCH_LEXEMES * 64];
	size_t top = 0;

	s->step[0] = (struct step){ a->p->start, UINT32_MAX, 0 };
	a->n_step = 1;
	todo[top++] = 0;
	while (top > 0) {
		uint32_t at = todo[--top];
		struct step here = s->step[at];
		const struct node *x = &g->node.at[here.node];
		uint16_t pos = here.pos;

		if (!visit(a, here.node, pos))
			continue;
		if (x->op == NODE_ACCEPT) {
			if (pos == a->n_lex)
				return at;
			continue;
		}
		if (x->op == NODE_ELEM) {
			if (pos == a->n_lex || (x->glued && !a->lex[pos].glued) ||
			    !takes(g, x, a->lex[pos].symbol))
				continue;
			pos++;
		}
		if (top + 2 > sizeof(todo) / sizeof(todo[0]))
			return UINT32_MAX;
		if (x->op == NODE_SPLIT) {
			s->step[a->n_step] = (struct step){ x->b, at, pos };
			todo[top++] = (uint32_t)a->n_step++;
		}
		s->step[a->n_step] = (struct step){ x->a, at, pos };
		todo[top++] = (uint32_t)a->n_step++;
	}
	return UINT32_MAX;
}

/* Turn the tree path that ends at step last into one from front to back; returns its first step. */
static uint32_t
reverse(struct scan_scratch *s, uint32_t last)
{
	uint32_t behind = UINT32_MAX;

	while (last != UINT32_MAX) {
		uint32_t before = s->step[last].from;

		s->step[last].from = behind;
		behind = last;
		last = before;
	}
	return behind;
}

static void
close_span(struct match *m, uint32_t end, bool dot)
{
	struct phrase *p = &m->span[m->n_span];

	p->n_tok = end - p->tok;
	p->dot = dot;
	m->n_span++;
}

static void
fill(struct path *a, uint32_t first, const struct lexer *lx, struct match *m)
{
	struct scan_scratch *s = a->s;
	const struct grammar *g = s->g;
	struct slots all = { 0 };
	bool open = false;

	for (uint32_t at = first; at != UINT32_MAX; at = s->step[at].from) {
		const struct node *x = &g->node.at[s->step[at].node];
		size_t pos = s->step[at].pos;
		const struct choice *c;
		struct slots *to;

		if (x->op == NODE_OPEN && m->n_span < SPAN_MAX) {
			m->span[m->n_span] = (struct phrase){ .tok = a->lex[pos].tok };
			open = true;
		}
		if (x->op == NODE_CLOSE && open) {
			const struct lexeme *l = &a->lex[pos - 1];

			close_span(m, l->tok + l->n_tok, l->dot);
			open = false;
		}
		if (x->op != NODE_ELEM)
			continue;
		c = chosen(g, x, a->lex[pos].symbol);
		to = open ? &m->span[m->n_span].slots : &all;
		if (c->fixed)
			slots_put(to, (enum slot)c->slot, c->value);
		else
			lex_fill(lx, &a->lex[pos], c->atom, (enum slot)c->slot, to);
		for (int k = 0; k < c->n_more; k++)
			slots_put(to, (enum slot)c->more_slot[k], c->more[k]);
	}
	if (m->n_span == 0) {
		m->span[0] = (struct phrase){ .tok = m->tok, .slots = all };
		close_span(m, m->tok + m->n_tok, a->lex[a->n_lex - 1].dot);
		return;
	}
	/* What stands outside of the braces holds for each span. */
	for (int k = 0; k < m->n_span; k++)
		for (int slot = 1; slot < N_SLOT; slot++)
			if (slots_has(&all, (enum slot)slot) &&
			    !slots_has(&m->span[k].slots, (enum slot)slot))
				slots_put(&m->span[k].slots, (enum slot)slot, all.v[slot]);
}

static void
fix(struct match *m)
{
	for (int k = 0; k < m->n_span; k++)
		for (int slot = 1; slot < N_SLOT; slot++)
			if (slots_has(&m->pattern->fixed, (enum slot)slot))
				slots_put(
				    &m->span[k].slots, (enum slot)slot, m->pattern->fixed.v[slot]);
}

/* Lexemes read from one start. */
struct walk {
	struct lexer lx;
	struct lexeme lex[MATCH_LEXEMES];
	size_t n;
};

/* Does pattern p match just the first n lexemes? Then fill m. */
static bool
try_pattern(struct scan_scratch *s, const struct walk *w, uint32_t index, size_t n, struct match *m)
{
	const struct pattern *p = &s->g->pattern.at[index];
	struct path a = { .s = s, .p = p, .lex = w->lex, .n_lex = n };
	uint32_t last;

	*m = (struct match){ .pattern = p, .tok = w->lex[0].tok };
	m->n_tok = w->lex[n - 1].tok + w->lex[n - 1].n_tok - m->tok;
	/* Nodes of a pattern lie in one run that begins with its accept node. */
	a.base = index == 0 ? 0 : s->g->pattern.at[index - 1].end;
	if (!guard_allows(s->g, &w->lx, p, m->tok, m->n_tok))
		return false;
	room(s, (size_t)(p->end - a.base) * (n + 1));
	last = search(&a);
	if (last == UINT32_MAX)
		return false;
	fill(&a, reverse(s, last), &w->lx, m);
	fix(m);
	return true;
}

/* A paragraph ends every expression; so does the end of the text. */
static bool
next_lexeme(struct walk *w, size_t tok)
{
	if (w->n == MATCH_LEXEMES || tok >= w->lx.n_token)
		return false;
	if (w->n > 0 && (w->lx.token[tok].flags & TOKEN_PARA))
		return false;
	lex_at(&w->lx, tok, &w->lex[w->n]);
	return true;
}

static size_t
behind(const struct walk *w)
{
	const struct lexeme *x = &w->lex[w->n - 1];

	return x->tok + x->n_tok;
}

/* Tokens taken by the best match that starts at token i, or 0. */
static uint32_t
match_at(struct scan_scratch *s, struct walk *w, size_t i, match_taker take, void *ctx)
{
	uint16_t state[MATCH_LEXEMES + 1];
	struct match m;

	w->n = 0;
	state[0] = 1;
	while (next_lexeme(w, w->n == 0 ? i : behind(w)) && w->lex[w->n].symbol != 0) {
		state[w->n + 1] = w->n == 0 ? first_state(s, &w->lex[0])
					    : next_state(s, state[w->n], &w->lex[w->n]);
		if (state[w->n + 1] == DEAD)
			break;
		w->n++;
	}
	for (size_t n = w->n; n > 0; n--) {
		const struct state *x = &s->state[state[n]];

		for (uint32_t k = 0; k < x->n_accept; k++) {
			uint32_t p = s->accepts.at[x->first_accept + k];

			if (try_pattern(s, w, p, n, &m) && take(ctx, &m))
				return m.n_tok;
		}
	}
	return 0;
}

/* What is no word of letters alone: can a match start there? */
static bool
mark_may_start(const struct grammar *g, const struct tokens *t, size_t i)
{
	const struct token *k = &t->at[i];

	if (k->kind == TOKEN_NUMBER || (k->flags & TOKEN_DIGIT))
		return true;
	if (k->kind != TOKEN_PUNCT)
		return false;
	if (k->first == 0xC2) /* a half, in one character */
		return true;
	if ((k->first == '\'' || k->first >= 0xC2) && i + 1 < t->n && k[1].kind == TOKEN_NUMBER)
		return true;
	return in_bloom(g->start_bloom, k->hash);
}

/* The trigger: by its hash and that of the next token, can a match start at token i? Never false for one that can. Most
 * tokens are words, and no single test tells them apart: all are made, and one jump follows. */
static bool
may_start(const struct grammar *g, const struct tokens *t, size_t i)
{
	const struct token *k = &t->at[i], *next = i + 1 < t->n ? k + 1 : k;
	unsigned start, alone, second;

	if (k->kind != TOKEN_WORD || (k->flags & TOKEN_DIGIT))
		return mark_may_start(g, t, i);
	start = in_bloom(g->start_bloom, k->hash);
	alone = in_bloom(g->alone_bloom, k->hash);
	second = in_bloom(g->second_bloom, next->hash);
	second |= (next->kind != TOKEN_WORD) | ((next->flags & TOKEN_DIGIT) != 0);
	alone |= second & (next != k);
	return ((start & alone) | (g->starts_upword & ((k->flags & TOKEN_UPPER) != 0))) != 0;
}

void
grammar_scan(const struct grammar *g, struct scan_scratch *s, struct span text,
    const struct tokens *t, match_taker take, void *ctx)
{
	struct walk w = { .lx = grammar_lexer(g, text, t) };

	begin(s);
	for (size_t i = 0; i < t->n;) {
		uint32_t n = 0;

		if (may_start(g, t, i)) {
			begin(s);
			n = match_at(s, &w, i, take, ctx);
		}
		i += n == 0 ? 1 : n;
	}
}

/* --- the reference: all patterns at every token, in plain steps, nothing remembered from one token to the next */

/* A pattern complete behind n lexemes. */
struct hit {
	size_t n;
	uint32_t pattern;
};

struct plain {
	struct scan_scratch *s;
	uint32_t *start, *now, *next; /* nodes that wait for a lexeme */
	size_t n_start, n_now, n_next;
	VEC(struct hit) hit;
	struct arena arena;
};

/* What node leads to without a lexeme: elements to next, ends of patterns to hit. */
static void
plain_reach(struct plain *p, uint32_t node, size_t n_lex)
{
	struct scan_scratch *s = p->s;
	size_t top = 0;

	s->stack[top++] = node;
	while (top > 0) {
		uint32_t at = s->stack[--top];
		const struct node *x = &s->g->node.at[at];

		if (s->mark[at] == s->stamp)
			continue;
		s->mark[at] = s->stamp;
		if (x->op == NODE_ELEM) {
			p->next[p->n_next++] = at;
		} else if (x->op == NODE_ACCEPT) {
			VEC_PUSH(&p->arena, &p->hit, ((struct hit){ n_lex, x->a }));
		} else {
			s->stack[top++] = x->a;
			if (x->op == NODE_SPLIT)
				s->stack[top++] = x->b;
		}
	}
}

static void
plain_swap(struct plain *p)
{
	uint32_t *was = p->now;

	p->now = p->next;
	p->n_now = p->n_next;
	p->next = was;
	p->n_next = 0;
	p->s->stamp++;
}

static struct plain
plain_new(struct scan_scratch *s)
{
	struct plain p = { .s = s };
	size_t n = s->g->node.n + 1;

	p.start = arena_raw(&p.arena, n, sizeof(*p.start));
	p.now = arena_raw(&p.arena, n, sizeof(*p.now));
	p.next = p.start;
	s->stamp++;
	for (size_t i = 0; i < s->g->pattern.n; i++)
		plain_reach(&p, s->g->pattern.at[i].start, 0);
	p.n_start = p.n_next;
	p.next = arena_raw(&p.arena, n, sizeof(*p.next));
	p.n_next = 0;
	return p;
}

/* Over one lexeme. */
static void
plain_step(struct plain *p, const struct lexeme *x, size_t n_lex)
{
	const uint32_t *from = n_lex == 1 ? p->start : p->now;
	size_t n = n_lex == 1 ? p->n_start : p->n_now;

	for (size_t i = 0; i < n; i++) {
		const struct node *k = &p->s->g->node.at[from[i]];

		if ((x->glued || !k->glued) && takes(p->s->g, k, x->symbol))
			plain_reach(p, k->a, n_lex);
	}
	plain_swap(p);
}

/* The longest first, then the first row. */
static int
by_rank(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static uint32_t
match_plain(struct plain *p, struct walk *w, size_t i, match_taker take, void *ctx)
{
	struct match m;

	w->n = 0;
	p->hit.n = 0;
	p->s->stamp++;
	while (next_lexeme(w, w->n == 0 ? i : behind(w))) {
		w->n++;
		plain_step(p, &w->lex[w->n - 1], w->n);
		if (p->n_now == 0)
			break;
	}
	if (p->hit.n > 1)
		qsort(p->hit.at, p->hit.n, sizeof(*p->hit.at), by_rank);
	for (size_t k = 0; k < p->hit.n; k++)
		if (try_pattern(p->s, w, p->hit.at[k].pattern, p->hit.at[k].n, &m) && take(ctx, &m))
			return m.n_tok;
	return 0;
}

void
grammar_scan_plain(const struct grammar *g, struct scan_scratch *s, struct span text,
    const struct tokens *t, match_taker take, void *ctx)
{
	struct walk w = { .lx = grammar_lexer(g, text, t) };
	struct plain p = plain_new(s);

	for (size_t i = 0; i < t->n;) {
		uint32_t n = match_plain(&p, &w, i, take, ctx);

		i += n == 0 ? 1 : n;
	}
	arena_free(&p.arena);
}
