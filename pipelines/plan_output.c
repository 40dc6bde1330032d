/* plan_output.c - the outputs of a pipeline file: where, in what form, how written. */
#include "plan_own.h"

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

void
plan_output_read(struct plan *p, const struct node *n, const char *run)
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
