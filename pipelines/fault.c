/* fault.c - collecting faults and telling them in the order of the file. */
#include "fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"

__attribute__((format(printf, 4, 0))) static void
keep(struct faults *f, struct at at, bool warning, const char *fmt, va_list ap)
{
	struct buf what = { 0 };
	va_list again;
	int n;

	f->n_fault += !warning;
	if (f->list.n >= FAULT_MAX)
		return;
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	vsnprintf(buf_room(&what, (size_t)n + 1), (size_t)n + 1, fmt, ap);
	VEC_PUSH(f->arena, &f->list,
	    (struct fault){
		at, arena_copy(f->arena, (struct span){ what.p, (size_t)n }), warning });
	buf_free(&what);
}

void
fault_add(struct faults *f, struct at at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(f, at, false, fmt, ap);
	va_end(ap);
}

void
fault_write(struct faults *f, struct at at, const char *key, const char *path)
{
	f->n_denied += errno == EACCES || errno == EPERM || errno == EROFS;
	fault_add(f, at, "%s: cannot write %s: %s", key, path, strerror(errno));
}

int
fault_status(const struct faults *f)
{
	return f->n_fault == f->n_denied ? STATUS_OUTPUT : STATUS_RESOURCE;
}

void
fault_warn(struct faults *f, struct at at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(f, at, true, fmt, ap);
	va_end(ap);
}

/* By place; two of the same place stay in the order of their text, so the order is total. */
static int
compare(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;
	size_t n = x->what.n < y->what.n ? x->what.n : y->what.n;

	if (x->at.line != y->at.line)
		return x->at.line < y->at.line ? -1 : 1;
	if (x->at.col != y->at.col)
		return x->at.col < y->at.col ? -1 : 1;
	return memcmp(x->what.p, y->what.p, n);
}

void
fault_print(struct faults *f, const char *prefix, struct buf *out)
{
	if (f->list.n > 1)
		qsort(f->list.at, f->list.n, sizeof(*f->list.at), compare);
	for (size_t i = 0; i < f->list.n; i++) {
		const struct fault *it = &f->list.at[i];

		buf_str(out, prefix);
		if (it->at.line > 0) {
			diag_mask(out, span_c(f->file));
			buf_fmt(out, ":%zu:%zu: ", it->at.line, it->at.col);
		}
		buf_str(out, it->warning ? "warning: " : "");
		diag_mask(out, it->what);
		buf_char(out, '\n');
	}
	if (f->n_fault > FAULT_MAX)
		buf_fmt(out, "%s%s: %zu faults, of which %d are shown\n", prefix, f->file,
		    f->n_fault, (int)FAULT_MAX);
}

const char *
fault_near(struct faults *f, const char *typed, const char *const *names)
{
	bool worth = *typed != '\0' && f->list.n < FAULT_MAX; /* the message will be kept */
	const char *near = worth ? diag_near(typed, names) : NULL;

	return near == NULL ? "" : arena_fmt(f->arena, "; did you mean \"%s\"?", near).p;
}
