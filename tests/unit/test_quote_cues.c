/* test_quote_cues.c - where a cue can report, and where the same word does not. */
#include "test_quote.h"

static const char *const mode_name[] = { "finite", "ing", "inf", "passive", "noun", "acc" };

static const struct cue_case {
	const char *text, *cues; /* "mode:words", separated by ", " */
} cases[] = {
	{ "He said no.", "finite:said" },
	{ "He has repeatedly said no.", "finite:has repeatedly said" },
	{ "They’ve said no.", "finite:said" },
	{ "Jolly said no.", "finite:said" },
	{ "He would say no.", "finite:would say" },
	{ "He left, saying no.", "ing:saying" },
	{ "He is saying no.", "finite:is saying" },
	{ "He was told that it rained.", "passive:was told" },
	{ "Asked whether it rained, he left.", "passive:Asked" },
	{ "He rose to say no.", "inf:to say" },
	{ "Amy’s claim that it rained is false.", "noun:claim" },
	{ "It rained, according to Amy.", "acc:according to" },
	{ "He pointed out that it rained.", "finite:pointed out" },
	{ "He went on to say that it rained.", "finite:went on to say" },
	/* no reports */
	{ "He did not say that it rained.", "" },
	{ "He never said that it rained.", "" },
	{ "He didn't say why.", "" },
	{ "He refused to say why.", "" },
	{ "Edward Said taught here.", "" },
	{ "The said property was sold.", "" },
	{ "The so-called expert left.", "" },
	{ "Amy’s report was long.", "" },
	{ "The claim was false.", "" },
};

START_TEST(cues)
{
	struct stage s;

	stage_open(&s, cases[_i].text);
	for (uint32_t k = 0; k < s.doc.sents.n; k++) {
		cues_find(&s.doc, &s.lexicon, k, &s.cues);
		for (size_t i = 0; i < s.cues.n; i++) {
			buf_fmt(
			    &s.out, "%s%s:", s.out.n > 0 ? ", " : "", mode_name[s.cues.at[i].mode]);
			stage_extent(&s, s.cues.at[i].nodes);
		}
	}
	ck_assert_str_eq(stage_out(&s), cases[_i].cues);
	stage_close(&s);
}
END_TEST

extern const struct blob blob_quote_cues;

/* The table: known classes, no cue twice with the same forms. */
START_TEST(table)
{
	struct arena a = { 0 };
	struct table t;

	table_load(&t, &blob_quote_cues, &a);
	for (size_t i = 0; i < t.n_row; i++) {
		uint32_t cls = cues_class(table_cell(&t, i, 1));

		ck_assert_msg(cls != 0, "line %u: unknown class", t.line[i]);
		for (size_t k = 0; k < i; k++) {
			bool noun = (cls & CUE_NOUN) != 0;
			bool other = (cues_class(table_cell(&t, k, 1)) & CUE_NOUN) != 0;

			ck_assert_msg(noun != other ||
					  !span_eq(table_cell(&t, i, 0), table_cell(&t, k, 0)) ||
					  !span_eq(table_cell(&t, i, 2), table_cell(&t, k, 2)),
			    "line %u: again", t.line[i]);
		}
	}
	arena_free(&a);
}
END_TEST

/* All forms of a verb are found, regular or not. */
static const char *const forms[] = { "say", "says", "said", "saying", "denies", "denied", "pledged",
	"pledging", "crosses", "points out", "pointing out", "quipped", "warns", "reaches" };

START_TEST(form)
{
	struct stage s;
	size_t n;
	bool known = _i != 8 && _i != 13; /* "crosses" and "reaches" report nothing */

	stage_open(&s, forms[_i]);
	ck_assert(known == (lexicon_longest(s.lexicon.verb, s.doc.text, s.doc.tokens, 0, &n) !=
			       LEXICON_NONE));
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote_cues");
	TCase *t = tcase_create("cues");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, cues, 0, (int)LENGTH(cases));
	tcase_add_loop_test(t, form, 0, (int)LENGTH(forms));
	tcase_add_test(t, table);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
