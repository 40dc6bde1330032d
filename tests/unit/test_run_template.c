/* test_run_template.c - paths of outputs: what a value may do to a file name, which is nothing (FAULTS C11). */
#include <check.h>
#include <stdlib.h>

#include "template.h"

#define LONG50 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static const struct {
	struct span value;
	const char *safe; /* one that ends in ~ is a beginning */
} values[] = {
	{ { "plain", 5 }, "plain" },
	{ { "", 0 }, "_" },
	{ { NULL, 0 }, "_" },
	{ { ".", 1 }, "_" },
	{ { "..", 2 }, "_." },
	{ { "../../etc/x", 11 }, "_._.._etc_x" },
	{ { "/abs", 4 }, "_abs" },
	{ { "a\0b", 3 }, "a_b" },
	{ { "a\nb\x1B[0m\x7F", 8 }, "a_b_[0m_" },
	{ { "-rf", 3 }, "_rf" },
	{ { ".hidden", 7 }, "_hidden" },
	{ { "\xC3\xA9t\xC3\xA9", 5 }, "\xC3\xA9t\xC3\xA9" },
	{ { LONG50 LONG50, 100 }, LONG50 LONG50 },
	{ { LONG50 LONG50 "x", 101 },
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxx~" },
};

START_TEST(safe_values)
{
	struct buf out = { 0 };
	const char *want = values[_i].safe;
	size_t n = strlen(want);

	template_safe(values[_i].value, TEMPLATE_VALUE_MAX, &out);
	ck_assert_uint_le(out.n, TEMPLATE_VALUE_MAX);
	ck_assert(out.n > n ? want[n - 1] == '~' : out.n == n);
	ck_assert(memcmp(out.p, want, n) == 0);
	buf_free(&out);
}
END_TEST

/* Cut between characters, and two long values that differ at the end stay apart. */
START_TEST(long_values)
{
	struct buf a = { 0 }, b = { 0 };
	char text[301];

	memset(text, 'x', sizeof(text));
	for (size_t i = 0; i + 1 < 300; i += 2)
		memcpy(text + i, "\xC3\xA9", 2);
	template_safe((struct span){ text, 300 }, TEMPLATE_VALUE_MAX, &a);
	text[299] = 'x';
	template_safe((struct span){ text, 300 }, TEMPLATE_VALUE_MAX, &b);
	ck_assert_uint_eq(a.n % 2, 1); /* whole characters of two bytes, ~ and 16 digits */
	ck_assert(!span_eq(buf_span(&a), buf_span(&b)));
	buf_free(&a);
	buf_free(&b);
}
END_TEST

/* Pieces: text of the file, then of a parameter where it stands between < and >. */
static struct pieces
pieces_of(const char *s, struct arena *a)
{
	struct pieces p = { 0 };

	while (*s != '\0') {
		bool value = *s == '<';
		size_t n = strcspn(s + value, value ? ">" : "<");

		VEC_PUSH(a, &p.list, (struct piece){ { s + value, n }, value });
		s += n + (value ? 2 : 0);
	}
	return p;
}

static const struct {
	const char *text;
	const char *fault; /* or NULL, and then */
	const char *prefix, *path;
} cuts[] = {
	{ "out.jsonl", NULL, NULL, "out.jsonl" },
	{ "<a/{id}>/x", NULL, NULL, "a/{id}/x" },
	{ "new-{run}.txt", NULL, NULL, "new-20211204T101500Z.txt" },
	{ "{id}.jsonl", NULL, ".", NULL },
	{ "<o>/a/b-{id}/x", NULL, "o/a/", NULL },
	{ "/{id}", NULL, "/", NULL },
	{ "{date:%Y/%m}/x", "output.file has a / inside {}", NULL, NULL },
	{ "{date:%H}", "output.file knows only %Y, %m and %d in a date", NULL, NULL },
	{ "{date:%}", "output.file knows only %Y, %m and %d in a date", NULL, NULL },
	{ "{id:%Y}", "output.file has a format behind a field that is not date", NULL, NULL },
	{ "a{}", "output.file has an empty {}", NULL, NULL },
	{ "a{id", "output.file has a { without }", NULL, NULL },
	{ "aid}", "output.file has a } without {", NULL, NULL },
	{ "{id}/", "output.file must name a file, not a directory", NULL, NULL },
	{ "out/", "output.file must name a file, not a directory", NULL, NULL },
	{ "{id}/<../..>/x", "output.file has an empty name, . or .. behind a field", NULL, NULL },
	{ "{id}//x", "output.file has an empty name, . or .. behind a field", NULL, NULL },
	{ "{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}", "output.file makes names of more than 240 bytes",
	    NULL, NULL },
	{ "", "output.file must not be empty", NULL, NULL },
};

START_TEST(cutting)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	struct pieces p = pieces_of(cuts[_i].text, &a);
	struct template t;

	if (cuts[_i].fault != NULL) {
		ck_assert(!template_parse(&t, &p, (struct at){ 1, 1 }, "20211204T101500Z", &f));
		ck_assert_str_eq(arena_cstr(&a, f.list.at[0].what), cuts[_i].fault);
	} else {
		ck_assert(template_parse(&t, &p, (struct at){ 1, 1 }, "20211204T101500Z", &f));
		ck_assert_pstr_eq(t.path, cuts[_i].path);
		ck_assert_pstr_eq(t.prefix, cuts[_i].prefix);
	}
	arena_free(&a);
}
END_TEST

static const char record[] =
    "{\"id\":\"a/b\",\"date\":\"2021-12-04T10:00\",\"title\":\"T\",\"text\":\"x\",\"label\":\"..\","
    "\"n\":1.50,\"yes\":true,\"no\":null,\"list\":[1],\"e\\u0073c\":\"caf\\u00e9\"}";

static const struct {
	const char *text, *path;
} fills[] = {
	{ "o/{id}.jsonl", "a_b.jsonl" },
	{ "o/{date}", "2021-12-04" },
	{ "o/{date:%Y}/{date:%m-%d}.x", "2021/12-04.x" },
	{ "{label}/{n}/{yes}", "_./1.50/true" },
	{ "{no}-{list}-{none}", "_-_-_" },
	{ "{esc}", "caf\xC3\xA9" },
	{ "{label}.{label}", "_.._." },
};

START_TEST(filling_in)
{
	struct arena a = { 0 };
	struct faults f = { .file = "f", .arena = &a };
	struct pieces p = pieces_of(fills[_i].text, &a);
	struct diag d = { .prog = "test" };
	struct template t;
	struct record r;
	struct buf path = { 0 };
	uint64_t raw;

	ck_assert(template_parse(&t, &p, (struct at){ 1, 1 }, "", &f));
	ck_assert(record_parse(&r, span_c(record), NULL, (struct where){ 0 }, &a, &d));
	template_render(&t, &r, &path, &raw);
	buf_char(&path, '\0');
	ck_assert_str_eq(path.p, fills[_i].path);
	buf_free(&path);
	arena_free(&a);
}
END_TEST

static uint64_t
raw_of(const char *json, struct arena *a)
{
	struct faults f = { .file = "f", .arena = a };
	struct pieces p = pieces_of("{label}", a);
	struct diag d = { .prog = "test" };
	struct template t;
	struct record r;
	struct buf path = { 0 };
	uint64_t raw;

	ck_assert(template_parse(&t, &p, (struct at){ 1, 1 }, "", &f));
	ck_assert(record_parse(&r, span_c(json), NULL, (struct where){ 0 }, a, &d));
	template_render(&t, &r, &path, &raw);
	ck_assert(span_is(buf_span(&path), "a_b"));
	buf_free(&path);
	return raw;
}

/* Two values of one name are known to be two (FAULTS C12). */
START_TEST(collisions_are_seen)
{
	struct arena a = { 0 };

	ck_assert_uint_ne(raw_of("{\"label\":\"a/b\",\"text\":\"\"}", &a),
	    raw_of("{\"label\":\"a_b\",\"text\":\"\"}", &a));
	ck_assert_uint_eq(raw_of("{\"label\":\"a/b\",\"text\":\"\"}", &a),
	    raw_of("{\"text\":\"x\",\"label\":\"a\\/b\"}", &a));
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_template");
	TCase *t = tcase_create("template");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, safe_values, 0, sizeof(values) / sizeof(values[0]));
	tcase_add_test(t, long_values);
	tcase_add_loop_test(t, cutting, 0, sizeof(cuts) / sizeof(cuts[0]));
	tcase_add_loop_test(t, filling_in, 0, sizeof(fills) / sizeof(fills[0]));
	tcase_add_test(t, collisions_are_seen);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
