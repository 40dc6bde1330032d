/* test_arena.c - memory of a record, growing buffers: limits, alignment, overflow. */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"

START_TEST(aligned_and_zeroed)
{
	struct arena a = { 0 };

	for (size_t n = 0; n < 300; n++) {
		unsigned char *p = arena_alloc(&a, n, 7);

		ck_assert_uint_eq((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < n * 7; i++)
			ck_assert_uint_eq(p[i], 0);
		memset(p, 0xAA, n * 7);
	}
	arena_free(&a);
}
END_TEST

START_TEST(larger_than_a_block)
{
	struct arena a = { 0 };
	char *p = arena_raw(&a, 5 << 20, 1);

	p[(5 << 20) - 1] = 1;
	arena_reset(&a);
	ck_assert_uint_le(a.held, 1 << 20);
	arena_free(&a);
	ck_assert_uint_eq(a.held, 0);
}
END_TEST

/* A vector keeps its values while it grows past several blocks. */
START_TEST(vector_grows)
{
	struct arena a = { 0 };
	VEC(uint32_t) v = { 0 };

	for (uint32_t i = 0; i < 100000; i++)
		VEC_PUSH(&a, &v, i);
	for (uint32_t i = 0; i < 100000; i++)
		ck_assert_uint_eq(v.at[i], i);
	arena_free(&a);
}
END_TEST

/* n * size that wraps around, or is beyond ARENA_MAX, ends the program with status 74. */
START_TEST(product_overflows)
{
	struct arena a = { 0 };

	arena_alloc(&a, SIZE_MAX / 2, 4);
}
END_TEST

START_TEST(one_record_too_large)
{
	struct arena a = { 0 };

	arena_alloc(&a, ARENA_MAX + 1, 1);
}
END_TEST

START_TEST(text_in_the_arena)
{
	struct arena a = { 0 };
	struct span s = arena_fmt(&a, "%d-%s", 42, "x");

	ck_assert(span_is(s, "42-x"));
	ck_assert(span_eq(arena_copy(&a, s), s));
	ck_assert_str_eq(arena_cstr(&a, s), "42-x");
	ck_assert_ptr_nonnull(arena_copy(&a, (struct span){ NULL, 0 }).p);
	arena_free(&a);
}
END_TEST

START_TEST(buffer_grows)
{
	static const unsigned long long number[] = { 0, 9, 10, 12345, UINT64_MAX };
	static const char *const text[] = { "0", "9", "10", "12345", "18446744073709551615" };
	struct buf b = { 0 };

	for (size_t i = 0; i < 5; i++) {
		buf_clear(&b);
		buf_uint(&b, number[i]);
		ck_assert(span_is(buf_span(&b), text[i]));
	}
	buf_clear(&b);
	for (int i = 0; i < 10000; i++)
		buf_fmt(&b, "%04d", i);
	ck_assert_uint_eq(b.n, 40000);
	ck_assert(span_is(span_cut(buf_span(&b), 39996, 40000), "9999"));
	buf_free(&b);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("arena");
	TCase *t = tcase_create("arena");
	SRunner *run = srunner_create(s);
	int failed;

	tcase_add_test(t, aligned_and_zeroed);
	tcase_add_test(t, larger_than_a_block);
	tcase_add_test(t, vector_grows);
	tcase_add_exit_test(t, product_overflows, STATUS_OUTPUT);
	tcase_add_exit_test(t, one_record_too_large, STATUS_OUTPUT);
	tcase_add_test(t, text_in_the_arena);
	tcase_add_test(t, buffer_grows);
	suite_add_tcase(s, t);
	srunner_run_all(run, CK_ENV);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	return failed > 0;
}
