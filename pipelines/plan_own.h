/* plan_own.h - the rooms of a pipeline file, each read by a file of its own. Private to plan.c and plan_*.c. */
#ifndef NTAG_PLAN_OWN_H
#define NTAG_PLAN_OWN_H

#include "plan.h"
#include "schema.h"

/* A duration of a room in seconds, 0 when it is not given. */
double plan_duration(struct plan *p, const struct fields *f, const char *key);

void plan_stage_read(struct plan *p, const struct node *root, const struct node *n);
void plan_output_read(struct plan *p, const struct node *n, const struct plan_how *how);
void plan_run_read_errors(struct plan *p, const struct node *n);
void plan_run_read(
    struct plan *p, const struct node *n, const char *shard); /* in place of run.shard; or NULL */
void plan_run_read_log(struct plan *p, const struct node *n);
void plan_run_read_tests(struct plan *p, const struct node *n, const struct defines *d);

#endif
