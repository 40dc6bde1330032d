/* quote_form.c - who said what: a list for people. The speaker with the date, then the words, wrapped.
 *
 * Stretches of one attribution follow each other under one name. A quotation is the text repeated: it is cut as cells
 * of tables are (column.h).
 */
#include "flat.h"
#include "forms.h"
#include "page.h"
#include "record_own.h"

enum { MARGIN = 4, WIDTH_MIN = 20 };

static void
put_speaker(struct page *p, struct record *r, const struct quote *q)
{
	struct span who = flat_mention_name(r, &q->speaker);
	size_t none = 0;

	p->gutter = NULL;
	page_gap(p, GAP_BREAK);
	p->style = STYLE_BOLD;
	page_text(p, who.n > 0 ? cell_cut(who, &none, r->arena) : SPAN("(unknown)"));
	p->style = STYLE_DIM;
	page_gap(p, GAP_BLANK);
	page_text(p, r->date);
	page_gap(p, GAP_BLANK);
	page_text(p, span_c(quote_name[q->kind]));
	if (r->source.n > 0) {
		page_gap(p, GAP_BLANK);
		page_text(p, cell_cut(r->source, &none, r->arena));
	}
	p->style = 0;
	page_gap(p, GAP_BREAK);
}

static void
quotes_record(struct record *r, const struct look *l, struct buf *out)
{
	unsigned width = l->width == 0          ? 0
			 : l->width > WIDTH_MIN ? l->width - MARGIN
						: WIDTH_MIN - MARGIN;
	size_t spare = cell_spare(r);
	struct page p;

	record_settle(r);
	page_open(&p, out, width, l->color);
	p.join = true;
	for (size_t i = 0; i < r->quotes.n; i++) {
		const struct quote *q = &r->quotes.at[i];

		if (q->start >= q->end)
			continue;
		if (i == 0 || q->group == 0 || q->group != q[-1].group)
			put_speaker(&p, r, q);
		p.gutter = "    ";
		page_gap(&p, GAP_BREAK);
		page_text(&p, cell_cut(record_slice(r, q->start, q->end), &spare, r->arena));
		page_gap(&p, GAP_BREAK);
	}
	page_close(&p);
}

const struct form quote_form = { "quotes", "who said what, for people", NULL, quotes_record };
