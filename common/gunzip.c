/* gunzip.c - gzip data to bytes (gunzip.h). */
#include "gunzip.h"

#include <stdlib.h>
#include <zlib.h>

#include "diag.h"

/* HEAD: between members: the next must begin with the magic number, or be padding. */
enum state { HEAD, BODY, PADDING, OVER };

struct gunzip {
	z_stream z;
	enum state state;
	bool first;     /* no member was read yet */
	unsigned magic; /* bytes of the magic number seen in HEAD */
	const char *fault;
	bool torn;
};

static const unsigned char magic[] = { 0x1F, 0x8B };

struct gunzip *
gunzip_new(void)
{
	struct gunzip *g = calloc(1, sizeof(*g));

	/* 15: the largest window; 16: gzip, not zlib format. */
	if (g == NULL || inflateInit2(&g->z, 15 + 16) != Z_OK)
		die_oom(sizeof(*g));
	g->first = true;
	return g;
}

void
gunzip_reset(struct gunzip *g)
{
	z_stream z = g->z;

	inflateReset(&z);
	*g = (struct gunzip){ .z = z, .first = true };
}

void
gunzip_free(struct gunzip *g)
{
	if (g == NULL)
		return;
	inflateEnd(&g->z);
	free(g);
}

static void
stop(struct gunzip *g, const char *fault, bool torn)
{
	g->state = OVER;
	g->fault = fault;
	g->torn = torn;
}

/* Between members: take the magic number, byte by byte, and give it to a fresh inflate. */
static void
take_head(struct gunzip *g, struct span *in)
{
	unsigned char c = (unsigned char)in->p[0];

	if (c != magic[g->magic]) {
		if (c == 0 && g->magic == 0 && !g->first)
			g->state = PADDING;
		else
			stop(g, "garbage behind the gzip data is ignored", false);
		return;
	}
	*in = span_cut(*in, 1, in->n);
	if (++g->magic < sizeof(magic))
		return;
	unsigned char copy[sizeof(magic)], none[1];
	memcpy(copy, magic, sizeof(magic));
	inflateReset(&g->z);
	g->z.next_in = copy;
	g->z.avail_in = sizeof(copy);
	g->z.next_out = none;
	g->z.avail_out = 0;
	(void)inflate(&g->z, Z_NO_FLUSH); /* Z_OK or Z_BUF_ERROR: the header goes on */
	g->magic = 0;
	g->first = false;
	g->state = BODY;
}

static void
take_padding(struct gunzip *g, struct span *in)
{
	while (in->n > 0 && in->p[0] == '\0')
		*in = span_cut(*in, 1, in->n);
	if (in->n > 0)
		stop(g, "garbage behind the gzip data is ignored", false);
}

static size_t
take_body(struct gunzip *g, struct span *in, char *to, size_t n)
{
	uInt avail_in = in->n > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uInt)in->n;
	uInt avail_out = n > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uInt)n;
	union {
		const char *in;
		Bytef *z;
	} p = { in->p }; /* zlib declares its input without const but does not write to it */

	g->z.next_in = p.z;
	g->z.avail_in = avail_in;
	g->z.next_out = (Bytef *)to;
	g->z.avail_out = avail_out;
	int ret = inflate(&g->z, Z_NO_FLUSH);
	*in = span_cut(*in, avail_in - g->z.avail_in, in->n);
	if (ret == Z_STREAM_END)
		g->state = HEAD;
	else if (ret == Z_MEM_ERROR)
		die_oom(n);
	else if (ret != Z_OK && ret != Z_BUF_ERROR)
		stop(g, "gzip data is damaged", true);
	return avail_out - g->z.avail_out;
}

size_t
gunzip_take(struct gunzip *g, struct span *in, char *to, size_t n)
{
	size_t got = 0;

	while (got == 0 && g->state != OVER && (in->n > 0 || g->state == BODY)) {
		size_t before = in->n;
		if (g->state == HEAD)
			take_head(g, in);
		else if (g->state == PADDING)
			take_padding(g, in);
		else
			got = take_body(g, in, to, n);
		if (got == 0 && g->state == BODY && in->n == before && before == 0)
			break;
	}
	return got;
}

void
gunzip_finish(struct gunzip *g)
{
	if (g->state == OVER)
		return;
	/* Half a magic number is a member that was cut off rather than garbage. */
	if (g->state == BODY || g->first || g->magic != 0)
		stop(g, "gzip data ends early", true);
	else
		g->state = OVER;
}

bool
gunzip_over(const struct gunzip *g)
{
	return g->state == OVER;
}

const char *
gunzip_fault(const struct gunzip *g, bool *torn)
{
	*torn = g->torn;
	return g->fault;
}
