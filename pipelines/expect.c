/* expect.c - trees and JSON side by side; as deep as a tree may be (NODE_DEPTH_MAX), never deeper. */
#include "expect.h"

#include "json.h"

enum { SHOWN_MAX = 300 }; /* bytes of a value in a difference */

/* Members whose value is text, however it is spelt. */
static bool
is_text_member(const char *key)
{
	static const char *const names[] = { "date", "title", "text", "source", "value", "name",
		"label", "type", "kind", "mod", "freq", "quant", NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], key) == 0)
			return true;
	return false;
}

/* Is it a number, true, false or null of JSON? */
static bool
is_literal(const char *text)
{
	struct span all = span_c(text), raw;
	struct json j = { all.p, all.p + all.n, NULL };

	if (!json_value(&j, &raw) || raw.n != all.n)
		return false;
	return json_type(raw) != JSON_STRING && json_type(raw) < JSON_ARRAY;
}

static void
put_text(const struct node *n, const char *key, struct buf *out)
{
	bool literal = n->plain && (key == NULL || !is_text_member(key)) && is_literal(n->text);

	if (literal)
		buf_str(out, n->text);
	else
		json_put(out, span_c(n->text));
}

/* Trees are at most NODE_DEPTH_MAX deep. NOLINTBEGIN(misc-no-recursion) */
static void
put_node(const struct node *n, const char *key, struct buf *out)
{
	if (n->kind == NODE_TEXT) {
		put_text(n, key, out);
		return;
	}
	buf_char(out, n->kind == NODE_LIST ? '[' : '{');
	for (size_t i = 0; i < n->item.n; i++) {
		buf_str(out, i == 0 ? "" : ",");
		put_node(n->item.at[i], key, out);
	}
	for (size_t i = 0; i < n->pair.n; i++) {
		buf_str(out, i == 0 ? "" : ",");
		json_put(out, span_c(n->pair.at[i].key));
		buf_char(out, ':');
		put_node(n->pair.at[i].value, n->pair.at[i].key, out);
	}
	buf_char(out, n->kind == NODE_LIST ? ']' : '}');
}

void
expect_put(const struct node *n, struct buf *out)
{
	put_node(n, NULL, out);
}

/* ---- JSON ---- */

static bool
is_type(struct span raw, enum json_type type)
{
	return raw.p != NULL && raw.n > 0 && json_type(raw) == type;
}

/* The value of a member, or an absent span. */
static struct span
get(struct span object, const char *key, struct arena *a)
{
	struct json j = { object.p, object.p + object.n, NULL };
	struct span body, raw;

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		if (!json_key(&j, &body) || !json_value(&j, &raw))
			break;
		if (span_is(json_unescape(body, a, NULL), key))
			return raw;
	}
	return (struct span){ 0 };
}

struct elements {
	VEC(struct span) list;
};

static void
split(struct span array, struct arena *a, struct elements *out)
{
	struct json j = { array.p, array.p + array.n, NULL };
	struct span raw;

	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		if (!json_value(&j, &raw))
			break;
		VEC_PUSH(a, &out->list, raw);
	}
}

/* ---- differences ---- */

struct matcher {
	struct arena *arena;
	struct buf *diff;
	struct buf path;
	bool same;
};

static void
put_shown(struct span s, struct buf *out)
{
	size_t n = s.n > SHOWN_MAX ? SHOWN_MAX : s.n;

	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	buf_put(out, span_cut(s, 0, n));
	buf_str(out, n < s.n ? "...\n" : "\n");
}

static void
put_side(struct matcher *m, const char *sign, struct span value)
{
	buf_str(m->diff, sign);
	buf_put(m->diff, buf_span(&m->path));
	buf_str(m->diff, m->path.n == 0 ? "" : ": ");
	put_shown(value, m->diff);
}

static void
differ(struct matcher *m, const struct node *want, struct span got)
{
	struct buf json = { 0 };

	m->same = false;
	put_node(want, NULL, &json);
	put_side(m, "- ", buf_span(&json));
	put_side(m, "+ ", got.p == NULL ? SPAN("(absent)") : got);
	buf_free(&json);
}

static bool
scalar_matches(const struct node *want, struct span got, struct arena *a)
{
	if (got.p == NULL)
		return want->plain && strcmp(want->text, "null") == 0;
	if (json_type(got) == JSON_STRING)
		return span_is(json_unescape(span_cut(got, 1, got.n - 1), a, NULL), want->text);
	return want->plain && json_type(got) < JSON_ARRAY && span_is(got, want->text);
}

static void match(struct matcher *m, const struct node *want, struct span got);

static void
match_map(struct matcher *m, const struct node *want, struct span got)
{
	size_t n = m->path.n;

	for (size_t i = 0; i < want->pair.n; i++) {
		const char *key = want->pair.at[i].key;

		buf_fmt(&m->path, "%s%s", n == 0 ? "" : ".", key);
		match(m, want->pair.at[i].value, get(got, key, m->arena));
		m->path.n = n;
	}
}

static void
match_list(struct matcher *m, const struct node *want, struct span got)
{
	struct elements e = { 0 };
	size_t n = m->path.n;

	split(got, m->arena, &e);
	if (e.list.n != want->item.n) {
		differ(m, want, got);
		return;
	}
	for (size_t i = 0; i < e.list.n; i++) {
		buf_fmt(&m->path, "[%zu]", i);
		match(m, want->item.at[i], e.list.at[i]);
		m->path.n = n;
	}
}

static void
match(struct matcher *m, const struct node *want, struct span got)
{
	if (want->kind == NODE_TEXT) {
		if (!scalar_matches(want, got, m->arena))
			differ(m, want, got);
	} else if (!is_type(got, want->kind == NODE_MAP ? JSON_OBJECT : JSON_ARRAY)) {
		differ(m, want, got);
	} else if (want->kind == NODE_MAP) {
		match_map(m, want, got);
	} else {
		match_list(m, want, got);
	}
}

bool
expect_match(const struct node *want, struct span got, struct arena *a, struct buf *diff)
{
	struct matcher m = { a, diff, { 0 }, true };

	match(&m, want, got);
	buf_free(&m.path);
	return m.same;
}

/* ---- what would have matched ---- */

static void project(const struct node *want, struct span got, struct arena *a, struct buf *out);

static void
project_map(const struct node *want, struct span got, struct arena *a, struct buf *out)
{
	const char *sep = "";

	buf_char(out, '{');
	for (size_t i = 0; i < want->pair.n; i++) {
		struct span value = get(got, want->pair.at[i].key, a);

		if (value.p == NULL)
			continue;
		buf_str(out, sep);
		json_put(out, span_c(want->pair.at[i].key));
		buf_str(out, ": ");
		project(want->pair.at[i].value, value, a, out);
		sep = ", ";
	}
	buf_char(out, '}');
}

/* An element that nothing stands for takes the shape of the last one. */
static void
project_list(const struct node *want, struct span got, struct arena *a, struct buf *out)
{
	struct elements e = { 0 };

	split(got, a, &e);
	buf_char(out, '[');
	for (size_t i = 0; i < e.list.n; i++) {
		size_t k = i < want->item.n ? i : want->item.n - 1;

		buf_str(out, i == 0 ? "" : ", ");
		if (want->item.n == 0)
			buf_put(out, e.list.at[i]);
		else
			project(want->item.at[k], e.list.at[i], a, out);
	}
	buf_char(out, ']');
}

static void
project(const struct node *want, struct span got, struct arena *a, struct buf *out)
{
	if (want->kind == NODE_MAP && is_type(got, JSON_OBJECT))
		project_map(want, got, a, out);
	else if (want->kind == NODE_LIST && is_type(got, JSON_ARRAY))
		project_list(want, got, a, out);
	else
		buf_put(out, got);
}

void
expect_project(const struct node *want, struct span got, struct arena *a, struct buf *out)
{
	project(want, got, a, out);
}
/* NOLINTEND(misc-no-recursion) */
