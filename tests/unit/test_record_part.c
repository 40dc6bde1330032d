/* test_record_part.c - sentences and paragraphs as records: members, annotations moved, borders, order. */
#include <check.h>
#include <stdlib.h>

#include "record.h"

struct bench {
	struct arena arena;
	struct diag diag;
	struct buf out;
	struct record r;
};

static void
open_line(struct bench *b, const char *line)
{
	*b = (struct bench){ .diag = { .prog = "p" } };
	ck_assert(record_parse(
	    &b->r, span_c(line), NULL, (struct where){ .file = "f" }, &b->arena, &b->diag));
}

static void
shut(struct bench *b)
{
	arena_free(&b->arena);
	buf_free(&b->out);
	buf_free(&b->diag.err);
}

/* Write the part [start, end) and compare. */
static void
part_is(struct bench *b, uint32_t start, uint32_t end, const char *want)
{
	struct arena part_arena = { 0 };
	struct record part;

	buf_clear(&b->out);
	record_part(&part, &b->r, (struct range){ start, end }, 3, &part_arena);
	record_write(&part, &b->out);
	arena_free(&part_arena);
	buf_char(&b->out, '\0');
	ck_assert_str_eq(b->out.p, want);
}

static const char text[] = "\"text\":\"\xC3\xA9 Al said no. Bo left Rome on Monday.\"";

START_TEST(members_in_order)
{
	struct bench b;

	open_line(&b,
	    "{\"id\":\"a\\\"b\",\"u\":1,\"source\":\"s\",\"line\":4,\"title\":\"T\",\"date\":\"D\","
	    "\"text\":\"\xC3\xA9. Bo.\"}");
	part_is(&b, 4, 7,
	    "{\"id\":\"a\\\"b.3\",\"doc\":\"a\\\"b\",\"n\":3,\"start\":3,\"date\":\"D\","
	    "\"title\":\"T\",\"text\":\"Bo.\"}\n");
	shut(&b);
	open_line(&b, "{\"id\":1.50,\"text\":\"Bo.\"}");
	part_is(
	    &b, 0, 3, "{\"id\":\"1.50.3\",\"doc\":1.50,\"n\":3,\"start\":0,\"text\":\"Bo.\"}\n");
	shut(&b);
	open_line(&b, "{\"id\":\"\\u0000\",\"text\":\"Bo.\"}");
	part_is(&b, 0, 3,
	    "{\"id\":\"\\u0000.3\",\"doc\":\"\\u0000\",\"n\":3,\"start\":0,\"text\":\"Bo.\"}\n");
	shut(&b);
}
END_TEST

/* Annotations of the input, the part [start, end) in bytes, and what comes behind its text. */
static const struct {
	const char *layers;
	uint32_t start, end;
	const char *want;
} parts[] = {
	/* moved, the first one left out; a layer with none inside stays as an empty one */
	{ "\"ents\":[{\"start\":2,\"end\":4,\"label\":\"PERSON\"},{\"start\":14,\"end\":16,"
	  "\"label\":\"PERSON\"},"
	  "{\"start\":22,\"end\":26,\"label\":\"GPE\",\"confidence\":0.5}],\"dates\":[]",
	    15, 38,
	    ",\"ents\":[{\"start\":0,\"end\":2,\"text\":\"Bo\",\"label\":\"PERSON\",\"name\":"
	    "\"Bo\"},"
	    "{\"start\":8,\"end\":12,\"text\":\"Rome\",\"label\":\"GPE\",\"name\":\"Rome\","
	    "\"confidence\":0.50}],\"dates\":[]" },
	/* in any order in the input; across a border: left out */
	{ "\"dates\":[{\"start\":30,\"end\":36,\"type\":\"DATE\",\"value\":\"V\"},{\"start\":0,"
	  "\"end\":20,\"type\":"
	  "\"DATE\"},{\"start\":22,\"end\":37,\"type\":\"SET\"}]",
	    15, 37,
	    ",\"dates\":[{\"start\":16,\"end\":22,\"text\":\"Monday\",\"type\":\"DATE\",\"value\":"
	    "\"V\"}]" },
	/* speaker and cue inside, outside */
	{ "\"quotes\":[{\"start\":10,\"end\":12,\"kind\":\"indirect\",\"speaker\":{\"start\":2,"
	  "\"end\":4},"
	  "\"cue\":{\"start\":5,\"end\":9}}]",
	    0, 14,
	    ",\"quotes\":[{\"start\":10,\"end\":12,\"kind\":\"indirect\",\"text\":\"no\","
	    "\"speaker\":{"
	    "\"start\":2,\"end\":4,\"text\":\"Al\"},\"cue\":{\"start\":5,\"end\":9,\"text\":"
	    "\"said\"}}]" },
	{ "\"quotes\":[{\"start\":10,\"end\":12,\"kind\":\"indirect\",\"speaker\":{\"start\":14,"
	  "\"end\":16},"
	  "\"cue\":{\"start\":5,\"end\":9}}]",
	    0, 14,
	    ",\"quotes\":[{\"start\":10,\"end\":12,\"kind\":\"indirect\",\"text\":\"no\",\"cue\":{"
	    "\"start\":5,"
	    "\"end\":9,\"text\":\"said\"}}]" },
	/* the summary's sentences are counted anew */
	{ "\"summary\":[0,1],\"sents\":[{\"start\":0,\"end\":13},{\"start\":14,\"end\":37}],"
	  "\"scores\":[1,2]",
	    15, 38, ",\"summary\":[0],\"scores\":[2.0000],\"sents\":[{\"start\":0,\"end\":23}]" },
	{ "\"sents\":[{\"start\":0,\"end\":13},{\"start\":14,\"end\":37}],\"summary\":[0]", 15, 38,
	    ",\"sents\":[{\"start\":0,\"end\":23}],\"summary\":[]" },
	/* half a sentence is none */
	{ "\"sents\":[{\"start\":0,\"end\":13},{\"start\":14,\"end\":37}]", 0, 20,
	    ",\"sents\":[{\"start\":0,\"end\":13}]" },
};

START_TEST(annotations_move)
{
	struct bench b;
	struct buf line = { 0 }, want = { 0 };

	buf_fmt(&line, "{\"id\":\"a\",%s,%s}", text, parts[_i].layers);
	buf_char(&line, '\0');
	open_line(&b, line.p);
	buf_fmt(&want, "{\"id\":\"a.3\",\"doc\":\"a\",\"n\":3,\"start\":%u,\"text\":\"%.*s\"%s}\n",
	    record_cp(&b.r, parts[_i].start), (int)(parts[_i].end - parts[_i].start),
	    b.r.text.p + parts[_i].start, parts[_i].want);
	buf_char(&want, '\0');
	part_is(&b, parts[_i].start, parts[_i].end, want.p);
	buf_free(&line);
	buf_free(&want);
	shut(&b);
}
END_TEST

/* What a part writes reads back as the part: piped and fused runs are alike. */
START_TEST(a_part_reads_back)
{
	struct bench b, c;
	struct record part;
	struct buf one = { 0 }, two = { 0 };

	open_line(&b, "{\"id\":\"a\",\"text\":\"Al ran. Bo "
		      "ran.\",\"ents\":[{\"start\":8,\"end\":10,\"label\":"
		      "\"PERSON\"}]}");
	record_own(&b.r, LAYER_DATES);
	VEC_PUSH(
	    b.r.arena, &b.r.dates, (struct date){ .start = 11, .end = 14, .value = SPAN("V") });
	record_part(&part, &b.r, (struct range){ 8, 15 }, 2, b.r.arena);
	ck_assert_uint_eq(record_sents(&part)->n, 1);
	ck_assert_uint_eq(record_tokens(&part)->n, 3);
	record_own(&part, LAYER_QUOTES);
	record_own(&part, LAYER_ENTS);
	record_write(&part, &one);
	record_part(&part, &b.r, (struct range){ 8, 15 }, 2, b.r.arena);
	record_write(&part, &two);
	c = (struct bench){ .diag = { .prog = "p" } };
	ck_assert(record_parse(
	    &c.r, (struct span){ two.p, two.n - 1 }, NULL, (struct where){ 0 }, &c.arena, &c.diag));
	record_own(&c.r, LAYER_QUOTES);
	record_own(&c.r, LAYER_ENTS);
	record_write(&c.r, &c.out);
	ck_assert(span_eq(buf_span(&one), buf_span(&c.out)));
	buf_free(&one);
	buf_free(&two);
	shut(&b);
	shut(&c);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("record_part");
	TCase *tc = tcase_create("parts");
	SRunner *sr = srunner_create(s);
	int failed;

	tcase_add_test(tc, members_in_order);
	tcase_add_loop_test(tc, annotations_move, 0, sizeof(parts) / sizeof(parts[0]));
	tcase_add_test(tc, a_part_reads_back);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
