/* front.c - what the output options mean, and the status. */
#include "front.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "options.h"
#include "program.h"

struct front {
	struct files files;
	const struct index_ops *index;
	struct index *opened; /* of --index, or NULL */
};

/* ---- what is wanted ---- */

/* Options that speak of lines: with them text is written into a pipe too. */
static bool
speaks_of_lines(const struct opts *o)
{
	static const char *const names[] = { "only-matching", "line-number", "with-filename",
		"no-filename" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (opts_on(o, names[i]))
			return true;
	return false;
}

static enum files_want
want(const struct opts *o)
{
	if (opts_on(o, "quiet"))
		return FILES_QUIET;
	if (opts_on(o, "files-without-match"))
		return FILES_WITHOUT;
	if (opts_on(o, "files-with-matches"))
		return FILES_WITH;
	return opts_on(o, "count") ? FILES_COUNT : FILES_LINES;
}

static enum print_mode
mode(const struct program *p, const struct run *run, enum files_want w)
{
	const char *form = opts_text(&p->common, "output");
	bool json = opts_on(&p->output, "json") || (form != NULL && strcmp(form, "json") == 0);
	bool text = form != NULL ? strcmp(form, "text") == 0
				 : run->look.terminal || speaks_of_lines(&p->output);

	if (w != FILES_LINES)
		return PRINT_COUNTS;
	if (json)
		return opts_on(&p->output, "only-matching") ? PRINT_SPANS : PRINT_RECORDS;
	return text ? PRINT_TEXT : PRINT_RECORDS;
}

static bool
is_directory(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool
many_inputs(const struct input *in)
{
	return in->n_file > 1 || in->files0_from != NULL ||
	       (in->n_file == 1 && is_directory(in->file[0]));
}

/* ---- around the run ---- */

/* grep's habit: with no condition among the options the first operand is a pattern. */
static void
take_pattern(struct opts *own, struct input *in, const struct diag *d)
{
	char what[256];

	if (options_any(own))
		return;
	if (in->n_file == 0)
		diag_die(d, STATUS_USAGE,
		    "nothing to look for: give a PATTERN, --ent, --quote-by or another condition; "
		    "try --help");
	opts_set(own, opt_find(own->table, "regexp"), in->file[0], what);
	in->file++;
	in->n_file--;
}

static void
prepare(struct program *p, struct run *run, const struct diag *d)
{
	struct opts *own = &run->step[0].opts;

	static const struct input_units none = { 0 };

	take_pattern(own, &run->input, d);
	if (opts_given(&p->output, "index"))
		run->input.units = &none; /* until it is open */
	for (size_t i = 0; run->input.units != NULL && i < run->input.n_file; i++)
		if (strcmp(run->input.file[i], "-") == 0)
			diag_die(d, STATUS_USAGE, "--index keeps files, not standard input");
	run->input.null_cut |= opts_on(&p->output, "null-data");
	run->quiet |= opts_on(&p->output, "no-messages");
	if (opts_on(&p->output, "json"))
		run->form = form_find("json");
}

static int
open_index(struct program *p, struct run *run)
{
	struct front *front = p->ctx;
	int status = STATUS_OK;

	front->opened = front->index->open(
	    opts_text(&p->output, "index"), run, run->step[0].model, p->all, &status);
	return status;
}

static int
ready(struct program *p, struct run *run)
{
	struct front *front = p->ctx;
	struct files *f = &front->files;
	bool index = opts_given(&p->output, "index");
	struct grep *g = run->step[0].model;
	const struct opts *o = &p->output;

	f->want = want(o);
	f->most = opts_given(o, "max-count") ? opts_int(o, "max-count") : -1;
	f->single = !many_inputs(&run->input) && !(index && run->input.n_file == 0);
	f->standard_input = !index && run->input.n_file == 0 && run->input.files0_from == NULL;
	f->print = (struct print_how){ .mode = mode(p, run, f->want),
		.grep = g,
		.look = &run->look,
		.form = run->form,
		.with_name = opts_on(o, "with-filename") || !f->single,
		.no_name = opts_on(o, "no-filename"),
		.line_number = opts_on(o, "line-number"),
		.zero = opts_on(o, "null"),
		.matched_only = opts_on(o, "only-matching") };
	if (f->print.mode == PRINT_RECORDS && run->form == form_find("text"))
		run->form = f->print.form = form_find("json");
	g->finds = f->print.mode == PRINT_TEXT || f->print.mode == PRINT_SPANS;
	g->matched_only = f->print.matched_only;
	g->bare = f->print.mode != PRINT_RECORDS;
	f->separate =
	    f->print.mode == PRINT_TEXT && !g->matched_only && (g->before > 0 || g->after > 0);
	if (index) {
		int status = open_index(p, run);

		if (status != STATUS_OK)
			return status;
	}
	files_attach(f, run);
	return STATUS_OK;
}

static int
end(struct program *p, struct run *run, int status)
{
	struct front *front = p->ctx;
	const struct files *f = &front->files;

	(void)run;
	if (front->opened != NULL)
		status = front->index->end(front->opened, status);
	if (f->want == FILES_QUIET && f->selected > 0)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	if (f->want == FILES_WITHOUT)
		return f->listed > 0 ? STATUS_OK : STATUS_NOTHING;
	return f->selected > 0 ? STATUS_OK : STATUS_NOTHING;
}

int
front_main(const struct filter *const *all, const struct index_ops *index, int argc, char **argv)
{
	struct front front = { .files.most = -1, .index = index };
	struct program p = { .filter = &filter_grep,
		.all = all,
		.output_option = options_output,
		.operands = "[PATTERN] [FILE|DIR|-]...",
		.status = "\nExit status: 0 something was selected, 1 nothing, 2 something was "
			  "rejected or\n"
			  "unreadable, 64 wrong usage, 74 output incomplete, 78 a resource file is "
			  "wrong.\n",
		.prepare = prepare,
		.ready = ready,
		.end = end,
		.ctx = &front };
	int status = run_program(&p, argc, argv);

	index->close(front.opened);
	files_free(&front.files);
	return status;
}
