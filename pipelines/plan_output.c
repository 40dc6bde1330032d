/* plan_output.c - the outputs of a pipeline file: where, in what form, how written. */
#include "ascii.h"
#include "node.h"
#include "plan_own.h"
#include "sinks_own.h"

static enum rows
rows_named(const char *name)
{
	enum rows i = ROWS_FOUND;

	while (name != NULL && i < N_ROWS && strcmp(rows_name[i], name) != 0)
		i++;
	return i < N_ROWS ? i : ROWS_FOUND;
}

static bool
is_table(const struct output *o)
{
	return o->form != NULL &&
	       (strcmp(o->form->name, "csv") == 0 || strcmp(o->form->name, "tsv") == 0);
}

/* A YAML list becomes the comma list of ntag-show. */
static void
read_columns(struct plan *p, struct output *o, const struct fields *f)
{
	const struct given *given = schema_field(f, "columns");
	struct buf list = { 0 };
	char what[256];

	if (given->node == NULL)
		return;
	for (size_t i = 0; i < given->list.n; i++)
		buf_fmt(
		    &list, "%s%s", i == 0 ? "" : ",", subst_join(&given->list.at[i], &p->arena));
	buf_char(&list, '\0');
	if (!is_table(o))
		fault_add(&p->faults, given->node->at, "output.columns goes with as: csv or tsv");
	else if (!columns_parse(
		     &o->columns, o->rows, arena_cstr(&p->arena, span_c(list.p)), &p->arena, what))
		fault_add(&p->faults, given->node->at, "output.columns: %s", what);
	buf_free(&list);
}

static void
read_unit(struct plan *p, struct output *o, const struct fields *f)
{
	static const char *const units[] = { "day", "week", "month" }; /* sheet_by */
	const struct node *n = schema_node(f, "group-by");
	unsigned i = 0;

	while (i < 2 && strcmp(units[i], schema_text(f, "group-by")) != 0)
		i++;
	o->by = (enum sheet_by)i;
	if (n != NULL && (o->form == NULL || (strcmp(o->form->name, "timeline") != 0 &&
						 strcmp(o->form->name, "spark") != 0)))
		fault_add(&p->faults, n->at, "output.group-by goes with as: timeline or spark");
}

static void
read_form(struct plan *p, struct output *o, const struct fields *f)
{
	const char *as = schema_text(f, "as");
	const struct node *rows = schema_node(f, "rows"), *header = schema_node(f, "header");

	o->form = as == NULL ? NULL : form_find(as);
	o->rows = rows_named(schema_text(f, "rows"));
	o->header =
	    schema_text(f, "header") != NULL && strcmp(schema_text(f, "header"), "true") == 0;
	if (rows != NULL && !is_table(o))
		fault_add(&p->faults, rows->at, "output.rows goes with as: csv or tsv");
	if (header != NULL && o->header && !is_table(o))
		fault_add(&p->faults, header->at, "output.header goes with as: csv or tsv");
	read_columns(p, o, f);
	read_unit(p, o, f);
}

/* ---- where ---- */

/* Can a value stand in a condition without quotes, and mean itself? */
static bool
is_word(struct span v)
{
	static const char *const words[] = { "and", "or", "not", "in", "exists" };
	bool good = v.n > 0;

	for (size_t i = 0; i < v.n; i++) {
		unsigned char c = (unsigned char)v.p[i];

		good &= ascii_alnum(c) || c == '_' || c == '-' || c == ':' ||
			(c == '.' && (i == 0 || v.p[i - 1] != '.'));
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		good &= !span_is(v, words[i]);
	return good;
}

static bool
ends_word(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == ',' || c == '(' || c == ')' || c == '[' ||
	       c == ']';
}

/* Escaped as it must be between these quotes. False: it cannot be. */
static bool
put_quoted(struct span v, char quote, struct buf *out)
{
	if (quote == '\'' && v.n > 0 && memchr(v.p, quote, v.n) != NULL)
		return false;
	for (size_t i = 0; i < v.n; i++) {
		if (quote == '"' && (v.p[i] == '"' || v.p[i] == '\\'))
			buf_char(out, '\\');
		buf_char(out, v.p[i]);
	}
	return true;
}

/* Outside of quotes: a word that means itself, or a whole VALUE, which is put into quotes. */
static bool
put_value(struct span v, char next, struct buf *out)
{
	if (is_word(v)) {
		buf_put(out, v);
		return true;
	}
	if ((out->n > 0 && !ends_word(out->p[out->n - 1])) || !ends_word(next))
		return false;
	buf_char(out, '"');
	put_quoted(v, '"', out);
	buf_char(out, '"');
	return true;
}

/* Text of the file; quotes open where a word begins. */
static void
put_text(struct span s, char *quote, struct buf *out)
{
	for (size_t k = 0; k < s.n; k++) {
		char c = s.p[k];

		if (*quote == '"' && c == '\\' && k + 1 < s.n)
			buf_char(out, s.p[k++]);
		else if (c == *quote)
			*quote = 0;
		else if (*quote == 0 && (c == '"' || c == '\'') &&
			 (out->n == 0 || ends_word(out->p[out->n - 1])))
			*quote = c;
		buf_char(out, s.p[k]);
	}
}

/* The condition with its parameters put in, each as part of one VALUE whatever is in it: a value is never read as a
 * condition (FAULTS C10). False: one stands where that cannot be. */
static bool
condition_text(const struct pieces *p, struct buf *out)
{
	char quote = 0;

	for (size_t i = 0; i < p->list.n; i++) {
		const struct piece *it = &p->list.at[i];
		bool more = i + 1 < p->list.n && p->list.at[i + 1].text.n > 0;
		char next = more ? p->list.at[i + 1].text.p[0] : ' ';

		if (!it->value)
			put_text(it->text, &quote, out);
		else if (quote != 0 ? !put_quoted(it->text, quote, out)
				    : !put_value(it->text, next, out))
			return false;
	}
	return true;
}

/* The column in the file, where the text stands there as it is; else the beginning of the value. */
static struct at
place_in(const struct node *n, struct span text, size_t column)
{
	struct at at = n->at;

	if (n->to - n->from >= text.n && span_is(text, n->text) && n->to - n->from <= text.n + 2)
		at.col += column - 1 + !n->plain;
	return at;
}

static void
read_where(struct plan *p, struct output *o, const struct fields *f, const struct plan_how *how)
{
	const struct given *given = schema_field(f, "where");
	struct where_how w = { .today = cal_day(how->defines.today) };
	struct where_fault fault;
	struct buf text = { 0 };

	if (given->node == NULL || given->text == NULL)
		return;
	o->where = where_new(&w);
	if (!condition_text(&given->pieces, &text))
		fault_add(&p->faults, given->node->at,
		    "output.where: a parameter must be in quotes that stand free, as in ent "
		    "\"PERSON=${who}\" or id = \"${id}\"");
	else if (!where_parse(o->where, buf_span(&text), &fault))
		fault_add(&p->faults, place_in(given->node, buf_span(&text), fault.column),
		    "output.where: %s", fault.what);
	else
		where_close(o->where);
	buf_free(&text);
}

/* ---- the whole ---- */

static void
read_output(struct plan *p, const struct node *n, const struct plan_how *how)
{
	struct output *o = &p->output[p->n_output];
	struct fields f;
	const struct given *file;

	schema_read(&f, "output", "output", n, &p->params, &p->faults);
	file = schema_field(&f, "file");
	*o = (struct output){ .at = n->at, .open_files = (size_t)schema_int(&f, "open-files") };
	read_form(p, o, &f);
	read_where(p, o, &f, how);
	o->append = strcmp(schema_text(&f, "write"), "append") == 0;
	o->fresh = strcmp(schema_text(&f, "write"), "new") == 0;
	if (o->append && sinks_sum_parts(o->form) != 0)
		fault_add(&p->faults, schema_node(&f, "write")->at,
		    "output.write: a picture of all records cannot be appended");
	o->standard = file->node == NULL || (file->text != NULL && strcmp(file->text, "-") == 0);
	if (file->node == NULL)
		fault_add(&p->faults, n->at, "output.file is missing");
	else
		o->at = file->node->at;
	if (file->node != NULL && file->text != NULL && /* else it is said, or unknown */
	    (o->standard ||
		template_parse(&o->file, &file->pieces, file->node->at, how->run, &p->faults))) {
		p->n_output++;
		return;
	}
	where_free(o->where);
	o->where = NULL;
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
plan_output_read(struct plan *p, const struct node *n, const struct plan_how *how)
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
		read_output(p, n->item.at[i], how);
	}
	check_outputs(p);
}
