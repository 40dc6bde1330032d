/* gaz.h - lists of names compiled into the program: places, peoples, first names, surnames. Case counts.
 *
 * A name is found by the hash of its words (gaz_begin, gaz_next); the lists say what it may be, not what it
 * is. From the files of lists/ (origin and licence: SOURCES), made an array at build time by gen/gaz.c;
 * no start-up work.
 */
#ifndef NTAG_ENTITY_GAZ_H
#define NTAG_ENTITY_GAZ_H

#include <stdint.h>

#include "word.h"

/* Bits, in the order of the names in gaz_list. */
enum list {
	LIST_COUNTRY = 1,
	LIST_CITY = 2,     /* 100,000 inhabitants and more, capitals */
	LIST_CITY_ALT = 4, /* other names of them */
	LIST_TOWN = 8,     /* 15,000 inhabitants and more */
	LIST_STATE = 16,   /* of the USA */
	LIST_REGION = 32,  /* continents, parts of them, seas, rivers, mountains */
	LIST_PEOPLE = 64,  /* nationalities, religions */
	LIST_FIRST = 128,  /* first names */
	LIST_LAST = 256,   /* surnames */
	LIST_LANGUAGE = 512,
	LIST_TEAM = 1024,
	LIST_COMPANY = 2048, /* media, too */
	LIST_GROUP = 4096,   /* institutions, parties, armed groups */
	LIST_SITE = 8192,    /* buildings, squares, stadiums */
	LIST_PRODUCT = 16384,
	LIST_EVENT = 32768, /* laws and treaties, too */
	LIST_ALL = 65535,
	N_LIST = 16,
};

enum { GAZ_WORDS_MAX = 6 };

extern const char *const gaz_list[N_LIST]; /* as in the files of lists/ */

/* Hash of a name of one word; then of each longer one. */
static inline uint64_t
gaz_begin(uint64_t word)
{
	return word_pair(0, word);
}

static inline uint64_t
gaz_next(uint64_t so_far, uint64_t word)
{
	return word_pair(so_far, word);
}

/* The lists that have the name with this hash; *longest: the most words of any name that begins
 * with it as first word (1 or less: none). Either may be 0. */
uint16_t gaz_find(uint64_t hash, uint8_t *longest);

/* Fill in lists and longest of a word. "LONDON" is looked up as "London" when it is not listed itself. */
void gaz_word(struct word *w);

#endif
