/* pattern.h - data/patterns.tsv: given how a cue stands in its sentence, which words it reports.
 *
 * Each cue is described by its order, its class and what stands on either side of the reporting clause; the first row
 * that fits decides. A new construction is a new row.
 */
#ifndef NTAG_QUOTE_PATTERN_H
#define NTAG_QUOTE_PATTERN_H

#include "quote/cues.h"

enum order {
	ORDER_SV = 1,  /* he said */
	ORDER_VS = 2,  /* said Ana Ruiz */
	ORDER_ING = 4, /* he left, saying; he left and said */
	ORDER_PASSIVE = 8,
	ORDER_NOUN = 16,
	ORDER_ACC = 32,
	ORDER_INF = 64,
	ORDER_UNCUED = 128, /* a stretch without a cue (uncued.h) */
	N_ORDER = 8,
};

/* What stands before the reporting clause. */
enum left {
	LEFT_START = 1,  /* nothing of the sentence but conjunctions and adverbs */
	LEFT_QUOTE = 2,  /* a stretch with its comma, question or exclamation mark */
	LEFT_SOFT = 4,   /* the same, in what looks like the sentence before */
	LEFT_CLAUSE = 8, /* a finite clause and a comma */
	LEFT_FRAG = 16,  /* part of a clause and a comma */
	LEFT_MID = 32,   /* anything else */
	LEFT_AS = 128,   /* the sentence begins with as: "As she put it, " */
	LEFT_REL = 64,   /* which, what: "which critics say" */
};

/* What stands behind the cue, its addressee, time and place. */
enum right {
	RIGHT_END = 1,     /* the sentence's end */
	RIGHT_QUOTE = 2,   /* a stretch, also behind a comma or colon */
	RIGHT_PARA = 4,    /* a colon that ends the paragraph; the next one opens with a stretch */
	RIGHT_COLON = 8,   /* a colon and an unmarked clause */
	RIGHT_DASH = 4096, /* a dash, or a colon and anything else */
	RIGHT_THAT = 16,
	RIGHT_WH = 32, /* whether, if, how, ... */
	RIGHT_TO = 64, /* to-infinitive */
	RIGHT_AS = 128,
	RIGHT_CLAUSE = 256, /* a finite clause */
	RIGHT_LOOSE = 512,  /* words without a finite verb */
	RIGHT_VERB = 2048,  /* a finite verb: "which she said | was wrong" */
	RIGHT_BARE = 8192,  /* with RIGHT_LOOSE: a word in -s could be its verb */
	RIGHT_COMMA = 1024, /* a comma and no stretch */
};

/* What is reported. */
enum take {
	TAKE_LEFT = 1,     /* the words to the left */
	TAKE_RIGHT = 2,    /* the words to the right */
	TAKE_PARA = 4,     /* the stretches that the next paragraphs open with */
	TAKE_STRETCH = 64, /* the one stretch to the right */
	TAKE_OBJECT = 8,   /* to the right, up to the end of the verb's objects */
	TAKE_REL = 32,     /* the relative pronoun to the left */
	TAKE_CLAUSE = 16,  /* to the right, up to the verb that the whole is subject of */
};

enum needs {
	NEEDS_MARKS = 1, /* part of what is reported is in marks */
	NEEDS_SPEAKER = 2,
	NEEDS_LOWER = 8,      /* the stretch to the right begins in mid-sentence */
	NEEDS_LEFT_MARKS = 4, /* a part to the left is in marks */
};

struct pattern {
	struct span id;
	uint32_t order, cls, left, right; /* sets */
	uint32_t take, needs;
	uint8_t confidence; /* hundredths; calibrated on dev data */
};

/* Rows of one order, in order. */
struct pattern_list {
	uint16_t *at;
	size_t n;
};

struct patterns {
	struct pattern *at;
	size_t n;
	struct pattern_list *of_order; /* by the number of the bit */
};

/* How one cue stands. */
struct setting {
	uint32_t order; /* one of enum order */
	uint32_t cls, left, right;
	bool speaker;    /* there is one */
	bool marks;      /* a stretch stands to the right in the sentence */
	bool left_marks; /* and to the left */
	bool lower;      /* behind a comma, a stretch without a capital */
};

void patterns_load(struct patterns *p, struct arena *a);

/* The row without a cue (order uncued) of that name; the table must have it. */
const struct pattern *pattern_named(const struct patterns *p, const char *id);

/* The first row that fits, or NULL. */
const struct pattern *pattern_match(const struct patterns *p, const struct setting *s);

#endif
