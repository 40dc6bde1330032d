/* test_date.h - one text through ntag-date, its dates as text. For tests/unit/test_date*.c. */
#ifndef NTAG_TEST_DATE_H
#define NTAG_TEST_DATE_H

#include <check.h>
#include <stdlib.h>

#include "date/date.h"
#include "date/model.h"
#include "date/timex.h"

struct tagger {
	void *model, *own;
	struct diag diag;
	struct arena arena;
	struct record record;
	struct buf out;
};

static inline void
tagger_open2(struct tagger *t, const char *option, const char *value, const char *also,
    const char *also_value)
{
	struct opts o = { .table = filter_date.option };
	char what[256];

	*t = (struct tagger){ .diag = { .prog = "test" } };
	if (also != NULL)
		ck_assert(opts_set(&o, opt_find(filter_date.option, also), also_value, what));
	ck_assert(opts_set(&o, opt_find(filter_date.option, "explain"), "true", what));
	if (option != NULL)
		ck_assert(opts_set(&o, opt_find(filter_date.option, option), value, what));
	t->model = filter_date.open(&o, &t->diag);
	ck_assert_ptr_nonnull(t->model);
	t->own = filter_date.worker_open(t->model);
}

static inline void
tagger_open(struct tagger *t, const char *option, const char *value)
{
	tagger_open2(t, option, value, NULL, NULL);
}

static inline void
tagger_close(struct tagger *t)
{
	filter_date.worker_close(t->own);
	filter_date.close(t->model);
	arena_free(&t->arena);
	buf_free(&t->out);
	buf_free(&t->diag.err);
}

/* Tag text; every value must be valid and every place inside the text. */
static inline void
tagger_run(struct tagger *t, struct span text, const char *date)
{
	struct work w = { .arena = &t->arena, .diag = &t->diag, .own = t->own };
	struct span none = { NULL, 0 };

	arena_reset(&t->arena);
	record_from_text(&t->record, date == NULL ? none : span_c(date), none, text,
	    (struct where){ 0 }, &t->arena, &t->diag);
	ck_assert_int_eq(filter_date.annotate(t->model, &t->record, &w), KEEP);
	for (size_t i = 0; i < t->record.dates.n; i++) {
		const struct date *d = &t->record.dates.at[i];

		ck_assert_uint_lt(d->start, d->end);
		ck_assert_uint_le(d->end, t->record.text.n);
		ck_assert_msg(timex_valid(d->value), "%.*s: invalid value %.*s",
		    (int)(d->end - d->start), t->record.text.p + d->start, (int)d->value.n,
		    d->value.p);
		if (i > 0)
			ck_assert_uint_ge(d->start, t->record.dates.at[i - 1].end);
	}
}

/* Values of the last run, separated by blanks; "" if there are none. */
static inline struct span
tagger_values(struct tagger *t)
{
	buf_clear(&t->out);
	for (size_t i = 0; i < t->record.dates.n; i++) {
		if (i > 0)
			buf_char(&t->out, ' ');
		buf_put(&t->out, t->record.dates.at[i].value);
	}
	return buf_span(&t->out);
}

/* "Tuesday|the next day": what was marked. */
static inline struct span
tagger_texts(struct tagger *t)
{
	buf_clear(&t->out);
	for (size_t i = 0; i < t->record.dates.n; i++) {
		const struct date *d = &t->record.dates.at[i];

		if (i > 0)
			buf_char(&t->out, '|');
		buf_put(&t->out, record_slice(&t->record, d->start, d->end));
	}
	return buf_span(&t->out);
}

static inline int
run_suite(const char *name, TCase *t)
{
	Suite *s = suite_create(name);
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
