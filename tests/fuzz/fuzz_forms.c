/* fuzz_forms.c - any line as a record, in every form: valid UTF-8 comes out, nothing unsafe where people look, markup is
 * balanced, and a sheet that was taken is written, read and written again as the same bytes. The first byte chooses the look. */
#include <stdlib.h>

#include "output.h"
#include "utf8.h"
#include "visible.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* For people: but for newlines no character that commands. */
static void
check_safe(struct span s)
{
	for (size_t i = 0, len; i < s.n; i += len) {
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len);

		if (cp != '\n' && !visible_safe(cp))
			abort();
	}
}

/* As many tags are opened as closed: whatever stands in the text cannot add one. */
static void
check_markup(struct span s)
{
	size_t open = 0, end = 0;

	for (size_t i = 0; i < s.n; i++) {
		open += s.p[i] == '<';
		end += s.p[i] == '>';
	}
	if (open != end)
		abort();
}

static void
check_sheet(const struct record *r)
{
	struct buf one = { 0 }, two = { 0 };
	struct sheet a, b;

	sheet_open(&a, 0);
	sheet_open(&b, 0);
	if (sheet_is(r) && sheet_read(&a, r->json) == NULL) {
		sheet_write(&a, &one);
		if (sheet_read(&b, buf_span(&one)) != NULL)
			abort();
		sheet_write(&b, &two);
		if (!span_eq(buf_span(&one), buf_span(&two)))
			abort();
	}
	sheet_free(&a);
	sheet_free(&b);
	buf_free(&one);
	buf_free(&two);
}

static void
check_form(const struct form *f, struct record *r, const struct look *l)
{
	static const char *const people[] = { "text", "article", "quotes", "top", "spark",
		"timeline" };
	struct buf out = { 0 };
	struct span s;

	f->record(r, l, &out);
	s = out.n > 0 ? buf_span(&out) : SPAN("");
	if (utf8_valid(s) != s.n)
		abort();
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		if (strcmp(f->name, people[i]) == 0 && !l->color)
			check_safe(s);
	if (strcmp(f->name, "html") == 0 || strcmp(f->name, "inline") == 0 ||
	    strcmp(f->name, "timeml") == 0)
		check_markup(s);
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct diag d = { .prog = "fuzz", .quiet = true };
	struct look l = { .prog = "fuzz", .layers = ~0U };
	struct arena a = { 0 };
	struct span s = { (const char *)data, size };
	struct record r;

	if (size == 0)
		return 0;
	l.width = data[0] % 4 * 20;
	l.color = (data[0] & 4) != 0;
	l.ascii = (data[0] & 8) != 0;
	l.rows = (enum rows)(data[0] / 16 % N_ROWS);
	l.by = (enum sheet_by)(data[0] % 3);
	s = span_cut(s, 1, size);
	if (memchr(s.p, '\n', s.n) == NULL &&
	    record_parse(&r, s, NULL, (struct where){ 0 }, &a, &d)) {
		check_sheet(&r);
		for (size_t i = 0; forms[i] != NULL; i++)
			check_form(forms[i], &r, &l);
	}
	arena_free(&a);
	buf_free(&d.err);
	buf_free(&d.dead);
	return 0;
}
