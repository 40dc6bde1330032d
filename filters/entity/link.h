/* link.h - names of countries, states of the USA and cities -> ISO 3166 codes, GeoNames ids and places (--link).
 *
 * The table is compiled in (lists/places.tsv; GeoNames, CC BY 4.0); case is ignored. Of several cities of a name the one
 * is meant whose country or state follows it ("Portland, Maine"); else the largest in a country that the
 * document names, unless another is so many times as large (LINK_TIMES); else the largest. Linear in the
 * number of names.
 */
#ifndef NTAG_ENTITY_LINK_H
#define NTAG_ENTITY_LINK_H

#include <stdint.h>

#include "arena.h"
#include "span.h"

enum {
	SPOT_SIZE = 8,   /* steps of a size for each doubling of people */
	LINK_TIMES = 20, /* "Paris" is not Paris, Texas, in an article about the United States */
	LINK_LOOK = 32,  /* places of one name that are looked at, the largest first */
};

enum spot_kind { SPOT_CITY, SPOT_STATE, SPOT_COUNTRY, N_SPOT };

struct spot_area {
	char country[3]; /* ISO 3166-1 alpha-2 */
	char code[4]; /* of a country alpha-3; of a state or a city in the USA that of the state */
};

struct spot {
	uint32_t key;     /* uni_hash() of its name */
	uint32_t id;      /* GeoNames */
	int32_t lat, lon; /* of cities; 1/100,000 degree, north and east */
	uint16_t area;
	uint8_t kind;
	uint8_t size;
};

struct link {
	uint32_t start, end;   /* in: bytes of the text */
	struct span name;      /* in: the full name */
	const struct spot *is; /* out: NULL if unknown */
};

/* Fill in what each of n names is, which are sorted by start. Scratch from a. */
void link_places(struct link *link, size_t n, struct span text, struct arena *a);

/* The members of an annotation, as JSON without the brace: "iso":"KE","iso3":"KEN","geonames":192950. Memory from a. */
struct span link_members(const struct spot *p, struct arena *a);

#endif
