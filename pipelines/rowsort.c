/* rowsort.c - sorted runs in one file, merged by a heap. */
#include "rowsort.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "outfile.h"

enum { PART = 64 << 10 }; /* bytes of a run that are read at once */

/* In front of key and row. */
struct head {
	uint32_t key, row;
};

/* A sorted run in the file, of which some bytes are in memory. */
struct part {
	off_t at, end;
	struct buf bytes;
	size_t used;
	struct span key, row; /* the first one that is not taken yet */
};

struct rowsort {
	size_t most;
	struct buf bytes;       /* rows that are not in the file */
	VEC(const char *) item; /* their heads, in order after a sort */
	struct arena arena;     /* of item */
	VEC(size_t) offset;     /* of the heads: bytes may move while it grows */
	int fd;
	off_t size;
	struct part *part; /* a heap by the first row */
	size_t n_part, room_part;
	size_t next; /* of item, where there is no file */
	bool taken;  /* the row of part[0] was handed out */
	int error;
};

struct rowsort *
rowsort_new(size_t most)
{
	struct rowsort *r = calloc(1, sizeof(*r));

	if (r == NULL)
		die_oom(sizeof(*r));
	r->most = most;
	r->fd = -1;
	return r;
}

void
rowsort_free(struct rowsort *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n_part; i++)
		buf_free(&r->part[i].bytes);
	free(r->part);
	if (r->fd >= 0)
		close(r->fd);
	buf_free(&r->bytes);
	arena_free(&r->arena);
	free(r);
}

/* ---- order ---- */

static int
compare(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

static void
parse(const char *p, struct span *key, struct span *row)
{
	struct head h;

	memcpy(&h, p, sizeof(h));
	*key = (struct span){ p + sizeof(h), h.key };
	*row = (struct span){ p + sizeof(h) + h.key, h.row };
}

static int
by_key(const void *a, const void *b)
{
	struct span key[2], row[2];
	int c;

	parse(*(const char *const *)a, &key[0], &row[0]);
	parse(*(const char *const *)b, &key[1], &row[1]);
	c = compare(key[0], key[1]);
	return c != 0 ? c : compare(row[0], row[1]);
}

static void
sort(struct rowsort *r)
{
	memset(&r->item, 0, sizeof(r->item));
	for (size_t i = 0; i < r->offset.n; i++)
		VEC_PUSH(&r->arena, &r->item, (const char *)r->bytes.p + r->offset.at[i]);
	if (r->item.n > 1)
		qsort(r->item.at, r->item.n, sizeof(*r->item.at), by_key);
}

/* ---- the file ---- */

static bool
open_file(struct rowsort *r)
{
	const char *dir = getenv("TMPDIR");

	if (r->fd < 0)
		r->fd = open(dir == NULL || *dir == '\0' ? "/tmp" : dir,
		    O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return r->fd >= 0;
}

static void
add_part(struct rowsort *r, off_t end)
{
	if (r->n_part == r->room_part) {
		r->room_part = r->room_part == 0 ? 16 : r->room_part * 2;
		r->part = realloc(r->part, r->room_part * sizeof(*r->part));
		if (r->part == NULL)
			die_oom(r->room_part * sizeof(*r->part));
	}
	r->part[r->n_part++] = (struct part){ .at = r->size, .end = end };
	r->size = end;
}

/* What is in memory becomes a run. */
static bool
spill(struct rowsort *r)
{
	struct buf out = { 0 };
	off_t end = r->size + (off_t)r->bytes.n;
	bool ok = open_file(r);

	sort(r);
	for (size_t i = 0; i < r->item.n && ok; i++) {
		struct span key, row;

		parse(r->item.at[i], &key, &row);
		buf_put(&out, (struct span){ r->item.at[i], sizeof(struct head) + key.n + row.n });
		if (out.n < PART && i + 1 < r->item.n)
			continue;
		ok = outfile_write(r->fd, buf_span(&out));
		buf_clear(&out);
	}
	buf_free(&out);
	if (ok)
		add_part(r, end);
	buf_clear(&r->bytes);
	memset(&r->offset, 0, sizeof(r->offset));
	arena_reset(&r->arena);
	return ok;
}

bool
rowsort_add(struct rowsort *r, struct span key, struct span row)
{
	struct head h = { (uint32_t)key.n, (uint32_t)row.n };

	if (key.n > UINT32_MAX || row.n > UINT32_MAX) {
		errno = EFBIG;
		return false;
	}
	if (r->bytes.n > 0 && r->bytes.n + sizeof(h) + key.n + row.n > r->most && !spill(r))
		return false;
	VEC_PUSH(&r->arena, &r->offset, r->bytes.n);
	buf_put(&r->bytes, (struct span){ (const char *)&h, sizeof(h) });
	buf_put(&r->bytes, key);
	buf_put(&r->bytes, row);
	return true;
}

/* ---- merging ---- */

/* At least n bytes of a run behind those that are used. */
static bool
have(struct rowsort *r, struct part *p, size_t n)
{
	struct span rest = span_cut(buf_span(&p->bytes), p->used, p->bytes.n);

	if (rest.n >= n)
		return true;
	if (rest.n > 0)
		memmove(p->bytes.p, p->bytes.p + p->used, rest.n);
	p->bytes.n = rest.n;
	p->used = 0;
	while (p->bytes.n < n) {
		size_t want = n - p->bytes.n < PART ? PART : n - p->bytes.n;
		ssize_t got;

		if ((off_t)want > p->end - p->at)
			want = (size_t)(p->end - p->at);
		got = pread(r->fd, buf_room(&p->bytes, want), want, p->at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			r->error = got < 0 ? errno : EIO;
			return false;
		}
		p->bytes.n += (size_t)got;
		p->at += got;
	}
	return true;
}

/* The next row of a run; false at its end, or on an error. */
static bool
advance(struct rowsort *r, struct part *p)
{
	struct head h;

	if (p->used == p->bytes.n && p->at == p->end)
		return false;
	if (!have(r, p, sizeof(h)))
		return false;
	memcpy(&h, p->bytes.p + p->used, sizeof(h));
	if (!have(r, p, sizeof(h) + h.key + h.row))
		return false;
	parse(p->bytes.p + p->used, &p->key, &p->row);
	p->used += sizeof(h) + h.key + h.row;
	return true;
}

static bool
less(const struct part *a, const struct part *b)
{
	int c = compare(a->key, b->key);

	return c != 0 ? c < 0 : compare(a->row, b->row) < 0;
}

static void
sink(struct rowsort *r, size_t i)
{
	for (;;) {
		size_t least = i;
		struct part swap = r->part[i];

		for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < r->n_part; k++)
			if (less(&r->part[k], &r->part[least]))
				least = k;
		if (least == i)
			return;
		r->part[i] = r->part[least];
		r->part[least] = swap;
		i = least;
	}
}

bool
rowsort_begin(struct rowsort *r)
{
	if (r->n_part == 0) {
		sort(r);
		return true;
	}
	if (r->offset.n > 0 && !spill(r))
		return false;
	for (size_t i = 0; i < r->n_part; i++)
		if (!advance(r, &r->part[i])) { /* none is empty */
			errno = r->error;
			return false;
		}
	for (size_t i = r->n_part / 2; i > 0; i--)
		sink(r, i - 1);
	return true;
}

bool
rowsort_next(struct rowsort *r, struct span *row)
{
	struct span key;

	if (r->fd < 0) {
		if (r->next == r->item.n)
			return false;
		parse(r->item.at[r->next++], &key, row);
		return true;
	}
	if (r->taken && !advance(r, &r->part[0])) {
		if (r->error != 0)
			return false;
		buf_free(&r->part[0].bytes);
		r->part[0] = r->part[--r->n_part];
	}
	if (r->n_part == 0)
		return false;
	sink(r, 0);
	r->taken = true;
	*row = r->part[0].row;
	return true;
}

int
rowsort_error(const struct rowsort *r)
{
	return r->error;
}
