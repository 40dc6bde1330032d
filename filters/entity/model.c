/* model.c - check an image; look up clusters. */
#include "model.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

const char *const class_name[N_CLASS] = { "PER", "ORG", "LOC", "FAC", "NORP", "EVENT", "LAW",
	"THING" };
const uint8_t state_closed[N_CLOSED] = { 0, 3, 4, 7, 8, 11, 12, 15, 16, 19, 20, 23, 24, 27, 28, 31,
	32 };
const uint8_t state_fresh[N_CLOSED] = { 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29,
	32 };

static size_t
part(size_t *at, size_t bytes)
{
	size_t start = (*at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;

	*at = start + bytes;
	return start;
}

size_t
model_layout(const struct model_header *h, size_t at[N_PART])
{
	size_t end = sizeof(*h), index = ((size_t)1 << MODEL_CLUSTER_BITS) + 1;

	at[PART_MOVES] = part(&end, sizeof(struct moves));
	at[PART_ROWS] = part(&end, sizeof(struct row) << h->row_bits);
	at[PART_TYPES] = part(&end, sizeof(struct row) << h->type_bits);
	at[PART_INDEX] = part(&end, h->n_cluster > 0 ? index * sizeof(uint32_t) : 0);
	at[PART_CLUSTERS] = part(&end, h->n_cluster * sizeof(struct cluster));
	return end;
}

uint64_t
model_checksum(const void *image, size_t n)
{
	struct model_header h;

	memcpy(&h, image, sizeof(h));
	h.checksum = 0;
	return XXH3_64bits_withSeed(
	    (const char *)image + sizeof(h), n - sizeof(h), XXH3_64bits(&h, sizeof(h)));
}

static const char *
check_header(const struct model_header *h, size_t n)
{
	size_t at[N_PART];

	if (n < sizeof(*h) || memcmp(h->magic, "ntag-ent", sizeof(h->magic)) != 0)
		return "not a model of ntag-entity";
	if (h->order != MODEL_ORDER)
		return "made for another byte order";
	if (h->version != MODEL_VERSION)
		return "of another version";
	if (h->row_bits > MODEL_ROW_BITS_MAX || h->type_bits > MODEL_ROW_BITS_MAX || h->scale == 0)
		return "damaged: impossible sizes";
	if (h->length != n || model_layout(h, at) != n)
		return "damaged: wrong length";
	if (model_checksum(h, n) != h->checksum)
		return "damaged: wrong checksum";
	return NULL;
}

/* The index must lead to entries that are there, whatever the checksum says. */
static bool
index_holds(const uint32_t *index, uint32_t n)
{
	for (size_t i = 0; i < (size_t)1 << MODEL_CLUSTER_BITS; i++)
		if (index[i] > index[i + 1])
			return false;
	return index[(size_t)1 << MODEL_CLUSTER_BITS] == n;
}

void
model_moves(struct model *m, const struct moves *move)
{
	m->move = move;
	for (size_t a = 0; a < N_CLOSED; a++) {
		m->fresh_most[a] = INT16_MIN;
		m->fresh_least[a] = INT16_MAX;
		for (size_t b = 0; b < N_CLOSED; b++) {
			int32_t w = move->w[state_closed[a]][state_fresh[b]];

			m->fresh[a][b] = w;
			m->fresh_most[a] = w > m->fresh_most[a] ? w : m->fresh_most[a];
			m->fresh_least[a] = w < m->fresh_least[a] ? w : m->fresh_least[a];
		}
	}
}

const char *
model_read(struct model *m, const void *image, size_t n)
{
	const struct model_header *h = image;
	const char *p = image, *wrong = check_header(h, n);
	size_t at[N_PART];

	if (wrong != NULL)
		return wrong;
	model_layout(h, at);
	memset(m, 0, sizeof(*m));
	model_moves(m, (const void *)(p + at[PART_MOVES]));
	m->row = (const void *)(p + at[PART_ROWS]);
	m->row_mask = ((uint32_t)1 << h->row_bits) - 1;
	m->type = (const void *)(p + at[PART_TYPES]);
	m->type_mask = ((uint32_t)1 << h->type_bits) - 1;
	m->scale = h->scale;
	m->n_cluster = h->n_cluster;
	if (h->n_cluster == 0)
		return NULL;
	m->cluster_index = (const void *)(p + at[PART_INDEX]);
	m->cluster = (const void *)(p + at[PART_CLUSTERS]);
	return index_holds(m->cluster_index, m->n_cluster) ? NULL : "damaged: wrong index";
}

void
model_word(const struct model *m, struct word *w)
{
	uint32_t slot = cluster_slot(w->lower);
	uint16_t low = cluster_low(w->lower);

	if (m->cluster == NULL)
		return;
	for (uint32_t i = m->cluster_index[slot]; i < m->cluster_index[slot + 1]; i++)
		if (m->cluster[i].low == low) {
			memcpy(w->cluster, m->cluster[i].id, sizeof(w->cluster));
			memcpy(w->code, m->cluster[i].code, sizeof(w->code));
		}
}
