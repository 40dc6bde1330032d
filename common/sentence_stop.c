/* sentence_stop.c - what stands before and behind a stop. Bounded looks, so linear in all. */
#include "sentence_cut.h"

#include "ascii.h"

enum {
	NOTE_MAX = 24, /* bytes of "[22]", "[citation needed]" */
	NOTES_MAX = 16,
	NOTE_WORD = 6,   /* of "[update]": a shorter word is a label */
	LABEL_MAX = 4,   /* of "iii" in "(iii) " */
	FIGURE_MAX = 16, /* of "Figure 12.34" before its full stop */
};

/* 0 behind the paragraph, so that no caller has to look for its end. */
static unsigned
mark_at(const struct cut *c, size_t i, size_t *len)
{
	*len = 1;
	return i < c->end ? sentence_mark(c->text, i, len) : 0;
}

static bool
is_digit(const struct cut *c, size_t i)
{
	return i < c->end && ascii_digit((unsigned char)c->text.p[i]);
}

static bool
is_upper(const struct cut *c, size_t i)
{
	return i < c->end && ascii_upper((unsigned char)c->text.p[i]);
}

static bool
is_lower(const struct cut *c, size_t i)
{
	return i < c->end && ascii_lower((unsigned char)c->text.p[i]);
}

/* A blank between two stops of one kind belongs to the run: ". . ." "! !" */
static size_t
past_blank(const struct cut *c, size_t i, bool ask)
{
	size_t len;
	unsigned mark;

	if (i + 1 >= c->end || c->text.p[i] != ' ')
		return i;
	mark = mark_at(c, i + 1, &len);
	return mark & MARK_STOP && ask == ((mark & MARK_ASK) != 0) ? i + 1 : i;
}

static void
take_run(const struct cut *c, struct stop *s)
{
	size_t i = s->at, len, dots = 0, asks = 0;
	unsigned mark = mark_at(c, i, &len), wide = 0;

	while (mark & MARK_STOP) {
		asks += (mark & MARK_ASK) != 0;
		dots += (mark & (MARK_ASK | MARK_WIDE)) == 0 ? len : 1; /* … is three bytes */
		wide |= mark & MARK_WIDE;
		s->run = i + len;
		i = past_blank(c, s->run, asks > 0);
		mark = mark_at(c, i, &len);
	}
	s->glued = wide != 0;
	s->kind = asks > 0 ? STOP_ASK : dots > 1 ? STOP_ELLIPSIS : STOP_DOT;
	s->bang = s->run == s->at + 1 && c->text.p[s->at] == '!';
}

/* No word goes over this character; the apostrophe and the hyphen are in words. */
static bool
bounds_word(const struct cut *c, size_t i, size_t *len)
{
	unsigned mark = sentence_mark_before(c->text, i, len);

	if (*len == 1 && mark & (MARK_DASH | MARK_STRAIGHT))
		return c->text.p[i - 1] == '"' || c->text.p[i - 1] == '\'';
	return (mark & (MARK_SPACE | MARK_OPEN | MARK_DASH | MARK_SLASH | MARK_BULLET)) != 0;
}

static void
take_word(const struct cut *c, struct stop *s)
{
	size_t i = s->at, len;

	while (i > c->start && s->at - i < LOOK_WORD && !bounds_word(c, i, &len))
		i -= len;
	s->word = i;
	s->classes = sentence_word(c->text, i, s->at);
}

/* A straight mark closes only where no word begins behind it. */
static bool
closes(const struct cut *c, size_t i, unsigned mark)
{
	size_t len;

	if ((mark & (MARK_CLOSE | MARK_STRAIGHT)) != (MARK_CLOSE | MARK_STRAIGHT))
		return (mark & MARK_CLOSE) != 0;
	return i + 1 >= c->end || mark_at(c, i + 1, &len) & (MARK_SPACE | MARK_CLOSE | MARK_COMMA);
}

size_t
sentence_face(const struct cut *c, size_t i)
{
	const char *p = c->text.p;
	size_t n = 1;

	if (i + 1 >= c->end || (p[i] != ':' && p[i] != ';' && p[i] != '='))
		return 0;
	n += p[i + 1] == '-';
	return i + n < c->end && memchr(")(DPp", p[i + n], 5) != NULL ? n + 1 : 0;
}

static void
take_closers(const struct cut *c, struct stop *s)
{
	size_t i = s->run, len;
	unsigned mark = mark_at(c, i, &len);

	while (closes(c, i, mark)) {
		s->quoted = s->quoted || mark & MARK_QUOTE;
		s->bracketed = s->bracketed || mark & MARK_BRACKET;
		i += len;
		mark = mark_at(c, i, &len);
	}
	s->close = i;
	if (i + 2 < c->end && c->text.p[i] == ' ' && sentence_face(c, i + 1) > 0)
		s->close = i + 1 + sentence_face(c, i + 1);
}

/* Behind "[22]", "[...]" or "[citation needed]" at i; i if there is none. */
static size_t
skip_note(const struct cut *c, size_t i)
{
	size_t end = i + 1;
	bool words = is_lower(c, i + 1);
	struct span rest = span_cut(c->text, i, c->end);

	if (i >= c->end || c->text.p[i] != '[')
		return i;
	if (span_starts(rest, SPAN("[...]")) || span_starts(rest, SPAN("[…]")))
		return i + 5;
	while (end < c->end && end - i < NOTE_MAX &&
	       (words ? is_lower(c, end) || c->text.p[end] == ' ' : is_digit(c, end)))
		end++;
	return end > i + (words ? NOTE_WORD : 1) && end < c->end && c->text.p[end] == ']' ? end + 1
											  : i;
}

/* Behind any notes at i, and a stop that stands behind them: "so [1][2]." */
static size_t
skip_notes(const struct cut *c, size_t i)
{
	size_t end = skip_note(c, i), len;

	for (int n = 0; n < NOTES_MAX && end > i; n++) {
		i = end;
		if (mark_at(c, i, &len) & MARK_STOP)
			i += len;
		end = skip_note(c, i);
		if (end == i && i + 1 < c->end && c->text.p[i] == ' ' &&
		    skip_note(c, i + 1) > i + 1)
			end = skip_note(c, i + 1);
	}
	return i;
}

static size_t
skip_digits(const struct cut *c, size_t i, size_t most)
{
	size_t from = i;

	while (is_digit(c, i) && i - from <= most)
		i++;
	return i - from <= most ? i : from;
}

/* The bare number of a note: "so.23 The", ". 4 The". Behind it, or i. */
static size_t
skip_number(const struct cut *c, const struct stop *s, size_t i)
{
	size_t end = skip_digits(c, i, i == s->close ? 3 : 2), then = end + 1;
	bool word = s->at > c->start && (is_lower(c, s->at - 1) || c->text.p[s->at - 1] == ')');

	if (end == i || !(word || s->close > s->run) || s->classes & WORD_ABBREV || end >= c->end ||
	    c->text.p[end] != ' ' || !is_upper(c, then))
		return i;
	if (i == s->close)
		return end;
	return sentence_word(c->text, then, sentence_word_end(c, then)) & WORD_STARTER ? end : i;
}

static bool
all_lower(struct span w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!ascii_lower((unsigned char)w.p[i]) && w.p[i] != '-' && w.p[i] != '\'')
			return false;
	return true;
}

static bool
all_digits(struct span w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!ascii_digit((unsigned char)w.p[i]) && w.p[i] != ',')
			return false;
	return w.n > 0;
}

/* "really?thanks": a word of letters on either side, so no address. */
static bool
is_run_on(const struct cut *c, const struct stop *s, struct span word)
{
	size_t i = s->close, len;

	while (is_lower(c, i) && i - s->close < LOOK_WORD)
		i++;
	if (s->kind != STOP_ASK || i - s->close < 3 || i >= c->end || c->text.p[i] != ' ')
		return false;
	return all_lower(word) &&
	       (s->word == c->start || sentence_mark_before(c->text, s->word, &len) & MARK_SPACE);
}

/* "the end.The next": a missing blank, and no name of a host or a file. */
static bool
is_glued(const struct cut *c, const struct stop *s)
{
	struct span t = c->text, word = span_cut(t, s->word, s->at);
	size_t i = s->close, end;
	bool starter;

	if (!is_upper(c, i) || !is_lower(c, i + 1))
		return is_run_on(c, s, word);
	if (memchr(word.p, '@', word.n) != NULL)
		return false;
	if (s->word > c->start && t.p[s->word - 1] == '/')
		return false;
	end = sentence_word_end(c, i);
	if (end + 1 < c->end && t.p[end] == '.' && is_lower(c, end + 1))
		return false;
	starter = (sentence_word(t, i, end) & WORD_STARTER) != 0;
	if (word.n >= 3 && all_lower(word))
		return true;
	if (word.n >= 4 && is_upper(c, s->word) && all_lower(span_cut(word, 1, word.n)))
		return starter;
	return all_digits(word) && starter;
}

/* A closing quotation mark set apart: ". ” Next"; a straight one only where one is open. */
static bool
is_apart(struct cut *c, size_t i, unsigned mark, size_t len)
{
	size_t next;

	if ((mark & MARK_CLOSE) == 0 || (mark & MARK_QUOTE) == 0)
		return false;
	if ((mark & MARK_STRAIGHT) == 0)
		return true;
	if (i + len >= c->end)
		return true;
	return c->text.p[i] == '"' && mark_at(c, i + len, &next) & MARK_SPACE &&
	       sentence_quotes(c, i) % 2 == 1;
}

/* What belongs to the sentence behind the stop and its marks. False: the stop ends nothing. */
static bool
take_rest(struct cut *c, struct stop *s)
{
	size_t len, i;
	unsigned mark;

	s->close = skip_notes(c, skip_number(c, s, s->close));
	mark = mark_at(c, s->close, &len);
	if (s->close < c->end && (mark & MARK_SPACE) == 0 && !s->glued) {
		s->glued = is_glued(c, s);
		if (!s->glued)
			return false;
	}
	s->next = sentence_skip(c->text, s->close, c->end);
	i = skip_notes(c, skip_number(c, s, s->next));
	mark = mark_at(c, s->next, &len);
	if (i == s->next && is_apart(c, i, mark, len)) {
		i += len;
		s->quoted = true;
	}
	if (i > s->next) {
		s->close = i;
		s->next = sentence_skip(c->text, i, c->end);
	}
	return s->next < c->end;
}

size_t
sentence_word_end(const struct cut *c, size_t i)
{
	size_t from = i, len;

	while (i < c->end && i - from < LOOK_WORD) {
		unsigned mark = sentence_mark(c->text, i, &len);
		bool apostrophe = c->text.p[i] == '\'' ||
				  (len == 3 && c->text.p[i + 2] == '\x99' && mark & MARK_QUOTE);

		if (apostrophe ? !is_lower(c, i + len)
			       : (mark & (MARK_UPPER | MARK_LOWER | MARK_DIGIT)) == 0 &&
				     c->text.p[i] != '&')
			break;
		i += len;
	}
	return i;
}

/* Behind "(iii)" or "[a]" and the blank at i: a label, not the start of a sentence. i if there is none. */
static size_t
skip_label(const struct cut *c, size_t i)
{
	size_t end = i + 1;

	if (i >= c->end || (c->text.p[i] != '(' && c->text.p[i] != '['))
		return i;
	while (end < c->end && end - i <= LABEL_MAX && ascii_alnum((unsigned char)c->text.p[end]))
		end++;
	if (end == i + 1 || end + 1 >= c->end || (c->text.p[end] != ')' && c->text.p[end] != ']'))
		return i;
	return c->text.p[end + 1] == ' ' ? end + 2 : i;
}

static enum follow
follow_of(const struct cut *c, const struct stop *s, unsigned mark)
{
	struct span rest = span_cut(c->text, s->letter, c->end);

	if (mark & MARK_UPPER)
		return s->then_classes & WORD_STARTER ? FOLLOW_STARTER : FOLLOW_NAME;
	if (mark & MARK_LOWER && is_upper(c, s->letter + 1)) /* iTunes */
		return FOLLOW_NAME;
	if (mark & MARK_LOWER)
		return s->then_classes & WORD_CREDIT || span_starts(rest, SPAN("http")) ||
			       span_starts(rest, SPAN("www."))
			   ? FOLLOW_OTHER
			   : FOLLOW_LOWER;
	if (mark & MARK_DIGIT)
		return FOLLOW_DIGIT;
	return mark & MARK_COMMA || mark == (MARK_CLOSE | MARK_BRACKET) ? FOLLOW_COMMA
									: FOLLOW_OTHER;
}

static void
take_next(const struct cut *c, struct stop *s)
{
	size_t i = skip_label(c, s->next), len;
	unsigned mark = mark_at(c, i, &len);

	s->opens_quote = (mark & (MARK_OPEN | MARK_QUOTE)) == (MARK_OPEN | MARK_QUOTE);
	s->opens = i > s->next;
	while (mark & (MARK_OPEN | MARK_DASH | MARK_BULLET)) {
		s->opens = s->opens || mark & MARK_OPEN;
		i += len;
		mark = mark_at(c, i, &len);
	}
	if (mark & MARK_SPACE) {
		i += len;
		mark = mark_at(c, i, &len);
	}
	s->letter = i;
	s->dashed = i > s->next && !s->opens;
	s->then = sentence_word_end(c, i);
	s->then_classes = sentence_word(c->text, i, s->then);
	s->follow = follow_of(c, s, mark);
}

bool
sentence_stop(struct cut *c, size_t at, struct stop *s)
{
	*s = (struct stop){ .at = at };
	take_run(c, s);
	take_closers(c, s);
	if (s->close >= c->end)
		return false;
	take_word(c, s);
	if (!take_rest(c, s))
		return false;
	take_next(c, s);
	return true;
}

size_t
sentence_caption(const struct cut *c, size_t at)
{
	size_t first = sentence_word_end(c, c->start), end = skip_digits(c, at + 1, 3);

	if (at - c->start > FIGURE_MAX || c->start != c->para || !is_upper(c, c->start) ||
	    end == at + 1 || end >= c->end || c->text.p[end] != ' ' || !is_upper(c, end + 1))
		return 0;
	if ((sentence_word(c->text, c->start, first) & WORD_FIGURE) == 0)
		return 0;
	first = sentence_skip(c->text, first, at);
	return first < at && skip_digits(c, first, 3) == at ? end : 0;
}
