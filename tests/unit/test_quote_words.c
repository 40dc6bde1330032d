/* test_quote_words.c - every row of the word tables by its example; shapes and punctuation. */
#include "test_quote.h"

extern const struct blob blob_quote_words, blob_common_titles, blob_quote_nominals,
    blob_common_firstnames;

static const struct blob *const tables[] = { &blob_quote_words, &blob_common_titles,
	&blob_quote_nominals, &blob_common_firstnames };

/* The classes that a cell asks for: those of each word, separated by blanks, joined by +; "-": none. */
static void
check_example(struct stage *s, struct span expects, size_t line)
{
	size_t from = 0;

	for (uint32_t i = 0; i < s->doc.nodes.n && expects.n > 0; i++) {
		size_t to = from;
		char cell[64];

		while (to < expects.n && expects.p[to] != ' ')
			to++;
		ck_assert_msg(to > from, "line %zu: fewer classes than words", line);
		for (size_t k = from; k < to; k++)
			cell[k - from] = expects.p[k] == '+' ? ',' : expects.p[k];
		if (to - from != 1 || cell[0] != '-') {
			uint32_t want = words_class((struct span){ cell, to - from });

			ck_assert_msg((s->doc.nodes.at[i].cls & want) == want && want != 0,
			    "line %zu, word %u: lacks %.*s", line, (unsigned)i, (int)(to - from),
			    cell);
		}
		from = to + 1;
	}
}

START_TEST(rows)
{
	struct arena a = { 0 };
	struct table t;

	table_load(&t, tables[_i], &a);
	ck_assert_uint_gt(t.n_row, 0);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span cls = table_cell(&t, i, 0), example = table_cell(&t, i, 2);
		struct stage s;

		ck_assert_msg(
		    cls.n == 0 || words_class(cls) != 0, "line %u: unknown class", t.line[i]);
		stage_open(&s, arena_cstr(&a, example));
		check_example(&s, table_cell(&t, i, 3), t.line[i]);
		stage_close(&s);
	}
	arena_free(&a);
}
END_TEST

static const struct shape_case {
	const char *word;
	uint8_t shape;
	char punct;
} shapes[] = {
	{ "Kyiv", SHAPE_WORD | SHAPE_UPPER, 0 },
	{ "walked", SHAPE_WORD | SHAPE_ED, 0 },
	{ "red", SHAPE_WORD, 0 }, /* too short to be a verb form */
	{ "saying", SHAPE_WORD | SHAPE_ING, 0 },
	{ "king", SHAPE_WORD, 0 },
	{ "plans", SHAPE_WORD | SHAPE_S, 0 },
	{ "class", SHAPE_WORD, 0 },
	{ "virus", SHAPE_WORD, 0 },
	{ "1990", SHAPE_WORD | SHAPE_NUMBER, 0 },
	{ "–", 0, '-' },
	{ "…", 0, '.' },
	{ ",", 0, ',' },
};

START_TEST(shape)
{
	struct stage s;

	stage_open(&s, shapes[_i].word);
	ck_assert_uint_eq(s.doc.nodes.n, 1);
	ck_assert_uint_eq(s.doc.nodes.at[0].shape, shapes[_i].shape);
	ck_assert_int_eq(s.doc.nodes.at[0].punct, shapes[_i].punct);
	stage_close(&s);
}
END_TEST

START_TEST(adverbs_need_lower_case)
{
	struct stage s;

	stage_open(&s, "He calmly left; Jolly said no.");
	ck_assert(s.doc.nodes.at[stage_find(&s, "calmly")].cls & W_ADV);
	ck_assert(!(s.doc.nodes.at[stage_find(&s, "Jolly")].cls & W_ADV));
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote_words");
	TCase *t = tcase_create("words");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, rows, 0, (int)LENGTH(tables));
	tcase_add_loop_test(t, shape, 0, (int)LENGTH(shapes));
	tcase_add_test(t, adverbs_need_lower_case);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
