/* inputs.c - patterns of file names, one component after another, without recursion. */
#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char magic[] = "*?[";

const char *
inputs_pattern(const struct pieces *p, struct arena *a)
{
	struct buf out = { 0 };
	const char *pattern;

	for (size_t i = 0; i < p->list.n; i++) {
		const struct piece *it = &p->list.at[i];

		for (size_t k = 0; k < it->text.n; k++) {
			char c = it->text.p[k];

			if (it->value && (c == '\\' || strchr(magic, c) != NULL))
				buf_char(&out, '\\');
			buf_char(&out, c);
		}
	}
	pattern = arena_cstr(a, buf_span(&out));
	buf_free(&out);
	return pattern;
}

/* Without its backslashes; false if a character of a pattern is among the rest. */
static bool
plain(struct span s, struct arena *a, struct span *name)
{
	char *out = arena_raw(a, s.n + 1, 1);
	size_t n = 0;
	bool is_plain = true;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		else if (strchr(magic, s.p[i]) != NULL)
			is_plain = false;
		out[n++] = s.p[i];
	}
	out[n] = '\0';
	*name = (struct span){ out, n };
	return is_plain;
}

bool
inputs_is_name(const char *pattern, struct arena *a, char **name)
{
	struct span s;
	bool is_plain = plain(span_c(pattern), a, &s);

	*name = arena_cstr(a, s);
	return is_plain;
}

/* ---- one component ---- */

struct glob {
	struct arena *a;
	struct names here; /* what matches so far: "" or names that end in / */
	struct at at;      /* of the pattern */
	struct faults *faults;
};

/* A folder without leave is named and passed over; with none for want of means (open files, memory) nothing is known of
 * what matches. */
static void
cannot_look(struct glob *g, const char *dir)
{
	if (errno == EACCES)
		fault_warn(g->faults, g->at, "input.files: %s: %s", dir, strerror(errno));
	else if (errno != ENOENT && errno != ENOTDIR)
		fault_add(g->faults, g->at, "input.files: %s: %s", dir, strerror(errno));
}

static bool
is_kind(const char *dir, const char *name, const struct dirent *e, mode_t kind, bool follow)
{
	struct buf path = { 0 };
	struct stat st;
	bool ok;

	if (e->d_type == DT_REG || e->d_type == DT_DIR)
		return (e->d_type == DT_REG) == (kind == S_IFREG);
	if (e->d_type == DT_LNK && !follow)
		return false;
	buf_fmt(&path, "%s%s", dir, name);
	buf_char(&path, '\0');
	ok =
	    (follow ? stat(path.p, &st) : lstat(path.p, &st)) == 0 && (st.st_mode & S_IFMT) == kind;
	buf_free(&path);
	return ok;
}

/* component NULL: any name. */
static bool
is_match(const char *dir, const char *component, const struct dirent *e, mode_t kind)
{
	bool deep = component == NULL;
	const char *name = e->d_name;

	if (*name == '.' && (deep || *component != '.'))
		return false;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return false;
	return (deep || fnmatch(component, name, FNM_PERIOD) == 0) &&
	       is_kind(dir, name, e, kind, !deep);
}

/* Entries of dir that match; directories get a slash behind them. */
static void
match_in(struct glob *g, const char *dir, const char *component, mode_t kind, struct names *out)
{
	DIR *d = opendir(*dir == '\0' ? "." : dir);
	const struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (is_match(dir, component, e, kind))
			VEC_PUSH(g->a, &out->list,
			    arena_cstr(g->a, arena_fmt(g->a, "%s%s%s", dir, e->d_name,
						 kind == S_IFDIR ? "/" : "")));
	if (d != NULL)
		closedir(d);
	else
		cannot_look(g, *dir == '\0' ? "." : dir);
}

/* **: all directories below the ones at hand, and these. The list grows while it is walked. */
static void
all_below(struct glob *g, struct names *out)
{
	*out = g->here;
	for (size_t i = 0; i < out->list.n; i++)
		match_in(g, out->list.at[i], NULL, S_IFDIR, out);
}

static void
literal(struct glob *g, struct span name, bool last, struct names *out)
{
	for (size_t i = 0; i < g->here.list.n; i++) {
		char *path = arena_cstr(g->a, arena_fmt(g->a, "%s%.*s%s", g->here.list.at[i],
						  (int)name.n, name.p, last ? "" : "/"));
		struct stat st;

		if (!last || (stat(path, &st) == 0 && S_ISREG(st.st_mode)))
			VEC_PUSH(g->a, &out->list, path);
	}
}

static void
component(struct glob *g, struct span c, bool last)
{
	struct names out = { 0 };
	struct span name;

	if (span_is(c, "**") && !last) {
		all_below(g, &out);
	} else if (plain(c, g->a, &name)) {
		literal(g, name, last, &out);
	} else {
		const char *pattern = arena_cstr(g->a, c);

		for (size_t i = 0; i < g->here.list.n; i++)
			match_in(g, g->here.list.at[i], pattern, last ? S_IFREG : S_IFDIR, &out);
	}
	g->here = out;
}

/* ---- the whole ---- */

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
sort_once(struct names *n)
{
	size_t k = 0;

	if (n->list.n < 2)
		return;
	qsort(n->list.at, n->list.n, sizeof(char *), by_bytes);
	for (size_t i = 0; i < n->list.n; i++)
		if (k == 0 || strcmp(n->list.at[k - 1], n->list.at[i]) != 0)
			n->list.at[k++] = n->list.at[i];
	n->list.n = k;
}

/* The directory in front of the first component that is a pattern must be there. */
static void
check_directory(const char *pattern, struct at at, struct faults *f)
{
	struct span s = span_c(pattern), dir;
	size_t n = 0, end = 0;
	struct stat st;

	for (; n < s.n && strchr(magic, s.p[n]) == NULL; n++) {
		n += s.p[n] == '\\' && n + 1 < s.n;
		end = s.p[n] == '/' ? n : end;
	}
	if (end == 0)
		return;
	plain(span_cut(s, 0, end), f->arena, &dir);
	if (stat(dir.p, &st) != 0)
		fault_add(f, at, "input.files: %s: %s", dir.p, strerror(errno));
}

void
inputs_expand(const char *pattern, struct at at, struct names *out, struct faults *f)
{
	struct glob g = { .a = f->arena, .at = at, .faults = f };
	const char *from = pattern;
	char *name;
	struct stat st;

	if (inputs_is_name(pattern, g.a, &name)) {
		if (*name == '\0')
			fault_add(f, at, "input.files: an empty name");
		else if (strcmp(name, "-") != 0 && stat(name, &st) != 0)
			fault_add(f, at, "input.files: %s: %s", name, strerror(errno));
		VEC_PUSH(g.a, &out->list, name);
		return;
	}
	check_directory(pattern, at, f);
	from += strspn(from, "/");
	VEC_PUSH(g.a, &g.here.list, arena_cstr(g.a, SPAN("/")));
	if (from == pattern)
		g.here.list.at[0] = arena_cstr(g.a, SPAN(""));
	while (*from != '\0') {
		size_t n = strcspn(from, "/"), slashes = strspn(from + n, "/");

		component(&g, (struct span){ from, n }, from[n + slashes] == '\0');
		from += n + slashes;
	}
	sort_once(&g.here);
	for (size_t i = 0; i < g.here.list.n; i++)
		VEC_PUSH(g.a, &out->list, g.here.list.at[i]);
}

/* ** as FNM_PATHNAME does not know it: anything, or nothing. */
static bool
covers_deep(const char *pattern, const char *path)
{
	const char *deep = strstr(pattern, "**/");
	struct buf flat = { 0 };
	bool yes;

	if (deep == NULL)
		return false;
	buf_fmt(&flat, "%.*s%s", (int)(deep - pattern), pattern, deep + 3);
	buf_char(&flat, '\0');
	yes = fnmatch(pattern, path, 0) == 0 || fnmatch(flat.p, path, 0) == 0;
	buf_free(&flat);
	return yes;
}

/* Is path below the directory? "." has all relative paths below it. */
static bool
below(const char *dir, const char *path)
{
	size_t n = strlen(dir);

	while (n > 0 && dir[n - 1] == '/')
		n--;
	if (n == 0 || strcmp(dir, ".") == 0)
		return (*dir == '/') == (*path == '/') && strncmp(path, "../", 3) != 0;
	return strncmp(dir, path, n) == 0 && path[n] == '/';
}

bool
inputs_cover(const char *pattern, const char *path)
{
	static const char *const walked[] = { ".txt", ".jsonl", ".gz" }; /* walk.h */

	while (strncmp(pattern, "./", 2) == 0)
		pattern += 2;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	if (fnmatch(pattern, path, FNM_PATHNAME | FNM_PERIOD) == 0 || covers_deep(pattern, path))
		return true;
	for (size_t i = 0; i < sizeof(walked) / sizeof(walked[0]); i++)
		if (span_ends(span_c(path), span_c(walked[i])))
			return below(pattern, path);
	return false;
}
