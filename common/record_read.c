/* record_read.c - the door: a JSON line becomes a record, checked once so that nothing behind it has to be.
 *
 * First the members are found as raw spans, then the known ones are decoded in the order text, id, date, ...,
 * layers, since offsets can only be checked against the text. Whoever is refused is told which field
 * and why (FAULTS A15 to A25).
 */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "ascii.h"
#include "json.h"
#include "record.h"
#include "record_own.h"
#include "utf8.h"

enum {
	TEXT_MAX = INT32_MAX, /* bytes: token.h */
	WHAT_MAX = 256,       /* bytes of a message */
	KEY_SHOWN = 40,       /* bytes of a member's name in it */
};

#define NOWHERE SIZE_MAX

/* Members by their use: an index into record.member, or NOWHERE. */
struct found {
	size_t own[N_FIELD];    /* under the name that RECORD.md gives it */
	size_t mapped[N_FIELD]; /* under the name that --map gives it */
};

struct door {
	struct record *r;
	struct diag *d;
	struct span raw; /* as it came: for the dead letters */
	const struct record_map *map;
	struct found found;
	size_t lone;      /* lone surrogates of the member at hand */
	uint32_t n_cp;    /* of the text */
	size_t n_sents;   /* in the input, usable or not */
	enum layer layer; /* the annotation at hand, */
	size_t i;         /* by its index */
	const char *sub;  /* "speaker", when it is a part of it */
};

static const char *const field_name[FIELD_LAYER] = { "", "id", "source", "line", "date", "title",
	"text", "scores" };

/* --- refusing --- */

/* Always false. at: where in the line, or NULL. */
__attribute__((format(printf, 3, 4))) static bool
refuse(const struct door *o, const char *at, const char *fmt, ...)
{
	struct span line = o->r->json;
	struct where w = o->r->where;
	char what[WHAT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	if (at != NULL)
		w.col = utf8_count((struct span){ line.p, (size_t)(at - line.p) }) + 1;
	diag_reject(o->d, w, "read", o->raw, "%s", what);
	return false;
}

/* Refuse the annotation at hand: "ents[3]: what". */
__attribute__((format(printf, 3, 4))) static bool
refuse_item(const struct door *o, const char *at, const char *fmt, ...)
{
	char what[WHAT_MAX / 2];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return refuse(o, at, "%s[%zu]%s%s: %s", layer_name[o->layer], o->i,
	    o->sub == NULL ? "" : ".", o->sub == NULL ? "" : o->sub, what);
}

static bool
refuse_grammar(const struct door *o, const struct json *j)
{
	return refuse(
	    o, j->p, "invalid JSON: %s", j->what == NULL ? "unexpected character" : j->what);
}

static int
shown(struct span key)
{
	return (int)(key.n < KEY_SHOWN ? key.n : KEY_SHOWN);
}

static bool
refuse_type(const struct door *o, const struct member *m, const char *want)
{
	return refuse(o, m->raw.p, "%.*s must be %s, not %s", shown(m->key), m->key.p, want,
	    json_type_name(json_type(m->raw)));
}

static void
skip_space(struct json *j)
{
	json_accept(j, '\n'); /* a newline is white space, so it is never taken as c */
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
		return refuse(o, m->key.p, "%.*s is there twice", shown(key), key.p);
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
	skip_space(j);
	if (!json_value(j, &m.raw))
		return refuse_grammar(o, j);
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
	return refuse(
	    o, start.p, "a record must be an object, not %s", json_type_name(json_type(raw)));
}

static bool
read_members(struct door *o)
{
	struct json j = { .p = o->r->json.p, .end = o->r->json.p + o->r->json.n };

	skip_space(&j);
	if (j.p == j.end || *j.p != '{')
		return refuse_line(o, j);
	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}'))
		if (!read_member(o, &j))
			return false;
	if (j.what != NULL)
		return refuse_grammar(o, &j);
	skip_space(&j);
	if (j.p != j.end)
		return refuse(o, j.p, "invalid JSON: something follows the object");
	return true;
}

/* --- strings --- */

static struct span
body_of(struct span raw)
{
	return span_cut(raw, 1, raw.n - 1);
}

static bool
is_surrogate(struct span s, size_t i, unsigned char low, unsigned char high)
{
	unsigned char c;

	if (s.n - i < 6 || s.p[i] != '\\' || s.p[i + 1] != 'u' || (s.p[i + 2] | 0x20) != 'd')
		return false;
	c = ascii_fold((unsigned char)s.p[i + 3]);
	return c >= low && c <= high;
}

/* A copy of raw with each lone surrogate written as \ufffd, so that readers of the output see
 * what the offsets were counted on. */
static struct span
mend(struct span raw, struct arena *a)
{
	char *p = arena_raw(a, raw.n, 1);

	memcpy(p, raw.p, raw.n);
	for (size_t i = 0; i < raw.n; i++) {
		if (p[i] != '\\')
			continue;
		if (is_surrogate(raw, i, '8', 'b') && is_surrogate(raw, i + 6, 'c', 'f')) {
			i += 11;
		} else if (is_surrogate(raw, i, '8', 'f')) {
			memcpy(p + i, "\\ufffd", 6);
			i += 5;
		} else {
			i++;
		}
	}
	return (struct span){ p, raw.n };
}

static struct span
decode(struct door *o, struct span raw)
{
	return json_unescape(body_of(raw), o->r->arena, &o->lone);
}

/* Take note of the lone surrogates in the member that was decoded last. */
static void
settle_lone(struct door *o, struct member *m)
{
	if (o->lone == 0)
		return;
	record_count_repaired(o->r, o->lone, o->d);
	if (m->field != FIELD_FOREIGN)
		m->fresh = mend(m->raw, o->r->arena);
	o->lone = 0;
}

static struct member *
member_at(const struct door *o, size_t at)
{
	return at == NOWHERE ? NULL : &o->r->member.at[at];
}

/* The member that field is read from: the mapped one, unless it is null or not there. */
static struct member *
member_for(const struct door *o, enum record_field field)
{
	struct member *m = member_at(o, o->found.mapped[field]);

	if (m == NULL || json_type(m->raw) == JSON_NULL)
		m = member_at(o, o->found.own[field]);
	return m;
}

/* Have v written as field: in the place of its member if there is one, else behind them all. */
static void
give(struct door *o, enum record_field field, struct span v)
{
	struct member *m = member_at(o, o->found.own[field]);
	struct buf out = { 0 };

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
		return m == NULL || field != FIELD_TEXT || refuse_type(o, m, "a string");
	if (json_type(m->raw) == JSON_STRING)
		*out = decode(o, m->raw);
	else if (field == FIELD_ID && json_type(m->raw) == JSON_NUMBER)
		*out = m->raw;
	else
		return refuse_type(o, m, field == FIELD_ID ? "a string or a number" : "a string");
	settle_lone(o, m);
	if (m->field != field)
		give(o, field, *out);
	return true;
}

/* Read where they are ours, else left alone. */
static void
read_place(struct door *o)
{
	struct member *source = member_at(o, o->found.own[FIELD_SOURCE]);
	struct member *line = member_at(o, o->found.own[FIELD_LINE]);
	uint64_t v;

	if (source != NULL && json_type(source->raw) == JSON_STRING) {
		o->r->source = decode(o, source->raw);
		settle_lone(o, source);
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
		return refuse(o, NULL, "text is longer than %d bytes", TEXT_MAX);
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

/* --- annotations --- */

enum key {
	K_START,
	K_END,
	K_TEXT,
	K_LABEL,
	K_NAME,
	K_TYPE,
	K_VALUE,
	K_KIND,
	K_GROUP,
	K_SPEAKER,
	K_CUE,
	K_CONFIDENCE,
	K_MOD,
	K_FREQ,
	K_QUANT,
	K_RANGE,
	K_WHY,
	N_KEY
};

#define KEY(s) \
	{ \
		s, sizeof(s) - 1 \
	}
static const struct span key_name[N_KEY] = {
	[K_START] = KEY("start"),
	[K_END] = KEY("end"),
	[K_TEXT] = KEY("text"),
	[K_LABEL] = KEY("label"),
	[K_NAME] = KEY("name"),
	[K_TYPE] = KEY("type"),
	[K_VALUE] = KEY("value"),
	[K_KIND] = KEY("kind"),
	[K_GROUP] = KEY("group"),
	[K_SPEAKER] = KEY("speaker"),
	[K_CUE] = KEY("cue"),
	[K_CONFIDENCE] = KEY("confidence"),
	[K_MOD] = KEY("mod"),
	[K_FREQ] = KEY("freq"),
	[K_QUANT] = KEY("quant"),
	[K_RANGE] = KEY("range"),
	[K_WHY] = KEY("why"),
};

/* The members of one annotation, still raw. */
struct item {
	const char *at;         /* where it stands */
	unsigned seen;          /* 1 << enum key */
	struct span raw[N_KEY]; /* of those seen; null is not */
};

static size_t
key_of(struct span key)
{
	size_t i = 0;

	while (i < N_KEY && !(key.n == key_name[i].n && *key.p == *key_name[i].p &&
				memcmp(key.p, key_name[i].p, key.n) == 0))
		i++;
	return i;
}

static bool
read_item_member(struct door *o, struct json *j, struct item *it)
{
	struct span key, raw;
	size_t k;

	json_key(j, &key);
	skip_space(j);
	json_value(j, &raw);
	k = key_of(key);
	if (k == N_KEY && memchr(key.p, '\\', key.n) != NULL)
		k = key_of(json_unescape(key, o->r->arena, NULL));
	if (k == N_KEY || json_type(raw) == JSON_NULL)
		return true;
	if ((it->seen & 1U << k) != 0)
		return refuse_item(o, it->at, "%s is there twice", key_name[k].p);
	it->seen |= 1U << k;
	it->raw[k] = raw;
	return true;
}

/* Past one object. The grammar is known to be right, so the calls cannot fail. */
static bool
read_item(struct door *o, struct json *j, struct item *it)
{
	skip_space(j);
	it->at = j->p;
	it->seen = 0;
	if (*j->p != '{')
		return refuse_item(o, j->p, "must be an object, not %s",
		    json_type_name(json_type((struct span){ j->p, 1 })));
	for (bool more = json_begin(j, '{'); more; more = json_more(j, '}'))
		if (!read_item_member(o, j, it))
			return false;
	return true;
}

static bool
has(const struct item *it, enum key k)
{
	return (it->seen & 1U << k) != 0;
}

static bool
refuse_key(const struct door *o, const struct item *it, enum key k, const char *want)
{
	return refuse_item(o, it->at, "%s must be %s, not %s", key_name[k].p, want,
	    json_type_name(json_type(it->raw[k])));
}

static bool
item_string(struct door *o, const struct item *it, enum key k, struct span *out)
{
	if (!has(it, k))
		return true;
	if (json_type(it->raw[k]) != JSON_STRING)
		return refuse_key(o, it, k, "a string");
	*out = decode(o, it->raw[k]);
	return true;
}

static bool
is_whole(struct span raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if (!ascii_digit((unsigned char)raw.p[i]))
			return false;
	return true;
}

/* Why the value of k is no offset. Always false. */
static bool
refuse_offset(const struct door *o, const struct item *it, enum key k)
{
	struct span raw = it->raw[k];

	if (!has(it, k))
		return refuse_item(o, it->at, "%s is missing", key_name[k].p);
	if (json_type(raw) != JSON_NUMBER)
		return refuse_key(o, it, k, "a whole number");
	return refuse_item(o, it->at,
	    is_whole(raw) ? "%s %.*s is outside the text" : "%s must be a whole number, not %.*s",
	    key_name[k].p, shown(raw), raw.p);
}

static bool
item_offset(struct door *o, const struct item *it, enum key k, uint32_t *at)
{
	uint64_t cp;

	if (!has(it, k) || !json_uint(it->raw[k], o->n_cp, &cp))
		return refuse_offset(o, it, k);
	*at = record_byte(o->r, cp);
	return true;
}

static bool
item_span(struct door *o, const struct item *it, uint32_t *start, uint32_t *end)
{
	struct span text = { 0 };

	if (!item_offset(o, it, K_START, start) || !item_offset(o, it, K_END, end))
		return false;
	if (*start > *end)
		return refuse_item(o, it->at, "start %.*s is behind end %.*s",
		    shown(it->raw[K_START]), it->raw[K_START].p, shown(it->raw[K_END]),
		    it->raw[K_END].p);
	if (!item_string(o, it, K_TEXT, &text))
		return false;
	if (text.p != NULL && !span_eq(text, record_slice(o->r, *start, *end)))
		return refuse_item(o, it->at, "text is not what stands from %.*s to %.*s",
		    shown(it->raw[K_START]), it->raw[K_START].p, shown(it->raw[K_END]),
		    it->raw[K_END].p);
	return true;
}

/* Hundredths of a number from 0 to 1; others are not ours. */
static bool
item_confidence(struct door *o, const struct item *it, uint8_t *out)
{
	struct span raw = it->raw[K_CONFIDENCE];
	char digits[32] = { 0 };
	double v;

	*out = CONFIDENCE_NONE;
	if (!has(it, K_CONFIDENCE))
		return true;
	if (json_type(raw) != JSON_NUMBER)
		return refuse_key(o, it, K_CONFIDENCE, "a number");
	memcpy(digits, raw.p, raw.n < sizeof(digits) ? raw.n : sizeof(digits) - 1);
	v = strtod(digits, NULL);
	if (v >= 0 && v <= 1)
		*out = (uint8_t)(v * 100 + 0.5);
	return true;
}

/* A part of the annotation at hand that is an object of its own; *sub empty if it is not there. */
static bool
item_sub(struct door *o, const struct item *it, enum key k, struct item *sub)
{
	struct json j = { .p = it->raw[k].p };

	sub->seen = 0;
	if (!has(it, k))
		return true;
	if (json_type(it->raw[k]) != JSON_OBJECT)
		return refuse_key(o, it, k, "an object");
	j.end = j.p + it->raw[k].n;
	o->sub = key_name[k].p;
	return read_item(o, &j, sub);
}

static bool
item_mention(struct door *o, const struct item *it, enum key k, struct mention *m)
{
	struct item sub;
	bool ok;

	ok = item_sub(o, it, k, &sub);
	if (ok && (sub.seen & (1U << K_START | 1U << K_END)) != 0)
		ok = item_span(o, &sub, &m->start, &m->end) &&
		     item_string(o, &sub, K_NAME, &m->name);
	o->sub = NULL;
	return ok;
}

static bool
item_range(struct door *o, const struct item *it, struct date *date)
{
	struct item sub;
	bool ok;

	ok = item_sub(o, it, K_RANGE, &sub) && item_string(o, &sub, K_START, &date->range_start) &&
	     item_string(o, &sub, K_END, &date->range_end);
	o->sub = NULL;
	return ok;
}

/* The word of member k as its number in a list of n names; n if it is not one of ours. */
struct words {
	const char *const *name;
	size_t n;
};

static bool
item_word(struct door *o, const struct item *it, enum key k, struct words w, size_t *out)
{
	struct span word = { 0 };

	*out = w.n;
	if (!item_string(o, it, k, &word))
		return false;
	for (size_t i = 0; i < w.n && *out == w.n; i++)
		if (word.p != NULL && span_is(word, w.name[i]))
			*out = i;
	return true;
}

static bool
read_sent(struct door *o, const struct item *it)
{
	struct ranges *sents = &o->r->sents;
	struct range range = { 0 };

	if (!item_span(o, it, &range.start, &range.end))
		return false;
	VEC_PUSH(o->r->arena, sents, range);
	return true;
}

static bool
read_date(struct door *o, const struct item *it)
{
	struct date date = { 0 };
	size_t type;

	if (!item_span(o, it, &date.start, &date.end) ||
	    !item_word(o, it, K_TYPE, (struct words){ timex_name, N_TIMEX }, &type) ||
	    !item_string(o, it, K_VALUE, &date.value) || !item_string(o, it, K_MOD, &date.mod) ||
	    !item_string(o, it, K_FREQ, &date.freq) || !item_string(o, it, K_QUANT, &date.quant) ||
	    !item_range(o, it, &date) || !item_string(o, it, K_WHY, &date.why))
		return false;
	date.type = (uint8_t)type;
	if (type < N_TIMEX)
		VEC_PUSH(o->r->arena, &o->r->dates, date);
	return true;
}

static bool
read_ent(struct door *o, const struct item *it)
{
	struct ent ent = { 0 };
	size_t label;

	if (!item_span(o, it, &ent.start, &ent.end) ||
	    !item_word(o, it, K_LABEL, (struct words){ ent_name, N_ENT }, &label) ||
	    !item_string(o, it, K_NAME, &ent.name) || !item_confidence(o, it, &ent.confidence) ||
	    !item_string(o, it, K_WHY, &ent.why))
		return false;
	ent.label = (uint8_t)label;
	if (label < N_ENT)
		VEC_PUSH(o->r->arena, &o->r->ents, ent);
	return true;
}

static bool
item_group(struct door *o, const struct item *it, uint32_t *group)
{
	uint64_t v;

	if (!has(it, K_GROUP))
		return true;
	if (!json_uint(it->raw[K_GROUP], UINT32_MAX, &v))
		return refuse_item(o, it->at, "group must be a whole number");
	*group = (uint32_t)v;
	return true;
}

static bool
read_quote(struct door *o, const struct item *it)
{
	struct quote q = { 0 };
	size_t kind;

	if (!item_span(o, it, &q.start, &q.end) ||
	    !item_word(o, it, K_KIND, (struct words){ quote_name, N_QUOTE }, &kind) ||
	    !item_group(o, it, &q.group) || !item_mention(o, it, K_SPEAKER, &q.speaker) ||
	    !item_mention(o, it, K_CUE, &q.cue) || !item_confidence(o, it, &q.confidence) ||
	    !item_string(o, it, K_WHY, &q.why))
		return false;
	q.kind = (uint8_t)kind;
	if (kind < N_QUOTE)
		VEC_PUSH(o->r->arena, &o->r->quotes, q);
	return true;
}

static bool
read_index(struct door *o, struct json *j)
{
	struct span raw;
	uint64_t v;

	skip_space(j);
	json_value(j, &raw);
	if (!is_whole(raw))
		return refuse_item(o, raw.p, "must be a whole number");
	if (!json_uint(raw, UINT32_MAX, &v) || v >= o->n_sents)
		return refuse_item(o, raw.p, "%.*s is outside sents", shown(raw), raw.p);
	VEC_PUSH(o->r->arena, &o->r->summary, (uint32_t)v);
	return true;
}

static bool
read_annotation(struct door *o, struct json *j)
{
	static bool (*const read[])(struct door *, const struct item *) = {
		[LAYER_SENTS] = read_sent,
		[LAYER_DATES] = read_date,
		[LAYER_ENTS] = read_ent,
		[LAYER_QUOTES] = read_quote,
	};
	struct item it;

	if (o->layer == LAYER_SUMMARY)
		return read_index(o, j);
	return read_item(o, j, &it) && read[o->layer](o, &it);
}

/* The summary of a group of documents: pairs of an id and a number. */
static bool
is_pairs(struct span raw)
{
	struct json j = { .p = raw.p, .end = raw.p + raw.n };

	json_begin(&j, '[');
	skip_space(&j);
	return j.p < j.end && *j.p == '[';
}

static bool
read_layer(struct door *o, enum layer layer)
{
	struct member *m = member_at(o, o->found.own[FIELD_LAYER + layer]);
	struct json j;

	if (m == NULL || json_type(m->raw) == JSON_NULL)
		return true;
	if (json_type(m->raw) != JSON_ARRAY)
		return refuse_type(o, m, "an array");
	if (layer == LAYER_SUMMARY && is_pairs(m->raw))
		return true;
	o->layer = layer;
	o->i = 0;
	j = (struct json){ .p = m->raw.p, .end = m->raw.p + m->raw.n };
	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']'), o->i++)
		if (!read_annotation(o, &j))
			return false;
	settle_lone(o, m);
	o->r->have |= 1U << layer;
	return true;
}

/* Sentences as filters expect them: none empty, in order, without overlap. */
static bool
usable(const struct ranges *s)
{
	uint32_t end = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->at[i].start < end || s->at[i].start >= s->at[i].end)
			return false;
		end = s->at[i].end;
	}
	return true;
}

/* Without usable sentences the summary cannot be used either. */
static void
set_aside(struct record *r)
{
	r->sents = (struct ranges){ 0 };
	r->summary = (struct indexes){ 0 };
	r->have &= ~(1U << LAYER_SENTS | 1U << LAYER_SUMMARY);
}

/* The scores of a summary: one number for each sentence; anything else is not ours. */
static void
read_scores(struct door *o)
{
	struct member *m = member_at(o, o->found.own[FIELD_SCORES]);
	struct record *r = o->r;
	double *score;
	struct json j;
	size_t n = 0;

	if (m == NULL || json_type(m->raw) != JSON_ARRAY || r->sents.n == 0)
		return;
	score = arena_raw(r->arena, r->sents.n, sizeof(*score));
	j = (struct json){ .p = m->raw.p, .end = m->raw.p + m->raw.n };
	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		char digits[32] = { 0 };
		struct span raw;

		skip_space(&j);
		json_value(&j, &raw);
		if (json_type(raw) != JSON_NUMBER || n == r->sents.n || raw.n >= sizeof(digits))
			return;
		memcpy(digits, raw.p, raw.n);
		score[n++] = strtod(digits, NULL);
	}
	if (n != r->sents.n)
		return;
	r->summary.score = score;
	r->summary.n_score = n;
}

static bool
read_layers(struct door *o)
{
	struct record *r = o->r;

	o->n_cp = record_cp(r, (uint32_t)r->text.n);
	if (!read_layer(o, LAYER_SENTS))
		return false;
	o->n_sents = r->sents.n;
	for (enum layer l = LAYER_DATES; l < N_LAYER; l++)
		if (!read_layer(o, l))
			return false;
	if (!usable(&r->sents))
		set_aside(r);
	if ((r->have & 1U << LAYER_SUMMARY) != 0)
		read_scores(o);
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
	r->json = trim_line(record_repaired(r, line, d));
	for (size_t i = 0; i < N_FIELD; i++)
		o.found.own[i] = o.found.mapped[i] = NOWHERE;
	if (!read_members(&o) || !read_fields(&o))
		return false;
	if (r->text.p != NULL)
		return read_layers(&o);
	if (d->strict)
		return refuse(&o, NULL, "no member text");
	d->count.no_text++;
	return true;
}
