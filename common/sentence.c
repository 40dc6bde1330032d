/* sentence.c - the plot: paragraphs, then in each the stops, one pass. */
#include "sentence.h"

#include "ascii.h"
#include "sentence_cut.h"
#include "sentence_hash.h"
#include "sentence_scan.h"

extern const struct blob blob_common_abbrev, blob_common_starters, blob_common_context;

const struct blob *const sentence_blobs[] = { &blob_common_abbrev, &blob_common_starters,
	&blob_common_context, NULL };

enum {
	STRAY_MAX = 6,  /* bytes of a paragraph of closing marks: two curly ones */
	AGENCY_MAX = 8, /* of "AP", "TASS" */
};

/* Paragraph by paragraph, without building a list. */
struct walk {
	struct span text;
	size_t at;
};

/* Behind the blank line that follows the line feed at i, or 0 if the next line is not blank. */
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

		end = nl == NULL ? w->text.n : (size_t)(nl - w->text.p);
		next = nl == NULL ? w->text.n : blank_line(w->text, end);
		end += next == 0;
	}
	w->at = next;
	*r = (struct range){ (uint32_t)start, (uint32_t)sentence_trim(w->text, end, start) };
	return true;
}

/* A paragraph of closing marks alone: they belong to what they close. */
static bool
is_stray(struct span t, struct range r)
{
	size_t i = r.start, len;

	if (r.end - r.start > STRAY_MAX)
		return false;
	while (i < r.end && sentence_mark(t, i, &len) & MARK_CLOSE)
		i += len;
	return i == r.end;
}

size_t
sentence_quotes(struct cut *c, size_t upto)
{
	struct tally *y = &c->tally;

	if (y->upto <= c->start)
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

size_t
sentence_word_before(const struct cut *c, size_t i)
{
	size_t at = sentence_trim(c->text, i, c->start), end = at, len;

	while (at > c->start && end - at < LOOK_WORD &&
	       (sentence_mark_before(c->text, at, &len) & (MARK_SPACE | MARK_OPEN)) == 0)
		at -= len;
	return at < end ? at : i;
}

/* The sentence ends with the byte before end, which is no white space; the next begins at next. */
static void
put_exact(struct cut *c, size_t end, size_t next)
{
	if (end > c->start)
		VEC_PUSH(c->arena, c->out, (struct range){ (uint32_t)c->start, (uint32_t)end });
	c->start = next;
	c->in_item = false;
	c->nest.depth = 0;
}

/* The same, where white space may stand before end; but not in a quotation that is to be kept whole. */
static void
put(struct cut *c, size_t end, size_t next)
{
	if (!c->how->keep_quotes || !sentence_in_quote(c, end))
		put_exact(c, sentence_trim(c->text, end, c->start), next);
}

/* The last byte of the paragraph, or within a word: nothing to decide. */
static bool
is_inner(const struct cut *c, size_t at)
{
	unsigned char next;

	if (at + 1 >= c->end)
		return true;
	next = (unsigned char)c->text.p[at + 1];
	if (ascii_lower(next) || next == ',')
		return true;
	return ascii_digit(next) && at > c->start &&
	       ascii_digit((unsigned char)c->text.p[at - 1]) &&
	       c->start != c->para; /* else it may be a caption's */
}

/* The common case, without a long look: "word. Word" where no table has the first. */
static bool
is_easy(const struct cut *c, size_t at)
{
	const char *p = c->text.p;
	size_t i = at;

	if (at + 2 >= c->end || p[at + 1] != ' ' || !ascii_upper((unsigned char)p[at + 2]) ||
	    c->nest.depth > 0 || c->how->keep_quotes)
		return false;
	while (i > c->start && at - i <= WORD_LOOK && ascii_lower((unsigned char)p[i - 1]))
		i--;
	if (at - i > ABBREV_BYTES)
		return true;
	i -= i > c->start && ascii_upper((unsigned char)p[i - 1]);
	if (at - i < 2 || i == c->start || p[i - 1] != ' ')
		return false;
	return (sentence_word(c->text, i, at) & WORD_ABBREV) == 0;
}

/* The step over a candidate: each returns the byte to go on from. */
static size_t
step_stop(struct cut *c, size_t at)
{
	struct stop s;

	if (sentence_stop(c, at, &s) && sentence_rule(c, &s)) {
		put(c, s.close, s.next);
		return s.next;
	}
	return s.run;
}

static size_t
step_item(struct cut *c, const struct item *it)
{
	if (it->start > c->start && sentence_item_splits(c, it))
		put(c, it->start, it->start);
	c->in_item = c->start == it->start;
	return it->end;
}

static size_t
step_dot(struct cut *c, size_t at)
{
	const struct item *it;
	size_t caption;

	if (is_inner(c, at))
		return at + 1;
	if (is_easy(c, at)) {
		put_exact(c, at + 1, at + 2);
		return at + 2;
	}
	it = sentence_item(c, at);
	if (it != NULL)
		return step_item(c, it);
	caption = sentence_caption(c, at);
	if (caption > 0) {
		put(c, caption, caption + 1);
		return caption;
	}
	return step_stop(c, at);
}

/* "OSLO (AP)  -- Rain fell": a line of its own once, as the wide gap tells. */
static bool
is_dateline(const struct cut *c, size_t at)
{
	size_t i = at, next = sentence_skip(c->text, at + 1, c->end), len;

	while (i > c->start && at - i < AGENCY_MAX && ascii_upper((unsigned char)c->text.p[i - 1]))
		i--;
	return at - i > 1 && i > c->start && c->text.p[i - 1] == '(' && next - at > 2 &&
	       next < c->end && sentence_mark(c->text, next, &len) & MARK_DASH;
}

static size_t
step_bracket(struct cut *c, size_t at)
{
	const struct item *it = sentence_item(c, at);

	if (it != NULL)
		return step_item(c, it);
	c->nest.depth -= c->nest.depth > 0;
	if (is_dateline(c, at))
		put(c, at + 1, sentence_skip(c->text, at + 1, c->end));
	return at + 1;
}

static size_t
step_open(struct cut *c, size_t at)
{
	if (c->nest.depth++ == 0)
		c->nest.open = at;
	return at + 1;
}

static size_t
step_line(struct cut *c, size_t at)
{
	size_t next = sentence_skip(c->text, at, c->end);

	if (c->in_item || sentence_line(c, at, next))
		put(c, at, next);
	return next; /* past lines of white space: not looked at again for each of them */
}

static size_t
step_colon(struct cut *c, size_t at)
{
	struct colon found;
	size_t next = sentence_colon(c, at, &found);

	for (size_t i = 0; i < found.n; i++)
		put(c, found.gap[i].end, found.gap[i].next);
	return next;
}

static size_t
step_wide(struct cut *c, size_t at)
{
	size_t len;
	unsigned mark = sentence_mark(c->text, at, &len);

	if (mark & MARK_STOP)
		return step_stop(c, at);
	if (mark & MARK_BULLET && at > c->start && sentence_bullets(c))
		put(c, at, at);
	return at + len;
}

static size_t
step(struct cut *c, size_t at)
{
	switch (c->text.p[at]) {
	case '.':
		return step_dot(c, at);
	case '?':
	case '!':
		return step_stop(c, at);
	case '(':
		return step_open(c, at);
	case ')':
		return step_bracket(c, at);
	case ':':
		return step_colon(c, at);
	case '\n':
		return step_line(c, at);
	default:
		return step_wide(c, at);
	}
}

static void
paragraph(struct cut *c, struct range r)
{
	size_t i = r.start;

	c->para = c->start = r.start;
	c->end = r.end;
	c->items.found = c->lines.known = c->quotes_known = c->in_item = false;
	c->bullets = UNKNOWN;
	c->nest = (struct nest){ 0 };
	while ((i = sentence_scan(c->text, i)) < c->end)
		i = step(c, i);
	put_exact(c, c->end, c->end);
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
	size_t first = out->n;
	struct range r;

	while (walk_next(&w, &r)) {
		if (out->n > first && is_stray(text, r))
			out->at[out->n - 1].end = r.end;
		else
			paragraph(&c, r);
	}
}

void
sentence_paragraphs(struct span text, struct ranges *out, struct arena *a)
{
	struct walk w = { .text = text };
	size_t first = out->n;
	struct range r;

	while (walk_next(&w, &r)) {
		if (out->n > first && is_stray(text, r))
			out->at[out->n - 1].end = r.end;
		else
			VEC_PUSH(a, out, r);
	}
}
