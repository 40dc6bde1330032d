/* sinks_sum.c - pictures of all records of a file: each record as a sheet of counts, added up, drawn at the end. */
#include <stdlib.h>

#include "forms.h"
#include "html.h"
#include "sinks_own.h"

unsigned
sinks_sum_parts(const struct form *form)
{
	static const struct {
		const char *form;
		unsigned parts;
	} sums[] = { { "top", 1 << SHEET_NAMES },
		{ "spark",
		    1 << SHEET_NAMES | 1 << SHEET_DAYS | 1 << SHEET_ARTICLES | 1 << SHEET_TRENDS },
		{ "timeline", 1 << SHEET_DAYS }, { "quotes", 1 << SHEET_SPEAKERS },
		{ "dot", 1 << SHEET_PAIRS } };

	for (size_t i = 0; form != NULL && i < sizeof(sums) / sizeof(sums[0]); i++)
		if (strcmp(form->name, sums[i].form) == 0)
			return sums[i].parts;
	return 0;
}

void
sinks_sum_render(const struct target *t, struct record *r, struct buf *out)
{
	struct sheet one;

	if (sheet_is(r)) { /* of ntag-show: counted already */
		buf_put(out, r->json);
		return;
	}
	sheet_open(&one, t->sums);
	sheet_add(&one, r);
	sheet_write(&one, out);
	sheet_free(&one);
}

void
sinks_sum_add(struct sheet **sheet, unsigned parts, struct span line)
{
	if (*sheet == NULL) {
		*sheet = malloc(sizeof(**sheet));
		if (*sheet == NULL)
			die_oom(sizeof(**sheet));
		sheet_open(*sheet, parts);
	}
	if (line.n > 0)
		(void)sheet_read(*sheet, line); /* what sheet_write() wrote */
}

void
sinks_sum_free(struct sheet **sheet)
{
	if (*sheet == NULL)
		return;
	sheet_free(*sheet);
	free(*sheet);
	*sheet = NULL;
}

void
sinks_sum_draw(const struct target *t, struct sheet **sheet, struct buf *out)
{
	struct arena a = { 0 };
	struct diag quiet = { .prog = "ntag-run", .quiet = true };
	struct buf line = { 0 };
	struct record r;

	sinks_sum_add(sheet, t->sums, SPAN("")); /* a picture of nothing, if nothing came */
	sheet_write(*sheet, &line);
	if (t->page)
		html_overview(*sheet, &t->look, out);
	else if (record_parse(&r, buf_span(&line), NULL, (struct where){ 0 }, &a, &quiet))
		t->form->record(&r, &t->look, out);
	sinks_sum_free(sheet);
	buf_free(&line);
	buf_free(&quiet.err);
	arena_free(&a);
}
