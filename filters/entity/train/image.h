/* image.h - write a model file (model.h), and read word clusters from a table. */
#ifndef NTAG_TRAIN_IMAGE_H
#define NTAG_TRAIN_IMAGE_H

#include "crf.h"

struct clusters {
	const uint32_t *index; /* (1 << MODEL_CLUSTER_BITS) + 1 */
	const struct cluster *at;
	uint32_t n;
};

/* From a table or from a model made before. Rows of a table: word, one number for each of WORD_CLUSTERS granularities, which become
 * 1 and up, one for each of WORD_CODES pieces. */
void clusters_read(struct clusters *c, const char *file, struct arena *a);

struct parts_made {
	const struct crf *crf;
	float (*type)[SCORES];
	unsigned row_bits, type_bits;
	const struct clusters *clusters; /* n == 0: none */
};

/* False: cannot be written. Weights are rounded to 1 / scale and cut at 127 / scale. */
bool image_write(const struct parts_made *m, const char *file);

#endif
