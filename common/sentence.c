/* sentence.c - the plot: paragraphs, then in each the stops, one pass. */
#include "sentence.h"

#include "sentence_cut.h"
#include "sentence_scan.h"

extern const struct blob blob_common_abbrev, blob_common_starters, blob_common_context;

const struct blob *const sentence_blobs[] = { &blob_common_abbrev, &blob_common_starters,
	&blob_common_context, NULL };

/* Paragraph by paragraph, without building a list. */
struct walk {
	struct span text;
	size_t at;
};

/* Behind the blank line that begins with the line feed at i, or 0 if the next line is not blank. */
static size_t
blank_line(struct span t, size_t i)
{
	size_t k = i + 1;

	while (k < t.n && (t.p[k] == ' ' || t.p[k] == '\t' || t.p[k] == '\r'))
		k++;
	return k < t.n && t.p[k] == '\n' ? k + 1 : 0;
}

/* The next paragraph, white space cut; false at the end of the text. */
static bool
walk_next(struct walk *w, struct range *r)
{
	size_t start = sentence_skip(w->text, w->at, w->text.n), end = start, next = 0;

	if (start == w->text.n)
		return false;
	while (next == 0) {
		const char *nl = memchr(w->text.p + end, '\n', w->text.n - end);

		if (nl == NULL) {
			end = next = w->text.n;
			break;
		}
		end = (size_t)(nl - w->text.p);
		next = blank_line(w->text, end);
		end += next == 0;
	}
	w->at = next;
	*r = (struct range){ (uint32_t)start, (uint32_t)sentence_trim(w->text, end, start) };
	return true;
}

size_t
sentence_quotes(struct cut *c, size_t upto)
{
	struct tally *y = &c->tally;

	if (y->upto < c->start)
		*y = (struct tally){ .upto = c->start };
	for (; y->upto < upto; y->upto++)
		y->quotes += c->text.p[y->upto] == '"';
	return y->quotes;
}

bool
sentence_is_first(const struct cut *c, size_t at)
{
	size_t i = c->start, len;

	while (i < at && at - i < LOOK_WORD &&
	       sentence_mark(c->text, i, &len) & (MARK_SPACE | MARK_OPEN | MARK_BULLET | MARK_DASH))
		i += len;
	return i >= at;
}

/* End the sentence before end, begin the next at next. */
static void
put(struct cut *c, size_t end, size_t next)
{
	end = sentence_trim(c->text, end, c->start);
	if (end > c->start)
		VEC_PUSH(c->arena, c->out, (struct range){ (uint32_t)c->start, (uint32_t)end });
	c->start = next;
}

/* A list item begins: end what stands before it. Returns where to go on. */
static size_t
begin_item(struct cut *c, const struct item *it)
{
	if (it->start > c->start)
		put(c, it->start, it->start);
	return it->end;
}

/* One byte of interest; returns where to go on. */
static size_t
look(struct cut *c, size_t at)
{
	char b = c->text.p[at];
	const struct item *it;
	struct stop s;

	if (b == '.' || b == ')') {
		it = sentence_item(c, at);
		if (it != NULL)
			return begin_item(c, it);
	}
	if (b == ')')
		return at + 1;
	if (b == '\n') {
		if (c->how->newline == NEWLINE_BREAK)
			put(c, at, sentence_skip(c->text, at, c->end));
		return at + 1;
	}
	if ((sentence_mark(c->text, at, &(size_t){ 0 }) & MARK_STOP) == 0)
		return at + 1;
	if (sentence_stop(c, at, &s) && sentence_rule(c, &s)) {
		put(c, s.close, s.next);
		return s.next > s.run ? s.next : s.run;
	}
	return s.run;
}

static bool
is_stray(struct cut *c)
{
	size_t i = c->para, len;

	if (c->end - c->para > 6 || c->out->n == 0)
		return false;
	while (i < c->end && sentence_mark(c->text, i, &len) & MARK_CLOSE)
		i += len;
	return i == c->end;
}

static void
paragraph(struct cut *c, struct range r)
{
	size_t i = r.start;

	c->para = c->start = r.start;
	c->end = r.end;
	c->items.found = false;
	if (is_stray(c)) { /* a closing quotation mark alone belongs to what it closes */
		c->out->at[c->out->n - 1].end = r.end;
		return;
	}
	while ((i = sentence_scan(c->text, i)) < c->end)
		i = look(c, i);
	put(c, c->end, c->end);
}

void
sentence_split(
    struct span text, const struct sentence_how *how, struct ranges *out, struct arena *a)
{
	static const struct sentence_how defaults = { .newline = NEWLINE_SPACE };
	struct cut c = {
		.text = text, .how = how == NULL ? &defaults : how, .out = out, .arena = a
	};
	struct walk w = { .text = text };
	struct range r;

	while (walk_next(&w, &r))
		paragraph(&c, r);
}

void
sentence_paragraphs(struct span text, struct ranges *out, struct arena *a)
{
	struct walk w = { .text = text };
	struct range r;

	while (walk_next(&w, &r))
		VEC_PUSH(a, out, r);
}
