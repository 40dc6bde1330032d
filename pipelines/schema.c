/* schema.c - the engine: a mapping against the rows of its room. */
#include "schema.h"

#include <stdio.h>

#include "ascii.h"

static const struct key *
room_find(const char *room)
{
	const struct key *k = schema;

	while (k->room != NULL && strcmp(k->room, room) != 0)
		k++;
	return k;
}

static bool
same_room(const struct key *a, const struct key *b)
{
	return b->room != NULL && strcmp(a->room, b->room) == 0;
}

/* "input.files", or "about" for a key of the file itself. */
static const char *
full_name(const struct fields *f, const char *key)
{
	if (*f->label == '\0')
		return key;
	return arena_fmt(f->faults->arena, "%s.%s", f->label, key).p;
}

static void
put_words(const char *words, struct buf *out)
{
	for (; *words != '\0'; words++) {
		if (*words == '|')
			buf_str(out, ", ");
		else
			buf_char(out, *words);
	}
}

/* The type of the row decides about a value, as it does on the command line. */
static bool
typed(struct fields *f, const struct key *k, struct at at, const char *text)
{
	struct opts one = { .table = &k->opt };
	char what[256];

	if (opts_set(&one, &k->opt, text, what))
		return true;
	fault_add(f->faults, at, "%s %s", full_name(f, k->opt.name), what);
	return false;
}

static bool
is_scalar(struct fields *f, const struct key *k, const struct node *n)
{
	if (n->kind == NODE_TEXT)
		return true;
	fault_add(f->faults, n->at, "%s must be one value, not a %s", full_name(f, k->opt.name),
	    n->kind == NODE_LIST ? "list" : "mapping");
	return false;
}

static void
read_one(struct fields *f, struct given *field, const struct node *n, const struct params *params)
{
	const char *text;

	if (!is_scalar(f, field->key, n) ||
	    !subst_cut(n->text, n->at, params, f->faults, &field->pieces) || field->pieces.unknown)
		return;
	text = subst_join(&field->pieces, f->faults->arena);
	if (typed(f, field->key, n->at, text))
		field->text = text;
}

static void
push_element(
    struct fields *f, struct given *field, const struct node *n, const struct params *params)
{
	struct pieces p = { 0 };

	if (is_scalar(f, field->key, n) && subst_cut(n->text, n->at, params, f->faults, &p))
		VEC_PUSH(f->faults->arena, &field->list, p);
}

static void
read_list(struct fields *f, struct given *field, const struct node *n, const struct params *params)
{
	if (n->kind != NODE_LIST) {
		push_element(f, field, n, params);
		return;
	}
	for (size_t i = 0; i < n->item.n; i++)
		push_element(f, field, n->item.at[i], params);
}

static void
read_container(struct fields *f, const struct key *k, const struct node *n)
{
	enum node_kind want = k->shape == SHAPE_MAP ? NODE_MAP : NODE_LIST;

	if (n->kind != want)
		fault_add(f->faults, n->at, "%s must be a %s", full_name(f, k->opt.name),
		    want == NODE_MAP ? "mapping" : "list");
}

static void
read_records(struct fields *f, const struct key *k, const struct node *n)
{
	if (n->kind == NODE_MAP || (n->kind == NODE_TEXT && *n->text == '\0'))
		fault_add(f->faults, n->at, "%s must be a list of records or a path",
		    full_name(f, k->opt.name));
	for (size_t i = 0; i < n->item.n; i++)
		if (n->item.at[i]->kind != NODE_MAP)
			fault_add(f->faults, n->item.at[i]->at, "%s: a record is a mapping",
			    full_name(f, k->opt.name));
}

static void
read_value(struct fields *f, struct given *field, const struct node *n, const struct params *params)
{
	switch (field->key->shape) {
	case SHAPE_ONE:
		read_one(f, field, n, params);
		break;
	case SHAPE_LIST:
		read_list(f, field, n, params);
		break;
	case SHAPE_RAW:
		if (is_scalar(f, field->key, n))
			field->text = n->text;
		break;
	case SHAPE_MAP:
	case SHAPE_MAPS:
		read_container(f, field->key, n);
		break;
	case SHAPE_RECORDS:
		read_records(f, field->key, n);
		break;
	}
}

static void
unknown_key(struct fields *f, const struct pair *p)
{
	const char *names[ROOM_KEYS_MAX + 1];
	size_t n = 0;

	for (const struct key *k = f->room; same_room(f->room, k); k++)
		names[n++] = k->opt.name;
	names[n] = NULL;
	fault_add(f->faults, p->at, "unknown key \"%s\" in %s%s", p->key,
	    *f->label == '\0' ? "the pipeline" : f->label, fault_near(f->faults, p->key, names));
}

static void
read_pair(struct fields *f, const struct pair *p, const struct params *params)
{
	for (const struct key *k = f->room; same_room(f->room, k); k++) {
		struct given *field = &f->at[k - f->room];

		if (strcmp(k->opt.name, p->key) != 0)
			continue;
		if (field->node != NULL) /* doubled: told by node_read() */
			return;
		field->node = p->value;
		read_value(f, field, p->value, params);
		return;
	}
	unknown_key(f, p);
}

void
schema_read(struct fields *out, const char *room, const char *label, const struct node *map,
    const struct params *params, struct faults *f)
{
	*out = (struct fields){ .room = room_find(room), .label = label, .faults = f };
	for (const struct key *k = out->room; same_room(out->room, k); k++)
		out->at[k - out->room].key = k;
	if (map == NULL)
		return;
	if (map->kind != NODE_MAP) {
		fault_add(
		    f, map->at, "%s must be a mapping", *label == '\0' ? "the pipeline" : label);
		return;
	}
	for (size_t i = 0; i < map->pair.n; i++)
		read_pair(out, &map->pair.at[i], params);
}

const struct given *
schema_field(const struct fields *f, const char *name)
{
	size_t i = 0;

	while (strcmp(f->room[i].opt.name, name) != 0)
		i++;
	return &f->at[i];
}

const struct node *
schema_node(const struct fields *f, const char *name)
{
	return schema_field(f, name)->node;
}

const char *
schema_text(const struct fields *f, const char *name)
{
	const struct given *field = schema_field(f, name);

	return field->text != NULL ? field->text : field->key->opt.def;
}

long
schema_int(const struct fields *f, const char *name)
{
	const struct given *field = schema_field(f, name);
	struct opts one = { .table = &field->key->opt, .value = { field->text } };

	return opts_int(&one, name);
}

size_t
schema_size(const struct fields *f, const char *name)
{
	const struct given *field = schema_field(f, name);
	struct opts one = { .table = &field->key->opt, .value = { field->text } };

	return opts_size(&one, name);
}

/* ---- the manual ---- */

/* Text lines of a manual page: mandoc -Wstyle wants them within 80 bytes. */
static void
put_wrapped(struct span text, struct buf *out)
{
	enum { WIDTH = 78 };

	while (text.n > WIDTH) {
		size_t n = WIDTH;

		while (n > 0 && text.p[n] != ' ')
			n--;
		if (n == 0)
			break;
		buf_put(out, span_cut(text, 0, n));
		buf_char(out, '\n');
		text = span_cut(text, n + 1, text.n);
	}
	buf_put(out, text);
	buf_char(out, '\n');
}

static void
put_key(const struct key *k, struct buf *out)
{
	unsigned char first = (unsigned char)k->opt.help[0];
	struct buf text = { 0 };

	buf_fmt(out, ".It Ic %s%s%s", k->room, *k->room == '\0' ? "" : ".", k->opt.name);
	if (k->opt.arg != NULL)
		buf_fmt(out, " : Ar %s", k->opt.arg);
	buf_char(out, '\n');
	buf_fmt(&text, "%c%s", ascii_lower(first) ? first - 32 : first, k->opt.help + 1);
	if (k->opt.of != NULL) {
		buf_str(&text, k->opt.def == NULL ? ": one of " : ": ");
		put_words(k->opt.of, &text);
	}
	if (k->opt.def != NULL)
		buf_fmt(&text, " (%s)", k->opt.def);
	buf_char(&text, '.');
	put_wrapped(buf_span(&text), out);
	buf_free(&text);
}

void
schema_mdoc(struct buf *out)
{
	buf_str(out, ".Bl -tag -width Ds\n");
	for (const struct key *k = schema; k->room != NULL; k++)
		put_key(k, out);
	buf_str(out, ".El\n");
}
