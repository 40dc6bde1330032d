/* conll_form.c - forms of tokens: CoNLL columns with BIO labels, and the Doc of spaCy.
 *
 * conll: a token a line: token, label, start, end, separated by tabs; label is B- or I- with the OntoNotes label, or O;
 * start and end are code points of the text, so that rows can be joined back. A blank line ends a
 * sentence; a line "# id = ..." begins a record. Entities never overlap here (flat.h: the first holds); a token that an
 * entity covers in part belongs to it.
 * spacy: what spaCy's Doc.from_json() takes, one object a line: text, ents, tokens. As spaCy has it, white space that
 * is more than one blank behind a token is a token of its own, and no entity ends inside one.
 */
#include "ascii.h"
#include "flat.h"
#include "forms.h"
#include "json.h"
#include "record_own.h"
#include "visible.h"

static enum layer
layer_of(const struct record *r, const struct look *l)
{
	static const enum layer by_rows[N_ROWS] = {
		[ROWS_DATES] = LAYER_DATES, [ROWS_ENTS] = LAYER_ENTS, [ROWS_QUOTES] = LAYER_QUOTES
	};
	unsigned show = r->have & l->layers;

	if (l->rows >= ROWS_DATES)
		return by_rows[l->rows];
	if ((show & 1U << LAYER_ENTS) != 0)
		return LAYER_ENTS;
	if ((show & 1U << LAYER_DATES) != 0)
		return LAYER_DATES;
	return (show & 1U << LAYER_QUOTES) != 0 ? LAYER_QUOTES : LAYER_ENTS;
}

static const char *
label_of(const struct record *r, enum layer which, uint32_t i)
{
	if (which == LAYER_DATES)
		return timex_name[r->dates.at[i].type];
	if (which == LAYER_QUOTES)
		return "QUOTE";
	return ent_name[r->ents.at[i].label];
}

/* --- conll --- */

struct conll {
	struct record *r;
	struct buf *out;
	enum layer layer;
	struct flat_layer ones;
	size_t one;  /* the annotation at hand or to come */
	bool inside; /* it has begun */
};

static void
put_label(struct conll *c, const struct token *t)
{
	while (c->one < c->ones.n && c->ones.at[c->one].end <= t->start) {
		c->one++;
		c->inside = false;
	}
	if (c->one == c->ones.n || c->ones.at[c->one].start >= t->start + t->len) {
		buf_char(c->out, 'O');
		return;
	}
	buf_str(c->out, c->inside ? "I-" : "B-");
	buf_str(c->out, label_of(c->r, c->layer, c->ones.at[c->one].index));
	c->inside = true;
}

static void
put_number(struct buf *out, char before, uint32_t v)
{
	buf_char(out, before);
	buf_uint(out, v);
}

static void
put_token(struct conll *c, const struct token *t)
{
	buf_put(c->out, token_span(c->r->text, t));
	buf_char(c->out, '\t');
	put_label(c, t);
	put_number(c->out, '\t', record_shown(c->r, t->start));
	put_number(c->out, '\t', record_shown(c->r, t->start + t->len));
	buf_char(c->out, '\n');
}

static void
put_comment(struct buf *out, const char *name, struct span value)
{
	buf_fmt(out, "# %s = ", name);
	for (size_t i = 0; i < value.n; i++)
		buf_char(out, ascii_space((unsigned char)value.p[i]) ? ' ' : value.p[i]);
	buf_char(out, '\n');
}

static void
put_tokens(struct conll *c)
{
	const struct ranges *sents = record_sents(c->r);
	const struct tokens *tokens = record_tokens(c->r);
	size_t sent = 0;

	for (size_t i = 0; i < tokens->n; i++) {
		const struct token *t = &tokens->at[i];
		bool ends = false;

		for (; sent < sents->n && sents->at[sent].end <= t->start; sent++)
			ends = true;
		if (ends && i > 0)
			buf_char(c->out, '\n');
		put_token(c, t);
	}
	if (tokens->n > 0)
		buf_char(c->out, '\n');
}

static void
conll_record(struct record *r, const struct look *l, struct buf *out)
{
	struct conll c = { .r = r };
	struct buf line = { 0 };

	record_settle(r);
	c.layer = layer_of(r, l);
	c.out = l->terminal ? &line : out;
	flat_apart(&c.ones, r, c.layer);
	put_comment(c.out, "id", r->id);
	if (r->date.n > 0)
		put_comment(c.out, "date", r->date);
	if (r->text.p != NULL)
		put_tokens(&c);
	if (l->terminal)
		visible_put(out, buf_span(&line), true);
	buf_free(&line);
}

/* --- JSON for displaCy and spaCy --- */

static void
put_span(struct buf *out, const char *before, uint32_t start, uint32_t end)
{
	buf_str(out, before);
	buf_str(out, "{\"start\":");
	buf_uint(out, start);
	buf_str(out, ",\"end\":");
	buf_uint(out, end);
}

static void
put_ents(struct record *r, enum layer which, const struct flat_layer *ones, struct buf *out)
{
	buf_str(out, ",\"ents\":[");
	for (size_t i = 0; i < ones->n; i++) {
		put_span(out, i > 0 ? "," : "", record_shown(r, ones->at[i].start),
		    record_shown(r, ones->at[i].end));
		buf_fmt(out, ",\"label\":\"%s\"}", label_of(r, which, ones->at[i].index));
	}
	buf_char(out, ']');
}

/* Without blanks at their ends; what is nothing but blanks goes. */
static void
trim(const struct record *r, struct flat_layer *ones)
{
	size_t n = 0;

	for (size_t i = 0; i < ones->n; i++) {
		struct flat_one one = ones->at[i];

		while (one.start < one.end && ascii_space((unsigned char)r->text.p[one.start]))
			one.start++;
		while (one.end > one.start && ascii_space((unsigned char)r->text.p[one.end - 1]))
			one.end--;
		if (one.start < one.end)
			ones->at[n++] = one;
	}
	ones->n = n;
}

/* The object up to its entities; further members may follow. */
static void
put_head(struct record *r, const struct look *l, struct flat_layer *ones, struct buf *out)
{
	enum layer which = layer_of(r, l);

	flat_apart(ones, r, which);
	trim(r, ones);
	buf_str(out, "{\"text\":");
	json_put(out, r->text.p != NULL ? r->text : SPAN(""));
	put_ents(r, which, ones, out);
}

/* On a terminal no character may command it: the same values in other spelling. */
static void
put_line(const struct look *l, struct buf *line, struct buf *out)
{
	if (l->terminal)
		visible_put_json(out, buf_span(line));
	else
		buf_put(out, buf_span(line));
	buf_char(out, '\n');
	buf_free(line);
}

static void
displacy_record(struct record *r, const struct look *l, struct buf *out)
{
	struct flat_layer ones;
	struct buf line = { 0 };

	record_settle(r);
	put_head(r, l, &ones, &line);
	buf_str(&line, ",\"title\":");
	if (r->title.n > 0 && !flat_title(r))
		json_put(&line, r->title);
	else
		buf_str(&line, "null");
	buf_char(&line, '}');
	put_line(l, &line, out);
}

/* --- tokens as spaCy has them --- */

struct spacy {
	struct record *r;
	struct buf *out;
	const struct flat_layer *ones;
	size_t one; /* the entity at hand or to come */
	size_t n;   /* tokens so far */
};

static void
put_piece(struct spacy *s, uint32_t start, uint32_t end)
{
	buf_fmt(s->out, "%s{\"id\":%zu", s->n > 0 ? "," : "", s->n);
	s->n++;
	buf_fmt(s->out, ",\"start\":%u,\"end\":%u}", record_shown(s->r, start),
	    record_shown(s->r, end));
}

/* [start, end) cut at the borders of entities. */
static void
put_pieces(struct spacy *s, uint32_t start, uint32_t end)
{
	while (start < end) {
		uint32_t to = end;

		while (s->one < s->ones->n && s->ones->at[s->one].end <= start)
			s->one++;
		if (s->one < s->ones->n) {
			const struct flat_one *e = &s->ones->at[s->one];
			uint32_t border = e->start > start ? e->start : e->end;

			to = border < end ? border : end;
		}
		put_piece(s, start, to);
		start = to;
	}
}

/* White space between tokens: the first blank belongs to the token before. */
static void
put_space(struct spacy *s, uint32_t start, uint32_t end)
{
	if (s->n > 0 && start < end && s->r->text.p[start] == ' ')
		start++;
	put_pieces(s, start, end);
}

static void
put_pieces_of_text(struct spacy *s)
{
	const struct tokens *tokens = record_tokens(s->r);
	uint32_t at = 0;

	for (size_t i = 0; i < tokens->n; i++) {
		const struct token *t = &tokens->at[i];

		put_space(s, at, t->start);
		at = t->start + t->len;
		put_pieces(s, t->start, at);
	}
	put_space(s, at, (uint32_t)s->r->text.n);
}

static void
spacy_record(struct record *r, const struct look *l, struct buf *out)
{
	struct flat_layer ones;
	struct buf line = { 0 };
	struct spacy s = { .r = r, .out = &line, .ones = &ones };

	record_settle(r);
	put_head(r, l, &ones, &line);
	buf_str(&line, ",\"tokens\":[");
	if (r->text.p != NULL)
		put_pieces_of_text(&s);
	buf_str(&line, "]}");
	put_line(l, &line, out);
}

const struct form conll_form = { "conll", "a token a line with BIO label and offsets", NULL,
	conll_record };
const struct form conll_form_displacy = { "displacy", "JSON that displaCy draws (manual=True)",
	NULL, displacy_record };
const struct form conll_form_spacy = { "spacy", "JSON that Doc.from_json() of spaCy takes", NULL,
	spacy_record };
