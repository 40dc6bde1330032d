/* test_names.c - short names find their long ones; aliases; people who share a name; hostile documents. */
#include <check.h>
#include <stdlib.h>
#include <time.h>

#include "buf.h"
#include "names.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

extern const struct blob blob_common_aliases;

/* Mentions in text are marked [P:...] person, [O:...] organisation, [G:...] place, [N:...] people, [X:...] other; expected names follow,
 * separated by |. */
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
	{ "line break in a name", "[P:Mara\nOkafor], [P:Okafor]", "Mara\nOkafor|Mara\nOkafor" },
	{ "initials of words", "[O:Marlow Transport Union] and [O:MTU]",
	    "Marlow Transport Union|Marlow Transport Union" },
	{ "with of", "[O:Bank of Marlow], the [O:BOM]", "Bank of Marlow|Bank of Marlow" },
	{ "dots", "the [O:United Towns]; the [O:U.T.]", "United Towns|United Towns" },
	{ "in brackets", "[O:Office for Harbours] ([O:OFHAR]); [O:OFHAR]",
	    "Office for Harbours|Office for Harbours|Office for Harbours" },
	{ "brackets the other way", "[O:OFHAR] ([O:Office for Harbours])",
	    "Office for Harbours|Office for Harbours" },
	{ "brackets of another", "[O:Office for Harbours] ([O:Reuben])",
	    "Office for Harbours|Reuben" },
	{ "company", "[O:Borneo Timber Co] rose; [O:Borneo Timber]; [O:Borneo]",
	    "Borneo Timber Co|Borneo Timber Co|Borneo Timber Co" },
	{ "end of a name", "[O:Marlow Electoral Commission], the [O:Electoral Commission]",
	    "Marlow Electoral Commission|Marlow Electoral Commission" },
	{ "a short word is too little", "[O:Spa of Marlow] and [O:Spa]", "Spa of Marlow|Spa" },
	{ "alias", "[G:US] and [G:U.S.] and [G:United States]",
	    "United States|United States|United States" },
	{ "alias of a city", "[G:Kiev]", "Kyiv" },
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
	static const char letters[] = "POGNX";

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

START_TEST(every_alias_by_its_example)
{
	struct arena a = { 0 };
	struct names *names = names_new(&a);
	struct table t;

	table_load(&t, &blob_common_aliases, &a);
	ck_assert_uint_gt(t.n_row, 100);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span alias = table_cell(&t, i, 0), example = table_cell(&t, i, 2);
		const char *at = memmem(example.p, example.n, alias.p, alias.n);
		struct name_use use = { .kind = NAME_PLACE };

		ck_assert_msg(at != NULL, "line %u: the example lacks the alias", t.line[i]);
		use.start = (uint32_t)(at - example.p);
		use.end = use.start + (uint32_t)alias.n;
		names_link(names, example, &use, 1, &a);
		ck_assert_msg(
		    span_eq(use.name, table_cell(&t, i, 3)), "line %u: not as expected", t.line[i]);
		ck_assert_msg(names_alias(names, table_cell(&t, i, 1)).p == NULL,
		    "line %u: name is an alias itself", t.line[i]);
	}
	arena_free(&a);
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
	double one = crowd(20000), two = crowd(40000);

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
	tcase_add_test(c, linear_in_people_of_one_name);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
