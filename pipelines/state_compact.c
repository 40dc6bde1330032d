/* state_compact.c - the state file written anew: what is known, without the history of how. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>
#include <zlib.h>

#include "json.h"
#include "outfile.h"
#include "state_own.h"

enum {
	COMPACT_LEAST = 1 << 16, /* bytes; a shorter file is left alone */
	COMPACT_TIMES = 2,       /* so many times longer than what it would become */
	ENTRY_BYTES = 60,        /* of a file in a line of "known" */
	LINE_ENTRIES = 10000,
};

const char *
state_compact_name(const struct state *s, char name[STATE_PATH_MAX])
{
	const char *slash = strrchr(s->path, '/');

	snprintf(name, STATE_PATH_MAX, "%.*s.%s.part",
	    slash == NULL ? 0 : (int)(slash - s->path) + 1, s->path,
	    slash == NULL ? s->path : slash + 1);
	return name;
}

/* A line with its checksum. */
static void
put_line(struct buf *json, struct buf *out)
{
	buf_fmt(out, "%08lx ", crc32(0, (const unsigned char *)json->p, (unsigned)json->n));
	buf_put(out, buf_span(json));
	buf_char(out, '\n');
	buf_clear(json);
}

/* All files that are known, in the order of their hashes' places. */
static bool
write_known(const struct state *s, int fd)
{
	struct buf line = { 0 }, out = { 0 };
	size_t n = 0;
	bool ok = true;

	for (size_t i = 0; i < s->known.cap && ok; i++) {
		const struct known *k = &s->known.at[i];

		if (k->name == 0 || k->stamp == 0)
			continue;
		buf_fmt(&line, "%s[\"%016" PRIx64 "\",\"%016" PRIx64 "\",\"%016" PRIx64 "\"]",
		    n == 0 ? "{\"known\":[" : ",", k->name, k->stamp, k->content);
		if (++n < LINE_ENTRIES)
			continue;
		buf_str(&line, "]}");
		put_line(&line, &out);
		ok = outfile_write(fd, buf_span(&out));
		buf_clear(&out);
		n = 0;
	}
	if (n > 0) {
		buf_str(&line, "]}");
		put_line(&line, &out);
		ok = ok && outfile_write(fd, buf_span(&out));
	}
	buf_free(&line);
	buf_free(&out);
	return ok;
}

static bool
write_all(const struct state *s, int fd)
{
	struct buf line = { 0 }, out = { 0 };
	bool ok;

	buf_str(&line, "{\"last\":");
	json_put(&line, span_c(s->last));
	buf_str(&line, ",\"places\":");
	json_put(&line, span_c(s->places));
	buf_char(&line, '}');
	put_line(&line, &out);
	ok = outfile_write(fd, buf_span(&out)) && write_known(s, fd);
	buf_clear(&out);
	buf_str(&line, "{\"end\":true");
	if (s->numbers.n > 0) {
		buf_str(&line, ",\"run\":");
		buf_put(&line, buf_span(&s->numbers));
	}
	buf_char(&line, '}');
	put_line(&line, &out);
	ok = ok && outfile_write(fd, buf_span(&out)) && fsync(fd) == 0;
	buf_free(&line);
	buf_free(&out);
	return ok;
}

/* The new file is locked before it has the name; who waits for the old one looks again (state_open()). */
static bool
replace(struct state *s, const char *part)
{
	int fd = open(part, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
	bool ok = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && write_all(s, fd) &&
		  rename(part, s->path) == 0;

	if (ok) {
		close(s->fd);
		s->fd = fd;
	} else if (fd >= 0) {
		unlink(part);
		close(fd);
	}
	return ok;
}

static bool
is_long(const struct state *s)
{
	off_t size = lseek(s->fd, 0, SEEK_END);

	return size >= COMPACT_LEAST &&
	       (uint64_t)size > COMPACT_TIMES * (uint64_t)ENTRY_BYTES * (s->known.n + 1);
}

/* What this run has read is in the file, and not all of it in memory: the file decides. */
void
state_compact(struct state *s)
{
	char part[STATE_PATH_MAX];

	if (!is_long(s) || !state_load_again(s) || s->begun || !is_long(s))
		return;
	(void)replace(s, state_compact_name(s, part));
}
