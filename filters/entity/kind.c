/* kind.c - a small hash table over data/keywords.tsv. */
#include "kind.h"

#include "table.h"
#include "uniclass.h"

extern const struct blob blob_entity_keywords;

enum { SLOTS = 1 << 12 }; /* four times the rows and more; a fuller table still works */

const char *const kind_name[N_KIND] = { "title", "job", "kin", "speech", "company", "org", "team",
	"nature", "area", "building", "event", "law", "calendar", "direction", "common", "sport",
	"market", "product", "work" };

struct slot {
	uint32_t hash;
	uint32_t kinds; /* 0: free */
};

struct kinds {
	struct slot slot[SLOTS];
};

/* Where the word with this hash is, or would be. */
static uint32_t
find(const struct kinds *k, uint32_t hash)
{
	uint32_t at = hash % SLOTS;

	while (k->slot[at].kinds != 0 && k->slot[at].hash != hash)
		at = (at + 1) % SLOTS;
	return at;
}

static uint32_t
class_bit(struct span name)
{
	for (unsigned i = 0; i < N_KIND; i++)
		if (span_is(name, kind_name[i]))
			return 1U << i;
	return 0; /* the unit test refuses a class that is none */
}

struct kinds *
kinds_new(struct arena *a)
{
	struct kinds *k = ARENA_NEW(a, struct kinds, 1);
	struct slot *s;
	struct table t;
	uint32_t hash;

	table_load(&t, &blob_entity_keywords, a);
	for (size_t i = 0; i < t.n_row; i++) {
		hash = uni_hash(table_cell(&t, i, 0));
		s = &k->slot[find(k, hash)];
		s->hash = hash;
		s->kinds |= class_bit(table_cell(&t, i, 1));
	}
	return k;
}

uint32_t
kind_of(const struct kinds *k, struct span word)
{
	return k->slot[find(k, uni_hash(word))].kinds;
}
