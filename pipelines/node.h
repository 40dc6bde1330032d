/* node.h - YAML text -> a tree of nodes with line and column. No types: every scalar is text.
 *
 * Only the plain part of YAML 1.1 is let in (PIPELINES.md section 1, FAULTS C1-C8): one document of
 * mappings, lists and scalars in UTF-8. The first anchor, alias, tag, merge key or second document is a
 * fault, so nothing can be expanded; so are a key that is there twice, a key that is no scalar and a NUL
 * byte in a scalar. libyaml's event parser is used, never its emitter.
 */
#ifndef NTAG_NODE_H
#define NTAG_NODE_H

#include "fault.h"
#include "span.h"

enum {
	NODE_DEPTH_MAX = 16,     /* nested mappings and lists; libyaml is quadratic in it (C6) */
	NODE_SIZE_MAX = 1 << 20, /* bytes of the file (C7) */
};

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct pair {
	const char *key;
	struct at at; /* of the key */
	const struct node *value;
};

struct node {
	enum node_kind kind;
	bool plain; /* a scalar without quotes */
	bool block; /* a list or a mapping without brackets */
	struct at at;
	size_t from, to;  /* its characters in the text that was read; to may lie behind blanks */
	const char *text; /* NODE_TEXT: ended by NUL, none inside; "" for an empty value */
	VEC(const struct node *) item; /* NODE_LIST */
	VEC(struct pair) pair;         /* NODE_MAP, in order, no key twice */
};

/* The tree, in f->arena. NULL if the text cannot be read as YAML at all; faults that leave a tree
 * (doubled keys) are told too. */
const struct node *node_read(struct span text, struct faults *f);

/* The value of a key, or NULL. */
const struct node *node_get(const struct node *map, const char *key);

#endif
