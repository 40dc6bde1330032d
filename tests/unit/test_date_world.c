/* test_date_world.c - forms of time that newsrooms of the whole world write: order, ranges, direction, what is no date. */
#include "test_date.h"

/* The document's day is Saturday, 4 December 2021. */
static const struct {
	const char *text, *texts, *values;
} forms[] = {
	/* Day first and every mixed order; a weekday and its date are one mark. */
	{ "The port of Lamu reopened on the 25th of May 2021.", "the 25th of May 2021",
	    "2021-05-25" },
	{ "The pier was closed on Friday, 21 May 2021.", "Friday, 21 May 2021", "2021-05-21" },
	{ "Voting began on Tuesday 18th May.", "Tuesday 18th May", "2021-05-18" },
	{ "It fell on Sunday the 23 May, 2021.", "Sunday the 23 May, 2021", "2021-05-23" },
	{ "The order was issued on 21May 2021.", "21May 2021", "2021-05-21" },
	{ "The rule took effect on 12 November this year.", "12 November this year", "2021-11-12" },
	{ "She was born on the 1st of January, 1988.", "the 1st of January, 1988", "1988-01-01" },
	{ "The minister said on Tuesday (May 25) that rice was short.", "Tuesday|May 25",
	    "2021-05-25 2021-05-25" },
	/* Days and months in figures: by the other dates of the text, else by their form. */
	{ "The law of 05-08-2021 was printed.", "05-08-2021", "2021-08-05" },
	{ "The law of 05-08-2021 replaced that of May 21, 2020.", "05-08-2021|May 21, 2020",
	    "2021-05-08 2020-05-21" },
	{ "The law of 05/08/2021 was printed.", "05/08/2021", "2021-05-08" },
	{ "The law of 05/08/2021 replaced that of Friday, 21 May 2020.",
	    "05/08/2021|Friday, 21 May 2020", "2021-08-05 2020-05-21" },
	{ "The law of 05/08/2021 was read on 28/08/2021.", "05/08/2021|28/08/2021",
	    "2021-08-05 2021-08-28" },
	{ "The law of 05/08/2021 was read on 08/28/2021.", "05/08/2021|08/28/2021",
	    "2021-05-08 2021-08-28" },
	{ "The law of 05/08/2021 was read on 2021-08-28.", "05/08/2021|2021-08-28",
	    "2021-05-08 2021-08-28" },
	{ "The law of 05.08.2021 was printed.", "05.08.2021", "2021-08-05" },
	/* Bare weekdays. */
	{ "The museum will open on Sunday.", "Sunday", "2021-12-05" },
	{ "She is to lead talks from Monday to Thursday.", "Monday|Thursday",
	    "2021-12-06 2021-12-09" },
	{ "The firm announced on Thursday it would cease work on 14 April.", "Thursday|14 April",
	    "2021-12-02 2022-04-14" },
	{ "The envoy arrived this Monday, the ministry informed.", "this Monday", "2021-11-29" },
	{ "The plan was approved last February.", "last February", "2021-02" },
	{ "Ministers of five states were to gather on Tuesday in Praia.", "Tuesday", "2021-12-07" },
	{ "The hearing was moved to Tuesday owing to fog.", "Tuesday", "2021-12-07" },
	{ "The vote was put off until Tuesday.", "Tuesday", "2021-12-07" },
	{ "The judge told police to hand the violin over by Tuesday.", "Tuesday", "2021-12-07" },
	{ "The truck has a dent, and on Tuesday it carried a senator.", "Tuesday", "2021-11-30" },
	{ "She received 31 votes to 24 on Tuesday.", "Tuesday", "2021-11-30" },
	{ "Fixtures:\n\nTuesday: Nkana v Buildcon.", "Tuesday", "2021-12-07" },
	{ "It will rain between Tuesday and Thursday.", "Tuesday|Thursday",
	    "2021-12-07 2021-12-09" },
	/* Months without a year: a few months ahead, else behind; a year later in the range decides. */
	{ "The fair is held in February.", "February", "2022-02" },
	{ "The fair was held in August.", "August", "2021-08" },
	{ "from September 23 to October 8 2023", "September 23|October 8 2023",
	    "2023-09-23 2023-10-08" },
	{ "between November 15 and February 15, 1989", "November 15|February 15, 1989",
	    "1988-11-15 1989-02-15" },
	/* Ranges and lists. */
	{ "(1990-1997)", "1990|1997", "1990 1997" },
	{ "the plan for 2015-2019", "2015|2019", "2015 2019" },
	{ "the 2021/22 season", "2021/22", "2021" },
	{ "between 4 and 11 December", "4|11 December", "2021-12-04 2021-12-11" },
	{ "from the 3rd to the 5th of May 2020", "the 3rd|the 5th of May 2020",
	    "2020-05-03 2020-05-05" },
	{ "3rd-5th December", "3rd|5th December", "2021-12-03 2021-12-05" },
	{ "the weekend of October 16-17", "the weekend of October 16-17", "2021-W41-WE" },
	{ "the weekend of 16 and 17 October 2021", "the weekend of 16 and 17 October 2021",
	    "2021-W41-WE" },
	{ "for 30-40 minutes", "30-40 minutes", "PT30M" },
	/* Business and other periods. */
	{ "sales in 3Q2021", "3Q2021", "2021-Q3" },
	{ "a sale by year-end", "year-end", "2021" },
	{ "for the financial year ended June 30", "the financial year|June 30", "P1Y 2021-06-30" },
	{ "profit in the second quarter of FY22", "the second quarter of FY22", "2022-Q2" },
	{ "profit in H1 FY22", "H1 FY22", "2022-H1" },
	{ "profit in FY2020/21", "FY2020/21", "2020" },
	{ "the 2019-2020 school year", "2019-2020 school year", "2019" },
	{ "for the rest of 2021", "the rest of 2021", "2021" },
	{ "It was signed on the 21st.", "the 21st", "2021-11-21" },
	{ "a months-long siege", "months-long", "PXM" },
	{ "The ship came in in the forenoon.", "the forenoon", "2021-12-04TMO" },
	{ "It had rained the previous night.", "the previous night", "2021-12-03TNI" },
	{ "Saturday’s vote", "Saturday", "2021-12-04" },
	/* What somebody took, in figures. */
	{ "1. Ana Pires (Portugal) 4:01.36 2. Jo Ek (Sweden) 4:02.5", "4:01.36|4:02.5",
	    "PT4M1.36S PT4M2.5S" },
	{ "1. Ana Pires (Portugal) one minute 40.117 seconds", "one minute 40.117 seconds",
	    "PT1M40.117S" },
	{ "1. Ana Pires (Portugal) 2:27:09", "2:27:09", "PT2H27M9S" },
	{ "The alarm rang at 10:30:15 on Friday.", "10:30:15 on Friday", "2021-12-03T10:30:15" },
	/* A time of day that comes again and again has no day. */
	{ "Lines are open every day from 9 a.m. to 6 p.m.", "every day|9 a.m.|6 p.m.",
	    "P1D T09:00 T18:00" },
	{ "Gate 9 is open from 8am to 10pm, daily.", "8am|10pm|daily", "T08:00 T22:00 P1D" },
	{ "It is closed on Mondays. The talks began at 9 a.m. on Friday.",
	    "Mondays|9 a.m. on Friday", "XXXX-WXX-1 2021-12-03T09:00" },
	{ "They earn $5 a day; the talks began at 9 a.m.", "a day|9 a.m.", "P1D 2021-12-04T09:00" },
	/* A holiday that many countries have. */
	{ "The round moves to 6 March 2021, Independence Day.", "6 March 2021|Independence Day",
	    "2021-03-06 2021-03-06" },
	{ "They met on Independence Day.", "Independence Day", "2021" },
	/* No dates. */
	{ "under the Public Order Act, 1960", "", "" },
	{ "Statutory Instrument No. 45 of 2019", "", "" },
	{ "He scored 45 not out and made an unbeaten century.", "", "" },
	{ "in the summer capital of the state", "", "" },
	{ "Noel Baptiste and Kim Sang-min won for a second time.", "", "" },
	{ "Once upon a time there was a king.", "", "" },
	{ "The Daily Lantern said nothing.", "", "" },
};

START_TEST(test_form)
{
	struct tagger t;
	struct span got;

	tagger_open(&t, NULL, NULL);
	tagger_run(&t, span_c(forms[_i].text), "2021-12-04");
	got = tagger_texts(&t);
	ck_assert_msg(span_is(got, forms[_i].texts), "\"%s\" marks \"%.*s\", not \"%s\"",
	    forms[_i].text, (int)got.n, got.p, forms[_i].texts);
	got = tagger_values(&t);
	ck_assert_msg(span_is(got, forms[_i].values), "\"%s\" gives \"%.*s\", not \"%s\"",
	    forms[_i].text, (int)got.n, got.p, forms[_i].values);
	tagger_close(&t);
}
END_TEST

int
main(void)
{
	TCase *t = tcase_create("world");

	tcase_add_loop_test(t, test_form, 0, (int)(sizeof(forms) / sizeof(forms[0])));
	return run_suite("date_world", t);
}
