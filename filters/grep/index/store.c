/* store.c - opening a database that is ours, whole and of this version. */
#include "store.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	STORE_ID = 0x6E746167, /* "ntag": application_id */
	STORE_VERSION = 1,     /* user_version */
	BUSY_MS = 10000,       /* a second writer waits so long for the first */
};

static const char schema[] =
    "CREATE TABLE files(file INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER, mtime "
    "INTEGER,"
    " inode INTEGER, tagger TEXT, whole INTEGER NOT NULL);"
    "CREATE TABLE docs(doc INTEGER PRIMARY KEY, file INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT,"
    " source TEXT, line INTEGER, date TEXT, day_from INTEGER, day_to INTEGER, title TEXT, text "
    "TEXT,"
    " record TEXT NOT NULL, input_line INTEGER, body_line INTEGER, body_at INTEGER, own INTEGER);"
    "CREATE INDEX docs_file ON docs(file, n);"
    "CREATE INDEX docs_day ON docs(day_from);"
    "CREATE INDEX docs_id ON docs(id);"
    "CREATE TABLE dates(doc INTEGER NOT NULL, start INTEGER, \"end\" INTEGER, text TEXT, type "
    "TEXT, value TEXT,"
    " day_from INTEGER, day_to INTEGER);"
    "CREATE INDEX dates_doc ON dates(doc);"
    "CREATE INDEX dates_day ON dates(day_from, day_to, doc);"
    "CREATE TABLE ents(doc INTEGER NOT NULL, start INTEGER, \"end\" INTEGER, text TEXT, label "
    "TEXT, name TEXT);"
    "CREATE INDEX ents_doc ON ents(doc);"
    "CREATE INDEX ents_name ON ents(name, label, doc);"
    "CREATE INDEX ents_text ON ents(text, label, doc);"
    "CREATE TABLE quotes(doc INTEGER NOT NULL, start INTEGER, \"end\" INTEGER, text TEXT, kind "
    "TEXT,"
    " speaker TEXT, name TEXT);"
    "CREATE INDEX quotes_doc ON quotes(doc);"
    "CREATE INDEX quotes_name ON quotes(name, doc);"
    "CREATE INDEX quotes_speaker ON quotes(speaker, doc);"
    "CREATE VIRTUAL TABLE words USING fts5(text, content='docs', content_rowid='doc',"
    " tokenize=\"unicode61 remove_diacritics 0\");"
    "CREATE VIRTUAL TABLE words_list USING fts5vocab(words, row);"
    "CREATE TABLE terms(term TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE known(name TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE names USING fts5(name, tokenize=\"unicode61 remove_diacritics 0\");";

static void
say(const struct index *x, const char *what, const char *advice)
{
	struct diag d = { .prog = x->prog, .now = true };

	diag_warn(&d, (struct where){ .file = x->path }, "%s%s", what, advice);
	buf_free(&d.err);
}

bool
store_fail(struct index *x)
{
	int code = x->db == NULL ? SQLITE_CANTOPEN : sqlite3_errcode(x->db);
	bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

	if (x->failed)
		return false;
	x->failed = true;
	x->status = code == SQLITE_BUSY || code == SQLITE_LOCKED ? STATUS_LOCKED
		    : code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_READONLY
			? STATUS_OUTPUT
			: STATUS_RESOURCE;
	say(x, x->db == NULL ? "cannot open" : sqlite3_errmsg(x->db),
	    damaged ? "; the index is damaged: remove it, and make it again from the articles"
		    : "");
	errno = EIO;
	return false;
}

sqlite3_stmt *
store_prepare(struct index *x, const char *sql)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(x->db, sql, -1, &s, NULL) != SQLITE_OK)
		store_fail(x);
	return s;
}

bool
store_run(struct index *x, const char *sql)
{
	return sqlite3_exec(x->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(x);
}

bool
store_do(struct index *x, sqlite3_stmt *s)
{
	int code = sqlite3_step(s);

	if (code != SQLITE_DONE && code != SQLITE_ROW)
		return store_fail(x);
	sqlite3_reset(s);
	return true;
}

void
store_bind(sqlite3_stmt *s, int at, struct span text)
{
	if (text.p == NULL)
		sqlite3_bind_null(s, at);
	else
		sqlite3_bind_text64(s, at, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
}

/* A number that a statement gives; -1 after store_fail(). */
static long long
number(struct index *x, const char *sql)
{
	sqlite3_stmt *s = store_prepare(x, sql);
	long long v = -1;

	if (s != NULL && sqlite3_step(s) == SQLITE_ROW)
		v = sqlite3_column_int64(s, 0);
	else if (s != NULL)
		store_fail(x);
	sqlite3_finalize(s);
	return v;
}

/* A new file gets its tables; one that is another program's is refused. */
static bool
check(struct index *x, bool write)
{
	long long id = number(x, "PRAGMA application_id");
	long long version = number(x, "PRAGMA user_version");
	long long tables = number(x, "SELECT count(*) FROM sqlite_master");
	struct buf mark = { 0 };
	bool good;

	if (x->failed)
		return false;
	if (id == STORE_ID && version == STORE_VERSION)
		return true;
	if (tables > 0 || !write) {
		x->failed = true;
		x->status = STATUS_RESOURCE;
		say(x,
		    id == STORE_ID ? "an index of another version"
		    : tables > 0   ? "a database, but no index of ntag-grep"
				   : "nothing was indexed yet",
		    tables > 0 ? "; remove it, or name another directory"
			       : ": name the articles behind the options");
		return false;
	}
	buf_fmt(&mark, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT;", STORE_ID,
	    STORE_VERSION);
	buf_char(&mark, '\0');
	good = store_run(x, "BEGIN EXCLUSIVE") &&
	       (number(x, "SELECT count(*) FROM sqlite_master") > 0 || store_run(x, schema)) &&
	       store_run(x, mark.p);
	buf_free(&mark);
	return good;
}

bool
store_open(struct index *x, const char *dir, bool write, int *status)
{
	int flags = SQLITE_OPEN_READWRITE | (write ? SQLITE_OPEN_CREATE : 0);

	x->path = arena_cstr(&x->arena, arena_fmt(&x->arena, "%s/index.sqlite", dir));
	if (write && mkdir(dir, 0777) != 0 && errno != EEXIST) {
		say(x, "cannot make the directory: ", strerror(errno));
		*status = STATUS_OUTPUT;
		return false;
	}
	if (!write && access(x->path, W_OK) != 0)
		flags = SQLITE_OPEN_READONLY;
	if (sqlite3_open_v2(x->path, &x->db, flags, NULL) != SQLITE_OK) {
		store_fail(x);
		*status = x->status;
		return false;
	}
	sqlite3_busy_timeout(x->db, BUSY_MS);
	sqlite3_exec(x->db,
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
	    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536",
	    NULL, NULL, NULL);
	if (!check(x, write)) {
		*status = x->status;
		return false;
	}
	return true;
}

void
store_close(struct index *x)
{
	if (x == NULL)
		return;
	sqlite3_finalize(x->find);
	sqlite3_finalize(x->fetch);
	sqlite3_finalize(x->files);
	sqlite3_close(x->db);
	buf_free(&x->file);
	arena_free(&x->arena);
	free(x);
}
