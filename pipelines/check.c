/* check.c - inputs, programs, write access and models, before anything is read. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"
#include "registry.h"

/* ---- programs ---- */

static bool
is_program(const char *path)
{
	struct stat st;

	return access(path, X_OK) == 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool
check_program(const char *name, struct arena *a, const char **path)
{
	const char *dirs = getenv("PATH");

	*path = name;
	if (*name == '\0' || strchr(name, '/') != NULL)
		return is_program(name);
	for (const char *p = dirs == NULL ? "/bin:/usr/bin" : dirs;; p++) {
		int n = (int)strcspn(p, ":");

		*path = arena_fmt(a, "%.*s%s%s", n, p, n == 0 ? "" : "/", name).p;
		if (is_program(*path))
			return true;
		p += n;
		if (*p == '\0')
			return false;
	}
}

static void
check_programs(struct plan *p)
{
	const char *path;

	for (size_t i = 0; i < p->n_stage; i++) {
		const struct stage *s = &p->stage[i];

		if (s->filter == NULL && *s->argv[0] != '\0' &&
		    !check_program(s->argv[0], &p->arena, &path))
			fault_add(&p->faults, s->at, "exec: no program \"%s\"%s", s->argv[0],
			    strchr(s->argv[0], '/') == NULL ? " on the PATH" : "");
	}
}

/* ---- inputs ---- */

/* A NUL in the first bytes of a list means that all its names end in one. A pipe is looked into
 * without taking from it. */
static bool
has_nul(int fd)
{
	enum { LOOK = 4096 };
	char look[LOOK];
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	off_t at = lseek(fd, 0, SEEK_CUR);
	int copy[2];
	ssize_t n;

	if (at >= 0) {
		n = pread(fd, look, LOOK, at);
	} else {
		if (pipe2(copy, O_CLOEXEC) != 0)
			return false;
		poll(&wait, 1, -1);
		n = tee(fd, copy[1], LOOK, 0);
		n = n > 0 ? read(copy[0], look, LOOK) : n;
		close(copy[0]);
		close(copy[1]);
	}
	return n > 0 && memchr(look, '\0', (size_t)n) != NULL;
}

bool
check_standard_list(void)
{
	return !has_nul(STDIN_FILENO);
}

static void
check_list(struct plan *p)
{
	bool standard = strcmp(p->files_from, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(p->files_from, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0 || S_ISDIR(st.st_mode))
		fault_add(&p->faults, p->files_from_at, "input.files-from: %s: %s", p->files_from,
		    fd < 0 ? strerror(errno) : "not a file");
	else if (!standard)
		p->newline_names = !has_nul(fd);
	if (fd >= 0 && !standard)
		close(fd);
}

/* Standard input has no name to go by. */
static void
check_shard(struct plan *p)
{
	bool standard = p->standard_input;

	for (size_t i = 0; i < p->names.list.n; i++)
		standard |= strcmp(p->names.list.at[i], "-") == 0;
	if (p->shard.n > 1 && standard)
		fault_add(&p->faults, (struct at){ 0, 0 },
		    "standard input cannot be cut into shards; name files or folders");
}

static void
check_inputs(struct plan *p, char *const *operand, size_t n)
{
	p->standard_input = n == 0 && p->files.n == 0 && p->files_from == NULL;
	if (n > 0) {
		p->files_from = NULL;
		p->files.n = 0;
	}
	for (size_t i = 0; i < n; i++)
		VEC_PUSH(&p->arena, &p->names.list, operand[i]);
	for (size_t i = 0; i < p->files.n; i++)
		inputs_expand(p->files.at[i].pattern, p->files.at[i].at, &p->names, &p->faults);
	if (p->files_from != NULL)
		check_list(p);
	check_shard(p);
}

/* ---- outputs ---- */

/* Can the directory be written, or be made? */
static bool
can_make_in(const char *dir, struct arena *a)
{
	char *path = arena_cstr(a, span_c(dir));
	size_t n = strlen(path);
	struct stat st;

	while (stat(path, &st) != 0) {
		if (errno != ENOENT)
			return false;
		while (n > 0 && path[n - 1] == '/')
			n--;
		while (n > 0 && path[n - 1] != '/')
			n--;
		path[n] = '\0';
		if (n == 0)
			path = arena_cstr(a, SPAN("."));
	}
	errno = ENOTDIR;
	return S_ISDIR(st.st_mode) && access(path, W_OK | X_OK) == 0;
}

/* The directory in which a path stands. */
static const char *
directory(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return arena_cstr(a, (struct span){ path, (size_t)(slash - path) + (slash == path) });
}

static void
check_path(struct plan *p, const char *key, const char *path, struct at at)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	errno = EISDIR;
	if (there ? S_ISDIR(st.st_mode) || access(path, W_OK) != 0
		  : !can_make_in(directory(path, &p->arena), &p->arena))
		fault_write(&p->faults, at, key, path);
}

/* A path that a template could give. */
static const char *
sample(const struct template *t, struct arena *a)
{
	struct buf out = { 0 };
	const char *path;

	if (t->path != NULL)
		return t->path;
	if (strcmp(t->prefix, ".") != 0)
		buf_str(&out, t->prefix);
	for (size_t i = 0; i < t->part.n; i++)
		buf_put(&out, t->part.at[i].member ? SPAN("x") : t->part.at[i].text);
	path = arena_cstr(a, buf_span(&out));
	buf_free(&out);
	return path;
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && S_ISREG(x.st_mode) && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* FAULTS C13: also an output that the next run would read. */
static bool
is_input(const struct plan *p, const char *path)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	for (size_t i = 0; i < p->files.n; i++)
		if (inputs_cover(p->files.at[i].pattern, path))
			return true;
	for (size_t i = 0; i < p->names.list.n && there; i++)
		if (is_same_file(path, p->names.list.at[i]))
			return true;
	return p->files_from != NULL && is_same_file(path, p->files_from);
}

static void
check_writes(struct plan *p)
{
	for (size_t i = 0; i < p->n_output; i++) {
		const struct output *o = &p->output[i];

		if (o->standard)
			continue;
		if (o->fresh && !p->stateful && o->file.path != NULL &&
		    access(o->file.path, F_OK) == 0)
			fault_add(&p->faults, o->at,
			    "output.file: %s is there; write: new takes no file's place",
			    o->file.path);
		else if (o->file.path != NULL)
			check_path(p, "output.file", o->file.path, o->at);
		else if (!can_make_in(o->file.prefix, &p->arena))
			fault_write(&p->faults, o->at, "output.file", o->file.prefix);
		if (is_input(p, sample(&o->file, &p->arena)))
			fault_add(&p->faults, o->at, "output.file is an input too");
	}
	if (p->log.to != NULL)
		check_path(p, "log.to", p->log.to, p->log.to_at);
	if (p->log.metrics != NULL)
		check_path(p, "log.metrics", p->log.metrics, p->log.metrics_at);
	if (p->errors_to == NULL)
		return;
	check_path(p, "errors.to", p->errors_to, p->errors_at);
	if (is_input(p, p->errors_to))
		fault_add(&p->faults, p->errors_at, "errors.to is an input too");
}

/* ---- models ---- */

/* The message of a filter, without the name of the program and the newline. */
static struct span
message(const struct diag *d)
{
	struct span s = buf_span(&d->err);
	size_t prefix = strlen(d->prog) + 2;

	if (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	return s.n < prefix ? SPAN("cannot be opened") : span_cut(s, prefix, s.n);
}

static void
check_models(struct plan *p)
{
	for (size_t i = 0; i < p->n_stage; i++) {
		struct stage *s = &p->stage[i];
		struct diag d = { .prog = "ntag-run" };

		if (s->filter == NULL)
			continue;
		s->model = s->filter->open_with != NULL
			       ? s->filter->open_with(&s->opts, registry, &d)
			       : s->filter->open(&s->opts, &d);
		if (s->model == NULL) {
			struct span why = message(&d);

			fault_add(
			    &p->faults, s->at, "ntag-%s: %.*s", s->filter->name, (int)why.n, why.p);
		}
		buf_free(&d.err);
	}
}

void
check_world(struct plan *p, char *const *operand, size_t n)
{
	check_programs(p);
	check_inputs(p, operand, n);
	check_writes(p);
	if (p->faults.n_fault == 0)
		check_models(p);
}
