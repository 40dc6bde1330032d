/* test_entity_model.c - an image is taken whole or refused with its reason; clusters are found. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "entity/model.h"

enum { ROW_BITS = 4, TYPE_BITS = 3 };

/* A model of almost nothing, with one cluster entry for the word "marlow". */
struct image {
	char *p;
	size_t n, at[N_PART];
	struct model_header head;
};

static void
seal(struct image *m)
{
	m->head.length = m->n;
	memcpy(m->p, &m->head, sizeof(m->head));
	m->head.checksum = model_checksum(m->p, m->n);
	memcpy(m->p, &m->head, sizeof(m->head));
}

static void
image_make(struct image *m)
{
	struct word w = { 0 };
	uint32_t *index;
	struct cluster *c;

	m->head = (struct model_header){ "ntag-ent", MODEL_VERSION, MODEL_ORDER, 0, 0, ROW_BITS,
		TYPE_BITS, 1, 40 };
	m->n = model_layout(&m->head, m->at);
	m->p = aligned_alloc(MODEL_ALIGN, (m->n + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN);
	memset(m->p, 0, m->n);
	word_facts(&w, SPAN("marlow"));
	index = (uint32_t *)(void *)(m->p + m->at[PART_INDEX]);
	for (size_t i = cluster_slot(w.lower) + 1; i <= 1 << MODEL_CLUSTER_BITS; i++)
		index[i] = 1;
	c = (struct cluster *)(void *)(m->p + m->at[PART_CLUSTERS]);
	*c = (struct cluster){ cluster_low(w.lower), { 7, 8, 9 }, { 0 } };
	seal(m);
}

START_TEST(whole)
{
	struct image i;
	struct model m;
	struct word w = { 0 };

	image_make(&i);
	ck_assert_ptr_null(model_read(&m, i.p, i.n));
	ck_assert_uint_eq(m.row_mask, (1 << ROW_BITS) - 1);
	ck_assert_uint_eq(m.type_mask, (1 << TYPE_BITS) - 1);
	word_facts(&w, SPAN("Marlow"));
	model_word(&m, &w);
	ck_assert_uint_eq(w.cluster[0], 7);
	ck_assert_uint_eq(w.cluster[2], 9);
	w.cluster[0] = 0;
	word_facts(&w, SPAN("Selden"));
	model_word(&m, &w);
	ck_assert_uint_eq(w.cluster[0], 0);
	free(i.p);
}
END_TEST

START_TEST(parts_are_aligned)
{
	struct image i;

	image_make(&i);
	for (unsigned k = 0; k < N_PART; k++)
		ck_assert_uint_eq(i.at[k] % MODEL_ALIGN, 0);
	free(i.p);
}
END_TEST

/* FAULTS E6: each single bit that is wrong is noticed. */
START_TEST(every_flipped_byte)
{
	struct image i;
	struct model m;

	image_make(&i);
	for (size_t k = 0; k < i.n; k += k < 512 ? 1 : 997) {
		i.p[k] ^= 0x10;
		ck_assert_msg(model_read(&m, i.p, i.n) != NULL, "byte %zu", k);
		i.p[k] ^= 0x10;
	}
	ck_assert_ptr_null(model_read(&m, i.p, i.n));
	free(i.p);
}
END_TEST

START_TEST(every_length_but_the_right_one)
{
	struct image i;
	struct model m;

	image_make(&i);
	for (size_t n = 0; n < i.n; n += n < 256 ? 1 : 4099)
		ck_assert_ptr_nonnull(model_read(&m, i.p, n));
	free(i.p);
}
END_TEST

START_TEST(sealed_but_senseless)
{
	struct image i;
	struct model m;

	image_make(&i);
	i.head.row_bits = 60;
	seal(&i);
	ck_assert_str_eq(model_read(&m, i.p, i.n), "damaged: impossible sizes");
	i.head.row_bits = ROW_BITS;
	i.head.scale = 0;
	seal(&i);
	ck_assert_str_eq(model_read(&m, i.p, i.n), "damaged: impossible sizes");
	i.head.scale = 40;
	i.head.order = 0x04030201;
	seal(&i);
	ck_assert_str_eq(model_read(&m, i.p, i.n), "made for another byte order");
	i.head.order = MODEL_ORDER;
	i.head.version = MODEL_VERSION + 1;
	seal(&i);
	ck_assert_str_eq(model_read(&m, i.p, i.n), "of another version");
	i.head.version = MODEL_VERSION;
	((uint32_t *)(void *)(i.p + i.at[PART_INDEX]))[5] = 77;
	seal(&i);
	ck_assert_str_eq(model_read(&m, i.p, i.n), "damaged: wrong index");
	free(i.p);
}
END_TEST

START_TEST(from_a_file)
{
	char path[] = "/tmp/ntag-test-XXXXXX";
	int fd = mkstemp(path);
	struct diag d = { .prog = "test" };
	struct image i;
	struct model m;

	image_make(&i);
	ck_assert_int_eq(write(fd, i.p, i.n), (ssize_t)i.n);
	ck_assert(model_open(&m, path, &d));
	ck_assert_uint_eq(m.n_cluster, 1);
	model_close(&m);
	ck_assert_int_eq(ftruncate(fd, (off_t)i.n - 1), 0);
	ck_assert(!model_open(&m, path, &d));
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	ck_assert(!model_open(&m, path, &d));
	close(fd);
	unlink(path);
	ck_assert(!model_open(&m, path, &d));
	ck_assert(model_open(&m, "builtin", &d));
	model_close(&m);
	buf_free(&d.err);
	free(i.p);
}
END_TEST

/* FAULTS E7: $NTAG_DATA first; a damaged model there is not passed over in silence. */
START_TEST(from_the_folder_of_the_environment)
{
	char folder[] = "/tmp/ntag-test-XXXXXX", path[64];
	struct diag d = { .prog = "test" };
	struct image i;
	struct model m = { 0 };
	FILE *out;

	image_make(&i);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/entity.model", folder);
	out = fopen(path, "wb");
	ck_assert_uint_eq(fwrite(i.p, 1, i.n, out), i.n);
	fclose(out);
	setenv("NTAG_DATA", folder, 1);
	ck_assert(model_open(&m, NULL, &d));
	ck_assert_uint_eq(m.row_mask, (1 << ROW_BITS) - 1);
	model_close(&m);
	ck_assert_int_eq(truncate(path, 100), 0);
	ck_assert(!model_open(&m, NULL, &d));
	unlink(path);
	rmdir(folder);
	buf_free(&d.err);
	free(i.p);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("entity model");
	TCase *c = tcase_create("model");
	SRunner *r;
	int failed;

	tcase_add_test(c, whole);
	tcase_add_test(c, parts_are_aligned);
	tcase_add_test(c, every_flipped_byte);
	tcase_add_test(c, every_length_but_the_right_one);
	tcase_add_test(c, sealed_but_senseless);
	tcase_add_test(c, from_a_file);
	tcase_add_test(c, from_the_folder_of_the_environment);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
