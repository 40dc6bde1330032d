/* summarize.c - the plot: count words, score sentences, choose, put in order. */
#include "summarize.h"

#include <stdlib.h>

#include "bag.h"
#include "feature.h"
#include "gather.h"
#include "partial.h"
#include "select.h"
#include "story.h"

struct model {
	struct arena arena;
	struct lingo *lingo;
	struct weights weights;
	struct day_weights day_weights;
	struct budget budget;
	struct gather gather; /* by == NULL: one document at a time */
	struct span name;     /* of its partials */
	size_t n_date;
	bool by_rank, scores;
	bool partial, merge;
};

/* Of one worker: scratch, and what was gathered. */
struct own {
	struct desk *desk;
	struct regex_match *match;
	struct piles piles;
	struct pile **done; /* by finish(): sorted, at is the next */
	size_t n_done, at;
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
	{ "group-by", 'g', OPT_TEXT, "FIELD", NULL, NULL, 0, 0,
	    "one summary for all documents of a group: a member of the records (topic), date, or "
	    "all" },
	{ "timeline", 't', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "the days that matter, by the dates of ntag-date and of publication" },
	{ "dates", 0, OPT_INT, "N", "10", NULL, 1, 10000, "days of a timeline" },
	{ "query", 0, OPT_TEXT, "REGEX", NULL, NULL, 0, 0,
	    "a timeline of the sentences that match, upper or lower case" },
	{ "about", 0, OPT_TEXT, "NAME", NULL, NULL, 0, 0,
	    "a timeline of the sentences with an entity of that name (ntag-entity)" },
	{ "partial", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "write what was gathered, to be added up by --merge" },
	{ "merge", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "the input is what --partial wrote with the same options" },
	{ 0 },
};

static void
set_budget(struct budget *b, const struct opts *o)
{
	b->sentences = (size_t)opts_int(o, "sentences");
	b->words = (size_t)opts_int(o, "words");
	b->ratio = opts_number(o, "ratio");
	b->repeat = SELECT_REPEAT;
	if (b->sentences == 0 && b->words == 0 && b->ratio == 0)
		b->sentences = opts_on(o, "timeline") ? 1 : 3;
}

/* Options that say nothing together, or NULL. */
static const char *
slip(const struct opts *o)
{
	bool timeline = opts_on(o, "timeline"), group = timeline || opts_given(o, "group-by");

	if (!group && (opts_on(o, "partial") || opts_on(o, "merge")))
		return "--partial and --merge go with --group-by or --timeline";
	if (!timeline &&
	    (opts_given(o, "dates") || opts_given(o, "query") || opts_given(o, "about")))
		return "--dates, --query and --about go with --timeline";
	if (group && (opts_given(o, "ratio") || opts_on(o, "scores")))
		return "--ratio and --scores are for single documents";
	if (opts_given(o, "query") && opts_given(o, "about"))
		return "--query or --about, not both";
	return NULL;
}

/* False after saying why. */
static bool
set_gather(struct model *m, const struct opts *o, struct diag *d)
{
	const char *wrong = slip(o), *query = opts_text(o, "query");
	char what[128];
	size_t at;

	if (wrong != NULL) {
		d->usage = true;
		diag_warn(d, (struct where){ 0 }, "%s", wrong);
		return false;
	}
	m->partial = opts_on(o, "partial");
	m->merge = opts_on(o, "merge");
	m->n_date = (size_t)opts_int(o, "dates");
	m->gather = (struct gather){ .by = opts_text(o, "group-by"),
		.timeline = opts_on(o, "timeline"),
		.pattern = query,
		.about = span_c(opts_text(o, "about")) };
	if (m->gather.timeline && m->gather.by == NULL)
		m->gather.by = "all";
	if (m->gather.by != NULL)
		m->name = gather_name(&m->gather, &m->arena);
	if (query == NULL)
		return true;
	m->gather.query = regex_new(span_c(query), REGEX_ICASE | REGEX_USER, &at, what);
	d->usage = m->gather.query == NULL;
	if (m->gather.query == NULL)
		diag_warn(d, (struct where){ 0 }, "query: %s at byte %zu", what, at);
	return m->gather.query != NULL;
}

static void
model_close(void *model)
{
	struct model *m = model;

	if (m == NULL)
		return;
	regex_free(m->gather.query);
	arena_free(&m->arena);
	free(m);
}

static bool
load_weights(struct model *m, struct diag *d)
{
	struct table sentences, days;

	table_load(&sentences, &blob_summarize_weights, &m->arena);
	table_load(&days, &blob_summarize_days, &m->arena);
	if (weights_load(&m->weights, &sentences) && day_weights_load(&m->day_weights, &days))
		return true;
	diag_warn(d, (struct where){ 0 }, "unknown feature or bad weight in a table");
	return false;
}

static void *
model_open(const struct opts *o, struct diag *d)
{
	struct model *m = calloc(1, sizeof(*m));

	if (m == NULL)
		die_oom(sizeof(*m));
	m->lingo = lingo_new(&m->arena);
	if (!load_weights(m, d) || !set_gather(m, o, d)) {
		model_close(m);
		return NULL;
	}
	set_budget(&m->budget, o);
	m->by_rank = strcmp(opts_text(o, "order"), "rank") == 0;
	m->scores = opts_on(o, "scores");
	return m;
}

static void *
own_open(const void *model)
{
	const struct model *m = model;
	struct own *own = calloc(1, sizeof(*own));

	if (own == NULL)
		die_oom(sizeof(*own));
	own->desk = desk_new();
	if (m->gather.query != NULL)
		own->match = regex_match_new();
	return own;
}

static void
own_close(void *scratch)
{
	struct own *own = scratch;

	if (own == NULL)
		return;
	for (; own->at < own->n_done; own->at++)
		pile_free(own->done[own->at]);
	free(own->done);
	piles_free(&own->piles);
	regex_match_free(own->match);
	desk_free(own->desk);
	free(own);
}

static int
by_index(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static enum verdict
summarize_one(const struct model *m, struct record *r, const struct bag *bag, double *score)
{
	record_own_sents(r);
	record_own(r, LAYER_SUMMARY);
	if (bag->n_line > 0)
		select_best(bag, score, &m->budget, &r->summary, r->arena);
	if (!m->by_rank && r->summary.n > 1)
		qsort(r->summary.at, r->summary.n, sizeof(*r->summary.at), by_index);
	if (m->scores) {
		r->summary.score = score;
		r->summary.n_score = bag->n_line;
	}
	return KEEP;
}

static enum verdict
merge_partial(const struct model *m, struct record *r, struct work *w)
{
	struct own *own = w->own;
	const char *wrong = r->json.p == NULL
				? "no partial"
				: partial_read(&own->piles, r->json, m->name, r->arena);

	if (wrong == NULL) {
		w->diag->count.no_text -= r->text.p == NULL;
		return DROP;
	}
	diag_reject(w->diag, r->where, "summarize", r->json, "%s", wrong);
	return REJECT;
}

static enum verdict
annotate(const void *model, struct record *r, struct work *w)
{
	const struct model *m = model;
	struct own *own = w->own;
	struct bag bag;
	double *score;

	if (m->merge)
		return merge_partial(m, r, w);
	bag_fill(&bag, m->lingo, own->desk, r);
	score = ARENA_NEW(r->arena, double, bag.n_line + 1);
	feature_score(&m->weights, &bag, score);
	if (m->gather.by == NULL)
		return summarize_one(m, r, &bag, score);
	gather_add(&m->gather, &(struct gather_doc){ r, &bag, score, own->match }, &own->piles);
	return DROP;
}

/* ---- many documents ---- */

static unsigned
keeps(const void *model)
{
	const struct model *m = model;

	return (m->gather.by != NULL ? KEEPS_STATE : 0U) | (m->merge ? KEEPS_BARE : 0U);
}

static void
merge(const void *model, void *into, void *from)
{
	struct own *a = into, *b = from;

	(void)model;
	piles_merge(&a->piles, &b->piles);
}

/* How a sentence's own score counts beside its words: for groups it is that of its document (log odds), for days it
 * is set up in gather.c. Chosen on the day clusters and timelines of the study. */
#define OWN_OF_GROUP 0.05
#define OWN_OF_DAY 1.0

static struct story
story_of(const struct model *m, struct desk *desk)
{
	bool days = m->gather.timeline;
	struct budget budget = m->budget;

	budget.repeat = SELECT_REPEAT_MANY;
	return (struct story){ .digest = { .lingo = m->lingo,
				   .desk = desk,
				   .budget = budget,
				   .own = days ? OWN_OF_DAY : OWN_OF_GROUP,
				   .agreement = !days },
		.by_rank = m->by_rank,
		.n_date = m->n_date,
		.weight = m->day_weights };
}

/* Piles of the same topic as the next, with it. */
static size_t
same_topic(const struct own *own)
{
	size_t n = 1;

	while (own->at + n < own->n_done && span_eq(pile_span(own->done[own->at]->topic),
						pile_span(own->done[own->at + n]->topic)))
		n++;
	return n;
}

static bool
finish(const void *model, void *state, struct buf *line)
{
	const struct model *m = model;
	struct own *own = state;
	struct story s = story_of(m, own->desk);
	size_t n = 1;

	if (own->done == NULL)
		own->done = piles_take(&own->piles, &own->n_done);
	if (own->at == own->n_done)
		return false;
	if (m->partial) {
		partial_write(own->done[own->at], m->name, line);
	} else if (!m->gather.timeline) {
		story_group(&s, own->done[own->at], line);
	} else {
		n = same_topic(own);
		story_timeline(&s, &(struct story_piles){ own->done + own->at, n }, line);
	}
	for (; n > 0; n--)
		pile_free(own->done[own->at++]);
	return true;
}

static const struct blob *const blob[] = { &blob_summarize_words, &blob_summarize_suffixes,
	&blob_summarize_weights, &blob_summarize_days, NULL };

const struct filter filter_summarize = {
	.name = "summarize",
	.summary = "choose the sentences that say most of a text",
	.example = "ntag-summarize -n 2 articles/*.txt\n"
		   "ntag-summarize --words 60 <articles.jsonl | jq -r '.sents as $s | .text as $t "
		   "| .summary[] | $t[$s[.].start:$s[.].end]'\n"
		   "ntag-summarize --group-by date --words 60 archive\n"
		   "ntag-date archive | ntag-summarize --timeline --query flood -o text",
	.needs = F_TEXT,
	.uses = F_SENTS | F_DATES | F_ENTS | F_QUOTES,
	.gives = F_SENTS | F_SUMMARY,
	.option = option,
	.blob = blob,
	.open = model_open,
	.annotate = annotate,
	.close = model_close,
	.worker_open = own_open,
	.worker_close = own_close,
	.keeps = keeps,
	.merge = merge,
	.finish = finish,
};
