/* main.c - ntag-run(1): the commands. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yaml.h>

#include "command.h"
#include "program.h"
#include "registry.h"
#include "schema.h"

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
	{ "verbose", 'v', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "the closing line, and records and time of each stage" },
	{ "metrics", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "numbers for Prometheus, instead of log.metrics" },
	{ "log-format", 0, OPT_ENUM, "FORM", NULL, "text|json", 0, 0,
	    "messages as text or JSON, instead of log.format" },
	{ "state", 0, OPT_PATH, "DIR", NULL, NULL, 0, 0,
	    "keep what was read in DIR, instead of $NTAG_STATE or .ntag beside the pipeline file" },
	{ "restart", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "give up a run that was interrupted, and do it again from its start" },
	{ "shard", 0, OPT_TEXT, "I/N", NULL, NULL, 0, 0,
	    "only the files of shard I of N, instead of run.shard" },
	{ "until", 0, OPT_TEXT, "STEP", NULL, NULL, 0, 0,
	    "stop behind a stage, by its number or name, and show what comes" },
	{ "record", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "look behind each stage whether the record is in order" },
	{ "sample", 0, OPT_INT, "N", NULL, NULL, 1, 1000000000,
	    "let dry-run show what comes of the first N records" },
	{ "as", 0, OPT_ENUM, "FORM", "term", "term|dot|mermaid", 0, 0, "form of graph" },
	{ "to", 0, OPT_PATH, "DIR", NULL, NULL, 0, 0,
	    "folder for what merge makes; without it, standard output" },
	{ "unique", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "let merge keep one of records that are the same byte for byte" },
	{ "update", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "let test write what came over what it expected" },
	{ "complete", 0, OPT_ENUM, "WHAT", NULL, "bash|zsh|fish|mdoc|keys", 0, 0,
	    "print completions for a shell, or parts of the manual, and end" },
	{ "help", 'h', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "print this help, and end" },
	{ "version", 'V', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "print versions and hashes of tables, and end" },
	{ 0 },
};

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
	for (size_t i = 0; commands[i].name != NULL; i++)
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
	const char *names[32] = { NULL }; /* more than there are */
	const char *near;
	struct stat st;

	for (size_t i = 0; commands[i].name != NULL; i++) {
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

/* Options that one command has, or few. */
static const struct {
	const char *option, *commands;
} belongs[] = { { "to", "merge" }, { "unique", "merge" }, { "update", "test" },
	{ "restart", "run retry" }, { "until", "run" }, { "record", "run" },
	{ "sample", "dry-run" }, { "as", "graph" }, { "metrics", "run retry" },
	{ "log-format", "run retry" }, { "verbose", "run retry" } };

static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; (p = strstr(p, word)) != NULL; p += n)
		if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

/* An option that would do nothing is a slip. */
static void
check_options(const struct call *c, const struct command *command)
{
	struct shard shard;
	const char *text = opts_text(&c->opts, "shard");

	for (size_t i = 0; i < sizeof(belongs) / sizeof(belongs[0]); i++)
		if (opts_given(&c->opts, belongs[i].option) &&
		    !has_word(belongs[i].commands, command->name))
			diag_die(&c->diag, STATUS_USAGE, "%s takes no --%s; %s does", command->name,
			    belongs[i].option, belongs[i].commands);
	if (text != NULL && !shard_parse(text, &shard))
		diag_die(&c->diag, STATUS_USAGE, "--shard must be like 3/16, not \"%s\"", text);
	if (opts_on(&c->opts, "quiet") && opts_on(&c->opts, "verbose"))
		diag_die(&c->diag, STATUS_USAGE, "--quiet and --verbose contradict each other");
	if (opts_given(&c->opts, "output") && opts_on(&c->opts, "restart"))
		diag_die(&c->diag, STATUS_USAGE,
		    "--restart has no meaning with --output, which remembers nothing");
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
	check_options(c, command);
	if (c->n_operand < command->least)
		diag_die(&c->diag, STATUS_USAGE, "%s needs %s", command->name,
		    strcmp(command->name, "merge") == 0 ? "the names of outputs"
							: "the name of a pipeline file");
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
	c.how.metrics = opts_text(&c.opts, "metrics");
	c.how.log_format = opts_text(&c.opts, "log-format");
	c.how.shard = opts_text(&c.opts, "shard");
	plan_now(&c.how, &c.arena);
	status = dispatch(&c, argv + 1, (size_t)n);
	buf_free(&c.diag.err);
	arena_free(&c.arena);
	return status;
}
