/* sinks.c - frames from the workers -> files, few of them open at a time. */
#include "sinks.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gzout.h"
#include "outfile.h"
#include "program.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* In front of what a worker rendered of one record for one output; then come path and body. */
struct frame {
	uint64_t raw;  /* template_render() */
	size_t body;   /* bytes */
	uint32_t path; /* bytes; 0 for a literal path */
	uint32_t output;
};

enum { SLOT_NONE = -1 };

/* One file of the run. */
struct file {
	uint32_t output;
	const char *path; /* below the directory of its output */
	uint64_t raw;     /* values that the path was first made from */
	int slot;         /* where it is open, or SLOT_NONE */
	bool foreign;     /* from an interrupted run: raw is not known */
	bool begun;       /* opened before */
	bool noted;       /* the state knows its length before the run */
	bool named;       /* its name will survive a power failure */
	bool dirty;       /* written to since the last commit */
	uint64_t size;    /* of what was written */
	uint64_t kept;    /* size at the last commit, or before the run */
	bool direct;      /* no regular file (a device, a pipe): written to by its own name */
};

/* A file that is open, and what is to be written to it. */
struct slot {
	int fd;
	size_t file;   /* index */
	uint64_t used; /* when, for the choice of one to close */
	struct buf out;
	/* Of a file that is compressed (else gz is not in use): what is ready, and where the member begins. */
	struct gzout *gz;
	struct buf packed;
	off_t member;
};

/* How an output is written, and below what directory. */
struct target {
	const struct output *spec;
	const struct form *form;
	struct look look;
	int dir;            /* -1: standard output */
	const char *prefix; /* the name of dir */
	size_t literal;     /* its file, where the path has no fields */
	bool gzip;          /* its name ends in .gz */
};

struct sinks {
	struct arena arena;
	struct run *run;
	struct diag *diag;
	struct state *state; /* or NULL */
	VEC(size_t) dirty;   /* files */
	struct target target[OUTPUT_MAX];
	size_t n_target;
	VEC(struct file) file;
	uint32_t *index; /* hash -> file + 1; n_index is a power of two */
	size_t n_index;
	VEC(struct slot) slot;
	size_t slot_max;
	uint64_t clock;
	struct buf standard; /* for standard output, of one put */
	bool collided;       /* the warning about two records of one name is out */
};

/* ---- files by path ---- */

static uint64_t
path_hash(uint32_t output, struct span path)
{
	return XXH3_64bits_withSeed(path.p == NULL ? "" : path.p, path.n, output);
}

static void
index_put(struct sinks *s, size_t file)
{
	const struct file *f = &s->file.at[file];
	size_t i = path_hash(f->output, span_c(f->path)) & (s->n_index - 1);

	while (s->index[i] != 0)
		i = (i + 1) & (s->n_index - 1);
	s->index[i] = (uint32_t)file + 1;
}

static void
index_grow(struct sinks *s)
{
	if (s->file.n * 2 < s->n_index)
		return;
	s->n_index = s->n_index == 0 ? 64 : s->n_index * 2;
	free(s->index);
	s->index = calloc(s->n_index, sizeof(*s->index));
	if (s->index == NULL)
		die_oom(s->n_index);
	for (size_t i = 0; i < s->file.n; i++)
		index_put(s, i);
}

static size_t
file_add(struct sinks *s, uint32_t output, struct span path, uint64_t raw)
{
	struct file f = {
		.output = output, .path = arena_cstr(&s->arena, path), .raw = raw, .slot = SLOT_NONE
	};

	VEC_PUSH(&s->arena, &s->file, f);
	if (s->file.n * 2 >= s->n_index)
		index_grow(s);
	else
		index_put(s, s->file.n - 1);
	return s->file.n - 1;
}

/* The path as the user would write it. */
static const char *
full_path(struct sinks *s, const struct file *f)
{
	const struct template *t = &s->target[f->output].spec->file;

	if (t->path != NULL)
		return t->path;
	return arena_fmt(&s->arena, "%s%s%s", strcmp(t->prefix, ".") == 0 ? "" : t->prefix,
	    *t->prefix == '\0' || t->prefix[strlen(t->prefix) - 1] == '/' ||
		    strcmp(t->prefix, ".") == 0
		? ""
		: "/",
	    f->path)
	    .p;
}

static size_t
index_find(const struct sinks *s, uint32_t output, struct span path)
{
	size_t i = path_hash(output, path) & (s->n_index - 1);

	for (; s->index[i] != 0; i = (i + 1) & (s->n_index - 1)) {
		const struct file *f = &s->file.at[s->index[i] - 1];

		if (f->output == output && span_is(path, f->path))
			return s->index[i] - 1;
	}
	return SIZE_MAX;
}

/* Does another output have a file of this path? (Found before the run where no field is in the path.) */
static bool
taken(const struct sinks *s, uint32_t output, struct span path)
{
	for (uint32_t k = 0; k < s->n_target; k++)
		if (k != output && s->target[k].dir >= 0 &&
		    strcmp(s->target[k].prefix, s->target[output].prefix) == 0 &&
		    index_find(s, k, path) != SIZE_MAX)
			return true;
	return false;
}

/* The file of a path, a new one if need be; SIZE_MAX with errno if it cannot be had. */
static size_t
file_find(struct sinks *s, uint32_t output, struct span path, uint64_t raw)
{
	size_t k = index_find(s, output, path);

	if (k == SIZE_MAX) {
		errno = path.n + sizeof("/..part") > PATH_MAX ? ENAMETOOLONG
			: s->file.n >= SINKS_FILES_MAX        ? EMFILE
			: taken(s, output, path)              ? EEXIST
							      : 0;
		return errno != 0 ? SIZE_MAX : file_add(s, output, path, raw);
	}
	if (s->file.at[k].foreign) {
		s->file.at[k].foreign = false;
		s->file.at[k].raw = raw;
	}
	if (s->file.at[k].raw != raw && !s->collided) {
		s->collided = true;
		diag_warn(s->diag, (struct where){ 0 },
		    "records with different values go into one file, %s; said once",
		    full_path(s, &s->file.at[k]));
	}
	return k;
}

/* ---- opening and closing ---- */

/* The name under which a file is written: its own or, until it is whole, a hidden one beside it, which no
 * value of a field can give (template_safe() lets none start with a full stop). */
static const char *
work_name(const struct sinks *s, const struct file *f, char name[PATH_MAX])
{
	const char *slash = strrchr(f->path, '/');
	int n = slash == NULL ? 0 : (int)(slash - f->path) + 1;

	if (s->target[f->output].spec->append || f->direct)
		snprintf(name, PATH_MAX, "%s", f->path);
	else
		snprintf(name, PATH_MAX, "%.*s.%s.part", n, f->path, f->path + n);
	return name;
}

/* For the message of the driver, which asks for the sink's name when a put has failed. */
static bool
lost(struct sinks *s, const struct file *f)
{
	int error = errno;

	if (s->run != NULL)
		s->run->sink.name = full_path(s, f);
	errno = error;
	return false;
}

/* Before anything is written to new files their lengths are noted, so that they can be brought back. */
static bool
note_open(struct sinks *s)
{
	struct buf list = { 0 };
	bool ok;

	for (size_t i = 0; i < s->slot.n; i++) {
		struct file *f = &s->file.at[s->slot.at[i].file];

		if (s->slot.at[i].fd < 0 || f->noted)
			continue;
		f->noted = true;
		if (!f->direct)
			state_put_file(&list, f->output, f->path, f->kept);
	}
	ok = list.n == 0 || state_note_open(s->state, buf_span(&list));
	buf_free(&list);
	return ok;
}

static void
set_dirty(struct sinks *s, size_t file)
{
	if (s->state == NULL || s->file.at[file].direct || s->file.at[file].dirty)
		return;
	s->file.at[file].dirty = true;
	VEC_PUSH(&s->arena, &s->dirty, file);
}

static bool
note_write(struct sinks *s, struct slot *slot, size_t n)
{
	struct file *f = &s->file.at[slot->file];

	f->size += n;
	if (s->state == NULL || f->direct)
		return true;
	set_dirty(s, slot->file);
	return f->noted || note_open(s);
}

static bool
is_packed(const struct sinks *s, const struct slot *slot)
{
	return s->target[s->file.at[slot->file].output].gzip;
}

/* Write what is ready. What is there of a record, or of a compressed member, that did not fit is cut off again. */
static bool
slot_write(struct sinks *s, struct slot *slot, struct buf *ready)
{
	off_t before = lseek(slot->fd, 0, SEEK_END);
	bool ok;
	int error;

	if (ready->n == 0)
		return true;
	ok = note_write(s, slot, ready->n) && outfile_write(slot->fd, buf_span(ready));
	error = errno;
	buf_clear(ready);
	if (ok)
		return true;
	if (before >= 0) /* if that fails it stays: the message says "incomplete" */
		(void)!ftruncate(slot->fd, is_packed(s, slot) ? slot->member : before);
	errno = error;
	return lost(s, &s->file.at[slot->file]);
}

/* All that waits for the file; of a compressed one only what is ready. */
static bool
slot_flush(struct sinks *s, struct slot *slot)
{
	if (!is_packed(s, slot))
		return slot_write(s, slot, &slot->out);
	if (slot->out.n == 0)
		return true;
	if (slot->gz == NULL)
		slot->gz = gzout_new();
	if (!gzout_begun(slot->gz))
		slot->member = lseek(slot->fd, 0, SEEK_END);
	gzout_add(slot->gz, buf_span(&slot->out), &slot->packed);
	buf_clear(&slot->out);
	return slot_write(s, slot, &slot->packed);
}

/* Nothing is held back any more. A compressed file has one member at least. */
static bool
slot_finish(struct sinks *s, struct slot *slot)
{
	struct file *f = &s->file.at[slot->file];

	if (!slot_flush(s, slot))
		return false;
	if (!is_packed(s, slot))
		return true;
	if (slot->gz == NULL)
		slot->gz = gzout_new();
	if (f->size == 0 && !gzout_begun(slot->gz))
		gzout_add(slot->gz, SPAN(""), &slot->packed);
	gzout_end(slot->gz, &slot->packed);
	return slot_write(s, slot, &slot->packed);
}

static bool
slot_close(struct sinks *s, struct slot *slot)
{
	bool ok = slot_finish(s, slot);

	s->file.at[slot->file].slot = SLOT_NONE;
	if (close(slot->fd) != 0 && errno != EINTR && ok)
		ok = lost(s, &s->file.at[slot->file]);
	slot->fd = -1;
	return ok;
}

static struct slot *
oldest(struct sinks *s)
{
	struct slot *best = NULL;

	for (size_t i = 0; i < s->slot.n; i++)
		if (s->slot.at[i].fd >= 0 && (best == NULL || s->slot.at[i].used < best->used))
			best = &s->slot.at[i];
	return best;
}

static struct slot *
free_slot(struct sinks *s)
{
	for (size_t i = 0; i < s->slot.n; i++)
		if (s->slot.at[i].fd < 0)
			return &s->slot.at[i];
	if (s->slot.n < s->slot_max) {
		VEC_PUSH(&s->arena, &s->slot, (struct slot){ .fd = -1 });
		return &s->slot.at[s->slot.n - 1];
	}
	return NULL;
}

/* Open, closing others where the system has no more descriptors to give. False in *ok when one of
 * those could not be written. */
static int
open_file(struct sinks *s, const struct file *f, bool *ok)
{
	const struct target *t = &s->target[f->output];
	char name[PATH_MAX];
	int flags = O_APPEND | O_CREAT | O_WRONLY;
	int fd;

	if (!f->begun && !t->spec->append && !f->direct)
		flags |= O_TRUNC;
	for (;;) {
		struct slot *old;

		fd = outfile_open(t->dir, work_name(s, f, name), flags, true);
		if (fd >= 0 || (errno != EMFILE && errno != ENFILE) || (old = oldest(s)) == NULL)
			return fd;
		if (!slot_close(s, old)) {
			*ok = false;
			return -1;
		}
	}
}

/* A last line without its end, left by a crash, must not swallow the first new record. */
static bool
torn(const struct sinks *s, const struct file *f, off_t size)
{
	char last = '\n';
	int fd;

	if (size == 0)
		return false;
	fd = outfile_open(s->target[f->output].dir, f->path, O_RDONLY, false);
	if (fd < 0)
		return false;
	if (pread(fd, &last, 1, size - 1) != 1)
		last = '\n';
	close(fd);
	return last != '\n';
}

static void
begin_file(struct sinks *s, struct file *f, struct slot *slot)
{
	const struct target *t = &s->target[f->output];
	struct stat st;

	if (f->begun)
		return;
	f->begun = true;
	set_dirty(s, slot->file); /* also if nothing will be written: it gets its name at the end */
	if (fstat(slot->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		f->size = f->kept = (uint64_t)st.st_size;
		if (!t->gzip && torn(s, f, st.st_size))
			buf_char(&slot->out, '\n');
	} else if (t->form->begin != NULL) {
		t->form->begin(&t->look, &slot->out);
	}
}

/* The slot of a file, opened now if it is not. NULL with errno and the sink's name set. */
static struct slot *
slot_of(struct sinks *s, size_t file)
{
	struct file *f = &s->file.at[file];
	struct slot *slot;
	bool ok = true;
	int fd;

	if (f->slot != SLOT_NONE) {
		slot = &s->slot.at[f->slot];
		slot->used = ++s->clock;
		return slot;
	}
	fd = open_file(s, f, &ok);
	if (fd < 0) {
		if (ok)
			lost(s, f);
		return NULL;
	}
	while ((slot = free_slot(s)) == NULL) {
		if (!slot_close(s, oldest(s))) {
			close(fd);
			return NULL;
		}
	}
	slot->fd = fd;
	slot->file = file;
	slot->used = ++s->clock;
	f->slot = (int)(slot - s->slot.at);
	begin_file(s, f, slot);
	return slot;
}

/* ---- the seam of the driver ---- */

static void
render(const void *ctx, struct record *r, struct buf *out)
{
	const struct sinks *s = ctx;

	for (size_t i = 0; i < s->n_target; i++) {
		const struct target *t = &s->target[i];
		size_t at = out->n;
		struct frame head = { .output = (uint32_t)i };

		buf_room(out, sizeof(head));
		out->n += sizeof(head);
		if (t->dir >= 0 && t->spec->file.path == NULL)
			template_render(&t->spec->file, r, out, &head.raw);
		head.path = (uint32_t)(out->n - at - sizeof(head));
		t->form->record(r, &t->look, out);
		head.body = out->n - at - sizeof(head) - head.path;
		memcpy(out->p + at, &head, sizeof(head));
	}
}

static bool
put_frame(struct sinks *s, const struct frame *head, struct span path, struct span body)
{
	const struct target *t = &s->target[head->output];
	struct slot *slot;
	size_t file = t->literal;

	if (t->dir < 0) {
		buf_put(&s->standard, body);
		return true;
	}
	if (t->spec->file.path == NULL)
		file = file_find(s, head->output, path, head->raw);
	if (file == SIZE_MAX) {
		struct file none = { .output = head->output };

		none.path = arena_cstr(&s->arena, path);
		return lost(s, &none);
	}
	slot = slot_of(s, file);
	if (slot == NULL)
		return false;
	buf_put(&slot->out, body);
	return true;
}

/* Nothing stays in memory over a put: output never waits for input (FAULTS B18). */
static bool
flush_all(struct sinks *s)
{
	struct sink out = sink_stdout();
	bool ok = true;

	if (s->standard.n > 0 && !out.put(out.ctx, buf_span(&s->standard))) {
		s->run->sink.name = NULL;
		ok = false;
	}
	buf_clear(&s->standard);
	for (size_t i = 0; i < s->slot.n && ok; i++)
		if (s->slot.at[i].fd >= 0)
			ok = slot_flush(s, &s->slot.at[i]);
	return ok;
}

static bool
put(void *ctx, struct span bytes)
{
	struct sinks *s = ctx;
	struct frame head;

	while (bytes.n > 0) {
		size_t path = sizeof(head), body;

		memcpy(&head, bytes.p, sizeof(head));
		body = path + head.path;
		if (!put_frame(s, &head, span_cut(bytes, path, body),
			span_cut(bytes, body, body + head.body)))
			return false;
		bytes = span_cut(bytes, body + head.body, bytes.n);
	}
	return flush_all(s);
}

static bool
close_all(void *ctx)
{
	struct sinks *s = ctx;
	struct sink out = sink_stdout();
	bool ok = flush_all(s);

	for (size_t i = 0; i < s->slot.n; i++)
		if (s->slot.at[i].fd >= 0 && !slot_close(s, &s->slot.at[i]))
			ok = false;
	for (size_t i = 0; i < s->n_target && ok; i++) {
		if (s->target[i].dir < 0 && !out.close(out.ctx)) {
			s->run->sink.name = NULL;
			ok = false;
		}
	}
	return ok;
}

void
sinks_plug(struct sinks *s, struct run *run)
{
	s->run = run;
	run->form = s->target[0].form;
	run->look = s->target[0].look;
	if (s->n_target == 1 && s->target[0].dir < 0) {
		run->sink = sink_stdout();
		return;
	}
	run->sink = (struct sink){ .put = put, .close = close_all, .ctx = s };
	run->render = render;
}

/* ---- start and end ---- */

/* Colours, width and safety of a terminal for standard output alone; as the filters choose them. */
static void
look_standard(struct target *t, const char *color)
{
	struct opts o = { .table = program_option };
	struct run run = { .prog = "ntag-run" };
	char what[256];

	opts_set(&o, opt_find(program_option, "color"), color, what);
	if (t->spec->form != NULL)
		opts_set(&o, opt_find(program_option, "output"), t->spec->form->name, what);
	if (t->spec->header)
		opts_set(&o, opt_find(program_option, "header"), "true", what);
	program_look(&run, &o);
	t->form = run.form;
	t->look = run.look;
}

static bool
cannot(struct sinks *s, const char *path)
{
	diag_warn(s->diag, (struct where){ 0 }, "cannot write %s: %s", path, strerror(errno));
	return false;
}

/* The directory of a target, made where it is missing. */
static bool
open_dir(struct sinks *s, struct target *t, const char *dir)
{
	t->prefix = dir;
	if (strcmp(dir, ".") != 0 && !outfile_make_dirs(dir))
		return cannot(s, dir);
	t->dir = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (t->dir < 0 || faccessat(t->dir, ".", X_OK, 0) != 0)
		return cannot(s, dir);
	return true;
}

/* ---- a run that was interrupted ---- */

static bool
is_finished(const struct sinks *s)
{
	return s->state != NULL && state_finished(s->state);
}

static bool
gone(struct sinks *s, const struct file *f)
{
	diag_warn(s->diag, (struct where){ .file = full_path(s, f) },
	    "is shorter than the interrupted run has left it; --restart to do that run again");
	return false;
}

/* Cut a file back to n bytes. */
static bool
cut_file(struct sinks *s, const struct file *f, uint64_t n)
{
	char name[PATH_MAX];
	int fd = outfile_open(s->target[f->output].dir, work_name(s, f, name), O_WRONLY, false);
	struct stat st;
	bool ok;

	if (fd < 0)
		return errno == ENOENT && n == 0 ? true
		       : errno == ENOENT         ? gone(s, f)
						 : cannot(s, full_path(s, f));
	if (fstat(fd, &st) == 0 && (uint64_t)st.st_size < n) {
		close(fd);
		return gone(s, f);
	}
	ok = ftruncate(fd, (off_t)n) == 0 && fsync(fd) == 0;
	close(fd);
	return ok || cannot(s, full_path(s, f));
}

/* What the interrupted run has written to one output, as it was at the last commit. */
static bool
restore(struct sinks *s, uint32_t output)
{
	size_t n = 0;
	const struct state_file *old = s->state == NULL ? NULL : state_files(s->state, &n);
	char name[PATH_MAX];

	for (size_t i = 0; i < n; i++) {
		struct file *f;

		if (old[i].output != output)
			continue;
		file_add(s, output, span_c(old[i].path), 0);
		f = &s->file.at[s->file.n - 1];
		f->begun = f->noted = f->named = old[i].committed;
		f->foreign = true;
		f->size = f->kept = old[i].length;
		if (is_finished(s))
			continue;
		if (!old[i].committed && !s->target[output].spec->append)
			outfile_remove(s->target[output].dir, work_name(s, f, name));
		else if (!cut_file(s, f, old[i].length))
			return false;
	}
	return true;
}

/* The directory of an output, and for a literal path (else NULL) the name in there. A link to a file is followed
 * here, for it is the user's own. NULL with errno: it leads nowhere. */
static const char *
place_of(const struct output *o, char resolved[PATH_MAX], struct arena *a, const char **name)
{
	const char *path = o->file.path, *slash;
	struct stat st;

	if (name != NULL)
		*name = NULL;
	if (path == NULL)
		return o->file.prefix;
	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode) &&
	    (path = realpath(path, resolved)) == NULL)
		return name == NULL ? "" : NULL;
	slash = strrchr(path, '/');
	if (name != NULL)
		*name = arena_cstr(a, span_c(slash == NULL ? path : slash + 1));
	if (slash == NULL)
		return ".";
	return arena_cstr(a, (struct span){ path, (size_t)(slash - path) + 1 });
}

static bool
open_literal(struct sinks *s, uint32_t output, const char *name)
{
	struct target *t = &s->target[output];
	const char *path = t->spec->file.path;
	struct stat st;

	t->literal = index_find(s, output, span_c(name));
	if (t->literal == SIZE_MAX)
		t->literal = file_add(s, output, span_c(name), 0);
	s->file.at[t->literal].direct = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
	return is_finished(s) || slot_of(s, t->literal) != NULL || cannot(s, path);
}

static bool
open_file_target(struct sinks *s, uint32_t output)
{
	struct target *t = &s->target[output];
	char resolved[PATH_MAX];
	const char *name, *dir = place_of(t->spec, resolved, &s->arena, &name);

	if (dir == NULL)
		return cannot(s, t->spec->file.path);
	if (!open_dir(s, t, dir))
		return false;
	if (name == NULL && faccessat(t->dir, ".", W_OK, 0) != 0)
		return cannot(s, t->prefix);
	if (!restore(s, output))
		return false;
	return name == NULL || open_literal(s, output, name);
}

static bool
open_target(struct sinks *s, const struct plan *p, uint32_t i, const char *color)
{
	struct target *t = &s->target[i];
	struct sink out = sink_stdout();

	t->spec = &p->output[i];
	t->dir = -1;
	if (t->spec->standard) {
		look_standard(t, color);
		if (!out.open(out.ctx))
			return cannot(s, "standard output");
	} else {
		t->form = t->spec->form != NULL ? t->spec->form : forms[0];
		t->look = (struct look){ .prog = "ntag-run", .header = t->spec->header };
		t->gzip = span_ends(span_c(t->spec->file.text), SPAN(".gz"));
	}
	t->look.layers = t->spec->layers != 0 ? t->spec->layers : p->layers;
	if (t->spec->standard)
		return true;
	return open_file_target(s, i);
}

struct sinks *
sinks_open(const struct plan *p, const char *color, struct state *state, struct diag *d)
{
	struct sinks *s = calloc(1, sizeof(*s));

	if (s == NULL)
		die_oom(sizeof(*s));
	s->diag = d;
	s->state = state;
	index_grow(s);
	for (size_t i = 0; i < p->n_output; i++)
		if (p->output[i].open_files > s->slot_max)
			s->slot_max = p->output[i].open_files;
	s->slot_max += s->slot_max == 0;
	for (uint32_t i = 0; i < p->n_output; i++) {
		s->n_target = i + 1;
		if (!open_target(s, p, i, color)) {
			if (state == NULL)
				sinks_abort(s);
			sinks_free(s);
			return NULL;
		}
	}
	return s;
}

static bool
replaces(const struct sinks *s, const struct file *f)
{
	return f->begun && !f->direct && !s->target[f->output].spec->append;
}

static bool
sync_file(struct sinks *s, struct file *f)
{
	char name[PATH_MAX];
	int dir = s->target[f->output].dir, fd = f->slot == SLOT_NONE ? -1 : s->slot.at[f->slot].fd;
	bool ours = fd < 0, ok;

	if (ours)
		fd = outfile_open(dir, work_name(s, f, name), O_WRONLY, false);
	ok = fd >= 0 && fdatasync(fd) == 0;
	if (ours && fd >= 0)
		close(fd);
	if (ok && !f->named)
		f->named = ok = outfile_sync_dir(dir, f->path);
	return ok || lost(s, f);
}

/* Descriptors that a commit needs at once: files are closed until there are as many. */
static bool
spare_descriptors(struct sinks *s)
{
	enum { SPARE = 4 };
	int fd[SPARE];
	size_t n = 0;

	while (n < SPARE) {
		struct slot *old;

		fd[n] = open("/", O_PATH | O_CLOEXEC);
		if (fd[n] >= 0)
			n++;
		else if ((old = oldest(s)) == NULL)
			break;
		else if (!slot_close(s, old))
			return false;
	}
	while (n > 0)
		close(fd[--n]);
	return true;
}

bool
sinks_sync(struct sinks *s, struct buf *out)
{
	if (!flush_all(s) || !spare_descriptors(s))
		return false;
	for (size_t i = 0; i < s->slot.n; i++)
		if (s->slot.at[i].fd >= 0 && s->slot.at[i].gz != NULL &&
		    gzout_begun(s->slot.at[i].gz) && !slot_finish(s, &s->slot.at[i]))
			return false;
	for (size_t i = 0; i < s->dirty.n; i++) {
		struct file *f = &s->file.at[s->dirty.at[i]];

		if (!sync_file(s, f))
			return false;
		state_put_file(out, f->output, f->path, f->size);
		f->dirty = false;
		f->kept = f->size;
	}
	s->dirty.n = 0;
	return true;
}

void
sinks_cut_back(struct sinks *s)
{
	for (size_t i = 0; i < s->dirty.n; i++)
		cut_file(s, &s->file.at[s->dirty.at[i]], s->file.at[s->dirty.at[i]].kept);
}

/* The directory of an output and its specification, as the interrupted run had them. */
static bool
undo_place(struct sinks *s, const struct state_place *place, struct output *spec)
{
	struct target *t = &s->target[s->n_target++];

	*spec = (struct output){ .append = place->append, .file = { .prefix = place->dir } };
	*t = (struct target){ .spec = spec, .dir = -1 };
	if (*place->dir == '\0')
		return true;
	t->dir = open(place->dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return t->dir >= 0 || errno == ENOENT || cannot(s, place->dir);
}

static bool
undo_file(struct sinks *s, const struct state_file *old)
{
	struct file f = { .output = old->output, .path = old->path };
	char name[PATH_MAX];

	if (f.output >= s->n_target || s->target[f.output].dir < 0)
		return true;
	if (s->target[f.output].spec->append)
		return cut_file(s, &f, old->base);
	outfile_remove(s->target[f.output].dir, work_name(s, &f, name));
	return true;
}

bool
sinks_undo(struct state *state, struct diag *d)
{
	struct sinks s = { .diag = d, .state = state };
	struct output spec[OUTPUT_MAX];
	size_t n_place, n;
	const struct state_place *place = state_places(state, &n_place);
	const struct state_file *old = state_files(state, &n);
	bool ok = true;

	for (size_t i = 0; i < n_place && i < OUTPUT_MAX && ok; i++)
		ok = undo_place(&s, &place[i], &spec[i]);
	for (size_t i = 0; i < n && ok; i++)
		ok = undo_file(&s, &old[i]);
	for (size_t i = 0; i < s.n_target; i++)
		if (s.target[i].dir >= 0)
			close(s.target[i].dir);
	arena_free(&s.arena);
	return ok;
}

void
sinks_put_places(const struct plan *p, struct buf *list)
{
	struct arena a = { 0 };
	char resolved[PATH_MAX], here[PATH_MAX];
	const char *cwd = getcwd(here, sizeof(here));

	for (size_t i = 0; i < p->n_output; i++) {
		const struct output *o = &p->output[i];
		const char *dir = o->standard ? "" : place_of(o, resolved, &a, NULL);

		if (*dir != '\0' && *dir != '/' && cwd != NULL)
			dir = arena_fmt(&a, "%s/%s", cwd, dir).p;
		state_put_place(list, dir, o->append);
	}
	arena_free(&a);
}

/* Give a file its name. Of a run whose end was interrupted some have it already. */
static bool
give_name(struct sinks *s, const struct file *f)
{
	int dir = s->target[f->output].dir;
	char name[PATH_MAX];

	if (!outfile_rename(dir, work_name(s, f, name), f->path) &&
	    (errno != ENOENT || !is_finished(s)))
		return false;
	return s->state == NULL || outfile_sync_dir(dir, f->path);
}

bool
sinks_commit(struct sinks *s)
{
	for (size_t i = 0; i < s->file.n; i++) {
		const struct file *f = &s->file.at[i];

		if (replaces(s, f) && !give_name(s, f))
			return cannot(s, full_path(s, f));
	}
	return true;
}

void
sinks_abort(struct sinks *s)
{
	char name[PATH_MAX];

	for (size_t i = 0; i < s->file.n; i++)
		if (replaces(s, &s->file.at[i]))
			outfile_remove(s->target[s->file.at[i].output].dir,
			    work_name(s, &s->file.at[i], name));
}

void
sinks_free(struct sinks *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->slot.n; i++) {
		if (s->slot.at[i].fd >= 0)
			close(s->slot.at[i].fd);
		buf_free(&s->slot.at[i].out);
		buf_free(&s->slot.at[i].packed);
		gzout_free(s->slot.at[i].gz);
	}
	for (size_t i = 0; i < s->n_target; i++)
		if (s->target[i].dir >= 0)
			close(s->target[i].dir);
	buf_free(&s->standard);
	free(s->index);
	arena_free(&s->arena);
	free(s);
}
