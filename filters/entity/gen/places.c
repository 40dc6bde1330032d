/* places.c - build-time: lists/places.tsv -> a sorted array (link.h).
 *
 * usage: places PLACES.tsv >places.inc
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../link.h"
#include "arena.h"
#include "slurp.h"
#include "table.h"
#include "uniclass.h"

enum { AREAS_MAX = 1 << 12 };

static const char *const kinds[N_SPOT] = { "city", "state", "country" };

struct made {
	VEC(struct spot) places;
	struct spot_area area[AREAS_MAX];
	uint16_t n_area;
};

static long
number(struct span cell)
{
	char digits[24] = { 0 };

	memcpy(digits, cell.p, cell.n < sizeof(digits) ? cell.n : sizeof(digits) - 1);
	return strtol(digits, NULL, 10);
}

static uint16_t
area_of(struct made *m, struct span country, struct span code)
{
	struct spot_area x = { { 0 }, { 0 } };

	memcpy(x.country, country.p, country.n < 3 ? country.n : 2);
	memcpy(x.code, code.p, code.n < 4 ? code.n : 3);
	for (uint16_t i = 0; i < m->n_area; i++)
		if (memcmp(&m->area[i], &x, sizeof(x)) == 0)
			return i;
	if (m->n_area == AREAS_MAX)
		exit(1);
	m->area[m->n_area] = x;
	return m->n_area++;
}

static void
add(struct made *m, const struct table *t, size_t i, struct arena *a)
{
	struct spot p = { .kind = N_SPOT };
	long people = number(table_cell(t, i, 7));

	for (uint8_t k = 0; k < N_SPOT; k++)
		if (span_is(table_cell(t, i, 0), kinds[k]))
			p.kind = k;
	if (p.kind == N_SPOT)
		exit(1);
	p.key = uni_hash(table_cell(t, i, 1));
	p.id = (uint32_t)number(table_cell(t, i, 4));
	p.lat = (int32_t)number(table_cell(t, i, 5));
	p.lon = (int32_t)number(table_cell(t, i, 6));
	p.size = (uint8_t)lrint(SPOT_SIZE * log2((double)people + 1));
	p.area = area_of(m, table_cell(t, i, 2), table_cell(t, i, 3));
	VEC_PUSH(a, &m->places, p);
}

static int
by_key(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	if (x->key != y->key)
		return (x->key > y->key) - (x->key < y->key);
	if (x->kind != y->kind)
		return x->kind < y->kind ? 1 : -1; /* countries first */
	if (x->size != y->size)
		return x->size < y->size ? 1 : -1; /* the largest first */
	return (x->id > y->id) - (x->id < y->id);
}

static void
print(const struct made *m)
{
	printf("/* made from lists/places.tsv by gen/places.c */\nstatic const struct spot "
	       "spot_table[%zu] = {\n",
	    m->places.n);
	for (size_t i = 0; i < m->places.n; i++) {
		const struct spot *p = &m->places.at[i];

		printf("\t{ %uU, %uU, %d, %d, %u, %u, %u },\n", p->key, p->id, p->lat, p->lon,
		    p->area, p->kind, p->size);
	}
	printf("};\nstatic const struct spot_area spot_areas[%u] = {\n", m->n_area);
	for (uint16_t i = 0; i < m->n_area; i++)
		printf("\t{ \"%s\", \"%s\" },\n", m->area[i].country, m->area[i].code);
	printf("};\n");
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct made *m = ARENA_NEW(&a, struct made, 1);
	struct table t;
	size_t line, column;
	const char *what;

	if (argc != 2)
		return 64;
	if (!table_parse(&t, slurp(argv[1], &a), &a, &line, &column, &what)) {
		fprintf(stderr, "%s:%zu:%zu: %s\n", argv[1], line, column, what);
		return 1;
	}
	for (size_t i = 0; i < t.n_row; i++)
		add(m, &t, i, &a);
	qsort(m->places.at, m->places.n, sizeof(*m->places.at), by_key);
	print(m);
	arena_free(&a);
	return 0;
}
