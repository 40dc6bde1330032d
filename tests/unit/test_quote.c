/* test_quote.c - the whole filter: every row of cues.tsv and patterns.tsv by its example, odd texts, options, linear time. */
#include <time.h>

#include "test_quote.h"

extern const struct blob blob_quote_cues, blob_quote_patterns, blob_quote_furniture;

/* The filter with its options on text; what it finds as "kind: words (speaker; cue)", separated by " | ". */
struct run {
	struct arena arena;
	struct diag diag;
	struct record record;
	struct buf out;
	void *model;
};

static void
run_open(struct run *r, struct span text, bool attitudes)
{
	struct opts o = { .table = filter_quote.option };
	struct work w = { 0 };
	struct span none = { 0 };
	char what[256];

	*r = (struct run){ .diag = { .prog = "test" } };
	if (attitudes)
		ck_assert(opts_set(&o, opt_find(filter_quote.option, "attitudes"), "true", what));
	ck_assert(opts_set(&o, opt_find(filter_quote.option, "explain"), "true", what));
	ck_assert(opts_set(&o, opt_find(filter_quote.option, "confidence"), "true", what));
	r->model = filter_quote.open(&o, &r->diag);
	ck_assert_ptr_nonnull(r->model);
	record_from_text(&r->record, none, none, stage_text(&r->arena, text), (struct where){ 0 },
	    &r->arena, &r->diag);
	w.arena = &r->arena;
	w.diag = &r->diag;
	ck_assert_int_eq(filter_quote.annotate(r->model, &r->record, &w), KEEP);
}

static void
run_close(struct run *r)
{
	filter_quote.close(r->model);
	buf_free(&r->out);
	buf_free(&r->diag.err);
	arena_free(&r->arena);
}

static void
put_mention(struct run *r, const struct mention *m)
{
	if (m->start == m->end)
		buf_char(&r->out, '-');
	else
		buf_put(&r->out, record_slice(&r->record, m->start, m->end));
}

/* Paragraph breaks as in the tables. */
static void
put_words(struct run *r, uint32_t start, uint32_t end)
{
	for (uint32_t i = start; i < end; i++) {
		if (r->record.text.p[i] == '\n')
			buf_str(
			    &r->out, i + 1 < end && r->record.text.p[i + 1] == '\n' ? " ¶ " : "");
		else
			buf_char(&r->out, r->record.text.p[i]);
	}
}

static const char *
render(struct run *r)
{
	for (size_t i = 0; i < r->record.quotes.n; i++) {
		const struct quote *q = &r->record.quotes.at[i];

		buf_fmt(&r->out, "%s%s: ", i > 0 ? " | " : "", quote_name[q->kind]);
		put_words(r, q->start, q->end);
		buf_str(&r->out, " (");
		put_mention(r, &q->speaker);
		buf_str(&r->out, "; ");
		put_mention(r, &q->cue);
		buf_char(&r->out, ')');
	}
	return r->out.n == 0 ? "-" : arena_cstr(&r->arena, buf_span(&r->out));
}

/* Does the rule of that name take part? */
static bool
has_rule(const struct run *r, struct span id)
{
	for (size_t i = 0; i < r->record.quotes.n; i++)
		if (span_eq(r->record.quotes.at[i].why, id))
			return true;
	return false;
}

static void
check_rows(const struct blob *b, bool by_rule)
{
	struct arena a = { 0 };
	struct table t;
	size_t example, expects;

	table_load(&t, b, &a);
	example = table_column(&t, "example");
	expects = table_column(&t, "expects");
	for (size_t i = 0; i < t.n_row; i++) {
		struct run r;
		const char *found;

		ck_assert_msg(
		    table_cell(&t, i, example).n > 0, "%s:%u: no example", b->name, t.line[i]);
		run_open(&r, table_cell(&t, i, example), true);
		found = render(&r);
		ck_assert_msg(span_is(table_cell(&t, i, expects), found), "%s:%u: found %s",
		    b->name, t.line[i], found);
		ck_assert_msg(!by_rule || has_rule(&r, table_cell(&t, i, 0)), "%s:%u: another rule",
		    b->name, t.line[i]);
		run_close(&r);
	}
	arena_free(&a);
}

START_TEST(cue_rows)
{
	check_rows(&blob_quote_cues, false);
}
END_TEST

START_TEST(pattern_rows)
{
	check_rows(&blob_quote_patterns, true);
}
END_TEST

START_TEST(furniture_rows)
{
	check_rows(&blob_quote_furniture, false);
}
END_TEST

static const struct expectation {
	const char *text, *quotes;
} cases[] = {
	/* nothing said */
	{ "", "-" },
	{ " ", "-" },
	{ "“", "-" },
	{ "The so-called “smart” border cost 2bn euros.", "-" },
	{ "Her novel “The Long Winter” won the prize.", "-" },
	{ "Eddie “the Shark” Low left.", "-" },
	{ "The pipes are 3\" wide and 5' long.", "-" },
	{ "The minister did not say whether the plan would go ahead.", "-" },
	{ "Moscow wants an end to the talks.", "-" },
	{ "He criticised the plan.", "-" },
	{ "Several states are in play.", "-" },
	{ "The bank announced a plan that failed.", "-" },
	/* direct */
	{ "“We won,” said Ana Ruiz, 43, a farmer.",
	    "direct: We won (Ana Ruiz, 43, a farmer; said)" },
	{ "As Ana Ruiz put it: “We won.”", "direct: We won. (Ana Ruiz; put it)" },
	{ "“We won,” Ana Ruiz (D-Calif.) said.", "direct: We won (Ana Ruiz (D-Calif.); said)" },
	{ "“We won,” former mayor Ana Ruiz said.", "direct: We won (former mayor Ana Ruiz; said)" },
	{ "“We won,” said former mayor Ana Ruiz.", "direct: We won (former mayor Ana Ruiz; said)" },
	{ "“We won,” she said in Rome on Monday. “They lost.”",
	    "direct: We won (she; said) | direct: They lost. (she; said)" },
	{ "“RUIZ: We won the cup. ¶ “They lost it. ¶ “LOW: No, we drew.”",
	    "direct: We won the cup. (RUIZ; -) | direct: They lost it. (RUIZ; -) | "
	    "direct: No, we drew. (LOW; -)" },
	{ "“We won,” the nurse was quoted as saying.",
	    "direct: We won (the nurse; was quoted as saying)" },
	{ "“We won,” a source close to the club told the agency.",
	    "direct: We won (a source close to the club; told)" },
	{ "“We won,” he told Radio Five’s “Sport With Ben Low” on Monday.",
	    "direct: We won (he; told)" },
	/* mixed */
	{ "Ana Ruiz called that a “bold lie”.", "mixed: that a “bold lie” (Ana Ruiz; called)" },
	{ "Ana Ruiz called him a “bold liar,” a “bully” and a “Little Caesar”.",
	    "mixed: him a “bold liar,” a “bully” and a “Little Caesar” (Ana Ruiz; called)" },
	{ "The crowd chanted, “Send them home,” and “Build the dam”.",
	    "mixed: “Send them home,” and “Build the dam” (The crowd; chanted)" },
	{ "The mayor saw no reason to call the strike “illegal”.",
	    "mixed: the strike “illegal” (The mayor; call)" },
	{ "He said on Friday that it was “very, very difficult” for Russia.",
	    "mixed: that it was “very, very difficult” for Russia (He; said)" },
	{ "“It was hard,” he said, and “too long.”",
	    "direct: It was hard (he; said) | mixed: and “too long.” (he; said)" },
	{ "Ana Ruiz, 43, called on her rival, Ben Low, to “step aside” now.",
	    "mixed: to “step aside” now (Ana Ruiz, 43; called on)" },
	{ "“We won,” said Ana Ruiz, author of “The Dam,” a novel.",
	    "direct: We won (Ana Ruiz, author of “The Dam,” a novel; said)" },
	{ "As Ana Ruiz, 43, put it: “We won.”", "direct: We won. (Ana Ruiz, 43; put it)" },
	{ "Citing “deep concern” about it, the minister left.",
	    "mixed: “deep concern” about it (the minister; Citing)" },
	/* indirect */
	{ "Ana Ruiz was quoted by the agency as saying that it rained.",
	    "indirect: that it rained (Ana Ruiz; was quoted by the agency as saying)" },
	{ "She is said to have told friends that it rained.",
	    "indirect: that it rained (She; is said to have told)" },
	{ "She was never quoted as saying that it rained.", "-" },
	{ "The minister said: We will pay.", "indirect: We will pay (The minister; said)" },
	{ "He told Radio Five that it rained.", "indirect: that it rained (He; told)" },
	{ "The paper claims, citing two guards, that it rained.",
	    "indirect: that it rained (The paper; claims)" },
	{ "It rained, the paper said, citing two guards.",
	    "indirect: It rained (the paper; said)" },
	{ "He said he would pay, while his wife said she would not.",
	    "indirect: he would pay (He; said) | indirect: she would not (his wife; said)" },
	{ "There are 18% who say they would leave.", "indirect: they would leave (who; say)" },
	{ "She met Ben Low, who he claims has left.",
	    "indirect: who (he; claims) | indirect: has left (he; claims)" },
	{ "The report suggested the attacks highlight the danger.",
	    "indirect: the attacks highlight the danger (The report; suggested)" },
	{ "Ana Ruiz, who calls Low a “liar,” said he had left.",
	    "mixed: Low a “liar,” (who; calls) | indirect: he had left (Ana Ruiz, who calls Low a "
	    "“liar,”; said)" },
	{ "While saying that it rained, the minister left.",
	    "indirect: that it rained (the minister; saying)" },
	{ "AMMAN (Agency) — Rain will come, the ministry said.",
	    "indirect: Rain will come (the ministry; said)" },
	{ "According to Ms. Park, who runs the shop, sales fell.",
	    "indirect: sales fell (Ms. Park, who runs the shop; According to)" },
	{ "He said it rained, adding that it was cold.",
	    "indirect: it rained (He; said) | indirect: that it was cold (He; adding)" },
	{ "He said it rained and warned that it would snow.",
	    "indirect: it rained (He; said) | indirect: that it would snow (He; warned)" },
	{ "Still, it will rain, a source said.", "indirect: it will rain (a source; said)" },
	/* world news: place-lines, agencies, no comma, a mark too many, in-between cues */
	{ "Juba, 4 May (SNA) - Rain will come, the ministry said.",
	    "indirect: Rain will come (the ministry; said)" },
	{ "Shillong: Rain will come, the ministry said.",
	    "indirect: Rain will come (the ministry; said)" },
	{ "HIROSHIMA-- “We will go,” said Ana Ruiz.", "direct: We will go (Ana Ruiz; said)" },
	{ "The sky fell, a source told Reuters.", "indirect: The sky fell (a source; told)" },
	{ "He told AFP on Saturday that it rained, noting that it was cold.",
	    "indirect: that it rained (He; told) | indirect: that it was cold (He; noting)" },
	{ "“We won” said Ana Ruiz.", "direct: We won (Ana Ruiz; said)" },
	{ "“We won”, said Ana Ruiz.", "direct: We won (Ana Ruiz; said)" },
	{ "\"“We won,” said Ana Ruiz.", "direct: We won (Ana Ruiz; said)" },
	{ "We won,” said Ana Ruiz.", "direct: We won (Ana Ruiz; said)" },
	{ "‘The farmers’ union won,’ said Ana Ruiz. ‘They lost.’",
	    "direct: The farmers’ union won (Ana Ruiz; said) | direct: They lost. (Ana Ruiz; "
	    "said)" },
	{ "The man who saw her said Ana Ruiz was late.",
	    "indirect: Ana Ruiz was late (The man who saw her; said)" },
	{ "Police said that, according to witnesses, the driver had fled.",
	    "indirect: that, according to witnesses, the driver had fled (Police; said) | "
	    "indirect: that (witnesses; according to) | indirect: the driver had fled (witnesses; "
	    "according to)" },
	{ "The minister said talks were good.", "indirect: talks were good (The minister; said)" },
	{ "A statement by the army said that it rained.",
	    "indirect: that it rained (A statement by the army; said)" },
	{ "It rained in states that he had won.", "-" },
	{ "“We won,” an angry Ruiz retaliated.", "direct: We won (an angry Ruiz; retaliated)" },
	{ "“We will not go back home.” ¶ That was how Ana Ruiz put it.",
	    "direct: We will not go back home. (Ana Ruiz; -)" },
	{ "“We will not go back home to that.” ¶ The White House was silent.",
	    "direct: We will not go back home to that. (-; -)" },
	{ "13:15 The court said it rained.", "indirect: it rained (The court; said)" },
	{ "7 pm the crowd said it rained.", "indirect: it rained (the crowd; said)" },
	{ "13:15 Ben Low, on shoulders: “I am a calm man.”",
	    "direct: I am a calm man. (Ben Low, on shoulders; -)" },
	{ "Article 33 affirms: “No state shall expel a refugee.”",
	    "direct: No state shall expel a refugee. (Article 33; affirms)" },
	{ "Reacting, the spokesman, Ben Low, said it rained.",
	    "indirect: it rained (the spokesman, Ben Low; said)" },
	{ "The Water Authority (WA) director, Ben Low, said it rained.",
	    "indirect: it rained (The Water Authority (WA) director, Ben Low; said)" },
	{ "It is time, said Ben Low, there were ten.", "indirect: It is time (Ben Low; said)" },
	{ "“We won,” said Ana Ruiz, the agency Lusa reported on Friday.",
	    "direct: We won (Ana Ruiz; said)" },
	{ "Ana Ruiz, according to Lusa, said that it rained.",
	    "indirect: that it rained (Ana Ruiz, according to Lusa; said)" },
	{ "“We won,” said Ann May, a nurse.", "direct: We won (Ann May, a nurse; said)" },
	{ "“We won,” said Ben Low Monday.", "direct: We won (Ben Low; said)" },
	{ "OSLO, April 15 - Five clinics will close by the end of June, the governor, Ben Low, "
	  "told "
	  "reporters.",
	    "indirect: Five clinics will close by the end of June (the governor, Ben Low; told)" },
	{ "The army, which had ten tents, is leaving on Monday, said Colonel Ben Low of the staff.",
	    "indirect: The army, which had ten tents, is leaving on Monday (Colonel Ben Low of the "
	    "staff; said)" },
	{ "According to the Institute of Water (IW), the lake is full.",
	    "indirect: the lake is full (the Institute of Water (IW); According to)" },
	{ "The minister said talks broke down late.",
	    "indirect: talks broke down late (The minister; said)" },
	{ "The test was hard, says former nurse.",
	    "indirect: The test was hard (former nurse; says)" },
	{ "It is enough, said ward sister Ann Low.",
	    "indirect: It is enough (ward sister Ann Low; said)" },
	{ "The vote was fair, Ann Low said at 2:45 p.m. in the hall.",
	    "indirect: The vote was fair (Ann Low; said)" },
	{ "The UN said about 9,000 people had fled.",
	    "indirect: about 9,000 people had fled (The UN; said)" },
	{ "Orders had “gone to sleep”, director Ben Low told a meeting.",
	    "mixed: Orders had “gone to sleep” (director Ben Low; told)" },
	{ "It would reach Da Nang and Quang Nam on Sunday, Mai Van Khoat, of the Centre, told a "
	  "meeting.",
	    "indirect: It would reach Da Nang and Quang Nam on Sunday (Mai Van Khoat, of the "
	    "Centre; "
	    "told)" },
	{ "\"We will go', said Ana Ruiz.", "direct: We will go (Ana Ruiz; said)" },
	{ "“We will go,’ said Ana Ruiz.", "direct: We will go (Ana Ruiz; said)" },
	{ "For years, it is the same.", "-" },
	{ "For Germany, it is the second cup.", "-" },
	{ "It was clear that it would rain.", "-" },
	{ "He said it rained for Russia, which has warned that it may snow.",
	    "indirect: it rained for Russia (He; said) | indirect: that it may snow (which; has "
	    "warned)" },
};

START_TEST(text_case)
{
	struct run r;

	run_open(&r, span_c(cases[_i].text), false);
	ck_assert_str_eq(render(&r), cases[_i].quotes);
	run_close(&r);
}
END_TEST

/* Stretches of one attribution share a group, others do not. */
START_TEST(groups)
{
	struct run r;

	run_open(&r, SPAN("“We won,” said Ana. “They lost.” ¶ “No,” said Ben."), false);
	ck_assert_uint_eq(r.record.quotes.n, 3);
	ck_assert_uint_eq(r.record.quotes.at[0].group, r.record.quotes.at[1].group);
	ck_assert_uint_ne(r.record.quotes.at[1].group, r.record.quotes.at[2].group);
	ck_assert_uint_gt(r.record.quotes.at[0].confidence, 80);
	ck_assert_uint_le(r.record.quotes.at[0].confidence, 100);
	run_close(&r);
}
END_TEST

/* Options off: no confidence, no reason, no attitudes. */
START_TEST(plain)
{
	struct opts o = { .table = filter_quote.option };
	struct diag d = { .prog = "test" };
	struct arena a = { 0 };
	struct work w = { .arena = &a, .diag = &d };
	struct record r;
	struct span none = { 0 };
	void *model = filter_quote.open(&o, &d);

	record_from_text(&r, none, none, SPAN("He hopes that it rains. He said it rained."),
	    (struct where){ 0 }, &a, &d);
	ck_assert_int_eq(filter_quote.annotate(model, &r, &w), KEEP);
	ck_assert_uint_eq(r.quotes.n, 1);
	ck_assert_uint_eq(r.quotes.at[0].confidence, CONFIDENCE_NONE);
	ck_assert_ptr_null(r.quotes.at[0].why.p);
	filter_quote.close(model);
	filter_quote.close(NULL);
	arena_free(&a);
}
END_TEST

/* FAULTS A36, A37: spans inside the text, in order, and not much more of them than text, whatever the text. */
static const char *const hostile[] = { "“", "”", "\"", "'", "‘", "« ", "\"a", "“a", "('a", "-'a",
	"said ", "he said ", "“a,” he said. ", "“a” said b. ", "and ", "a, ", "who said, ",
	"He said that ", ", according to ", "Mr. ", "Al ", "to say ", "“a ¶ ", "Al’s claim that ",
	": “a", "( ", "quoted as saying ", "said “a” ", "said to have said " };

static double
seconds(struct span text)
{
	struct run r;
	clock_t t = clock();
	size_t quoted = 0;

	run_open(&r, text, true);
	for (size_t i = 0; i < r.record.quotes.n; i++) {
		const struct quote *q = &r.record.quotes.at[i];

		ck_assert_uint_lt(q->start, q->end);
		ck_assert_uint_le(q->end, r.record.text.n);
		ck_assert(q->speaker.end <= r.record.text.n && q->cue.end <= r.record.text.n);
		quoted += q->end - q->start;
	}
	/* reports, attitudes, and stretches on their own */
	ck_assert_uint_le(quoted, (2 * REPORTED_TIMES + 1) * r.record.text.n);
	run_close(&r);
	return (double)(clock() - t) / CLOCKS_PER_SEC;
}

START_TEST(odd_text_is_linear)
{
	struct buf b = { 0 };
	double half, full;
	size_t n;

	while (b.n < 400000)
		buf_str(&b, hostile[_i]);
	n = b.n / 2;
	while (n > 0 && ((unsigned char)b.p[n] & 0xC0) == 0x80)
		n--;
	half = seconds((struct span){ b.p, n });
	full = seconds(buf_span(&b));
	ck_assert_msg(full < 3 * half + 0.1, "half %.3f s, full %.3f s", half, full);
	buf_free(&b);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote");
	TCase *t = tcase_create("filter"), *tables = tcase_create("tables"),
	      *odd = tcase_create("odd");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, text_case, 0, (int)LENGTH(cases));
	tcase_add_test(t, groups);
	tcase_add_test(t, plain);
	suite_add_tcase(suite, t);
	tcase_set_timeout(tables, 60);
	tcase_add_test(tables, cue_rows);
	tcase_add_test(tables, pattern_rows);
	tcase_add_test(tables, furniture_rows);
	suite_add_tcase(suite, tables);
	tcase_set_timeout(odd, 60);
	tcase_add_loop_test(odd, odd_text_is_linear, 0, (int)LENGTH(hostile));
	suite_add_tcase(suite, odd);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
