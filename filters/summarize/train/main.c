/* main.c - train-summarize: the weights of data/weights.tsv from news with reference summaries, those of days.tsv
 * from timelines (days.h).
 *
 * Writes the table with new weights to standard output, and the scores of a five-fold cross-validation to standard
 * error. Only numbers come out of the sets: a weight a feature, rounded to four places. FOLDER
 * has the records as ntag-date, ntag-entity and ntag-quote write them. Features that the news articles cannot teach (they have no headlines) are fitted behind the others, on the texts of gumsum_*.
 */
#include <stdio.h>
#include <stdlib.h>

#include "days.h"
#include "fit.h"
#include "oracle.h"
#include "summarize/feature.h"
#include "summarize/select.h"

enum { FOLDS = 5, WORDS = 60, SENTENCES = 3 };

#define RIDGE 1.0

struct trainer {
	struct arena arena;
	struct examples news, titled;
	struct fit_group *news_group, *titled_group;
	bool plain[FEATURE_MAX], annotated[FEATURE_MAX]; /* fitted on news */
	bool late[FEATURE_MAX];                          /* on what has titles */
};

/* Weights from all but one fold of the news; of == 0: from all. */
struct part {
	bool annotated;
	size_t skip, of;
};

static struct fit_group *
groups(struct trainer *t, const struct examples *e)
{
	struct fit_group *g = ARENA_NEW(&t->arena, struct fit_group, e->n + 1);

	for (size_t i = 0; i < e->n; i++) {
		const struct bag *b = &e->at[i].bag;
		double *x =
		    ARENA_NEW(&t->arena, double, (b->n_line - b->body) * feature_count() + 1);

		for (size_t k = b->body; k < b->n_line; k++)
			feature_fill(b, k, x + (k - b->body) * feature_count());
		g[i] = (struct fit_group){ b->n_line - b->body, x, e->at[i].wanted + b->body };
	}
	return g;
}

static void
train(const struct trainer *t, const struct part *p, double *weight)
{
	struct fit f = { t->news_group, t->news.n, feature_count(),
		p->annotated ? t->annotated : t->plain, RIDGE, p->skip, p->of };

	memset(weight, 0, FEATURE_MAX * sizeof(*weight));
	fit_weights(&f, weight);
	f.group = t->titled_group;
	f.n_group = t->titled.n;
	f.free = t->late;
	f.of = 0;
	fit_weights(&f, weight);
}

static int
up(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

struct total {
	double n, r1[2], r2[2]; /* SENTENCES sentences; WORDS words */
};

static void
score(const struct example *e, const double *weight, struct total *t)
{
	struct arena a = { 0 };
	struct weights w;
	struct budget ten = { .sentences = 10, .repeat = SELECT_REPEAT };
	double *value = ARENA_NEW(&a, double, e->bag.n_line + 1);
	struct indexes chosen = { 0 };

	memcpy(w.plain, weight, sizeof(w.plain));
	memcpy(w.annotated, weight, sizeof(w.annotated));
	feature_score(&w, &e->bag, value);
	if (e->bag.n_line > 0)
		select_best(&e->bag, value, &ten, &chosen, &a);
	for (size_t k = 0; k < 2; k++) {
		struct rouge r;

		if (k == 1) {
			chosen.n = chosen.n < SENTENCES ? chosen.n : SENTENCES;
			if (chosen.n > 1)
				qsort(chosen.at, chosen.n, sizeof(*chosen.at), up);
		}
		r = oracle_score(e, &chosen, k == 0 ? WORDS : 0, &a);
		t->r1[k] += r.r1;
		t->r2[k] += r.r2;
	}
	t->n++;
	arena_free(&a);
}

static void
report(const char *name, const struct total *t)
{
	fprintf(stderr, "%-28s %4.0f texts: %d words %.2f/%.2f, %d sentences %.2f/%.2f\n", name,
	    t->n, WORDS, 100 * t->r1[0] / t->n, 100 * t->r2[0] / t->n, SENTENCES,
	    100 * t->r1[1] / t->n, 100 * t->r2[1] / t->n);
}

static void
check(const struct trainer *t, bool annotated, const double *all)
{
	struct total folds = { 0 }, seen = { 0 };

	for (size_t k = 0; k < FOLDS; k++) {
		double weight[FEATURE_MAX];

		train(t, &(struct part){ annotated, k, FOLDS }, weight);
		for (size_t i = k; i < t->news.n; i += FOLDS)
			score(&t->news.at[i], weight, &folds);
	}
	for (size_t i = 0; i < t->news.n; i++)
		score(&t->news.at[i], all, &seen);
	fprintf(stderr, "ROUGE-1/2 F1, %s\n", annotated ? "annotated" : "text alone");
	report("news, cross-validated", &folds);
	report("news, texts of the training", &seen);
}

static void
load(struct trainer *t, const char *folder)
{
	oracle_load(&t->news, folder, "cnndm", &t->arena);
	oracle_load(&t->news, folder, "cnndm_train", &t->arena);
	oracle_load(&t->titled, folder, "gumsum_news", &t->arena);
	oracle_load(&t->titled, folder, "gumsum_other", &t->arena);
	t->news_group = groups(t, &t->news);
	t->titled_group = groups(t, &t->titled);
	for (size_t k = 0; k < feature_count(); k++) {
		const char *name = feature_name(k);

		t->late[k] = strcmp(name, "like_title") == 0;
		t->annotated[k] = !t->late[k];
		t->plain[k] = t->annotated[k] && strcmp(name, "dates") != 0 &&
			      strcmp(name, "new_names") != 0 && strcmp(name, "direct") != 0;
	}
}

static void
train_sentences(const char *folder, const char *table)
{
	struct trainer t = { 0 };
	double plain[FEATURE_MAX], annotated[FEATURE_MAX];
	const char *name[FEATURE_MAX];

	load(&t, folder);
	train(&t, &(struct part){ false, 0, 0 }, plain);
	train(&t, &(struct part){ true, 0, 0 }, annotated);
	check(&t, false, plain);
	check(&t, true, annotated);
	for (size_t k = 0; k < feature_count(); k++)
		name[k] = feature_name(k);
	oracle_rewrite(oracle_file(table),
	    &(struct oracle_weights){ { name, feature_count() }, plain, annotated });
	arena_free(&t.arena);
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };

	if (argc == 4 && strcmp(argv[1], "sentences") == 0) {
		train_sentences(argv[2], argv[3]);
	} else if (argc == 5 && strcmp(argv[1], "days") == 0) {
		days_train(argv[2], argv[3], argv[4], &a);
	} else {
		fprintf(stderr, "usage: train-summarize sentences FOLDER TABLE >NEW-TABLE\n"
				"       train-summarize days FOLDER RECORDS TABLE >NEW-TABLE\n");
		return STATUS_USAGE;
	}
	arena_free(&a);
	return fflush(stdout) == 0 ? STATUS_OK : STATUS_OUTPUT;
}
