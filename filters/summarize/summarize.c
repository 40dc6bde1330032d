/* summarize.c - the plot: count words, score sentences, choose, put in order. */
#include "summarize.h"

#include <stdlib.h>

#include "bag.h"
#include "feature.h"
#include "select.h"

struct model {
	struct arena arena;
	struct lingo *lingo;
	struct weights weights;
	struct budget budget;
	bool by_rank, scores;
};

static const struct opt option[] = {
	{ "sentences", 'n', OPT_INT, "N", NULL, NULL, 1, 200,
	    "at most N sentences (3 where neither words nor ratio is given)" },
	{ "words", 'w', OPT_INT, "N", NULL, NULL, 1, 100000, "about N words" },
	{ "ratio", 0, OPT_NUMBER, "R", NULL, NULL, 0, 1,
	    "this share of the sentences, from 0 to 1" },
	{ "order", 0, OPT_ENUM, "ORDER", "text", "text|rank", 0, 0,
	    "order of the sentences in summary" },
	{ "scores", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "add the score of every sentence as scores" },
	{ 0 },
};

static void
set_budget(struct budget *b, const struct opts *o)
{
	b->sentences = (size_t)opts_int(o, "sentences");
	b->words = (size_t)opts_int(o, "words");
	b->ratio = opts_number(o, "ratio");
	if (b->sentences == 0 && b->words == 0 && b->ratio == 0)
		b->sentences = 3;
}

static void
model_close(void *model)
{
	struct model *m = model;

	if (m == NULL)
		return;
	arena_free(&m->arena);
	free(m);
}

static void *
model_open(const struct opts *o, struct diag *d)
{
	struct model *m = calloc(1, sizeof(*m));
	struct table t;
	size_t line = 0;

	if (m == NULL)
		die_oom(sizeof(*m));
	m->lingo = lingo_new(&m->arena);
	table_load(&t, &blob_summarize_weights, &m->arena);
	if (!weights_load(&m->weights, &t, &line)) {
		diag_warn(d, (struct where){ .file = blob_summarize_weights.name, .line = line },
		    "unknown feature or bad weight");
		model_close(m);
		return NULL;
	}
	set_budget(&m->budget, o);
	m->by_rank = strcmp(opts_text(o, "order"), "rank") == 0;
	m->scores = opts_on(o, "scores");
	return m;
}

static void *
desk_open(const void *model)
{
	(void)model;
	return desk_new();
}

static void
desk_close(void *own)
{
	desk_free(own);
}

static int
by_index(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static enum verdict
annotate(const void *model, struct record *r, struct work *w)
{
	const struct model *m = model;
	struct bag bag;
	double *score;

	record_own_sents(r);
	bag_fill(&bag, m->lingo, w->own, r);
	record_own(r, LAYER_SUMMARY);
	score = ARENA_NEW(r->arena, double, bag.n_line + 1);
	feature_score(&m->weights, &bag, score);
	if (bag.n_line > 0)
		select_best(&bag, score, &m->budget, &r->summary, r->arena);
	if (!m->by_rank && r->summary.n > 1)
		qsort(r->summary.at, r->summary.n, sizeof(*r->summary.at), by_index);
	if (m->scores) {
		r->summary.score = score;
		r->summary.n_score = bag.n_line;
	}
	return KEEP;
}

static const struct blob *const blob[] = { &blob_summarize_words, &blob_summarize_suffixes,
	&blob_summarize_weights, NULL };

const struct filter filter_summarize = {
	.name = "summarize",
	.summary = "choose the sentences that say most of a text",
	.example = "ntag-summarize -n 2 articles/*.txt\n"
		   "ntag-summarize --words 60 <articles.jsonl | jq -r '.sents as $s | .text as $t "
		   "| .summary[] | $t[$s[.].start:$s[.].end]'",
	.needs = F_TEXT,
	.uses = F_SENTS,
	.gives = F_SENTS | F_SUMMARY,
	.option = option,
	.blob = blob,
	.open = model_open,
	.annotate = annotate,
	.close = model_close,
	.worker_open = desk_open,
	.worker_close = desk_close,
};
