/* grammar.c - rows of patterns.tsv -> patterns: id, type, value cell, guards. */
#include "node.h"

#include "ascii.h"
#include "record.h"
#include "utf8.h"

enum { MESSAGE_MAX = 400 }; /* bytes */

struct grammar *
grammar_new(struct words *w, struct arena *a)
{
	struct grammar *g = ARENA_NEW(a, struct grammar, 1);

	g->arena = a;
	g->words = w;
	/* Room that is not touched costs nothing; growing would touch it several times. */
	g->node.at = arena_raw(a, NODE_MAX, sizeof(*g->node.at));
	g->node.cap = NODE_MAX;
	g->choice.at = arena_raw(a, NODE_MAX, sizeof(*g->choice.at));
	g->choice.cap = NODE_MAX;
	g->memo = ARENA_NEW(a, struct memo, MEMO_SIZE);
	return g;
}

struct pattern *
grammar_patterns(struct grammar *g, size_t *n)
{
	*n = g->pattern.n;
	return g->pattern.at;
}

void
grammar_slip(const struct pattern_table *t, const char *at, const char *what, struct slip *slip)
{
	const char *line = t->text.p;

	*slip = (struct slip){ t->name, 1, 1, span_c(what) };
	for (const char *p = line; p < at; p++)
		if (*p == '\n') {
			slip->line++;
			line = p + 1;
		}
	slip->column = utf8_count((struct span){ line, (size_t)(at - line) }) + 1;
}

static bool
within(struct span text, const char *at)
{
	return at != NULL && at >= text.p && at <= text.p + text.n;
}

/* The next blank-separated word of *rest; empty at the end. */
static struct span
word(struct span *rest)
{
	struct span w;

	while (rest->n > 0 && rest->p[0] == ' ')
		rest->p++, rest->n--;
	w = (struct span){ rest->p, 0 };
	while (w.n < rest->n && w.p[w.n] != ' ')
		w.n++;
	*rest = span_cut(*rest, w.n, rest->n);
	return w;
}

static bool
number(struct span s, int32_t *v)
{
	bool minus = s.n > 0 && s.p[0] == '-';

	*v = 0;
	if (s.n == minus || s.n > 8)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (!ascii_digit((unsigned char)s.p[i]))
			return false;
		*v = *v * 10 + s.p[i] - '0';
	}
	*v = minus ? -*v : *v;
	return true;
}

/* "shift dir=-1 unit=4": the function's name and fixed slots. */
static bool
value_cell(struct pattern *p, struct span cell)
{
	struct span w;

	p->value = cell;
	p->fn = word(&cell);
	for (w = word(&cell); w.n > 0; w = word(&cell)) {
		const char *equals = memchr(w.p, '=', w.n);
		enum slot slot;
		int32_t v;

		if (equals == NULL)
			return false;
		slot = slot_find(span_cut(w, 0, (size_t)(equals - w.p)));
		if (slot == S_NONE || slot == S_HOLIDAY || slot == S_ZONE ||
		    !number(span_cut(w, (size_t)(equals - w.p) + 1, w.n), &v))
			return false;
		slots_put(&p->fixed, slot, v);
	}
	return p->fn.n > 0 && slots_sane(&p->fixed);
}

static bool
type_cell(struct pattern *p, struct span cell)
{
	p->type = -1;
	if (cell.n == 0)
		return true;
	for (int k = 0; k < N_TIMEX; k++)
		if (span_is(cell, timex_name[k])) {
			p->type = (int8_t)k;
			return true;
		}
	return false;
}

static const char *const guard_names[N_GUARD] = { "", "#UP", "#NUM", "#START", "#SENT", "#GLUED",
	"#PARA", "#S", "#INFORMAL", "#FIRST" };

static bool
one_guard(struct grammar *g, struct span w, struct guard *out)
{
	for (int k = 1; k < N_GUARD && w.n > 0 && w.p[0] == '#'; k++)
		if (span_is(w, guard_names[k])) {
			out->what = (uint8_t)k;
			return true;
		}
	if (w.n == 0 || (w.p[0] == '#' && w.n > 1))
		return false;
	out->what = GUARD_ATOM;
	if (span_is(w, "//"))
		w.n = 1;
	if (!words_class_known(g->words, w))
		return false;
	out->atom = words_atom(g->words, w);
	return true;
}

/* "X|Y": one test for each. */
static bool
guard_choices(struct grammar *g, struct span w, struct guard t)
{
	size_t from = 0;

	while (from < w.n) {
		const char *bar =
		    w.n - from > 1 ? memchr(w.p + from + 1, '|', w.n - from - 1) : NULL;
		size_t to = bar == NULL ? w.n : (size_t)(bar - w.p);

		if (!one_guard(g, span_cut(w, from, to), &t))
			return false;
		t.more = to < w.n;
		VEC_PUSH(g->arena, &g->guard, t);
		from = to + 1;
	}
	return true;
}

static bool
guard_cell(struct grammar *g, struct pattern *p, struct span cell)
{
	static const char side[] = "<>=";
	struct span w;

	p->first_guard = (uint32_t)g->guard.n;
	for (w = word(&cell); w.n > 0; w = word(&cell)) {
		const char *where = memchr(side, w.p[0], sizeof(side) - 1);
		struct guard t = { 0 };

		if (w.n < 2 || where == NULL)
			return false;
		t.where = (uint8_t)(where - side); /* in the order of enum guard_where */
		t.negated = w.p[1] == '!';
		if (!guard_choices(g, span_cut(w, t.negated ? 2 : 1, w.n), t))
			return false;
	}
	p->n_guard = (uint32_t)g->guard.n - p->first_guard;
	return true;
}

static bool
add_part(struct grammar *g, const struct pattern_table *t, size_t r, struct slip *slip)
{
	struct macro part = { table_cell(&t->rows, r, 0), table_cell(&t->rows, r, 1) };
	const char *what = NULL;

	for (size_t i = 0; i < g->macro.n; i++)
		if (span_eq(g->macro.at[i].id, part.id))
			what = "there is a part of this name already";
	if (g->macro.n == PATTERN_MAX)
		what = "too many parts";
	if (part.text.n > PATTERN_BYTES)
		what = "the pattern is too long";
	if (what != NULL) {
		grammar_slip(t, part.id.p, what, slip);
		return false;
	}
	VEC_PUSH(g->arena, &g->macro, part);
	return true;
}

static bool
is_part(const struct pattern_table *t, size_t r)
{
	struct span id = table_cell(&t->rows, r, 0);

	return id.n > 0 && id.p[0] == '$';
}

/* All cells but the pattern; NULL or what is wrong, with its cell. */
static const char *
read_cells(struct grammar *g, struct pattern *p, const struct span *cell, struct span *wrong)
{
	*wrong = cell[0];
	if (g->pattern.n == PATTERN_MAX)
		return "too many patterns";
	if (cell[0].n == 0)
		return "a pattern must have an id";
	*wrong = cell[1];
	if (cell[1].n > PATTERN_BYTES)
		return "the pattern is too long";
	*wrong = cell[2];
	if (!type_cell(p, cell[2]))
		return "the type must be DATE, TIME, DURATION, SET or -";
	*wrong = cell[3];
	if (!value_cell(p, cell[3]))
		return "the value must be a function, then slot=number";
	*wrong = cell[4];
	if (!guard_cell(g, p, cell[4]))
		return "a guard must be <X, >X, =X or with ! before X: a word, a class, #UP and so "
		       "on";
	return words_refused(g->words);
}

static bool
add_row(struct grammar *g, const struct pattern_table *t, size_t r, struct slip *slip)
{
	const struct span *cell = &t->rows.cell[r * t->rows.n_col];
	struct pattern p = { .id = cell[0] };
	uint32_t accept = (uint32_t)g->node.n;
	struct span wrong;
	struct parse_slip in = { NULL, read_cells(g, &p, cell, &wrong) };

	if (in.what != NULL) {
		grammar_slip(t, wrong.p, in.what, slip);
		return false;
	}
	VEC_PUSH(
	    g->arena, &g->node, (struct node){ .op = NODE_ACCEPT, .a = (uint32_t)g->pattern.n });
	p.start = parse_pattern(g, cell[1], accept, &in);
	if (p.start == UINT32_MAX) {
		grammar_slip(t, within(t->text, in.at) ? in.at : cell[1].p, in.what, slip);
		return false;
	}
	p.end = (uint32_t)g->node.n;
	VEC_PUSH(g->arena, &g->pattern, p);
	return true;
}

bool
grammar_read(struct grammar *g, struct pattern_table *t, struct slip *slip)
{
	const char *what;

	*slip = (struct slip){ .table = t->name };
	if (!table_parse(&t->rows, t->text, g->arena, &slip->line, &slip->column, &what)) {
		slip->what = span_c(what);
		return false;
	}
	if (t->rows.n_row > 0 && t->rows.n_col < 5) {
		grammar_slip(t, t->rows.cell[0].p, "patterns have seven columns", slip);
		return false;
	}
	for (size_t r = 0; r < t->rows.n_row; r++)
		if (is_part(t, r) && !add_part(g, t, r, slip))
			return false;
	return true;
}

bool
grammar_add(struct grammar *g, const struct pattern_table *t, struct slip *slip)
{
	for (size_t r = 0; r < t->rows.n_row; r++)
		if (!is_part(t, r) && !add_row(g, t, r, slip))
			return false;
	return true;
}

/* Nodes reached without a lexeme from node, each once: the list grows while it is read. */
struct reach {
	uint32_t *at;
	uint8_t *seen;
	size_t n;
};

static void
reach(const struct grammar *g, struct reach *r, uint32_t node)
{
	size_t from = r->n;

	if (r->seen[node])
		return;
	r->seen[node] = 1;
	r->at[r->n++] = node;
	for (; from < r->n; from++) {
		const struct node *x = &g->node.at[r->at[from]];
		uint32_t next[2] = { x->a, x->b };

		if (x->op == NODE_ELEM || x->op == NODE_ACCEPT)
			continue;
		for (int k = 0; k < (x->op == NODE_SPLIT ? 2 : 1); k++)
			if (!r->seen[next[k]]) {
				r->seen[next[k]] = 1;
				r->at[r->n++] = next[k];
			}
	}
}

static bool
takes_symbol(const struct grammar *g, const struct node *x, symbol sym)
{
	for (uint32_t k = 0; k < x->n; k++)
		if (words_symbol_has(g->words, sym, g->choice.at[x->first + k].atom))
			return true;
	return false;
}

static void
add_atoms(const struct grammar *g, const struct node *x, struct atoms *to)
{
	for (uint32_t k = 0; k < x->n; k++) {
		uint16_t atom = g->choice.at[x->first + k].atom;

		to->bit[atom >> 6] |= (uint64_t)1 << (atom & 63);
	}
}

/* Can a match end behind node, or go on with a capitalised word that is in no table? */
static bool
open_ended(
    const struct grammar *g, struct reach *r, uint32_t node, symbol other, struct atoms *second)
{
	bool open = false;

	r->n = 0;
	reach(g, r, node);
	for (size_t i = 0; i < r->n; i++) {
		const struct node *x = &g->node.at[r->at[i]];

		r->seen[r->at[i]] = 0;
		if (x->op == NODE_ELEM)
			add_atoms(g, x, second);
		open = open || x->op == NODE_ACCEPT ||
		       (x->op == NODE_ELEM && takes_symbol(g, x, other));
	}
	return open;
}

/* Atoms that a match can start with, end or leave the tables behind, go on with. */
struct marks {
	struct atoms start, alone, second;
};

static void
mark_word(struct grammar *g, const struct marks *m, const struct word *w)
{
	for (size_t k = 1; k < w->n_token; k++)
		set_bloom(g->second_bloom, w->hashes[k]);
	for (int c = 0; c < N_CASING; c++) {
		if (w->numeric || words_symbol_meets(g->words, w->symbol[c], &m->start))
			set_bloom(g->start_bloom, w->hash);
		/* A phrase ("the holy month of Ramadan") needs its second word. */
		if (w->n_token == 1 &&
		    (w->numeric || words_symbol_meets(g->words, w->symbol[c], &m->alone)))
			set_bloom(g->alone_bloom, w->hash);
		if (w->numeric || words_symbol_meets(g->words, w->symbol[c], &m->second))
			set_bloom(g->second_bloom, w->hash);
	}
}

static void
drop_atom(struct atoms *a, uint16_t atom)
{
	a->bit[atom >> 6] &= ~((uint64_t)1 << (atom & 63));
}

static void
mark_starts(struct grammar *g)
{
	struct reach starts = { 0 }, behind = { 0 };
	struct marks m = { 0 };
	symbol other = words_other(g->words, CASE_TITLE);

	starts.at = arena_raw(g->arena, g->node.n, sizeof(*starts.at));
	starts.seen = ARENA_NEW(g->arena, uint8_t, g->node.n);
	behind.at = arena_raw(g->arena, g->node.n, sizeof(*behind.at));
	behind.seen = ARENA_NEW(g->arena, uint8_t, g->node.n);
	for (size_t i = 0; i < g->pattern.n; i++)
		reach(g, &starts, g->starts[i]);
	for (size_t i = 0; i < starts.n; i++) {
		const struct node *x = &g->node.at[starts.at[i]];

		if (x->op != NODE_ELEM)
			continue;
		add_atoms(g, x, &m.start);
		g->starts_upword = g->starts_upword || takes_symbol(g, x, other);
		if (open_ended(g, &behind, x->a, other, &m.second))
			add_atoms(g, x, &m.alone);
	}
	/* Words that may be followed by any capitalised one are in m.alone. */
	drop_atom(&m.second, words_atom(g->words, SPAN("UPWORD")));
	for (uint32_t i = 1; i < words_count(g->words); i++)
		mark_word(g, &m, words_at(g->words, i));
}

void
grammar_close(struct grammar *g, const struct settings *s)
{
	g->starts = ARENA_NEW(g->arena, uint32_t, g->pattern.n + 1);
	for (size_t i = 0; i < g->pattern.n; i++)
		g->starts[i] = g->pattern.at[i].start;
	g->n_symbol = words_symbols(g->words);
	g->start_bloom = ARENA_NEW(g->arena, uint64_t, BLOOM_BITS / 64);
	g->alone_bloom = ARENA_NEW(g->arena, uint64_t, BLOOM_BITS / 64);
	g->second_bloom = ARENA_NEW(g->arena, uint64_t, BLOOM_BITS / 64);
	mark_starts(g);
	g->lexer = lexer_new(g->words, s);
}

static bool
sentence_mark(const struct token *t)
{
	return t->kind == TOKEN_PUNCT && (t->first == '.' || t->first == '?' || t->first == '!');
}

/* Is token i, one before or behind the match, of this kind? i may be one past either end (SIZE_MAX, n_token). */
static bool
holds(const struct lexer *lx, const struct guard *t, size_t i, size_t next)
{
	const struct token *k = i < lx->n_token ? &lx->token[i] : NULL;
	struct lexeme x;

	/* Beyond the paragraph there is nothing; token next is the first behind its start. */
	if (t->where != GUARD_SELF && t->what != GUARD_SENT && t->what != GUARD_PARA &&
	    next < lx->n_token && (lx->token[next].flags & TOKEN_PARA))
		k = NULL;
	switch (t->what) {
	case GUARD_UP:
		return k != NULL && (k->flags & TOKEN_UPPER);
	case GUARD_NUM:
		return k != NULL && k->kind == TOKEN_NUMBER;
	case GUARD_START:
		return k == NULL;
	case GUARD_SENT:
		return k == NULL || sentence_mark(k) || (lx->token[next].flags & TOKEN_PARA);
	case GUARD_GLUED:
		return next < lx->n_token && !(lx->token[next].flags & TOKEN_SPACE);
	case GUARD_S:
		return k != NULL && k->kind == TOKEN_WORD && k->len > 2 &&
		       lx->text.p[k->start + k->len - 1] == 's';
	case GUARD_INFORMAL:
		return lx->informal;
	case GUARD_FIRST:
		return next <= 1;
	case GUARD_PARA:
		return next >= lx->n_token || (lx->token[next].flags & TOKEN_PARA);
	default:
		break;
	}
	if (k == NULL)
		return false;
	lex_at(lx, i, &x);
	return words_symbol_has(lx->words, x.symbol, t->atom);
}

static bool
guard_holds(const struct lexer *lx, const struct guard *t, uint32_t tok, uint32_t n)
{
	switch (t->where) {
	case GUARD_BEFORE:
		return holds(lx, t, (size_t)tok - 1, tok);
	case GUARD_BEHIND:
		return holds(lx, t, (size_t)tok + n, (size_t)tok + n);
	default:
		return holds(lx, t, tok, tok);
	}
}

bool
guard_allows(const struct grammar *g, const struct lexer *lx, const struct pattern *p, uint32_t tok,
    uint32_t n)
{
	for (uint32_t k = 0; k < p->n_guard;) {
		const struct guard *t = &g->guard.at[p->first_guard + k];
		bool any = false, negated = t->negated;

		for (;; t++) {
			any = any || guard_holds(lx, t, tok, n);
			k++;
			if (!t->more)
				break;
		}
		if (any == negated)
			return false;
	}
	return true;
}

/* Is there a word that people write to each other: "lol", "tmr"? */
static bool
has_chat(const struct lexer *lx)
{
	struct tokens t = { lx->token, lx->n_token };
	uint16_t chat = words_atom_known(lx->words, SPAN("CHAT"));

	for (size_t i = 0; chat != UINT16_MAX && i < t.n; i++) {
		size_t n;
		uint32_t at = in_bloom(words_bloom(lx->words), t.at[i].hash)
				  ? words_find(lx->words, &t, i, &n)
				  : 0;

		if (at != 0 && words_sense(lx->words, words_at(lx->words, at), chat) != NULL)
			return true;
	}
	return false;
}

/* A message rather than an article: short, with the marks and words of one. */
static bool
is_informal(const struct lexer *lx)
{
	struct span text = lx->text;
	static const char *const mark[] = { "http", "#", "@", ":)", "!", "..." };

	if (text.n > MESSAGE_MAX)
		return false;
	for (size_t i = 0; i < sizeof(mark) / sizeof(mark[0]); i++)
		if (memmem(text.p, text.n, mark[i], strlen(mark[i])) != NULL)
			return true;
	return has_chat(lx);
}

struct lexer
grammar_lexer(const struct grammar *g, struct span text, const struct tokens *t)
{
	struct lexer lx = g->lexer;

	lx.text = text;
	lx.token = t->at;
	lx.n_token = t->n;
	lx.informal = is_informal(&lx);
	return lx;
}
