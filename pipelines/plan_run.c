/* plan_run.c - the rooms "errors", "run" and "tests" of a pipeline file. */
#include <sched.h>

#include "ascii.h"
#include "node.h"
#include "plan_own.h"

/* ---- errors and run ---- */

/* N or P%. */
static bool
read_limit(const char *text, struct run_limit *limit)
{
	const char *p = text;
	uint64_t n = 0, unit = 1;
	bool point = false, digit = false;

	for (; (ascii_digit((unsigned char)*p) || (*p == '.' && !point)) && n < 1000000000000;
	     p++) {
		point |= *p == '.';
		if (*p == '.')
			continue;
		digit = true;
		n = n * 10 + (uint64_t)(*p - '0');
		unit = point ? unit * 10 : 1;
	}
	*limit = (struct run_limit){ .on = true, .most = n };
	if (strcmp(p, "%") == 0)
		limit->percent = (double)n / (double)unit;
	else if (*p != '\0' || point)
		return false;
	return digit && limit->percent <= 100;
}

/* What went to standard output cannot be taken back. */
static void
read_stage_policy(struct plan *p, const struct node *n)
{
	struct fields f;

	schema_read(&f, "errors.stage", "errors.stage", n, &p->params, &p->faults);
	p->stage_retry = (unsigned)schema_int(&f, "retry");
	p->stage_skip = strcmp(schema_text(&f, "then"), "skip") == 0;
	for (size_t i = 0; i < p->n_output && (p->stage_retry > 0 || p->stage_skip); i++)
		if (p->output[i].standard)
			fault_add(&p->faults, n->at,
			    "errors.stage: what went to standard output cannot be taken back; "
			    "write "
			    "to a file");
}

void
plan_run_read_errors(struct plan *p, const struct node *n)
{
	struct fields f;

	schema_read(&f, "errors", "errors", n, &p->params, &p->faults);
	p->strict = strcmp(schema_text(&f, "record"), "fail") == 0;
	p->errors_to = schema_text(&f, "to");
	if (schema_text(&f, "max") != NULL && !read_limit(schema_text(&f, "max"), &p->limit))
		fault_add(&p->faults, schema_node(&f, "max")->at,
		    "errors.max must be a number or a share such as 0.5%%, not \"%s\"",
		    schema_text(&f, "max"));
	read_stage_policy(p, schema_node(&f, "stage"));
	if (p->errors_to != NULL)
		p->errors_at = schema_node(&f, "to")->at;
	for (size_t i = 0; p->errors_to != NULL && i < p->n_output; i++)
		if (p->output[i].file.path != NULL &&
		    strcmp(p->output[i].file.path, p->errors_to) == 0)
			fault_add(&p->faults, p->errors_at, "errors.to is an output too");
}

static unsigned
processors(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;

	return n > JOBS_MAX ? JOBS_MAX : (unsigned)n;
}

/* A state is kept where the file asks for anything that needs one. */
static void
read_state(struct plan *p, const struct fields *f)
{
	static const char *const words[] = { "fail", "skip", "wait" }; /* state_lock */
	const char *lock = schema_text(f, "lock");
	unsigned i = 0;

	p->checkpoint = plan_duration(p, f, "checkpoint");
	if (strcmp(schema_text(f, "resume"), "no") == 0)
		p->checkpoint = -1;
	while (i < 2 && strcmp(words[i], lock) != 0)
		i++;
	p->lock = (enum state_lock)i;
	p->stateful = p->only_new || schema_node(f, "checkpoint") != NULL ||
		      schema_node(f, "resume") != NULL || schema_node(f, "lock") != NULL;
}

static void
read_shard(struct plan *p, const struct fields *f, const char *given)
{
	const char *text = given != NULL ? given : schema_text(f, "shard");

	if (!shard_parse(text, &p->shard)) {
		p->shard = (struct shard){ 1, 1 };
		fault_add(&p->faults,
		    given != NULL ? (struct at){ 0, 0 } : schema_node(f, "shard")->at,
		    "run.shard must be I/N, a number of 1 to N and how many shards there are, not "
		    "\"%s\"",
		    text);
	}
	p->stateful |= p->shard.n > 1; /* each shard has a journal of its own (FAULTS D24) */
}

void
plan_run_read(struct plan *p, const struct node *n, const char *shard)
{
	static const struct opt count[] = {
		{ "workers", 0, OPT_INT, "N", NULL, NULL, 1, JOBS_MAX, NULL }, { 0 }
	};
	struct fields f;
	struct opts o = { .table = count };
	const char *workers;
	char what[256];

	schema_read(&f, "run", "run", n, &p->params, &p->faults);
	p->timeout = plan_duration(p, &f, "timeout");
	p->nice = (int)schema_int(&f, "nice");
	read_state(p, &f);
	read_shard(p, &f, shard);
	workers = schema_text(&f, "workers");
	if (strcmp(workers, "auto") == 0)
		p->jobs = processors();
	else if (opts_set(&o, &count[0], workers, what))
		p->jobs = (unsigned)opts_int(&o, "workers");
	else
		fault_add(
		    &p->faults, schema_node(&f, "workers")->at, "run.workers %s, or auto", what);
}

static void
read_log_path(const struct fields *f, const char *key, const char **path, struct at *at)
{
	*path = schema_text(f, key);
	if (*path != NULL)
		*at = schema_node(f, key)->at;
}

void
plan_run_read_log(struct plan *p, const struct node *n)
{
	struct fields f;

	schema_read(&f, "log", "log", n, &p->params, &p->faults);
	p->log.json = strcmp(schema_text(&f, "format"), "json") == 0;
	p->log.every = plan_duration(p, &f, "every");
	read_log_path(&f, "to", &p->log.to, &p->log.to_at);
	read_log_path(&f, "metrics", &p->log.metrics, &p->log.metrics_at);
}

/* ---- tests ---- */

static void
read_test(struct plan *p, const struct node *n, const struct defines *d)
{
	static const char *const required[] = { "name", "given", "expect" };
	struct fields f;
	struct test t = { .at = n->at };
	size_t before = p->faults.n_fault;

	schema_read(&f, "tests", "tests", n, NULL, &p->faults);
	for (size_t i = 0; n->kind == NODE_MAP && i < 3; i++)
		if (schema_node(&f, required[i]) == NULL)
			fault_add(&p->faults, n->at, "tests.%s is missing", required[i]);
	t.name = schema_text(&f, "name");
	t.set = schema_node(&f, "set");
	t.given = schema_node(&f, "given");
	t.expect = schema_node(&f, "expect");
	for (size_t i = 0; t.set != NULL && i < t.set->pair.n; i++)
		params_try(&p->params, &t.set->pair.at[i], d, &p->faults);
	if (p->faults.n_fault == before)
		VEC_PUSH(&p->arena, &p->tests, t);
}

void
plan_run_read_tests(struct plan *p, const struct node *n, const struct defines *d)
{
	if (n == NULL || n->kind != NODE_LIST)
		return;
	for (size_t i = 0; i < n->item.n; i++)
		read_test(p, n->item.at[i], d);
}
