/* test_date.c - ntag-date as a whole: every row of its tables by its example, and cases of each rule. */
#include "test_date.h"

/* "date/de/words.tsv": "de" to lang. */
static const char *
language_of(const struct blob *b, char lang[16])
{
	const char *slash = strchr(b->name, '/') + 1;
	size_t n = strcspn(slash, "/");

	ck_assert_uint_lt(n, 16);
	memcpy(lang, slash, n);
	lang[n] = '\0';
	return slash + n + 1;
}

/* A pattern's example must be found by that pattern. */
static bool
used(const struct tagger *t, struct span id)
{
	for (size_t i = 0; i < t->record.dates.n; i++) {
		struct span why = t->record.dates.at[i].why;

		if (span_starts(why, id) && why.n > id.n && why.p[id.n] == ':')
			return true;
	}
	return false;
}

/* Row r of a table by its example; false if it has none. */
static bool
example_holds(struct tagger *t, const struct blob *b, const struct table *rows, size_t r)
{
	size_t column = table_column(rows, "example");
	struct span id = table_cell(rows, r, 0), example = table_cell(rows, r, column);
	struct span want = table_cell(rows, r, column + 1), got;
	bool patterns = strstr(b->name, "patterns") != NULL;

	if (example.n == 0)
		return false;
	tagger_run(t, example, "2021-12-04");
	got = tagger_values(t);
	ck_assert_msg(span_eq(got, want), "%s:%u: %.*s: \"%.*s\" gives \"%.*s\", not \"%.*s\"",
	    b->name, rows->line[r], (int)id.n, id.p, (int)example.n, example.p, (int)got.n, got.p,
	    (int)want.n, want.p);
	if (patterns && want.n > 0)
		ck_assert_msg(used(t, id), "%s:%u: %.*s is not the row that found \"%.*s\"",
		    b->name, rows->line[r], (int)id.n, id.p, (int)example.n, example.p);
	return true;
}

/* Every table of every language. */
START_TEST(test_examples)
{
	const struct blob *b = language_blobs[_i];
	struct tagger t;
	struct arena a = { 0 };
	struct table rows;
	char lang[16];
	const char *table = language_of(b, lang);
	size_t run = 0;

	tagger_open(&t, "lang", lang);
	table_load(&rows, b, &a);
	ck_assert_uint_ne(table_column(&rows, "example"), SIZE_MAX);
	for (size_t r = 0; r < rows.n_row; r++)
		run += example_holds(&t, b, &rows, r);
	if (strcmp(table, "words.tsv") == 0 || strcmp(table, "patterns.tsv") == 0)
		ck_assert_uint_gt(run, 80);
	arena_free(&a);
	tagger_close(&t);
}
END_TEST

struct sample {
	const char *date, *text, *texts, *values;
};

static const struct sample samples[] = {
	/* Direction by the verb of the clause; the document's day is a Saturday. */
	{ "2021-12-04", "The ministers will meet on Tuesday.", "Tuesday", "2021-12-07" },
	{ "2021-12-04", "The ministers met on Tuesday.", "Tuesday", "2021-11-30" },
	{ "2021-12-04", "The team flies home on Thursday.", "Thursday", "2021-12-09" },
	{ "2021-12-04", "She said on Friday she would leave.", "Friday", "2021-12-03" },
	{ "2021-12-04", "It has been closed since Friday.", "Friday", "2021-12-03" },
	{ "2021-12-04", "The port stays closed until Friday.", "Friday", "2021-12-10" },
	{ "2021-12-04", "They planned to leave on Monday.", "Monday", "2021-12-06" },
	{ "2021-12-04", "He said on Saturday that it was over.", "Saturday", "2021-12-04" },
	{ "2021-12-04", "They told reporters on Thursday they would play on Monday.",
	    "Thursday|Monday", "2021-12-02 2021-12-06" },
	{ "2021-12-04", "He said talks to be held on Monday were off.", "Monday", "2021-12-06" },
	{ "2021-12-04", "He said the match on Monday will decide the title.", "Monday",
	    "2021-12-06" },
	{ "2021-12-04", "The firm, launched in January, has grown.", "January", "2021-01" },
	{ "2021-12-04", "He told them the road would be shut from Monday to Thursday.",
	    "Monday|Thursday", "2021-12-06 2021-12-09" },
	{ "2021-12-04", "Minus 20 by Monday.", "Monday", "2021-12-06" },
	{ "2021-12-04", "Game 6 is Tuesday in Harborough.", "Tuesday", "2021-12-07" },
	{ "2021-12-04", "Sale No. 11 opens Tuesday.", "Tuesday", "2021-12-07" },
	{ "2021-12-04", "with deliveries to begin in the first quarter", "the first quarter",
	    "2022-Q1" },
	{ "2021-12-04", "It is to be finished before the second quarter.", "the second quarter",
	    "2022-Q2" },
	{ "2021-12-04", "He had to leave in the third quarter.", "the third quarter", "2021-Q3" },
	{ "2021-12-04", "Prices have come down since the middle of October.",
	    "the middle of October", "2021-10" },
	{ "2021-12-04", "Ahead of the trip, the ministry on Sunday issued a warning.", "Sunday",
	    "2021-11-28" },
	{ "2021-12-04", "It will open in two weeks.", "two weeks", "2021-12-18" },
	{ "2021-12-04", "It opened in two weeks.", "two weeks", "P2W" },
	/* Nothing but a date: the coming one, of a day of a month the nearest. */
	{ "2021-12-04", "Thursday", "Thursday", "2021-12-09" },
	{ "2021-12-04", "thanksgiving", "thanksgiving", "2022-11-24" },
	{ "2021-12-04", "10 October", "10 October", "2021-10-10" },
	/* The time of day of the document. */
	{ "2021-12-04T18:30", "It fell 20 minutes ago.", "20 minutes ago", "2021-12-04T18:10" },
	{ "2021-12-04T00:10:00Z", "It fell half an hour ago.", "half an hour ago",
	    "2021-12-03T23:40" },
	{ "2021-12-04", "It fell 20 minutes ago.", "20 minutes ago", "PAST_REF" },
	{ "2021-12-04T25:99", "It fell 20 minutes ago.", "20 minutes ago", "PAST_REF" },
	{ "2021-12-04T18:30", "It struck at 9 a.m. An hour later it struck again.",
	    "9 a.m.|An hour later", "2021-12-04T09:00 2021-12-04T10:00" },
	/* Months without a year. */
	{ "2021-12-04", "since their first meeting in June", "June", "2021-06" },
	{ "2021-12-04", "The vote will be held in March.", "March", "2022-03" },
	{ "2021-12-04", "a dividend payable Jan. 7 to holders", "Jan. 7", "2022-01-07" },
	{ "2021-12-04", "in the year ended March 31", "the year|March 31", "P1Y 2021-03-31" },
	{ "1990-01-03", "It was sold in November.", "November", "1989-11" },
	/* Written dates in many orders. */
	{ "2021-12-04", "the 25th of May 2021", "the 25th of May 2021", "2021-05-25" },
	{ "2021-12-04", "on Friday, 21 May 2021,", "Friday, 21 May 2021", "2021-05-21" },
	{ "2021-12-04", "on Sunday the 23 May, 2021", "Sunday the 23 May, 2021", "2021-05-23" },
	{ "2021-12-04", "on 21May 2021", "21May 2021", "2021-05-21" },
	{ "2021-12-04", "on 12 November this year", "12 November this year", "2021-11-12" },
	{ "2021-12-04", "on Sept. 27, 1989, he", "Sept. 27, 1989", "1989-09-27" },
	{ "2021-12-04", "He left in Sept. The firm closed.", "Sept", "2021-09" },
	{ "2021-12-04", "between 4 and 11 May 2020", "4|11 May 2020", "2020-05-04 2020-05-11" },
	{ "2021-12-04", "from September 23 to October 8, 2023", "September 23|October 8, 2023",
	    "2023-09-23 2023-10-08" },
	{ "2021-12-04", "the war of 1914-18", "1914|18", "1914 1918" },
	{ "2021-12-04", "the 2014-15 season", "2014-15", "2014" },
	/* Day first or month first, by the other dates of the text. */
	{ "2021-12-04", "on 13-02-2020 and on 05-08-2021", "13-02-2020|05-08-2021",
	    "2020-02-13 2021-08-05" },
	{ "2021-12-04", "on 02/13/2020 and on 05/08/2021", "02/13/2020|05/08/2021",
	    "2020-02-13 2021-05-08" },
	{ "2021-12-04", "on 3 May 2020 and on 05-08-2021", "3 May 2020|05-08-2021",
	    "2020-05-03 2021-08-05" },
	{ "2021-12-04", "since 2001-02, and in 2014-10", "2001-02|2014-10", "2001 2014-10" },
	{ "2021-12-04", "Bowling: Mullins 19-6-44-1, Younas 14-4-46-0, Silver 15-3-36", "", "" },
	{ "2021-12-04", "last Friday, next Sunday, last Thursday and next Monday",
	    "last Friday|next Sunday|last Thursday|next Monday",
	    "2021-11-26 2021-12-12 2021-12-02 2021-12-06" },
	{ "2021-12-04", "The SEC sued them! It ran for 30 sec.", "30 sec", "PT30S" },
	/* Numbers that are no dates. */
	{ "2021-12-04", "Tel: 2010-2015-86, code 2012/80/10", "", "" },
	/* Impossible dates. */
	{ "2021-12-04", "on 31 April 2021", "", "" },
	{ "2021-12-04", "It opens on Feb. 30, 2021.", "", "" },
	{ "2021-12-04", "on February 29, 2022, and on 29 February 2020", "29 February 2020",
	    "2020-02-29" },
	{ "2021-12-04", "on the night of 20-21 June", "the night of 20-21 June", "2021-06-20TNI" },
	{ "2021-12-04", "on 2021-02-30", "", "" },
	{ "2021-12-04", "Feb. 29, 2015", "", "" },
	{ "2021-12-04", "at 25:61 or 13 p.m.", "", "" },
	/* Clock times, zones, parts of the day. */
	{ "2021-12-07", "It begins at 10:00 a.m. Washington time (1500 GMT).",
	    "10:00 a.m. Washington time|1500 GMT", "2021-12-07T10:00 2021-12-07T15:00Z" },
	{ "2021-12-04", "by Friday afternoon", "Friday afternoon", "2021-12-10TAF" },
	{ "2021-12-04", "It fell last night.", "last night", "2021-12-03TNI" },
	{ "2021-12-04", "doors open tomorrow at 7.30pm", "tomorrow at 7.30pm", "2021-12-05T19:30" },
	{ "2021-12-04", "at half past ten in the evening", "half past ten in the evening",
	    "2021-12-04T22:30" },
	{ "2021-12-04", "at 10:35 a.m. (0735 GMT) on Friday", "10:35 a.m.|0735 GMT|Friday",
	    "2021-12-03T10:35 2021-12-03T07:35Z 2021-12-03" },
	{ "2021-12-04", "was open from 11 to 2 p.m. on Friday", "11|2 p.m. on Friday",
	    "2021-12-03T11:00 2021-12-03T14:00" },
	{ "2021-12-04", "It struck a quarter to one.", "a quarter to one", "2021-12-04T00:45" },
	{ "2021-12-04", "at 14.52 on Friday", "14.52 on Friday", "2021-12-03T14:52" },
	{ "2021-12-04", "an hour and 20 minutes", "an hour and 20 minutes", "PT1H20M" },
	{ "2021-12-04", "on page 1999 and in room 2001", "", "" },
	{ "2021-12-04", "two Tuesdays ago and the Friday before last",
	    "two Tuesdays ago|the Friday before last", "2021-11-23 2021-11-26" },
	{ "2021-12-04", "three weeks after Easter 2021", "three weeks after Easter 2021",
	    "2021-04-25" },
	{ "2021-12-04", "under Bill No. 11 of 1992 and at Expo 2010", "", "" },
	{ "2021-12-04", "during Ramadan and on Independence Day 2020",
	    "Ramadan|Independence Day 2020", "2021-04 2020" },
	/* Counting from the date mentioned last. */
	{ "2021-12-04", "On 3 May 2020 he left. Two days later he was back. The next day he slept.",
	    "3 May 2020|Two days later|The next day", "2020-05-03 2020-05-05 2020-05-06" },
	{ "2021-12-04", "It opened in 1936. That year it burned.", "1936|That year", "1936 1936" },
	/* Business periods. */
	{ "1989-11-02", "Third-quarter profit rose from a year earlier.",
	    "Third-quarter|a year earlier", "1989-Q3 1988-Q3" },
	{ "2021-12-04", "sales in 3Q2021 and in H1 2020", "3Q2021|H1 2020", "2021-Q3 2020-H1" },
	/* Durations and repetitions. */
	{ "2021-12-04", "for 2 1/2 years and for two and a half hours",
	    "2 1/2 years|two and a half hours", "P2Y6M PT2H30M" },
	{ "2021-12-04", "a 30-minute talk every Tuesday", "30-minute|every Tuesday",
	    "PT30M XXXX-WXX-2" },
	{ "2021-12-04", "an 80-year-old man", "", "" },
	/* Names and quantities that are no dates. */
	{ "2021-12-04", "2000 people and 1984 others paid $1999", "", "" },
	{ "2021-12-04", "Three-quarters of them may march for a second time.", "", "" },
	{ "2021-12-04", "Sun Microsystems and Jan Kavan sat down.", "", "" },
	{ "2021-12-04", "under the Trees Act, 1978", "", "" },
	/* Old and far years. */
	{ "2021-12-04", "in 490 BC and in the 4th century BC", "490 BC|the 4th century BC",
	    "BC0490 BC03" },
	{ "9999-12-31", "tomorrow, next week, next year and in ten years", "", NULL },
	{ "0001-01-01", "yesterday, last week, last year and a century ago", "", NULL },
	/* No document date: what depends on it stays open. */
	{ NULL, "on Tuesday, on 4 March, last year, tomorrow, last week and at noon",
	    "Tuesday|4 March|last year|tomorrow|last week|noon",
	    "XXXX-WXX-2 XXXX-03-04 XXXX XXXX-XX-XX XXXX-WXX XXXX-XX-XXT12:00" },
	{ "2021-02-30", "on Tuesday", "Tuesday", "XXXX-WXX-2" },
	{ "soon", "three years ago", "three years ago", "XXXX" },
	/* Curly apostrophes, other scripts, nothing at all. */
	{ "2021-12-04", "Saturday’s game and the ’90s", "Saturday|the ’90s", "2021-12-04 199" },
	{ "2021-12-04", "٢٠٢١ 二〇二一年 \xF0\x9F\x98\x80 on Friday", "Friday", "2021-12-03" },
	{ "2021-12-04", "", "", "" },
	{ "2021-12-04", "the", "", "" },
	{ "2021-12-04", "a", "", "" },
	{ "2021-12-04", "99999999999999999999 years, 4294967296 days and 0 years", "0 years",
	    "P0Y" },
};

START_TEST(test_sample)
{
	const struct sample *s = &samples[_i];
	struct tagger t;
	struct span got;

	tagger_open(&t, NULL, NULL);
	tagger_run(&t, span_c(s->text), s->date);
	if (s->values != NULL) {
		got = tagger_texts(&t);
		ck_assert_msg(span_is(got, s->texts), "\"%s\" marks \"%.*s\", not \"%s\"", s->text,
		    (int)got.n, got.p, s->texts);
		got = tagger_values(&t);
		ck_assert_msg(span_is(got, s->values), "\"%s\" gives \"%.*s\", not \"%s\"", s->text,
		    (int)got.n, got.p, s->values);
	}
	tagger_close(&t);
}
END_TEST

/* German: what its order of words and its forms need. */
static const struct sample german[] = {
	{ "2021-12-04", "Die Frau, die am Donnerstag operiert wurde, ist am Freitag gestorben.",
	    "Donnerstag|Freitag", "2021-12-02 2021-12-03" },
	{ "2021-12-04", "Der Rat hat am Freitag das Gesetz beschlossen.", "Freitag", "2021-12-03" },
	{ "2021-12-04", "Der Rat stimmt am Freitag ab.", "Freitag", "2021-12-10" },
	{ "2021-12-04", "Sie sagte, am Freitag werde getagt.", "Freitag", "2021-12-10" },
	{ "2021-12-04", "Der Gipfel ist für Freitag geplant.", "Freitag", "2021-12-10" },
	{ "2021-12-04", "In der Nacht auf Samstag brannte es.", "der Nacht auf Samstag",
	    "2021-12-03TNI" },
	{ "2021-12-04", "am Sonntag, dem 5. Dezember, und am 24.12. um 18.00 Uhr",
	    "Sonntag, dem 5. Dezember|24.12. um 18.00 Uhr", "2021-12-05 2021-12-24T18:00" },
	{ "2021-12-04", "Ende nächster Woche, vor zweieinhalb Jahren und in den 80er-Jahren",
	    "Ende nächster Woche|vor zweieinhalb Jahren|den 80er-Jahren", "2021-W49 2019-06 198" },
	{ "2021-12-04", "für 2,5 Stunden und 1.500 Jahre", "2,5 Stunden|1.500 Jahre",
	    "PT2H30M P1500Y" },
	{ "2021-12-04", "Morgen früh regnet es, heute Abend nicht.", "Morgen früh|heute Abend",
	    "2021-12-05TMO 2021-12-04TEV" },
	{ "2021-12-04", "Herr August Winter, 34 Jahre alt, zahlte 1999 Euro.", "", "" },
	{ "2021-12-04", "on Friday last week, two years ago", "", "" },
	{ NULL, "am Dienstag, vor drei Jahren und gestern Abend",
	    "Dienstag|vor drei Jahren|gestern Abend", "XXXX-WXX-2 XXXX XXXX-XX-XXTEV" },
};

START_TEST(test_german)
{
	const struct sample *s = &german[_i];
	struct tagger t;
	struct span got;

	tagger_open(&t, "lang", "de");
	tagger_run(&t, span_c(s->text), s->date);
	got = tagger_texts(&t);
	ck_assert_msg(span_is(got, s->texts), "\"%s\" marks \"%.*s\", not \"%s\"", s->text,
	    (int)got.n, got.p, s->texts);
	got = tagger_values(&t);
	ck_assert_msg(span_is(got, s->values), "\"%s\" gives \"%.*s\", not \"%s\"", s->text,
	    (int)got.n, got.p, s->values);
	tagger_close(&t);
}
END_TEST

static const char story[] =
    "In December 1941 the war came to the island. In January the harbour fell. "
    "By 20 February the army had left. The next day the bridge was blown up.";

START_TEST(test_narrative)
{
	struct tagger t;

	tagger_open(&t, "mode", "narrative");
	tagger_run(&t, span_c(story), "2009-12-19");
	ck_assert(span_is(tagger_values(&t), "1941-12 1942-01 1942-02-20 1942-02-21"));
	tagger_close(&t);
	tagger_open(&t, "mode", "news");
	tagger_run(&t, SPAN("In June the harbour fell."), "2009-12-19");
	ck_assert(span_is(tagger_values(&t), "2009-06"));
	tagger_close(&t);
}
END_TEST

static const struct {
	const char *zone, *value; /* NULL: refused */
} zones[] = { { "+05:30", "2021-12-03T15:00+05:30" }, { "-0800", "2021-12-03T15:00-08:00" },
	{ "GMT", "2021-12-03T15:00Z" }, { "text", "2021-12-03T15:00" },
	{ "London time", "2021-12-03T15:00Z" }, { "Europe/Paris", "2021-12-03T15:00+01:00" },
	{ "GMT and so on", NULL }, { "local time", NULL }, { "+2", "2021-12-03T15:00+02:00" },
	{ "moon", NULL }, { "+99", NULL }, { "", NULL } };

START_TEST(test_zone)
{
	struct opts o = { .table = filter_date.option };
	struct diag d = { .prog = "test" };
	struct tagger t;
	char what[256];

	if (zones[_i].value == NULL) {
		ck_assert(opts_set(&o, opt_find(filter_date.option, "zone"), zones[_i].zone, what));
		ck_assert_ptr_null(filter_date.open(&o, &d));
		ck_assert_uint_gt(d.err.n, 0);
		buf_free(&d.err);
		return;
	}
	tagger_open(&t, "zone", zones[_i].zone);
	tagger_run(&t, SPAN("at 3 p.m. on Friday"), "2021-12-04");
	ck_assert_msg(span_is(tagger_values(&t), zones[_i].value), "%s", zones[_i].zone);
	tagger_close(&t);
}
END_TEST

/* The offset of every zone, in the last column of zones.tsv. */
START_TEST(test_zoned)
{
	const struct blob *b = language_blobs[_i];
	struct tagger t;
	struct arena a = { 0 };
	struct table rows;
	char lang[16];
	size_t column;

	if (strcmp(language_of(b, lang), "zones.tsv") != 0)
		return;
	tagger_open2(&t, "lang", lang, "zone", "text");
	table_load(&rows, b, &a);
	column = table_column(&rows, "zoned");
	ck_assert_uint_ne(column, SIZE_MAX);
	for (size_t r = 0; r < rows.n_row; r++) {
		struct span example = table_cell(&rows, r, column - 2), got,
			    want = table_cell(&rows, r, column);

		if (example.n == 0)
			continue;
		tagger_run(&t, example, "2021-12-04");
		got = tagger_values(&t);
		ck_assert_msg(span_eq(got, want), "%s:%u: \"%.*s\" gives %.*s", b->name,
		    rows.line[r], (int)example.n, example.p, (int)got.n, got.p);
	}
	arena_free(&a);
	tagger_close(&t);
}
END_TEST

/* Summer time by the day. */
static const struct {
	const char *text, *value;
} summers[] = {
	{ "at 3 p.m. ET on 4 July 2021", "2021-07-04T15:00-04:00" },
	{ "at 3 p.m. EST on 4 July 2021", "2021-07-04T15:00-05:00" },
	{ "at 1 a.m. Washington time on 14 March 2021", "2021-03-14T01:00-05:00" },
	{ "at 4 a.m. Washington time on 14 March 2021", "2021-03-14T04:00-04:00" },
	{ "at 4 a.m. Washington time on 14 March 2006", "2006-03-14T04:00-05:00" },
	{ "at 4 a.m. London time on 31 October 2021", "2021-10-31T04:00Z" },
	{ "at 9 p.m. London time on 30 October 2021", "2021-10-30T21:00+01:00" },
	{ "at 9 a.m. Sydney time on 2 January 2022", "2022-01-02T09:00+11:00" },
	{ "at 9 a.m. Sydney time on 2 June 2022", "2022-06-02T09:00+10:00" },
	{ "at 8 p.m. Moscow time on 5 January 2012", "2012-01-05T20:00+04:00" },
	{ "at 8 p.m. Moscow time on 5 July 2020", "2020-07-05T20:00+03:00" },
	{ "at 8 p.m. Istanbul time on 5 January 2016", "2016-01-05T20:00+02:00" },
	{ "at 8 p.m. Istanbul time on 5 January 2017", "2017-01-05T20:00+03:00" },
	{ "at 8 p.m. Brasilia time on 5 January 2019", "2019-01-05T20:00-02:00" },
	{ "at 8 p.m. Brasilia time on 5 December 2019", "2019-12-05T20:00-03:00" },
	{ "at 12:00 Europe/Berlin on 1 July 2021", "2021-07-01T12:00+02:00" },
	{ "at 8 p.m. local time on 1 July 2021", "2021-07-01T20:00" },
	{ "every Tuesday at 9 a.m. London time", "XXXX-WXX-2T09:00" },
};

START_TEST(test_summer)
{
	struct tagger t;

	tagger_open(&t, "zone", "text");
	tagger_run(&t, span_c(summers[_i].text), "2021-12-04");
	ck_assert_msg(span_is(tagger_values(&t), summers[_i].value), "\"%s\" gives %.*s",
	    summers[_i].text, (int)t.out.n, t.out.p);
	tagger_close(&t);
}
END_TEST

START_TEST(test_modifiers)
{
	struct tagger t;

	tagger_open(&t, NULL, NULL);
	tagger_run(&t,
	    SPAN("in early 1999, at the end of May 2020, for about two years, twice a week"),
	    "2021-12-04");
	ck_assert_uint_eq(t.record.dates.n, 4);
	ck_assert(span_is(t.record.dates.at[0].mod, "START"));
	ck_assert(span_is(t.record.dates.at[1].mod, "END"));
	ck_assert(span_is(t.record.dates.at[2].mod, "APPROX"));
	ck_assert_int_eq(t.record.dates.at[2].type, TIMEX_DURATION);
	ck_assert(span_is(t.record.dates.at[3].freq, "2X"));
	ck_assert_int_eq(t.record.dates.at[3].type, TIMEX_SET);
	tagger_close(&t);
}
END_TEST

START_TEST(test_range)
{
	struct tagger t;

	tagger_open(&t, NULL, NULL);
	tagger_run(&t, SPAN("from 30 April to 2 May 2020, in 1990 and 1997"), "2021-12-04");
	ck_assert_uint_eq(t.record.dates.n, 4);
	for (int i = 0; i < 2; i++) {
		ck_assert(span_is(t.record.dates.at[i].range_start, "2020-04-30"));
		ck_assert(span_is(t.record.dates.at[i].range_end, "2020-05-02"));
		ck_assert_ptr_null(t.record.dates.at[i + 2].range_start.p);
	}
	tagger_close(&t);
}
END_TEST

/* The first date of each text is the end of a range from start to end; NULL: of none. */
static const struct {
	const char *text, *start, *end;
} ranges[] = {
	{ "between May 4 and June 11, 2020", "2020-05-04", "2020-06-11" },
	{ "from November 15 to February 15, 1989", "1988-11-15", "1989-02-15" },
	{ "from 15 December to 10 January 2021", "2020-12-15", "2021-01-10" },
	{ "in the war of 1914-18", "1914", "1918" },
	{ "(1997-1990)", "1990", "1997" }, /* written from right to left */
	{ "from 1990 to 1997", "1990", "1997" },
	{ "from 4 to 5:30 p.m. on Friday", "2021-12-03T16:00", "2021-12-03T17:30" },
	{ "guard from 19:00 to 03:00 on Friday", NULL, NULL },
	{ "in April and May 2020", NULL, NULL },
	{ "in 2014-12", NULL, NULL },
};

START_TEST(test_range_ends)
{
	struct tagger t;
	const struct date *d;

	tagger_open(&t, NULL, NULL);
	tagger_run(&t, span_c(ranges[_i].text), "2021-12-04");
	ck_assert_uint_gt(t.record.dates.n, 0);
	d = &t.record.dates.at[0];
	if (ranges[_i].start == NULL) {
		ck_assert_msg(d->range_start.p == NULL, "\"%s\"", ranges[_i].text);
	} else {
		ck_assert_msg(span_is(d->range_start, ranges[_i].start), "\"%s\": from %.*s",
		    ranges[_i].text, (int)d->range_start.n, d->range_start.p);
		ck_assert_msg(span_is(d->range_end, ranges[_i].end), "\"%s\": to %.*s",
		    ranges[_i].text, (int)d->range_end.n, d->range_end.p);
	}
	tagger_close(&t);
}
END_TEST

int
main(void)
{
	TCase *t = tcase_create("date");
	int n_table = 0;

	tcase_set_timeout(t, 120);
	while (language_blobs[n_table] != NULL)
		n_table++;
	tcase_add_loop_test(t, test_examples, 0, n_table);
	tcase_add_loop_test(t, test_sample, 0, (int)(sizeof(samples) / sizeof(samples[0])));
	tcase_add_loop_test(t, test_german, 0, (int)(sizeof(german) / sizeof(german[0])));
	tcase_add_test(t, test_narrative);
	tcase_add_loop_test(t, test_zone, 0, (int)(sizeof(zones) / sizeof(zones[0])));
	tcase_add_loop_test(t, test_zoned, 0, n_table);
	tcase_add_loop_test(t, test_summer, 0, (int)(sizeof(summers) / sizeof(summers[0])));
	tcase_add_test(t, test_modifiers);
	tcase_add_test(t, test_range);
	tcase_add_loop_test(t, test_range_ends, 0, (int)(sizeof(ranges) / sizeof(ranges[0])));
	return run_suite("date", t);
}
