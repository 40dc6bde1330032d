/* registry.c - the only list of all filters. */
#include "registry.h"

#include "date/date.h"
#include "entity/entity.h"
#include "grep/grep.h"
#include "quote/quote.h"
#include "show/show.h"
#include "split/split.h"
#include "summarize/summarize.h"

const struct filter *const registry[] = { &filter_split, &filter_date, &filter_entity,
	&filter_quote, &filter_summarize, &filter_grep, &filter_show, NULL };

const struct filter *
registry_find(const char *program)
{
	if (strncmp(program, "ntag-", 5) != 0)
		return NULL;
	for (const struct filter *const *f = registry; *f != NULL; f++)
		if (strcmp((*f)->name, program + 5) == 0)
			return *f;
	return NULL;
}

const char *const *
registry_names(struct arena *a)
{
	const char **names = ARENA_NEW(a, const char *, sizeof(registry) / sizeof(registry[0]));

	for (size_t i = 0; registry[i] != NULL; i++)
		names[i] = arena_fmt(a, "ntag-%s", registry[i]->name).p;
	return names;
}
