/* date_equal.c - the fast matcher of ntag-date finds what all patterns find when they are run at every token, in plain steps.
 *
 * usage: prop_date_equal [BYTES]
 *
 * BYTES (300,000) of text are made of tests/corpus: its sentences in random order, half of the numbers in them changed, some
 * sentences cut and joined with the rest of others, in articles of a few paragraphs; so no two megabytes are the same. A tenth
 * of them is made of the German articles and read as German. Each match, its slots and its spans must be equal, and as some
 * matches are refused, the next candidates must be equal as well.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "date/date.h"
#include "date/model.h"

enum { BYTES = 300000, ARTICLE = 6000, PARAGRAPH = 700, FILE_MAX = 1 << 17 };

struct sentences {
	struct arena arena;
	VEC(struct span) list;
};

struct equal {
	uint64_t state; /* of the dice */
	struct sentences from;
	void *model, *own;
	struct arena arena;
	struct buf text, fast, plain;
	size_t bytes, tokens, matches, failed;
};

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
static unsigned
dice(struct equal *e, size_t sides)
{
	e->state ^= e->state >> 12;
	e->state ^= e->state << 25;
	e->state ^= e->state >> 27;
	return (unsigned)(((e->state * 0x2545F4914F6CDD1DU) >> 33) % sides);
}

static void
stop(const char *what)
{
	fprintf(stderr, "date_equal: %s\n", what);
	exit(EXIT_FAILURE);
}

/* {DATE|March 10|2019-03-10}: only what is read stays. */
static struct span
without_marks(struct span s, struct arena *a)
{
	char *to = arena_raw(a, s.n + 1, 1);
	int field = -1; /* of the mark at hand; -1: in none */
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '{')
			field = 0;
		else if (c == '}')
			field = -1;
		else if (c == '|' && field >= 0)
			field++;
		else if (field == -1 || field == 1)
			to[n++] = c;
	}
	return (struct span){ to, n };
}

/* Sentences end at a full stop and a blank, and at the end of a line: good enough for shuffling. */
static void
cut(struct sentences *to, struct span text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.n; i++) {
		bool end = text.p[i] == '\n' ||
			   (text.p[i] == '.' && i + 1 < text.n && text.p[i + 1] == ' ');

		if (!end)
			continue;
		if (i - from > 20)
			VEC_PUSH(&to->arena, &to->list,
			    span_cut(text, from, text.p[i] == '.' ? i + 1 : i));
		from = i + 1;
	}
}

static void
read_article(struct sentences *to, const char *name)
{
	FILE *in = fopen(name, "rbe");
	char *p = arena_raw(&to->arena, FILE_MAX, 1);
	const char *body;
	size_t n;

	if (in == NULL)
		stop(name);
	n = fread(p, 1, FILE_MAX, in);
	fclose(in);
	body = memmem(p, n, "\n\n", 2);
	if (body != NULL)
		cut(to, without_marks(span_cut((struct span){ p, n }, (size_t)(body - p) + 2, n),
			    &to->arena));
}

static void
read_corpus(struct sentences *to, const char *pattern)
{
	glob_t g;

	if (glob(pattern, 0, NULL, &g) != 0)
		stop("no tests/corpus: run this at the top of the source");
	for (size_t i = 0; i < g.gl_pathc; i++)
		read_article(to, g.gl_pathv[i]);
	globfree(&g);
}

static void
put_changed(struct equal *e, struct span s)
{
	bool change = false, before = false;

	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';

		if (digit && !before)
			change = dice(e, 2) == 0;
		before = digit;
		buf_char(&e->text, digit && change ? (char)('0' + dice(e, 10)) : s.p[i]);
	}
}

/* A blank in the middle of s, or its end. */
static size_t
middle(struct span s)
{
	const char *blank = memchr(s.p + s.n / 2, ' ', s.n - s.n / 2);

	return blank == NULL ? s.n : (size_t)(blank - s.p);
}

static void
put_sentence(struct equal *e)
{
	struct span s = e->from.list.at[dice(e, e->from.list.n)];

	if (dice(e, 4) == 0) {
		struct span other = e->from.list.at[dice(e, e->from.list.n)];

		put_changed(e, span_cut(s, 0, middle(s)));
		s = span_cut(other, middle(other), other.n);
	}
	put_changed(e, s);
}

static struct span
article(struct equal *e, size_t max)
{
	size_t size = max < ARTICLE ? max : ARTICLE, paragraph = 0;

	buf_clear(&e->text);
	while (e->text.n < size) {
		put_sentence(e);
		if (e->text.n - paragraph > PARAGRAPH) {
			buf_str(&e->text, "\n\n");
			paragraph = e->text.n;
		} else {
			buf_char(&e->text, ' ');
		}
	}
	return buf_span(&e->text);
}

/* Bytes of the match to out; one in five is refused. */
static bool
note(void *ctx, const struct match *m)
{
	struct buf *out = ctx;

	buf_fmt(out, "%.*s %u+%u", (int)m->pattern->id.n, m->pattern->id.p, m->tok, m->n_tok);
	for (int k = 0; k < m->n_span; k++) {
		buf_fmt(out, " [%u+%u", m->span[k].tok, m->span[k].n_tok);
		for (int s = 1; s < N_SLOT; s++)
			if (slots_has(&m->span[k].slots, (enum slot)s))
				buf_fmt(out, " %d=%d", s, m->span[k].slots.v[s]);
		buf_char(out, ']');
	}
	buf_char(out, '\n');
	return (m->tok + m->n_tok) % 5 != 0;
}

static void
compare(struct equal *e, struct span text)
{
	const struct date_model *m = e->model;
	struct tokens t;

	arena_reset(&e->arena);
	t = token_scan(text, &e->arena);
	buf_clear(&e->fast);
	buf_clear(&e->plain);
	grammar_scan(m->grammar, e->own, text, &t, note, &e->fast);
	grammar_scan_plain(m->grammar, e->own, text, &t, note, &e->plain);
	e->bytes += text.n;
	e->tokens += t.n;
	for (size_t i = 0; i < e->fast.n; i++)
		e->matches += e->fast.p[i] == '\n';
	if (span_eq(buf_span(&e->fast), buf_span(&e->plain)))
		return;
	if (e->failed++ < 3)
		fprintf(stderr, "different matches in:\n%.*s\nfast:\n%.*s\nplain:\n%.*s\n",
		    (int)text.n, text.p, (int)e->fast.n, e->fast.p, (int)e->plain.n, e->plain.p);
}

static void
language(struct equal *e, const char *lang, const char *corpus, size_t bytes)
{
	struct opts o = { .table = filter_date.option };
	struct diag d = { .prog = "date_equal" };
	size_t end = e->bytes + bytes;
	char what[256];

	if (!opts_set(&o, opt_find(filter_date.option, "lang"), lang, what))
		stop(what);
	e->model = filter_date.open(&o, &d);
	if (e->model == NULL)
		stop("no model");
	e->own = filter_date.worker_open(e->model);
	read_corpus(&e->from, corpus);
	while (e->bytes < end)
		compare(e, article(e, end - e->bytes));
	e->from.list.n = 0;
	filter_date.worker_close(e->own);
	filter_date.close(e->model);
}

int
main(int argc, char **argv)
{
	struct equal e = { .state = 20211204 };
	size_t bytes = argc > 1 ? strtoul(argv[1], NULL, 10) : BYTES;

	language(&e, "de", "tests/corpus/de/*.txt", bytes / 10);
	language(&e, "en", "tests/corpus/?/*.txt", bytes - bytes / 10);
	printf("date_equal: %zu bytes, %zu tokens, %zu matches, %zu articles with other matches\n",
	    e.bytes, e.tokens, e.matches, e.failed);
	arena_free(&e.arena);
	arena_free(&e.from.arena);
	buf_free(&e.text);
	buf_free(&e.fast);
	buf_free(&e.plain);
	return e.failed == 0 && e.matches > bytes / 1000 ? EXIT_SUCCESS : EXIT_FAILURE;
}
