/* source.c - one input as bytes of UTF-8 (source.h). */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "diag.h"
#include "gunzip.h"
#include "utf16.h"

enum {
	IN_SIZE = 65536,  /* bytes of a read when they are not read to their final place */
	MID_SIZE = 16384, /* inflated bytes that wait to be decoded */
};

struct source {
	void (*idle)(void *);
	void *idle_ctx;
	struct source_feed feed;
	int fd;        /* -1: none of ours */
	bool owned;    /* fd is to be closed */
	bool regular;  /* never blocks, has a size */
	bool empty;    /* a regular file that had no bytes when it was opened */
	uint64_t left; /* bytes until the size seen at open; UINT64_MAX: unknown */
	time_t changed;
	uint64_t taken;
	bool avoids; /* source_avoid(): */
	dev_t avoid_dev;
	ino_t avoid_ino;

	char in[IN_SIZE]; /* as read */
	size_t in_at, in_end;
	bool dry;   /* feed has ended */
	bool begun; /* gzip or not is known */
	bool coded; /* UTF-16 or not is known */
	bool zipped;
	struct gunzip *gz; /* made when first needed, kept */
	struct utf16 utf16;
	char head
	    [4]; /* of the inflated bytes, while it is not clear whether it is a byte order mark */
	size_t n_head;
	char mid[MID_SIZE]; /* to be decoded */
	size_t mid_at, mid_end;
	bool finished;
	char fault[128];
	bool torn, harmless, transient;
};

struct source *
source_new(void (*idle)(void *), void *ctx)
{
	struct source *s = calloc(1, sizeof(*s));

	if (s == NULL)
		die_oom(sizeof(*s));
	s->idle = idle;
	s->idle_ctx = ctx;
	s->fd = -1;
	return s;
}

void
source_free(struct source *s)
{
	if (s == NULL)
		return;
	source_close(s);
	gunzip_free(s->gz);
	free(s);
}

static void
set_fault(struct source *s, const char *what, int err)
{
	if (s->fault[0] != '\0')
		return;
	snprintf(s->fault, sizeof(s->fault), err == 0 ? "%s" : "%s: %s", what, strerror(err));
}

static void
start(struct source *s)
{
	s->feed = (struct source_feed){ NULL, NULL };
	s->fd = -1;
	s->owned = s->regular = s->empty = false;
	s->left = UINT64_MAX;
	s->taken = 0;
	s->in_at = s->in_end = s->mid_at = s->mid_end = s->n_head = 0;
	s->dry = s->begun = s->coded = s->zipped = s->finished = s->torn = s->harmless = false;
	s->transient = false;
	s->utf16 = (struct utf16){ .width = 0 };
	s->fault[0] = '\0';
}

static void
call_idle(const struct source *s)
{
	if (s->idle != NULL)
		s->idle(s->idle_ctx);
}

/* Something that is not to be read, and no loss. */
static bool
pass_over(struct source *s, const char *what)
{
	set_fault(s, what, 0);
	s->harmless = true;
	return false;
}

void
source_avoid(struct source *s, const char *name)
{
	struct stat st;

	s->avoids = stat(name, &st) == 0 && S_ISREG(st.st_mode);
	if (!s->avoids)
		return;
	s->avoid_dev = st.st_dev;
	s->avoid_ino = st.st_ino;
}

/* It would be read while it grows. */
static bool
is_output(const struct source *s, const struct stat *st)
{
	struct stat out;

	if (s->avoids && st->st_ino == s->avoid_ino && st->st_dev == s->avoid_dev)
		return true;
	return fstat(STDOUT_FILENO, &out) == 0 && st->st_ino == out.st_ino &&
	       st->st_dev == out.st_dev;
}

/* Learn what sort of file was opened, and its size. */
static bool
size_up(struct source *s, bool walked)
{
	struct stat st;

	if (fstat(s->fd, &st) != 0) {
		set_fault(s, "cannot open", errno);
		return false;
	}
	s->regular = S_ISREG(st.st_mode);
	if (walked && !s->regular)
		return pass_over(s, "is not a regular file");
	if (s->owned && s->regular && is_output(s, &st))
		return pass_over(s, "is the output too");
	s->changed = st.st_mtime;
	s->empty = s->regular && st.st_size == 0;
	off_t at = lseek(s->fd, 0, SEEK_CUR); /* standard input may stand in the middle */
	if (s->regular && at >= 0 && !s->empty)
		s->left = st.st_size > at ? (uint64_t)(st.st_size - at) : 0;
	return true;
}

bool
source_open(struct source *s, const char *name, bool walked)
{
	struct stat st;

	start(s);
	if (!walked && span_is(span_c(name), "-")) {
		s->fd = STDIN_FILENO;
		return size_up(s, false);
	}
	bool odd = stat(name, &st) == 0 && !S_ISREG(st.st_mode);
	if (odd && walked)
		return pass_over(s, "is not a regular file");
	if (odd)
		call_idle(s); /* the open of a FIFO waits for a writer */
	do
		s->fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | (walked ? O_NONBLOCK : 0));
	while (s->fd < 0 && errno == EINTR);
	if (s->fd < 0) {
		set_fault(s, "cannot open", errno);
		return false;
	}
	s->owned = true;
	if (size_up(s, walked))
		return true;
	source_close(s);
	return false;
}

void
source_attach(struct source *s, struct source_feed feed)
{
	start(s);
	s->feed = feed;
}

void
source_close(struct source *s)
{
	if (s->owned && s->fd >= 0)
		close(s->fd); /* was read only: nothing can be lost */
	s->fd = -1;
	s->owned = false;
}

/* ---- as read ---- */

/* A file that was empty and no longer is grows while it is read: it may be our own output. Not so the
 * files of /proc, which never show a size. */
static bool
has_grown(const struct source *s)
{
	struct stat st;

	return s->empty && (fstat(s->fd, &st) != 0 || st.st_size > 0);
}

static ssize_t
read_fd(struct source *s, char *to, size_t n)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };

	if (!s->regular && poll(&p, 1, 0) == 0)
		call_idle(s);
	for (;;) {
		ssize_t got = read(s->fd, to, n);
		if (got >= 0)
			return got;
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			(void)poll(&p, 1, -1);
		else if (errno != EINTR)
			return -1;
	}
}

static ssize_t
read_feed(struct source *s, char *to, size_t n)
{
	ssize_t got;

	do
		got = s->feed.read(s->feed.ctx, to, n);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Up to n bytes as they are in the file. 0: that was all. */
static size_t
read_raw(struct source *s, char *to, size_t n)
{
	if (s->left < n)
		n = (size_t)s->left;
	if (s->dry || n == 0)
		return 0;
	ssize_t got = s->feed.read != NULL ? read_feed(s, to, n) : read_fd(s, to, n);
	if (got < 0) {
		set_fault(s, "read error", errno);
		s->transient = true;
		s->torn = true;
	}
	if (got <= 0 || (s->empty && s->taken == 0 && has_grown(s))) {
		s->dry = true;
		return 0;
	}
	s->taken += (uint64_t)got;
	if (s->left != UINT64_MAX)
		s->left -= (uint64_t)got;
	return (size_t)got;
}

/* More bytes behind those in s->in. */
static bool
fill_in(struct source *s)
{
	if (s->in_at == s->in_end)
		s->in_at = s->in_end = 0;
	size_t got = read_raw(s, s->in + s->in_end, sizeof(s->in) - s->in_end);
	s->in_end += got;
	return got > 0;
}

static size_t
take_in(struct source *s, char *to, size_t n)
{
	size_t have = s->in_end - s->in_at;

	if (have == 0)
		return read_raw(s, to, n);
	n = n < have ? n : have;
	memcpy(to, s->in + s->in_at, n);
	s->in_at += n;
	return n;
}

/* ---- inflated ---- */

/* gzip begins with 1F 8B (RFC 1952, 2.3.1). */
static void
begin(struct source *s)
{
	s->begun = true;
	while (s->in_end < 2 && (s->in_end == 0 || (unsigned char)s->in[0] == 0x1F))
		if (!fill_in(s))
			break;
	s->zipped = s->in_end >= 2 && memcmp(s->in, "\x1F\x8B", 2) == 0;
	if (!s->zipped)
		return;
	if (s->gz == NULL)
		s->gz = gunzip_new();
	else
		gunzip_reset(s->gz);
}

static size_t
take_gunzip(struct source *s, char *to, size_t n)
{
	size_t got = 0;

	while (got == 0 && !gunzip_over(s->gz)) {
		struct span in = { s->in + s->in_at, s->in_end - s->in_at };
		got = gunzip_take(s->gz, &in, to, n);
		s->in_at = s->in_end - in.n;
		if (got == 0 && in.n == 0 && !gunzip_over(s->gz) && !fill_in(s))
			gunzip_finish(s->gz);
	}
	if (got == 0) {
		bool torn;
		const char *fault = gunzip_fault(s->gz, &torn);
		s->torn |= torn;
		if (fault != NULL)
			set_fault(s, fault, 0);
	}
	return got;
}

static size_t
take(struct source *s, char *to, size_t n)
{
	if (!s->begun)
		begin(s);
	return s->zipped ? take_gunzip(s, to, n) : take_in(s, to, n);
}

/* ---- decoded ---- */

/* Learn whether the bytes are UTF-16 or UTF-32. */
static void
find_mark(struct source *s)
{
	size_t len = 0;
	enum utf16_answer a = UTF16_MORE;

	while (a == UTF16_MORE) {
		size_t got = take(s, s->head + s->n_head, s->n_head == 0 ? 1 : 4 - s->n_head);
		s->n_head += got;
		a = utf16_mark(&s->utf16, (struct span){ s->head, s->n_head }, got == 0, &len);
	}
	memcpy(s->mid, s->head + len, s->n_head - len);
	s->mid_end = s->n_head - len;
	s->coded = true;
}

static size_t
take_mid(struct source *s, char *to, size_t n)
{
	size_t have = s->mid_end - s->mid_at;

	n = n < have ? n : have;
	memcpy(to, s->mid + s->mid_at, n);
	s->mid_at += n;
	return n;
}

static size_t
take_utf16(struct source *s, char *to, size_t n)
{
	while (!s->finished) {
		struct span in = { s->mid + s->mid_at, s->mid_end - s->mid_at };
		size_t got = utf16_decode(&s->utf16, &in, to, n);
		s->mid_at = s->mid_end - in.n;
		if (got > 0)
			return got;
		s->mid_at = 0;
		s->mid_end = take(s, s->mid, sizeof(s->mid));
		s->finished = s->mid_end == 0;
		if (s->finished)
			return utf16_finish(&s->utf16, to);
	}
	return 0;
}

size_t
source_read(struct source *s, char *to, size_t n)
{
	if (!s->coded)
		find_mark(s);
	if (s->utf16.width != 0)
		return take_utf16(s, to, n);
	return s->mid_at < s->mid_end ? take_mid(s, to, n) : take(s, to, n);
}

const char *
source_fault(const struct source *s)
{
	return s->fault[0] == '\0' ? NULL : s->fault;
}

bool
source_transient(const struct source *s)
{
	return s->transient;
}

bool
source_harmless(const struct source *s)
{
	return s->harmless;
}

bool
source_torn(const struct source *s)
{
	return s->torn;
}

size_t
source_repaired(const struct source *s)
{
	return s->utf16.bad;
}

uint64_t
source_taken(const struct source *s)
{
	return s->taken;
}

bool
source_day(const struct source *s, char day[11])
{
	struct tm tm;

	if (!s->regular || !s->owned || gmtime_r(&s->changed, &tm) == NULL)
		return false;
	/* ISO 8601 days have four digits of year. */
	if (tm.tm_year < -1899 || tm.tm_year > 8099)
		return false;
	return strftime(day, 11, "%Y-%m-%d", &tm) == 10;
}
