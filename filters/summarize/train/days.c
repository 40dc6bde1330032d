/* days.c - each timeline is a group of days, of which those of the reference are wanted. */
#include "days.h"

#include <stdio.h>
#include <stdlib.h>

#include "calendar.h"
#include "fit.h"
#include "json.h"
#include "oracle.h"
#include "summarize/gather.h"
#include "summarize/story.h"

#define RIDGE 1.0

struct timeline {
	struct span subject; /* topic up to the underscore: the same events from other newspapers */
	struct span topic;
	int32_t *day; /* of the reference, ascending */
	size_t n_day;
};

struct timelines {
	struct timeline *at;
	size_t n, cap;
};

struct article {
	struct record record;
	struct span topic;
	int32_t day;
};

struct articles {
	struct article *at;
	size_t n, cap;
};

struct study {
	struct arena *arena;
	struct timelines timeline;
	struct articles article;
	struct fit_group *group;
	const struct lingo *lingo;
	struct desk *desk;
	struct weights none; /* of sentences: not asked for here */
};

static struct span
text_of(struct span raw, struct arena *a)
{
	return raw.n < 2 ? raw : json_unescape(span_cut(raw, 1, raw.n - 1), a, NULL);
}

static int32_t
day_of(struct span date)
{
	struct cal c;

	return cal_parse(date, &c) ? cal_day(c) : PILE_NO_DAY;
}

static int
up(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return x < y ? -1 : x > y;
}

static void
add_timeline(struct study *s, struct span topic, struct span list)
{
	struct timeline t = { .topic = topic, .subject = topic };
	struct json j = { list.p, list.p + list.n, NULL };
	const char *under = memchr(topic.p, '_', topic.n);
	struct span raw;

	if (under != NULL)
		t.subject.n = (size_t)(under - topic.p);
	t.day = ARENA_NEW(s->arena, int32_t, list.n / 16 + 1);
	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']'))
		if (json_value(&j, &raw))
			t.day[t.n_day++] = day_of(text_of(oracle_member(raw, "date"), s->arena));
	qsort(t.day, t.n_day, sizeof(*t.day), up);
	VEC_PUSH(s->arena, &s->timeline, t);
}

static void
load_timelines(struct study *s, const char *file)
{
	struct span text = oracle_file(file), line;

	while (oracle_line(&text, &line)) {
		struct span topic = text_of(oracle_member(line, "topic"), s->arena), raw;
		struct span lists = oracle_member(line, "timelines");
		struct json j = { lists.p, lists.p + lists.n, NULL };

		for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']'))
			if (json_value(&j, &raw))
				add_timeline(s, topic, raw);
	}
}

static void
load_articles(struct study *s, const char *file)
{
	struct span text = oracle_file(file), line;
	struct diag d = { .prog = "train-summarize", .now = true };

	while (oracle_line(&text, &line)) {
		struct article x = { .topic = text_of(oracle_member(line, "topic"), s->arena) };

		if (!record_parse(
			&x.record, line, NULL, (struct where){ .file = file }, s->arena, &d))
			diag_die(&d, STATUS_RESOURCE, "no training on this");
		x.day = day_of(x.record.date);
		VEC_PUSH(s->arena, &s->article, x);
	}
}

static void
gather_one(struct study *s, struct article *x, struct piles *piles)
{
	struct gather how = { .by = "all", .timeline = true };
	struct bag bag;
	double *score;

	bag_fill(&bag, s->lingo, s->desk, &x->record);
	score = ARENA_NEW(s->arena, double, bag.n_line + 1);
	gather_add(&how, &(struct gather_doc){ &x->record, &bag, score, NULL }, piles);
}

/* The days of the articles of the topic within the time of the reference. */
static struct fit_group
group_of(struct study *s, const struct timeline *t)
{
	struct piles piles = { 0 };
	struct story_piles all, day;
	double *x, *y;

	for (size_t i = 0; i < s->article.n; i++) {
		struct article *a = &s->article.at[i];

		if (span_eq(a->topic, t->topic) && a->day >= t->day[0] &&
		    a->day <= t->day[t->n_day - 1])
			gather_one(s, a, &piles);
	}
	all.at = piles_take(&piles, &all.n);
	day = story_days(&all);
	x = ARENA_NEW(s->arena, double, day.n *day_feature_count() + 1);
	y = ARENA_NEW(s->arena, double, day.n + 1);
	story_features(&day, x);
	for (size_t i = 0; i < day.n; i++)
		y[i] = bsearch(&day.at[i]->day, t->day, t->n_day, sizeof(*t->day), up) != NULL;
	for (size_t i = 0; i < all.n; i++)
		pile_free(all.at[i]);
	free(all.at);
	return (struct fit_group){ day.n, x, y };
}

/* ---- scores ---- */

/* Share of the days of the reference among as many of the best days: precision, recall and F1 alike. */
static double
hits(const struct fit_group *g, const double *weight, size_t n_day)
{
	unsigned char *taken = calloc(g->n + 1, 1);
	double n = 0;

	if (taken == NULL)
		die_oom(g->n);
	for (size_t k = 0; k < n_day && k < g->n; k++) {
		size_t best = g->n;
		double most = 0;

		for (size_t i = 0; i < g->n; i++) {
			double v = 0;

			for (size_t f = 0; f < day_feature_count(); f++)
				v += weight[f] * g->x[i * day_feature_count() + f];
			if (!taken[i] && (best == g->n || v > most)) {
				best = i;
				most = v;
			}
		}
		taken[best] = 1;
		n += g->y[best];
	}
	free(taken);
	return n / (double)n_day;
}

static void
fit_some(const struct study *s, const struct span *without, double *weight)
{
	struct fit_group *g = ARENA_NEW(s->arena, struct fit_group, s->timeline.n + 1);
	bool all[FIT_FEATURE_MAX];
	struct fit f = {
		.group = g, .n_feature = day_feature_count(), .free = all, .ridge = RIDGE
	};

	for (size_t k = 0; k < FIT_FEATURE_MAX; k++)
		all[k] = true;
	for (size_t i = 0; i < s->timeline.n; i++)
		if (without == NULL || !span_eq(*without, s->timeline.at[i].subject))
			g[f.n_group++] = s->group[i];
	fit_weights(&f, weight);
}

static double
mean_hits(const struct study *s, const double *fixed)
{
	double sum = 0;

	for (size_t i = 0; i < s->timeline.n; i++) {
		const struct timeline *t = &s->timeline.at[i];
		double weight[FIT_FEATURE_MAX] = { 0 };

		if (fixed == NULL)
			fit_some(s, &t->subject, weight);
		sum += hits(&s->group[i], fixed == NULL ? weight : fixed, t->n_day);
	}
	return 100 * sum / (double)s->timeline.n;
}

static void
report(const struct study *s, const double *weight)
{
	fprintf(stderr,
	    "days of %zu timelines, F1: subject left out %.2f, all seen %.2f; one feature alone:",
	    s->timeline.n, mean_hits(s, NULL), mean_hits(s, weight));
	for (size_t k = 0; k < day_feature_count(); k++) {
		double one[FIT_FEATURE_MAX] = { 0 };

		one[k] = 1;
		fprintf(stderr, " %s %.1f", day_feature_name(k), mean_hits(s, one));
	}
	fprintf(stderr, "\n");
}

void
days_train(const char *folder, const char *records, const char *table, struct arena *a)
{
	struct study s = { .arena = a, .lingo = lingo_new(a), .desk = desk_new() };
	double weight[FIT_FEATURE_MAX] = { 0 };
	const char *name[FIT_FEATURE_MAX];

	load_timelines(&s, arena_fmt(a, "%s/t17.gold.jsonl%c", folder, 0).p);
	load_articles(&s, records);
	s.group = ARENA_NEW(a, struct fit_group, s.timeline.n + 1);
	for (size_t i = 0; i < s.timeline.n; i++)
		s.group[i] = group_of(&s, &s.timeline.at[i]);
	fit_some(&s, NULL, weight);
	report(&s, weight);
	for (size_t k = 0; k < day_feature_count(); k++)
		name[k] = day_feature_name(k);
	oracle_rewrite(oracle_file(table),
	    &(struct oracle_weights){ { name, day_feature_count() }, weight, NULL });
	desk_free(s.desk);
}
