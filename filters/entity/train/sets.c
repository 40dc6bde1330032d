/* sets.c - read one data set and harmonise its labels. */
#include "sets.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "../features.h"
#include "../gaz.h"
#include "../kind.h"
#include "ascii.h"
#include "json.h"
#include "marks.h"
#include "swap.h"

/* Sets of classes: what a label that is not told precisely may be. */
enum {
	OUTSIDE = 0,
	PLACES = 1U << CLASS_LOC | 1U << CLASS_FAC,
	THINGS = 1U << CLASS_EVENT | 1U << CLASS_LAW | 1U << CLASS_THING,
	OTHERS = THINGS | 1U << CLASS_NORP,
};

/* What a label of a set means here. */
struct meaning {
	const char *label;
	unsigned cls;    /* classes, or OUTSIDE; not looked at if the label is told */
	uint8_t precise; /* enum ent_label, or N_ENT: not told */
};

static const struct meaning meanings[] = {
	{ "PER", OUTSIDE, ENT_PERSON },
	{ "PERSON", OUTSIDE, ENT_PERSON },
	{ "ORG", OUTSIDE, ENT_ORG },
	{ "LOC", PLACES, N_ENT },
	{ "GPE", OUTSIDE, ENT_GPE },
	{ "FAC", OUTSIDE, ENT_FAC },
	{ "MISC", OTHERS, N_ENT },
	{ "NORP", OUTSIDE, ENT_NORP },
	{ "PRODUCT", OUTSIDE, ENT_PRODUCT },
	{ "EVENT", OUTSIDE, ENT_EVENT },
	{ "WORK_OF_ART", OUTSIDE, ENT_WORK_OF_ART },
	{ "LAW", OUTSIDE, ENT_LAW },
	{ "LANGUAGE", OUTSIDE, ENT_LANGUAGE },
};

static const struct meaning crossner[] = {
	{ "PERSON", OUTSIDE, ENT_PERSON },
	{ "POLITICIAN", OUTSIDE, ENT_PERSON },
	{ "SCIENTIST", OUTSIDE, ENT_PERSON },
	{ "MUSICALARTIST", OUTSIDE, ENT_PERSON },
	{ "WRITER", OUTSIDE, ENT_PERSON },
	{ "RESEARCHER", OUTSIDE, ENT_PERSON },
	{ "ORGANISATION", OUTSIDE, ENT_ORG },
	{ "POLITICALPARTY", OUTSIDE, ENT_ORG },
	{ "UNIVERSITY", OUTSIDE, ENT_ORG },
	{ "BAND", OUTSIDE, ENT_ORG },
	{ "MAGAZINE", OUTSIDE, ENT_ORG },
	{ "LOCATION", PLACES, N_ENT },
	{ "COUNTRY", OUTSIDE, ENT_GPE },
	{ "EVENT", OUTSIDE, ENT_EVENT },
	{ "ELECTION", OUTSIDE, ENT_EVENT },
	{ "CONFERENCE", OUTSIDE, ENT_EVENT },
	{ "AWARD", THINGS, N_ENT },
	{ "MISC", OTHERS, N_ENT },
	{ "ALBUM", OUTSIDE, ENT_WORK_OF_ART },
	{ "SONG", OUTSIDE, ENT_WORK_OF_ART },
	{ "BOOK", OUTSIDE, ENT_WORK_OF_ART },
	{ "POEM", OUTSIDE, ENT_WORK_OF_ART },
	{ "ACADEMICJOURNAL", THINGS, N_ENT },
};

/* How the sets differ; the reasons are in TRAINING. */
enum habit {
	NO_MISC = 1,     /* MISC is not annotated: listed peoples may be it */
	PEOPLE_MISC = 2, /* nationalities are marked as places or organisations: make them MISC */
	CUT_THE = 4,     /* "the" is inside */
	OWN_LABELS = 8,  /* CrossNER's */
	MIXED_GPE = 16,  /* GPE_OR_NORP: by list */
	PRECISE = 32,    /* OntoNotes labels */
	ARTICLES = 64,   /* a folder of marked articles (marks.h), not JSON Lines */
};

static const struct set {
	const char *name;
	unsigned habits;
} sets[] = {
	{ "own", PRECISE | ARTICLES },
	{ "ewt", NO_MISC },
	{ "btc", NO_MISC },
	{ "wnut", NO_MISC },
	{ "crossner", NO_MISC | OWN_LABELS },
	{ "redocred", PEOPLE_MISC | CUT_THE },
	{ "gmb", MIXED_GPE },
	{ "wikigold", 0 },
	{ NULL, 0 },
};

/* One entity as it stands in the file. */
struct raw_ent {
	size_t start, end; /* code points */
	struct span label;
};

struct raw {
	struct span text; /* still JSON */
	VEC(struct raw_ent) ents;
};

struct source {
	const struct set *set;
	const char *file;
	size_t line;
	float weight;
	struct vocab *vocab;
	struct arena *arena; /* lives as long as the samples */
};

static void
die(const struct source *s, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", s->file, s->line, what);
	exit(1);
}

static size_t
number(const struct source *s, struct span raw)
{
	uint64_t v;

	if (!json_uint(raw, SIZE_MAX / 2, &v))
		die(s, "offset is no whole number");
	return (size_t)v;
}

static void
read_ent(const struct source *s, struct json *j, struct raw *r)
{
	struct raw_ent e = { 0, 0, { NULL, 0 } };
	struct span key, value;

	for (bool more = json_begin(j, '{'); more; more = json_more(j, '}')) {
		if (!json_key(j, &key) || !json_value(j, &value))
			die(s, j->what);
		if (span_is(key, "start"))
			e.start = number(s, value);
		else if (span_is(key, "end"))
			e.end = number(s, value);
		else if (span_is(key, "label"))
			e.label = span_cut(value, 1, value.n - 1);
	}
	VEC_PUSH(s->arena, &r->ents, e);
}

static void
read_line(const struct source *s, struct span line, struct raw *r)
{
	struct json j = { line.p, line.p + line.n, NULL }, k;
	struct span key, value;

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		if (!json_key(&j, &key) || !json_value(&j, &value))
			die(s, j.what);
		if (span_is(key, "text"))
			r->text = value;
		if (!span_is(key, "ents"))
			continue;
		k = (struct json){ value.p, value.p + value.n, NULL };
		for (bool next = json_begin(&k, '['); next; next = json_more(&k, ']'))
			read_ent(s, &k, r);
	}
	if (j.what != NULL || r->text.p == NULL)
		die(s, j.what != NULL ? j.what : "no text");
}

static bool
is_people(const struct passage *p, uint32_t first, uint32_t last)
{
	uint32_t lists = p->tok[first].lists;

	return (first == last ? lists & LIST_PEOPLE : lists >> 16 & LIST_PEOPLE) != 0;
}

static bool
is_place(const struct passage *p, uint32_t first)
{
	uint32_t lists = p->tok[first].lists | p->tok[first].lists >> 16;

	return (lists & (LIST_COUNTRY | LIST_CITY | LIST_STATE | LIST_REGION)) != 0;
}

static const struct meaning people_name = { NULL, 1U << CLASS_NORP, ENT_NORP };

static struct meaning
look_up(const struct source *s, struct span label)
{
	bool own = s->set->habits & OWN_LABELS;
	const struct meaning *m = own ? crossner : meanings;
	size_t n = own ? sizeof(crossner) / sizeof(*m) : sizeof(meanings) / sizeof(*m);

	for (size_t i = 0; i < n; i++) {
		struct meaning found = m[i];

		if (!span_is(label, m[i].label))
			continue;
		if (s->set->habits & PRECISE && span_is(label, "LOC"))
			found.precise = ENT_LOC;
		if (found.precise != N_ENT)
			found.cls = 1U << type_class((enum ent_label)found.precise);
		return found;
	}
	return (struct meaning){ NULL, OUTSIDE, N_ENT };
}

static struct meaning
meaning_of(
    const struct source *s, const struct passage *p, struct span label, const struct name *at)
{
	unsigned habits = s->set->habits;
	struct meaning found = look_up(s, label), none = { NULL, OUTSIDE, N_ENT };
	bool people = is_people(p, at->first, at->last);

	if (habits & MIXED_GPE && span_is(label, "GPE_OR_NORP"))
		return is_place(p, at->first) && !people ? (struct meaning){ NULL, PLACES, N_ENT }
							 : people_name;
	if (habits & OWN_LABELS && span_is(label, "MISC") &&
	    !(p->tok[at->first].w->flags & WORD_CAP))
		return none;
	if (habits & OWN_LABELS && found.cls & PLACES && people)
		return people_name;
	if (habits & PEOPLE_MISC && people && found.cls != 1U << CLASS_PER && found.cls != OUTSIDE)
		return people_name;
	return found;
}

/* Titles and the article are not part of a name. */
static void
trim(const struct source *s, const struct passage *p, struct name *n, unsigned classes)
{
	bool person = classes == 1U << CLASS_PER;

	while (person && n->first < n->last && p->tok[n->first].w->kind & 1U << KIND_TITLE)
		n->first +=
		    1U + (p->text.p[p->tok[n->first + 1].start] == '.' && n->first + 1 < n->last);
	if (!(classes & OTHERS) && s->set->habits & CUT_THE && n->first < n->last &&
	    span_is(span_cut(p->text, p->tok[n->first].start, p->tok[n->first].end), "the"))
		n->first++;
}

static bool
free_stretch(const struct sample *x, const struct name *n)
{
	for (uint32_t i = n->first; i <= n->last; i++)
		if (x->may[i] != 1 || !(x->p.tok[i].flags & TOK_OPEN) ||
		    (i > n->first && x->p.tok[i].flags & TOK_SENT))
			return false;
	return true;
}

/* State of a place in each of the classes. */
static uint64_t
states_of(unsigned classes, enum place place)
{
	uint64_t set = 0;

	for (unsigned c = 0; c < N_CLASS; c++)
		if (classes >> c & 1)
			set |= (uint64_t)1 << (1 + 4 * c + place);
	return set;
}

static void
mark(struct sample *x, const struct name *n, unsigned classes)
{
	for (uint32_t i = n->first; i <= n->last; i++)
		x->may[i] = states_of(classes, PLACE_I);
	x->may[n->first] = states_of(classes, PLACE_B);
	x->may[n->last] = states_of(classes, n->first == n->last ? PLACE_U : PLACE_L);
}

/* Tokens that overlap bytes [start, end); first > last: none. */
static struct name
tokens_of(const struct passage *p, uint32_t start, uint32_t end)
{
	struct name n = { 0 };

	while (n.first < p->n && p->tok[n.first].end <= start)
		n.first++;
	n.last = n.first;
	while (n.last < p->n && p->tok[n.last].start < end)
		n.last++;
	n.last--;
	return n;
}

/* Bytes [start, end) are marked with label. */
static void
add_ent(const struct source *s, struct sample *x, const struct mark *e)
{
	struct name n = tokens_of(&x->p, (uint32_t)e->start, (uint32_t)e->end);
	struct meaning m;

	if (n.first >= x->p.n || n.last < n.first || n.last >= x->p.n)
		return;
	m = meaning_of(s, &x->p, e->label, &n);
	if (m.cls == OUTSIDE)
		return;
	trim(s, &x->p, &n, m.cls);
	if (!free_stretch(x, &n))
		return;
	mark(x, &n, m.cls);
	if (m.precise == N_ENT)
		return;
	n.cls = (uint8_t)type_class((enum ent_label)m.precise);
	n.label = m.precise;
	VEC_PUSH(s->arena, &x->fine, n);
}

/* Row lists of a whole document, one after the other. */
struct row_buffer {
	uint32_t *at;
	size_t n, cap;
};

static void
append(struct row_buffer *b, const struct rows *r, const struct source *s)
{
	if (b->n + r->n > b->cap) {
		b->cap = b->cap * 2 + ROWS_MAX;
		b->at = realloc(b->at, b->cap * sizeof(*b->at));
	}
	if (b->at == NULL)
		die(s, "out of memory");
	memcpy(b->at + b->n, r->at, r->n * sizeof(*r->at));
	b->n += r->n;
}

/* The pairs of token i, then its words in their roles. Returns how many are pairs. */
static uint8_t
token_rows(const struct source *s, const struct sample *x, const struct stretch *in, uint32_t i,
    struct row_buffer *b)
{
	struct word_role role[FEATURES_ROLES_MAX];
	size_t n_role = features_roles(&x->p, in, i, role);
	struct rows pairs = { .n = 0 };

	features_pairs(&x->p, in, i, &pairs);
	append(b, &pairs, s);
	for (size_t k = 0; k < n_role; k++) {
		struct rows word = { .n = 0 };

		features_word(role[k].w, role[k].role, &word);
		append(b, &word, s);
	}
	return (uint8_t)pairs.n;
}

/* Done before the next document begins: what the words of this one have in common is then forgotten. */
static void
add_rows(const struct source *s, struct sample *x)
{
	struct row_buffer all = { 0 };

	x->row_start = arena_alloc(s->arena, x->p.n + 1, sizeof(*x->row_start));
	x->n_pair = arena_alloc(s->arena, x->p.n, 1);
	for (size_t k = 0; k < x->p.n_sent; k++) {
		const struct stretch *t = &x->p.sent[k];

		for (uint32_t i = t->start; i < t->end; i++) {
			x->row_start[i] = (uint32_t)all.n;
			if (x->p.tok[i].flags & TOK_OPEN)
				x->n_pair[i] = token_rows(s, x, t, i, &all);
		}
	}
	x->row_start[x->p.n] = (uint32_t)all.n;
	x->row = arena_raw(s->arena, all.n, sizeof(*x->row));
	if (all.n > 0)
		memcpy(x->row, all.at, all.n * sizeof(*x->row));
	free(all.at);
}

/* A passage of the text of r, with its names. */
static void
add_sample(const struct source *s, struct record *r, const struct marks *marks, struct samples *out)
{
	struct sample x = { .weight = s->weight };

	passage_make(&x.p, s->vocab, r, s->arena);
	x.may = arena_alloc(s->arena, x.p.n, sizeof(*x.may));
	for (uint32_t i = 0; i < x.p.n; i++)
		x.may[i] = 1;
	for (size_t i = 0; i < marks->n; i++)
		add_ent(s, &x, &marks->at[i]);
	for (uint32_t i = 0; s->set->habits & NO_MISC && i < x.p.n; i++)
		if (x.may[i] == 1 && x.p.tok[i].w->flags & WORD_CAP &&
		    (x.p.tok[i].lists & (LIST_PEOPLE | LIST_PEOPLE << 16)) != 0)
			x.may[i] |= (uint64_t)0xF << (1 + 4 * CLASS_NORP);
	add_rows(s, &x);
	if (x.p.n > 0)
		VEC_PUSH(s->arena, out, x);
}

static void
parse(const struct source *s, struct record *r, struct span text, bool escaped)
{
	struct diag d = { .prog = "train", .now = true };
	struct buf line = { 0 };

	buf_str(&line, "{\"text\":");
	if (escaped)
		buf_put(&line, text);
	else
		json_put(&line, text);
	buf_char(&line, '}');
	if (!record_parse(r, arena_copy(s->arena, buf_span(&line)), &(struct record_map){ 0 },
		(struct where){ .file = s->file, .line = s->line }, s->arena, &d))
		die(s, "no record");
	buf_free(&line);
}

static void
add_document(const struct source *s, struct span line, struct samples *out)
{
	struct record *r = ARENA_NEW(s->arena, struct record, 1);
	struct marks marks = { 0 };
	struct raw raw = { 0 };

	read_line(s, line, &raw);
	parse(s, r, raw.text, true);
	for (size_t i = 0; i < raw.ents.n; i++)
		VEC_PUSH(s->arena, &marks,
		    (struct mark){ record_byte(r, raw.ents.at[i].start),
			record_byte(r, raw.ents.at[i].end), raw.ents.at[i].label });
	add_sample(s, r, &marks, out);
}

static struct span
slurp(const struct source *s)
{
	FILE *in = fopen(s->file, "rb");
	char *p = NULL;
	size_t n = 0, cap = 0, got;

	if (in == NULL)
		die(s, "cannot open");
	do {
		if (cap - n < 1 << 16)
			p = arena_grow(s->arena, p, n, n + (1 << 16), 1, &cap);
		got = fread(p + n, 1, cap - n, in);
		n += got;
	} while (got > 0);
	fclose(in);
	return (struct span){ p, n };
}

/* Some articles are learnt from in capitals or in lower case, too: such text exists; all of them with other names. */
enum casing { AS_IS, AS_CAPITALS, AS_LOWER };
enum { EACH_CAPITALS = 5, EACH_LOWER = 10 };

/* "b/015.txt" is kept for the test suite. */
static bool
set_aside(const char *file)
{
	return span_ends(span_c(file), SPAN("5.txt"));
}

struct article {
	struct span text;
	struct marks marks;
};

static void
add_article(struct source *s, const struct article *x, enum casing casing, struct samples *out)
{
	struct record *r = ARENA_NEW(s->arena, struct record, 1);
	struct buf text = { 0 };

	buf_put(&text, x->text);
	for (size_t i = 0; i < text.n; i++)
		if (casing == AS_CAPITALS && ascii_lower((unsigned char)text.p[i]))
			text.p[i] = (char)(text.p[i] - 'a' + 'A');
		else if (casing == AS_LOWER)
			text.p[i] = (char)ascii_fold((unsigned char)text.p[i]);
	parse(s, r, buf_span(&text), false);
	add_sample(s, r, &x->marks, out);
	if (casing != AS_IS)
		out->at[out->n - 1].weight = 1;
	buf_free(&text);
}

static void
add_swapped(struct source *s, const struct swap *names, const struct article *x, uint64_t seed,
    struct samples *out)
{
	struct article other = { .marks = { 0 } };
	struct buf text = { 0 };

	swap_names(names, x->text, &x->marks, seed, &text, &other.marks);
	other.text = arena_copy(s->arena, buf_span(&text));
	add_article(s, &other, AS_IS, out);
	out->at[out->n - 1].weight = 1;
	out->at[out->n - 1].fine.n = 0;
	buf_free(&text);
}

static struct article
load_article(struct source *s)
{
	struct article x = { .marks = { 0 } };
	struct buf text = { 0 };

	if (!marks_read(slurp(s), &text, &x.marks, s->arena))
		die(s, "no article");
	x.text = arena_copy(s->arena, buf_span(&text));
	buf_free(&text);
	return x;
}

/* All articles FOLDER/PART/NNN.txt in the order of their names, but those set aside; parts have names of one letter. */
static void
read_articles(struct source *s, struct samples *out)
{
	const char *folder = s->file;
	char *pattern = arena_cstr(s->arena, arena_fmt(s->arena, "%s/?/*.txt", folder));
	struct swap names = { .vocab = s->vocab, .arena = s->arena };
	struct article *x;
	size_t n = 0;
	glob_t g;

	if (glob(pattern, 0, NULL, &g) != 0)
		die(s, "no articles");
	x = ARENA_NEW(s->arena, struct article, g.gl_pathc);
	vocab_begin(s->vocab);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		s->file = g.gl_pathv[i];
		if (set_aside(s->file))
			continue;
		x[n] = load_article(s);
		swap_learn(&names, x[n].text, &x[n].marks);
		n++;
	}
	globfree(&g);
	s->file = folder;
	swap_sort(&names);
	for (size_t i = 0; i < n; i++) {
		add_article(s, &x[i], AS_IS, out);
		add_swapped(s, &names, &x[i], word_mix(i), out);
		if (i % EACH_CAPITALS == 0)
			add_article(s, &x[i], AS_CAPITALS, out);
		if (i % EACH_LOWER == 3)
			add_article(s, &x[i], AS_LOWER, out);
	}
}

static void
read_lines(struct source *s, struct samples *out)
{
	struct span all = slurp(s);

	while (all.n > 0) {
		const char *nl = memchr(all.p, '\n', all.n);
		size_t n = nl == NULL ? all.n : (size_t)(nl - all.p);

		s->line++;
		if (n > 0)
			add_document(s, span_cut(all, 0, n), out);
		n += nl != NULL;
		all = span_cut(all, n, all.n);
	}
}

void
sets_read(struct samples *out, const char *set, const char *file, float weight, struct vocab *v,
    struct arena *a)
{
	struct source s = { sets, file, 0, weight, v, a };

	while (s.set->name != NULL && strcmp(s.set->name, set) != 0)
		s.set++;
	if (s.set->name == NULL)
		die(&s, "unknown kind of set");
	if (s.set->habits & ARTICLES)
		read_articles(&s, out);
	else
		read_lines(&s, out);
}
