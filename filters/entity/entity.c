/* entity.c - the plot: passage -> tagger -> typing -> full names -> layer "ents". */
#include "entity.h"

#include <stdlib.h>

#include "kind.h"
#include "names.h"
#include "tag.h"
#include "type.h"

extern const struct blob blob_entity_keywords;

static const struct opt options[] = {
	{ "only", 0, OPT_LIST, "LABELS", NULL,
	    "PERSON|NORP|FAC|ORG|GPE|LOC|PRODUCT|EVENT|WORK_OF_ART|LAW|LANGUAGE", 0, 0,
	    "write names with these labels only" },
	{ "min-confidence", 0, OPT_NUMBER, "X", NULL, NULL, 0, 1,
	    "leave out names that are less certain than X, from 0 to 1" },
	{ "confidence", 0, OPT_SWITCH, NULL, NULL, NULL, 0, 0, "write how certain each name is" },
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
	unsigned only;         /* set of 1 << enum ent_label */
	uint8_t least;         /* hundredths */
	bool confidence, sure; /* to be written; to be found out */
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
	e->kinds = kinds_new(&e->arena);
	e->names = names_new(&e->arena);
	for (unsigned l = 0; l < N_ENT; l++)
		if (!opts_given(o, "only") || opts_has(o, "only", ent_name[l]))
			e->only |= 1U << l;
	if (opts_given(o, "min-confidence"))
		e->least = (uint8_t)(opts_number(o, "min-confidence") * 100 + 0.5);
	e->confidence = opts_on(o, "confidence");
	e->sure = e->confidence || e->least > 0;
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

static uint8_t
kind_of_name(uint8_t label)
{
	switch (label) {
	case ENT_PERSON:
		return NAME_PERSON;
	case ENT_ORG:
		return NAME_ORG;
	case ENT_GPE:
	case ENT_LOC:
	case ENT_FAC:
		return NAME_PLACE;
	case ENT_NORP:
		return NAME_PEOPLE;
	default:
		return NAME_OTHER;
	}
}

/* Full names, found among all names before any is left out. */
static struct name_use *
link_names(const struct entity *e, const struct passage *p, const struct names_found *found,
    struct arena *a)
{
	struct name_use *use = arena_alloc(a, found->n, sizeof(*use));

	for (size_t i = 0; i < found->n; i++) {
		const struct name *n = &found->at[i];

		use[i].start = p->tok[n->first].start;
		use[i].end = p->tok[n->last].end;
		use[i].kind = kind_of_name(n->label);
	}
	names_link(e->names, p->text, use, found->n, a);
	return use;
}

static void
write_ents(const struct entity *e, struct record *r, const struct names_found *found,
    const struct name_use *use)
{
	record_own(r, LAYER_ENTS);
	for (size_t i = 0; i < found->n; i++) {
		const struct name *n = &found->at[i];

		if (!(e->only & 1U << n->label) || (e->sure && n->confidence < e->least))
			continue;
		VEC_PUSH(r->arena, &r->ents,
		    (struct ent){ .start = use[i].start,
			.end = use[i].end,
			.label = n->label,
			.confidence = e->confidence ? n->confidence : CONFIDENCE_NONE,
			.name = use[i].name });
	}
}

static enum verdict
entity_annotate(const void *model, struct record *r, struct work *w)
{
	const struct entity *e = model;
	struct names_found found = { 0 };
	struct passage p;

	passage_make(&p, w->own, r, w->arena);
	tag(&e->model, &p, e->sure, &found, w->arena);
	type_names(&e->model, &p, &found, w->arena);
	write_ents(e, r, &found, link_names(e, &p, &found, w->arena));
	return KEEP;
}

const struct filter filter_entity = {
	.name = "entity",
	.summary = "mark the names of persons, organisations, places and more",
	.example =
	    "ntag-entity articles/*.txt\n"
	    "ntag-entity -o tsv --only=PERSON articles/ | cut -f10 | sort | uniq -c | sort -rn",
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
};
