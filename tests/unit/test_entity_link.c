/* test_entity_link.c - names of places in a document: which one of several is meant, and the members written for it. */
#include <check.h>
#include <stdlib.h>

#include "buf.h"
#include "entity/link.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Names in [brackets] are looked up, all of them together; expects: "name ISO id", one after the other. */
static const struct link_case {
	const char *text, *expects;
} cases[] = {
	{ "in [Kenya]", "Kenya KE 192950" },
	{ "in [kenya]", "kenya KE 192950" },
	{ "[Nairobi] slept", "Nairobi KE 184745" },
	{ "[Paris] in spring", "Paris FR 2988507" },
	{ "in [Paris], [Texas]", "Paris US 4717560; Texas US 4736286" },
	{ "the [United States] and [Paris]", "United States US 6252001; Paris FR 2988507" },
	{ "[Portland], [Maine]", "Portland US 4975802; Maine US 4971068" },
	{ "[Portland] won", "Portland US 5746545" },
	{ "[Portland], [Maine], and [Portland] again",
	    "Portland US 4975802; Maine US 4971068; Portland US 4975802" },
	{ "[Birmingham] in the [United States]",
	    "Birmingham US 4049979; United States US 6252001" },
	{ "[Birmingham] alone", "Birmingham GB 2655603" },
	{ "[Georgia] and [Tbilisi]", "Georgia GE 614540; Tbilisi GE 611717" },
	{ "[Atlanta], [Georgia]", "Atlanta US 4180439; Georgia US 4197000" },
	{ "[Georgia] and [Tbilisi]; [Atlanta], [Georgia]",
	    "Georgia GE 614540; Tbilisi GE 611717; Atlanta US 4180439; Georgia US 4197000" },
	{ "[New York] and [Washington]", "New York US 5128581; Washington US 4140963" },
	{ "[California] burns", "California US 5332921" },
	{ "[Florida] floods", "Florida US 4155751" },
	{ "in [Netherlands]", "Netherlands NL 2750405" },
	{ "in [Xyzzy]", "Xyzzy -" },
	{ "", "" },
};

static void
check_text(const struct link_case *c, struct arena *a)
{
	struct link link[8] = { { 0 } };
	struct buf text = { 0 }, got = { 0 };
	size_t n = 0;

	for (const char *p = c->text; *p != '\0'; p++)
		if (*p == '[')
			link[n].start = (uint32_t)text.n;
		else if (*p == ']')
			link[n++].end = (uint32_t)text.n;
		else
			buf_char(&text, *p);
	for (size_t i = 0; i < n; i++)
		link[i].name = span_cut(buf_span(&text), link[i].start, link[i].end);
	link_places(link, n, buf_span(&text), a);
	for (size_t i = 0; i < n; i++) {
		buf_str(&got, i > 0 ? "; " : "");
		buf_put(&got, link[i].name);
		if (link[i].is == NULL)
			buf_str(&got, " -");
		else
			buf_fmt(
			    &got, " %.2s %u", link_members(link[i].is, a).p + 7, link[i].is->id);
	}
	ck_assert_msg(
	    span_is(buf_span(&got), c->expects), "\"%s\": %.*s", c->text, (int)got.n, got.p);
	buf_free(&text);
	buf_free(&got);
}

START_TEST(which_place)
{
	struct arena a = { 0 };

	check_text(&cases[_i], &a);
	arena_free(&a);
}
END_TEST

START_TEST(members)
{
	static const struct {
		const char *name, *members;
	} of[] = {
		{ "Kenya", "\"iso\":\"KE\",\"iso3\":\"KEN\",\"geonames\":192950" },
		{ "Nairobi",
		    "\"iso\":\"KE\",\"geonames\":184745,\"lat\":-1.28333,\"lon\":36.81667" },
		{ "Texas", "\"iso\":\"US\",\"geonames\":4736286" },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < LENGTH(of); i++) {
		struct span name = span_c(of[i].name);
		struct link link = { 0, (uint32_t)name.n, name, NULL };

		link_places(&link, 1, name, &a);
		ck_assert_ptr_nonnull(link.is);
		ck_assert(span_is(link_members(link.is, &a), of[i].members));
	}
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("entity link");
	TCase *c = tcase_create("link");
	SRunner *r;
	int failed;

	tcase_add_loop_test(c, which_place, 0, LENGTH(cases));
	tcase_add_test(c, members);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
