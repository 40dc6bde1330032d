/* test_quote_marks.c - which quotation marks make a stretch, and that odd ones cost little. */
#include "test_quote.h"

/* Stretches as [words], with < for one that follows, ! for one without closing mark, ' for single marks; separated by blanks. */
static void
render(struct stage *s)
{
	for (size_t i = 0; i < s->doc.stretches.n; i++) {
		const struct stretch *k = &s->doc.stretches.at[i];

		if (i > 0)
			buf_char(&s->out, ' ');
		if (k->follows)
			buf_char(&s->out, '<');
		if (k->single)
			buf_char(&s->out, '\'');
		buf_char(&s->out, '[');
		stage_put(s, k->start, k->end);
		buf_char(&s->out, ']');
		if (!k->closed)
			buf_char(&s->out, '!');
	}
}

static const struct mark_case {
	const char *text, *stretches;
} cases[] = {
	{ "", "" },
	{ "No marks here.", "" },
	/* kinds of marks */
	{ "“We won,” she said.", "[We won]" },
	{ "\"We won,\" she said. \"They lost.\"", "[We won] [They lost.]" },
	{ "``The budget is balanced,'' he said.", "[The budget is balanced]" },
	{ "«Nous irons,» he said.", "[Nous irons]" },
	{ "« Nous irons », he said.", "[Nous irons]" },
	{ "»Wir gehen«, he said.", "[Wir gehen]" },
	{ "„Wir gehen“, he said.", "[Wir gehen]" },
	{ "‘We won,’ she said. ‘They lost.’ ‘Yes,’ he said.", "'[We won] '[They lost.] '[Yes]" },
	{ "'We won,' she said. 'They lost.' 'Yes,' he said.", "'[We won] '[They lost.] '[Yes]" },
	/* nested */
	{ "“He told me, ‘Go home,’ and I did,” she said.", "[He told me, ‘Go home,’ and I did]" },
	{ "‘He told me, “Go home,” and I did,’ she said. ‘I ran.’ ‘Far.’",
	    "'[He told me, “Go home,” and I did] '[I ran.] '[Far.]" },
	{ "\"He saw “The Dam” twice,\" she said.", "[He saw “The Dam” twice]" },
	{ "\"He saw “The Dam twice,\" she said.", "[He saw]! [The Dam twice]" },
	/* a speaker within the marks */
	{ "“MS. LOW: We won. ¶ “RUIZ: They lost. ¶ “Badly.”",
	    "[We won.]! [They lost.]! <[Badly.]" },
	{ "“THE DAM” and “Low: We won”", "[THE DAM] [Low: We won]" },
	/* apostrophes, inches, decades */
	{ "Back in the '90s the dogs' home was full.", "" },
	{ "It’s the workers’ day, don’t forget ’em.", "" },
	{ "Rock 'n' roll.", "" },
	{ "A 5'6\" man left. \"I saw him twice,\" Eve Moss said.", "[I saw him twice]" },
	{ "\"He is 6'2\" tall,\" she said.", "[He is 6'2\" tall]" },
	{ "The workers called it ‘the boys’ club’ for years.", "'[the boys’ club]" },
	/* wrong way round, glued, missing */
	{ "”We won,” she said.", "[We won]" },
	{ "“We won,“ she said.", "[We won]" },
	{ "She said,“We won.”", "[We won.]" },
	{ "“We won.”“They lost.”", "[We won.] [They lost.]" },
	{ "We won,” she said.", "[We won]" },
	{ "“We won ¶ “and they lost.”", "[We won]! <[and they lost.]" },
	{ "“We won. ¶ They lost.", "[We won.]!" },
	{ "He was “quite sure. ¶ ” ¶ “Yes,” he said.", "[quite sure.]! [Yes]" },
	{ "” ¶ \" ¶ “” \"\"", "" },
	{ "He owns 3\" pipes.", "" },
	{ "He called it \"a \"great\" day\" twice.", "[a]! [great]" },
};

START_TEST(stretches)
{
	const struct mark_case *c = &cases[_i];
	struct stage s;

	stage_open(&s, c->text);
	render(&s);
	ck_assert_str_eq(stage_out(&s), c->stretches);
	stage_close(&s);
}
END_TEST

START_TEST(words_and_ends_are_known)
{
	struct stage s;

	stage_open(&s, "The anthem “A Day Will Come,” he said, was “very, very” good.");
	ck_assert_uint_eq(s.doc.stretches.n, 2);
	ck_assert(s.doc.stretches.at[0].title);
	ck_assert_int_eq(s.doc.stretches.at[0].last, ',');
	ck_assert_uint_eq(s.doc.stretches.at[0].words, 4);
	ck_assert(!s.doc.stretches.at[1].title);
	ck_assert_int_eq(s.doc.stretches.at[1].last, 0);
	stage_close(&s);
}
END_TEST

/* A stretch ends at the limit at the latest, whatever the text. */
START_TEST(limit)
{
	struct buf b = { 0 };
	struct stage s;

	buf_str(&b, "“");
	for (int i = 0; i < 4000; i++)
		buf_str(&b, "word ");
	buf_char(&b, '\0');
	stage_open(&s, b.p);
	ck_assert_uint_eq(s.doc.stretches.n, 1);
	ck_assert_uint_le(s.doc.stretches.at[0].end - s.doc.stretches.at[0].open, STRETCH_MAX);
	ck_assert(!s.doc.stretches.at[0].closed);
	stage_close(&s);
	buf_free(&b);
}
END_TEST

/* A single new line ends a quotation only where lines are paragraphs. */
START_TEST(lines)
{
	struct stage s;

	stage_open(&s, "“It was a long night.\nHe left.\nShe stayed.");
	ck_assert(s.doc.line_paras);
	stage_close(&s);
	stage_open(&s, "“It was a long\nnight for\nall of us,” he said.");
	ck_assert(!s.doc.line_paras);
	ck_assert_uint_eq(s.doc.stretches.n, 1);
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote_marks");
	TCase *t = tcase_create("marks");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, stretches, 0, (int)LENGTH(cases));
	tcase_add_test(t, words_and_ends_are_known);
	tcase_add_test(t, limit);
	tcase_add_test(t, lines);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
