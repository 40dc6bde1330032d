/* resolve.c - speakers -> names. */
#include "quote/resolve.h"

struct resolver {
	int unused;
};

struct resolver *
resolver_new(struct arena *a)
{
	struct resolver *r = ARENA_NEW(a, struct resolver, 1);

	return r;
}

void
resolve_names(
    struct doc *d, const struct resolver *r, const struct reports *reports, struct names_of *out)
{
	(void)r;
	out->reports = reports;
	out->name = ARENA_NEW(d->arena, struct span, reports->n);
}
