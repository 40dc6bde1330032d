/* log.c - lines from a pipe, with the time, as text or JSON. */
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ascii.h"
#include "calendar.h"
#include "json.h"
#include "outfile.h"

enum { LINE_MAX_BYTES = 64 << 10, WHEN_SIZE = 32 };

struct log {
	pid_t pid;
	int before; /* standard error as it was */
};

/* What the process of the log works with. */
struct writer {
	const struct log_how *how;
	int fd; /* of the file, or where messages went before */
	bool lost;
};

/* ---- one line ---- */

/* ":12:" or ":12:3:" behind a name: the place that a message is about. */
static bool
take_number(struct span *s, uint64_t *n)
{
	size_t i = s->n, from;

	while (i > 0 && ascii_digit((unsigned char)s->p[i - 1]))
		i--;
	from = i;
	if (from == s->n || from == 0 || s->p[from - 1] != ':' || s->n - from > 9)
		return false;
	*n = 0;
	for (; i < s->n; i++)
		*n = *n * 10 + (uint64_t)(s->p[i] - '0');
	s->n = from - 1;
	return true;
}

/* The first ": " behind a place; without one the whole is the message. */
static struct span
take_place(struct span text, struct buf *out)
{
	for (size_t i = 0; i + 1 < text.n; i++) {
		struct span head = span_cut(text, 0, i);
		uint64_t last, first;

		if (text.p[i] != ':' || text.p[i + 1] != ' ' || !take_number(&head, &last))
			continue;
		if (!take_number(&head, &first)) {
			first = last;
			last = 0;
		}
		buf_str(out, ",\"file\":");
		json_put(out, head);
		buf_fmt(out, ",\"line\":%llu", (unsigned long long)first);
		if (last > 0)
			buf_fmt(out, ",\"col\":%llu", (unsigned long long)last);
		return span_cut(text, i + 2, text.n);
	}
	return text;
}

static void
put_json(const struct log_how *how, struct span text, const char *when, struct buf *out)
{
	struct span prog = SPAN("ntag-run: ");
	struct json j = { text.p, text.p + text.n, NULL };
	struct span whole;

	buf_fmt(out, "{\"time\":\"%s\",", when);
	if (text.n > 2 && *text.p == '{' && json_value(&j, &whole) && j.p == j.end) {
		buf_put(out, span_cut(text, 1, text.n));
		buf_char(out, '\n');
		return;
	}
	buf_str(out, "\"level\":\"warning\",\"pipeline\":");
	json_put(out, span_c(how->name));
	if (span_starts(text, prog))
		text = take_place(span_cut(text, prog.n, text.n), out);
	buf_str(out, ",\"message\":");
	json_put(out, text);
	buf_str(out, "}\n");
}

void
log_put(const struct log_how *how, struct span text, const char *when, struct buf *out)
{
	if (how->json) {
		put_json(how, text, when, out);
		return;
	}
	if (how->path != NULL)
		buf_fmt(out, "%s ", when);
	buf_put(out, text);
	buf_char(out, '\n');
}

static void
put_when(char when[WHEN_SIZE])
{
	struct timespec t;
	struct cal day = { 1970, 1, 1 };
	int s;

	clock_gettime(CLOCK_REALTIME, &t);
	s = (int)(t.tv_sec % 86400);
	cal_from_day((int32_t)(t.tv_sec / 86400), &day);
	snprintf(when, WHEN_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)day.y, (int)day.m,
	    (int)day.d, s / 3600, s / 60 % 60, s % 60);
}

/* ---- the process ---- */

static int
open_log(const char *path)
{
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
}

/* The name is no longer that of the file that is open. */
static void
follow_name(struct writer *w)
{
	struct stat here, there;
	int fd;

	if (w->how->path == NULL || fstat(w->fd, &here) != 0)
		return;
	if (stat(w->how->path, &there) == 0 && here.st_ino == there.st_ino &&
	    here.st_dev == there.st_dev)
		return;
	fd = open_log(w->how->path);
	if (fd < 0)
		return; /* better there than nowhere */
	close(w->fd);
	w->fd = fd;
}

static void
write_line(struct writer *w, struct span text)
{
	char when[WHEN_SIZE];
	struct buf out = { 0 };

	put_when(when);
	log_put(w->how, text, when, &out);
	follow_name(w);
	if (!outfile_write(w->fd, buf_span(&out)))
		w->lost = true;
	buf_free(&out);
}

/* All whole lines of bytes, and what is too long for one. */
static void
write_lines(struct writer *w, struct buf *bytes, bool last)
{
	size_t from = 0;

	for (size_t i = 0; i < bytes->n; i++) {
		if (bytes->p[i] != '\n' && i - from < LINE_MAX_BYTES)
			continue;
		write_line(w, span_cut(buf_span(bytes), from, i));
		from = i + (bytes->p[i] == '\n');
	}
	if (last && from < bytes->n) {
		write_line(w, span_cut(buf_span(bytes), from, bytes->n));
		from = bytes->n;
	}
	if (from > 0)
		memmove(bytes->p, bytes->p + from, bytes->n - from);
	bytes->n -= from;
}

__attribute__((noreturn)) static void
run_log(struct writer *w, int in)
{
	enum { PART = 1 << 14 };
	static const int quiet[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	struct buf bytes = { 0 };
	ssize_t n;

	for (size_t i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++)
		signal(quiet[i], SIG_IGN); /* it ends when all who write to it have ended */
	while ((n = read(in, buf_room(&bytes, PART), PART)) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		bytes.n += n > 0 ? (size_t)n : 0;
		write_lines(w, &bytes, false);
	}
	write_lines(w, &bytes, true);
	_exit(w->lost ? 1 : 0);
}

static struct log *
failed(struct diag *d, const char *path)
{
	diag_warn(d, (struct where){ .file = path }, "cannot write: %s", strerror(errno));
	return NULL;
}

static int
make_and_open(const char *path)
{
	const char *slash = strrchr(path, '/');
	char dir[PATH_MAX];

	if (slash != NULL && (size_t)(slash - path) + 2 < sizeof(dir)) {
		snprintf(dir, sizeof(dir), "%.*s/", (int)(slash - path), path);
		if (!outfile_make_dirs(dir))
			return -1;
	}
	return open_log(path);
}

struct log *
log_start(const struct log_how *how, struct diag *d)
{
	struct writer w = { .how = how, .fd = how->path == NULL ? dup(STDERR_FILENO) : -1 };
	struct log *l;
	int fd[2];

	if (how->path != NULL)
		w.fd = make_and_open(how->path);
	if (w.fd < 0)
		return failed(d, how->path);
	l = calloc(1, sizeof(*l));
	if (l == NULL)
		die_oom(sizeof(*l));
	l->before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (pipe2(fd, O_CLOEXEC) != 0 || (l->pid = fork()) < 0) {
		free(l);
		return failed(d, how->path);
	}
	if (l->pid == 0) {
		close(fd[1]);
		close(STDOUT_FILENO); /* whoever reads it must not wait for this process */
		close(STDIN_FILENO);
		run_log(&w, fd[0]);
	}
	close(fd[0]);
	close(w.fd);
	dup2(fd[1], STDERR_FILENO);
	close(fd[1]);
	if (how->path != NULL)
		signal(SIGHUP, SIG_IGN); /* from logrotate: the name is followed without it */
	return l;
}

bool
log_end(struct log *l, struct diag *d)
{
	int status = 0;

	if (l == NULL)
		return true;
	dup2(l->before, STDERR_FILENO);
	close(l->before);
	while (waitpid(l->pid, &status, 0) < 0 && errno == EINTR)
		;
	free(l);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	diag_warn(d, (struct where){ 0 }, "messages of the log are lost: it cannot be written");
	return false;
}
