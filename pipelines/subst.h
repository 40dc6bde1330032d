/* subst.h - ${name} in a scalar value -> pieces of text. Never evaluates: no shell, no second pass.
 *
 *   ${name}            parameter                 ${name|slug}  its value in lower case, a-z0-9 and hyphens
 *   ${env.NAME}        environment variable      ${env.NAME:-text}  text when it is unset or empty
 *   $${                a literal ${              $x, $         left alone
 *
 * The pieces tell text of the file from values put in, so that a value can never become part of a
 * pattern of file names or of an output template.
 */
#ifndef NTAG_SUBST_H
#define NTAG_SUBST_H

#include "fault.h"
#include "node.h"
#include "span.h"

struct params;

struct piece {
	struct span text;
	bool value; /* put in for a ${...} */
};

struct pieces {
	VEC(struct piece) list;
	bool
	    unknown; /* a required parameter has no value yet (check without -D): nothing can be said */
};

/* Cut text, a scalar at that place. With params == NULL only the environment may be named (defaults of
 * parameters). False after faults. */
bool subst_cut(const char *text, struct at at, const struct params *params, struct faults *f,
    struct pieces *out);

/* All pieces in one C string, in a. */
const char *subst_join(const struct pieces *p, struct arena *a);

/* The whole is one ${...} whose value is empty: an option like this is left out. */
bool subst_is_absent(const struct pieces *p);

/* "Joe Biden, 2021" -> "joe-biden-2021". */
struct span subst_slug(struct span s, struct arena *a);

#endif
