/* gaz.c - build-time: lists of names -> a sorted array of phrase hashes (gaz.h).
 *
 * usage: gaz NAMES.tsv... >gaz.inc
 * Rows: list, name. Names of more than GAZ_WORDS_MAX tokens are left out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../gaz.h"
#include "arena.h"
#include "slurp.h"
#include "table.h"
#include "token.h"

enum { INDEX_BITS = 15 };

static const char *const lists[N_LIST] = { "COUNTRY", "CITY", "CITYALT", "TOWN", "STATE", "REGION",
	"NORP", "FIRST", "LAST", "LANGUAGE", "TEAM", "COMPANY", "GROUP", "SITE", "PRODUCT",
	"EVENT" };

struct entry {
	uint64_t hash;
	uint16_t lists;
	uint8_t longest;
};

typedef VEC(struct entry) entries;

static uint16_t
list_bit(struct span name, const char *file, uint32_t line)
{
	for (unsigned i = 0; i < N_LIST; i++)
		if (span_is(name, lists[i]))
			return (uint16_t)(1U << i);
	fprintf(stderr, "%s:%u: no such list\n", file, line);
	exit(1);
}

/* Two entries: the name itself, and its first word with the length of the name. */
static void
add(entries *e, struct arena *a, struct span name, uint16_t bit)
{
	struct tokens t = token_scan(name, a);
	struct word w = { 0 };
	uint64_t first = 0, hash = 0;

	if (t.n == 0 || t.n > GAZ_WORDS_MAX)
		return;
	for (size_t i = 0; i < t.n; i++) {
		word_facts(&w, token_span(name, &t.at[i]));
		hash = i == 0 ? gaz_begin(w.exact) : gaz_next(hash, w.exact);
		first = i == 0 ? hash : first;
	}
	VEC_PUSH(a, e, (struct entry){ hash, bit, 0 });
	if (t.n > 1)
		VEC_PUSH(a, e, (struct entry){ first, 0, (uint8_t)t.n });
}

static int
by_hash(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return (x->hash >> 20 > y->hash >> 20) - (x->hash >> 20 < y->hash >> 20);
}

/* One entry for each hash; returns how many are left. */
static size_t
merge(struct entry *e, size_t n)
{
	size_t out = 0;

	qsort(e, n, sizeof(*e), by_hash);
	for (size_t i = 0; i < n; i++) {
		if (out == 0 || by_hash(&e[out - 1], &e[i]) != 0) {
			e[out++] = e[i];
			continue;
		}
		e[out - 1].lists |= e[i].lists;
		if (e[i].longest > e[out - 1].longest)
			e[out - 1].longest = e[i].longest;
	}
	return out;
}

static void
print(const struct entry *e, size_t n)
{
	size_t at = 0;

	printf("/* made from the files of lists/ by gen/gaz.c */\nenum { GAZ_INDEX_BITS = %d };\n",
	    INDEX_BITS);
	printf("static const uint32_t gaz_index[%zu] = {", ((size_t)1 << INDEX_BITS) + 1);
	for (size_t b = 0; b <= (size_t)1 << INDEX_BITS; b++) {
		while (at < n && e[at].hash >> (64 - INDEX_BITS) < b)
			at++;
		printf("%s%zu,", b % 12 == 0 ? "\n\t" : " ", at);
	}
	printf("\n};\nstatic const uint64_t gaz_entry[%zu] = {", n);
	for (size_t i = 0; i < n; i++)
		printf("%s0x%016llx,", i % 5 == 0 ? "\n\t" : " ",
		    (unsigned long long)(e[i].hash >> 20 << 20 | (uint64_t)e[i].lists << 4 |
					 e[i].longest));
	printf("\n};\n");
}

static bool
add_file(entries *e, struct arena *a, const char *file)
{
	struct table t;
	size_t line, column;
	const char *what;

	if (!table_parse(&t, slurp(file, a), a, &line, &column, &what)) {
		fprintf(stderr, "%s:%zu:%zu: %s\n", file, line, column, what);
		return false;
	}
	for (size_t i = 0; i < t.n_row; i++)
		add(e, a, table_cell(&t, i, 1), list_bit(table_cell(&t, i, 0), file, t.line[i]));
	return true;
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	entries e = { 0 };

	for (int i = 1; i < argc; i++)
		if (!add_file(&e, &a, argv[i]))
			return 1;
	print(e.at, merge(e.at, e.n));
	arena_free(&a);
	return 0;
}
