/* sentence_list.c - lists in running text: "1. The first item 2. The second item", "• one • two".
 *
 * A mark counts only as one of a sequence (1 2 …, a b …, i ii …), so that "in 2." and "page 3)" do
 * not. The marks of a paragraph are collected once, when the first likely one is met.
 */
#include "sentence_cut.h"

#include "ascii.h"
#include "sentence_scan.h"

/* The number is of one form, the mark behind it of another: "1.", "(b)", "iii.)". */
enum {
	STYLE_DIGIT = 0,
	STYLE_LETTER = 1,
	STYLE_DOT = 0,
	STYLE_BRACKET = 2,
	STYLE_BOTH = 4,
	STYLE_PAIR = 6, /* "(1)" */
	N_STYLE = 8,
	VALUE_MAX = 100,
	NUMBER_MAX = 4, /* bytes: "viii" */
};

static const char *const romans[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x" };

static uint8_t
roman(struct span s)
{
	for (size_t i = 0; i < sizeof(romans) / sizeof(romans[0]); i++)
		if (span_is(s, romans[i]))
			return (uint8_t)(i + 1);
	return 0;
}

/* Value of "12", "b" or "iv"; false if s is none of these. */
static bool
parse_number(struct span s, struct item *it)
{
	unsigned value = 0;

	it->roman = 0;
	it->style = STYLE_DIGIT;
	if (ascii_digit((unsigned char)s.p[0])) {
		for (size_t i = 0; i < s.n; i++)
			value = value * 10 + (unsigned)(s.p[i] - '0');
	} else {
		it->style = STYLE_LETTER;
		it->roman = roman(s);
		value = s.n == 1 ? (unsigned)(s.p[0] - 'a') + 1 : 0;
	}
	if (value >= VALUE_MAX)
		return false;
	it->value = (uint8_t)value;
	return value > 0 || it->roman > 0;
}

/* Behind the digits or the lower-case letters at i, at most NUMBER_MAX + 1. */
static size_t
skip_number(const struct cut *c, size_t i)
{
	const char *p = c->text.p;
	size_t from = i;
	bool digits = i < c->end && ascii_digit((unsigned char)p[i]);

	while (i < c->end && i - from <= NUMBER_MAX &&
	       (digits ? ascii_digit((unsigned char)p[i]) : ascii_lower((unsigned char)p[i])))
		i++;
	return i;
}

/* The list mark that begins at i, where a blank or the start is before it. */
static bool
parse_item(const struct cut *c, size_t i, struct item *it)
{
	const char *p = c->text.p;
	size_t len, from;
	bool pair;

	it->start = i;
	it->real = false;
	if (i < c->end && sentence_mark(c->text, i, &len) & (MARK_BULLET | MARK_DASH))
		i = sentence_skip(c->text, i + len, c->end);
	pair = i < c->end && p[i] == '(';
	from = i + pair;
	i = skip_number(c, from);
	if (i == from || i - from > NUMBER_MAX || i + 1 >= c->end || (p[i] != '.' && p[i] != ')') ||
	    !parse_number(span_cut(c->text, from, i), it))
		return false;
	if (p[i] == '.' && p[i + 1] == ')')
		it->style |= STYLE_BOTH;
	else if (p[i] == ')')
		it->style |= pair ? STYLE_PAIR : STYLE_BRACKET;
	it->end = i + (it->style >= STYLE_BOTH && p[i] == '.' ? 2 : 1);
	return it->end < c->end && sentence_mark(c->text, it->end, &len) & MARK_SPACE;
}

/* Values met so far in one direction, by style; the second half for roman numerals. */
struct seen {
	bool plain[N_STYLE][VALUE_MAX + 1], roman[N_STYLE][VALUE_MAX + 1];
};

static void
see(struct seen *s, const struct item *it)
{
	s->plain[it->style][it->value] = true;
	s->roman[it->style][it->roman] = true;
}

static bool
follows(const struct seen *s, const struct item *it)
{
	return (it->value > 1 && s->plain[it->style][it->value - 1]) ||
	       (it->roman > 1 && s->roman[it->style][it->roman - 1]);
}

static bool
begins(const struct seen *s, const struct item *it)
{
	return (it->value == 1 && s->plain[it->style][2]) ||
	       (it->roman == 1 && s->roman[it->style][2]);
}

/* A mark is real when one before it has the value below, or when it is 1 and 2 follows. */
static void
link_items(struct items *items)
{
	struct seen seen = { 0 };
	size_t real = 0;

	for (size_t i = 0; i < items->n; i++) {
		items->at[i].real = follows(&seen, &items->at[i]);
		real += items->at[i].real;
		see(&seen, &items->at[i]);
	}
	seen = (struct seen){ 0 };
	for (size_t i = items->n; i-- > 0;) {
		if (begins(&seen, &items->at[i])) {
			items->at[i].real = true;
			real++;
		}
		see(&seen, &items->at[i]);
	}
	if (real < 2)
		items->n = 0;
}

static bool
is_roman(unsigned char c)
{
	return c == 'i' || c == 'v' || c == 'x';
}

/* Where the number of the list mark begins whose full stop or bracket is at byte at; at if there is none. */
static size_t
number_start(const struct cut *c, size_t at)
{
	const char *p = c->text.p;
	size_t i = at, n = 0;
	bool digits, romans_only = true;

	i -= i > c->para && p[i] == ')' && p[i - 1] == '.';
	digits = i > c->para && ascii_digit((unsigned char)p[i - 1]);
	while (i > c->para && n <= NUMBER_MAX &&
	       (digits ? ascii_digit((unsigned char)p[i - 1])
		       : ascii_lower((unsigned char)p[i - 1]))) {
		i--;
		n++;
		romans_only = romans_only && is_roman((unsigned char)p[i]);
	}
	return n > (digits ? 2 : romans_only ? NUMBER_MAX : 1) || n == 0 ? at : i;
}

/* The same, of the whole mark: with the bracket and the bullet before it. */
static size_t
mark_start(const struct cut *c, size_t at)
{
	size_t i = number_start(c, at), len, bullet;

	if (i == at)
		return at;
	i -= i > c->para && c->text.p[i - 1] == '(';
	bullet = sentence_trim(c->text, i, c->para);
	if (bullet > c->para &&
	    sentence_mark_before(c->text, bullet, &len) & (MARK_BULLET | MARK_DASH))
		return bullet - len;
	return i == c->para || bullet < i ? i : at;
}

static void
find_items(struct cut *c)
{
	size_t at = c->para, from = at; /* the next mark begins not before */

	c->items = (struct items){ .found = true };
	for (; (at = sentence_scan(c->text, at)) < c->end; at++) {
		struct item it;
		size_t start =
		    c->text.p[at] == '.' || c->text.p[at] == ')' ? mark_start(c, at) : at;

		if (start < at && start >= from && parse_item(c, start, &it)) {
			VEC_PUSH(c->arena, &c->items, it);
			from = it.end;
		}
	}
	link_items(&c->items);
}

const struct item *
sentence_item(struct cut *c, size_t at)
{
	struct items *items = &c->items;

	if (!items->found) {
		if (mark_start(c, at) == at)
			return NULL;
		find_items(c);
	}
	while (items->now < items->n && items->at[items->now].end <= at)
		items->now++;
	if (items->now == items->n || items->at[items->now].start > at ||
	    !items->at[items->now].real)
		return NULL;
	return &items->at[items->now];
}

/* The mark of the character before byte at, blanks passed; MARK_STOP at the start of the sentence. */
static unsigned
mark_left(const struct cut *c, size_t at)
{
	size_t i = sentence_trim(c->text, at, c->start), len;

	return i == c->start ? MARK_STOP : sentence_mark_before(c->text, i, &len);
}

/* "and" or "or" before byte at: the item goes on with the sentence. */
static bool
is_joined(const struct cut *c, size_t at)
{
	size_t i = sentence_trim(c->text, at, c->start);
	struct span left = span_cut(c->text, c->start, i);

	return span_ends(left, SPAN(" and")) || span_ends(left, SPAN(" or"));
}

bool
sentence_item_splits(struct cut *c, const struct item *it)
{
	unsigned left = mark_left(c, it->start), then;
	size_t len;
	bool after_stop = (left & (MARK_STOP | MARK_CLOSE)) != 0;

	if (it->value == 1 || it->roman == 1) {
		c->items.apart = after_stop || c->in_item; /* a list behind a list */
		return c->items.apart;
	}
	if (after_stop)
		return true;
	then = sentence_mark(c->text, sentence_skip(c->text, it->end, c->end), &len);
	if (left & MARK_COMMA || is_joined(c, it->start))
		return false;
	return c->items.apart || then & MARK_UPPER;
}

bool
sentence_bullets(struct cut *c)
{
	size_t n = 0, len;

	if (c->bullets != UNKNOWN)
		return c->bullets == YES;
	for (size_t i = c->para; i < c->end && n < 2; i += len)
		n += (sentence_mark(c->text, i, &len) & MARK_BULLET) && len > 1;
	c->bullets = n > 1 ? YES : NO;
	return n > 1;
}
