/* shell.c - a plan as a pipeline for sh, every word quoted. */
#include "shell.h"

#include "ascii.h"
#include "sinks_own.h"

enum { MAX_RECORD = 64 << 20, ARGUMENTS_MAX = 64 << 10 };

void
shell_word(const char *word, struct buf *out)
{
	static const char harmless[] = "@%+=:,./_-";
	bool plain = *word != '\0';

	for (const char *p = word; *p != '\0'; p++)
		plain &= ascii_alnum((unsigned char)*p) || strchr(harmless, *p) != NULL;
	if (plain) {
		buf_str(out, word);
		return;
	}
	buf_char(out, '\'');
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, *word);
	}
	buf_char(out, '\'');
}

static void
put_option(const char *name, const char *value, struct buf *out)
{
	struct buf word = { 0 };

	buf_fmt(&word, "--%s", name);
	if (value != NULL)
		buf_fmt(&word, "=%s", value);
	buf_char(&word, '\0');
	buf_char(out, ' ');
	shell_word(word.p, out);
	buf_free(&word);
}

static void
put_size(const char *name, size_t n, struct buf *out)
{
	buf_fmt(out, " --%s=%zu", name, n);
}

/* A name that sh itself would take: a builtin need not do what the program of that name does, and a
 * reserved word does something else. */
static bool
is_of_shell(const char *name)
{
	static const char *const words[] = { ".", ":", "[", "alias", "bg", "break", "case", "cd",
		"command", "continue", "do", "done", "echo", "elif", "else", "esac", "eval", "exec",
		"exit", "export", "false", "fc", "fg", "fi", "for", "function", "getopts", "hash",
		"if", "jobs", "kill", "let", "local", "printf", "pwd", "read", "readonly", "return",
		"select", "set", "shift", "source", "test", "then", "time", "times", "trap", "true",
		"type", "ulimit", "umask", "unalias", "unset", "until", "wait", "while" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return strchr(name, '=') != NULL && strchr(name, '/') == NULL;
}

static void
put_program(char *const *argv, struct buf *out)
{
	if (is_of_shell(argv[0]))
		buf_str(out, "env ");
	for (size_t i = 0; argv[i] != NULL; i++) {
		if (i > 0)
			buf_char(out, ' ');
		shell_word(argv[i], out);
	}
}

void
shell_stage(const struct stage *s, struct buf *out)
{
	if (s->filter == NULL) {
		put_program(s->argv, out);
		return;
	}
	buf_fmt(out, "ntag-%s", s->filter->name);
	for (const struct opt *o = s->filter->option; o->name != NULL; o++) {
		const char *value = s->opts.value[o - s->filter->option];

		if (value != NULL)
			put_option(o->name, o->type == OPT_SWITCH ? NULL : value, out);
	}
}

/* ---- the input ---- */

static size_t
names_size(const struct plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->names.list.n; i++)
		n += strlen(p->names.list.at[i]) + 1;
	return n;
}

static void
put_names(const struct plan *p, struct buf *out)
{
	for (size_t i = 0; i < p->names.list.n; i++) {
		buf_char(out, ' ');
		shell_word(p->names.list.at[i], out);
	}
}

/* What makes names for --files0-from, if they do not fit behind the command (FAULTS B10). */
static void
put_feeder(const struct plan *p, struct buf *out)
{
	if (p->files_from != NULL && (p->newline_names || strcmp(p->files_from, "-") == 0)) {
		buf_str(out, "tr '\\n' '\\0' ");
		if (strcmp(p->files_from, "-") != 0) {
			buf_char(out, '<');
			shell_word(p->files_from, out);
			buf_char(out, ' ');
		}
		buf_str(out, "| ");
	} else if (names_size(p) > ARGUMENTS_MAX) {
		buf_str(out, "printf '%s\\0'");
		put_names(p, out);
		buf_str(out, " | ");
	}
}

static void
put_input_names(const struct plan *p, struct buf *out)
{
	if (p->files_from != NULL)
		put_option("files0-from", p->newline_names ? "-" : p->files_from, out);
	else if (names_size(p) > ARGUMENTS_MAX)
		put_option("files0-from", "-", out);
	else if (p->names.list.n == 0 && !p->standard_input)
		put_option("files0-from", "/dev/null", out);
	else if (p->names.list.n > 0)
		buf_str(out, " --");
	if (p->files_from == NULL && names_size(p) <= ARGUMENTS_MAX)
		put_names(p, out);
}

static void
put_input_options(const struct plan *p, struct buf *out)
{
	static const char *const format[] = { "auto", "news", "text", "jsonl" }; /* input_format */

	if (p->format != FORMAT_AUTO)
		put_option("format", format[p->format], out);
	if (p->max_record != MAX_RECORD)
		put_size("max-record", p->max_record, out);
	if (p->strict)
		put_option("strict", NULL, out);
	if (p->errors_to != NULL)
		put_option("errors", p->errors_to, out);
}

/* "ntag-run read" and "ntag-run write". */
static void
put_self(const struct plan *p, const struct shell_how *how, const char *command, struct buf *out)
{
	buf_fmt(out, "ntag-run %s", command);
	if (p->shard.n > 1)
		buf_fmt(out, " --shard=%u/%u", p->shard.i, p->shard.n);
	if (how->output != NULL)
		put_option("output", how->output, out);
	for (size_t i = 0; i < how->defines->n; i++) {
		struct buf word = { 0 };

		buf_put(&word, how->defines->at[i].name);
		buf_fmt(&word, "=%s", how->defines->at[i].value);
		buf_char(&word, '\0');
		buf_str(out, " -D ");
		shell_word(word.p, out);
		buf_free(&word);
	}
	buf_str(out, " -- ");
	shell_word(p->path, out);
}

/* ---- the whole ---- */

/* Programs that have views of their own beside the common forms: what they write is not what a run writes. */
static bool
draws_itself(const struct filter *f)
{
	return strcmp(f->name, "grep") == 0 || strcmp(f->name, "show") == 0;
}

/* Can the last filter write the output itself, to where sh leads it? */
static bool
is_plain_output(const struct plan *p)
{
	const struct output *o = &p->output[0];

	return p->n_output == 1 && p->stage[p->n_stage - 1].filter != NULL &&
	       !draws_itself(p->stage[p->n_stage - 1].filter) && o->rows == ROWS_FOUND &&
	       o->columns.n == 0 && o->where == NULL && sinks_sum_parts(o->form) == 0 &&
	       !o->fresh &&
	       (o->standard ||
		   (o->file.path != NULL && !span_ends(span_c(o->file.path), SPAN(".gz")))) &&
	       !(o->append && o->header);
}

static void
put_directory(const char *path, struct buf *out)
{
	const char *slash = strrchr(path, '/');
	struct buf dir = { 0 };

	if (slash == NULL || slash == path)
		return;
	buf_fmt(&dir, "%.*s", (int)(slash - path), path);
	buf_char(&dir, '\0');
	buf_str(out, "mkdir -p -- ");
	shell_word(dir.p, out);
	buf_str(out, " && ");
	buf_free(&dir);
}

static void
put_directories(const struct plan *p, struct buf *out)
{
	if (is_plain_output(p) && !p->output[0].standard)
		put_directory(p->output[0].file.path, out);
	if (p->errors_to != NULL)
		put_directory(p->errors_to, out);
}

static void
put_output(const struct plan *p, const struct shell_how *how, struct buf *out)
{
	const struct output *o = &p->output[0];

	if (!is_plain_output(p)) {
		buf_str(out, " | ");
		put_self(p, how, "write", out);
	} else if (!o->standard) {
		buf_str(out, o->append ? " >>" : " >");
		shell_word(o->file.path, out);
	}
	buf_char(out, '\n');
}

/* Inputs that the first stage cannot read itself. */
static bool
read_apart(const struct plan *p)
{
	return p->stage[0].filter == NULL || p->shard.n > 1;
}

/* What a stage is told beyond its own options. */
static void
put_place(const struct plan *p, size_t i, struct buf *out)
{
	const struct output *o = &p->output[0];

	if (p->stage[i].filter == NULL)
		return;
	if (i == 0 && !read_apart(p))
		put_input_options(p, out);
	else if (i == 0 || p->stage[i - 1].filter == NULL)
		put_option("format", "jsonl", out);
	if (i > 0 && p->max_record != MAX_RECORD) /* a record grows on its way */
		put_size("max-record",
		    p->max_record < INT32_MAX / 4 ? p->max_record * 4 : INT32_MAX, out);
	if (i + 1 == p->n_stage && is_plain_output(p) && o->form != NULL)
		put_option("output", o->form->name, out);
	if (i + 1 == p->n_stage && is_plain_output(p) && o->header)
		put_option("header", NULL, out);
	if (i == 0 && !read_apart(p))
		put_input_names(p, out);
}

void
shell_put(const struct plan *p, const struct shell_how *how, struct buf *out)
{
	put_directories(p, out);
	if (!read_apart(p))
		put_feeder(p, out);
	if (read_apart(p)) {
		put_self(p, how, "read", out);
		if (how->operands)
			put_names(p, out);
		buf_str(out, " | ");
	}
	for (size_t i = 0; i < p->n_stage; i++) {
		buf_str(out, i == 0 ? "" : " | ");
		shell_stage(&p->stage[i], out);
		put_place(p, i, out);
	}
	put_output(p, how, out);
}
