/* update.c - a run of its own whose sink is the database. */
#include "update.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "grep/options.h"
#include "where_own.h"

enum { COMMIT_DOCS = 2000, COMMIT_MOST = 20000 };

/* The words there are, as a table: the list that FTS5 makes up takes ten times as long to go through. */
#define KEEP_TERMS "INSERT OR IGNORE INTO terms SELECT term FROM words_list;"

/* A file being read, as it was before it was opened. */
struct pending {
	const char *name;
	struct stat st;
	bool closed, whole;
};

enum {
	S_FILE,
	S_ADD_FILE,
	S_DONE,
	S_SEEN,
	S_DOC,
	S_WORDS,
	S_DATE,
	S_ENT,
	S_QUOTE,
	S_KNOWN,
	S_NAME,
	S_GONE_WORDS,
	S_GONE_DATES,
	S_GONE_ENTS,
	S_GONE_QUOTES,
	S_GONE_DOCS,
	N_STATEMENT
};

static const char *const statement[N_STATEMENT] = {
	[S_FILE] = "SELECT file, size, mtime, inode, tagger, whole FROM files WHERE name = ?",
	[S_ADD_FILE] =
	    ("INSERT INTO files(name, whole) VALUES(?, 0) ON CONFLICT(name) DO UPDATE SET whole = 0"
	     " RETURNING file"),
	[S_DONE] =
	    "UPDATE files SET size = ?, mtime = ?, inode = ?, tagger = ?, whole = 1 WHERE name = ?",
	[S_SEEN] = "INSERT INTO temp.seen(name) VALUES(?)",
	[S_DOC] = ("INSERT INTO docs(file, n, id, source, line, date, day_from, day_to, title, "
		   "text, record,"
		   " input_line, body_line, body_at, own) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
		   "?, ?, ?, ?)"),
	[S_WORDS] = "INSERT INTO words(rowid, text) VALUES(?, ?)",
	[S_DATE] = "INSERT INTO dates VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
	[S_ENT] = "INSERT INTO ents VALUES(?, ?, ?, ?, ?, ?)",
	[S_QUOTE] = "INSERT INTO quotes VALUES(?, ?, ?, ?, ?, ?, ?)",
	[S_KNOWN] = "INSERT OR IGNORE INTO known VALUES(?)",
	[S_NAME] = "INSERT INTO names(name) VALUES(?)",
	[S_GONE_WORDS] =
	    ("INSERT INTO words(words, rowid, text) SELECT 'delete', doc, text FROM docs"
	     " WHERE file = ? AND text IS NOT NULL"),
	[S_GONE_DATES] = "DELETE FROM dates WHERE doc IN (SELECT doc FROM docs WHERE file = ?)",
	[S_GONE_ENTS] = "DELETE FROM ents WHERE doc IN (SELECT doc FROM docs WHERE file = ?)",
	[S_GONE_QUOTES] = "DELETE FROM quotes WHERE doc IN (SELECT doc FROM docs WHERE file = ?)",
	[S_GONE_DOCS] = "DELETE FROM docs WHERE file = ?",
};

struct update {
	struct index *x;
	const struct filter *const *all;
	sqlite3_stmt *s[N_STATEMENT];
	VEC(struct pending) pending;
	size_t marked;       /* of these, written as done */
	struct buf current;  /* name of the file of the last document */
	sqlite3_int64 file;  /* its number */
	sqlite3_int64 n;     /* documents of it */
	size_t fresh;        /* documents since the last commit */
	const char *tagger;  /* what makes the layers: another one means another index */
	struct arena record; /* of the document at hand */
};

/* In front of each document, from a worker to the sink; behind it the file's name and the record. */
struct packed {
	uint32_t file, record, body_at, own;
	uint64_t line, body_line;
};

/* ---- rows ---- */

static void
bind_days(sqlite3_stmt *s, int at, bool known, struct period p)
{
	if (!known) {
		sqlite3_bind_null(s, at);
		sqlite3_bind_null(s, at + 1);
		return;
	}
	sqlite3_bind_int(s, at, p.from);
	sqlite3_bind_int(s, at + 1, p.to);
}

static void
bind_place(sqlite3_stmt *s, sqlite3_int64 doc, struct record *r, struct range at)
{
	sqlite3_bind_int64(s, 1, doc);
	sqlite3_bind_int64(s, 2, record_cp(r, at.start));
	sqlite3_bind_int64(s, 3, record_cp(r, at.end));
	store_bind(s, 4, record_slice(r, at.start, at.end));
}

/* A name by which somebody is found: its words, once. */
static bool
put_name(struct update *u, struct span name)
{
	if (name.p == NULL)
		return true;
	store_bind(u->s[S_KNOWN], 1, name);
	if (!store_do(u->x, u->s[S_KNOWN]))
		return false;
	if (sqlite3_changes(u->x->db) == 0)
		return true;
	store_bind(u->s[S_NAME], 1, name);
	return store_do(u->x, u->s[S_NAME]);
}

static bool
put_dates(struct update *u, struct record *r, sqlite3_int64 doc)
{
	sqlite3_stmt *s = u->s[S_DATE];

	for (size_t i = 0; i < r->dates.n; i++) {
		const struct date *d = &r->dates.at[i];
		struct period p = { 0, 0 };
		bool known = where_days(d, &p);

		bind_place(s, doc, r, (struct range){ d->start, d->end });
		store_bind(s, 5, span_c(timex_name[d->type]));
		store_bind(s, 6, d->value);
		bind_days(s, 7, known, p);
		if (!store_do(u->x, s))
			return false;
	}
	return true;
}

static bool
put_ents(struct update *u, struct record *r, sqlite3_int64 doc)
{
	sqlite3_stmt *s = u->s[S_ENT];

	for (size_t i = 0; i < r->ents.n; i++) {
		const struct ent *e = &r->ents.at[i];
		struct span text = record_slice(r, e->start, e->end);

		bind_place(s, doc, r, (struct range){ e->start, e->end });
		store_bind(s, 5, span_c(ent_name[e->label]));
		store_bind(s, 6, e->name.p != NULL ? e->name : text);
		if (!store_do(u->x, s) || !put_name(u, text) || !put_name(u, e->name))
			return false;
	}
	return true;
}

static bool
put_quotes(struct update *u, struct record *r, sqlite3_int64 doc)
{
	sqlite3_stmt *s = u->s[S_QUOTE];

	for (size_t i = 0; i < r->quotes.n; i++) {
		const struct quote *q = &r->quotes.at[i];
		struct span speaker = { NULL, 0 };

		if (q->speaker.end > q->speaker.start)
			speaker = record_slice(r, q->speaker.start, q->speaker.end);
		bind_place(s, doc, r, (struct range){ q->start, q->end });
		store_bind(s, 5, span_c(quote_name[q->kind]));
		store_bind(s, 6, speaker);
		store_bind(s, 7, q->speaker.name);
		if (!store_do(u->x, s) || !put_name(u, speaker) || !put_name(u, q->speaker.name))
			return false;
	}
	return true;
}

static bool
put_doc(struct update *u, struct record *r, const struct packed *p, struct span line)
{
	sqlite3_stmt *s = u->s[S_DOC];
	struct period days = { 0, 0 };
	sqlite3_int64 doc;

	sqlite3_bind_int64(s, 1, u->file);
	sqlite3_bind_int64(s, 2, u->n++);
	store_bind(s, 3, r->id);
	store_bind(s, 4, r->source);
	sqlite3_bind_int64(s, 5, (sqlite3_int64)r->line);
	store_bind(s, 6, r->date);
	bind_days(s, 7, r->date.p != NULL && period_of_value(r->date, &days), days);
	store_bind(s, 9, r->title);
	store_bind(s, 10, r->text);
	store_bind(s, 11, line);
	sqlite3_bind_int64(s, 12, (sqlite3_int64)p->line);
	sqlite3_bind_int64(s, 13, (sqlite3_int64)p->body_line);
	sqlite3_bind_int64(s, 14, p->body_at);
	sqlite3_bind_int64(s, 15, p->own);
	if (!store_do(u->x, s))
		return false;
	doc = sqlite3_last_insert_rowid(u->x->db);
	sqlite3_bind_int64(u->s[S_WORDS], 1, doc);
	store_bind(u->s[S_WORDS], 2, r->text);
	return (r->text.p == NULL || store_do(u->x, u->s[S_WORDS])) && put_dates(u, r, doc) &&
	       put_ents(u, r, doc) && put_quotes(u, r, doc);
}

/* All that is known of a file. */
static bool
forget(struct update *u, sqlite3_int64 file)
{
	for (int i = S_GONE_WORDS; i <= S_GONE_DOCS; i++) {
		sqlite3_bind_int64(u->s[i], 1, file);
		if (!store_do(u->x, u->s[i]))
			return false;
	}
	return true;
}

/* The file's row, with no documents; it counts once it is done. */
static bool
add_file(struct update *u, struct span name, sqlite3_int64 *file)
{
	sqlite3_stmt *s = u->s[S_ADD_FILE];

	store_bind(s, 1, name);
	if (sqlite3_step(s) != SQLITE_ROW)
		return store_fail(u->x);
	*file = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return forget(u, *file);
}

static bool
begin_file(struct update *u, struct span name)
{
	u->n = 0;
	buf_clear(&u->current);
	buf_put(&u->current, name);
	return add_file(u, name, &u->file);
}

/* ---- the sink ---- */

static bool
put_packed(struct update *u, const struct packed *p, const char *bytes)
{
	struct span name = { bytes, p->file }, line = { bytes + p->file, p->record };
	struct diag d = { .prog = u->x->prog, .quiet = true };
	struct record r;
	bool good = true;

	if (!span_eq(buf_span(&u->current), name))
		good = begin_file(u, name);
	if (good && record_parse(&r, line, NULL, (struct where){ 0 }, &u->record, &d))
		good = put_doc(u, &r, p, line);
	u->fresh++;
	arena_reset(&u->record);
	buf_free(&d.err);
	return good;
}

static bool
put(void *ctx, struct span s)
{
	struct update *u = ctx;
	struct packed p;

	for (size_t at = 0; at < s.n; at += (size_t)p.file + p.record) {
		memcpy(&p, s.p + at, sizeof(p));
		at += sizeof(p);
		if (!put_packed(u, &p, s.p + at))
			return false;
	}
	return true;
}

static bool
render(const void *ctx, struct record *r, struct regex_match *match, struct buf *out)
{
	struct span name = span_c(r->where.file == NULL ? "-" : r->where.file);
	struct packed p = { .file = (uint32_t)name.n,
		.body_at = r->body_at,
		.own = r->have & ~r->set,
		.line = r->where.line,
		.body_line = r->body_line };
	size_t head = out->n, start;

	(void)ctx, (void)match;
	buf_room(out, sizeof(p));
	out->n += sizeof(p);
	buf_put(out, name);
	start = out->n;
	record_write(r, out);
	out->n--; /* the newline */
	p.record = (uint32_t)(out->n - start);
	memcpy(out->p + head, &p, sizeof(p));
	return true;
}

/* Files that were read to their end now count, with what they were before they were read. */
static bool
mark_done(struct update *u)
{
	sqlite3_stmt *s = u->s[S_DONE];
	sqlite3_int64 file;

	for (; u->marked < u->pending.n && u->pending.at[u->marked].closed; u->marked++) {
		const struct pending *p = &u->pending.at[u->marked];

		if (!span_is(buf_span(&u->current),
			p->name)) { /* nothing came of it, or others did since */
			store_bind(u->s[S_FILE], 1, span_c(p->name));
			bool there = sqlite3_step(u->s[S_FILE]) == SQLITE_ROW &&
				     sqlite3_column_int(u->s[S_FILE], 5) == 0;
			sqlite3_reset(u->s[S_FILE]);
			if (!there && !add_file(u, span_c(p->name), &file))
				return false;
		}
		sqlite3_bind_int64(s, 1, p->whole ? (sqlite3_int64)p->st.st_size : -1);
		sqlite3_bind_int64(
		    s, 2, (sqlite3_int64)p->st.st_mtim.tv_sec * 1000000000 + p->st.st_mtim.tv_nsec);
		sqlite3_bind_int64(s, 3, (sqlite3_int64)p->st.st_ino);
		store_bind(s, 4, span_c(u->tagger));
		store_bind(s, 5, span_c(p->name));
		if (!store_do(u->x, s))
			return false;
	}
	return true;
}

static bool
due(void *ctx)
{
	struct update *u = ctx;
	bool closed = u->marked < u->pending.n && u->pending.at[u->marked].closed;

	return (closed && u->fresh >= COMMIT_DOCS) || u->fresh >= COMMIT_MOST;
}

static bool
commit(void *ctx, const char *file, uint64_t units)
{
	struct update *u = ctx;

	(void)file, (void)units;
	u->fresh = 0;
	return mark_done(u) && store_run(u->x, KEEP_TERMS "COMMIT; BEGIN IMMEDIATE");
}

/* ---- the inputs ---- */

static bool
is_known(struct update *u, const char *name, const struct stat *st)
{
	sqlite3_stmt *s = u->s[S_FILE];
	bool known;

	store_bind(s, 1, span_c(name));
	known = sqlite3_step(s) == SQLITE_ROW &&
		sqlite3_column_int64(s, 1) == (sqlite3_int64)st->st_size &&
		sqlite3_column_int64(s, 2) ==
		    (sqlite3_int64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec &&
		sqlite3_column_int64(s, 3) == (sqlite3_int64)st->st_ino &&
		sqlite3_column_text(s, 4) != NULL &&
		strcmp((const char *)sqlite3_column_text(s, 4), u->tagger) == 0 &&
		sqlite3_column_int(s, 5) == 1;
	sqlite3_reset(s);
	return known;
}

static bool
want(void *ctx, const char *name, uint64_t *skip)
{
	struct update *u = ctx;
	struct pending p = { .name = arena_cstr(&u->x->arena, span_c(name)) };

	*skip = 0;
	if (stat(name, &p.st) != 0)
		return true; /* it will be said */
	store_bind(u->s[S_SEEN], 1, span_c(name));
	store_do(u->x, u->s[S_SEEN]);
	if (is_known(u, name, &p.st))
		return false;
	VEC_PUSH(&u->x->arena, &u->pending, p);
	return true;
}

static void
done(void *ctx, const char *name, bool whole, uint64_t content)
{
	struct update *u = ctx;

	(void)content;
	for (size_t i = u->pending.n; i-- > u->marked;) {
		if (strcmp(u->pending.at[i].name, name) != 0)
			continue;
		u->pending.at[i].closed = true;
		u->pending.at[i].whole = whole;
		return;
	}
}

/* ---- the whole ---- */

/* Files below an operand that are no longer there. */
static bool
drop_missing(struct update *u, const struct input *in)
{
	sqlite3_stmt *s = store_prepare(u->x, "SELECT file FROM files WHERE (name = ?1 OR "
					      "substr(name, 1, length(?1) + 1) = ?1 || '/')"
					      " AND name NOT IN (SELECT name FROM temp.seen)");
	sqlite3_stmt *drop = store_prepare(u->x, "DELETE FROM files WHERE file = ?");
	bool good = s != NULL && drop != NULL;

	for (size_t i = 0; good && i < in->n_file; i++) {
		struct span name = span_c(in->file[i]);

		while (name.n > 1 && name.p[name.n - 1] == '/')
			name.n--;
		store_bind(s, 1, name);
		while (good && sqlite3_step(s) == SQLITE_ROW) {
			good = forget(u, sqlite3_column_int64(s, 0));
			sqlite3_bind_int64(drop, 1, sqlite3_column_int64(s, 0));
			good = good && store_do(u->x, drop);
		}
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	sqlite3_finalize(drop);
	return good;
}

/* Version and tables of all that writes into a record. */
static const char *
tagger_of(struct update *u)
{
	struct buf text = { 0 };
	char id[20];

	buf_str(&text, VERSION "\n");
	for (const struct filter *const *f = u->all; *f != NULL; f++) {
		struct opts defaults = { .table = (*f)->option };

		for (const struct blob *const *b = (*f)->blob; b != NULL && *b != NULL; b++)
			buf_fmt(&text, "%s %016llx\n", (*b)->name, (unsigned long long)(*b)->hash);
		if ((*f)->version != NULL)
			(*f)->version(&defaults, &text);
	}
	record_id(buf_span(&text), SPAN(""), SPAN(""), id);
	buf_free(&text);
	return arena_cstr(&u->x->arena, (struct span){ id, 20 });
}

/* The run that reads: each record with all three layers, whatever it says. */
static void
read_all(struct update *u, const struct run *like, struct diag *d)
{
	static const char every[] =
	    "text exists or not text exists or dates exists or ents exists or quotes exists";
	struct input_files watch = { want, done, u };
	struct run run = *like;
	struct step *s = &run.step[0];

	s->filter = &filter_grep;
	s->opts = (struct opts){ .table = options_select };
	s->opts.value[opt_find(options_select, "where") - options_select] = every;
	s->model = filter_grep.open_with(&s->opts, u->all, d);
	run.input.files = &watch;
	run.input.units = NULL;
	run.sink = (struct sink){ .name = u->x->path, .put = put, .ctx = u };
	run.render = render;
	run.stop = NULL;
	run.stats = 0;
	run.form = NULL;
	run.commit = (struct run_commit){ due, commit, u };
	u->x->status = run_steps(&run);
	filter_grep.close(s->model);
}

bool
update_index(struct index *x, const struct run *like, const struct filter *const *all)
{
	struct update u = { .x = x, .all = all };
	struct diag d = { .prog = x->prog, .now = true };
	bool good = store_run(x,
	    "CREATE TEMP TABLE seen(ord INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT IGNORE);"
	    "BEGIN IMMEDIATE");

	u.tagger = tagger_of(&u);
	for (size_t i = 0; good && i < N_STATEMENT; i++)
		good = (u.s[i] = store_prepare(x, statement[i])) != NULL;
	if (good) {
		read_all(&u, like, &d);
		good = x->status != STATUS_OUTPUT && !x->failed && mark_done(&u) &&
		       drop_missing(&u, &like->input) &&
		       store_run(x, u.fresh > 0 ? KEEP_TERMS "COMMIT" : "COMMIT");
	}
	for (size_t i = 0; i < N_STATEMENT; i++)
		sqlite3_finalize(u.s[i]);
	if (!good)
		sqlite3_exec(x->db, "ROLLBACK", NULL, NULL, NULL);
	arena_free(&u.record);
	buf_free(&u.current);
	buf_free(&d.err);
	return good;
}
