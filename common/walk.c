/* walk.c - names of inputs, one after another (walk.h). */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "source.h"

/* What may be read in a directory. */
static const char *const endings[] = { ".txt", ".jsonl", ".gz", NULL };

/* One directory on the way down: its names, sorted. Those of directories end in a slash, so that the order
 * of the names is the order of the paths. */
struct level {
	struct buf names; /* ended by NUL each */
	char **at;        /* into names */
	size_t n, next;
	size_t path; /* length of the path of the directory, slash included */
};

/* A directory; ino 0: a free place. */
struct seen {
	dev_t dev;
	ino_t ino;
};

struct walk {
	const struct walk_from *from;
	struct diag *diag;
	size_t next_file;

	struct source *list; /* NULL: not opened or at its end */
	bool list_done;
	struct buf name, part; /* of the list: the present name; bytes read and not used */
	size_t part_at;

	struct buf path; /* of the directory being walked, or of a file in it */
	struct level *level;
	size_t n_level, cap_level;
	struct seen *seen; /* hash table of the directories of this operand, at most half full */
	size_t n_seen, cap_seen;
	void (*idle)(void *);
	void *idle_ctx;
};

struct walk *
walk_new(const struct walk_from *from, struct diag *d, void (*idle)(void *), void *ctx)
{
	struct walk *w = calloc(1, sizeof(*w));

	if (w == NULL)
		die_oom(sizeof(*w));
	w->from = from;
	w->diag = d;
	w->idle = idle;
	w->idle_ctx = ctx;
	return w;
}

static void
level_free(struct level *l)
{
	buf_free(&l->names);
	free(l->at);
	*l = (struct level){ 0 };
}

void
walk_free(struct walk *w)
{
	if (w == NULL)
		return;
	while (w->n_level > 0)
		level_free(&w->level[--w->n_level]);
	free(w->level);
	free(w->seen);
	source_free(w->list);
	buf_free(&w->name);
	buf_free(&w->part);
	buf_free(&w->path);
	free(w);
}

static struct where
here(const char *name)
{
	return (struct where){ .file = name };
}

/* path, cut to n bytes, with name behind it. */
static const char *
path_to(struct walk *w, size_t n, const char *name)
{
	w->path.n = n;
	buf_str(&w->path, name);
	buf_char(&w->path, '\0');
	return w->path.p;
}

/* ---- directories ---- */

static bool
is_wanted(const char *name)
{
	for (size_t i = 0; endings[i] != NULL; i++)
		if (span_ends(span_c(name), span_c(endings[i])))
			return true;
	return false;
}

/* The type of an entry of a directory, symbolic links followed; 0: it dangles. */
static mode_t
type_of(struct walk *w, size_t path, const struct dirent *e)
{
	struct stat st;

	if (e->d_type == DT_REG)
		return S_IFREG;
	if (e->d_type == DT_DIR)
		return S_IFDIR;
	if (e->d_type != DT_LNK && e->d_type != DT_UNKNOWN)
		return S_IFCHR;
	return stat(path_to(w, path, e->d_name), &st) == 0 ? st.st_mode & S_IFMT : 0;
}

/* Keep an entry if it is to be read or walked. */
static void
add_entry(struct walk *w, struct level *l, const struct dirent *e)
{
	if (e->d_name[0] == '.')
		return;
	bool wanted = is_wanted(e->d_name);
	/* Only a link or an entry of unknown type that nobody asked for may be a directory. */
	if (!wanted && e->d_type != DT_DIR && e->d_type != DT_LNK && e->d_type != DT_UNKNOWN)
		return;
	mode_t type = type_of(w, l->path, e);
	if (type != S_IFDIR && !wanted)
		return;
	buf_str(&l->names, e->d_name);
	if (type == S_IFDIR)
		buf_char(&l->names, '/');
	buf_char(&l->names, '\0');
	l->n++;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
sort_level(struct level *l)
{
	char *p = l->names.p;

	l->at = reallocarray(NULL, l->n + 1, sizeof(*l->at));
	if (l->at == NULL)
		die_oom(l->n);
	for (size_t i = 0; i < l->n; i++) {
		l->at[i] = p;
		p += strlen(p) + 1;
	}
	if (l->n > 1)
		qsort(l->at, l->n, sizeof(*l->at), by_bytes);
}

/* The place of a directory in the table, or the free one where it belongs. */
static struct seen *
seen_place(const struct walk *w, struct seen d)
{
	uint64_t h = ((uint64_t)d.ino ^ (uint64_t)d.dev << 32) *
		     0x9E3779B97F4A7C15U; /* 2^64 / golden ratio */
	size_t i = (size_t)(h >> 32) & (w->cap_seen - 1);

	while (w->seen[i].ino != 0 && (w->seen[i].ino != d.ino || w->seen[i].dev != d.dev))
		i = (i + 1) & (w->cap_seen - 1);
	return &w->seen[i];
}

static void
seen_grow(struct walk *w)
{
	struct seen *old = w->seen;
	size_t n = w->cap_seen;

	w->cap_seen = n == 0 ? 64 : n * 2;
	w->seen = calloc(w->cap_seen, sizeof(*w->seen));
	if (w->seen == NULL)
		die_oom(w->cap_seen);
	for (size_t i = 0; i < n; i++)
		if (old[i].ino != 0)
			*seen_place(w, old[i]) = old[i];
	free(old);
}

/* Was this directory walked before? If not, it is now. */
static bool
was_seen(struct walk *w, const struct stat *st)
{
	struct seen d = { st->st_dev, st->st_ino };

	if (w->n_seen * 2 >= w->cap_seen)
		seen_grow(w);
	struct seen *place = seen_place(w, d);
	if (place->ino != 0)
		return true;
	*place = d;
	w->n_seen++;
	return false;
}

static void
push_level(struct walk *w, struct level l)
{
	if (w->n_level == w->cap_level) {
		w->cap_level = w->cap_level == 0 ? 16 : w->cap_level * 2;
		w->level = reallocarray(w->level, w->cap_level, sizeof(*w->level));
		if (w->level == NULL)
			die_oom(w->cap_level);
	}
	w->level[w->n_level++] = l;
}

/* Go down into the directory in w->path, n bytes long with the slash at its end. */
static void
enter(struct walk *w, size_t n)
{
	struct stat st;
	struct dirent *e;
	DIR *dir = opendir(w->path.p);

	if (dir == NULL || fstat(dirfd(dir), &st) != 0) {
		diag_unreadable(w->diag, here(w->path.p), "cannot open: %s", strerror(errno));
		if (dir != NULL)
			closedir(dir);
		return;
	}
	if (was_seen(w, &st)) {
		diag_warn(
		    w->diag, here(w->path.p), "loop: this directory was read already; skipped");
		closedir(dir);
		return;
	}
	struct level l = { .path = n };
	while (errno = 0, (e = readdir(dir)) != NULL)
		add_entry(w, &l, e);
	if (errno != 0) {
		int err = errno;
		diag_unreadable(w->diag, here(path_to(w, n, "")), "read error: %s", strerror(err));
	}
	closedir(dir);
	sort_level(&l);
	push_level(w, l);
}

/* Begin the walk of a directory named outright. */
static void
enter_top(struct walk *w, const char *name)
{
	size_t n = strlen(name);

	w->n_seen = 0;
	if (w->cap_seen > 0)
		memset(w->seen, 0, w->cap_seen * sizeof(*w->seen));
	path_to(w, 0, name);
	if (name[n - 1] != '/')
		path_to(w, n++, "/");
	enter(w, n);
}

/* The next file on the way through the directories, or NULL when all were left. */
static const char *
next_found(struct walk *w)
{
	while (w->n_level > 0) {
		struct level *l = &w->level[w->n_level - 1];
		if (l->next == l->n) {
			level_free(l);
			w->n_level--;
			continue;
		}
		const char *name = l->at[l->next++];
		size_t path = l->path, len = strlen(name);
		path_to(w, path, name);
		if (name[len - 1] != '/')
			return w->path.p;
		enter(w, path + len);
	}
	return NULL;
}

/* ---- lists of names ---- */

/* Bytes until the next separator go to w->name. False: the list is at its end and there are none. */
static bool
list_name(struct walk *w)
{
	char sep = w->from->newlines ? '\n' : '\0';
	bool any = false;

	buf_clear(&w->name);
	for (;;) {
		if (w->part_at == w->part.n) {
			buf_clear(&w->part);
			w->part_at = 0;
			w->part.n = source_read(w->list, buf_room(&w->part, 65536), 65536);
			if (w->part.n == 0)
				return any;
		}
		struct span rest = span_cut(buf_span(&w->part), w->part_at, w->part.n);
		const char *end = memchr(rest.p, sep, rest.n);
		size_t n = end == NULL ? rest.n : (size_t)(end - rest.p);
		any = true;
		/* What is too long is kept just long enough to be known as such. */
		size_t room = (size_t)WALK_NAME_MAX + 1 - w->name.n;
		buf_put(&w->name, span_cut(rest, 0, n < room ? n : room));
		w->part_at += n + (end != NULL);
		if (end != NULL)
			return true;
	}
}

static void
list_close(struct walk *w)
{
	const char *fault = source_fault(w->list);

	if (fault != NULL)
		diag_unreadable(w->diag, here(w->from->list), "%s", fault);
	source_free(w->list);
	w->list = NULL;
	w->list_done = true;
}

/* Say what is wrong with the name in w->name, if anything is. */
static bool
name_good(struct walk *w)
{
	struct span name = buf_span(&w->name);
	struct where at = here(w->from->list);

	if (name.n > WALK_NAME_MAX)
		diag_unreadable(
		    w->diag, at, "file name longer than %d bytes; skipped", WALK_NAME_MAX);
	else if (name.n == 0 && !w->from->newlines)
		diag_unreadable(w->diag, at, "empty file name; skipped");
	else if (name.n > 0 && memchr(name.p, '\0', name.n) != NULL)
		diag_unreadable(w->diag, at, "file name with a NUL byte; skipped");
	else if (span_is(name, "-") && strcmp(w->from->list, "-") == 0)
		diag_unreadable(w->diag, at,
		    "standard input is the list of names and cannot be in it; skipped");
	else
		return name.n > 0;
	return false;
}

/* The next name of the list, or NULL. */
static const char *
next_listed(struct walk *w)
{
	if (w->list_done || w->from->list == NULL)
		return NULL;
	if (w->list == NULL) {
		w->list = source_new(w->idle, w->idle_ctx);
		if (!source_open(w->list, w->from->list, false)) {
			list_close(w);
			return NULL;
		}
	}
	while (list_name(w)) {
		if (!name_good(w))
			continue;
		buf_char(&w->name, '\0');
		return w->name.p;
	}
	list_close(w);
	return NULL;
}

/* ---- all together ---- */

static const char *
next_named(struct walk *w)
{
	if (w->from->n_file == 0 && w->from->list == NULL)
		return w->next_file++ == 0 ? "-" : NULL;
	if (w->next_file < w->from->n_file)
		return w->from->file[w->next_file++];
	return next_listed(w);
}

const char *
walk_next(struct walk *w, bool *found)
{
	for (;;) {
		struct stat st;
		const char *name = next_found(w);
		*found = name != NULL;
		if (name == NULL)
			name = next_named(w);
		if (name == NULL || *found || strcmp(name, "-") == 0)
			return name;
		if (name[0] == '\0' || stat(name, &st) != 0 || !S_ISDIR(st.st_mode))
			return name; /* what does not exist is found out when it is opened */
		enter_top(w, name);
	}
}
