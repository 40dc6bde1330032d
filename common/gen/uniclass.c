/* uniclass.c - build-time: data/uniclass.tsv -> the two-stage table of ../uniclass.c.
 *
 * usage: uniclass FILE.tsv >FILE.inc
 *
 *   kind[]    the few different properties that a character can have
 *   block[]   distinct blocks of 128 numbers of kinds
 *   stage[]   number of the block of code points 128 * i to 128 * i + 127
 *
 * so the kind of cp is kind[block[stage[cp / 128] * 128 + cp % 128]]. Stops the build at a slip
 * with FILE.tsv:line.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CP = 0x110000, BLOCK = 128, N_STAGE = CP / BLOCK, KIND_MAX = 256 };

struct kind {
	unsigned bits;
	long fold;
};

struct maker {
	struct kind *of; /* one for each code point */
	struct kind kind[KIND_MAX];
	size_t n_kind;
	unsigned char *block; /* distinct ones, one behind the other */
	size_t n_block;
	size_t stage[N_STAGE];
};

/* Bits of enum uni (uniclass.h), and of the width that is no class: 0x80, UNI_ZERO in uniclass.c. */
static const struct name {
	const char *name;
	unsigned bit;
} names[] = { { "upper", 1 }, { "lower", 2 }, { "other", 4 }, { "mark", 8 }, { "digit", 16 },
	{ "space", 32 }, { "wide", 64 }, { "zero", 128 }, { NULL, 0 } };

static void
die(const char *file, size_t line, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", file, line, what);
	exit(1);
}

static void *
zeroed(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		die("uniclass", 0, "out of memory");
	return p;
}

/* The bit of a class, 0 for a fold. */
static unsigned
bit_of(const char *what)
{
	for (const struct name *n = names; n->name != NULL; n++)
		if (strcmp(n->name, what) == 0)
			return n->bit;
	return 0;
}

static const char *
add_row(struct maker *m, const char *line)
{
	unsigned long first, last, step;
	char what[16], value[16];
	unsigned bit;

	if (sscanf(line, "%lx\t%lx\t%lu\t%15[a-z]\t%15s", &first, &last, &step, what, value) != 5)
		return "expected first, last, step, what, value";
	if (first > last || last >= CP || step == 0)
		return "bad range";
	bit = bit_of(what);
	if (bit == 0 && strcmp(what, "fold") != 0)
		return "unknown class";
	for (unsigned long cp = first; cp <= last; cp += step) {
		m->of[cp].bits |= bit;
		if (bit == 0)
			m->of[cp].fold = strtol(value, NULL, 10);
	}
	return NULL;
}

static void
read_rows(struct maker *m, const char *file)
{
	FILE *in = fopen(file, "r");
	char line[256];
	size_t at = 0;

	if (in == NULL)
		die(file, 0, "cannot open");
	while (fgets(line, sizeof(line), in) != NULL) {
		const char *what = NULL;

		at++;
		if (line[0] != '#' && line[0] != '\n')
			what = add_row(m, line);
		if (what != NULL)
			die(file, at, what);
	}
	fclose(in);
}

static unsigned char
kind_of(struct maker *m, struct kind k)
{
	size_t i = 0;

	while (i < m->n_kind && (m->kind[i].bits != k.bits || m->kind[i].fold != k.fold))
		i++;
	if (i == KIND_MAX)
		die("uniclass", 0, "more than 256 kinds of characters");
	m->kind[i] = k;
	m->n_kind = i == m->n_kind ? i + 1 : m->n_kind;
	return (unsigned char)i;
}

static size_t
block_of(struct maker *m, const struct kind *of)
{
	unsigned char *last = m->block + m->n_block * BLOCK;
	size_t i = 0;

	for (size_t k = 0; k < BLOCK; k++)
		last[k] = kind_of(m, of[k]);
	while (memcmp(m->block + i * BLOCK, last, BLOCK) != 0)
		i++;
	m->n_block = i == m->n_block ? i + 1 : m->n_block;
	return i;
}

static void
print_numbers(const char *name, const char *type, const unsigned long *v, size_t n)
{
	printf("\nstatic const %s %s[%zu] = {", type, name, n);
	for (size_t i = 0; i < n; i++)
		printf("%s%lu,", i % 20 == 0 ? "\n\t" : " ", v[i]);
	printf("\n};\n");
}

static void
print_all(const struct maker *m)
{
	size_t n = m->n_block * BLOCK;
	unsigned long *v = zeroed(n > N_STAGE ? n : N_STAGE, sizeof(*v));

	printf("/* made from uniclass.tsv by gen/uniclass.c */\n");
	printf(
	    "enum { BLOCK = %d };\n\nstatic const struct kind kind[%zu] = {\n", BLOCK, m->n_kind);
	for (size_t i = 0; i < m->n_kind; i++)
		printf("\t{ %u, %ld },\n", m->kind[i].bits, m->kind[i].fold);
	printf("};\n");
	for (size_t i = 0; i < N_STAGE; i++)
		v[i] = m->stage[i];
	print_numbers("stage", "unsigned short", v, N_STAGE);
	for (size_t i = 0; i < n; i++)
		v[i] = m->block[i];
	print_numbers("block", "unsigned char", v, n);
	free(v);
}

int
main(int argc, char **argv)
{
	struct maker *m;

	if (argc != 2) {
		fprintf(stderr, "usage: uniclass FILE.tsv\n");
		return 64;
	}
	m = zeroed(1, sizeof(*m));
	m->of = zeroed(CP, sizeof(*m->of));
	m->block = zeroed(N_STAGE, BLOCK);
	read_rows(m, argv[1]);
	for (size_t i = 0; i < N_STAGE; i++)
		m->stage[i] = block_of(m, m->of + i * BLOCK);
	print_all(m);
	free(m->block);
	free(m->of);
	free(m);
	return fflush(stdout) == 0 ? 0 : 1;
}
