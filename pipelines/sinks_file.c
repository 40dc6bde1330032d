/* sinks_file.c - the files of a run, found by output and path. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "outfile.h"
#include "sinks_own.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

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

void
sinks_file_grow(struct sinks *s)
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

size_t
sinks_file_add(struct sinks *s, uint32_t output, struct span path, uint64_t raw)
{
	struct file f = {
		.output = output, .path = arena_cstr(&s->arena, path), .raw = raw, .slot = SLOT_NONE
	};

	VEC_PUSH(&s->arena, &s->file, f);
	if (s->file.n * 2 >= s->n_index)
		sinks_file_grow(s);
	else
		index_put(s, s->file.n - 1);
	return s->file.n - 1;
}

const char *
sinks_file_path(struct sinks *s, const struct file *f)
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

size_t
sinks_file_index(const struct sinks *s, uint32_t output, struct span path)
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
		    sinks_file_index(s, k, path) != SIZE_MAX)
			return true;
	return false;
}

size_t
sinks_file_find(struct sinks *s, uint32_t output, struct span path, uint64_t raw)
{
	size_t k = sinks_file_index(s, output, path);

	if (k == SIZE_MAX) {
		errno = path.n + sizeof("/..part") > PATH_MAX ? ENAMETOOLONG
			: s->file.n >= SINKS_FILES_MAX        ? EMFILE
			: taken(s, output, path)              ? EEXIST
							      : 0;
		return errno != 0 ? SIZE_MAX : sinks_file_add(s, output, path, raw);
	}
	if (s->file.at[k].foreign) {
		s->file.at[k].foreign = false;
		s->file.at[k].raw = raw;
	}
	if (s->file.at[k].raw != raw && !s->collided) {
		s->collided = true;
		diag_warn(s->diag, (struct where){ 0 },
		    "records with different values go into one file, %s; said once",
		    sinks_file_path(s, &s->file.at[k]));
	}
	return k;
}

const char *
sinks_file_work_name(const struct sinks *s, const struct file *f, char name[PATH_MAX])
{
	const char *slash = strrchr(f->path, '/');
	int n = slash == NULL ? 0 : (int)(slash - f->path) + 1;

	if (s->target[f->output].spec->append || f->direct)
		snprintf(name, PATH_MAX, "%s", f->path);
	else
		snprintf(name, PATH_MAX, "%.*s.%s.part", n, f->path, f->path + n);
	return name;
}

bool
sinks_file_is_there(const struct sinks *s, const struct file *f)
{
	int fd = outfile_open(s->target[f->output].dir, f->path, O_PATH, false);
	bool there = fd >= 0 || errno == ELOOP;

	if (fd >= 0)
		close(fd);
	return there;
}
