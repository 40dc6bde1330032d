/* test_output.c - the forms: tables and their escapes, text for people with and without colour, wrapping,
 * summaries, sentences, and that nothing in a text can command the terminal. */
#include <check.h>
#include <stdlib.h>

#include "output.h"
#include "page.h"
#include "visible.h"

enum { ALL = (1 << N_LAYER) - 1, NO_SENTS = ALL & ~(1 << LAYER_SENTS) };

static void
same(struct buf *b, const char *want)
{
	buf_char(b, '\0');
	ck_assert_str_eq(b->p, want);
	buf_free(b);
}

/* line in the form of that name, as l wants it. */
static void
form_is(const char *form, struct look l, const char *line, const char *want)
{
	const struct form *f = form_find(form);
	struct arena a = { 0 };
	struct diag d = { .prog = "p" };
	struct buf out = { 0 };
	struct record r;

	ck_assert(record_parse(&r, span_c(line), NULL, (struct where){ .file = "f" }, &a, &d));
	if (f->begin != NULL)
		f->begin(&l, &out);
	f->record(&r, &l, &out);
	same(&out, want);
	buf_free(&d.err);
	arena_free(&a);
}

START_TEST(names)
{
	static const char *const want[] = { "json", "text", "article", "tsv", "csv", "quotes",
		"html", "inline", "timeml", "conll", "brat", "displacy", "spacy", "top", "spark",
		"timeline", "dot" };

	for (size_t i = 0; i < 17; i++) {
		ck_assert_str_eq(forms[i]->name, want[i]);
		ck_assert_ptr_eq(form_find(want[i]), forms[i]);
		ck_assert_uint_gt(strlen(forms[i]->help), 10);
	}
	ck_assert_ptr_null(forms[17]);
	ck_assert_ptr_null(form_find("xml"));
}
END_TEST

/* --- tables --- */

#define TEXT "\"text\":\"\xC3\xA9, Al\\tsaid:\\n\\\"go\\\\\\\" on Monday.\""

static const char all_layers[] =
    "{\"id\":\"a\",\"source\":\"s f\",\"line\":4,\"date\":\"2021-12-04\"," TEXT ","
    "\"sents\":[{\"start\":0,\"end\":28}],"
    "\"dates\":[{\"start\":21,\"end\":27,\"type\":\"DATE\",\"value\":\"2021-12-06\"},"
    "{\"start\":21,\"end\":27,\"type\":\"DATE\",\"range\":{\"start\":\"A\",\"end\":\"B\"}}],"
    "\"ents\":[{\"start\":3,\"end\":5,\"label\":\"PERSON\",\"name\":\"Al Ott, jr\"},"
    "{\"start\":0,\"end\":1,\"label\":\"GPE\"}],"
    "\"quotes\":[{\"start\":12,\"end\":17,\"kind\":\"direct\",\"speaker\":{\"start\":3,\"end\":5},"
    "\"cue\":{\"start\":6,\"end\":10}}],\"summary\":[0],\"scores\":[0.5]}";

START_TEST(tsv_rows)
{
	form_is("tsv", (struct look){ .layers = ALL }, all_layers,
	    "s f\t4\ta\t2021-12-04\t0\t28\tsents\t\t\xC3\xA9, Al\\tsaid:\\n\"go\\\\\" on "
	    "Monday.\t\t\n"
	    "s f\t4\ta\t2021-12-04\t21\t27\tdates\tDATE\tMonday\t2021-12-06\t\n"
	    "s f\t4\ta\t2021-12-04\t21\t27\tdates\tDATE\tMonday\tA/B\t\n"
	    "s f\t4\ta\t2021-12-04\t3\t5\tents\tPERSON\tAl\t\tAl Ott, jr\n"
	    "s f\t4\ta\t2021-12-04\t0\t1\tents\tGPE\t\xC3\xA9\t\t\xC3\xA9\n"
	    "s f\t4\ta\t2021-12-04\t12\t17\tquotes\tdirect\t\"go\\\\\"\tsaid\tAl\n"
	    "s f\t4\ta\t2021-12-04\t0\t28\tsummary\t\t\xC3\xA9, Al\\tsaid:\\n\"go\\\\\" on "
	    "Monday.\t0.5000\t\n");
}
END_TEST

START_TEST(csv_rows)
{
	form_is("csv",
	    (struct look){ .layers = 1 << LAYER_ENTS | 1 << LAYER_QUOTES, .header = true },
	    all_layers,
	    "source,line,id,date,start,end,layer,label,text,value,name\n"
	    "s f,4,a,2021-12-04,3,5,ents,PERSON,Al,,\"Al Ott, jr\"\n"
	    "s f,4,a,2021-12-04,0,1,ents,GPE,\xC3\xA9,,\xC3\xA9\n"
	    "s f,4,a,2021-12-04,12,17,quotes,direct,\"\"\"go\\\"\"\",said,Al\n");
	form_is("csv", (struct look){ .layers = ALL },
	    "{\"text\":\" "
	    "a\\nb\",\"id\":\"\",\"ents\":[{\"start\":0,\"end\":4,\"label\":\"LAW\"}]}",
	    ",,,,0,4,ents,LAW,\" a\nb\",,\" a\nb\"\n");
}
END_TEST

START_TEST(nothing_found_no_rows)
{
	form_is("tsv", (struct look){ .layers = ALL, .header = true }, "{\"text\":\"a\"}",
	    "source\tline\tid\tdate\tstart\tend\tlayer\tlabel\ttext\tvalue\tname\n");
	form_is("tsv", (struct look){ .layers = ALL }, "{\"a\":1}", "");
}
END_TEST

/* FAULTS B20: into a pipe untouched, on a terminal visible. */
START_TEST(tables_on_a_terminal)
{
	static const char line[] = "{\"id\":1,\"text\":\"\\u001b[m\xC2\x9B\xE2\x80\xAE\\u007f\","
				   "\"ents\":[{\"start\":0,\"end\":6,"
				   "\"label\":\"LAW\",\"name\":\"n\"}]}";

	form_is("tsv", (struct look){ .layers = ALL }, line,
	    "\t\t1\t\t0\t6\tents\tLAW\t\033[m\xC2\x9B\xE2\x80\xAE\x7F\t\tn\n");
	form_is("tsv", (struct look){ .layers = ALL, .terminal = true }, line,
	    "\t\t1\t\t0\t6\tents\tLAW\t\\x1b[m\\u009b\\u202e\\x7f\t\tn\n");
	form_is("json", (struct look){ .terminal = true },
	    "{\"id\":1,\t\"text\":\"\xC2\x9B\xE2\x80\xAE\x7F\"}",
	    "{\"id\":1,\t\"text\":\"\\u009b\\u202e\\u007f\"}\n");
	form_is("json", (struct look){ 0 }, "{\"id\":1,\"text\":\"\xC2\x9B\"}",
	    "{\"id\":1,\"text\":\"\xC2\x9B\"}\n");
}
END_TEST

/* --- text --- */

static const struct {
	const char *line;
	struct look look;
	const char *want;
} pictures[] = {
	/* the heading: place, or id; the title only where the text does not begin with it */
	{ "{\"id\":\"i\",\"source\":\"s\",\"line\":3,\"date\":\"2021\",\"title\":\"T "
	  "u\",\"text\":\"T u\\n\\nBody\"}",
	    { .layers = ALL }, "2021 s:3\nT u\n\nBody\n\n" },
	{ "{\"id\":\"i\",\"title\":\"T\",\"text\":\"Tu.\"}", { .layers = ALL }, "i\nT\n\nTu.\n\n" },
	{ "{\"id\":\"i\",\"title\":\"T\",\"text\":\"\"}", { .layers = ALL }, "i\nT\n\n" },
	{ "{\"id\":\"i\"}", { .layers = ALL }, "i\n(no text)\n\n" },
	/* marks without colour */
	{ all_layers, { .layers = NO_SENTS, .width = 60 },
	    "2021-12-04 s f:4\n\xE2\x96\x8C [\xC3\xA9 GPE], [Al PERSON] said:\n"
	    "\xE2\x96\x8C <\"go\\\"> on {{Monday=A/B}=2021-12-06}.\n\n" },
	/* a layer that is not to be shown, or not there */
	{ all_layers, { .layers = 1 << LAYER_QUOTES },
	    "2021-12-04 s f:4\n\xC3\xA9, Al said:\n<\"go\\\"> on Monday.\n\n" },
	/* with colour */
	{ all_layers, { .layers = 1 << LAYER_ENTS | 1 << LAYER_DATES, .color = true },
	    "\033[0;2m2021-12-04\033[0m \033[0;2ms f:4\033[0m \033[0;1;32mPERSON\033[0m "
	    "\033[0;1;33mGPE\033[0m \033[0;1;36mDATE\033[0m\n"
	    "\033[0;1;33m\xC3\xA9\033[0m, \033[0;1;32mAl\033[0m said:\n\"go\\\" on "
	    "\033[0;1;36mMonday\033[0;2m[A/B][2021-12-06]\033[0m.\n\n" },
	/* a value that is the text is not said again */
	{ "{\"id\":1,\"text\":\"in "
	  "2021\",\"dates\":[{\"start\":3,\"end\":7,\"type\":\"DATE\",\"value\":\"2021\"}]}",
	    { .layers = ALL }, "1\nin {2021}\n\n" },
	/* overlaps are nested by length, the crossing ones closed where they end */
	{ "{\"id\":1,\"text\":\"Bank of "
	  "England\",\"ents\":[{\"start\":8,\"end\":15,\"label\":\"GPE\"},"
	  "{\"start\":0,\"end\":15,\"label\":\"ORG\"}]}",
	    { .layers = ALL }, "1\n[Bank of [England GPE] ORG]\n\n" },
	{ "{\"id\":1,\"text\":\"aa bb cc\",\"ents\":[{\"start\":0,\"end\":5,\"label\":\"LAW\"},"
	  "{\"start\":3,\"end\":8,\"label\":\"ORG\"},{\"start\":4,\"end\":4,\"label\":\"GPE\"}]}",
	    { .layers = ALL }, "1\n[aa [bb LAW] cc ORG]\n\n" },
	{ "{\"id\":1,\"text\":\"aa bb cc\",\"ents\":[{\"start\":0,\"end\":8,\"label\":\"LAW\"},"
	  "{\"start\":3,\"end\":5,\"label\":\"PERSON\"}]}",
	    { .layers = ALL, .color = true },
	    "\033[0;2m1\033[0m \033[0;1;32mPERSON\033[0m \033[0;1;31mLAW\033[0m\n"
	    "\033[0;1;31maa \033[0;1;32mbb\033[0;1;31m cc\033[0m\n\n" },
	/* who said it: not when named beside it, but when he is called otherwise */
	{ "{\"id\":1,\"text\":\"\xE2\x80\x9CGo,\xE2\x80\x9D said "
	  "Al.\",\"quotes\":[{\"start\":1,\"end\":4,\"kind\":"
	  "\"direct\",\"speaker\":{\"start\":11,\"end\":13}}]}",
	    { .layers = ALL }, "1\n<\xE2\x80\x9CGo,\xE2\x80\x9D> said Al.\n\n" },
	{ "{\"id\":1,\"text\":\"\xE2\x80\x9CGo,\xE2\x80\x9D said "
	  "Al.\",\"quotes\":[{\"start\":1,\"end\":4,\"kind\":"
	  "\"direct\",\"speaker\":{\"start\":11,\"end\":13,\"name\":\"Al Ott\"}}]}",
	    { .layers = ALL }, "1\n<\xE2\x80\x9CGo,\xE2\x80\x9D |Al Ott> said Al.\n\n" },
	{ "{\"id\":1,\"text\":\"Al came.\\n\\nHe said it was "
	  "so.\",\"quotes\":[{\"start\":18,\"end\":27,\"kind\":"
	  "\"indirect\",\"speaker\":{\"start\":0,\"end\":2},\"cue\":{\"start\":13,\"end\":17}}]}",
	    { .layers = ALL, .color = true },
	    "\033[0;2m1\033[0m \033[0;4mQUOTE\033[0m\nAl came.\n\nHe \033[0;3msaid\033[0m "
	    "\033[0;4mit was "
	    "so\033[0m \033[0;2m[Al]\033[0m.\n\n" },
	/* summary: alone, and in the text */
	{ "{\"id\":1,\"text\":\"Al ran. Bo\\nran. Cy "
	  "ran.\",\"sents\":[{\"start\":0,\"end\":7},{\"start\":8,"
	  "\"end\":15},{\"start\":16,\"end\":23}],\"summary\":[0,1]}",
	    { .layers = NO_SENTS }, "1\n\xE2\x96\x8C Al ran.\n\xE2\x96\x8C Bo ran.\n\n" },
	{ "{\"id\":1,\"text\":\"Al ran. Bo ran. Cy "
	  "ran.\",\"sents\":[{\"start\":0,\"end\":7},{\"start\":8,"
	  "\"end\":15},{\"start\":16,\"end\":23}],\"summary\":[1],\"ents\":[]}",
	    { .layers = NO_SENTS }, "1\n  Al ran.\n\xE2\x96\x8C Bo ran.\n  Cy ran.\n\n" },
	{ "{\"id\":1,\"title\":\"Up\",\"text\":\"Up\\n\\nAl "
	  "ran.\",\"sents\":[{\"start\":0,\"end\":2},{"
	  "\"start\":4,\"end\":11}],\"summary\":[1]}",
	    { .layers = NO_SENTS }, "1\nUp\n\n\xE2\x96\x8C Al ran.\n\n" },
	/* sentences, numbered, with the blank lines of the text */
	{ "{\"id\":1,\"text\":\"Al ran far and "
	  "wide.\\n\\nBo\\nran.\",\"sents\":[{\"start\":0,\"end\":20},{"
	  "\"start\":22,\"end\":29}]}",
	    { .layers = 1 << LAYER_SENTS, .width = 26 },
	    "1\n   1 Al ran far and wide.\n\n   2 Bo ran.\n\n" },
	/* no line is wider than the terminal, number and all */
	{ "{\"id\":\"1\",\"text\":\"Al ran far and wide and "
	  "on.\",\"sents\":[{\"start\":0,\"end\":27}]}",
	    { .layers = 1 << LAYER_SENTS, .width = 22 },
	    "1\n   1 Al ran far and\n     wide and on.\n\n" },
	/* a word without width is a word: one number, one line */
	{ "{\"id\":\"1\",\"text\":\"\\u200b Al\",\"sents\":[{\"start\":0,\"end\":4}]}",
	    { .layers = 1 << LAYER_SENTS, .width = 40 }, "1\n   1 \xE2\x80\x8B Al\n\n" },
	/* nothing commands the terminal, whether it is one or not */
	{ "{\"id\":\"\\u0007\",\"text\":\"\\u001b]0;pwn\\u0007 \xC2\x9Bx \xE2\x80\xAE \\u0000\"}",
	    { .layers = ALL }, "\\x07\n\\x1b]0;pwn\\x07 \\u009bx \\u202e \\x00\n\n" },
};

START_TEST(text_for_people)
{
	form_is("text", pictures[_i].look, pictures[_i].line, pictures[_i].want);
}
END_TEST

/* --- pages --- */

static const struct {
	unsigned width;
	const char *text, *want;
} pages[] = {
	{ 10, "one two three", "one two\nthree\n" },
	{ 13, "one two three", "one two three\n" },
	{ 0, "one  two\tthree\nfour", "one two three\nfour\n" },
	{ 4, "abcdefghij kl", "abcd\nefgh\nij\nkl\n" },
	{ 10, "", "" },
	{ 10, " \n\n ", "" },
	{ 10, "\n\na\n \n\nb\n\n", "a\n\nb\n" },
	/* columns, not bytes: wide and combining characters */
	{ 6, "\xE6\xBC\xA2\xE5\xAD\x97 \xE6\xBC\xA2", "\xE6\xBC\xA2\xE5\xAD\x97\n\xE6\xBC\xA2\n" },
	{ 5, "\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2", "\xE6\xBC\xA2\xE5\xAD\x97\n\xE6\xBC\xA2\n" },
	{ 2, "abe\xCC\x81", "ab\ne\xCC\x81\n" },
	{ 5, "abc\033", "abc\n\\x1b\n" },
	{ 5,
	    "e\xCC\x81"
	    "a e\xCC\x81"
	    "e",
	    "e\xCC\x81"
	    "a e\xCC\x81"
	    "e\n" },
	/* a newline in a full line is a blank; in a short one, before an item or an indent a newline */
	{ 80, "one two three four five six seven eight nine ten eleven\ntwelve\nthirteen",
	    "one two three four five six seven eight nine ten eleven twelve\nthirteen\n" },
	{ 80, "one two three four five six seven eight nine ten eleven\n- twelve",
	    "one two three four five six seven eight nine ten eleven\n- twelve\n" },
	{ 0, "one two three four five six seven eight nine ten eleven\ntwelve",
	    "one two three four five six seven eight nine ten eleven\ntwelve\n" },
	/* escapes count with the columns that they take */
	{ 8, "ab \033\033 c", "ab\n\\x1b\\x1b\nc\n" },
};

START_TEST(pages_wrap)
{
	struct buf out = { 0 };
	struct page p;

	page_open(&p, &out, pages[_i].width, false);
	page_text(&p, span_c(pages[_i].text));
	page_close(&p);
	same(&out, pages[_i].want);
}
END_TEST

/* However the text is cut into stretches, the page is the same. */
START_TEST(stretches_do_not_show)
{
	struct buf one = { 0 }, two = { 0 };
	struct span text = span_c(pages[_i].text);
	struct page p;

	page_open(&p, &one, pages[_i].width, true);
	p.style = STYLE_BOLD;
	page_text(&p, text);
	page_close(&p);
	for (size_t at = 0; at <= text.n; at++) {
		if (at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80)
			continue;
		if (at > 0 && memchr(text.p + (at > 1 ? at - 2 : 0), '\n', at > 1 ? 2 : 1) != NULL)
			continue; /* what follows a newline has its say about it */
		buf_clear(&two);
		page_open(&p, &two, pages[_i].width, true);
		p.style = STYLE_BOLD;
		page_text(&p, span_cut(text, 0, at));
		page_text(&p, span_cut(text, at, text.n));
		page_close(&p);
		ck_assert(span_eq(buf_span(&one), buf_span(&two)));
	}
	buf_free(&one);
	buf_free(&two);
}
END_TEST

START_TEST(unsafe_characters)
{
	static const struct {
		uint32_t from, to;
	} unsafe[] = { { 0, 0x1F }, { 0x7F, 0x9F }, { 0x2028, 0x202E }, { 0x2066, 0x2069 } };
	size_t wrong = 0;

	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		bool safe = true;

		for (size_t i = 0; i < 4; i++)
			safe = safe && (cp < unsafe[i].from || cp > unsafe[i].to);
		wrong += visible_safe(cp) != safe;
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("output");
	TCase *tc = tcase_create("forms");
	SRunner *sr = srunner_create(s);
	int failed;

	tcase_add_test(tc, names);
	tcase_add_test(tc, tsv_rows);
	tcase_add_test(tc, csv_rows);
	tcase_add_test(tc, nothing_found_no_rows);
	tcase_add_test(tc, tables_on_a_terminal);
	tcase_add_loop_test(tc, text_for_people, 0, sizeof(pictures) / sizeof(pictures[0]));
	tcase_add_loop_test(tc, pages_wrap, 0, sizeof(pages) / sizeof(pages[0]));
	tcase_add_loop_test(tc, stretches_do_not_show, 0, sizeof(pages) / sizeof(pages[0]));
	tcase_add_test(tc, unsafe_characters);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
