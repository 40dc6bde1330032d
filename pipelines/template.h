/* template.h - the path of an output, with members of the record put in as safe components.
 *
 *   {date}            the day of the document, YYYY-MM-DD       {date:%Y-%m}  %Y, %m and %d of it
 *   {NAME}            any other member that is a string, a number or true or false
 *   {run}             when the run started, YYYYMMDDTHHMMSSZ: the same in the whole run
 *
 * A value is one piece of one file name, whatever is in it (FAULTS C11): / and control characters become _,
 * so does a leading . or -, an absent or empty value is _, and a long one is cut and told apart by a hash (above
 * TEMPLATE_VALUE_MAX bytes; above less where several share a file name). Values of parameters are never looked into.
 */
#ifndef NTAG_TEMPLATE_H
#define NTAG_TEMPLATE_H

#include "fault.h"
#include "record.h"
#include "subst.h"

enum {
	TEMPLATE_VALUE_MAX = 100, /* bytes of one value */
	TEMPLATE_VALUE_MIN = 24,  /* room that every value must have: the hash and a little more */
	TEMPLATE_NAME_MAX = 240,  /* bytes of a file name: NAME_MAX (255) less what sinks.c adds */
};

struct template_part {
	struct span text; /* literal, or the name of a member */
	bool member;
	struct span format; /* "%Y-%m" of {date:%Y-%m}; absent else */
};

struct template
{
	const char *text; /* as written, for messages and listings */
	const char *
	    prefix; /* the literal directory below which all its files stay; "." if there is none */
	const char *path;               /* of a template without members: the path; NULL else */
	VEC(struct template_part) part; /* of the path below prefix */
	size_t value_max;               /* bytes that a value gets */
};

/* Cut the pieces of a scalar at that place; run is what {run} stands for. False after faults. */
bool template_parse(
    struct template *t, const struct pieces *p, struct at at, const char *run, struct faults *f);

/* Append the path of r below t->prefix. *raw receives a hash of the values as they were, so that two records
 * of one path but other values are known (FAULTS C12). Scratch is taken from r->arena. */
void template_render(const struct template *t, struct record *r, struct buf *path, uint64_t *raw);

/* Append one value as a safe component of at most max bytes (TEMPLATE_VALUE_MIN or more). */
void template_safe(struct span value, size_t max, struct buf *out);

#endif
