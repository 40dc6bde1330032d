/* test_quote_nodes.c - sentences over masked stretches. */
#include "test_quote.h"

static const struct node_case {
	const char *text,
	    *sentences; /* nodes joined by blanks, sentences by " / ", ~ before a soft one */
} cases[] = {
	{ "He left. She stayed.", "He left . / She stayed ." },
	{ "“Go. Now. Run,” he said. She ran.", "“Go. Now. Run,” he said . / She ran ." },
	{ "“We won!” Ana said.", "“We won!” / ~Ana said ." },
	{ "“Really?” asked Kim.", "“Really?” asked Kim ." },
	{ "“We won.” “They lost.”", "“We won.” / ~“They lost.”" },
	{ "Mr. Low left. ¶ He ran.", "Mr . Low left . / He ran ." },
};

static void
render(struct stage *s)
{
	for (size_t k = 0; k < s->doc.sents.n; k++) {
		const struct sentence *t = &s->doc.sents.at[k];

		if (k > 0)
			buf_str(&s->out, " / ");
		if (t->soft)
			buf_char(&s->out, '~');
		for (uint32_t i = t->first; i < t->end; i++) {
			if (i > t->first)
				buf_char(&s->out, ' ');
			stage_extent(s, (struct extent){ i, i + 1 });
		}
	}
}

START_TEST(sentences)
{
	struct stage s;

	stage_open(&s, cases[_i].text);
	render(&s);
	ck_assert_str_eq(stage_out(&s), cases[_i].sentences);
	stage_close(&s);
}
END_TEST

/* No sentence is longer than the limit, and they cover all nodes. */
START_TEST(limit)
{
	struct buf b = { 0 };
	struct stage s;
	uint32_t next = 0;

	for (uint32_t i = 0; i < 3 * SENTENCE_MAX + 5; i++)
		buf_str(&b, "said ");
	buf_char(&b, '\0');
	stage_open(&s, b.p);
	for (size_t k = 0; k < s.doc.sents.n; k++) {
		ck_assert_uint_eq(s.doc.sents.at[k].first, next);
		next = s.doc.sents.at[k].end;
		ck_assert_uint_le(next - s.doc.sents.at[k].first, SENTENCE_MAX);
	}
	ck_assert_uint_eq(next, s.doc.nodes.n);
	ck_assert_uint_eq(s.doc.sents.n, 4);
	ck_assert_uint_eq(node_sentence(&s.doc, SENTENCE_MAX), 1);
	ck_assert_uint_eq(node_sentence(&s.doc, 3 * SENTENCE_MAX + 5), 4);
	stage_close(&s);
	buf_free(&b);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote_nodes");
	TCase *t = tcase_create("nodes");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, sentences, 0, (int)LENGTH(cases));
	tcase_add_test(t, limit);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
