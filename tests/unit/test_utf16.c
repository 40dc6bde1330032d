/* test_utf16.c - UTF-16 and UTF-32 to UTF-8: every code point, every split, every fault. */
#include "utf16.h"

#include <check.h>
#include <stdlib.h>

#include "buf.h"
#include "utf8.h"

struct form {
	const char *name;
	unsigned width;
	bool big;
};

static const struct form encodings[] = {
	{ "UTF-16LE", 2, false },
	{ "UTF-16BE", 2, true },
	{ "UTF-32LE", 4, false },
	{ "UTF-32BE", 4, true },
};

static void
put_unit(struct buf *b, const struct form *f, uint32_t v)
{
	for (unsigned i = 0; i < f->width; i++)
		buf_char(b, (char)(v >> 8 * (f->big ? f->width - 1 - i : i)));
}

static void
put_cp(struct buf *b, const struct form *f, uint32_t cp)
{
	if (f->width == 2 && cp >= 0x10000) {
		put_unit(b, f, 0xD800 + ((cp - 0x10000) >> 10));
		put_unit(b, f, 0xDC00 + ((cp - 0x10000) & 0x3FF));
	} else {
		put_unit(b, f, cp);
	}
}

/* All of in, handed over in pieces of step bytes, into room of 8 bytes at a time. */
static struct buf
decode(struct utf16 *u, struct span in, size_t step)
{
	struct buf out = { 0 };

	while (in.n > 0) {
		size_t n = in.n < step ? in.n : step;
		struct span piece = span_cut(in, 0, n);
		in = span_cut(in, n, in.n);
		while (piece.n > 0)
			out.n += utf16_decode(u, &piece, buf_room(&out, 8), 8);
	}
	out.n += utf16_finish(u, buf_room(&out, 8));
	return out;
}

START_TEST(every_code_point)
{
	const struct form *f = &encodings[_i];
	struct utf16 u = { .width = f->width, .big = f->big };
	struct buf in = { 0 }, want = { 0 };

	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		put_cp(&in, f, cp);
		want.n += utf8_encode(cp, buf_room(&want, UTF8_MAX));
	}
	struct buf got = decode(&u, buf_span(&in), 4093);
	ck_assert_msg(span_eq(buf_span(&got), buf_span(&want)), "%s", f->name);
	ck_assert_uint_eq(u.bad, 0);
	buf_free(&in);
	buf_free(&want);
	buf_free(&got);
}
END_TEST

struct fault_case {
	const char *name;
	unsigned width;
	struct span in;  /* big-endian */
	const char *out; /* ? for U+FFFD */
	size_t bad;
};

#define S(lit) \
	{ \
		(lit), sizeof(lit) - 1 \
	}

static const struct fault_case faults[] = {
	{ "nothing", 2, S(""), "", 0 },
	{ "high surrogate alone", 2, S("\xD8\0\0A"), "?A", 1 },
	{ "low surrogate alone", 2, S("\xDC\0\0A"), "?A", 1 },
	{ "two high ones", 2, S("\xD8\0\xD8\0\xDC\0"), "?\xF0\x90\x80\x80", 1 },
	{ "low before high", 2, S("\xDC\0\xD8\0"), "??", 2 },
	{ "high one at the end", 2, S("\0A\xDB\xFF"), "A?", 1 },
	{ "half a unit", 2, S("\0A\0"), "A?", 1 },
	{ "high one and half a unit", 2, S("\xD8\0\xDC"), "??", 2 },
	{ "surrogate as UTF-32", 4, S("\0\0\xD8\0\0\0\0A"), "?A", 1 },
	{ "beyond Unicode", 4, S("\0\x11\0\0\xFF\xFF\xFF\xFF"), "??", 2 },
	{ "three bytes of four", 4, S("\0\0\0"), "?", 1 },
};

START_TEST(damaged)
{
	const struct fault_case *c = &faults[_i];

	for (size_t step = 1; step < 5; step++) {
		struct utf16 u = { .width = c->width, .big = true };
		struct buf got = decode(&u, c->in, step), want = { 0 };
		for (const char *p = c->out; *p != '\0'; p++)
			if (*p == '?')
				buf_str(&want, "\xEF\xBF\xBD");
			else
				buf_char(&want, *p);
		ck_assert_msg(span_eq(buf_span(&got), buf_span(&want)), "%s", c->name);
		ck_assert_msg(u.bad == c->bad, "%s: %zu", c->name, u.bad);
		buf_free(&got);
		buf_free(&want);
	}
}
END_TEST

struct mark_case {
	struct span head;
	enum utf16_answer answer, at_end;
	unsigned width;
	bool big;
};

static const struct mark_case marks[] = {
	{ S(""), UTF16_MORE, UTF16_NO, 0, false },
	{ S("A"), UTF16_NO, UTF16_NO, 0, false },
	{ S("\xFF"), UTF16_MORE, UTF16_NO, 0, false },
	{ S("\xFF\xFE"), UTF16_MORE, UTF16_YES, 2, false },
	{ S("\xFF\xFE\0"), UTF16_MORE, UTF16_YES, 2, false },
	{ S("\xFF\xFE\0A"), UTF16_YES, UTF16_YES, 2, false },
	{ S("\xFF\xFE\0\0"), UTF16_YES, UTF16_YES, 4, false },
	{ S("\xFE\xFF"), UTF16_YES, UTF16_YES, 2, true },
	{ S("\0\0\xFE"), UTF16_MORE, UTF16_NO, 0, true },
	{ S("\0\0\xFE\xFF"), UTF16_YES, UTF16_YES, 4, true },
	{ S("\0\0\0\0"), UTF16_NO, UTF16_NO, 0, false },
	{ S("\xEF\xBB\xBF"), UTF16_NO, UTF16_NO, 0, false },
};

START_TEST(mark)
{
	const struct mark_case *c = &marks[_i];
	struct utf16 u = { .width = 0 };
	size_t len = 0;

	ck_assert_int_eq(utf16_mark(&u, c->head, false, &len), c->answer);
	ck_assert_int_eq(utf16_mark(&u, c->head, true, &len), c->at_end);
	if (c->at_end != UTF16_YES)
		return;
	ck_assert_uint_eq(u.width, c->width);
	ck_assert_uint_eq(len, c->width);
	ck_assert(u.big == c->big);
}
END_TEST

START_TEST(likely)
{
	ck_assert(utf16_likely((struct span)S("D\0a\0t\0e\0")));
	ck_assert(utf16_likely((struct span)S("\0D\0a\0t\0e")));
	/* Mixed with other scripts, which have no NUL. */
	ck_assert(utf16_likely((struct span)S("D\0a\0\x42\x04\x30\x04 \0\x42\x04\x30\x04 \0")));
	ck_assert(!utf16_likely((struct span)S("")));
	ck_assert(!utf16_likely((struct span)S("A\0B plain text with one of them")));
	ck_assert(!utf16_likely((struct span)S("ELF\0\0\0\0\1\2\0\0\0")));
	ck_assert(!utf16_likely((struct span)S("\0\0\0\0\0\0")));
}
END_TEST

#define LOOP(tc, f, table) tcase_add_loop_test(tc, f, 0, sizeof(table) / sizeof((table)[0]))

int
main(void)
{
	Suite *s = suite_create("utf16");
	TCase *tc = tcase_create("utf16");
	SRunner *sr = srunner_create(s);

	LOOP(tc, every_code_point, encodings);
	LOOP(tc, damaged, faults);
	LOOP(tc, mark, marks);
	tcase_add_test(tc, likely);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
