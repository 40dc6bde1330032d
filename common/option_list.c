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

enum { MDOC_WIDTH = 72 };

/* One word of mdoc text: no backslash, and nothing that could be a request at the start of a line. */
static void
put_mdoc_word(struct buf *out, struct span word, bool first)
{
	if (first && (word.p[0] == '.' || word.p[0] == '\''))
		buf_str(out, "\\&");
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '\\')
			buf_str(out, "\\e");
		else
			buf_char(out, word.p[i]);
	}
}

/* mdoc text, in lines that mandoc -Wstyle likes. */
static void
put_mdoc(struct buf *out, struct span text)
{
	size_t column = 0;

	for (size_t i = 0; i < text.n;) {
		const char *blank = memchr(text.p + i, ' ', text.n - i);
		size_t end = blank == NULL ? text.n : (size_t)(blank - text.p);

		if (column > 0 && column + 1 + end - i > MDOC_WIDTH) {
			buf_char(out, '\n');
			column = 0;
		} else if (column > 0) {
			buf_char(out, ' ');
			column++;
		}
		put_mdoc_word(out, span_cut(text, i, end), column == 0);
		column += end - i;
		i = end + 1;
	}
}

/* "Help with a capital letter and a full stop." */
static void
put_mdoc_help(const struct opt *w, struct buf *out)
{
	struct buf help = { 0 };

	put_help(w, &help);
	if (ascii_lower((unsigned char)help.p[0]))
		help.p[0] = (char)(help.p[0] - 'a' + 'A');
	buf_char(&help, '.');
	put_mdoc(out, buf_span(&help));
	buf_char(out, '\n');
	buf_free(&help);
}

void
opts_mdoc(const struct opt_group *g, size_t n_group, struct buf *out)
{
	buf_str(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < n_group; i++) {
		for (const struct opt *w = g[i].opts->table; w->name != NULL; w++) {
			buf_str(out, ".It");
			if (w->letter != 0)
				buf_fmt(out, " Fl %c ,", w->letter);
			buf_fmt(out, " Fl -%s", w->name);
			if (w->type == OPT_MAYBE)
				buf_fmt(out, " Ns Op = Ns Ar %s", w->arg);
			else if (w->arg != NULL)
				buf_fmt(out, " Ar %s", w->arg);
			buf_char(out, '\n');
			put_mdoc_help(w, out);
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
