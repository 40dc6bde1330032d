/* test_date_rules.c - --rules FILE: rows that work, slips with their place, values that no row may smuggle in. */
#include <stdio.h>
#include <unistd.h>

#include "test_date.h"

struct file {
	char name[64];
};

static struct file
file_of(struct span text)
{
	struct file f;
	int fd;

	snprintf(f.name, sizeof(f.name), "/tmp/ntag-rules-XXXXXX");
	fd = mkstemp(f.name);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text.p, text.n), (ssize_t)text.n);
	close(fd);
	return f;
}

static const struct {
	const char *rules, *text, *texts, *values;
} works[] = {
	/* A part of the compiled-in table, a fixed slot. */
	{ "moon\tthe harvest moon of $Y\tDATE\tdate season=3\t-\t-\t-\n",
	    "under the harvest moon of 2020", "the harvest moon of 2020", "2020-FA" },
	/* A part of one's own, and comments that name no columns. */
	{ "# ours\n\n$NTH\t( NUM:n )\t-\t-\t-\t-\t-\n# more\nsprint\tsprint $NTH\tDURATION\tdur "
	  "unit=5\t-\t-\t-",
	    "in sprint 3 they", "sprint 3", "P3W" },
	/* Among matches of one length a row of one's own wins; a longer one still goes first. */
	{ "x\tyesterday\tDATE\tref ref=2\t-\t-\t-\n", "yesterday or the day before yesterday",
	    "yesterday|the day before yesterday", "PAST_REF 2021-12-02" },
	{ "x\tMay\t-\tno\t-\t-\t-\ny\tmay\t-\tno\t-\t-\t-\n", "in May and in June", "June",
	    "2021-06" },
	/* Starts that no compiled-in row has: any capitalised word, a mark. */
	{ "x\tUPWORD star day\tDATE\tref ref=1\t-\t-\t-\n", "on Bobby star day", "Bobby star day",
	    "PRESENT_REF" },
	{ "x\t\xE2\x80\x94 zork\tDATE\tref ref=1\t-\t-\t-\n", "a \xE2\x80\x94 zork",
	    "\xE2\x80\x94 zork", "PRESENT_REF" },
	/* Guards, a byte order mark, line ends of Windows, spans. */
	{ "\xEF\xBB\xBFx\tzork\tDATE\tref ref=1\t<!blue >NUM|#START\t-\t-\r\n",
	    "blue zork 1, red zork, red zork 2, red zork", "zork|zork", "PRESENT_REF PRESENT_REF" },
	{ "x\t{ zork YEAR } , { YEAR }\tDATE\tdate\t-\t-\t-\n", "zork 1990, 1991", "zork 1990|1991",
	    "1990 1991" },
	/* A function without the slots that it reads gives no date. */
	{ "x\tzork\tDATE\tnth\t-\t-\t-\n", "zork", "", "" },
	{ "", "on Friday", "Friday", "2021-12-03" },
};

START_TEST(test_works)
{
	struct file f = file_of(span_c(works[_i].rules));
	struct tagger t;
	struct span got;

	tagger_open(&t, "rules", f.name);
	tagger_run(&t, span_c(works[_i].text), "2021-12-04");
	got = tagger_texts(&t);
	ck_assert_msg(
	    span_is(got, works[_i].texts), "%s: marks \"%.*s\"", works[_i].text, (int)got.n, got.p);
	got = tagger_values(&t);
	ck_assert_msg(span_is(got, works[_i].values), "%s: gives \"%.*s\"", works[_i].text,
	    (int)got.n, got.p);
	tagger_close(&t);
	unlink(f.name);
}
END_TEST

/* The message behind the name of the file. */
static const struct {
	const char *rules, *message;
} slips[] = {
	{ "x\tzork\tDATE\tdate\n", ":1:17: 4 cells, expected 7" },
	{ "# a\tb\n\nx\tzork\tDATE\tdate\t-\t-\t-\nx\n", ":4:2: 1 cell, expected 7" },
	{ "x\tzork\tDAY\tdate\t-\t-\t-\n",
	    ":1:8: the type must be DATE, TIME, DURATION, SET or -" },
	{ "x\tzork\tDATE\tfly\t-\t-\t-\n", ":1:13: there is no resolution function of this name" },
	{ "x\tzork\tDATE\tdate moon=1\t-\t-\t-\n",
	    ":1:13: the value must be a function, then slot=number" },
	{ "x\tzork\tDATE\tdate part=99\t-\t-\t-\n",
	    ":1:13: the value must be a function, then slot=number" },
	{ "x\tzork\tDATE\tdate holiday=1\t-\t-\t-\n",
	    ":1:13: the value must be a function, then slot=number" },
	{ "x\tzork\tDATE\tdate\tblue\t-\t-\n", ":1:18: a guard must be <X, >X, =X or with ! before "
					       "X: a word, a class, #UP and so on" },
	{ "x\tzork\tDATE\tdate\t<#MOON\t-\t-\n", ":1:18: a guard must be <X, >X, =X or with ! "
						 "before X: a word, a class, #UP and so on" },
	/* Columns count characters. */
	{ "x\t\xC3\xA9t\xC3\xA9 MOON\tDATE\tdate\t-\t-\t-\n",
	    ":1:7: there is no class of this name; words are in small letters" },
	{ "x\tzork NUM:moon\tDATE\tdate\t-\t-\t-\n", ":1:12: there is no slot of this name" },
	{ "x\tzork NUM:holiday\tDATE\tdate\t-\t-\t-\n",
	    ":1:12: only words of its class fill this slot" },
	{ "x\tzork:rel=a\tDATE\tdate\t-\t-\t-\n", ":1:8: a whole number must follow =" },
	{ "x\tzork ( a / b\tDATE\tdate\t-\t-\t-\n", ":1:8: a bracket is not closed" },
	{ "x\tzork ( a / )\tDATE\tdate\t-\t-\t-\n",
	    ":1:14: a pattern, or one of its alternatives, is empty" },
	{ "x\t-\tDATE\tdate\t-\t-\t-\n", ":1:3: a pattern, or one of its alternatives, is empty" },
	{ "-\tzork\tDATE\tdate\t-\t-\t-\n", ":1:1: a pattern must have an id" },
	{ "x\tzork $MOON\tDATE\tdate\t-\t-\t-\n", ":1:8: there is no pattern of this name above" },
	{ "$Y\tzork\t-\t-\t-\t-\t-\n", ":1:1: there is a part of this name already" },
	/* In a part that the row uses. */
	{ "$A\tred NUM:moon\t-\t-\t-\t-\t-\nx\tzork $A\tDATE\tdate\t-\t-\t-\n",
	    ":1:12: there is no slot of this name" },
	/* Round and round. */
	{ "$A\tred $B\t-\t-\t-\t-\t-\n$B\tblue $A\t-\t-\t-\t-\t-\nx\t$A\tDATE\tdate\t-\t-\t-\n",
	    ":2:9: patterns are nested too deeply" },
	{ "x\t( ( ( ( ( ( ( ( ( ( ( ( ( a ) ) ) ) ) ) ) ) ) ) ) ) )\tDATE\tdate\t-\t-\t-\n",
	    ":1:28: patterns are nested too deeply" },
	{ "x\ta-b-c-d-e-f-g-h\tDATE\tdate\t-\t-\t-\n",
	    ":1:3: this is no word, or one of too many parts" },
	{ "# ours\nx\tzork \xFF\tDATE\tdate\t-\t-\t-\n", ":2:8: not UTF-8" },
};

static void
refused(const char *name, const char *message)
{
	struct opts o = { .table = filter_date.option };
	struct diag d = { .prog = "ntag-date" };
	struct buf want = { 0 };
	char what[256];

	buf_fmt(&want, "ntag-date: %s%s\n", name, message);
	ck_assert(opts_set(&o, opt_find(filter_date.option, "rules"), name, what));
	ck_assert_msg(filter_date.open(&o, &d) == NULL, "not refused: %s", message);
	ck_assert_msg(span_eq(buf_span(&d.err), buf_span(&want)), "%.*s instead of %.*s",
	    (int)d.err.n, d.err.p, (int)want.n, want.p);
	buf_free(&d.err);
	buf_free(&want);
}

START_TEST(test_slip)
{
	struct file f = file_of(span_c(slips[_i].rules));

	refused(f.name, slips[_i].message);
	unlink(f.name);
}
END_TEST

/* All slips of a file are said, each with its place, and examples that do not hold. %s: the file. */
static const struct {
	const char *rules, *messages;
} many[] = {
	{ "a\tzork NUMBER\tDATE\tdate\t-\t-\t-\nb\tzork\tDAY\tdate\t-\t-\t-\n# x\nc\tzork\n",
	    "%s:4:7: 2 cells, expected 7\n"
	    "%s:1:8: there is no class of this name; words are in small letters\n"
	    "%s:2:8: the type must be DATE, TIME, DURATION, SET or -\n" },
	{ "a\tzork\tDATE\tref ref=1\t-\tthe zork\tPAST_REF\nb\tMonday\tDATE\tref "
	  "ref=1\t-\ton Monday week\t2021-12-13\n",
	    "%s:1:25: the example gives \"PRESENT_REF\", not \"PAST_REF\"\n"
	    "%s:2:27: the example is found by another row (weekday-week: date)\n" },
	{ "a\tzork\t-\tno\t-\ton Monday, zork\t-\n",
	    "%s:1:15: the example gives \"2021-11-29\", not \"\"\n" },
	/* A slip in a part would make more of it in the rows that use it: it is the last one said. */
	{ "$A\tMOON\t-\t-\t-\t-\t-\na\t$A\tDATE\tdate\t-\t-\t-\nb\tzork $A\tDATE\tdate\t-\t-\t-\n",
	    "%s:1:4: there is no class of this name; words are in small letters\n" },
};

/* Messages with the name of the file put in, as they are printed. */
static void
put_messages(struct buf *out, const char *messages, const char *name)
{
	while (*messages != '\0') {
		const char *end = strchr(messages, '\n') + 1;

		buf_fmt(out, "ntag-date: %s%.*s", name, (int)(end - messages - 2), messages + 2);
		messages = end;
	}
}

START_TEST(test_many)
{
	struct file f = file_of(span_c(many[_i].rules));
	struct opts o = { .table = filter_date.option };
	struct diag d = { .prog = "ntag-date" };
	struct buf want = { 0 };
	char what[256];

	put_messages(&want, many[_i].messages, f.name);
	ck_assert(opts_set(&o, opt_find(filter_date.option, "rules"), f.name, what));
	ck_assert_ptr_null(filter_date.open(&o, &d));
	ck_assert_msg(span_eq(buf_span(&d.err), buf_span(&want)), "%.*s instead of %.*s",
	    (int)d.err.n, d.err.p, (int)want.n, want.p);
	buf_free(&d.err);
	buf_free(&want);
	unlink(f.name);
}
END_TEST

/* Why a date has its value: row, value cell, the word or date that decided. */
static const struct {
	const char *text, *why;
} reasons[] = {
	{ "She will meet them on Tuesday.", "weekday: date, future by \"meet\"" },
	{ "She said it on Friday.", "weekday: date, past by \"said\"" },
	{ "Until Friday nothing moves.", "weekday: date, future by \"Until\"" },
	{ "On Sunday, the ministers met.", "weekday: date, past by \"met\"" },
	{ "Since June it is closed.", "month-prep: date, past by \"Since\"" },
	{ "Friday", "weekday: date, future as it stands alone" },
	{ "On 3 May 2020 he left; two days later he was back.", "later: shift, after 2020-05-03" },
};

START_TEST(test_reason)
{
	struct tagger t;
	struct span why;

	tagger_open(&t, NULL, NULL);
	tagger_run(&t, span_c(reasons[_i].text), "2021-12-04");
	ck_assert_uint_gt(t.record.dates.n, 0);
	why = t.record.dates.at[t.record.dates.n - 1].why;
	ck_assert_msg(
	    span_is(why, reasons[_i].why), "%s: %.*s", reasons[_i].text, (int)why.n, why.p);
	tagger_close(&t);
}
END_TEST

START_TEST(test_unreadable)
{
	refused("/nowhere/rules.tsv", ": No such file or directory");
	refused("/", ": Is a directory");
}
END_TEST

/* Rows that would be too much: many words, many parts in parts, a long file. */
START_TEST(test_too_much)
{
	struct buf b = { 0 };
	struct file f;

	for (int i = 0; i < 600; i++)
		buf_fmt(&b, "x\tzork%d\tDATE\tdate\t-\t-\t-\n", i);
	f = file_of(buf_span(&b));
	{
		struct opts o = { .table = filter_date.option };
		struct diag d = { .prog = "ntag-date" };
		char what[256];

		ck_assert(opts_set(&o, opt_find(filter_date.option, "rules"), f.name, what));
		ck_assert_ptr_null(filter_date.open(&o, &d));
		ck_assert_ptr_nonnull(memmem(d.err.p, d.err.n, "name too many different words",
		    strlen("name too many different words")));
		buf_free(&d.err);
	}
	unlink(f.name);
	buf_clear(&b);
	buf_str(&b, "$P0\t( a / b / c / d / e / f / g / h )\t-\t-\t-\t-\t-\n");
	for (int i = 1; i < 11; i++)
		buf_fmt(&b, "$P%d\t$P%d $P%d $P%d $P%d $P%d $P%d\t-\t-\t-\t-\t-\n", i, i - 1, i - 1,
		    i - 1, i - 1, i - 1, i - 1);
	buf_str(&b, "x\t$P9\tDATE\tdate\t-\t-\t-\n");
	f = file_of(buf_span(&b));
	refused(f.name, ":12:3: the patterns are too many");
	unlink(f.name);
	buf_clear(&b);
	for (int i = 0; i < 70000; i++)
		buf_str(&b, "# nothing more\n");
	f = file_of(buf_span(&b));
	refused(f.name, ": longer than 1 MiB");
	unlink(f.name);
	buf_free(&b);
}
END_TEST

static const char *const functions[] = { "date", "shift", "nth", "within", "weekend", "period",
	"latest", "dur", "set", "century", "ref" };
static const char *const slot[] = { "era", "century", "decade", "year", "yy", "half", "quarter",
	"season", "month", "week", "wend", "wday", "day", "part", "hour", "min", "sec", "ampm",
	"offset", "rel", "unit", "n", "frac", "unit2", "n2", "unit3", "n3", "ord", "mod", "dir",
	"anchor", "ref", "fiscal", "freq", "quant", "vague", "kind", "order", "plural", "one" };
static const char *const number[] = { "0", "1", "2", "7", "13", "31", "99", "366", "9999", "99999",
	"9999999", "99999999", "999999999" };

enum {
	N_FUNCTION = sizeof(functions) / sizeof(functions[0]),
	N_NAMED = sizeof(slot) / sizeof(slot[0]),
	N_NUMBER = sizeof(number) / sizeof(number[0]),
};

/* Any function with any number in any slot, alone and beside others: tagger_run() looks at each value. */
START_TEST(test_any_slot)
{
	static const char *const beside[] = { "", " month=2", " unit=8 rel=1", " year=9999",
		" hour=12", " unit=3 n=5 dir=-1", " ord=-1 unit=5", " wday=3" };
	struct buf b = { 0 };
	struct tagger t;
	struct file f;
	size_t found = 0;

	for (size_t k = 0; k < N_NAMED; k++)
		buf_fmt(&b, "x\tword%zu NUM:%s\t-\t%s%s\t-\t-\t-\n", k, slot[k],
		    functions[_i % N_FUNCTION], beside[_i / N_FUNCTION]);
	f = file_of(buf_span(&b));
	tagger_open(&t, "rules", f.name);
	buf_clear(&b);
	for (size_t k = 0; k < N_NAMED; k++)
		for (size_t n = 0; n < N_NUMBER; n++)
			buf_fmt(&b, "He said word%zu %s. ", k, number[n]);
	tagger_run(&t, buf_span(&b), "2021-12-04");
	found += t.record.dates.n;
	tagger_run(&t, buf_span(&b), NULL);
	found += t.record.dates.n;
	if (_i % N_FUNCTION == 0)
		ck_assert_uint_gt(found, 0);
	tagger_close(&t);
	unlink(f.name);
	buf_free(&b);
}
END_TEST

int
main(void)
{
	TCase *t = tcase_create("rules");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, test_works, 0, (int)(sizeof(works) / sizeof(works[0])));
	tcase_add_loop_test(t, test_slip, 0, (int)(sizeof(slips) / sizeof(slips[0])));
	tcase_add_loop_test(t, test_many, 0, (int)(sizeof(many) / sizeof(many[0])));
	tcase_add_loop_test(t, test_reason, 0, (int)(sizeof(reasons) / sizeof(reasons[0])));
	tcase_add_test(t, test_unreadable);
	tcase_add_test(t, test_too_much);
	tcase_add_loop_test(t, test_any_slot, 0, N_FUNCTION * 8);
	return run_suite("rules", t);
}
