/* parse.c - one pattern cell -> nodes, by recursive descent of bounded depth; built from the end backwards. */
#include "node.h"

#include "ascii.h"

enum { ITEMS_MAX = 96 };

struct parser {
	struct grammar *g;
	struct span text;
	size_t at;
	int depth, in_part;     /* brackets and parts, parts alone */
	struct parse_slip slip; /* the first one */
};

struct item {
	struct span text; /* an element, or the inside of a group */
	char kind;        /* 'e', '(' or '{' */
	bool optional;
};

static uint32_t alternatives(struct parser *p, struct span text, uint32_t next);

static uint32_t
slip(struct parser *p, struct span where, const char *what)
{
	if (p->slip.what == NULL)
		p->slip = (struct parse_slip){ where.p, what };
	return UINT32_MAX;
}

static uint32_t
push(struct parser *p, struct node n)
{
	struct grammar *g = p->g;

	if (g->node.n == NODE_MAX)
		return slip(p, p->text, "the patterns are too many");
	VEC_PUSH(g->arena, &g->node, n);
	return (uint32_t)(g->node.n - 1);
}

/* The memo of a place, or NULL outside of parts, and when there are too many. */
static struct memo *
memo_of(struct parser *p, const char *at)
{
	struct grammar *g = p->g;
	uint64_t hash = (uint64_t)(uintptr_t)at * 0x9E3779B97F4A7C15u;
	uint32_t i = (uint32_t)(hash >> 40) & (MEMO_SIZE - 1);

	if (p->in_part == 0)
		return NULL;
	while (g->memo[i].at != NULL && g->memo[i].at != at)
		i = (i + 1) & (MEMO_SIZE - 1);
	if (g->memo[i].at == at)
		return &g->memo[i];
	if (g->n_memo == MEMO_SIZE / 4 * 3)
		return NULL;
	g->n_memo++;
	g->memo[i].at = at;
	return &g->memo[i];
}

/* Byte behind the bracket that closes the one at text.p[at], or SIZE_MAX. */
static size_t
closing(struct span text, size_t at)
{
	int depth = 0;

	for (size_t i = at; i < text.n; i++) {
		char c = text.p[i];
		bool alone = i == 0 || text.p[i - 1] == ' ';

		if (alone && (c == '(' || c == '{'))
			depth++;
		if (alone && (c == ')' || c == '}') && --depth == 0)
			return i + 1;
	}
	return SIZE_MAX;
}

/* The same for the bracket that text begins with. */
static size_t
group_end(struct parser *p, struct span text)
{
	struct memo *m = memo_of(p, text.p);
	size_t end;

	if (m != NULL && m->group_end != 0)
		return m->group_end;
	end = closing(text, 0);
	if (m != NULL && end != SIZE_MAX)
		m->group_end = (uint32_t)end;
	return end;
}

/* The next blank-separated item of *rest. */
static bool
next_item(struct parser *p, struct span *rest, struct item *it)
{
	size_t end;

	while (rest->n > 0 && rest->p[0] == ' ')
		rest->p++, rest->n--;
	if (rest->n == 0)
		return false;
	it->kind = 'e';
	it->optional = false;
	if ((rest->p[0] == '(' || rest->p[0] == '{') && rest->n > 1 && rest->p[1] == ' ') {
		it->kind = rest->p[0];
		end = group_end(p, *rest);
		if (end == SIZE_MAX) {
			slip(p, *rest, "a bracket is not closed");
			return false;
		}
		it->text = span_cut(*rest, 1, end - 1);
	} else {
		for (end = 0; end < rest->n && rest->p[end] != ' ';)
			end++;
		it->text = span_cut(*rest, 0, end);
	}
	if (it->kind != 'e' && end < rest->n && rest->p[end] == '?') {
		it->optional = true;
		end++;
	} else if (it->kind == 'e' && it->text.n > 1 && it->text.p[it->text.n - 1] == '?') {
		it->optional = true;
		it->text.n--;
	}
	*rest = span_cut(*rest, end, rest->n);
	return true;
}

static bool
read_int(struct span s, int32_t *v)
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
	if (minus)
		*v = -*v;
	return true;
}

/* "slot" or "slot=3" */
static bool
assignment(struct parser *p, struct span s, struct choice *c, bool first)
{
	const char *equals = memchr(s.p, '=', s.n);
	struct span name = s;
	int32_t value = 0;
	enum slot slot;

	if (equals != NULL) {
		name.n = (size_t)(equals - s.p);
		if (!read_int(span_cut(s, name.n + 1, s.n), &value))
			return slip(p, s, "a whole number must follow =") == 0;
	}
	slot = slot_find(name);
	if (slot == S_NONE && !span_is(name, "none"))
		return slip(p, s, "there is no slot of this name") == 0;
	/* Their values are rows of tables. */
	if (slot == S_HOLIDAY || slot == S_ZONE)
		return slip(p, s, "only words of its class fill this slot") == 0;
	if (first) {
		c->slot = (uint8_t)slot;
		c->fixed = equals != NULL;
		c->value = value;
		return true;
	}
	if (equals == NULL || c->n_more == CHOICE_SETS)
		return slip(p, s, "only the first slot takes the value of the word") == 0;
	c->more_slot[c->n_more] = (uint8_t)slot;
	c->more[c->n_more++] = value;
	return true;
}

/* "NAME", "NAME:slot", "NAME:slot=3", "NAME:slot:slot2=4" */
static bool
choice(struct parser *p, struct span s, struct choice *c)
{
	const char *colon = s.n > 1 ? memchr(s.p + 1, ':', s.n - 1) : NULL;
	struct span name = s, rest;

	*c = (struct choice){ 0 };
	if (colon != NULL)
		name.n = (size_t)(colon - s.p);
	/* A lone slash parts alternatives; "//" is the mark itself. */
	if (span_is(name, "//"))
		name.n = 1;
	if (!words_class_known(p->g->words, name))
		return slip(p, s, "there is no class of this name; words are in small letters") ==
		       0;
	c->atom = words_atom(p->g->words, name);
	if (words_refused(p->g->words) != NULL)
		return slip(p, s, words_refused(p->g->words)) == 0;
	c->slot = (uint8_t)words_slot(p->g->words, c->atom);
	c->said = colon != NULL;
	for (bool first = true; colon != NULL && name.n < s.n; first = false) {
		rest = span_cut(s, name.n + 1, s.n);
		colon = memchr(rest.p, ':', rest.n);
		if (colon != NULL)
			rest.n = (size_t)(colon - rest.p);
		if (!assignment(p, rest, c, first))
			return false;
		name.n += 1 + rest.n;
	}
	return true;
}

/* "this|next:rel=1": what the last choice says holds for those that say nothing. */
static void
share_slots(struct grammar *g, const struct node *n)
{
	struct choice *last = &g->choice.at[n->first + n->n - 1];

	for (uint32_t k = 0; last->said && k + 1 < n->n; k++) {
		struct choice *c = &g->choice.at[n->first + k];
		uint16_t atom = c->atom;

		if (c->said)
			continue;
		*c = *last;
		c->atom = atom;
	}
}

static uint32_t
element(struct parser *p, struct span s, uint32_t next)
{
	struct node n = { .op = NODE_ELEM, .a = next };
	struct grammar *g = p->g;
	struct memo *m = memo_of(p, s.p);

	if (s.p[0] == '~' && s.n > 1) {
		n.glued = true;
		s = span_cut(s, 1, s.n);
	}
	if (m != NULL && m->n != 0) {
		n.first = m->first;
		n.n = m->n;
		return push(p, n);
	}
	n.first = (uint32_t)g->choice.n;
	for (size_t from = 0; from < s.n;) {
		const char *bar =
		    s.n - from > 1 ? memchr(s.p + from + 1, '|', s.n - from - 1) : NULL;
		size_t to = bar == NULL ? s.n : (size_t)(bar - s.p);
		struct choice c;

		if (!choice(p, span_cut(s, from, to), &c))
			return UINT32_MAX;
		VEC_PUSH(g->arena, &g->choice, c);
		n.n++;
		from = to + 1;
	}
	share_slots(g, &n);
	if (m != NULL) {
		m->first = n.first;
		m->n = n.n;
	}
	return push(p, n);
}

/* Recursion goes over the brackets and parts of a pattern, never over input, and MACRO_DEPTH bounds it; each leaf makes
 * a node, so NODE_MAX bounds the time. NOLINTBEGIN(misc-no-recursion) */
static uint32_t
macro(struct parser *p, struct span name, uint32_t next)
{
	struct grammar *g = p->g;
	uint32_t start;

	for (size_t i = 0; i < g->macro.n; i++) {
		if (!span_eq(g->macro.at[i].id, name))
			continue;
		if (p->depth == MACRO_DEPTH)
			return slip(p, name, "patterns are nested too deeply");
		p->depth++;
		p->in_part++;
		start = alternatives(p, g->macro.at[i].text, next);
		p->in_part--;
		p->depth--;
		return start;
	}
	return slip(p, name, "there is no pattern of this name above");
}

static uint32_t
group(struct parser *p, const struct item *it, uint32_t next)
{
	uint32_t start;

	if (p->depth == MACRO_DEPTH)
		return slip(p, it->text, "patterns are nested too deeply");
	if (it->kind == '{') {
		next = push(p, (struct node){ .op = NODE_CLOSE, .a = next });
		if (next == UINT32_MAX)
			return next;
	}
	p->depth++;
	start = alternatives(p, it->text, next);
	p->depth--;
	if (it->kind == '{' && start != UINT32_MAX)
		start = push(p, (struct node){ .op = NODE_OPEN, .a = start });
	return start;
}

static uint32_t
one(struct parser *p, const struct item *it, uint32_t next)
{
	uint32_t start;

	if (it->kind != 'e')
		start = group(p, it, next);
	else if (it->text.p[0] == '$')
		start = macro(p, it->text, next);
	else
		start = element(p, it->text, next);
	if (it->optional && start != UINT32_MAX)
		start = push(p, (struct node){ .op = NODE_SPLIT, .a = start, .b = next });
	return start;
}

static uint32_t
sequence(struct parser *p, struct span text, uint32_t next)
{
	struct item item[ITEMS_MAX];
	size_t n = 0;

	while (next_item(p, &text, &item[n]))
		if (++n == ITEMS_MAX)
			return slip(p, text, "the pattern is too long");
	if (p->slip.what != NULL)
		return UINT32_MAX;
	if (n == 0)
		return slip(p, text, "a pattern, or one of its alternatives, is empty");
	while (n > 0 && next != UINT32_MAX)
		next = one(p, &item[--n], next);
	return next;
}

/* The next " / " outside of brackets, or the end. */
static size_t
slash(struct span text)
{
	int depth = 0;

	for (size_t i = 0; i < text.n; i++) {
		bool alone = i == 0 || text.p[i - 1] == ' ';

		if (!alone)
			continue;
		if (text.p[i] == '(' || text.p[i] == '{')
			depth++;
		else if (text.p[i] == ')' || text.p[i] == '}')
			depth--;
		else if (depth == 0 && text.p[i] == '/' && i + 1 < text.n && text.p[i + 1] == ' ')
			return i;
	}
	return text.n;
}

/* End of the first alternative. */
static size_t
alternative_end(struct parser *p, struct span text)
{
	struct memo *m = memo_of(p, text.p);

	if (m == NULL)
		return slash(text);
	if (m->alternative_end == 0)
		m->alternative_end = (uint32_t)slash(text);
	return m->alternative_end;
}

static uint32_t
alternatives(struct parser *p, struct span text, uint32_t next)
{
	uint32_t start = UINT32_MAX;

	for (;;) {
		size_t end = alternative_end(p, text);
		uint32_t here = sequence(p, span_cut(text, 0, end), next);

		if (here == UINT32_MAX)
			return here;
		start = start == UINT32_MAX
			    ? here
			    : push(p, (struct node){ .op = NODE_SPLIT, .a = start, .b = here });
		if (end == text.n || start == UINT32_MAX)
			return start;
		text = span_cut(text, end + 1, text.n);
	}
}

/* NOLINTEND(misc-no-recursion) */

uint32_t
parse_pattern(struct grammar *g, struct span text, uint32_t accept, struct parse_slip *slip)
{
	struct parser p = { .g = g, .text = text };
	uint32_t start = alternatives(&p, text, accept);

	*slip = p.slip;
	return start;
}
