/* brat_form.c - the annotations of a record as brat keeps them beside a text (.ann, standoff format of brat 1.3).
 *
 * T lines for entities (by label), dates (DATE, TIME, DURATION, SET), quotations (QUOTE), speakers that are no entity
 * (SPEAKER) and cues (CUE); "#" lines (AnnotatorNotes) for the names, values and kinds; relation Said from the speaker to the quotation. brat
 * refuses a span over a line break: it becomes fragments, one for each line ("90 112;113 124"), blanks at their
 * ends left out. Offsets are code points. The text of an annotation is repeated: of those with more than CELL_CUT
 * bytes only so many are written as column.h says, for brat wants the whole text or none.
 */
#include "ascii.h"
#include "flat.h"
#include "forms.h"
#include "record_own.h"

struct brat {
	struct record *r;
	struct buf *out;
	size_t n_span, n_note, n_relation;
	size_t spare;
};

/* Bytes of the line end at i, 0 for none: brat reads lines as Python does, which ends them at U+0085, U+2028, U+2029, form
 * feeds and the separators U+001C to U+001E too. */
static uint32_t
line_end(struct span s, uint32_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t n = s.n - i;

	if ((*p >= '\n' && *p <= '\r') || (*p >= 0x1C && *p <= 0x1E))
		return 1;
	if (n >= 2 && p[0] == 0xC2 && p[1] == 0x85)
		return 2;
	return n >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9) ? 3 : 0;
}

/* Past blanks and line ends. */
static uint32_t
skip_blanks(struct span text, uint32_t at, uint32_t end)
{
	while (at < end) {
		uint32_t n = line_end(text, at);

		if (n == 0 && !ascii_space((unsigned char)text.p[at]))
			break;
		at += n > 0 ? n : 1;
	}
	return at < end ? at : end;
}

/* The next stretch of [at, end) within one line, without blanks at its ends; false: no more. */
static bool
fragment(const struct record *r, uint32_t *at, uint32_t end, struct range *f)
{
	uint32_t from = skip_blanks(r->text, *at, end), to = from;

	while (to < end && line_end(r->text, to) == 0)
		to++;
	*at = to;
	*f = (struct range){ from, to };
	while (f->end > f->start && ascii_space((unsigned char)r->text.p[f->end - 1]))
		f->end--;
	return f->start < f->end;
}

/* Fragments and their text, joined by blanks: brat joins them so. */
static void
put_span(struct brat *b, const char *label, struct range span)
{
	uint32_t at = span.start;
	struct range f;
	bool more = false;

	buf_fmt(b->out, "T%zu\t%s", b->n_span, label);
	while (fragment(b->r, &at, span.end, &f)) {
		buf_fmt(b->out, "%c%u %u", more ? ';' : ' ', record_shown(b->r, f.start),
		    record_shown(b->r, f.end));
		more = true;
	}
	at = span.start;
	for (char c = '\t'; fragment(b->r, &at, span.end, &f); c = ' ') {
		buf_char(b->out, c);
		buf_put(b->out, record_slice(b->r, f.start, f.end));
	}
	buf_char(b->out, '\n');
}

/* The number of its T line; 0: it has none. */
static size_t
add_span(struct brat *b, const char *label, uint32_t start, uint32_t end)
{
	uint32_t at = start;
	struct range f;

	if (start >= end || !fragment(b->r, &at, end, &f))
		return 0;
	if (end - start > CELL_CUT) {
		if (end - start > b->spare)
			return 0;
		b->spare -= end - start;
	}
	b->n_span++;
	put_span(b, label, (struct range){ start, end });
	return b->n_span;
}

/* A note holds one line. */
static void
put_line(struct buf *out, struct span s)
{
	for (uint32_t i = 0; i < s.n;) {
		uint32_t n = line_end(s, i);
		bool blank = n > 0 || ascii_space((unsigned char)s.p[i]);

		buf_char(out, blank ? ' ' : s.p[i]);
		i += n > 0 ? n : 1;
	}
}

static void
add_note(struct brat *b, size_t of, struct span note)
{
	if (of == 0 || note.n == 0)
		return;
	buf_fmt(b->out, "#%zu\tAnnotatorNotes T%zu\t", ++b->n_note, of);
	put_line(b->out, note);
	buf_char(b->out, '\n');
}

static void
add_ents(struct brat *b, size_t *number)
{
	for (size_t i = 0; i < b->r->ents.n; i++) {
		const struct ent *e = &b->r->ents.at[i];

		number[i] = add_span(b, ent_name[e->label], e->start, e->end);
		add_note(b, number[i], e->name);
	}
}

static void
add_dates(struct brat *b)
{
	for (size_t i = 0; i < b->r->dates.n; i++) {
		const struct date *d = &b->r->dates.at[i];
		size_t n = add_span(b, timex_name[d->type], d->start, d->end);

		add_note(b, n, flat_date_value(b->r, d));
	}
}

/* The T line of a speaker: that of the entity in the same place, else a new one. Entities are sorted by start in a valid
 * record; where they are not, the search finds nothing and the speaker gets a line of its own. */
static size_t
speaker_of(struct brat *b, const struct mention *m, const size_t *number)
{
	const struct ents *e = &b->r->ents;
	size_t low = 0, high = e->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (e->at[mid].start < m->start ||
		    (e->at[mid].start == m->start && e->at[mid].end > m->end))
			low = mid + 1;
		else
			high = mid;
	}
	if (number != NULL && low < e->n && e->at[low].start == m->start &&
	    e->at[low].end == m->end && number[low] > 0)
		return number[low];
	return add_span(b, "SPEAKER", m->start, m->end);
}

static bool
same_place(const struct mention *a, const struct mention *b)
{
	return a->start == b->start && a->end == b->end;
}

/* Stretches of one attribution share their speaker and their cue. */
static void
add_quotes(struct brat *b, const size_t *number)
{
	size_t speaker = 0;

	for (size_t i = 0; i < b->r->quotes.n; i++) {
		const struct quote *q = &b->r->quotes.at[i];
		size_t quote = add_span(b, "QUOTE", q->start, q->end);

		add_note(b, quote, span_c(quote_name[q->kind]));
		if (i == 0 || !same_place(&q[-1].cue, &q->cue))
			add_span(b, "CUE", q->cue.start, q->cue.end);
		if (i == 0 || !same_place(&q[-1].speaker, &q->speaker))
			speaker = speaker_of(b, &q->speaker, number);
		if (quote > 0 && speaker > 0)
			buf_fmt(b->out, "R%zu\tSaid Arg1:T%zu Arg2:T%zu\n", ++b->n_relation,
			    speaker, quote);
	}
}

static void
brat_record(struct record *r, const struct look *l, struct buf *out)
{
	struct brat b = { .r = r, .out = out };
	size_t *number = NULL;
	unsigned show;

	record_settle(r);
	b.spare = cell_spare(r);
	show = r->have & l->layers;
	if ((show & 1U << LAYER_ENTS) != 0) {
		number = ARENA_NEW(r->arena, size_t, r->ents.n);
		add_ents(&b, number);
	}
	if ((show & 1U << LAYER_DATES) != 0)
		add_dates(&b);
	if ((show & 1U << LAYER_QUOTES) != 0)
		add_quotes(&b, number);
}

const struct form brat_form = { "brat", "annotations for brat (.ann; the text: ntag-show --dir)",
	NULL, brat_record };
