/* list.c - the pipelines of a directory. */
#include "list.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

static void
put_param(const struct param *p, struct buf *out)
{
	size_t from = out->n;

	buf_fmt(out, "    -D %s", p->name);
	if (p->def != NULL) {
		buf_char(out, '=');
		diag_mask(out, span_c(p->def));
	}
	while (out->n - from < 28)
		buf_char(out, ' ');
	buf_fmt(out, " %s", param_type_name[p->type]);
	for (size_t i = 0; i < p->of.n; i++) {
		buf_str(out, i == 0 ? " " : "|");
		diag_mask(out, span_c(p->of.at[i]));
	}
	if (p->min != NULL || p->max != NULL)
		buf_fmt(out, " %s..%s", p->min == NULL ? "" : p->min, p->max == NULL ? "" : p->max);
	if (p->def == NULL)
		buf_str(out, ", required");
	if (p->help != NULL) {
		buf_str(out, ": ");
		diag_mask(out, span_c(p->help));
	}
	buf_char(out, '\n');
}

static void
put_pipeline(const char *path, const char *name, const struct plan_how *how, struct buf *out)
{
	struct plan p;

	plan_load(&p, path, how);
	diag_mask(out, span_c(name));
	buf_str(out, ": ");
	if (p.about != NULL)
		diag_mask(out, span_c(p.about));
	if (p.faults.n_fault > 0) {
		buf_str(out, p.about == NULL ? "" : " ");
		buf_fmt(out, "(faulty: %zu; see ntag-run check)", p.faults.n_fault);
	}
	buf_char(out, '\n');
	for (size_t i = 0; i < p.params.list.n; i++)
		put_param(&p.params.list.at[i], out);
	plan_free(&p);
}

static int
select_yaml(const struct dirent *e)
{
	struct span name = span_c(e->d_name);

	return *e->d_name != '.' &&
	       (span_ends(name, SPAN(".yaml")) || span_ends(name, SPAN(".yml")));
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

bool
list_put(const char *dir, const struct plan_how *how, struct diag *d, struct buf *out)
{
	struct dirent **entry;
	int n = scandir(dir, &entry, select_yaml, by_bytes);
	struct arena a = { 0 };

	if (n < 0) {
		diag_warn(d, (struct where){ .file = dir }, "cannot list: %s", strerror(errno));
		return false;
	}
	for (int i = 0; i < n; i++) {
		const char *name = entry[i]->d_name;

		put_pipeline(arena_fmt(&a, "%s/%s", dir, name).p,
		    arena_cstr(&a, span_cut(span_c(name), 0, (size_t)(strrchr(name, '.') - name))),
		    how, out);
		free(entry[i]);
	}
	free(entry);
	arena_free(&a);
	return true;
}
