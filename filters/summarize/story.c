/* story.c - piles of a group become a record. */
#include "story.h"

#include <math.h>
#include <stdlib.h>

#include "calendar.h"
#include "feature.h"
#include "json.h"

/* ---- a group ---- */

/* By date, document and place; ids are compared as they are written. */
static int
by_place(const void *a, const void *b)
{
	const struct cand *x = *(struct cand *const *)a, *y = *(struct cand *const *)b;
	struct span i = cand_id(x), k = cand_id(y);
	int order;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	order = memcmp(i.p, k.p, i.n < k.n ? i.n : k.n);
	if (order == 0)
		order = i.n < k.n ? -1 : i.n > k.n;
	return order != 0 ? order : x->n < y->n ? -1 : x->n > y->n;
}

struct chosen {
	struct cand **at;
	size_t n;
};

static struct chosen
choose(const struct story *s, struct pile *p, struct arena *a)
{
	struct indexes best = { 0 };
	struct chosen c;

	pile_settle(p);
	digest_choose(&s->digest, p, &best, a);
	c.at = ARENA_NEW(a, struct cand *, best.n + 1);
	c.n = best.n;
	for (size_t i = 0; i < best.n; i++)
		c.at[i] = p->cand[best.at[i]];
	if (!s->by_rank && c.n > 1)
		qsort(c.at, c.n, sizeof(struct cand *), by_place);
	return c;
}

static void
put_text(const struct chosen *c, const char *between, struct buf *out)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		buf_str(&text, i == 0 ? "" : between);
		buf_put(&text, cand_text(c->at[i]));
	}
	buf_str(out, "\"text\":");
	json_put(out, buf_span(&text));
	buf_free(&text);
}

void
story_group(const struct story *s, struct pile *p, struct buf *out)
{
	struct arena a = { 0 };
	struct chosen c = choose(s, p, &a);

	buf_str(out, "{\"topic\":");
	json_put(out, pile_span(p->topic));
	if (p->n_doc != p->n_doc_kept) {
		buf_str(out, ",\"n\":");
		buf_uint(out, p->n_doc);
	}
	buf_str(out, ",\"docs\":[");
	for (size_t i = 0; i < p->n_doc_kept; i++) {
		buf_str(out, i == 0 ? "" : ",");
		buf_put(out, pile_span(p->doc[i]));
	}
	buf_str(out, "],\"summary\":[");
	for (size_t i = 0; i < c.n; i++) {
		buf_str(out, i == 0 ? "[" : ",[");
		buf_put(out, cand_id(c.at[i]));
		buf_char(out, ',');
		buf_uint(out, c.at[i]->n);
		buf_char(out, ']');
	}
	buf_str(out, "],");
	put_text(&c, "\n", out);
	buf_char(out, '}');
	arena_free(&a);
}

/* ---- days ---- */

static const char *const day_feature[] = { "published", "mentioners", "later" };

enum { N_DAY_FEATURE = sizeof(day_feature) / sizeof(day_feature[0]) };

size_t
day_feature_count(void)
{
	return N_DAY_FEATURE;
}

const char *
day_feature_name(size_t k)
{
	return day_feature[k];
}

/* The ones that may run into thousands by their logarithms. */
static void
fill(const struct pile *p, double *value)
{
	value[0] = log1p((double)p->count[COUNT_PUBLISHED]);
	value[1] = log1p((double)p->count[COUNT_MENTIONERS]);
	value[2] = (double)p->count[COUNT_LATER];
}

void
story_features(const struct story_piles *d, double *value)
{
	for (size_t i = 0; i < d->n; i++)
		fill(d->at[i], value + i * N_DAY_FEATURE);
	for (size_t k = 0; k < N_DAY_FEATURE; k++) {
		double most = 0;

		for (size_t i = 0; i < d->n; i++)
			most = fmax(most, value[i * N_DAY_FEATURE + k]);
		for (size_t i = 0; i < d->n; i++)
			value[i * N_DAY_FEATURE + k] =
			    most > 0 ? value[i * N_DAY_FEATURE + k] / most : 0;
	}
}

bool
day_weights_load(struct day_weights *w, const struct table *t)
{
	struct feature_names names = { day_feature, N_DAY_FEATURE };

	*w = (struct day_weights){ 0 };
	return weights_read(t, 1, &names, w->of);
}

struct story_piles
story_days(const struct story_piles *p)
{
	struct story_piles d = { p->at + 1, 0 };
	const struct pile *all = p->at[0];
	size_t end = p->n;

	if (all->day != PILE_NO_DAY || all->first == PILE_NO_DAY)
		return d;
	while (d.at < p->at + end && (*d.at)->day < all->first)
		d.at++;
	while (end > 1 && p->at[end - 1]->day > all->last)
		end--;
	if (d.at < p->at + end)
		d.n = (size_t)(p->at + end - d.at);
	return d;
}

/* ---- a timeline ---- */

struct ranked {
	double score;
	struct pile *pile;
};

/* The better day first, the earlier where two are equal. */
static int
by_score(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->pile->day < y->pile->day ? -1 : x->pile->day > y->pile->day;
}

static int
by_day(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->pile->day < y->pile->day ? -1 : x->pile->day > y->pile->day;
}

/* Days of which there is something to say, the best first. */
static struct ranked *
rank(const struct story *s, const struct story_piles *d, size_t *n, struct arena *a)
{
	double *value = ARENA_NEW(a, double, d->n *N_DAY_FEATURE + 1);
	struct ranked *r = ARENA_NEW(a, struct ranked, d->n + 1);

	story_features(d, value);
	*n = 0;
	for (size_t i = 0; i < d->n; i++) {
		double score = 0;

		if (d->at[i]->n_cand == 0)
			continue;
		for (size_t k = 0; k < N_DAY_FEATURE; k++)
			score += s->weight.of[k] * value[i * N_DAY_FEATURE + k];
		r[(*n)++] = (struct ranked){ score, d->at[i] };
	}
	if (*n > 1)
		qsort(r, *n, sizeof(*r), by_score);
	return r;
}

static bool
named_before(const struct chosen *c, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (span_eq(cand_id(c->at[k]), cand_id(c->at[i])))
			return true;
	return false;
}

static void
put_day(const struct story *s, struct pile *p, struct buf *out)
{
	struct arena a = { 0 };
	struct chosen c = choose(s, p, &a);
	struct cal day = { 0 };
	const char *comma = "";

	cal_from_day(p->day, &day);
	buf_fmt(out, "{\"date\":\"%04d-%02d-%02d\",", day.y, day.m, day.d);
	put_text(&c, " ", out);
	buf_str(out, ",\"docs\":[");
	for (size_t i = 0; i < c.n; i++) {
		if (named_before(&c, i))
			continue;
		buf_str(out, comma);
		buf_put(out, cand_id(c.at[i]));
		comma = ",";
	}
	buf_str(out, "]}");
	arena_free(&a);
}

void
story_timeline(const struct story *s, const struct story_piles *p, struct buf *out)
{
	struct arena a = { 0 };
	struct story_piles d = story_days(p);
	size_t n;
	struct ranked *r = rank(s, &d, &n, &a);

	n = n < s->n_date ? n : s->n_date;
	if (n > 1)
		qsort(r, n, sizeof(*r), by_day);
	buf_str(out, "{\"topic\":");
	json_put(out, pile_span(p->at[0]->topic));
	buf_str(out, ",\"timeline\":[");
	for (size_t i = 0; i < n; i++) {
		buf_str(out, i == 0 ? "" : ",");
		put_day(s, r[i].pile, out);
	}
	buf_str(out, "]}");
	arena_free(&a);
}
