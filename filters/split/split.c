/* split.c - the layer "sents", and records cut into sentences or paragraphs. */
#include "split.h"

#include "sentence.h"

enum by { BY_DOCUMENT, BY_SENTENCE, BY_PARAGRAPH };

struct model {
	struct arena arena; /* holds the model itself */
	enum by by;
	struct sentence_how how;
};

static const struct opt options[] = {
	{ .name = "by",
	    .type = OPT_ENUM,
	    .arg = "UNIT",
	    .def = "document",
	    .of = "document|sentence|paragraph",
	    .help = "write one record for each document, sentence or paragraph" },
	{ .name = "no-split-quotes",
	    .type = OPT_SWITCH,
	    .help = "never end a sentence inside quotation marks" },
	{ .name = "newline",
	    .type = OPT_ENUM,
	    .arg = "MEANING",
	    .def = "space",
	    .of = "space|break|auto",
	    .help = "what a single newline means: a space, the end of a sentence, or either by the "
		    "look of the lines" },
	{ .name = NULL },
};

static enum by
by_of(const char *word)
{
	if (strcmp(word, "sentence") == 0)
		return BY_SENTENCE;
	return strcmp(word, "paragraph") == 0 ? BY_PARAGRAPH : BY_DOCUMENT;
}

static enum sentence_newline
newline_of(const char *word)
{
	if (strcmp(word, "break") == 0)
		return NEWLINE_BREAK;
	return strcmp(word, "auto") == 0 ? NEWLINE_AUTO : NEWLINE_SPACE;
}

static void *
split_open(const struct opts *o, struct diag *d)
{
	struct arena arena = { 0 };
	struct model *m = ARENA_NEW(&arena, struct model, 1);

	(void)d; /* no option of ours can be wrong once parsed */
	m->by = by_of(opts_text(o, "by"));
	m->how.keep_quotes = opts_on(o, "no-split-quotes");
	m->how.newline = newline_of(opts_text(o, "newline"));
	m->arena = arena;
	return m;
}

static void
split_close(void *model)
{
	struct model *m = model;
	struct arena arena;

	if (m == NULL)
		return;
	arena = m->arena;
	arena_free(&arena);
}

static enum verdict
split_annotate(const void *model, struct record *r, struct work *w)
{
	const struct model *m = model;

	(void)w;
	record_own(r, LAYER_SENTS);
	sentence_split(r->text, &m->how, &r->sents, r->arena);
	r->found_sents = true;
	return KEEP;
}

static bool
split_divide(const void *model, struct record *r, struct work *w, struct ranges *out)
{
	const struct model *m = model;

	if (m->by == BY_DOCUMENT)
		return false;
	if (m->by == BY_SENTENCE)
		*out = *record_sents(r);
	else
		sentence_paragraphs(r->text, out, w->arena);
	return true;
}

const struct filter filter_split = {
	.name = "split",
	.summary = "find the sentences of news text, or cut documents into sentences or paragraphs",
	.example = "ntag-split article.txt\n"
		   "ntag-entity news.jsonl | ntag-split --by sentence | grep Kremlin",
	.needs = F_TEXT,
	.gives = F_SENTS,
	.option = options,
	.blob = sentence_blobs,
	.open = split_open,
	.annotate = split_annotate,
	.close = split_close,
	.divide = split_divide,
};
