/* filter_fuzz.h - what the fuzz targets of all filters share: any bytes as a text and as a record, and the
 * oracle of FAULTS rule 5 (output is valid UTF-8 and JSON, every offset inside the text, every annotation's
 * text the slice), and f(f(x)) = f(x).
 */
#ifndef NTAG_FUZZ_FILTER_H
#define NTAG_FUZZ_FILTER_H

#include <stdint.h>
#include <stdlib.h>

#include "run.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct diag fuzz_diag = { .prog = "fuzz", .quiet = true };

static void
annotate(const struct filter *f, const void *model, struct record *r, void *own)
{
	struct work w = { .arena = r->arena, .diag = &fuzz_diag, .own = own };

	if (r->text.p != NULL)
		f->annotate(model, r, &w);
}

/* Write r, read it back (the door checks every offset and slice), annotate and write again. */
static void
check(const struct filter *f, const void *model, struct record *r, void *own)
{
	struct arena a = { 0 };
	struct buf one = { 0 }, two = { 0 };
	struct record again;
	struct span line;

	annotate(f, model, r, own);
	record_write(r, &one);
	line = (struct span){ one.p, one.n - 1 };
	if (one.p[one.n - 1] != '\n' || memchr(line.p, '\n', line.n) != NULL ||
	    utf8_valid(line) != line.n)
		abort();
	if (!record_parse(&again, line, NULL, (struct where){ 0 }, &a, &fuzz_diag))
		abort();
	annotate(f, model, &again, own);
	record_write(&again, &two);
	if (!span_eq(buf_span(&one), buf_span(&two)))
		abort();
	for (const struct form *const *form = forms; *form != NULL; form++) {
		struct look look = {
			.prog = "fuzz", .layers = ~0U, .terminal = true, .color = true, .width = 40
		};

		buf_clear(&two);
		(*form)->record(&again, &look, &two);
		if (utf8_valid(buf_span(&two)) != two.n)
			abort();
	}
	buf_free(&one);
	buf_free(&two);
	arena_free(&a);
}

/* The first byte chooses: a record as it is, or a text with or without date and title. */
static int
fuzz_filter(const struct filter *f, const uint8_t *data, size_t size)
{
	static void *model, *own;
	struct opts o = { .table = f->option };
	struct arena a = { 0 };
	struct record r;
	struct span s = { (const char *)data + 1, size - 1 }, none = { NULL, 0 };

	if (size < 1)
		return 0;
	if (model == NULL) {
		model = f->open(&o, &fuzz_diag);
		own = f->worker_open == NULL ? NULL : f->worker_open(model);
	}
	if (data[0] % 4 == 0) {
		if (memchr(s.p, '\n', s.n) == NULL &&
		    record_parse(&r, s, NULL, (struct where){ 0 }, &a, &fuzz_diag))
			check(f, model, &r, own);
	} else {
		record_from_text(&r, data[0] % 4 == 1 ? SPAN("2021-12-04") : none,
		    data[0] % 4 == 2 ? SPAN("A Title of Two") : none, s, (struct where){ 0 }, &a,
		    &fuzz_diag);
		check(f, model, &r, own);
	}
	arena_free(&a);
	return 0;
}

#endif
