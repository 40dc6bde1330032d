/* link.c - candidates by hash; what stands beside a name, then what else the document names decides. */
#include "link.h"

#include <math.h>
#include <stdio.h>

#include "buf.h"
#include "uniclass.h"

#include "entity_places.inc" /* spot_table, spot_areas; made by gen/places.c */

enum {
	N_TABLE = sizeof(spot_table) / sizeof(*spot_table),
	LARGE =
	    151, /* size of 500,000 people: New York and Washington are cities rather than states */
	N_AREAS = sizeof(spot_areas) / sizeof(*spot_areas),
};

/* Areas that the document names: a country counts for all of its parts. */
struct known {
	bool area[N_AREAS];
};

static const struct spot *
find(struct span name)
{
	uint32_t key = uni_hash(name);
	size_t low = 0, high = N_TABLE;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (spot_table[mid].key < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low < N_TABLE && spot_table[low].key == key ? &spot_table[low] : NULL;
}

/* The next place of the same name, or NULL. */
static const struct spot *
next_of(const struct spot *p)
{
	return p + 1 < spot_table + N_TABLE && p[1].key == p->key ? p + 1 : NULL;
}

/* Is a in b: the same country, and the same state if b is one? */
static bool
lies_in(const struct spot *a, const struct spot *b)
{
	const struct spot_area *x = &spot_areas[a->area], *y = &spot_areas[b->area];

	if (b->kind == SPOT_CITY || memcmp(x->country, y->country, sizeof(x->country)) != 0)
		return false;
	return b->kind == SPOT_COUNTRY || memcmp(x->code, y->code, sizeof(x->code)) == 0;
}

/* A city of the name of one that lies in a place of the name of the other; *in: that place. */
static const struct spot *
city_in(const struct spot *city, const struct spot *area, const struct spot **in)
{
	size_t looked = 0;

	for (; city != NULL; city = next_of(city))
		for (const struct spot *b = area; b != NULL && looked < LINK_LOOK; b = next_of(b)) {
			looked++;
			if (city->kind != SPOT_CITY || !lies_in(city, b))
				continue;
			*in = b;
			return city;
		}
	return NULL;
}

/* "Portland, Maine": nothing but a comma between the two. */
static bool
beside(struct span text, const struct link *a, const struct link *b)
{
	return b->start == a->end + 2 && text.p[a->end] == ',' && text.p[a->end + 1] == ' ';
}

/* Names that a neighbour decides; the decision holds for the same name elsewhere (spread()). */
static void
by_neighbour(struct link *link, size_t n, struct span text, const struct spot **first)
{
	for (size_t i = 0; i + 1 < n; i++) {
		const struct spot *in, *city;

		if (!beside(text, &link[i], &link[i + 1]))
			continue;
		city = city_in(first[i], first[i + 1], &in);
		if (city == NULL)
			continue;
		link[i].is = city;
		link[i + 1].is = in;
	}
}

static void
note(struct known *k, const struct spot *p)
{
	if (p == NULL || p->kind == SPOT_CITY)
		return;
	for (size_t i = 0; i < N_AREAS; i++)
		if (memcmp(spot_areas[i].country, spot_areas[p->area].country, 3) == 0)
			k->area[i] = true;
}

static const struct spot *
choose(const struct spot *p, const struct known *k)
{
	const struct spot *best = NULL;
	uint8_t far = (uint8_t)lrint(SPOT_SIZE * log2(LINK_TIMES));
	size_t looked = 0;

	if (p == NULL || p->kind == SPOT_COUNTRY)
		return p;
	for (; p != NULL && looked < LINK_LOOK; p = next_of(p), looked++) {
		if (best == NULL || (best->kind == SPOT_STATE && p->size >= LARGE)) {
			best = p;
			continue;
		}
		if (best->kind == SPOT_STATE)
			continue;
		if (k->area[p->area] && !k->area[best->area] && p->size + far >= best->size)
			best = p;
	}
	return best;
}

/* What a neighbour said of one occurrence holds for all of the name, but of a country's: "Georgia" elsewhere is not
 * the state of "Atlanta, Georgia". */
static void
spread(struct link *link, size_t n, const struct spot **first, struct arena *a)
{
	size_t n_slot = 16;
	const struct link **slot;

	while (n_slot < 2 * n)
		n_slot *= 2;
	slot = ARENA_NEW(a, const struct link *, n_slot);
	for (unsigned round = 0; round < 2; round++)
		for (size_t i = 0; i < n; i++) {
			size_t at = uni_hash(link[i].name) & (n_slot - 1);

			if (first[i] != NULL && first[i]->kind == SPOT_COUNTRY)
				continue;
			if (round == 0 && link[i].is == NULL)
				continue;
			while (slot[at] != NULL && !span_eq(slot[at]->name, link[i].name))
				at = (at + 1) & (n_slot - 1);
			if (slot[at] == NULL && round == 0)
				slot[at] = &link[i];
			if (slot[at] != NULL && link[i].is == NULL)
				link[i].is = slot[at]->is;
		}
}

void
link_places(struct link *link, size_t n, struct span text, struct arena *a)
{
	const struct spot **first = ARENA_NEW(a, const struct spot *, n);
	struct known *known = ARENA_NEW(a, struct known, 1);

	for (size_t i = 0; i < n; i++) {
		link[i].is = NULL;
		first[i] = find(link[i].name);
		if (first[i] == NULL)
			first[i] = find(span_cut(text, link[i].start, link[i].end));
	}
	by_neighbour(link, n, text, first);
	spread(link, n, first, a);
	for (size_t i = 0; i < n; i++)
		note(known, link[i].is != NULL ? link[i].is : first[i]);
	for (size_t i = 0; i < n; i++)
		if (link[i].is == NULL)
			link[i].is = choose(first[i], known);
}

static void
put_degrees(struct buf *b, const char *member, int32_t v)
{
	uint32_t x = v < 0 ? (uint32_t)-v : (uint32_t)v;

	buf_fmt(b, ",\"%s\":%s%u.%05u", member, v < 0 ? "-" : "", x / 100000, x % 100000);
}

struct span
link_members(const struct spot *p, struct arena *a)
{
	const struct spot_area *area = &spot_areas[p->area];
	struct buf b = { 0 };
	struct span text;

	buf_fmt(&b, "\"iso\":\"%s\"", area->country);
	if (p->kind == SPOT_COUNTRY)
		buf_fmt(&b, ",\"iso3\":\"%s\"", area->code);
	buf_fmt(&b, ",\"geonames\":%u", p->id);
	if (p->kind == SPOT_CITY) {
		put_degrees(&b, "lat", p->lat);
		put_degrees(&b, "lon", p->lon);
	}
	text = arena_copy(a, buf_span(&b));
	buf_free(&b);
	return text;
}
