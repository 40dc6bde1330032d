/* fuzz_reader.c - any bytes as a stream: the same units whatever the pieces, spans inside raw, nothing lost.
 *
 * The first two bytes choose options and sizes of pieces; the rest is the stream.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "article.h"
#include "buf.h"
#include "reader.h"

#define REQUIRE(what) \
	do { \
		if (!(what)) \
			fail(#what); \
	} while (0)

static void
fail(const char *what)
{
	fprintf(stderr, "not true: %s\n", what);
	abort();
}

/* Bytes in pieces of sizes that follow from seed; seed 0: all at once. */
struct pieces {
	struct span left;
	uint32_t seed;
	bool again;
};

static ssize_t
next_piece(void *ctx, char *to, size_t n)
{
	struct pieces *p = ctx;

	if (p->seed != 0) {
		/* Numerical Recipes' generator; the upper bits are the good ones. */
		p->seed = p->seed * 1664525 + 1013904223;
		size_t most = 1 + (p->seed >> 16) % ((p->seed & 0x8000) != 0 ? 3 : 50);
		n = n < most ? n : most;
		p->again = !p->again;
		if (p->again) {
			errno = EINTR;
			return -1;
		}
	}
	n = n < p->left.n ? n : p->left.n;
	if (n > 0)
		memcpy(to, p->left.p, n);
	p->left = span_cut(p->left, n, p->left.n);
	return (ssize_t)n;
}

struct result {
	struct buf out; /* each unit: kind, line, lengths and bytes of its parts */
	struct buf raw; /* raw of each unit, behind its length */
	struct counts count;
	bool torn; /* it was said that the end is missing */
	bool json; /* the stream was one of JSON lines */
};

static void
put_part(struct buf *b, struct span s)
{
	buf_fmt(b, "%d:%zu:", s.p != NULL, s.n);
	buf_put(b, s);
}

static bool
inside(struct span part, struct span raw)
{
	return part.p >= raw.p && part.p + part.n <= raw.p + raw.n;
}

/* Every byte of raw is "date", or in a part, or blank between them. */
static void
check_unit(const struct unit *u, const struct input *in)
{
	REQUIRE(u->where.line > 0);
	REQUIRE(u->raw.n <= in->max_record);
	if (u->kind == UNIT_JSON)
		return;
	REQUIRE(inside(u->body, u->raw));
	REQUIRE(u->body.p + u->body.n == u->raw.p + u->raw.n);
	if (u->title.p == NULL) {
		REQUIRE(u->date.p == NULL && u->body.p == u->raw.p);
		return;
	}
	REQUIRE(in->format != FORMAT_TEXT);
	REQUIRE(inside(u->title, u->raw) && inside(u->date, u->raw));
	REQUIRE(u->date.n == 10 && u->date.p - 5 >= u->raw.p);
	REQUIRE(memcmp(u->date.p - 5, "date ", 5) == 0);
	const char *end = u->date.p + u->date.n, *title_end = u->title.p + u->title.n;
	REQUIRE(article_blank((struct span){ u->raw.p, (size_t)(u->date.p - 5 - u->raw.p) }));
	REQUIRE(article_blank((struct span){ end, (size_t)(u->title.p - end) }));
	REQUIRE(article_blank((struct span){ title_end, (size_t)(u->body.p - title_end) }));
}

static struct result
run(const struct input *in, struct span bytes, uint32_t seed)
{
	struct pieces p = { bytes, seed, false };
	struct diag d = { .prog = "fuzz", .keep_dead = true };
	struct result r = { 0 };
	struct reader *rd = reader_new_feed(in, (struct source_feed){ next_piece, &p }, &d);
	struct unit u;

	while (reader_next(rd, &u)) {
		check_unit(&u, in);
		r.json = u.kind == UNIT_JSON;
		buf_fmt(&r.out, "%d@%zu ", u.kind, u.where.line);
		put_part(&r.out, u.date);
		put_part(&r.out, u.title);
		put_part(&r.out, u.body);
		put_part(&r.out, u.raw);
		buf_put(&r.raw, (struct span){ (const char *)&u.raw.n, sizeof(u.raw.n) });
		buf_put(&r.raw, u.raw);
	}
	reader_free(rd);
	buf_put(&r.out, buf_span(&d.dead));
	buf_char(&d.err, '\0');
	r.torn = strstr(d.err.p, "gzip data ends early") != NULL;
	buf_free(&d.err);
	buf_free(&d.dead);
	r.count = d.count;
	return r;
}

static void
result_free(struct result *r)
{
	buf_free(&r->out);
	buf_free(&r->raw);
}

/* What is left of s behind blanks and separators: bytes that may belong to no unit. */
static struct span
behind_blank(struct span s, bool nulls)
{
	size_t n = 1;

	while (s.n > 0 && n > 0) {
		n = nulls && s.p[0] == '\0';
		for (size_t k = 1; n == 0 && k <= 3 && k <= s.n; k++)
			n = article_blank(span_cut(s, 0, k)) ? k : 0;
		s = span_cut(s, n, s.n);
	}
	return s;
}

/* All bytes of the stream are in some unit, but for those. */
static void
check_cover(const struct result *r, struct span s, bool nulls)
{
	size_t len;

	for (size_t i = 0; i < r->raw.n; i += sizeof(len) + len) {
		memcpy(&len, r->raw.p + i, sizeof(len));
		struct span raw = { r->raw.p + i + sizeof(len), len };
		raw = behind_blank(raw, false);
		s = behind_blank(s, nulls);
		REQUIRE(span_starts(s, raw));
		s = span_cut(s, raw.n, s.n);
	}
	REQUIRE(behind_blank(s, nulls).n == 0);
}

static void
check_same(const struct result *a, const struct result *b)
{
	REQUIRE(span_eq(buf_span(&a->out), buf_span(&b->out)));
	REQUIRE(a->count.rejected == b->count.rejected);
	REQUIRE(a->count.unreadable == b->count.unreadable);
	REQUIRE(a->count.repaired == b->count.repaired);
}

static void
zip(struct buf *out, struct span s)
{
	z_stream z = { 0 };
	union {
		const char *in;
		Bytef *z;
	} p = { s.p };

	REQUIRE(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_in = p.z;
	z.avail_in = (uInt)s.n;
	size_t room = deflateBound(&z, s.n);
	z.next_out = (Bytef *)buf_room(out, room);
	z.avail_out = (uInt)room;
	REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
	out->n += room - z.avail_out;
	deflateEnd(&z);
}

/* The same as gzip data of two members is the same; cut off, it is the beginning of it. */
static void
check_zipped(const struct input *in, struct span s, uint32_t seed, const struct result *plain)
{
	struct buf z = { 0 };
	size_t seam = s.n * (seed % 17) / 16;

	zip(&z, span_cut(s, 0, seam));
	zip(&z, span_cut(s, seam, s.n));
	struct result whole = run(in, buf_span(&z), seed);
	check_same(plain, &whole);
	struct span cut = span_cut(buf_span(&z), 0, z.n - 1 - seed % z.n);
	struct result torn = run(in, cut, 0), again = run(in, cut, seed);
	check_same(&torn, &again);
	/* A cut at the seam cannot be seen. Dead letters stand behind the units. */
	if (torn.torn && torn.count.rejected == 0)
		REQUIRE(span_starts(buf_span(&whole.out), buf_span(&torn.out)));
	result_free(&whole);
	result_free(&torn);
	result_free(&again);
	buf_free(&z);
}

static bool
is_encoded(struct span s)
{
	static const struct span marks[] = { { "\x1F\x8B", 2 }, { "\xFF\xFE", 2 },
		{ "\xFE\xFF", 2 }, { "\0\0\xFE\xFF", 4 } };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (span_starts(s, marks[i]))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t limits[] = { 64 << 20, 10, 40, 200 };

	if (size < 2)
		return 0;
	struct input in = {
		.format = (enum input_format)(data[0] & 3),
		.null_cut = (data[0] & 12) == 4,
		.doc_per_line = (data[0] & 12) == 8,
		.max_record = limits[data[0] >> 4 & 3],
	};
	struct span s = { (const char *)data + 2, size - 2 };
	uint32_t seed = data[1] + 1U;
	struct result whole = run(&in, s, 0), parts = run(&in, s, seed);

	check_same(&whole, &parts);
	if (!is_encoded(s)) {
		if (whole.count.rejected + whole.count.unreadable == 0)
			check_cover(&whole, s, in.null_cut && !whole.json);
		check_zipped(&in, s, seed, &whole);
	}
	result_free(&whole);
	result_free(&parts);
	return 0;
}
