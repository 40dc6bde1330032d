/* feature.c - one small function a feature; names and definitions follow data/weights.tsv. */
#include "feature.h"

#include <math.h>
#include <stdlib.h>

#include "ascii.h"

struct place {
	const struct bag *bag;
	const struct line *line;
	size_t at;             /* position in the body, from 0 */
	double dot, dot_title; /* products with the counts of the document, of the headline */
	size_t n_once;         /* words of it that are met once */
};

static double
inv_pos(const struct place *p)
{
	return 1.0 / (double)(p->at + 1);
}

static double
log_pos(const struct place *p)
{
	return log((double)(p->at + 1));
}

static double
length(const struct place *p)
{
	return (double)(p->line->n_word < 60 ? p->line->n_word : 60) / 20;
}

static double
very_short(const struct place *p)
{
	return p->line->n_word < 8;
}

/* Mean share of its content words in the document, against the most frequent one. */
static double
frequency(const struct place *p)
{
	if (p->line->n_content == 0 || p->bag->tf_max == 0)
		return 0;
	return p->dot / p->line->n_content / p->bag->tf_max;
}

/* Cosine with the whole document. */
static double
centroid(const struct place *p)
{
	return p->dot / p->line->norm / p->bag->norm;
}

/* Cosine with the headline. */
static double
like_title(const struct place *p)
{
	return p->dot_title / p->line->norm / p->bag->title_norm;
}

static double
capitals(const struct place *p)
{
	return (double)(p->line->n_capital < 10 ? p->line->n_capital : 10) / 5;
}

static double
numbers(const struct place *p)
{
	return (double)(p->line->n_number < 3 ? p->line->n_number : 3) / 2;
}

/* Share of its bytes inside double quotation marks. */
static double
quoted(const struct place *p)
{
	uint32_t n = p->line->end - p->line->start;

	return n == 0 ? 0 : (double)p->line->quoted / n;
}

static double
pronoun(const struct place *p)
{
	return (p->line->lead & LINGO_PRONOUN) != 0;
}

static double
question(const struct place *p)
{
	return p->line->question;
}

static double
first_person(const struct place *p)
{
	return (p->line->classes & LINGO_FIRST) != 0;
}

/* Share of its content words that no sentence of the body had before. */
static double
novelty(const struct place *p)
{
	return p->line->n_count == 0 ? 0 : (double)p->line->n_new / (double)p->line->n_count;
}

/* Share of its content words that the body has nowhere else; the 1 keeps short sentences from the extremes. */
static double
once(const struct place *p)
{
	return (double)p->n_once / (double)(p->line->n_count + 1);
}

static double
dates(const struct place *p)
{
	return p->line->n_date < 3 ? p->line->n_date : 3;
}

static double
new_names(const struct place *p)
{
	return p->line->n_name < 6 ? p->line->n_name : 6;
}

static double
direct(const struct place *p)
{
	return p->line->direct;
}

static const struct {
	const char *name;
	double (*of)(const struct place *p);
} feature[] = {
	{ "inv_pos", inv_pos },
	{ "log_pos", log_pos },
	{ "length", length },
	{ "short", very_short },
	{ "frequency", frequency },
	{ "centroid", centroid },
	{ "like_title", like_title },
	{ "capitals", capitals },
	{ "numbers", numbers },
	{ "quoted", quoted },
	{ "pronoun", pronoun },
	{ "question", question },
	{ "first_person", first_person },
	{ "novelty", novelty },
	{ "once", once },
	{ "dates", dates },
	{ "new_names", new_names },
	{ "direct", direct },
};

enum { N_FEATURE = sizeof(feature) / sizeof(feature[0]) };

size_t
feature_count(void)
{
	return N_FEATURE;
}

const char *
feature_name(size_t k)
{
	return feature[k].name;
}

static struct place
place_of(const struct bag *b, size_t i)
{
	struct place p = { .bag = b, .line = &b->line[i], .at = i - b->body };

	for (size_t k = 0; k < p.line->n_count; k++) {
		const struct word *w = &b->word[p.line->count[k].word];

		p.dot += (double)w->tf * p.line->count[k].n;
		p.dot_title += (double)w->title * p.line->count[k].n;
		p.n_once += w->tf == 1;
	}
	return p;
}

void
feature_fill(const struct bag *b, size_t i, double *value)
{
	struct place p = place_of(b, i);

	for (size_t k = 0; k < N_FEATURE; k++)
		value[k] = feature[k].of(&p);
}

static bool
read_number(struct span s, double *v)
{
	char text[32], *end;

	if (s.n == 0 || s.n >= sizeof(text))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	*v = strtod(text, &end);
	return *end == '\0';
}

bool
weights_read(
    const struct table *t, size_t column, const struct feature_names *names, double *weight)
{
	for (size_t row = 0; row < t->n_row; row++) {
		size_t k = 0;

		while (k < names->n && !span_is(table_cell(t, row, 0), names->at[k]))
			k++;
		if (k == names->n || !read_number(table_cell(t, row, column), &weight[k]))
			return false;
	}
	return true;
}

bool
weights_load(struct weights *w, const struct table *t)
{
	const char *name[N_FEATURE];
	struct feature_names names = { name, N_FEATURE };

	for (size_t k = 0; k < N_FEATURE; k++)
		name[k] = feature[k].name;
	*w = (struct weights){ 0 };
	return t->n_col > 2 && weights_read(t, 1, &names, w->plain) &&
	       weights_read(t, 2, &names, w->annotated);
}

/* Do lines without a full stop stand out, so that they are headings and the like? */
static bool
open_is_odd(const struct bag *b)
{
	size_t n = 0;

	for (size_t i = b->body; i < b->n_line; i++)
		n += b->line[i].open;
	return n * 2 < b->n_line - b->body;
}

/* What is no sentence of the text goes behind all that are. */
static void
put_furniture_last(const struct bag *b, double least, double *score)
{
	bool odd = open_is_odd(b);

	for (size_t i = 0; i < b->n_line; i++)
		if (i < b->body || b->line[i].credit || (odd && b->line[i].open))
			score[i] = least;
}

void
feature_score(const struct weights *w, const struct bag *b, double *score)
{
	const double *weight = b->annotated ? w->annotated : w->plain;
	double least = 0;

	for (size_t i = b->body; i < b->n_line; i++) {
		struct place p = place_of(b, i);

		score[i] = 0;
		for (size_t k = 0; k < N_FEATURE; k++)
			if (weight[k] != 0)
				score[i] += weight[k] * feature[k].of(&p);
		least = score[i] < least ? score[i] : least;
	}
	put_furniture_last(b, least, score);
}
