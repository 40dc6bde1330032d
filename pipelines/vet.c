/* vet.c - layers against the text, and the record written and read again. */
#include "vet.h"

struct vetted {
	struct record *r;
	struct range last; /* of the layer at hand */
	bool first;
};

/* A place between two characters of the text. */
static bool
is_place(const struct record *r, uint32_t at)
{
	return at <= r->text.n &&
	       (at == r->text.n || ((unsigned char)r->text.p[at] & 0xC0) != 0x80);
}

static bool
is_span(const struct record *r, uint32_t start, uint32_t end)
{
	return start <= end && is_place(r, start) && is_place(r, end);
}

/* Sorted by start, then by end descending. */
static bool
follows(struct vetted *v, uint32_t start, uint32_t end)
{
	bool good =
	    is_span(v->r, start, end) &&
	    (v->first || start > v->last.start || (start == v->last.start && end <= v->last.end));

	v->first = false;
	v->last = (struct range){ start, end };
	return good;
}

static const char *
bad_layer(struct record *r)
{
	struct vetted v = { r, { 0, 0 }, true };

	for (size_t i = 0; i < r->dates.n; i++)
		if (!follows(&v, r->dates.at[i].start, r->dates.at[i].end))
			return "dates";
	v.first = true;
	for (size_t i = 0; i < r->ents.n; i++)
		if (!follows(&v, r->ents.at[i].start, r->ents.at[i].end))
			return "ents";
	v.first = true;
	for (size_t i = 0; i < r->quotes.n; i++) {
		const struct quote *q = &r->quotes.at[i];

		if (!follows(&v, q->start, q->end) ||
		    !is_span(r, q->speaker.start, q->speaker.end) ||
		    !is_span(r, q->cue.start, q->cue.end))
			return "quotes";
	}
	for (size_t i = 0; i < r->summary.n; i++)
		if (r->summary.at[i] >= record_sents(r)->n)
			return "summary";
	return NULL;
}

/* What the next program of a pipe would say of it. */
static bool
reads_back(struct record *r, struct arena *a)
{
	struct diag quiet = { .prog = "vet", .quiet = true };
	struct buf line = { 0 };
	struct record again;
	bool good;

	record_write(r, &line);
	good = record_parse(
	    &again, span_cut(buf_span(&line), 0, line.n - 1), NULL, r->where, a, &quiet);
	buf_free(&line);
	buf_free(&quiet.err);
	return good;
}

static enum verdict
annotate(const void *model, struct record *r, struct work *w)
{
	struct arena a = { 0 };
	const char *bad = r->text.p == NULL ? NULL : bad_layer(r);
	bool good = bad == NULL && reads_back(r, &a);

	arena_free(&a);
	if (good)
		return KEEP;
	diag_reject(w->diag, r->where, "record", r->json.p != NULL ? r->json : r->text,
	    "%s has given a record that is not in order%s%s", (const char *)model,
	    bad == NULL ? "" : ": ", bad == NULL ? "" : bad);
	return REJECT;
}

const struct filter filter_vet = { .name = "record", .annotate = annotate };
