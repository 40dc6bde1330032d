/* mentions.h - the names in a document, with the fullest form and the gender of
 * each.
 *
 * From the record's ents when they are there, else found by capitals, titles
 * and first names, also inside quotation marks. Same names are linked by
 * common/names.h.
 */
#ifndef NTAG_QUOTE_MENTIONS_H
#define NTAG_QUOTE_MENTIONS_H

#include "names.h"
#include "quote/report.h"
#include "quote/words.h"

enum gender { GENDER_UNKNOWN, GENDER_MALE = 1, GENDER_FEMALE = 2, GENDER_EITHER = 3 };

struct mention_of {
	uint32_t start, end; /* bytes, without title and possessive */
	uint32_t entity;     /* index of the first mention of the same */
	struct span name;    /* the fullest form */
	uint8_t gender;      /* enum gender; of the entity */
	bool person;
	bool maybe; /* a person for all that is known: no place, body or word in capitals */
};

struct mentions {
	struct mention_of *at; /* by start, never overlapping */
	size_t n, cap;
};

/* What they are found with. */
struct mention_rules {
	const struct word_table *words;
	const struct names *names;
	const struct reports *
	    reports; /* names of one word that are no person's are linked only if they are those of a
	                                  speaker here; NULL: all are */
};

/* Find and link them. */
void mentions_find(struct doc *d, const struct mention_rules *rules, struct mentions *out);

/* The first mention that ends behind byte at; out->n if none. Binary search. */
size_t mentions_from(const struct mentions *m, uint32_t at);

#endif
