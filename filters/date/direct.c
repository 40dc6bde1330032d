/* direct.c - evidence for past and future, by the nearest verb of the clause. */
#include "direct.h"

#include "ascii.h"

enum {
	BEFORE_MAX = 24, /* tokens looked at before and behind: a clause is seldom longer */
	BEHIND_MAX = 14,
	BRACKET_MAX = 12,
	ADJACENT = 4, /* "to be held in May" */
};

struct direct
direct_new(const struct lexer *lx)
{
	const struct words *w = lx->words;

	return (struct direct){
		.lx = lx,
		.will = words_atom_known(w, SPAN("WILL")),
		.past = words_atom_known(w, SPAN("PASTV")),
		.be = words_atom_known(w, SPAN("BE")),
		.have = words_atom_known(w, SPAN("HAVE")),
		.auxiliary = words_atom_known(w, SPAN("AUX")),
		.participle = words_atom_known(w, SPAN("PARTICIPLE")),
		.planned = words_atom_known(w, SPAN("FUTP")),
		.present = words_atom_known(w, SPAN("PRES")),
		.to = words_atom_known(w, SPAN("TO")),
		.since = words_atom_known(w, SPAN("SINCE")),
		.from_then = words_atom_known(w, SPAN("FROMTHEN")),
		.until = words_atom_known(w, SPAN("UNTIL")),
		.up = words_atom_known(w, SPAN("UP")),
		.purpose = words_atom_known(w, SPAN("FOR")),
		.agent = words_atom_known(w, SPAN("AGENT")),
		.determiner = words_atom_known(w, SPAN("DET")),
		.which = words_atom_known(w, SPAN("WHICH")),
		.adverb = words_atom_known(w, SPAN("ADV")),
		.no_verb = words_atom_known(w, SPAN("NOVERB")),
		.deadline = words_atom_known(w, SPAN("DEADLINE")),
		.in = words_atom_known(w, SPAN("IN")),
		.conjunction = words_atom_known(w, SPAN("CONJUNCTION")),
		.be_to = words_atom_known(w, SPAN("BETO")),
		.weekday = words_atom_known(w, SPAN("WEEKDAY")),
		.moved = words_atom_known(w, SPAN("MOVED")),
		.off = words_atom_known(w, SPAN("OFF")),
		.ly = words_atom_known(w, SPAN("ADVERB")),
	};
}

/* A clause ends at such a mark, and at dashes and curly quotation marks. */
static bool
clause_mark(const struct direct *d, size_t i)
{
	struct span marks = d->lx->settings->clause;
	const struct token *t = &d->lx->token[i];

	if (t->kind != TOKEN_PUNCT)
		return false;
	return memchr(marks.p, t->first, marks.n) != NULL || t->first == 0xE2;
}

/* All classes of a word, as if in small letters; 0: none. */
static symbol
classes(const struct direct *d, size_t i)
{
	const struct token *t = &d->lx->token[i];
	struct tokens all = { d->lx->token, d->lx->n_token };
	size_t n;
	uint32_t at;

	if (t->kind != TOKEN_WORD || !in_bloom(words_bloom(d->lx->words), t->hash))
		return 0;
	at = words_find(d->lx->words, &all, i, &n);
	return at == 0 ? 0 : words_at(d->lx->words, at)->symbol[CASE_LOWER];
}

static bool
is(const struct direct *d, symbol s, uint16_t atom)
{
	return s != 0 && atom != UINT16_MAX && words_symbol_has(d->lx->words, s, atom);
}

static bool
has(const struct direct *d, size_t i, uint16_t atom)
{
	return is(d, classes(d, i), atom);
}

/* Is it of that class by its ending? */
static bool
ending(const struct direct *d, size_t i, uint16_t atom)
{
	return settings_ending(d->lx->settings, token_span(d->lx->text, &d->lx->token[i]), atom);
}

/* A verb by its ending; a word that words.tsv knows as something else (NOVERB) is none. */
static bool
verb_ending(const struct direct *d, size_t i, uint16_t atom)
{
	const struct token *t = &d->lx->token[i];

	if (t->kind != TOKEN_WORD || (t->flags & TOKEN_UPPER) || !ending(d, i, atom))
		return false;
	/* "a planned visit" is no verb. */
	return !(i > 0 && has(d, i - 1, d->determiner)) && !has(d, i, d->no_verb);
}

/* A participle stands behind a form of "be", with at most an adverb or another form between. */
static bool
participle(const struct direct *d, size_t i)
{
	if (i > 0 && has(d, i - 1, d->be))
		return true;
	return i > 1 && has(d, i - 2, d->be) &&
	       (ending(d, i - 1, d->ly) || has(d, i - 1, d->adverb));
}

/* "to meet": a lower-case word that is no participle follows "to". */
static bool
infinitive(const struct direct *d, size_t i)
{
	const struct token *t;

	if (!has(d, i, d->to) || i + 1 >= d->lx->n_token || has(d, i + 1, d->determiner))
		return false;
	t = &d->lx->token[i + 1];
	return t->kind == TOKEN_WORD && !(t->flags & TOKEN_UPPER) &&
	       !verb_ending(d, i + 1, d->past) && t->len > 1;
}

/* "has met" is past, "has a meeting" is not. */
static bool
perfect(const struct direct *d, size_t i)
{
	size_t end = i + 1 + d->lx->settings->perfect;

	if (!has(d, i, d->have))
		return false;
	for (size_t k = i + 1; k < end && k < d->lx->n_token && !clause_mark(d, k); k++) {
		/* "ist für Freitag geplant" */
		if (has(d, k, d->planned) && has(d, i, d->be))
			return false;
		if (has(d, k, d->past) || verb_ending(d, k, d->past) || has(d, k, d->be) ||
		    verb_ending(d, k, d->participle))
			return true;
	}
	return false;
}

/* "slated for Saturday", "is expected on Monday" */
static bool
announced(const struct direct *d, size_t i)
{
	return participle(d, i) || (i + 1 < d->lx->n_token && has(d, i + 1, d->purpose));
}

/* "filed by the states" only describes. */
static bool
passive(const struct direct *d, size_t i)
{
	/* "rose by 3 percent" is what happened. */
	return i + 2 < d->lx->n_token && has(d, i + 1, d->agent) &&
	       d->lx->token[i + 2].kind != TOKEN_NUMBER;
}

/* "31 votes"; but in "Game 6 opens", "Sale No. 11 opens" the number is of a name. */
static bool
counted(const struct direct *d, size_t i)
{
	const struct token *t = d->lx->token;
	size_t name;

	if (i == 0 || t[i - 1].kind != TOKEN_NUMBER || has(d, i, d->be))
		return false;
	if (i == 1)
		return true;
	name = i > 2 && t[i - 2].kind == TOKEN_PUNCT && t[i - 2].first == '.' ? i - 3 : i - 2;
	return !(t[name].kind == TOKEN_WORD && (t[name].flags & TOKEN_UPPER));
}

/* "31 votes", "her vote" */
static bool
is_noun(const struct direct *d, size_t i)
{
	return i > 0 && ((d->lx->token[i - 1].flags & TOKEN_POSS) || counted(d, i) ||
			    has(d, i - 1, d->determiner));
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

/* "will begin", "deliveries to begin"; but not "had to begin". */
static bool
to_be(const struct direct *d, size_t i)
{
	if (i == 0)
		return false;
	if (has(d, i - 1, d->will))
		return true;
	return i > 1 && has(d, i - 1, d->to) && !has(d, i - 2, d->past) &&
	       !verb_ending(d, i - 2, d->past);
}

static enum direction
verb_at(const struct direct *d, size_t i)
{
	symbol s;

	/* "the run-off" */
	if (is_hyphen(d, i + 1) || (i > 0 && is_hyphen(d, i - 1)))
		return TOWARDS_ANY;
	/* "May", "Will": names and months. */
	if (d->lx->token[i].kind != TOKEN_WORD || (d->lx->token[i].flags & TOKEN_UPPER))
		return TOWARDS_ANY;
	s = classes(d, i);
	if (is(d, s, d->will) || (is(d, s, d->planned) && announced(d, i)))
		return TOWARDS_FUTURE;
	if (is(d, s, d->past) || verb_ending(d, i, d->past))
		return participle(d, i) || passive(d, i) ? TOWARDS_ANY : TOWARDS_PAST;
	/* "the end", "a visit" are no verbs. */
	if (is(d, s, d->present) && !is_noun(d, i)) {
		/* "was open", "have come" */
		bool was = i > 0 && (has(d, i - 1, d->past) || has(d, i - 1, d->have));

		if (was || perfect(d, i))
			return TOWARDS_PAST;
		return to_be(d, i) ? TOWARDS_FUTURE : TOWARDS_PRESENT;
	}
	/* "der am Freitag gewählt wurde": what follows is the verb. */
	if (verb_ending(d, i, d->present) &&
	    !(i + 1 < d->lx->n_token && has(d, i + 1, d->auxiliary)))
		return TOWARDS_PRESENT;
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

/* "deliveries to begin", "talks to be held": "to" at i belongs to a noun before it. */
static bool
to_come(const struct direct *d, size_t i)
{
	if (i == 0 || has(d, i - 1, d->past) || verb_ending(d, i - 1, d->past) ||
	    verb_at(d, i - 1) != TOWARDS_ANY)
		return false;
	return has(d, i + 1, d->present) || has(d, i + 1, d->be);
}

/* Is the infinitive with "to" at i, k tokens before the date, of what is to come? */
static bool
will_be(const struct direct *d, size_t i, uint32_t k)
{
	/* "planned to leave on Thursday" */
	if (i > 0 && (has(d, i - 1, d->planned) || has(d, i - 1, d->will)))
		return true;
	/* "deliveries to begin in May" */
	return k <= ADJACENT && to_come(d, i);
}

static enum direction
before(const struct direct *d, uint32_t tok, uint32_t *at)
{
	uint32_t infinite = UINT32_MAX;

	for (uint32_t k = 1; k <= BEFORE_MAX && k <= tok; k++) {
		size_t i = tok - k;
		enum direction v;
		symbol s;

		if (is_char(d, i, ')'))
			k += bracket(d, i);
		i = tok - k;
		s = classes(d, i);
		if (is(d, s, d->which))
			break;
		if (clause_mark(d, i) || (d->lx->token[i + 1].flags & TOKEN_PARA))
			break;
		*at = (uint32_t)i;
		/* "were to gather" */
		if (is(d, s, d->be_to) && infinitive(d, i + 1))
			return TOWARDS_FUTURE;
		v = verb_at(d, i);
		if (v != TOWARDS_ANY)
			return v;
		if (!(d->lx->token[i].flags & TOKEN_UPPER) && is(d, s, d->from_then))
			return TOWARDS_PAST;
		if (is(d, s, d->to) && infinitive(d, i)) {
			if (will_be(d, i, k))
				return TOWARDS_FUTURE;
			infinite = (uint32_t)i + 1;
		}
	}
	*at = infinite;
	return infinite != UINT32_MAX ? TOWARDS_FUTURE : TOWARDS_ANY;
}

/* Does the expression open its clause: "On Sunday, the ministers met"? */
static bool
opens_clause(const struct direct *d, uint32_t tok)
{
	return tok < 2 || clause_mark(d, tok - 1) || clause_mark(d, tok - 2) ||
	       (d->lx->token[tok].flags & TOKEN_PARA) || (d->lx->token[tok - 1].flags & TOKEN_PARA);
}

/* The first verb behind; past a comma only when comma is true. */
static enum direction
behind(const struct direct *d, uint32_t end, bool comma, uint32_t *at)
{
	for (size_t i = end; i < end + BEHIND_MAX && i < d->lx->n_token; i++) {
		bool aside = comma && i == end && is_char(d, i, ',');
		enum direction v;

		if ((clause_mark(d, i) && !aside) || (d->lx->token[i].flags & TOKEN_PARA) ||
		    (!comma && is_char(d, i, ',')))
			break;
		*at = (uint32_t)i;
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
	return has(d, i, d->up);
}

/* "Friday's ruling": the verb before it says nothing about the day. */
static bool
possessive(const struct direct *d, uint32_t end)
{
	return end < d->lx->n_token && (d->lx->token[end].flags & TOKEN_POSS);
}

/* "launched in January": the verb stands right before the preposition. */
static bool
just_past(const struct direct *d, uint32_t tok)
{
	return tok >= 2 && !(d->lx->token[tok - 1].flags & TOKEN_PARA) && has(d, tok - 1, d->in) &&
	       !has(d, tok - 2, d->planned) && verb_at(d, tok - 2) == TOWARDS_PAST;
}

/* A text that is nothing but a date, an entry in a diary or a question, is about what is to come. */
static bool
alone(const struct direct *d, uint32_t tok, uint32_t n)
{
	size_t end = (size_t)tok + n;

	return tok == 0 &&
	       (end == d->lx->n_token || (end + 1 == d->lx->n_token && clause_mark(d, end)));
}

/* "It has a dent, and on Tuesday it carried a senator": the clause of the date begins with it. */
static bool
joins(const struct direct *d, uint32_t tok)
{
	for (uint32_t k = 1; k <= 2 && k < tok; k++)
		if (has(d, tok - k, d->conjunction))
			return is_char(d, tok - k - 1, ',');
	return false;
}

/* "moved to Sunday", "put off until June" */
static bool
put_off(const struct direct *d, uint32_t tok)
{
	uint32_t k = 2;

	if (tok < 3 || !(has(d, tok - 1, d->to) || has(d, tok - 1, d->until)))
		return false;
	if (has(d, tok - 2, d->off))
		k = 3;
	return has(d, tok - k, d->moved);
}

/* "told police to hand it over by Friday": what was to be done by then. */
static bool
to_be_done_by(const struct direct *d, uint32_t tok)
{
	if (tok < 3 || !has(d, tok - 1, d->deadline))
		return false;
	for (uint32_t k = 2; k <= BEHIND_MAX && k < tok && !clause_mark(d, tok - k); k++) {
		if (has(d, tok - k, d->to) && infinitive(d, tok - k))
			return true;
		if (verb_at(d, tok - k) != TOWARDS_ANY)
			return false;
	}
	return false;
}

/* "called a strike for Friday", but not "the service planned for Saturday was held", nor "figures for September" */
static bool
meant_for(const struct direct *d, uint32_t tok, uint32_t n)
{
	uint32_t at;

	return tok > 1 && has(d, tok - 1, d->purpose) && has(d, tok, d->weekday) &&
	       behind(d, tok + n, false, &at) != TOWARDS_PAST;
}

/* "Saturday: Ajax v Utrecht": an entry of a programme, at the start of its paragraph or sentence. */
static bool
entry(const struct direct *d, uint32_t tok, uint32_t n)
{
	size_t end = (size_t)tok + n;

	return end < d->lx->n_token && is_char(d, end, ':') &&
	       (tok == 0 || (d->lx->token[tok].flags & TOKEN_PARA) || clause_mark(d, tok - 1));
}

/* "said the match on Friday will decide": the verb right behind it has the noun before it as its subject. */
static bool
rules_behind(const struct direct *d, uint32_t tok, uint32_t n)
{
	size_t end = (size_t)tok + n;

	return tok > 1 && end < d->lx->n_token && !(d->lx->token[end].flags & TOKEN_PARA) &&
	       verb_at(d, tok - 2) == TOWARDS_ANY && verb_at(d, end) == TOWARDS_FUTURE;
}

/* "ahead of the trip, the ministry on Sunday issued": the verb right behind it is that of the clause, if a comma stands
 * between it and the word that points ahead. */
static bool
told_behind(const struct direct *d, uint32_t tok, uint32_t n)
{
	size_t end = (size_t)tok + n;

	if (end >= d->lx->n_token || (d->lx->token[end].flags & TOKEN_PARA) ||
	    verb_at(d, end) != TOWARDS_PAST)
		return false;
	for (uint32_t k = 1; k <= BEFORE_MAX && k < tok; k++)
		if (is_char(d, tok - k, ','))
			return true;
		else if (verb_at(d, tok - k) != TOWARDS_ANY)
			return false;
	return false;
}

void
direct_find(const struct direct *d, uint32_t tok, uint32_t n, struct resolver *rv)
{
	uint32_t *at = &rv->evidence;

	rv->since = tok > 0 && has(d, tok - 1, d->since);
	rv->towards = TOWARDS_ANY;
	rv->just_past = rv->alone = false;
	*at = tok - 1; /* without a token before, none of these is asked */
	if (rv->since) {
		rv->towards = TOWARDS_PAST;
		return;
	}
	if (tok > 0 && has(d, tok - 1, d->until) && !(tok > 1 && is_up(d, tok - 2))) {
		/* "Until Thursday, they had not called" */
		rv->towards = behind(d, tok + n, opens_clause(d, tok), at);
		if (rv->towards == TOWARDS_PAST)
			return;
		*at = tok - 1;
		rv->towards = TOWARDS_FUTURE;
		return;
	}
	if (possessive(d, tok + n)) {
		rv->towards = behind(d, tok + n + 1, false, at);
		if (rv->towards == TOWARDS_PRESENT)
			rv->towards = TOWARDS_ANY;
		return;
	}
	rv->alone = alone(d, tok, n);
	if (rv->alone) {
		*at = UINT32_MAX;
		rv->towards = TOWARDS_FUTURE;
		return;
	}
	if (put_off(d, tok) || to_be_done_by(d, tok) || meant_for(d, tok, n)) {
		*at = tok - 1;
		rv->towards = TOWARDS_FUTURE;
		return;
	}
	if (entry(d, tok, n)) {
		*at = tok + n;
		rv->towards = TOWARDS_FUTURE;
		return;
	}
	rv->towards = joins(d, tok) ? behind(d, tok + n, false, at) : TOWARDS_ANY;
	if (rv->towards != TOWARDS_PAST && rv->towards != TOWARDS_FUTURE)
		rv->towards = before(d, tok, at);
	rv->just_past = rv->towards == TOWARDS_PAST && just_past(d, tok);
	if (rv->towards == TOWARDS_PAST && rules_behind(d, tok, n)) {
		*at = tok + n;
		rv->towards = TOWARDS_FUTURE;
	}
	if (rv->towards == TOWARDS_FUTURE && told_behind(d, tok, n)) {
		*at = tok + n;
		rv->towards = TOWARDS_PAST;
	}
	if (rv->towards == TOWARDS_ANY)
		rv->towards = behind(d, tok + n, opens_clause(d, tok), at);
	/* "minus 20 by Monday" */
	if (rv->towards == TOWARDS_ANY && tok > 0 && has(d, tok - 1, d->deadline) &&
	    !(opens_clause(d, tok) && (d->lx->token[tok - 1].flags & TOKEN_UPPER))) {
		*at = tok - 1;
		rv->towards = TOWARDS_FUTURE;
	}
}
