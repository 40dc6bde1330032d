/* table.c - TSV text into rows of borrowed cells, with the place of every slip. */
#include "table.h"

#include <stdlib.h>

#include "ascii.h"
#include "diag.h"

struct slip {
	size_t line, column;
	const char *what;
};

struct rows {
	VEC(struct span) cell;
	VEC(uint32_t) line;
};

static struct span
trim(struct span s)
{
	while (s.n > 0 && ascii_space((unsigned char)s.p[0]))
		s.p++, s.n--;
	while (s.n > 0 && ascii_space((unsigned char)s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Cells of one line, appended to rows; their number. "-" becomes empty. */
static size_t
cut(struct span line, struct rows *rows, struct arena *a)
{
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= line.n; i++) {
		struct span cell;

		if (i < line.n && line.p[i] != '\t')
			continue;
		cell = trim(span_cut(line, from, i));
		if (span_is(cell, "-"))
			cell.n = 0;
		VEC_PUSH(a, &rows->cell, cell);
		from = i + 1;
		n++;
	}
	return n;
}

static bool
add_row(struct table *t, struct span line, size_t at, struct rows *rows, struct arena *a,
    struct slip *slip)
{
	size_t n = cut(line, rows, a);

	if (n != t->n_col) {
		slip->line = at;
		slip->column = line.n + 1;
		slip->what = (const char *)arena_fmt(
		    a, "%zu cell%s, expected %zu", n, n == 1 ? "" : "s", t->n_col)
				 .p;
		return false;
	}
	VEC_PUSH(a, &rows->line, (uint32_t)at);
	return true;
}

/* The columns are named by the last comment above the first row. */
static void
set_head(struct table *t, struct span comment, struct arena *a)
{
	struct rows head = { 0 };

	while (comment.n > 0 && (comment.p[0] == '#' || comment.p[0] == ' '))
		comment.p++, comment.n--;
	t->n_col = cut(comment, &head, a);
	t->head = head.cell.at;
}

bool
table_parse(struct table *t, struct span text, struct arena *a, size_t *line, size_t *column,
    const char **what)
{
	struct rows rows = { 0 };
	struct slip slip = { 0 };
	size_t at = 0;

	*t = (struct table){ 0 };
	for (size_t i = 0; i < text.n;) {
		const char *nl = memchr(text.p + i, '\n', text.n - i);
		size_t end = nl == NULL ? text.n : (size_t)(nl - text.p);
		struct span row = span_cut(text, i, end);

		i = end + 1;
		at++;
		if (trim(row).n == 0)
			continue;
		if (row.p[0] == '#') {
			if (rows.line.n == 0)
				set_head(t, row, a);
			continue;
		}
		if (!add_row(t, row, at, &rows, a, &slip)) {
			*line = slip.line, *column = slip.column, *what = slip.what;
			return false;
		}
	}
	t->n_row = rows.line.n;
	t->cell = rows.cell.at;
	t->line = rows.line.at;
	return true;
}

void
table_load(struct table *t, const struct blob *b, struct arena *a)
{
	struct diag d = { .prog = "ntag", .now = true };
	size_t line = 0, column = 0;
	const char *what = NULL;

	if (!table_parse(t, blob_span(b), a, &line, &column, &what))
		diag_die(&d, STATUS_RESOURCE, "%s:%zu:%zu: %s", b->name, line, column, what);
}

size_t
table_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->n_col; i++)
		if (span_is(t->head[i], name))
			return i;
	return SIZE_MAX;
}
