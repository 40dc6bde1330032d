/* passage.h - one record as the tagger sees it: words in sentences, the style of each, words that come again.
 *
 * Sentences are those of the record, cut further at line starts where lines are not merely wrapped (tables of
 * results, lists). Tokens that are far from any capital are closed: they cannot be part of a name, and
 * the tagger passes over them.
 */
#ifndef NTAG_ENTITY_PASSAGE_H
#define NTAG_ENTITY_PASSAGE_H

#include "record.h"
#include "vocab.h"

/* Tokens on each side of a capitalised one that may be of one name with it. */
enum { PASSAGE_REACH = 2 };

#define PASSAGE_NONE UINT32_MAX

enum tok_flag {
	TOK_FIRST = 1, /* first word of its sentence */
	TOK_SENT = 2,  /* first token of its sentence */
	TOK_OPEN = 4,  /* may be part of a name */
	TOK_GLUED = 8, /* no white space before it */
};

enum style { STYLE_PLAIN, STYLE_TITLE, STYLE_UPPER }; /* "Talks Fail Again", "TALKS FAIL" */

struct tok {
	struct word *w;
	uint32_t start, end; /* bytes of the text */
	uint32_t lists;      /* enum list for the word alone; << 16: for longer names it is in */
	uint32_t next_same;  /* next capitalised token with the same stem, or PASSAGE_NONE */
	uint8_t flags;       /* set of enum tok_flag */
	uint8_t style;       /* enum style, of its sentence */
	uint8_t quoted;      /* place in a short quotation, and what that is like; 0: in none */
	uint8_t topic;       /* sport, markets: in its sentence, in the text (passage.c) */
	uint8_t figures;     /* how much of its sentence and of the text is numbers: 0 to 4 each */
};

/* Tokens [start, end). */
struct stretch {
	uint32_t start, end;
};

struct passage {
	struct vocab *vocab;
	struct tok beyond; /* stands for what is before the first and behind the last token */
	struct span text;
	struct tok *tok;
	size_t n;
	struct stretch *sent;
	size_t n_sent;
};

/* Memory from arena; words are those of v, which begins a new document. */
void passage_make(struct passage *d, struct vocab *v, struct record *r, struct arena *arena);

/* The next stretch of open tokens of sentence s that starts at or behind from; false: none left. */
bool passage_open(
    const struct passage *d, const struct stretch *s, uint32_t from, struct stretch *out);

#endif
