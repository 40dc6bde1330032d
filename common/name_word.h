/* name_word.h - words of names: how they are cut and compared, and what the tables know of them.
 *
 * Words are compared without case, accents and combining marks: "Perić", "PERIC" and "Peric" are one. Names are cut
 * at blanks, hyphens, quotation marks, slashes and brackets, and "U.S." is the word "us" - but in a
 * person's name each initial is a word: "J.R.R." is three, and so is "JK" before "Rowling" two.
 */
#ifndef NTAG_NAME_WORD_H
#define NTAG_NAME_WORD_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "span.h"

enum {
	NAME_WORD_LETTERS = 24, /* code points of a word that are compared letter by letter */
	NAME_ACRONYM_MIN = 2,
	NAME_ACRONYM_MAX = 10, /* letters of an acronym */
};

enum name_shape {
	NAME_UPPER = 1,   /* begins with a capital or a digit */
	NAME_CAPS = 2,    /* has capitals, no small letter */
	NAME_INITIAL = 4, /* one letter; in persons also two before a full stop */
	NAME_QUOTED = 8,  /* behind a quotation mark: "Willi" */
	NAME_GLUED = 16,  /* behind a hyphen or slash */
};

struct name_word {
	struct span text;
	uint32_t hash;   /* of its letters in lower case without accents */
	uint32_t first;  /* its first letter, folded */
	uint32_t begins; /* hash of its first three letters; 0 if there are fewer */
	uint8_t letters; /* of them, at most 255 */
	uint8_t shape;   /* set of enum name_shape */
};

/* The next word of the name s from *at on, which is moved behind it. False: none left. */
bool name_word_next(struct span s, size_t *at, bool person, struct name_word *w);

/* The hash of all letters of s; separators do not count. */
uint32_t name_hash(struct span s);

/* How word x of a short name fits word y of a longer one, the higher the better. */
enum name_fit {
	NAME_FIT_NONE,
	NAME_FIT_SLIP,    /* one letter more, less, other, or two swapped: "Mauer" for "Maurer" */
	NAME_FIT_VARIANT, /* another spelling: "Mohamed" for "Mohammed", "Kristen" for "Kristin" */
	NAME_FIT_NICK,    /* "Bill" for "William" (nicknames.tsv), "Cec" for "Cecil" */
	NAME_FIT_INITIAL, /* "J." for "Joe" */
	NAME_FIT_SAME,
};

/* What the tables know of words: titles.tsv, firstnames.tsv, namewords.tsv, nicknames.tsv. Immutable. */
struct name_lore;

enum name_fact {
	NAME_MALE = 1,       /* titles and first names of men */
	NAME_FEMALE = 2,     /* and of women; both: of either */
	NAME_TITLE = 4,      /* "Mr", "Senator" */
	NAME_FIRST = 8,      /* first name */
	NAME_COMPANY = 16,   /* ends names of companies: "Ltd" */
	NAME_BORN = 32,      /* tells generations apart: "Jr", "III" */
	NAME_DIRECTION = 64, /* makes another place of a place: "South Korea", "New England" */
	NAME_ALONE = 128,    /* a whole name, never short for a longer one: "Senate" */
};

/* Memory from a, which must outlive it. */
struct name_lore *name_lore_new(struct arena *a);

/* A set of enum name_fact; 0 for most words. */
unsigned name_facts(const struct name_lore *lore, uint32_t hash);

/* The next full name that the nickname stands for; *i begins with 0; 0: no more. */
uint32_t name_of_nick(const struct name_lore *lore, uint32_t nick, uint32_t *i);

enum name_fit name_word_fit(
    const struct name_lore *lore, const struct name_word *x, const struct name_word *y);

/* The letters of "WHO" or "W.H.O." as a hash, "IE6" and "V&A" too; 0: not an acronym. */
uint32_t name_acronym(struct span s);

/* Hash of an acronym of letters: start with 0, add letters in lower case. */
uint32_t name_acronym_add(uint32_t hash, uint32_t cp);

/* Can the letters of s be taken from the n words in turn, with at least the first letter of each capitalised one:
 * "ASEAN" from "Association of Southeast Asian Nations", "Caricom" from "Caribbean Community"? */
bool name_letters_fit(struct span s, const struct name_word *word, size_t n);

/* cp in lower case and without accent. */
uint32_t name_fold(uint32_t cp);

#endif
