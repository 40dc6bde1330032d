/* name_lore.c - titles, first names, nicknames, ends of company names: tables of words -> facts by hash. */
#include "name_word.h"
#include "table.h"

extern const struct blob blob_common_titles, blob_common_firstnames, blob_common_namewords,
    blob_common_nicknames;

enum { FACT_SLOTS = 1 << 13, NICK_SLOTS = 1 << 11 }; /* twice the words and more */

struct fact {
	uint32_t hash;
	uint8_t facts; /* 0: free */
};

struct nick {
	uint32_t nick, full; /* 0: free; several of one nick follow each other */
};

struct name_lore {
	struct fact fact[FACT_SLOTS];
	struct nick nick[NICK_SLOTS];
};

/* Cells that name a class, in all of the tables. */
static const struct {
	const char *name;
	unsigned facts;
} classes[] = {
	{ "m", NAME_MALE },
	{ "f", NAME_FEMALE },
	{ "company", NAME_COMPANY },
	{ "born", NAME_BORN },
	{ "direction", NAME_DIRECTION },
	{ "alone", NAME_ALONE },
};

static unsigned facts_of_class(struct span class)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (span_is(class, classes[i].name))
			return classes[i].facts;
	return 0;
}

static size_t
fact_slot(const struct name_lore *lore, uint32_t hash)
{
	size_t at = hash % FACT_SLOTS;

	while (lore->fact[at].facts != 0 && lore->fact[at].hash != hash)
		at = (at + 1) % FACT_SLOTS;
	return at;
}

unsigned
name_facts(const struct name_lore *lore, uint32_t hash)
{
	return lore->fact[fact_slot(lore, hash)].facts;
}

static void
nick_add(struct name_lore *lore, uint32_t nick, uint32_t full)
{
	size_t at = nick % NICK_SLOTS;

	while (lore->nick[at].nick != 0)
		at = (at + 1) % NICK_SLOTS;
	lore->nick[at] = (struct nick){ nick, full };
}

uint32_t
name_of_nick(const struct name_lore *lore, uint32_t nick, uint32_t *i)
{
	for (;;) {
		const struct nick *n = &lore->nick[(nick + (*i)++) % NICK_SLOTS];

		if (n->nick == 0 || nick == 0)
			return 0;
		if (n->nick == nick)
			return n->full;
	}
}

/* The next of the words in a cell, which blanks separate. */
static bool
next_of_cell(struct span *cell, struct span *word)
{
	const char *blank = cell->n > 0 ? memchr(cell->p, ' ', cell->n) : NULL;
	size_t n = blank == NULL ? cell->n : (size_t)(blank - cell->p);

	*word = span_cut(*cell, 0, n);
	*cell = span_cut(*cell, blank == NULL ? n : n + 1, cell->n);
	return n > 0;
}

/* Rows "class words ...". */
static void
add_facts(struct name_lore *lore, const struct blob *b, unsigned facts, struct arena *a)
{
	struct table t;
	struct span word;

	table_load(&t, b, a);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span cell = table_cell(&t, i, 1);

		while (next_of_cell(&cell, &word)) {
			uint32_t hash = name_hash(word);
			struct fact *f = &lore->fact[fact_slot(lore, hash)];

			f->hash = hash;
			f->facts |= (uint8_t)(facts | facts_of_class(table_cell(&t, i, 0)));
		}
	}
}

static void
add_nicks(struct name_lore *lore, struct arena *a)
{
	struct table t;
	struct span word;

	table_load(&t, &blob_common_nicknames, a);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span cell = table_cell(&t, i, 1);

		while (next_of_cell(&cell, &word))
			nick_add(lore, name_hash(table_cell(&t, i, 0)), name_hash(word));
	}
}

struct name_lore *
name_lore_new(struct arena *a)
{
	struct name_lore *lore = ARENA_NEW(a, struct name_lore, 1);

	add_facts(lore, &blob_common_titles, NAME_TITLE, a);
	add_facts(lore, &blob_common_firstnames, NAME_FIRST, a);
	add_facts(lore, &blob_common_namewords, 0, a);
	add_nicks(lore, a);
	return lore;
}
