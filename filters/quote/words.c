/* words.c - classes and shapes of single words. */
#include "quote/words.h"

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"

extern const struct blob blob_quote_words, blob_common_titles, blob_quote_nominals,
    blob_common_firstnames;

static const struct word_bit class_name[] = {
	{ "DET", W_DET },
	{ "POSS", W_POSS },
	{ "PREP", W_PREP },
	{ "AND", W_AND },
	{ "BUT", W_BUT },
	{ "THAT", W_THAT },
	{ "SUB", W_SUB },
	{ "REL", W_REL },
	{ "WH", W_WH },
	{ "PRON", W_PRON },
	{ "OBJ", W_OBJ },
	{ "INDEF", W_INDEF },
	{ "BE", W_BE },
	{ "HAVE", W_HAVE },
	{ "DO", W_DO },
	{ "MODAL", W_MODAL },
	{ "NEG", W_NEG },
	{ "ADV", W_ADV },
	{ "TIME", W_TIME },
	{ "VERB", W_VERB },
	{ "AUXED", W_AUXED },
	{ "BODY", W_GROUP },
	/* kinds of titles.tsv, nominals.tsv, firstnames.tsv */
	{ "m", W_MALE },
	{ "f", W_FEMALE },
	{ "person", W_NOMINAL },
	{ "male", W_NOMINAL | W_MALE },
	{ "female", W_NOMINAL | W_FEMALE },
	{ "plural", W_NOMINAL | W_PLURAL },
	{ "group", W_NOMINAL | W_GROUP },
	{ "document", W_NOMINAL | W_DOC },
	{ "documents", W_NOMINAL | W_DOC | W_PLURAL },
	{ NULL, 0 },
};

uint32_t
words_bits(struct span cell, const struct word_bit *names)
{
	uint32_t all = 0;

	for (size_t from = 0; from < cell.n;) {
		const char *comma = memchr(cell.p + from, ',', cell.n - from);
		size_t to = comma == NULL ? cell.n : (size_t)(comma - cell.p);

		for (const struct word_bit *w = names; w->word != NULL; w++)
			if (span_is(span_cut(cell, from, to), w->word))
				all |= w->bit;
		from = to + 1;
	}
	return all;
}

uint32_t
words_class(struct span name)
{
	return words_bits(name, class_name);
}

enum {
	TABLE_PLACES = 1 << 14
}; /* twice the words of the tables and more; quote_words_add() stops at half */

void
quote_words_add(struct word_table *w, struct span word, uint32_t bits)
{
	uint32_t hash = uni_hash(word), i = hash & w->mask;

	if (hash == 0)
		return;
	while (w->at[i].hash != hash && w->at[i].hash != 0) {
		w->at[i].cls |= W_PASSED;
		i = (i + 1) & w->mask;
	}
	if (w->at[i].hash == 0) {
		if (w->n >= w->mask / 2)
			return;
		w->at[i].hash = hash;
		w->n++;
	}
	w->at[i].cls |= bits;
}

/* Add the blank-separated words of one cell. */
static void
add_words(struct word_table *w, struct span words, uint32_t bits)
{
	for (size_t from = 0; from < words.n;) {
		const char *blank = memchr(words.p + from, ' ', words.n - from);
		size_t to = blank == NULL ? words.n : (size_t)(blank - words.p);

		if (to > from)
			quote_words_add(w, span_cut(words, from, to), bits);
		from = to + 1;
	}
}

/* Rows "class words ..." of a table; extra is or-ed to the bits of each. */
static void
add_table(struct word_table *w, const struct blob *b, uint32_t extra, struct arena *a)
{
	struct table t;

	table_load(&t, b, a);
	for (size_t i = 0; i < t.n_row; i++)
		add_words(w, table_cell(&t, i, 1), words_class(table_cell(&t, i, 0)) | extra);
}

struct word_table *
quote_words_new(struct arena *a)
{
	struct word_table *w = ARENA_NEW(a, struct word_table, 1);

	w->at = ARENA_NEW(a, struct word_entry, TABLE_PLACES);
	w->mask = TABLE_PLACES - 1;
	add_table(w, &blob_quote_words, 0, a);
	add_table(w, &blob_common_titles, W_TITLE, a);
	add_table(w, &blob_quote_nominals, 0, a);
	add_table(w, &blob_common_firstnames, W_FIRST, a);
	return w;
}

char
words_punct(struct span w)
{
	size_t len;

	switch (utf8_next(w, &len)) {
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
		return '-';
	case 0x2026:
		return '.';
	case 0x2019:
		return '\'';
	default:
		return '/';
	}
}
