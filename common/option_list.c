/* option_list.c - what is made from option tables: --help, man page lists, shell completion. */
#include <stdio.h>
#include <string.h>

#include "ascii.h"
#include "option.h"

/* "-j, --jobs N" */
static void
put_synopsis(const struct opt *w, struct buf *out)
{
	if (w->letter != 0)
		buf_fmt(out, "-%c, ", w->letter);
	buf_fmt(out, "--%s", w->name);
	if (w->type == OPT_MAYBE)
		buf_fmt(out, "[=%s]", w->arg);
	else if (w->arg != NULL)
		buf_fmt(out, " %s", w->arg);
}

static void
put_words(const struct opt *w, struct buf *out)
{
	if (w->of == NULL)
		return;
	buf_str(out, w->type == OPT_LIST ? ": any of " : ": ");
	for (const char *p = w->of; *p != '\0'; p++) {
		if (*p == '|')
			buf_str(out, ", ");
		else
			buf_char(out, *p);
	}
}

static void
put_help(const struct opt *w, struct buf *out)
{
	buf_str(out, w->help);
	put_words(w, out);
	if (w->def != NULL && w->type != OPT_SWITCH && w->type != OPT_MAYBE)
		buf_fmt(out, " (%s)", w->def);
}

void
opts_help(const struct opt_group *g, size_t n_group, struct buf *out)
{
	enum { INDENT = 24 };

	for (size_t i = 0; i < n_group; i++) {
		if (g[i].opts->table->name == NULL)
			continue;
		buf_fmt(out, "\n%s:\n", g[i].title);
		for (const struct opt *w = g[i].opts->table; w->name != NULL; w++) {
			size_t from = out->n;

			buf_str(out, w->letter == 0 ? "      " : "  ");
			put_synopsis(w, out);
			buf_str(out, "  ");
			while (out->n - from < INDENT)
				buf_char(out, ' ');
			put_help(w, out);
			buf_char(out, '\n');
		}
	}
}

/* mdoc text: a backslash and a minus of an option must be escaped. */
static void
put_mdoc(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\\')
			buf_str(out, "\\e");
		else
			buf_char(out, *s);
	}
}

void
opts_mdoc(const struct opt_group *g, size_t n_group, struct buf *out)
{
	buf_str(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < n_group; i++) {
		for (const struct opt *w = g[i].opts->table; w->name != NULL; w++) {
			struct buf help = { 0 };

			buf_str(out, ".It");
			if (w->letter != 0)
				buf_fmt(out, " Fl %c ,", w->letter);
			buf_fmt(out, " Fl -%s", w->name);
			if (w->type == OPT_MAYBE)
				buf_fmt(out, " Ns Op = Ns Ar %s", w->arg);
			else if (w->arg != NULL)
				buf_fmt(out, " Ar %s", w->arg);
			buf_char(out, '\n');
			put_help(w, &help);
			buf_char(&help, '\0');
			help.p[0] = (char)(ascii_lower((unsigned char)help.p[0]) ? help.p[0] - 32
										 : help.p[0]);
			put_mdoc(out, help.p);
			buf_str(out, ".\n");
			buf_free(&help);
		}
	}
	buf_str(out, ".El\n");
}

static void
complete_bash(const char *prog, const struct opt_group *g, size_t n_group, struct buf *out)
{
	char fn[64];

	snprintf(fn, sizeof(fn), "_%s", prog);
	for (char *p = fn; *p != '\0'; p++)
		if (*p == '-')
			*p = '_';
	buf_fmt(out,
	    "%s() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	    "\tcase $prev in\n",
	    fn);
	for (size_t i = 0; i < n_group; i++) {
		for (const struct opt *w = g[i].opts->table; w->name != NULL; w++) {
			if (w->of == NULL || w->type == OPT_MAYBE)
				continue;
			buf_fmt(out, "\t--%s) COMPREPLY=($(compgen -W '", w->name);
			for (const char *p = w->of; *p != '\0'; p++)
				buf_char(out, *p == '|' ? ' ' : *p);
			buf_str(out, "' -- \"$cur\")); return;;\n");
		}
	}
	buf_str(out, "\tesac\n\tcase $cur in\n\t-*) COMPREPLY=($(compgen -W '");
	for (size_t i = 0; i < n_group; i++)
		for (const struct opt *w = g[i].opts->table; w->name != NULL; w++)
			buf_fmt(out, "--%s ", w->name);
	buf_fmt(out,
	    "' -- \"$cur\"));;\n\t*) COMPREPLY=($(compgen -f -- \"$cur\"));;\n\tesac\n}\n"
	    "complete -o filenames -F %s %s\n",
	    fn, prog);
}

/* Text inside single quotes, for zsh ([ ] : escaped) and fish. */
static void
put_quoted(struct buf *out, const char *s, const char *escape)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			buf_str(out, "'\\''");
		else if (strchr(escape, *s) != NULL)
			buf_fmt(out, "\\%c", *s);
		else
			buf_char(out, *s);
	}
}

static void
complete_zsh(const char *prog, const struct opt_group *g, size_t n_group, struct buf *out)
{
	buf_fmt(out, "#compdef %s\n_arguments -s -S \\\n", prog);
	for (size_t i = 0; i < n_group; i++) {
		for (const struct opt *w = g[i].opts->table; w->name != NULL; w++) {
			buf_fmt(out, "\t'--%s%s[", w->name,
			    w->arg == NULL         ? ""
			    : w->type == OPT_MAYBE ? "=-"
						   : "=");
			put_quoted(out, w->help, "[]:\\");
			buf_char(out, ']');
			if (w->arg != NULL) {
				buf_fmt(out, "%s%s:", w->type == OPT_MAYBE ? "::" : ":", w->arg);
				if (w->of != NULL) {
					buf_char(out, '(');
					for (const char *p = w->of; *p != '\0'; p++)
						buf_char(out, *p == '|' ? ' ' : *p);
					buf_char(out, ')');
				} else if (w->type == OPT_PATH) {
					buf_str(out, "_files");
				}
			}
			buf_str(out, "' \\\n");
		}
	}
	buf_str(out, "\t'*:file:_files'\n");
}

static void
complete_fish(const char *prog, const struct opt_group *g, size_t n_group, struct buf *out)
{
	for (size_t i = 0; i < n_group; i++) {
		for (const struct opt *w = g[i].opts->table; w->name != NULL; w++) {
			buf_fmt(out, "complete -c %s -l %s", prog, w->name);
			if (w->letter != 0)
				buf_fmt(out, " -s %c", w->letter);
			if (w->of != NULL && w->type != OPT_MAYBE) {
				buf_str(out, " -x -a '");
				for (const char *p = w->of; *p != '\0'; p++)
					buf_char(out, *p == '|' ? ' ' : *p);
				buf_char(out, '\'');
			} else if (w->type == OPT_PATH) {
				buf_str(out, " -r");
			} else if (w->arg != NULL && w->type != OPT_MAYBE) {
				buf_str(out, " -x");
			}
			buf_str(out, " -d '");
			put_quoted(out, w->help, "");
			buf_str(out, "'\n");
		}
	}
}

void
opts_complete(
    const char *shell, const char *prog, const struct opt_group *g, size_t n_group, struct buf *out)
{
	if (strcmp(shell, "zsh") == 0)
		complete_zsh(prog, g, n_group, out);
	else if (strcmp(shell, "fish") == 0)
		complete_fish(prog, g, n_group, out);
	else
		complete_bash(prog, g, n_group, out);
}
