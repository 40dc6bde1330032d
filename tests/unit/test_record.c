/* test_record.c - the door and the writer: what is refused and why, what passes byte for byte, where new
 * members go; offsets; records from raw text; ids. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "record.h"

/* One record with all that it needs; the line is copied to its exact size, so that ASan sees overruns. */
struct bench {
	struct arena arena;
	struct diag diag;
	struct buf out;
	struct record r;
	char *line;
	bool ok;
};

static const struct where here = { .file = "f", .line = 7 };

static void
open_line(struct bench *b, const char *line, const struct record_map *map)
{
	struct span s = span_c(line);

	*b = (struct bench){ .diag = { .prog = "p" } };
	b->line = malloc(s.n + 1);
	memcpy(b->line, s.p, s.n);
	b->ok = record_parse(&b->r, (struct span){ b->line, s.n }, map, here, &b->arena, &b->diag);
}

static void
open_text(struct bench *b, const char *date, const char *title, const char *body)
{
	*b = (struct bench){ .diag = { .prog = "p" }, .ok = true };
	record_from_text(
	    &b->r, span_c(date), span_c(title), span_c(body), here, &b->arena, &b->diag);
}

static void
shut(struct bench *b)
{
	arena_free(&b->arena);
	buf_free(&b->out);
	buf_free(&b->diag.err);
	buf_free(&b->diag.dead);
	free(b->line);
}

static const char *
text_of(struct buf *b)
{
	buf_char(b, '\0');
	return b->p;
}

/* What is written, with its newline; shuts. */
static void
writes(struct bench *b, const char *want)
{
	if (!b->ok)
		ck_abort_msg("%s", text_of(&b->diag.err));
	record_write(&b->r, &b->out);
	ck_assert_str_eq(text_of(&b->out), want);
	shut(b);
}

/* --- refused --- */

static const struct {
	const char *line, *said;
} refused[] = {
	/* not a record: A10, A11, A15 */
	{ "{\"text\":\"ab", "f:7:9: invalid JSON: unterminated string" },
	{ "{\"text\":\"ab\"", "invalid JSON: " },
	{ "{\"text\":\"ab\"}{\"text\":\"cd\"}",
	    "f:7:14: invalid JSON: something follows the object" },
	{ "{\"text\":\"ab\"} x", "f:7:15: invalid JSON: something follows the object" },
	{ "{\"text\" \"ab\"}", "invalid JSON: " },
	{ "{text:\"ab\"}", "invalid JSON: " },
	{ "{\"a\":01}", "invalid JSON: " },
	{ "hello", "invalid JSON: " },
	/* columns count from the start of the line, blanks and all */
	{ " \t{\"a\":x}", "f:7:8: invalid JSON: expected a value" },
	{ "  \"x\"", "f:7:3: a record must be an object" },
	{ "1", "f:7:1: a record must be an object, not a number" },
	{ "null", "a record must be an object, not null" },
	{ "\"x\"", "a record must be an object, not a string" },
	{ "[{\"text\":\"ab\"}]", "a record must be an object, not an array" },
	/* twice: A16 */
	{ "{\"text\":\"a\",\"text\":\"b\"}", "f:7:14: text is there twice" },
	{ "{\"text\":\"a\",\"te\\u0078t\":\"b\"}", "text is there twice" },
	{ "{\"id\":\"a\",\"id\":\"a\"}", "id is there twice" },
	{ "{\"ents\":[],\"ents\":[],\"text\":\"\"}", "ents is there twice" },
	{ "{\"text\":\"a\",\"ents\":[{\"start\":0,\"start\":0,\"end\":1}]}",
	    "ents[0]: start is there twice" },
	/* wrong type: A23 */
	{ "{\"text\":null}", "f:7:9: text must be a string, not null" },
	{ "{\"text\":5}", "text must be a string, not a number" },
	{ "{\"text\":[\"a\"]}", "text must be a string, not an array" },
	{ "{\"text\":{}}", "text must be a string, not an object" },
	{ "{\"text\":true}", "text must be a string, not " },
	{ "{\"text\":\"a\",\"date\":20211204}", "date must be a string, not a number" },
	{ "{\"text\":\"a\",\"title\":[]}", "title must be a string, not an array" },
	{ "{\"text\":\"a\",\"id\":{}}", "id must be a string or a number, not an object" },
	{ "{\"text\":\"a\",\"sents\":{}}", "sents must be an array, not an object" },
	{ "{\"text\":\"a\",\"dates\":\"2021\"}", "dates must be an array, not a string" },
	{ "{\"text\":\"a\",\"ents\":[1]}", "ents[0]: must be an object, not a number" },
	{ "{\"text\":\"a\",\"ents\":[{}]}", "ents[0]: start is missing" },
	{ "{\"text\":\"a\",\"ents\":[{\"start\":0}]}", "ents[0]: end is missing" },
	{ "{\"text\":\"a\",\"ents\":[{\"start\":\"0\",\"end\":1}]}",
	    "ents[0]: start must be a whole number, not a string" },
	{ "{\"text\":\"a\",\"ents\":[{\"start\":0,\"end\":1,\"label\":3}]}",
	    "ents[0]: label must be a string, not a number" },
	{ "{\"text\":\"a\",\"quotes\":[{\"start\":0,\"end\":1,\"speaker\":\"Al\"}]}",
	    "quotes[0]: speaker must be an object, not a string" },
	{ "{\"text\":\"a\",\"quotes\":[{\"start\":0,\"end\":1,\"group\":-1}]}",
	    "quotes[0]: group must be a whole number" },
	{ "{\"text\":\"a\",\"dates\":[{\"start\":0,\"end\":1,\"range\":[]}]}",
	    "dates[0]: range must be an object, not an array" },
	{ "{\"text\":\"a\",\"dates\":[{\"start\":0,\"end\":1,\"range\":{\"start\":7}}]}",
	    "dates[0].range: start must be a string, not a number" },
	{ "{\"text\":\"a\",\"ents\":[{\"start\":0,\"end\":1,\"label\":\"GPE\",\"confidence\":\"x\"}"
	  "]}",
	    "ents[0]: confidence must be a number, not a string" },
	/* offsets: A25 */
	{ "{\"text\":\"abc\",\"ents\":[{\"start\":0,\"end\":1},{\"start\":0,\"end\":900}]}",
	    "ents[1]: end 900 is outside the text" },
	{ "{\"text\":\"abc\",\"ents\":[{\"start\":0,\"end\":4}]}", "end 4 is outside the text" },
	{ "{\"text\":\"\xC3\xA9\xC3\xA9\",\"ents\":[{\"start\":0,\"end\":3}]}",
	    "end 3 is outside the text" },
	{ "{\"text\":\"abc\",\"ents\":[{\"start\":2,\"end\":1}]}",
	    "ents[0]: start 2 is behind end 1" },
	{ "{\"text\":\"abc\",\"ents\":[{\"start\":-1,\"end\":1}]}",
	    "start must be a whole number, not -1" },
	{ "{\"text\":\"abc\",\"ents\":[{\"start\":0.0,\"end\":1}]}",
	    "must be a whole number, not 0.0" },
	{ "{\"text\":\"abc\",\"ents\":[{\"start\":1e0,\"end\":1}]}",
	    "must be a whole number, not 1e0" },
	{ "{\"text\":\"abc\",\"sents\":[{\"start\":0,\"end\":1000000000000000000}]}",
	    "sents[0]: end 1000000000000000000 is outside the text" },
	{ "{\"text\":\"abc\",\"sents\":[{\"start\":99999999999999999999999,\"end\":3}]}",
	    "sents[0]: start 99999999999999999999999 is outside the text" },
	{ "{\"text\":\"abc\",\"ents\":[{\"start\":0,\"end\":2,\"text\":\"abc\"}]}",
	    "ents[0]: text is not what stands from 0 to 2" },
	{ "{\"text\":\"abc\",\"quotes\":[{\"start\":0,\"end\":2,\"cue\":{\"start\":3,\"end\":5}}]}",
	    "quotes[0].cue: end 5 is outside the text" },
	{ "{\"text\":\"abc\",\"sents\":[{\"start\":0,\"end\":3}],\"summary\":[0,1]}",
	    "summary[1]: 1 is outside sents" },
	{ "{\"text\":\"abc\",\"summary\":[0]}", "summary[0]: 0 is outside sents" },
	{ "{\"text\":\"abc\",\"sents\":[{\"start\":0,\"end\":3}],\"summary\":[0.0]}",
	    "summary[0]: must be a whole number" },
	{ "{\"text\":\"abc\",\"summary\":\"short\"}", "summary must be an array, not a string" },
	/* the member may stand before the text */
	{ "{\"ents\":[{\"start\":0,\"end\":9}],\"text\":\"abc\"}",
	    "ents[0]: end 9 is outside the text" },
};

START_TEST(refuses)
{
	struct bench b;

	open_line(&b, refused[_i].line, NULL);
	ck_assert_msg(!b.ok, "%s", refused[_i].line);
	ck_assert_uint_eq(b.diag.count.rejected, 1);
	ck_assert_msg(strstr(text_of(&b.diag.err), refused[_i].said) != NULL, "%s: %s",
	    refused[_i].line, b.diag.err.p);
	ck_assert_ptr_nonnull(strstr(b.diag.err.p, "; record rejected\n"));
	shut(&b);
}
END_TEST

START_TEST(strict_wants_text)
{
	struct bench b = { .diag = { .prog = "p", .strict = true } };

	ck_assert(!record_parse(&b.r, SPAN("{\"a\":1}"), NULL, here, &b.arena, &b.diag));
	ck_assert_ptr_nonnull(strstr(text_of(&b.diag.err), "no member text; record rejected"));
	shut(&b);
}
END_TEST

/* At the limit and one past it. */
START_TEST(members_have_a_limit)
{
	struct bench b;
	struct buf line = { 0 };

	buf_str(&line, "{\"text\":\"\"");
	for (size_t i = 1; i < MEMBER_MAX; i++)
		buf_str(&line, ",\"\":1");
	buf_str(&line, _i == 0 ? "}" : ",\"\":1}");
	open_line(&b, text_of(&line), NULL);
	ck_assert(b.ok == (_i == 0));
	ck_assert(b.ok || strstr(text_of(&b.diag.err), "more than 1000000 members") != NULL);
	buf_free(&line);
	shut(&b);
}
END_TEST

/* --- passed byte for byte --- */

static const char *const passed[] = {
	"{\"id\":\"a\",\"text\":\"x\"}",
	"{ \"id\" : 7 ,\t\"text\" : \"x\" }",
	"{\"id\":1.50,\"text\":\"x\"}",
	/* unknown members, doubled ones, numbers as they are: A17, A18 */
	"{\"id\":\"a\",\"u\":1e400,\"u\":0.1000,\"u\":12345678901234567890,\"text\":\"x\"}",
	"{\"id\":\"a\",\"text\":\"x\",\"\":{\"a\":[1 , 2]},\"x\\u0041\":\"\\ud83d\\/\"}",
	/* keys and values in other spelling */
	"{\"i\\u0064\":\"a\",\"te\\u0078t\":\"\\u0078\\u0000\\u001b\"}",
	/* null is absent; source and line of other types are not ours, nor doubled ones */
	"{\"id\":\"a\",\"date\":null,\"title\":null,\"ents\":null,\"sents\":null,\"text\":\"x\"}",
	"{\"id\":\"a\",\"text\":\"x\",\"source\":{\"name\":\"Wire\"},\"line\":\"by A\",\"line\":3}",
	/* without text nothing is looked at */
	"{\"ents\":7,\"body\":\"x\"}",
	"{}",
	"{ }",
	/* labels, types, kinds and members of others; empty and overlapping spans */
	"{\"id\":\"a\",\"text\":\"x "
	"10\",\"ents\":[{\"start\":2,\"end\":4,\"label\":\"CARDINAL\"}]}",
	"{\"id\":\"a\",\"text\":\"x\",\"ents\":[{\"end\":1,\"start\":0,\"label\":\"GPE\",\"kb\":"
	"null}]}",
	"{\"id\":\"a\",\"text\":\"xyz\",\"ents\":[{\"start\":0,\"end\":2},{\"start\":1,\"end\":3}]"
	"}",
	"{\"id\":\"a\",\"text\":\"xyz\",\"ents\":[{\"start\":3,\"end\":3},{\"start\":0,\"end\":0}]"
	"}",
	"{\"id\":\"a\",\"text\":\"x\",\"quotes\":[{\"start\":0,\"end\":1,\"speaker\":{\"name\":"
	"\"A\"}}]}",
	/* a summary of pairs; scores of another meaning */
	"{\"id\":\"a\",\"text\":\"x\",\"summary\":[[\"a\",1]]}",
	"{\"id\":\"a\",\"text\":\"x\",\"scores\":{\"home\":2}}",
};

START_TEST(passes)
{
	struct bench b;
	struct buf want = { 0 };

	open_line(&b, passed[_i], NULL);
	buf_fmt(&want, "%s\n", passed[_i]);
	writes(&b, text_of(&want));
	buf_free(&want);
}
END_TEST

/* --- what the door changes --- */

static const struct {
	const char *in, *out;
	uint64_t repaired, no_text;
} changed[] = {
	/* blanks and a byte order mark around: A4, A14 */
	{ "\xEF\xBB\xBF {\"id\":\"a\",\"text\":\"\"}\r", "{\"id\":\"a\",\"text\":\"\"}\n", 0, 0 },
	/* bad UTF-8: A1 */
	{ "{\"id\":\"b\",\"text\":\"bad \377\376 x \342\200 y\"}",
	    "{\"id\":\"b\",\"text\":\"bad \xEF\xBF\xBD\xEF\xBF\xBD x \xEF\xBF\xBD y\"}\n", 3, 0 },
	{ "{\"u\":\"\377\"}", "{\"u\":\"\xEF\xBF\xBD\"}\n", 1, 1 },
	/* without text no other change: A22 */
	{ "{\"date\":\"\\ud83d\"}", "{\"date\":\"\\ud83d\"}\n", 0, 1 },
	/* lone surrogates of known members: A8; pairs stay, and so does a backslash before u */
	{ "{\"id\":\"b\",\"text\":\"\\ud83d \\uDE00\\ud83d\\ude00\\\\ud83d\",\"u\":\"\\ud83d\"}",
	    "{\"id\":\"b\",\"text\":\"\\ufffd "
	    "\\ufffd\\ud83d\\ude00\\\\ud83d\",\"u\":\"\\ud83d\"}\n",
	    2, 0 },
	{ "{\"id\":\"\\ud83d\",\"text\":\"\\ud83d\",\"ents\":[{\"start\":0,\"end\":1,\"text\":"
	  "\"\\udc00\"}]}",
	    "{\"id\":\"\\ufffd\",\"text\":\"\\ufffd\",\"ents\":[{\"start\":0,\"end\":1,\"text\":"
	    "\"\\ufffd\"}]}\n",
	    3, 0 },
	/* an id is given, in the place of a null */
	{ "{\"text\":\"\"}", "{\"text\":\"\",\"id\":\"4758ddac5f9ee9383325\"}\n", 0, 0 },
	{ "{\"id\":null,\"text\":\"\"}", "{\"id\":\"4758ddac5f9ee9383325\",\"text\":\"\"}\n", 0,
	    0 },
};

START_TEST(changes)
{
	struct bench b;

	open_line(&b, changed[_i].in, NULL);
	ck_assert_uint_eq(b.diag.count.repaired, changed[_i].repaired);
	ck_assert_uint_eq(b.diag.count.no_text, changed[_i].no_text);
	writes(&b, changed[_i].out);
}
END_TEST

/* --- other names --- */

static const struct {
	const char *in, *out;
} mapped[] = {
	{ "{\"key\":3,\"body\":\"a\\u0041\",\"when\":\"2021\",\"head\":\"H\"}",
	    "{\"key\":3,\"body\":\"a\\u0041\",\"when\":\"2021\",\"head\":\"H\",\"id\":\"3\","
	    "\"date\":"
	    "\"2021\",\"title\":\"H\",\"text\":\"aA\"}\n" },
	/* in the place of the member that is there, whatever it was */
	{ "{\"text\":{\"de\":\"x\"},\"body\":\"a\",\"id\":\"i\"}",
	    "{\"text\":\"a\",\"body\":\"a\",\"id\":\"i\"}\n" },
	/* as they are where the other name is missing or null */
	{ "{\"text\":\"t\",\"id\":\"i\"}", "{\"text\":\"t\",\"id\":\"i\"}\n" },
	{ "{\"text\":\"t\",\"when\":null,\"date\":\"2020\",\"id\":\"i\"}",
	    "{\"text\":\"t\",\"when\":null,\"date\":\"2020\",\"id\":\"i\"}\n" },
	/* without text it passes as it came: A22 */
	{ "{\"when\":\"2021\",\"key\":3}", "{\"when\":\"2021\",\"key\":3}\n" },
	{ "{\"when\":\"2021\",\"date\":\"2020\"}", "{\"when\":\"2021\",\"date\":\"2020\"}\n" },
	/* a lone surrogate stays in the foreign member and goes from ours */
	{ "{\"body\":\"\\ud83d\",\"id\":\"i\"}",
	    "{\"body\":\"\\ud83d\",\"id\":\"i\",\"text\":\"\xEF\xBF\xBD\"}\n" },
};

static const struct record_map map = {
	.text = "body", .date = "when", .title = "head", .id = "key"
};

START_TEST(maps)
{
	struct bench b;

	open_line(&b, mapped[_i].in, &map);
	writes(&b, mapped[_i].out);
}
END_TEST

START_TEST(map_refuses)
{
	struct bench b;

	open_line(&b, "{\"body\":\"x\",\"when\":12}", &map);
	ck_assert(!b.ok);
	ck_assert_ptr_nonnull(strstr(text_of(&b.diag.err), "when must be a string, not a number"));
	shut(&b);
	open_line(&b, "{\"body\":\"x\",\"body\":\"y\"}", &map);
	ck_assert(!b.ok);
	ck_assert_ptr_nonnull(strstr(text_of(&b.diag.err), "body is there twice"));
	shut(&b);
}
END_TEST

/* --- what is decoded --- */

static const char full[] =
    "{\"id\":\"a\",\"source\":\"s\",\"line\":12,\"date\":\"2021-12-04\",\"title\":\"T\","
    "\"text\":\"\xC3\xA9 Al said \xE2\x80\x9Cno\xE2\x80\x9D on Monday. Bo.\","
    "\"sents\":[{\"start\":0,\"end\":24},{\"start\":25,\"end\":28}],"
    "\"dates\":[{\"start\":18,\"end\":24,\"text\":\"Monday\",\"type\":\"DATE\",\"value\":\"2021-12-"
    "06\","
    "\"mod\":\"START\",\"freq\":\"1\",\"quant\":\"EACH\",\"range\":{\"start\":\"a\",\"end\":\"b\"},"
    "\"why\":\"w\"}],"
    "\"ents\":[{\"start\":2,\"end\":4,\"text\":\"Al\",\"label\":\"PERSON\",\"name\":\"Al Ott\","
    "\"confidence\":0.50,\"why\":\"w\"}],"
    "\"quotes\":[{\"start\":11,\"end\":13,\"kind\":\"direct\",\"group\":2,\"text\":\"no\","
    "\"speaker\":{\"start\":2,\"end\":4,\"text\":\"Al\",\"name\":\"Al Ott\"},"
    "\"cue\":{\"start\":5,\"end\":9,\"text\":\"said\"},\"confidence\":1.00,\"why\":\"w\"}],"
    "\"summary\":[1],\"scores\":[0.2500,0.5000]}\n";

START_TEST(decodes)
{
	struct bench b;
	struct record *r = &b.r;

	open_line(&b, full, NULL);
	ck_assert(b.ok);
	ck_assert(span_is(r->source, "s") && r->line == 12);
	ck_assert(span_is(r->date, "2021-12-04") && span_is(r->title, "T") && span_is(r->id, "a"));
	ck_assert_uint_eq(r->have, (1U << N_LAYER) - 1);
	ck_assert_uint_eq(r->dates.n, 1);
	ck_assert(span_is(record_slice(r, r->dates.at[0].start, r->dates.at[0].end), "Monday"));
	ck_assert(span_is(r->dates.at[0].range_end, "b"));
	ck_assert_uint_eq(r->ents.at[0].confidence, 50);
	ck_assert_uint_eq(r->ents.at[0].label, ENT_PERSON);
	ck_assert_uint_eq(r->quotes.at[0].kind, QUOTE_DIRECT);
	ck_assert_uint_eq(r->quotes.at[0].confidence, 100);
	ck_assert(
	    span_is(record_slice(r, r->quotes.at[0].cue.start, r->quotes.at[0].cue.end), "said"));
	ck_assert_uint_eq(r->summary.at[0], 1);
	ck_assert(r->summary.score[1] > 0.49 && r->summary.score[1] < 0.51);
	shut(&b);
}
END_TEST

/* Write all layers anew with what was read: the same bytes, so reading and writing are inverse. */
START_TEST(writes_what_it_read)
{
	struct bench b;
	struct record was;

	open_line(&b, full, NULL);
	was = b.r;
	for (enum layer l = LAYER_SENTS; l < N_LAYER; l++)
		record_own(&b.r, l);
	b.r.sents = was.sents;
	b.r.dates = was.dates;
	b.r.ents = was.ents;
	b.r.quotes = was.quotes;
	b.r.summary = was.summary;
	writes(&b, full);
}
END_TEST

START_TEST(copy_is_a_way_back)
{
	struct bench b;
	struct record was;

	open_line(&b, full, NULL);
	was = b.r;
	for (enum layer l = LAYER_SENTS; l < N_LAYER; l++)
		record_own(&b.r, l);
	VEC_PUSH(b.r.arena, &b.r.ents, (struct ent){ 0 });
	b.r = was;
	ck_assert_uint_eq(b.r.ents.at[0].label, ENT_PERSON);
	ck_assert_uint_eq(b.r.ents.at[0].end, 5);
	writes(&b, full);
}
END_TEST

static const struct {
	const char *raw;
	unsigned hundredths;
} confidences[] = {
	{ "0", 0 },
	{ "0.004", 0 },
	{ "0.125", 13 },
	{ "8.7e-1", 87 },
	{ "1", 100 },
	{ "1.5", CONFIDENCE_NONE },
	{ "-0.5", CONFIDENCE_NONE },
	{ "1e999", CONFIDENCE_NONE },
	{ "null", CONFIDENCE_NONE },
	{ "0.33333333333333333333333333333333333333333333", 33 },
};

START_TEST(reads_confidence)
{
	struct bench b;
	struct buf line = { 0 };

	buf_fmt(&line,
	    "{\"text\":\"x\",\"ents\":[{\"start\":0,\"end\":1,\"label\":\"GPE\",\"confidence\":%s}]"
	    "}",
	    confidences[_i].raw);
	open_line(&b, text_of(&line), NULL);
	ck_assert(b.ok);
	ck_assert_uint_eq(b.r.ents.at[0].confidence, confidences[_i].hundredths);
	shut(&b);
	buf_free(&line);
}
END_TEST

/* --- where new members go --- */

START_TEST(appends_in_the_order_of_setting)
{
	struct bench b;

	open_line(&b, "{\"id\":\"a\",\"text\":\"Al\" }", NULL);
	record_own(&b.r, LAYER_QUOTES);
	record_own(&b.r, LAYER_DATES);
	VEC_PUSH(
	    b.r.arena, &b.r.extra, (struct member){ .key = SPAN("x"), .raw = SPAN("{\"y\":1}") });
	record_own(&b.r, LAYER_ENTS);
	VEC_PUSH(b.r.arena, &b.r.ents,
	    (struct ent){ .start = 0, .end = 2, .label = ENT_GPE, .confidence = CONFIDENCE_NONE });
	record_own(&b.r, LAYER_DATES);
	writes(&b,
	    "{\"id\":\"a\",\"text\":\"Al\",\"quotes\":[],\"dates\":[],\"x\":{\"y\":1},\"ents\":["
	    "{\"start\":0,\"end\":2,\"text\":\"Al\",\"label\":\"GPE\",\"name\":\"Al\"}]}\n");
}
END_TEST

START_TEST(replaces_in_place)
{
	struct bench b;

	open_line(
	    &b, "{ \"d\\u0061tes\" : [ ], \"x\":1, \"text\" : \"Al\", \"id\" : 1, \"u\":2 }", NULL);
	record_own(&b.r, LAYER_DATES);
	VEC_PUSH(b.r.arena, &b.r.dates,
	    (struct date){ .start = 0, .end = 2, .type = TIMEX_SET, .value = SPAN("P1\"") });
	VEC_PUSH(b.r.arena, &b.r.extra, (struct member){ .key = SPAN("x"), .raw = SPAN("3") });
	VEC_PUSH(b.r.arena, &b.r.extra, (struct member){ .key = SPAN("x"), .raw = SPAN("4") });
	writes(&b, "{ \"d\\u0061tes\" : [{\"start\":0,\"end\":2,\"text\":\"Al\",\"type\":\"SET\","
		   "\"value\":\"P1\\\"\"}], \"x\":4, \"text\" : \"Al\", \"id\" : 1, \"u\":2}\n");
}
END_TEST

START_TEST(an_empty_object_grows)
{
	struct bench b;

	open_line(&b, " { } ", NULL);
	VEC_PUSH(b.r.arena, &b.r.extra, (struct member){ .key = SPAN("x"), .raw = SPAN("3") });
	VEC_PUSH(b.r.arena, &b.r.extra, (struct member){ .key = SPAN("x"), .raw = SPAN("5") });
	VEC_PUSH(b.r.arena, &b.r.extra, (struct member){ .key = SPAN("y"), .raw = SPAN("4") });
	writes(&b, "{\"x\":5,\"y\":4}\n");
}
END_TEST

#define SENTS "\"sents\":[{\"start\":0,\"end\":3},{\"start\":4,\"end\":7}]"

/* Sentences written anew: the summary of others goes, wherever it stands. */
static const struct {
	const char *in;
	size_t n_sents;
	const char *out;
} stale[] = {
	{ "{\"id\":1,\"text\":\"Al. Bo.\"," SENTS ",\"summary\":[1],\"scores\":[1,2],\"u\":1}", 1,
	    "{\"id\":1,\"text\":\"Al. Bo.\",\"sents\":[{\"start\":0,\"end\":3}],\"u\":1}\n" },
	{ "{\"summary\":[1], \"id\":1,\"text\":\"Al. Bo.\"," SENTS "}", 1,
	    "{\"id\":1,\"text\":\"Al. Bo.\",\"sents\":[{\"start\":0,\"end\":3}]}\n" },
	{ "{\"id\":1,\"text\":\"Al. Bo.\"," SENTS ",\"summary\":[1]}", 2,
	    "{\"id\":1,\"text\":\"Al. Bo.\"," SENTS ",\"summary\":[1]}\n" },
};

START_TEST(drops_a_stale_summary)
{
	struct bench b;
	struct ranges was;

	open_line(&b, stale[_i].in, NULL);
	ck_assert(b.ok);
	was = b.r.sents;
	record_own(&b.r, LAYER_SENTS);
	for (size_t i = 0; i < stale[_i].n_sents; i++)
		VEC_PUSH(b.r.arena, &b.r.sents, was.at[i]);
	writes(&b, stale[_i].out);
}
END_TEST

START_TEST(scores_follow_their_summary)
{
	static double score[] = { 0.5, 0.25 };
	struct bench b;

	open_line(&b, "{\"id\":1,\"text\":\"Al. Bo.\"," SENTS "}", NULL);
	record_own(&b.r, LAYER_SUMMARY);
	VEC_PUSH(b.r.arena, &b.r.summary, 1);
	b.r.summary.score = score;
	b.r.summary.n_score = 2;
	record_own(&b.r, LAYER_DATES);
	writes(&b, "{\"id\":1,\"text\":\"Al. Bo.\"," SENTS
		   ",\"summary\":[1],\"scores\":[0.5000,0.2500],\"dates\":[]}\n");
	open_line(&b, "{\"id\":1,\"text\":\"Al. Bo.\"," SENTS ",\"scores\":[7,8], \"summary\":[1]}",
	    NULL);
	record_own(&b.r, LAYER_SUMMARY);
	writes(&b, "{\"id\":1,\"text\":\"Al. Bo.\"," SENTS ", \"summary\":[]}\n");
}
END_TEST

/* --- sentences --- */

static const struct {
	const char *sents;
	size_t n;
	bool kept;
} sentences[] = {
	{ "[{\"start\":0,\"end\":15}]", 1, true },
	{ "[]", 0, true },
	{ "[{\"start\":8,\"end\":15},{\"start\":0,\"end\":7},{\"start\":2,\"end\":3}]", 2, false },
	{ "[{\"start\":0,\"end\":15},{\"start\":4,\"end\":15},{\"start\":5,\"end\":15}]", 2,
	    false },
	{ "[{\"start\":0,\"end\":0}]", 2, false },
	{ "null", 2, false },
};

START_TEST(takes_or_finds_sentences)
{
	struct bench b;
	struct buf line = { 0 };

	buf_fmt(&line, "{\"id\":1,\"text\":\"Al ate. Bo ran.\",\"sents\":%s}", sentences[_i].sents);
	open_line(&b, text_of(&line), NULL);
	ck_assert(b.ok);
	ck_assert(((b.r.have & 1U << LAYER_SENTS) != 0) == sentences[_i].kept);
	ck_assert_uint_eq(record_sents(&b.r)->n, sentences[_i].n);
	buf_clear(&line);
	buf_fmt(
	    &line, "{\"id\":1,\"text\":\"Al ate. Bo ran.\",\"sents\":%s}\n", sentences[_i].sents);
	writes(&b, text_of(&line));
	buf_free(&line);
}
END_TEST

START_TEST(writes_found_sentences)
{
	struct bench b;

	open_line(&b, "{\"id\":1,\"text\":\"Al ate. Bo ran.\"}", NULL);
	record_own(&b.r, LAYER_SUMMARY);
	VEC_PUSH(b.r.arena, &b.r.summary, 1);
	record_own_sents(&b.r);
	record_own_sents(&b.r);
	ck_assert_uint_eq(record_sents(&b.r)->n, 2);
	writes(&b, "{\"id\":1,\"text\":\"Al ate. Bo ran.\",\"summary\":[1],\"sents\":["
		   "{\"start\":0,\"end\":7},{\"start\":8,\"end\":15}]}\n");
}
END_TEST

START_TEST(tokens_are_found_once)
{
	struct bench b;

	open_line(&b, "{\"text\":\"Al ate.\"}", NULL);
	ck_assert_uint_eq(record_tokens(&b.r)->n, 3);
	ck_assert_ptr_eq(record_tokens(&b.r)->at, record_tokens(&b.r)->at);
	shut(&b);
	open_line(&b, "{\"text\":\"\"}", NULL);
	ck_assert_uint_eq(record_tokens(&b.r)->n, 0);
	ck_assert_uint_eq(record_sents(&b.r)->n, 0);
	shut(&b);
}
END_TEST

/* --- sorting --- */

START_TEST(sorts_by_start_then_longest)
{
	static const uint32_t spans[][2] = { { 5, 6 }, { 0, 2 }, { 5, 9 }, { 0, 4 }, { 5, 6 },
		{ 1, 2 } };
	static const unsigned want[] = { 3, 1, 5, 2, 0, 4 };
	struct bench b;

	open_line(&b, "{\"text\":\"0123456789\"}", NULL);
	record_own(&b.r, LAYER_ENTS);
	for (unsigned i = 0; i < 6; i++)
		VEC_PUSH(b.r.arena, &b.r.ents,
		    (struct ent){
			.start = spans[i][0], .end = spans[i][1], .confidence = (uint8_t)i });
	record_sort(&b.r, LAYER_ENTS);
	for (unsigned i = 0; i < 6; i++)
		ck_assert_uint_eq(b.r.ents.at[i].confidence, want[i]);
	record_own(&b.r, LAYER_SUMMARY);
	VEC_PUSH(b.r.arena, &b.r.summary, 2);
	VEC_PUSH(b.r.arena, &b.r.summary, 0);
	record_sort(&b.r, LAYER_SUMMARY);
	ck_assert_uint_eq(b.r.summary.at[0], 0);
	for (enum layer l = LAYER_SENTS; l < N_LAYER; l++)
		record_sort(&b.r, l); /* empty ones too */
	shut(&b);
}
END_TEST

/* --- offsets --- */

/* Texts of n copies of one unit, to lie across the blocks of the index in every way. */
static const char *const units[] = { "a", "\xC3\xA9", "a\xE2\x80\x94", "\xF0\x9F\x98\x80",
	"e\xCC\x81", "abcdefghijklmnopqrstuvwxyz0123456789\xE2\x80\x9C" };

/* want: by enum offsets. */
static void
check_shown(struct record *r, uint32_t at, const uint32_t *want)
{
	for (unsigned i = 0; i < 3; i++) {
		r->offsets = (enum offsets)i;
		ck_assert_uint_eq(record_shown(r, at), want[i]);
	}
}

START_TEST(offsets_both_ways)
{
	struct bench b;
	struct buf text = { 0 };

	for (size_t n = 0; n < 200; n += 1 + n / 7) {
		uint32_t cp = 0, utf16 = 0;

		buf_clear(&text);
		for (size_t i = 0; i < n; i++)
			buf_str(&text, units[_i]);
		open_text(&b, "", "", text_of(&text));
		for (uint32_t at = 0; at <= b.r.text.n; at++) {
			if (at < b.r.text.n && ((unsigned char)b.r.text.p[at] & 0xC0) == 0x80)
				continue;
			ck_assert_uint_eq(record_cp(&b.r, at), cp);
			ck_assert_uint_eq(record_byte(&b.r, cp), at);
			check_shown(&b.r, at, (uint32_t[]){ cp, utf16, at });
			cp++;
			utf16 += at < b.r.text.n && (unsigned char)b.r.text.p[at] >= 0xF0 ? 2 : 1;
		}
		ck_assert_uint_eq(record_byte(&b.r, cp), UINT32_MAX);
		ck_assert_uint_eq(record_byte(&b.r, UINT64_MAX), UINT32_MAX);
		shut(&b);
	}
	buf_free(&text);
}
END_TEST

/* --- raw text; the ids are those that xxh128sum(1) gives --- */

static const struct {
	const char *date, *title, *body, *text;
} texts[] = {
	{ "2021-12-04", "Head", "\n\nBody.\n\nMore.\n", "Head\n\nBody.\n\nMore." },
	{ NULL, NULL, "Body", "Body" },
	{ NULL, "Head", "", "Head" },
	{ NULL, "Head", " \n\t\n ", "Head" },
	{ NULL, "", "Body", "Body" },
	{ NULL, NULL, "\r\na\r\nb\rc\r\r\nd", "a\nb\nc\n\nd" },
	{ NULL, NULL, "a\r", "a" },
	{ NULL, NULL, "  \n  indented\nb  \n \n", "  indented\nb" },
	{ NULL, NULL,
	    "\xEF\xBB\xBF"
	    "a\n\xEF\xBB\xBF\xEF\xBB\xBF"
	    "b \xEF\xBB\xBF"
	    "c",
	    "a\nb \xEF\xBB\xBF"
	    "c" },
	{ NULL, " \xEF\xBB\xBF Head \r", "\fBody\f", "\xEF\xBB\xBF Head\n\n\fBody" },
	{ NULL, "H\377", "b\xE2\x80", "H\xEF\xBF\xBD\n\nb\xEF\xBF\xBD" },
};

START_TEST(composes_text)
{
	struct bench b;

	open_text(&b, texts[_i].date, texts[_i].title, texts[_i].body);
	buf_put(&b.out, b.r.text);
	ck_assert_str_eq(text_of(&b.out), texts[_i].text);
	ck_assert((b.r.title.p == NULL) == (texts[_i].title == NULL));
	ck_assert(b.r.title.n == 0 || span_starts(b.r.text, b.r.title));
	shut(&b);
}
END_TEST

START_TEST(writes_a_document)
{
	struct bench b;

	open_text(&b, "2021-12-04", "A \"head\"", "Body.");
	record_own(&b.r, LAYER_SENTS);
	writes(&b,
	    "{\"id\":\"1f15fb3ccc6c6f02126f\",\"source\":\"f\",\"line\":7,\"date\":\"2021-12-04\","
	    "\"title\":\"A \\\"head\\\"\",\"text\":\"A \\\"head\\\"\\n\\nBody.\",\"sents\":[]}\n");
}
END_TEST

START_TEST(standard_input_is_no_source)
{
	struct bench b = { .diag = { .prog = "p" }, .ok = true };

	record_from_text(&b.r, (struct span){ 0 }, (struct span){ 0 }, SPAN("a"),
	    (struct where){ .file = "-", .line = 3 }, &b.arena, &b.diag);
	ck_assert_ptr_null(b.r.source.p);
	buf_put(&b.out, b.r.id);
	ck_assert_str_eq(text_of(&b.out), "fb0d440985ec0e6ea077");
	buf_clear(&b.out);
	writes(&b, "{\"id\":\"fb0d440985ec0e6ea077\",\"line\":3,\"text\":\"a\"}\n");
}
END_TEST

START_TEST(file_names_are_repaired)
{
	struct bench b = { .diag = { .prog = "p" }, .ok = true };

	record_from_text(&b.r, (struct span){ 0 }, (struct span){ 0 }, SPAN("a"),
	    (struct where){ .file = "x\xFF", .line = 1 }, &b.arena, &b.diag);
	ck_assert(span_is(b.r.source, "x\xEF\xBF\xBD"));
	ck_assert_uint_eq(b.diag.count.repaired, 0);
	shut(&b);
}
END_TEST

/* --- identity --- */

/* Against the one-shot function over the three parts put together. */
START_TEST(id_is_the_hash)
{
	struct buf all = { 0 };
	char id[21] = { 0 }, want[21];
	XXH128_canonical_t canon;

	buf_put(&all, (struct span){ "2021-12-04\0Head\0", 16 });
	for (int i = 0; i < 200; i++)
		buf_fmt(&all, "Sentence %d. ", i);
	record_id(SPAN("2021-12-04"), SPAN("Head"), (struct span){ all.p + 16, all.n - 16 }, id);
	XXH128_canonicalFromHash(&canon, XXH3_128bits(all.p, all.n));
	for (size_t i = 0; i < 10; i++)
		snprintf(want + 2 * i, 3, "%02x", canon.digest[i]);
	ck_assert_str_eq(id, want);
	buf_free(&all);
}
END_TEST

#define LOOP(tc, test, table) tcase_add_loop_test(tc, test, 0, sizeof(table) / sizeof((table)[0]))

static TCase *
door(void)
{
	TCase *tc = tcase_create("door");

	LOOP(tc, refuses, refused);
	tcase_add_test(tc, strict_wants_text);
	tcase_add_loop_test(tc, members_have_a_limit, 0, 2);
	LOOP(tc, passes, passed);
	LOOP(tc, changes, changed);
	LOOP(tc, maps, mapped);
	tcase_add_test(tc, map_refuses);
	tcase_add_test(tc, decodes);
	LOOP(tc, reads_confidence, confidences);
	LOOP(tc, takes_or_finds_sentences, sentences);
	return tc;
}

static TCase *
writer(void)
{
	TCase *tc = tcase_create("writer");

	tcase_add_test(tc, writes_what_it_read);
	tcase_add_test(tc, copy_is_a_way_back);
	tcase_add_test(tc, appends_in_the_order_of_setting);
	tcase_add_test(tc, replaces_in_place);
	tcase_add_test(tc, an_empty_object_grows);
	LOOP(tc, drops_a_stale_summary, stale);
	tcase_add_test(tc, scores_follow_their_summary);
	tcase_add_test(tc, writes_found_sentences);
	tcase_add_test(tc, tokens_are_found_once);
	tcase_add_test(tc, sorts_by_start_then_longest);
	LOOP(tc, offsets_both_ways, units);
	return tc;
}

static TCase *
raw_text(void)
{
	TCase *tc = tcase_create("raw text");

	LOOP(tc, composes_text, texts);
	tcase_add_test(tc, writes_a_document);
	tcase_add_test(tc, standard_input_is_no_source);
	tcase_add_test(tc, file_names_are_repaired);
	tcase_add_test(tc, id_is_the_hash);
	return tc;
}

int
main(void)
{
	Suite *s = suite_create("record");
	SRunner *sr = srunner_create(s);
	int failed;

	suite_add_tcase(s, door());
	suite_add_tcase(s, writer());
	suite_add_tcase(s, raw_text());
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
