/* tag.h - a passage -> names with their class: score, decode, look again with what the first look found.
 *
 * The second look knows how each capitalised word was decided elsewhere in the document. A scorer fills one
 * row of weights for each token; the decoder does not know where they come from.
 */
#ifndef NTAG_ENTITY_TAG_H
#define NTAG_ENTITY_TAG_H

#include "decode.h"
#include "passage.h"

struct name {
	uint32_t first, last; /* tokens */
	uint8_t cls;          /* enum class */
	uint8_t label;        /* enum ent_label, by typing */
	uint8_t confidence;   /* hundredths, or CONFIDENCE_NONE */
	bool given;           /* by the user's gazetteer */
};

struct names_found {
	struct name *at;
	size_t n, cap;
};

/* Names of p, in order, appended to *out; sure: with their confidence. Memory from a. */
void tag(
    const struct model *m, struct passage *p, bool sure, struct names_found *out, struct arena *a);

/* Count (sign 1) or take back (-1) the decisions on the tokens of a stretch. */
void tag_count(const struct passage *p, const struct stretch *open, const uint8_t *state, int sign);

#endif
