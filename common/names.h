/* names.h - which mentions of names in one document mean the same, and the fullest name of each.
 *
 * Works on places in the text that someone else has found (the entity filter, the speakers of the quote
 * filter) and never finds or drops one. "Putin", "Mr Putin's" and "Vladimir Putin" are one; "WHO" is the
 * "World Health Organization" that the document spells out; "U.S." and "Kiev" go by the table
 * data/aliases.tsv. Case, accents, hyphens and quotation marks do not count (name_word.h).
 *
 * Which short forms fit a longer name is in names_bond.c. One that fits several people takes those that
 * fit best; of these the one with the same title or the right gender ("Mrs Reyes", "Senator Reyes"); of these
 * the one named last before it.
 * Linear in the number of mentions: candidates are found by hash, and at most NAMES_LOOK of them are
 * kept.
 */
#ifndef NTAG_NAMES_H
#define NTAG_NAMES_H

#include <stdint.h>

#include "arena.h"
#include "span.h"
#include "table.h"

enum {
	NAMES_LOOK = 16, /* candidates kept for one short form; the rest are as good as unrelated */
	NAMES_WORDS = 12, /* words of a name that count */
};

enum name_kind {
	NAME_PERSON, /* surnames, first names, nicknames, initials */
	NAME_ORG, /* acronyms, "Boeing" for "Boeing Co", "Electoral Commission" for a longer one */
	NAME_PLACE,   /* countries and cities: aliases, acronyms */
	NAME_AREA,    /* waters, mountains, regions: acronyms; "Amazon" is not the "Amazon Basin" */
	NAME_SITE,    /* buildings: "Tower" for "Tower of London" */
	NAME_PEOPLE,  /* peoples and languages: "Russians" is "Russian" where the text has both */
	NAME_WORK,    /* titles of works: acronyms, ends of several words */
	NAME_PRODUCT, /* "Chrome" for "Google Chrome"; a maker or series is none of its models */
	NAME_OTHER,   /* events, laws: "Odette" for "Typhoon Odette", "Roe" for "Roe v. Wade" */
};

/* The kind of a name with the label (enum ent_label of record.h). */
enum name_kind names_kind(unsigned label);

struct name_use {
	uint32_t start, end; /* in: bytes of text, without titles and possessive */
	uint8_t kind;        /* in: enum name_kind */
	uint32_t same;       /* out: index of the first use of the fullest name */
	struct span
	    name; /* out: that name, on one line; a slice of text, of the alias table, or in a */
};

struct names; /* the tables, built once, read by all workers */

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
