/* grammar.h - the patterns of data/LANGUAGE/patterns.tsv as one automaton over lexemes (lex.h).
 *
 * A pattern is a row: id, pattern, type, value, guard, example, expects. In the pattern, separated by blanks:
 *   MONTH        a lexeme of that class; its value goes to the slot of the class
 *   ORD:day      the same, value to slot "day"
 *   last:rel=-1  the word "last"; puts -1 into slot "rel"
 *   a|an|NUM     one lexeme, any of these; slots named at the last hold for those that name none
 *   x:rel=1:unit=4   several fixed slots
 *   x?           optional;  ~x  no white space before it
 *   ( a b / c )  alternatives;  { ... }  a span of its own: a match may give up to SPAN_MAX of them,
 *                without braces the whole match is the span
 *   $NAME        the pattern of the row with that id, put in here
 * The value cell is the name of a resolution function (resolve.h), then slot=value that hold for each span.
 * The guard cell looks at the neighbours: <X >X the lexeme before, behind must be X; <!X >!X must not; =X the
 * first token itself. X is a class, a word, X|Y for one of them, or
 * #UP capitalised, #NUM, #START nothing there, #SENT start of a sentence, #GLUED no blank between, #PARA edge of
 * the paragraph, #S a word in -s, #INFORMAL the text is a short message,
 * #FIRST it is the first or second word of the text.
 *
 * How it runs: the automaton is made deterministic piece by piece, as texts need it, in the scratch of a
 * worker (a cache that never changes a result). From each token that any pattern can start with it is
 * driven until it dies, at most MATCH_LEXEMES on, so time is linear. The longest match wins; among
 * equals the first row; a match refused by its guard or by resolution gives way to the next.
 */
#ifndef NTAG_DATE_GRAMMAR_H
#define NTAG_DATE_GRAMMAR_H

#include "lex.h"

enum {
	MATCH_LEXEMES = 24,
	SPAN_MAX = 4,
	MACRO_DEPTH = 12,
	NODE_MAX = 60000,
	PATTERN_MAX = 2000,
	PATTERN_BYTES = 8192,
};

struct pattern {
	struct span id;
	struct span value; /* cell */
	struct span fn;    /* name of the resolution function */
	int8_t type;       /* enum timex_type, or -1: as resolved */
	uint8_t resolver;  /* for the caller: what fn means */
	struct slots fixed;
	uint32_t first_guard, n_guard;
	uint32_t start, end; /* nodes */
};

struct phrase {
	uint32_t tok, n_tok; /* tokens */
	bool dot;            /* the last token is the full stop of an abbreviation */
	struct slots slots;
};

struct match {
	const struct pattern *pattern;
	uint32_t tok, n_tok;
	uint8_t n_span;
	struct phrase span[SPAN_MAX];
};

struct grammar;
struct scan_scratch;

/* A table of patterns. */
struct pattern_table {
	const char *name;
	struct span text;
	struct table rows; /* by grammar_read() */
};

/* From the rows of tables; words gets the words they name. All tables are read, which gives their parts to all;
 * then their rows are added, those to be preferred first. False on a slip. */
struct grammar *grammar_new(struct words *w, struct arena *a);
bool grammar_read(struct grammar *g, struct pattern_table *t, struct slip *slip);
bool grammar_add(struct grammar *g, const struct pattern_table *t, struct slip *slip);
/* All rows are in, and words_close() has been called. */
void grammar_close(struct grammar *g, const struct settings *s);

/* The slip is at this byte of the table; columns count code points. */
void grammar_slip(
    const struct pattern_table *t, const char *at, const char *what, struct slip *slip);

/* A lexer over a text, with the words of this grammar. */
struct lexer grammar_lexer(const struct grammar *g, struct span text, const struct tokens *t);

struct pattern *grammar_patterns(struct grammar *g, size_t *n);

struct scan_scratch *scan_scratch_new(const struct grammar *g);
void scan_scratch_free(struct scan_scratch *s);

/* What the caller says to a match: taken, or refused so that the next candidate is tried. */
typedef bool (*match_taker)(void *ctx, const struct match *m);

/* All matches in text order, leftmost, longest, not overlapping. plain: the reference, all patterns at each token, in
 * steps over sets of nodes, nothing remembered; little is shared with the fast way, and megabytes can be compared. */
void grammar_scan(const struct grammar *g, struct scan_scratch *s, struct span text,
    const struct tokens *t, match_taker take, void *ctx);
void grammar_scan_plain(const struct grammar *g, struct scan_scratch *s, struct span text,
    const struct tokens *t, match_taker take, void *ctx);

#endif
