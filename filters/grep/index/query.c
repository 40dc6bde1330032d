/* query.c - a condition as SQL: what it says is never more than what must be so, and the evaluator of where.h then
 * decides, so that the answers are those of a run without index.
 */
#include "query.h"

#include <errno.h>

#include "ascii.h"
#include "where_own.h"

enum { TERMS_MOST = 500, RUN_MIN = 2 };

/* One thing that is always so, and one that never is. */
#define ANY "1"
#define NONE "0"

struct builder {
	struct index *x;
	const struct condition *c;
	struct arena *arena;
	const char **node; /* SQL of each */
};

static const char *
quoted(struct builder *b, struct span text)
{
	struct buf out = { 0 };
	const char *sql;

	buf_char(&out, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\'')
			buf_char(&out, '\'');
		if (text.p[i] != '\0')
			buf_char(&out, text.p[i]);
	}
	buf_char(&out, '\'');
	sql = arena_cstr(b->arena, buf_span(&out));
	buf_free(&out);
	return sql;
}

/* Alternatives, or conditions that must all be so. */
static void
join(struct buf *out, const char *word, const char *sql)
{
	if (out->n > 0)
		buf_fmt(out, " %s ", word);
	buf_str(out, sql);
}

static const char *
finish(struct builder *b, struct buf *out, const char *empty)
{
	const char *sql = empty;

	if (out->n > 0)
		sql = arena_fmt(b->arena, "(%.*s)", (int)out->n, out->p).p;
	buf_free(out);
	return sql;
}

/* ---- words ---- */

/* The longest stretch of letters and digits: it lies within a word of the index. */
static struct span
longest_run(struct span s)
{
	struct span best = { s.p, 0 };
	size_t from = 0;

	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && ascii_alnum((unsigned char)s.p[i]))
			continue;
		if (i - from > best.n)
			best = span_cut(s, from, i);
		from = i + 1;
	}
	return best;
}

/* Words of the index that have the literal in them, as a query of FTS5; false: too many to be worth it. */
static bool
add_terms(struct builder *b, struct span run, struct buf *match)
{
	sqlite3_stmt *s =
	    store_prepare(b->x, "SELECT term FROM terms WHERE instr(term, lower(?)) > 0");
	size_t n = 0;

	if (s == NULL)
		return false;
	store_bind(s, 1, run);
	while (n <= TERMS_MOST && sqlite3_step(s) == SQLITE_ROW) {
		if (match->n > 0)
			buf_str(match, " OR ");
		buf_fmt(match, "\"%s\"", (const char *)sqlite3_column_text(s, 0));
		n++;
	}
	sqlite3_finalize(s);
	return n <= TERMS_MOST;
}

/* One of the literals is in the text. */
static const char *
by_literals(struct builder *b, const struct literals *l)
{
	struct buf match = { 0 };
	bool good = l->n > 0;
	const char *sql = NONE;

	for (size_t i = 0; good && i < l->n; i++) {
		struct span run = longest_run(l->at[i].text);

		good = run.n >= RUN_MIN && add_terms(b, run, &match);
	}
	if (!good)
		sql = ANY;
	else if (match.n > 0)
		sql = arena_fmt(b->arena, "d.doc IN (SELECT rowid FROM words WHERE words MATCH %s)",
		    quoted(b, buf_span(&match)))
			  .p;
	buf_free(&match);
	return sql;
}

/* ---- names ---- */

/* Names in which the words of a wanted one stand side by side; NULL: it is not one of words. */
static const char *
names_with(struct builder *b, const struct operand *o)
{
	struct buf phrase = { 0 };
	const char *sql = NULL;
	bool words = false;

	for (size_t i = 0; i < o->text.n; i++)
		words |= ascii_alnum((unsigned char)o->text.p[i]);
	if (o->regex != NULL || !words)
		return NULL;
	buf_char(&phrase, '"');
	for (size_t i = 0; i < o->text.n; i++)
		buf_char(&phrase, o->text.p[i] == '"' ? ' ' : o->text.p[i]);
	buf_char(&phrase, '"');
	sql = arena_fmt(
	    b->arena, "(SELECT name FROM names WHERE names MATCH %s)", quoted(b, buf_span(&phrase)))
		  .p;
	buf_free(&phrase);
	return sql;
}

/* Rows of ents or quotes with one of two columns of names. */
static const char *
by_names(
    struct builder *b, const char *table, const char *column, const char *names, const char *also)
{
	return arena_fmt(b->arena,
	    "d.doc IN (SELECT doc FROM %s WHERE name IN %s%s UNION ALL SELECT doc FROM %s WHERE %s "
	    "IN "
	    "%s%s)",
	    table, names, also, table, column, names, also)
	    .p;
}

static const char *
by_ents(struct builder *b, const struct leaf *l)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < l->want.n; i++) {
		const struct operand *o = &l->want.at[i];
		const char *names = names_with(b, o), *also = "";

		if (o->label >= 0)
			also = arena_fmt(b->arena, " AND label = '%s'", ent_name[o->label]).p;
		if (names != NULL)
			join(&out, "OR", by_names(b, "ents", "text", names, also));
		else if (o->label >= 0)
			join(&out, "OR",
			    arena_fmt(b->arena,
				"d.doc IN (SELECT doc FROM ents WHERE label = '%s')",
				ent_name[o->label])
				.p);
		else
			join(&out, "OR", ANY);
	}
	return finish(b, &out, ANY);
}

static const char *
by_speakers(struct builder *b, const struct leaf *l)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < l->want.n; i++) {
		const char *names = names_with(b, &l->want.at[i]);

		join(&out, "OR", names == NULL ? ANY : by_names(b, "quotes", "speaker", names, ""));
	}
	return finish(b, &out, ANY);
}

static const char *
by_quotes(struct builder *b, const struct leaf *l)
{
	struct buf out = { 0 }, kinds = { 0 };

	join(&out, "AND", by_speakers(b, l));
	for (unsigned k = 0; k < N_QUOTE; k++)
		if ((l->kinds & 1U << k) != 0)
			buf_fmt(&kinds, "%s'%s'", kinds.n == 0 ? "" : ",", quote_name[k]);
	if (kinds.n > 0)
		join(&out, "AND",
		    arena_fmt(b->arena, "d.doc IN (SELECT doc FROM quotes WHERE kind IN (%.*s))",
			(int)kinds.n, kinds.p)
			.p);
	if (l->words.n > 0 && l->want.n == 0) /* else the literals may be those of the names */
		join(&out, "AND", by_literals(b, &l->literals));
	buf_free(&kinds);
	return finish(b, &out, ANY);
}

/* ---- days ---- */

static const char *
by_days(struct builder *b, const struct leaf *l)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < l->want.n; i++) {
		struct period p = l->want.at[i].period;

		if (l->kind == LEAF_SINCE)
			join(&out, "OR", arena_fmt(b->arena, "d.day_to >= %d", p.from).p);
		else if (l->kind == LEAF_UNTIL)
			join(&out, "OR", arena_fmt(b->arena, "d.day_from <= %d", p.to).p);
		else
			join(&out, "OR",
			    arena_fmt(b->arena,
				"d.doc IN (SELECT doc FROM dates WHERE day_from <= %d AND day_to "
				">= %d)",
				p.to, p.from)
				.p);
	}
	return finish(b, &out, ANY);
}

/* ---- the tree ---- */

static const char *
by_leaf(struct builder *b, const struct leaf *l)
{
	switch ((enum leaf_kind)l->kind) {
	case LEAF_ENT:
		return by_ents(b, l);
	case LEAF_QUOTE:
		return by_quotes(b, l);
	case LEAF_DATE:
	case LEAF_SINCE:
	case LEAF_UNTIL:
		return by_days(b, l);
	default:
		return by_literals(b, &l->literals);
	}
}

/* Children stand behind their parents. What a "not" is about may be more than what is so: nothing follows. */
static const char *
by_condition(struct builder *b)
{
	b->node = ARENA_NEW(b->arena, const char *, b->c->node.n);
	for (size_t i = b->c->node.n; i-- > 0;) {
		const struct node *n = &b->c->node.at[i];
		struct buf out = { 0 };

		for (uint32_t k = n->first; k != NO_NODE; k = b->c->node.at[k].next)
			join(&out, n->kind == NODE_AND ? "AND" : "OR", b->node[k]);
		if (n->negate)
			b->node[i] = ANY;
		else if (n->kind == NODE_LEAF)
			b->node[i] = by_leaf(b, &b->c->leaf.at[n->leaf]);
		else
			b->node[i] = finish(b, &out, ANY);
		buf_free(&out);
	}
	return b->node[0];
}

/* ---- units ---- */

/* Files in front of that of the next unit (NULL: all) are behind, for those who count by file. */
static void
pass_files(struct index *x, const char *upto)
{
	const struct input_files *f = x->run->input.files;

	while (f != NULL && !x->files_over) {
		const char *name = x->file.n > 0 ? x->file.p : NULL;

		if (name != NULL && upto != NULL && strcmp(name, upto) == 0)
			return;
		if (name != NULL)
			f->done(f->ctx, name, true, 0);
		buf_clear(&x->file);
		if (sqlite3_step(x->files) != SQLITE_ROW) {
			x->files_over = true;
			return;
		}
		buf_str(&x->file, (const char *)sqlite3_column_text(x->files, 0));
		buf_char(&x->file, '\0');
	}
}

/* Layers of the index that the record does not have by itself, and that the condition would not have added. */
static unsigned
without(const struct index *x, unsigned own)
{
	unsigned need = where_layers(x->grep->condition);

	if ((need & F_QUOTES & ~own) != 0)
		need |= F_ENTS;
	return (F_DATES | F_ENTS | F_QUOTES) & ~own & ~need;
}

static struct span
column(sqlite3_stmt *s, int at)
{
	const char *p = (const char *)sqlite3_column_text(s, at);

	return (struct span){ p, p == NULL ? 0 : (size_t)sqlite3_column_bytes(s, at) };
}

static bool
next(void *ctx, struct unit *u)
{
	struct index *x = ctx;
	int code = x->failed ? SQLITE_DONE : sqlite3_step(x->find);

	if (code != SQLITE_ROW) {
		if (code != SQLITE_DONE)
			store_fail(x);
		pass_files(x, NULL);
		return false;
	}
	sqlite3_reset(x->fetch);
	sqlite3_bind_int64(x->fetch, 1, sqlite3_column_int64(x->find, 0));
	if (sqlite3_step(x->fetch) != SQLITE_ROW)
		return store_fail(x);
	*u = (struct unit){ .kind = UNIT_JSON, .raw = column(x->fetch, 0) };
	u->where.line = (size_t)sqlite3_column_int64(x->fetch, 1);
	u->body_line = (size_t)sqlite3_column_int64(x->fetch, 2);
	u->body_at = (uint32_t)sqlite3_column_int64(x->fetch, 3);
	u->without = without(x, (unsigned)sqlite3_column_int64(x->fetch, 4));
	u->where.file = column(x->fetch, 5).p;
	pass_files(x, u->where.file);
	return true;
}

bool
query_begin(struct index *x, struct run *run, bool seen)
{
	struct builder b = { .x = x, .c = x->grep->condition, .arena = &x->arena };
	const char *sql = x->grep->invert ? ANY : by_condition(&b);

	if (x->failed)
		return false;
	x->run = run;
	x->find = store_prepare(x, arena_fmt(&x->arena,
				       "SELECT d.doc FROM docs d CROSS JOIN files f ON f.file = "
				       "d.file%s WHERE f.whole = 1 AND %s "
				       "ORDER BY %s, d.n",
				       seen ? " CROSS JOIN temp.seen s ON s.name = f.name" : "",
				       sql, seen ? "s.ord" : "f.name")
				       .p);
	x->fetch = x->failed
		       ? NULL
		       : store_prepare(x,
			     "SELECT record, input_line, body_line, body_at, own, name FROM docs "
			     "JOIN files USING(file) WHERE doc = ?");
	x->files =
	    x->failed ? NULL
	    : seen ? store_prepare(x, "SELECT name FROM temp.seen s JOIN files f USING(name) WHERE "
				      "whole = 1 ORDER BY s.ord")
		   : store_prepare(x, "SELECT name FROM files WHERE whole = 1 ORDER BY name");
	x->units = (struct input_units){ next, x };
	run->input.units = &x->units;
	return !x->failed;
}
