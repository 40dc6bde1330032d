/* lex.h - tokens to lexemes: a word or phrase of the vocabulary, a number in digits or words, a shape of digits
 * ("2021-12-04", "10:00", "27th", "1990s").
 *
 * A lexeme is found from its first token on demand, so the bulk of a text, which is in no table, costs one
 * look at a bit for each token.
 */
#ifndef NTAG_DATE_LEX_H
#define NTAG_DATE_LEX_H

#include "settings.h"

enum lexeme_kind { LEX_OTHER, LEX_WORD, LEX_NUMBER, LEX_SHAPE };

enum { LEXEME_SETS = 7 };

struct lexeme {
	symbol symbol;
	uint8_t kind;   /* enum lexeme_kind */
	bool glued;     /* no white space before it */
	bool dot;       /* took the full stop of its abbreviation along */
	uint8_t casing; /* enum casing */
	uint32_t tok, n_tok;
	uint32_t word; /* LEX_WORD: index */
	int32_t num;   /* LEX_NUMBER */
	int16_t frac;  /* hundredths */
	int16_t split; /* the same as S_SPLIT has it */
	uint8_t n_set; /* LEX_SHAPE: what its digits say */
	uint16_t atom; /* LEX_SHAPE: its class */
	struct {
		uint8_t slot;
		int32_t v;
	} set[LEXEME_SETS];
};

/* What is read; the same for all lexemes of a text. */
struct lexer {
	const struct words *words;
	const struct settings *settings;
	struct span text;
	const struct token *token;
	size_t n_token;
	bool informal; /* a short message: "great day! #fun" */
	/* Atoms that the lexer itself asks for. */
	uint16_t cardinal, tens, scale, hundred, and_word;
	bool stop_shapes; /* shapes may end in a full stop: "4." */
};

struct lexer lexer_new(const struct words *w, const struct settings *s);

/* The lexeme that starts at token i < n_token. Looks at no more than LEX_LOOK tokens. */
enum { LEX_LOOK = 16 };
void lex_at(const struct lexer *lx, size_t i, struct lexeme *x);

/* Fill the slots that lexeme x says when it is taken as atom; slot: where its value goes. */
void lex_fill(
    const struct lexer *lx, const struct lexeme *x, uint16_t atom, enum slot slot, struct slots *s);

#endif
