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
	if (help.p != NULL && ascii_lower((unsigned char)help.p[0]))
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

/* The words of an option, separated by blanks. */
static void
put_of(struct buf *out, const char *of)
{
	for (; *of != '\0'; of++)
		buf_char(out, *of == '|' ? ' ' : *of);
}

/* Text inside single quotes; characters of escape get a backslash. */
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

/* Words that complete an option's argument must follow it. */
static bool
has_words(const struct opt *w)
{
	return w->of != NULL && w->type != OPT_MAYBE;
}

struct shell {
	const char *name;
	void (*head)(const char *prog, struct buf *out);
	void (*words)(const char *prog, const struct opt *w,
	    struct buf *out); /* for each option with words */
	void (*middle)(const char *prog, struct buf *out);
	void (*option)(
	    const char *prog, const struct opt *w, struct buf *out); /* for each option */
	void (*tail)(const char *prog, struct buf *out);
};

/* The program's name as that of a function. */
static void
put_function(const char *prog, struct buf *out)
{
	buf_char(out, '_');
	for (; *prog != '\0'; prog++)
		buf_char(out, *prog == '-' ? '_' : *prog);
}

static void
bash_head(const char *prog, struct buf *out)
{
	put_function(prog, out);
	buf_str(out,
	    "() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	    "\tcase $prev in\n");
}

static void
bash_words(const char *prog, const struct opt *w, struct buf *out)
{
	(void)prog;
	buf_fmt(out, "\t--%s) COMPREPLY=($(compgen -W '", w->name);
	put_of(out, w->of);
	buf_str(out, "' -- \"$cur\")); return;;\n");
}

static void
bash_middle(const char *prog, struct buf *out)
{
	(void)prog;
	buf_str(out, "\tesac\n\tcase $cur in\n\t-*) COMPREPLY=($(compgen -W '");
}

static void
bash_option(const char *prog, const struct opt *w, struct buf *out)
{
	(void)prog;
	buf_fmt(out, "--%s ", w->name);
}

static void
bash_tail(const char *prog, struct buf *out)
{
	buf_str(out, "' -- \"$cur\"));;\n\t*) COMPREPLY=($(compgen -f -- \"$cur\"));;\n\tesac\n}\n"
		     "complete -o filenames -F ");
	put_function(prog, out);
	buf_fmt(out, " %s\n", prog);
}

static void
zsh_head(const char *prog, struct buf *out)
{
	buf_fmt(out, "#compdef %s\n_arguments -s -S \\\n", prog);
}

static void
zsh_option(const char *prog, const struct opt *w, struct buf *out)
{
	(void)prog;
	buf_fmt(out, "\t'--%s%s[", w->name,
	    w->arg == NULL         ? ""
	    : w->type == OPT_MAYBE ? "=-"
				   : "=");
	put_quoted(out, w->help, "[]:\\");
	buf_char(out, ']');
	if (w->arg != NULL)
		buf_fmt(out, "%s%s:", w->type == OPT_MAYBE ? "::" : ":", w->arg);
	if (w->of != NULL) {
		buf_char(out, '(');
		put_of(out, w->of);
		buf_char(out, ')');
	} else if (w->type == OPT_PATH) {
		buf_str(out, "_files");
	}
	buf_str(out, "' \\\n");
}

static void
zsh_tail(const char *prog, struct buf *out)
{
	(void)prog;
	buf_str(out, "\t'*:file:_files'\n");
}

static void
fish_option(const char *prog, const struct opt *w, struct buf *out)
{
	buf_fmt(out, "complete -c %s -l %s", prog, w->name);
	if (w->letter != 0)
		buf_fmt(out, " -s %c", w->letter);
	if (has_words(w)) {
		buf_str(out, " -x -a '");
		put_of(out, w->of);
		buf_char(out, '\'');
	} else if (w->arg != NULL && w->type != OPT_MAYBE) {
		buf_str(out, w->type == OPT_PATH ? " -r" : " -x");
	}
	buf_str(out, " -d '");
	put_quoted(out, w->help, "");
	buf_str(out, "'\n");
}

static const struct shell shells[] = {
	{ "bash", bash_head, bash_words, bash_middle, bash_option, bash_tail },
	{ "zsh", zsh_head, NULL, NULL, zsh_option, zsh_tail },
	{ "fish", NULL, NULL, NULL, fish_option, NULL },
};

static void
for_each(void (*put)(const char *prog, const struct opt *w, struct buf *out), bool words,
    const char *prog, const struct opt_group *g, struct buf *out)
{
	for (const struct opt *w = g->opts->table; put != NULL && w->name != NULL; w++)
		if (!words || has_words(w))
			put(prog, w, out);
}

static void
part(void (*put)(const char *prog, struct buf *out), const char *prog, struct buf *out)
{
	if (put != NULL)
		put(prog, out);
}

void
opts_complete(
    const char *shell, const char *prog, const struct opt_group *g, size_t n_group, struct buf *out)
{
	const struct shell *s = &shells[0];

	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
		if (strcmp(shells[i].name, shell) == 0)
			s = &shells[i];
	part(s->head, prog, out);
	for (size_t i = 0; i < n_group; i++)
		for_each(s->words, true, prog, &g[i], out);
	part(s->middle, prog, out);
	for (size_t i = 0; i < n_group; i++)
		for_each(s->option, false, prog, &g[i], out);
	part(s->tail, prog, out);
}
