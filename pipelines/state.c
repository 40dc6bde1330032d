/* state.c - the state file: lock, lines, what they mean. */
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "json.h"
#include "outfile.h"
#include "state_own.h"

enum { NO_LINE = 0 };

/* Milliseconds for which a held lock is looked at again: what a killed run has started dies after it and has the
 * lock until then, and who looks at a state (state_peek()) has it for a moment. */
enum { LOCK_GRACE = 500, LOCK_STEP = 10 };

/* ---- lines ---- */

bool
state_append(struct state *s, struct span json)
{
	struct buf line = { 0 };
	off_t before = lseek(s->fd, 0, SEEK_END);
	bool ok;

	buf_fmt(&line, "%08lx ", crc32(0, (const unsigned char *)json.p, (unsigned)json.n));
	buf_put(&line, json);
	buf_char(&line, '\n');
	ok = outfile_write(s->fd, buf_span(&line)) && fdatasync(s->fd) == 0;
	if (!ok) {
		int error = errno;

		if (before >= 0)
			(void)!ftruncate(s->fd, before);
		errno = error;
	}
	buf_free(&line);
	return ok;
}

bool
state_append_buf(struct state *s, struct buf *json)
{
	bool ok = state_append(s, buf_span(json));
	int error = errno;

	buf_free(json);
	errno = error;
	return ok;
}

/* Read all lines; *good receives the bytes up to the first bad one. False: a good one follows it, in *line. */
static bool
read_lines(struct state *s, FILE *f, off_t *good, size_t *line)
{
	char *p = NULL;
	size_t cap = 0, at = 0;
	ssize_t n;
	bool bad = false, damaged = false;
	struct span json;

	*good = 0;
	while (!damaged && (n = getline(&p, &cap, f)) > 0) {
		at++;
		if (!state_line_good((struct span){ p, (size_t)n }, &json)) {
			*line = bad ? *line : at;
			bad = true;
		} else if (bad) {
			damaged = true;
		} else {
			state_line_take(s, json);
			*good += n;
		}
	}
	free(p);
	return !damaged;
}

static int
load(struct state *s)
{
	int fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 0);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	size_t line = NO_LINE;
	off_t good = 0;
	bool whole = f != NULL && read_lines(s, f, &good, &line);

	if (f == NULL || ferror(f) != 0) {
		diag_warn(
		    s->diag, (struct where){ .file = s->path }, "cannot read: %s", strerror(errno));
		return STATUS_OUTPUT;
	}
	fclose(f);
	if (!whole) {
		diag_warn(s->diag, (struct where){ .file = s->path, .line = line },
		    "the state file is damaged; put back a copy of it, or remove it to begin with "
		    "nothing known");
		return STATUS_RESOURCE;
	}
	if (s->peek || lseek(s->fd, 0, SEEK_END) == good || ftruncate(s->fd, good) == 0)
		return STATUS_OK;
	diag_warn(s->diag, (struct where){ .file = s->path }, "cannot write: %s", strerror(errno));
	return STATUS_OUTPUT;
}

bool
state_load_again(struct state *s)
{
	manifest_free(&s->known);
	manifest_free(&s->file_index);
	arena_reset(&s->arena);
	memset(&s->file, 0, sizeof(s->file));
	memset(&s->place, 0, sizeof(s->place));
	s->run = s->today = s->pipeline = s->at = NULL;
	s->begun = s->finished = false;
	return lseek(s->fd, 0, SEEK_SET) == 0 && load(s) == STATUS_OK;
}

/* ---- opening ---- */

static int
said_locked(const struct state *s, enum state_lock lock)
{
	diag_warn(s->diag, (struct where){ .file = s->path },
	    "another run of the pipeline is under way%s", lock == STATE_SKIP ? "; left to it" : "");
	return lock == STATE_SKIP ? STATUS_OK : STATUS_LOCKED;
}

static void
sleep_step(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = LOCK_STEP * 1000000L }, NULL);
}

static int
locked(struct state *s, enum state_lock lock)
{
	int left = LOCK_GRACE / LOCK_STEP;

	while (flock(s->fd, LOCK_EX | (lock == STATE_WAIT ? 0 : LOCK_NB)) != 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK) {
			diag_warn(s->diag, (struct where){ .file = s->path },
			    "cannot be locked here: %s; put the state on a local disk, with "
			    "--state",
			    strerror(errno));
			return STATUS_LOCKED;
		}
		if (left-- == 0)
			return said_locked(s, lock);
		sleep_step();
	}
	return -1;
}

/* Is the locked file still the one of the name? While this process waited another may have written it anew. */
static bool
is_named(const struct state *s)
{
	struct stat ours, named;

	return fstat(s->fd, &ours) == 0 && stat(s->path, &named) == 0 &&
	       ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

struct state *
state_open(const char *path, enum state_lock lock, struct diag *d, int *status)
{
	struct state *s = calloc(1, sizeof(*s));
	char part[STATE_PATH_MAX];

	if (s == NULL)
		die_oom(sizeof(*s));
	s->fd = -1;
	s->path = path;
	s->diag = d;
	do {
		if (s->fd >= 0)
			close(s->fd);
		s->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
		if (s->fd < 0) {
			diag_warn(
			    d, (struct where){ .file = path }, "cannot open: %s", strerror(errno));
			*status = STATUS_OUTPUT;
			break;
		}
		*status = locked(s, lock);
	} while (*status == -1 && !is_named(s));
	if (*status == -1) {
		unlink(state_compact_name(s, part)); /* of a run that was killed */
		*status = load(s);
		if (*status == STATUS_OK)
			return s;
	}
	state_close(s);
	return NULL;
}

int
state_lock_fd(const struct state *s)
{
	return s->fd;
}

struct state *
state_peek(const char *path, struct diag *d, bool *running)
{
	struct state *s = calloc(1, sizeof(*s));

	if (s == NULL)
		die_oom(sizeof(*s));
	*running = false;
	s->path = path;
	s->diag = d;
	s->peek = true;
	s->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0 && errno == ENOENT)
		return s;
	if (s->fd < 0)
		diag_warn(d, (struct where){ .file = path }, "cannot open: %s", strerror(errno));
	else if (load(s) == STATUS_OK) {
		*running = flock(s->fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
		flock(s->fd, LOCK_UN);
		return s;
	}
	state_close(s);
	return NULL;
}

size_t
state_known(const struct state *s)
{
	return s->known.n;
}

const char *
state_last(const struct state *s)
{
	return s->last;
}

const char *
state_places_hash(const struct state *s)
{
	return s->places;
}

void
state_close(struct state *s)
{
	if (s == NULL)
		return;
	if (s->fd >= 0)
		close(s->fd); /* and the lock is gone */
	manifest_free(&s->known);
	manifest_free(&s->file_index);
	buf_free(&s->list);
	buf_free(&s->fresh);
	buf_free(&s->numbers);
	arena_free(&s->arena);
	free(s);
}

const char *
state_run(const struct state *s)
{
	return s->begun ? s->run : NULL;
}

const char *
state_today(const struct state *s)
{
	return s->today;
}

const char *
state_pipeline(const struct state *s)
{
	return s->pipeline;
}

bool
state_finished(const struct state *s)
{
	return s->finished;
}

const struct state_place *
state_places(const struct state *s, size_t *n)
{
	*n = s->place.n;
	return s->place.at;
}

const struct state_file *
state_files(const struct state *s, size_t *n)
{
	*n = s->file.n;
	return s->file.at;
}

uint64_t
state_errors(const struct state *s, bool base)
{
	return base ? s->errors_base : s->errors;
}

/* ---- writing ---- */

void
state_put_file(struct buf *list, uint32_t output, const char *path, uint64_t length)
{
	buf_fmt(list, "%s[%" PRIu32 ",", list->n == 0 ? "" : ",", output);
	json_put(list, span_c(path));
	buf_fmt(list, ",%" PRIu64 "]", length);
}

void
state_put_place(struct buf *list, const char *dir, bool append)
{
	buf_str(list, list->n == 0 ? "[" : ",[");
	json_put(list, span_c(dir));
	buf_fmt(list, ",%s]", append ? "true" : "false");
}

bool
state_begin(struct state *s, const struct state_run *run)
{
	struct buf line = { 0 };
	bool ok;

	buf_str(&line, "{\"begin\":");
	json_put(&line, span_c(run->name));
	buf_str(&line, ",\"today\":");
	json_put(&line, span_c(run->today));
	buf_str(&line, ",\"pipeline\":");
	json_put(&line, span_c(run->pipeline));
	buf_str(&line, ",\"outputs\":[");
	buf_put(&line, run->outputs);
	buf_str(&line, "],\"places\":");
	json_put(&line, span_c(run->places == NULL ? "" : run->places));
	buf_fmt(&line, ",\"errors\":%" PRIu64 "}", run->errors);
	ok = state_append(s, buf_span(&line));
	if (ok)
		state_line_take(s, buf_span(&line));
	buf_free(&line);
	return ok;
}

bool
state_note_open(struct state *s, struct span list)
{
	struct buf line = { 0 };

	buf_str(&line, "{\"open\":[");
	buf_put(&line, list);
	buf_str(&line, "]}");
	return state_append_buf(s, &line);
}

bool
state_commit(struct state *s, struct span out, uint64_t errors, const char *file, uint64_t units,
    bool finish)
{
	struct buf line = { 0 };
	bool ok;

	buf_str(&line, "{\"read\":[");
	buf_put(&line, buf_span(&s->list));
	buf_char(&line, ']');
	if (file != NULL) {
		buf_str(&line, ",\"at\":[");
		json_put(&line, span_c(file));
		buf_fmt(&line, ",\"%016" PRIx64 "\",%" PRIu64 "]", s->stamp, units);
	}
	buf_str(&line, ",\"out\":[");
	buf_put(&line, out);
	buf_fmt(&line, "],\"errors\":%" PRIu64 "%s}", errors, finish ? ",\"finish\":true" : "");
	ok = state_append_buf(s, &line);
	if (ok) {
		buf_clear(&s->list);
		s->n_list = 0;
	}
	return ok;
}

bool
state_end(struct state *s, struct span numbers)
{
	struct buf line = { 0 };

	buf_str(&line, "{\"end\":true");
	if (numbers.n > 0) {
		buf_str(&line, ",\"run\":");
		buf_put(&line, numbers);
	}
	buf_char(&line, '}');
	return state_append_buf(s, &line);
}

struct span
state_numbers(const struct state *s)
{
	return s->numbers.n == 0 ? SPAN("") : buf_span(&s->numbers);
}

bool
state_abandon(struct state *s)
{
	if (!state_append(s, SPAN("{\"abandon\":true}")))
		return false;
	state_line_take(s, SPAN("{\"abandon\":true}"));
	return true;
}
