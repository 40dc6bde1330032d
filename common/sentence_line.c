/* sentence_line.c - single line feeds: a space, or the end of a sentence? Asked once a paragraph or a line. */
#include "sentence_cut.h"

enum {
	LIST_LINES = 3,   /* so many lines without a stop, */
	LIST_WIDTH = 40,  /* none longer, are a list (bytes) */
	WRAP_WIDTH = 120, /* longer lines are not wrapped by hand or program: auto */
};

static size_t
line_end(const struct cut *c, size_t i)
{
	const char *nl = memchr(c->text.p + i, '\n', c->end - i);

	return nl == NULL ? c->end : (size_t)(nl - c->text.p);
}

static bool
has_stop(struct span line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == '.' || line.p[i] == '?' || line.p[i] == '!' || line.p[i] == ':')
			return true;
	return false;
}

/* What stands at byte i, where a line begins, if that may mark an item of a list. */
static char
line_mark(const struct cut *c, size_t i)
{
	if (i + 1 < c->end && (c->text.p[i] == '-' || c->text.p[i] == '*') &&
	    c->text.p[i + 1] == ' ')
		return c->text.p[i];
	return 0;
}

/* Look at the lines of the paragraph, once. */
static void
survey(struct cut *c)
{
	struct lines *l = &c->lines;
	bool list = true;
	size_t n = 0, marked = 0;

	*l = (struct lines){ .known = true };
	for (size_t i = c->para; i < c->end; n++) {
		size_t end = line_end(c, i);

		if (end - i > l->width)
			l->width = end - i;
		list = list && end - i <= LIST_WIDTH && !has_stop(span_cut(c->text, i, end));
		marked += line_mark(c, sentence_skip(c->text, i, end)) != 0;
		i = end + 1;
	}
	l->list = list && n >= LIST_LINES;
	l->marked = marked > 1;
}

/* The first word behind the line feed had room before it: so the line was ended on purpose. */
static bool
had_room(const struct cut *c, size_t at, size_t next)
{
	size_t start = at, end = next, len;

	while (start > c->para && c->text.p[start - 1] != '\n')
		start--;
	while (end < c->end && end - next <= WRAP_WIDTH &&
	       (sentence_mark(c->text, end, &len) & MARK_SPACE) == 0)
		end += len;
	return at - start + 1 + (end - next) <= c->lines.width;
}

bool
sentence_line(struct cut *c, size_t at, size_t next)
{
	if (c->how->newline == NEWLINE_BREAK)
		return true;
	if (!c->lines.known)
		survey(c);
	if (c->lines.list || (c->lines.marked && line_mark(c, next) != 0))
		return true;
	if (c->how->newline == NEWLINE_SPACE)
		return false;
	return c->lines.width > WRAP_WIDTH || had_room(c, at, next);
}
