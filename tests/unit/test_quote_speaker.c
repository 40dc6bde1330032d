/* test_quote_speaker.c - noun phrases left and right of a verb. */
#include "quote/speaker.h"
#include "test_quote.h"

/* The subject of the word "said" (or "saying") in each text. */
static const struct left_case {
	const char *text, *speaker;
} left[] = {
	{ "Biden said no.", "Biden" },
	{ "Mr. Biden said no.", "Mr. Biden" },
	{ "In Rome he said no.", "he" },
	{ "Dmitry Peskov, a Kremlin spokesperson, said no.",
	    "Dmitry Peskov, a Kremlin spokesperson" },
	{ "Paul Okoye, 43, said no.", "Paul Okoye, 43" },
	{ "After the vote, Ann Low, 43, of Flint, said no.", "Ann Low, 43, of Flint" },
	{ "Ann Low (D-Calif.), a lawyer, said no.", "Ann Low (D-Calif.), a lawyer" },
	{ "Officials who met her in Paris said no.", "Officials who met her in Paris" },
	{ "A man who said no left.", "who" },
	{ "Officials briefed on the plan said no.", "Officials briefed on the plan" },
	{ "A spokesman for the mayor said no.", "A spokesman for the mayor" },
	{ "The mill closed and the owner said no.", "the owner" },
	{ "Ann Low and Ben Ray said no.", "Ann Low and Ben Ray" },
	{ "On Monday the minister said no.", "the minister" },
	{ "She left because the firm said no.", "the firm" },
	{ "He left and said no.", "" },
	{ "said no.", "" },
};

START_TEST(to_the_left)
{
	struct stage s;

	stage_open(&s, left[_i].text);
	stage_extent(&s, speaker_left(&s.doc, &s.doc.sents.at[0], stage_find(&s, "said")));
	ck_assert_str_eq(stage_out(&s), left[_i].speaker);
	stage_close(&s);
}
END_TEST

/* What follows "said". */
static const struct left_case right[] = {
	{ "“Go,” said Ana Ruiz.", "Ana Ruiz" },
	{ "“Go,” said he.", "he" },
	{ "“Go,” said Ana Ruiz in a statement.", "Ana Ruiz" },
	{ "“Go,” said Ana Ruiz on Monday.", "Ana Ruiz" },
	{ "“Go,” said a professor at the school.", "a professor at the school" },
	{ "“Go,” said Ana Ruiz, 43, a farmer from Kano.", "Ana Ruiz, 43, a farmer from Kano" },
	{ "“Go,” said Ana Ruiz, who farms.", "Ana Ruiz, who farms" },
	{ "“Go,” said Ana Ruiz, adding that it rained.", "Ana Ruiz" },
	{ "“Go,” said Ana Ruiz, “and run.”", "Ana Ruiz" },
	{ "“Go,” said Mr. Low of the union.", "Mr. Low of the union" },
};

START_TEST(to_the_right)
{
	struct stage s;

	stage_open(&s, right[_i].text);
	stage_extent(&s, speaker_right(&s.doc, &s.doc.sents.at[0], stage_find(&s, "said") + 1));
	ck_assert_str_eq(stage_out(&s), right[_i].speaker);
	stage_close(&s);
}
END_TEST

/* The subject that "saying" hangs on. */
static const struct left_case main_subject[] = {
	{ "Ana Ruiz left the room, saying it was late.", "Ana Ruiz" },
	{ "When it rained, the mayor left, saying no.", "the mayor" },
	{ "Ben, a farmer, then left and began by saying no.", "Ben, a farmer" },
	{ "Rain, rain, saying no.", "" },
};

START_TEST(of_the_clause)
{
	struct stage s;

	stage_open(&s, main_subject[_i].text);
	stage_extent(&s, speaker_main(&s.doc, &s.doc.sents.at[0], stage_find(&s, "saying")));
	ck_assert_str_eq(stage_out(&s), main_subject[_i].speaker);
	stage_close(&s);
}
END_TEST

static const struct number_case {
	const char *phrase;
	int plural;
} numbers[] = {
	{ "he", 0 },
	{ "it", 0 },
	{ "they", 1 },
	{ "the official", 0 },
	{ "officials", 1 },
	{ "critics of the plan", 1 },
	{ "the critic of the plans", -1 },
	{ "a majority of voters", -1 },
	{ "Ann and Ben", 1 },
	{ "police", 1 },
	{ "the 12-point", -1 },
	{ "42 percent", -1 },
};

START_TEST(number)
{
	struct stage s;

	stage_open(&s, numbers[_i].phrase);
	ck_assert_int_eq(speaker_plural(&s.doc, (struct extent){ 0, (uint32_t)s.doc.nodes.n }),
	    numbers[_i].plural);
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote_speaker");
	TCase *t = tcase_create("speaker");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, to_the_left, 0, (int)LENGTH(left));
	tcase_add_loop_test(t, to_the_right, 0, (int)LENGTH(right));
	tcase_add_loop_test(t, of_the_clause, 0, (int)LENGTH(main_subject));
	tcase_add_loop_test(t, number, 0, (int)LENGTH(numbers));
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
