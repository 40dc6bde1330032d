/* sentence_stop.c - what stands before and behind a stop. Bounded looks, so linear in all. */
#include "sentence_cut.h"

#include "ascii.h"

enum { NOTE_MAX = 24 };

static unsigned
mark_at(const struct cut *c, size_t i, size_t *len)
{
	*len = 1;
	return i < c->end ? sentence_mark(c->text, i, len) : 0;
}

/* Behind the run of stops that begins at i; blanks between single stops belong to it (". . ."). */
static void
take_run(const struct cut *c, struct stop *s)
{
	size_t i = s->at, len, n = 0, asks = 0, wide = 0;
	unsigned mark;

	for (;;) {
		size_t next = i;

		if (n > 0 && i + 1 < c->end && c->text.p[i] == ' ' &&
		    (asks > 0) == (c->text.p[i + 1] != '.'))
			next = i + 1;
		mark = mark_at(c, next, &len);
		if ((mark & MARK_STOP) == 0)
			break;
		asks += (mark & MARK_ASK) != 0;
		wide += (mark & MARK_WIDE) != 0;
		n += len == 3 && wide == 0 ? 3 : 1;
		i = next + len;
	}
	s->run = i;
	s->glued = wide > 0;
	s->kind = asks > 0 ? STOP_ASK : n > 1 ? STOP_ELLIPSIS : STOP_DOT;
	s->bang = asks == 1 && n == 1 && c->text.p[s->at] == '!';
}

static bool
ends_word(unsigned mark)
{
	return (mark & (MARK_SPACE | MARK_OPEN | MARK_DASH | MARK_SLASH)) != 0;
}

static void
take_word(const struct cut *c, struct stop *s)
{
	size_t i = s->at, len;

	while (i > c->start && s->at - i < LOOK_WORD) {
		if (ends_word(sentence_mark_before(c->text, i, &len)) && c->text.p[i - 1] != '-')
			break;
		i -= len;
	}
	s->word = i;
	s->classes = sentence_word(span_cut(c->text, i, s->at));
	if (s->classes & WORD_CAPITAL && !ascii_upper((unsigned char)c->text.p[i]))
		s->classes &= ~(unsigned)WORD_ABBREV;
}

/* A straight mark closes only where no word begins behind it. */
static bool
closes(const struct cut *c, size_t i, unsigned mark)
{
	size_t len;
	unsigned next;

	if ((mark & MARK_CLOSE) == 0)
		return false;
	if ((mark & MARK_STRAIGHT) == 0 || i + 1 >= c->end)
		return true;
	next = mark_at(c, i + 1, &len);
	return (next & (MARK_SPACE | MARK_CLOSE | MARK_COMMA)) != 0;
}

static void
take_closers(const struct cut *c, struct stop *s)
{
	size_t i = s->run, len;
	unsigned mark = mark_at(c, i, &len);

	while (i < c->end && closes(c, i, mark)) {
		s->quoted = s->quoted || mark & MARK_QUOTE;
		i += len;
		mark = mark_at(c, i, &len);
	}
	s->close = i;
}

/* Behind marks of notes at i: "[22]", "[1][2]", "[citation needed]". i if there are none. */
static size_t
skip_notes(const struct cut *c, size_t i)
{
	while (i + 2 < c->end && c->text.p[i] == '[') {
		size_t end = i + 1;

		while (
		    end < c->end && end - i < NOTE_MAX &&
		    (ascii_digit((unsigned char)c->text.p[end]) ||
			(c->text.p[i + 1] == 'c' &&
			    (ascii_lower((unsigned char)c->text.p[end]) || c->text.p[end] == ' '))))
			end++;
		if (end == i + 1 || end >= c->end || c->text.p[end] != ']')
			return i;
		i = end + 1;
	}
	return i;
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

/* "the end.The next": a missing blank, and no name of a host or file. */
static bool
is_glued(const struct cut *c, const struct stop *s)
{
	struct span t = c->text, before = span_cut(t, s->word, s->at), after;
	size_t i = s->close;
	bool starter;

	if (i + 1 >= c->end || !ascii_upper((unsigned char)t.p[i]) ||
	    !ascii_lower((unsigned char)t.p[i + 1]))
		return false;
	if (s->word > 0 && (t.p[s->word - 1] == '/' || memchr(before.p, '@', before.n) != NULL))
		return false;
	after = sentence_word_at(c, i);
	if (i + after.n + 1 < c->end && t.p[i + after.n] == '.' &&
	    ascii_lower((unsigned char)t.p[i + after.n + 1]))
		return false;
	starter = (sentence_word(after) & WORD_STARTER) != 0;
	if (before.n >= 3 && all_lower(before))
		return true;
	if (before.n >= 4 && ascii_upper((unsigned char)before.p[0]) &&
	    all_lower(span_cut(before, 1, before.n)))
		return starter;
	return all_digits(before) && starter;
}

/* Past a note or a mark set apart (". ” Next"); false: the stop ends nothing. */
static bool
take_gap(struct cut *c, struct stop *s)
{
	size_t len, notes = skip_notes(c, s->close);
	unsigned mark;

	if (notes > s->close)
		s->close = notes;
	mark = mark_at(c, s->close, &len);
	if (s->close < c->end && (mark & MARK_SPACE) == 0) {
		s->glued = s->glued || is_glued(c, s);
		if (!s->glued)
			return false;
	}
	s->next = sentence_skip(c->text, s->close, c->end);
	notes = skip_notes(c, s->next);
	if (notes > s->next) {
		s->close = notes;
		s->next = sentence_skip(c->text, notes, c->end);
	}
	mark = mark_at(c, s->next, &len);
	if (!s->glued && mark & MARK_CLOSE && mark & MARK_QUOTE &&
	    ((mark & MARK_STRAIGHT) == 0 ||
		(mark_at(c, s->next + len, &(size_t){ 0 }) & MARK_SPACE &&
		    c->text.p[s->next] == '"' && sentence_quotes(c, s->next) % 2 == 1))) {
		s->close = s->next + len;
		s->next = sentence_skip(c->text, s->close, c->end);
	}
	return s->next < c->end;
}

struct span
sentence_word_at(const struct cut *c, size_t i)
{
	size_t from = i, len;

	while (i < c->end && i - from < LOOK_WORD) {
		unsigned mark = sentence_mark(c->text, i, &len);

		if ((mark & (MARK_UPPER | MARK_LOWER | MARK_DIGIT)) == 0 && c->text.p[i] != '\'' &&
		    c->text.p[i] != '&')
			break;
		i += len;
	}
	return span_cut(c->text, from, i);
}

static enum follow
follow_of(const struct stop *s, unsigned mark)
{
	if (mark & MARK_UPPER)
		return s->then_classes & WORD_STARTER ? FOLLOW_STARTER : FOLLOW_NAME;
	if (mark & MARK_LOWER)
		return FOLLOW_LOWER;
	if (mark & MARK_DIGIT)
		return FOLLOW_DIGIT;
	return mark & MARK_COMMA || mark == (MARK_CLOSE | MARK_BRACKET) ? FOLLOW_COMMA
									: FOLLOW_OTHER;
}

static void
take_next(const struct cut *c, struct stop *s)
{
	size_t i = s->next, len, gap;
	unsigned mark = mark_at(c, i, &len);

	s->opens_quote = (mark & (MARK_OPEN | MARK_QUOTE)) == (MARK_OPEN | MARK_QUOTE);
	while (mark & (MARK_OPEN | MARK_DASH | MARK_BULLET)) {
		i += len;
		mark = mark_at(c, i, &len);
	}
	for (gap = 0; gap < 2 && mark & MARK_SPACE; gap++) {
		i += len;
		mark = mark_at(c, i, &len);
	}
	s->letter = i;
	s->opens = i > s->next;
	s->then = sentence_word_at(c, i);
	s->then_classes = sentence_word(s->then);
	s->follow = follow_of(s, mark);
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
	if (!take_gap(c, s))
		return false;
	take_next(c, s);
	return true;
}
