/* rules.c - the file of --rules as a table. */
#include "rules.h"

#include <errno.h>
#include <stdio.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

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
rules_read(struct rules *r, const char *file, struct slip *slip)
{
	struct pattern_table *t = &r->table;
	size_t n, valid, before = sizeof(head) - 1;
	char *p;

	*r = (struct rules){ .table.name = file };
	*slip = (struct slip){ .table = file };
	p = r->bytes = arena_raw(&r->arena, before + FILE_MAX + 1, 1);
	memcpy(p, head, before);
	errno = 0;
	if (!slurp(file, p + before, &n))
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
rules_free(struct rules *r)
{
	arena_free(&r->arena);
}

void
rules_slip(struct slip *slip)
{
	slip->line--;
}

bool
rules_skip(struct rules *r, const struct slip *slip)
{
	size_t at = 0, end;

	if (slip->line == 0)
		return false;
	/* One line more: that of the columns. */
	for (size_t line = 0; line < slip->line; line++) {
		const char *nl = memchr(r->bytes + at, '\n', r->table.text.n - at);

		if (nl == NULL)
			return false;
		at = (size_t)(nl - r->bytes) + 1;
	}
	for (end = at; end < r->table.text.n && r->bytes[end] != '\n';)
		end++;
	if (end == at || r->bytes[at] == '$')
		return false;
	memset(r->bytes + at, ' ', end - at);
	return true;
}

void
rules_version(const char *file, struct buf *out)
{
	struct arena a = { 0 };
	char *p = arena_raw(&a, FILE_MAX + 1, 1);
	size_t n;

	if (file != NULL && slurp(file, p, &n) && n <= FILE_MAX)
		buf_fmt(out, "rules %s %016llx\n", file, (unsigned long long)XXH3_64bits(p, n));
	arena_free(&a);
}
