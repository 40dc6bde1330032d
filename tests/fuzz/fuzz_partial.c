/* fuzz_partial.c - any line as a partial sum: what is taken is written, read and written again as the same bytes. */
#include <stdlib.h>

#include "summarize/partial.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* The piles that the line gives as lines; false: it is refused. */
static bool
through(struct span line, struct buf *out)
{
	struct arena a = { 0 };
	struct piles piles = { 0 };
	size_t n;
	bool good = partial_read(&piles, line, SPAN("x"), &a) == NULL;
	struct pile **at = piles_take(&piles, &n);

	if (good != (n == 1))
		abort();
	for (size_t i = 0; i < n; i++) {
		partial_write(at[i], SPAN("x"), out);
		pile_free(at[i]);
	}
	free(at);
	arena_free(&a);
	return good;
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct buf line = { 0 }, one = { 0 }, two = { 0 };

	buf_str(&line, "{\"partial\":\"x\",\"topic\":\"\",\"n\":1");
	for (size_t i = 0; i < size; i++)
		buf_char(&line, (char)data[i]);
	buf_char(&line, '}');
	if (utf8_valid(buf_span(&line)) == line.n && through(buf_span(&line), &one) &&
	    (!through(buf_span(&one), &two) || !span_eq(buf_span(&one), buf_span(&two))))
		abort();
	buf_free(&line);
	buf_free(&one);
	buf_free(&two);
	return 0;
}
