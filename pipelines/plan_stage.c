/* plan_stage.c - the stages of a pipeline file: filters with their options, other programs. */
#include "node.h"
#include "plan_own.h"
#include "program.h"
#include "registry.h"

/* A YAML list becomes the comma list, or the lines, of the command line. */
static const char *
join_list(struct plan *p, const char *label, const struct opt *o, const struct node *n)
{
	char between = o->type == OPT_LINES ? '\n' : ',';
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
		if (between == ',' && strchr(text, ',') != NULL)
			fault_add(&p->faults, item->at, "%s: a comma inside a list element", label);
		if (out.n > 0)
			buf_char(&out, between);
		buf_str(&out, text);
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
	if (n->kind == NODE_LIST && o->type != OPT_LIST && o->type != OPT_WORDS &&
	    o->type != OPT_LINES) {
		fault_add(&p->faults, n->at, "%s must be one value, not a list", label);
		return NULL;
	}
	if (n->kind == NODE_LIST)
		return join_list(p, label, o, n);
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

static bool
exec_stage(struct plan *p, struct stage *s, const struct node *n)
{
	struct fields f;
	const struct given *exec;

	schema_read(&f, "stages", "stages", n, &p->params, &p->faults);
	exec = schema_field(&f, "exec");
	s->at = n->at;
	s->timeout = plan_duration(p, &f, "timeout");
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

void
plan_stage_read(struct plan *p, const struct node *root, const struct node *n)
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
