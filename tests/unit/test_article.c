/* test_article.c - header lines of raw news: where they are, where they are not, and at what cost. */
#include "article.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* In text, | stands where a header begins, with the blanks before it. Every case is run in pieces of several
 * sizes, and alone as well as inside a stream that has begun already. */
struct header_case {
	const char *name, *text;
};

#define D1 "date 2022-03-01 "
#define D2 "date 2022-03-02 "
#define BOM "\xEF\xBB\xBF"
#define NBSP "\xC2\xA0"

static const struct header_case cases[] = {
	{ "one", "| " D1 "Ferry sinks\n\nThirty were saved.\n" },
	{ "no blank before it", "|" D1 "Ferry sinks\n\nThirty were saved.\n" },
	{ "glued behind a full stop", "| " D1 "A\n\nIt sank.| " D2 "B\n\nIt rose.\n" },
	{ "three glued", "| " D1 "A\n\nX.| " D2 "B\n\nY!| " D1 "C\n\nZ?" },
	{ "own line", "| " D1 "A\n\nIt sank.\n| " D2 "B\n\nIt rose.\n" },
	{ "blank lines between", "| " D1 "A\n\nIt sank.\n\n \n\n| " D2 "B\n\nIt rose.\n" },
	{ "CR LF", "| " D1 "A\r\n\r\nIt sank.| " D2 "B\r\n\r\nIt rose.\r\n" },
	{ "lone CR", "| " D1 "A\r\rIt sank.| " D2 "B\r\rIt rose.\r" },
	{ "CR LF, own line", "| " D1 "A\r\n\r\nIt sank.\r\n|" D2 "B\r\n\r\nIt rose." },
	{ "byte order mark", "|" BOM " " D1 "A\n\nIt sank." },
	{ "byte order mark inside", "| " D1 "A\n\nIt sank.|" BOM " " D2 "B\n\nIt rose." },
	{ "byte order mark instead of anything else", "it sank|" BOM D2 "B\nIt rose." },
	{ "headline alone", "| " D1 "Alone" },
	{ "no headline", "| date 2022-03-01\n\nBody." },
	{ "no headline, nothing", "|date 2022-03-01" },
	{ "headlines only", "| " D1 "A\n| " D2 "B\n" },
	{ "headlines only, no blanks", "|" D1 "A\n|" D2 "B\n|" D1 "C" },
	{ "behind a preamble", "Daily news\n| " D1 "A\n\nBody." },
	{ "no blank line behind it", "| " D1 "A\nThe body at once.\n" },
	{ "blank line of a no-break space", "It is so.| " D1 "A\n " NBSP "\t\nBody." },
	{ "no-break space before it", "It is so." NBSP "\n|" NBSP D1 "A\nBody." },
	{ "glued behind a no-break space", "It is so.|" NBSP " " D1 "A\n\nBody." },
	{ "glued without blank", "It sank.|" D1 "A\n\nBody." },
	{ "glued behind a quotation", "\xE2\x80\x9CIt sank.\xE2\x80\x9D| " D1 "A\n\nBody." },
	{ "glued behind a stray quotation mark", "It sank.\n\n\xE2\x80\x9D| " D1 "A\n\nBody." },
	{ "glued behind a quotation without stop",
	    "called \xE2\x80\x9Cit\xE2\x80\x9D| " D1 "A\n\nB." },
	{ "glued behind straight marks", "He called it \"a plot\"| " D1 "A\n\nB." },
	{ "glued behind stop and bracket", "(It sank.)| " D1 "A\n\nB." },
	{ "glued behind name and bracket", "(Editing by Ann Lee)| " D1 "A\n\nB." },
	{ "glued behind a capital", "Picture: Reuters| " D1 "A\n\nB." },
	{ "glued behind a capital with stops", "made in the U.S| " D1 "A\n\nB." },
	{ "glued behind a capital that is not ASCII", "foto \xC3\x89milie| " D1 "A\n\nB." },
	{ "glued behind an ellipsis", "and so on\xE2\x80\xA6| " D1 "A\n\nB." },
	{ "glued behind a full-width stop", "\xE5\xAE\x8C\xE3\x80\x82| " D1 "A\n\nB." },
	{ "glued, then a header", "It sank.| " D1 "A\n| " D2 "B\nText." },
	{ "glued, then the end", "It sank.| " D1 "A" },
	{ "glued, then a line end", "It sank.| " D1 "A\n" },
	{ "brand in lower case", "|" D1 "iPhone sales fall\n\nBody." },
	{ "name in lower case", "|" D1 "al-Qaida man held\n\nBody." },
	{ "headline in quotation marks", "|" D1 "\xE2\x80\x98no way\xE2\x80\x99, says PM\n\nB." },
	{ "headline begins with a number", "|" D1 "12 dead\n\nB." },
	{ "date in the headline",
	    "| " D1 "Fall of date 2022-02-01 Kills. date 2022-02-02 X\n\nB." },
	{ "leap day", "| date 2024-02-29 A\n\nB.| date 2000-02-29 B\n\nC." },
	{ "bad bytes", "| " D1 "Caf\xE9\n\nB\xFF\xFE.| " D2 "B\n\nC." },
	{ "bad byte before it", "It sank.\x80 " D1 "A\n\nB" },
	{ "NUL", "| " D1 "A\n\nB\0C.| " D2 "B\n\nC." },
	{ "headline of tabs", "| " D1 "\t\t\n\nB" },
	{ "blank line before only", "Text\n\n|" D1 "A\nB." },
	{ "blank line behind only", "Text\n|" D1 "A\n\nB." },

	{ "inside a sentence", "It was on date 2022-03-01 that\nit sank.\n\nMore.\n" },
	{ "wrapped, lower case", "It was on\ndate 2022-03-01 that day\nit sank.\n" },
	{ "wrapped, upper case", "It was on\ndate 2022-03-01 Tuesday that\nit sank.\n" },
	{ "behind a stop, lower case", "It sank. date 2022-03-01 was\nthe day.\n" },
	{ "behind a stop, no blank line", "It sank. date 2022-03-01 Tuesday\nwas the day.\n" },
	{ "behind a lower-case word", "the due date 2022-03-01 Tuesday it is.\n\nMore." },
	{ "glued without headline", "It sank. date 2022-03-01\n\nMore." },
	{ "glued to a capital", "Update 2022-03-01 Ferry sinks\n\nMore." },
	{ "end of a longer word", "the update 2022-03-01 Ferry sinks\n\nMore." },
	{ "in quotation marks", "type \xE2\x80\x9C"
				"date 2022-03-01 Title\xE2\x80\x9D there" },
	{ "behind an opening straight mark", "type \"date 2022-03-01 Title\n\nthere" },
	{ "behind a blank and a straight mark", "type \" date 2022-03-01 Title\n\nthere" },
	{ "behind a possessive", "the suspects' date 2022-03-01 Tuesday\n\nB" },
	{ "not a day: letters", " date 2O22-03-01 A\n\nB" },
	{ "not a day: slashes", " date 2022/03/01 A\n\nB" },
	{ "longer than a day", " date 2022-03-011 A\n\nB" },
	{ "a time", " date 2022-03-01T10:00 A\n\nB" },
	{ "capital D", " Date 2022-03-01 A\n\nB" },
	{ "two blanks", " date  2022-03-01 A\n\nB" },
	{ "lower-case headline that is not ASCII", " date 2022-03-01 \xC3\xA9t\xC3\xA9\n\nB" },
	{ "lower-case headline", " date 2022-03-01 ferry sinks\n\nB" },
	{ "torn form", " date 2022-03-0" },
	{ "nothing", "" },
};

static const struct header_case impossible[] = {
	{ "30 February", " date 2021-02-30 A\n\nB" },
	{ "29 February of a common year", " date 2023-02-29 A\n\nB" },
	{ "29 February 1900", " date 1900-02-29 A\n\nB" },
	{ "month 13", "It sank. date 2021-13-01 A\n\nB" },
	{ "month 0", " date 2021-00-01 A\n\nB" },
	{ "day 0", " date 2021-01-00 A\n\nB" },
	{ "31 June", " date 2021-06-31 A\n\nB" },
	{ "year 0", " date 0000-01-01 A\n\nB" },
};

/* The text of a case without its marks, in memory of exactly that size; places receives where they were. */
static struct span
unmark(const char *text, size_t n, size_t *places, size_t *n_places)
{
	char *out = malloc(n + 1);
	size_t len = 0;

	*n_places = 0;
	for (size_t i = 0; i < n; i++)
		if (text[i] == '|')
			places[(*n_places)++] = len;
		else
			out[len++] = text[i];
	return (struct span){ realloc(out, len + 1), len };
}

static size_t
length(const struct header_case *c)
{
	/* The one case with a NUL has no other way to tell its length. */
	return strcmp(c->name, "NUL") == 0
		   ? strlen(c->text) + 1 + strlen(c->text + strlen(c->text) + 1)
		   : strlen(c->text);
}

/* All headers of text when it comes in pieces of step bytes. */
static size_t
scan(struct span text, size_t step, struct article_head *heads, size_t most)
{
	struct article_scan s;
	size_t n = 0;

	article_begin(&s, 0, true);
	for (size_t have = 0;; have += step) {
		bool final = have >= text.n;
		size_t len = final ? text.n : have;
		/* Exactly as many bytes as are there: the sanitizer sees a look too far. */
		char *copy = malloc(len + 1);
		memcpy(copy, text.p, len);
		while (n < most && article_next(&s, (struct span){ copy, len }, final, &heads[n]))
			n++;
		free(copy);
		if (final)
			return n;
	}
}

/* Give back what a span owns. */
static void
drop(struct span s)
{
	free((void *)(uintptr_t)s.p);
}

START_TEST(headers)
{
	const struct header_case *c = &cases[_i];
	static const size_t steps[] = { 1, 2, 3, 5, 16, 100000 };
	size_t places[8], n_places;
	struct span text = unmark(c->text, length(c), places, &n_places);

	for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
		struct article_head heads[8];
		size_t n = scan(text, steps[k], heads, 8);
		ck_assert_msg(
		    n == n_places, "%s, pieces of %zu: %zu headers", c->name, steps[k], n);
		for (size_t i = 0; i < n; i++)
			ck_assert_msg(heads[i].at == places[i], "%s: header %zu at %zu, not %zu",
			    c->name, i, heads[i].at, places[i]);
	}
	drop(text);
}
END_TEST

START_TEST(impossible_days)
{
	const struct header_case *c = &impossible[_i];
	struct article_scan s;
	struct article_head h;
	struct span text = span_c(c->text);

	article_begin(&s, 0, true);
	ck_assert_msg(!article_next(&s, text, true, &h), "%s", c->name);
	ck_assert_msg(s.impossible, "%s", c->name);
	ck_assert_int_eq(memcmp(text.p + s.impossible_at - 5, "date ", 5), 0);
}
END_TEST

/* A day that does not exist in what is no header anyway is nobody's business. */
START_TEST(impossible_only_in_headers)
{
	struct article_scan s;
	struct article_head h;

	article_begin(&s, 0, true);
	ck_assert(!article_next(&s, SPAN("the due date 2021-02-30 was wrong."), true, &h));
	ck_assert(!s.impossible);
}
END_TEST

START_TEST(parts)
{
	struct span text = SPAN("Text.\n \t" BOM "date 2022-03-01 \t Ferry sinks \t\r\nBody");
	struct article_scan s;
	struct article_head h;

	article_begin(&s, 0, true);
	ck_assert(article_next(&s, text, true, &h));
	ck_assert_uint_eq(h.at, 6);
	ck_assert_uint_eq(h.word, 11);
	ck_assert(span_is(span_cut(text, h.day, h.day + 10), "2022-03-01"));
	ck_assert(span_is(span_cut(text, h.title, h.title_end), "Ferry sinks"));
	ck_assert(span_is(span_cut(text, h.end, text.n), "\r\nBody"));
	ck_assert(!article_next(&s, text, true, &h));
}
END_TEST

/* Only the start of a stream counts as a blank line before. */
START_TEST(origin)
{
	struct span text = SPAN("date 2022-03-01 A\nB");
	struct article_scan s;
	struct article_head h;

	article_begin(&s, 0, true);
	ck_assert(article_next(&s, text, true, &h));
	article_begin(&s, 0, false);
	ck_assert(!article_next(&s, text, true, &h));
}
END_TEST

START_TEST(shift)
{
	struct span text = SPAN("A.\n\n date 2022-03-01 B\n\nC.\n date 2022-03-02 D\n\nE");
	struct article_scan s;
	struct article_head h;

	article_begin(&s, 0, true);
	ck_assert(article_next(&s, text, true, &h));
	ck_assert_uint_eq(h.at, 4);
	article_shift(&s, 4);
	ck_assert(article_next(&s, span_cut(text, 4, text.n), true, &h));
	ck_assert_uint_eq(h.at, 23);
}
END_TEST

static struct span
repeat(const char *head, const char *unit, size_t n, const char *tail)
{
	size_t a = strlen(head), b = strlen(unit), c = strlen(tail), k = n / b;
	char *p = malloc(a + k * b + c + 1);

	memcpy(p, head, a);
	for (size_t i = 0; i < k; i++)
		memcpy(p + a + i * b, unit, b);
	memcpy(p + a + k * b, tail, c + 1);
	return (struct span){ p, a + k * b + c };
}

static size_t
count_whole(struct span text, bool final)
{
	struct article_scan s;
	struct article_head h;
	size_t n = 0;

	article_begin(&s, 0, true);
	while (article_next(&s, text, final, &h))
		n++;
	return n;
}

/* The longest headline, and one byte more. */
START_TEST(headline_limit)
{
	for (size_t more = 0; more < 2; more++) {
		size_t n = ARTICLE_HEADLINE - 1 + more; /* with the blank behind the day */
		struct span t = repeat("date 2022-03-01 ", "X", n, "\n\nB");
		ck_assert_uint_eq(count_whole(t, true), 1 - more);
		/* Not decided before the line is there, or is too long. */
		ck_assert_uint_eq(count_whole(span_cut(t, 0, t.n - 3), false), 0);
		ck_assert_uint_eq(count_whole(span_cut(t, 0, t.n - 3), true), 1 - more);
		drop(t);
	}
}
END_TEST

/* A line of more blanks than are looked at is as good as a blank line; undecided before. */
START_TEST(ahead_limit)
{
	for (size_t more = 0; more < 2; more++) {
		struct span t =
		    repeat("X.\ndate 2022-03-01 A\n", " ", ARTICLE_AHEAD - 1 + more, "x\n");
		ck_assert_uint_eq(count_whole(t, true), more);
		drop(t);
	}
}
END_TEST

/* Blanks before the header beyond the limit are no longer those of a line's start. */
START_TEST(back_limit)
{
	for (size_t more = 0; more < 2; more++) {
		struct span t =
		    repeat("x\n", " ", ARTICLE_BACK - 1 + more, "date 2022-03-01 A\n\nx");
		ck_assert_uint_eq(count_whole(t, true), 1 - more);
		drop(t);
	}
}
END_TEST

struct first_case {
	const char *name, *text;
	bool headed, impossible;
	const char *title;
};

static const struct first_case firsts[] = {
	{ "plain", " date 2022-03-01 Ferry sinks\nBody", true, false, "Ferry sinks" },
	{ "behind blank lines", "\n \r\n" BOM "date 2022-03-01 A", true, false, "A" },
	{ "no headline", "date 2022-03-01", true, false, "" },
	{ "lower case", "date 2022-03-01 was the day", false, false, NULL },
	{ "not first", "On date 2022-03-01 A", false, false, NULL },
	{ "impossible", "date 2022-02-31 A", false, true, NULL },
	{ "glued", "date 2022-03-01A", false, false, NULL },
	{ "empty", "", false, false, NULL },
	{ "short", "date 2022-03-0", false, false, NULL },
};

START_TEST(first)
{
	const struct first_case *c = &firsts[_i];
	struct span text = span_c(c->text);
	struct article_head h;
	bool impossible_day;

	ck_assert_msg(article_first(text, &h, &impossible_day) == c->headed, "%s", c->name);
	ck_assert_msg(impossible_day == c->impossible, "%s", c->name);
	if (c->title != NULL)
		ck_assert(span_is(span_cut(text, h.title, h.title_end), c->title));
}
END_TEST

START_TEST(blank)
{
	ck_assert(article_blank(SPAN("")));
	ck_assert(article_blank(SPAN(" \t\r\n\v\f" BOM NBSP "\xE3\x80\x80\xC2\x85")));
	ck_assert(!article_blank(SPAN(" x")));
	ck_assert(!article_blank(SPAN("\0")));
	ck_assert(!article_blank(SPAN(" \xFF")));
	ck_assert(!article_blank(SPAN("\xC2")));
}
END_TEST

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* FAULTS A36: hostile texts take time in proportion to their length. What each of them would multiply if it were
 * searched from its start again is in its name. */
static const struct header_case hostile[] = {
	{ "headers on one line", "X. date 2022-03-01 A" },
	{ "impossible headers on one line", "X. date 2022-02-31 A" },
	{ "hyphens", "-" },
	{ "forms", "date 2022-03-01" },
	{ "forms behind blanks", "            date 2022-03-01 " },
	{ "forms in lines", "x date 2022-03-01 A\n" },
	{ "forms in old lines", "x.\rdate 2022-03-01 A\r" },
	{ "headers with blank lines", "X. date 2022-03-01 A\n   \n" },
	{ "letters", "a" },
	{ "blanks", " " },
	{ "line ends", "\n" },
};

START_TEST(linear)
{
	double took[2];

	for (int i = 0; i < 2; i++) {
		struct span t = repeat("", hostile[_i].text, (size_t)4 << (20 + i), "");
		double from = cpu();
		count_whole(t, true);
		took[i] = cpu() - from;
		drop(t);
	}
	ck_assert_msg(took[1] <= 3 * took[0] + 0.05, "%s: %.3f s, twice as long %.3f s",
	    hostile[_i].name, took[0], took[1]);
	ck_assert_msg(took[1] < 4, "%s: %.3f s", hostile[_i].name, took[1]);
}
END_TEST

#define LOOP(tc, f, table) tcase_add_loop_test(tc, f, 0, sizeof(table) / sizeof((table)[0]))

int
main(void)
{
	Suite *s = suite_create("article");
	TCase *tc = tcase_create("article");
	SRunner *sr = srunner_create(s);

	tcase_set_timeout(tc, 60);
	LOOP(tc, headers, cases);
	LOOP(tc, impossible_days, impossible);
	tcase_add_test(tc, impossible_only_in_headers);
	tcase_add_test(tc, parts);
	tcase_add_test(tc, origin);
	tcase_add_test(tc, shift);
	tcase_add_test(tc, headline_limit);
	tcase_add_test(tc, ahead_limit);
	tcase_add_test(tc, back_limit);
	LOOP(tc, first, firsts);
	tcase_add_test(tc, blank);
	LOOP(tc, linear, hostile);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
