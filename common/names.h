/* names.h - which mentions of names in one document mean the same, and the fullest name of each.
 *
 * Works on places in the text that someone else has found (the entity filter, the speakers of the quote
 * filter) and never finds or drops one. "Putin", "Mr Putin's" and "Vladimir Putin" are one; "WHO" is the
 * "World Health Organization" that the document spells out; "U.S." and "Kiev" go by the table
 * data/aliases.tsv. A short form that fits several people takes the one named last before it.
 * Linear in the number of mentions: candidates are found by hash, and at most NAMES_LOOK of them are
 * compared.
 */
#ifndef NTAG_NAMES_H
#define NTAG_NAMES_H

#include <stdint.h>

#include "arena.h"
#include "span.h"
#include "table.h"

enum {
	NAMES_LOOK =
	    16, /* candidates compared for one short form; the rest are as good as unrelated */
	NAMES_WORDS = 12, /* words of a name that count */
};

enum name_kind {
	NAME_PERSON, /* surnames, first names, initials */
	NAME_ORG, /* acronyms, "Boeing" for "Boeing Co", "Electoral Commission" for a longer one */
	NAME_PLACE,  /* aliases of countries and cities, acronyms */
	NAME_PEOPLE, /* "Russians" is "Russian" */
	NAME_OTHER,  /* acronyms and ends of longer names: events, laws, works */
};

struct name_use {
	uint32_t start, end; /* in: bytes of text, without titles and possessive */
	uint8_t kind;        /* in: enum name_kind */
	uint32_t same;       /* out: index of the first use of the fullest name */
	struct span name;    /* out: that name; a slice of text, of the alias table, or in a */
};

struct names; /* the alias table, built once, read by all workers */

/* Memory from a, which must outlive it. */
struct names *names_new(struct arena *a);

/* Fill in same and name of n uses, which are sorted by start. Scratch and new names are in a. */
void names_link(
    const struct names *names, struct span text, struct name_use *use, size_t n, struct arena *a);

/* The alias table's name of s, or absent (p == NULL). */
struct span names_alias(const struct names *names, struct span s);

/* The tables compiled in, ended by NULL. */
extern const struct blob *const names_blobs[];

#endif
