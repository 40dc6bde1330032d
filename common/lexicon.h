/* lexicon.h - phrase -> number: the longest phrase that starts at a token.
 *
 * Built once when a filter opens, read by all workers. Phrases are compared by token
 * in lower case, so "New  York" with two blanks or a newline is found too. Hashes find, the text decides.
 */
#ifndef NTAG_LEXICON_H
#define NTAG_LEXICON_H

#include "arena.h"
#include "token.h"

struct lexicon;

enum { LEXICON_NONE = 0, LEXICON_WORDS_MAX = 12 };

/* Empty; room for about n phrases without growing. Memory from a, which must outlive it. */
struct lexicon *lexicon_new(struct arena *a, size_t n);

/* Add phrase (any UTF-8; tokenised as text is) with a value other than LEXICON_NONE. The value of a
 * phrase that is there already is or-ed with it when or_it, else replaced. Phrases of more than
 * LEXICON_WORDS_MAX tokens are refused: false. */
bool lexicon_add(struct lexicon *l, struct span phrase, uint32_t value, bool or_it);

/* The value of the longest phrase that starts at token i of t (in text), and its tokens in *n;
 * LEXICON_NONE if none. A phrase never runs over a paragraph start. */
uint32_t lexicon_longest(
    const struct lexicon *l, struct span text, const struct tokens *t, size_t i, size_t *n);

/* The value of one token alone. Without the text it goes by hash and first letter: a word that is
 * none of n is taken for one of them with a chance below n / 2^32. */
uint32_t lexicon_word(const struct lexicon *l, const struct token *t);

#endif
