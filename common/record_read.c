/* record_read.c - the door: a JSON line becomes a record, checked once so that nothing behind it has to be.
 *
 * First the members are found as raw spans, then the known ones are decoded in the order text, id, date, ...,
 * layers, since offsets can only be checked against the text. Whoever is refused is told which field
 * and why (FAULTS A15 to A25).
 */
#include "ascii.h"
#include "door.h"
#include "record_own.h"
#include "utf8.h"

enum { TEXT_MAX = INT32_MAX }; /* bytes: token.h */

static const char *const field_name[FIELD_LAYER] = { "", "id", "source", "line", "date", "title",
	"text", "scores" };

/* --- refusing --- */

static bool
refuse_grammar(const struct door *o, const struct json *j)
{
	return door_refuse(
	    o, j->p, "invalid JSON: %s", j->what == NULL ? "unexpected character" : j->what);
}

/* --- the members --- */

static size_t
field_of(struct span key)
{
	for (size_t i = FIELD_ID; i < FIELD_LAYER; i++)
		if (span_is(key, field_name[i]))
			return i;
	for (size_t i = 0; i < N_LAYER; i++)
		if (span_is(key, layer_name[i]))
			return FIELD_LAYER + i;
	return FIELD_FOREIGN;
}

/* Which field does --map say this is? */
static size_t
mapped_field(const struct record_map *map, struct span key)
{
	if (map == NULL)
		return FIELD_FOREIGN;
	if (map->text != NULL && span_is(key, map->text))
		return FIELD_TEXT;
	if (map->date != NULL && span_is(key, map->date))
		return FIELD_DATE;
	if (map->title != NULL && span_is(key, map->title))
		return FIELD_TITLE;
	if (map->id != NULL && span_is(key, map->id))
		return FIELD_ID;
	return FIELD_FOREIGN;
}

/* Source, line and scores are ours only where they have the right type: the first of them counts. */
static bool
may_double(size_t field)
{
	return field == FIELD_FOREIGN || field == FIELD_SOURCE || field == FIELD_LINE ||
	       field == FIELD_SCORES;
}

/* Remember what the member just pushed is for. */
static bool
classify(struct door *o, struct span key)
{
	struct member *m = &o->r->member.at[o->r->member.n - 1];
	size_t field = field_of(key), mapped = mapped_field(o->map, key);
	bool twice = !may_double(field) && o->found.own[field] != NOWHERE;

	if (twice || (mapped != FIELD_FOREIGN && o->found.mapped[mapped] != NOWHERE))
		return door_refuse(o, m->key.p, "%.*s is there twice", door_shown(key), key.p);
	if (mapped != FIELD_FOREIGN)
		o->found.mapped[mapped] = o->r->member.n - 1;
	if (field == FIELD_FOREIGN || o->found.own[field] != NOWHERE)
		return true;
	o->found.own[field] = o->r->member.n - 1;
	m->field = (uint8_t)field;
	o->r->there |= 1U << field;
	return true;
}

static bool
read_member(struct door *o, struct json *j)
{
	struct member m = { 0 };
	struct span key;

	if (!json_key(j, &m.key))
		return refuse_grammar(o, j);
	door_space(j);
	if (!json_value(j, &m.raw))
		return refuse_grammar(o, j);
	if (o->r->member.n == MEMBER_MAX)
		return door_refuse(o, m.key.p, "more than %d members", MEMBER_MAX);
	VEC_PUSH(o->r->arena, &o->r->member, m);
	key = m.key;
	if (key.n > 0 && memchr(key.p, '\\', key.n) != NULL)
		key = json_unescape(key, o->r->arena, NULL);
	return classify(o, key);
}

/* The line is no object: either another value or no JSON at all. */
static bool
refuse_line(const struct door *o, struct json j)
{
	struct json start = j;
	struct span raw;

	if (!json_value(&j, &raw))
		return refuse_grammar(o, &j);
	return door_refuse(
	    o, start.p, "a record must be an object, not %s", json_type_name(json_type(raw)));
}

static bool
read_members(struct door *o)
{
	struct json j = { .p = o->r->json.p, .end = o->r->json.p + o->r->json.n };

	door_space(&j);
	if (j.p == j.end || *j.p != '{')
		return refuse_line(o, j);
	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}'))
		if (!read_member(o, &j))
			return false;
	if (j.what != NULL)
		return refuse_grammar(o, &j);
	door_space(&j);
	if (j.p != j.end)
		return door_refuse(o, j.p, "invalid JSON: something follows the object");
	return true;
}

/* --- fields --- */

/* The member that field is read from: the mapped one, unless it is null or not there. */
static struct member *
member_for(const struct door *o, enum record_field field)
{
	struct member *m = door_member(o, o->found.mapped[field]);

	if (m == NULL || json_type(m->raw) == JSON_NULL)
		m = door_member(o, o->found.own[field]);
	return m;
}

/* Have v written as field: in the place of its member if there is one, else behind them all. Not where there is
 * no text: such a record passes as it came (FAULTS A22). */
static void
give(struct door *o, enum record_field field, struct span v)
{
	struct member *m = door_member(o, o->found.own[field]);
	struct buf out = { 0 };

	if (o->r->text.p == NULL)
		return;
	if (m == NULL) {
		o->r->own |= 1U << field;
		return;
	}
	json_put(&out, v);
	m->fresh = arena_copy(o->r->arena, buf_span(&out));
	buf_free(&out);
}

static bool
read_string(struct door *o, enum record_field field, struct span *out)
{
	struct member *m = member_for(o, field);

	if (m == NULL || json_type(m->raw) == JSON_NULL)
		return m == NULL || field != FIELD_TEXT || door_refuse_type(o, m, "a string");
	if (json_type(m->raw) == JSON_STRING)
		*out = door_decode(o, m->raw);
	else if (field == FIELD_ID && json_type(m->raw) == JSON_NUMBER)
		*out = m->raw;
	else
		return door_refuse_type(
		    o, m, field == FIELD_ID ? "a string or a number" : "a string");
	door_settle_lone(o, m);
	if (m->field != field)
		give(o, field, *out);
	return true;
}

/* Read where they are ours, else left alone. */
static void
read_place(struct door *o)
{
	struct member *source = door_member(o, o->found.own[FIELD_SOURCE]);
	struct member *line = door_member(o, o->found.own[FIELD_LINE]);
	uint64_t v;

	if (source != NULL && json_type(source->raw) == JSON_STRING) {
		o->r->source = door_decode(o, source->raw);
		door_settle_lone(o, source);
	}
	if (line != NULL && json_uint(line->raw, SIZE_MAX, &v))
		o->r->line = (size_t)v;
}

static bool
read_fields(struct door *o)
{
	struct record *r = o->r;

	if (!read_string(o, FIELD_TEXT, &r->text))
		return false;
	if (r->text.n > TEXT_MAX)
		return door_refuse(o, NULL, "text is longer than %d bytes", TEXT_MAX);
	r->ascii = utf8_ascii(r->text);
	if (!read_string(o, FIELD_DATE, &r->date) || !read_string(o, FIELD_TITLE, &r->title) ||
	    !read_string(o, FIELD_ID, &r->id))
		return false;
	read_place(o);
	if (r->id.p == NULL && r->text.p != NULL) {
		record_name(r);
		give(o, FIELD_ID, r->id);
	}
	return true;
}

/* --- the whole --- */

static struct span
trim_line(struct span line)
{
	if (span_starts(line, SPAN("\xEF\xBB\xBF")))
		line = span_cut(line, 3, line.n);
	while (line.n > 0 && ascii_space((unsigned char)line.p[line.n - 1]))
		line.n--;
	while (line.n > 0 && ascii_space((unsigned char)*line.p))
		line = span_cut(line, 1, line.n);
	return line;
}

bool
record_parse(struct record *r, struct span line, const struct record_map *map, struct where w,
    struct arena *a, struct diag *d)
{
	struct door o = { .r = r, .d = d, .raw = line, .map = map };

	*r = (struct record){ .arena = a, .where = w };
	line = record_repaired(r, line, d);
	o.begin = line.p;
	r->json = trim_line(line);
	for (size_t i = 0; i < N_FIELD; i++)
		o.found.own[i] = o.found.mapped[i] = NOWHERE;
	if (!read_members(&o) || !read_fields(&o))
		return false;
	if (r->text.p != NULL)
		return layer_read(&o);
	if (d->strict)
		return door_refuse(&o, NULL, "no member text");
	d->count.no_text++;
	return true;
}
