/* gzout.h - bytes -> gzip members (RFC 1952). Several members one behind the other are one valid file. Never writes.
 *
 * The same bytes cut into the same members always give the same output: no name and no time is put in.
 */
#ifndef NTAG_GZOUT_H
#define NTAG_GZOUT_H

#include "buf.h"

struct gzout;

struct gzout *gzout_new(void);
void gzout_free(struct gzout *g); /* accepts NULL */

/* Begin a member if none is begun, and add to it. What is ready is appended to out; the rest follows later. */
void gzout_add(struct gzout *g, struct span s, struct buf *out);

/* End the member, if one is begun. */
void gzout_end(struct gzout *g, struct buf *out);

bool gzout_begun(const struct gzout *g);

#endif
