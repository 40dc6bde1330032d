/* partial.c - one member after another; whatever is no whole number of the right size is refused. */
#include "partial.h"

#include <stdlib.h>

#include "calendar.h"
#include "diag.h"
#include "json.h"

/* ---- writing ---- */

static void
put_int(struct buf *out, int64_t v)
{
	if (v < 0)
		buf_char(out, '-');
	buf_uint(out, (unsigned long long)(v < 0 ? -v : v));
}

static int
by_bucket(const void *a, const void *b)
{
	const struct pile_word *x = a, *y = b;

	return x->bucket < y->bucket ? -1 : x->bucket > y->bucket;
}

/* In the order of the buckets: the places in memory depend on what came first. */
static void
put_words(const struct pile *p, struct buf *out)
{
	struct pile_word *w = calloc(p->n_word + 1, sizeof(*w));
	size_t n = 0;

	if (w == NULL)
		die_oom(p->n_word * sizeof(*w));
	for (size_t i = 0; i < p->room_word; i++)
		if (p->word[i].bucket != 0)
			w[n++] = p->word[i];
	qsort(w, n, sizeof(*w), by_bucket);
	buf_str(out, ",\"words\":[");
	for (size_t i = 0; i < n; i++) {
		buf_str(out, i == 0 ? "" : ",");
		buf_uint(out, w[i].bucket - 1);
		buf_char(out, ',');
		buf_uint(out, w[i].n_doc);
		buf_char(out, ',');
		buf_uint(out, w[i].sum);
	}
	buf_char(out, ']');
	free(w);
}

static void
put_sentences(const struct pile *p, struct buf *out)
{
	buf_str(out, ",\"sentences\":[");
	for (size_t i = 0; i < p->n_cand; i++) {
		const struct cand *c = p->cand[i];

		buf_str(out, i == 0 ? "[" : ",[");
		put_int(out, c->score);
		buf_char(out, ',');
		buf_uint(out, c->n);
		buf_char(out, ',');
		put_int(out, c->day);
		buf_char(out, ',');
		buf_put(out, cand_id(c));
		buf_char(out, ',');
		json_put(out, cand_text(c));
		buf_char(out, ']');
	}
	buf_char(out, ']');
}

void
partial_write(struct pile *p, struct span how, struct buf *out)
{
	struct cal c;

	pile_settle(p);
	buf_str(out, "{\"partial\":");
	json_put(out, how);
	buf_str(out, ",\"topic\":");
	json_put(out, pile_span(p->topic));
	if (p->day != PILE_NO_DAY && cal_from_day(p->day, &c))
		buf_fmt(out, ",\"day\":\"%04d-%02d-%02d\"", c.y, c.m, c.d);
	buf_str(out, ",\"n\":");
	buf_uint(out, p->n_doc);
	if (p->first != PILE_NO_DAY)
		buf_fmt(out, ",\"span\":[%d,%d]", (int)p->first, (int)p->last);
	buf_str(out, ",\"counts\":[");
	for (size_t i = 0; i < N_COUNT; i++) {
		buf_str(out, i == 0 ? "" : ",");
		buf_uint(out, p->count[i]);
	}
	buf_str(out, "],\"docs\":[");
	for (size_t i = 0; i < p->n_doc_kept; i++) {
		buf_str(out, i == 0 ? "" : ",");
		buf_put(out, pile_span(p->doc[i]));
	}
	buf_char(out, ']');
	put_words(p, out);
	put_sentences(p, out);
	buf_char(out, '}');
}

/* ---- reading ---- */

struct reading {
	struct pile *pile; /* not one of any piles yet */
	struct span how, topic;
	struct arena *arena;
	bool right; /* "partial" is what was asked for */
	bool day, n;
};

#define SUM_MAX ((uint64_t)1 << 53) /* what other programs read exactly */

static bool
next_int(struct json *j, int64_t *v)
{
	struct span raw;
	bool minus;
	uint64_t u;

	if (!json_value(j, &raw))
		return false;
	minus = raw.n > 0 && *raw.p == '-';
	if (!json_uint(span_cut(raw, minus, raw.n), SUM_MAX, &u))
		return false;
	*v = minus ? -(int64_t)u : (int64_t)u;
	return true;
}

static bool
next_uint(struct json *j, uint64_t most, uint64_t *v)
{
	struct span raw;

	return json_value(j, &raw) && json_uint(raw, most, v);
}

static bool
next_text(struct json *j, struct arena *a, struct span *text)
{
	struct span body;

	if (!json_string(j, &body))
		return false;
	*text = json_unescape(body, a, NULL);
	return true;
}

static bool
comma(struct json *j)
{
	return json_more(j, ']');
}

static bool
is_day(int64_t v)
{
	struct cal c;

	return v == PILE_NO_DAY || (v > -5000000 && v < 5000000 && cal_from_day((int32_t)v, &c));
}

static bool
read_how(struct reading *r, struct json *j)
{
	struct span text;

	if (!next_text(j, r->arena, &text))
		return false;
	r->right = span_eq(text, r->how);
	return true;
}

static bool
read_topic(struct reading *r, struct json *j)
{
	return next_text(j, r->arena, &r->topic);
}

static bool
read_day(struct reading *r, struct json *j)
{
	struct span text;
	struct cal c;

	r->day = next_text(j, r->arena, &text) && cal_parse(text, &c);
	r->pile->day = r->day ? cal_day(c) : PILE_NO_DAY;
	return r->day;
}

static bool
read_n(struct reading *r, struct json *j)
{
	r->n = next_uint(j, SUM_MAX, &r->pile->n_doc);
	return r->n;
}

static bool
read_span(struct reading *r, struct json *j)
{
	int64_t first, last;

	if (!json_begin(j, '[') || !next_int(j, &first) || !comma(j) || !next_int(j, &last) ||
	    comma(j) || j->what != NULL || !is_day(first) || !is_day(last))
		return false;
	pile_add_day(r->pile, (int32_t)first);
	pile_add_day(r->pile, (int32_t)last);
	return true;
}

static bool
read_counts(struct reading *r, struct json *j)
{
	size_t n = 0;

	for (bool more = json_begin(j, '['); more; more = comma(j))
		if (n == N_COUNT || !next_uint(j, SUM_MAX, &r->pile->count[n++]))
			return false;
	return j->what == NULL && n == N_COUNT;
}

static bool
read_docs(struct reading *r, struct json *j)
{
	struct span raw;

	for (bool more = json_begin(j, '['); more; more = comma(j)) {
		if (!json_value(j, &raw) || json_type(raw) > JSON_STRING)
			return false;
		pile_add_doc(r->pile, raw);
	}
	return j->what == NULL;
}

static bool
read_words(struct reading *r, struct json *j)
{
	for (bool more = json_begin(j, '['); more; more = comma(j)) {
		uint64_t bucket, n_doc, sum;

		if (!next_uint(j, PILE_BUCKETS - 1, &bucket) || !comma(j) ||
		    !next_uint(j, UINT32_MAX, &n_doc) || !comma(j) || !next_uint(j, SUM_MAX, &sum))
			return false;
		pile_add_bucket(r->pile, (uint32_t)bucket, (uint32_t)n_doc, sum);
	}
	return j->what == NULL;
}

static bool
read_sentence(struct reading *r, struct json *j)
{
	struct cand c = { 0 };
	struct span id, text;
	int64_t score, day;
	uint64_t n;

	if (!json_begin(j, '[') || !next_int(j, &score) || !comma(j) ||
	    !next_uint(j, UINT32_MAX, &n) || !comma(j) || !next_int(j, &day) || !comma(j) ||
	    !json_value(j, &id) || !comma(j) || !next_text(j, r->arena, &text) || comma(j))
		return false;
	if (score < INT32_MIN || score > INT32_MAX || !is_day(day) || json_type(id) > JSON_STRING)
		return false;
	c.score = (int32_t)score;
	c.n = (uint32_t)n;
	c.day = (int32_t)day;
	pile_add_sentence(r->pile, &c, id, text);
	return j->what == NULL;
}

static bool
read_sentences(struct reading *r, struct json *j)
{
	for (bool more = json_begin(j, '['); more; more = comma(j))
		if (!read_sentence(r, j))
			return false;
	return j->what == NULL;
}

static const struct {
	const char *key;
	bool (*read)(struct reading *r, struct json *j);
} member[] = {
	{ "partial", read_how },
	{ "topic", read_topic },
	{ "day", read_day },
	{ "n", read_n },
	{ "span", read_span },
	{ "counts", read_counts },
	{ "docs", read_docs },
	{ "words", read_words },
	{ "sentences", read_sentences },
};

enum { N_MEMBER = sizeof(member) / sizeof(member[0]) };

/* The name of a member that is not as it should be, or NULL. Other members (an id) are none of ours. */
static const char *
read_members(struct reading *r, struct json *j)
{
	struct span key, raw;

	for (bool more = json_begin(j, '{'); more; more = json_more(j, '}')) {
		size_t i = 0;

		if (!json_key(j, &key))
			return "a key";
		while (i < N_MEMBER && !span_is(key, member[i].key))
			i++;
		if (i < N_MEMBER ? !member[i].read(r, j) : !json_value(j, &raw))
			return i < N_MEMBER ? member[i].key : "a value";
	}
	return j->what;
}

const char *
partial_read(struct piles *piles, struct span line, struct span how, struct arena *a)
{
	struct reading r = {
		.pile = pile_new((struct span){ "", 0 }, PILE_NO_DAY), .how = how, .arena = a
	};
	struct json j = { line.p, line.p + line.n, NULL };
	const char *wrong = read_members(&r, &j);

	if (wrong != NULL)
		wrong = arena_fmt(a, "%s of the partial is not as it should be%c", wrong, 0).p;
	else if (!r.right)
		wrong = "no partial made with the same options";
	else if (r.topic.p == NULL || !r.n)
		wrong = "a partial without topic or n";
	else
		pile_merge(piles_get(piles, r.topic, r.pile->day), r.pile);
	pile_free(r.pile);
	return wrong;
}
