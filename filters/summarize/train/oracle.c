/* oracle.c - greedy choice of sentences by ROUGE-1 + ROUGE-2 (as in SummaRuNNer, Nallapati and others 2017). */
#include "oracle.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "json.h"

static const struct diag said = { .prog = "train-summarize", .now = true };

struct span
oracle_file(const char *name)
{
	FILE *f = fopen(name, "rb");
	struct buf b = { 0 };
	size_t n = 1;

	if (f == NULL)
		diag_die(&said, STATUS_RESOURCE, "%s: %s", name, strerror(errno));
	while (n > 0) {
		n = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f);
		b.n += n;
	}
	fclose(f);
	return buf_span(&b);
}

bool
oracle_line(struct span *text, struct span *line)
{
	const char *end;

	if (text->n == 0)
		return false;
	end = memchr(text->p, '\n', text->n);
	*line = span_cut(*text, 0, end == NULL ? text->n : (size_t)(end - text->p));
	*text = span_cut(*text, line->n + (end != NULL), text->n);
	return true;
}

struct span
oracle_member(struct span object, const char *name)
{
	struct json j = { object.p, object.p + object.n, NULL };
	struct span key = { "", 0 }, raw = { "", 0 };

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}'))
		if (json_key(&j, &key) && json_value(&j, &raw) && span_is(key, name))
			return raw;
	return (struct span){ NULL, 0 };
}

/* What is behind the next tab of the line; absent: there is none. */
static struct span
next_cell(struct span line)
{
	const char *tab = memchr(line.p, '\t', line.n);
	struct span none = { NULL, 0 };

	return tab == NULL ? none : span_cut(line, (size_t)(tab - line.p) + 1, line.n);
}

static void
rewrite_line(struct span line, const struct oracle_weights *w)
{
	struct span rest = next_cell(line), name = line;
	size_t k = 0;

	name.n = rest.p == NULL ? 0 : (size_t)(rest.p - line.p) - 1;
	while (k < w->names.n && !span_is(name, w->names.at[k]))
		k++;
	if (k == w->names.n || rest.p == NULL) {
		printf("%.*s\n", (int)line.n, line.p);
		return;
	}
	printf("%.*s\t%.4f", (int)name.n, name.p, w->weight[k]);
	rest = next_cell(rest);
	if (w->other != NULL && rest.p != NULL) {
		printf("\t%.4f", w->other[k]);
		rest = next_cell(rest);
	}
	printf("\t%.*s\n", (int)rest.n, rest.p);
}

void
oracle_rewrite(struct span text, const struct oracle_weights *w)
{
	struct span line;

	while (oracle_line(&text, &line))
		rewrite_line(line, w);
}

static void
read_references(struct example *e, struct span gold, struct arena *a)
{
	struct span raw = oracle_member(gold, "references"), body;
	struct json j = { raw.p, raw.p + raw.n, NULL };

	for (bool more = raw.n > 0 && json_begin(&j, '['); more; more = json_more(&j, ']')) {
		if (!json_string(&j, &body) || e->n_reference == REFERENCE_MAX)
			break;
		e->reference[e->n_reference++] = rouge_tokens(json_unescape(body, a, NULL), a);
	}
}

static double
sum_of(struct rouge r)
{
	return r.r1 + r.r2;
}

/* Sentence i behind those taken. */
static struct grams
with(const struct example *e, struct grams taken, size_t i, struct arena *a)
{
	uint64_t *at = arena_raw(a, taken.n + e->sentence[i].n + 1, sizeof(*at));

	if (taken.n > 0)
		memcpy(at, taken.at, taken.n * sizeof(*at));
	memcpy(at + taken.n, e->sentence[i].at, e->sentence[i].n * sizeof(*at));
	return (struct grams){ at, taken.n + e->sentence[i].n };
}

static void
choose(struct example *e, struct grams reference)
{
	struct arena a = { 0 };
	struct grams taken = { NULL, 0 };
	unsigned char *in = ARENA_NEW(&a, unsigned char, e->bag.n_line + 1);
	double most = 0;

	for (size_t k = 0; k < ORACLE_SENTENCES; k++) {
		size_t best = e->bag.n_line;

		for (size_t i = e->bag.body; i < e->bag.n_line; i++) {
			double v =
			    in[i] ? 0 : sum_of(rouge_score(with(e, taken, i, &a), reference, &a));

			if (v > most) {
				most = v;
				best = i;
			}
		}
		if (best == e->bag.n_line)
			break;
		in[best] = 1;
		e->wanted[best]++;
		taken = with(e, taken, best, &a);
	}
	arena_free(&a);
}

static void
add(struct example *e, struct span gold, const struct lingo *l, struct desk *d)
{
	struct arena *a = e->record.arena;
	struct grams *sentence;

	bag_fill(&e->bag, l, d, &e->record);
	read_references(e, gold, a);
	sentence = ARENA_NEW(a, struct grams, e->bag.n_line + 1);
	for (size_t i = 0; i < e->bag.n_line; i++)
		sentence[i] = rouge_tokens(
		    record_slice(&e->record, e->bag.line[i].start, e->bag.line[i].end), a);
	e->sentence = sentence;
	e->wanted = ARENA_NEW(a, double, e->bag.n_line + 1);
	for (size_t k = 0; k < e->n_reference; k++)
		choose(e, e->reference[k]);
}

void
oracle_load(struct examples *e, const char *folder, const char *name, struct arena *a)
{
	const char *file[2] = { arena_fmt(a, "%s/%s.records.jsonl%c", folder, name, 0).p,
		arena_fmt(a, "%s/%s.gold.jsonl%c", folder, name, 0).p };
	struct span records = oracle_file(file[0]), golds = oracle_file(file[1]), line, gold;
	const struct lingo *l = lingo_new(a);
	struct desk *d = desk_new();
	struct diag diag = said;

	for (size_t n = 1; oracle_line(&records, &line) && oracle_line(&golds, &gold); n++) {
		struct example x = { 0 };

		if (!record_parse(&x.record, line, NULL, (struct where){ file[0], n, 0 }, a, &diag))
			diag_die(&said, STATUS_RESOURCE, "no training on this");
		add(&x, gold, l, d);
		VEC_PUSH(a, e, x);
	}
	desk_free(d);
}

struct rouge
oracle_score(const struct example *e, const struct indexes *chosen, size_t n_word, struct arena *a)
{
	struct buf text = { 0 };
	struct rouge best = { 0, 0 };
	struct grams sys;

	for (size_t i = 0; i < chosen->n; i++) {
		const struct line *s = &e->bag.line[chosen->at[i]];

		buf_put(&text, record_slice(&e->record, s->start, s->end));
		buf_char(&text, ' ');
	}
	sys = rouge_tokens(n_word == 0 ? buf_span(&text) : rouge_cut(buf_span(&text), n_word), a);
	buf_free(&text);
	for (size_t k = 0; k < e->n_reference; k++) {
		struct rouge r = rouge_score(sys, e->reference[k], a);

		best.r1 = r.r1 > best.r1 ? r.r1 : best.r1;
		best.r2 = r.r2 > best.r2 ? r.r2 : best.r2;
	}
	return best;
}
