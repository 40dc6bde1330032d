/* where_own.h - what the files where*.c, and the index of ntag-grep, share: a condition as tests and the tree that joins them. */
#ifndef NTAG_WHERE_OWN_H
#define NTAG_WHERE_OWN_H

#include "period.h"
#include "where.h"

enum leaf_kind {
	LEAF_FIELD,
	LEAF_REGEXP,
	LEAF_ENT,
	LEAF_DATE, /* date-in */
	LEAF_SINCE,
	LEAF_UNTIL,
	LEAF_QUOTE, /* quote-by, quote, kind */
};

enum field_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_MATCH, OP_IN, OP_EXISTS };

/* What is asked for: a value of a field, a pattern, a name, a period. */
struct operand {
	struct span text;
	size_t column;   /* where it stands: for messages */
	struct span to;  /* of a range; absent: none */
	bool quoted;     /* bytes, whatever they look like */
	bool has_period; /* text, or the range, is one */
	struct period period;
	struct regex *regex; /* owned by the condition */
	int label;           /* of an entity; -1: any */
};

struct operands {
	struct operand *at;
	size_t n, cap;
};

struct leaf {
	uint8_t kind; /* enum leaf_kind */
	uint8_t op;   /* enum field_op */
	bool hits;    /* outside of "not": what it finds is shown */
	struct span segment[WHERE_SEGMENTS];
	size_t n_segment;
	struct operands want;  /* one of them must hold */
	struct operands words; /* of a quotation: patterns; want: its speakers */
	struct literals literals;
	unsigned kinds; /* of a quotation: set of 1 << enum quote_kind; 0: any */
};

enum node_kind { NODE_AND, NODE_OR, NODE_LEAF };

#define NO_NODE UINT32_MAX

/* A node stands behind its parent in the array. */
struct node {
	uint8_t kind; /* enum node_kind */
	bool negate;
	bool gone; /* a test that was joined to another */
	uint8_t cost;
	uint32_t parent, first, last, next; /* NO_NODE: none */
	uint32_t leaf;
};

struct condition {
	struct arena arena;
	struct where_how how;
	VEC(struct node) node; /* the first is the root */
	VEC(struct leaf) leaf;
	VEC(struct regex *) regex;
	unsigned layers;
	struct literals literals;
};

/* Append a node below parent (NO_NODE: none yet). */
uint32_t where_node(struct condition *c, enum node_kind kind, uint32_t parent);
void where_attach(struct condition *c, uint32_t node, uint32_t parent);

/* A test with nothing asked for yet; NULL: there are too many. Valid until the next. */
struct leaf *where_leaf(struct condition *c, enum leaf_kind kind, uint32_t parent);

/* Give a SPECIAL test one of its values. */
bool where_special(struct condition *c, struct leaf *l, const char *special, struct operand want,
    struct where_fault *f);

/* Compile a pattern into an operand. */
bool where_pattern(struct condition *c, struct operand *o, unsigned flags, struct where_fault *f);

__attribute__((format(printf, 3, 4))) bool where_fault(
    struct where_fault *f, size_t column, const char *fmt, ...);

/* Names of the special tests, ended by NULL, and what kind of test each is. */
extern const char *const where_specials[];
enum leaf_kind where_special_kind(const char *name);

/* Compare numbers as they are written: JSON's form, a leading + and zeros allowed too. -1, 0, 1; is_number() first. */
bool where_is_number(struct span s);
int where_compare_numbers(struct span a, struct span b);

/* Lower case, apostrophes straight, white space as one blank, none at the ends; in a. */
struct span where_folded(struct span s, struct arena *a);
/* Are the words of a folded name in a folded text? */
bool where_has_words(struct span text, struct span name);

/* The days of a date: its range where it has one, else its value. False: none are known. */
bool where_days(const struct date *d, struct period *p);

/* A test on a member. */
bool where_field(struct where_ask *ask, const struct leaf *l);

/* Does the pattern match in s from byte at on? Notes patterns that run into their limits. */
bool where_match(struct where_ask *ask, const struct regex *re, struct span s);

#endif
