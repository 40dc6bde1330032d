/* sinks_resume.c - outputs over a crash: synced, cut back to a commit, undone, given their names. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outfile.h"
#include "sinks_own.h"

bool
sinks_resume_finished(const struct sinks *s)
{
	return s->state != NULL && state_finished(s->state);
}

static bool
gone(struct sinks *s, const struct file *f)
{
	diag_warn(s->diag, (struct where){ .file = sinks_file_path(s, f) },
	    "is shorter than the interrupted run has left it; --restart to do that run again");
	return false;
}

/* Cut a file back to n bytes. */
static bool
cut_file(struct sinks *s, const struct file *f, uint64_t n)
{
	char name[PATH_MAX];
	int fd = outfile_open(
	    s->target[f->output].dir, sinks_file_work_name(s, f, name), O_WRONLY, false);
	struct stat st;
	bool ok;

	if (fd < 0)
		return errno == ENOENT && n == 0 ? true
		       : errno == ENOENT         ? gone(s, f)
						 : sinks_cannot(s, sinks_file_path(s, f));
	if (fstat(fd, &st) == 0 && (uint64_t)st.st_size < n) {
		close(fd);
		return gone(s, f);
	}
	ok = ftruncate(fd, (off_t)n) == 0 && fsync(fd) == 0;
	close(fd);
	return ok || sinks_cannot(s, sinks_file_path(s, f));
}

bool
sinks_resume_restore(struct sinks *s, uint32_t output)
{
	size_t n = 0;
	const struct state_file *old = s->state == NULL ? NULL : state_files(s->state, &n);
	char name[PATH_MAX];

	for (size_t i = 0; i < n; i++) {
		struct file *f;

		if (old[i].output != output)
			continue;
		sinks_file_add(s, output, span_c(old[i].path), 0);
		f = &s->file.at[s->file.n - 1];
		f->begun = f->noted = f->named = old[i].committed;
		f->foreign = true;
		f->size = f->kept = old[i].length;
		if (sinks_resume_finished(s))
			continue;
		if (!old[i].committed && !s->target[output].spec->append)
			outfile_remove(s->target[output].dir, sinks_file_work_name(s, f, name));
		else if (!cut_file(s, f, old[i].length))
			return false;
	}
	return true;
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
		fd = outfile_open(dir, sinks_file_work_name(s, f, name), O_WRONLY, false);
	ok = fd >= 0 && fdatasync(fd) == 0;
	if (ours && fd >= 0)
		close(fd);
	if (ok && !f->named)
		f->named = ok = outfile_sync_dir(dir, f->path);
	return ok || sinks_slot_lost(s, f);
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
		else if ((old = sinks_slot_oldest(s)) == NULL)
			break;
		else if (!sinks_slot_close(s, old))
			return false;
	}
	while (n > 0)
		close(fd[--n]);
	return true;
}

bool
sinks_sync(struct sinks *s, struct buf *out)
{
	if (!sinks_flush(s) || !spare_descriptors(s))
		return false;
	for (size_t i = 0; i < s->slot.n; i++)
		if (s->slot.at[i].fd >= 0 && s->slot.at[i].gz != NULL &&
		    gzout_begun(s->slot.at[i].gz) && !sinks_slot_finish(s, &s->slot.at[i]))
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

void
sinks_take_back(struct sinks *s)
{
	for (size_t i = 0; i < s->file.n; i++) {
		const struct file *f = &s->file.at[i];

		if (f->begun && !f->direct && s->target[f->output].spec->append)
			cut_file(s, f, f->kept);
	}
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
	return t->dir >= 0 || errno == ENOENT || sinks_cannot(s, place->dir);
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
	outfile_remove(s->target[f.output].dir, sinks_file_work_name(s, &f, name));
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

/* Give a file its name. Of a run whose end was interrupted some have it already. */
static bool
give_name(struct sinks *s, const struct file *f)
{
	int dir = s->target[f->output].dir;
	char name[PATH_MAX];

	if (s->target[f->output].spec->fresh && !sinks_resume_finished(s) &&
	    sinks_file_is_there(s, f)) {
		errno = EEXIST;
		return false;
	}
	if (!outfile_rename(dir, sinks_file_work_name(s, f, name), f->path) &&
	    (errno != ENOENT || !sinks_resume_finished(s)))
		return false;
	return s->state == NULL || outfile_sync_dir(dir, f->path);
}

bool
sinks_commit(struct sinks *s)
{
	for (size_t i = 0; i < s->file.n; i++) {
		const struct file *f = &s->file.at[i];

		if (replaces(s, f) && !give_name(s, f))
			return sinks_cannot(s, sinks_file_path(s, f));
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
			    sinks_file_work_name(s, &s->file.at[i], name));
}
