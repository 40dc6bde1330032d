/* sinks_slot.c - files that are open: few at a time, each with what waits to be written to it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outfile.h"
#include "sinks_own.h"

bool
sinks_slot_lost(struct sinks *s, const struct file *f)
{
	int error = errno;

	if (s->run != NULL)
		s->run->sink.name = sinks_file_path(s, f);
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
	return sinks_slot_lost(s, &s->file.at[slot->file]);
}

bool
sinks_slot_flush(struct sinks *s, struct slot *slot)
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

bool
sinks_slot_finish(struct sinks *s, struct slot *slot)
{
	struct file *f = &s->file.at[slot->file];

	if (!sinks_slot_flush(s, slot))
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

bool
sinks_slot_close(struct sinks *s, struct slot *slot)
{
	bool ok = sinks_slot_finish(s, slot);

	s->file.at[slot->file].slot = SLOT_NONE;
	if (close(slot->fd) != 0 && errno != EINTR && ok)
		ok = sinks_slot_lost(s, &s->file.at[slot->file]);
	slot->fd = -1;
	return ok;
}

struct slot *
sinks_slot_oldest(struct sinks *s)
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
	if (!f->begun && t->spec->fresh && sinks_file_is_there(s, f)) {
		errno = EEXIST;
		return -1;
	}
	for (;;) {
		struct slot *old;

		fd = outfile_open(t->dir, sinks_file_work_name(s, f, name), flags, true);
		if (fd >= 0 || (errno != EMFILE && errno != ENFILE) ||
		    (old = sinks_slot_oldest(s)) == NULL)
			return fd;
		if (!sinks_slot_close(s, old)) {
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

struct slot *
sinks_slot_of(struct sinks *s, size_t file)
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
			sinks_slot_lost(s, f);
		return NULL;
	}
	while ((slot = free_slot(s)) == NULL) {
		if (!sinks_slot_close(s, sinks_slot_oldest(s))) {
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
