/* sinks.c - frames from the workers -> files; opening and freeing of the outputs. */
#include "sinks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outfile.h"
#include "program.h"
#include "sinks_own.h"

/* ---- the seam of the driver ---- */

/* A pattern that ran into its limits says nothing: the record is not lost for that. */
static bool
is_wanted(const struct target *t, struct record *r, struct regex_match *match)
{
	struct where_ask ask = { .condition = t->spec->where, .record = r, .match = match };

	return t->spec->where == NULL || where_holds(&ask, NULL) || ask.expensive;
}

static bool
render(const void *ctx, struct record *r, struct regex_match *match, struct buf *out)
{
	const struct sinks *s = ctx;
	bool some = false;

	for (size_t i = 0; i < s->n_target; i++) {
		const struct target *t = &s->target[i];
		size_t at = out->n;
		struct frame head = { .output = (uint32_t)i };

		if (!is_wanted(t, r, match))
			continue;
		some = true;

		buf_room(out, sizeof(head));
		out->n += sizeof(head);
		if (t->dir >= 0 && t->spec->file.path == NULL)
			template_render(&t->spec->file, r, out, &head.raw);
		head.path = (uint32_t)(out->n - at - sizeof(head));
		if (t->sums != 0)
			sinks_sum_render(t, r, out);
		else
			t->form->record(r, &t->look, out);
		head.body = out->n - at - sizeof(head) - head.path;
		memcpy(out->p + at, &head, sizeof(head));
	}
	return some;
}

static bool
put_frame(struct sinks *s, const struct frame *head, struct span path, struct span body)
{
	struct target *t = &s->target[head->output];
	struct slot *slot;
	size_t file = t->literal;

	if (t->dir < 0 && t->sums != 0) {
		sinks_sum_add(&t->sheet, t->sums, body);
		return true;
	}
	if (t->dir < 0) {
		buf_put(&s->standard, body);
		return true;
	}
	if (t->spec->file.path == NULL)
		file = sinks_file_find(s, head->output, path, head->raw);
	if (file == SIZE_MAX) {
		struct file none = { .output = head->output };

		none.path = arena_cstr(&s->arena, path);
		return sinks_slot_lost(s, &none);
	}
	slot = sinks_slot_of(s, file);
	if (slot == NULL)
		return false;
	if (t->sums != 0)
		sinks_sum_add(&s->file.at[file].sheet, t->sums, body);
	else
		buf_put(&slot->out, body);
	return true;
}

/* What is left to be drawn, once all records have come. */
static bool
draw_all(struct sinks *s)
{
	for (size_t i = 0; i < s->n_target; i++)
		if (s->target[i].sums != 0 && s->target[i].dir < 0)
			sinks_sum_draw(&s->target[i], &s->target[i].sheet, &s->standard);
	for (size_t i = 0; i < s->file.n; i++) {
		const struct target *t = &s->target[s->file.at[i].output];
		struct slot *slot;

		if (t->sums == 0)
			continue;
		slot = sinks_slot_of(s, i);
		if (slot == NULL)
			return false;
		sinks_sum_draw(t, &s->file.at[i].sheet, &slot->out);
	}
	return true;
}

bool
sinks_flush(struct sinks *s)
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
			ok = sinks_slot_flush(s, &s->slot.at[i]);
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
	return sinks_flush(s);
}

static bool
close_all(void *ctx)
{
	struct sinks *s = ctx;
	struct sink out = sink_stdout();
	bool ok = draw_all(s) && sinks_flush(s);

	for (size_t i = 0; i < s->slot.n; i++)
		if (s->slot.at[i].fd >= 0 && !sinks_slot_close(s, &s->slot.at[i]))
			ok = false;
	for (size_t i = 0; i < s->n_target && ok; i++) {
		if (s->target[i].dir < 0 && !out.close(out.ctx)) {
			s->run->sink.name = NULL;
			ok = false;
		}
	}
	return ok;
}

bool
sinks_sum_up(const struct plan *p)
{
	bool sums = false;

	for (size_t i = 0; i < p->n_output; i++)
		sums |= sinks_sum_parts(p->output[i].form) != 0;
	return sums;
}

void
sinks_plug(struct sinks *s, struct run *run)
{
	s->run = run;
	run->form = s->target[0].form;
	run->look = s->target[0].look;
	if (s->n_target == 1 && s->target[0].dir < 0 && s->target[0].spec->where == NULL &&
	    s->target[0].sums == 0) {
		run->sink = sink_stdout();
		return;
	}
	for (size_t i = 0; i < s->n_target; i++)
		if (s->target[i].dir < 0 && s->target[i].form->begin != NULL)
			s->target[i].form->begin(&s->target[i].look, &s->standard);
	run->sink = (struct sink){ .put = put, .close = close_all, .ctx = s };
	run->render = render;
}

/* ---- start and end ---- */

bool
sinks_cannot(struct sinks *s, const char *path)
{
	diag_warn(s->diag, (struct where){ 0 }, "cannot write %s: %s", path, strerror(errno));
	return false;
}

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

/* The directory of a target, made where it is missing. */
static bool
open_dir(struct sinks *s, struct target *t, const char *dir)
{
	t->prefix = dir;
	if (strcmp(dir, ".") != 0 && !outfile_make_dirs(dir))
		return sinks_cannot(s, dir);
	t->dir = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (t->dir < 0 || faccessat(t->dir, ".", X_OK, 0) != 0)
		return sinks_cannot(s, dir);
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

	t->literal = sinks_file_index(s, output, span_c(name));
	if (t->literal == SIZE_MAX)
		t->literal = sinks_file_add(s, output, span_c(name), 0);
	s->file.at[t->literal].direct = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
	return sinks_resume_finished(s) || sinks_slot_of(s, t->literal) != NULL ||
	       sinks_cannot(s, path);
}

static bool
open_file_target(struct sinks *s, uint32_t output)
{
	struct target *t = &s->target[output];
	char resolved[PATH_MAX];
	const char *name, *dir = place_of(t->spec, resolved, &s->arena, &name);

	if (dir == NULL)
		return sinks_cannot(s, t->spec->file.path);
	if (!open_dir(s, t, dir))
		return false;
	if (name == NULL && faccessat(t->dir, ".", W_OK, 0) != 0)
		return sinks_cannot(s, t->prefix);
	if (!sinks_resume_restore(s, output))
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
			return sinks_cannot(s, "standard output");
	} else {
		t->form = t->spec->form != NULL ? t->spec->form : forms[0];
		t->look = (struct look){ .prog = "ntag-run", .header = t->spec->header };
		t->gzip = span_ends(span_c(t->spec->file.text), SPAN(".gz"));
	}
	t->sums = sinks_sum_parts(t->form);
	t->page = t->sums != 0 && !t->spec->standard &&
		  (span_ends(span_c(t->spec->file.text), SPAN(".html")) ||
		      span_ends(span_c(t->spec->file.text), SPAN(".html.gz")));
	if (t->page)
		t->form = form_find("html"); /* its begin */
	t->look.by = t->spec->by;
	t->look.layers = p->layers;
	t->look.rows = t->spec->rows;
	t->look.columns = t->spec->columns;
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
	sinks_file_grow(s);
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
	for (size_t i = 0; i < s->file.n; i++)
		sinks_sum_free(&s->file.at[i].sheet);
	for (size_t i = 0; i < s->n_target; i++) {
		sinks_sum_free(&s->target[i].sheet);
		if (s->target[i].dir >= 0)
			close(s->target[i].dir);
	}
	buf_free(&s->standard);
	free(s->index);
	arena_free(&s->arena);
	free(s);
}
