/* image.c - weights to bytes, clusters to a sorted table. */
#include "image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	SCALE = 40,          /* units per nat: weights up to 3.17 */
	IMAGE_MAX = 1 << 26, /* bytes of a model */
};

struct entry {
	uint64_t hash;
	uint16_t id[WORD_CLUSTERS];
	uint8_t code[WORD_CODES];
	size_t line;
};

static int
by_hash(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	uint64_t hx = x->hash >> 32, hy = y->hash >> 32;

	if (hx != hy)
		return (hx > hy) - (hx < hy);
	return (x->line > y->line) - (x->line < y->line); /* the more frequent word first */
}

static bool
read_entry(char *line, struct entry *e)
{
	char *p = strchr(line, '\t');
	struct word w;

	if (p == NULL)
		return false;
	memset(&w, 0, sizeof(w));
	word_facts(&w, (struct span){ line, (size_t)(p - line) });
	e->hash = w.lower;
	for (unsigned k = 0; k < WORD_CLUSTERS; k++)
		e->id[k] = (uint16_t)(strtoul(p, &p, 10) + 1);
	for (unsigned k = 0; k < WORD_CODES; k++)
		e->code[k] = (uint8_t)strtoul(p, &p, 10);
	return true;
}

/* Those of a model that was trained before. */
static bool
from_model(struct clusters *c, FILE *in, struct arena *a)
{
	struct model_header h;
	struct model m;
	char *image;

	if (fread(&h, sizeof(h), 1, in) != 1 || memcmp(h.magic, "ntag-ent", sizeof(h.magic)) != 0 ||
	    h.length > IMAGE_MAX) {
		rewind(in);
		return false;
	}
	image = arena_raw(a, h.length + MODEL_ALIGN, 1);
	image += MODEL_ALIGN - (uintptr_t)image % MODEL_ALIGN;
	rewind(in);
	if (fread(image, 1, h.length, in) != h.length || model_read(&m, image, h.length) != NULL) {
		fprintf(stderr, "train: damaged model\n");
		exit(1);
	}
	c->index = m.cluster_index;
	c->at = m.cluster;
	c->n = m.n_cluster;
	return true;
}

/* Entries that begin with the same 32 bits of the hash as one before are left out. */
static void
from_entries(struct clusters *c, const struct entry *e, size_t n, struct arena *a)
{
	uint32_t *index = ARENA_NEW(a, uint32_t, ((size_t)1 << MODEL_CLUSTER_BITS) + 1);
	struct cluster *to = ARENA_NEW(a, struct cluster, n);
	size_t at = 0;

	for (size_t b = 0; b <= (size_t)1 << MODEL_CLUSTER_BITS; b++) {
		for (; at < n && cluster_slot(e[at].hash) < b; at++) {
			if (at > 0 && e[at - 1].hash >> 32 == e[at].hash >> 32)
				continue;
			to[c->n].low = cluster_low(e[at].hash);
			memcpy(to[c->n].code, e[at].code, sizeof(e[at].code));
			memcpy(to[c->n++].id, e[at].id, sizeof(e[at].id));
		}
		index[b] = c->n;
	}
	c->index = index;
	c->at = to;
}

void
clusters_read(struct clusters *c, const char *file, struct arena *a)
{
	FILE *in = fopen(file, "r");
	struct entry *e = NULL;
	size_t n = 0, cap = 0;
	char line[1024];

	if (in == NULL) {
		perror(file);
		exit(1);
	}
	if (from_model(c, in, a)) {
		fclose(in);
		return;
	}
	while (fgets(line, sizeof(line), in) != NULL) {
		if (n == cap) {
			cap = cap * 2 + 1024;
			e = realloc(e, cap * sizeof(*e));
			if (e == NULL)
				exit(1);
		}
		e[n].line = n;
		n += read_entry(line, &e[n]);
	}
	fclose(in);
	if (e == NULL)
		exit(1);
	qsort(e, n, sizeof(*e), by_hash);
	from_entries(c, e, n, a);
	free(e);
}

static int8_t
small(float x)
{
	return (int8_t)lrintf(fminf(fmaxf(x * SCALE, -127), 127));
}

static void
put_rows(int8_t *to, float (*from)[SCORES], unsigned bits)
{
	for (size_t i = 0; i < (size_t)1 << bits; i++)
		for (unsigned j = 0; j < SCORES; j++)
			to[i * SCORES + j] = small(from[i][j]);
}

bool
image_write(const struct parts_made *m, const char *file)
{
	struct model_header h = { "ntag-ent", MODEL_VERSION, MODEL_ORDER, 0, 0, m->row_bits,
		m->type_bits, m->clusters->n, SCALE };
	size_t at[N_PART], n = model_layout(&h, at);
	char *p = calloc(n, 1);
	int16_t *move;
	FILE *out = fopen(file, "wb");
	bool ok;

	if (p == NULL || out == NULL) {
		free(p);
		return false;
	}
	move = (int16_t *)(void *)(p + at[PART_MOVES]);
	for (unsigned a = 0; a <= STATES; a++)
		for (unsigned b = 0; b <= STATES; b++)
			move[a * (STATES + 1) + b] = (int16_t)lrintf(m->crf->move[a][b] * SCALE);
	put_rows((int8_t *)p + at[PART_ROWS], m->crf->weight, m->row_bits);
	put_rows((int8_t *)p + at[PART_TYPES], m->type, m->type_bits);
	if (h.n_cluster > 0) {
		memcpy(p + at[PART_INDEX], m->clusters->index,
		    (((size_t)1 << MODEL_CLUSTER_BITS) + 1) * sizeof(uint32_t));
		memcpy(
		    p + at[PART_CLUSTERS], m->clusters->at, h.n_cluster * sizeof(struct cluster));
	}
	h.length = n;
	memcpy(p, &h, sizeof(h));
	h.checksum = model_checksum(p, n);
	memcpy(p, &h, sizeof(h));
	ok = fwrite(p, 1, n, out) == n;
	free(p);
	return fclose(out) == 0 && ok;
}
