/* node.h - inside of grammar.c, parse.c and match.c: patterns as nodes. */
#ifndef NTAG_DATE_NODE_H
#define NTAG_DATE_NODE_H

#include "grammar.h"

enum node_op { NODE_ELEM, NODE_SPLIT, NODE_OPEN, NODE_CLOSE, NODE_ACCEPT };

struct node {
	uint8_t op;
	bool glued;        /* ELEM: no white space before it */
	uint32_t a, b;     /* next; SPLIT: tried in this order; ACCEPT: a = pattern */
	uint32_t first, n; /* ELEM: choices */
};

enum { CHOICE_SETS = 3 };

struct choice {
	uint16_t atom;
	uint8_t slot;
	bool fixed;     /* value instead of the lexeme's own */
	bool said;      /* has slots of its own */
	uint8_t n_more; /* more fixed slots */
	uint8_t more_slot[CHOICE_SETS];
	int32_t value, more[CHOICE_SETS];
};

enum guard_where { GUARD_BEFORE, GUARD_BEHIND, GUARD_SELF };
enum guard_what {
	GUARD_ATOM,
	GUARD_UP,
	GUARD_NUM,
	GUARD_START,
	GUARD_SENT,
	GUARD_GLUED,
	GUARD_PARA,
	GUARD_S,
	GUARD_INFORMAL,
	GUARD_FIRST,
	N_GUARD
};

/* One test; a run of tests with more is an "or". */
struct guard {
	uint8_t where, what;
	bool negated, more;
	uint16_t atom;
};

struct macro {
	struct span id, text;
};

/* What is known of a place in the text of a part, which many rows put in: it is read once. */
struct memo {
	const char *at;                      /* NULL: free */
	uint32_t group_end, alternative_end; /* bytes from there, 0: not known */
	uint32_t first, n;                   /* choices of the element; n == 0: not known */
};

enum { MEMO_SIZE = 1 << 12 };

struct grammar {
	struct arena *arena;
	struct words *words;
	struct lexer lexer;
	VEC(struct node) node;
	VEC(struct choice) choice;
	VEC(struct guard) guard;
	VEC(struct pattern) pattern;
	VEC(struct macro) macro;
	struct memo *memo; /* open addressing by place; as long as rows are added */
	uint32_t n_memo;
	uint32_t *starts;   /* start nodes of all patterns */
	bool starts_upword; /* one can start with any capitalised word */
	size_t n_symbol;
	/* By token hash: words that a match may start with; those after which it may end, or go on
	 * with a word that is in no table; those that can come second. */
	uint64_t *start_bloom, *alone_bloom, *second_bloom;
};

/* What is wrong with a pattern and where: in its cell, or in that of a part it names. */
struct parse_slip {
	const char *at;
	const char *what;
};

/* Compile a pattern, from its end to its start. UINT32_MAX on a slip. */
uint32_t parse_pattern(
    struct grammar *g, struct span text, uint32_t accept, struct parse_slip *slip);

/* Do the guards of a pattern allow tokens [tok, tok + n)? */
bool guard_allows(const struct grammar *g, const struct lexer *lx, const struct pattern *p,
    uint32_t tok, uint32_t n);

#endif
