/* direct.c - evidence for past and future, by the nearest verb of the clause. */
#include "direct.h"

#include "ascii.h"

enum {
	BEFORE_MAX = 24, /* tokens looked at before and behind: a clause is seldom longer */
	BEHIND_MAX = 14,
	BRACKET_MAX = 12,
};

struct direct
direct_new(const struct lexer *lx)
{
	const struct words *w = lx->words;

	return (struct direct){ lx, words_atom_known(w, SPAN("WILL")),
		words_atom_known(w, SPAN("PASTV")), words_atom_known(w, SPAN("BE")),
		words_atom_known(w, SPAN("TO")), words_atom_known(w, SPAN("SINCE")),
		words_atom_known(w, SPAN("FUTP")), words_atom_known(w, SPAN("PRES")),
		words_atom_known(w, SPAN("UNTIL")), words_atom_known(w, SPAN("DET")),
		words_atom_known(w, SPAN("WHICH")), words_atom_known(w, SPAN("ADV")) };
}

/* A clause ends at these marks. */
static bool
clause_mark(const struct token *t)
{
	static const char marks[] = ".;:!?()\"";

	if (t->kind != TOKEN_PUNCT)
		return false;
	return memchr(marks, t->first, sizeof(marks) - 1) != NULL || t->first == 0xE2;
}

static bool
has(const struct direct *d, size_t i, uint16_t atom)
{
	const struct token *t = &d->lx->token[i];
	struct tokens all = { d->lx->token, d->lx->n_token };
	const struct word *w;
	size_t n;
	uint32_t at;

	if (t->kind != TOKEN_WORD || !in_bloom(words_bloom(d->lx->words), t->hash))
		return false;
	at = words_find(d->lx->words, &all, i, &n);
	w = words_at(d->lx->words, at);
	return at != 0 && words_symbol_has(d->lx->words, w->symbol[CASE_LOWER], atom);
}

static bool
ends_in_ed(const struct direct *d, size_t i)
{
	struct span s = token_span(d->lx->text, &d->lx->token[i]);

	/* "a planned visit" is no verb. */
	if (i > 0 && has(d, i - 1, d->determiner))
		return false;
	return s.n > 4 && s.p[s.n - 1] == 'd' && s.p[s.n - 2] == 'e' && s.p[s.n - 3] != 'e' &&
	       ascii_lower((unsigned char)s.p[0]);
}

static bool
in_ly(const struct direct *d, size_t i)
{
	return span_ends(token_span(d->lx->text, &d->lx->token[i]), SPAN("ly"));
}

/* A participle stands behind a form of "be", with at most an adverb or another form between. */
static bool
participle(const struct direct *d, size_t i)
{
	if (i > 0 && has(d, i - 1, d->be))
		return true;
	return i > 1 && has(d, i - 2, d->be) && (in_ly(d, i - 1) || has(d, i - 1, d->adverb));
}

/* "to meet": a lower-case word that is no participle follows "to". */
static bool
infinitive(const struct direct *d, size_t i)
{
	const struct token *t;

	if (!has(d, i, d->to) || i + 1 >= d->lx->n_token || has(d, i + 1, d->determiner))
		return false;
	t = &d->lx->token[i + 1];
	return t->kind == TOKEN_WORD && !(t->flags & TOKEN_UPPER) && !ends_in_ed(d, i + 1) &&
	       t->len > 1;
}

/* "has met" is past, "has a meeting" is not. */
static bool
perfect(const struct direct *d, size_t i)
{
	struct span s = token_span(d->lx->text, &d->lx->token[i]);

	if (!span_is(s, "has") && !span_is(s, "have"))
		return false;
	for (size_t k = i + 1; k < i + 3 && k < d->lx->n_token; k++)
		if (has(d, k, d->past) || ends_in_ed(d, k) || has(d, k, d->be))
			return true;
	return false;
}

/* "slated for Saturday", "is expected on Monday" */
static bool
announced(const struct direct *d, size_t i)
{
	if (!has(d, i, d->participle))
		return false;
	return participle(d, i) ||
	       (i + 1 < d->lx->n_token &&
		   span_is(token_span(d->lx->text, &d->lx->token[i + 1]), "for"));
}

/* "filed by the states" only describes. */
static bool
passive(const struct direct *d, size_t i)
{
	/* "rose by 3 percent" is what happened. */
	return i + 2 < d->lx->n_token &&
	       span_is(token_span(d->lx->text, &d->lx->token[i + 1]), "by") &&
	       d->lx->token[i + 2].kind != TOKEN_NUMBER;
}

static bool
is_noun(const struct direct *d, size_t i)
{
	return i > 0 && ((d->lx->token[i - 1].flags & TOKEN_POSS) || has(d, i - 1, d->determiner));
}

static bool
is_char(const struct direct *d, size_t i, char c)
{
	return d->lx->token[i].kind == TOKEN_PUNCT && d->lx->token[i].first == (uint8_t)c;
}

/* A hyphen inside of a word. */
static bool
is_hyphen(const struct direct *d, size_t i)
{
	return i + 1 < d->lx->n_token && is_char(d, i, '-') &&
	       !(d->lx->token[i].flags & TOKEN_SPACE) && !(d->lx->token[i + 1].flags & TOKEN_SPACE);
}

static enum direction
verb_at(const struct direct *d, size_t i)
{
	/* "the run-off" */
	if (is_hyphen(d, i + 1) || (i > 0 && is_hyphen(d, i - 1)))
		return TOWARDS_ANY;
	/* "May", "Will": names and months. */
	if (d->lx->token[i].kind != TOKEN_WORD || (d->lx->token[i].flags & TOKEN_UPPER))
		return TOWARDS_ANY;
	if (has(d, i, d->will) || announced(d, i))
		return TOWARDS_FUTURE;
	if (has(d, i, d->past) || ends_in_ed(d, i))
		return participle(d, i) || passive(d, i) ? TOWARDS_ANY : TOWARDS_PAST;
	/* "the end", "a visit" are no verbs. */
	if (has(d, i, d->present) && !is_noun(d, i))
		return perfect(d, i) ? TOWARDS_PAST : TOWARDS_PRESENT;
	return TOWARDS_ANY;
}

/* Tokens from a closing bracket at i back to before the one that opens it; 0 if none is near. */
static uint32_t
bracket(const struct direct *d, size_t i)
{
	for (uint32_t k = 1; k <= BRACKET_MAX && k < i; k++)
		if (is_char(d, i - k, '('))
			return k + 1;
	return 0;
}

static enum direction
before(const struct direct *d, uint32_t tok)
{
	bool to = false;

	for (uint32_t k = 1; k <= BEFORE_MAX && k <= tok; k++) {
		size_t i = tok - k;
		enum direction v;

		if (is_char(d, i, ')'))
			k += bracket(d, i);
		i = tok - k;
		if (has(d, i, d->which))
			break;
		if (clause_mark(&d->lx->token[i]) || (d->lx->token[i + 1].flags & TOKEN_PARA))
			break;
		v = verb_at(d, i);
		if (v != TOWARDS_ANY)
			return v;
		if (span_is(token_span(d->lx->text, &d->lx->token[i]), "since"))
			return TOWARDS_PAST;
		if (infinitive(d, i)) {
			/* "planned to leave on Thursday" */
			if (i > 0 && (has(d, i - 1, d->participle) || has(d, i - 1, d->will)))
				return TOWARDS_FUTURE;
			to = true;
		}
	}
	return to ? TOWARDS_FUTURE : TOWARDS_ANY;
}

/* Does the expression open its clause: "On Sunday, the ministers met"? */
static bool
opens_clause(const struct direct *d, uint32_t tok)
{
	return tok < 2 || clause_mark(&d->lx->token[tok - 1]) ||
	       clause_mark(&d->lx->token[tok - 2]) || (d->lx->token[tok].flags & TOKEN_PARA) ||
	       (d->lx->token[tok - 1].flags & TOKEN_PARA);
}

/* The first verb behind; past a comma only when comma is true. */
static enum direction
behind(const struct direct *d, uint32_t end, bool comma)
{
	for (size_t i = end; i < end + BEHIND_MAX && i < d->lx->n_token; i++) {
		enum direction v;

		if (clause_mark(&d->lx->token[i]) || (d->lx->token[i].flags & TOKEN_PARA) ||
		    (!comma && is_char(d, i, ',')))
			break;
		v = verb_at(d, i);
		if (v != TOWARDS_ANY)
			return v;
	}
	return TOWARDS_ANY;
}

/* "up until Friday" */
static bool
is_up(const struct direct *d, size_t i)
{
	return span_is(token_span(d->lx->text, &d->lx->token[i]), "up") ||
	       span_is(token_span(d->lx->text, &d->lx->token[i]), "Up");
}

/* "Friday's ruling": the verb before it says nothing about the day. */
static bool
possessive(const struct direct *d, uint32_t end)
{
	return end < d->lx->n_token && (d->lx->token[end].flags & TOKEN_POSS);
}

void
direct_find(const struct direct *d, uint32_t tok, uint32_t n, struct resolver *rv)
{
	rv->since = tok > 0 && has(d, tok - 1, d->since);
	rv->towards = TOWARDS_ANY;
	if (rv->since) {
		rv->towards = TOWARDS_PAST;
		return;
	}
	if (tok > 0 && has(d, tok - 1, d->until) && !(tok > 1 && is_up(d, tok - 2))) {
		/* "Until Thursday, they had not called" */
		rv->towards =
		    behind(d, tok + n, true) == TOWARDS_PAST ? TOWARDS_PAST : TOWARDS_FUTURE;
		return;
	}
	if (possessive(d, tok + n)) {
		rv->towards = behind(d, tok + n + 1, false);
		if (rv->towards == TOWARDS_PRESENT)
			rv->towards = TOWARDS_ANY;
		return;
	}
	rv->towards = before(d, tok);
	if (rv->towards == TOWARDS_ANY)
		rv->towards = behind(d, tok + n, opens_clause(d, tok));
}
