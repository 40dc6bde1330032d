/* show.c - the plot: count each record, add up, hand over one record of sums. */
#include "show.h"

#include <stdlib.h>

#include "output.h"
#include "sheet.h"

enum {
	PARTS_TOP = 1 << SHEET_NAMES,
	PARTS_SPARK = 1 << SHEET_NAMES | 1 << SHEET_DAYS | 1 << SHEET_ARTICLES | 1 << SHEET_TRENDS,
	PARTS_TIMELINE = 1 << SHEET_DAYS,
	PARTS_QUOTES = 1 << SHEET_SPEAKERS,
	PARTS_DOT = 1 << SHEET_PAIRS,
	PARTS_HTML = 1 << SHEET_NAMES | 1 << SHEET_DAYS | 1 << SHEET_SPEAKERS,
};

static const struct sums {
	const char *type;
	unsigned parts;
} sums[] = {
	{ "top", PARTS_TOP },
	{ "spark", PARTS_SPARK },
	{ "timeline", PARTS_TIMELINE },
	{ "quotes", PARTS_QUOTES },
	{ "dot", PARTS_DOT },
	{ "html", PARTS_HTML },
};

struct model {
	unsigned parts; /* to gather; 0: records pass as they are */
	bool both;      /* they pass and are counted */
	bool merge;     /* the input is partials and nothing else */
	enum offsets offsets;
};

struct own {
	struct sheet sheet;
	bool finished;
};

static const struct opt option[] = {
	{ "type", 't', OPT_ENUM, "FORM", "text", OUTPUT_FORMS, 0, 0, "what to draw or to write" },
	{ "most", 'n', OPT_INT, "N", NULL, NULL, 1, 100000,
	    "names, days, speakers or pairs of a picture" },
	{ "by", 0, OPT_ENUM, "UNIT", "day", "day|week|month", 0, 0,
	    "a column of spark, a line of timeline" },
	{ "offsets", 0, OPT_ENUM, "UNIT", "chars", "chars|utf16|bytes", 0, 0,
	    "what offsets are counted in, in tables, brat, conll, displacy and spacy: utf16 is "
	    "what "
	    "Java and JavaScript count" },
	{ "ascii", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, "pictures in ASCII" },
	{ "width", 'w', OPT_INT, "N", NULL, NULL, 20, 1000,
	    "columns of the page; the terminal's, or 80" },
	{ "dir", 'd', OPT_PATH, "DIR", NULL, NULL, 0, 0,
	    "write files into DIR: a page with parts (html), a text with its annotations (brat), a "
	    "file for each record" },
	{ "per-part", 0, OPT_INT, "N", "100", NULL, 1, 10000, "articles of a part of html" },
	{ "title", 0, OPT_TEXT, "TEXT", "Articles", NULL, 0, 0, "title of the page" },
	{ "partial", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "write the sums as a record, to be added up by --merge" },
	{ "merge", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "the input is what --partial wrote; anything else is refused" },
	{ 0 },
};

static enum offsets
offsets_of(const char *name)
{
	if (strcmp(name, "utf16") == 0)
		return OFFSETS_UTF16;
	return strcmp(name, "bytes") == 0 ? OFFSETS_BYTES : OFFSETS_CHARS;
}

static void *
model_open(const struct opts *o, struct diag *d)
{
	struct model *m = calloc(1, sizeof(*m));
	const char *type = opts_text(o, "type");

	if (m == NULL)
		die_oom(sizeof(*m));
	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++)
		if (strcmp(sums[i].type, type) == 0)
			m->parts = sums[i].parts;
	m->both = strcmp(type, "html") == 0 && !opts_on(o, "partial");
	m->merge = opts_on(o, "merge");
	m->offsets = offsets_of(opts_text(o, "offsets"));
	if (m->parts == 0 && (opts_on(o, "partial") || m->merge)) {
		diag_warn(d, (struct where){ 0 },
		    "--partial and --merge go with a type that sums up, such as top, not with %s",
		    type);
		d->usage = true;
		free(m);
		return NULL;
	}
	return m;
}

static void
model_close(void *model)
{
	free(model);
}

static void *
own_open(const void *model)
{
	const struct model *m = model;
	struct own *own = calloc(1, sizeof(*own));

	if (own == NULL)
		die_oom(sizeof(*own));
	sheet_open(&own->sheet, m->parts);
	return own;
}

static void
own_close(void *scratch)
{
	struct own *own = scratch;

	sheet_free(&own->sheet);
	free(own);
}

static enum verdict
add_partial(struct own *own, struct record *r, struct work *w)
{
	const char *wrong = sheet_read(&own->sheet, r->json);

	if (wrong == NULL) {
		w->diag->count.no_text--;
		return DROP;
	}
	diag_reject(w->diag, r->where, "show", r->json, "%s", wrong);
	return REJECT;
}

static enum verdict
annotate(const void *model, struct record *r, struct work *w)
{
	const struct model *m = model;
	struct own *own = w->own;

	r->offsets = m->offsets;
	if (m->parts == 0)
		return KEEP;
	if (sheet_is(r))
		return add_partial(own, r, w);
	if (m->merge) {
		diag_reject(w->diag, r->where, "show", r->json, "no partial of ntag-show");
		return REJECT;
	}
	if (r->text.p != NULL)
		sheet_add(&own->sheet, r);
	return m->both ? KEEP : DROP;
}

static unsigned
keeps(const void *model)
{
	const struct model *m = model;

	return m->parts != 0 ? KEEPS_STATE | KEEPS_BARE : 0U;
}

static void
merge(const void *model, void *into, void *from)
{
	struct own *a = into, *b = from;

	(void)model;
	sheet_merge(&a->sheet, &b->sheet);
	sheet_free(&b->sheet);
}

static bool
finish(const void *model, void *state, struct buf *line)
{
	struct own *own = state;

	(void)model;
	if (own->finished)
		return false;
	own->finished = true;
	sheet_write(&own->sheet, line);
	return true;
}

const struct filter filter_show = {
	.name = "show",
	.summary = "draw records for people, and write what other tools read",
	.example = "ntag-show articles.jsonl | less -R\n"
		   "ntag-show -t html articles.jsonl >articles.html\n"
		   "ntag-show -t top -n 10 articles.jsonl\n"
		   "ntag-show -t brat --dir annotations articles.jsonl",
	.uses = F_SENTS | F_DATES | F_ENTS | F_QUOTES | F_SUMMARY,
	.option = option,
	.open = model_open,
	.annotate = annotate,
	.close = model_close,
	.worker_open = own_open,
	.worker_close = own_close,
	.keeps = keeps,
	.merge = merge,
	.finish = finish,
};
