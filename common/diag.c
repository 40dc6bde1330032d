/* diag.c - one place where messages get their form and faults are counted. */
#include "diag.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "json.h"
#include "utf8.h"
#include "visible.h"

bool
diag_write(int fd, struct span s)
{
	struct pollfd ready = { .fd = fd, .events = POLLOUT };

	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			poll(&ready, 1, -1);
		} else if (n < 0 && errno != EINTR) {
			return false;
		} else if (n > 0) {
			s.p += n;
			s.n -= (size_t)n;
		}
	}
	return true;
}

void
diag_mask(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.n;) {
		size_t len;
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len);
		bool bad = cp == UTF8_BAD && utf8_valid(span_cut(s, i, i + len)) < len;

		if (bad || !visible_safe(cp))
			for (size_t k = 0; k < len; k++)
				buf_fmt(out, "\\x%02x", (unsigned)(unsigned char)s.p[i + k]);
		else
			buf_put(out, span_cut(s, i, i + len));
		i += len;
	}
}

static void
put_where(struct buf *out, struct where w)
{
	if (w.file != NULL) {
		diag_mask(out, span_c(w.file));
		buf_char(out, ':');
		if (w.line > 0)
			buf_fmt(out, "%zu:", w.line);
		if (w.line > 0 && w.col > 0)
			buf_fmt(out, "%zu:", w.col);
		buf_char(out, ' ');
	}
}

/* The message itself, masked, without prefix and newline. */
__attribute__((format(printf, 2, 0))) static void
put_what(struct buf *out, const char *fmt, va_list ap)
{
	va_list again;
	int n;
	struct buf plain = { 0 };

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	vsnprintf(buf_room(&plain, (size_t)n + 1), (size_t)n + 1, fmt, ap);
	diag_mask(out, (struct span){ plain.p, (size_t)n });
	buf_free(&plain);
}

static void
flush_err(struct diag *d)
{
	if (d->now) {
		/* Where standard error is gone there is nobody to tell. */
		(void)diag_write(STDERR_FILENO, buf_span(&d->err));
		buf_clear(&d->err);
	}
}

__attribute__((format(printf, 4, 0))) static void
say(struct diag *d, struct where w, const char *after, const char *fmt, va_list ap)
{
	if (d->quiet)
		return;
	buf_fmt(&d->err, "%s: ", d->prog);
	put_where(&d->err, w);
	put_what(&d->err, fmt, ap);
	buf_str(&d->err, after);
	buf_char(&d->err, '\n');
	flush_err(d);
}

void
diag_warn(struct diag *d, struct where w, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(d, w, "", fmt, ap);
	va_end(ap);
}

static void
put_base64(struct buf *out, struct span s)
{
	static const char digit[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i += 3) {
		size_t left = s.n - i;
		uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;

		if (left > 1)
			v |= (uint32_t)(unsigned char)s.p[i + 1] << 8;
		if (left > 2)
			v |= (uint32_t)(unsigned char)s.p[i + 2];
		buf_char(out, digit[v >> 18]);
		buf_char(out, digit[v >> 12 & 63]);
		buf_char(out, left > 1 ? digit[v >> 6 & 63] : '=');
		buf_char(out, left > 2 ? digit[v & 63] : '=');
	}
	buf_char(out, '"');
}

/* A string that may hold bad bytes (a file name, a message): repaired, then escaped. */
static void
put_repaired(struct buf *out, struct span s)
{
	struct buf good = { 0 };

	utf8_repair(s, &good);
	json_put(out, buf_span(&good));
	buf_free(&good);
}

static void
dead_head(struct diag *d, struct where w, const char *stage, struct span what)
{
	buf_str(&d->dead, "{\"file\":");
	put_repaired(&d->dead, span_c(w.file == NULL ? "-" : w.file));
	buf_fmt(&d->dead, ",\"line\":%zu,\"stage\":", w.line);
	put_repaired(&d->dead, span_c(stage));
	buf_str(&d->dead, ",\"error\":");
	put_repaired(&d->dead, what);
}

void
diag_reject(
    struct diag *d, struct where w, const char *stage, struct span raw, const char *fmt, ...)
{
	va_list ap;
	struct buf what = { 0 };

	d->count.rejected++;
	va_start(ap, fmt);
	say(d, w, "; record rejected", fmt, ap);
	va_end(ap);
	if (!d->keep_dead)
		return;
	va_start(ap, fmt);
	put_what(&what, fmt, ap);
	va_end(ap);
	dead_head(d, w, stage, buf_span(&what));
	if (utf8_valid(raw) == raw.n) {
		buf_str(&d->dead, ",\"raw\":");
		json_put(&d->dead, raw);
	} else {
		buf_str(&d->dead, ",\"raw64\":");
		put_base64(&d->dead, raw);
	}
	buf_str(&d->dead, "}\n");
	buf_free(&what);
}

void
diag_reject_long(struct diag *d, struct where w, uint64_t offset, uint64_t length, size_t limit)
{
	struct buf what = { 0 };

	buf_fmt(&what, "record of %llu bytes is longer than --max-record (%zu)",
	    (unsigned long long)length, limit);
	d->count.read++;
	d->count.rejected++;
	if (!d->quiet) {
		buf_fmt(&d->err, "%s: ", d->prog);
		put_where(&d->err, w);
		buf_put(&d->err, buf_span(&what));
		buf_str(&d->err, "; record rejected\n");
		flush_err(d);
	}
	if (d->keep_dead) {
		dead_head(d, w, "read", buf_span(&what));
		buf_fmt(&d->dead, ",\"offset\":%llu,\"length\":%llu}\n", (unsigned long long)offset,
		    (unsigned long long)length);
	}
	buf_free(&what);
}

void
diag_fail(struct diag *d, struct where w, const char *stage, const char *fmt, ...)
{
	va_list ap;
	char after[64];

	d->count.failed++;
	snprintf(after, sizeof(after), "; written without ntag-%s", stage);
	va_start(ap, fmt);
	say(d, w, after, fmt, ap);
	va_end(ap);
}

void
diag_unreadable(struct diag *d, struct where w, const char *fmt, ...)
{
	va_list ap;

	d->count.unreadable++;
	va_start(ap, fmt);
	say(d, w, "", fmt, ap);
	va_end(ap);
}

void
diag_add_counts(struct counts *to, const struct counts *from)
{
	to->read += from->read;
	to->written += from->written;
	to->filtered += from->filtered;
	to->rejected += from->rejected;
	to->failed += from->failed;
	to->no_text += from->no_text;
	to->repaired += from->repaired;
	to->units += from->units;
	to->unreadable += from->unreadable;
	to->files += from->files;
	to->bytes += from->bytes;
}

void
diag_merge(struct diag *to, struct diag *from)
{
	buf_put(&to->err, buf_span(&from->err));
	buf_put(&to->dead, buf_span(&from->dead));
	diag_add_counts(&to->count, &from->count);
	buf_clear(&from->err);
	buf_clear(&from->dead);
	from->count = (struct counts){ 0 };
	flush_err(to);
}

int
diag_status(const struct diag *d)
{
	const struct counts *c = &d->count;
	bool some = c->rejected > 0 || c->failed > 0 || c->unreadable > 0;

	return some || (d->strict && c->repaired > 0) ? STATUS_SOME : STATUS_OK;
}

void
diag_die(const struct diag *d, int status, const char *fmt, ...)
{
	va_list ap;
	struct diag last = { .prog = d->prog, .now = true };

	va_start(ap, fmt);
	say(&last, (struct where){ 0 }, "", fmt, ap);
	va_end(ap);
	_exit(status);
}

static bool
balanced(const struct counts *c)
{
	return c->read == c->written + c->filtered + c->rejected;
}

static void
stats_json(const struct diag *d, double seconds, struct buf *out)
{
	const struct counts *c = &d->count;

	buf_fmt(out,
	    "{\"program\":\"%s\",\"read\":%llu,\"written\":%llu,\"filtered\":%llu,\"rejected\":%"
	    "llu,"
	    "\"failed\":%llu,\"no_text\":%llu,\"repaired\":%llu,\"units\":%llu,\"unreadable\":%llu,"
	    "\"files\":%llu,\"bytes\":%llu,\"seconds\":%.3f}\n",
	    d->prog, (unsigned long long)c->read, (unsigned long long)c->written,
	    (unsigned long long)c->filtered, (unsigned long long)c->rejected,
	    (unsigned long long)c->failed, (unsigned long long)c->no_text,
	    (unsigned long long)c->repaired, (unsigned long long)c->units,
	    (unsigned long long)c->unreadable, (unsigned long long)c->files,
	    (unsigned long long)c->bytes, seconds);
}

static void
put_count(struct buf *out, uint64_t n, const char *what)
{
	if (n > 0)
		buf_fmt(out, ", %llu %s", (unsigned long long)n, what);
}

static void
stats_text(const struct diag *d, double seconds, struct buf *out)
{
	const struct counts *c = &d->count;

	buf_fmt(out, "%s: %llu read = %llu written + %llu filtered + %llu rejected; %llu file%s",
	    d->prog, (unsigned long long)c->read, (unsigned long long)c->written,
	    (unsigned long long)c->filtered, (unsigned long long)c->rejected,
	    (unsigned long long)c->files, c->files == 1 ? "" : "s");
	put_count(out, c->units, "units");
	put_count(out, c->failed, "failed");
	put_count(out, c->no_text, "without text");
	put_count(out, c->repaired, "bad bytes repaired");
	put_count(out, c->unreadable, "unreadable");
	buf_fmt(out, "; %.1f s, %.1f MB/s\n", seconds,
	    seconds > 0 ? (double)c->bytes / 1e6 / seconds : 0.0);
}

bool
diag_stats(const struct diag *d, bool json, double seconds, struct buf *out)
{
	if (json)
		stats_json(d, seconds, out);
	else
		stats_text(d, seconds, out);
	if (!balanced(&d->count))
		buf_fmt(out, "%s: the counts do not balance: a record is lost\n", d->prog);
	return balanced(&d->count);
}

/* Edit distance of two short words, transpositions counted as one (Damerau, restricted). */
static size_t
distance(const char *a, const char *b)
{
	enum { MAX = 40 };
	size_t d[3][MAX + 1], na = strlen(a), nb = strlen(b);

	if (na > MAX || nb > MAX)
		return MAX;
	for (size_t j = 0; j <= nb; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *row = d[i % 3], *up = d[(i + 2) % 3], *up2 = d[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t best = up[j - 1] + (a[i - 1] != b[j - 1]);

			best = up[j] + 1 < best ? up[j] + 1 : best;
			best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			row[j] = best;
		}
	}
	return d[na % 3][nb];
}

const char *
diag_near(const char *typed, const char *const *names)
{
	const char *best = NULL;
	size_t least = strlen(typed) / 3 + 1; /* one slip in three letters */

	for (; *names != NULL; names++) {
		size_t n = distance(typed, *names);

		if (n <= least && (best == NULL || n < least)) {
			least = n;
			best = *names;
		}
	}
	return best;
}
