/* test_entity_decode.c - Viterbi and marginals against the sum over all sequences of states. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "entity/decode.h"

enum { TOKENS = 3, SEEDS = 40 };

static struct moves moves;
static struct scores scores[TOKENS];

static void
fill(unsigned seed)
{
	uint64_t x = seed * 2654435761U + 1;

	for (size_t i = 0; i < sizeof(moves.w) / 2 + TOKENS * SCORES; i++) {
		int16_t v;

		x = x * 6364136223846793005U + 1442695040888963407U;
		v = (int16_t)((x >> 40) % 161) - 80;
		if (i < sizeof(moves.w) / 2)
			moves.w[i / (STATES + 1)][i % (STATES + 1)] = v;
		else
			scores[(i - sizeof(moves.w) / 2) / SCORES]
			    .at[(i - sizeof(moves.w) / 2) % SCORES] = v;
	}
}

static int
weight(size_t i, unsigned state)
{
	return state == 0 ? 0 : scores[i].at[state - 1];
}

/* The weight of one path, or INT_MIN when a move is not allowed. */
static int
path_weight(const unsigned s[TOKENS])
{
	int sum = moves.w[EDGE][s[0]] + moves.w[s[TOKENS - 1]][EDGE];

	if (!decode_allows(EDGE, s[0]) || !decode_allows(s[TOKENS - 1], EDGE))
		return INT32_MIN;
	for (size_t i = 0; i < TOKENS; i++) {
		sum += weight(i, s[i]);
		if (i == 0)
			continue;
		if (!decode_allows(s[i - 1], s[i]))
			return INT32_MIN;
		sum += moves.w[s[i - 1]][s[i]];
	}
	return sum;
}

START_TEST(best_path_and_marginals)
{
	struct arena a = { 0 };
	struct model m = { .scale = 40 };
	struct chances got[TOKENS];
	double want[TOKENS][STATES] = { { 0 } }, total = 0;
	uint8_t state[TOKENS];
	unsigned s[TOKENS], mine[TOKENS];
	int best = INT32_MIN;

	fill((unsigned)_i);
	model_moves(&m, &moves);
	for (unsigned k = 0; k < STATES * STATES * STATES; k++) {
		int w;

		s[0] = k % STATES;
		s[1] = k / STATES % STATES;
		s[2] = k / STATES / STATES;
		w = path_weight(s);
		if (w == INT32_MIN)
			continue;
		best = w > best ? w : best;
		total += exp(w / 40.0);
		for (size_t i = 0; i < TOKENS; i++)
			want[i][s[i]] += exp(w / 40.0);
	}
	decode_best(scores, TOKENS, &m, state, &(struct lattice){ .arena = &a });
	for (size_t i = 0; i < TOKENS; i++)
		mine[i] = state[i];
	ck_assert_int_eq(path_weight(mine), best);
	decode_marginals(scores, TOKENS, &m, got, &a);
	for (size_t i = 0; i < TOKENS; i++)
		for (unsigned k = 0; k < STATES; k++)
			ck_assert_double_eq_tol(got[i].of[k], want[i][k] / total, 1e-4);
	arena_free(&a);
}
END_TEST

START_TEST(names_open_and_close)
{
	const unsigned person = 1 + 4 * CLASS_PER, place = 1 + 4 * CLASS_LOC;

	ck_assert(decode_allows(EDGE, 0) && decode_allows(0, EDGE) && decode_allows(0, 0));
	ck_assert(
	    decode_allows(0, person + PLACE_B) && decode_allows(person + PLACE_U, place + PLACE_U));
	ck_assert(decode_allows(person + PLACE_B, person + PLACE_I));
	ck_assert(decode_allows(person + PLACE_I, person + PLACE_L));
	ck_assert(!decode_allows(person + PLACE_B, place + PLACE_L));
	ck_assert(!decode_allows(person + PLACE_B, 0) && !decode_allows(person + PLACE_I, EDGE));
	ck_assert(!decode_allows(0, person + PLACE_I) && !decode_allows(EDGE, person + PLACE_L));
	ck_assert(!decode_allows(person + PLACE_B, person + PLACE_U));
}
END_TEST

START_TEST(nothing_to_decode)
{
	struct arena a = { 0 };
	struct model m = { 0 };
	uint8_t state = 99;

	decode_best(scores, 0, &m, &state, &(struct lattice){ .arena = &a });
	ck_assert_uint_eq(state, 99);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("entity decode");
	TCase *c = tcase_create("decode");
	SRunner *r;
	int failed;

	tcase_add_loop_test(c, best_path_and_marginals, 0, SEEDS);
	tcase_add_test(c, names_open_and_close);
	tcase_add_test(c, nothing_to_decode);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
