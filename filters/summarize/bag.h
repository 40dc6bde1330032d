/* bag.h - the content words of a document, counted by sentence and over all.
 *
 * A content word is no stop word and longer than a letter; endings are cut (data/suffixes.tsv) so that
 * "talks" and "talking" count as one. Words are numbers in here, in the order in which they appear; two words
 * are the same if the hashes of their stems are (once in 2^32 pairs by chance).
 */
#ifndef NTAG_BAG_H
#define NTAG_BAG_H

#include "filter.h"

struct lingo; /* the word tables, built once */

struct lingo *lingo_new(struct arena *a);

/* Flags of a word of the tables: data/words.tsv. */
enum lingo_class {
	LINGO_STOP = 1,    /* says nothing of the subject */
	LINGO_PRONOUN = 2, /* points to the sentence before */
	LINGO_FIRST = 4,   /* the writer or speaker himself */
	LINGO_CREDIT = 8,  /* with a colon: a line about a picture, or the maker of one */
};

/* Scratch of one worker: spellings met before with their stems, tables that need no clearing. Nothing that it
 * remembers changes a result: a spelling is compared byte by byte. */
struct desk;

struct desk *desk_new(void);
void desk_free(struct desk *d);

struct word_count {
	uint32_t word; /* index into bag.word */
	uint32_t n;
};

/* One sentence: its tokens, and its content words, each once. */
struct line {
	uint32_t start, end;   /* bytes */
	size_t first, n_token; /* tokens of the record */
	uint32_t n_word;       /* words and numbers, content or not: the length */
	uint32_t n_number;     /* numbers */
	uint32_t n_capital;    /* capitalised words but the first */
	uint32_t n_content;    /* content words, repeated ones too */
	uint32_t n_new;        /* different content words that no sentence of the body had before */
	uint32_t quoted; /* bytes inside double quotation marks; one left open runs to the end */
	unsigned classes, lead; /* enum lingo_class of all its words, of the first */
	bool question;          /* ends with a question mark */
	bool open; /* ends with a word: a heading, the words below a picture, an entry of a list */
	bool
	    credit; /* "Photo: Agency": begins with up to three words, one of LINGO_CREDIT, and a colon */
	const struct word_count *count; /* in order of first appearance */
	size_t n_count;
	double norm; /* of the vector of counts */
	/* Where other filters ran, see bag.annotated: */
	uint32_t n_date;
	uint32_t n_name; /* names that no sentence of the body had before */
	bool direct;     /* holds a direct quotation, or a part of one */
};

/* What the document has of a word. */
struct word {
	uint32_t stem;  /* hash of its stem */
	uint32_t tf;    /* in the body */
	uint32_t title; /* in the headline */
};

struct bag {
	struct span text;
	const struct line *line; /* the sentences of the record */
	size_t n_line;
	bool
	    annotated; /* the record has dates, entities and quotations, though perhaps none here */
	size_t body;   /* first sentence behind the headline; 0 where there is none */
	const struct word *word; /* all of the document, headline too */
	size_t n_word;
	uint32_t tf_max;
	double norm;       /* of the vector tf */
	double title_norm; /* of the vector title; 0: no headline */
};

/* Count r's sentences. Memory and lifetime: r's arena. */
void bag_fill(struct bag *b, const struct lingo *l, struct desk *d, struct record *r);

/* Cosine of two sentences' counts, 0 to 1: of one that was marked, mark being room for n_word zeroes, with others. */
void bag_mark(const struct line *l, uint32_t *mark);
double bag_cosine(const struct line *l, const struct line *marked, const uint32_t *mark);
void bag_unmark(const struct line *l, uint32_t *mark);

extern const struct blob blob_summarize_words, blob_summarize_suffixes;

#endif
