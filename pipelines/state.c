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

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "json.h"
#include "manifest.h"
#include "outfile.h"
#include "source.h"

enum { CRC_DIGITS = 8, STAMP_DIGITS = 16, NO_LINE = 0 };

struct state {
	struct arena arena; /* texts of the present run */
	const char *path;
	int fd;
	struct diag *diag;
	struct manifest known;
	uint32_t run_number;
	bool begun, finished, peek;
	char last[40]; /* name of the last run */
	const char *run, *today, *pipeline;
	uint64_t errors, errors_base;
	VEC(struct state_place) place;
	VEC(struct state_file) file;
	struct manifest file_index; /* stamp: index into file + 1 */
	const char *at;             /* being read at the last commit, or NULL */
	uint64_t at_stamp, at_units;
	/* this run */
	struct state_choice choice;
	struct input_files hooks;
	uint64_t stamp;  /* of the file being read */
	struct buf list; /* files read since the last commit */
	size_t n_list;
	struct buf fresh; /* files to be remembered by a new stamp */
};

/* ---- lines ---- */

static bool
append_line(struct state *s, struct span json)
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

static bool
append_buf(struct state *s, struct buf *json)
{
	bool ok = append_line(s, buf_span(json));
	int error = errno;

	buf_free(json);
	errno = error;
	return ok;
}

/* "CRC JSON\n" -> JSON. False: the line is torn or damaged. */
static bool
good_line(struct span line, struct span *json)
{
	uint64_t sum = 0;

	if (line.n < CRC_DIGITS + 2 || line.p[line.n - 1] != '\n' || line.p[CRC_DIGITS] != ' ')
		return false;
	for (size_t i = 0; i < CRC_DIGITS; i++) {
		char c = line.p[i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
		sum = sum * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*json = span_cut(line, CRC_DIGITS + 1, line.n - 1);
	return crc32(0, (const unsigned char *)json->p, (unsigned)json->n) == sum;
}

/* ---- what a line says ---- */

/* The elements of an array, at most max of them. */
static size_t
elements(struct span array, struct span *at, size_t max)
{
	struct json j = { array.p, array.p + array.n, NULL };
	size_t n = 0;

	for (bool more = json_begin(&j, '['); more && n < max; more = json_more(&j, ']'))
		if (!json_value(&j, &at[n++]))
			return 0;
	return n;
}

static struct span
string(struct state *s, struct span raw)
{
	if (raw.n < 2 || json_type(raw) != JSON_STRING)
		return SPAN("");
	return json_unescape(span_cut(raw, 1, raw.n - 1), &s->arena, NULL);
}

static const char *
text(struct state *s, struct span raw)
{
	return arena_cstr(&s->arena, string(s, raw));
}

static uint64_t
number(struct span raw)
{
	uint64_t v = 0;

	return json_uint(raw, UINT64_MAX, &v) ? v : 0;
}

static uint64_t
hex(struct span raw)
{
	uint64_t v = 0;

	for (size_t i = 1; i + 1 < raw.n; i++) {
		char c = raw.p[i];

		v = v * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return v;
}

static void
take_begin(struct state *s, struct span raw)
{
	s->run = text(s, raw);
	snprintf(s->last, sizeof(s->last), "%s", s->run);
	s->begun = true;
	s->finished = false;
	s->run_number++;
}

static void
take_today(struct state *s, struct span raw)
{
	s->today = text(s, raw);
}

static void
take_pipeline(struct state *s, struct span raw)
{
	s->pipeline = text(s, raw);
}

static void
take_outputs(struct state *s, struct span raw)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span one, part[2];

	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		if (!json_value(&j, &one) || elements(one, part, 2) != 2)
			return;
		VEC_PUSH(&s->arena, &s->place,
		    (struct state_place){ text(s, part[0]), span_is(part[1], "true") });
	}
}

static void
take_errors(struct state *s, struct span raw)
{
	s->errors = number(raw);
}

/* The entry of a file; what has none yet was as long before the run as it is now. */
static struct state_file *
file_of(struct state *s, uint32_t output, struct span path, uint64_t length)
{
	struct known *k = manifest_put(&s->file_index, manifest_hash(path, output));

	if (k->stamp == 0) {
		VEC_PUSH(&s->arena, &s->file,
		    (struct state_file){ output, arena_cstr(&s->arena, path), length, 0, false });
		k->stamp = s->file.n;
	}
	return &s->file.at[k->stamp - 1];
}

/* Files, each [OUTPUT, PATH, LENGTH]. */
static void
take_files(struct state *s, struct span raw, bool committed)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span one, part[3];

	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		struct state_file *f;

		if (!json_value(&j, &one) || elements(one, part, 3) != 3)
			return;
		f = file_of(s, (uint32_t)number(part[0]), string(s, part[1]), number(part[2]));
		f->length = number(part[2]);
		f->committed |= committed;
	}
}

static void
take_open(struct state *s, struct span raw)
{
	take_files(s, raw, false);
}

static void
take_out(struct state *s, struct span raw)
{
	take_files(s, raw, true);
}

/* Inputs, each [NAME, STAMP, CONTENT]. */
static void
take_read(struct state *s, struct span raw)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span one, part[3];
	struct arena scratch = { 0 };

	s->at = NULL;
	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		struct known *k;
		struct span name;

		if (!json_value(&j, &one) || elements(one, part, 3) != 3)
			break;
		name = json_unescape(span_cut(part[0], 1, part[0].n - 1), &scratch, NULL);
		k = manifest_put(&s->known, manifest_hash(name, 0));
		k->stamp = hex(part[1]);
		k->content = hex(part[2]);
		if (s->begun) {
			k->times = k->run == s->run_number ? k->times + 1 : 1;
			k->run = s->run_number;
		}
		arena_reset(&scratch);
	}
	arena_free(&scratch);
}

static void
take_at(struct state *s, struct span raw)
{
	struct span part[3];

	if (elements(raw, part, 3) != 3)
		return;
	s->at = text(s, part[0]);
	s->at_stamp = hex(part[1]);
	s->at_units = number(part[2]);
}

static void
take_finish(struct state *s, struct span raw)
{
	(void)raw;
	s->finished = true;
}

static void
take_end(struct state *s, struct span raw)
{
	(void)raw;
	s->begun = s->finished = false;
	s->run = s->today = s->pipeline = s->at = NULL;
	memset(&s->file, 0, sizeof(s->file));
	memset(&s->place, 0, sizeof(s->place));
	manifest_free(&s->file_index);
	arena_reset(&s->arena);
	s->run_number++; /* what was read is no longer of the present run */
}

/* What the run has read is not known any more. */
static void
take_abandon(struct state *s, struct span raw)
{
	for (size_t i = 0; i < s->known.cap; i++)
		if (s->known.at[i].run == s->run_number)
			s->known.at[i].stamp = s->known.at[i].content = 0;
	take_end(s, raw);
}

static void
take_line(struct state *s, struct span json)
{
	static const struct {
		const char *key;
		void (*take)(struct state *s, struct span raw);
	} keys[] = { { "begin", take_begin }, { "today", take_today },
		{ "pipeline", take_pipeline }, { "outputs", take_outputs },
		{ "errors", take_errors }, { "open", take_open }, { "read", take_read },
		{ "at", take_at }, { "out", take_out }, { "finish", take_finish },
		{ "end", take_end }, { "abandon", take_abandon } };
	struct json j = { json.p, json.p + json.n, NULL };
	bool begin = false;

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span key, raw;

		if (!json_key(&j, &key) || !json_value(&j, &raw))
			return;
		begin |= span_is(key, "begin");
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			if (span_is(key, keys[i].key))
				keys[i].take(s, raw);
	}
	if (begin)
		s->errors_base = s->errors;
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
		if (!good_line((struct span){ p, (size_t)n }, &json)) {
			*line = bad ? *line : at;
			bad = true;
		} else if (bad) {
			damaged = true;
		} else {
			take_line(s, json);
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

/* ---- opening ---- */

static int
locked(struct state *s, enum state_lock lock)
{
	struct where w = { .file = s->path };

	while (flock(s->fd, LOCK_EX | (lock == STATE_WAIT ? 0 : LOCK_NB)) != 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK) {
			diag_warn(s->diag, w,
			    "cannot be locked here: %s; put the state on a local disk, with "
			    "--state",
			    strerror(errno));
			return STATUS_LOCKED;
		}
		diag_warn(s->diag, w, "another run of the pipeline is under way%s",
		    lock == STATE_SKIP ? "; left to it" : "");
		return lock == STATE_SKIP ? STATUS_OK : STATUS_LOCKED;
	}
	return -1;
}

struct state *
state_open(const char *path, enum state_lock lock, struct diag *d, int *status)
{
	struct state *s = calloc(1, sizeof(*s));

	if (s == NULL)
		die_oom(sizeof(*s));
	s->path = path;
	s->diag = d;
	s->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (s->fd < 0) {
		diag_warn(d, (struct where){ .file = path }, "cannot open: %s", strerror(errno));
		*status = STATUS_OUTPUT;
	} else if ((*status = locked(s, lock)) == -1) {
		*status = load(s);
		if (*status == STATUS_OK)
			return s;
	}
	state_close(s);
	return NULL;
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
	buf_fmt(&line, "],\"errors\":%" PRIu64 "}", run->errors);
	ok = append_line(s, buf_span(&line));
	if (ok)
		take_line(s, buf_span(&line));
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
	return append_buf(s, &line);
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
	ok = append_buf(s, &line);
	if (ok) {
		buf_clear(&s->list);
		s->n_list = 0;
	}
	return ok;
}

bool
state_end(struct state *s)
{
	return append_line(s, SPAN("{\"end\":true}"));
}

bool
state_abandon(struct state *s)
{
	if (!append_line(s, SPAN("{\"abandon\":true}")))
		return false;
	take_abandon(s, SPAN("true"));
	return true;
}

/* ---- inputs ---- */

static bool
stamp_of(const char *name, uint64_t *stamp, struct stat *st)
{
	uint64_t part[4];

	if (stat(name, st) != 0)
		return false;
	part[0] = (uint64_t)st->st_size;
	part[1] = (uint64_t)st->st_mtim.tv_sec;
	part[2] = (uint64_t)st->st_mtim.tv_nsec;
	part[3] = (uint64_t)st->st_ino;
	*stamp = manifest_hash((struct span){ (const char *)part, sizeof(part) }, 0);
	return true;
}

/* Of the bytes as the reader has them; 0: they cannot be read. */
static uint64_t
content_of(const char *name)
{
	enum { PART = 1 << 16 };
	struct source *src = source_new(NULL, NULL);
	XXH3_state_t *h = XXH3_createState();
	char *part = malloc(PART);
	uint64_t hash = 0;
	size_t n;

	if (h == NULL || part == NULL)
		die_oom(PART);
	XXH3_64bits_reset(h);
	if (source_open(src, name, false)) {
		while ((n = source_read(src, part, PART)) > 0)
			XXH3_64bits_update(h, part, n);
		hash = source_fault(src) == NULL ? XXH3_64bits_digest(h) : 0;
	}
	free(part);
	XXH3_freeState(h);
	source_free(src);
	return hash;
}

/* Younger than the pipeline lets it be: it may still be written to (FAULTS D8). */
static bool
is_unsettled(const struct state *s, const struct stat *st)
{
	struct timespec now;

	if (s->choice.settle <= 0)
		return false;
	clock_gettime(CLOCK_REALTIME, &now);
	return (double)(now.tv_sec - st->st_mtim.tv_sec) +
		   (double)(now.tv_nsec - st->st_mtim.tv_nsec) / 1e9 <
	       s->choice.settle;
}

enum finding { FIND_NEW, FIND_KNOWN, FIND_TOUCHED, FIND_CHANGED };

static enum finding
find(struct state *s, const char *name, uint64_t stamp)
{
	const struct known *k = manifest_find(&s->known, manifest_hash(span_c(name), 0));

	if (k == NULL || k->stamp == 0)
		return FIND_NEW;
	if (k->run == s->run_number && k->times > 0 && k->stamp == stamp)
		return FIND_KNOWN;
	if (!s->choice.only_new)
		return FIND_NEW;
	if (k->stamp == stamp)
		return FIND_KNOWN;
	return k->content != 0 && content_of(name) == k->content ? FIND_TOUCHED : FIND_CHANGED;
}

static void
put_read(struct buf *list, const char *name, uint64_t stamp, uint64_t content)
{
	buf_str(list, list->n == 0 ? "[" : ",[");
	json_put(list, span_c(name));
	buf_fmt(list, ",\"%016" PRIx64 "\",\"%016" PRIx64 "\"]", stamp, content);
}

bool
state_is_due(struct state *s, const char *name)
{
	struct stat st;
	uint64_t stamp;
	enum finding f;

	if (strcmp(name, "-") == 0 || !stamp_of(name, &stamp, &st))
		return true;
	if (is_unsettled(s, &st))
		return false;
	f = find(s, name, stamp);
	if (f == FIND_TOUCHED)
		put_read(&s->fresh, name, stamp,
		    manifest_find(&s->known, manifest_hash(span_c(name), 0))->content);
	return f == FIND_NEW || f == FIND_CHANGED;
}

enum state_finding
state_look(struct state *s, const char *name)
{
	static const enum state_finding meaning[] = { [FIND_NEW] = STATE_NEW,
		[FIND_KNOWN] = STATE_KNOWN,
		[FIND_TOUCHED] = STATE_KNOWN,
		[FIND_CHANGED] = STATE_CHANGED };
	struct stat st;
	uint64_t stamp;

	if (strcmp(name, "-") == 0 || !stamp_of(name, &stamp, &st))
		return STATE_NEW;
	return is_unsettled(s, &st) ? STATE_WAITS : meaning[find(s, name, stamp)];
}

bool
state_refresh(struct state *s)
{
	struct buf line = { 0 };

	if (s->fresh.n == 0)
		return true;
	buf_str(&line, "{\"read\":[");
	buf_put(&line, buf_span(&s->fresh));
	buf_str(&line, "]}");
	buf_clear(&s->fresh);
	return append_buf(s, &line);
}

/* A file that was read in part before the run was interrupted goes on where it was. */
static uint64_t
units_at(struct state *s, const char *name)
{
	uint64_t units = s->at_units;

	if (s->at == NULL || strcmp(s->at, name) != 0)
		return 0;
	s->at = NULL;
	if (s->at_stamp == s->stamp)
		return units;
	diag_warn(s->diag, (struct where){ .file = name },
	    "changed while the run was interrupted; read again from its start");
	return 0;
}

static bool
want(void *ctx, const char *name, uint64_t *skip)
{
	struct state *s = ctx;
	struct known *k;
	struct stat st;
	enum finding f;

	s->stamp = 0;
	if (!stamp_of(name, &s->stamp, &st))
		return true; /* the reader says what is wrong */
	if (is_unsettled(s, &st))
		return false;
	f = find(s, name, s->stamp);
	k = manifest_find(&s->known, manifest_hash(span_c(name), 0));
	if (f == FIND_KNOWN && k->run == s->run_number && k->times > 0)
		k->times--; /* once for each time that the interrupted run has read it */
	if (f == FIND_KNOWN)
		return false;
	if (f == FIND_TOUCHED) {
		put_read(&s->list, name, s->stamp, k->content);
		return false;
	}
	*skip = units_at(s, name);
	if (f == FIND_CHANGED && s->choice.appends)
		diag_warn(s->diag, (struct where){ .file = name },
		    "has changed since it was read; its old records stay where they were added");
	return true;
}

static void
done(void *ctx, const char *name, bool whole, uint64_t content)
{
	struct state *s = ctx;

	put_read(&s->list, name, s->stamp, whole ? content : 0);
	s->n_list++;
	if (s->choice.only_new) { /* it may be named twice */
		struct known *k = manifest_put(&s->known, manifest_hash(span_c(name), 0));

		*k = (struct known){ .name = k->name, .stamp = s->stamp, .content = content };
	}
}

void
state_choose(struct state *s, const struct state_choice *c)
{
	s->choice = *c;
	s->hooks = (struct input_files){ want, done, s };
}

const struct input_files *
state_input(const struct state *s)
{
	return &s->hooks;
}

size_t
state_waiting(const struct state *s)
{
	return s->n_list;
}

struct span
state_list(const struct state *s)
{
	return buf_span(&s->list);
}

void
state_add_list(struct state *s, struct span list)
{
	if (list.n > 0 && s->list.n > 0)
		buf_char(&s->list, ',');
	buf_put(&s->list, list);
}
