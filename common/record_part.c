/* record_part.c - a sentence or a paragraph of a record as a record of its own.
 *
 * Linear over all parts of a document: its layers are sorted once, then searched, so that a part costs
 * what lies inside it.
 */
#include "json.h"
#include "record.h"
#include "record_own.h"
#include "utf8.h"

/* What a part is cut from: bytes [start, end) of doc's text. */
struct cut {
	struct record *doc, *part;
	uint32_t start, end;
};

/* --- members --- */

static void
add_member(struct record *part, const char *key, enum record_field field, struct span raw)
{
	struct member m = { .key = span_c(key), .raw = raw, .field = (uint8_t)field };

	VEC_PUSH(part->arena, &part->member, m);
	part->there |= 1U << field;
}

static struct span
quoted(struct arena *a, struct span s)
{
	struct buf out = { 0 };
	struct span raw;

	json_put(&out, s);
	raw = arena_copy(a, buf_span(&out));
	buf_free(&out);
	return raw;
}

static void
add_string(struct record *part, const char *key, enum record_field field, struct span s)
{
	if (s.p != NULL)
		add_member(part, key, field, quoted(part->arena, s));
}

/* Look once at the members, which may be many: the document's id as it writes it (a number stays a number), the
 * order of its layers. */
static void
look_at_members(struct record *doc)
{
	if (doc->raw_id.p != NULL)
		return;
	for (size_t i = 0; i < doc->member.n; i++) {
		const struct member *m = &doc->member.at[i];

		if (m->field == FIELD_ID && json_type(m->raw) == JSON_NUMBER && m->fresh.p == NULL)
			doc->raw_id = m->raw;
		if (m->field >= FIELD_LAYER)
			doc->layer_at[doc->n_layer_at++] = (uint8_t)(m->field - FIELD_LAYER);
	}
	if (doc->raw_id.p == NULL)
		doc->raw_id = quoted(doc->arena, doc->id);
}

/* "<id>.<n>"; an id may hold any bytes. */
static struct span
part_id(const struct record *doc, size_t n, struct arena *a)
{
	struct span number = arena_fmt(a, ".%zu", n);
	char *p = arena_raw(a, doc->id.n + number.n, 1);

	if (doc->id.n > 0)
		memcpy(p, doc->id.p, doc->id.n);
	memcpy(p + doc->id.n, number.p, number.n);
	return (struct span){ p, doc->id.n + number.n };
}

static void
add_members(const struct cut *c, size_t n)
{
	struct record *part = c->part;
	struct arena *a = part->arena;

	add_string(part, "id", FIELD_ID, part->id);
	add_member(part, "doc", FIELD_FOREIGN, c->doc->raw_id);
	add_member(part, "n", FIELD_FOREIGN, arena_fmt(a, "%zu", n));
	add_member(part, "start", FIELD_FOREIGN, arena_fmt(a, "%u", record_cp(c->doc, c->start)));
	add_string(part, "date", FIELD_DATE, part->date);
	add_string(part, "title", FIELD_TITLE, part->title);
	add_string(part, "text", FIELD_TEXT, part->text);
}

/* --- layers --- */

/* An array of structs that begin with their start, sorted by it. */
struct spans {
	const void *at;
	size_t n, size;
};

#define SPANS(v) ((struct spans){ (v).at, (v).n, sizeof(*(v).at) })

static uint32_t
start_of(const struct spans *s, size_t i)
{
	uint32_t start;

	memcpy(&start, (const char *)s->at + i * s->size, sizeof(start));
	return start;
}

/* The first that starts at or behind from. */
static size_t
first_from(struct spans s, uint32_t from)
{
	size_t low = 0, high = s.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (start_of(&s, mid) < from)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool
inside(const struct cut *c, uint32_t start, uint32_t end)
{
	return start >= c->start && end <= c->end;
}

static void
cut_sents(const struct cut *c)
{
	const struct ranges *from = &c->doc->sents;

	for (size_t i = first_from(SPANS(*from), c->start);
	     i < from->n && from->at[i].start < c->end; i++) {
		struct range s = from->at[i];

		if (inside(c, s.start, s.end))
			VEC_PUSH(c->part->arena, &c->part->sents,
			    (struct range){ s.start - c->start, s.end - c->start });
	}
}

static void
cut_dates(const struct cut *c)
{
	const struct dates *from = &c->doc->dates;

	for (size_t i = first_from(SPANS(*from), c->start);
	     i < from->n && from->at[i].start < c->end; i++) {
		struct date d = from->at[i];

		if (!inside(c, d.start, d.end))
			continue;
		d.start -= c->start;
		d.end -= c->start;
		VEC_PUSH(c->part->arena, &c->part->dates, d);
	}
}

static void
cut_ents(const struct cut *c)
{
	const struct ents *from = &c->doc->ents;

	for (size_t i = first_from(SPANS(*from), c->start);
	     i < from->n && from->at[i].start < c->end; i++) {
		struct ent e = from->at[i];

		if (!inside(c, e.start, e.end))
			continue;
		e.start -= c->start;
		e.end -= c->start;
		VEC_PUSH(c->part->arena, &c->part->ents, e);
	}
}

static void
move_mention(const struct cut *c, struct mention *m)
{
	if (m->start == m->end || !inside(c, m->start, m->end)) {
		*m = (struct mention){ 0 };
		return;
	}
	m->start -= c->start;
	m->end -= c->start;
}

static void
cut_quotes(const struct cut *c)
{
	const struct quotes *from = &c->doc->quotes;

	for (size_t i = first_from(SPANS(*from), c->start);
	     i < from->n && from->at[i].start < c->end; i++) {
		struct quote q = from->at[i];

		if (!inside(c, q.start, q.end))
			continue;
		q.start -= c->start;
		q.end -= c->start;
		move_mention(c, &q.speaker);
		move_mention(c, &q.cue);
		VEC_PUSH(c->part->arena, &c->part->quotes, q);
	}
}

static size_t
first_index(const struct indexes *from, size_t sent)
{
	return first_from((struct spans){ from->at, from->n, sizeof(*from->at) }, (uint32_t)sent);
}

/* Sentences are in order and do not overlap: those inside are the ones from first on. */
static void
cut_summary(const struct cut *c)
{
	const struct indexes *from = &c->doc->summary;
	struct indexes *to = &c->part->summary;
	size_t first = first_from(SPANS(c->doc->sents), c->start), n = 0;

	while (first + n < c->doc->sents.n &&
	       inside(c, c->doc->sents.at[first + n].start, c->doc->sents.at[first + n].end))
		n++;
	for (size_t i = first_index(from, first); i < from->n && from->at[i] < first + n; i++)
		VEC_PUSH(c->part->arena, to, from->at[i] - (uint32_t)first);
	if (from->score != NULL && first + n <= from->n_score) {
		to->score = from->score + first;
		to->n_score = n;
	}
}

static void
cut_layer(const struct cut *c, size_t layer)
{
	static void (*const cut[N_LAYER])(const struct cut *) = {
		[LAYER_SENTS] = cut_sents,
		[LAYER_DATES] = cut_dates,
		[LAYER_ENTS] = cut_ents,
		[LAYER_QUOTES] = cut_quotes,
		[LAYER_SUMMARY] = cut_summary,
	};

	if ((c->doc->have & 1U << layer) == 0 || (c->part->have & 1U << layer) != 0)
		return;
	record_own(c->part, (enum layer)layer);
	cut[layer](c);
}

/* In the order in which the document writes them. */
static void
cut_layers(const struct cut *c)
{
	const struct record *doc = c->doc;

	for (size_t i = 0; i < doc->n_layer_at; i++)
		if ((doc->gone & 1U << (FIELD_LAYER + doc->layer_at[i])) == 0)
			cut_layer(c, doc->layer_at[i]);
	for (size_t i = 0; i < doc->order.n; i++)
		if (doc->order.at[i] < N_LAYER)
			cut_layer(c, doc->order.at[i]);
}

static void
sort_layers(struct record *r)
{
	if (r->sorted)
		return;
	for (enum layer l = LAYER_SENTS; l < N_LAYER; l++)
		record_sort(r, l);
	r->sorted = true;
}

void
record_part(struct record *part, struct record *r, struct range at, size_t n, struct arena *a)
{
	struct cut c = { .doc = r, .part = part, .start = at.start, .end = at.end };

	record_settle(r);
	sort_layers(r);
	look_at_members(r);
	*part = (struct record){ .arena = a, .where = r->where };
	part->date = r->date;
	part->title = r->title;
	part->text = record_slice(r, at.start, at.end);
	part->ascii = r->ascii || utf8_ascii(part->text);
	part->id = part_id(r, n, a);
	add_members(&c, n);
	cut_layers(&c);
	part->sorted = true;
}
