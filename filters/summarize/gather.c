/* gather.c - sentences, words and days of one document, each to its pile. */
#include "gather.h"

#include <math.h>
#include <stdlib.h>

#include "ascii.h"
#include "calendar.h"
#include "json.h"
#include "uniclass.h"

struct doc {
	const struct gather *how;
	const struct gather_doc *in;
	struct piles *piles;
	struct arena *arena;
	struct span topic, id;
	int32_t day; /* of publication; PILE_NO_DAY */
	bool *wanted;
};

/* ---- what the record says of itself ---- */

static struct span
member_raw(const struct record *r, enum record_field field, const char *key)
{
	for (size_t i = 0; i < r->member.n; i++)
		if (key == NULL ? r->member.at[i].field == field
				: span_is(r->member.at[i].key, key))
			return r->member.at[i].raw;
	return (struct span){ NULL, 0 };
}

/* As JSON: a number keeps its spelling. */
static struct span
id_of(const struct record *r)
{
	struct span raw = member_raw(r, FIELD_ID, NULL), id;
	struct buf out = { 0 };

	if (raw.p != NULL)
		return raw;
	json_put(&out, r->id);
	id = arena_copy(r->arena, buf_span(&out));
	buf_free(&out);
	return id;
}

static int32_t
day_of(struct span date)
{
	struct cal c;

	return cal_parse(date, &c) ? cal_day(c) : PILE_NO_DAY;
}

struct span
gather_topic(const struct gather *g, struct record *r)
{
	struct span raw, none = { "", 0 };

	if (strcmp(g->by, "all") == 0)
		return SPAN("all");
	if (strcmp(g->by, "date") == 0)
		return day_of(r->date) == PILE_NO_DAY ? none : span_cut(r->date, 0, 10);
	raw = member_raw(r, FIELD_FOREIGN, g->by);
	if (raw.p == NULL)
		return strcmp(g->by, "source") == 0 && r->source.p != NULL ? r->source : none;
	if (json_type(raw) == JSON_STRING)
		return json_unescape(span_cut(raw, 1, raw.n - 1), r->arena, NULL);
	return json_type(raw) == JSON_NUMBER || json_type(raw) == JSON_BOOL ? raw : none;
}

struct span
gather_name(const struct gather *g, struct arena *a)
{
	return arena_fmt(a, "summarize %s by %s%s%s%s%.*s", g->timeline ? "timeline" : "groups",
	    g->by, g->pattern == NULL ? "" : " query ", g->pattern == NULL ? "" : g->pattern,
	    g->about.p == NULL ? "" : " about ", (int)g->about.n, g->about.p);
}

/* ---- sentences ---- */

/* White space becomes single blanks. */
static struct span
plain(struct span text, struct arena *a)
{
	char *p = arena_raw(a, text.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; text.p != NULL && i < text.n; i++) {
		if (!ascii_space((unsigned char)text.p[i]))
			p[n++] = text.p[i];
		else if (n > 0 && p[n - 1] != ' ')
			p[n++] = ' ';
	}
	return (struct span){ p, n };
}

static void
add_sentence(struct doc *d, struct pile *p, size_t i, int32_t score)
{
	const struct line *line = &d->in->bag->line[i];
	struct cand c = { .score = score, .n = (uint32_t)i, .day = d->day };

	pile_add_sentence(
	    p, &c, d->id, plain(record_slice(d->in->record, line->start, line->end), d->arena));
}

static int32_t
thousandths(double v)
{
	return (int32_t)lrint(fmax(-1e6, fmin(1e6, v)) * 1000);
}

/* ---- groups ---- */

/* The least score of the GATHER_BEST best sentences. */
static double
threshold(const struct doc *d)
{
	double best[GATHER_BEST];
	const struct bag *b = d->in->bag;
	size_t n = 0;

	for (size_t i = b->body; i < b->n_line; i++) {
		double v = d->in->score[i];
		size_t k;

		if (n == GATHER_BEST && v <= best[n - 1])
			continue;
		k = n < GATHER_BEST ? n++ : n - 1;
		for (; k > 0 && best[k - 1] < v; k--)
			best[k] = best[k - 1];
		best[k] = v;
	}
	return n > 0 ? best[n - 1] : 0;
}

static void
add_to_group(struct doc *d)
{
	struct pile *p = piles_get(d->piles, d->topic, PILE_NO_DAY);
	const struct bag *b = d->in->bag;
	double least = threshold(d);

	p->n_doc++;
	pile_add_doc(p, d->id);
	for (size_t w = 0; w < b->n_word; w++)
		if (b->word[w].tf > 0)
			pile_add_word(p, b->word[w].stem, 1, b->word[w].tf);
	for (size_t i = b->body; i < b->n_line; i++)
		if (d->in->score[i] >= least)
			add_sentence(d, p, i, thousandths(d->in->score[i]));
}

/* ---- timelines ---- */

/* What speaks for a sentence whatever else is said of the day, in thousandths: from the study. */
enum {
	OWN_MENTION = 120, /* it names the day */
	OWN_FIRST = 100,   /* it is the first of its document */
	OWN_THIRD = 50,    /* one of the first three */
	OWN_FRESH = 60,    /* its document is of the day or the next */
	OWN_QUOTE = -80,   /* it begins with a quotation mark */
	OWN_PRONOUN = -60, /* with a pronoun */
};

static bool
begins_quoted(struct span s)
{
	return s.p != NULL && s.n > 0 &&
	       (*s.p == '"' || *s.p == '\'' ||
		   (s.n > 2 && memcmp(s.p, "\xE2\x80", 2) == 0 &&
		       ((unsigned char)s.p[2] & 0xFC) != 0x90));
}

static int32_t
own_score(const struct doc *d, size_t i, int32_t day, bool mention)
{
	const struct bag *b = d->in->bag;
	const struct line *line = &b->line[i];
	struct span text = record_slice(d->in->record, line->start, line->end);
	bool fresh = d->day != PILE_NO_DAY && (d->day == day || d->day == day + 1);

	return (mention ? OWN_MENTION : 0) + (i == b->body ? OWN_FIRST : 0) +
	       (i < b->body + 3 ? OWN_THIRD : 0) + (fresh ? OWN_FRESH : 0) +
	       (begins_quoted(text) ? OWN_QUOTE : 0) +
	       ((line->lead & LINGO_PRONOUN) != 0 ? OWN_PRONOUN : 0);
}

static void
add_words(const struct doc *d, struct pile *p, const struct line *line)
{
	for (size_t k = 0; k < line->n_count; k++)
		pile_add_word(p, d->in->bag->word[line->count[k].word].stem, 1,
		    (uint64_t)lrint(1000 * line->count[k].n / line->norm));
}

static void
add_to_day(struct doc *d, size_t i, int32_t day, bool mention)
{
	const struct line *line = &d->in->bag->line[i];
	struct pile *p;

	if (line->n_word < GATHER_WORDS_MIN || line->n_word > GATHER_WORDS_MAX)
		return;
	p = piles_get(d->piles, d->topic, day);
	add_words(d, p, line);
	add_sentence(d, p, i, own_score(d, i, day, mention));
}

/* A day named in a sentence. */
struct named_day {
	int32_t day;
	uint32_t line;
};

struct named_days {
	struct named_day *at;
	size_t n, cap;
};

static int
compare_days(const void *a, const void *b)
{
	const struct named_day *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* The days of the record's dates that are whole days, by day, each once a sentence. */
static struct named_days
mentions(const struct doc *d)
{
	struct named_days m = { 0 };
	const struct record *r = d->in->record;
	const struct bag *b = d->in->bag;
	size_t i = 0, n = 0;

	for (size_t k = 0; k < r->dates.n; k++) {
		const struct date *at = &r->dates.at[k];
		int32_t day = at->type <= TIMEX_TIME ? day_of(at->value) : PILE_NO_DAY;

		while (i < b->n_line && b->line[i].end <= at->start)
			i++;
		if (day != PILE_NO_DAY && i < b->n_line && i >= b->body && d->wanted[i])
			VEC_PUSH(d->arena, &m, (struct named_day){ day, (uint32_t)i });
	}
	if (m.n > 1)
		qsort(m.at, m.n, sizeof(*m.at), compare_days);
	for (size_t k = 0; k < m.n; k++)
		if (k == 0 || compare_days(&m.at[k - 1], &m.at[k]) != 0)
			m.at[n++] = m.at[k];
	m.n = n;
	return m;
}

static void
count_mention(struct doc *d, const struct named_day *m, bool first_of_day)
{
	struct pile *p = piles_get(d->piles, d->topic, m->day);

	p->count[COUNT_MENTIONERS] += first_of_day;
	p->count[COUNT_LATER] += d->day != PILE_NO_DAY && d->day > m->day + GATHER_LATER;
}

static bool
mentioned(const struct named_days *m, int32_t day, size_t line)
{
	struct named_day key = { day, (uint32_t)line };

	return m->n > 0 && bsearch(&key, m->at, m->n, sizeof(*m->at), compare_days) != NULL;
}

/* The first sentences tell of the day of publication, and of the day before. */
static void
add_lead(struct doc *d, const struct named_days *m)
{
	const struct bag *b = d->in->bag;

	for (size_t i = b->body; i < b->n_line && i < b->body + GATHER_LEAD; i++)
		for (int32_t back = 0; back < 2; back++)
			if (d->wanted[i] && !mentioned(m, d->day - back, i))
				add_to_day(d, i, d->day - back, false);
}

static void
add_to_timeline(struct doc *d)
{
	struct named_days m = mentions(d);
	struct pile *p = piles_get(d->piles, d->topic, PILE_NO_DAY);

	p->n_doc++;
	pile_add_day(p, d->day);
	for (size_t i = 0; i < m.n; i++) {
		count_mention(d, &m.at[i], i == 0 || m.at[i - 1].day != m.at[i].day);
		add_to_day(d, m.at[i].line, m.at[i].day, true);
	}
	if (d->day == PILE_NO_DAY)
		return;
	piles_get(d->piles, d->topic, d->day)->count[COUNT_PUBLISHED]++;
	add_lead(d, &m);
}

/* ---- what it is about ---- */

static bool
named(const struct record *r, const struct ent *e, uint32_t hash)
{
	return uni_hash(record_slice(r, e->start, e->end)) == hash ||
	       (e->name.p != NULL && uni_hash(e->name) == hash);
}

static size_t
want_about(struct doc *d)
{
	const struct record *r = d->in->record;
	const struct bag *b = d->in->bag;
	uint32_t hash = uni_hash(d->how->about);
	size_t i = 0, n = 0;

	for (size_t k = 0; k < r->ents.n && i < b->n_line; k++) {
		while (i < b->n_line && b->line[i].end <= r->ents.at[k].start)
			i++;
		if (i < b->n_line && !d->wanted[i] && named(r, &r->ents.at[k], hash)) {
			d->wanted[i] = true;
			n++;
		}
	}
	return n;
}

static size_t
want_query(struct doc *d)
{
	const struct bag *b = d->in->bag;
	size_t n = 0;

	for (size_t i = 0; i < b->n_line; i++) {
		struct span text = record_slice(d->in->record, b->line[i].start, b->line[i].end);

		d->wanted[i] = regex_find(d->how->query, text, 0, d->in->match) == REGEX_YES;
		n += d->wanted[i];
	}
	return n;
}

/* Which sentences count; how many. */
static size_t
want(struct doc *d)
{
	size_t n = d->in->bag->n_line;

	d->wanted = ARENA_NEW(d->arena, bool, n + 1);
	if (d->how->query != NULL)
		return want_query(d);
	if (d->how->about.p != NULL)
		return want_about(d);
	memset(d->wanted, true, n);
	return n;
}

void
gather_add(const struct gather *g, const struct gather_doc *in, struct piles *piles)
{
	struct record *r = in->record;
	struct doc d = { .how = g, .in = in, .piles = piles, .arena = r->arena };

	d.topic = gather_topic(g, r);
	d.id = id_of(r);
	d.day = day_of(r->date);
	if (!g->timeline)
		add_to_group(&d);
	else if (want(&d) > 0)
		add_to_timeline(&d);
}
