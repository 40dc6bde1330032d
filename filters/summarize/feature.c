/* feature.c - one small function a feature; names and definitions follow data/weights.tsv. */
#include "feature.h"

#include <math.h>
#include <stdlib.h>

#include "ascii.h"

enum { TITLE_MAX = 64 }; /* words of a headline that count: keeps the cost linear whatever it is */

struct place {
	const struct bag *bag;
	const struct line *line;
	size_t at; /* position in the body, from 0 */
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

static double
very_long(const struct place *p)
{
	return p->line->n_word > 40;
}

/* Mean share of its content words in the document, against the most frequent one. */
static double
frequency(const struct place *p)
{
	double sum = 0;

	if (p->line->n_content == 0 || p->bag->tf_max == 0)
		return 0;
	for (size_t i = 0; i < p->line->n_count; i++)
		sum += (double)p->bag->tf[p->line->count[i].word] * p->line->count[i].n;
	return sum / (double)p->line->n_content / (double)p->bag->tf_max;
}

/* Cosine with the whole document. */
static double
centroid(const struct place *p)
{
	double dot = 0;

	for (size_t i = 0; i < p->line->n_count; i++)
		dot += (double)p->bag->tf[p->line->count[i].word] * p->line->count[i].n;
	return dot / p->line->norm / p->bag->norm;
}

/* Cosine with the headline. Both are short: a plain walk. */
static double
like_title(const struct place *p)
{
	const struct line *t = p->bag->title;
	double dot = 0;

	if (t == NULL)
		return 0;
	for (size_t i = 0; i < t->n_count && i < TITLE_MAX; i++)
		for (size_t k = 0; k < p->line->n_count; k++)
			if (t->count[i].word == p->line->count[k].word)
				dot += (double)t->count[i].n * p->line->count[k].n;
	return dot / t->norm / p->line->norm;
}

static double
top_words(const struct place *p)
{
	double n = 0;

	for (size_t i = 0; i < p->line->n_count; i++)
		n += p->bag->top[p->line->count[i].word];
	return n / BAG_TOP;
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

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_STRAIGHT };

static enum mark
mark_at(struct span s, size_t i)
{
	if (s.p[i] == '"')
		return MARK_STRAIGHT;
	if (s.n - i < 3 || memcmp(s.p + i, "\xE2\x80", 2) != 0)
		return MARK_NONE;
	return s.p[i + 2] == '\x9C' ? MARK_OPEN : s.p[i + 2] == '\x9D' ? MARK_CLOSE : MARK_NONE;
}

/* Share of its bytes inside double quotation marks, straight or curly; one left open runs to the end. */
static double
quoted(const struct place *p)
{
	struct span s = span_cut(p->bag->text, p->line->start, p->line->end);
	size_t inside = 0;
	bool open = false;

	for (size_t i = 0; i < s.n; i++) {
		enum mark m = mark_at(s, i);

		if (m == MARK_OPEN || (m == MARK_STRAIGHT && !open))
			open = true;
		else if (m != MARK_NONE)
			open = false;
		inside += open;
	}
	return s.n == 0 ? 0 : (double)inside / (double)s.n;
}

static double
pronoun(const struct place *p)
{
	return (p->line->lead & LINGO_PRONOUN) != 0;
}

static double
question(const struct place *p)
{
	struct span s = span_cut(p->bag->text, p->line->start, p->line->end);

	while (s.n > 0 && !ascii_alnum((unsigned char)s.p[s.n - 1]) && s.p[s.n - 1] != '?' &&
	       s.p[s.n - 1] != '.')
		s.n--;
	return s.n > 0 && s.p[s.n - 1] == '?';
}

static double
first_person(const struct place *p)
{
	return (p->line->classes & LINGO_FIRST) != 0;
}

static const struct {
	const char *name;
	double (*of)(const struct place *p);
} feature[] = {
	{ "inv_pos", inv_pos },
	{ "log_pos", log_pos },
	{ "length", length },
	{ "short", very_short },
	{ "long", very_long },
	{ "frequency", frequency },
	{ "centroid", centroid },
	{ "like_title", like_title },
	{ "top_words", top_words },
	{ "capitals", capitals },
	{ "numbers", numbers },
	{ "quoted", quoted },
	{ "pronoun", pronoun },
	{ "question", question },
	{ "first_person", first_person },
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

double
feature_value(const struct bag *b, size_t i, size_t k)
{
	struct place p = { b, &b->line[i], i - b->body };

	return feature[k].of(&p);
}

bool
weights_load(struct weights *w, const struct table *t, size_t *line)
{
	*w = (struct weights){ 0 };
	for (size_t row = 0; row < t->n_row; row++) {
		struct span name = table_cell(t, row, 0), number = table_cell(t, row, 1);
		char text[32], *end;
		size_t k = 0;

		while (k < N_FEATURE && !span_is(name, feature[k].name))
			k++;
		*line = t->line[row];
		if (k == N_FEATURE || number.n == 0 || number.n >= sizeof(text))
			return false;
		memcpy(text, number.p, number.n);
		text[number.n] = '\0';
		w->of[k] = strtod(text, &end);
		if (*end != '\0')
			return false;
	}
	return true;
}

void
feature_score(const struct weights *w, const struct bag *b, double *score)
{
	double least = 0;

	for (size_t i = b->body; i < b->n_line; i++) {
		score[i] = 0;
		for (size_t k = 0; k < N_FEATURE; k++)
			if (w->of[k] != 0)
				score[i] += w->of[k] * feature_value(b, i, k);
		least = score[i] < least ? score[i] : least;
	}
	for (size_t i = 0; i < b->body; i++)
		score[i] = least;
}
