/* shard.c - "I/N", and which names are of it. */
#include "shard.h"

#include "ascii.h"
#include "manifest.h"

/* A whole number without sign or leading zeros, up to SHARDS_MAX; NULL: it is none. */
static const char *
number(const char *p, unsigned *v)
{
	if (*p < '1' || *p > '9')
		return NULL;
	for (*v = 0; ascii_digit((unsigned char)*p) && *v <= SHARDS_MAX; p++)
		*v = *v * 10 + (unsigned)(*p - '0');
	return *v <= SHARDS_MAX ? p : NULL;
}

bool
shard_parse(const char *text, struct shard *s)
{
	const char *p = number(text, &s->i);

	if (p == NULL || *p != '/' || (p = number(p + 1, &s->n)) == NULL)
		return false;
	return *p == '\0' && s->i <= s->n;
}

bool
shard_has(struct shard s, const char *name)
{
	return s.n <= 1 || manifest_hash(span_c(name), 0) % s.n == s.i - 1;
}
