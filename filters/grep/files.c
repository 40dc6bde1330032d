/* files.c - the sink: what is counted or cut by file. */
#include "files.h"

#include <errno.h>

enum { MUCH = 64 << 10 };

/* ---- names and counts ---- */

static bool
flush(struct files *f)
{
	bool ok = f->bytes.n == 0 || f->out.put(f->out.ctx, buf_span(&f->bytes));

	buf_clear(&f->bytes);
	return ok;
}

static void
put_count(struct files *f, struct span file, uint64_t n)
{
	if (f->print.with_name && !f->print.no_name)
		print_name(&f->print, file, ':', &f->bytes);
	buf_fmt(&f->bytes, "%llu\n", (unsigned long long)n);
}

/* A file is behind: n were selected in it. */
static void
close_file(struct files *f, struct span file, uint64_t n)
{
	if (f->want == FILES_COUNT)
		put_count(f, file, n);
	if (f->want != FILES_WITHOUT || n > 0)
		return;
	print_name(&f->print, file, '\n', &f->bytes);
	f->listed++;
}

static void
end_current(struct files *f)
{
	if (f->begun)
		close_file(f, buf_span(&f->file), f->n);
	f->begun = false;
	f->n = 0;
}

/* Files read meanwhile of which nothing came; up to the one named, if it is among them. */
static void
pass_files(struct files *f, const struct span *upto)
{
	for (; f->passed < f->closed.n; f->passed++) {
		struct span name = span_c(f->closed.at[f->passed]);

		if (upto != NULL && span_eq(*upto, name))
			return;
		if (f->begun && span_eq(buf_span(&f->file), name))
			end_current(f);
		else
			close_file(f, name, 0);
	}
}

static void
begin_file(struct files *f, struct span file)
{
	if (f->begun && span_eq(buf_span(&f->file), file))
		return;
	if (f->begun && f->passed < f->closed.n &&
	    span_is(buf_span(&f->file), f->closed.at[f->passed]))
		f->passed++;
	end_current(f);
	pass_files(f, &file);
	buf_clear(&f->file);
	buf_put(&f->file, file);
	f->begun = true;
}

/* ---- frames ---- */

static void
list_name(struct files *f, struct span name)
{
	if (f->listed > 0 && span_eq(buf_span(&f->name), name))
		return;
	print_name(&f->print, name, '\n', &f->bytes);
	buf_clear(&f->name);
	buf_put(&f->name, name);
	f->listed++;
}

static void
put_frame(struct files *f, const struct print_frame *frame, const char *p)
{
	struct span file = { p, frame->file }, name = { p + frame->file, frame->name };
	struct span lines = { name.p + name.n, frame->lines };

	begin_file(f, file);
	if (f->most >= 0 && f->n >= (uint64_t)f->most)
		return;
	f->n += frame->n;
	if (f->most >= 0 && f->n > (uint64_t)f->most) /* of many in one frame */
		f->n = (uint64_t)f->most;
	f->selected += frame->n;
	if (f->want == FILES_WITH)
		list_name(f, name);
	if (f->want == FILES_QUIET || (f->single && f->most >= 0 && f->n == (uint64_t)f->most))
		atomic_store(&f->stop, true);
	if (f->want != FILES_LINES)
		return;
	if (f->separate && f->any && !frame->joined && lines.n > 0)
		print_separator(&f->print, &f->bytes);
	f->any |= lines.n > 0;
	buf_put(&f->bytes, lines);
}

static bool
put(void *ctx, struct span s)
{
	struct files *f = ctx;
	struct print_frame frame;
	size_t at = 0;

	while (at < s.n) {
		memcpy(&frame, s.p + at, sizeof(frame));
		at += sizeof(frame);
		put_frame(f, &frame, s.p + at);
		at += (size_t)frame.file + frame.name + frame.lines;
		if (f->bytes.n >= MUCH && !flush(f))
			return false;
	}
	return flush(f);
}

static bool
open_sink(void *ctx)
{
	struct files *f = ctx;

	return f->want == FILES_QUIET || f->out.open(f->out.ctx);
}

static bool
close_sink(void *ctx)
{
	struct files *f = ctx;

	if (f->want == FILES_COUNT || f->want == FILES_WITHOUT) {
		if (f->standard_input && !f->begun)
			begin_file(f, print_file_name(NULL));
		pass_files(f, NULL);
		end_current(f);
	}
	if (f->want == FILES_QUIET)
		return true;
	return flush(f) && f->out.close(f->out.ctx);
}

static bool
render(const void *ctx, struct record *r, struct regex_match *match, struct buf *out)
{
	const struct files *f = ctx;

	(void)match;
	print_record(&f->print, r, out);
	return true;
}

/* ---- the inputs ---- */

static bool
want_file(void *ctx, const char *name, uint64_t *skip)
{
	(void)ctx, (void)name;
	*skip = 0;
	return true;
}

static void
done_file(void *ctx, const char *name, bool whole, uint64_t content)
{
	struct files *f = ctx;

	(void)whole, (void)content;
	VEC_PUSH(&f->arena, &f->closed, arena_cstr(&f->arena, span_c(name)));
}

void
files_attach(struct files *f, struct run *run)
{
	static const struct input_files watch = { want_file, done_file, NULL };
	struct input_files *mine = ARENA_NEW(&f->arena, struct input_files, 1);

	f->out = run->sink;
	run->sink = (struct sink){ .open = open_sink, .put = put, .close = close_sink, .ctx = f };
	run->render = render;
	run->stop = &f->stop;
	*mine = watch;
	mine->ctx = f;
	if (f->want == FILES_COUNT || f->want == FILES_WITHOUT)
		run->input.files = mine;
	if (f->print.mode == PRINT_RECORDS && run->form->begin != NULL)
		run->form->begin(&run->look, &f->bytes);
}

void
files_free(struct files *f)
{
	arena_free(&f->arena);
	buf_free(&f->file);
	buf_free(&f->name);
	buf_free(&f->bytes);
}
