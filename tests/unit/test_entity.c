/* test_entity.c - the whole filter with the model inside the program: names, labels, options, odd and hostile texts. */
#include <check.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "entity/entity.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

struct option {
	const char *name, *value;
};

struct run {
	struct arena arena;
	struct diag diag;
	struct record record;
	void *model, *own;
};

/* The filter with its options, NULL-ended; NULL when it refuses them. */
static void *
open_filter(struct run *r, const struct option *o)
{
	struct opts opts = { .table = filter_entity.option };
	char what[256];

	*r = (struct run){ .diag = { .prog = "test" } };
	ck_assert(opts_set(&opts, opt_find(opts.table, "model"), "builtin", what));
	for (; o != NULL && o->name != NULL; o++)
		ck_assert_msg(
		    opts_set(&opts, opt_find(opts.table, o->name), o->value, what), "%s", what);
	r->model = filter_entity.open(&opts, &r->diag);
	if (r->model != NULL)
		r->own = filter_entity.worker_open(r->model);
	return r->model;
}

static void
annotate(struct run *r, struct span text)
{
	struct span none = { 0 };
	struct work w = { .arena = &r->arena, .diag = &r->diag, .own = r->own };

	record_from_text(&r->record, none, none, text, (struct where){ 0 }, &r->arena, &r->diag);
	ck_assert_int_eq(filter_entity.annotate(r->model, &r->record, &w), KEEP);
}

static void
close_filter(struct run *r)
{
	if (r->model != NULL)
		filter_entity.worker_close(r->own);
	filter_entity.close(r->model);
	buf_free(&r->diag.err);
	arena_free(&r->arena);
}

/* "text/LABEL" of each name, separated by " | "; with a name that is not the text: "text=name/LABEL". */
static void
show(struct run *r, struct buf *out)
{
	for (size_t i = 0; i < r->record.ents.n; i++) {
		const struct ent *e = &r->record.ents.at[i];
		struct span text = record_slice(&r->record, e->start, e->end);

		buf_str(out, i > 0 ? " | " : "");
		buf_put(out, text);
		if (e->name.p != NULL && !span_eq(e->name, text)) {
			buf_char(out, '=');
			buf_put(out, e->name);
		}
		buf_fmt(out, "/%s", ent_name[e->label]);
		if (e->place.n > 0) {
			buf_char(out, ' ');
			buf_put(out, e->place);
		}
	}
	buf_char(out, '\0');
}

static const struct text_case {
	const char *what, *text, *expects;
	struct option option[3];
} texts[] = {
	{ "persons and places",
	    "Mr. Samuel Okoro, a lawyer in Nairobi, said on Tuesday that Kenya was ready.",
	    "Samuel Okoro/PERSON | Nairobi/GPE | Kenya/GPE", { { 0 } } },
	{ "surname later",
	    "Samuel Okoro spoke in Lagos. Mr. Okoro\xE2\x80\x99s wife, Grace, was there.",
	    "Samuel Okoro/PERSON | Lagos/GPE | Okoro=Samuel Okoro/PERSON | Grace/PERSON",
	    { { 0 } } },
	{ "no article, no possessive",
	    "The European Union\xE2\x80\x99s leaders met in the Netherlands.",
	    "European Union/ORG | Netherlands/GPE", { { 0 } } },
	{ "alias", "Officials in the U.S. and in Kiev agreed.",
	    "U.S.=United States/GPE | Kiev=Kyiv/GPE", { { 0 } } },
	{ "peoples", "French and German officials met Russian envoys.",
	    "French/NORP | German/NORP | Russian/NORP", { { 0 } } },
	{ "only", "Samuel Okoro spoke in Lagos.", "Lagos/GPE", { { "only", "GPE,LOC" } } },
	{ "nothing is as certain", "Samuel Okoro spoke in Lagos.", "",
	    { { "min-confidence", "1.0" }, { "only", "LAW" } } },
	{ "no name", "The rain stopped at noon and everybody went home.", "", { { 0 } } },
	{ "may the verb, March the month", "It may rain in March. You will hope so.", "",
	    { { 0 } } },
	{ "empty", "", "", { { 0 } } },
	{ "blank", " \n\n ", "", { { 0 } } },
	{ "one letter", "A", "", { { 0 } } },
	{ "punctuation alone", "... !!! ??? -- \xE2\x80\x9C\xE2\x80\x9D", "", { { 0 } } },
};

START_TEST(finds)
{
	const struct text_case *c = &texts[_i];
	struct run r;
	struct buf b = { 0 };

	ck_assert_ptr_nonnull(open_filter(&r, c->option));
	annotate(&r, span_c(c->text));
	show(&r, &b);
	ck_assert_msg(
	    strcmp(b.p, c->expects) == 0, "%s: \"%s\", expected \"%s\"", c->what, b.p, c->expects);
	ck_assert_uint_eq(r.diag.err.n, 0);
	buf_free(&b);
	close_filter(&r);
}
END_TEST

/* A file of its own with this content; the caller unlinks it. */
static void
temporary(char path[32], const char *content)
{
	int fd;

	strncpy(path, "/tmp/ntag-test-XXXXXX", 32);
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, content, strlen(content)), (ssize_t)strlen(content));
	close(fd);
}

static const struct list_case {
	const char *what, *option, *file, *text,
	    *expects; /* expects NULL: refused, text is the place */
} list_cases[] = {
	{ "given names", "gazetteer",
	    "# name\tlabel\twritten\nblue kite\tPRODUCT\nKestrel\tORG\tKestrel Ltd\n",
	    "they flew the blue  kite over Kestrel.",
	    "blue  kite=blue kite/PRODUCT | Kestrel=Kestrel Ltd/ORG" },
	{ "short forms of given names", "gazetteer",
	    "Samuel Okoro\tPERSON\tOkoro, Samuel\tQ7\nKestrel\tORG\t\tQ8\n",
	    "Samuel Okoro flew with Kestrel. Okoro landed.",
	    "Samuel Okoro=Okoro, Samuel/PERSON \"id\":\"Q7\" | Kestrel/ORG \"id\":\"Q8\" | "
	    "Okoro=Okoro, Samuel/PERSON \"id\":\"Q7\"" },
	{ "an id of any bytes", "gazetteer", "Kestrel\tORG\t\t\"\\\tmore\n", "by Kestrel",
	    "Kestrel/ORG \"id\":\"\\\"\\\\\"" },
	{ "a capital counts", "gazetteer", "Will\tPERSON\n", "we will see", "" },
	{ "longest wins", "gazetteer", "Marlow\tGPE\nMarlow Town Hall\tFAC\n",
	    "at Marlow Town Hall", "Marlow Town Hall/FAC" },
	{ "in place of what overlaps", "gazetteer", "Okoro of Lagos\tWORK_OF_ART\n",
	    "he read Okoro of Lagos again", "Okoro of Lagos/WORK_OF_ART" },
	{ "CRLF, no last newline", "gazetteer", "blue kite\tPRODUCT\r\nred kite\tLAW", "a red kite",
	    "red kite/LAW" },
	{ "ignored", "ignore", "Lagos\n", "Samuel Okoro spoke in Lagos.", "Samuel Okoro/PERSON" },
	{ "ignored as something else", "ignore", "Lagos\tORG\n", "Samuel Okoro spoke in Lagos.",
	    "Samuel Okoro/PERSON | Lagos/GPE" },
	{ "no label", "gazetteer", "# x\nkite\n", ":2:5: 1 cell, expected at least 2", NULL },
	{ "unknown label", "gazetteer", "kite\tBIRD\n", ":1:6: no such label", NULL },
	{ "no name", "gazetteer", "kite\tORG\n\tORG\n", ":2:1: no name", NULL },
	{ "not UTF-8", "gazetteer", "kite\xFF\tORG\n", ":1:5: not UTF-8", NULL },
	{ "thirteen words", "ignore", "a b c d e f g h i j k l m\n", ":1:1: a name of no words",
	    NULL },
};

START_TEST(lists_of_the_user)
{
	const struct list_case *c = &list_cases[_i];
	char path[32];
	struct option o[2] = { { c->option, path }, { NULL, NULL } };
	struct buf b = { 0 };
	struct run r;

	temporary(path, c->file);
	open_filter(&r, o);
	if (c->expects == NULL) {
		ck_assert_ptr_null(r.model);
		buf_char(&r.diag.err, '\0');
		ck_assert_msg(
		    strstr(r.diag.err.p, c->text) != NULL, "%s: %s", c->what, r.diag.err.p);
	} else {
		ck_assert_ptr_nonnull(r.model);
		annotate(&r, span_c(c->text));
		show(&r, &b);
		ck_assert_msg(strcmp(b.p, c->expects) == 0, "%s: \"%s\"", c->what, b.p);
	}
	unlink(path);
	buf_free(&b);
	close_filter(&r);
}
END_TEST

START_TEST(files_that_are_not_there)
{
	const struct option gone[2] = { { "gazetteer", "/nonexistent/names.tsv" }, { NULL, NULL } };
	const struct option model[2] = { { "model", "/nonexistent/a.model" }, { NULL, NULL } };
	const struct option folder[2] = { { "model", "/" }, { NULL, NULL } };
	struct run r;

	ck_assert_ptr_null(open_filter(&r, gone));
	close_filter(&r);
	ck_assert_ptr_null(open_filter(&r, model));
	close_filter(&r);
	ck_assert_ptr_null(open_filter(&r, folder));
	close_filter(&r);
}
END_TEST

START_TEST(confidence_and_reason)
{
	const struct option o[3] = { { "confidence", "true" }, { "explain", "true" },
		{ NULL, NULL } };
	struct run r;

	open_filter(&r, o);
	annotate(&r, SPAN("Samuel Okoro spoke in Lagos."));
	ck_assert_uint_eq(r.record.ents.n, 2);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_uint_le(r.record.ents.at[i].confidence, 100);
		ck_assert_uint_gt(r.record.ents.at[i].confidence, 50);
	}
	ck_assert(span_starts(r.record.ents.at[1].why, SPAN("tagged LOC ")));
	ck_assert_ptr_nonnull(
	    memmem(r.record.ents.at[1].why.p, r.record.ents.at[1].why.n, "CITY", 4));
	close_filter(&r);
}
END_TEST

/* What a worker has seen before never changes a result (filter.h). */
START_TEST(order_of_documents_is_nothing)
{
	static const char *const docs[] = { "Samuel Okoro spoke in Lagos.",
		"LAGOS was silent. Okoro left.", "the okoro of lagos",
		"Lagos and Okoro Ltd, Okoro's firm" };
	struct run one, other;
	struct buf a = { 0 }, b = { 0 };

	open_filter(&one, NULL);
	for (unsigned round = 0; round < 3; round++)
		for (size_t i = 0; i < LENGTH(docs); i++) {
			open_filter(&other, NULL);
			annotate(&one, span_c(docs[i]));
			annotate(&other, span_c(docs[i]));
			buf_clear(&a);
			buf_clear(&b);
			show(&one, &a);
			show(&other, &b);
			ck_assert_str_eq(a.p, b.p);
			close_filter(&other);
		}
	close_filter(&one);
	buf_free(&a);
	buf_free(&b);
}
END_TEST

static const char *const hostile[] = { "A ", "a", "Al-", "Mr. ", "X.", "(A) ", "A1 ", "U.S. ",
	"Samuel Okoro ", "A\n", "A\n\n", "\xE5\x8C\x97", "\xC3\x89", "' ", "Okoro's " };

static double
seconds(const char *unit, size_t n)
{
	struct buf b = { 0 };
	struct run r;
	clock_t start;

	for (size_t i = 0; i < n; i++)
		buf_str(&b, unit);
	open_filter(&r, NULL);
	start = clock();
	annotate(&r, buf_span(&b));
	start = clock() - start;
	for (size_t i = 1; i < r.record.ents.n; i++)
		ck_assert_uint_ge(r.record.ents.at[i].start, r.record.ents.at[i - 1].end);
	buf_free(&b);
	close_filter(&r);
	return (double)start / CLOCKS_PER_SEC;
}

START_TEST(linear_on_hostile_text)
{
	double one = seconds(hostile[_i], 30000), two = seconds(hostile[_i], 60000);

	ck_assert_msg(
	    two < 3 * one + 0.1, "\"%s\": %.3f s, twice as much %.3f s", hostile[_i], one, two);
}
END_TEST

/* As many different words as there can be in one document, in every case. */
START_TEST(linear_in_cases_of_a_word)
{
	struct buf b = { 0 };
	struct run r;
	clock_t start;

	for (unsigned i = 0; i < 1 << 16; i++) {
		for (unsigned k = 0; k < 16; k++)
			buf_char(&b, (i >> k & 1 ? 'A' : 'a'));
		buf_char(&b, ' ');
	}
	open_filter(&r, NULL);
	start = clock();
	annotate(&r, buf_span(&b));
	ck_assert_msg(clock() - start < 20 * CLOCKS_PER_SEC, "too slow");
	buf_free(&b);
	close_filter(&r);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("entity");
	TCase *c = tcase_create("entity");
	SRunner *r;
	int failed;

	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c, finds, 0, LENGTH(texts));
	tcase_add_loop_test(c, lists_of_the_user, 0, LENGTH(list_cases));
	tcase_add_test(c, files_that_are_not_there);
	tcase_add_test(c, confidence_and_reason);
	tcase_add_test(c, order_of_documents_is_nothing);
	tcase_add_loop_test(c, linear_on_hostile_text, 0, LENGTH(hostile));
	tcase_add_test(c, linear_in_cases_of_a_word);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
