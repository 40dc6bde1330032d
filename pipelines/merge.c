/* merge.c - rows of all files of one name, sorted; partials added up. */
#include "merge.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gzout.h"
#include "inputs.h"
#include "json.h"
#include "outfile.h"
#include "rowfile.h"
#include "rowsort.h"
#include "run.h"
#include "summarize/partial.h"

enum { MEMORY = 256 << 20, OUT_BYTES = 128 << 10 };

enum kind { KIND_RECORDS, KIND_CSV, KIND_TSV, KIND_OTHER, KIND_SKIPPED };

/* A file that goes into the result of that name. */
struct part {
	const char *name; /* of the result, below the folder */
	char *path;
	enum kind kind;
};

/* Partials of one kind. */
struct sums {
	struct span name;
	struct piles piles;
};

struct merge {
	const struct merge_how *how;
	struct diag *diag;
	struct arena arena;
	VEC(struct part) part;
	bool some, lost; /* something is left out; output is incomplete */
	/* of the result at hand */
	const struct part *from;
	size_t n;
	struct rowsort *sort;
	VEC(struct sums) sums;
	struct span columns; /* p == NULL: none */
	int fd;
	struct gzout *gz;
	struct buf out, packed;
};

/* ---- what is where ---- */

static enum kind
kind_of(const char *name)
{
	static const struct {
		const char *end;
		enum kind kind;
	} known[] = { { ".jsonl", KIND_RECORDS }, { ".json", KIND_RECORDS },
		{ ".ndjson", KIND_RECORDS }, { ".csv", KIND_CSV }, { ".tsv", KIND_TSV },
		{ ".prom", KIND_SKIPPED }, { ".log", KIND_SKIPPED } };
	struct span s = span_c(name);

	if (span_ends(s, SPAN(".gz")))
		s.n -= 3;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (span_ends(s, span_c(known[i].end)))
			return known[i].kind;
	return KIND_OTHER;
}

static void
say_other(struct merge *m, const char *path)
{
	m->some = true;
	diag_warn(m->diag, (struct where){ .file = path },
	    "cannot be merged: no .jsonl, .csv or .tsv; left out");
}

static void
cannot(struct merge *m, const char *path, int error)
{
	m->lost = true;
	diag_warn(m->diag, (struct where){ .file = path }, "cannot write: %s", strerror(error));
}

/* By its first byte: a file that was named need not have the name of its kind. */
static enum kind
kind_inside(const char *path)
{
	const char *why;
	struct rowfile *r = rowfile_open(path, false, &why);
	struct span row;
	size_t line;
	bool record =
	    r != NULL && (!rowfile_next(r, &row, &line) || (row.n > 0 && row.p[0] == '{'));

	rowfile_close(r);
	return record ? KIND_RECORDS : KIND_OTHER;
}

static void
add_file(struct merge *m, const char *name, char *path, enum kind kind)
{
	switch (kind) {
	case KIND_OTHER:
		say_other(m, path);
		break;
	case KIND_SKIPPED: /* metrics and messages are of one run, not of its records */
		break;
	default:
		VEC_PUSH(&m->arena, &m->part, (struct part){ name, path, kind });
	}
}

/* Hidden files, such as a state, are left out. */
static void
add_folder(struct merge *m, const char *path)
{
	struct faults f = { .file = path, .arena = &m->arena };
	struct pieces all = { 0 };
	struct names found = { 0 };
	size_t n = strlen(path);

	VEC_PUSH(&m->arena, &all.list, (struct piece){ span_c(path), true });
	VEC_PUSH(&m->arena, &all.list, (struct piece){ SPAN("/**/*"), false });
	inputs_expand(inputs_pattern(&all, &m->arena), (struct at){ 0, 0 }, &found, &f);
	while (n > 0 && path[n - 1] == '/')
		n--;
	for (size_t i = 0; i < found.list.n; i++) {
		const char *name = found.list.at[i] + n;

		name += strspn(name, "/");
		add_file(m, name, found.list.at[i], kind_of(name));
	}
}

static void
add_operand(struct merge *m, char *path)
{
	const char *slash = strrchr(path, '/');
	struct stat st, to;

	if (m->how->to != NULL && stat(m->how->to, &to) == 0 && stat(path, &st) == 0 &&
	    st.st_dev == to.st_dev && st.st_ino == to.st_ino)
		return; /* the results of an earlier call */
	if (stat(path, &st) != 0) {
		m->some = true;
		diag_warn(m->diag, (struct where){ .file = path }, "%s", strerror(errno));
	} else if (S_ISDIR(st.st_mode) && m->how->to == NULL) {
		diag_die(m->diag, STATUS_USAGE,
		    "merge: %s is a folder; --to DIR says where its merged files go", path);
	} else if (S_ISDIR(st.st_mode)) {
		add_folder(m, path);
	} else {
		enum kind kind = kind_of(path);

		add_file(m, slash == NULL ? path : slash + 1, path,
		    kind == KIND_OTHER ? kind_inside(path) : kind);
	}
}

/* ---- rows ---- */

static struct span
bare(struct span raw)
{
	return raw.n >= 2 && *raw.p == '"' ? span_cut(raw, 1, raw.n - 1) : raw;
}

/* "date" and "id" of a record as its key. False: it is no object. */
static bool
record_key(struct span line, struct buf *key, struct span *partial)
{
	struct json j = { line.p, line.p + line.n, NULL };
	struct span date = { NULL, 0 }, id = { NULL, 0 };

	*partial = (struct span){ NULL, 0 };
	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span name, raw;

		if (!json_key(&j, &name) || !json_value(&j, &raw))
			return false;
		if (span_is(name, "date"))
			date = bare(raw);
		else if (span_is(name, "id"))
			id = bare(raw);
		else if (span_is(name, "partial"))
			*partial = bare(raw);
	}
	buf_clear(key);
	buf_put(key, date);
	buf_char(key, '\0');
	buf_put(key, id);
	return j.what == NULL && line.n > 0 && line.p[0] == '{';
}

static struct piles *
piles_named(struct merge *m, struct span name)
{
	for (size_t i = 0; i < m->sums.n; i++)
		if (span_eq(m->sums.at[i].name, name))
			return &m->sums.at[i].piles;
	VEC_PUSH(&m->arena, &m->sums, (struct sums){ .name = arena_copy(&m->arena, name) });
	return &m->sums.at[m->sums.n - 1].piles;
}

static void
add_row(struct merge *m, struct span key, struct span row)
{
	if (m->lost || rowsort_add(m->sort, key, row))
		return;
	cannot(m, "a temporary file", errno);
}

static void
add_record(struct merge *m, struct span line, struct where w, struct buf *key)
{
	struct arena a = { 0 };
	struct span partial;
	const char *wrong = NULL;

	if (line.n == 0)
		return;
	if (!record_key(line, key, &partial))
		wrong = "no record";
	else if (partial.p != NULL)
		wrong = partial_read(
		    piles_named(m, partial), line, json_unescape(partial, &m->arena, NULL), &a);
	else
		add_row(m, buf_span(key), line);
	if (wrong != NULL) {
		m->some = true;
		diag_warn(m->diag, w, "%s; left out", wrong);
	}
	arena_free(&a);
}

/* Names of columns are words of letters, digits, ".", "_" and "-", one letter at least in each. */
static bool
names_columns(struct span row, char separator)
{
	bool letter = false;

	if (row.n > 0 && row.p[row.n - 1] == '\r')
		row.n--;
	for (size_t i = 0; i < row.n; i++) {
		char c = row.p[i];

		if (c == separator && !letter)
			return false;
		if (c == separator)
			letter = false;
		else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			letter = true;
		else if (c != '.' && c != '_' && c != '-' && (c < '0' || c > '9'))
			return false;
	}
	return letter;
}

/* The first row of each file, if it is the same in all and may be one of names. */
static void
find_columns(struct merge *m, enum kind kind)
{
	char separator = kind == KIND_CSV ? ',' : '\t';

	m->columns = (struct span){ NULL, 0 };
	for (size_t i = 0; i < m->n; i++) {
		const char *why;
		struct rowfile *r = rowfile_open(m->from[i].path, kind == KIND_CSV, &why);
		struct span row;
		size_t line;
		bool good = r == NULL || !rowfile_next(r, &row, &line); /* empty: no objection */

		if (!good && m->columns.p == NULL && names_columns(row, separator)) {
			m->columns = arena_copy(&m->arena, row);
			good = true;
		} else if (!good) {
			good = m->columns.p != NULL && span_eq(m->columns, row);
		}
		rowfile_close(r);
		if (!good) {
			m->columns = (struct span){ NULL, 0 };
			return;
		}
	}
}

static void
add_part(struct merge *m, const struct part *p, enum kind kind)
{
	const char *why = NULL;
	struct rowfile *r = rowfile_open(p->path, kind == KIND_CSV, &why);
	struct buf key = { 0 };
	struct span row;
	size_t line;

	while (r != NULL && !m->lost && rowfile_next(r, &row, &line)) {
		if (kind == KIND_RECORDS)
			add_record(m, row, (struct where){ .file = p->path, .line = line }, &key);
		else if (line > 1 || m->columns.p == NULL)
			add_row(m, SPAN(""), row);
	}
	if (r != NULL)
		why = rowfile_fault(r);
	if (why != NULL) {
		m->some = true;
		diag_warn(m->diag, (struct where){ .file = p->path }, "%s", why);
	}
	buf_free(&key);
	rowfile_close(r);
}

/* ---- the result ---- */

static bool
flush(struct merge *m, bool last)
{
	bool ok = true;

	if (m->gz != NULL) {
		gzout_add(m->gz, buf_span(&m->out), &m->packed);
		if (last)
			gzout_end(m->gz, &m->packed);
		ok = outfile_write(m->fd, buf_span(&m->packed));
		buf_clear(&m->packed);
	} else if (m->out.n > 0) {
		ok = outfile_write(m->fd, buf_span(&m->out));
	}
	buf_clear(&m->out);
	return ok;
}

static bool
put_row(struct merge *m, struct span row)
{
	buf_put(&m->out, row);
	buf_char(&m->out, '\n');
	return m->out.n < OUT_BYTES || flush(m, false);
}

static bool
put_sorted(struct merge *m)
{
	struct buf last = { 0 };
	struct span row;
	bool ok = rowsort_begin(m->sort), first = true;

	while (ok && rowsort_next(m->sort, &row)) {
		if (m->how->unique && !first && span_eq(buf_span(&last), row))
			continue;
		ok = put_row(m, row);
		if (m->how->unique) {
			buf_clear(&last);
			buf_put(&last, row);
		}
		first = false;
	}
	if (ok && rowsort_error(m->sort) != 0) {
		errno = rowsort_error(m->sort);
		ok = false;
	}
	buf_free(&last);
	return ok;
}

static int
by_name(const void *a, const void *b)
{
	const struct sums *x = a, *y = b;
	size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
	int c = memcmp(x->name.p, y->name.p, n);

	return c != 0 ? c : (x->name.n > y->name.n) - (x->name.n < y->name.n);
}

static bool
put_sums(struct merge *m)
{
	bool ok = true;

	if (m->sums.n > 1)
		qsort(m->sums.at, m->sums.n, sizeof(*m->sums.at), by_name);
	for (size_t i = 0; i < m->sums.n; i++) {
		struct sums *s = &m->sums.at[i];
		size_t n;
		struct pile **pile = piles_take(&s->piles, &n);

		for (size_t k = 0; k < n; k++) {
			struct buf line = { 0 };

			partial_write(pile[k], json_unescape(s->name, &m->arena, NULL), &line);
			ok = ok && put_row(m, buf_span(&line));
			buf_free(&line);
			pile_free(pile[k]);
		}
		free(pile);
		piles_free(&s->piles);
	}
	return ok;
}

/* All parts of one name into fd. */
static bool
join(struct merge *m, int fd, bool packed)
{
	enum kind kind = m->from[0].kind;
	bool ok;

	m->fd = fd;
	m->gz = packed ? gzout_new() : NULL;
	m->sort = rowsort_new(m->how->memory != 0 ? m->how->memory : MEMORY);
	memset(&m->sums, 0, sizeof(m->sums));
	m->columns = (struct span){ NULL, 0 };
	if (kind != KIND_RECORDS)
		find_columns(m, kind);
	for (size_t i = 0; i < m->n; i++)
		add_part(m, &m->from[i], kind);
	errno = 0;
	ok = !m->lost && (m->columns.p == NULL || put_row(m, m->columns)) && put_sorted(m) &&
	     put_sums(m) && flush(m, true);
	rowsort_free(m->sort);
	gzout_free(m->gz);
	buf_free(&m->out);
	buf_free(&m->packed);
	return ok;
}

/* To DIR/NAME, by rename. */
static void
join_to_file(struct merge *m)
{
	const char *name = m->from[0].name, *slash = strrchr(name, '/');
	const char *part = arena_fmt(&m->arena, "%.*s.%s.part",
	    slash == NULL ? 0 : (int)(slash - name) + 1, name, slash == NULL ? name : slash + 1)
			       .p;
	const char *path = arena_fmt(&m->arena, "%s/%s", m->how->to, name).p;
	int dir = open(m->how->to, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = dir < 0 ? -1 : outfile_open(dir, part, O_WRONLY | O_CREAT | O_TRUNC, true);
	bool ok = fd >= 0;

	if (ok)
		ok = join(m, fd, span_ends(span_c(name), SPAN(".gz"))) && fsync(fd) == 0 &&
		     outfile_rename(dir, part, name);
	if (!ok && !m->lost)
		cannot(m, path, errno);
	if (!ok && fd >= 0)
		outfile_remove(dir, part);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
}

static void
join_to_standard(struct merge *m)
{
	enum kind kind = m->part.at[0].kind;
	struct sink out = sink_stdout();

	for (size_t i = 1; i < m->part.n; i++)
		if (m->part.at[i].kind != kind)
			diag_die(m->diag, STATUS_USAGE,
			    "merge: %s and %s are of different kinds; --to DIR keeps them apart",
			    m->part.at[0].path, m->part.at[i].path);
	m->from = m->part.at;
	m->n = m->part.n;
	if (!out.open(out.ctx) || !join(m, STDOUT_FILENO, false) || !out.close(out.ctx))
		cannot(m, "standard output", errno);
}

static int
by_result(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c != 0 ? c : strcmp(x->path, y->path);
}

static void
join_folders(struct merge *m)
{
	if (!outfile_make_dirs(m->how->to)) {
		cannot(m, m->how->to, errno);
		return;
	}
	qsort(m->part.at, m->part.n, sizeof(*m->part.at), by_result);
	for (size_t i = 0; i < m->part.n && !m->lost; i += m->n) {
		m->from = &m->part.at[i];
		m->n = 1;
		while (i + m->n < m->part.n && strcmp(m->from[m->n].name, m->from->name) == 0)
			m->n++;
		join_to_file(m);
	}
}

int
merge_run(const struct merge_how *how, struct diag *d)
{
	struct merge m = { .how = how, .diag = d };

	for (size_t i = 0; i < how->n; i++)
		add_operand(&m, how->operand[i]);
	if (m.part.n > 0 && how->to == NULL)
		join_to_standard(&m);
	else if (m.part.n > 0)
		join_folders(&m);
	arena_free(&m.arena);
	return m.lost ? STATUS_OUTPUT : m.some ? STATUS_SOME : STATUS_OK;
}
