/* test_run_gzout.c - members: round trip, the same bytes each time, nothing held back at the end. */
#include <check.h>
#include <stdlib.h>
#include <zlib.h>

#include "gzout.h"

/* Inflate all members of a buffer. */
static void
unpack(struct span in, struct buf *out)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)in.p, .avail_in = (unsigned)in.n };

	ck_assert_int_eq(inflateInit2(&z, 31), Z_OK);
	while (z.avail_in > 0) {
		int r;

		z.next_out = (unsigned char *)buf_room(out, 65536);
		z.avail_out = 65536;
		r = inflate(&z, Z_NO_FLUSH);
		out->n += 65536 - z.avail_out;
		ck_assert(r == Z_OK || r == Z_STREAM_END);
		if (r == Z_STREAM_END)
			inflateReset(&z);
	}
	inflateEnd(&z);
}

START_TEST(round_trip)
{
	struct gzout *g = gzout_new();
	struct buf plain = { 0 }, packed = { 0 }, again = { 0 }, back = { 0 };

	for (unsigned i = 0, x = 1; i < 300000; i++, x = x * 1103515245 + 12345)
		buf_char(&plain, (char)(x >> 24));
	for (int pass = 0; pass < 2; pass++) {
		struct buf *out = pass == 0 ? &packed : &again;

		for (size_t at = 0; at < plain.n; at += 1000) {
			gzout_add(g, span_cut(buf_span(&plain), at, at + 1000), out);
			ck_assert(gzout_begun(g));
			if (at % 100000 == 0)
				gzout_end(g, out);
		}
		gzout_end(g, out);
		ck_assert(!gzout_begun(g));
		gzout_end(g, out); /* nothing more */
	}
	ck_assert(span_eq(buf_span(&packed), buf_span(&again)));
	unpack(buf_span(&packed), &back);
	ck_assert(span_eq(buf_span(&plain), buf_span(&back)));
	gzout_free(g);
	gzout_free(NULL);
	buf_free(&plain);
	buf_free(&packed);
	buf_free(&again);
	buf_free(&back);
}
END_TEST

START_TEST(empty_member)
{
	struct gzout *g = gzout_new();
	struct buf packed = { 0 }, back = { 0 };

	gzout_end(g, &packed);
	ck_assert_uint_eq(packed.n, 0);
	gzout_add(g, SPAN(""), &packed);
	gzout_end(g, &packed);
	ck_assert_uint_eq(packed.n, 20);
	unpack(buf_span(&packed), &back);
	ck_assert_uint_eq(back.n, 0);
	gzout_free(g);
	buf_free(&packed);
	buf_free(&back);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_gzout");
	TCase *t = tcase_create("gzout");
	SRunner *r;
	int failed;

	tcase_add_test(t, round_trip);
	tcase_add_test(t, empty_member);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
