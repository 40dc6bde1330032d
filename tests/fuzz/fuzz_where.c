/* fuzz_where.c - the first line as a condition, the rest as a record: no crash, limits kept, literals never missed. */
#include <stdlib.h>

#include "where.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void
ask_record(const struct condition *c, struct span line, struct arena *a, struct diag *d)
{
	struct regex_match *m = regex_match_new();
	struct where_ask ask = { .condition = c, .match = m };
	struct ranges hits = { 0 };
	struct record r;

	ask.record = &r;
	if (record_parse(&r, line, NULL, (struct where){ 0 }, a, d)) {
		bool holds = where_holds(&ask, NULL);

		if (holds && !ask.expensive && where_literals(c)->n > 0 && !literal_hidden(line) &&
		    !literal_found(where_literals(c), line))
			abort();
		where_hits(&ask, record_sents(&r), false, &hits);
		for (size_t i = 0; i < hits.n; i++)
			if (hits.at[i].end > r.text.n || hits.at[i].start > hits.at[i].end)
				abort();
	}
	regex_match_free(m);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct diag d = { .prog = "fuzz", .quiet = true };
	struct where_how how = { .today = 18965 };
	struct span s = { size == 0 ? "" : (const char *)data, size };
	const char *end = memchr(s.p, '\n', s.n);
	size_t cut = end == NULL ? s.n : (size_t)(end - s.p);
	struct condition *c = where_new(&how);
	struct arena a = { 0 };
	struct where_fault f;

	if (where_parse(c, span_cut(s, 0, cut), &f)) {
		where_close(c);
		if (cut < s.n && memchr(s.p + cut + 1, '\n', s.n - cut - 1) == NULL)
			ask_record(c, span_cut(s, cut + 1, s.n), &a, &d);
	} else if (f.column == 0 || f.column > s.n + 1) {
		abort();
	}
	where_free(c);
	arena_free(&a);
	buf_free(&d.err);
	return 0;
}
