/* test_gunzip.c - gzip data in pieces: members, padding, garbage, each cut and each damaged byte. */
#include "gunzip.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "buf.h"

/* s as one gzip member, behind what is in b. */
static void
put_member(struct buf *b, struct span s, int level)
{
	z_stream z = { 0 };
	union {
		const char *in;
		Bytef *z;
	} p = { s.p };

	ck_assert_int_eq(deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = p.z;
	z.avail_in = (uInt)s.n;
	z.avail_out = (uInt)deflateBound(&z, s.n);
	size_t room = z.avail_out;
	z.next_out = (Bytef *)buf_room(b, room);
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	b->n += room - z.avail_out;
	deflateEnd(&z);
}

/* All that comes out of in when it is handed over in pieces of step bytes and taken in pieces of room. */
static struct buf
inflate_all(struct gunzip *g, struct span in, size_t step, size_t room)
{
	struct buf out = { 0 };

	while (!gunzip_over(g)) {
		size_t n = in.n < step ? in.n : step, got;
		struct span piece = span_cut(in, 0, n);
		do {
			got = gunzip_take(g, &piece, buf_room(&out, room), room);
			out.n += got;
		} while (got > 0 || (piece.n > 0 && !gunzip_over(g)));
		in = span_cut(in, n - piece.n, in.n);
		if (in.n == 0 && !gunzip_over(g))
			gunzip_finish(g);
	}
	return out;
}

static struct buf
text(size_t n)
{
	struct buf b = { 0 };

	for (size_t i = 0; b.n < n; i++)
		buf_fmt(&b, "%zu bottles of beer on the wall, ", i * i);
	return b;
}

START_TEST(pieces)
{
	static const struct {
		size_t step, room;
	} sizes[] = { { 1, 1 }, { 1, 4096 }, { 7, 3 }, { 100000, 1 }, { 100000, 100000 } };
	struct buf plain = text(20000), z = { 0 };
	struct gunzip *g = gunzip_new();
	bool torn;

	/* Three members, one of them empty, and padding. */
	put_member(&z, span_cut(buf_span(&plain), 0, 12345), 9);
	put_member(&z, SPAN(""), 1);
	put_member(&z, span_cut(buf_span(&plain), 12345, plain.n), 0);
	buf_put(&z, (struct span){ "\0\0\0\0\0", 5 });
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		gunzip_reset(g);
		struct buf got = inflate_all(g, buf_span(&z), sizes[i].step, sizes[i].room);
		ck_assert(span_eq(buf_span(&got), buf_span(&plain)));
		ck_assert_ptr_null(gunzip_fault(g, &torn));
		ck_assert(!torn);
		buf_free(&got);
	}
	gunzip_free(g);
	gunzip_free(NULL);
	buf_free(&plain);
	buf_free(&z);
}
END_TEST

/* B6: cut anywhere, what comes out is the beginning, and the cut is known. */
START_TEST(b6_every_cut)
{
	struct buf plain = text(3000), z = { 0 };
	struct gunzip *g = gunzip_new();
	bool torn;

	put_member(&z, span_cut(buf_span(&plain), 0, 1000), 6);
	size_t seam = z.n;
	put_member(&z, span_cut(buf_span(&plain), 1000, plain.n), 6);
	for (size_t n = 0; n < z.n; n++) {
		gunzip_reset(g);
		struct buf got = inflate_all(g, span_cut(buf_span(&z), 0, n), 100, 100);
		const char *fault = gunzip_fault(g, &torn);
		ck_assert(span_starts(buf_span(&plain), buf_span(&got)));
		if (n == seam) {
			ck_assert_ptr_null(fault);
			ck_assert_uint_eq(got.n, 1000);
		} else {
			ck_assert_msg(fault != NULL && torn, "cut at %zu of %zu", n, z.n);
			ck_assert_str_eq(fault, "gzip data ends early");
		}
		buf_free(&got);
	}
	gunzip_free(g);
	buf_free(&plain);
	buf_free(&z);
}
END_TEST

/* No byte of data, check sum or length can be wrong unnoticed. */
START_TEST(every_damage)
{
	struct buf plain = text(300), z = { 0 };
	struct gunzip *g = gunzip_new();
	bool torn;

	put_member(&z, buf_span(&plain), 6);
	for (size_t i = 10; i < z.n; i++) { /* behind the header, whose time and system are free */
		gunzip_reset(g);
		z.p[i] ^= 0x10;
		struct buf got = inflate_all(g, buf_span(&z), 50, 50);
		ck_assert_msg(gunzip_fault(g, &torn) != NULL, "byte %zu", i);
		buf_free(&got);
		z.p[i] ^= 0x10;
	}
	gunzip_free(g);
	buf_free(&plain);
	buf_free(&z);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("gunzip");
	TCase *tc = tcase_create("gunzip");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, pieces);
	tcase_add_test(tc, b6_every_cut);
	tcase_add_test(tc, every_damage);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
