/* test_quote_resolve.c - the name behind each speaker, and none where the text gives none. */
#include "quote/mentions.h"
#include "quote/resolve.h"
#include "test_quote.h"

static const struct name_case {
	const char *text, *names; /* of the reports, separated by "; ", - for none */
} cases[] = {
	/* short forms */
	{ "Joe Biden spoke. “Go,” Biden said.", "Joe Biden" },
	{ "“Go,” Ma tweeted. Lee Ma heads the board.", "Lee Ma" },
	{ "Amy Cole’s claim that it rained is false.", "Amy Cole" },
	{ "“Go,” said Kremlin spokesman Dmitry Peskov.", "Dmitry Peskov" },
	{ "“Go,” said the assailant, John McGraw.", "John McGraw" },
	{ "“Go,” said Mr. Low.", "Low" },
	/* pronouns: the speaker before, the subject of the sentence, gender */
	{ "“Go,” Ann Low said. “Run,” she added.", "Ann Low; Ann Low" },
	{ "Ben Ray met Ann Low. “Go,” she said.", "Ann Low" },
	{ "“Go,” Ann Low said. Ben Ray laughed. “Run,” he said.", "Ann Low; Ben Ray" },
	{ "“Go,” a guard said. “Run,” he added.", "-; -" },
	{ "When Ann Low came, she said that it rained.", "Ann Low" },
	/* relatives */
	{ "He met Ann Low, who said that it rained.", "Ann Low" },
	{ "It is a plan, which said that it rained.", "-" },
	/* nominals */
	{ "Dmitry Peskov, a Kremlin spokesman, left. The spokesman said it rained.",
	    "Dmitry Peskov" },
	{ "A guard said it rained. The guard said it was cold.", "-; -" },
	{ "Ann Low said it rained. Officials said it was cold.", "Ann Low; -" },
	{ "The Chief Minister on Friday said it rained.", "-" },
	{ "The Prime Minister said it rained.", "-" },
	{ "Ann Low said it rained. The minister said it was cold.", "Ann Low; Ann Low" },
	{ "Ann Low said it rained. The former minister said it was cold.", "Ann Low; -" },
	{ "Ann Low said it rained. It was cold, the minister said.", "Ann Low; Ann Low" },
	{ "A spokesman for the army, Col. Pavlo Danko, said it rained. Ann Low said it was cold. "
	  "The "
	  "spokesman said it was dark.",
	    "Pavlo Danko; Ann Low; Pavlo Danko" },
	{ "The police chief, Col. Musa Ibrahim, said it rained.", "Musa Ibrahim" },
	{ "Ali Reza said it rained. The spokesman said it was cold.", "Ali Reza; Ali Reza" },
	{ "District collector Anil Varma said it rained. The collector said it was cold.",
	    "Anil Varma; Anil Varma" },
	{ "“Go,” said engineer Okello. “Run,” he added.", "Okello; Okello" },
	{ "“Go,” coach Bielik said. Ann Low wept. The coach said it was cold.", "Bielik; Bielik" },
	/* bodies */
	{ "The Ministry of Water said it rained. The ministry said it was cold. It said it was "
	  "dark.",
	    "Ministry of Water; Ministry of Water; Ministry of Water" },
	{ "Human Rights Watch blamed the army. “It rained,” it said.", "Human Rights Watch" },
	{ "The Farmers’ Union said it rained. The bank said it was cold.", "Farmers’ Union; -" },
	{ "The WHO said it rained. WHO added that it was cold.", "WHO; WHO" },
	/* names behind commas, brackets and other nouns; particles, initials, nicknames, letters behind a name */
	{ "His number two, Elmar Zade, said it rained.", "Elmar Zade" },
	{ "The Ranking Member, Dr Casimir Low, said it rained.", "Casimir Low" },
	{ "Secretary for Health Dr Dan Low said it rained.", "Dan Low" },
	{ "The health and welfare secretary Ann Low said it rained.", "Ann Low" },
	{ "Mwanza Water Authority (MWA) director Ann Low said it rained.", "Ann Low" },
	{ "A survey by analyst Ann Low said it rained.", "-" },
	{ "Maritime Union of New Zealand (MUNZ) national secretary Ann Low said it rained.",
	    "Ann Low" },
	{ "Superintendent of Police Ann Low said it rained.", "Ann Low" },
	{ "The army’s spokesman, Maj-Gen Ben Low, said it rained.", "Ben Low" },
	{ "The union’s leader, Iván de la Torre, said it rained. Mr de la Torre said it was cold.",
	    "Iván de la Torre; Iván de la Torre" },
	{ "Dr A. M. Nambar said it rained. Dr Nambar said it was cold.",
	    "A. M. Nambar; A. M. Nambar" },
	{ "Ann Low QC said it rained. Miss Low said it was cold.", "Ann Low; Ann Low" },
	{ "Tom “the Deep-Blue” Low said it rained.", "Tom “the Deep-Blue” Low" },
	{ "President-elect Ann Low said it rained.", "Ann Low" },
	{ "Rebecca To, 40, said it rained.", "Rebecca To" },
	{ "See Lyim-Hasan there. “It is Deo Lyim-Hasan,” Mr Lyim-Hasan said.", "Deo Lyim-Hasan" },
	/* families */
	{ "“Go,” said Park Ji-won. Park said it rained. “Run,” said Ji-won.",
	    "Park Ji-won; Park Ji-won; Park Ji-won" },
	{ "John Low met his wife, Mary Low, and his son Mark Low. Mrs. Low said it rained. Mr. Low "
	  "said it was cold.",
	    "Mary Low; Mark Low" },
	/* a name that is not the head */
	{ "The Amin campaign said it rained.", "-" },
	{ "Washington and Kiev said it rained.", "-" },
	{ "A spokesman for Ann Low said it rained.", "-" },
};

static void
names(struct stage *s)
{
	struct resolver *r = resolver_new(s->words, &s->arena);
	struct names_of n;

	stage_report(s);
	resolve_names(&s->doc, r, &s->reports, &n);
	for (size_t i = 0; i < s->reports.n; i++) {
		buf_str(&s->out, i > 0 ? "; " : "");
		buf_put(&s->out, n.name[i].p != NULL ? n.name[i] : SPAN("-"));
	}
}

START_TEST(name)
{
	struct stage s;

	stage_open(&s, cases[_i].text);
	names(&s);
	ck_assert_str_eq(stage_out(&s), cases[_i].names);
	stage_close(&s);
}
END_TEST

/* Mentions: kinds and genders. */
static const struct mention_case {
	const char *text, *name;
	bool person;
	uint8_t gender;
} mention[] = {
	{ "We met Ann Low today.", "Ann Low", true, GENDER_FEMALE },
	{ "We met Mrs. Low today.", "Low", true, GENDER_FEMALE },
	{ "We met Gen. Ali Bin Saleh today.", "Ali Bin Saleh", true, GENDER_MALE },
	{ "We met John F. Kerry today.", "John F. Kerry", true, GENDER_MALE },
	{ "We met Ludwig van Damme today.", "Ludwig van Damme", true, GENDER_MALE },
	{ "We met Jean-Luc Picard today.", "Jean-Luc Picard", true, GENDER_EITHER },
	{ "We saw the John Lewis Committee today.", "John Lewis Committee", false, GENDER_UNKNOWN },
	{ "We met Lee Chun-hee today.", "Lee Chun-hee", true, GENDER_MALE },
	{ "We met Nestor “Totoy” Cruz today.", "Nestor “Totoy” Cruz", true, GENDER_MALE },
	{ "We met Khalid al-Anazi today.", "Khalid al-Anazi", true, GENDER_MALE },
	{ "We met the comedian Oraz Nur today.", "Oraz Nur", true, GENDER_UNKNOWN },
	{ "We met Oraz Nur, 43, today.", "Oraz Nur", true, GENDER_UNKNOWN },
	{ "We met Comedian Oraz Nur today.", "Oraz Nur", true, GENDER_UNKNOWN },
	{ "We saw the Ministry of Finance today.", "Ministry of Finance", false, GENDER_UNKNOWN },
	{ "We saw Schaffner & Rast today.", "Schaffner & Rast", false, GENDER_UNKNOWN },
	{ "We saw the Kremlin today.", "Kremlin", false, GENDER_UNKNOWN },
};

START_TEST(mentions)
{
	const struct mention_case *c = &mention[_i];
	struct mentions m = { 0 };
	struct stage s;

	stage_open(&s, c->text);
	mentions_find(&s.doc, &(struct mention_rules){ s.words, names_new(&s.arena), NULL }, &m);
	ck_assert_uint_eq(m.n, 1);
	buf_put(&s.out, m.at[0].name);
	ck_assert_str_eq(stage_out(&s), c->name);
	ck_assert(m.at[0].person == c->person);
	if (c->person)
		ck_assert_uint_eq(m.at[0].gender, c->gender);
	stage_close(&s);
}
END_TEST

/* The record's own entities come before what is found. */
START_TEST(entities_of_the_record)
{
	struct stage s;
	struct ent e = {
		.label = ENT_PERSON, .confidence = CONFIDENCE_NONE, .name = SPAN("Xi Low")
	};

	stage_open(&s, "“Go,” low said.");
	e.start = (uint32_t)(strstr(s.doc.text.p, "low") - s.doc.text.p);
	e.end = e.start + 3;
	record_own(&s.record, LAYER_ENTS);
	VEC_PUSH(&s.arena, &s.record.ents, e);
	s.record.have |= 1U << LAYER_ENTS;
	names(&s);
	ck_assert_str_eq(stage_out(&s), "Xi Low");
	stage_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote_resolve");
	TCase *t = tcase_create("resolve");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(t, name, 0, (int)LENGTH(cases));
	tcase_add_loop_test(t, mentions, 0, (int)LENGTH(mention));
	tcase_add_test(t, entities_of_the_record);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
