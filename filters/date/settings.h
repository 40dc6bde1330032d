/* settings.h - what differs between languages beside words and patterns: data/LANGUAGE/settings.tsv and endings.tsv. */
#ifndef NTAG_DATE_SETTINGS_H
#define NTAG_DATE_SETTINGS_H

#include "words.h"

enum { ENDING_MAX = 128 };

/* A word in small letters that begins and ends so is of that class. */
struct ending {
	struct span begins, ends, not ; /* not: what must not stand before the ending */
	size_t min;                     /* bytes of the word */
	uint16_t atom;
};

struct settings {
	struct arena *arena;
	char decimal, group; /* marks inside numbers */
	struct span clause;  /* marks that end a clause, ASCII */
	uint32_t perfect;    /* tokens from an auxiliary verb to its participle */
	bool pairs;          /* years are spelt in pairs of digits */
	uint32_t n_ending;
	struct ending ending[ENDING_MAX];
};

/* Read a table into *s, whose arena is set; false on a slip. Classes that it names get their numbers from w. */
bool settings_load(struct settings *s, const struct blob *b, struct slip *slip);
bool settings_load_endings(
    struct settings *s, struct words *w, const struct blob *b, struct slip *slip);

/* Is this word of the class, by its ending? */
bool settings_ending(const struct settings *s, struct span word, uint16_t atom);

#endif
