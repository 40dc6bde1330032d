/* sheet_json.c - a sheet as a record, and back. */
#include <stdio.h>

#include "json.h"
#include "sheet_own.h"

/* --- writing --- */

static void
put_pick(const struct pick *p, struct buf *out)
{
	buf_char(out, '[');
	buf_uint(out, p->rank);
	buf_char(out, ',');
	json_put(out, p->date);
	buf_char(out, ',');
	json_put(out, p->id);
	buf_char(out, ',');
	buf_uint(out, p->start);
	buf_char(out, ',');
	json_put(out, p->text);
	buf_char(out, ']');
}

static void
put_entry(const struct entry *e, struct buf *out)
{
	buf_char(out, '[');
	json_put(out, e->key);
	buf_char(out, ',');
	buf_uint(out, e->n);
	buf_char(out, ',');
	buf_uint(out, e->docs);
	buf_str(out, ",[");
	for (size_t i = 0; i < e->n_pick; i++) {
		if (i > 0)
			buf_char(out, ',');
		put_pick(&e->pick[i], out);
	}
	buf_str(out, "]]");
}

void
sheet_write(const struct sheet *s, struct buf *out)
{
	struct arena a = { 0 };

	buf_str(out, "{\"partial\":\"show\",\"docs\":");
	buf_uint(out, s->docs);
	for (unsigned p = 0; p < N_SHEET; p++) {
		const struct entry **list;

		if ((s->parts & 1U << p) == 0)
			continue;
		list = sheet_sorted(s, (enum sheet_part)p, SHEET_BY_KEY, &a);
		buf_fmt(out, ",\"%s\":[", sheet_part_name[p]);
		for (size_t i = 0; i < s->tally[p].n; i++) {
			if (i > 0)
				buf_char(out, ',');
			put_entry(list[i], out);
		}
		buf_char(out, ']');
		arena_reset(&a);
	}
	buf_char(out, '}');
	arena_free(&a);
}

/* --- reading --- */

static struct span
member_of(const struct record *r, const char *key)
{
	for (size_t i = 0; i < r->member.n; i++)
		if (span_is(r->member.at[i].key, key))
			return r->member.at[i].raw;
	return (struct span){ NULL, 0 };
}

bool
sheet_is(const struct record *r)
{
	return r->text.p == NULL && span_is(member_of(r, "partial"), "\"show\"");
}

struct items {
	struct json j;
	bool more;
	struct arena *a;
};

static struct items
items_of(struct span raw, struct arena *a)
{
	struct items it = { { raw.p, raw.p + raw.n, NULL }, false, a };

	it.more = json_begin(&it.j, '[');
	return it;
}

/* The next value; absent at the end and after a fault. */
static struct span
next(struct items *it)
{
	struct span raw = { NULL, 0 };

	if (!it->more || !json_value(&it->j, &raw))
		return (struct span){ NULL, 0 };
	it->more = json_more(&it->j, ']');
	return raw;
}

static bool
next_text(struct items *it, struct span *s)
{
	struct span raw = next(it);

	if (raw.p == NULL || json_type(raw) != JSON_STRING)
		return false;
	*s = json_unescape(span_cut(raw, 1, raw.n - 1), it->a, NULL);
	return true;
}

static bool
next_number(struct items *it, uint64_t *v)
{
	struct span raw = next(it);

	return raw.p != NULL && json_type(raw) == JSON_NUMBER && json_uint(raw, UINT32_MAX, v);
}

static bool
read_pick(struct pick *p, struct span raw, struct arena *a)
{
	struct items it;

	if (json_type(raw) != JSON_ARRAY)
		return false;
	it = items_of(raw, a);
	return next_number(&it, &p->rank) && next_text(&it, &p->date) && next_text(&it, &p->id) &&
	       next_number(&it, &p->start) && next_text(&it, &p->text) && !it.more;
}

static bool
read_entry(struct sheet *s, enum sheet_part part, struct span raw, struct arena *a)
{
	struct span key, picks, one;
	uint64_t n, docs;
	struct items it;
	struct entry *e;

	if (json_type(raw) != JSON_ARRAY)
		return false;
	it = items_of(raw, a);
	if (!next_text(&it, &key) || !next_number(&it, &n) || !next_number(&it, &docs))
		return false;
	picks = next(&it);
	if (picks.p == NULL || json_type(picks) != JSON_ARRAY || it.more || n == 0 || docs > n)
		return false;
	e = sheet_count(s, part, key);
	e->n += n - 1;
	e->docs = docs;
	it = items_of(picks, a);
	while ((one = next(&it)).p != NULL) {
		struct pick p;

		if (!read_pick(&p, one, a))
			return false;
		sheet_pick(s, part, e, &p);
	}
	return it.j.what == NULL;
}

static bool
read_part(struct sheet *s, enum sheet_part part, struct span raw, struct arena *a)
{
	struct span one;
	struct items it;

	if (json_type(raw) != JSON_ARRAY)
		return false;
	s->parts |= 1U << part;
	it = items_of(raw, a);
	while ((one = next(&it)).p != NULL)
		if (!read_entry(s, part, one, a))
			return false;
	return it.j.what == NULL;
}

static int
part_named(struct span key)
{
	for (int p = 0; p < N_SHEET; p++)
		if (span_is(key, sheet_part_name[p]))
			return p;
	return -1;
}

static const char *
read_all(struct sheet *s, struct span json, struct arena *a)
{
	struct json j = { json.p, json.p + json.n, NULL };
	bool partial = false;
	struct span key, raw;

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		if (!json_key(&j, &key) || !json_value(&j, &raw))
			return "no JSON";
		if (part_named(key) >= 0 && !read_part(s, (enum sheet_part)part_named(key), raw, a))
			return "a partial with a wrong entry";
		if (span_is(key, "docs") &&
		    (json_type(raw) != JSON_NUMBER || !json_uint(raw, UINT32_MAX, &s->docs)))
			return "docs must be a whole number";
		partial |= span_is(key, "partial") && span_is(raw, "\"show\"");
	}
	return partial ? NULL : "no partial of ntag-show";
}

const char *
sheet_read(struct sheet *s, struct span json)
{
	struct arena a = { 0 };
	struct sheet new;
	const char *wrong;

	sheet_open(&new, 0);
	wrong = read_all(&new, json, &a);
	if (wrong == NULL) {
		s->parts |= new.parts;
		sheet_merge(s, &new);
	}
	sheet_free(&new);
	arena_free(&a);
	return wrong;
}

struct sheet_name
sheet_name(struct span key)
{
	const char *tab = key.n == 0 ? NULL : memchr(key.p, '\t', key.n);
	struct sheet_name name = { NULL, 0, key };

	if (tab == NULL)
		return name;
	for (unsigned l = 0; l < N_ENT; l++) {
		if (!span_is((struct span){ key.p, (size_t)(tab - key.p) }, ent_name[l]))
			continue;
		name.label = ent_name[l];
		name.number = l;
		name.name = span_cut(key, (size_t)(tab - key.p) + 1, key.n);
	}
	return name;
}
