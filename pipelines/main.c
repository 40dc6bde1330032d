/* main.c - ntag-run(1): the commands. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yaml.h>

#include "check.h"
#include "dryrun.h"
#include "exec.h"
#include "list.h"
#include "program.h"
#include "registry.h"
#include "resume.h"
#include "schema.h"
#include "shell.h"
#include "trial.h"

static const struct opt run_option[] = {
	{ "define", 'D', OPT_TEXT, "NAME=VALUE", NULL, NULL, 0, 0,
	    "set a parameter of the pipeline; may be given many times" },
	{ "output", 'o', OPT_ENUM, "FORM", NULL, OUTPUT_FORMS, 0, 0,
	    "write to standard output, in this form, instead of the outputs of the pipeline" },
	{ "jobs", 'j', OPT_INT, "N", NULL, NULL, 1, JOBS_MAX,
	    "work with N threads, instead of run.workers; the order stays" },
	{ "errors", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "keep rejected records in FILE, instead of errors.to" },
	{ "strict", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, "stop at the first rejected record" },
	{ "stats", 0, OPT_MAYBE, "FORM", "text", "text|json", 0, 0,
	    "a closing line of counts on standard error" },
	{ "color", 0, OPT_ENUM, "WHEN", "auto", "auto|always|never", 0, 0, "colours in text" },
	{ "progress", 0, OPT_ENUM, "WHEN", "auto", "auto|never", 0, 0, "progress on a terminal" },
	{ "quiet", 'q', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "no messages about single records" },
	{ "state", 0, OPT_PATH, "DIR", NULL, NULL, 0, 0,
	    "keep what was read in DIR, instead of $NTAG_STATE or .ntag beside the pipeline file" },
	{ "restart", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "give up a run that was interrupted, and do it again from its start" },
	{ "update", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "let test write what came over what it expected" },
	{ "complete", 0, OPT_ENUM, "WHAT", NULL, "bash|zsh|fish|mdoc|keys", 0, 0,
	    "print completions for a shell, or parts of the manual, and end" },
	{ "help", 'h', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "print this help, and end" },
	{ "version", 'V', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "print versions and hashes of tables, and end" },
	{ 0 },
};

/* One call of the program. */
struct call {
	struct diag diag;
	struct opts opts;
	struct arena arena; /* of the definitions */
	VEC(struct define) define;
	struct plan_how how;
	char **operand; /* behind the command */
	size_t n_operand;
};

/* ---- the commands ---- */

/* All faults and warnings of a plan on standard error. True if there was no fault. */
static bool
report(struct plan *p)
{
	struct buf out = { 0 };

	fault_print(&p->faults, "ntag-run: ", &out);
	dprintf(STDERR_FILENO, "%.*s", (int)out.n, out.n == 0 ? "" : out.p);
	buf_free(&out);
	return p->faults.n_fault == 0;
}

/* Load and check the pipeline that is the first operand, with the inputs behind it. */
static bool
load(struct call *c, struct plan *p)
{
	plan_load(p, c->operand[0], &c->how);
	if (opts_given(&c->opts, "output")) {
		p->n_output = 1;
		p->output[0] = (struct output){ .standard = true,
			.form = form_find(opts_text(&c->opts, "output")) };
	}
	if (p->faults.n_fault == 0)
		check_world(p, c->operand + 1, c->n_operand - 1);
	return report(p);
}

static struct exec_how
how_to_run(const struct call *c)
{
	const struct opts *o = &c->opts;
	bool stats = opts_given(o, "stats");

	return (struct exec_how){
		.color = opts_text(o, "color"),
		.errors = opts_text(o, "errors"),
		.jobs = (unsigned)opts_int(o, "jobs"),
		.strict = opts_on(o, "strict"),
		.quiet = opts_on(o, "quiet"),
		.progress = program_progress(o),
		.stats = !stats                                       ? 0
			 : strcmp(opts_text(o, "stats"), "json") == 0 ? 2
								      : 1,
	};
}

static int
execute(struct call *c, struct plan *p)
{
	struct exec_how how = how_to_run(c);

	return exec_plan(p, &how, &c->diag);
}

static int
command_run(struct call *c)
{
	struct plan p;
	struct resume_how how = { &c->how, c->operand + 1, c->n_operand - 1,
		opts_on(&c->opts, "restart") };
	struct exec_how exec = how_to_run(c);
	int status = STATUS_RESOURCE;

	if (load(c, &p))
		status = p.stateful && !opts_given(&c->opts, "output")
			     ? resume_run(&p, &how, &exec, &c->diag)
			     : execute(c, &p);
	plan_free(&p);
	return status;
}

/* The inputs of the pipeline as records on standard output: the head of what shell prints. */
static int
command_read(struct call *c)
{
	struct plan p;
	int status = STATUS_RESOURCE;

	if (load(c, &p)) {
		plan_drop_stages(&p);
		p.n_output = 1;
		p.output[0] = (struct output){ .standard = true, .form = forms[0] };
		status = execute(c, &p);
	}
	plan_free(&p);
	return status;
}

/* Records on standard input into the outputs of the pipeline: the tail of what shell prints. */
static int
command_write(struct call *c)
{
	struct plan p;
	int status = STATUS_RESOURCE;

	if (load(c, &p)) {
		plan_drop_stages(&p);
		p.names.list.n = 0;
		p.files_from = p.errors_to = NULL;
		p.standard_input = true;
		p.format = FORMAT_JSONL;
		status = execute(c, &p);
	}
	plan_free(&p);
	return status;
}

/* Every file is checked; a parameter that a run would need is no fault here. */
static int
command_check(struct call *c)
{
	struct buf out = { 0 };
	int status = STATUS_OK, printed;

	c->how.defines.lenient = true;
	for (size_t i = 0; i < c->n_operand; i++) {
		struct plan p;

		plan_load(&p, c->operand[i], &c->how);
		if (p.n_stage > 0)
			check_world(&p, NULL, 0);
		fault_print(&p.faults, "", &out);
		if (p.faults.n_fault > 0)
			status = STATUS_RESOURCE;
		plan_free(&p);
	}
	printed = program_print(&out);
	return printed != STATUS_OK ? printed : status;
}

/* The tests of every file; those of a faulty one count as none. */
static int
command_test(struct call *c)
{
	struct trial_counts counts = { 0 };
	struct buf out = { 0 };
	int status = STATUS_OK;

	c->how.defines.lenient = true;
	for (size_t i = 0; i < c->n_operand; i++) {
		struct plan p;

		plan_load(&p, c->operand[i], &c->how);
		if (!report(&p))
			status = STATUS_RESOURCE;
		else if (!trial_run(
			     &p, &c->how, opts_on(&c->opts, "update"), &c->diag, &counts, &out))
			status = STATUS_OUTPUT;
		plan_free(&p);
	}
	buf_fmt(&out, "%zu passed, %zu failed\n", counts.passed, counts.failed);
	if (status == STATUS_OK && counts.failed > 0)
		status = STATUS_NOTHING;
	return program_print(&out) != STATUS_OK ? STATUS_OUTPUT : status;
}

static int
command_shell(struct call *c)
{
	struct shell_how how = { &c->how.defines, c->n_operand > 1, opts_text(&c->opts, "output") };
	struct plan p;
	struct buf out = { 0 };
	int status = STATUS_RESOURCE;

	if (load(c, &p)) {
		shell_put(&p, &how, &out);
		status = program_print(&out);
	}
	plan_free(&p);
	return status;
}

static int
command_dry_run(struct call *c)
{
	struct plan p;
	struct buf out = { 0 };
	int status = STATUS_RESOURCE;

	bool running, ok = load(c, &p);
	struct state *state = NULL;

	if (ok && p.stateful && !opts_given(&c->opts, "output")) {
		state = resume_peek(&p, &c->how, &c->diag, &running);
		ok = state != NULL;
	}
	if (ok) {
		dryrun_put(&p, state, &c->diag, &out);
		status = program_print(&out);
	}
	state_close(state);
	plan_free(&p);
	return status;
}

/* Of every file: STATUS_LOCKED if one of them is running. */
static int
command_status(struct call *c)
{
	struct buf out = { 0 };
	int status = STATUS_OK, printed;

	for (size_t i = 0; i < c->n_operand; i++) {
		struct plan p;
		struct state *s = NULL;
		bool running = false;

		plan_load(&p, c->operand[i], &c->how);
		if (report(&p) && p.stateful)
			s = resume_peek(&p, &c->how, &c->diag, &running);
		if (s != NULL && resume_put_status(&p, s, running, &out) && status == STATUS_OK)
			status = STATUS_LOCKED;
		if (s == NULL && p.faults.n_fault == 0 && !p.stateful)
			buf_fmt(&out, "%s: keeps no state\n", p.path);
		else if (s == NULL)
			status = STATUS_RESOURCE;
		state_close(s);
		plan_free(&p);
	}
	printed = program_print(&out);
	return printed != STATUS_OK ? printed : status;
}

/* Of the directory pipelines if there is one here, else of this one. */
static int
command_list(struct call *c)
{
	struct buf out = { 0 };
	struct stat st;
	bool ok = true;

	c->how.defines.lenient = true;
	if (c->n_operand == 0)
		ok =
		    list_put(stat("pipelines", &st) == 0 && S_ISDIR(st.st_mode) ? "pipelines" : ".",
			&c->how, &c->diag, &out);
	for (size_t i = 0; i < c->n_operand; i++)
		ok &= list_put(c->operand[i], &c->how, &c->diag, &out);
	if (program_print(&out) != STATUS_OK)
		return STATUS_OUTPUT;
	return ok ? STATUS_OK : STATUS_SOME;
}

static const struct command {
	const char *name;
	const char *operands;
	size_t least, most; /* operands */
	int (*run)(struct call *c);
	const char *help;
} commands[] = {
	{ "run", "FILE [INPUT...]", 1, SIZE_MAX, command_run,
	    "run a pipeline; INPUT replaces its inputs" },
	{ "check", "FILE...", 1, SIZE_MAX, command_check,
	    "find all faults without reading a record" },
	{ "lint", "FILE...", 1, SIZE_MAX, command_check, "the same" },
	{ "test", "FILE...", 1, SIZE_MAX, command_test,
	    "run the tests in the files, and show what differs" },
	{ "shell", "FILE [INPUT...]", 1, SIZE_MAX, command_shell,
	    "print the equal pipeline for sh" },
	{ "dry-run", "FILE [INPUT...]", 1, SIZE_MAX, command_dry_run,
	    "say what would be read, done and written" },
	{ "status", "FILE...", 1, SIZE_MAX, command_status,
	    "say how the last run ended, and what is known" },
	{ "list", "[DIR...]", 0, SIZE_MAX, command_list,
	    "pipelines of a directory, with parameters" },
	{ "read", "FILE [INPUT...]", 1, SIZE_MAX, command_read,
	    "only the inputs of a pipeline, as records" },
	{ "write", "FILE", 1, 1, command_write,
	    "only its outputs, from records on standard input" },
};

enum { N_COMMAND = sizeof(commands) / sizeof(commands[0]) };

/* ---- help ---- */

static void
put_help(const struct opt_group *g, struct buf *out)
{
	buf_str(out, "ntag-run - run a pipeline of ntag filters from a YAML file\n\n"
		     "Usage: ntag-run COMMAND [-D NAME=VALUE]... [OPTION]... FILE [INPUT...]\n\n"
		     "Examples:\n"
		     "  ntag-run list pipelines\n"
		     "  ntag-run run pipelines/news.yaml article.txt\n"
		     "  ntag-run run pipelines/digest.yaml -D in=incoming -D lines=2\n"
		     "  ntag-run shell pipelines/digest.yaml\n\nCommands:\n");
	for (size_t i = 0; i < N_COMMAND; i++)
		buf_fmt(out, "  %-8s%-16s  %s\n", commands[i].name, commands[i].operands,
		    commands[i].help);
	opts_help(g, 1, out);
	buf_str(out,
	    "\nExit status: 0 all well, 1 a test failed, 2 something was rejected or unreadable,\n"
	    "64 wrong usage, 74 output incomplete, 75 another run is under way, 78 the pipeline\n"
	    "file or a resource file is wrong, 124 a time limit was reached.\n");
}

static void
put_version(struct buf *out)
{
	program_put_version("ntag-run", out);
	buf_fmt(out, "libyaml %s\n", yaml_get_version_string());
	for (const struct filter *const *f = registry; *f != NULL; f++)
		program_put_resources(*f, &(struct opts){ .table = (*f)->option }, out);
}

static bool
print_and_end(const struct call *c, const struct opt_group *g, int *status)
{
	struct buf out = { 0 };

	if (opts_on(&c->opts, "help"))
		put_help(g, &out);
	else if (opts_on(&c->opts, "version"))
		put_version(&out);
	else if (!opts_given(&c->opts, "complete"))
		return false;
	else if (strcmp(opts_text(&c->opts, "complete"), "keys") == 0)
		schema_mdoc(&out);
	else
		program_complete(opts_text(&c->opts, "complete"), "ntag-run", g, 1, &out);
	*status = program_print(&out);
	return true;
}

/* ---- the command line ---- */

static void
add_define(struct call *c, const char *text)
{
	size_t n = strcspn(text, "=");

	if (text[n] == '\0' || n == 0)
		diag_die(&c->diag, STATUS_USAGE, "-D must be like NAME=VALUE, not \"%s\"", text);
	VEC_PUSH(&c->arena, &c->define, (struct define){ { text, n }, text + n + 1 });
}

/* The option of the table that this word is, if its argument is the next word. */
static const struct opt *
takes_next(const char *word)
{
	for (const struct opt *o = run_option; o->name != NULL; o++) {
		bool is_short = o->letter != 0 && word[1] == o->letter && word[2] == '\0';
		bool is_long = word[1] == '-' && strcmp(word + 2, o->name) == 0;

		if ((is_short || is_long) && o->type != OPT_SWITCH && o->type != OPT_MAYBE)
			return o;
	}
	return NULL;
}

/* -D may be given many times, the others are options as everywhere: it is taken out of argv first. Returns
 * the new argc. */
static int
take_defines(struct call *c, int argc, char **argv)
{
	int n = 1, i = 1;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
		char *word = argv[i];
		const struct opt *o = word[0] == '-' ? takes_next(word) : NULL;

		if (o != NULL && o->letter == 'D') {
			if (++i == argc)
				diag_die(&c->diag, STATUS_USAGE, "-D needs a value (NAME=VALUE)");
			add_define(c, argv[i]);
		} else if (strncmp(word, "--define=", 9) == 0) {
			add_define(c, word + 9);
		} else if (strncmp(word, "-D", 2) == 0) {
			add_define(c, word + 2);
		} else {
			argv[n++] = word;
			if (o != NULL && i + 1 < argc)
				argv[n++] = argv[++i];
		}
	}
	while (i < argc)
		argv[n++] = argv[i++];
	argv[n] = NULL;
	return n;
}

static const struct command *
find_command(const struct call *c, const char *name)
{
	const char *names[N_COMMAND + 1] = { NULL };
	const char *near;
	struct stat st;

	for (size_t i = 0; i < N_COMMAND; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
		names[i] = commands[i].name;
	}
	if (stat(name, &st) == 0)
		diag_die(&c->diag, STATUS_USAGE,
		    "unknown command \"%s\"; did you mean \"ntag-run run %s\"?", name, name);
	near = diag_near(name, names);
	if (near != NULL)
		diag_die(&c->diag, STATUS_USAGE, "unknown command \"%s\"; did you mean \"%s\"?",
		    name, near);
	diag_die(&c->diag, STATUS_USAGE, "unknown command \"%s\"; try --help", name);
}

static int
dispatch(struct call *c, char **operand, size_t n)
{
	const struct command *command;

	if (n == 0)
		diag_die(&c->diag, STATUS_USAGE, "a command is missing; try --help");
	command = find_command(c, operand[0]);
	c->operand = operand + 1;
	c->n_operand = n - 1;
	if (c->n_operand < command->least)
		diag_die(
		    &c->diag, STATUS_USAGE, "%s needs the name of a pipeline file", command->name);
	if (c->n_operand > command->most)
		diag_die(&c->diag, STATUS_USAGE, "%s takes one pipeline file", command->name);
	return command->run(c);
}

int
main(int argc, char **argv)
{
	struct call c = { .diag = { .prog = "ntag-run", .now = true },
		.opts = { .table = run_option } };
	struct opt_group g = { "Options", &c.opts };
	int n, status;

	argc = take_defines(&c, argc, argv);
	n = opts_parse(&g, 1, argc, argv, &c.diag);
	if (print_and_end(&c, &g, &status))
		return status;
	c.how.defines.at = c.define.at;
	c.how.defines.n = c.define.n;
	c.how.state = opts_text(&c.opts, "state");
	plan_now(&c.how, &c.arena);
	status = dispatch(&c, argv + 1, (size_t)n);
	buf_free(&c.diag.err);
	arena_free(&c.arena);
	return status;
}
