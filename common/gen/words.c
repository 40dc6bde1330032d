/* words.c - build-time: tables of words -> one constant hash table (sentence_word.c).
 *
 * usage: words ABBREV.tsv FILE.tsv... >FILE.inc
 * Each table has the columns word and class. The classes of all rows of a word are joined; their names
 * in capitals are the constants WORD_X of sentence_word.h. A row of ABBREV.tsv with a capital holds for the
 * word with a capital alone; one without holds for both, unless there is one with. Stops the build at a word or
 * class that is too long, or one row too many.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../sentence_hash.h"

enum { WORDS_MAX = 4095, SLOTS = 4096, TAG = 4096, NAME_MAX = 24, CLASSES_MAX = 6 };

struct word {
	struct word_key key;
	char class[CLASSES_MAX][NAME_MAX];
	int n;
	bool abbrev[CLASSES_MAX],
	    capital[CLASSES_MAX]; /* of ABBREV.tsv; spelled with a capital there */
};

struct words {
	struct word at[WORDS_MAX];
	size_t n;
	uint16_t slot[SLOTS]; /* 0: free, else 1 + index */
};

static void
die(const char *file, size_t line, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", file, line, what);
	exit(1);
}

/* The entry of that word, made if there is none. */
static struct word *
entry(struct words *words, struct word_key key)
{
	uint32_t at = word_hash(key) % SLOTS;

	for (; words->slot[at] != 0; at = (at + 1) % SLOTS) {
		struct word *w = &words->at[words->slot[at] - 1];

		if (w->key.low == key.low && w->key.high == key.high)
			return w;
	}
	words->at[words->n].key = key;
	words->slot[at] = (uint16_t)++words->n;
	return &words->at[words->n - 1];
}

/* Add a row; NULL, or what is wrong with it. */
static const char *
add(struct words *words, const char *line, bool abbrev)
{
	size_t n = strcspn(line, "\t"), k = line[n] == '\t' ? strcspn(line + n + 1, "\t\n") : 0;
	struct word *w;

	if (n == 0 || n > WORD_BYTES || k == 0 || k >= NAME_MAX)
		return "word or class missing or too long";
	if (abbrev && n > ABBREV_BYTES)
		return "abbreviation too long";
	if (words->n == WORDS_MAX * 3 / 4)
		return "too many words";
	w = entry(words, word_key(line, n));
	if (w->n == CLASSES_MAX)
		return "too many classes of one word";
	w->abbrev[w->n] = abbrev;
	w->capital[w->n] = abbrev && line[0] >= 'A' && line[0] <= 'Z';
	for (size_t i = 0; i < k; i++)
		w->class[w->n][i] = (char)(line[n + 1 + i] & ~0x20);
	w->n++;
	return NULL;
}

static void
load(struct words *words, const char *file, bool abbrev)
{
	FILE *in = fopen(file, "rb");
	char line[4096];

	if (in == NULL)
		die(file, 0, "cannot open");
	for (size_t at = 1; fgets(line, sizeof(line), in) != NULL; at++) {
		const char *what =
		    line[0] == '#' || line[0] == '\n' ? NULL : add(words, line, abbrev);

		if (what != NULL)
			die(file, at, what);
	}
	fclose(in);
}

/* Classes of the word when it is written with a capital, or without. */
static void
print_classes(const struct word *w, bool capital)
{
	bool own = false;

	for (int i = 0; i < w->n; i++)
		own = own || w->capital[i];
	printf("0");
	for (int i = 0; i < w->n; i++)
		if (!w->abbrev[i] || w->capital[i] == (capital && own))
			printf(" | WORD_%s", w->class[i]);
}

static void
print_word(const struct word *w)
{
	printf("\t{ { 0x%016llxULL, 0x%016llxULL }, { ", (unsigned long long)w->key.low,
	    (unsigned long long)w->key.high);
	print_classes(w, false);
	printf(", ");
	print_classes(w, true);
	printf(" } },\n");
}

/* What a slot holds: the number of the entry, and above it four bits of its hash, so that other words
 * seldom have to be compared. */
static unsigned
tagged(const struct words *words, unsigned number)
{
	return number == 0 ? 0 : number | word_hash(words->at[number - 1].key) / TAG % 16 * TAG;
}

static void
print(const struct words *words)
{
	printf("/* made by common/gen/words.c */\nenum { WORD_SLOTS = %d, WORD_TAG = %d };\n",
	    SLOTS, TAG);
	printf("static const struct word_entry word_entries[] = {\n\t{ { 0, 0 }, { 0, 0 } },\n");
	for (size_t i = 0; i < words->n; i++)
		print_word(&words->at[i]);
	printf("};\nstatic const uint16_t word_slots[WORD_SLOTS] = {");
	for (size_t i = 0; i < SLOTS; i++)
		printf("%s%u,", i % 16 == 0 ? "\n\t" : "", tagged(words, words->slot[i]));
	printf("\n};\n");
}

int
main(int argc, char **argv)
{
	struct words *words = calloc(1, sizeof(*words));

	if (words == NULL)
		die("words", 0, "out of memory");
	for (int i = 1; i < argc; i++)
		load(words, argv[i], i == 1);
	print(words);
	free(words);
	return 0;
}
