/* door.h - what the readers of a record share (record_read.c, layer_read.c): the record at hand, refusing
 * it by field and reason, strings.
 */
#ifndef NTAG_DOOR_H
#define NTAG_DOOR_H

#include "json.h"
#include "record.h"

#define NOWHERE SIZE_MAX

/* Members by their use: an index into record.member, or NOWHERE. */
struct found {
	size_t own[N_FIELD];    /* under the name that RECORD.md gives it */
	size_t mapped[N_FIELD]; /* under the name that --map gives it */
};

struct door {
	struct record *r;
	struct diag *d;
	struct span raw;   /* as it came: for the dead letters */
	const char *begin; /* of the line that holds r->json: columns count from here */
	const struct record_map *map;
	struct found found;
	size_t lone;      /* lone surrogates of the member at hand */
	uint32_t n_cp;    /* of the text */
	size_t n_sents;   /* in the input, usable or not */
	enum layer layer; /* the annotation at hand, */
	size_t i;         /* by its index */
	const char *sub;  /* "speaker", when it is a part of it */
};

/* Refuse the record; at: where in its line, or NULL. Always false. */
__attribute__((format(printf, 3, 4))) bool door_refuse(
    const struct door *o, const char *at, const char *fmt, ...);

/* "text must be a string, not a number". */
bool door_refuse_type(const struct door *o, const struct member *m, const char *want);

/* Bytes of a key or number to show in a message, for "%.*s". */
int door_shown(struct span key);

/* Past white space. */
void door_space(struct json *j);

/* The text of a raw string; lone surrogates are added to o->lone. */
struct span door_decode(struct door *o, struct span raw);

/* Count the lone surrogates of the member decoded last, and have it written without them. */
void door_settle_lone(struct door *o, struct member *m);

/* The member at that index, NULL for NOWHERE. */
struct member *door_member(const struct door *o, size_t at);

/* Read all layers of a record whose text is decoded. False after refusing. */
bool layer_read(struct door *o);

#endif
