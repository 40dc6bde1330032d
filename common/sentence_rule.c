/* sentence_rule.c - is this stop the end of a sentence? Class of the word before x what follows.
 */
#include "sentence_cut.h"

#include "ascii.h"

/* Behind a single full stop. */
enum row {
	ROW_PLAIN,
	ROW_NEVER,
	ROW_NUMBER,
	ROW_SUFFIX,
	ROW_MONTH,
	ROW_LETTERS, /* U.S. */
	ROW_MIXED,   /* Ph.D */
	N_ROW,
};

enum answer {
	N, /* no */
	Y, /* yes */
	O, /* only if marks open before what follows */
	Q, /* only if a quotation opens there */
};

static const unsigned char decide[N_ROW][N_FOLLOW] = {
	/*	       starter name digit lower comma other */
	[ROW_PLAIN] = { Y, Y, Y, N, N, Y },
	[ROW_NEVER] = { N, N, N, N, N, Y },
	[ROW_NUMBER] = { Y, Y, O, N, N, Y },
	[ROW_SUFFIX] = { Y, Q, Q, N, N, Q },
	[ROW_MONTH] = { Y, N, N, N, N, N },
	[ROW_LETTERS] = { Y, O, O, N, N, O },
	[ROW_MIXED] = { Y, N, N, N, N, N },
};

static bool
answer(const struct stop *s, enum row row)
{
	switch ((enum answer)decide[row][s->follow]) {
	case Y:
		return true;
	case O:
		return s->opens;
	case Q:
		return s->opens_quote;
	default:
		return false;
	}
}

/* "U.S", "a.m", "J.R.R": single letters with stops between them. */
static bool
is_letters(struct span w)
{
	if (w.n < 3 || w.n % 2 == 0)
		return false;
	for (size_t i = 0; i < w.n; i++)
		if (i % 2 == 0 ? !ascii_alpha((unsigned char)w.p[i]) : w.p[i] != '.')
			return false;
	return true;
}

static bool
is_upper_at(const struct cut *c, size_t i)
{
	size_t len;

	return i < c->end && (sentence_mark(c->text, i, &len) & MARK_UPPER) != 0;
}

/* First byte of the word before the one at i; i if there is none. */
static size_t
word_before(const struct cut *c, size_t i)
{
	size_t at = sentence_trim(c->text, i, c->start), limit = at, len;

	while (at > c->start && limit - at < LOOK_WORD &&
	       (sentence_mark_before(c->text, at, &len) & (MARK_SPACE | MARK_OPEN)) == 0)
		at -= len;
	return at < limit ? at : i;
}

static bool
rule_time(const struct cut *c, const struct stop *s)
{
	struct span w = s->then;
	bool zone = s->then_classes & WORD_ZONE, caps = w.n >= 2 && w.n <= 4;

	for (size_t i = 0; i < w.n; i++)
		caps = caps && ascii_upper((unsigned char)w.p[i]);
	if (zone || caps || !is_upper_at(c, s->letter))
		return false;
	w = sentence_word_at(c, sentence_skip(c->text, s->letter + w.n, c->end));
	return !(span_is(w, "time") || span_is(w, "Time"));
}

/* "John F. Kennedy" and "vitamin C. The next". */
static bool
rule_initial(const struct cut *c, const struct stop *s)
{
	size_t before = word_before(c, s->word);
	bool named = before < s->word && is_upper_at(c, before);
	bool starter = s->follow == FOLLOW_STARTER && s->then.n > 1;

	if (c->text.p[s->word] == 'I' && !(named && !starter))
		return starter || (s->follow == FOLLOW_NAME && !named);
	return starter;
}

static enum row
row_of(const struct stop *s, struct span w)
{
	if (s->classes & (WORD_TITLE | WORD_SAINT | WORD_REFER))
		return ROW_NEVER;
	if (s->classes & WORD_NUMBER)
		return ROW_NUMBER;
	if (s->classes & WORD_MONTH)
		return ROW_MONTH;
	if (s->classes & WORD_SUFFIX)
		return ROW_SUFFIX;
	if (is_letters(w))
		return ROW_LETTERS;
	return memchr(w.p, '.', w.n) != NULL && w.n < 6 && ascii_upper((unsigned char)w.p[0])
		   ? ROW_MIXED
		   : ROW_PLAIN;
}

/* "1." "a." "iv." at the start of the sentence; "Figure 3." */
static bool
is_label(const struct cut *c, const struct stop *s, struct span w)
{
	size_t before;
	bool digits = true;

	for (size_t i = 0; i < w.n; i++)
		digits = digits && (ascii_digit((unsigned char)w.p[i]) || w.p[i] == '.');
	if (!digits && w.n > 1)
		return false;
	if (sentence_is_first(c, s->word))
		return w.n <= 11;
	before = word_before(c, s->word);
	return digits && before < s->word && sentence_is_first(c, before) &&
	       sentence_word(sentence_word_at(c, before)) & WORD_FIGURE;
}

/* Outside formal prose sentences may begin in lower case: where "i" stands for "I", or paragraphs do so. */
static bool
is_informal(struct cut *c)
{
	struct span t = c->text;
	size_t low = 0;

	if (c->informal != UNKNOWN)
		return c->informal == YES;
	c->informal = NO;
	for (size_t i = 0; i + 1 < t.n && c->informal == NO; i++) {
		bool after_space = i == 0 || ascii_space((unsigned char)t.p[i - 1]);

		if (after_space && t.p[i] == 'i' &&
		    (ascii_space((unsigned char)t.p[i + 1]) || t.p[i + 1] == '\''))
			c->informal = YES;
		if ((i == 0 || (i > 1 && t.p[i - 1] == '\n' && t.p[i - 2] == '\n')) &&
		    ascii_lower((unsigned char)t.p[i]) && ascii_lower((unsigned char)t.p[i + 1]) &&
		    ++low == 2)
			c->informal = YES;
	}
	return c->informal == YES;
}

static bool
rule_lower(struct cut *c, const struct stop *s, struct span w)
{
	if (s->kind == STOP_ASK)
		return !s->quoted && s->close == s->run && !s->bang && !s->glued && w.n > 0;
	if (s->kind != STOP_DOT || s->close > s->run || s->opens || w.n < 2 ||
	    s->classes & WORD_ABBREV)
		return false;
	for (size_t i = 0; i < w.n; i++)
		if (!ascii_alpha((unsigned char)w.p[i]) && w.p[i] != '\'' &&
		    !ascii_digit((unsigned char)w.p[i]))
			return false;
	return is_informal(c);
}

static bool
rule_dot(const struct cut *c, const struct stop *s, struct span w)
{
	if (w.n == 0)
		return s->close > s->run || !sentence_is_first(c, s->at);
	if (is_label(c, s, w))
		return false;
	if (s->classes & WORD_TIME)
		return rule_time(c, s);
	if (w.n == 1 && ascii_alpha((unsigned char)w.p[0]))
		return rule_initial(c, s);
	return answer(s, row_of(s, w));
}

/* "“Really?” Anna said": a name or a pronoun, and a verb of speech within three words. */
static bool
is_speech(const struct cut *c, const struct stop *s)
{
	size_t i = s->letter + s->then.n;
	unsigned most = s->follow == FOLLOW_NAME ? 3 : 1;

	for (unsigned n = 0; n < most; n++) {
		struct span w;

		if (i < c->end && c->text.p[i] == '.')
			i++;
		w = sentence_word_at(c, sentence_skip(c->text, i, c->end));
		if (w.n == 0)
			return false;
		if (sentence_word(w) & WORD_SPEECH)
			return true;
		i = (size_t)(w.p - c->text.p) + w.n;
	}
	return false;
}

static bool
rule_ask(const struct cut *c, const struct stop *s, struct span w)
{
	if (s->at > c->start && c->text.p[s->at - 1] == '(')
		return false;
	if (s->quoted && is_upper_at(c, s->letter) && is_speech(c, s))
		return false;
	return !(s->bang && sentence_word(w) & WORD_BANG) || s->follow == FOLLOW_STARTER;
}

bool
sentence_rule(struct cut *c, const struct stop *s)
{
	struct span w = span_cut(c->text, s->word, s->at);

	if (s->follow == FOLLOW_LOWER)
		return rule_lower(c, s, w);
	if (s->follow == FOLLOW_COMMA)
		return false;
	if (s->kind == STOP_DOT)
		return rule_dot(c, s, w);
	if (s->kind == STOP_ASK)
		return rule_ask(c, s, w);
	return (is_upper_at(c, s->letter) || s->opens) && !sentence_is_first(c, s->at);
}
