/* where_field.c - the value of a member by its path, and how it compares. Walks raw JSON with a stack of its own. */
#include "json.h"
#include "record_own.h"
#include "where_own.h"

enum { FRAMES = 2 * WHERE_SEGMENTS + 2 };

/* A value found: strings decoded, all else as it is written. */
struct value {
	enum json_type type;
	struct span text;
};

/* ---- comparing ---- */

static bool
in_range(const struct operand *o, const struct value *v)
{
	return (o->text.n == 0 || where_compare_numbers(v->text, o->text) >= 0) &&
	       (o->to.n == 0 || where_compare_numbers(v->text, o->to) <= 0);
}

/* By days; *known: both are dates. */
static bool
compare_periods(enum field_op op, const struct operand *o, const struct value *v, bool *known)
{
	struct period p = { 0, 0 }, want = o->period;

	*known =
	    o->has_period && !o->quoted && v->type == JSON_STRING && period_of_value(v->text, &p);
	switch (op) {
	case OP_EQ:
	case OP_NE:
		return p.from >= want.from && p.to <= want.to;
	case OP_LT:
		return p.to < want.from;
	case OP_LE:
		return p.from <= want.to;
	case OP_GT:
		return p.from > want.to;
	case OP_GE:
		return p.to >= want.from;
	default:
		return period_meets(p, want);
	}
}

static int
compare_bytes(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return order != 0 ? order : a.n < b.n ? -1 : a.n > b.n;
}

static bool
by_order(enum field_op op, int order)
{
	switch (op) {
	case OP_LT:
		return order < 0;
	case OP_LE:
		return order <= 0;
	case OP_GT:
		return order > 0;
	case OP_GE:
		return order >= 0;
	default:
		return order == 0;
	}
}

static bool
both_numbers(const struct operand *o, const struct value *v)
{
	if (o->quoted || !(v->type == JSON_NUMBER || where_is_number(v->text)))
		return false;
	return o->to.p == NULL ? where_is_number(o->text)
			       : (o->text.n == 0 || where_is_number(o->text)) &&
				     (o->to.n == 0 || where_is_number(o->to));
}

static bool
compare(enum field_op op, const struct operand *o, const struct value *v)
{
	bool known, holds = compare_periods(op, o, v, &known);

	if (known)
		return holds;
	if (both_numbers(o, v))
		return o->to.p != NULL ? in_range(o, v)
				       : by_order(op, where_compare_numbers(v->text, o->text));
	if (o->to.p != NULL)
		return (o->text.n == 0 || compare_bytes(v->text, o->text) >= 0) &&
		       (o->to.n == 0 || compare_bytes(v->text, o->to) <= 0);
	return by_order(op, compare_bytes(v->text, o->text));
}

static bool
scalar_holds(struct where_ask *ask, const struct leaf *l, const struct value *v)
{
	for (size_t i = 0; i < l->want.n; i++) {
		const struct operand *o = &l->want.at[i];

		if (l->op == OP_MATCH ? where_match(ask, o->regex, v->text)
				      : compare((enum field_op)l->op, o, v))
			return true;
	}
	return false;
}

/* ---- paths ---- */

/* An array or an object being gone through, and the segment of the path that its values are looked at with. */
struct frame {
	struct json j;
	size_t segment;
	bool object, more;
};

struct search {
	struct where_ask *ask;
	const struct leaf *leaf;
	struct frame frame[FRAMES];
	size_t depth;
};

static void
push(struct search *s, struct span raw, size_t segment)
{
	struct frame *f = &s->frame[s->depth];

	if (s->depth == FRAMES)
		return;
	*f = (struct frame){
		.j = { raw.p, raw.p + raw.n, NULL }, .segment = segment, .object = *raw.p == '{'
	};
	f->more = json_begin(&f->j, *raw.p);
	s->depth++;
}

static bool
decoded_holds(struct search *s, struct span raw)
{
	struct value v = { json_type(raw), raw };

	if (v.type == JSON_STRING)
		v.text = json_unescape(span_cut(raw, 1, raw.n - 1), s->ask->record->arena, NULL);
	return scalar_holds(s->ask, s->leaf, &v);
}

static bool
is_empty_container(struct span raw)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };

	return !json_begin(&j, *raw.p);
}

/* One value, with the rest of the path: true if the test holds. in_array: it is an element of one. */
static bool
visit(struct search *s, struct span raw, size_t segment, bool in_array)
{
	enum json_type type = json_type(raw);
	bool container = type == JSON_ARRAY || type == JSON_OBJECT;

	if (segment == s->leaf->n_segment && s->leaf->op == OP_EXISTS)
		return type != JSON_NULL && !(container && is_empty_container(raw));
	if ((type == JSON_ARRAY && !in_array) ||
	    (type == JSON_OBJECT && segment < s->leaf->n_segment))
		push(s, raw, segment);
	return !container && segment == s->leaf->n_segment && decoded_holds(s, raw);
}

static bool
key_is(struct search *s, struct span key, size_t segment)
{
	if (key.n > 0 && memchr(key.p, '\\', key.n) != NULL)
		key = json_unescape(key, s->ask->record->arena, NULL);
	return span_eq(key, s->leaf->segment[segment]);
}

/* The next value of the innermost container; false: it has no more. */
static bool
step(struct search *s, bool *holds)
{
	struct frame *f = &s->frame[s->depth - 1];
	struct frame now = *f;
	struct span key, raw;
	bool take = true;

	if (!now.more)
		return false;
	if (now.object)
		take = json_key(&now.j, &key) && key_is(s, key, now.segment);
	if (!json_value(&now.j, &raw))
		return false;
	now.more = json_more(&now.j, now.object ? '}' : ']');
	*f = now;
	*holds = take && visit(s, raw, now.segment + now.object, !now.object);
	return true;
}

/* The path from segment 1 on in a raw value. */
static bool
search_value(struct where_ask *ask, const struct leaf *l, struct span raw)
{
	struct search s = { .ask = ask, .leaf = l };
	bool holds = visit(&s, raw, 1, false);

	while (!holds && s.depth > 0)
		if (!step(&s, &holds))
			s.depth--;
	return holds;
}

/* ---- members ---- */

static bool
string_holds(struct where_ask *ask, const struct leaf *l, enum json_type type, struct span s)
{
	struct value v = { type, s };

	if (s.p == NULL || l->n_segment != 1)
		return false;
	return l->op == OP_EXISTS || scalar_holds(ask, l, &v);
}

static const struct member *
member_named(const struct record *r, struct span name)
{
	for (size_t i = 0; i < r->member.n; i++) {
		struct span key = r->member.at[i].key;

		if (key.n > 0 && memchr(key.p, '\\', key.n) != NULL)
			key = json_unescape(key, r->arena, NULL);
		if (span_eq(key, name))
			return &r->member.at[i];
	}
	return NULL;
}

static struct span
extra_named(const struct record *r, struct span name)
{
	struct span raw = { NULL, 0 };

	for (size_t i = 0; i < r->extra.n; i++)
		if (span_eq(r->extra.at[i].key, name))
			raw = r->extra.at[i].raw;
	return raw;
}

/* A layer as JSON: as it came, or, set anew or made for this question, as it would be written. */
static struct span
layer_raw(struct where_ask *ask, enum layer which)
{
	struct record *r = ask->record;
	const struct member *m = member_named(r, span_c(layer_name[which]));
	struct buf out = { 0 };
	struct span raw = { NULL, 0 };

	if (m != NULL && (r->set & 1U << which) == 0 && json_type(m->raw) != JSON_NULL)
		return m->raw;
	if ((r->have & 1U << which) == 0 && (ask->need == NULL || !ask->need(ask->ctx, which)))
		return raw;
	record_put_layer(r, &out, which);
	raw = arena_copy(r->arena, buf_span(&out));
	buf_free(&out);
	return raw;
}

static bool
known_field(struct where_ask *ask, const struct leaf *l, bool *holds)
{
	const struct record *r = ask->record;
	struct span name = l->segment[0];

	*holds = false;
	if (span_is(name, "text"))
		*holds = string_holds(ask, l, JSON_STRING, r->text);
	else if (span_is(name, "title"))
		*holds = string_holds(ask, l, JSON_STRING, r->title);
	else if (span_is(name, "date"))
		*holds = string_holds(ask, l, JSON_STRING, r->date);
	else if (span_is(name, "id"))
		*holds = string_holds(ask, l, JSON_STRING, r->id);
	else if (span_is(name, "source") && (r->own & 1U << FIELD_SOURCE) != 0)
		*holds = string_holds(ask, l, JSON_STRING, r->source);
	else if (span_is(name, "line") && (r->own & 1U << FIELD_LINE) != 0)
		*holds = string_holds(ask, l, JSON_NUMBER, arena_fmt(r->arena, "%zu", r->line));
	else
		return false;
	return true;
}

bool
where_field(struct where_ask *ask, const struct leaf *l)
{
	const struct record *r = ask->record;
	const struct member *m;
	struct span raw = { NULL, 0 };
	bool holds, layer = false;

	if (known_field(ask, l, &holds))
		return l->op == OP_NE ? !holds : holds;
	for (size_t i = 0; i < N_LAYER; i++) {
		if (!span_is(l->segment[0], layer_name[i]))
			continue;
		raw = layer_raw(ask, (enum layer)i);
		layer = true;
	}
	if (!layer) {
		raw = extra_named(r, l->segment[0]);
		m = raw.p == NULL ? member_named(r, l->segment[0]) : NULL;
		if (m != NULL)
			raw = m->fresh.p != NULL ? m->fresh : m->raw;
	}
	holds = raw.p != NULL && search_value(ask, l, raw);
	return l->op == OP_NE ? !holds : holds;
}
