/* test_count.c - the wide loop counts as a plain one does, at every length and place. */
#include <check.h>
#include <stdlib.h>

#include "count.h"

static size_t
plain(struct span s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

START_TEST(lengths)
{
	char text[300];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i % 3 == 0 || i % 7 == 0 ? '\n' : (char)(i * 37);
	for (size_t from = 0; from < 20; from++)
		for (size_t to = from; to <= sizeof(text); to++) {
			struct span s = { text + from, to - from };

			ck_assert_uint_eq(count_byte(s, '\n'), plain(s, '\n'));
		}
}
END_TEST

/* More than one byte of the sum can hold. */
START_TEST(many)
{
	static char text[16 * 300 + 5];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = '\xFF';
	ck_assert_uint_eq(count_byte((struct span){ text, sizeof(text) }, '\xFF'), sizeof(text));
	ck_assert_uint_eq(count_byte((struct span){ text, sizeof(text) }, 'a'), 0);
	ck_assert_uint_eq(count_byte((struct span){ NULL, 0 }, 'a'), 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("count");
	TCase *tc = tcase_create("count");
	SRunner *sr = srunner_create(s);
	int failed;

	tcase_add_test(tc, lengths);
	tcase_add_test(tc, many);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
