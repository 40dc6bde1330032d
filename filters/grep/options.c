/* options.c - what can be asked of ntag-grep. */
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "calendar.h"

enum { PATTERN_FILE_MAX = 1 << 20 };

const struct opt options_select[] = {
	{ "regexp", 'e', OPT_LINES, "PATTERN", NULL, NULL, 0, 0,
	    "the text matches a regular expression (PCRE2); one of several" },
	{ "file", 'f', OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "the lines of FILE are patterns as of -e" },
	{ "ignore-case", 'i', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "of -e: case does not count" },
	{ "word-regexp", 'w', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "of -e: whole words only" },
	{ "fixed-strings", 'F', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "of -e: words, no patterns" },
	{ "ent", 0, OPT_LINES, "[LABEL=]NAME", NULL, NULL, 0, 0,
	    "an entity is named so, in the text or by its full name; NAME may be ~PATTERN, or "
	    "empty "
	    "behind LABEL=" },
	{ "date-in", 0, OPT_LINES, "PERIOD", NULL, NULL, 0, 0,
	    "the text names a date in it: 2021-12, 2021-12-01..2021-12-10, last-week" },
	{ "since", 0, OPT_TEXT, "DATE", NULL, NULL, 0, 0, "published at that day or later" },
	{ "until", 0, OPT_TEXT, "DATE", NULL, NULL, 0, 0, "published at that day or earlier" },
	{ "quote-by", 0, OPT_LINES, "NAME", NULL, NULL, 0, 0,
	    "there is a quotation of that speaker; NAME as in --ent" },
	{ "quote", 0, OPT_LINES, "PATTERN", NULL, NULL, 0, 0,
	    "there is a quotation with these words" },
	{ "kind", 0, OPT_LINES, "KIND", NULL, NULL, 0, 0,
	    "there is a quotation of that kind: direct, mixed, indirect or attitude" },
	{ "where", 0, OPT_LINES, "CONDITION", NULL, NULL, 0, 0,
	    "any condition, such as 'ents.label = ORG and not date < 2021'" },
	{ "any", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, "one option that holds is enough" },
	{ "all", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "of -e, --ent and --date-in each value must hold, not one of them" },
	{ "now", 0, OPT_DATE, "DATE", NULL, NULL, 0, 0,
	    "what last-week and today are relative to; the clock's day in UTC when left out" },
	{ "show", 0, OPT_ENUM, "UNIT", NULL, "doc|paragraph|sentence", 0, 0,
	    "what must hold, and is selected; documents when left out" },
	{ "after-context", 'A', OPT_INT, "N", "0", NULL, 0, 1000000, "N units behind each" },
	{ "before-context", 'B', OPT_INT, "N", "0", NULL, 0, 1000000, "N units before each" },
	{ "context", 'C', OPT_INT, "N", "0", NULL, 0, 1000000, "N units before and behind each" },
	{ "invert-match", 'v', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "select what does not hold" },
	{ 0 },
};

const struct opt options_output[] = {
	{ "count", 'c', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "how many were selected in each file" },
	{ "files-with-matches", 'l', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "only names: of files, or of the sources that records name" },
	{ "files-without-match", 'L', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "only names of files in which nothing was selected" },
	{ "quiet", 'q', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "no output; end with status 0 at the first" },
	{ "only-matching", 'o', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "only the words found, each on a line" },
	{ "max-count", 'm', OPT_INT, "N", NULL, NULL, 0, 2147483647, "at most N of each file" },
	{ "line-number", 'n', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "the line of the file before each" },
	{ "with-filename", 'H', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "the name of the file before each" },
	{ "no-filename", 'h', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "no names of files" },
	{ "null", 'Z', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "a NUL byte behind each name of a file" },
	{ "json", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "write records, or with -o an object for each of the words found" },
	{ "index", 0, OPT_PATH, "DIR", NULL, NULL, 0, 0,
	    "keep what was found in an index in DIR, read only files that are new or have changed, "
	    "and "
	    "answer from it; without operands all of it is asked" },
	{ "recursive", 'r', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "no effect: directories are walked" },
	{ "no-messages", 's', OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "no messages about single records" },
	{ "null-data", 'z', OPT_SWITCH, NULL, NULL, NULL, 0, 0, "raw documents end at a NUL byte" },
	{ 0 },
};

/* Options that are SPECIAL tests of where.h, by the same name. */
static const char *const tests[] = { "regexp", "ent", "date-in", "since", "until", "quote-by",
	"quote", "kind", NULL };

bool
options_any(const struct opts *o)
{
	bool any = opts_given(o, "where") || opts_given(o, "file");

	for (size_t i = 0; tests[i] != NULL; i++)
		any |= opts_given(o, tests[i]);
	return any;
}

static int32_t
today(const struct opts *o)
{
	const char *text = opts_text(o, "now");
	struct timespec t;
	struct cal c;

	if (text != NULL && cal_parse(span_c(text), &c))
		return cal_day(c);
	clock_gettime(CLOCK_REALTIME, &t);
	return (int32_t)(t.tv_sec / 86400);
}

/* The lines of -f behind those of -e, the last newline left out. */
static bool
read_patterns(const char *name, struct buf *lines, struct where_fault *f)
{
	FILE *in = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
	size_t n = 1;

	while (in != NULL && n > 0 && lines->n <= PATTERN_FILE_MAX) {
		n = fread(buf_room(lines, 1 << 16), 1, 1 << 16, in);
		lines->n += n;
	}
	if (in == NULL || ferror(in) || lines->n > PATTERN_FILE_MAX) {
		snprintf(f->what, sizeof(f->what), "%.100s: %s", name,
		    in != NULL && !ferror(in) ? "longer than 1 MiB" : strerror(errno));
		f->column = 0;
		if (in != NULL && in != stdin)
			fclose(in);
		return false;
	}
	if (in != stdin)
		fclose(in);
	if (lines->n > 0 && lines->p[lines->n - 1] == '\n')
		lines->n--;
	return true;
}

static bool
add_patterns(struct condition *c, const struct opts *o, const char **which, struct where_fault *f)
{
	const char *file = opts_text(o, "file"), *given = opts_text(o, "regexp");
	struct buf lines = { 0 };
	bool good = true;

	*which = "file";
	if (given != NULL)
		buf_fmt(&lines, "%s%s", given, file != NULL ? "\n" : "");
	if (file != NULL)
		good = read_patterns(file, &lines, f);
	if (good) {
		*which = "regexp";
		good = where_option(c, "regexp", buf_span(&lines), f);
	}
	buf_free(&lines);
	return good;
}

static bool
add_where(struct condition *c, struct span lines, struct where_fault *f)
{
	for (size_t at = 0, to; at <= lines.n; at = to + 1) {
		const char *end = at < lines.n ? memchr(lines.p + at, '\n', lines.n - at) : NULL;

		to = end == NULL ? lines.n : (size_t)(end - lines.p);
		if (!where_parse(c, span_cut(lines, at, to), f))
			return false;
	}
	return true;
}

static bool
add_options(struct condition *c, const struct opts *o, const char **which, struct where_fault *f)
{
	if ((opts_given(o, "regexp") || opts_given(o, "file")) && !add_patterns(c, o, which, f))
		return false;
	for (size_t i = 1; tests[i] != NULL; i++) {
		*which = tests[i];
		if (opts_given(o, tests[i]) &&
		    !where_option(c, tests[i], span_c(opts_text(o, tests[i])), f))
			return false;
	}
	*which = "where";
	return !opts_given(o, "where") || add_where(c, span_c(opts_text(o, "where")), f);
}

struct condition *
options_condition(const struct opts *o, const char **which, struct where_fault *f)
{
	struct where_how how = { .today = today(o),
		.any = opts_on(o, "any"),
		.all = opts_on(o, "all"),
		.icase = opts_on(o, "ignore-case"),
		.word = opts_on(o, "word-regexp"),
		.fixed = opts_on(o, "fixed-strings") };
	struct condition *c = where_new(&how);

	if (!add_options(c, o, which, f)) {
		where_free(c);
		return NULL;
	}
	where_close(c);
	return c;
}
