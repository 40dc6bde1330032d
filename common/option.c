/* option.c - option tables: checking values and the command line. */
#include "option.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ascii.h"
#include "calendar.h"

static size_t
position(const struct opts *o, const char *name)
{
	size_t i = 0;

	while (o->table[i].name != NULL && strcmp(o->table[i].name, name) != 0)
		i++;
	return i;
}

const struct opt *
opt_find(const struct opt *table, const char *name)
{
	for (; table->name != NULL; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}

/* ---- values ---- */

/* Is word one of the words in list, separated by sep? */
static bool
among(const char *list, char sep, const char *word, size_t n)
{
	for (const char *p = list; p != NULL && *p != '\0';) {
		const char *end = strchr(p, sep);
		size_t len = end == NULL ? strlen(p) : (size_t)(end - p);

		if (len == n && memcmp(p, word, n) == 0)
			return true;
		p = end == NULL ? NULL : end + 1;
	}
	return false;
}

/* All of a whole number, as strtol would see it, without blanks and plus signs. */
static bool
whole(const char *s, long *v, const char **rest)
{
	char *end;

	if (!ascii_digit((unsigned char)*s) && !(*s == '-' && ascii_digit((unsigned char)s[1])))
		return false;
	errno = 0;
	*v = strtol(s, &end, 10);
	*rest = end;
	return errno == 0;
}

/* 64, 64K, 64M, 64MiB, 1G: powers of 1024. */
static bool
size_value(const char *s, long *v)
{
	static const char unit[] = "KMG";
	const char *rest, *at;

	if (!whole(s, v, &rest) || *v < 0)
		return false;
	if (*rest == '\0')
		return true;
	at = strchr(unit, *rest);
	if (at == NULL ||
	    (rest[1] != '\0' && strcmp(rest + 1, "B") != 0 && strcmp(rest + 1, "iB") != 0))
		return false;
	for (const char *u = unit; u <= at; u++)
		if (__builtin_mul_overflow(*v, 1024L, v))
			return false;
	return true;
}

static bool
within(const struct opt *w, double v, char what[256])
{
	if ((w->min == 0 && w->max == 0) || (v >= (double)w->min && v <= (double)w->max))
		return true;
	snprintf(what, 256, "must be from %ld to %ld", w->min, w->max);
	return false;
}

static bool
check_number(const struct opt *w, const char *value, char what[256])
{
	char *end;
	double v = strtod(value, &end);

	if (*value == '\0' || *end != '\0' || !(v == v)) {
		snprintf(what, 256, "must be a number, not \"%.100s\"", value);
		return false;
	}
	return within(w, v, what);
}

static bool
check_whole(const struct opt *w, const char *value, char what[256])
{
	const char *rest = "";
	long v = 0;
	bool ok =
	    w->type == OPT_SIZE ? size_value(value, &v) : whole(value, &v, &rest) && *rest == '\0';

	if (ok)
		return within(w, (double)v, what);
	snprintf(what, 256, "must be %s, not \"%.100s\"",
	    w->type == OPT_SIZE ? "a size such as 64M" : "a whole number", value);
	return false;
}

/* The words of of as a NULL-ended list for diag_near; storage in text. */
static void
words_of(const char *of, char *text, size_t room, const char *list[64])
{
	size_t n = 0;

	snprintf(text, room, "%s", of);
	list[n++] = text;
	for (char *p = text; *p != '\0' && n < 63; p++) {
		if (*p == '|') {
			*p = '\0';
			list[n++] = p + 1;
		}
	}
	list[n] = NULL;
}

static bool
check_word(const struct opt *w, const char *word, size_t n, char what[256])
{
	char text[512], typed[64];
	const char *list[64], *near;

	if (among(w->of, '|', word, n))
		return true;
	words_of(w->of, text, sizeof(text), list);
	snprintf(typed, sizeof(typed), "%.*s", (int)(n < 60 ? n : 60), word);
	near = diag_near(typed, list);
	snprintf(what, 256, "must be one of %s, not \"%s\"", w->of, typed);
	if (near != NULL && strlen(what) + strlen(near) + 20 < 256) {
		strncat(what, "; did you mean \"", 20);
		strncat(what, near, 64);
		strncat(what, "\"?", 4);
	}
	for (char *p = what; *p != '\0'; p++)
		if (*p == '|')
			*p = ' ';
	return false;
}

static bool
check_list(const struct opt *w, const char *value, char what[256])
{
	for (const char *p = value;;) {
		const char *end = strchr(p, ',');
		size_t n = end == NULL ? strlen(p) : (size_t)(end - p);

		if (!check_word(w, p, n, what))
			return false;
		if (end == NULL)
			return true;
		p = end + 1;
	}
}

/* Behind n digits at s, or NULL. */
static const char *
past_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!ascii_digit((unsigned char)s[i]))
			return NULL;
	return s + n;
}

/* Up to n pairs of digits, as in 10:30:05 and 103005: behind them, or NULL. */
static const char *
past_pairs(const char *s, size_t n)
{
	const char *end = past_digits(s, 2);

	for (size_t i = 1; end != NULL && i < n; i++) {
		const char *next = past_digits(end + (*end == ':'), 2);

		if (next == NULL)
			break;
		end = next;
	}
	return end;
}

/* A time of day by its form, ISO 8601: 10:30, 10:30:05.25Z, 103005+0100. */
static bool
iso_time(const char *s)
{
	s = past_pairs(s, 3);
	if (s != NULL && (*s == '.' || *s == ','))
		s = past_digits(s + 1, 1);
	while (s != NULL && ascii_digit((unsigned char)*s))
		s++;
	if (s != NULL && *s == 'Z')
		s++;
	else if (s != NULL && (*s == '+' || *s == '-'))
		s = past_pairs(s + 1, 2);
	return s != NULL && *s == '\0';
}

/* YYYY-MM-DD, alone or with a time of day behind a T. Days beyond the month are no dates. */
static bool
iso_date(const char *s)
{
	enum { DAY = 10 };
	size_t n = strlen(s);
	struct cal c;

	if (n < DAY || !cal_parse((struct span){ s, DAY }, &c))
		return false;
	return n == DAY || (s[DAY] == 'T' && iso_time(s + DAY + 1));
}

static bool
check_date(const char *value, char what[256])
{
	if (iso_date(value))
		return true;
	snprintf(what, 256, "must be a date such as 2021-12-04, not \"%.100s\"", value);
	return false;
}

static bool
check(const struct opt *w, const char *value, char what[256])
{
	switch (w->type) {
	case OPT_SWITCH:
		if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0 || *value == '\0')
			return true;
		snprintf(what, 256, "must be true or false, not \"%.100s\"", value);
		return false;
	case OPT_INT:
	case OPT_SIZE:
		return check_whole(w, value, what);
	case OPT_NUMBER:
		return check_number(w, value, what);
	case OPT_ENUM:
	case OPT_MAYBE:
		return check_word(w, value, strlen(value), what);
	case OPT_LIST:
		return check_list(w, value, what);
	case OPT_DATE:
		return check_date(value, what);
	case OPT_PATH:
		if (*value != '\0')
			return true;
		snprintf(what, 256, "must not be empty");
		return false;
	case OPT_TEXT:
	case OPT_LINES:
	case OPT_WORDS:
		break;
	}
	return true;
}

bool
opts_set(struct opts *o, const struct opt *which, const char *value, char what[256])
{
	const char **at = &o->value[which - o->table];

	if (!check(which, value, what))
		return false;
	if (which->type == OPT_LINES && *at != NULL && o->arena != NULL)
		value = arena_fmt(o->arena, "%s\n%s", *at, value).p;
	*at = value;
	return true;
}

const char *
opts_text(const struct opts *o, const char *name)
{
	size_t i = position(o, name);

	return o->value[i] != NULL ? o->value[i] : o->table[i].def;
}

bool
opts_on(const struct opts *o, const char *name)
{
	const char *v = opts_text(o, name);

	return v != NULL && strcmp(v, "false") != 0;
}

bool
opts_given(const struct opts *o, const char *name)
{
	return o->value[position(o, name)] != NULL;
}

long
opts_int(const struct opts *o, const char *name)
{
	const char *v = opts_text(o, name);

	return v == NULL ? 0 : strtol(v, NULL, 10);
}

size_t
opts_size(const struct opts *o, const char *name)
{
	const char *text = opts_text(o, name);
	long v = 0;

	return text != NULL && size_value(text, &v) ? (size_t)v : 0;
}

double
opts_number(const struct opts *o, const char *name)
{
	const char *v = opts_text(o, name);

	return v == NULL ? 0 : strtod(v, NULL);
}

bool
opts_has(const struct opts *o, const char *name, const char *word)
{
	return among(opts_text(o, name), ',', word, strlen(word));
}

/* ---- the command line ---- */

struct parse {
	const struct opt_group *group;
	size_t n_group;
	char **argv;
	int argc, at;
	const struct diag *diag;
};

static const struct opt *
find(const struct parse *p, const char *name, char letter, struct opts **in)
{
	for (size_t g = 0; g < p->n_group; g++) {
		for (const struct opt *w = p->group[g].opts->table; w->name != NULL; w++) {
			if (name != NULL ? strcmp(w->name, name) == 0
					 : letter != 0 && w->letter == letter) {
				*in = p->group[g].opts;
				return w;
			}
		}
	}
	return NULL;
}

__attribute__((noreturn)) static void
unknown(const struct parse *p, const char *name)
{
	const char *list[4 * OPT_MAX];
	const char *near;
	size_t n = 0;

	for (size_t g = 0; g < p->n_group; g++)
		for (const struct opt *w = p->group[g].opts->table; w->name != NULL; w++)
			list[n++] = w->name;
	list[n] = NULL;
	near = diag_near(name, list);
	if (near != NULL)
		diag_die(
		    p->diag, STATUS_USAGE, "unknown option --%s; did you mean --%s?", name, near);
	diag_die(p->diag, STATUS_USAGE, "unknown option --%s; try --help", name);
}

static void
set(const struct parse *p, struct opts *in, const struct opt *w, const char *value)
{
	char what[256];

	if (!opts_set(in, w, value, what))
		diag_die(p->diag, STATUS_USAGE, "--%s %s", w->name, what);
}

/* The argument of an option that takes one: glued to it, or the next word. */
static const char *
argument(struct parse *p, const struct opt *w, const char *glued)
{
	if (glued != NULL)
		return glued;
	if (w->type == OPT_SWITCH)
		return "true";
	if (w->type == OPT_MAYBE)
		return w->def != NULL ? w->def : "text";
	if (p->at + 1 >= p->argc)
		diag_die(p->diag, STATUS_USAGE, "--%s needs a value (%s)", w->name, w->arg);
	return p->argv[++p->at];
}

static void
long_option(struct parse *p, char *word)
{
	char *eq = strchr(word, '=');
	const struct opt *w;
	struct opts *in = NULL;

	if (eq != NULL)
		*eq = '\0';
	w = find(p, word, 0, &in);
	if (w == NULL)
		unknown(p, word);
	if (w->type == OPT_SWITCH && eq != NULL && strcmp(eq + 1, "true") != 0 &&
	    strcmp(eq + 1, "false") != 0)
		diag_die(p->diag, STATUS_USAGE, "--%s takes no value", w->name);
	set(p, in, w, argument(p, w, eq == NULL ? NULL : eq + 1));
}

static void
short_options(struct parse *p, const char *word)
{
	for (; *word != '\0'; word++) {
		struct opts *in = NULL;
		const struct opt *w = find(p, NULL, *word, &in);

		if (w == NULL)
			diag_die(p->diag, STATUS_USAGE, "unknown option -%c; try --help", *word);
		if (w->type == OPT_SWITCH || w->type == OPT_MAYBE) {
			set(p, in, w, argument(p, w, NULL));
			continue;
		}
		set(p, in, w, argument(p, w, word[1] != '\0' ? word + 1 : NULL));
		return;
	}
}

int
opts_parse(const struct opt_group *g, size_t n_group, int argc, char **argv, const struct diag *d)
{
	struct parse p = { g, n_group, argv, argc, 1, d };
	int n = 0;
	bool ended = false;

	for (; p.at < argc; p.at++) {
		char *word = argv[p.at];

		if (ended || word[0] != '-' || word[1] == '\0')
			argv[++n] = word;
		else if (strcmp(word, "--") == 0)
			ended = true;
		else if (word[1] == '-')
			long_option(&p, word + 2);
		else
			short_options(&p, word + 1);
	}
	return n;
}
