/* embed.c - build-time: a TSV table -> a C file that holds it as a blob (table.h).
 *
 * usage: embed SYMBOL NAME FILE.tsv >FILE.c
 * Stops the build at a row that has not as many cells as the comment line above the first
 * row names columns, or at an empty cell: "FILE.tsv:6: 1 cell, expected 2".
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct text {
	char *p;
	size_t n;
};

static void
die(const char *file, size_t line, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", file, line, what);
	exit(1);
}

static struct text
slurp(const char *file)
{
	struct text t = { NULL, 0 };
	FILE *in = fopen(file, "rb");
	size_t cap = 0, got;

	if (in == NULL)
		die(file, 0, "cannot open");
	do {
		cap = cap == 0 ? 1 << 16 : cap * 2;
		t.p = realloc(t.p, cap);
		if (t.p == NULL)
			die(file, 0, "out of memory");
		got = fread(t.p + t.n, 1, cap - t.n, in);
		t.n += got;
	} while (got > 0);
	fclose(in);
	return t;
}

static size_t
count_cells(const char *line, size_t n, const char *file, size_t at)
{
	size_t cells = 1;
	bool empty = true;

	for (size_t i = 0; i < n; i++) {
		if (line[i] != '\t') {
			empty = empty && line[i] == ' ';
			continue;
		}
		if (empty)
			die(file, at, "an empty cell; write - for nothing");
		empty = true;
		cells++;
	}
	if (empty)
		die(file, at, "an empty cell; write - for nothing");
	return cells;
}

static void
check(struct text t, const char *file)
{
	size_t head = 0, at = 0;
	bool rows = false;
	char what[80];

	for (size_t i = 0; i < t.n; at++) {
		const char *line = t.p + i;
		const char *nl = memchr(line, '\n', t.n - i);
		size_t n, cells;

		if (nl == NULL)
			die(file, at + 1, "no newline at the end of the file");
		n = (size_t)(nl - line);
		i += n + 1;
		if (n == 0)
			continue;
		if (line[0] == '#') {
			if (!rows)
				head = count_cells(line, n, file, at + 1);
			continue;
		}
		rows = true;
		cells = count_cells(line, n, file, at + 1);
		snprintf(what, sizeof(what), "%zu cell%s, expected %zu", cells,
		    cells == 1 ? "" : "s", head);
		if (cells != head)
			die(file, at + 1, what);
	}
}

int
main(int argc, char **argv)
{
	struct text t;

	if (argc != 4) {
		fprintf(stderr, "usage: embed SYMBOL NAME FILE\n");
		return 64;
	}
	t = slurp(argv[3]);
	check(t, argv[3]);
	printf("/* made from %s by common/gen/embed.c */\n#include \"table.h\"\n\n", argv[2]);
	printf("extern const struct blob %s;\n\nstatic const unsigned char bytes[] = {", argv[1]);
	for (size_t i = 0; i < t.n; i++)
		printf("%s%u,", i % 20 == 0 ? "\n\t" : "", (unsigned)(unsigned char)t.p[i]);
	printf("\n\t0 };\n\nconst struct blob %s = { \"%s\", (const char *)bytes, %zu, "
	       "0x%016llxULL };\n",
	    argv[1], argv[2], t.n, (unsigned long long)XXH3_64bits(t.p, t.n));
	free(t.p);
	return 0;
}
