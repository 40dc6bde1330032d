/* test_summarize.c - every row of the tables of filters/summarize, and what a summary holds. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "summarize/bag.h"
#include "summarize/feature.h"
#include "summarize/select.h"
#include "summarize/summarize.h"

static struct arena arena;
static struct table words, suffixes, weights;
static struct lingo *lingo;
static struct desk *desk;

static void
setup(void)
{
	table_load(&words, &blob_summarize_words, &arena);
	table_load(&suffixes, &blob_summarize_suffixes, &arena);
	table_load(&weights, &blob_summarize_weights, &arena);
	lingo = lingo_new(&arena);
	desk = desk_new();
}

static struct record
record_of(const char *title, struct span body)
{
	struct record r;
	struct diag d = { .prog = "test" };
	struct span none = { NULL, 0 };

	record_from_text(
	    &r, none, title == NULL ? none : span_c(title), body, (struct where){ 0 }, &arena, &d);
	buf_free(&d.err);
	return r;
}

START_TEST(word_row)
{
	struct span word = table_cell(&words, (size_t)_i, 0),
		    class = table_cell(&words, (size_t)_i, 1);
	struct record r = record_of(NULL, table_cell(&words, (size_t)_i, 2));
	struct bag b;

	bag_fill(&b, lingo, desk, &r);
	ck_assert_msg(
	    b.line[0].n_content == (span_is(class, "credit") ? 2 : 1), "%.*s", (int)word.n, word.p);
	ck_assert_int_eq(span_is(class, "credit"), b.line[0].credit);
	ck_assert_int_eq(span_ends(class, SPAN("pronoun")), (b.line[0].lead & LINGO_PRONOUN) != 0);
	ck_assert_int_eq(span_starts(class, SPAN("first")), (b.line[0].lead & LINGO_FIRST) != 0);
}
END_TEST

START_TEST(suffix_row)
{
	struct span pair = arena_fmt(&arena, "%.*s %.*s.",
	    (int)table_cell(&suffixes, (size_t)_i, 2).n, table_cell(&suffixes, (size_t)_i, 2).p,
	    (int)table_cell(&suffixes, (size_t)_i, 3).n, table_cell(&suffixes, (size_t)_i, 3).p);
	struct record r = record_of(NULL, pair);
	struct bag b;

	bag_fill(&b, lingo, desk, &r);
	ck_assert_msg(b.line[0].n_count == 1, "%.*s", (int)pair.n, pair.p);
}
END_TEST

/* "TITLE Bridge falls. ..." gives the example a headline: its first sentence. */
START_TEST(weight_row)
{
	size_t row = (size_t)_i, k = 0;
	struct span name = table_cell(&weights, row, 0), text = table_cell(&weights, row, 3);
	struct record r;
	struct bag b;
	double want = strtod(arena_cstr(&arena, table_cell(&weights, row, 4)), NULL), got,
	       value[FEATURE_MAX];

	if (span_starts(text, SPAN("TITLE "))) {
		struct span title = span_cut(
		    text, 6, (size_t)((const char *)memchr(text.p, '.', text.n) - text.p) + 1);

		r = record_of(arena_cstr(&arena, title), span_cut(text, 6 + title.n, text.n));
	} else if (*text.p == '{') {
		struct diag d = { .prog = "test" };

		ck_assert(record_parse(&r, text, NULL, (struct where){ 0 }, &arena, &d));
	} else {
		r = record_of(NULL, text);
	}
	bag_fill(&b, lingo, desk, &r);
	ck_assert(b.annotated == (*text.p == '{'));
	while (k < feature_count() && !span_is(name, feature_name(k)))
		k++;
	ck_assert_uint_lt(k, feature_count());
	feature_fill(&b, b.n_line - 1, value);
	got = value[k];
	ck_assert_msg(fabs(got - want) < 0.0006, "%s: %.4f, not %.4f", feature_name(k), got, want);
}
END_TEST

START_TEST(every_feature_has_a_weight)
{
	ck_assert_uint_eq(weights.n_row, feature_count());
}
END_TEST

START_TEST(slips_in_weights)
{
	static const char *const bad[] = { "# f\tw\ta\nlenght\t1\t1\n", "# f\tw\ta\nlength\tx\t1\n",
		"# f\tw\ta\nlength\t1x\t1\n", "# f\tw\ta\nlength\t1\t-\n", "# f\tw\nlength\t1\n" };
	struct table t;
	struct weights w;
	size_t line = 0, column;
	const char *what;

	ck_assert(table_parse(&t, span_c(bad[_i]), &arena, &line, &column, &what));
	ck_assert(!weights_load(&w, &t));
}
END_TEST

static struct record
summary_of(const char *opt, const char *value, const char *title, const char *body)
{
	struct opts o = { .table = filter_summarize.option };
	struct diag d = { .prog = "test" };
	struct record r = record_of(title, span_c(body));
	struct work w = { .arena = &arena, .diag = &d };
	char what[256];
	void *model;

	if (opt != NULL)
		ck_assert(opts_set(&o, opt_find(o.table, opt), value, what));
	model = filter_summarize.open(&o, &d);
	ck_assert_ptr_nonnull(model);
	w.own = filter_summarize.worker_open(model);
	ck_assert_int_eq(filter_summarize.annotate(model, &r, &w), KEEP);
	filter_summarize.worker_close(w.own);
	filter_summarize.close(model);
	return r;
}

static const char five[] =
    "The old bridge over the river fell on Monday. Nobody was hurt. \"We heard it,\" one man said. "
    "The bridge carried half of the city's traffic. The river will stay closed.";

START_TEST(as_many_as_asked_for)
{
	static const struct {
		const char *opt, *value;
		size_t n;
	} c[] = { { NULL, NULL, 3 }, { "sentences", "1", 1 }, { "sentences", "9", 5 },
		{ "ratio", "0.4", 2 }, { "words", "1", 1 }, { "words", "1000", 5 } };
	struct record r = summary_of(c[_i].opt, c[_i].value, NULL, five);

	ck_assert_uint_eq(r.summary.n, c[_i].n);
	for (size_t i = 1; i < r.summary.n; i++)
		ck_assert_uint_lt(r.summary.at[i - 1], r.summary.at[i]);
}
END_TEST

START_TEST(headline_is_not_chosen)
{
	struct record r = summary_of("sentences", "9", "Old bridge falls", five);

	ck_assert_uint_eq(r.summary.n, 5);
	ck_assert_uint_eq(r.summary.at[0], 1);
}
END_TEST

START_TEST(headline_alone_is)
{
	struct record r = summary_of(NULL, NULL, "Old bridge falls", "");

	ck_assert_uint_eq(r.summary.n, 1);
	ck_assert_uint_eq(r.summary.at[0], 0);
}
END_TEST

START_TEST(nothing_to_say)
{
	static const char *const text[] = { "", " ", "...", "42", "\xE2\x80\x9D" };
	struct record r = summary_of(NULL, NULL, NULL, text[_i]);

	ck_assert_uint_le(r.summary.n, 1);
	ck_assert((r.have & 1U << LAYER_SENTS) != 0);
}
END_TEST

START_TEST(repetition_is_left_out)
{
	struct record r = summary_of("sentences", "2", NULL,
	    "The bridge over the river fell on Monday. The bridge over the river fell on Monday. "
	    "Engineers blame rust in the steel cables.");

	ck_assert_uint_eq(r.summary.at[0], 0);
	ck_assert_uint_eq(r.summary.at[1], 2);
}
END_TEST

START_TEST(scores_for_every_sentence)
{
	struct record r = summary_of("scores", "true", "Old bridge falls", five);

	ck_assert_uint_eq(r.summary.n_score, r.sents.n);
}
END_TEST

/* What a worker remembers of other texts must not show: the same text with a new desk, and with one that
 * has met other words of the same places, spelled alike but for their case, and longer than it keeps. */
START_TEST(memory_does_not_show)
{
	static const char text[] =
	    "Internationalisation of BRIDGES began in 1999. The Bridge and the "
	    "bridges' internationalisation \"talks\" ended. Nobody talked.";
	struct buf other = { 0 };
	struct desk *fresh = desk_new();
	struct record r;
	struct bag one, two;

	for (unsigned i = 0; i < 30000; i++)
		buf_fmt(&other, "w%ux Bridge%u TALKS%s", i, i % 7, i % 9 == 0 ? ". " : " ");
	r = record_of(NULL, buf_span(&other));
	bag_fill(&one, lingo, desk, &r);
	r = record_of(NULL, span_c(text));
	bag_fill(&one, lingo, desk, &r);
	bag_fill(&two, lingo, fresh, &r);
	ck_assert_uint_eq(one.n_word, two.n_word);
	ck_assert(memcmp(one.word, two.word, one.n_word * sizeof(*one.word)) == 0);
	for (size_t i = 0; i < one.n_line; i++) {
		ck_assert_uint_eq(one.line[i].n_count, two.line[i].n_count);
		ck_assert(memcmp(one.line[i].count, two.line[i].count,
			      one.line[i].n_count * sizeof(*one.line[i].count)) == 0);
	}
	desk_free(fresh);
	buf_free(&other);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("summarize");
	TCase *t = tcase_create("tables");
	SRunner *run = srunner_create(s);
	int failed;

	setup();
	tcase_add_loop_test(t, word_row, 0, (int)words.n_row);
	tcase_add_loop_test(t, suffix_row, 0, (int)suffixes.n_row);
	tcase_add_loop_test(t, weight_row, 0, (int)weights.n_row);
	tcase_add_test(t, every_feature_has_a_weight);
	tcase_add_loop_test(t, slips_in_weights, 0, 5);
	suite_add_tcase(s, t);
	t = tcase_create("summary");
	tcase_add_loop_test(t, as_many_as_asked_for, 0, 6);
	tcase_add_test(t, headline_is_not_chosen);
	tcase_add_test(t, headline_alone_is);
	tcase_add_loop_test(t, nothing_to_say, 0, 5);
	tcase_add_test(t, repetition_is_left_out);
	tcase_add_test(t, scores_for_every_sentence);
	tcase_add_test(t, memory_does_not_show);
	suite_add_tcase(s, t);
	srunner_run_all(run, CK_ENV);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	arena_free(&arena);
	desk_free(desk);
	return failed > 0;
}
