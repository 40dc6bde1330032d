/* test_quote_content.c - what stands around a reporting clause, and where reported words end. */
#include "quote/content.h"
#include "test_quote.h"

static const struct side_case {
	const char *text;
	uint32_t side;
} before[] = {
	{ "He said no.", LEFT_START },
	{ "But he said no.", LEFT_START },
	{ "“Go,” he said.", LEFT_QUOTE },
	{ "“Go”, he said.", LEFT_QUOTE },
	{ "“Go!” He said no.", LEFT_SOFT },
	{ "It rained, he said.", LEFT_CLAUSE },
	{ "The strike, he said, went on.", LEFT_FRAG },
	{ "We knew that he said no.", LEFT_MID },
	{ "It is a plan which he said was bad.", LEFT_REL },
	{ "At the end of the anthem “A Change Will Come,” he said no.", LEFT_MID },
};

START_TEST(left)
{
	struct stage s;
	uint32_t he;

	stage_open(&s, before[_i].text);
	he = stage_find(&s, "he") != NODE_NONE ? stage_find(&s, "he") : stage_find(&s, "He");
	ck_assert_uint_eq(content_before(&s.doc, node_sentence(&s.doc, he), he), before[_i].side);
	stage_close(&s);
}
END_TEST

/* right of the cue, and the word that the reported words begin with */
static const struct behind_case {
	const char *text;
	uint32_t side;
	const char *word;
} behind[] = {
	{ "He said.", RIGHT_END, NULL },
	{ "He said on Monday in Rome.", RIGHT_END, NULL },
	{ "He said: “Go.”", RIGHT_QUOTE, NULL },
	{ "He said on Monday, “Go.”", RIGHT_QUOTE, NULL },
	{ "He said that it rained.", RIGHT_THAT, "that" },
	{ "He said on Monday that it rained.", RIGHT_THAT, "that" },
	{ "He told reporters in Rome that it rained.", RIGHT_THAT, "that" },
	{ "He told a crowd in Kano, Nigeria, that it rained.", RIGHT_THAT, "that" },
	{ "He told voters the dam would hold.", RIGHT_CLAUSE, "the" },
	{ "He told them it rained.", RIGHT_CLAUSE, "it" },
	{ "He said it rained.", RIGHT_CLAUSE, "it" },
	{ "He said taxes would fall.", RIGHT_CLAUSE, "taxes" },
	{ "He said he’ll stay.", RIGHT_CLAUSE, NULL },
	{ "He said in a statement the dam would hold.", RIGHT_CLAUSE, "the" },
	{ "He announced the plan.", RIGHT_LOOSE, "the" },
	{ "He announced the plan that failed.", RIGHT_LOOSE, "the" },
	{ "He asked whether it rained.", RIGHT_WH, "whether" },
	{ "He promised to go.", RIGHT_TO, "to" },
	{ "He said, and left.", RIGHT_COMMA, NULL },
	{ "He replied: ¶ “Go.”", RIGHT_PARA, NULL },
};

START_TEST(right)
{
	const struct behind_case *c = &behind[_i];
	struct stage s;
	struct behind b;

	stage_open(&s, c->text);
	cues_find(&s.doc, &s.lexicon, 0, &s.cues);
	ck_assert_uint_ge(s.cues.n, 1);
	b = content_behind(&s.doc, &s.doc.sents.at[0], &s.cues.at[0]);
	ck_assert_uint_eq(b.right, c->side);
	if (c->word != NULL) {
		stage_extent(&s, (struct extent){ b.at, b.at + 1 });
		ck_assert_str_eq(stage_out(&s), c->word);
	}
	stage_close(&s);
}
END_TEST

/* The reported words that begin behind "said that". */
static const struct behind_case ends[] = {
	{ "He said that it rained.", 0, "it rained" },
	{ "He said that it rained, adding that it was cold.", 0, "it rained" },
	{ "He said that it rained, according to Ann.", 0, "it rained" },
	{ "He said that it rained, but nobody came.", 0, "it rained" },
	{ "He said that it rained, and he left.", 0, "it rained" },
	{ "He said that it rained, but not that it was cold.", 0,
	    "it rained, but not that it was cold" },
	{ "He said that it rained and criticized the mayor.", 0, "it rained" },
	{ "He said that it rained and poured.", 0, "it rained and poured" },
	{ "While he said that it rained, the sun shone.", 0, "it rained" },
	{ "He said that “it rained” all day.", 0, "“it rained” all day" },
};

START_TEST(end_of_words)
{
	struct stage s;

	stage_open(&s, ends[_i].text);
	stage_extent(&s, content_right(&s.doc, &s.doc.sents.at[0], stage_find(&s, "that") + 1));
	ck_assert_str_eq(stage_out(&s), ends[_i].word);
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote_content");
	TCase *t = tcase_create("content");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, left, 0, (int)LENGTH(before));
	tcase_add_loop_test(t, right, 0, (int)LENGTH(behind));
	tcase_add_loop_test(t, end_of_words, 0, (int)LENGTH(ends));
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
