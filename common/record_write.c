/* record_write.c - the writer: a splice. What did not change is copied; what was set is put in its place.
 *
 * Bytes become code points in ascending order, through the same index as at the door.
 */
#include "json.h"
#include "record.h"
#include "record_own.h"

#define LIT(out, s) buf_put((out), SPAN(s))

static void
put_string(struct buf *out, const char *lead, struct span s)
{
	if (s.p == NULL)
		return;
	buf_str(out, lead);
	json_put(out, s);
}

/* A word of a table: nothing to escape. */
static void
put_word(struct buf *out, const char *lead, const char *word)
{
	buf_str(out, lead);
	buf_str(out, word);
	buf_char(out, '"');
}

static void
put_span(struct record *r, struct buf *out, uint32_t start, uint32_t end)
{
	LIT(out, "{\"start\":");
	buf_uint(out, record_cp(r, start));
	LIT(out, ",\"end\":");
	buf_uint(out, record_cp(r, end));
}

static void
put_text_span(struct record *r, struct buf *out, uint32_t start, uint32_t end)
{
	put_span(r, out, start, end);
	LIT(out, ",\"text\":");
	json_put(out, record_slice(r, start, end));
}

static void
put_confidence(struct buf *out, uint8_t hundredths)
{
	if (hundredths == CONFIDENCE_NONE)
		return;
	LIT(out, ",\"confidence\":");
	buf_char(out, hundredths >= 100 ? '1' : '0');
	buf_char(out, '.');
	buf_char(out, (char)('0' + hundredths / 10 % 10));
	buf_char(out, (char)('0' + hundredths % 10));
}

static void
put_sent(struct record *r, struct buf *out, size_t i)
{
	put_span(r, out, r->sents.at[i].start, r->sents.at[i].end);
	buf_char(out, '}');
}

static void
put_range(struct buf *out, const struct date *d)
{
	if (d->range_start.p == NULL && d->range_end.p == NULL)
		return;
	LIT(out, ",\"range\":{");
	put_string(out, "\"start\":", d->range_start);
	put_string(out, d->range_start.p == NULL ? "\"end\":" : ",\"end\":", d->range_end);
	buf_char(out, '}');
}

static void
put_date(struct record *r, struct buf *out, size_t i)
{
	const struct date *d = &r->dates.at[i];

	put_text_span(r, out, d->start, d->end);
	put_word(out, ",\"type\":\"", timex_name[d->type]);
	put_string(out, ",\"value\":", d->value);
	put_string(out, ",\"mod\":", d->mod);
	put_string(out, ",\"freq\":", d->freq);
	put_string(out, ",\"quant\":", d->quant);
	put_range(out, d);
	put_string(out, ",\"why\":", d->why);
	buf_char(out, '}');
}

static void
put_ent(struct record *r, struct buf *out, size_t i)
{
	const struct ent *e = &r->ents.at[i];

	put_text_span(r, out, e->start, e->end);
	put_word(out, ",\"label\":\"", ent_name[e->label]);
	LIT(out, ",\"name\":");
	json_put(out, e->name.p == NULL ? record_slice(r, e->start, e->end) : e->name);
	put_confidence(out, e->confidence);
	if (e->place.n > 0) {
		buf_char(out, ',');
		buf_put(out, e->place);
	}
	put_string(out, ",\"why\":", e->why);
	buf_char(out, '}');
}

static void
put_mention(struct record *r, struct buf *out, const char *lead, const struct mention *m)
{
	if (m->start == m->end)
		return;
	buf_str(out, lead);
	put_text_span(r, out, m->start, m->end);
	put_string(out, ",\"name\":", m->name);
	buf_char(out, '}');
}

static void
put_quote(struct record *r, struct buf *out, size_t i)
{
	const struct quote *q = &r->quotes.at[i];

	put_span(r, out, q->start, q->end);
	put_word(out, ",\"kind\":\"", quote_name[q->kind]);
	if (q->group > 0) {
		LIT(out, ",\"group\":");
		buf_uint(out, q->group);
	}
	LIT(out, ",\"text\":");
	json_put(out, record_slice(r, q->start, q->end));
	put_mention(r, out, ",\"speaker\":", &q->speaker);
	put_mention(r, out, ",\"cue\":", &q->cue);
	put_confidence(out, q->confidence);
	put_string(out, ",\"why\":", q->why);
	buf_char(out, '}');
}

static void
put_index(struct record *r, struct buf *out, size_t i)
{
	buf_uint(out, r->summary.at[i]);
}

static size_t
layer_count(const struct record *r, enum layer layer)
{
	const size_t n[N_LAYER] = { r->sents.n, r->dates.n, r->ents.n, r->quotes.n, r->summary.n };

	return n[layer];
}

void
record_put_layer(struct record *r, struct buf *out, enum layer which)
{
	static void (*const put[N_LAYER])(struct record *, struct buf *, size_t) = {
		[LAYER_SENTS] = put_sent,
		[LAYER_DATES] = put_date,
		[LAYER_ENTS] = put_ent,
		[LAYER_QUOTES] = put_quote,
		[LAYER_SUMMARY] = put_index,
	};
	size_t n = layer_count(r, which);

	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(out, ',');
		put[which](r, out, i);
	}
	buf_char(out, ']');
}

/* Scores are compared, not computed with: four digits tell sentences apart. */
static void
put_scores(const struct record *r, struct buf *out)
{
	buf_char(out, '[');
	for (size_t i = 0; i < r->summary.n_score; i++)
		buf_fmt(out, "%s%.4f", i == 0 ? "" : ",", r->summary.score[i]);
	buf_char(out, ']');
}

/* --- members that are there --- */

/* The extra member of that key that was pushed last, or NULL. */
static const struct member *
find_extra(const struct record *r, struct span key)
{
	for (size_t i = r->extra.n; i-- > 0;)
		if (span_eq(r->extra.at[i].key, key))
			return &r->extra.at[i];
	return NULL;
}

/* What becomes of a member; put_fresh() writes the value of a replaced one. */
enum change { UNCHANGED, REPLACED, REMOVED };

static bool
fresh_scores(const struct record *r)
{
	return (r->set & 1U << LAYER_SUMMARY) != 0 && r->summary.score != NULL;
}

/* Scores that came with a summary go when a summary without scores takes its place. */
static bool
stale_scores(const struct record *r)
{
	return (r->set & 1U << LAYER_SUMMARY) != 0 && r->summary.score == NULL &&
	       (r->there & 1U << (FIELD_LAYER + LAYER_SUMMARY)) != 0;
}

static enum change
change_of(const struct record *r, const struct member *m)
{
	if ((r->gone & 1U << m->field) != 0)
		return REMOVED;
	if (m->field == FIELD_SCORES && stale_scores(r))
		return REMOVED;
	if (m->field == FIELD_SCORES && fresh_scores(r))
		return REPLACED;
	if (m->field >= FIELD_LAYER && (r->set & 1U << (m->field - FIELD_LAYER)) != 0)
		return REPLACED;
	if (m->fresh.p != NULL || (r->extra.n > 0 && find_extra(r, m->key) != NULL))
		return REPLACED;
	return UNCHANGED;
}

static void
put_fresh(struct record *r, struct buf *out, const struct member *m)
{
	const struct member *extra = r->extra.n > 0 ? find_extra(r, m->key) : NULL;

	if (extra != NULL)
		buf_put(out, extra->raw);
	else if (m->field == FIELD_SCORES && fresh_scores(r))
		put_scores(r, out);
	else if (m->field >= FIELD_LAYER && (r->set & 1U << (m->field - FIELD_LAYER)) != 0)
		record_put_layer(r, out, (enum layer)(m->field - FIELD_LAYER));
	else
		buf_put(out, m->fresh);
}

/* What stands before the value of member i: in the line the comma, blanks and the key behind the
 * member before; a new brace where all of those were removed. */
static void
put_lead(const struct record *r, struct buf *out, size_t i, bool any)
{
	const struct member *m = &r->member.at[i];
	const char *from = r->json.p;

	if (from == NULL) {
		buf_str(out, any ? ",\"" : "{\"");
		buf_put(out, m->key);
		LIT(out, "\":");
		return;
	}
	if (i > 0 && !any)
		buf_char(out, '{');
	if (i > 0)
		from = any ? m[-1].raw.p + m[-1].raw.n : m->key.p - 1;
	buf_put(out, (struct span){ from, (size_t)(m->raw.p - from) });
}

/* The object up to the last value that came. Returns whether there is any. */
static bool
put_members(struct record *r, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < r->member.n; i++) {
		const struct member *m = &r->member.at[i];
		enum change change = change_of(r, m);

		if (change == REMOVED)
			continue;
		put_lead(r, out, i, any);
		if (change == REPLACED)
			put_fresh(r, out, m);
		else
			buf_put(out, m->raw);
		any = true;
	}
	if (!any)
		buf_char(out, '{');
	return any;
}

/* --- members that follow --- */

static void
put_key(struct buf *out, bool *any, const char *key)
{
	buf_str(out, *any ? ",\"" : "\"");
	buf_str(out, key);
	LIT(out, "\":");
	*any = true;
}

/* Fields that the input lacked, in the order of RECORD.md. */
static void
put_own(const struct record *r, struct buf *out, bool *any)
{
	const struct {
		const char *key;
		enum record_field field;
		struct span value; /* absent: the line */
	} own[] = {
		{ "id", FIELD_ID, r->id },
		{ "source", FIELD_SOURCE, r->source },
		{ "line", FIELD_LINE, { NULL, 0 } },
		{ "date", FIELD_DATE, r->date },
		{ "title", FIELD_TITLE, r->title },
		{ "text", FIELD_TEXT, r->text },
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		if ((r->own & 1U << own[i].field) == 0)
			continue;
		put_key(out, any, own[i].key);
		if (own[i].value.p == NULL)
			buf_uint(out, r->line);
		else
			json_put(out, own[i].value);
	}
}

/* Is field among the members, so that it was written in its place? */
static bool
in_place(const struct record *r, size_t field)
{
	return (r->there & ~r->gone & 1U << field) != 0;
}

/* Extra member i, unless its key is that of a member or of an extra before it. */
static void
put_extra(const struct record *r, struct buf *out, size_t i, bool *any)
{
	struct span key = r->extra.at[i].key;

	for (size_t k = 0; k < r->member.n; k++)
		if (span_eq(r->member.at[k].key, key))
			return;
	for (size_t k = 0; k < i; k++)
		if (span_eq(r->extra.at[k].key, key))
			return;
	buf_str(out, *any ? ",\"" : "\"");
	buf_put(out, key);
	LIT(out, "\":");
	buf_put(out, find_extra(r, key)->raw);
	*any = true;
}

static void
put_ordered(struct record *r, struct buf *out, bool *any)
{
	for (size_t i = 0; i < r->order.n; i++) {
		uint32_t what = r->order.at[i];

		if (what >= ORDER_EXTRA) {
			put_extra(r, out, what - ORDER_EXTRA, any);
		} else if (what == ORDER_SCORES) {
			if (!fresh_scores(r) || in_place(r, FIELD_SCORES))
				continue;
			put_key(out, any, "scores");
			put_scores(r, out);
		} else if ((r->set & 1U << what) != 0 && !in_place(r, FIELD_LAYER + what)) {
			put_key(out, any, layer_name[what]);
			record_put_layer(r, out, (enum layer)what);
		}
	}
}

/* The line can go out as it came. */
static bool
unchanged(const struct record *r)
{
	if (r->json.p == NULL || (r->set | r->own | r->gone) != 0 || r->extra.n > 0)
		return false;
	for (size_t i = 0; i < r->member.n; i++)
		if (r->member.at[i].fresh.p != NULL)
			return false;
	return true;
}

void
record_write(struct record *r, struct buf *out)
{
	bool any;

	record_settle(r);
	if (unchanged(r)) {
		buf_put(out, r->json);
		buf_char(out, '\n');
		return;
	}
	any = put_members(r, out);
	put_own(r, out, &any);
	put_ordered(r, out, &any);
	LIT(out, "}\n");
}
