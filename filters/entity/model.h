/* model.h - weights and word clusters of a trained tagger: one read-only image, mapped and never parsed.
 *
 *   header | transitions | rows of the tagger | rows of the typing | cluster index | clusters
 *
 * Each part starts at a multiple of 64 bytes. A damaged, truncated or foreign image is refused with its reason
 * (FAULTS E6). The small image that is compiled in has fewer rows and no clusters, so that one copied
 * executable works anywhere.
 */
#ifndef NTAG_ENTITY_MODEL_H
#define NTAG_ENTITY_MODEL_H

#include "diag.h"
#include "word.h"

enum {
	MODEL_VERSION = 2,
	MODEL_ALIGN = 64,
	MODEL_ORDER = 0x01020304,
	MODEL_ROW_BITS_MAX = 22,
	MODEL_CLUSTER_BITS = 16, /* of the index */
	N_CLOSED =
	    1 +
	    2 * N_CLASS, /* states that end a name or are outside; as many may begin one or be outside */
	CLOSED_LANES = (N_CLOSED + 3) / 4 * 4, /* room for them in whole vectors */
	STATES = SCORES + 1,                   /* O, then B I L U of each class */
	EDGE = STATES, /* what is before the first and behind the last token */
};

/* The classes that the tagger tells apart; typing refines them (type.h). */
enum class {
	CLASS_PER,
	CLASS_ORG,
	CLASS_LOC, /* GPE, LOC */
	CLASS_FAC,
	CLASS_NORP, /* NORP, LANGUAGE */
	CLASS_EVENT,
	CLASS_LAW,
	CLASS_THING, /* PRODUCT, WORK_OF_ART */
};
extern const char *const class_name[N_CLASS];

/* States that close a name or are outside one; states that may follow them. */
extern const uint8_t state_closed[], state_fresh[];

/* 0 is O; else 1 + 4 * class + place. */
enum place { PLACE_B, PLACE_I, PLACE_L, PLACE_U };

struct model_header {
	char magic[8]; /* "ntag-ent" */
	uint32_t version, order;
	uint64_t length;              /* of the whole image */
	uint64_t checksum;            /* model_checksum() */
	uint32_t row_bits, type_bits; /* rows: 1 << bits */
	uint32_t n_cluster;
	uint32_t scale; /* of all weights: units per nat */
};

struct cluster {
	uint16_t low; /* bits 32 to 47 of the hash; the index has the top ones */
	uint16_t id[WORD_CLUSTERS];
	uint8_t code[WORD_CODES];
};

/* Weights of one feature against O. */
struct row {
	int8_t w[SCORES];
};

/* Weight of state [b] behind [a]. */
struct moves {
	int16_t w[STATES + 1][STATES + 1];
};

struct model {
	const struct row *row;
	uint32_t row_mask;
	const struct row *type;
	uint32_t type_mask;
	const struct moves *move;
	int32_t fresh[N_CLOSED]
		     [CLOSED_LANES]; /* moves from closed states to fresh ones: decode.c */
	int32_t fresh_most[N_CLOSED], fresh_least[N_CLOSED]; /* of each row of fresh */
	uint32_t scale;
	const uint32_t *cluster_index;
	const struct cluster *cluster; /* NULL: none */
	uint32_t n_cluster;
	void *map; /* to be given back; NULL: compiled in */
	size_t map_len;
};

/* Set up m over an image of n bytes (aligned to MODEL_ALIGN); NULL, or what is wrong with it. */
const char *model_read(struct model *m, const void *image, size_t n);

/* Set up move and fresh of m. */
void model_moves(struct model *m, const struct moves *move);

/* Of a whole image of n bytes: XXH3 of what is behind the header, seeded with that of the header whose checksum is 0. */
uint64_t model_checksum(const void *image, size_t n);

/* Bytes of an image with these parts; at[] receives the offset of each. */
enum part { PART_MOVES, PART_ROWS, PART_TYPES, PART_INDEX, PART_CLUSTERS, N_PART };
size_t model_layout(const struct model_header *h, size_t at[N_PART]);

/* Open the model at path; "builtin" is the one compiled in. NULL: look for entity.model in $NTAG_DATA, beside the
 * executable and in the install prefix, else take the one compiled in, and say so. False: said on d. */
bool model_open(struct model *m, const char *path, struct diag *d);
void model_close(struct model *m);

/* The line of --version about the model that would be used: name and checksum. */
void model_version(const char *path, struct buf *out);

/* Fill in the clusters of a word. */
void model_word(const struct model *m, struct word *w);

/* Position of a word in the cluster index, and the bits its entry must have. */
static inline uint32_t
cluster_slot(uint64_t lower)
{
	return (uint32_t)(lower >> (64 - MODEL_CLUSTER_BITS));
}

static inline uint16_t
cluster_low(uint64_t lower)
{
	return (uint16_t)(lower >> 32);
}

#endif
