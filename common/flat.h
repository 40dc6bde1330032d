/* flat.h - the annotations of a record laid flat: all their borders in order, for one walk over the text.
 *
 * Between two borders the text has one set of annotations that cover it, so every stretch is written once and
 * annotations that overlap or cross need no care. All forms that draw or mark text walk like this:
 *
 *	flat_collect(&f, r, layers);
 *	for (i = 0, at = 0; i < f.n; at = f.at[i++].at) {
 *		write [at, f.at[i].at) as cover says;
 *		flat_step(&cover, r, &f.at[i]);
 *	}
 *	write the rest;
 *
 * Memory: in the arena of the record. Time: n log n of the borders.
 */
#ifndef NTAG_FLAT_H
#define NTAG_FLAT_H

#include "record.h"

/* From the outside in: of two annotations with the same borders the later kind is the inner one. */
enum flat_kind {
	FLAT_TITLE,
	FLAT_SUMMARY,
	FLAT_QUOTE, /* a direct one with the marks around it */
	FLAT_CUE,
	FLAT_ENT,
	FLAT_DATE,
	N_FLAT
};

/* A border. At one place ends come before beginnings; outer annotations begin first and end last. */
struct flat_mark {
	uint32_t at, other; /* bytes; other: the other end of the annotation */
	uint32_t index;     /* in its layer; of a sentence in the summary: in sents */
	uint8_t kind;       /* enum flat_kind */
};

struct flat {
	struct flat_mark *at;
	size_t n, cap;
};

/* What covers the text at hand. Zero at the start of the text. */
struct flat_cover {
	unsigned open[N_FLAT]; /* how many of each kind */
	unsigned ents[N_ENT];  /* the same by label */
	unsigned label; /* of the entity that began last and is still open; look at open first */
};

/* The borders of the layers (set of 1 << enum layer) and of the title, where the text begins with it. Empty
 * annotations have none. */
void flat_collect(struct flat *f, struct record *r, unsigned layers);

static inline bool
flat_closes(const struct flat_mark *m)
{
	return m->at > m->other;
}

/* Past a border. */
void flat_step(struct flat_cover *c, const struct record *r, const struct flat_mark *m);

/* A stretch of a layer, and which of its annotations it is. */
struct flat_one {
	uint32_t start, end, index;
};

struct flat_layer {
	struct flat_one *at;
	size_t n, cap;
};

/* Dates, entities or quotations as formats want them that know no overlap: in order, of two that overlap the one
 * that begins first, of two that begin together the longer one. */
void flat_apart(struct flat_layer *f, struct record *r, enum layer which);

/* Does the text begin with the title, as that of a headed article does? */
bool flat_title(const struct record *r);

/* The value, or START/END of a range without one; absent where there is neither. */
struct span flat_date_value(const struct record *r, const struct date *d);

/* The name of an entity or a speaker: the full one, else as the text has it; empty for no speaker. */
struct span flat_ent_name(const struct record *r, const struct ent *e);
struct span flat_mention_name(const struct record *r, const struct mention *m);

/* The sentence (record_sents()) with that byte in it; SIZE_MAX where there is none. */
size_t flat_sentence(struct record *r, uint32_t at);

/* Does a blank line stand between two places of the text? */
bool flat_paragraph_between(struct span text, uint32_t from, uint32_t to);

/* Is the speaker named beside the quotation, in its paragraph, and by the full name? */
bool flat_named_nearby(const struct record *r, const struct quote *q);

#endif
