/* schema.h - what a pipeline file may say, as one table; it reads the file, makes the manual's list of
 * keys and refuses by name what is not supported yet, so none of them can drift.
 */
#ifndef NTAG_SCHEMA_H
#define NTAG_SCHEMA_H

#include "node.h"
#include "option.h"
#include "params.h"
#include "subst.h"

enum shape {
	SHAPE_ONE,  /* a scalar */
	SHAPE_LIST, /* a list of scalars; a lone scalar is a list of one */
	SHAPE_RAW,  /* a scalar in which the caller puts parameters in itself, or none */
	SHAPE_MAP,
	SHAPE_MAPS,    /* a list of mappings or names */
	SHAPE_RECORDS, /* a list of mappings, or a path */
};

/* One key. The type, words, bounds, default and help are those of an option. */
struct key {
	const char *room; /* the mapping it stands in: "" is the file itself */
	struct opt opt;
	enum shape shape;
};

extern const struct key schema[]; /* ended by a NULL room; keys of one room stand together */

enum { ROOM_KEYS_MAX = 20 };

/* A key that was given. */
struct given {
	const struct key *key;
	const struct node *node; /* NULL: not given */
	struct pieces pieces;    /* of SHAPE_ONE */
	const char *text; /* of SHAPE_ONE: joined and checked; NULL: absent, faulty or unknown */
	VEC(struct pieces) list; /* of SHAPE_LIST */
};

struct fields {
	const struct key *room; /* its first key */
	const char *label;      /* "output", "params.lines": for messages */
	struct given at[ROOM_KEYS_MAX];
	struct faults *faults;
};

/* Read a mapping by the keys of a room. params == NULL: no parameters may be named yet. A node that is NULL
 * gives empty fields. */
void schema_read(struct fields *out, const char *room, const char *label, const struct node *map,
    const struct params *params, struct faults *f);

/* By name; the key must be in the table. */
const struct given *schema_field(const struct fields *f, const char *name);
const struct node *schema_node(const struct fields *f, const char *name); /* NULL: not given */
const char *schema_text(const struct fields *f, const char *name); /* or the default, or NULL */
long schema_int(const struct fields *f, const char *name);
size_t schema_size(const struct fields *f, const char *name);

/* The keys as an mdoc list, for ntag-pipeline(5). */
void schema_mdoc(struct buf *out);

#endif
