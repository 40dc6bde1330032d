/* layer_read.c - annotations that came with a record: checked against the text, decoded, code points to bytes.
 *
 * The grammar of the line has been checked before, so the calls of json.h cannot fail here.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SSE2__) && !defined(NTAG_SCALAR)
#include <emmintrin.h>
#endif

#include "ascii.h"
#include "door.h"

enum { WHAT_MAX = 128 }; /* bytes of a message behind the place */

/* Refuse the annotation at hand: "ents[3]: what". */
__attribute__((format(printf, 3, 4))) static bool
refuse_item(const struct door *o, const char *at, const char *fmt, ...)
{
	char what[WHAT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return door_refuse(o, at, "%s[%zu]%s%s: %s", layer_name[o->layer], o->i,
	    o->sub == NULL ? "" : ".", o->sub == NULL ? "" : o->sub, what);
}

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
	K_ISO, /* of a place: in this order in struct ent */
	K_ISO3,
	K_GEONAMES,
	K_LAT,
	K_LON,
	K_ID, /* of the user's gazetteer */
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
	[K_ISO] = KEY("iso"),
	[K_ISO3] = KEY("iso3"),
	[K_GEONAMES] = KEY("geonames"),
	[K_LAT] = KEY("lat"),
	[K_LON] = KEY("lon"),
	[K_ID] = KEY("id"),
};

/* The members of one annotation, still raw. */
struct item {
	const char *at;         /* where it stands */
	unsigned seen;          /* 1 << enum key */
	unsigned escaped;       /* with it: strings with a backslash in them */
	size_t next;            /* the key that most likely comes now */
	struct span raw[N_KEY]; /* of those seen; null is not */
};

/* The number of a key; N_KEY if it is not one of ours. Filters write keys in the order of the list, so the
 * search begins at key number first and goes around. */
static size_t
key_of(struct span key, size_t first)
{
	for (size_t n = 0, i = first; n < N_KEY; n++, i++) {
		if (i == N_KEY)
			i = 0;
		if (key.n == key_name[i].n && *key.p == *key_name[i].p &&
		    memcmp(key.p, key_name[i].p, key.n) == 0)
			return i;
	}
	return N_KEY;
}

/* A member of the annotation at hand. */
struct entry {
	struct span key, raw;
	bool escaped; /* its value is a string with a backslash in it */
};

/* Members of others and null are passed over. */
static bool
note(struct door *o, struct item *it, const struct entry *e)
{
	struct span key = e->key, raw = e->raw;
	size_t k = key_of(key, it->next);

	if (k == N_KEY && memchr(key.p, '\\', key.n) != NULL)
		k = key_of(json_unescape(key, o->r->arena, NULL), 0);
	if (k == N_KEY || *raw.p == 'n')
		return true;
	if ((it->seen & 1U << k) != 0)
		return refuse_item(o, it->at, "%s is there twice", key_name[k].p);
	it->seen |= 1U << k;
	it->escaped |= (unsigned)e->escaped << k;
	it->raw[k] = raw;
	it->next = k + 1;
	return true;
}

/* The line has passed json_value(), so inside an array or an object each of these comes to its end. */

static const char *
past_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		p++;
	return p;
}

/* The first quote or backslash at or behind p. */
static const char *
find_mark(const char *p, const char *end)
{
#if defined(__SSE2__) && !defined(NTAG_SCALAR)
	const __m128i quote = _mm_set1_epi8('"'), back = _mm_set1_epi8('\\');

	for (; end - p >= 16; p += 16) {
		__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, back));
		int mask = _mm_movemask_epi8(hit);

		if (mask != 0)
			return p + __builtin_ctz((unsigned)mask);
	}
#endif
	(void)end;
	while (*p != '"' && *p != '\\')
		p++;
	return p;
}

/* Past the string at p; *escaped receives whether there is a backslash in it. */
static const char *
past_string(const char *p, const char *end, bool *escaped)
{
	p = find_mark(p + 1, end);
	*escaped = *p == '\\';
	while (*p == '\\')
		p = find_mark(p + 2, end);
	return p + 1;
}

static const char *
past_value(const char *p, const char *end, bool *escaped)
{
	struct json j = { .p = p, .end = end };
	struct span raw;

	*escaped = false;
	if (*p == '"')
		return past_string(p, end, escaped);
	if (*p == '{' || *p == '[') {
		json_value(&j, &raw);
		return j.p;
	}
	while (*p != ',' && *p != '}' && *p != ']' && *p != ' ' && *p != '\t' && *p != '\n' &&
	       *p != '\r')
		p++;
	return p;
}

/* Past one object. A scan of its own, as lean as a right grammar allows: in a pipe each program reads
 * all annotations of those before it. */
static bool
read_item(struct door *o, struct json *j, struct item *it)
{
	const char *p = past_blanks(j->p), *from;
	struct entry e;

	it->at = p;
	it->seen = it->escaped = 0;
	it->next = 0;
	if (*p != '{')
		return refuse_item(o, p, "must be an object, not %s",
		    json_type_name(json_type((struct span){ p, 1 })));
	for (p = past_blanks(p + 1); *p != '}'; p = past_blanks(p + (*p == ','))) {
		e.key.p = p + 1;
		p = past_string(p, j->end, &e.escaped);
		e.key.n = (size_t)(p - 1 - e.key.p);
		from = past_blanks(past_blanks(p) + 1); /* a colon */
		p = past_value(from, j->end, &e.escaped);
		e.raw = (struct span){ from, (size_t)(p - from) };
		if (!note(o, it, &e))
			return false;
		p = past_blanks(p);
	}
	j->p = p + 1;
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
	if ((it->escaped & 1U << k) != 0)
		*out = door_decode(o, it->raw[k]);
	else
		*out = span_cut(it->raw[k], 1, it->raw[k].n - 1);
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
	    key_name[k].p, door_shown(raw), raw.p);
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
		return refuse_item(o, it->at, "start %u is behind end %u", record_cp(o->r, *start),
		    record_cp(o->r, *end));
	if (!item_string(o, it, K_TEXT, &text))
		return false;
	if (text.p != NULL && !span_eq(text, record_slice(o->r, *start, *end)))
		return refuse_item(o, it->at, "text is not what stands from %u to %u",
		    record_cp(o->r, *start), record_cp(o->r, *end));
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
	if (word.n == 0)
		return true;
	for (size_t i = 0; i < w.n && *out == w.n; i++)
		if (*word.p == *w.name[i] && span_is(word, w.name[i]))
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

/* Members of a place are kept as they are; what is neither a string nor a number is not ours. */
static struct span
item_place(struct door *o, const struct item *it)
{
	struct buf b = { 0 };
	struct span place = { 0 };

	for (unsigned k = K_ISO; k <= K_ID; k++) {
		if (!has(it, (enum key)k) ||
		    (json_type(it->raw[k]) != JSON_NUMBER && json_type(it->raw[k]) != JSON_STRING))
			continue;
		buf_str(&b, b.n > 0 ? ",\"" : "\"");
		buf_put(&b, key_name[k]);
		buf_str(&b, "\":");
		buf_put(&b, it->raw[k]);
	}
	if (b.n > 0)
		place = arena_copy(o->r->arena, buf_span(&b));
	buf_free(&b);
	return place;
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
	ent.place = item_place(o, it);
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

	door_space(j);
	json_value(j, &raw);
	if (!is_whole(raw))
		return refuse_item(o, raw.p, "must be a whole number");
	if (!json_uint(raw, UINT32_MAX, &v) || v >= o->n_sents)
		return refuse_item(o, raw.p, "%.*s is outside sents", door_shown(raw), raw.p);
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
	door_space(&j);
	return j.p < j.end && *j.p == '[';
}

static bool
read_layer(struct door *o, enum layer layer)
{
	struct member *m = door_member(o, o->found.own[FIELD_LAYER + layer]);
	struct json j;

	if (m == NULL || json_type(m->raw) == JSON_NULL)
		return true;
	if (json_type(m->raw) != JSON_ARRAY)
		return door_refuse_type(o, m, "an array");
	if (layer == LAYER_SUMMARY && is_pairs(m->raw))
		return true;
	o->layer = layer;
	o->i = 0;
	j = (struct json){ .p = m->raw.p, .end = m->raw.p + m->raw.n };
	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']'), o->i++)
		if (!read_annotation(o, &j))
			return false;
	door_settle_lone(o, m);
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
	struct member *m = door_member(o, o->found.own[FIELD_SCORES]);
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

		door_space(&j);
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

bool
layer_read(struct door *o)
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
