/* language.c - the list of languages, from the folders of data/. */
#include "language.h"

#include "date_languages.inc"

#define DECLARE(l) \
	extern const struct blob blob_date_##l##_words, blob_date_##l##_shapes, \
	    blob_date_##l##_zones, blob_date_##l##_holidays, blob_date_##l##_patterns;
#define ROW(l) \
	{ #l, &blob_date_##l##_words, &blob_date_##l##_shapes, &blob_date_##l##_zones, \
		&blob_date_##l##_holidays, &blob_date_##l##_patterns },
#define BLOBS(l) \
	&blob_date_##l##_words, &blob_date_##l##_shapes, &blob_date_##l##_zones, \
	    &blob_date_##l##_holidays, &blob_date_##l##_patterns,

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
