/* command.c - what each command does. */
#include "command.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "dryrun.h"
#include "exec.h"
#include "graph.h"
#include "list.h"
#include "log.h"
#include "merge.h"
#include "program.h"
#include "resume.h"
#include "retry.h"
#include "shell.h"
#include "trial.h"

/* All faults and warnings of a plan on standard error. True if there was no fault. */
static bool
report(struct plan *p)
{
	struct buf out = { 0 };

	fault_print(&p->faults, "ntag-run: ", &out);
	dprintf(STDERR_FILENO, "%.*s", (int)out.n, out.n == 0 ? "" : out.p);
	buf_free(&out);
	return p->faults.n_fault == 0;
}

/* Nothing is to be remembered or written but to standard output. */
static bool
is_shown(const struct call *c)
{
	return opts_given(&c->opts, "output") || opts_given(&c->opts, "until");
}

/* Leave out what comes behind a stage: "3", "ntag-date", "date", or the name of a program. */
static void
cut_stages(struct call *c, struct plan *p, const char *step)
{
	char number[24];

	for (size_t i = 0; i < p->n_stage; i++) {
		const char *name = stage_name(&p->stage[i], &p->arena);

		snprintf(number, sizeof(number), "%zu", i + 1);
		if (strcmp(step, number) != 0 && strcmp(step, name) != 0 &&
		    (p->stage[i].filter == NULL || strcmp(step, name + strlen("ntag-")) != 0))
			continue;
		plan_until(p, i + 1);
		return;
	}
	diag_die(
	    &c->diag, STATUS_USAGE, "--until: no stage \"%s\"; there are %zu", step, p->n_stage);
}

/* Load and check the pipeline that is the first operand, with the inputs behind it. */
static bool
load(struct call *c, struct plan *p)
{
	plan_load(p, c->operand[0], &c->how);
	if (opts_given(&c->opts, "until") && p->faults.n_fault == 0)
		cut_stages(c, p, opts_text(&c->opts, "until"));
	if (opts_given(&c->opts, "until"))
		p->errors_to = NULL;
	if (is_shown(c)) {
		const char *form = opts_text(&c->opts, "output");

		plan_show(p, form == NULL ? NULL : form_find(form));
	}
	if (p->faults.n_fault == 0)
		check_world(p, c->operand + 1, c->n_operand - 1);
	return report(p);
}

static struct exec_how
how_to_run(const struct call *c)
{
	const struct opts *o = &c->opts;
	bool stats = opts_given(o, "stats");

	return (struct exec_how){
		.color = opts_text(o, "color"),
		.errors = opts_text(o, "errors"),
		.jobs = (unsigned)opts_int(o, "jobs"),
		.strict = opts_on(o, "strict"),
		.quiet = opts_on(o, "quiet"),
		.verbose = opts_on(o, "verbose"),
		.vet = opts_on(o, "record"),
		.progress = program_progress(o),
		.stats = !stats                                       ? 0
			 : strcmp(opts_text(o, "stats"), "json") == 0 ? 2
								      : 1,
	};
}

static int
execute(struct call *c, struct plan *p)
{
	struct exec_how how = how_to_run(c);

	p->log = (struct plan_log){ 0 }; /* a part of a pipe: what it counts is not the run's */
	return exec_plan(p, &how, &c->diag);
}

/* The run, its messages through a log if the plan wants one. how: with a state. */
static int
logged(struct call *c, struct plan *p, const struct resume_how *how, struct exec_how *exec)
{
	struct log_how log = { p->log.json,
		p->log.to == NULL ? NULL : arena_cstr(&c->arena, span_c(p->log.to)),
		arena_cstr(&c->arena, span_c(plan_name(p))) };
	struct log *l = NULL;
	int status;

	if ((log.json || log.path != NULL) && (l = log_start(&log, &c->diag)) == NULL)
		return STATUS_OUTPUT;
	exec->progress &= l == NULL;
	status = how != NULL ? resume_run(p, how, exec, &c->diag) : exec_plan(p, exec, &c->diag);
	if (!log_end(l, &c->diag) && status == STATUS_OK)
		status = STATUS_SOME;
	return status;
}

static int
command_run(struct call *c)
{
	struct plan p;
	struct resume_how how = { &c->how, c->operand + 1, c->n_operand - 1,
		opts_on(&c->opts, "restart") };
	struct exec_how exec = how_to_run(c);
	int status;

	if (load(c, &p))
		status = p.stateful && !is_shown(c) ? logged(c, &p, &how, &exec)
						    : logged(c, &p, NULL, &exec);
	else
		status = fault_status(&p.faults);
	plan_free(&p);
	return status;
}

/* With --output the letters stay where they are: it only shows what comes of them. */
static int
command_retry(struct call *c)
{
	struct plan p;
	struct resume_how how = { &c->how, NULL, 0, opts_on(&c->opts, "restart") };
	struct exec_how exec = how_to_run(c);
	int status;

	if (load(c, &p) && is_shown(c)) {
		plan_retry(&p, arena_cstr(&c->arena, span_c(exec.errors != NULL   ? exec.errors
							    : p.errors_to != NULL ? p.errors_to
										  : "/dev/null")));
		exec.errors = p.errors_to = NULL;
		status = exec_plan(&p, &exec, &c->diag);
	} else if (p.faults.n_fault == 0) {
		status = retry_run(&p, &how, &exec, &c->diag);
	} else {
		status = fault_status(&p.faults);
	}
	plan_free(&p);
	return status;
}

static int
command_graph(struct call *c)
{
	static const char *const forms_of[] = { "term", "dot", "mermaid" }; /* graph_form */
	struct plan p;
	struct state *s = NULL;
	struct buf out = { 0 };
	size_t form = 0;
	bool running;
	int status = STATUS_RESOURCE;

	c->how.defines.lenient = true;
	plan_load(&p, c->operand[0], &c->how);
	if (report(&p)) {
		if (p.stateful)
			s = resume_peek(&p, &c->how, &c->diag, &running);
		while (form < 2 && strcmp(forms_of[form], opts_text(&c->opts, "as")) != 0)
			form++;
		graph_put(&p, (enum graph_form)form, s == NULL ? SPAN("") : state_numbers(s), &out);
		status = program_print(&out);
	}
	state_close(s);
	plan_free(&p);
	return status;
}

/* The inputs of the pipeline as records on standard output: the head of what shell prints. */
static int
command_read(struct call *c)
{
	struct plan p;
	int status = STATUS_RESOURCE;

	if (load(c, &p)) {
		plan_drop_stages(&p);
		p.n_output = 1;
		p.output[0] = (struct output){ .standard = true, .form = forms[0] };
		status = execute(c, &p);
	}
	plan_free(&p);
	return status;
}

/* Records on standard input into the outputs of the pipeline: the tail of what shell prints. */
static int
command_write(struct call *c)
{
	struct plan p;
	int status = STATUS_RESOURCE;

	if (load(c, &p)) {
		plan_drop_stages(&p);
		p.names.list.n = 0;
		p.files_from = p.errors_to = NULL;
		p.standard_input = true;
		p.format = FORMAT_JSONL;
		status = execute(c, &p);
	}
	plan_free(&p);
	return status;
}

/* A stage because of which a run has one commit alone: to be known before it is killed. */
static void
warn_of_commits(struct plan *p)
{
	struct at at;
	const char *why = p->stateful && p->checkpoint >= 0 ? exec_leg_hindrance(p, &at) : NULL;

	if (why != NULL && at.line > 0)
		fault_warn(&p->faults, at, "a run is committed only at its end: %s", why);
}

/* Every file is checked; a parameter that a run would need is no fault here. */
static int
command_check(struct call *c)
{
	struct buf out = { 0 };
	int status = STATUS_OK, printed;

	c->how.defines.lenient = true;
	for (size_t i = 0; i < c->n_operand; i++) {
		struct plan p;

		plan_load(&p, c->operand[i], &c->how);
		if (p.n_stage > 0)
			check_world(&p, NULL, 0);
		if (p.faults.n_fault == 0)
			warn_of_commits(&p);
		fault_print(&p.faults, "", &out);
		if (p.faults.n_fault > 0)
			status = STATUS_RESOURCE;
		plan_free(&p);
	}
	printed = program_print(&out);
	return printed != STATUS_OK ? printed : status;
}

/* The tests of every file; those of a faulty one count as none. */
static int
command_test(struct call *c)
{
	struct trial_counts counts = { 0 };
	struct buf out = { 0 };
	int status = STATUS_OK;

	c->how.defines.lenient = true;
	for (size_t i = 0; i < c->n_operand; i++) {
		struct plan p;

		plan_load(&p, c->operand[i], &c->how);
		if (!report(&p))
			status = STATUS_RESOURCE;
		else if (!trial_run(
			     &p, &c->how, opts_on(&c->opts, "update"), &c->diag, &counts, &out))
			status = STATUS_OUTPUT;
		plan_free(&p);
	}
	buf_fmt(&out, "%zu passed, %zu failed\n", counts.passed, counts.failed);
	if (status == STATUS_OK && counts.failed > 0)
		status = STATUS_NOTHING;
	return program_print(&out) != STATUS_OK ? STATUS_OUTPUT : status;
}

static int
command_shell(struct call *c)
{
	struct shell_how how = { &c->how.defines, c->n_operand > 1, opts_text(&c->opts, "output") };
	struct plan p;
	struct buf out = { 0 };
	int status = STATUS_RESOURCE;

	if (load(c, &p)) {
		shell_put(&p, &how, &out);
		status = program_print(&out);
	}
	plan_free(&p);
	return status;
}

static int
command_dry_run(struct call *c)
{
	struct plan p;
	struct buf out = { 0 };
	int status = STATUS_RESOURCE;

	bool running, ok = load(c, &p);
	struct state *state = NULL;

	if (ok && p.stateful && !is_shown(c)) {
		state = resume_peek(&p, &c->how, &c->diag, &running);
		ok = state != NULL;
	}
	if (ok) {
		dryrun_put(&p, state, &c->diag, &out);
		if (!opts_given(&c->opts, "sample"))
			status = program_print(&out);
		else if (diag_write(STDOUT_FILENO, buf_span(&out)))
			status = STATUS_OK;
		else
			status = STATUS_OUTPUT;
	}
	if (ok && opts_given(&c->opts, "sample") && status == STATUS_OK) {
		struct exec_how how = how_to_run(c);

		plan_show(&p, opts_given(&c->opts, "output")
				  ? form_find(opts_text(&c->opts, "output"))
				  : NULL);
		p.errors_to = NULL;
		how.most = (uint64_t)opts_int(&c->opts, "sample");
		status = exec_plan(&p, &how, &c->diag);
	}
	buf_free(&out);
	state_close(state);
	plan_free(&p);
	return status;
}

/* Of every file: STATUS_LOCKED if one of them is running. */
static int
command_status(struct call *c)
{
	struct buf out = { 0 };
	int status = STATUS_OK, printed;

	for (size_t i = 0; i < c->n_operand; i++) {
		struct plan p;
		struct state *s = NULL;
		bool running = false;

		plan_load(&p, c->operand[i], &c->how);
		if (report(&p) && p.stateful)
			s = resume_peek(&p, &c->how, &c->diag, &running);
		if (s != NULL && resume_put_status(&p, s, running, &out) && status == STATUS_OK)
			status = STATUS_LOCKED;
		if (s == NULL && p.faults.n_fault == 0 && !p.stateful)
			buf_fmt(&out, "%s: keeps no state\n", p.path);
		else if (s == NULL)
			status = STATUS_RESOURCE;
		state_close(s);
		plan_free(&p);
	}
	printed = program_print(&out);
	return printed != STATUS_OK ? printed : status;
}

/* Of the directory pipelines if there is one here, else of this one. */
static int
command_list(struct call *c)
{
	struct buf out = { 0 };
	struct stat st;
	bool ok = true;

	c->how.defines.lenient = true;
	if (c->n_operand == 0)
		ok =
		    list_put(stat("pipelines", &st) == 0 && S_ISDIR(st.st_mode) ? "pipelines" : ".",
			&c->how, &c->diag, &out);
	for (size_t i = 0; i < c->n_operand; i++)
		ok &= list_put(c->operand[i], &c->how, &c->diag, &out);
	if (program_print(&out) != STATUS_OK)
		return STATUS_OUTPUT;
	return ok ? STATUS_OK : STATUS_SOME;
}

static int
command_merge(struct call *c)
{
	struct merge_how how = { .operand = c->operand,
		.n = c->n_operand,
		.to = opts_text(&c->opts, "to"),
		.unique = opts_on(&c->opts, "unique") };

	return merge_run(&how, &c->diag);
}

const struct command commands[] = {
	{ "run", "FILE [INPUT...]", 1, SIZE_MAX, command_run,
	    "run a pipeline; INPUT replaces its inputs" },
	{ "check", "FILE...", 1, SIZE_MAX, command_check,
	    "find all faults without reading a record" },
	{ "lint", "FILE...", 1, SIZE_MAX, command_check, "the same" },
	{ "test", "FILE...", 1, SIZE_MAX, command_test,
	    "run the tests in the files, and show what differs" },
	{ "shell", "FILE [INPUT...]", 1, SIZE_MAX, command_shell,
	    "print the equal pipeline for sh" },
	{ "dry-run", "FILE [INPUT...]", 1, SIZE_MAX, command_dry_run,
	    "say what would be read, done and written" },
	{ "status", "FILE...", 1, SIZE_MAX, command_status,
	    "say how the last run ended, and what is known" },
	{ "retry", "FILE", 1, 1, command_retry, "only the dead letters, once their cause is gone" },
	{ "graph", "FILE", 1, 1, command_graph,
	    "stages as a picture, with the counts of the last run" },
	{ "merge", "OUT...", 1, SIZE_MAX, command_merge,
	    "join the outputs of shards, in one order" },
	{ "list", "[DIR...]", 0, SIZE_MAX, command_list,
	    "pipelines of a directory, with parameters" },
	{ "read", "FILE [INPUT...]", 1, SIZE_MAX, command_read,
	    "only the inputs of a pipeline, as records" },
	{ "write", "FILE", 1, 1, command_write,
	    "only its outputs, from records on standard input" },
	{ 0 },
};
