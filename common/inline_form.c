/* inline_form.c - the text with all annotations as XML elements in it: one <doc> a record, for reading and for sed.
 *
 * PERSON, GPE, ... with name; DATE, TIME, DURATION, SET with value; QUOTE with kind and speaker; CUE; S, a sentence of the
 * summary. XML cannot cross: where annotations do, the inner one is closed and opened again with part="more". Of
 * more than DEEP that cover one place the last are left out, so the output stays linear in the input.
 */
#include "flat.h"
#include "forms.h"
#include "record_own.h"
#include "xml.h"

enum { DEEP = 16 };

struct inliner {
	struct record *r;
	struct buf *out;
	struct flat_mark open[DEEP]; /* beginnings, outermost first */
	size_t n_open;
};

static const char *
name_of(const struct inliner *in, const struct flat_mark *m)
{
	switch ((enum flat_kind)m->kind) {
	case FLAT_ENT:
		return ent_name[in->r->ents.at[m->index].label];
	case FLAT_DATE:
		return timex_name[in->r->dates.at[m->index].type];
	case FLAT_QUOTE:
		return "QUOTE";
	case FLAT_CUE:
		return "CUE";
	case FLAT_SUMMARY:
		return "S";
	default:
		return "TITLE";
	}
}

static void
put_date(const struct inliner *in, const struct date *d)
{
	xml_attribute(in->out, "value", flat_date_value(in->r, d));
	xml_attribute(in->out, "mod", d->mod);
	xml_attribute(in->out, "freq", d->freq);
	xml_attribute(in->out, "quant", d->quant);
}

/* The name of a speaker is repeated from the text: a long one is cut. */
static void
put_quote(const struct inliner *in, const struct quote *q)
{
	struct span who = flat_mention_name(in->r, &q->speaker);
	size_t none = 0;

	xml_attribute(in->out, "kind", span_c(quote_name[q->kind]));
	xml_attribute(in->out, "speaker",
	    q->speaker.name.p != NULL ? who : cell_cut(who, &none, in->r->arena));
}

static void
put_begin(const struct inliner *in, const struct flat_mark *m, bool more)
{
	buf_fmt(in->out, "<%s", name_of(in, m));
	if (more)
		buf_str(in->out, " part=\"more\"");
	else if (m->kind == FLAT_ENT)
		xml_attribute(in->out, "name", in->r->ents.at[m->index].name);
	else if (m->kind == FLAT_DATE)
		put_date(in, &in->r->dates.at[m->index]);
	else if (m->kind == FLAT_QUOTE)
		put_quote(in, &in->r->quotes.at[m->index]);
	buf_char(in->out, '>');
}

static void
put_end(const struct inliner *in, const struct flat_mark *m)
{
	buf_fmt(in->out, "</%s>", name_of(in, m));
}

/* Close those inside it, it, and open the others again. */
static void
end(struct inliner *in, const struct flat_mark *m)
{
	size_t i = 0;

	while (i < in->n_open && (in->open[i].kind != m->kind || in->open[i].index != m->index))
		i++;
	if (i == in->n_open)
		return; /* left out */
	for (size_t k = in->n_open; k > i; k--)
		put_end(in, &in->open[k - 1]);
	in->n_open--;
	for (; i < in->n_open; i++) {
		in->open[i] = in->open[i + 1];
		put_begin(in, &in->open[i], true);
	}
}

static void
put_text(struct inliner *in, unsigned layers)
{
	struct flat f;
	uint32_t at = 0;

	flat_collect(&f, in->r, layers);
	for (size_t i = 0; i < f.n; i++) {
		const struct flat_mark *m = &f.at[i];

		xml_put(in->out, record_slice(in->r, at, m->at), 0);
		at = m->at;
		if (flat_closes(m)) {
			end(in, m);
		} else if (in->n_open < DEEP) {
			put_begin(in, m, false);
			in->open[in->n_open++] = *m;
		}
	}
	if (in->r->text.n > 0)
		xml_put(in->out, record_slice(in->r, at, (uint32_t)in->r->text.n), 0);
}

static void
inline_record(struct record *r, const struct look *l, struct buf *out)
{
	struct inliner in = { .r = r, .out = out };

	record_settle(r);
	buf_str(out, "<doc");
	xml_attribute(out, "id", r->id);
	xml_attribute(out, "source", r->source);
	xml_attribute(out, "date", r->date);
	xml_attribute(out, "title", r->title);
	buf_char(out, '>');
	put_text(&in, r->have & l->layers);
	buf_str(out, "</doc>\n");
}

const struct form inline_form = { "inline", "text with annotations as XML elements in it", NULL,
	inline_record };
