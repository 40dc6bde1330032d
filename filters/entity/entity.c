/* entity.c - the plot: passage -> tagger -> typing -> full names -> layer "ents". */
#include "entity.h"

#include <stdlib.h>

#include "gaz.h"
#include "json.h"
#include "kind.h"
#include "link.h"
#include "names.h"
#include "own.h"
#include "tag.h"
#include "type.h"

extern const struct blob blob_entity_keywords;

static const struct opt options[] = {
	{ "only", 0, OPT_LIST, "LABELS", NULL,
	    "PERSON|NORP|FAC|ORG|GPE|LOC|PRODUCT|EVENT|WORK_OF_ART|LAW|LANGUAGE", 0, 0,
	    "write names with these labels only" },
	{ "min-confidence", 0, OPT_NUMBER, "X", NULL, NULL, 0, 1,
	    "leave out names that are less certain than X, from 0 to 1" },
	{ "confidence", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "write how certain each name is, from 0 to 1" },
	{ "gazetteer", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "names to be found wherever they stand: name, label, name to be written, id (TSV)" },
	{ "ignore", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "names to be left out: name, and the label that it is left out as (TSV)" },
	{ "link", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0,
	    "write ISO codes of countries, GeoNames ids and places of cities" },
	{ "explain", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, "write why each name is what it is" },
	{ "model", 0, OPT_PATH, "FILE", NULL, NULL, 0, 0,
	    "trained model; \"builtin\" is the small one inside the program" },
	{ NULL, 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, NULL },
};

static const struct blob *const blobs[] = { &blob_entity_keywords, NULL };

struct entity {
	struct arena arena;
	struct model model;
	struct kinds *kinds;
	struct names *names;
	struct own *own;          /* the user's lists */
	unsigned only;            /* set of 1 << enum ent_label */
	uint8_t least;            /* hundredths */
	bool confidence, explain; /* to be written */
	bool sure;                /* confidence is to be found out */
	bool link;                /* countries and cities */
};

static void
entity_close(void *model)
{
	struct entity *e = model;

	if (e == NULL)
		return;
	model_close(&e->model);
	arena_free(&e->arena);
	free(e);
}

static void *
entity_open(const struct opts *o, struct diag *d)
{
	struct entity *e = calloc(1, sizeof(*e));

	if (e == NULL)
		die_oom(sizeof(*e));
	if (!model_open(&e->model, opts_text(o, "model"), d)) {
		entity_close(e);
		return NULL;
	}
	e->own = own_open(opts_text(o, "gazetteer"), opts_text(o, "ignore"), &e->arena, d);
	if (e->own == NULL) {
		entity_close(e);
		return NULL;
	}
	e->kinds = kinds_new(&e->arena);
	e->names = names_new(&e->arena);
	for (unsigned l = 0; l < N_ENT; l++)
		if (!opts_given(o, "only") || opts_has(o, "only", ent_name[l]))
			e->only |= 1U << l;
	if (opts_given(o, "min-confidence"))
		e->least = (uint8_t)(opts_number(o, "min-confidence") * 100 + 0.5);
	e->confidence = opts_on(o, "confidence");
	e->explain = opts_on(o, "explain");
	e->link = opts_on(o, "link");
	e->sure = e->confidence || e->explain || e->least > 0;
	return e;
}

static void *
entity_worker_open(const void *model)
{
	const struct entity *e = model;
	struct vocab *v = calloc(1, sizeof(*v));

	if (v == NULL)
		die_oom(sizeof(*v));
	vocab_init(v, &e->model, e->kinds);
	return v;
}

static void
entity_worker_close(void *own)
{
	if (own != NULL)
		vocab_free(own);
	free(own);
}

/* What is known of one record on its way. */
struct scene {
	const struct entity *e;
	struct record *r;
	struct passage p;
	const struct tokens *tokens;
	struct names_found found;
	struct name_use *use; /* of each name */
	struct span *place;   /* of each name: members for --link, or absent */
	struct arena *arena;
};

/* Full names, found among all names before any is left out. */
static void
link_names(struct scene *s)
{
	s->use = arena_alloc(s->arena, s->found.n, sizeof(*s->use));
	for (size_t i = 0; i < s->found.n; i++) {
		const struct name *n = &s->found.at[i];

		s->use[i].start = s->p.tok[n->first].start;
		s->use[i].end = s->p.tok[n->last].end;
		s->use[i].kind = (uint8_t)names_kind(n->label);
	}
	names_link(s->e->names, s->p.text, s->use, s->found.n, s->arena);
}

/* Names of countries and cities are looked up together. */
static void
find_places(struct scene *s)
{
	struct link *link = arena_alloc(s->arena, s->found.n, sizeof(*link));
	size_t n = 0, k = 0;

	s->place = arena_alloc(s->arena, s->found.n, sizeof(*s->place));
	if (!s->e->link)
		return;
	for (size_t i = 0; i < s->found.n; i++)
		if (s->found.at[i].label == ENT_GPE)
			link[n++] =
			    (struct link){ s->use[i].start, s->use[i].end, s->use[i].name, NULL };
	link_places(link, n, s->p.text, s->arena);
	for (size_t i = 0; i < s->found.n; i++)
		if (s->found.at[i].label == ENT_GPE && link[k++].is != NULL)
			s->place[i] = link_members(link[k - 1].is, s->r->arena);
}

/* "tagged LOC 0.97; lists COUNTRY CITY", "given". */
static struct span
why(const struct scene *s, const struct name *n)
{
	uint32_t lists = 0;
	struct buf b = { 0 };
	struct span text;

	buf_fmt(
	    &b, "tagged %s 0.%02u", class_name[n->cls], n->confidence > 99 ? 99U : n->confidence);
	for (uint32_t i = n->first; i <= n->last; i++)
		lists |= n->first == n->last ? s->p.tok[i].lists : s->p.tok[i].lists >> 16;
	if ((lists & LIST_ALL) != 0)
		buf_str(&b, "; lists");
	for (unsigned k = 0; k < N_LIST; k++)
		if (lists & 1U << k)
			buf_fmt(&b, " %s", gaz_list[k]);
	text = arena_copy(s->r->arena, buf_span(&b));
	buf_free(&b);
	return text;
}

/* What the gazetteer gives to name i, or to the full name that it is short for. */
static struct own_given
given_to(const struct scene *s, size_t i)
{
	struct own_given given = own_given(s->e->own, &s->p, s->tokens, &s->found.at[i]);
	uint32_t full = s->use[i].same;

	if (given.name.p == NULL && given.id.p == NULL && full != i)
		given = own_given(s->e->own, &s->p, s->tokens, &s->found.at[full]);
	return given;
}

/* The members of the place with the user's id behind them. */
static struct span
with_id(const struct scene *s, struct span place, struct span id)
{
	struct buf b = { 0 };
	struct span all;

	if (id.p == NULL)
		return place;
	buf_put(&b, place);
	buf_str(&b, place.n > 0 ? ",\"id\":" : "\"id\":");
	json_put(&b, id);
	all = arena_copy(s->r->arena, buf_span(&b));
	buf_free(&b);
	return all;
}

static void
write_ent(const struct scene *s, size_t i)
{
	const struct name *n = &s->found.at[i];
	struct ent ent = { .start = s->use[i].start,
		.end = s->use[i].end,
		.label = n->label,
		.confidence = s->e->confidence ? n->confidence : CONFIDENCE_NONE };
	struct own_given given;

	if (!(s->e->only & 1U << n->label) || (s->e->sure && n->confidence < s->e->least))
		return;
	given = given_to(s, i);
	ent.name = given.name.p == NULL ? s->use[i].name : given.name;
	ent.place = with_id(s, s->place[i], given.id);
	if (s->e->explain)
		ent.why = why(s, n);
	VEC_PUSH(s->r->arena, &s->r->ents, ent);
}

static enum verdict
entity_annotate(const void *model, struct record *r, struct work *w)
{
	const struct entity *e = model;
	struct scene s = { .e = e, .r = r, .arena = w->arena, .tokens = record_tokens(r) };

	passage_make(&s.p, w->own, r, w->arena);
	tag(&e->model, &s.p, e->sure, &s.found, w->arena);
	type_names(&e->model, &s.p, &s.found, w->arena);
	own_apply(e->own, &s.p, s.tokens, &s.found, w->arena);
	link_names(&s);
	find_places(&s);
	record_own(r, LAYER_ENTS);
	for (size_t i = 0; i < s.found.n; i++)
		write_ent(&s, i);
	return KEEP;
}

static void
version(const struct opts *o, struct buf *out)
{
	model_version(opts_text(o, "model"), out);
}

const struct filter filter_entity = {
	.name = "entity",
	.summary = "mark the names of persons, organisations, places and more",
	.example =
	    "ntag-entity articles/*.txt\n"
	    "ntag-entity -o tsv --only=PERSON articles/ | cut -f 11 | sort | uniq -c | sort -rn",
	.needs = F_TEXT,
	.uses = F_SENTS,
	.gives = F_ENTS,
	.option = options,
	.blob = blobs,
	.open = entity_open,
	.annotate = entity_annotate,
	.close = entity_close,
	.worker_open = entity_worker_open,
	.worker_close = entity_worker_close,
	.version = version,
};
