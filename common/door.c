/* door.c - refusing by name, and strings of a record decoded and mended. */
#include "door.h"

#include <stdarg.h>
#include <stdio.h>

#include "ascii.h"
#include "record_own.h"
#include "utf8.h"

enum { WHAT_MAX = 256, KEY_SHOWN = 40 }; /* bytes of a message, of a name or number in it */

bool
door_refuse(const struct door *o, const char *at, const char *fmt, ...)
{
	struct where w = o->r->where;
	char what[WHAT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	if (at != NULL)
		w.col = utf8_count((struct span){ o->begin, (size_t)(at - o->begin) }) + 1;
	diag_reject(o->d, w, "read", o->raw, "%s", what);
	return false;
}

int
door_shown(struct span key)
{
	return (int)(key.n < KEY_SHOWN ? key.n : KEY_SHOWN);
}

bool
door_refuse_type(const struct door *o, const struct member *m, const char *want)
{
	return door_refuse(o, m->raw.p, "%.*s must be %s, not %s", door_shown(m->key), m->key.p,
	    want, json_type_name(json_type(m->raw)));
}

void
door_space(struct json *j)
{
	json_accept(j, '\n'); /* a newline is white space, so it is never taken as c */
}

static struct span
body_of(struct span raw)
{
	return span_cut(raw, 1, raw.n - 1);
}

static bool
is_surrogate(struct span s, size_t i, unsigned char low, unsigned char high)
{
	unsigned char c;

	if (s.n - i < 6 || s.p[i] != '\\' || s.p[i + 1] != 'u' || (s.p[i + 2] | 0x20) != 'd')
		return false;
	c = ascii_fold((unsigned char)s.p[i + 3]);
	return c >= low && c <= high;
}

/* A copy of raw with each lone surrogate written as \ufffd, so that readers of the output see
 * what the offsets were counted on. */
static struct span
mend(struct span raw, struct arena *a)
{
	char *p = arena_raw(a, raw.n, 1);

	memcpy(p, raw.p, raw.n);
	for (size_t i = 0; i < raw.n; i++) {
		if (p[i] != '\\')
			continue;
		if (is_surrogate(raw, i, '8', 'b') && is_surrogate(raw, i + 6, 'c', 'f')) {
			i += 11;
		} else if (is_surrogate(raw, i, '8', 'f')) {
			memcpy(p + i, "\\ufffd", 6);
			i += 5;
		} else {
			i++;
		}
	}
	return (struct span){ p, raw.n };
}

struct span
door_decode(struct door *o, struct span raw)
{
	return json_unescape(body_of(raw), o->r->arena, &o->lone);
}

/* Take note of the lone surrogates in the member that was decoded last. A record without text stays as it is. */
void
door_settle_lone(struct door *o, struct member *m)
{
	if (o->r->text.p == NULL)
		o->lone = 0;
	if (o->lone == 0)
		return;
	o->d->count.repaired += o->lone;
	if (m->field != FIELD_FOREIGN)
		m->fresh = mend(m->raw, o->r->arena);
	o->lone = 0;
}

struct member *
door_member(const struct door *o, size_t at)
{
	return at == NOWHERE ? NULL : &o->r->member.at[at];
}
