/* json.h - strict RFC 8259 in pieces: scan, unescape, escape. No tree, no recursion.
 *
 * Input is one object in valid UTF-8 (utf8.h); values are handed out as raw spans,
 * so whatever is not understood can be written back byte for byte. Numbers are never converted.
 * Checked against jansson by tests/property/json_diff (0 invalid accepted, 0 valid refused).
 */
#ifndef NTAG_JSON_H
#define NTAG_JSON_H

#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

enum {
	JSON_DEPTH_MAX = 1000, /* FAULTS A19; containers open within one json_value() */
};

/* A place in a JSON text. After a failure, what says why and p stands where. */
struct json {
	const char *p, *end;
	const char *what; /* "unterminated string"; NULL while all is well */
};

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* The type of a raw value, by its first byte. */
enum json_type json_type(struct span raw);
const char *json_type_name(enum json_type t); /* "an array": for messages */

/* Past white space, and past one c behind it: true; else false, nothing but white space taken. */
bool json_accept(struct json *j, char c);

/* Past any one value, whole grammar checked; *raw receives its bytes. */
bool json_value(struct json *j, struct span *raw);

/* Past one string; *body receives the bytes between the quotes, still escaped. */
bool json_string(struct json *j, struct span *body);

/* Iterate: for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) { json_key(...); json_value(...); }
 * json_begin takes the bracket and is false on an empty container (its end taken) or a fault;
 * json_more takes ',' (true) or the end (false). Look at j->what afterwards. */
bool json_begin(struct json *j, char open);
bool json_more(struct json *j, char close);
bool json_key(struct json *j, struct span *body); /* string and ':' */

/* The text of a string body (between the quotes). Without escapes it is body itself, else a
 * copy in a. \u0000 becomes a NUL byte; each lone surrogate becomes U+FFFD and adds 1 to *lone (may be NULL). */
struct span json_unescape(struct span body, struct arena *a, size_t *lone);

/* A whole number without sign, fraction or exponent, at most max. */
bool json_uint(struct span raw, uint64_t max, uint64_t *v);

/* s as a JSON string with its quotes: " \ and C0 controls escaped (\n \t \r \b \f, else \u00XX), DEL as it is. */
void json_put(struct buf *out, struct span s);

#endif
