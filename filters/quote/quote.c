/* quote.c - the plot of ntag-quote: marks, nodes, cues, reports, names, quotes. */
#include "quote/quote.h"

#include "quote/marks.h"
#include "quote/resolve.h"
#include "quote/uncued.h"

extern const struct blob blob_quote_words, blob_common_titles, blob_quote_nominals,
    blob_common_firstnames, blob_quote_cues, blob_quote_patterns, blob_quote_furniture;

static const struct blob *const blobs[] = { &blob_quote_words, &blob_common_titles,
	&blob_quote_nominals, &blob_common_firstnames, &blob_quote_cues, &blob_quote_patterns,
	&blob_quote_furniture, NULL };

static const struct opt options[] = {
	{ "attitudes", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "also wants, beliefs and fears, as kind attitude" },
	{ "confidence", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "add to each quote how sure it is, from 0 to 1" },
	{ "explain", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "add to each quote the rule that found it" },
	{ NULL, 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, NULL },
};

struct model {
	struct arena arena;
	struct word_table *words;
	struct cue_lexicon cues;
	struct patterns patterns;
	struct resolver *resolver;
	const struct lexicon *furniture;
	bool attitudes, confidence, explain;
};

static void *
quote_open(const struct opts *o, struct diag *d)
{
	struct arena arena = { 0 };
	struct model *m = ARENA_NEW(&arena, struct model, 1);

	(void)d;
	m->arena = arena;
	m->words = quote_words_new(&m->arena);
	cues_load(&m->cues, m->words, &m->arena);
	patterns_load(&m->patterns, &m->arena);
	m->resolver = resolver_new(m->words, &m->arena);
	m->furniture = marks_furniture(&m->arena);
	m->attitudes = opts_on(o, "attitudes");
	m->confidence = opts_on(o, "confidence");
	m->explain = opts_on(o, "explain");
	return m;
}

static void
quote_close(void *model)
{
	struct model *m = model;
	struct arena arena;

	if (m == NULL)
		return;
	arena = m->arena; /* the model lies in it */
	arena_free(&arena);
}

/* How the quotes of one document are written. */
struct output {
	struct doc *d;
	const struct model *model;
	const struct names_of *names;
	const struct report *report;
};

static struct mention
mention_of(const struct doc *d, struct extent e, struct span name)
{
	struct mention m = { 0 };

	if (!extent_some(e))
		return m;
	m.start = node_start(d, e.first);
	m.end = node_end(d, e.end - 1);
	m.name = name;
	return m;
}

static void
emit(const struct output *o, uint32_t start, uint32_t end, enum quote_kind kind)
{
	struct quote q = { .start = start, .end = end, .kind = (uint8_t)kind };
	struct record *r = o->d->record;
	size_t which = (size_t)(o->report - o->names->reports->at);

	for (size_t i = r->quotes.n; i > 0 && r->quotes.n - i < 8; i--)
		if (r->quotes.at[i - 1].start == start && r->quotes.at[i - 1].end == end)
			return;
	q.group = o->report->group;
	q.confidence = o->model->confidence ? o->report->pattern->confidence : CONFIDENCE_NONE;
	if (o->model->explain)
		q.why = o->report->pattern->id;
	q.speaker = mention_of(o->d, o->report->speaker, o->names->name[which]);
	q.cue = mention_of(o->d, o->report->cue, (struct span){ 0 });
	VEC_PUSH(r->arena, &r->quotes, q);
}

static bool
only_stretches(const struct doc *d, struct extent e)
{
	for (uint32_t i = e.first; i < e.end; i++)
		if (d->nodes.at[i].shape & SHAPE_WORD)
			return false;
	return true;
}

static void
emit_part(const struct output *o, struct extent e)
{
	const struct doc *d = o->d;
	bool attitude = (o->report->cls & CUE_ATT) != 0;

	if (!attitude && only_stretches(d, e)) {
		for (uint32_t i = e.first; i < e.end; i++) {
			const struct stretch *s = node_stretch(d, i);

			if (s != NULL)
				emit(o, s->start, s->end, QUOTE_DIRECT);
		}
		return;
	}
	emit(o, node_start(d, e.first), node_end(d, e.end - 1),
	    attitude               ? QUOTE_ATTITUDE
	    : content_marked(d, e) ? QUOTE_MIXED
				   : QUOTE_INDIRECT);
}

static void
emit_all(struct doc *d, const struct model *m, const struct names_of *names)
{
	struct output o = { .d = d, .model = m, .names = names };
	struct quotes *q = &d->record->quotes;

	q->cap = 0;
	for (size_t i = 0; i < names->reports->n; i++)
		q->cap += names->reports->at[i].n_part; /* rarely more: several stretches in one */
	q->at = arena_raw(d->record->arena, q->cap, sizeof(*q->at));
	for (size_t i = 0; i < names->reports->n; i++) {
		o.report = &names->reports->at[i];
		if ((o.report->cls & CUE_ATT) != 0 && !m->attitudes)
			continue;
		for (uint32_t p = 0; p < o.report->n_part; p++)
			emit_part(&o, o.report->part[p]);
	}
}

static enum verdict
quote_annotate(const void *model, struct record *r, struct work *w)
{
	const struct model *m = model;
	struct doc d = { .arena = r->arena, .record = r, .text = r->text };
	const struct report_rules rules = { &m->cues, &m->patterns };
	struct reports reports = { 0 };
	struct names_of names;

	(void)w;
	d.tokens = record_tokens(r);
	d.furniture = m->furniture;
	record_own(r, LAYER_QUOTES);
	if (d.tokens->n == 0)
		return KEEP;
	marks_find(&d);
	nodes_find(&d, m->words);
	reports_find(&d, &rules, &reports);
	uncued_find(&d, &m->patterns, &reports);
	if (m->attitudes)
		reports_attitudes(&d, &rules, &reports);
	resolve_names(&d, m->resolver, &reports, &names);
	emit_all(&d, m, &names);
	record_sort(r, LAYER_QUOTES);
	return KEEP;
}

const struct filter filter_quote = {
	.name = "quote",
	.summary = "find who said what: direct, mixed and indirect quotations with their speakers",
	.example = "ntag-quote article.txt\n"
		   "ntag-entity *.txt | ntag-quote -o tsv",
	.needs = F_TEXT,
	.uses = F_ENTS | F_SENTS,
	.gives = F_QUOTES,
	.people = "quotes",
	.option = options,
	.blob = blobs,
	.open = quote_open,
	.annotate = quote_annotate,
	.close = quote_close,
};
