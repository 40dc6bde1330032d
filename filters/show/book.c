/* book.c - frames from the workers become a page, parts of one, or files. */
#include "book.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "folder.h"
#include "html.h"
#include "sheet_own.h"

enum {
	FOLDED = 4,    /* a page of more articles has them folded */
	LISTED = 5000, /* an index of more articles lists the parts only */
	FRAME_HEAD = 1 + sizeof(size_t),
};

/* What a frame holds. */
enum frame {
	FRAME_ARTICLE = 'A',  /* HTML of one article */
	FRAME_TITLE = 'I',    /* of it: HTML */
	FRAME_DATE = 'D',     /* of it: HTML */
	FRAME_OVERVIEW = 'O', /* HTML of the sums */
	FRAME_NAME = 'N',     /* of the files of a record */
	FRAME_TEXT = 'T',     /* brat: the text itself */
	FRAME_BODY = 'B',     /* the record in its form */
};

struct desk {
	struct book book;
	struct folder folder;
	struct sink out; /* without a folder */
	struct buf overview;
	struct buf articles;         /* of the page, or of the part at hand */
	size_t *end, n_end, cap_end; /* where each of them ends in it */
	struct buf rows;             /* of the index */
	struct buf date, title;      /* of the article to come, then of its row */
	uint64_t n;                  /* articles */
	size_t part;                 /* parts written */
	struct buf name;             /* files: of the record at hand */
	struct sheet names;          /* taken already */
};

/* --- frames --- */

static void
put_frame(struct buf *out, enum frame kind, struct span body)
{
	buf_char(out, (char)kind);
	buf_put(out, (struct span){ (const char *)&body.n, sizeof(body.n) });
	buf_put(out, body);
}

/* Take the first frame off s. */
static struct span
next_frame(struct span *s, enum frame *kind)
{
	struct span body = { s->p + FRAME_HEAD, 0 };

	*kind = (enum frame)(unsigned char)s->p[0];
	memcpy(&body.n, s->p + 1, sizeof(body.n));
	*s = span_cut(*s, FRAME_HEAD + body.n, s->n);
	return body;
}

/* --- pages: in the workers --- */

static void
put_html_frame(struct buf *out, enum frame kind, struct span text)
{
	struct buf b = { 0 };

	html_text(&b, text);
	put_frame(out, kind, buf_span(&b));
	buf_free(&b);
}

static void
render_sheet(const struct desk *desk, const struct record *r, struct buf *out)
{
	struct buf b = { 0 };
	struct sheet s;

	sheet_open(&s, 0);
	if (sheet_read(&s, r->json) == NULL)
		html_overview(&s, &desk->book.look, &b);
	put_frame(out, FRAME_OVERVIEW, buf_span(&b));
	sheet_free(&s);
	buf_free(&b);
}

static bool
render_page(const void *ctx, struct record *r, struct regex_match *match, struct buf *out)
{
	const struct desk *desk = ctx;
	struct buf b = { 0 };

	(void)match;
	if (sheet_is(r)) {
		render_sheet(desk, r, out);
		return true;
	}
	put_html_frame(out, FRAME_DATE, r->date);
	put_html_frame(out, FRAME_TITLE, r->title.n > 0 ? r->title : r->id);
	html_article(r, &desk->book.look, &b);
	put_frame(out, FRAME_ARTICLE, buf_span(&b));
	buf_free(&b);
	return true;
}

/* --- pages: in the sink --- */

static void
add_end(struct desk *desk)
{
	if (desk->n_end == desk->cap_end) {
		size_t cap = desk->cap_end == 0 ? 64 : desk->cap_end * 2;
		size_t *end = realloc(desk->end, cap * sizeof(*end));

		if (end == NULL)
			die_oom(cap * sizeof(*end));
		desk->end = end;
		desk->cap_end = cap;
	}
	desk->end[desk->n_end++] = desk->articles.n;
}

static void
put_title(const struct desk *desk, struct buf *out)
{
	html_head(out, desk->book.title);
	buf_str(out, "<h1>");
	html_text(out, desk->book.title);
	buf_str(out, "</h1>\n");
}

/* The articles kept so far; the first has number first. */
static void
put_articles(const struct desk *desk, uint64_t first, bool open, struct buf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < desk->n_end; i++) {
		buf_fmt(out, "<article id=\"a%" PRIu64 "\">\n<details%s>\n", first + i,
		    open ? " open" : "");
		buf_put(out, span_cut(buf_span(&desk->articles), at, desk->end[i]));
		buf_str(out, "</article>\n");
		at = desk->end[i];
	}
}

static void
put_count(const struct desk *desk, struct buf *out)
{
	buf_fmt(
	    out, "<p><small>%" PRIu64 " article%s</small></p>\n", desk->n, desk->n == 1 ? "" : "s");
}

static const char page_end[] = "</body>\n</html>\n";

/* Those that wait become a part of the book. */
static bool
write_part(struct desk *desk)
{
	struct buf b = { 0 };
	char name[40];
	bool ok;

	desk->part++;
	snprintf(name, sizeof(name), "part-%04zu.html", desk->part);
	put_title(desk, &b);
	buf_str(&b, "<nav><a href=\"index.html\">Overview</a></nav>\n");
	put_articles(desk, desk->n - desk->n_end + 1, desk->n_end <= FOLDED, &b);
	buf_str(&b, page_end);
	ok = folder_write(&desk->folder, name, buf_span(&b));
	buf_free(&b);
	buf_clear(&desk->articles);
	desk->n_end = 0;
	return ok;
}

static void
put_row(struct desk *desk)
{
	size_t part = desk->part + 1;

	if (desk->n_end == 1) /* the first of a part */
		buf_fmt(&desk->rows,
		    "<tr><td colspan=\"2\"><a href=\"part-%04zu.html\">Part %zu</a></td></tr>\n",
		    part, part);
	if (desk->n > LISTED)
		return;
	buf_str(&desk->rows, "<tr><td><small>");
	buf_put(&desk->rows, buf_span(&desk->date));
	buf_fmt(&desk->rows, "</small></td><td><a href=\"part-%04zu.html#a%" PRIu64 "\">", part,
	    desk->n);
	buf_put(&desk->rows, buf_span(&desk->title));
	buf_str(&desk->rows, "</a></td></tr>\n");
}

static bool
take_article(struct desk *desk, struct span body)
{
	buf_put(&desk->articles, body);
	add_end(desk);
	desk->n++;
	if (desk->book.dir == NULL)
		return true;
	put_row(desk);
	return desk->n_end < desk->book.per_part || write_part(desk);
}

static void
keep(struct buf *b, struct span body)
{
	buf_clear(b);
	buf_put(b, body);
}

static bool
put_page(void *ctx, struct span bytes)
{
	struct desk *desk = ctx;
	enum frame kind;
	bool ok = true;

	while (bytes.n > 0 && ok) {
		struct span body = next_frame(&bytes, &kind);

		if (kind == FRAME_ARTICLE)
			ok = take_article(desk, body);
		else if (kind == FRAME_OVERVIEW)
			keep(&desk->overview, body);
		else
			keep(kind == FRAME_DATE ? &desk->date : &desk->title, body);
	}
	return ok;
}

static bool
open_page(void *ctx)
{
	struct desk *desk = ctx;

	if (desk->book.dir == NULL)
		return desk->out.open(desk->out.ctx);
	return folder_open(&desk->folder, desk->book.dir);
}

static void
put_index(const struct desk *desk, struct buf *out)
{
	if (desk->rows.n == 0)
		return;
	buf_str(out, "<section>\n<details open>\n<summary><b class=\"h\" role=\"heading\" "
		     "aria-level=\"2\">Articles</b></summary>\n<table>\n");
	buf_put(out, buf_span(&desk->rows));
	buf_str(out, "</table>\n</details>\n</section>\n");
}

static bool
close_page(void *ctx)
{
	struct desk *desk = ctx;
	bool dir = desk->book.dir != NULL, ok = true;
	struct buf b = { 0 };

	if (dir && desk->n_end > 0)
		ok = write_part(desk);
	put_title(desk, &b);
	put_count(desk, &b);
	buf_put(&b, buf_span(&desk->overview));
	if (dir)
		put_index(desk, &b);
	else
		put_articles(desk, 1, desk->n <= FOLDED, &b);
	buf_str(&b, page_end);
	if (dir)
		ok = ok && folder_write(&desk->folder, "index.html", buf_span(&b)) &&
		     folder_close(&desk->folder);
	else
		ok = desk->out.put(desk->out.ctx, buf_span(&b)) && desk->out.close(desk->out.ctx);
	buf_free(&b);
	return ok;
}

/* --- a file for each record --- */

static const char *
extension(const char *form)
{
	static const char *const known[][2] = {
		{ "json", "json" },
		{ "text", "txt" },
		{ "quotes", "txt" },
		{ "tsv", "tsv" },
		{ "csv", "csv" },
		{ "inline", "xml" },
		{ "timeml", "xml" },
		{ "conll", "conll" },
		{ "brat", "ann" },
		{ "displacy", "json" },
		{ "spacy", "json" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i][0], form) == 0)
			return known[i][1];
	return NULL;
}

static bool
render_file(const void *ctx, struct record *r, struct regex_match *match, struct buf *out)
{
	const struct desk *desk = ctx;
	struct buf b = { 0 };

	(void)match;
	put_frame(out, FRAME_NAME, r->id);
	if (strcmp(desk->book.form->name, "brat") == 0)
		put_frame(out, FRAME_TEXT, r->text.p != NULL ? r->text : SPAN(""));
	if (desk->book.form->begin != NULL)
		desk->book.form->begin(&desk->book.look, &b);
	desk->book.form->record(r, &desk->book.look, &b);
	put_frame(out, FRAME_BODY, buf_span(&b));
	buf_free(&b);
	return true;
}

/* A name that no other record has: the id, and a number behind it if need be. */
static void
take_name(struct desk *desk, struct span id)
{
	uint64_t taken;
	size_t n;

	buf_clear(&desk->name);
	folder_name(&desk->name, id);
	n = desk->name.n;
	taken = sheet_count(&desk->names, SHEET_NAMES, buf_span(&desk->name))->n;
	if (taken == 1)
		return;
	do {
		desk->name.n = n;
		buf_fmt(&desk->name, "-%" PRIu64, taken++);
	} while (sheet_count(&desk->names, SHEET_NAMES, buf_span(&desk->name))->n > 1);
}

static bool
write_file(struct desk *desk, const char *suffix, struct span body)
{
	char name[160];

	snprintf(name, sizeof(name), "%.*s.%s", (int)desk->name.n, desk->name.p, suffix);
	return folder_write(&desk->folder, name, body);
}

static bool
put_files(void *ctx, struct span bytes)
{
	struct desk *desk = ctx;
	enum frame kind;
	bool ok = true;

	while (bytes.n > 0 && ok) {
		struct span body = next_frame(&bytes, &kind);

		if (kind == FRAME_NAME)
			take_name(desk, body);
		else if (kind == FRAME_TEXT)
			ok = write_file(desk, "txt", body);
		else
			ok = write_file(desk, extension(desk->book.form->name), body);
	}
	return ok;
}

/* What brat wants to know about the types before it shows a folder. */
static bool
write_brat_conf(const struct folder *f)
{
	struct buf b = { 0 };
	bool ok;

	buf_str(&b, "[entities]\n");
	for (unsigned i = 0; i < N_ENT; i++)
		buf_fmt(&b, "%s\n", ent_name[i]);
	for (unsigned i = 0; i < N_TIMEX; i++)
		buf_fmt(&b, "%s\n", timex_name[i]);
	buf_str(&b, "QUOTE\nSPEAKER\nCUE\n\n[relations]\nSaid\tArg1:<ENTITY>, Arg2:QUOTE\n"
		    "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n"
		    "[events]\n\n[attributes]\n");
	ok = folder_write(f, "annotation.conf", buf_span(&b));
	buf_free(&b);
	return ok;
}

static bool
open_files(void *ctx)
{
	struct desk *desk = ctx;

	if (!folder_open(&desk->folder, desk->book.dir))
		return false;
	return strcmp(desk->book.form->name, "brat") != 0 || write_brat_conf(&desk->folder);
}

static bool
close_files(void *ctx)
{
	struct desk *desk = ctx;

	return folder_close(&desk->folder);
}

/* --- both --- */

bool
book_open(struct run *run, const struct book *b)
{
	bool page = strcmp(b->form->name, "html") == 0;
	struct desk *desk;

	if (!page && extension(b->form->name) == NULL)
		return false;
	desk = calloc(1, sizeof(*desk));
	if (desk == NULL)
		die_oom(sizeof(*desk));
	desk->book = *b;
	desk->folder.fd = -1;
	desk->out = sink_stdout();
	sheet_open(&desk->names, 0);
	run->render = page ? render_page : render_file;
	run->sink = (struct sink){ .name = b->dir,
		.open = page ? open_page : open_files,
		.put = page ? put_page : put_files,
		.close = page ? close_page : close_files,
		.ctx = desk };
	return true;
}

void
book_free(struct run *run)
{
	struct desk *desk = run->sink.ctx;

	if (desk == NULL)
		return;
	(void)folder_close(&desk->folder);
	buf_free(&desk->overview);
	buf_free(&desk->articles);
	buf_free(&desk->rows);
	buf_free(&desk->date);
	buf_free(&desk->title);
	buf_free(&desk->name);
	sheet_free(&desk->names);
	free(desk->end);
	free(desk);
}
