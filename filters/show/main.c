/* main.c - ntag-show(1): a filter that counts, and where its pictures go. */
#include "book.h"
#include "program.h"
#include "show.h"

static void
set_look(struct run *run, const struct opts *o)
{
	static const char *const by[] = { "day", "week", "month" };

	run->look.most = opts_given(o, "most") ? (unsigned)opts_int(o, "most") : 0;
	run->look.ascii = opts_on(o, "ascii");
	if (opts_given(o, "width"))
		run->look.width = (unsigned)opts_int(o, "width");
	for (unsigned i = 0; i < sizeof(by) / sizeof(by[0]); i++)
		if (strcmp(opts_text(o, "by"), by[i]) == 0)
			run->look.by = (enum sheet_by)i;
}

static bool
prepare(struct run *run, struct diag *d)
{
	const struct opts *o = &run->step[0].opts;
	const char *dir = opts_text(o, "dir");
	struct book b = { .dir = dir, .title = span_c(opts_text(o, "title")) };

	set_look(run, o);
	run->form = form_find(opts_on(o, "partial") ? "json" : opts_text(o, "type"));
	if (opts_on(o, "partial") && dir == NULL)
		return true;
	b.form = run->form;
	b.look = run->look;
	b.look.terminal = false;
	b.per_part = (size_t)opts_int(o, "per-part");
	if (dir == NULL && strcmp(run->form->name, "html") != 0)
		return true;
	if (!opts_on(o, "partial") && book_open(run, &b))
		return true;
	diag_warn(d, (struct where){ 0 }, "--dir does not go with %s",
	    opts_on(o, "partial") ? "--partial" : run->form->name);
	return false;
}

static void
done(struct run *run)
{
	book_free(run);
}

int
main(int argc, char **argv)
{
	static const struct program_hook hook = { prepare, done };

	return program_main(&filter_show, argc, argv, &hook);
}
