/* where.c - a condition as a tree of tests: built in parts, put in order of cost when it is complete. */
#include "where.h"

#include <stdio.h>

#include "ascii.h"
#include "names.h"
#include "uniclass.h"
#include "utf8.h"
#include "where_own.h"

/* Ranks of cost: what a test needs before it can answer. */
enum { COST_MEMBER, COST_TEXT, COST_DATES, COST_ENTS, COST_QUOTES, COST_OTHER, N_COST };

bool
where_fault(struct where_fault *f, size_t column, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(f->what, sizeof(f->what), fmt, args);
	va_end(args);
	f->column = column;
	return false;
}

/* ---- the tree ---- */

void
where_attach(struct condition *c, uint32_t node, uint32_t parent)
{
	struct node *p = &c->node.at[parent];

	c->node.at[node].parent = parent;
	c->node.at[node].next = NO_NODE;
	if (p->first == NO_NODE)
		p->first = node;
	else
		c->node.at[p->last].next = node;
	p->last = node;
}

uint32_t
where_node(struct condition *c, enum node_kind kind, uint32_t parent)
{
	struct node n = { .kind = (uint8_t)kind,
		.parent = NO_NODE,
		.first = NO_NODE,
		.last = NO_NODE,
		.next = NO_NODE };
	uint32_t at = (uint32_t)c->node.n;

	VEC_PUSH(&c->arena, &c->node, n);
	if (parent != NO_NODE)
		where_attach(c, at, parent);
	return at;
}

struct leaf *
where_leaf(struct condition *c, enum leaf_kind kind, uint32_t parent)
{
	uint32_t n;

	if (c->node.n >= WHERE_NODES)
		return NULL;
	n = where_node(c, NODE_LEAF, parent);
	c->node.at[n].leaf = (uint32_t)c->leaf.n;
	VEC_PUSH(&c->arena, &c->leaf, (struct leaf){ .kind = (uint8_t)kind });
	return &c->leaf.at[c->leaf.n - 1];
}

struct condition *
where_new(const struct where_how *how)
{
	struct arena a = { 0 };
	struct condition *c = ARENA_NEW(&a, struct condition, 1);

	c->arena = a;
	c->how = *how;
	where_node(c, how->any ? NODE_OR : NODE_AND, NO_NODE);
	return c;
}

void
where_free(struct condition *c)
{
	struct arena a;

	if (c == NULL)
		return;
	for (size_t i = 0; i < c->regex.n; i++)
		regex_free(c->regex.at[i]);
	a = c->arena; /* it holds c too */
	arena_free(&a);
}

bool
where_is_empty(const struct condition *c)
{
	return c->leaf.n == 0;
}

unsigned
where_layers(const struct condition *c)
{
	return c->layers;
}

const struct literals *
where_literals(const struct condition *c)
{
	return &c->literals;
}

/* ---- special tests ---- */

static const struct {
	const char *name;
	enum leaf_kind kind;
} special[] = { { "regexp", LEAF_REGEXP }, { "ent", LEAF_ENT }, { "date-in", LEAF_DATE },
	{ "since", LEAF_SINCE }, { "until", LEAF_UNTIL }, { "quote-by", LEAF_QUOTE },
	{ "quote", LEAF_QUOTE }, { "kind", LEAF_QUOTE } };

const char *const where_specials[] = { "regexp", "ent", "date-in", "since", "until", "quote-by",
	"quote", "kind", NULL };

enum leaf_kind
where_special_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (strcmp(special[i].name, name) == 0)
			return special[i].kind;
	return LEAF_FIELD;
}

/* Whole words: no letter, digit or _ before and behind. */
static struct span
whole_words(struct condition *c, struct span pattern)
{
	return arena_fmt(
	    &c->arena, "(?<!\\w)(?:%.*s)(?!\\w)", (int)pattern.n, pattern.n == 0 ? "" : pattern.p);
}

static struct span
escaped(struct condition *c, struct span text)
{
	char *p = arena_raw(&c->arena, text.n * 2 + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char b = (unsigned char)text.p[i];

		if (b < 0x80 && b > ' ' && !ascii_alnum(b))
			p[n++] = '\\';
		p[n++] = text.p[i];
	}
	return (struct span){ p, n };
}

bool
where_pattern(struct condition *c, struct operand *o, unsigned flags, struct where_fault *f)
{
	struct span pattern = o->text;
	char what[128];
	size_t at;

	if (utf8_valid(pattern) != pattern.n)
		return where_fault(f, o->column, "the pattern is not valid UTF-8");
	o->regex = regex_new(pattern, flags | REGEX_USER, &at, what);
	if (o->regex == NULL)
		return where_fault(f, o->column, "bad pattern, at its byte %zu: %s", at + 1, what);
	VEC_PUSH(&c->arena, &c->regex, o->regex); /* NOLINT(bugprone-sizeof-expression) */
	return true;
}

/* Of the text, as -e -i -w -F have it. The pattern as it was given is kept, for its literals. */
static bool
text_pattern(struct condition *c, struct operand *o, struct where_fault *f)
{
	struct operand wrapped = *o;

	if (c->how.fixed)
		wrapped.text = escaped(c, wrapped.text);
	if (c->how.word) { /* alone first: a bracket too many must not close ours */
		if (!where_pattern(c, &wrapped, 0, f))
			return false;
		wrapped.text = whole_words(c, wrapped.text);
	}
	if (!where_pattern(c, &wrapped, c->how.icase ? REGEX_ICASE : 0, f))
		return false;
	o->regex = wrapped.regex;
	return true;
}

/* The word of a list that s is, or a fault that names the nearest. */
static int
word_among(
    struct span s, const char *const *names, size_t column, const char *what, struct where_fault *f)
{
	char typed[64];
	const char *near;
	size_t n = s.n < sizeof(typed) - 1 ? s.n : sizeof(typed) - 1;

	for (int i = 0; names[i] != NULL; i++)
		if (span_is(s, names[i]))
			return i;
	if (n > 0)
		memcpy(typed, s.p, n);
	typed[n] = '\0';
	near = diag_near(typed, names);
	if (near != NULL)
		where_fault(
		    f, column, "unknown %s \"%s\"; did you mean \"%s\"?", what, typed, near);
	else
		where_fault(f, column, "unknown %s \"%s\"", what, typed);
	return -1;
}

/* Letters and _ before a = are a label. */
static bool
cut_label(struct operand *o, struct where_fault *f)
{
	static const char *const labels[] = { "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC",
		"PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", NULL }; /* ent_name */
	const char *eq = o->text.n == 0 ? NULL : memchr(o->text.p, '=', o->text.n);
	char upper[16];
	size_t n = eq == NULL ? 0 : (size_t)(eq - o->text.p);

	o->label = -1;
	for (size_t i = 0; i < n; i++)
		if (!ascii_alpha((unsigned char)o->text.p[i]) && o->text.p[i] != '_')
			return true;
	if (n == 0)
		return true;
	for (size_t i = 0; i < n && i < sizeof(upper); i++)
		upper[i] = ascii_lower((unsigned char)o->text.p[i]) ? (char)(o->text.p[i] - 32)
								    : o->text.p[i];
	if (n > sizeof(upper))
		n = sizeof(upper);
	o->label = word_among((struct span){ upper, n }, labels, o->column, "label", f);
	o->text = span_cut(o->text, (size_t)(eq - o->text.p) + 1, o->text.n);
	return o->label >= 0;
}

/* A name, ~RE, or, behind a label, nothing. */
static bool
name_wanted(struct condition *c, struct operand *o, struct where_fault *f)
{
	if (o->text.n > 0 && *o->text.p == '~') {
		o->text = span_cut(o->text, 1, o->text.n);
		return where_pattern(c, o, REGEX_ICASE, f);
	}
	o->text = where_folded(o->text, &c->arena);
	if (o->text.n == 0 && o->label < 0)
		return where_fault(f, o->column, "a name must not be empty");
	return true;
}

static bool
period_wanted(struct condition *c, struct operand *o, struct where_fault *f)
{
	struct span s = o->text;

	if (o->to.p != NULL)
		s = arena_fmt(&c->arena, "%.*s..%.*s", (int)s.n, s.p, (int)o->to.n, o->to.p);
	if (period_parse(s, c->how.today, &o->period))
		return true;
	return where_fault(f, o->column,
	    "\"%.*s\" is no period such as 2021-12, 2021-12-04, 2021-12-01..2021-12-10 or "
	    "last-week",
	    (int)(s.n < 60 ? s.n : 60), s.n == 0 ? "" : s.p);
}

static bool
quote_wanted(
    struct condition *c, struct leaf *l, const char *name, struct operand *o, struct where_fault *f)
{
	static const char *const kinds[] = { "direct", "mixed", "indirect", "attitude", NULL };
	int kind;

	o->label = -1;
	if (strcmp(name, "kind") == 0) {
		kind = word_among(o->text, kinds, o->column, "kind", f);
		l->kinds |= kind < 0 ? 0 : 1U << kind;
		return kind >= 0;
	}
	if (strcmp(name, "quote") == 0) {
		if (!where_pattern(c, o, 0, f))
			return false;
		VEC_PUSH(&c->arena, &l->words, *o);
		return true;
	}
	if (!name_wanted(c, o, f))
		return false;
	VEC_PUSH(&c->arena, &l->want, *o);
	return true;
}

bool
where_special(struct condition *c, struct leaf *l, const char *name, struct operand want,
    struct where_fault *f)
{
	bool good;

	switch ((enum leaf_kind)l->kind) {
	case LEAF_REGEXP:
		good = text_pattern(c, &want, f);
		break;
	case LEAF_ENT:
		good = cut_label(&want, f) && name_wanted(c, &want, f);
		break;
	case LEAF_QUOTE:
		return quote_wanted(c, l, name, &want, f);
	default:
		good = period_wanted(c, &want, f);
	}
	if (good)
		VEC_PUSH(&c->arena, &l->want, want);
	return good;
}

/* Values that must all hold are tests of their own; those on quotations and on the record's date are not. */
static bool
one_by_one(const struct condition *c, enum leaf_kind kind)
{
	return c->how.all && (kind == LEAF_REGEXP || kind == LEAF_ENT || kind == LEAF_DATE);
}

bool
where_option(struct condition *c, const char *name, struct span lines, struct where_fault *f)
{
	enum leaf_kind kind = where_special_kind(name);
	struct leaf *l = where_leaf(c, kind, 0);
	bool more = true;

	for (size_t at = 0; more; at++) {
		const char *end = lines.n <= at ? NULL : memchr(lines.p + at, '\n', lines.n - at);
		size_t to = end == NULL ? lines.n : (size_t)(end - lines.p);
		struct operand o = { .text = { lines.p + at, to - at }, .column = at + 1 };

		if (l == NULL)
			return where_fault(f, at + 1, "more than %d tests", WHERE_NODES);
		o.text = arena_copy(&c->arena, o.text);
		if (!where_special(c, l, name, o, f))
			return false;
		at = to;
		more = end != NULL;
		if (more && one_by_one(c, kind))
			l = where_leaf(c, kind, 0);
	}
	return true;
}

/* ---- what it takes, and how much ---- */

static unsigned
field_layers(const struct leaf *l)
{
	for (unsigned i = 0; i < N_LAYER; i++)
		if (span_is(l->segment[0], layer_name[i]))
			return 1U << i;
	return 0;
}

static unsigned
leaf_layers(const struct leaf *l)
{
	switch ((enum leaf_kind)l->kind) {
	case LEAF_FIELD:
		return field_layers(l);
	case LEAF_ENT:
		return 1U << LAYER_ENTS;
	case LEAF_DATE:
		return 1U << LAYER_DATES;
	case LEAF_QUOTE:
		return 1U << LAYER_QUOTES;
	default:
		return 0;
	}
}

static uint8_t
leaf_cost(const struct leaf *l)
{
	unsigned layers = leaf_layers(l);

	if (layers == 0)
		return l->kind == LEAF_REGEXP || l->op == OP_MATCH ? COST_TEXT : COST_MEMBER;
	if (layers == 1U << LAYER_DATES)
		return COST_DATES;
	if (layers == 1U << LAYER_ENTS)
		return COST_ENTS;
	return layers == 1U << LAYER_QUOTES ? COST_QUOTES : COST_OTHER;
}

static bool
can_join(const struct leaf *into, const struct leaf *from)
{
	return !(into->want.n > 0 && from->want.n > 0) &&
	       !(into->words.n > 0 && from->words.n > 0) && !(into->kinds != 0 && from->kinds != 0);
}

static void
join(struct leaf *into, const struct leaf *from)
{
	if (from->want.n > 0)
		into->want = from->want;
	if (from->words.n > 0)
		into->words = from->words;
	into->kinds |= from->kinds;
}

/* Tests on quotations below one "and" become one. */
static void
join_quotes(struct condition *c, struct node *n)
{
	struct leaf *into = NULL;
	uint32_t *link = &n->first;

	while (*link != NO_NODE) {
		struct node *k = &c->node.at[*link];
		struct leaf *l = k->kind == NODE_LEAF ? &c->leaf.at[k->leaf] : NULL;

		if (l == NULL || l->kind != LEAF_QUOTE || k->negate) {
			link = &k->next;
		} else if (into != NULL && can_join(into, l)) {
			join(into, l);
			k->gone = true;
			*link = k->next;
		} else {
			into = l;
			link = &k->next;
		}
	}
}

/* The cheapest first; equals keep their order. */
static void
sort_children(struct condition *c, struct node *n)
{
	uint32_t first[N_COST], last[N_COST], *link = &n->first;

	for (int i = 0; i < N_COST; i++)
		first[i] = last[i] = NO_NODE;
	for (uint32_t k = n->first; k != NO_NODE; k = c->node.at[k].next) {
		uint8_t cost = c->node.at[k].cost;

		if (first[cost] == NO_NODE)
			first[cost] = k;
		else
			c->node.at[last[cost]].next = k;
		last[cost] = k;
		n->cost = cost > n->cost ? cost : n->cost;
	}
	for (int i = 0; i < N_COST; i++) {
		if (first[i] == NO_NODE)
			continue;
		*link = first[i];
		link = &c->node.at[last[i]].next;
	}
	*link = NO_NODE;
}

/* ---- literals ---- */

/* Literals of the longest word of a name: words may be parted by any white space. */
static bool
literal_of_name(struct condition *c, struct span name, struct literals *out)
{
	struct span best = { name.p, 0 };

	for (size_t at = 0, end; at < name.n; at = end + 1) {
		const char *blank = memchr(name.p + at, ' ', name.n - at);

		end = blank == NULL ? name.n : (size_t)(blank - name.p);
		if (end - at > best.n)
			best = span_cut(name, at, end);
	}
	return literal_of_text(best, LITERAL_FOLDED, &c->arena, out);
}

/* A place may be called by any of its other names. */
static bool
add_aliases(struct condition *c, struct span name, struct literals *out)
{
	struct table t;

	table_load(&t, names_blobs[0], &c->arena);
	for (size_t i = 0; i < t.n_row; i++) {
		struct literals one = { .n = 0 };
		struct span known = where_folded(table_cell(&t, i, 1), &c->arena);

		if (!where_has_words(known, name))
			continue;
		literal_of_name(c, where_folded(table_cell(&t, i, 0), &c->arena), &one);
		if (!literal_either(out, &one))
			return false;
	}
	return true;
}

static bool
operand_literals(
    struct condition *c, const struct leaf *l, const struct operand *o, struct literals *out)
{
	enum literal_case how = c->how.icase ? LITERAL_CASELESS : LITERAL_EXACT;

	if (l->kind == LEAF_REGEXP && c->how.fixed)
		return literal_of_text(o->text, how, &c->arena, out);
	if (l->kind == LEAF_REGEXP)
		return literal_of_pattern(o->text, how, &c->arena, out);
	if (l->kind == LEAF_FIELD)
		return literal_of_pattern(o->text, LITERAL_EXACT, &c->arena, out);
	if (o->regex != NULL || o->text.n == 0)
		return false;
	return literal_of_name(c, o->text, out) && add_aliases(c, o->text, out);
}

/* One of the alternatives must hold. */
static void
either_literals(
    struct condition *c, const struct leaf *l, const struct operands *v, struct literals *out)
{
	out->n = 0;
	for (size_t i = 0; i < v->n; i++) {
		struct literals one = { .n = 0 };

		operand_literals(c, l, &v->at[i], &one);
		if (!literal_either(out, &one))
			return;
	}
}

static bool
is_text_match(const struct leaf *l)
{
	return l->kind == LEAF_FIELD && l->op == OP_MATCH && l->n_segment == 1 &&
	       (span_is(l->segment[0], "text") || span_is(l->segment[0], "title"));
}

static struct literals
leaf_literals(struct condition *c, const struct leaf *l)
{
	struct literals out = { .n = 0 }, words = { .n = 0 };

	if (l->kind == LEAF_REGEXP || l->kind == LEAF_ENT || l->kind == LEAF_QUOTE ||
	    is_text_match(l))
		either_literals(c, l, &l->want, &out);
	for (size_t i = 0; i < l->words.n; i++) {
		struct literals one = { .n = 0 };

		literal_of_pattern(l->words.at[i].text, LITERAL_EXACT, &c->arena, &one);
		if (!literal_either(&words, &one))
			break;
	}
	return *literal_better(&out, &words);
}

/* Children come behind their parents, so that from the end on theirs are known. */
static void
find_literals(struct condition *c)
{
	struct literals *of = ARENA_NEW(&c->arena, struct literals, c->node.n);

	for (size_t i = c->node.n; i-- > 0;) {
		const struct node *n = &c->node.at[i];

		if (n->kind == NODE_LEAF)
			of[i] = c->leaf.at[n->leaf].literals =
			    leaf_literals(c, &c->leaf.at[n->leaf]);
		for (uint32_t k = n->first; k != NO_NODE; k = c->node.at[k].next) {
			if (n->kind == NODE_AND)
				of[i] = *literal_better(&of[i], &of[k]);
			else if (!literal_either(&of[i], &of[k]))
				break;
		}
		if (n->negate)
			of[i].n = 0;
	}
	c->literals = of[0];
}

void
where_close(struct condition *c)
{
	bool *inside = ARENA_NEW(&c->arena, bool, c->node.n); /* of a "not" */

	for (size_t i = 0; i < c->node.n; i++) {
		struct node *n = &c->node.at[i];

		inside[i] = n->negate != (n->parent != NO_NODE && inside[n->parent]);
		if (n->kind == NODE_AND)
			join_quotes(c, n);
		if (n->kind == NODE_LEAF)
			c->leaf.at[n->leaf].hits = !inside[i];
	}
	for (size_t i = c->node.n; i-- > 0;) {
		struct node *n = &c->node.at[i];

		if (n->kind == NODE_LEAF) {
			c->layers |= leaf_layers(&c->leaf.at[n->leaf]);
			n->cost = leaf_cost(&c->leaf.at[n->leaf]);
		} else {
			sort_children(c, n);
		}
	}
	find_literals(c);
}

/* ---- names ---- */

/* Append the code point that stands at the start of s, folded; returns the bytes of s it takes. */
static size_t
fold_one(struct span s, char *out, size_t *n)
{
	size_t len;
	uint32_t cp = utf8_next(s, &len);
	char at[UTF8_MAX];
	size_t k;

	if ((uni_class(cp) & UNI_SPACE) != 0) {
		if (*n > 0 && out[*n - 1] != ' ')
			out[(*n)++] = ' ';
		return len;
	}
	k = utf8_encode(cp == 0x2019 ? '\'' : uni_fold(cp), at);
	memcpy(out + *n, at, k);
	*n += k;
	return len;
}

struct span
where_folded(struct span s, struct arena *a)
{
	char *out = arena_raw(a, s.n * 3 + 1, 1); /* U+0130 and the like grow, by less than that */
	size_t n = 0;

	for (size_t at = 0; at < s.n;)
		at += fold_one(span_cut(s, at, s.n), out, &n);
	if (n > 0 && out[n - 1] == ' ')
		n--;
	return (struct span){ out, n };
}

static bool
is_word_char(uint32_t cp)
{
	return (uni_class(cp) & (UNI_LETTER | UNI_MARK | UNI_DIGIT)) != 0;
}

static bool
bounded(struct span s, size_t from, size_t to)
{
	size_t len;

	return (from == 0 || !is_word_char(utf8_prev(s, from, &len))) &&
	       (to == s.n || !is_word_char(utf8_next(span_cut(s, to, s.n), &len)));
}

bool
where_has_words(struct span text, struct span name)
{
	size_t at = 0;

	if (name.n == 0)
		return true;
	while (text.n - at >= name.n) {
		const char *p = memmem(text.p + at, text.n - at, name.p, name.n);

		if (p == NULL)
			return false;
		at = (size_t)(p - text.p);
		if (bounded(text, at, at + name.n))
			return true;
		at++;
	}
	return false;
}
