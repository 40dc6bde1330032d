/* program.c - main() of a stand-alone filter: its options, --help, --version, then the driver. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "program.h"
#include "regex.h"

/* Common to all filters. In pipeline files they belong to input, output, errors and run. */
const struct opt program_option[] = {
	{ "output", 'o', OPT_ENUM, "FORM", NULL, OUTPUT_FORMS, 0, 0,
	    "write records, articles for people, tables, or what other tools read (ntag(7)); "
	    "text on a terminal, json elsewhere" },
	{ "header", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "tables begin with the names of their columns" },
	{ "rows", 0, OPT_ENUM, "ROWS", NULL, "docs|sents|dates|ents|quotes", 0, 0,
	    "what is a row of a table, in place of every annotation" },
	{ "columns", 0, OPT_WORDS, "COLUMN,...", NULL, NULL, 0, 0,
	    "columns of tables: members of the row's annotation or of its record, as in "
	    "id,speaker.name,text" },
	{ "color", 0, OPT_ENUM, "WHEN", "auto", "auto|always|never", 0, 0, "colours in text" },
	{ "format", 0, OPT_ENUM, "FORM", "auto", "auto|news|text|jsonl", 0, 0,
	    "what comes in: records, or raw text with or without header lines" },
	{ "dct", 0, OPT_TEXT, "DATE", NULL, NULL, 0, 0,
	    "date of documents without header line: YYYY-MM-DD, or mtime of their file" },
	{ "map", 0, OPT_WORDS, "NAME=MEMBER,...", NULL, NULL, 0, 0,
	    "take text, date, title or id from other members, as in text=body,date=published" },
	{ "null", '0', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "raw documents end at a NUL byte" },
	{ "doc-per-line", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "each line of raw text is a document" },
	{ "files0-from", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "read the names of input files from FILE, each ended by a NUL byte; - is standard "
	    "input" },
	{ "jobs", 'j', OPT_INT, "N", "1", NULL, 1, JOBS_MAX,
	    "work with N threads; the order stays" },
	{ "errors", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0, "keep rejected records in FILE" },
	{ "strict", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, "stop at the first rejected record" },
	{ "max-record", 0, OPT_SIZE, "SIZE", "64M", NULL, 1024, 2147483647,
	    "reject longer records" },
	{ "stats", 0, OPT_MAYBE, "FORM", "text", "text|json", 0, 0,
	    "a closing line of counts on standard error" },
	{ "progress", 0, OPT_ENUM, "WHEN", "auto", "auto|never", 0, 0, "progress on a terminal" },
	{ "quiet", 'q', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "no messages about single records" },
	{ "line-buffered", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "no effect: output never waits for input" },
	{ "complete", 0, OPT_ENUM, "SHELL", NULL, "bash|zsh|fish|mdoc", 0, 0,
	    "print completions for a shell, or the options for a man page, and end" },
	{ "help", 'h', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "print this help, and end" },
	{ "version", 'V', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "print versions and hashes of tables, and end" },
	{ 0 },
};

static bool
print(struct buf *out)
{
	struct sink s = sink_stdout();
	bool ok = s.open(NULL) && s.put(NULL, buf_span(out)) && s.close(NULL);
	struct diag last = { .prog = "ntag", .now = true };

	if (!ok && errno != EPIPE)
		diag_warn(&last, (struct where){ 0 }, "cannot write standard output: %s",
		    strerror(errno));
	buf_free(&last.err);
	buf_free(out);
	return ok;
}

int
program_print(struct buf *out)
{
	return print(out) ? STATUS_OK : STATUS_OUTPUT;
}

void
program_put_blobs(const struct blob *const *blob, struct buf *out)
{
	for (; blob != NULL && *blob != NULL; blob++)
		buf_fmt(
		    out, "table %s %016llx\n", (*blob)->name, (unsigned long long)(*blob)->hash);
}

void
program_put_resources(const struct filter *f, const struct opts *own, struct buf *out)
{
	if (f->blob != sentence_blobs) /* those are every program's */
		program_put_blobs(f->blob, out);
	if (f->version != NULL)
		f->version(own, out);
}

void
program_put_version(const char *prog, struct buf *out)
{
	buf_fmt(out, "%s %s\npcre2 %s\nzlib %s\n", prog, VERSION, regex_version(), zlibVersion());
	program_put_blobs(sentence_blobs, out);
}

static void
put_examples(const char *example, struct buf *out)
{
	buf_str(out, "\nExamples:\n  ");
	for (; *example != '\0'; example++) {
		buf_char(out, *example);
		if (*example == '\n')
			buf_str(out, "  ");
	}
	buf_char(out, '\n');
}

static void
put_help(const struct program *p, const struct opt_group *g, size_t n, struct buf *out)
{
	const struct filter *f = p->filter;

	buf_fmt(out, "ntag-%s - %s\n\nUsage: ntag-%s [OPTION]... %s\n", f->name, f->summary,
	    f->name, p->operands != NULL ? p->operands : "[FILE|DIR|-]...");
	put_examples(f->example, out);
	opts_help(g, n, out);
	if (p->status != NULL) {
		buf_str(out, p->status);
		return;
	}
	buf_str(out,
	    "\nExit status: 0 all well, 2 something was rejected or unreadable, 64 wrong usage,\n"
	    "74 output incomplete, 78 a resource file is wrong.\n");
}

void
program_complete(
    const char *what, const char *prog, const struct opt_group *g, size_t n, struct buf *out)
{
	if (strcmp(what, "mdoc") == 0)
		opts_mdoc(g, n, out);
	else
		opts_complete(what, prog, g, n, out);
}

/* Options that print something and end: true with the status. */
static bool
print_and_end(const struct program *p, const struct opt_group *g, size_t n, int *status)
{
	const struct filter *f = p->filter;
	const struct opts *common = g[n - 1].opts;
	struct buf out = { 0 };
	char prog[64];

	snprintf(prog, sizeof(prog), "ntag-%s", f->name);
	if (opts_on(common, "help")) {
		put_help(p, g, n, &out);
	} else if (opts_on(common, "version")) {
		program_put_version(prog, &out);
		program_put_resources(f, g[0].opts, &out);
	} else if (opts_given(common, "complete")) {
		program_complete(opts_text(common, "complete"), prog, g, n, &out);
	} else {
		return false;
	}
	*status = program_print(&out);
	return true;
}

/* name=member,... into the map; the members' names are copied into a. */
static void
set_map(struct record_map *map, const char *text, struct arena *a, const struct diag *d)
{
	struct {
		const char *name;
		const char **to;
	} known[] = { { "text", &map->text }, { "date", &map->date }, { "title", &map->title },
		{ "id", &map->id } };

	while (text != NULL && *text != '\0') {
		size_t n = strcspn(text, ","), eq = strcspn(text, "=");
		bool found = false;

		for (size_t i = 0; i < 4 && eq < n; i++) {
			if (!span_is((struct span){ text, eq }, known[i].name))
				continue;
			*known[i].to = arena_cstr(a, (struct span){ text + eq + 1, n - eq - 1 });
			found = true;
		}
		if (!found)
			diag_die(d, STATUS_USAGE,
			    "--map must be like text=body,date=published; text, date, title and id "
			    "can be mapped");
		text += n + (text[n] == ',');
	}
}

static unsigned
terminal_width(void)
{
	struct winsize ws;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
		return ws.ws_col;
	return 80;
}

/* With NO_COLOR (no-color.org) and on dumb terminals no escapes are written unless asked for. */
static bool
takes_escapes(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return (no == NULL || *no == '\0') && term != NULL && strcmp(term, "dumb") != 0;
}

static bool
want_color(const char *when, bool terminal)
{
	if (strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return terminal && takes_escapes();
}

bool
program_progress(const struct opts *o)
{
	return strcmp(opts_text(o, "progress"), "auto") == 0 && isatty(STDERR_FILENO) == 1 &&
	       takes_escapes();
}

void
program_look(struct run *run, const struct opts *o)
{
	bool terminal = isatty(STDOUT_FILENO) == 1;
	const char *form = opts_text(o, "output");

	run->form = form_find(form != NULL ? form : terminal ? "text" : "json");
	run->look = (struct look){ .prog = run->prog,
		.color = want_color(opts_text(o, "color"), terminal),
		.terminal = terminal,
		.header = opts_on(o, "header"),
		.width = terminal ? terminal_width() : 0 };
}

/* What people get to see differs between filters: the article with what was found, or a list of it. */
static void
look_of_filter(struct run *run, const struct filter *f)
{
	if (f->people != NULL && strcmp(run->form->name, "text") == 0)
		run->form = form_find(f->people);
}

void
program_table(struct look *l, const struct opts *o, struct arena *a, const struct diag *d)
{
	const char *rows = opts_text(o, "rows"), *columns = opts_text(o, "columns");
	char what[256];

	for (unsigned i = 0; rows != NULL && i < N_ROWS; i++)
		if (strcmp(rows, rows_name[i]) == 0)
			l->rows = (enum rows)i;
	if (columns != NULL && !columns_parse(&l->columns, l->rows, columns, a, what))
		diag_die(d, STATUS_USAGE, "--columns: %s", what);
}

static void
set_input(struct input *in, const struct opts *o, const struct diag *d)
{
	static const char *const format[] = { "auto", "news", "text", "jsonl" };
	const char *dct = opts_text(o, "dct"), *want = opts_text(o, "format");
	struct opt as_date = { "dct", 0, OPT_DATE, NULL, NULL, NULL, 0, 0, NULL };
	struct opts check = { .table = &as_date };
	char what[256];

	for (size_t i = 0; i < sizeof(format) / sizeof(format[0]); i++)
		if (strcmp(format[i], want) == 0)
			in->format = (enum input_format)i;
	if (dct != NULL && strcmp(dct, "mtime") != 0 && !opts_set(&check, &as_date, dct, what))
		diag_die(d, STATUS_USAGE, "--dct %s", what);
	in->dct = dct;
	in->null_cut = opts_on(o, "null");
	in->doc_per_line = opts_on(o, "doc-per-line");
	in->files0_from = opts_text(o, "files0-from");
	in->max_record = opts_size(o, "max-record");
	if (in->n_file > 0 && in->files0_from != NULL)
		diag_die(d, STATUS_USAGE,
		    "files may be named on the command line or by --files0-from, not both");
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Is the operand that file? */
static bool
is_file(const char *operand, const struct stat *file)
{
	struct stat st;
	int failed = strcmp(operand, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(operand, &st);

	return failed == 0 && same_file(&st, file);
}

/* The file of dead letters is emptied at the start: it must not be an input, nor the output. */
static void
set_errors(struct run *run, const char *name, const struct diag *d)
{
	const struct input *in = &run->input;
	bool is_input = false;
	struct stat file, out;

	run->errors = run->input.output = name;
	if (name == NULL || stat(name, &file) != 0 || !S_ISREG(file.st_mode))
		return;
	if (in->n_file == 0 && in->files0_from == NULL)
		is_input = is_file("-", &file);
	for (size_t i = 0; i < in->n_file; i++)
		is_input = is_input || is_file(in->file[i], &file);
	if (is_input)
		diag_die(d, STATUS_USAGE, "--errors %s is an input too", name);
	if (fstat(STDOUT_FILENO, &out) == 0 && same_file(&out, &file))
		diag_die(d, STATUS_USAGE, "--errors %s is the output too", name);
}

static int
stats_kind(const struct opts *o)
{
	if (!opts_given(o, "stats"))
		return 0;
	return strcmp(opts_text(o, "stats"), "json") == 0 ? 2 : 1;
}

static void
hint_terminal(const struct run *run)
{
	if (run->input.n_file == 0 && run->input.files0_from == NULL && run->input.units == NULL &&
	    isatty(STDIN_FILENO) == 1 && !run->quiet)
		dprintf(STDERR_FILENO,
		    "%s: reading from the terminal; end with Ctrl-D, or see --help\n", run->prog);
}

/* The common options without those that others take: names for good, letters from those that remain. */
static void
leave_common(const struct opt_group *g, size_t n, struct opt left[OPT_MAX])
{
	size_t k = 0;

	for (const struct opt *c = program_option; c->name != NULL; c++) {
		struct opt one = *c;
		bool taken = false;

		for (size_t i = 0; i < n; i++) {
			for (const struct opt *o = g[i].opts->table; o->name != NULL; o++) {
				taken |= strcmp(o->name, one.name) == 0;
				one.letter = o->letter == one.letter ? 0 : one.letter;
			}
		}
		if (!taken)
			left[k++] = one;
	}
	left[k] = (struct opt){ 0 };
}

static void
set_run(struct run *run, const struct opts *common, struct arena *a, const struct diag *d)
{
	set_input(&run->input, common, d);
	set_map(&run->map, opts_text(common, "map"), a, d);
	program_look(run, common);
	program_table(&run->look, common, a, d);
	run->jobs = (unsigned)opts_int(common, "jobs");
	run->strict = opts_on(common, "strict");
	run->quiet = opts_on(common, "quiet");
	run->stats = stats_kind(common);
	run->progress = program_progress(common);
}

static int
open_and_run(struct program *p, struct run *run, struct diag *d)
{
	struct step *s = &run->step[0];
	const struct filter *f = p->filter;
	int status;

	s->model = f->open_with != NULL ? f->open_with(&s->opts, p->all, d) : f->open(&s->opts, d);
	if (s->model != NULL) {
		int wrong = p->ready != NULL ? p->ready(p, run) : STATUS_OK;

		status = wrong != STATUS_OK                             ? wrong
			 : p->hook != NULL && !p->hook->prepare(run, d) ? STATUS_USAGE
									: run_steps(run);
	} else {
		status = d->usage ? STATUS_USAGE : STATUS_RESOURCE;
	}
	if (p->hook != NULL)
		p->hook->done(run);
	if (s->model != NULL && p->end != NULL)
		status = p->end(p, run, status);
	f->close(s->model);
	return status;
}

int
run_program(struct program *p, int argc, char **argv)
{
	static const struct opt none = { 0 };
	char prog[64];
	struct diag d = { .prog = prog, .now = true };
	struct run run = { .prog = prog, .n_step = 1, .sink = sink_stdout() };
	struct opt left[OPT_MAX];
	struct opts *own = &run.step[0].opts;
	struct opt_group g[] = { { prog, own }, { "Output", &p->output },
		{ "Common options", &p->common } };
	struct arena a = { 0 };
	int status = 0;

	snprintf(prog, sizeof(prog), "ntag-%s", p->filter->name);
	own->table = p->filter->option;
	own->arena = &a;
	p->output.table = p->output_option != NULL ? p->output_option : &none;
	leave_common(g, 2, left);
	p->common.table = left;
	run.input.n_file = (size_t)opts_parse(g, 3, argc, argv, &d);
	run.input.file = argv + 1;
	if (print_and_end(p, g, 3, &status)) {
		arena_free(&a);
		return status;
	}
	set_run(&run, &p->common, &a, &d);
	look_of_filter(&run, p->filter);
	run.look.layers = p->filter->gives == F_SENTS ? F_SENTS : ~(unsigned)F_SENTS;
	run.step[0].filter = p->filter;
	if (p->prepare != NULL)
		p->prepare(p, &run, &d);
	set_errors(&run, opts_text(&p->common, "errors"), &d);
	hint_terminal(&run);
	status = open_and_run(p, &run, &d);
	arena_free(&a);
	buf_free(&d.err);
	return status;
}

int
run_filter(const struct filter *f, int argc, char **argv)
{
	return program_main(f, argc, argv, NULL);
}

int
program_main(const struct filter *f, int argc, char **argv, const struct program_hook *hook)
{
	struct program p = { .filter = f, .hook = hook };

	return run_program(&p, argc, argv);
}
