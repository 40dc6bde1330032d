/* test_summarize_groups.c - many documents: whatever the order and the pieces, the same bytes; partials; timelines. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "summarize/feature.h"
#include "summarize/gather.h"
#include "summarize/partial.h"
#include "summarize/story.h"
#include "summarize/summarize.h"

static struct arena arena;
static struct table days;

/* ---- a filter with options, and its states ---- */

struct given {
	const char *name, *value;
};

enum { GIVEN_MAX = 8, WORKERS_MAX = 5, DOCS = 160 };

static const struct filter *const f = &filter_summarize;

static void *
model_of(const struct given *given, struct diag *d)
{
	struct opts o = { .table = f->option };
	char what[256];

	for (; given->name != NULL; given++)
		ck_assert_msg(
		    opts_set(&o, opt_find(o.table, given->name), given->value, what), "%s", what);
	return f->open(&o, d);
}

static enum verdict
take(const void *model, void *own, struct span line, struct diag *d)
{
	struct arena a = { 0 };
	struct record r;
	struct work w = { .arena = &a, .diag = d, .own = own };
	enum verdict v;

	ck_assert(record_parse(&r, line, NULL, (struct where){ 0 }, &a, d));
	v = f->annotate(model, &r, &w);
	arena_free(&a);
	return v;
}

/* All records of the state, a line each. */
static void
finish(const void *model, void *own, struct buf *out)
{
	while (f->finish(model, own, out))
		buf_char(out, '\n');
}

/* ---- documents by dice ---- */

struct dice {
	uint64_t state;
};

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
static size_t
roll(struct dice *d, size_t sides)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (size_t)((d->state * 0x2545F4914F6CDD1DU) >> 33) % sides;
}

static void
put_sentence(struct dice *d, struct buf *text)
{
	static const char *const who[] = { "The minister", "She",
		"A spokesman for the bridge company", "Anna Berg", "\\\"Nobody",
		"The court in Oslo" };
	static const char *const what[] = { " opened", " closed", " will repair", " denied",
		" sold", " criticised" };
	static const char *const rest[] = { " the old harbour", " 42 of the damaged houses",
		" every report about the storm", " the talks with the neighbours", " it" };

	buf_str(text, who[roll(d, 6)]);
	for (size_t i = 0; i < 1 + roll(d, 3); i++) {
		buf_str(text, what[roll(d, 6)]);
		buf_str(text, rest[roll(d, 5)]);
		buf_fmt(text, " %zu", roll(d, 200));
	}
	buf_str(text, ". ");
}

/* A record with a date in its first sentences; topics a, b, c and none. Documents may be the same. */
static struct span
document(struct dice *d)
{
	struct buf b = { 0 };
	struct span line;
	unsigned topic = (unsigned)roll(d, 4);
	size_t at;

	buf_fmt(
	    &b, "{\"id\":%s%zu%s", topic == 0 ? "" : "\"", roll(d, 150), topic == 0 ? "" : "\"");
	if (topic < 3)
		buf_fmt(&b, ",\"topic\":\"%c\"", 'a' + (int)topic);
	if (roll(d, 10) > 0)
		buf_fmt(&b, ",\"date\":\"2021-03-%02zu\"", 1 + roll(d, 20));
	buf_str(&b, ",\"text\":\"");
	at = b.n;
	for (size_t n = 1 + roll(d, 25); n > 0; n--)
		put_sentence(d, &b);
	at = (b.n - at) / 2 < 12 ? 0 : roll(d, 40);
	buf_fmt(&b,
	    "\",\"dates\":[{\"start\":%zu,\"end\":%zu,\"type\":\"DATE\",\"value\":\"2021-03-%"
	    "02zu\"}]}",
	    at % 12, at % 12 + 3, 1 + roll(d, 25));
	line = arena_copy(&arena, buf_span(&b));
	buf_free(&b);
	return line;
}

static void
shuffle(struct dice *d, struct span *at, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = roll(d, i);
		struct span x = at[i - 1];

		at[i - 1] = at[k];
		at[k] = x;
	}
}

/* ---- the property ---- */

struct mode {
	struct given plain[GIVEN_MAX], partial[GIVEN_MAX], merge[GIVEN_MAX];
};

#define MODE(...) \
	{ \
		{ __VA_ARGS__{ 0 } }, { __VA_ARGS__{ "partial", "true" }, { 0 } }, \
		{ \
			__VA_ARGS__{ "merge", "true" }, \
			{ \
				0 \
			} \
		} \
	}

static const struct mode mode[] = {
	MODE({ "group-by", "topic" }, ),
	MODE({ "group-by", "all" }, { "words", "60" }, { "order", "rank" }, ),
	MODE({ "group-by", "date" }, ),
	MODE({ "timeline", "true" }, { "dates", "5" }, { "sentences", "2" }, ),
	MODE({ "timeline", "true" }, { "group-by", "topic" }, { "query", "bridge|storm" }, ),
};

enum { N_MODE = sizeof(mode) / sizeof(mode[0]) };

struct trial {
	void *model;
	struct span *doc;
	size_t n_worker;
	void *own[WORKERS_MAX];
};

/* The documents in this order to workers by chance, and their states merged by chance. */
static void
distribute(struct trial *t, struct dice *d, struct diag *diag)
{
	for (size_t i = 0; i < t->n_worker; i++)
		t->own[i] = f->worker_open(t->model);
	for (size_t i = 0; i < DOCS; i++)
		ck_assert_int_eq(
		    take(t->model, t->own[roll(d, t->n_worker)], t->doc[i], diag), DROP);
}

static void
unite(struct trial *t, struct dice *d, struct buf *out)
{
	while (t->n_worker > 1) {
		size_t k = roll(d, t->n_worker - 1);

		f->merge(t->model, t->own[k], t->own[t->n_worker - 1]);
		f->worker_close(t->own[--t->n_worker]);
	}
	finish(t->model, t->own[0], out);
	f->worker_close(t->own[0]);
}

/* The same through partials: each worker is a machine of its own. */
static void
by_machines(const struct mode *m, struct span *doc, struct dice *d, struct buf *out)
{
	struct diag diag = { .prog = "test" };
	struct trial t = { model_of(m->partial, &diag), doc, 1 + roll(d, WORKERS_MAX), { NULL } };
	void *model = model_of(m->merge, &diag), *own = f->worker_open(model);
	struct buf lines = { 0 };
	struct span rest;

	distribute(&t, d, &diag);
	for (size_t i = 0; i < t.n_worker; i++) {
		finish(t.model, t.own[i], &lines);
		f->worker_close(t.own[i]);
	}
	for (rest = buf_span(&lines); rest.n > 0;) {
		size_t n = (size_t)((const char *)memchr(rest.p, '\n', rest.n) - rest.p);

		ck_assert_int_eq(take(model, own, span_cut(rest, 0, n), &diag), DROP);
		rest = span_cut(rest, n + 1, rest.n);
	}
	finish(model, own, out);
	f->worker_close(own);
	f->close(model);
	f->close(t.model);
	buf_free(&lines);
	buf_free(&diag.err);
}

static void
by_workers(const struct mode *m, struct span *doc, struct dice *d, struct buf *out)
{
	struct diag diag = { .prog = "test" };
	struct trial t = { model_of(m->plain, &diag), doc, 1 + roll(d, WORKERS_MAX), { NULL } };

	distribute(&t, d, &diag);
	unite(&t, d, out);
	f->close(t.model);
	buf_free(&diag.err);
}

START_TEST(any_split_and_order)
{
	const struct mode *m = &mode[_i];
	struct dice d = { 20210304 + (uint64_t)_i };
	struct span doc[DOCS];
	struct buf want = { 0 }, got = { 0 };

	for (size_t i = 0; i < DOCS; i++)
		doc[i] = document(&d);
	by_workers(m, doc, &d, &want);
	ck_assert_uint_gt(want.n, 100);
	for (size_t i = 0; i < 100; i++) {
		shuffle(&d, doc, DOCS);
		buf_clear(&got);
		if (i % 2 == 0)
			by_workers(m, doc, &d, &got);
		else
			by_machines(m, doc, &d, &got);
		ck_assert_msg(span_eq(buf_span(&got), buf_span(&want)),
		    "trial %zu:\n%.*s\nnot\n%.*s", i, (int)got.n, got.p, (int)want.n, want.p);
	}
	buf_free(&want);
	buf_free(&got);
}
END_TEST

/* ---- small cases ---- */

/* What comes of a few documents, a line each in docs. */
static void
run(const struct given *given, const char *docs, struct buf *out)
{
	struct diag d = { .prog = "test" };
	void *model = model_of(given, &d), *own;

	ck_assert_ptr_nonnull(model);
	own = f->worker_open(model);
	for (size_t n; *docs != '\0'; docs += n + (docs[n] == '\n')) {
		n = strcspn(docs, "\n");
		take(model, own, (struct span){ docs, n }, &d);
	}
	buf_put(out, buf_span(&d.err));
	finish(model, own, out);
	buf_char(out, '\0');
	f->worker_close(own);
	f->close(model);
	buf_free(&d.err);
}

#define BRIDGE "The bridge over the river fell on Monday after the storm."
#define COURT "The court in Oslo heard the owners of the harbour today."
#define AGAIN "On Friday the bridge over the river was opened again for cars."

static const struct {
	struct given given[GIVEN_MAX];
	const char *docs, *out;
} cases[] = {
	{ { { "group-by", "topic" }, { "sentences", "1" }, { 0 } },
	    "{\"id\":7,\"topic\":\"x\\n\\u00e9\",\"text\":\"" BRIDGE
	    "\"}\n{\"id\":\"b\",\"topic\":3,\"text\":\"" COURT
	    "\"}\n{\"id\":\"c\",\"text\":\"" COURT "\"}",
	    "{\"topic\":\"\",\"docs\":[\"c\"],\"summary\":[[\"c\",0]],\"text\":\"" COURT "\"}\n"
	    "{\"topic\":\"3\",\"docs\":[\"b\"],\"summary\":[[\"b\",0]],\"text\":\"" COURT "\"}\n"
	    "{\"topic\":\"x\\n\xC3\xA9\",\"docs\":[7],\"summary\":[[7,0]],\"text\":\"" BRIDGE
	    "\"}\n" },
	/* A day for several documents, whatever their hour; a bad date is none. */
	{ { { "group-by", "date" }, { "sentences", "2" }, { 0 } },
	    "{\"id\":\"b\",\"date\":\"2021-03-04T10:00:00Z\",\"text\":\"" COURT
	    "\"}\n{\"id\":\"a\",\"date\":\"2021-03-04\",\"text\":\"" BRIDGE
	    "\"}\n{\"id\":\"c\",\"date\":\"soon\",\"text\":\"\"}",
	    "{\"topic\":\"\",\"docs\":[\"c\"],\"summary\":[],\"text\":\"\"}\n"
	    "{\"topic\":\"2021-03-04\",\"docs\":[\"a\",\"b\"],\"summary\":[[\"a\",0],[\"b\",0]],"
	    "\"text\":\"" BRIDGE "\\n" COURT "\"}\n" },
	/* White space inside a sentence is one blank; the same document twice is named once. */
	{ { { "group-by", "all" }, { 0 } },
	    "{\"id\":1,\"text\":\"The bridge\\nfell   today.\"}\n{\"id\":1,\"text\":\"The "
	    "bridge\\nfell   "
	    "today.\"}",
	    "{\"topic\":\"all\",\"n\":2,\"docs\":[1],\"summary\":[[1,0]],\"text\":\"The bridge "
	    "fell "
	    "today.\"}\n" },
	/* The time of a timeline is that of publication: not 1999, not the day after the last document. */
	{ { { "timeline", "true" }, { 0 } },
	    "{\"id\":1,\"date\":\"2021-03-02\",\"text\":\"" BRIDGE
	    "\",\"dates\":[{\"start\":34,\"end\":43,\"type\":\"DATE\",\"value\":\"2021-03-01\"}]}\n"
	    "{\"id\":2,\"date\":\"2021-03-05\",\"text\":\"" AGAIN
	    "\",\"dates\":[{\"start\":0,\"end\":9,\"type\":\"DATE\",\"value\":\"2021-03-05\"},{"
	    "\"start\":10,\"end\":"
	    "12,\"type\":\"DATE\",\"value\":\"1999-01-01\"},{\"start\":13,\"end\":15,\"type\":"
	    "\"DATE\",\"value\":"
	    "\"2021-04\"}]}",
	    "{\"topic\":\"all\",\"timeline\":[{\"date\":\"2021-03-02\",\"text\":\"" BRIDGE
	    "\",\"docs\":[1]},{\"date\":\"2021-03-04\",\"text\":\"" AGAIN
	    "\",\"docs\":[2]},{\"date\":\"2021-03-05\",\"text\":\"" AGAIN "\",\"docs\":[2]}]}\n" },
	{ { { "timeline", "true" }, { "dates", "1" }, { 0 } },
	    "{\"id\":1,\"date\":\"2021-03-02\",\"text\":\"" BRIDGE
	    "\",\"dates\":[]}\n{\"id\":2,\"date\":\"2021-03-05\",\"text\":\"" AGAIN
	    "\",\"dates\":[{\"start\":0,\"end\":9,\"type\":\"DATE\",\"value\":\"2021-03-05\"}]}",
	    "{\"topic\":\"all\",\"timeline\":[{\"date\":\"2021-03-05\",\"text\":\"" AGAIN
	    "\",\"docs\":[2]}]}\n" },
	{ { { "timeline", "true" }, { "query", "COURT" }, { 0 } },
	    "{\"id\":1,\"date\":\"2021-03-02\",\"text\":\"" BRIDGE " " COURT
	    "\"}\n{\"id\":2,\"date\":\"2021-03-05\",\"text\":\"" AGAIN "\"}",
	    "{\"topic\":\"all\",\"timeline\":[{\"date\":\"2021-03-02\",\"text\":\"" COURT
	    "\",\"docs\":[1]}]}\n" },
	/* The name, or the word in the text; case does not matter. */
	{ { { "timeline", "true" }, { "about", "city of oslo" }, { 0 } },
	    "{\"id\":1,\"date\":\"2021-03-02\",\"text\":\"" BRIDGE " " COURT
	    "\",\"ents\":[{\"start\":71,\"end\":75,\"label\":\"GPE\",\"name\":\"City of Oslo\"}]}",
	    "{\"topic\":\"all\",\"timeline\":[{\"date\":\"2021-03-02\",\"text\":\"" COURT
	    "\",\"docs\":[1]}]}\n" },
	{ { { "timeline", "true" }, { "about", "Oslo" }, { 0 } },
	    "{\"id\":1,\"date\":\"2021-03-02\",\"text\":\"" COURT "\"}", "" },
	/* No date anywhere: no days. */
	{ { { "timeline", "true" }, { 0 } }, "{\"id\":1,\"text\":\"" COURT "\"}",
	    "{\"topic\":\"all\",\"timeline\":[]}\n" },
	{ { { "group-by", "topic" }, { "merge", "true" }, { 0 } },
	    "{\"partial\":\"summarize groups by date\",\"topic\":\"x\",\"n\":1}\n{\"text\":\"\"}\n"
	    "{\"partial\":\"summarize groups by topic\",\"n\":1}\n"
	    "{\"partial\":\"summarize groups by topic\",\"topic\":\"x\",\"n\":-1}\n"
	    "{\"partial\":\"summarize groups by topic\",\"topic\":\"x\",\"n\":1,\"counts\":[1]}\n"
	    "{\"partial\":\"summarize groups by "
	    "topic\",\"topic\":\"x\",\"n\":1,\"span\":[9999999,9999999]}\n"
	    "{\"partial\":\"summarize groups by "
	    "topic\",\"topic\":\"x\",\"n\":1,\"words\":[262144,1,1]}\n"
	    "{\"partial\":\"summarize groups by topic\",\"topic\":\"x\",\"n\":1,\"words\":[1,1]}\n"
	    "{\"partial\":\"summarize groups by topic\",\"topic\":\"x\",\"n\":1,\"docs\":[[]]}\n"
	    "{\"partial\":\"summarize groups by "
	    "topic\",\"topic\":\"x\",\"n\":1,\"sentences\":[[1,2,3,4]]}\n"
	    "{\"partial\":\"summarize groups by "
	    "topic\",\"topic\":\"x\",\"n\":1,\"day\":\"2021-02-30\"}\n"
	    "{\"partial\":\"summarize groups by "
	    "topic\",\"topic\":\"x\",\"n\":1,\"sentences\":[[-5,2,3,4,\"A word "
	    "here.\"]],\"id\":1}",
	    "test: no partial made with the same options; record rejected\n"
	    "test: no partial made with the same options; record rejected\n"
	    "test: a partial without topic or n; record rejected\n"
	    "test: n of the partial is not as it should be; record rejected\n"
	    "test: counts of the partial is not as it should be; record rejected\n"
	    "test: span of the partial is not as it should be; record rejected\n"
	    "test: words of the partial is not as it should be; record rejected\n"
	    "test: words of the partial is not as it should be; record rejected\n"
	    "test: docs of the partial is not as it should be; record rejected\n"
	    "test: sentences of the partial is not as it should be; record rejected\n"
	    "test: day of the partial is not as it should be; record rejected\n"
	    "{\"topic\":\"x\",\"n\":1,\"docs\":[],\"summary\":[[4,2]],\"text\":\"A word "
	    "here.\"}\n" },
};

START_TEST(groups_and_timelines)
{
	struct buf out = { 0 };

	run(cases[_i].given, cases[_i].docs, &out);
	ck_assert_str_eq(out.p, cases[_i].out);
	buf_free(&out);
}
END_TEST

static const struct {
	struct given given[GIVEN_MAX];
	const char *why;
} slips[] = {
	{ { { "partial", "true" }, { 0 } },
	    "test: --partial and --merge go with --group-by or --timeline\n" },
	{ { { "dates", "3" }, { "group-by", "all" }, { 0 } },
	    "test: --dates, --query and --about go with --timeline\n" },
	{ { { "scores", "true" }, { "group-by", "all" }, { 0 } },
	    "test: --ratio and --scores are for single documents\n" },
	{ { { "query", "a" }, { "about", "b" }, { "timeline", "true" }, { 0 } },
	    "test: --query or --about, not both\n" },
	{ { { "query", "(" }, { "timeline", "true" }, { 0 } }, NULL },
};

START_TEST(options_that_say_nothing)
{
	struct diag d = { .prog = "test" };

	ck_assert_ptr_null(model_of(slips[_i].given, &d));
	ck_assert(d.usage);
	buf_char(&d.err, '\0');
	if (slips[_i].why != NULL)
		ck_assert_str_eq(d.err.p, slips[_i].why);
	ck_assert_uint_gt(d.err.n, 10);
	buf_free(&d.err);
}
END_TEST

/* ---- limits ---- */

START_TEST(what_is_kept_is_bounded)
{
	struct pile *p = pile_new(SPAN("x"), PILE_NO_DAY);
	struct cand c = { .day = PILE_NO_DAY };
	struct buf text = { 0 };

	for (uint32_t i = 0; i < 5 * PILE_DOCS; i++) {
		struct span id = arena_fmt(&arena, "%u", i);

		c.n = i;
		c.score = (int32_t)(i * 7919 % 5003);
		pile_add_doc(p, id);
		pile_add_sentence(p, &c, id, id);
		pile_add_word(p, i * 0x9E3779B1U, 1, 1);
	}
	ck_assert_uint_le(p->room_cand, 2 * PILE_SENTENCES + 2 * PILE_SENTENCES);
	pile_settle(p);
	ck_assert_uint_eq(p->n_cand, PILE_SENTENCES);
	ck_assert_uint_eq(p->n_doc_kept, PILE_DOCS);
	for (size_t i = 1; i < p->n_cand; i++)
		ck_assert_int_ge(p->cand[i - 1]->score, p->cand[i]->score);
	while (text.n < PILE_TEXT_MAX)
		buf_char(&text, 'a');
	c.score = INT32_MAX;
	pile_add_sentence(p, &c, SPAN("at the limit"), buf_span(&text));
	buf_char(&text, 'a');
	pile_add_sentence(p, &c, SPAN("beyond"), buf_span(&text));
	pile_settle(p);
	ck_assert(span_is(cand_id(p->cand[0]), "at the limit"));
	ck_assert_int_lt(p->cand[1]->score, INT32_MAX);
	pile_free(p);
	buf_free(&text);
}
END_TEST

/* ---- days.tsv ---- */

START_TEST(day_row)
{
	struct span name = table_cell(&days, (size_t)_i, 0);
	const char *p = arena_cstr(&arena, table_cell(&days, (size_t)_i, 2));
	double want = strtod(arena_cstr(&arena, table_cell(&days, (size_t)_i, 3)), NULL);
	struct pile *at[8];
	struct story_piles d = { at, 0 };
	double value[8 * DAY_FEATURE_MAX];
	size_t k = 0;

	for (char *end; *p != '\0'; p = *end == ',' ? end + 1 : end) {
		at[d.n] = pile_new(SPAN("x"), (int32_t)d.n);
		for (size_t i = 0; i < N_COUNT; i++, p = end)
			at[d.n]->count[i] = strtoul(p, &end, 10);
		d.n++;
	}
	while (k < day_feature_count() && !span_is(name, day_feature_name(k)))
		k++;
	ck_assert_uint_lt(k, day_feature_count());
	story_features(&d, value);
	ck_assert_double_eq_tol(value[(d.n - 1) * day_feature_count() + k], want, 1e-6);
	for (size_t i = 0; i < d.n; i++)
		pile_free(at[i]);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("summarize groups");
	TCase *t = tcase_create("groups");
	SRunner *r;
	int failed;

	table_load(&days, &blob_summarize_days, &arena);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, any_split_and_order, 0, N_MODE);
	tcase_add_loop_test(t, groups_and_timelines, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_loop_test(t, options_that_say_nothing, 0, sizeof(slips) / sizeof(slips[0]));
	tcase_add_test(t, what_is_kept_is_bounded);
	tcase_add_loop_test(t, day_row, 0, (int)days.n_row);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	arena_free(&arena);
	return failed > 0;
}
