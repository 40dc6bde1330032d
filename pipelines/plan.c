/* plan.c - the tree of a pipeline file -> a plan: input here, the other rooms in plan_*.c. */
#include "plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "duration.h"
#include "inputs.h"
#include "manifest.h"
#include "node.h"
#include "plan_own.h"

double
plan_duration(struct plan *p, const struct fields *f, const char *key)
{
	const char *text = schema_text(f, key);
	double seconds = 0;

	if (text != NULL && !duration_parse(text, &seconds))
		fault_add(&p->faults, schema_node(f, key)->at,
		    "%s.%s must be a duration such as 30s, 5m or 2h, not \"%s\"", f->label, key,
		    text);
	return seconds;
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
	p->settle = plan_duration(p, &f, "settle");
	p->files_from = schema_text(&f, "files-from");
	if (from != NULL)
		p->files_from_at = from->at;
	if (from != NULL && schema_node(&f, "files") != NULL)
		fault_add(&p->faults, from->at, "input has files or files-from, not both");
	read_files(p, schema_field(&f, "files"));
}

/* ---- the whole ---- */

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

	*p = (struct plan){
		.path = path, .jobs = 1, .shard = { 1, 1 }, .text_hash = manifest_hash(text, 0)
	};
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
	plan_stage_read(p, root, schema_node(&f, "stages"));
	p->layers = layers_of(p);
	plan_output_read(p, schema_node(&f, "output"), how);
	plan_run_read_errors(p, schema_node(&f, "errors"));
	plan_run_read(p, schema_node(&f, "run"), how->shard);
	plan_run_read_log(p, schema_node(&f, "log"));
	if (how->metrics != NULL)
		p->log.metrics = how->metrics;
	if (how->log_format != NULL)
		p->log.json = strcmp(how->log_format, "json") == 0;
	plan_run_read_tests(p, schema_node(&f, "tests"), &how->defines);
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
	for (size_t i = 0; i < OUTPUT_MAX; i++)
		where_free(p->output[i].where);
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

void
plan_show(struct plan *p, const struct form *form)
{
	for (size_t i = 0; i < p->n_output; i++)
		where_free(p->output[i].where);
	memset(p->output, 0, sizeof(p->output));
	p->n_output = 1;
	p->output[0] = (struct output){ .standard = true, .form = form };
}

void
plan_until(struct plan *p, size_t n)
{
	p->n_stage = n;
	p->layers = layers_of(p);
}

void
plan_retry(struct plan *p, char *letters)
{
	p->retry = p->stateful = p->only_new = true;
	p->settle = 0;
	p->shard = (struct shard){ 1, 1 };
	p->files_from = NULL;
	p->files.n = p->names.list.n = 0;
	p->standard_input = false;
	VEC_PUSH(&p->arena, &p->names.list, letters);
}

const char *
plan_name(struct plan *p)
{
	const char *slash = strrchr(p->path, '/'), *base = slash == NULL ? p->path : slash + 1;
	const char *dot = strrchr(base, '.');

	return dot == NULL || dot == base
		   ? base
		   : arena_cstr(&p->arena, (struct span){ base, (size_t)(dot - base) });
}

const char *
plan_state(struct plan *p, const struct plan_how *how)
{
	const char *slash = strrchr(p->path, '/'), *name = plan_name(p);
	const char *dir = how->state, *env = getenv("NTAG_STATE");
	const char *params = "", *shard = "";
	uint64_t own = hash_params(p, false);

	if (dir == NULL && env != NULL && *env != '\0')
		dir = env;
	if (dir == NULL && slash != NULL)
		dir = arena_fmt(&p->arena, "%.*s/.ntag", (int)(slash - p->path), p->path).p;
	if (dir == NULL)
		dir = ".ntag";
	if (own != 0)
		params = arena_fmt(&p->arena, "-%016llx", (unsigned long long)own).p;
	if (p->shard.n > 1)
		shard = arena_fmt(&p->arena, ".%u-of-%u", p->shard.i, p->shard.n).p;
	return arena_fmt(
	    &p->arena, "%s/%s%s%s%s.state", dir, name, params, shard, p->retry ? ".retry" : "")
	    .p;
}

const char *
plan_places(struct plan *p)
{
	uint64_t h = manifest_hash(span_c(p->errors_to == NULL ? "" : p->errors_to), 0);

	for (size_t i = 0; i < p->n_output; i++)
		if (!p->output[i].standard)
			h = manifest_hash(span_c(p->output[i].file.text), h);
	return arena_fmt(&p->arena, "%016llx", (unsigned long long)h).p;
}

const char *
plan_identity(struct plan *p)
{
	uint64_t h = manifest_hash(SPAN(VERSION), p->text_hash);

	h = manifest_hash((struct span){ (const char *)&p->shard, sizeof(p->shard) }, h);
	return arena_fmt(&p->arena, "%016llx%016llx", (unsigned long long)h,
	    (unsigned long long)hash_params(p, true))
	    .p;
}

const char *
stage_name(const struct stage *s, struct arena *a)
{
	return s->filter == NULL ? s->argv[0] : arena_fmt(a, "ntag-%s", s->filter->name).p;
}
