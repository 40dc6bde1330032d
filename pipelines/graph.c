/* graph.c - text, DOT (Graphviz) and Mermaid from one list of nodes. */
#include "graph.h"

#include <stdio.h>
#include <stdlib.h>

#include "json.h"
#include "shell.h"

enum { NO_COUNT = -1 };

/* Records that left each stage; [0] those that were read. */
struct numbers {
	long long out[STEP_MAX + 1], written;
};

struct picture {
	const struct plan *plan;
	struct numbers n;
	struct buf *out;
};

/* ---- numbers of the last run ---- */

static long long
member(struct span object, const char *name)
{
	struct json j = { object.p, object.p + object.n, NULL };
	uint64_t v;

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span key, raw;

		if (!json_key(&j, &key) || !json_value(&j, &raw))
			return NO_COUNT;
		if (span_is(key, name))
			return json_uint(raw, INT64_MAX, &v) ? (long long)v : NO_COUNT;
	}
	return NO_COUNT;
}

/* The elements of "stages": reading first, writing last. */
static void
take_stages(struct numbers *n, struct span array, size_t n_stage)
{
	struct json j = { array.p, array.p + array.n, NULL };
	struct span one;
	size_t i = 0;

	for (bool more = json_begin(&j, '['); more && json_value(&j, &one); i++) {
		if (i > 0 && i <= n_stage)
			n->out[i] = member(one, "out");
		more = json_more(&j, ']');
	}
	for (i = i != n_stage + 2 ? 1 : n_stage + 1; i <= n_stage; i++)
		n->out[i] = NO_COUNT; /* of another version of the file */
}

static void
take_numbers(struct numbers *n, struct span json, size_t n_stage)
{
	struct json j = { json.p, json.p + json.n, NULL };

	for (size_t i = 0; i <= STEP_MAX; i++)
		n->out[i] = NO_COUNT;
	n->written = NO_COUNT;
	if (json.n == 0)
		return;
	n->out[0] = member(json, "read");
	n->written = member(json, "written");
	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span key, raw;

		if (!json_key(&j, &key) || !json_value(&j, &raw))
			return;
		if (span_is(key, "stages"))
			take_stages(n, raw, n_stage);
	}
}

/* ---- names of the nodes ---- */

static void
put_inputs(const struct plan *p, struct buf *out)
{
	if (p->files_from != NULL)
		buf_fmt(out, "the files named in %s", p->files_from);
	else if (p->files.n == 0)
		buf_str(out, "standard input");
	for (size_t i = 0; i < p->files.n; i++)
		buf_fmt(out, "%s%s", i == 0 ? "" : ", ",
		    strcmp(p->files.at[i].pattern, "-") == 0 ? "standard input"
							     : p->files.at[i].pattern);
}

static void
put_output(const struct output *o, struct buf *out)
{
	buf_str(out, o->standard ? "standard output" : o->file.text);
	if (o->form != NULL)
		buf_fmt(out, " (%s)", o->form->name);
}

/* Put a name as a label of the form: masked, and what the form needs escaped. */
static void
put_label(struct buf *name, enum graph_form form, struct buf *out)
{
	struct buf masked = { 0 };

	diag_mask(&masked, buf_span(name));
	for (size_t i = 0; i < masked.n; i++) {
		char c = masked.p[i];

		if (form == GRAPH_DOT && (c == '"' || c == '\\'))
			buf_char(out, '\\');
		if (form == GRAPH_MERMAID && c == '"')
			buf_str(out, "#quot;");
		else if (form == GRAPH_MERMAID && c == '#')
			buf_str(out, "#35;");
		else
			buf_char(out, c);
	}
	buf_free(&masked);
	buf_clear(name);
}

/* ---- the forms ---- */

static void
put_arrow(struct picture *g, enum graph_form form, long long n)
{
	if (form == GRAPH_TERM && n >= 0)
		buf_fmt(g->out, "  │ %lld\n", n);
	else if (form == GRAPH_TERM)
		buf_str(g->out, "  │\n");
	else if (form == GRAPH_DOT && n >= 0)
		buf_fmt(g->out, " [label=\"%lld\"];\n", n);
	else if (form == GRAPH_DOT)
		buf_str(g->out, ";\n");
	else if (n >= 0)
		buf_fmt(g->out, " -->|%lld| ", n);
	else
		buf_str(g->out, " --> ");
}

static void
put_term(struct picture *g)
{
	const struct plan *p = g->plan;
	struct buf name = { 0 };

	put_inputs(p, &name);
	put_label(&name, GRAPH_TERM, g->out);
	buf_char(g->out, '\n');
	for (size_t i = 0; i < p->n_stage; i++) {
		put_arrow(g, GRAPH_TERM, g->n.out[i]);
		shell_stage(&p->stage[i], &name);
		put_label(&name, GRAPH_TERM, g->out);
		buf_char(g->out, '\n');
	}
	put_arrow(g, GRAPH_TERM, g->n.written);
	for (size_t i = 0; i < p->n_output; i++) {
		put_output(&p->output[i], &name);
		buf_str(g->out, p->n_output > 1 ? (i + 1 < p->n_output ? "  ├ " : "  └ ") : "");
		put_label(&name, GRAPH_TERM, g->out);
		buf_char(g->out, '\n');
	}
	buf_free(&name);
}

/* A node: its id is a letter and a number. */
static void
put_node(struct picture *g, enum graph_form form, const char *id, struct buf *name)
{
	bool stage = *id == 's';

	buf_fmt(g->out, "  %s", id);
	buf_str(g->out, form == GRAPH_DOT ? " [label=\"" : stage ? "[\"" : "([\"");
	put_label(name, form, g->out);
	if (form == GRAPH_DOT)
		buf_str(g->out, stage ? "\"];\n" : "\", shape=note];\n");
	else
		buf_str(g->out, stage ? "\"]\n" : "\"])\n");
}

static void
put_edge(struct picture *g, enum graph_form form, const char *from, const char *to, long long n)
{
	buf_fmt(g->out, "  %s", from);
	if (form == GRAPH_DOT) {
		buf_fmt(g->out, " -> %s", to);
		put_arrow(g, form, n);
	} else {
		put_arrow(g, form, n);
		buf_fmt(g->out, "%s\n", to);
	}
}

static void
put_nodes(struct picture *g, enum graph_form form)
{
	const struct plan *p = g->plan;
	struct buf name = { 0 };
	char id[24], last[24] = "i0";

	put_inputs(p, &name);
	put_node(g, form, last, &name);
	for (size_t i = 0; i < p->n_stage; i++) {
		snprintf(id, sizeof(id), "s%zu", i + 1);
		shell_stage(&p->stage[i], &name);
		put_node(g, form, id, &name);
		put_edge(g, form, last, id, g->n.out[i]);
		memcpy(last, id, sizeof(last));
	}
	for (size_t i = 0; i < p->n_output; i++) {
		snprintf(id, sizeof(id), "o%zu", i + 1);
		put_output(&p->output[i], &name);
		put_node(g, form, id, &name);
		put_edge(g, form, last, id, g->n.written);
	}
	buf_free(&name);
}

void
graph_put(const struct plan *p, enum graph_form form, struct span numbers, struct buf *out)
{
	struct picture g = { .plan = p, .out = out };

	take_numbers(&g.n, numbers, p->n_stage);
	if (form == GRAPH_TERM) {
		put_term(&g);
		return;
	}
	buf_str(out, form == GRAPH_DOT ? "digraph pipeline {\n  rankdir=LR;\n  node [shape=box];\n"
				       : "flowchart LR\n");
	put_nodes(&g, form);
	buf_str(out, form == GRAPH_DOT ? "}\n" : "");
}
