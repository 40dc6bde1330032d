/* where_parse.c - a condition from its text: one pass, with a stack of the open brackets. */
#include "ascii.h"
#include "where_own.h"

/* An open bracket: "or" of "and"s. */
struct open {
	uint32_t either, both;
	bool negate; /* a "not" waits for what comes next */
	size_t column;
};

struct parser {
	struct condition *c;
	struct span s;
	size_t at;
	struct open open[WHERE_DEPTH];
	size_t depth;
	struct where_fault *fault;
};

static void
skip_blanks(struct parser *p)
{
	while (p->at < p->s.n && ascii_space((unsigned char)p->s.p[p->at]))
		p->at++;
}

static char
peek(const struct parser *p)
{
	return p->at < p->s.n ? p->s.p[p->at] : '\0';
}

static bool
is_name_char(char c)
{
	return ascii_alnum((unsigned char)c) || c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

/* Past the word if it stands here by itself, and blanks behind it. */
static bool
take_word(struct parser *p, const char *word)
{
	size_t n = strlen(word);

	if (!span_starts(span_cut(p->s, p->at, p->s.n), span_c(word)) ||
	    (p->at + n < p->s.n && (is_name_char(p->s.p[p->at + n]) || p->s.p[p->at + n] == '.')))
		return false;
	p->at += n;
	skip_blanks(p);
	return true;
}

/* What stands here, cut for a message. */
static struct span
shown(const struct parser *p)
{
	size_t n = p->at;

	while (n < p->s.n && n - p->at < 40 && !ascii_space((unsigned char)p->s.p[n]))
		n++;
	return span_cut(p->s, p->at, n);
}

static bool
expected(struct parser *p, const char *what)
{
	struct span here = shown(p);

	if (here.n == 0)
		return where_fault(p->fault, p->at + 1, "%s expected at the end", what);
	return where_fault(
	    p->fault, p->at + 1, "%s expected, not \"%.*s\"", what, (int)here.n, here.p);
}

/* The same, for what may be a word mistyped. */
static bool
expected_word(struct parser *p, const char *what, struct span typed, const char *const *names)
{
	char word[32];
	const char *near = NULL;

	if (typed.n > 0 && typed.n < sizeof(word)) {
		memcpy(word, typed.p, typed.n);
		word[typed.n] = '\0';
		near = diag_near(word, names);
	}
	if (near == NULL)
		return expected(p, what);
	return where_fault(p->fault, p->at + 1, "%s expected; did you mean \"%s\"?", what, near);
}

/* A text in quotation marks, the first at hand. */
static bool
quoted(struct parser *p, struct span *out)
{
	char mark = p->s.p[p->at], *copy = arena_raw(&p->c->arena, p->s.n + 1, 1);
	size_t start = p->at++, n = 0;

	for (; p->at < p->s.n && p->s.p[p->at] != mark; p->at++) {
		bool escape = mark == '"' && p->s.p[p->at] == '\\' && p->at + 1 < p->s.n &&
			      (p->s.p[p->at + 1] == '"' || p->s.p[p->at + 1] == '\\');

		p->at += escape;
		copy[n++] = p->s.p[p->at];
	}
	if (p->at == p->s.n)
		return where_fault(p->fault, start + 1, "the quotation mark is not closed");
	p->at++;
	*out = (struct span){ copy, n };
	return true;
}

static bool
ends_value(char c)
{
	return ascii_space((unsigned char)c) || c == ',' || c == '(' || c == ')';
}

static bool
bare(struct parser *p, struct span *out)
{
	size_t start = p->at;

	while (p->at < p->s.n && !ends_value(p->s.p[p->at]))
		p->at++;
	*out = span_cut(p->s, start, p->at);
	return out->n > 0 || expected(p, "a value");
}

/* A word with .. in it is a range. */
static void
cut_range(struct operand *o)
{
	const char *dots = memmem(o->text.p, o->text.n, "..", 2);

	if (o->quoted || dots == NULL)
		return;
	o->to = span_cut(o->text, (size_t)(dots - o->text.p) + 2, o->text.n);
	o->text.n = (size_t)(dots - o->text.p);
}

static bool
value(struct parser *p, struct operand *o)
{
	char c;

	skip_blanks(p);
	c = peek(p);
	*o = (struct operand){ .column = p->at + 1, .label = -1 };
	o->quoted = c == '"' || c == '\'';
	if (o->quoted ? !quoted(p, &o->text) : !bare(p, &o->text))
		return false;
	skip_blanks(p);
	return true;
}

/* ---- fields ---- */

static bool
field_value(struct parser *p, struct leaf *l)
{
	struct operand o;
	struct span whole;

	if (!value(p, &o))
		return false;
	whole = o.text;
	if (l->op == OP_IN)
		cut_range(&o);
	if (l->op == OP_MATCH && !where_pattern(p->c, &o, 0, p->fault))
		return false;
	if (o.to.p != NULL && o.text.n == 0 && o.to.n == 0)
		return where_fault(p->fault, o.column, "a range needs a beginning or an end");
	o.has_period = period_parse(whole, p->c->how.today, &o.period);
	VEC_PUSH(&p->c->arena, &l->want, o);
	return true;
}

static bool
one_name(struct parser *p, struct span *name)
{
	size_t start = p->at;

	if (peek(p) == '"' || peek(p) == '\'')
		return quoted(p, name);
	while (p->at < p->s.n && is_name_char(p->s.p[p->at]))
		p->at++;
	*name = span_cut(p->s, start, p->at);
	return name->n > 0 || expected(p, "the name of a member");
}

static bool
path(struct parser *p, struct leaf *l)
{
	do {
		if (l->n_segment == WHERE_SEGMENTS)
			return where_fault(
			    p->fault, p->at + 1, "more than %d names in a path", WHERE_SEGMENTS);
		if (!one_name(p, &l->segment[l->n_segment++]))
			return false;
	} while (peek(p) == '.' && ++p->at > 0);
	skip_blanks(p);
	return true;
}

/* In an order in which none is the beginning of a later one. */
static const struct {
	const char *text;
	enum field_op op;
} sign[] = { { "!=", OP_NE }, { "<=", OP_LE }, { ">=", OP_GE }, { "==", OP_EQ }, { "=", OP_EQ },
	{ "<", OP_LT }, { ">", OP_GT }, { "~", OP_MATCH } };

static bool
take_operator(struct parser *p, struct leaf *l)
{
	for (size_t i = 0; i < sizeof(sign) / sizeof(sign[0]); i++) {
		struct span text = span_c(sign[i].text);

		if (!span_starts(span_cut(p->s, p->at, p->s.n), text))
			continue;
		p->at += text.n;
		l->op = (uint8_t)sign[i].op;
		return true;
	}
	return false;
}

/* ---- lists ---- */

static bool
item(struct parser *p, struct leaf *l, const char *special)
{
	struct operand o;

	if (special == NULL)
		return field_value(p, l);
	if (!value(p, &o))
		return false;
	return where_special(p->c, l, special, o, p->fault);
}

static bool
list(struct parser *p, struct leaf *l, const char *special)
{
	bool bracket = peek(p) == '(', more = true;

	p->at += bracket;
	while (more) {
		if (!item(p, l, special))
			return false;
		more = peek(p) == ',';
		p->at += more;
	}
	if (bracket && peek(p) != ')')
		return expected(p, "a comma or )");
	p->at += bracket;
	return true;
}

/* ---- tests ---- */

/* The special test that stands here with a value behind it, not an operator; else NULL, nothing taken. */
static const char *
take_special(struct parser *p)
{
	size_t start = p->at;

	for (size_t i = 0; where_specials[i] != NULL; i++) {
		struct leaf any;
		size_t behind;

		if (!take_word(p, where_specials[i]))
			continue;
		behind = p->at;
		if (!take_operator(p, &any) && !take_word(p, "in") && !take_word(p, "exists"))
			return where_specials[i];
		/* ~RE is a value of these two. */
		if (p->s.p[behind] == '~' && behind > start &&
		    (strcmp(where_specials[i], "ent") == 0 ||
			strcmp(where_specials[i], "quote-by") == 0)) {
			p->at = behind;
			return where_specials[i];
		}
		p->at = start;
		return NULL;
	}
	return NULL;
}

static bool
field_test(struct parser *p, struct leaf *l, size_t start)
{
	static const char *const known[] = { "regexp", "ent", "date-in", "since", "until",
		"quote-by", "quote", "kind", "not", NULL };
	static const char *const after[] = { "in", "exists", NULL };
	struct span typed;

	if (!path(p, l))
		return false;
	typed = l->segment[0];
	if (take_word(p, "exists")) {
		l->op = OP_EXISTS;
		return true;
	}
	if (take_word(p, "in")) {
		l->op = OP_IN;
		return list(p, l, NULL);
	}
	if (take_operator(p, l))
		return field_value(p, l);
	if (l->n_segment == 1 && diag_near(arena_cstr(&p->c->arena, typed), known) != NULL) {
		p->at = start;
		return expected_word(p, "a test", typed, known);
	}
	return expected_word(p, "= != < <= > >= ~ in or exists", shown(p), after);
}

static bool
test(struct parser *p)
{
	struct open *o = &p->open[p->depth - 1];
	size_t start = p->at;
	const char *special = take_special(p);
	enum leaf_kind kind = special == NULL ? LEAF_FIELD : where_special_kind(special);
	struct leaf *l = where_leaf(p->c, kind, o->both);

	if (l == NULL)
		return where_fault(p->fault, p->at + 1, "more than %d tests", WHERE_NODES);
	p->c->node.at[p->c->node.n - 1].negate = o->negate;
	o->negate = false;
	return special != NULL ? list(p, l, special) : field_test(p, l, start);
}

/* ---- brackets ---- */

static bool
open_bracket(struct parser *p)
{
	struct open *o = &p->open[p->depth];

	if (p->depth == WHERE_DEPTH)
		return where_fault(p->fault, p->at + 1, "brackets more than %d deep", WHERE_DEPTH);
	if (p->c->node.n + 2 > WHERE_NODES)
		return where_fault(p->fault, p->at + 1, "more than %d tests", WHERE_NODES);
	*o = (struct open){ .column = p->at + 1 };
	o->either = where_node(p->c, NODE_OR, NO_NODE);
	o->both = where_node(p->c, NODE_AND, o->either);
	p->depth++;
	return true;
}

static void
close_bracket(struct parser *p)
{
	uint32_t node = p->open[--p->depth].either;
	struct open *o = &p->open[p->depth - 1];

	where_attach(p->c, node, o->both);
	p->c->node.at[node].negate = o->negate;
	o->negate = false;
}

/* "not"s, brackets, then a test. */
static bool
operand(struct parser *p)
{
	for (;;) {
		skip_blanks(p);
		if (take_word(p, "not")) {
			p->open[p->depth - 1].negate ^= true;
		} else if (peek(p) == '(') {
			if (!open_bracket(p))
				return false;
			p->at++;
		} else {
			return test(p);
		}
	}
}

/* Past closing brackets, "and" and "or"; *more: an operand must follow. */
static bool
joint(struct parser *p, bool *more)
{
	static const char *const joints[] = { "and", "or", NULL };
	struct open *o;

	skip_blanks(p);
	while (peek(p) == ')' && p->depth > 1) {
		close_bracket(p);
		p->at++;
		skip_blanks(p);
	}
	o = &p->open[p->depth - 1];
	*more = p->at < p->s.n;
	if (!*more)
		return p->depth == 1 ||
		       where_fault(p->fault, o->column, "the bracket is not closed");
	if (take_word(p, "and"))
		return true;
	if (!take_word(p, "or"))
		return expected_word(p, "and, or, or the end", shown(p), joints);
	if (p->c->node.n >= WHERE_NODES)
		return where_fault(p->fault, p->at + 1, "more than %d tests", WHERE_NODES);
	o->both = where_node(p->c, NODE_AND, o->either);
	return true;
}

bool
where_parse(struct condition *c, struct span text, struct where_fault *f)
{
	struct parser p = { .c = c, .s = arena_copy(&c->arena, text), .fault = f };
	bool more = true;

	if (!open_bracket(&p))
		return false;
	while (more)
		if (!operand(&p) || !joint(&p, &more))
			return false;
	where_attach(c, p.open[0].either, 0);
	return true;
}
