/* words.c - build-time: tables of words -> one constant hash table (sentence_word.c).
 *
 * usage: words FILE.tsv... >FILE.inc
 * Each table has the columns word and class. The classes of all rows of a word are joined: their names
 * become the constants WORD_X of sentence_word.h. Stops the build at a word that is too long.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../sentence_hash.h"

enum { WORDS_MAX = 8192, SLOTS = 16384, NAME_MAX = 24 };

struct word {
	struct word_key key;
	char class[8][NAME_MAX];
	int n;
	bool capital;
};

static struct word words[WORDS_MAX];
static size_t n_word;
static uint16_t slot[SLOTS];

static void
die(const char *file, size_t line, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", file, line, what);
	exit(1);
}

/* The entry of that word, made if there is none. */
static struct word *
entry(struct word_key key, bool capital)
{
	uint32_t at = word_hash(key) % SLOTS;

	while (slot[at] != 0) {
		struct word *w = &words[slot[at] - 1];

		if (memcmp(&w->key, &key, sizeof(key)) == 0)
			return w;
		at = (at + 1) % SLOTS;
	}
	words[n_word].key = key;
	words[n_word].capital = capital;
	slot[at] = (uint16_t)++n_word;
	return &words[n_word - 1];
}

static void
row(const char *line, const char *file, size_t at)
{
	size_t n = strcspn(line, "\t"), k = strcspn(line + n + 1, "\t\n");
	struct word_key key;
	struct word *w;

	if (n > WORD_BYTES || k >= NAME_MAX || n_word + 1 >= WORDS_MAX)
		die(file, at, "word or class too long, or too many words");
	key = word_key(line, n);
	w = entry(key, line[0] >= 'A' && line[0] <= 'Z');
	if (w->n == 8)
		die(file, at, "too many classes of one word");
	for (size_t i = 0; i < k; i++)
		w->class[w->n][i] = (char)(line[n + 1 + i] & ~0x20);
	w->n++;
}

static void
load(const char *file)
{
	FILE *in = fopen(file, "rb");
	char line[4096];

	if (in == NULL)
		die(file, 0, "cannot open");
	for (size_t at = 1; fgets(line, sizeof(line), in) != NULL; at++)
		if (line[0] != '#' && line[0] != '\n')
			row(line, file, at);
	fclose(in);
}

static void
print_word(const struct word *w)
{
	printf("\t{ { 0x%016llxULL, 0x%016llxULL }, %s", (unsigned long long)w->key.low,
	    (unsigned long long)w->key.high, w->capital ? "WORD_CAPITAL" : "0");
	for (int i = 0; i < w->n; i++)
		printf(" | WORD_%s", w->class[i]);
	printf(" },\n");
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		load(argv[i]);
	printf("/* made by common/gen/words.c */\nenum { WORD_SLOTS = %d };\n", SLOTS);
	printf("static const struct word_entry word_entries[] = {\n\t{ { 0, 0 }, 0 },\n");
	for (size_t i = 0; i < n_word; i++)
		print_word(&words[i]);
	printf("};\nstatic const uint16_t word_slots[WORD_SLOTS] = {");
	for (size_t i = 0; i < SLOTS; i++)
		printf("%s%u,", i % 16 == 0 ? "\n\t" : "", slot[i]);
	printf("\n};\n");
	return 0;
}
