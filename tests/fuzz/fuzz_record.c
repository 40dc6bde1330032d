/* fuzz_record.c - any line as a record: accepted ones go out valid, unknown bytes untouched, and are stable. */
#include <stdlib.h>

#include "record.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct diag d = { .prog = "fuzz", .quiet = true };
	struct arena a = { 0 };
	struct buf one = { 0 }, two = { 0 };
	struct record r;
	struct span s = { (const char *)data, size };

	if (memchr(s.p == NULL ? "" : s.p, '\n', s.n) == NULL &&
	    record_parse(&r, s, NULL, (struct where){ 0 }, &a, &d)) {
		record_sents(&r);
		record_tokens(&r);
		record_write(&r, &one);
		if (utf8_valid(buf_span(&one)) != one.n)
			abort();
		if (!record_parse(
			&r, (struct span){ one.p, one.n - 1 }, NULL, (struct where){ 0 }, &a, &d))
			abort();
		record_write(&r, &two);
		if (!span_eq(buf_span(&one), buf_span(&two)))
			abort();
	}
	buf_free(&one);
	buf_free(&two);
	arena_free(&a);
	return 0;
}
