/* test_where.c - conditions over records: the grammar, its faults, each kind of test, and what they find. */
#include <check.h>
#include <stdlib.h>

#include "where.h"

/* Saturday, 2021-12-04. */
enum { TODAY = 18965 };

static const char line[] =
    "{\"id\":\"a1\",\"date\":\"2021-12-04\",\"title\":\"Talks\","
    "\"text\":\"Talks\\n\\nIlona Varga will meet Mr Okoro on Tuesday. \\u201cWe are ready,\\u201d "
    "Varga said. Trade rose.\","
    "\"dates\":[{\"start\":41,\"end\":48,\"text\":\"Tuesday\",\"type\":\"DATE\",\"value\":\"2021-"
    "12-"
    "07\"}],"
    "\"ents\":[{\"start\":7,\"end\":18,\"text\":\"Ilona "
    "Varga\",\"label\":\"PERSON\",\"name\":\"Ilona "
    "Varga\",\"iso\":null},{\"start\":32,\"end\":37,\"text\":\"Okoro\",\"label\":\"PERSON\","
    "\"name\":"
    "\"Ada Okoro\"},{\"start\":66,\"end\":71,\"text\":\"Varga\",\"label\":\"PERSON\",\"name\":"
    "\"Ilona Varga\"}],"
    "\"quotes\":[{\"start\":51,\"end\":64,\"kind\":\"direct\",\"group\":1,\"text\":\"We are "
    "ready,\",\"speaker\":{\"start\":66,\"end\":71,\"text\":\"Varga\",\"name\":\"Ilona Varga\"}}],"
    "\"n\":10000000000000000001,\"f\":1.50,\"small\":1e-3,\"tags\":[\"a\",[\"deep\"],\"b\"],"
    "\"deep\":{\"er\":[{\"x\":1},{\"x\":2,\"y\":\"z\"}]},\"yes\":true,\"no\":null,\"none\":[],"
    "\"odd key\":\"v.w\",\"s\":\"10\"}";

static struct record
record_of(struct arena *a, struct diag *d)
{
	struct record r;

	ck_assert_msg(record_parse(&r, SPAN(line), NULL, (struct where){ 0 }, a, d), "%.*s",
	    (int)d->err.n, d->err.p);
	return r;
}

static const struct {
	const char *condition;
	bool holds;
} condition[] = {
	{ "id = a1", true },
	{ "id = a2", false },
	{ "id != a2", true },
	{ "id!=a1", false },
	{ "title = Talks and id = a1", true },
	{ "title = Talks and id = a2", false },
	{ "title = Talks or id = a2", true },
	{ "not title = Talks", false },
	{ "not not title = Talks", true },
	{ "not (title = Talks and id = a2)", true },
	{ "id = a2 or title = Talks and id = a1", true }, /* and binds closer than or */
	{ "(id = a2 or title = Talks) and id = a2", false },
	{ "((((id = a1))))", true },
	{ "title = \"Talks\"", true },
	{ "title = 'Talks'", true },
	{ "title = \"Ta\\\"lks\"", false },
	{ "\"odd key\" = v.w", true },
	/* numbers as they are written */
	{ "n = 10000000000000000001", true },
	{ "n = 10000000000000000000", false },
	{ "n > 10000000000000000000", true },
	{ "n < 10000000000000000002", true },
	{ "n >= 1e19", true },
	{ "n < 1e20", true },
	{ "f = 1.5", true },
	{ "f = 15e-1", true },
	{ "f = \"1.5\"", false },
	{ "f > -2", true },
	{ "small < 0.01", true },
	{ "small > 0.0001", true },
	{ "small = 0.001", true },
	{ "f in 1..2", true },
	{ "f in 2..3", false },
	{ "f in 1.5..", true },
	{ "f in ..1", false },
	{ "s > 9", true }, /* a text that is a number, against a number */
	{ "s > \"9\"", false },
	/* paths */
	{ "ents.label = PERSON", true },
	{ "ents.label = ORG", false },
	{ "ents.label != ORG", true },
	{ "ents.name = \"Ada Okoro\"", true },
	{ "ents.start > 60", true },
	{ "quotes.speaker.name ~ varga", false },
	{ "quotes.speaker.name ~ \"(?i)varga\"", true },
	{ "deep.er.x = 2", true },
	{ "deep.er.x = 3", false },
	{ "deep.er.y = z", true },
	{ "tags = b", true },
	{ "tags = deep", false }, /* an array in an array is no value */
	{ "tags in c, b", true },
	{ "tags in (c, d)", false },
	{ "yes = true", true },
	{ "missing = 1", false },
	{ "missing != 1", true },
	/* exists */
	{ "yes exists", true },
	{ "no exists", false },
	{ "none exists", false },
	{ "ents exists", true },
	{ "ents.iso exists", false },
	{ "not missing exists", true },
	{ "text exists", true },
	/* dates */
	{ "date = 2021-12", true },
	{ "date = 2021", true },
	{ "date = 2021-11", false },
	{ "date >= 2021-12-04", true },
	{ "date > 2021-12-04", false },
	{ "date > 2021-11", true },
	{ "date <= 2021-12", true },
	{ "date < 2021-12", false },
	{ "date < 2022", true },
	{ "date in 2021-12-01..2021-12-05", true },
	{ "date in ..2021-12-03", false },
	{ "date in 2020, 2021", true },
	{ "date = today", true },
	{ "dates.value = next-week", true },
	{ "dates.value in 2021-12-07..", true },
	{ "since 2021-12", true },
	{ "since 2021-12-05", false },
	{ "until 2021-12", true },
	{ "until yesterday", false },
	{ "until -1m", false },
	{ "since -1w and until +1d", true },
	/* what the text says */
	{ "regexp 'rea.y'", true },
	{ "regexp 'rea..y'", false },
	{ "regexp (absent, Trade)", true },
	{ "text ~ Trade", true },
	{ "ent Varga", true },
	{ "ent varga", true },
	{ "ent VARGA", true },
	{ "ent Varg", false },
	{ "ent \"ada okoro\"", true },
	{ "ent Ada", true }, /* by the canonical name */
	{ "ent PERSON=Okoro", true },
	{ "ent person=Okoro", true },
	{ "ent ORG=Okoro", false },
	{ "ent PERSON=", true },
	{ "ent ORG=", false },
	{ "ent ~^ok", true },
	{ "ent PERSON=~^var", true },
	{ "ent absent, Okoro", true },
	{ "date-in 2021-12", true },
	{ "date-in 2021-12-07", true },
	{ "date-in 2021-12-08..", false },
	{ "date-in next-week", true },
	{ "date-in this-week", false },
	{ "quote-by Varga", true },
	{ "quote-by Ilona", true },
	{ "quote-by Okoro", false },
	{ "quote ready", true },
	{ "quote absent", false },
	{ "kind direct", true },
	{ "kind indirect, mixed", false },
	{ "quote-by Varga and quote ready and kind direct", true },
	{ "quote-by Varga and kind indirect", false },
	{ "quote-by Okoro or quote ready", true },
	{ "not quote-by Okoro", true },
};

static bool
holds(struct condition *c, struct record *r, struct regex_match *m, const struct range *unit)
{
	struct where_ask ask = { .condition = c, .record = r, .match = m };
	bool answer = where_holds(&ask, unit);

	ck_assert(!ask.expensive);
	return answer;
}

START_TEST(test_condition)
{
	struct where_how how = { .today = TODAY };
	struct condition *c = where_new(&how);
	struct regex_match *m = regex_match_new();
	struct diag d = { .prog = "test" };
	struct arena a = { 0 };
	struct where_fault f;
	struct record r = record_of(&a, &d);
	bool literal;

	if (!where_parse(c, span_c(condition[_i].condition), &f))
		ck_abort_msg("%s: %zu: %s", condition[_i].condition, f.column, f.what);
	where_close(c);
	ck_assert_msg(holds(c, &r, m, NULL) == condition[_i].holds, "%s", condition[_i].condition);
	literal = where_literals(c)->n == 0 || literal_found(where_literals(c), SPAN(line));
	ck_assert_msg(literal || !condition[_i].holds, "literals of %s", condition[_i].condition);
	where_free(c);
	regex_match_free(m);
	arena_free(&a);
	buf_free(&d.err);
}
END_TEST

static const struct {
	const char *condition;
	size_t column;
	const char *what; /* part of the message */
} fault[] = {
	{ "", 1, "expected at the end" },
	{ "date", 5, "= != < <= > >= ~ in or exists expected at the end" },
	{ "date =", 7, "a value expected" },
	{ "date = 1 date = 2", 10, "and, or, or the end expected" },
	{ "date = 1 an date = 2", 10, "did you mean \"and\"" },
	{ "date exist", 6, "did you mean \"exists\"" },
	{ "qoute-by Varga", 1, "did you mean \"quote-by\"" },
	{ "(date = 1", 1, "the bracket is not closed" },
	{ "date = 1)", 9, "and, or, or the end expected, not \")\"" },
	{ "= 1", 1, "the name of a member expected" },
	{ "date = \"x", 8, "the quotation mark is not closed" },
	{ "text ~ '(a'", 8, "bad pattern, at its byte 3" },
	{ "text ~ '(*UTF)a'", 8, "may not begin with (*UTF)" },
	{ "ent PERSN=Varga", 5, "did you mean \"PERSON\"" },
	{ "ent PERSON=Varga, ORGG=x", 19, "did you mean \"ORG\"" },
	{ "kind drect", 6, "did you mean \"direct\"" },
	{ "date-in 2021-13", 9, "no period" },
	{ "date-in 2021-12..2021-11", 9, "no period" },
	{ "since never", 7, "no period" },
	{ "ent \"\"", 5, "a name must not be empty" },
	{ "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q = 1", 33, "more than 16 names" },
	{ "n in ..", 6, "a range needs" },
	{ "tags in (a, b", 14, "a comma or ) expected at the end" },
};

START_TEST(test_fault)
{
	struct where_how how = { .today = TODAY };
	struct condition *c = where_new(&how);
	struct where_fault f;

	ck_assert_msg(!where_parse(c, span_c(fault[_i].condition), &f), "%s", fault[_i].condition);
	ck_assert_msg(f.column == fault[_i].column && strstr(f.what, fault[_i].what) != NULL,
	    "%s: %zu: %s", fault[_i].condition, f.column, f.what);
	where_free(c);
}
END_TEST

/* Brackets and tests at their limits and one beyond. */
START_TEST(test_limits)
{
	struct where_how how = { .today = TODAY };
	struct buf text = { 0 };
	struct where_fault f;

	for (int depth = WHERE_DEPTH - 1; depth <= WHERE_DEPTH; depth++) {
		struct condition *c = where_new(&how);

		buf_clear(&text);
		for (int i = 0; i < depth; i++)
			buf_char(&text, '(');
		buf_str(&text, "a = 1");
		for (int i = 0; i < depth; i++)
			buf_char(&text, ')');
		ck_assert_int_eq(where_parse(c, buf_span(&text), &f), depth < WHERE_DEPTH);
		where_free(c);
	}
	for (int n = WHERE_NODES - 3; n <= WHERE_NODES - 2; n++) {
		struct condition *c = where_new(&how);

		buf_clear(&text);
		for (int i = 0; i < n; i++)
			buf_str(&text, i == 0 ? "a = 1" : " and a = 1");
		ck_assert_int_eq(where_parse(c, buf_span(&text), &f), n < WHERE_NODES - 2);
		if (n < WHERE_NODES - 2)
			where_close(c);
		where_free(c);
	}
	buf_free(&text);
}
END_TEST

/* Of the four sentences, in which does it hold, and what is found there? */
static const struct {
	const char *condition;
	unsigned sents;
	const char *hits;
} unit[] = {
	{ "ent Varga", 6, "7-18 66-71" },
	{ "ent Okoro", 2, "32-37" },
	{ "ent Varga and date-in 2021-12", 2, "7-18 41-48" },
	{ "ent Okoro and date-in 2021-12", 2, "32-37 41-48" },
	{ "regexp '[Rr].?ad'", 12, "58-62 79-82" },
	{ "regexp Trade", 8, "78-83" },
	{ "regexp 'Varga.*Trade'", 0, "" },
	{ "quote-by Varga", 4, "51-64" },
	{ "(quote-by Okoro and kind direct) or ent Varga", 6, "7-18 66-71" },
	{ "not ent Varga", 9, "" },
	{ "since 2021", 15, "" },
};

/* Bytes: the quotation marks have three. */
static void
split(struct record *r, struct ranges *out)
{
	static const struct range cut[] = { { 0, 5 }, { 7, 49 }, { 50, 81 }, { 82, 93 } };

	for (size_t i = 0; i < 4; i++)
		VEC_PUSH(r->arena, out, cut[i]);
}

START_TEST(test_unit)
{
	struct where_how how = { .today = TODAY };
	struct condition *c = where_new(&how);
	struct regex_match *m = regex_match_new();
	struct diag d = { .prog = "test" };
	struct arena a = { 0 };
	struct where_fault f;
	struct record r = record_of(&a, &d);
	struct where_ask ask = { .condition = c, .record = &r, .match = m };
	struct ranges all = { 0 }, mine = { 0 }, hits = { 0 };
	unsigned got = 0;
	struct buf text = { 0 };

	split(&r, &all);
	ck_assert(where_parse(c, span_c(unit[_i].condition), &f));
	where_close(c);
	for (size_t i = 0; i < all.n; i++) {
		if (!where_holds(&ask, &all.at[i]))
			continue;
		got |= 1U << i;
		VEC_PUSH(&a, &mine, all.at[i]);
	}
	where_hits(&ask, &mine, false, &hits);
	for (size_t i = 0; i < hits.n; i++)
		buf_fmt(&text, "%s%u-%u", i == 0 ? "" : " ", record_cp(&r, hits.at[i].start),
		    record_cp(&r, hits.at[i].end));
	buf_char(&text, '\0');
	ck_assert_msg(got == unit[_i].sents && strcmp(text.p, unit[_i].hits) == 0, "%s: %x, %s",
	    unit[_i].condition, got, text.p);
	buf_free(&text);
	where_free(c);
	regex_match_free(m);
	arena_free(&a);
	buf_free(&d.err);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("where");
	TCase *t = tcase_create("where");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(t, test_condition, 0, sizeof(condition) / sizeof(condition[0]));
	tcase_add_loop_test(t, test_fault, 0, sizeof(fault) / sizeof(fault[0]));
	tcase_add_test(t, test_limits);
	tcase_add_loop_test(t, test_unit, 0, sizeof(unit) / sizeof(unit[0]));
	suite_add_tcase(s, t);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
