/* manifest.c - open addressing, linear probing. */
#include "manifest.h"

#include <stdlib.h>

#include "diag.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
manifest_hash(struct span name, uint64_t seed)
{
	uint64_t h = XXH3_64bits_withSeed(name.p == NULL ? "" : name.p, name.n, seed);

	return h == 0 ? 1 : h;
}

static struct known *
place(const struct manifest *m, uint64_t name)
{
	size_t i = (size_t)name & (m->cap - 1);

	while (m->at[i].name != 0 && m->at[i].name != name)
		i = (i + 1) & (m->cap - 1);
	return &m->at[i];
}

struct known *
manifest_find(const struct manifest *m, uint64_t name)
{
	struct known *k;

	if (m->cap == 0)
		return NULL;
	k = place(m, name);
	return k->name == 0 ? NULL : k;
}

static void
grow(struct manifest *m)
{
	struct manifest old = *m;

	m->cap = old.cap == 0 ? 256 : old.cap * 2;
	m->at = calloc(m->cap, sizeof(*m->at));
	if (m->at == NULL)
		die_oom(m->cap * sizeof(*m->at));
	for (size_t i = 0; i < old.cap; i++)
		if (old.at[i].name != 0)
			*place(m, old.at[i].name) = old.at[i];
	free(old.at);
}

struct known *
manifest_put(struct manifest *m, uint64_t name)
{
	struct known *k;

	if (m->n * 2 >= m->cap)
		grow(m);
	k = place(m, name);
	if (k->name == 0) {
		k->name = name;
		m->n++;
	}
	return k;
}

void
manifest_free(struct manifest *m)
{
	free(m->at);
	*m = (struct manifest){ 0 };
}
