/* test_split.c - the filter: its options, the layer, records divided into units. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "split/split.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* One run of the filter over one text. */
struct split {
	struct diag diag;
	struct arena arena;
	struct work work;
	struct record record;
	void *model;
};

static void
set(struct opts *o, const char *name, const char *value)
{
	char what[256];

	ck_assert_msg(opts_set(o, opt_find(o->table, name), value, what), "%s", what);
}

/* options: "by=sentence newline=break", or NULL. */
static void
setup(struct split *s, const char *options, const char *text)
{
	struct opts o = { .table = filter_split.option };
	char copy[100], *rest = copy;

	*s = (struct split){ .diag = { .prog = "test", .quiet = true } };
	snprintf(copy, sizeof(copy), "%s", options == NULL ? "" : options);
	while (*rest != '\0') {
		char *word = strsep(&rest, " "), *value = strchr(word, '=');

		if (value != NULL)
			*value++ = '\0';
		set(&o, word, value == NULL ? "true" : value);
		if (rest == NULL)
			break;
	}
	s->model = filter_split.open(&o, &s->diag);
	ck_assert_ptr_nonnull(s->model);
	s->work = (struct work){ .arena = &s->arena, .diag = &s->diag };
	record_from_text(&s->record, SPAN("2021-12-04"), SPAN("Rain"), span_c(text),
	    (struct where){ "-", 1, 0 }, &s->arena, &s->diag);
	ck_assert_int_eq(filter_split.annotate(s->model, &s->record, &s->work), KEEP);
}

static void
teardown(struct split *s)
{
	filter_split.close(s->model);
	arena_free(&s->arena);
	buf_free(&s->diag.err);
	buf_free(&s->diag.dead);
}

static const struct {
	const char *options, *text, *sents;
} layers[] = {
	{ NULL, "It fell. It froze.", "Rain/It fell./It froze." },
	{ NULL, "“It fell. It froze.” He left.", "Rain/“It fell./It froze.”/He left." },
	{ "no-split-quotes", "“It fell. It froze.” He left.",
	    "Rain/“It fell. It froze.”/He left." },
	{ NULL, "Wet roads\nthe whole day", "Rain/Wet roads\nthe whole day" },
	{ "newline=break", "Wet roads\nthe whole day", "Rain/Wet roads/the whole day" },
	{ "newline=auto", "Wet roads\nThe rain of the whole day",
	    "Rain/Wet roads/The rain of the whole day" },
};

START_TEST(layer)
{
	struct split s;
	struct buf got = { 0 };

	setup(&s, layers[_i].options, layers[_i].text);
	for (size_t i = 0; i < s.record.sents.n; i++) {
		if (i > 0)
			buf_char(&got, '/');
		buf_put(&got,
		    record_slice(&s.record, s.record.sents.at[i].start, s.record.sents.at[i].end));
	}
	buf_char(&got, '\0');
	ck_assert_str_eq(got.p, layers[_i].sents);
	buf_free(&got);
	teardown(&s);
}
END_TEST

static const struct {
	const char *options, *units; /* NULL: not divided */
} divisions[] = {
	{ NULL, NULL },
	{ "by=document", NULL },
	{ "by=sentence", "0 Rain/1 It fell./2 It froze./3 Then sun." },
	{ "by=paragraph", "0 Rain/1 It fell. It froze./2 Then sun." },
};

START_TEST(division)
{
	struct split s;
	struct ranges unit = { 0 };
	struct buf got = { 0 };

	setup(&s, divisions[_i].options, "It fell. It froze.\n\nThen sun.");
	ck_assert(filter_split.divide(s.model, &s.record, &s.work, &unit) ==
		  (divisions[_i].units != NULL));
	for (size_t i = 0; i < unit.n; i++) {
		buf_fmt(&got, "%s%zu ", i > 0 ? "/" : "", i);
		buf_put(&got, record_slice(&s.record, unit.at[i].start, unit.at[i].end));
	}
	buf_char(&got, '\0');
	ck_assert_str_eq(got.p, divisions[_i].units == NULL ? "" : divisions[_i].units);
	buf_free(&got);
	teardown(&s);
}
END_TEST

START_TEST(writes_nothing_else)
{
	struct split s;
	struct buf out = { 0 };

	setup(&s, NULL, "It fell.");
	record_write(&s.record, &out);
	buf_char(&out, '\0');
	ck_assert_ptr_nonnull(
	    strstr(out.p, "\"sents\":[{\"start\":0,\"end\":4},{\"start\":6,\"end\":14}]}"));
	buf_free(&out);
	teardown(&s);
}
END_TEST

START_TEST(empty_text)
{
	struct split s;
	struct ranges unit = { 0 };

	setup(&s, "by=sentence", "");
	s.record.text = (struct span){ NULL, 0 };
	ck_assert_int_eq(filter_split.annotate(s.model, &s.record, &s.work), KEEP);
	ck_assert_uint_eq(s.record.sents.n, 0);
	ck_assert(filter_split.divide(s.model, &s.record, &s.work, &unit));
	ck_assert_uint_eq(unit.n, 0);
	teardown(&s);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("split");
	TCase *t = tcase_create("filter");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, layer, 0, (int)LENGTH(layers));
	tcase_add_loop_test(t, division, 0, (int)LENGTH(divisions));
	tcase_add_test(t, writes_nothing_else);
	tcase_add_test(t, empty_text);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
