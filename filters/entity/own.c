/* own.c - two lexica over the user's files; values are row numbers, counted from 1. */
#include "own.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "type.h"
#include "uniclass.h"
#include "utf8.h"

enum { CELLS_MAX = 4, FILE_MAX = 1 << 30, SPARE = 1 << 16 };

/* A million of them are to fit: the id lies behind the name and a tab. */
struct own_row {
	const char *name; /* to be written */
	uint32_t len;     /* bytes of it; 0: as found */
	uint32_t id_len;  /* 0: none */
	uint8_t label;    /* enum ent_label; N_ENT: any */
	bool cap;         /* the name begins with a capital: so must the text */
};

struct own {
	struct lexicon *lists[2]; /* enum list_kind; NULL: not given */
	VEC(struct own_row) row;
};

enum list_kind { GAZETTEER, IGNORE };

/* A file being read. */
struct own_file {
	struct own *own;
	const char *name;
	enum list_kind kind;
	size_t line;
	struct arena *arena;
	struct diag *diag;
};

static bool
slip(const struct own_file *f, size_t column, const char *what)
{
	diag_warn(f->diag, (struct where){ f->name, f->line, column }, "%s", what);
	return false;
}

/* Bytes of the file, as far as they can be told beforehand; 0: a pipe. */
static size_t
size_of(FILE *in)
{
	struct stat st;

	return fstat(fileno(in), &st) == 0 && S_ISREG(st.st_mode) && st.st_size < FILE_MAX
		   ? (size_t)st.st_size
		   : 0;
}

static bool
slurp(struct own_file *f, struct span *text)
{
	FILE *in = fopen(f->name, "rbe");
	char *p = NULL;
	size_t n = 0, cap = 0, got = 1;

	if (in == NULL)
		return slip(f, 0, strerror(errno));
	p = arena_grow(f->arena, p, 0, size_of(in) + SPARE, 1, &cap);
	while (got > 0 && n < FILE_MAX) {
		if (n == cap)
			p = arena_grow(f->arena, p, n, n + SPARE, 1, &cap);
		got = fread(p + n, 1, cap - n, in);
		n += got;
	}
	if (ferror(in)) {
		fclose(in);
		return slip(f, 0, strerror(errno));
	}
	fclose(in);
	*text = (struct span){ p, n };
	return n < FILE_MAX || slip(f, 0, "longer than 1 GiB");
}

static size_t
count_lines(struct span text)
{
	size_t n = 1;
	const char *nl;

	while (text.n > 0 && (nl = memchr(text.p, '\n', text.n)) != NULL) {
		text = span_cut(text, (size_t)(nl - text.p) + 1, text.n);
		n++;
	}
	return n;
}

/* Room for all rows at once: growing by halves would take twice the memory. */
static void
make_room(struct own_file *f, size_t lines)
{
	struct own *o = f->own;

	o->row.at = arena_grow(
	    f->arena, o->row.at, o->row.n, o->row.n + lines, sizeof(*o->row.at), &o->row.cap);
	o->lists[f->kind] = lexicon_new(f->arena, lines);
}

/* Cells of a line; more than CELLS_MAX: the rest is not looked at. */
static size_t
cut(struct span line, struct span cell[CELLS_MAX])
{
	size_t n = 0;

	while (n < CELLS_MAX) {
		const char *tab = line.n > 0 ? memchr(line.p, '\t', line.n) : NULL;
		size_t len = tab == NULL ? line.n : (size_t)(tab - line.p);

		cell[n++] = span_cut(line, 0, len);
		if (tab == NULL)
			break;
		line = span_cut(line, len + 1, line.n);
	}
	return n;
}

static bool
label_of(struct span s, uint8_t *label)
{
	for (*label = 0; *label < N_ENT; ++*label)
		if (span_is(s, ent_name[*label]))
			return true;
	return false;
}

static bool
add_row(struct own_file *f, struct span line)
{
	struct span cell[CELLS_MAX] = { { NULL, 0 } };
	size_t n = cut(line, cell);
	struct own_row row = { .label = N_ENT };
	size_t unused;

	if (cell[0].n == 0)
		return slip(f, 1, "no name");
	if (n < 2 && f->kind == GAZETTEER)
		return slip(f, line.n + 1, "1 cell, expected at least 2: name and label");
	if (n > 1 && !label_of(cell[1], &row.label))
		return slip(f, cell[0].n + 2, "no such label");
	row.cap = uni_class(utf8_next(cell[0], &unused)) & UNI_UPPER;
	if (n > 2 && f->kind == GAZETTEER) {
		row.name = cell[2].p;
		row.len = (uint32_t)cell[2].n;
		row.id_len = (uint32_t)cell[3].n;
	}
	VEC_PUSH(f->arena, &f->own->row, row);
	if (!lexicon_add(f->own->lists[f->kind], cell[0], (uint32_t)f->own->row.n, false))
		return slip(f, 1, "a name of no words, or of more than 12");
	return true;
}

static bool
read_list(struct own *o, const char *name, enum list_kind kind, struct arena *a, struct diag *d)
{
	struct own_file f = { o, name, kind, 0, a, d };
	struct span text, line;

	if (name == NULL)
		return true;
	if (!slurp(&f, &text))
		return false;
	make_room(&f, count_lines(text));
	while (text.n > 0) {
		const char *nl = memchr(text.p, '\n', text.n);
		size_t n = nl == NULL ? text.n : (size_t)(nl - text.p);

		line = span_cut(text, 0, n > 0 && text.p[n - 1] == '\r' ? n - 1 : n);
		text = span_cut(text, n + (nl != NULL), text.n);
		f.line++;
		if (utf8_valid(line) < line.n)
			return slip(&f, utf8_valid(line) + 1, "not UTF-8");
		if (line.n > 0 && line.p[0] != '#' && !add_row(&f, line))
			return false;
	}
	return true;
}

struct own *
own_open(const char *gazetteer, const char *ignore, struct arena *a, struct diag *d)
{
	struct own *o = ARENA_NEW(a, struct own, 1);

	if (!read_list(o, gazetteer, GAZETTEER, a, d) || !read_list(o, ignore, IGNORE, a, d))
		return NULL;
	return o;
}

/* The row of the list that has the name at token i; *n: its tokens. */
static const struct own_row *
row_at(const struct own *o, enum list_kind kind, const struct passage *p, const struct tokens *t,
    size_t i, size_t *n)
{
	uint32_t v = lexicon_longest(o->lists[kind], p->text, t, i, n);

	if (v == LEXICON_NONE || o->row.at[v - 1].cap != (p->tok[i].w->flags & WORD_CAP))
		return NULL;
	return &o->row.at[v - 1];
}

static bool
ignored(
    const struct own *o, const struct passage *p, const struct tokens *t, const struct name *name)
{
	const struct own_row *row;
	size_t n;

	if (o->lists[IGNORE] == NULL)
		return false;
	row = row_at(o, IGNORE, p, t, name->first, &n);
	return row != NULL && n == name->last - name->first + 1 &&
	       (row->label == N_ENT || row->label == name->label);
}

static struct name
listed(const struct own_row *row, size_t at, size_t n)
{
	return (struct name){ .first = (uint32_t)at,
		.last = (uint32_t)(at + n - 1),
		.cls = (uint8_t)type_class(row->label),
		.label = row->label,
		.confidence = 100,
		.given = true };
}

/* Names found so far by the tagger, being merged with listed ones. */
struct merge {
	struct names_found out;
	const struct names_found *found;
	size_t k;   /* next of found */
	size_t end; /* token behind the last listed one */
	struct arena *arena;
};

/* Take over found names that end before token i and do not begin within a listed one. */
static void
take_until(struct merge *m, size_t i)
{
	for (; m->k < m->found->n && m->found->at[m->k].last < i; m->k++)
		if (m->found->at[m->k].first >= m->end)
			VEC_PUSH(m->arena, &m->out, m->found->at[m->k]);
}

static void
merge_listed(struct merge *m, const struct own *o, const struct passage *p, const struct tokens *t)
{
	size_t n;

	for (size_t i = 0; i < t->n; i++) {
		const struct own_row *row = row_at(o, GAZETTEER, p, t, i, &n);

		if (row == NULL)
			continue;
		take_until(m, i);
		VEC_PUSH(m->arena, &m->out, listed(row, i, n));
		i += n - 1;
		m->end = i + 1;
	}
}

void
own_apply(const struct own *o, const struct passage *p, const struct tokens *t,
    struct names_found *names, struct arena *a)
{
	struct merge m = { .found = names, .arena = a };
	struct names_found kept = { 0 };

	if (o->lists[GAZETTEER] == NULL && o->lists[IGNORE] == NULL)
		return;
	if (o->lists[GAZETTEER] != NULL)
		merge_listed(&m, o, p, t);
	take_until(&m, SIZE_MAX);
	for (size_t i = 0; i < m.out.n; i++)
		if (!ignored(o, p, t, &m.out.at[i]))
			VEC_PUSH(a, &kept, m.out.at[i]);
	*names = kept;
}

struct own_given
own_given(
    const struct own *o, const struct passage *p, const struct tokens *t, const struct name *name)
{
	const struct own_row *row;
	struct own_given given = { { NULL, 0 }, { NULL, 0 } };
	size_t n;

	if (o->lists[GAZETTEER] == NULL)
		return given;
	row = row_at(o, GAZETTEER, p, t, name->first, &n);
	if (row == NULL || n != name->last - name->first + 1)
		return given;
	if (row->len > 0)
		given.name = (struct span){ row->name, row->len };
	if (row->id_len > 0)
		given.id = (struct span){ row->name + row->len + 1, row->id_len };
	return given;
}
