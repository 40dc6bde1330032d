/* sentence.h - where sentences and paragraphs of a text begin and end.
 *
 * One pass over candidates (full stops, ?, !, ellipses, blank lines), tables beside it in
 * data/ (abbreviations, starters). Never alters the text; linear time.
 */
#ifndef NTAG_SENTENCE_H
#define NTAG_SENTENCE_H

#include "arena.h"
#include "span.h"
#include "table.h"

/* A stretch of text in bytes, half-open, without surrounding white space. */
struct range {
	uint32_t start, end;
};

struct ranges {
	struct range *at;
	size_t n, cap;
};

enum sentence_newline { NEWLINE_SPACE, NEWLINE_BREAK, NEWLINE_AUTO };

struct sentence_how {
	bool keep_quotes;              /* never split inside quotation marks */
	enum sentence_newline newline; /* what a single newline means; SPACE by default */
};

/* Sentences of valid UTF-8 text, in order, never overlapping, none empty, appended to *out in a.
 * how may be NULL for the defaults. */
void sentence_split(
    struct span text, const struct sentence_how *how, struct ranges *out, struct arena *a);

/* Paragraphs: stretches between blank lines. */
void sentence_paragraphs(struct span text, struct ranges *out, struct arena *a);

/* The compiled-in tables, ended by NULL: for --version and the tests of their examples. */
extern const struct blob *const sentence_blobs[];

#endif
