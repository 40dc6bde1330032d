/* test_entity_words.c - classes of telling words, name lists, facts of a word, the store of words. */
#include <check.h>
#include <stdlib.h>

#include "entity/gaz.h"
#include "entity/kind.h"
#include "entity/model.h"
#include "entity/vocab.h"
#include "table.h"
#include "token.h"
#include "uniclass.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

extern const struct blob blob_entity_keywords;

START_TEST(every_keyword_by_its_example)
{
	struct arena a = { 0 };
	struct kinds *k = kinds_new(&a);
	struct table t;

	table_load(&t, &blob_entity_keywords, &a);
	ck_assert_uint_gt(t.n_row, 500);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span example = table_cell(&t, i, 2), expects = table_cell(&t, i, 3);
		struct tokens tok = token_scan(example, &a);
		unsigned bit = 0;
		bool found = false;

		while (bit < N_KIND && !span_is(table_cell(&t, i, 1), kind_name[bit]))
			bit++;
		ck_assert_msg(bit < N_KIND, "line %u: no such class", t.line[i]);
		for (size_t n = 0; n < tok.n; n++)
			found = found || (kind_of(k, token_span(example, &tok.at[n])) & 1U << bit &&
					     span_eq(token_span(example, &tok.at[n]), expects));
		ck_assert_msg(found, "line %u: not found in its example", t.line[i]);
	}
	ck_assert_uint_eq(kind_of(k, SPAN("xylophone")), 0);
	ck_assert_uint_eq(kind_of(k, SPAN("")), 0);
	arena_free(&a);
}
END_TEST

static const struct listed {
	const char *name;
	unsigned in, not_in;
} listed[] = {
	{ "Paris", LIST_CITY | LIST_FIRST, LIST_COUNTRY },
	{ "Nigeria", LIST_COUNTRY, LIST_CITY },
	{ "Kenyan", LIST_PEOPLE, LIST_COUNTRY },
	{ "New Zealand", LIST_COUNTRY, LIST_LAST },
	{ "Texas", LIST_STATE, LIST_COUNTRY },
	{ "Europe", LIST_REGION, LIST_COUNTRY },
	{ "Kiev", LIST_COUNTRY | LIST_CITY_ALT, 0 },
	{ "nigeria", 0, LIST_ALL },
	{ "Xyzzy", 0, LIST_ALL },
	{ "New Zealand Xyzzy", 0, LIST_ALL },
};

static uint16_t
lists_of(struct span name, struct arena *a)
{
	struct tokens t = token_scan(name, a);
	uint64_t hash = 0;
	uint8_t longest;
	struct word w = { 0 };

	for (size_t i = 0; i < t.n; i++) {
		word_facts(&w, token_span(name, &t.at[i]));
		hash = i == 0 ? gaz_begin(w.exact) : gaz_next(hash, w.exact);
	}
	return gaz_find(hash, &longest);
}

START_TEST(lists)
{
	const struct listed *l = &listed[_i];
	struct arena a = { 0 };
	unsigned got = lists_of(span_c(l->name), &a);

	ck_assert_msg((got & l->in) == l->in, "%s: lists 0x%x", l->name, got);
	ck_assert_msg((got & l->not_in) == 0, "%s: lists 0x%x", l->name, got);
	arena_free(&a);
}
END_TEST

START_TEST(longest_name_of_a_first_word)
{
	struct word w = { 0 };

	word_facts(&w, SPAN("New"));
	gaz_word(&w);
	ck_assert_uint_ge(w.longest, 2);
	word_facts(&w, SPAN("LONDON"));
	gaz_word(&w);
	ck_assert(w.lists & LIST_CITY);
}
END_TEST

static const struct facts_case {
	const char *a, *b;
	bool shape, exact, lower; /* equal? */
	unsigned flags;           /* of a */
} facts[] = {
	{ "London", "Berlin", true, false, false, WORD_CAP | WORD_ALPHA | WORD_LONG },
	{ "London", "LONDON", false, false, true, WORD_CAP | WORD_ALPHA | WORD_LONG },
	{ "USA", "UK", true, false, false, WORD_CAP | WORD_ALPHA | WORD_UPPER },
	{ "1998", "2024", true, true, true, WORD_FIGURE | WORD_LONG },
	{ "don\xE2\x80\x99t", "don't", true, true, true, WORD_ALPHA | WORD_LOWER | WORD_LONG },
	{ "iPhone", "iphone", false, false, true,
	    WORD_ALPHA | WORD_LOWER | WORD_INNER | WORD_LONG },
	{ "\xC3\x89tat", "\xC3\xA9tat", false, false, true, WORD_CAP | WORD_ALPHA | WORD_LONG },
	{ "\xE2\x80\x93", "-", true, true, true, 0 },
	{ "A", "B", true, false, false, WORD_CAP | WORD_ALPHA },
	{ "\xE5\x8C\x97\xE4\xBA\xAC", "x", true, false, false, WORD_ALPHA },
};

START_TEST(facts_of_words)
{
	const struct facts_case *c = &facts[_i];
	struct word a = { 0 }, b = { 0 };

	word_facts(&a, span_c(c->a));
	word_facts(&b, span_c(c->b));
	ck_assert_msg((a.shape == b.shape) == c->shape, "%s %s: shape", c->a, c->b);
	ck_assert_msg((a.exact == b.exact) == c->exact, "%s %s: exact", c->a, c->b);
	ck_assert_msg((a.lower == b.lower) == c->lower, "%s %s: lower", c->a, c->b);
	ck_assert_msg(a.flags == c->flags, "%s: flags 0x%x", c->a, a.flags);
}
END_TEST

START_TEST(ends_of_short_words)
{
	struct word a = { 0 };

	word_facts(&a, SPAN("ab"));
	ck_assert_uint_ne(a.head[0], 0);
	ck_assert_uint_eq(a.head[1], 0);
	ck_assert_uint_ne(a.tail[1], 0);
	ck_assert_uint_eq(a.tail[2], 0);
}
END_TEST

START_TEST(store_of_words)
{
	struct model m = { 0 };
	struct arena a = { 0 };
	struct vocab v;
	struct word *one, *two;
	struct buf b = { 0 };

	vocab_init(&v, &m, kinds_new(&a));
	vocab_begin(&v);
	one = vocab_get(&v, SPAN("Marlow"));
	ck_assert_ptr_eq(vocab_get(&v, SPAN("Marlow")), one);
	two = vocab_get(&v, SPAN("MARLOW"));
	ck_assert_ptr_ne(two, one);
	ck_assert_ptr_eq(two->stem, one->stem);
	vocab_stem(&v, one)->n = 7;
	ck_assert_uint_eq(vocab_stem(&v, two)->n, 7);
	vocab_begin(&v);
	ck_assert_uint_eq(vocab_stem(&v, one)->n, 0);
	for (unsigned i = 0; i < 3 * VOCAB_KEEP; i++) { /* more than there are buckets */
		buf_clear(&b);
		buf_fmt(&b, "w%x", i);
		vocab_get(&v, buf_span(&b));
	}
	ck_assert_ptr_eq(vocab_get(&v, SPAN("Marlow")), one);
	vocab_begin(&v);
	ck_assert_uint_eq(v.n, 0);
	buf_free(&b);
	vocab_free(&v);
	arena_free(&a);
}
END_TEST

/* Longer words are cut at a character; equal beginnings make them one. */
START_TEST(endless_words)
{
	struct model m = { 0 };
	struct arena a = { 0 };
	struct vocab v;
	struct buf b = { 0 };

	vocab_init(&v, &m, kinds_new(&a));
	vocab_begin(&v);
	buf_char(&b, 'x');
	for (unsigned i = 0; i < WORD_LEN_MAX; i++)
		buf_str(&b, "\xC3\xA9");
	ck_assert_uint_eq(vocab_get(&v, buf_span(&b))->len, WORD_LEN_MAX - 1);
	buf_char(&b, 'y');
	vocab_get(&v, buf_span(&b));
	ck_assert_uint_eq(v.n, 1);
	buf_free(&b);
	vocab_free(&v);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("entity words");
	TCase *c = tcase_create("words");
	SRunner *r;
	int failed;

	tcase_add_test(c, every_keyword_by_its_example);
	tcase_add_loop_test(c, lists, 0, LENGTH(listed));
	tcase_add_test(c, longest_name_of_a_first_word);
	tcase_add_loop_test(c, facts_of_words, 0, LENGTH(facts));
	tcase_add_test(c, ends_of_short_words);
	tcase_add_test(c, store_of_words);
	tcase_add_test(c, endless_words);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
