/* rowfile.c - a window over the bytes of a source, cut at newlines. */
#include "rowfile.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "source.h"

enum { PART = 64 << 10 };

struct rowfile {
	struct source *source;
	struct buf bytes;
	size_t from, seen; /* of the row; up to where it was looked at */
	size_t line, next; /* of the row, and of what follows it */
	bool quoted, open; /* open: inside quotes at seen */
	bool ended;
};

struct rowfile *
rowfile_open(const char *path, bool quoted, const char **why)
{
	struct rowfile *r = calloc(1, sizeof(*r));

	if (r == NULL)
		die_oom(sizeof(*r));
	r->source = source_new(NULL, NULL);
	r->quoted = quoted;
	r->next = 1;
	if (source_open(r->source, path, false))
		return r;
	*why = strdup(source_fault(r->source));
	source_free(r->source);
	free(r);
	return NULL;
}

void
rowfile_close(struct rowfile *r)
{
	if (r == NULL)
		return;
	source_close(r->source);
	source_free(r->source);
	buf_free(&r->bytes);
	free(r);
}

const char *
rowfile_fault(const struct rowfile *r)
{
	return source_fault(r->source);
}

/* The newline that ends the row, or NULL: not yet seen. */
static const char *
end_of_row(struct rowfile *r)
{
	const char *p = r->bytes.p + r->seen, *end = r->bytes.p + r->bytes.n;

	if (r->bytes.n == r->seen)
		return NULL;
	if (!r->quoted)
		return memchr(p, '\n', (size_t)(end - p));
	for (; p < end; p++) {
		r->open ^= *p == '"';
		if (*p == '\n' && !r->open)
			return p;
	}
	return NULL;
}

static void
fill(struct rowfile *r)
{
	size_t rest = r->bytes.n - r->from, n;

	r->seen = r->bytes.n;
	if (r->from > 0) { /* so there are bytes */
		memmove(r->bytes.p, r->bytes.p + r->from, rest);
		r->bytes.n = rest;
		r->seen -= r->from;
		r->from = 0;
	}
	n = source_read(r->source, buf_room(&r->bytes, PART), PART);
	r->bytes.n += n;
	r->ended = n == 0;
}

static size_t
newlines(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

bool
rowfile_next(struct rowfile *r, struct span *row, size_t *line)
{
	const char *end;

	while ((end = end_of_row(r)) == NULL && !r->ended)
		fill(r);
	if (end == NULL && r->from == r->bytes.n)
		return false;
	*row = span_cut(
	    buf_span(&r->bytes), r->from, end == NULL ? r->bytes.n : (size_t)(end - r->bytes.p));
	*line = r->line = r->next;
	r->next += 1 + (r->quoted ? newlines(*row) : 0);
	r->from = end == NULL ? r->bytes.n : (size_t)(end - r->bytes.p) + 1;
	r->seen = r->from;
	r->open = false;
	return true;
}
