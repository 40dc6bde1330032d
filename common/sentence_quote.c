/* sentence_quote.c - the quotations of a paragraph, for those who want them whole (keep_quotes).
 *
 * Double and single marks are paired apart, so an apostrophe taken for a quotation mark hides no double
 * one. A mark without partner in the paragraph opens nothing.
 */
#include "sentence_cut.h"

enum { DOUBLE, SINGLE };

static unsigned
mark_or_space(const struct cut *c, size_t i)
{
	size_t len;

	return i < c->end ? sentence_mark(c->text, i, &len) : MARK_SPACE;
}

static bool
is_letter(unsigned mark)
{
	return (mark & (MARK_UPPER | MARK_LOWER | MARK_DIGIT)) != 0;
}

static bool
is_single(struct span s)
{
	return s.p[0] == '\'' || (s.n == 3 && (s.p[2] == '\x98' || s.p[2] == '\x99'));
}

/* A mark that may do both opens before a word and behind a blank. */
static bool
opens_here(const struct cut *c, size_t at, size_t len, unsigned mark)
{
	size_t before;

	if ((mark & MARK_STRAIGHT) == 0)
		return (mark & MARK_OPEN) != 0;
	if (at > c->para && (sentence_mark_before(c->text, at, &before) &
				(MARK_SPACE | MARK_OPEN | MARK_DASH)) == 0)
		return false;
	return (mark_or_space(c, at + len) & MARK_SPACE) == 0;
}

static void
find_quotes(struct cut *c)
{
	size_t open[2] = { SIZE_MAX, SIZE_MAX }, len;

	for (size_t i = c->para; i < c->end; i += len) {
		unsigned mark = sentence_mark(c->text, i, &len);
		int kind;

		if ((mark & MARK_QUOTE) == 0)
			continue;
		kind = is_single(span_cut(c->text, i, i + len)) ? SINGLE : DOUBLE;
		if (opens_here(c, i, len, mark)) {
			open[kind] = i;
		} else if (open[kind] != SIZE_MAX &&
			   (kind == DOUBLE || !is_letter(mark_or_space(c, i + len)))) {
			VEC_PUSH(c->arena, &c->quotes[kind],
			    (struct range){ (uint32_t)open[kind], (uint32_t)i });
			open[kind] = SIZE_MAX;
		}
	}
}

bool
sentence_in_quote(struct cut *c, size_t at)
{
	bool in = false;

	if (!c->quotes_known) {
		for (int k = DOUBLE; k <= SINGLE; k++) {
			c->quotes[k] = (struct ranges){ 0 };
			c->quote[k] = 0;
		}
		find_quotes(c);
		c->quotes_known = true;
	}
	for (int k = DOUBLE; k <= SINGLE; k++) {
		while (c->quote[k] < c->quotes[k].n && c->quotes[k].at[c->quote[k]].end < at)
			c->quote[k]++;
		in =
		    in || (c->quote[k] < c->quotes[k].n && c->quotes[k].at[c->quote[k]].start < at);
	}
	return in;
}
