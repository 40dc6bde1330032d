/* bag.h - the content words of a document, counted by sentence and over all.
 *
 * A content word is no stop word and longer than a letter; endings are cut (data/suffixes.tsv) so that
 * "talks" and "talking" count as one. Words are numbers in here, in the order in which they appear.
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
};

struct word_count {
	uint32_t word; /* index into bag.tf */
	uint32_t n;
};

/* One sentence: its tokens, and its content words, each once. */
struct line {
	uint32_t start, end;            /* bytes */
	size_t first, n_token;          /* tokens of the record */
	size_t n_word;                  /* words and numbers, content or not: the length */
	size_t n_number;                /* numbers */
	size_t n_capital;               /* capitalised words but the first */
	unsigned classes, lead;         /* enum lingo_class of all its words, of the first */
	size_t n_content;               /* content words, repeated ones too */
	const struct word_count *count; /* in order of first appearance */
	size_t n_count;
	double norm; /* of the vector of counts */
};

struct bag {
	struct span text;
	const struct line *line; /* the sentences of the record */
	size_t n_line;
	size_t body;        /* first sentence behind the headline; 0 where there is none */
	const uint32_t *tf; /* over the body, by word */
	size_t n_tf;
	uint32_t tf_max;
	double norm;              /* of the vector tf */
	const unsigned char *top; /* by word: among the BAG_TOP most frequent */
	const struct line
	    *title; /* all of the headline as one line, or the record's title; NULL: none */
};

enum { BAG_TOP = 10 };

/* Count r's sentences. Memory and lifetime: r's arena. */
void bag_fill(struct bag *b, const struct lingo *l, struct record *r);

/* Cosine of two sentences' counts, 0 to 1. mark: room for n_tf zeroes, left as zeroes. */
double bag_cosine(const struct line *a, const struct line *b, uint32_t *mark);

extern const struct blob blob_summarize_words, blob_summarize_suffixes;

#endif
