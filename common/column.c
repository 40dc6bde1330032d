/* column.c - columns by name: one table of what rows can tell. */
#include "column.h"

#include <stdio.h>

#include "ascii.h"
#include "flat.h"
#include "json.h"
#include "utf8.h"

enum { COLUMN_MAX = 64 };

const char *const rows_name[N_ROWS] = { "found", "docs", "sents", "dates", "ents", "quotes" };

/* --- cells --- */

struct span
cell_cut(struct span s, size_t *spare, struct arena *a)
{
	size_t cut = CELL_CUT;

	if (s.n <= CELL_CUT)
		return s;
	if (s.n <= *spare) {
		*spare -= s.n;
		return s;
	}
	while (cut > 0 && ((unsigned char)s.p[cut] & 0xC0) == 0x80)
		cut--;
	return arena_fmt(a, "%.*s\xE2\x80\xA6", (int)cut, s.p);
}

/* --- numbers --- */

static struct span
number(const struct row *w, uint64_t v)
{
	char *p = ARENA_NEW(w->r->arena, char, 20), *end = p + 20, *at = end;

	do {
		*--at = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	return (struct span){ at, (size_t)(end - at) };
}

static struct span
hundredths(const struct row *w, uint8_t v)
{
	if (v == CONFIDENCE_NONE)
		return SPAN("");
	return arena_fmt(w->r->arena, "%u.%02u", v / 100U, v % 100U);
}

/* --- of the record --- */

static struct span
get_source(const struct row *w)
{
	return w->r->source;
}

static struct span
get_line(const struct row *w)
{
	return w->r->line > 0 ? number(w, w->r->line) : SPAN("");
}

static struct span
get_id(const struct row *w)
{
	return w->r->id;
}

static struct span
get_date(const struct row *w)
{
	return w->r->date;
}

static struct span
get_title(const struct row *w)
{
	return w->r->title;
}

static struct span
get_n_sents(const struct row *w)
{
	return number(w, w->r->sents.n);
}

static struct span
get_n_dates(const struct row *w)
{
	return number(w, w->r->dates.n);
}

static struct span
get_n_ents(const struct row *w)
{
	return number(w, w->r->ents.n);
}

static struct span
get_n_quotes(const struct row *w)
{
	return number(w, w->r->quotes.n);
}

/* The sentences of the summary, one after another; a list that names them over and over is none. */
static struct span
get_summary(const struct row *w)
{
	struct record *r = w->r;
	size_t n = 0;
	char *p;

	for (size_t i = 0; i < r->summary.n; i++)
		if (r->summary.at[i] < r->sents.n)
			n += r->sents.at[r->summary.at[i]].end -
			     r->sents.at[r->summary.at[i]].start + 1;
	if (n > cell_spare(r))
		return SPAN("\xE2\x80\xA6");
	p = ARENA_NEW(r->arena, char, n + 1);
	n = 0;
	for (size_t i = 0; i < r->summary.n; i++) {
		if (r->summary.at[i] >= r->sents.n)
			continue;
		const struct range *s = &r->sents.at[r->summary.at[i]];

		if (n > 0)
			p[n++] = ' ';
		memcpy(p + n, r->text.p + s->start, s->end - s->start);
		n += s->end - s->start;
	}
	return (struct span){ p, n };
}

/* --- of any annotation --- */

static struct span
slice(const struct row *w, uint32_t start, uint32_t end)
{
	return start < end ? record_slice(w->r, start, end) : SPAN("");
}

static struct span
get_start(const struct row *w)
{
	return number(w, record_shown(w->r, w->start));
}

static struct span
get_end(const struct row *w)
{
	return number(w, record_shown(w->r, w->end));
}

static struct span
get_layer(const struct row *w)
{
	return span_c(layer_name[w->layer]);
}

static struct span
get_n(const struct row *w)
{
	return number(w, w->i);
}

static struct span
get_text(const struct row *w)
{
	if (w->doc)
		return w->r->text;
	return slice(w, w->start, w->end);
}

static struct span
get_label(const struct row *w)
{
	switch (w->layer) {
	case LAYER_DATES:
		return span_c(timex_name[w->r->dates.at[w->i].type]);
	case LAYER_ENTS:
		return span_c(ent_name[w->r->ents.at[w->i].label]);
	case LAYER_QUOTES:
		return span_c(quote_name[w->r->quotes.at[w->i].kind]);
	default:
		return SPAN("");
	}
}

static struct span
mention_text(const struct row *w, const struct mention *m)
{
	return slice(w, m->start, m->end);
}

static struct span
mention_name(const struct row *w, const struct mention *m)
{
	return m->name.p != NULL ? m->name : mention_text(w, m);
}

static struct span
get_value(const struct row *w)
{
	const struct indexes *sum = &w->r->summary;

	switch (w->layer) {
	case LAYER_DATES:
		return flat_date_value(w->r, &w->r->dates.at[w->i]);
	case LAYER_QUOTES:
		return mention_text(w, &w->r->quotes.at[w->i].cue);
	case LAYER_SUMMARY:
		if (sum->at[w->i] < sum->n_score)
			return arena_fmt(w->r->arena, "%.4f", sum->score[sum->at[w->i]]);
		return SPAN("");
	default:
		return SPAN("");
	}
}

static struct span
get_name(const struct row *w)
{
	if (w->layer == LAYER_QUOTES)
		return mention_name(w, &w->r->quotes.at[w->i].speaker);
	if (w->layer != LAYER_ENTS)
		return SPAN("");
	if (w->r->ents.at[w->i].name.p != NULL)
		return w->r->ents.at[w->i].name;
	return slice(w, w->start, w->end);
}

static struct span
get_why(const struct row *w)
{
	switch (w->layer) {
	case LAYER_DATES:
		return w->r->dates.at[w->i].why;
	case LAYER_ENTS:
		return w->r->ents.at[w->i].why;
	case LAYER_QUOTES:
		return w->r->quotes.at[w->i].why;
	default:
		return SPAN("");
	}
}

static struct span
get_confidence(const struct row *w)
{
	return hundredths(w, w->layer == LAYER_ENTS ? w->r->ents.at[w->i].confidence
						    : w->r->quotes.at[w->i].confidence);
}

/* The sentence in which it begins. */
static struct span
get_sentence(const struct row *w)
{
	size_t i = flat_sentence(w->r, w->start);

	if (i == SIZE_MAX)
		return SPAN("");
	return slice(w, w->r->sents.at[i].start, w->r->sents.at[i].end);
}

/* --- of dates --- */

static struct span
get_mod(const struct row *w)
{
	return w->r->dates.at[w->i].mod;
}

static struct span
get_freq(const struct row *w)
{
	return w->r->dates.at[w->i].freq;
}

static struct span
get_quant(const struct row *w)
{
	return w->r->dates.at[w->i].quant;
}

static struct span
get_range_start(const struct row *w)
{
	return w->r->dates.at[w->i].range_start;
}

static struct span
get_range_end(const struct row *w)
{
	return w->r->dates.at[w->i].range_end;
}

/* --- of quotations --- */

static const struct quote *
quote_of(const struct row *w)
{
	return &w->r->quotes.at[w->i];
}

static struct span
get_group(const struct row *w)
{
	return quote_of(w)->group > 0 ? number(w, quote_of(w)->group) : SPAN("");
}

static struct span
get_speaker_text(const struct row *w)
{
	return mention_text(w, &quote_of(w)->speaker);
}

static struct span
place(const struct row *w, const struct mention *m, uint32_t at)
{
	return m->start < m->end ? number(w, record_shown(w->r, at)) : SPAN("");
}

static struct span
get_speaker_start(const struct row *w)
{
	return place(w, &quote_of(w)->speaker, quote_of(w)->speaker.start);
}

static struct span
get_speaker_end(const struct row *w)
{
	return place(w, &quote_of(w)->speaker, quote_of(w)->speaker.end);
}

static struct span
get_cue_start(const struct row *w)
{
	return place(w, &quote_of(w)->cue, quote_of(w)->cue.start);
}

static struct span
get_cue_end(const struct row *w)
{
	return place(w, &quote_of(w)->cue, quote_of(w)->cue.end);
}

/* --- names --- */

enum {
	F = 1 << ROWS_FOUND,
	D = 1 << ROWS_DOCS,
	S = 1 << ROWS_SENTS,
	T = 1 << ROWS_DATES,
	E = 1 << ROWS_ENTS,
	Q = 1 << ROWS_QUOTES,
	ANY = F | S | T | E | Q, /* annotations */
};

/* Which rows have them. */
static const struct known {
	const char *name;
	unsigned rows;
	struct span (*get)(const struct row *w);
} known[] = {
	{ "source", ANY | D, get_source },
	{ "line", ANY | D, get_line },
	{ "id", ANY | D, get_id },
	{ "date", ANY | D, get_date },
	{ "title", ANY | D, get_title },
	{ "text", ANY | D, get_text },
	{ "start", ANY, get_start },
	{ "end", ANY, get_end },
	{ "layer", ANY, get_layer },
	{ "n", ANY, get_n },
	{ "sentence", F | T | E | Q, get_sentence },
	{ "label", F | E, get_label },
	{ "type", T, get_label },
	{ "kind", Q, get_label },
	{ "value", F | T, get_value },
	{ "name", F | E, get_name },
	{ "why", F | T | E | Q, get_why },
	{ "confidence", E | Q, get_confidence },
	{ "mod", T, get_mod },
	{ "freq", T, get_freq },
	{ "quant", T, get_quant },
	{ "range.start", T, get_range_start },
	{ "range.end", T, get_range_end },
	{ "group", Q, get_group },
	{ "speaker", Q, get_name },
	{ "speaker.name", Q, get_name },
	{ "speaker.text", Q, get_speaker_text },
	{ "speaker.start", Q, get_speaker_start },
	{ "speaker.end", Q, get_speaker_end },
	{ "cue", Q, get_value },
	{ "cue.text", Q, get_value },
	{ "cue.start", Q, get_cue_start },
	{ "cue.end", Q, get_cue_end },
	{ "sents", D, get_n_sents },
	{ "dates", D, get_n_dates },
	{ "ents", D, get_n_ents },
	{ "quotes", D, get_n_quotes },
	{ "summary", D, get_summary },
};

enum { N_KNOWN = sizeof(known) / sizeof(known[0]) };

static const struct known *
known_find(struct span name)
{
	for (size_t i = 0; i < N_KNOWN; i++)
		if (span_is(name, known[i].name))
			return &known[i];
	return NULL;
}

static struct span
trimmed(const char *p, size_t n)
{
	while (n > 0 && ascii_space((unsigned char)*p)) {
		p++;
		n--;
	}
	while (n > 0 && ascii_space((unsigned char)p[n - 1]))
		n--;
	return (struct span){ p, n };
}

static bool
set_column(struct column *c, enum rows rows, struct span name, char what[256])
{
	const struct known *k = known_find(name);

	*c = (struct column){ name, NULL };
	if (name.n == 0) {
		snprintf(what, 256, "an empty name of a column");
		return false;
	}
	if (k == NULL)
		return true;
	if ((k->rows & 1U << rows) == 0) {
		snprintf(what, 256, "rows of %s have no column \"%s\"",
		    rows == ROWS_FOUND ? "all annotations" : rows_name[rows], k->name);
		return false;
	}
	c->get = k->get;
	return true;
}

bool
columns_parse(struct columns *c, enum rows rows, const char *list, struct arena *a, char what[256])
{
	struct column *at = ARENA_NEW(a, struct column, COLUMN_MAX);

	*c = (struct columns){ at, 0 };
	for (;;) {
		size_t n = strcspn(list, ",");

		if (c->n == COLUMN_MAX) {
			snprintf(what, 256, "more than %d columns", COLUMN_MAX);
			return false;
		}
		if (!set_column(&at[c->n++], rows, trimmed(list, n), what))
			return false;
		if (list[n] == '\0')
			return true;
		list += n + 1;
	}
}

#define COLUMN(name, get) \
	{ \
		{ (name), sizeof(name) - 1 }, (get) \
	}

struct columns
columns_default(enum rows rows)
{
	static const struct column docs[] = { COLUMN("source", get_source),
		COLUMN("line", get_line), COLUMN("id", get_id), COLUMN("date", get_date),
		COLUMN("title", get_title), COLUMN("sents", get_n_sents),
		COLUMN("dates", get_n_dates), COLUMN("ents", get_n_ents),
		COLUMN("quotes", get_n_quotes) };
	/* Single layers have the columns of all: their tables can be joined. */
	static const struct column found[] = { COLUMN("source", get_source),
		COLUMN("line", get_line), COLUMN("id", get_id), COLUMN("date", get_date),
		COLUMN("start", get_start), COLUMN("end", get_end), COLUMN("layer", get_layer),
		COLUMN("label", get_label), COLUMN("text", get_text), COLUMN("value", get_value),
		COLUMN("name", get_name) };

	if (rows == ROWS_DOCS)
		return (struct columns){ docs, sizeof(docs) / sizeof(docs[0]) };
	return (struct columns){ found, sizeof(found) / sizeof(found[0]) };
}

/* --- members of the record --- */

static struct span
text_of(struct span raw, struct arena *a)
{
	if (raw.p == NULL || json_type(raw) == JSON_NULL)
		return SPAN("");
	if (json_type(raw) == JSON_STRING)
		return json_unescape(span_cut(raw, 1, raw.n - 1), a, NULL);
	return raw;
}

/* The member of an object; absent when it is none or has none. */
static struct span
inside(struct span raw, struct span name, struct arena *a)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span key, value, found = { NULL, 0 };

	if (json_type(raw) != JSON_OBJECT)
		return found;
	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		if (!json_key(&j, &key) || !json_value(&j, &value))
			return found;
		if (span_eq(json_unescape(key, a, NULL), name))
			found = value;
	}
	return found;
}

static struct span
raw_member(const struct members *m, struct span name)
{
	for (size_t i = 0; i < m->n; i++)
		if (span_eq(m->at[i].key, name))
			return m->at[i].fresh.p != NULL ? m->at[i].fresh : m->at[i].raw;
	return (struct span){ NULL, 0 };
}

struct span
column_member(const struct column *c, struct record *r)
{
	struct span path = c->name, raw;
	const char *dot = memchr(path.p, '.', path.n);
	size_t n = dot == NULL ? path.n : (size_t)(dot - path.p);

	raw = raw_member(&r->extra, span_cut(path, 0, n));
	if (raw.p == NULL)
		raw = raw_member(&r->member, span_cut(path, 0, n));
	while (raw.p != NULL && n < path.n) {
		path = span_cut(path, n + 1, path.n);
		dot = path.n == 0 ? NULL : memchr(path.p, '.', path.n);
		n = dot == NULL ? path.n : (size_t)(dot - path.p);
		raw = inside(raw, span_cut(path, 0, n), r->arena);
	}
	return text_of(raw, r->arena);
}
