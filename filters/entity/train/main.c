/* main.c - train-entity: data sets -> a model file. Build-time tool; make train-entity runs it as TRAINING says.
 *
 * usage: train-entity OUT BITS TYPEBITS CLUSTERS SET=FILE[:WEIGHT]...
 * CLUSTERS is a table (image.h) or "-". NAME=NUMBER operands in lower case before the sets change how it learns: epochs, rate,
 * ease, drop, worddrop, twice.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../kind.h"
#include "image.h"
#include "typing.h"

static bool
setting(struct crf_how *how, const char *name, size_t n, float v)
{
	struct span s = { name, n };

	if (span_is(s, "epochs"))
		how->epochs = (unsigned)v;
	else if (span_is(s, "runs"))
		how->runs = (unsigned)v;
	else if (span_is(s, "rate"))
		how->rate = v;
	else if (span_is(s, "ease"))
		how->ease = v;
	else if (span_is(s, "drop"))
		how->drop = v;
	else if (span_is(s, "worddrop"))
		how->word_drop = v;
	else if (span_is(s, "twice"))
		how->look_twice = v > 0;
	else
		return false;
	return true;
}

static void
operand(char *arg, struct crf_how *how, struct samples *all, struct vocab *v, struct arena *a)
{
	char *is = strchr(arg, '='), *colon;
	float weight = 1;

	if (is == NULL)
		exit(64);
	if (setting(how, arg, (size_t)(is - arg), strtof(is + 1, NULL)))
		return;
	*is = '\0';
	colon = strrchr(is + 1, ':');
	if (colon != NULL) {
		*colon = '\0';
		weight = strtof(colon + 1, NULL);
	}
	sets_read(all, arg, is + 1, weight, v, a);
}

int
main(int argc, char **argv)
{
	struct crf_how how = { .epochs = 6,
		.runs = 1,
		.rate = 0.06F,
		.ease = 1,
		.drop = 0.3F,
		.word_drop = 0.1F,
		.seed = 1 };
	struct arena a = { 0 };
	struct clusters clusters = { 0 };
	struct samples all = { 0 };
	struct model words_only = { 0 };
	struct parts_made made = { .clusters = &clusters };
	struct crf crf;
	struct vocab v;

	if (argc < 6)
		return 64;
	how.bits = made.row_bits = (unsigned)strtoul(argv[2], NULL, 10);
	made.type_bits = (unsigned)strtoul(argv[3], NULL, 10);
	if (strcmp(argv[4], "-") != 0)
		clusters_read(&clusters, argv[4], &a);
	words_only.cluster_index = clusters.index;
	words_only.cluster = clusters.at;
	vocab_init(&v, &words_only, kinds_new(&a));
	v.keep = SIZE_MAX;
	for (int i = 5; i < argc; i++)
		operand(argv[i], &how, &all, &v, &a);
	fprintf(stderr, "train: %zu documents, %zu kinds of words\n", all.n, v.n);
	crf_train(&crf, &all, &how);
	made.crf = &crf;
	made.type = typing_train(&all, made.type_bits, 12, how.seed);
	if (!image_write(&made, argv[1])) {
		perror(argv[1]);
		return 1;
	}
	vocab_free(&v);
	arena_free(&a);
	return 0;
}
