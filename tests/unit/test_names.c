/* test_names.c - short names find their long ones; aliases; people who share a name; hostile documents. */
#include <check.h>
#include <stdlib.h>
#include <time.h>

#include "buf.h"
#include "names.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

extern const struct blob blob_common_aliases, blob_common_namewords, blob_common_nicknames;

/* Mentions in text are marked [P:...] person, [O:...] organisation, [G:...] place, [A:...] area, [S:...] site, [N:...] people, [W:...] work,
 * [R:...] product, [X:...] other; expected names follow, separated by |. */
static const struct link_case {
	const char *what, *text, *expects;
} cases[] = {
	{ "surname", "[P:Mara Okafor] spoke. [P:Okafor] left.", "Mara Okafor|Mara Okafor" },
	{ "before the full name", "[P:Okafor] left. [P:Mara Okafor] spoke.",
	    "Mara Okafor|Mara Okafor" },
	{ "first name", "[P:Mara Okafor] spoke. [P:Mara] left.", "Mara Okafor|Mara Okafor" },
	{ "initial", "[P:M. Okafor] and [P:Mara Okafor]", "Mara Okafor|Mara Okafor" },
	{ "another initial", "[P:T. Okafor] and [P:Mara Okafor]", "T. Okafor|Mara Okafor" },
	{ "middle name left out", "[P:Mara Adaeze Okafor], then [P:Mara Okafor]",
	    "Mara Adaeze Okafor|Mara Adaeze Okafor" },
	{ "particle", "[P:Jan van der Meer]; [P:van der Meer]; [P:Meer]",
	    "Jan van der Meer|Jan van der Meer|Jan van der Meer" },
	{ "a couple: the last one named",
	    "[P:Ann Reyes] and [P:Leo Reyes] came. [P:Reyes] sang. [P:Ann Reyes] and [P:Reyes] "
	    "left.",
	    "Ann Reyes|Leo Reyes|Leo Reyes|Ann Reyes|Ann Reyes" },
	{ "surname before first name", "[P:Paul Stone] met [P:Mary Paul]; [P:Paul] spoke",
	    "Paul Stone|Mary Paul|Mary Paul" },
	{ "persons are not places", "[P:Ada Lagos] in [G:Lagos]", "Ada Lagos|Lagos" },
	{ "capitals", "[P:MARA OKAFOR] won. [P:Mara Okafor] said", "Mara Okafor|Mara Okafor" },
	{ "line break in a name", "[P:Mara\nOkafor], [P:Okafor]", "Mara Okafor|Mara Okafor" },
	{ "initials of words", "[O:Marlow Transport Union] and [O:MTU]",
	    "Marlow Transport Union|Marlow Transport Union" },
	{ "with of", "[O:Bank of Marlow], the [O:BOM]", "Bank of Marlow|Bank of Marlow" },
	{ "dots", "the [O:United Towns]; the [O:U.T.]", "United Towns|United Towns" },
	{ "in brackets", "[O:Office for Harbours] ([O:OFHAR]); [O:OFHAR]",
	    "Office for Harbours|Office for Harbours|Office for Harbours" },
	{ "brackets the other way", "[O:OFHAR] ([O:Office for Harbours])",
	    "Office for Harbours|Office for Harbours" },
	{ "brackets of another", "[O:Office for Harbours] ([G:Marlow])",
	    "Office for Harbours|Marlow" },
	{ "brackets of equals", "[O:Marlow Giants] ([O:Harbour Lions])",
	    "Marlow Giants|Harbour Lions" },
	{ "a word of another language",
	    "[O:Office for Harbours] ([O:Havnekontoret]); [O:Havnekontoret]",
	    "Office for Harbours|Office for Harbours|Office for Harbours" },
	{ "company", "[O:Borneo Timber Co] rose; [O:Borneo Timber]; [O:Borneo]",
	    "Borneo Timber Co|Borneo Timber Co|Borneo Timber Co" },
	{ "end of a name", "[O:Marlow Electoral Commission], the [O:Electoral Commission]",
	    "Marlow Electoral Commission|Marlow Electoral Commission" },
	{ "a short word is too little", "[O:Oz of Marlow] and [O:Oz]", "Oz of Marlow|Oz" },
	{ "alias", "[G:US] and [G:U.S.] and [G:United States]",
	    "United States|United States|United States" },
	{ "alias of a city", "[G:Kiev]", "Kyiv" },
	{ "alias in capitals", "[G:KIEV], [G:SAO PAULO]", "Kyiv|São Paulo" },
	{ "no alias for persons", "[P:US]", "US" },
	{ "plural of a people", "[N:Russians] and a [N:Russian]", "Russian|Russian" },
	{ "only the plural", "[N:Russians]", "Russians" },
	{ "better capitals", "[G:eastern Europe], [G:Eastern Europe]",
	    "Eastern Europe|Eastern Europe" },
	{ "letters of another language", "[O:General Elections Board] ([O:KPU]); [O:KPU]",
	    "General Elections Board|General Elections Board|General Elections Board" },
	{ "a country is no acronym", "[O:Progressive Party] ([G:GHA])", "Progressive Party|GHA" },
	{ "team", "[O:Marlow Giants] won; [O:Giants] fans", "Marlow Giants|Marlow Giants" },
	{ "events", "the [X:Marlow Spring Festival]; the [X:Spring Festival]",
	    "Marlow Spring Festival|Marlow Spring Festival" },
	/* persons: order, accents, spelling */
	{ "family name first", "[P:Kim Min-ji] and [P:Kim]; [P:Min-ji]",
	    "Kim Min-ji|Kim Min-ji|Kim Min-ji" },
	{ "the other order", "[P:Nagy Bence] (in English [P:Bence Nagy])",
	    "Nagy Bence|Nagy Bence" },
	{ "inner name", "[P:Rosa Elena Quiroga Vidal]; [P:Quiroga]; [P:Rosa Quiroga]",
	    "Rosa Elena Quiroga Vidal|Rosa Elena Quiroga Vidal|Rosa Elena Quiroga Vidal" },
	{ "accents", "[P:Zoran Marić], [P:Maric]; [P:MARIĆ]",
	    "Zoran Marić|Zoran Marić|Zoran Marić" },
	{ "combining accent", "[P:Zoran Mari\xC4\x87] and [P:Maric\xCC\x81]",
	    "Zoran Marić|Zoran Marić" },
	{ "with accents is better", "[P:Zoran Maric], [P:Zoran Marić]", "Zoran Marić|Zoran Marić" },
	{ "hyphenated", "[P:Ana Costa-Silvia]; [P:Costa]", "Ana Costa-Silvia|Ana Costa-Silvia" },
	{ "blanks round a hyphen", "[P:Kim Min - ji] and [P:Kim Min-ji]", "Kim Min-ji|Kim Min-ji" },
	{ "two names in one", "[P:Musa Ali-Jo Frane] lost; [P:Musa Ali] won",
	    "Musa Ali-Jo Frane|Musa Ali" },
	{ "initials", "[P:H D Kumaran], [P:Harish Dev Kumaran]; [P:H. D. Kumaran]",
	    "Harish Dev Kumaran|Harish Dev Kumaran|Harish Dev Kumaran" },
	{ "initial of two letters", "[P:Yuri Marlov]; [P:Yu. Marlov]; [P:Ya. Marlov]",
	    "Yuri Marlov|Yuri Marlov|Ya. Marlov" },
	{ "initials in one", "[P:JK Moreland] and [P:J. K. Moreland]", "JK Moreland|JK Moreland" },
	{ "initial and an inner surname", "[P:P Ng] of [P:Percy Ng Jun Hao]; [P:Ng]",
	    "Percy Ng Jun Hao|Percy Ng Jun Hao|Percy Ng Jun Hao" },
	{ "letters of a person", "[P:Murad bin Salim] ([P:MBS]); [P:MBS] left",
	    "Murad bin Salim|Murad bin Salim|Murad bin Salim" },
	{ "nickname", "[P:William Duarte] came; [P:Bill] left; [P:Bill Duarte]",
	    "William Duarte|William Duarte|William Duarte" },
	{ "nickname in quotation marks",
	    "[P:Rodolfo “Dodong” Reyes]; [P:Dodong]; [P:Rodolfo Reyes]",
	    "Rodolfo “Dodong” Reyes|Rodolfo “Dodong” Reyes|Rodolfo “Dodong” Reyes" },
	{ "known as", "[P:Teodora Luz], known as [P:Nena], sang. [P:Nena] left.",
	    "Teodora Luz|Teodora Luz|Teodora Luz" },
	{ "beginning", "[P:Abdirahman Warsame] and [P:Abdi]",
	    "Abdirahman Warsame|Abdirahman Warsame" },
	{ "misspelt", "[P:K.C. Maurer] said; [P:Mauer] left", "K.C. Maurer|K.C. Maurer" },
	{ "spelt otherwise",
	    "[P:Kristin Wilk], [P:Kristen Wilk]; [P:Mohammed Sow], [P:Mohamed Sow]",
	    "Kristin Wilk|Kristin Wilk|Mohammed Sow|Mohammed Sow" },
	{ "a slip among many",
	    "[P:Hilary Okafor]; [P:Hillary Okafor] [P:Hillary Okafor] [P:Hillary Okafor]",
	    "Hillary Okafor|Hillary Okafor|Hillary Okafor|Hillary Okafor" },
	{ "brother and sister", "[P:Daniel Reyes] and [P:Daniela Reyes]",
	    "Daniel Reyes|Daniela Reyes" },
	{ "two first names", "[P:Marco Reyes] and [P:Mario Reyes]", "Marco Reyes|Mario Reyes" },
	{ "father and son", "[P:Leo Reyes Jr.] and [P:Leo Reyes Sr.]; [P:Leo Reyes III]",
	    "Leo Reyes Jr.|Leo Reyes Sr.|Leo Reyes III" },
	{ "junior alone", "[P:Leo Reyes Jr.] came; [P:Reyes] left", "Leo Reyes Jr.|Leo Reyes Jr." },
	{ "kings", "[P:Louis XIII] and [P:Louis de Marlow]", "Louis XIII|Louis de Marlow" },
	{ "title in the span", "[P:Col. Okafor] and [P:Mara Okafor]", "Mara Okafor|Mara Okafor" },
	{ "title only here", "[P:Sheikh Hassan Omar], [P:Hassan Omar]", "Hassan Omar|Hassan Omar" },
	{ "his title",
	    "Mr [P:Leo Reyes] and Mrs [P:Ann Reyes] came. Mr [P:Reyes] sang. Mrs [P:Reyes] left.",
	    "Leo Reyes|Ann Reyes|Leo Reyes|Ann Reyes" },
	{ "gender of first names",
	    "[P:William Clint] and [P:Hillary Clint] came. Mr. [P:Clint] sang.",
	    "William Clint|Hillary Clint|William Clint" },
	{ "office", "Senator [P:Bo Reyes] and Judge [P:Al Reyes] met. Senator [P:Reyes] said",
	    "Bo Reyes|Al Reyes|Bo Reyes" },
	{ "couple of one surname", "[P:Richard] and [P:Mildred Lovell] married. [P:Richard] left",
	    "Richard Lovell|Mildred Lovell|Richard Lovell" },
	{ "no couple", "[P:Okafor] and [P:Mildred Lovell]", "Okafor|Mildred Lovell" },
	{ "letters tagged as another kind", "[P:Murad bin Salim], known as [O:MBS]; [O:MBS]",
	    "Murad bin Salim|Murad bin Salim|Murad bin Salim" },
	{ "first letters of a person", "[P:Murad bin Nasser Al Marl] and [P:MBN]",
	    "Murad bin Nasser Al Marl|Murad bin Nasser Al Marl" },
	{ "another script", "[P:Kim Min-ji] ([P:김민지]) said", "Kim Min-ji|Kim Min-ji" },
	/* organisations and the rest */
	{ "digits in an acronym", "[R:Marlow Explorer 6] and [R:ME6]",
	    "Marlow Explorer 6|Marlow Explorer 6" },
	{ "acronym of a part", "[O:Dominion Trust Bank of Marlow] and [O:DTB]",
	    "Dominion Trust Bank of Marlow|Dominion Trust Bank of Marlow" },
	{ "acronym of an acronym", "[O:U.S. Harbour Survey], the [O:USHS]",
	    "U.S. Harbour Survey|U.S. Harbour Survey" },
	{ "syllables", "[O:Union of Southwest Marlow Nations] and [O:USWMN]",
	    "Union of Southwest Marlow Nations|Union of Southwest Marlow Nations" },
	{ "chance", "[O:Network Associates] and [O:NASA]", "Network Associates|NASA" },
	{ "acronym as a word", "[O:Ministry of Fisheries, Forests and Food], or [O:Mfff]; [O:Mfff]",
	    "Ministry of Fisheries, Forests and Food|Ministry of Fisheries, Forests and Food|"
	    "Ministry of Fisheries, Forests and Food" },
	{ "acronym with a hyphen", "[O:Popular Marlow League-Nasser], [O:PML-N]",
	    "Popular Marlow League-Nasser|Popular Marlow League-Nasser" },
	{ "short stem of a company", "[O:Inco Ltd] rose; [O:Inco]", "Inco Ltd|Inco Ltd" },
	{ "object of another", "[O:Council of the Marlow Union], the [O:Marlow Union]",
	    "Council of the Marlow Union|Marlow Union" },
	{ "of a place", "[G:Marlow]: [O:Bank of Marlow] met [O:Marlow]",
	    "Marlow|Bank of Marlow|Marlow" },
	{ "turned round", "[O:University of Marlow]; [O:Marlow University]",
	    "University of Marlow|University of Marlow" },
	{ "another body", "[O:Western Marlow Union] and [O:Marlow Union]",
	    "Western Marlow Union|Marlow Union" },
	{ "joined by a hyphen", "[O:Softmark-Joinlink] and [O:Softmark]",
	    "Softmark-Joinlink|Softmark" },
	{ "storm", "[X:Typhoon Rai]: [X:Rai] came", "Typhoon Rai|Typhoon Rai" },
	{ "case", "[X:Roe v. Marlow] and [X:Roe]", "Roe v. Marlow|Roe v. Marlow" },
	{ "middle of an act left out", "[X:Harbour Access and Safety Act]; [X:Harbour Safety Act]",
	    "Harbour Access and Safety Act|Harbour Access and Safety Act" },
	{ "maker", "[R:Treo 650] and [R:Treo]; [R:Marlow Chrome] and [R:Chrome]",
	    "Treo 650|Treo|Marlow Chrome|Marlow Chrome" },
	{ "tower", "[S:Tower of Marlow]; the [S:Tower]", "Tower of Marlow|Tower of Marlow" },
	{ "hall", "[S:Marlow Dome]; the [S:Dome]; [S:North Dome]",
	    "Marlow Dome|Marlow Dome|North Dome" },
	{ "part of a continent", "[A:West Africa] and [A:Africa]", "West Africa|Africa" },
	{ "river and basin", "[A:Marl Basin] of the [A:Marl]", "Marl Basin|Marl" },
	{ "half of a country", "[G:North Korea]: the [G:North] said", "North Korea|North Korea" },
	{ "province", "[G:Marlow Province] and [G:Marlow]", "Marlow Province|Marlow" },
	{ "alias beside the name", "[G:Britain] and the [G:UK]", "United Kingdom|United Kingdom" },
	{ "alias that is a name", "[G:Britain] and [G:France]", "Britain|France" },
	{ "one", "[P:Mara]", "Mara" },
	{ "none", "no names", "" },
	{ "full stops alone", "[P:...] and [P:.]", "...|..." },
};

struct found {
	struct arena arena;
	struct span text;
	struct name_use use[16];
	size_t n;
};

static uint8_t
kind_of_letter(char c)
{
	static const char letters[] = "POGASNWRX"; /* as enum name_kind */

	return (uint8_t)(strchr(letters, c) - letters);
}

static void
read_marks(struct found *f, const char *p)
{
	char *out = arena_alloc(&f->arena, strlen(p) + 1, 1);
	size_t n = 0;

	for (; *p != '\0'; p++) {
		if (*p == '[') {
			f->use[f->n].kind = kind_of_letter(p[1]);
			f->use[f->n].start = (uint32_t)n;
			p += 2;
		} else if (*p == ']') {
			f->use[f->n++].end = (uint32_t)n;
		} else {
			out[n++] = *p;
		}
	}
	f->text = (struct span){ out, n };
}

START_TEST(links)
{
	const struct link_case *c = &cases[_i];
	struct found f = { 0 };
	struct buf b = { 0 };
	struct names *names = names_new(&f.arena);

	read_marks(&f, c->text);
	names_link(names, f.text, f.use, f.n, &f.arena);
	for (size_t i = 0; i < f.n; i++) {
		buf_str(&b, i > 0 ? "|" : "");
		buf_put(&b, f.use[i].name);
	}
	buf_char(&b, '\0');
	ck_assert_msg(
	    strcmp(b.p, c->expects) == 0, "%s: \"%s\", expected \"%s\"", c->what, b.p, c->expects);
	buf_free(&b);
	arena_free(&f.arena);
}
END_TEST

START_TEST(same_is_the_first_use_of_the_full_name)
{
	struct found f = { 0 };

	read_marks(&f, "[P:Okafor] [G:Kiev] [P:Mara Okafor] [G:Kyiv]");
	names_link(names_new(&f.arena), f.text, f.use, f.n, &f.arena);
	ck_assert_uint_eq(f.use[0].same, 2);
	ck_assert_uint_eq(f.use[1].same, 1);
	ck_assert_uint_eq(f.use[2].same, 2);
	ck_assert_uint_eq(f.use[3].same, 1);
	arena_free(&f.arena);
}
END_TEST

/* Uses of one kind, each in the example; the name of the first. */
static struct span
name_in(const struct names *names, struct span example, const struct span *word, size_t n,
    enum name_kind kind, struct arena *a)
{
	struct name_use use[2] = { { .kind = (uint8_t)kind }, { .kind = (uint8_t)kind } };

	for (size_t i = 0; i < n; i++) {
		const char *from = example.p + (i > 0 ? use[i - 1].end : 0);
		const char *at =
		    memmem(from, (size_t)(example.p + example.n - from), word[i].p, word[i].n);

		if (at == NULL)
			return (struct span){ NULL, 0 };
		use[i].start = (uint32_t)(at - example.p);
		use[i].end = use[i].start + (uint32_t)word[i].n;
	}
	names_link(names, example, use, n, a);
	return use[n - 1].name;
}

START_TEST(every_alias_by_its_example)
{
	struct arena a = { 0 };
	struct names *names = names_new(&a);
	struct table t;

	table_load(&t, &blob_common_aliases, &a);
	ck_assert_uint_gt(t.n_row, 100);
	for (size_t i = 0; i < t.n_row; i++) {
		bool beside = span_is(table_cell(&t, i, 2), "beside");
		struct span word[] = { table_cell(&t, i, 0), table_cell(&t, i, 1) };
		struct span alone = name_in(names, table_cell(&t, i, 3), word, 1, NAME_PLACE, &a);

		ck_assert_msg(beside || span_is(table_cell(&t, i, 2), "always"),
		    "line %u: neither always nor beside", t.line[i]);
		ck_assert_msg(alone.p != NULL, "line %u: the example lacks the alias", t.line[i]);
		ck_assert_msg(span_eq(alone, table_cell(&t, i, beside ? 0 : 4)),
		    "line %u: not as expected", t.line[i]);
		ck_assert_msg(!beside || span_eq(name_in(names, table_cell(&t, i, 3), word, 2,
						     NAME_PLACE, &a),
					     table_cell(&t, i, 4)),
		    "line %u: not as expected beside the name", t.line[i]);
		ck_assert_msg(names_alias(names, table_cell(&t, i, 1)).p == NULL,
		    "line %u: name is an alias itself", t.line[i]);
	}
	arena_free(&a);
}
END_TEST

/* Examples "LONG; SHORT" of a table, both names of one kind: what the short one is called. */
static void
check_examples(const struct blob *blob, bool (*person)(struct span class))
{
	struct arena a = { 0 };
	struct names *names = names_new(&a);
	struct table t;

	table_load(&t, blob, &a);
	ck_assert_uint_gt(t.n_row, 5);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span example = table_cell(&t, i, 2), is;
		const char *sep = memmem(example.p, example.n, "; ", 2);
		size_t at = sep == NULL ? 0 : (size_t)(sep - example.p);
		struct span word[] = { span_cut(example, 0, at),
			span_cut(example, at + 2, example.n) };

		ck_assert_msg(sep != NULL, "line %u: no \"; \"", t.line[i]);
		is = name_in(names, example, word, 2,
		    person(table_cell(&t, i, 0)) ? NAME_PERSON : NAME_ORG, &a);
		ck_assert_msg(span_eq(is, table_cell(&t, i, 3)), "line %u: \"%.*s\"", t.line[i],
		    (int)is.n, is.p);
	}
	arena_free(&a);
}

static bool is_born(struct span class)
{
	return span_is(class, "born");
}

static bool always(struct span class)
{
	return class.p != NULL;
}

START_TEST(every_name_word_by_its_example)
{
	check_examples(&blob_common_namewords, is_born);
}
END_TEST

START_TEST(every_nickname_by_its_example)
{
	check_examples(&blob_common_nicknames, always);
}
END_TEST

/* n persons of one surname and n short forms of them: as slow as it gets. */
static double
crowd(size_t n)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct name_use *use = calloc(2 * n, sizeof(*use));
	clock_t start;

	for (size_t i = 0; i < 2 * n; i++) {
		use[i].kind = NAME_PERSON;
		use[i].start = (uint32_t)b.n;
		buf_fmt(&b, i < n ? "A%zu Okafor" : "A. B%zu Okafor", i);
		use[i].end = (uint32_t)b.n;
		buf_char(&b, ' ');
	}
	start = clock();
	names_link(names_new(&a), buf_span(&b), use, 2 * n, &a);
	start = clock() - start;
	ck_assert_ptr_nonnull(use[2 * n - 1].name.p);
	free(use);
	buf_free(&b);
	arena_free(&a);
	return (double)start / CLOCKS_PER_SEC;
}

START_TEST(linear_in_people_of_one_name)
{
	double one = crowd(5000), two = crowd(10000);

	ck_assert_msg(two < 3 * one + 0.05, "%.3f s, twice as many %.3f s", one, two);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("names");
	TCase *c = tcase_create("names");
	SRunner *r;
	int failed;

	tcase_add_loop_test(c, links, 0, LENGTH(cases));
	tcase_add_test(c, same_is_the_first_use_of_the_full_name);
	tcase_add_test(c, every_alias_by_its_example);
	tcase_add_test(c, every_name_word_by_its_example);
	tcase_add_test(c, every_nickname_by_its_example);
	tcase_add_test(c, linear_in_people_of_one_name);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
