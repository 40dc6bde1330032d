/* test_worker.c - what the driver makes of a filter's verdicts: kept, dropped, failed, divided; and the balance. */
#include <check.h>
#include <stdlib.h>

#include "worker.h"

/* A filter that does what the text says, and adds a sentence. */
static enum verdict
obey(const void *model, struct record *r, struct work *w)
{
	struct range all = { 0, (uint32_t)r->text.n };

	(void)model;
	record_own(r, LAYER_SENTS);
	VEC_PUSH(r->arena, &r->sents, all);
	if (span_starts(r->text, SPAN("drop")))
		return DROP;
	if (!span_starts(r->text, SPAN("fail")))
		return KEEP;
	diag_fail(w->diag, r->where, "obey", "asked to fail");
	return FAIL;
}

/* "parts" becomes two records, of which the first is to be dropped by the next step. */
static bool
halve(const void *model, struct record *r, struct work *w, struct ranges *out)
{
	(void)model;
	if (!span_starts(r->text, SPAN("parts")))
		return false;
	VEC_PUSH(w->arena, out, (struct range){ 6, 10 });
	VEC_PUSH(w->arena, out, (struct range){ 11, 15 });
	return true;
}

static const struct filter filter_obey = { .name = "obey", .annotate = obey };
static const struct filter filter_halve = { .name = "halve", .annotate = obey, .divide = halve };

static struct counts
run(const char *line, const struct filter *f, struct buf *out, struct buf *err)
{
	struct diag d = { .prog = "test" };
	struct run r = { .prog = "test", .n_step = 2, .form = form_find("json") };
	struct worker w;
	struct unit u = { .kind = UNIT_JSON, .raw = span_c(line), .where = { "f", 1, 0 } };

	r.step[0].filter = f;
	r.step[1].filter = &filter_obey;
	worker_open(&w, &r);
	w.diag = &d;
	w.out = out;
	worker_unit(&w, &u);
	worker_close(&w);
	*err = d.err;
	return d.count;
}

static const struct {
	const char *line;
	const struct filter *filter;
	const char *out, *err;
	struct counts count;
} cases[] = {
	{ "{\"id\":1,\"text\":\"keep\"}", &filter_obey,
	    "{\"id\":1,\"text\":\"keep\",\"sents\":[{\"start\":0,\"end\":4}]}\n", "",
	    { .read = 1, .written = 1 } },
	{ "{\"id\":1,\"text\":\"drop\"}", &filter_obey, "", "", { .read = 1, .filtered = 1 } },
	/* A filter that fails leaves no trace but the count, also of what was there before. */
	{ "{\"id\":1,\"text\":\"fail\"}", &filter_obey, "{\"id\":1,\"text\":\"fail\"}\n",
	    "test: f:1: asked to fail; written without ntag-obey\n"
	    "test: f:1: asked to fail; written without ntag-obey\n",
	    { .read = 1, .written = 1, .failed = 2 } },
	{ "{\"id\":1,\"text\":\"fail it\",\"sents\":[{\"start\":0,\"end\":4}]}", &filter_obey,
	    "{\"id\":1,\"text\":\"fail it\",\"sents\":[{\"start\":0,\"end\":4}]}\n",
	    "test: f:1: asked to fail; written without ntag-obey\n"
	    "test: f:1: asked to fail; written without ntag-obey\n",
	    { .read = 1, .written = 1, .failed = 2 } },
	{ "{\"id\":1,\"text\":\"parts drop keep\"}", &filter_halve,
	    "{\"id\":\"1.1\",\"doc\":1,\"n\":1,\"start\":11,\"text\":\"keep\",\"sents\":[{"
	    "\"start\":0,\"end\":4}]}\n",
	    "", { .read = 1, .written = 1, .units = 2 } },
	{ "{\"id\":1,\"text\":\"parts drop drop\"}", &filter_halve, "", "",
	    { .read = 1, .filtered = 1, .units = 2 } },
	{ "{\"id\":1}", &filter_obey, "{\"id\":1}\n", "",
	    { .read = 1, .written = 1, .no_text = 1 } },
	{ "[]", &filter_obey, "", NULL, { .read = 1, .rejected = 1 } },
};

START_TEST(verdicts)
{
	struct buf out = { 0 }, err = { 0 };
	struct counts c = run(cases[_i].line, cases[_i].filter, &out, &err);

	buf_char(&out, '\0');
	buf_char(&err, '\0');
	ck_assert_str_eq(out.p, cases[_i].out);
	if (cases[_i].err != NULL)
		ck_assert_str_eq(err.p, cases[_i].err);
	ck_assert(memcmp(&c, &cases[_i].count, sizeof(c)) == 0);
	ck_assert_uint_eq(c.read, c.written + c.filtered + c.rejected);
	buf_free(&out);
	buf_free(&err);
}
END_TEST

/* A filter that counts bytes of text: a state in the sense of filter.h. */
struct total {
	size_t bytes, told;
};

static void *
tally_open(const void *model)
{
	(void)model;
	return calloc(1, sizeof(struct total));
}

static unsigned
tally_keeps(const void *model)
{
	(void)model;
	return KEEPS_STATE | KEEPS_BARE;
}

static enum verdict
tally_add(const void *model, struct record *r, struct work *w)
{
	struct total *t = w->own;

	(void)model;
	if (r->text.p == NULL) {
		diag_reject(w->diag, r->where, "tally", r->json, "no text");
		return REJECT;
	}
	t->bytes += r->text.n;
	return DROP;
}

static void
tally_merge(const void *model, void *into, void *from)
{
	(void)model;
	((struct total *)into)->bytes += ((struct total *)from)->bytes;
	((struct total *)from)->bytes = 0;
}

/* Two records: one without text, one that the next step drops. */
static bool
tally_finish(const void *model, void *own, struct buf *line)
{
	struct total *t = own;

	(void)model;
	if (t->told++ == 0)
		buf_fmt(line, "{\"bytes\":%zu}", t->bytes);
	else if (t->told == 2)
		buf_str(line, "{\"text\":\"drop\"}");
	return t->told <= 2;
}

static const struct filter filter_tally = { .name = "tally",
	.annotate = tally_add,
	.worker_open = tally_open,
	.worker_close = free,
	.keeps = tally_keeps,
	.merge = tally_merge,
	.finish = tally_finish };

/* Records go to two workers; their states become one; what comes of it passes the step behind. */
START_TEST(states)
{
	static const char *const line[] = { "{\"text\":\"12345\"}", "{\"text\":\"drop\"}",
		"{\"text\":\"fail\"}", "{\"none\":1}" };
	struct diag d = { .prog = "test", .quiet = true };
	struct run r = { .prog = "test", .n_step = 2, .form = form_find("json") };
	struct buf out = { 0 };
	struct worker w[2];

	r.step[0].filter = &filter_tally;
	r.step[1].filter = &filter_obey;
	for (size_t i = 0; i < 2; i++) {
		worker_open(&w[i], &r);
		w[i].diag = &d;
		w[i].out = &out;
	}
	for (size_t i = 0; i < 4; i++) {
		struct unit u = {
			.kind = UNIT_JSON, .raw = span_c(line[i]), .where = { "f", 1, 0 }
		};

		worker_unit(&w[i % 2], &u);
	}
	ck_assert_uint_eq(out.n, 0);
	worker_merge(&w[0], &w[1]);
	while (worker_finish(&w[0]))
		;
	buf_char(&out, '\0');
	ck_assert_str_eq(out.p, "{\"bytes\":13}\n");
	ck_assert_uint_eq(d.count.read, 4);
	ck_assert_uint_eq(d.count.filtered, 3);
	ck_assert_uint_eq(d.count.rejected, 1);
	ck_assert_uint_eq(d.count.written, 0);
	ck_assert_uint_eq(d.count.units, 2);
	for (size_t i = 0; i < 2; i++)
		worker_close(&w[i]);
	buf_free(&out);
	buf_free(&d.err);
	buf_free(&d.dead);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("worker");
	TCase *t = tcase_create("worker");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, verdicts, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(t, states);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed > 0;
}
