/* rules.c - the file of --rules as a table. */
#include "rules.h"

#include <errno.h>
#include <stdio.h>

#include "utf8.h"

enum { FILE_MAX = 1 << 20 };

static const char head[] = "# id\tpattern\ttype\tvalue\tguard\texample\texpects\n";

static bool
fail(struct slip *slip, const char *what)
{
	slip->what = span_c(what);
	return false;
}

/* Comments above the first row would name the columns. */
static void
blank_comments(char *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		char *nl = memchr(p + i, '\n', n - i);
		size_t end = nl == NULL ? n : (size_t)(nl - p);

		if (p[i] == '#')
			memset(p + i, ' ', end - i);
		i = end + 1;
	}
}

/* At most one byte more than is allowed. */
static bool
slurp(const char *name, char *to, size_t *n)
{
	FILE *in = fopen(name, "rbe");
	bool good;

	if (in == NULL)
		return false;
	*n = fread(to, 1, FILE_MAX + 1, in);
	good = !ferror(in);
	fclose(in);
	return good;
}

bool
rules_read(struct pattern_table *t, struct arena *a, struct slip *slip)
{
	size_t n, valid, before = sizeof(head) - 1;
	char *p = arena_raw(a, before + FILE_MAX + 1, 1);

	*slip = (struct slip){ .table = t->name };
	memcpy(p, head, before);
	errno = 0;
	if (!slurp(t->name, p + before, &n))
		return fail(slip, errno == 0 ? "cannot be read" : strerror(errno));
	if (n > FILE_MAX)
		return fail(slip, "longer than 1 MiB");
	t->text = (struct span){ p, before + n };
	valid = utf8_valid(t->text);
	if (valid < t->text.n) {
		grammar_slip(t, p + valid, "not UTF-8", slip);
		rules_slip(slip);
		return false;
	}
	p += before;
	if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
		memset(p, ' ', 3);
		p += 3;
		n -= 3;
	}
	blank_comments(p, n);
	return true;
}

void
rules_slip(struct slip *slip)
{
	slip->line--;
}
