/* test_date_scan.c - the automaton against the plain run of all patterns at each token, and time on hostile text. */
#include <time.h>

#include "test_date.h"

/* Pieces that texts are made of: words of the tables, their neighbours, and what is in no table. */
static const char *const piece[] = { "the ", "a ", "in ", "last ", "next ", "this ", "early ",
	"late ", "Monday ", "Tuesday, ", "May ", "may ", "March ", "December ", "Sept. ", "Jan ",
	"3 ", "31 ", "12,", "1999 ", "2021", "2000 ", "-", " - ", "–", "/", ":", ".", ", ", "'s ",
	"’s ", "'90s ", "1990s ", "27th ", "first ", "second ", "third ", "of ", "and ", "to ",
	"from ", "until ", "since ", "on ", "at ", "day ", "days ", "week ", "weeks ", "month ",
	"year ", "years ", "decade ", "century ", "quarter ", "half ", "hour ", "minutes ", "ago ",
	"later ", "earlier ", "before ", "after ", "morning ", "night ", "noon ", "10:30 ", "10 ",
	"a.m. ", "pm ", "GMT ", "EST ", "time ", "every ", "twice ", "per ", "two ", "twenty",
	"-four ", "hundred ", "a couple of ", "several ", "few ", "more than ", "about ", "nearly ",
	"now ", "recently ", "currently ", "future ", "past ", "spring ", "summer ", "fall ",
	"winter ", "weekend ", "Christmas ", "Easter ", "Day ", "New Year's Day ", "BC ", "AD ",
	"fiscal ", "tomorrow ", "yesterday ", "today ", "Paris ", "talks ", "said ", "will ",
	"meet ", "held ", "\n", "\n\n", "(", ")", "“", "”", "é ", "\xF0\x9F\x98\x80 ",
	"2021-12-04 ", "12/04/2021 ", "Q3 ", "3Q2021 ", "1/2 ", "½ ", "o'clock ", "following ",
	"same ", "that ", "end ", "$", "%" };

enum { N_PIECE = sizeof(piece) / sizeof(piece[0]), N_TEXT = 30, TEXT_PIECES = 150 };

/* xorshift: the same texts on every machine. */
static uint32_t
random_next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static struct span
random_text(struct buf *b, uint32_t *state)
{
	buf_clear(b);
	for (int i = 0; i < TEXT_PIECES; i++)
		buf_str(b, piece[random_next(state) % N_PIECE]);
	return buf_span(b);
}

struct log {
	struct buf out;
};

static bool
note(void *ctx, const struct match *m)
{
	struct log *l = ctx;

	buf_fmt(&l->out, "%.*s %u+%u", (int)m->pattern->id.n, m->pattern->id.p, m->tok, m->n_tok);
	for (int k = 0; k < m->n_span; k++) {
		buf_fmt(&l->out, " [%u+%u", m->span[k].tok, m->span[k].n_tok);
		for (int s = 1; s < N_SLOT; s++)
			if (slots_has(&m->span[k].slots, (enum slot)s))
				buf_fmt(&l->out, " %d=%d", s, m->span[k].slots.v[s]);
		buf_char(&l->out, ']');
	}
	buf_char(&l->out, '\n');
	return true;
}

/* Refuse every other match: the next candidate must be the same too. */
static bool
note_odd(void *ctx, const struct match *m)
{
	note(ctx, m);
	return (m->tok + m->n_tok) % 2 == 1;
}

static void
same_matches(match_taker take)
{
	struct tagger t;
	struct buf text = { 0 };
	struct log fast = { 0 }, plain = { 0 };
	uint32_t state = 20211204;

	tagger_open(&t, NULL, NULL);
	for (int i = 0; i < N_TEXT; i++) {
		const struct date_model *m = t.model;
		struct span s = random_text(&text, &state);
		struct tokens tokens;

		arena_reset(&t.arena);
		tokens = token_scan(s, &t.arena);
		buf_clear(&fast.out);
		buf_clear(&plain.out);
		grammar_scan(m->grammar, t.own, s, &tokens, take, &fast);
		grammar_scan_plain(m->grammar, t.own, s, &tokens, take, &plain);
		if (!span_eq(buf_span(&fast.out), buf_span(&plain.out)))
			ck_abort_msg("%.*s\nfast:\n%.*s\nplain:\n%.*s", (int)s.n, s.p,
			    (int)fast.out.n, fast.out.p, (int)plain.out.n, plain.out.p);
		ck_assert_uint_gt(fast.out.n, 0);
	}
	buf_free(&text);
	buf_free(&fast.out);
	buf_free(&plain.out);
	tagger_close(&t);
}

START_TEST(test_fast_is_plain)
{
	same_matches(note);
}
END_TEST

START_TEST(test_fast_is_plain_refused)
{
	same_matches(note_odd);
}
END_TEST

/* Values of random texts are valid (tagger_run looks), whatever the document date. */
START_TEST(test_values)
{
	static const char *const date[] = { "2021-12-04", "9999-12-31", "0001-01-01", "2020-02-29",
		"x", NULL };
	struct tagger t;
	struct buf text = { 0 };
	uint32_t state = 7;

	tagger_open(&t, NULL, NULL);
	for (int i = 0; i < 40 * N_TEXT; i++)
		tagger_run(&t, random_text(&text, &state), date[i % 6]);
	buf_free(&text);
	tagger_close(&t);
}
END_TEST

/* FAULTS A36: twice the text, no more than about twice the time. */
static const char *const hostile[] = { "a", "1", "Monday ", "1 ", "the ", "2021-", "one hundred ",
	"May ", "1/", "10:00 ", "last ", "12 May, ", "two ", "the first ", "'", "“", "the week of ",
	"nineteen ninety ", "early in ", "A" };

static double
seconds(struct tagger *t, const char *unit, size_t n, struct buf *text)
{
	double best = 1e9;

	buf_clear(text);
	while (text->n < n)
		buf_str(text, unit);
	for (int i = 0; i < 3; i++) {
		clock_t before = clock();
		double took;

		tagger_run(t, buf_span(text), "2021-12-04");
		took = (double)(clock() - before) / CLOCKS_PER_SEC;
		best = took < best ? took : best;
	}
	return best;
}

START_TEST(test_linear)
{
	struct tagger t;
	struct buf text = { 0 };
	double once, twice;

	tagger_open(&t, NULL, NULL);
	once = seconds(&t, hostile[_i], 200000, &text);
	twice = seconds(&t, hostile[_i], 400000, &text);
	/* A quadratic run would take 4 times; 3 leaves room for a busy machine. */
	ck_assert_msg(
	    twice < once * 3 + 0.02, "\"%s\": %.3f s, then %.3f s", hostile[_i], once, twice);
	buf_free(&text);
	tagger_close(&t);
}
END_TEST

int
main(void)
{
	TCase *t = tcase_create("scan");

	tcase_set_timeout(t, 300);
	tcase_add_test(t, test_fast_is_plain);
	tcase_add_test(t, test_fast_is_plain_refused);
	tcase_add_test(t, test_values);
	tcase_add_loop_test(t, test_linear, 0, (int)(sizeof(hostile) / sizeof(hostile[0])));
	return run_suite("date_scan", t);
}
