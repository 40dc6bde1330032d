/* doc.h - what the stages of ntag-quote share about one document. Lives in the record's arena.
 *
 *   tokens    He   said   “   It   is   hard   ,   ”   and   left   .
 *   nodes     He   said   [     one stretch        ]   and   left   .
 *
 * A node is one token outside quotation marks, or one whole marked stretch: so whatever stands inside marks never
 * confuses the search for cues, speakers and clause ends outside. Offsets are bytes of the text.
 */
#ifndef NTAG_QUOTE_DOC_H
#define NTAG_QUOTE_DOC_H

#include "lexicon.h"
#include "record.h"

/* Words between quotation marks, within one paragraph. */
struct stretch {
	uint32_t open, close; /* bytes: at the opening mark, behind the closing mark */
	uint32_t start,
	    end; /* bytes of the words inside, without space and the comma before the closing mark */
	uint32_t tok, tok_end; /* tokens, marks included */
	uint32_t words;        /* WORD and NUMBER tokens inside */
	uint32_t para;         /* number of its paragraph */
	uint32_t node;         /* its node, and */
	uint32_t inner;        /* classes of its first word (words.h): by nodes_find() */
	bool closed;           /* has a closing mark of its own */
	bool single;           /* ‘...’ or '...' */
	bool title;            /* each long word has a capital: a work rather than speech */
	bool upper;            /* the first word has a capital */
	bool follows; /* goes on with the stretch before it: the mark was repeated, not closed */
	char last;    /* last byte of the words with punctuation: one of ,.?!- or 0 */
};

struct stretches {
	struct stretch *at;
	size_t n, cap;
};

#define NODE_NONE UINT32_MAX

/* Shape of a node, beside its word classes (words.h). */
enum shape {
	SHAPE_UPPER = 1, /* begins with a capital */
	SHAPE_ED = 2,    /* lower case, ends in -ed: past tense or participle */
	SHAPE_ING = 4,   /* lower case, ends in -ing */
	SHAPE_S = 8,     /* lower case, ends in -s but not -ss, -us, -is: plural or verb */
	SHAPE_POSS = 16, /* possessive 's */
	SHAPE_NUMBER = 32,
	SHAPE_WORD = 64,   /* a word or a number; else punctuation or a stretch */
	SHAPE_QUOTE = 128, /* a marked stretch */
};

/* One token, or all those of a stretch. 16 bytes: there is one for nearly every token. */
struct node {
	uint32_t tok;     /* first token */
	uint32_t cls;     /* set of word classes (words.h) */
	uint32_t stretch; /* index, for SHAPE_QUOTE */
	uint8_t shape;    /* set of enum shape */
	char
	    punct; /* of punctuation: , . ? ! : ; - ( ) / [ ]; dashes are -; 0 for words, stretches */
};

struct nodes {
	struct node *at;
	size_t n, cap;
};

/* Nodes [first, end) of one sentence. */
struct sentence {
	uint32_t first, end;
	uint32_t para;
	bool opens_para; /* first of its paragraph */
	bool soft;       /* begins only because the stretch before it ends in . ? or ! */
};

struct sentences {
	struct sentence *at;
	size_t n, cap;
};

/* Nodes [first, end); first == end: none. */
struct extent {
	uint32_t first, end;
};

struct doc {
	struct arena *arena;
	struct record *record;
	struct span text;
	const struct tokens *tokens;
	const struct lexicon *furniture; /* furniture.tsv (marks.h); NULL: none */
	struct stretches stretches;
	struct nodes nodes;
	struct sentences sents;
	struct {
		uint32_t *at;
		size_t n;
	} maybe_cue;     /* nodes that a cue may begin with, in order */
	bool line_paras; /* a new line behind a full stop begins a paragraph (marks.h) */
};

static inline bool
extent_some(struct extent e)
{
	return e.first < e.end;
}

/* Does token i begin a paragraph? */
static inline bool
doc_para(const struct doc *d, size_t i)
{
	const struct token *t = &d->tokens->at[i];

	if (t->flags & TOKEN_PARA)
		return true;
	return d->line_paras && (t->flags & TOKEN_LINE) != 0 && t[-1].kind == TOKEN_PUNCT;
}

static inline uint32_t
node_start(const struct doc *d, uint32_t i)
{
	return d->tokens->at[d->nodes.at[i].tok].start;
}

static inline uint32_t
node_end(const struct doc *d, uint32_t i)
{
	const struct node *n = &d->nodes.at[i];
	const struct token *t = &d->tokens->at[n->tok];

	return n->shape & SHAPE_QUOTE ? d->stretches.at[n->stretch].close : t->start + t->len;
}

/* Is the word of node i exactly w? */
static inline bool
node_is(const struct doc *d, uint32_t i, const char *w)
{
	return span_is(token_span(d->text, &d->tokens->at[d->nodes.at[i].tok]), w);
}

/* Bytes of the text from the first to the last node of e, which is not empty. */
static inline uint32_t
extent_bytes(const struct doc *d, struct extent e)
{
	return node_end(d, e.end - 1) - node_start(d, e.first);
}

#endif
