/* sentence_list.c - run-on lists: "1. The first item 2. The second item".
 *
 * A mark counts only as one of a sequence (1 2 …, a b …, i ii …), so that "in 2." and "page 3)" do
 * not. The marks of a paragraph are collected once, when the first likely one is met.
 */
#include "sentence_cut.h"

#include "ascii.h"

enum {
	STYLE_DIGIT = 0,
	STYLE_LETTER = 1,
	STYLE_ROMAN = 2,
	STYLE_DOT = 0,
	STYLE_BRACKET = 4,
	STYLE_BOTH = 8,
	N_STYLE = 16,
	VALUE_MAX = 100
};

/* Value of a roman numeral below 40 in lower case, 0 if it is none. */
static unsigned
roman(struct span s)
{
	static const char *const units[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix",
		"x" };

	for (unsigned i = 0; i < 10; i++)
		if (span_is(s, units[i]))
			return i + 1;
	return 0;
}

static bool
parse_value(struct span s, struct item *it)
{
	unsigned value = 0;

	for (size_t i = 0; i < s.n && ascii_digit((unsigned char)s.p[i]); i++)
		value = value * 10 + (unsigned)(s.p[i] - '0');
	it->style = STYLE_DIGIT;
	if (!ascii_digit((unsigned char)s.p[0])) {
		it->style = STYLE_ROMAN;
		value = roman(s);
		if (s.n == 1 && (value == 0 || s.p[0] != 'i')) {
			it->style = STYLE_LETTER;
			value = (unsigned)(s.p[0] - 'a') + 1;
		}
	}
	it->value = (uint16_t)value;
	return value > 0 && value < VALUE_MAX;
}

/* The list mark that begins at i, where a blank or the start is before it. */
static bool
parse_item(const struct cut *c, size_t i, struct item *it)
{
	struct span t = c->text;
	size_t len, from;

	it->start = i;
	if (i < c->end && sentence_mark(t, i, &len) & (MARK_BULLET | MARK_DASH))
		i = sentence_skip(t, i + len, c->end);
	if (i < c->end && t.p[i] == '(')
		i++;
	from = i;
	while (i < c->end && i - from < 5 && ascii_digit((unsigned char)t.p[i]))
		i++;
	while (i < c->end && i - from < 5 && ascii_lower((unsigned char)t.p[i]) &&
	       !ascii_digit((unsigned char)t.p[from]))
		i++;
	if (i == from || i - from > 4 || i + 1 >= c->end || !parse_value(span_cut(t, from, i), it))
		return false;
	it->style |= t.p[i] == ')' ? STYLE_BRACKET : t.p[i + 1] == ')' ? STYLE_BOTH : STYLE_DOT;
	if (t.p[i] != '.' && t.p[i] != ')')
		return false;
	i += t.p[i] == '.' && t.p[i + 1] == ')' ? 2 : 1;
	it->end = i;
	it->real = false;
	return i < c->end && sentence_mark(t, i, &len) & MARK_SPACE;
}

/* A mark is real when one before it has the value below, or when it is 1 and 2 follows. */
static void
link_items(struct items *items)
{
	bool seen[N_STYLE][VALUE_MAX + 1] = { { false } };
	size_t real = 0;

	for (size_t i = 0; i < items->n; i++) {
		struct item *it = &items->at[i];

		it->real = it->value > 1 && seen[it->style][it->value - 1];
		seen[it->style][it->value] = true;
		real += it->real;
	}
	memset(seen, 0, sizeof(seen));
	for (size_t i = items->n; i-- > 0;) {
		struct item *it = &items->at[i];

		if (it->value == 1 && seen[it->style][2]) {
			it->real = true;
			real++;
		}
		seen[it->style][it->value] = true;
	}
	if (real < 2)
		items->n = 0;
}

static void
find_items(struct cut *c)
{
	size_t i = c->para, len;
	struct item it;

	c->items = (struct items){ .found = true };
	while (i < c->end) {
		if (parse_item(c, i, &it)) {
			VEC_PUSH(c->arena, &c->items, it);
			i = it.end;
		}
		while (i < c->end && (sentence_mark(c->text, i, &len) & MARK_SPACE) == 0)
			i += len;
		i = sentence_skip(c->text, i, c->end);
	}
	link_items(&c->items);
}

/* Could a list mark end at byte at (its full stop or bracket)? A cheap look before the search. */
static bool
is_likely(const struct cut *c, size_t at)
{
	const char *p = c->text.p;
	size_t i = at;

	if (i > c->para && p[i] == ')' && p[i - 1] == '.')
		i--;
	for (; i > c->para && at - i < 5; i--)
		if (!ascii_digit((unsigned char)p[i - 1]) && !ascii_lower((unsigned char)p[i - 1]))
			break;
	if (i == at || at - i > 4)
		return false;
	return i == c->para || ascii_space((unsigned char)p[i - 1]) || p[i - 1] == '(' ||
	       (p[i - 1] & 0x80);
}

const struct item *
sentence_item(struct cut *c, size_t at)
{
	struct items *items = &c->items;

	if (!items->found) {
		if (!is_likely(c, at))
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
