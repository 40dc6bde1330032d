/* run_plan.h - a plan from text, for the tests of ntag-run. */
#ifndef NTAG_TEST_RUN_PLAN_H
#define NTAG_TEST_RUN_PLAN_H

#include <check.h>

#include "plan.h"

/* 2021-12-04, a Saturday, is today. */
static inline struct plan_how
plan_how_of(const struct define *define, size_t n)
{
	return (struct plan_how){ .defines = { .at = define, .n = n, .today = { 2021, 12, 4 } },
		.run = "20211204T101500Z" };
}

/* All faults of p as "file:line:col: what" lines; to be freed by buf_free(). */
static inline const char *
plan_faults(struct plan *p, struct buf *out)
{
	buf_clear(out);
	fault_print(&p->faults, "", out);
	buf_char(out, '\0');
	return out->p;
}

#endif
