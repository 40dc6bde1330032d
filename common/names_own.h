/* names_own.h - what names.c and names_bond.c share: forms, and how a short one belongs to a long one. */
#ifndef NTAG_NAMES_OWN_H
#define NTAG_NAMES_OWN_H

#include "name_word.h"
#include "names.h"

#define NAMES_NONE UINT32_MAX

/* How a short form belongs to a longer name; the higher the better. */
enum bond {
	BOND_NONE,
	BOND_LIKE,  /* a misspelling, a beginning: "Mauer" for "K.C. Maurer", "Cec" for "Cecil" */
	BOND_PART,  /* words from within */
	BOND_FIRST, /* the first name, the beginning */
	BOND_LAST,  /* the surname, the end */
	BOND_FULL,  /* all but surely the same: an initial for a first name, an acronym */
};

/* All mentions of the same words. */
struct form {
	uint64_t key;           /* of its words */
	struct span text;       /* as it is to be shown */
	struct name_word *word; /* without titles and "Jr" */
	uint32_t first;         /* use that has it first */
	uint32_t next;          /* form as long as this, or NAMES_NONE */
	uint32_t next_key;      /* of the same bucket, or NAMES_NONE */
	uint32_t last_seen;     /* as an entry: last use that meant it, + 1; 0: none yet */
	uint32_t uses;          /* mentions that have these words */
	uint32_t tie;   /* what it may be short for: first of a list of ties, or NAMES_NONE */
	uint32_t born;  /* hash of "Jr", "III"; 0: none */
	uint32_t title; /* hash of the title before it, the latest; 0: none */
	uint8_t gender; /* NAME_MALE, NAME_FEMALE of title or first name; both or 0: unknown */
	uint8_t n_word, n_tie, kind;
	bool joint;  /* has an initial */
	bool titled; /* text begins with a title */
	bool place;  /* an organisation with the name of a place of the document */
};

/* By which of its words an entry was found. */
enum clue {
	CLUE_WORD = 1,  /* a word of it */
	CLUE_BEGINNING, /* three letters of a word: persons */
	CLUE_ACRONYM,   /* all initials */
	CLUE_INITIALS,  /* the first of its initials */
	CLUE_LETTER,    /* the first letter */
};

/* How short form f belongs to the longer name e of the same kind, which clue found. */
enum bond bond_of(
    const struct name_lore *lore, const struct form *f, const struct form *e, enum clue clue);

/* The same words as e, but for spelling: "Hilary" for "Hillary". */
bool bond_respelt(const struct name_lore *lore, const struct form *f, const struct form *e);

#endif
