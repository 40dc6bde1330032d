/* fuzz_pipeline.c - any bytes as a pipeline file: faults with places, or a plan that can be shown as a shell line. */
#include <stdlib.h>

#include "plan.h"
#include "shell.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Every fault has a place in the file, and no line of the report holds a control character. */
static void
check_report(struct plan *p)
{
	struct buf out = { 0 };

	fault_print(&p->faults, "", &out);
	for (size_t i = 0; i < out.n; i++)
		if ((unsigned char)out.p[i] < ' ' && out.p[i] != '\n')
			abort();
	for (size_t i = 0; i < p->faults.list.n; i++)
		if (p->faults.list.at[i].at.line == 0)
			abort();
	buf_free(&out);
}

/* Has a required parameter no value? Then nothing can be said of what it stands in. */
static bool
is_open(const struct plan *p)
{
	for (size_t i = 0; i < p->params.list.n; i++)
		if (p->params.list.at[i].value == NULL)
			return true;
	return false;
}

/* What a plan without faults promises to those who run it. */
static void
check_plan(const struct plan *p, const struct defines *d)
{
	struct shell_how how = { .defines = d };
	struct buf out = { 0 };

	if (p->n_stage == 0 || p->jobs == 0 || (p->n_output == 0 && !is_open(p)))
		abort();
	for (size_t i = 0; i < p->n_output; i++)
		if (!p->output[i].standard && p->output[i].file.path == NULL &&
		    p->output[i].file.prefix == NULL)
			abort();
	shell_put(p, &how, &out);
	if (out.p[out.n - 1] != '\n')
		abort();
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct define def[] = { { { "in", 2 }, "it's $(a) {b} *" } };
	struct plan_how how = {
		.defines = { .at = def, .n = 1, .lenient = true, .today = { 2021, 12, 4 } },
		.run = "20211204T101500Z"
	};
	struct plan p;

	/* With one definition, and without: only one of the two can be without fault. */
	for (how.defines.n = 0; how.defines.n < 2; how.defines.n++) {
		plan_parse(&p, "fuzz.yaml", (struct span){ (const char *)bytes, n }, &how);
		if (how.defines.n == 0)
			check_report(&p);
		if (p.faults.n_fault == 0)
			check_plan(&p, &how.defines);
		plan_free(&p);
	}
	return 0;
}
