/* language.c - the list of languages, from the folders of data/. */
#include "language.h"

#include "date_languages.inc"

/* In the order of struct language. */
#define TABLES(X, l) \
	X(l, words) \
	X(l, shapes) \
	X(l, zones) X(l, holidays) X(l, patterns) X(l, compounds) X(l, endings) X(l, settings)

#define DECLARE_TABLE(l, t) extern const struct blob blob_date_##l##_##t;
#define ADDRESS(l, t) &blob_date_##l##_##t,
#define DECLARE(l) TABLES(DECLARE_TABLE, l)
#define ROW(l) { #l, TABLES(ADDRESS, l) },
#define BLOBS(l) TABLES(ADDRESS, l)

DATE_LANGUAGES(DECLARE)

static const struct language languages[] = { DATE_LANGUAGES(ROW) };

const char language_names[] = DATE_LANGUAGE_NAMES;

const struct blob *const language_blobs[] = { DATE_LANGUAGES(BLOBS) NULL };

const struct language *
language_find(const char *name)
{
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		if (strcmp(languages[i].name, name) == 0)
			return &languages[i];
	return NULL;
}
