/* gzout.c - one deflate stream, used again for each member. */
#include "gzout.h"

#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

#include "diag.h"

enum { LEVEL = 6, WINDOW = 15 + 16 /* with the header of gzip */, MEMORY = 8, ROOM = 32768 };

struct gzout {
	z_stream z;
	bool begun;
};

struct gzout *
gzout_new(void)
{
	struct gzout *g = calloc(1, sizeof(*g));

	if (g == NULL ||
	    deflateInit2(&g->z, LEVEL, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		die_oom(sizeof(*g));
	return g;
}

void
gzout_free(struct gzout *g)
{
	if (g == NULL)
		return;
	deflateEnd(&g->z);
	free(g);
}

/* Until there is room left: then nothing is waiting to come out. */
static void
deflate_all(struct gzout *g, int flush, struct buf *out)
{
	do {
		g->z.next_out = (unsigned char *)buf_room(out, ROOM);
		g->z.avail_out = ROOM;
		deflate(&g->z, flush);
		out->n += ROOM - g->z.avail_out;
	} while (g->z.avail_out == 0);
}

void
gzout_add(struct gzout *g, struct span s, struct buf *out)
{
	enum { PIECE = 1 << 30 };

	g->begun = true;
	while (s.n > 0) {
		size_t n = s.n < PIECE ? s.n : PIECE;

		g->z.next_in = (const unsigned char *)s.p;
		g->z.avail_in = (unsigned)n;
		deflate_all(g, Z_NO_FLUSH, out);
		s = span_cut(s, n, s.n);
	}
}

void
gzout_end(struct gzout *g, struct buf *out)
{
	if (!g->begun)
		return;
	g->z.avail_in = 0;
	deflate_all(g, Z_FINISH, out);
	deflateReset(&g->z);
	g->begun = false;
}

bool
gzout_begun(const struct gzout *g)
{
	return g->begun;
}
