/* node.c - libyaml events -> nodes, with a stack of fixed depth. */
#include "node.h"

#include <stdlib.h>
#include <yaml.h>

#include "diag.h"
#include "utf8.h"

/* A container that is not ended yet, and the key that waits for its value. */
struct level {
	struct node *node;
	bool have_key;
	const char *key;
	struct at key_at;
};

struct builder {
	struct faults *faults;
	struct level level[NODE_DEPTH_MAX];
	size_t depth;
	const struct node *root;
	bool broken;
};

static struct at
place(yaml_mark_t m)
{
	return (struct at){ m.line + 1, m.column + 1 };
}

/* Line and column of a byte: for faults whose mark libyaml leaves at the start of the text. */
static struct at
place_of(struct span text, size_t offset)
{
	struct at at = { 1, 1 };

	for (size_t i = 0; i < offset && i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == '\n')
			at = (struct at){ at.line + 1, 1 };
		else if ((c & 0xC0) != 0x80)
			at.col++;
	}
	return at;
}

static void
refuse(struct builder *b, struct at at, const char *what)
{
	fault_add(b->faults, at, "%s", what);
	b->broken = true;
}

static void
add_pair(struct builder *b, struct level *l, const struct node *n)
{
	if (!l->have_key) {
		if (n->kind != NODE_TEXT) {
			refuse(b, n->at, "a key must be plain text");
			return;
		}
		if (n->plain && strcmp(n->text, "<<") == 0) {
			refuse(b, n->at, "merge keys are not allowed");
			return;
		}
		l->key = n->text;
		l->key_at = n->at;
		l->have_key = true;
		return;
	}
	VEC_PUSH(b->faults->arena, &l->node->pair, (struct pair){ l->key, l->key_at, n });
	l->have_key = false;
}

static void
add(struct builder *b, const struct node *n)
{
	struct level *top = b->depth == 0 ? NULL : &b->level[b->depth - 1];

	if (top == NULL)
		b->root = n;
	else if (top->node->kind == NODE_LIST)
		/* NOLINTNEXTLINE(bugprone-sizeof-expression): a list of pointers it is */
		VEC_PUSH(b->faults->arena, &top->node->item, n);
	else
		add_pair(b, top, n);
}

static struct node *
node_new(struct builder *b, enum node_kind kind, const yaml_event_t *e)
{
	struct node *n = ARENA_NEW(b->faults->arena, struct node, 1);

	n->kind = kind;
	n->at = place(e->start_mark);
	n->from = e->start_mark.index;
	n->to = e->end_mark.index;
	return n;
}

static void
open_level(struct builder *b, enum node_kind kind, const yaml_event_t *e)
{
	struct node *n = node_new(b, kind, e);

	if (b->depth == NODE_DEPTH_MAX) {
		refuse(b, n->at, "nested more than 16 deep");
		return;
	}
	n->block = kind == NODE_LIST ? e->data.sequence_start.style != YAML_FLOW_SEQUENCE_STYLE
				     : e->data.mapping_start.style != YAML_FLOW_MAPPING_STYLE;
	/* A container in the place of a key is refused by add_pair(). */
	add(b, n);
	b->level[b->depth++] = (struct level){ .node = n };
}

static int
by_key(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	if (c != 0)
		return c;
	return x->at.line != y->at.line ? (x->at.line < y->at.line ? -1 : 1)
					: (x->at.col < y->at.col ? -1 : 1);
}

/* libyaml takes doubled keys in silence (FAULTS C3). Sorted, so that 100,000 keys are no matter. */
static void
check_doubled(struct builder *b, const struct node *n)
{
	struct pair *sorted;

	if (n->pair.n < 2)
		return;
	sorted = ARENA_NEW(b->faults->arena, struct pair, n->pair.n);
	memcpy(sorted, n->pair.at, n->pair.n * sizeof(*sorted));
	qsort(sorted, n->pair.n, sizeof(*sorted), by_key);
	for (size_t i = 1; i < n->pair.n; i++)
		if (strcmp(sorted[i - 1].key, sorted[i].key) == 0)
			fault_add(b->faults, sorted[i].at, "duplicate key \"%s\"", sorted[i].key);
}

/* A container without brackets ends with its last part: libyaml's mark stands before the next token. */
static void
set_end(struct node *n, const yaml_event_t *e)
{
	if (!n->block)
		n->to = e->end_mark.index;
	else if (n->item.n > 0)
		n->to = n->item.at[n->item.n - 1]->to;
	else if (n->pair.n > 0)
		n->to = n->pair.at[n->pair.n - 1].value->to;
}

static void
close_level(struct builder *b, const yaml_event_t *e)
{
	struct node *n;

	if (b->depth == 0) /* libyaml never ends what it did not begin */
		return;
	n = b->level[--b->depth].node;
	set_end(n, e);
	check_doubled(b, n);
}

static void
scalar(struct builder *b, const yaml_event_t *e)
{
	struct node *n = node_new(b, NODE_TEXT, e);
	struct span text = { (const char *)e->data.scalar.value, e->data.scalar.length };

	if (memchr(text.p, '\0', text.n) != NULL) {
		refuse(b, n->at, "a NUL byte is not allowed");
		return;
	}
	n->text = arena_cstr(b->faults->arena, text);
	n->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	add(b, n);
}

/* What makes YAML dangerous or ambiguous is refused where it is first seen. */
static bool
forbidden(struct builder *b, const yaml_event_t *e)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (e->type == YAML_SCALAR_EVENT) {
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
	} else if (e->type == YAML_SEQUENCE_START_EVENT) {
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
	} else if (e->type == YAML_MAPPING_START_EVENT) {
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
	}
	if (anchor != NULL || e->type == YAML_ALIAS_EVENT)
		refuse(b, place(e->start_mark), "anchors and aliases are not allowed");
	else if (tag != NULL)
		refuse(b, place(e->start_mark), "tags are not allowed");
	else if (e->type == YAML_DOCUMENT_START_EVENT && b->root != NULL)
		refuse(b, place(e->start_mark), "a second document is not allowed");
	return b->broken;
}

static void
take(struct builder *b, const yaml_event_t *e)
{
	if (forbidden(b, e))
		return;
	switch (e->type) {
	case YAML_MAPPING_START_EVENT:
		open_level(b, NODE_MAP, e);
		break;
	case YAML_SEQUENCE_START_EVENT:
		open_level(b, NODE_LIST, e);
		break;
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		close_level(b, e);
		break;
	case YAML_SCALAR_EVENT:
		scalar(b, e);
		break;
	default: /* stream and document marks */
		break;
	}
}

static void
parser_fault(struct builder *b, const yaml_parser_t *p, struct span text)
{
	if (p->error == YAML_MEMORY_ERROR)
		die_oom(0);
	b->broken = true;
	if (p->error == YAML_READER_ERROR) /* its mark says 1:1 */
		fault_add(
		    b->faults, place_of(text, p->problem_offset), "invalid YAML: %s", p->problem);
	else if (p->context != NULL)
		fault_add(b->faults, place(p->problem_mark), "invalid YAML: %s (%s)", p->problem,
		    p->context);
	else
		fault_add(b->faults, place(p->problem_mark), "invalid YAML: %s", p->problem);
}

static void
parse(struct builder *b, struct span text)
{
	yaml_parser_t p;
	yaml_event_t e;
	bool more = true;

	if (yaml_parser_initialize(&p) == 0)
		die_oom(sizeof(p));
	yaml_parser_set_input_string(&p, (const unsigned char *)text.p, text.n);
	yaml_parser_set_encoding(&p, YAML_UTF8_ENCODING);
	while (more && !b->broken) {
		if (yaml_parser_parse(&p, &e) == 0) {
			parser_fault(b, &p, text);
			break;
		}
		more = e.type != YAML_STREAM_END_EVENT;
		take(b, &e);
		yaml_event_delete(&e);
	}
	yaml_parser_delete(&p);
}

const struct node *
node_read(struct span text, struct faults *f)
{
	struct builder b = { .faults = f };
	size_t valid;

	if (span_starts(text, SPAN("\xEF\xBB\xBF")))
		text = span_cut(text, 3, text.n);
	valid = utf8_valid(text);
	if (text.n > NODE_SIZE_MAX)
		fault_add(f, (struct at){ 1, 1 }, "longer than 1 MiB");
	else if (valid < text.n)
		fault_add(f, place_of(text, valid), "invalid UTF-8");
	else
		parse(&b, text);
	if (b.root == NULL && f->n_fault == 0)
		fault_add(f, (struct at){ 1, 1 }, "the file is empty");
	return b.broken ? NULL : b.root;
}

const struct node *
node_get(const struct node *map, const char *key)
{
	if (map == NULL || map->kind != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->pair.n; i++)
		if (strcmp(map->pair.at[i].key, key) == 0)
			return map->pair.at[i].value;
	return NULL;
}
