/* test_json.c - the grammar of RFC 8259 by cases, limits, escapes at every place of a block of 16. */
#include <check.h>
#include <stdlib.h>

#include "json.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* As ck_assert, but it costs nothing while all is well: for long loops. */
#define REQUIRE(...) \
	do { \
		if (!(__VA_ARGS__)) \
			ck_abort_msg("%s", #__VA_ARGS__); \
	} while (0)

/* A copy of exactly its size, so that AddressSanitizer sees a read behind the end. */
static char *
exact(const char *p, size_t n)
{
	char *copy = malloc(n == 0 ? 1 : n);

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, p, n);
	return copy;
}

/* Scan one value that must be all of text. NULL, or what is wrong. */
static const char *
scan(const char *text, size_t n, size_t *at)
{
	char *copy = exact(text, n);
	struct json j = { copy, copy + n, NULL };
	struct span raw;
	const char *what = NULL;

	if (!json_value(&j, &raw))
		what = j.what;
	else if (json_accept(&j, ' '), j.p != j.end)
		what = "trailing garbage";
	*at = (size_t)(j.p - copy);
	free(copy);
	return what;
}

static const char *const good[] = {
	"{}",
	"[]",
	" [ ] ",
	"{ }",
	"null",
	"true",
	"false",
	"0",
	"-0",
	"10",
	"-1.5",
	"0.0",
	"1e5",
	"1E+05",
	"1e-0",
	"1.25e400",
	"123456789012345678901234567890",
	"\"\"",
	"\"a\"",
	"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"",
	"\"\\ud83d lone is grammar, not text\"",
	"\"\\u0000\"",
	"\"\x7F\"",
	"\"\xE2\x80\xA8\"",
	"[1,2,3]",
	"[[],[[]],{}]",
	"[{},{\"a\":{}}]",
	"{\"a\":1,\"a\":2}",
	"{\"\":null}",
	"{\"a\":[1,{\"b\":[]}],\"c\":\"d\"}",
	"\t\r\n [ 1 , \t2 ] ",
	"{ \"a\" : 1 , \"b\" : [ ] }",
	"[\"a string longer than one block of sixteen bytes\", \"and \\\" another one of them\"]",
};

START_TEST(test_good)
{
	size_t at;
	const char *what = scan(good[_i], strlen(good[_i]), &at);

	ck_assert_msg(what == NULL, "%s: %s at %zu", good[_i], what, at);
}
END_TEST

/* No beginning of a good text is good, but of numbers and with white space at the end. */
START_TEST(test_truncated)
{
	size_t n = strlen(good[_i]), at;
	bool bracket = good[_i][n - 1] == '}' || good[_i][n - 1] == ']' || good[_i][n - 1] == '"';

	for (size_t k = 0; k < n && bracket; k++)
		ck_assert_msg(scan(good[_i], k, &at) != NULL, "%zu bytes of %s", k, good[_i]);
}
END_TEST

static const struct bad {
	const char *text, *what;
	size_t at; /* byte of the fault */
} bads[] = {
	{ "", "expected a value", 0 },
	{ "  ", "expected a value", 2 },
	{ "nul", "expected a value", 0 },
	{ "nulL", "expected a value", 0 },
	{ "True", "expected a value", 0 },
	{ "truee", "trailing garbage", 4 },
	{ "NaN", "expected a value", 0 },
	{ "-Infinity", "bad number", 0 },
	{ "+1", "expected a value", 0 },
	{ ".5", "expected a value", 0 },
	{ "-", "bad number", 0 },
	{ "01", "bad number", 0 },
	{ "-01", "bad number", 0 },
	{ "1.", "bad number", 0 },
	{ "1.e5", "bad number", 0 },
	{ "1e", "bad number", 0 },
	{ "1e+", "bad number", 0 },
	{ "0x10", "trailing garbage", 1 },
	{ "1 2", "trailing garbage", 2 },
	{ "{}{}", "trailing garbage", 2 },
	{ "'a'", "expected a value", 0 },
	{ "\"a", "unterminated string", 0 },
	{ "[\"abc", "unterminated string", 1 },
	{ "\"a\\\"", "unterminated string", 0 },
	{ "\"a\nb\"", "control character in string", 2 },
	{ "\"a\tb\"", "control character in string", 2 },
	{ "\"\\x41\"", "bad escape", 1 },
	{ "\"\\U0041\"", "bad escape", 1 },
	{ "\"\\u12g4\"", "bad escape", 1 },
	{ "\"\\u12\"", "bad escape", 1 },
	{ "\"\\'\"", "bad escape", 1 },
	{ "[", "expected a value", 1 },
	{ "[1", "expected ',' or ']'", 2 },
	{ "[1,", "expected a value", 3 },
	{ "[1,]", "expected a value", 3 },
	{ "[,1]", "expected a value", 1 },
	{ "[1 2]", "expected ',' or ']'", 3 },
	{ "[1}", "expected ',' or ']'", 2 },
	{ "]", "expected a value", 0 },
	{ "{", "expected a key", 1 },
	{ "{a:1}", "expected a key", 1 },
	{ "{1:1}", "expected a key", 1 },
	{ "{\"a\"}", "expected ':'", 4 },
	{ "{\"a\" 1}", "expected ':'", 5 },
	{ "{\"a\":}", "expected a value", 5 },
	{ "{\"a\":1", "expected ',' or '}'", 6 },
	{ "{\"a\":1,}", "expected a key", 7 },
	{ "{\"a\":1]", "expected ',' or '}'", 6 },
	{ "{\"a\":1;\"b\":2}", "expected ',' or '}'", 6 },
	{ "[1,/* no */2]", "expected a value", 3 },
	{ "\xC2\xA0[]", "expected a value", 0 },
	{ "\f[]", "expected a value", 0 },
};

START_TEST(test_bad)
{
	const struct bad *c = &bads[_i];
	size_t at;
	const char *what = scan(c->text, strlen(c->text), &at);

	ck_assert_msg(what != NULL, "%s: accepted", c->text);
	ck_assert_msg(strcmp(what, c->what) == 0, "%s: %s", c->text, what);
	ck_assert_msg(at == c->at, "%s: at %zu", c->text, at);
}
END_TEST

START_TEST(test_raw_nul)
{
	size_t at;

	ck_assert_str_eq(scan("\"a\0b\"", 5, &at), "control character in string");
	ck_assert_uint_eq(at, 2);
	ck_assert_str_eq(scan("[\0]", 3, &at), "expected a value");
	ck_assert_str_eq(scan("\0", 1, &at), "expected a value");
	ck_assert_str_eq(scan("[1\0]", 4, &at), "expected ',' or ']'");
}
END_TEST

/* Every byte in a string at every place of texts of 0 to 70 bytes: as it is, or a fault there. */
START_TEST(test_every_place)
{
	char text[80];

	for (unsigned byte = 0; byte < 0x80; byte++) {
		size_t n = (size_t)_i;

		for (size_t at = 1; at <= n; at++) {
			const char *what;
			size_t where;

			memset(text, 'a', sizeof(text));
			text[0] = text[n + 1] = '"';
			text[at] = (char)byte;
			what = scan(text, n + 2, &where);
			if (byte < 0x20)
				REQUIRE(strcmp(what, "control character in string") == 0 &&
					where == at);
			else if (byte == '"')
				REQUIRE(strcmp(what, "trailing garbage") == 0 && where == at + 1);
			else if (byte == '\\' && at < n)
				REQUIRE(strcmp(what, "bad escape") == 0 && where == at);
			else if (byte == '\\')
				REQUIRE(strcmp(what, "unterminated string") == 0 && where == 0);
			else
				REQUIRE(what == NULL);
		}
	}
}
END_TEST

/* Arrays and objects in turn, n deep, with a bracket of the wrong kind put in at wrong < n. */
static const char *
nested(size_t n, size_t wrong)
{
	static const char *const open[] = { "[", "{\"a\":" };
	struct buf text = { 0 };
	const char *what;
	size_t at;

	for (size_t i = 0; i < n; i++)
		buf_str(&text, open[i % 3 == 1]);
	buf_str(&text, "1");
	for (size_t i = n; i-- > 0;)
		buf_char(&text, (i % 3 == 1) == (i != wrong) ? '}' : ']');
	what = scan(text.p, text.n, &at);
	buf_free(&text);
	return what;
}

START_TEST(test_depth)
{
	ck_assert_ptr_null(nested(JSON_DEPTH_MAX, SIZE_MAX));
	ck_assert_str_eq(nested(JSON_DEPTH_MAX + 1, SIZE_MAX), "nested too deep");
	ck_assert_str_eq(nested(20000, SIZE_MAX), "nested too deep");
	for (size_t i = 0; i < 200; i++)
		ck_assert_str_eq(
		    nested(200, i), i % 3 == 1 ? "expected ',' or '}'" : "expected ',' or ']'");
}
END_TEST

START_TEST(test_iterate)
{
	static const char text[] = " { \"a\" : [1, 2 ,3] , \"b\\n\":{\"c\":[]},\"d\":\"x\"} tail";
	char *copy = exact(text, sizeof(text) - 1);
	struct json j = { copy, copy + sizeof(text) - 1, NULL };
	struct buf seen = { 0 };

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span key = { NULL, 0 }, raw = { NULL, 0 };

		ck_assert(json_key(&j, &key) && json_value(&j, &raw));
		buf_put(&seen, key);
		buf_char(&seen, '=');
		buf_put(&seen, raw);
		buf_char(&seen, ';');
	}
	ck_assert_ptr_null(j.what);
	ck_assert(span_is(buf_span(&seen), "a=[1, 2 ,3];b\\n={\"c\":[]};d=\"x\";"));
	ck_assert(!json_accept(&j, 'x'));
	ck_assert(json_accept(&j, 't'));
	buf_free(&seen);
	free(copy);
}
END_TEST

static const struct walk {
	const char *text; /* of an array of strings */
	const char *what; /* NULL: good */
	size_t n;         /* elements before the end or the fault */
} walks[] = {
	{ "[]", NULL, 0 },
	{ "[\"a\"]", NULL, 1 },
	{ "[\"a\",\"b\" ]", NULL, 2 },
	{ "", "expected '['", 0 },
	{ "{}", "expected '['", 0 },
	{ "[", "expected a string", 0 },
	{ "[\"a\",]", "expected a string", 1 },
	{ "[\"a\" \"b\"]", "expected ',' or ']'", 1 },
	{ "[\"a\"", "expected ',' or ']'", 1 },
	{ "[1]", "expected a string", 0 },
	{ "[\"a\",\"b]", "unterminated string", 1 },
};

START_TEST(test_walk)
{
	const struct walk *c = &walks[_i];
	size_t n = 0, len = strlen(c->text);
	char *copy = exact(c->text, len);
	struct json j = { copy, copy + len, NULL };
	struct span body;

	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']'))
		n += json_string(&j, &body);
	ck_assert_uint_eq(n, c->n);
	ck_assert_msg(j.what == c->what || strcmp(j.what, c->what) == 0, "%s: %s", c->text, j.what);
	/* After a fault nothing moves. */
	if (j.what != NULL)
		ck_assert(!json_begin(&j, '[') && !json_more(&j, ']') && !json_accept(&j, ']') &&
			  !json_value(&j, &body) && !json_string(&j, &body) &&
			  !json_key(&j, &body));
	free(copy);
}
END_TEST

static const struct unescape {
	const char *body;
	struct span out;
	size_t lone;
} unescapes[] = {
	{ "", { "", 0 }, 0 },
	{ "plain \xC3\xA9", { "plain \xC3\xA9", 8 }, 0 },
	{ "\\\"\\\\\\/\\b\\f\\n\\r\\t", { "\"\\/\b\f\n\r\t", 8 }, 0 },
	{ "a\\u0000b", { "a\0b", 3 }, 0 },
	{ "\\u0041\\u00e9\\u20AC", { "A\xC3\xA9\xE2\x82\xAC", 6 }, 0 },
	{ "\\uD83D\\uDE00", { "\xF0\x9F\x98\x80", 4 }, 0 },
	{ "\\uDBFF\\uDFFF", { "\xF4\x8F\xBF\xBF", 4 }, 0 },
	{ "\\ud800\\udc00", { "\xF0\x90\x80\x80", 4 }, 0 },
	{ "\\ud83d", { "\xEF\xBF\xBD", 3 }, 1 },
	{ "\\ud83dx", { "\xEF\xBF\xBDx", 4 }, 1 },
	{ "\\ude00\\ud83d", { "\xEF\xBF\xBD\xEF\xBF\xBD", 6 }, 2 },
	{ "\\ud83d\\ud83d\\ude00", { "\xEF\xBF\xBD\xF0\x9F\x98\x80", 7 }, 1 },
	{ "\\ud83d\\n", { "\xEF\xBF\xBD\n", 4 }, 1 },
	{ "\\ud83d\\u0041",
	    { "\xEF\xBF\xBD"
	      "A",
		4 },
	    1 },
	{ "\\ufffd\\uFFFE", { "\xEF\xBF\xBD\xEF\xBF\xBE", 6 }, 0 },
	{ "\\uD7FF\\uE000", { "\xED\x9F\xBF\xEE\x80\x80", 6 }, 0 },
};

START_TEST(test_unescape)
{
	const struct unescape *c = &unescapes[_i];
	size_t n = strlen(c->body), lone = 0;
	char *copy = exact(c->body, n);
	struct arena a = { 0 };
	struct span out = json_unescape((struct span){ copy, n }, &a, &lone);

	ck_assert_msg(span_eq(out, c->out), "%s", c->body);
	ck_assert_uint_eq(lone, c->lone);
	ck_assert(span_eq(json_unescape((struct span){ copy, n }, &a, NULL), c->out));
	if (memchr(c->body, '\\', n) == NULL)
		ck_assert_ptr_eq(out.p, copy);
	arena_free(&a);
	free(copy);
}
END_TEST

static const struct uint {
	const char *raw;
	uint64_t max, v;
	bool good;
} uints[] = {
	{ "0", 0, 0, true },
	{ "0", 5, 0, true },
	{ "7", 7, 7, true },
	{ "8", 7, 0, false },
	{ "10", 9, 0, false },
	{ "18446744073709551615", UINT64_MAX, UINT64_MAX, true },
	{ "18446744073709551616", UINT64_MAX, 0, false },
	{ "99999999999999999999999", UINT64_MAX, 0, false },
	{ "4294967295", UINT32_MAX, UINT32_MAX, true },
	{ "4294967296", UINT32_MAX, 0, false },
	{ "", 9, 0, false },
	{ "-1", 9, 0, false },
	{ "1.0", 9, 0, false },
	{ "1e0", 9, 0, false },
	{ "\"1\"", 9, 0, false },
	{ "null", 9, 0, false },
};

START_TEST(test_uint)
{
	const struct uint *c = &uints[_i];
	uint64_t v = 0;

	ck_assert_msg(json_uint(span_c(c->raw), c->max, &v) == c->good, "%s", c->raw);
	ck_assert_uint_eq(v, c->v);
}
END_TEST

static const struct put {
	struct span in;
	const char *out;
} puts_[] = {
	{ { NULL, 0 }, "\"\"" },
	{ { "a", 1 }, "\"a\"" },
	{ { "\"\\/\b\f\n\r\t", 8 }, "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
	{ { "\0\x01\x1B\x1F\x7F", 5 }, "\"\\u0000\\u0001\\u001b\\u001f\x7F\"" },
	{ { "\xE2\x80\xA8\xF0\x9F\x98\x80", 7 }, "\"\xE2\x80\xA8\xF0\x9F\x98\x80\"" },
};

START_TEST(test_put)
{
	struct buf out = { 0 };

	json_put(&out, puts_[_i].in);
	ck_assert(span_is(buf_span(&out), puts_[_i].out));
	buf_free(&out);
}
END_TEST

/* Written, scanned and decoded again it is the same: every byte at every place of n bytes. */
START_TEST(test_round_trip)
{
	size_t n = (size_t)_i;
	char text[80];
	struct buf out = { 0 };
	struct arena a = { 0 };

	for (unsigned byte = 0; byte < 0x80; byte++) {
		for (size_t at = 0; at < n; at++) {
			struct json j;
			struct span body;
			char *copy;

			memset(text, 'a', sizeof(text));
			text[at] = (char)byte;
			copy = exact(text, n);
			buf_clear(&out);
			json_put(&out, (struct span){ copy, n });
			free(copy);
			j = (struct json){ out.p, out.p + out.n, NULL };
			REQUIRE(json_string(&j, &body) && j.p == j.end);
			body = json_unescape(body, &a, NULL);
			REQUIRE(span_eq(body, (struct span){ text, n }));
			arena_reset(&a);
		}
	}
	buf_free(&out);
	arena_free(&a);
}
END_TEST

START_TEST(test_type)
{
	static const struct type {
		const char *raw, *name;
		enum json_type type;
	} types[] = {
		{ "null", "null", JSON_NULL },
		{ "true", "a boolean", JSON_BOOL },
		{ "false", "a boolean", JSON_BOOL },
		{ "-1", "a number", JSON_NUMBER },
		{ "0", "a number", JSON_NUMBER },
		{ "\"\"", "a string", JSON_STRING },
		{ "[]", "an array", JSON_ARRAY },
		{ "{}", "an object", JSON_OBJECT },
	};

	for (size_t i = 0; i < LENGTH(types); i++) {
		ck_assert_int_eq(json_type(span_c(types[i].raw)), types[i].type);
		ck_assert_str_eq(json_type_name(types[i].type), types[i].name);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("json");
	TCase *tc = tcase_create("json");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, test_good, 0, LENGTH(good));
	tcase_add_loop_test(tc, test_truncated, 0, LENGTH(good));
	tcase_add_loop_test(tc, test_bad, 0, LENGTH(bads));
	tcase_add_test(tc, test_raw_nul);
	tcase_add_loop_test(tc, test_every_place, 0, 71);
	tcase_add_test(tc, test_depth);
	tcase_add_test(tc, test_iterate);
	tcase_add_loop_test(tc, test_walk, 0, LENGTH(walks));
	tcase_add_loop_test(tc, test_unescape, 0, LENGTH(unescapes));
	tcase_add_loop_test(tc, test_uint, 0, LENGTH(uints));
	tcase_add_loop_test(tc, test_put, 0, LENGTH(puts_));
	tcase_add_loop_test(tc, test_round_trip, 0, 71);
	tcase_add_test(tc, test_type);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
