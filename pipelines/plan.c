/* plan.c - the tree of a pipeline file -> stages, input, outputs: each room of the schema in turn. */
#include "plan.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ascii.h"
#include "duration.h"
#include "inputs.h"
#include "manifest.h"
#include "node.h"
#include "program.h"
#include "registry.h"
#include "schema.h"

/* ---- stages ---- */

/* A YAML list becomes the comma list of the command line. */
static const char *
join_list(struct plan *p, const char *label, const struct node *n)
{
	struct buf out = { 0 };
	const char *joined;
	bool unknown = false;

	for (size_t i = 0; i < n->item.n; i++) {
		const struct node *item = n->item.at[i];
		struct pieces pieces = { 0 };
		const char *text;

		if (item->kind != NODE_TEXT) {
			fault_add(&p->faults, item->at, "%s must be a list of values", label);
			unknown = true;
			continue;
		}
		if (!subst_cut(item->text, item->at, &p->params, &p->faults, &pieces)) {
			unknown = true;
			continue;
		}
		unknown |= pieces.unknown;
		if (subst_is_absent(&pieces))
			continue;
		text = subst_join(&pieces, &p->arena);
		if (strchr(text, ',') != NULL)
			fault_add(&p->faults, item->at, "%s: a comma inside a list element", label);
		buf_fmt(&out, "%s%s", out.n == 0 ? "" : ",", text);
	}
	joined = arena_cstr(&p->arena, buf_span(&out));
	buf_free(&out);
	return unknown || *joined == '\0' ? NULL : joined;
}

/* The text of an option, or NULL: absent, unknown or faulty. */
static const char *
option_text(struct plan *p, const char *label, const struct opt *o, const struct node *n)
{
	struct pieces pieces = { 0 };

	if (n->kind == NODE_MAP) {
		fault_add(&p->faults, n->at, "%s must be a value, not a mapping", label);
		return NULL;
	}
	if (n->kind == NODE_LIST && o->type != OPT_LIST && o->type != OPT_WORDS) {
		fault_add(&p->faults, n->at, "%s must be one value, not a list", label);
		return NULL;
	}
	if (n->kind == NODE_LIST)
		return join_list(p, label, n);
	if (!subst_cut(n->text, n->at, &p->params, &p->faults, &pieces) || pieces.unknown ||
	    subst_is_absent(&pieces))
		return NULL;
	return subst_join(&pieces, &p->arena);
}

static void
unknown_option(struct plan *p, const struct filter *f, const struct pair *pair)
{
	const char *names[OPT_MAX + 1];
	size_t n = 0;

	if (opt_find(program_option, pair->key) != NULL) {
		fault_add(&p->faults, pair->at,
		    "\"%s\" is no option of a stage: see input, output, errors and run", pair->key);
		return;
	}
	for (const struct opt *o = f->option; o->name != NULL; o++)
		names[n++] = o->name;
	names[n] = NULL;
	fault_add(&p->faults, pair->at, "unknown key \"%s\" in ntag-%s%s", pair->key, f->name,
	    fault_near(&p->faults, pair->key, names));
}

static void
set_option(struct plan *p, struct stage *s, const struct pair *pair)
{
	const struct opt *o = opt_find(s->filter->option, pair->key);
	const char *label, *text;
	char what[256];

	if (o == NULL) {
		unknown_option(p, s->filter, pair);
		return;
	}
	label = arena_fmt(&p->arena, "ntag-%s.%s", s->filter->name, o->name).p;
	text = option_text(p, label, o, pair->value);
	if (text == NULL)
		return;
	if (!opts_set(&s->opts, o, text, what))
		fault_add(&p->faults, pair->value->at, "%s %s", label, what);
	else if (o->type == OPT_SWITCH && strcmp(text, "false") == 0)
		s->opts.value[o - s->opts.table] = NULL;
}

static void
set_options(struct plan *p, struct stage *s, const struct node *n)
{
	if (n == NULL || (n->kind == NODE_TEXT && n->plain && *n->text == '\0'))
		return;
	if (n->kind != NODE_MAP) {
		fault_add(
		    &p->faults, n->at, "ntag-%s must be a mapping of its options", s->filter->name);
		return;
	}
	for (size_t i = 0; i < n->pair.n; i++)
		set_option(p, s, &n->pair.at[i]);
}

static bool
find_filter(struct plan *p, struct stage *s, const char *name, struct at at)
{
	s->at = at;
	s->filter = registry_find(name);
	if (s->filter == NULL) {
		fault_add(&p->faults, at, "unknown stage \"%s\"%s", name,
		    fault_near(&p->faults, name, registry_names(&p->arena)));
		return false;
	}
	s->opts.table = s->filter->option;
	return true;
}

/* A duration of a room, 0 when it is not given. */
static double
duration_of(struct plan *p, const struct fields *f, const char *key)
{
	const char *text = schema_text(f, key);
	double seconds = 0;

	if (text != NULL && !duration_parse(text, &seconds))
		fault_add(&p->faults, schema_node(f, key)->at,
		    "%s.%s must be a duration such as 30s, 5m or 2h, not \"%s\"", f->label, key,
		    text);
	return seconds;
}

static bool
exec_stage(struct plan *p, struct stage *s, const struct node *n)
{
	struct fields f;
	const struct given *exec;

	schema_read(&f, "stages", "stages", n, &p->params, &p->faults);
	exec = schema_field(&f, "exec");
	s->at = n->at;
	s->timeout = duration_of(p, &f, "timeout");
	s->keeps_all = strcmp(schema_text(&f, "keeps"), "all") == 0;
	if (exec->list.n == 0) {
		fault_add(&p->faults, exec->node->at, "exec must list a program and its arguments");
		return false;
	}
	s->argv = ARENA_NEW(&p->arena, char *, exec->list.n + 1);
	for (size_t i = 0; i < exec->list.n; i++)
		s->argv[i] =
		    arena_cstr(&p->arena, span_c(subst_join(&exec->list.at[i], &p->arena)));
	if (*s->argv[0] == '\0' && !exec->list.at[0].unknown)
		fault_add(&p->faults, exec->node->at, "exec has no program");
	return true;
}

static bool
read_stage(struct plan *p, struct stage *s, const struct node *n)
{
	if (n->kind == NODE_TEXT)
		return find_filter(p, s, n->text, n->at);
	if (n->kind == NODE_MAP && node_get(n, "exec") != NULL)
		return exec_stage(p, s, n);
	if (n->kind != NODE_MAP || n->pair.n != 1) {
		fault_add(&p->faults, n->at,
		    "a stage is ntag-NAME, ntag-NAME: {OPTION: VALUE} or exec: [PROGRAM, ARG...]");
		return false;
	}
	if (!find_filter(p, s, n->pair.at[0].key, n->pair.at[0].at))
		return false;
	set_options(p, s, n->pair.at[0].value);
	return true;
}

static void
read_stages(struct plan *p, const struct node *root, const struct node *n)
{
	if (n == NULL || (n->kind == NODE_LIST && n->item.n == 0)) {
		fault_add(
		    &p->faults, n == NULL ? root->at : n->at, "stages must list at least one");
		return;
	}
	for (size_t i = 0; n->kind == NODE_LIST && i < n->item.n; i++) {
		if (p->n_stage == STEP_MAX) {
			fault_add(&p->faults, n->item.at[i]->at, "more than %d stages", STEP_MAX);
			return;
		}
		p->n_stage += read_stage(p, &p->stage[p->n_stage], n->item.at[i]);
	}
}

/* Sentences are shown only where nothing else was asked for, as the filters do. */
static unsigned
layers_of(const struct plan *p)
{
	for (size_t i = p->n_stage; i > 0; i--)
		if (p->stage[i - 1].filter != NULL)
			return p->stage[i - 1].filter->gives == F_SENTS ? F_SENTS
									: ~(unsigned)F_SENTS;
	return ~(unsigned)F_SENTS;
}

/* ---- input ---- */

static enum input_format
format_named(const char *name)
{
	static const char *const known[] = { "auto", "news", "text", "jsonl" }; /* input_format */
	size_t i = 0;

	while (i < 3 && strcmp(known[i], name) != 0)
		i++;
	return (enum input_format)i;
}

static void
read_files(struct plan *p, const struct given *files)
{
	const struct node *n = files->node;

	if (n == NULL)
		return;
	if (n->kind == NODE_LIST && n->item.n == 0)
		fault_add(&p->faults, n->at, "input.files must list at least one");
	for (size_t i = 0; i < files->list.n; i++) {
		struct at at = n->kind == NODE_LIST ? n->item.at[i]->at : n->at;
		const char *pattern = inputs_pattern(&files->list.at[i], &p->arena);

		if (!files->list.at[i].unknown)
			VEC_PUSH(&p->arena, &p->files, (struct source_spec){ pattern, at });
	}
}

static void
read_input(struct plan *p, const struct node *n)
{
	struct fields f;
	const struct node *from;

	schema_read(&f, "input", "input", n, &p->params, &p->faults);
	from = schema_node(&f, "files-from");
	p->format = format_named(schema_text(&f, "format"));
	p->max_record = schema_size(&f, "max-record");
	p->only_new = strcmp(schema_text(&f, "only"), "new") == 0;
	p->settle = duration_of(p, &f, "settle");
	p->files_from = schema_text(&f, "files-from");
	if (from != NULL)
		p->files_from_at = from->at;
	if (from != NULL && schema_node(&f, "files") != NULL)
		fault_add(&p->faults, from->at, "input has files or files-from, not both");
	read_files(p, schema_field(&f, "files"));
}

/* ---- outputs ---- */

static unsigned
layer_named(const char *name)
{
	for (unsigned i = 0; name != NULL && i < N_LAYER; i++)
		if (strcmp(layer_name[i], name) == 0)
			return 1U << i;
	return 0;
}

static bool
is_table(const struct output *o)
{
	return o->form != NULL &&
	       (strcmp(o->form->name, "csv") == 0 || strcmp(o->form->name, "tsv") == 0);
}

static void
read_form(struct plan *p, struct output *o, const struct fields *f)
{
	const char *as = schema_text(f, "as");
	const struct node *rows = schema_node(f, "rows"), *header = schema_node(f, "header");

	o->form = as == NULL ? NULL : form_find(as);
	o->layers = layer_named(schema_text(f, "rows"));
	o->header =
	    schema_text(f, "header") != NULL && strcmp(schema_text(f, "header"), "true") == 0;
	if (rows != NULL && !is_table(o))
		fault_add(&p->faults, rows->at, "output.rows goes with as: csv or tsv");
	if (header != NULL && o->header && !is_table(o))
		fault_add(&p->faults, header->at, "output.header goes with as: csv or tsv");
}

static void
read_output(struct plan *p, const struct node *n, const char *run)
{
	struct output *o = &p->output[p->n_output];
	struct fields f;
	const struct given *file;

	schema_read(&f, "output", "output", n, &p->params, &p->faults);
	file = schema_field(&f, "file");
	*o = (struct output){ .at = n->at, .open_files = (size_t)schema_int(&f, "open-files") };
	read_form(p, o, &f);
	o->append = strcmp(schema_text(&f, "write"), "append") == 0;
	o->standard = file->node == NULL || (file->text != NULL && strcmp(file->text, "-") == 0);
	if (file->node == NULL)
		fault_add(&p->faults, n->at, "output.file is missing");
	else
		o->at = file->node->at;
	if (file->node == NULL || file->text == NULL) /* said, or unknown */
		return;
	if (o->standard || template_parse(&o->file, &file->pieces, file->node->at, run, &p->faults))
		p->n_output++;
}

static bool
same_path(const struct output *a, const struct output *b)
{
	if (a->standard || b->standard)
		return a->standard && b->standard;
	return strcmp(a->file.text, b->file.text) == 0;
}

/* FAULTS C13; x.part is where x is written until it is whole. */
static void
check_outputs(struct plan *p)
{
	for (size_t i = 1; i < p->n_output; i++)
		for (size_t k = 0; k < i; k++)
			if (same_path(&p->output[i], &p->output[k]))
				fault_add(&p->faults, p->output[i].at,
				    "two outputs have the same path, \"%s\"",
				    p->output[i].standard ? "-" : p->output[i].file.text);
}

static void
read_outputs(struct plan *p, const struct node *n, const char *run)
{
	if (n == NULL) {
		p->output[p->n_output++] = (struct output){ .standard = true };
		return;
	}
	if (n->kind == NODE_LIST && n->item.n == 0)
		fault_add(&p->faults, n->at, "output must list at least one");
	for (size_t i = 0; n->kind == NODE_LIST && i < n->item.n; i++) {
		if (p->n_output == OUTPUT_MAX) {
			fault_add(
			    &p->faults, n->item.at[i]->at, "more than %d outputs", OUTPUT_MAX);
			break;
		}
		read_output(p, n->item.at[i], run);
	}
	check_outputs(p);
}

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

static void
read_errors(struct plan *p, const struct node *n)
{
	struct fields f;

	schema_read(&f, "errors", "errors", n, &p->params, &p->faults);
	p->strict = strcmp(schema_text(&f, "record"), "fail") == 0;
	p->errors_to = schema_text(&f, "to");
	if (schema_text(&f, "max") != NULL && !read_limit(schema_text(&f, "max"), &p->limit))
		fault_add(&p->faults, schema_node(&f, "max")->at,
		    "errors.max must be a number or a share such as 0.5%%, not \"%s\"",
		    schema_text(&f, "max"));
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

	p->checkpoint = duration_of(p, f, "checkpoint");
	if (strcmp(schema_text(f, "resume"), "no") == 0)
		p->checkpoint = -1;
	while (i < 2 && strcmp(words[i], lock) != 0)
		i++;
	p->lock = (enum state_lock)i;
	p->stateful = p->only_new || schema_node(f, "checkpoint") != NULL ||
		      schema_node(f, "resume") != NULL || schema_node(f, "lock") != NULL;
}

static void
read_run(struct plan *p, const struct node *n)
{
	static const struct opt count[] = {
		{ "workers", 0, OPT_INT, "N", NULL, NULL, 1, JOBS_MAX, NULL }, { 0 }
	};
	struct fields f;
	struct opts o = { .table = count };
	const char *workers;
	char what[256];

	schema_read(&f, "run", "run", n, &p->params, &p->faults);
	p->timeout = duration_of(p, &f, "timeout");
	p->nice = (int)schema_int(&f, "nice");
	read_state(p, &f);
	workers = schema_text(&f, "workers");
	if (strcmp(workers, "auto") == 0)
		p->jobs = processors();
	else if (opts_set(&o, &count[0], workers, what))
		p->jobs = (unsigned)opts_int(&o, "workers");
	else
		fault_add(
		    &p->faults, schema_node(&f, "workers")->at, "run.workers %s, or auto", what);
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

static void
read_tests(struct plan *p, const struct node *n, const struct defines *d)
{
	if (n == NULL || n->kind != NODE_LIST)
		return;
	for (size_t i = 0; i < n->item.n; i++)
		read_test(p, n->item.at[i], d);
}

/* ---- the whole ---- */

static void
check_version(struct plan *p, const struct node *root, const struct node *n)
{
	if (n == NULL)
		fault_add(&p->faults, root->at, "ntag: 1 is missing, the version of the format");
	else if (n->kind != NODE_TEXT || strcmp(n->text, "1") != 0)
		fault_add(&p->faults, n->at, "ntag must be 1, the only version of the format");
}

/* What stage i would like to have of another filter, and no earlier one gives. Text and sentences are there
 * for all (record_sents()). */
static unsigned
missing(const struct plan *p, size_t i)
{
	const struct filter *f = p->stage[i].filter;
	unsigned wants;

	if (f == NULL)
		return 0;
	wants = (f->needs | f->uses) & ~(f->gives | F_TEXT | F_SENTS);
	for (size_t k = 0; k < i; k++)
		if (p->stage[k].filter != NULL)
			wants &= ~p->stage[k].filter->gives;
	return wants;
}

/* A stage that uses what a later one gives is in the wrong place, most likely. */
static void
check_order(struct plan *p)
{
	for (size_t i = 0; i < p->n_stage; i++) {
		const struct stage *s = &p->stage[i];
		unsigned wants = missing(p, i);

		for (size_t k = i + 1; k < p->n_stage; k++) {
			const struct filter *later = p->stage[k].filter;

			if (later != NULL && (later->gives & wants) != 0)
				fault_warn(&p->faults, s->at,
				    "%s uses what ntag-%s gives only later",
				    stage_name(s, &p->arena), later->name);
		}
	}
}

void
plan_parse(struct plan *p, const char *path, struct span text, const struct plan_how *how)
{
	const struct node *root;
	struct fields f;

	*p = (struct plan){ .path = path, .jobs = 1, .text_hash = manifest_hash(text, 0) };
	p->faults = (struct faults){ .file = path, .arena = &p->arena };
	root = node_read(text, &p->faults);
	if (root == NULL)
		return;
	schema_read(&f, "", "", root, NULL, &p->faults);
	if (root->kind != NODE_MAP)
		return;
	p->about = schema_text(&f, "about");
	check_version(p, root, schema_node(&f, "ntag"));
	params_read(&p->params, schema_node(&f, "params"), &how->defines, &p->faults);
	read_input(p, schema_node(&f, "input"));
	read_stages(p, root, schema_node(&f, "stages"));
	p->layers = layers_of(p);
	read_outputs(p, schema_node(&f, "output"), how->run);
	read_errors(p, schema_node(&f, "errors"));
	read_run(p, schema_node(&f, "run"));
	read_tests(p, schema_node(&f, "tests"), &how->defines);
	check_order(p);
}

/* All of a file, at most one byte more than is allowed. False with errno. */
static bool
read_file(const char *path, struct buf *text)
{
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 1;

	if (fd < 0)
		return false;
	while (n != 0 && text->n <= NODE_SIZE_MAX) {
		n = read(fd, buf_room(text, 1 << 16), 1 << 16);
		if (n > 0)
			text->n += (size_t)n;
		if (n < 0 && errno != EINTR)
			break;
	}
	close(fd);
	return n >= 0;
}

void
plan_load(struct plan *p, const char *path, const struct plan_how *how)
{
	struct buf text = { 0 };

	if (read_file(path, &text)) {
		plan_parse(p, path, buf_span(&text), how);
	} else {
		*p = (struct plan){ .path = path };
		p->faults = (struct faults){ .file = path, .arena = &p->arena };
		fault_add(&p->faults, (struct at){ 0, 0 }, "%s: %s", path, strerror(errno));
	}
	buf_free(&text);
}

void
plan_drop_stages(struct plan *p)
{
	for (size_t i = 0; i < p->n_stage; i++)
		if (p->stage[i].model != NULL)
			p->stage[i].filter->close(p->stage[i].model);
	p->n_stage = 0;
}

void
plan_free(struct plan *p)
{
	plan_drop_stages(p);
	arena_free(&p->arena);
	*p = (struct plan){ 0 };
}

void
plan_now(struct plan_how *how, struct arena *a)
{
	struct timespec t;
	struct cal day = { 1970, 1, 1 };
	long s;

	clock_gettime(CLOCK_REALTIME, &t);
	s = (long)(t.tv_sec % 86400);
	cal_from_day((int32_t)(t.tv_sec / 86400), &day);
	how->defines.today = day;
	how->run = arena_fmt(
	    a, "%04d%02d%02dT%02ld%02ld%02ldZ", day.y, day.m, day.d, s / 3600, s / 60 % 60, s % 60)
		       .p;
}

/* NAME=VALUE of the parameters, one behind the other. */
static uint64_t
hash_params(const struct plan *p, bool all)
{
	uint64_t h = 0;

	for (size_t i = 0; i < p->params.list.n; i++) {
		const struct param *one = &p->params.list.at[i];
		bool own = one->value != NULL && one->type != PARAM_DATE &&
			   (one->def == NULL || strcmp(one->def, one->value) != 0);

		if (!all && !own)
			continue;
		h = manifest_hash(span_c(one->name), h);
		h = manifest_hash(span_c(one->value == NULL ? "" : one->value), h);
	}
	return h;
}

const char *
plan_state(struct plan *p, const struct plan_how *how)
{
	const char *slash = strrchr(p->path, '/'), *base = slash == NULL ? p->path : slash + 1;
	const char *dot = strrchr(base, '.'), *dir = how->state, *env = getenv("NTAG_STATE");
	int n = dot == NULL || dot == base ? (int)strlen(base) : (int)(dot - base);
	uint64_t own = hash_params(p, false);

	if (dir == NULL && env != NULL && *env != '\0')
		dir = env;
	if (dir == NULL && slash != NULL)
		dir = arena_fmt(&p->arena, "%.*s/.ntag", (int)(slash - p->path), p->path).p;
	if (dir == NULL)
		dir = ".ntag";
	if (own == 0)
		return arena_fmt(&p->arena, "%s/%.*s.state", dir, n, base).p;
	return arena_fmt(&p->arena, "%s/%.*s-%016llx.state", dir, n, base, (unsigned long long)own)
	    .p;
}

const char *
plan_identity(struct plan *p)
{
	uint64_t h = manifest_hash(SPAN(VERSION), p->text_hash);

	return arena_fmt(&p->arena, "%016llx%016llx", (unsigned long long)h,
	    (unsigned long long)hash_params(p, true))
	    .p;
}

const char *
stage_name(const struct stage *s, struct arena *a)
{
	return s->filter == NULL ? s->argv[0] : arena_fmt(a, "ntag-%s", s->filter->name).p;
}
