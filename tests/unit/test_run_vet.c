/* test_run_vet.c - records that are in order, and spans that no filter may give. */
#include <check.h>
#include <stdlib.h>

#include "vet.h"

static const struct {
	const char *name;
	struct ent ent[2];
	const char *bad; /* NULL: it is in order */
} cases[] = {
	{ "well", { { .start = 0, .end = 3 }, { .start = 4, .end = 5 } }, NULL },
	{ "the same start, the longer first",
	    { { .start = 0, .end = 5 }, { .start = 0, .end = 3 } }, NULL },
	{ "the same start, the shorter first",
	    { { .start = 0, .end = 3 }, { .start = 0, .end = 5 } }, "ents" },
	{ "out of order", { { .start = 4, .end = 5 }, { .start = 0, .end = 3 } }, "ents" },
	{ "end before start", { { .start = 3, .end = 0 }, { .start = 4, .end = 5 } }, "ents" },
	{ "behind the text", { { .start = 0, .end = 3 }, { .start = 4, .end = 90 } }, "ents" },
	{ "inside a character", { { .start = 0, .end = 3 }, { .start = 7, .end = 9 } }, "ents" },
};

START_TEST(vet)
{
	struct arena a = { 0 };
	struct diag d = { .prog = "t" };
	struct work w = { .arena = &a, .diag = &d };
	struct record r;
	enum verdict got;

	/* "é" takes the bytes 6 and 7. */
	ck_assert(record_parse(&r, SPAN("{\"id\":\"a\",\"text\":\"One a \xC3\xA9 b\"}"), NULL,
	    (struct where){ 0 }, &a, &d));
	record_own(&r, LAYER_ENTS);
	for (size_t i = 0; i < 2; i++)
		VEC_PUSH(r.arena, &r.ents, cases[_i].ent[i]);
	got = filter_vet.annotate("ntag-x", &r, &w);
	ck_assert_msg(got == (cases[_i].bad == NULL ? KEEP : REJECT), "%s", cases[_i].name);
	buf_char(&d.err, '\0');
	if (cases[_i].bad != NULL)
		ck_assert_ptr_nonnull(strstr(d.err.p,
		    "ntag-x has given a record that is not in order: ents; record rejected"));
	ck_assert_uint_eq(d.count.rejected, cases[_i].bad != NULL);
	buf_free(&d.err);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_vet");
	TCase *t = tcase_create("vet");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, vet, 0, sizeof(cases) / sizeof(cases[0]));
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
