/* kind.h - classes of telling words: titles, company suffixes, words that end names of rivers. Case is ignored.
 *
 * The words are in data/keywords.tsv; a word may be of several classes. A struct kinds is immutable.
 */
#ifndef NTAG_ENTITY_KIND_H
#define NTAG_ENTITY_KIND_H

#include <stdint.h>

#include "arena.h"
#include "span.h"

/* In the order of kind_name; a set of them is 1 << each. */
enum kind {
	KIND_TITLE,     /* before persons: "President", "Mr" */
	KIND_JOB,       /* before or behind persons: "striker", "spokesman" */
	KIND_KIN,       /* "wife", "son" */
	KIND_SPEECH,    /* "said", "told" */
	KIND_COMPANY,   /* ends companies: "Ltd" */
	KIND_ORG,       /* heads of organisations: "Ministry" */
	KIND_TEAM,      /* in names of teams: "Rovers" */
	KIND_NATURE,    /* seas, rivers, mountains, regions */
	KIND_AREA,      /* kinds of administrative places: "province" */
	KIND_BUILDING,  /* what has walls or carries traffic: "Airport", "Road" */
	KIND_EVENT,     /* "Cup", "War" */
	KIND_LAW,       /* "Act", "Treaty" */
	KIND_CALENDAR,  /* months and days */
	KIND_DIRECTION, /* "northern" */
	KIND_COMMON,    /* capitals that are no name: "GDP", "NGO" */
	KIND_SPORT,     /* "match", "scored": tells the desk of an article (passage.h) */
	KIND_MARKET,    /* "shares", "profit" */
	KIND_PRODUCT,   /* beside products: "missile", "smartphone" */
	KIND_WORK,      /* beside works: "novel", "starring" */
	N_KIND
};

extern const char *const kind_name[N_KIND];

struct kinds;

/* The compiled-in table; memory from a, which must outlive it. */
struct kinds *kinds_new(struct arena *a);

/* Set of 1 << enum kind; 0 for most words. */
uint32_t kind_of(const struct kinds *k, struct span word);

#endif
