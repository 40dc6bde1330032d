/* names.c - mentions -> forms (same words) -> entries (longest forms) -> the entry each mention belongs to.
 *
 *   "Joe Biden" .......... entry 0 <- "Biden" (last word), "J. Biden" (initial), "Joe" (first word)
 *   "World Health Organization" entry 1 <- "WHO" (initials, or in brackets behind it)
 *   "U.S.", "United States" ... one form, by the table of aliases
 *
 * Forms are taken from the longest to the shortest, so that each finds what it may be short for among the
 * entries made before it: its ties.
 */
#include "ascii.h"
#include "names_own.h"
#include "table.h"
#include "uniclass.h"
#include "utf8.h"

extern const struct blob blob_common_aliases, blob_common_namewords, blob_common_nicknames,
    blob_common_titles, blob_common_firstnames;

const struct blob *const names_blobs[] = { &blob_common_aliases, &blob_common_namewords,
	&blob_common_nicknames, &blob_common_titles, &blob_common_firstnames, NULL };

enum {
	N_LENGTH = 2 * NAMES_WORDS + 4,
	NODES_SEEN = 16 * NAMES_LOOK, /* nodes of a bucket looked at, also those of other words */
	NODES_TRIED = 2 * NAMES_LOOK, /* names compared with a short one for one of its words */
	PREFIX_MIN =
	    3, /* letters of an acronym that leaves out the end: "DTB" for "Dominion Trust Bank of Canada" */
	CAPS_WORD = 3,  /* letters of a word in capitals that are all in the acronym: "UNHCR" */
	SPOKEN_MIN = 4, /* letters of an acronym written as a word: "Maff" */
	ALIAS_CAPS_MIN =
	    4, /* bytes of an alias that may be written in capitals: "KIEV", but "US" is not "us" */
	PLURAL_MIN = 4,   /* bytes of a singular: "Swiss" is none */
	RARE_TIMES = 3,   /* a spelling that is so many times rarer is a slip */
	BETWEEN_MAX = 16, /* bytes of the longest text of also_called */
	HOPS = 2,         /* an acronym -> its name in brackets -> a longer one */
};

struct alias {
	uint32_t hash; /* of the whole phrase in lower case */
	bool beside;   /* only where the document has the name itself, too */
	struct span from, to;
};

struct names {
	struct alias *alias; /* open addressing; from.p == NULL: free */
	size_t n;            /* power of two */
	const struct name_lore *lore;
};

/* What a form may be short for. */
struct tie {
	uint32_t entry;
	uint32_t next; /* or NAMES_NONE */
	uint8_t bond;  /* enum bond */
};

/* What an entry can be found by. */
struct node {
	uint64_t key;
	uint32_t form;
	uint32_t next; /* node of the same bucket, or NAMES_NONE */
};

struct linker {
	const struct names *names;
	struct span text;
	struct name_use *use;
	size_t n;
	struct arena *arena;
	struct form *form; /* at most n */
	uint32_t n_form;
	VEC(struct node) node;
	VEC(struct tie) tie;
	uint32_t *seen; /* n_form_bucket slots: uses by their bytes, or NAMES_NONE */
	uint32_t *form_bucket, *node_bucket;
	size_t n_form_bucket, n_node_bucket;                    /* powers of two */
	uint32_t *form_of;                                      /* of each use */
	uint32_t by_length[N_LENGTH], last_of_length[N_LENGTH]; /* form_length() */
};

static uint64_t
mix(uint64_t a, uint64_t b)
{
	uint64_t h = a * 0x9E3779B97F4A7C15ULL + b;

	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdULL;
	return h ^ h >> 29;
}

static size_t
power_of_two(size_t least)
{
	size_t n = 16;

	while (n < least)
		n *= 2;
	return n;
}

/* ---- aliases ---- */

static bool
all_upper(struct span s)
{
	bool letter = false;
	size_t len;

	for (size_t i = 0; i < s.n; i += len) {
		unsigned c = uni_class(utf8_next(span_cut(s, i, s.n), &len));

		if (c & UNI_LOWER)
			return false;
		letter = letter || c & UNI_UPPER;
	}
	return letter;
}

static struct alias *
alias_slot(const struct names *names, struct span s, uint32_t hash)
{
	size_t at = hash & (names->n - 1);

	while (names->alias[at].from.p != NULL &&
	       (names->alias[at].hash != hash || !span_eq(names->alias[at].from, s)))
		at = (at + 1) & (names->n - 1);
	return &names->alias[at];
}

struct names *
names_new(struct arena *a)
{
	struct names *names = ARENA_NEW(a, struct names, 1);
	struct table t;

	table_load(&t, &blob_common_aliases, a);
	names->n = power_of_two(t.n_row * 2);
	names->alias = ARENA_NEW(a, struct alias, names->n);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span from = table_cell(&t, i, 0);
		uint32_t hash = uni_hash(from);

		*alias_slot(names, from, hash) = (struct alias){ hash,
			span_is(table_cell(&t, i, 2), "beside"), from, table_cell(&t, i, 1) };
	}
	names->lore = name_lore_new(a);
	return names;
}

/* The alias that s is; an empty slot if it is none. Headlines and datelines write "KIEV". */
static const struct alias *
alias_find(const struct names *names, struct span s)
{
	uint32_t hash = uni_hash(s);
	const struct alias *a = alias_slot(names, s, hash);

	if (a->from.p != NULL || s.n < ALIAS_CAPS_MIN || !all_upper(s))
		return a;
	for (size_t at = hash & (names->n - 1); names->alias[at].from.p != NULL;
	     at = (at + 1) & (names->n - 1))
		if (names->alias[at].hash == hash && names->alias[at].from.n == s.n)
			return &names->alias[at];
	return a;
}

struct span
names_alias(const struct names *names, struct span s)
{
	const struct alias *a = alias_find(names, s);

	return a->beside ? (struct span){ NULL, 0 } : a->to;
}

/* ---- forms ---- */

static struct span
use_text(const struct linker *l, uint32_t i)
{
	return span_cut(l->text, l->use[i].start, l->use[i].end);
}

static bool
starts_upper(struct span s)
{
	size_t len;

	return s.n > 0 && uni_class(utf8_next(s, &len)) & UNI_UPPER;
}

/* "Eastern Europe" is shown rather than "eastern Europe", "Ukraine" than "UKRAINE", "Zoran Perić" than "Zoran Peric". */
static bool
looks_better(const struct form *now, const struct form *than)
{
	if (starts_upper(now->text) != starts_upper(than->text))
		return starts_upper(now->text);
	if (all_upper(now->text) != all_upper(than->text))
		return all_upper(than->text);
	if (now->titled != than->titled)
		return than->titled;
	return now->kind == NAME_PERSON && utf8_ascii(than->text) && !utf8_ascii(now->text);
}

static uint32_t
form_find(const struct linker *l, const struct form *f, unsigned kind)
{
	uint32_t i = l->form_bucket[f->key & (l->n_form_bucket - 1)];

	while (i != NAMES_NONE && (l->form[i].key != f->key || l->form[i].kind != kind))
		i = l->form[i].next_key;
	return i;
}

/* Longer forms come first; of two as long the one without an initial. */
static unsigned
form_length(const struct form *f)
{
	return 2U * (f->n_word + (f->born != 0 ? 1U : 0U)) + !f->joint;
}

/* Keep the form that add_use() has put behind the others. */
static uint32_t
form_add(struct linker *l)
{
	struct form *f = &l->form[l->n_form];
	unsigned length = form_length(f);
	uint32_t at = l->n_form, *bucket = &l->form_bucket[f->key & (l->n_form_bucket - 1)];

	f->next_key = *bucket;
	*bucket = at;
	f->next = NAMES_NONE;
	if (l->by_length[length] == NAMES_NONE)
		l->by_length[length] = at;
	else
		l->form[l->last_of_length[length]].next = at;
	l->last_of_length[length] = at;
	l->n_form++;
	return at;
}

/* A person's words without titles before them ("Col. Ripley") and "Jr" behind them. */
static void
trim_person(const struct name_lore *lore, struct form *f, struct name_word *w, unsigned *n)
{
	unsigned first = 0;

	if (*n > 1 && name_facts(lore, w[*n - 1].hash) & NAME_BORN) {
		f->born = w[*n - 1].hash;
		--*n;
	}
	while (first + 1 < *n &&
	       (name_facts(lore, w[first].hash) & (NAME_TITLE | NAME_FIRST)) == NAME_TITLE)
		first++;
	*n -= first;
	f->titled = first > 0;
	memmove(w, w + first, *n * sizeof(*w));
}

/* Cut the form's text into words; those that count stay in memory of the linker. */
static void
split_form(struct linker *l, struct form *f)
{
	struct name_word w[NAMES_WORDS];
	unsigned n = 0;
	size_t at = 0;

	f->born = 0;
	while (n < NAMES_WORDS && name_word_next(f->text, &at, f->kind == NAME_PERSON, &w[n]))
		n++;
	f->key =
	    name_hash(span_cut(f->text, at, f->text.n)); /* words that do not count still tell */
	if (f->kind == NAME_PERSON)
		trim_person(l->names->lore, f, w, &n);
	f->joint = false;
	for (unsigned k = 0; k < n; k++) {
		f->key = mix(f->key, w[k].hash);
		f->joint = f->joint || w[k].shape & NAME_INITIAL;
	}
	f->key = mix(f->key, f->born);
	f->n_word = (uint8_t)n;
	f->word = arena_raw(l->arena, n, sizeof(*w));
	if (n > 0)
		memcpy(f->word, w, n * sizeof(*w));
}

/* The hash of the title before byte at, and its gender; 0: none. */
static uint32_t
title_before(const struct linker *l, size_t at, uint8_t *gender)
{
	const char *p = l->text.p;
	size_t end = at, from;
	uint32_t hash;
	unsigned facts;

	while (end > 0 && (p[end - 1] == ' ' || p[end - 1] == '.' || p[end - 1] == '\n'))
		end--;
	from = end;
	while (
	    from > 0 && end - from < NAME_WORD_LETTERS && p[from - 1] != ' ' && p[from - 1] != '\n')
		from--;
	if (end == at || from == end || !starts_upper(span_cut(l->text, from, end)))
		return 0;
	hash = name_hash(span_cut(l->text, from, end));
	facts = name_facts(l->names->lore, hash);
	if (!(facts & NAME_TITLE))
		return 0;
	*gender = facts & (NAME_MALE | NAME_FEMALE);
	return hash;
}

static bool
is_sure(uint8_t gender)
{
	return gender == NAME_MALE || gender == NAME_FEMALE;
}

/* What the first name, and the title before use i, tell of the person. */
static void
note_person(const struct linker *l, struct form *f, uint32_t i)
{
	uint8_t gender = 0;
	uint32_t title;
	unsigned facts;

	if (f->n_word < 2)
		return;
	title = title_before(l, l->use[i].start, &gender);
	if (title != 0)
		f->title = title;
	if (is_sure(f->gender))
		return;
	facts = name_facts(l->names->lore, f->word[0].hash);
	if (!is_sure(gender) && facts & NAME_FIRST)
		gender = facts & (NAME_MALE | NAME_FEMALE);
	f->gender = gender;
}

/* The first use with the same bytes and kind as use i, which is put down as such if there is none. */
static uint32_t
same_text(struct linker *l, uint32_t i)
{
	struct span s = use_text(l, i);
	uint64_t hash = l->use[i].kind;
	size_t at;

	for (size_t k = 0; k < s.n; k++)
		hash = (hash ^ (unsigned char)s.p[k]) * UNI_HASH_FACTOR;
	for (at = hash >> 32 & (l->n_form_bucket - 1); l->seen[at] != NAMES_NONE;
	     at = (at + 1) & (l->n_form_bucket - 1)) {
		uint32_t first = l->seen[at];

		if (l->use[first].kind == l->use[i].kind && span_eq(use_text(l, first), s))
			return first;
	}
	l->seen[at] = i;
	return i;
}

/* The form of use i, which no use before it has the very bytes of. */
static uint32_t
new_form(struct linker *l, uint32_t i)
{
	struct form *f = &l->form[l->n_form]; /* there is room for one a use */
	struct span alias;
	uint32_t at;

	*f = (struct form){ .first = i, .kind = l->use[i].kind, .tie = NAMES_NONE };
	f->text = use_text(l, i);
	if (f->kind == NAME_PLACE) {
		alias = names_alias(l->names, f->text);
		if (alias.p != NULL)
			f->text = alias;
	}
	split_form(l, f);
	at = form_find(l, f, f->kind);
	if (at == NAMES_NONE)
		return form_add(l);
	if (looks_better(f, &l->form[at])) {
		l->form[at].text = f->text;
		l->form[at].titled = f->titled;
	}
	return at;
}

static void
add_use(struct linker *l, uint32_t i)
{
	uint32_t first = same_text(l, i), at = first == i ? new_form(l, i) : l->form_of[first];

	l->form_of[i] = at;
	l->form[at].uses++;
	if (l->form[at].kind == NAME_PERSON)
		note_person(l, &l->form[at], i);
}

/* ---- entries: what a short form can be found by ---- */

/* Acronyms of organisations, works and the like may be tagged as either. */
static uint64_t
node_key(unsigned kind, enum clue clue, uint64_t what)
{
	if (clue >= CLUE_ACRONYM && kind != NAME_PERSON && kind != NAME_PLACE)
		kind = NAME_OTHER;
	return mix(what, kind * 8U + clue);
}

static void
node_add(struct linker *l, uint32_t form, enum clue clue, uint64_t what)
{
	uint64_t key = node_key(l->form[form].kind, clue, what);
	uint32_t *bucket = &l->node_bucket[key & (l->n_node_bucket - 1)];

	VEC_PUSH(l->arena, &l->node, (struct node){ key, form, *bucket });
	*bucket = (uint32_t)l->node.n - 1;
}

/* Add what the word gives to an acronym: its first letter, or all of "UN" and "23". */
static uint32_t
initials_add(uint32_t hash, const struct name_word *w, bool caps, unsigned *n)
{
	size_t len, at = 0;
	bool all;

	all = uni_class(utf8_next(w->text, &len)) & UNI_DIGIT ||
	      (!caps && w->shape & NAME_CAPS && w->letters <= CAPS_WORD);
	do {
		uint32_t cp = utf8_next(span_cut(w->text, at, w->text.n), &len);

		at += len;
		if (cp == '.')
			continue;
		hash = name_acronym_add(hash, name_fold(cp));
		++*n;
	} while (all && at < w->text.n);
	return hash;
}

static bool
company_from(const struct linker *l, const struct form *f, unsigned k)
{
	while (k < f->n_word && name_facts(l->names->lore, f->word[k].hash) & NAME_COMPANY)
		k++;
	return k == f->n_word;
}

/* Its acronyms: of the capitalised words, of the first of these, or of all words. */
static void
acronyms_add(struct linker *l, uint32_t at)
{
	const struct form *f = &l->form[at];
	bool caps = all_upper(f->text);
	uint32_t big = 0, all = 0;
	unsigned n_big = 0, n_all = 0;

	if (f->n_word < NAME_ACRONYM_MIN)
		return;
	for (unsigned k = 0; k < f->n_word; k++) {
		all = initials_add(all, &f->word[k], caps, &n_all);
		if (f->kind == NAME_PERSON && n_all >= PREFIX_MIN)
			node_add(l, at, CLUE_INITIALS, all);
		if (!(f->word[k].shape & NAME_UPPER))
			continue;
		big = initials_add(big, &f->word[k], caps, &n_big);
		if (n_big >= NAME_ACRONYM_MIN && company_from(l, f, k + 1))
			node_add(l, at, CLUE_ACRONYM, big);
		else if (n_big >= PREFIX_MIN)
			node_add(l, at, CLUE_INITIALS, big);
	}
	if (n_all != n_big && n_all >= NAME_ACRONYM_MIN)
		node_add(l, at, CLUE_ACRONYM, all);
}

static void
entry_add(struct linker *l, uint32_t at)
{
	const struct form *f = &l->form[at];

	if (f->n_word + (f->born != 0 ? 1 : 0) < 2)
		return;
	for (unsigned k = 0; k < f->n_word; k++) {
		if (f->kind != NAME_PERSON && !(f->word[k].shape & NAME_UPPER))
			continue;
		node_add(l, at, CLUE_WORD, f->word[k].hash);
		if (f->kind == NAME_PERSON)
			node_add(l, at, CLUE_BEGINNING, f->word[k].begins);
	}
	if (f->kind != NAME_PERSON && f->n_word > 0)
		node_add(l, at, CLUE_LETTER, f->word[0].first);
}

/* ---- what a form may be short for ---- */

static void
may_be(struct linker *l, uint32_t form, uint32_t entry, enum bond bond)
{
	struct form *f = &l->form[form];

	if (bond == BOND_NONE || f->n_tie == NAMES_LOOK || form == entry)
		return;
	for (uint32_t k = f->tie; k < l->tie.n; k = l->tie.at[k].next)
		if (l->tie.at[k].entry == entry) {
			if (bond > l->tie.at[k].bond)
				l->tie.at[k].bond = (uint8_t)bond;
			return;
		}
	VEC_PUSH(l->arena, &l->tie, (struct tie){ entry, f->tie, (uint8_t)bond });
	f->tie = (uint32_t)l->tie.n - 1;
	f->n_tie++;
}

static void
look_up(struct linker *l, uint32_t at, enum clue clue, uint64_t what)
{
	const struct form *f = &l->form[at];
	uint64_t key = node_key(f->kind, clue, what);
	uint32_t i = l->node_bucket[key & (l->n_node_bucket - 1)];

	if (what == 0)
		return;
	for (unsigned seen = 0, tried = 0;
	     i < l->node.n && seen < NODES_SEEN && tried < NODES_TRIED; seen++) {
		const struct node *n = &l->node.at[i];

		tried += n->key == key;
		if (n->key == key && n->form != at)
			may_be(l, at, n->form, bond_of(l->names->lore, f, &l->form[n->form], clue));
		i = n->next;
	}
}

/* The letters of "Maff", which is written as a word; 0: too few or too many. */
static uint32_t
spoken_acronym(const struct name_word *w)
{
	uint32_t hash = 0;
	size_t len;

	if (w->letters < SPOKEN_MIN || w->letters > NAME_ACRONYM_MAX || !(w->shape & NAME_UPPER))
		return 0;
	for (size_t i = 0; i < w->text.n; i += len)
		hash = name_acronym_add(
		    hash, name_fold(utf8_next(span_cut(w->text, i, w->text.n), &len)));
	return hash;
}

/* One word: is it an acronym? */
static void
find_acronym(struct linker *l, uint32_t at)
{
	const struct form *f = &l->form[at];
	uint32_t letters = name_acronym(f->text);

	if (letters == 0 && f->kind != NAME_PERSON && f->kind != NAME_PLACE) {
		look_up(l, at, CLUE_ACRONYM, spoken_acronym(&f->word[0]));
		return;
	}
	look_up(l, at, CLUE_ACRONYM, letters);
	if (letters == 0 || f->n_tie > 0)
		return;
	look_up(l, at, CLUE_INITIALS, letters);
	if (f->n_tie == 0 && f->kind != NAME_PERSON && f->word[0].letters > 2)
		look_up(l, at, CLUE_LETTER, f->word[0].first);
}

static void
find_person(struct linker *l, uint32_t at)
{
	const struct form *f = &l->form[at];
	uint32_t full, nick = 0;

	for (unsigned k = 0; k < f->n_word; k++)
		if (!(f->word[k].shape & NAME_INITIAL) || f->n_word == 1)
			look_up(l, at, CLUE_WORD, f->word[k].hash);
	if (f->n_word == 1)
		while ((full = name_of_nick(l->names->lore, f->word[0].hash, &nick)) != 0)
			look_up(l, at, CLUE_WORD, full);
	for (unsigned k = 0; k < f->n_word && f->n_tie == 0; k++)
		look_up(l, at, CLUE_BEGINNING, f->word[k].begins);
	if (f->n_word == 1 && f->n_tie == 0)
		find_acronym(l, at);
}

static bool
has_blank(struct span s)
{
	return memchr(s.p, ' ', s.n) != NULL || memchr(s.p, '\n', s.n) != NULL;
}

static void
find_entries(struct linker *l, uint32_t at)
{
	struct form *f = &l->form[at];

	if (f->n_word == 0)
		return;
	if (f->kind == NAME_PERSON) {
		find_person(l, at);
		return;
	}
	f->place = f->kind == NAME_ORG && form_find(l, f, NAME_PLACE) != NAMES_NONE;
	if (!has_blank(f->text))
		find_acronym(l, at);
	for (unsigned k = 0; k < f->n_word; k++)
		if (f->word[k].shape & NAME_UPPER)
			look_up(l, at, CLUE_WORD, f->word[k].hash);
}

/* "Britain" goes with "United Kingdom" where the document has both. */
static void
find_beside(struct linker *l, uint32_t at)
{
	struct form f = { .kind = NAME_PLACE };
	uint32_t full;

	if (l->form[at].kind != NAME_PLACE)
		return;
	f.text = alias_find(l->names, l->form[at].text)->to;
	if (f.text.p == NULL)
		return;
	split_form(l, &f);
	full = form_find(l, &f, NAME_PLACE);
	if (full != NAMES_NONE)
		may_be(l, at, full, BOND_FULL);
}

/* Of two spellings the first is shown, but not a slip that comes once among many of the other. */
static void
choose_spelling(struct linker *l, uint32_t at)
{
	const struct form *f = &l->form[at];

	for (uint32_t k = f->tie; k < l->tie.n; k = l->tie.at[k].next) {
		struct form *e = &l->form[l->tie.at[k].entry];

		if (f->uses >= RARE_TIMES * e->uses && bond_respelt(l->names->lore, f, e))
			e->text = f->text;
	}
}

/* "Russians" goes with "Russian" where the document has both. */
static void
find_singular(struct linker *l, uint32_t at)
{
	struct form f = { .kind = NAME_PEOPLE, .text = l->form[at].text };
	uint32_t one;

	if (l->form[at].kind != NAME_PEOPLE || f.text.n <= PLURAL_MIN ||
	    f.text.p[f.text.n - 1] != 's' || f.text.p[f.text.n - 2] == 's')
		return;
	f.text.n--;
	split_form(l, &f);
	one = form_find(l, &f, NAME_PEOPLE);
	if (one != NAMES_NONE)
		may_be(l, at, one, BOND_FULL);
}

/* ---- two names side by side ---- */

/* Between a name and another one for the same. */
static const char *const also_called[] = { " (", " (the ", " (or ", " (known as ", ", or ",
	", or the ", ", known as ", ", known as the ", " known as ", " known as the ", NULL };

/* The text between use i and the next is one of the list, or absent. */
static const char *
between(const struct linker *l, uint32_t i, const char *const *list)
{
	size_t from = l->use[i].end, to = l->use[i + 1].start;

	if (to < from + 2 || to > from + BETWEEN_MAX ||
	    (l->text.p[from] != ' ' && l->text.p[from] != ','))
		return NULL;
	for (; *list != NULL; list++)
		if (span_is(span_cut(l->text, from, to), *list))
			return *list;
	return NULL;
}

/* "General Elections Commission (KPU)": letters of its name in another language; organisations are called by words
 * of it, too: "Election Supervisory Agency (Bawaslu)". In tests/corpus all but one of 480 such pairs are the same. */
static bool
is_translated(const struct form *whole, const struct form *part)
{
	if (whole->kind != part->kind || whole->kind == NAME_PLACE)
		return false;
	return whole->kind == NAME_ORG || name_acronym(part->text) != 0;
}

/* "Kim Min-ji (김민지)". */
static bool
other_script(const struct form *a, const struct form *b)
{
	return a->kind == b->kind && utf8_ascii(span_cut(a->text, 0, 1)) &&
	       uni_class(utf8_next(b->text, &(size_t){ 0 })) & UNI_OTHER;
}

static bool
same_beside(const struct form *whole, const struct form *part, const char *joint)
{
	if (whole->n_word == 0 || part->n_word == 0)
		return false;
	if (other_script(whole, part))
		return true;
	if (part->n_word == whole->n_word)
		return false;
	if (part->n_word == 1 && name_letters_fit(part->text, whole->word, whole->n_word) &&
	    (part->kind != NAME_PERSON || whole->kind == NAME_PERSON))
		return true;
	if (whole->kind != NAME_PERSON && part->kind != NAME_PERSON)
		return is_translated(whole, part);
	return whole->kind == part->kind && part->n_word == 1 && strstr(joint, "known") != NULL;
}

/* "Independent Electoral Commission (IEC)", and the other way round. */
static void
link_bracket(struct linker *l, uint32_t i)
{
	const char *joint = between(l, i, also_called);
	uint32_t end = l->use[i + 1].end, x = l->form_of[i], y = l->form_of[i + 1], keep = x;

	if (joint == NULL || (joint[1] == '(' && (end >= l->text.n || l->text.p[end] != ')')))
		return;
	if (l->form[x].n_word < l->form[y].n_word) {
		x = y;
		y = keep;
	}
	if (same_beside(&l->form[x], &l->form[y], joint))
		may_be(l, y, x, BOND_FULL);
}

static const char *const and_words[] = { " and ", " & ", NULL };

/* "Ann and Leo Reyes": Ann Reyes, if she is nobody else. */
static void
link_couple(struct linker *l, uint32_t i)
{
	struct form *one = &l->form[l->form_of[i]];
	const struct form *two = &l->form[l->form_of[i + 1]];
	struct span rest;

	if (one->kind != NAME_PERSON || two->kind != NAME_PERSON || one->n_word != 1 ||
	    one->born != 0 || two->n_word < 2 || one->n_tie > 0 ||
	    between(l, i, and_words) == NULL ||
	    !(name_facts(l->names->lore, one->word[0].hash) & NAME_FIRST) ||
	    !(name_facts(l->names->lore, two->word[0].hash) & NAME_FIRST))
		return;
	rest = (struct span){ two->word[1].text.p,
		(size_t)(two->text.p + two->text.n - two->word[1].text.p) };
	one->text =
	    arena_fmt(l->arena, "%.*s %.*s", (int)one->text.n, one->text.p, (int)rest.n, rest.p);
}

/* ---- which entry a use means ---- */

/* Who is meant, as far as the words before the name tell. */
struct hint {
	uint32_t title;
	uint8_t gender;
};

/* How well the entry agrees with title and gender. */
static int
agreement(const struct form *e, struct hint h)
{
	if (h.title != 0 && h.title == e->title)
		return 2;
	if (!is_sure(h.gender) || !is_sure(e->gender))
		return 0;
	return h.gender == e->gender ? 1 : -1;
}

static bool
closer(const struct form *a, const struct form *b)
{
	if (a->last_seen != b->last_seen)
		return a->last_seen > b->last_seen;
	return a->first < b->first;
}

static bool
better_tie(const struct linker *l, const struct tie *now, const struct tie *than, struct hint h)
{
	const struct form *a = &l->form[now->entry], *b = &l->form[than->entry];

	if (now->bond != than->bond)
		return now->bond > than->bond;
	if (agreement(a, h) != agreement(b, h))
		return agreement(a, h) > agreement(b, h);
	return closer(a, b);
}

/* The entry that the form means; itself if it is short for nothing. */
static uint32_t
best_entry(const struct linker *l, uint32_t form, struct hint h)
{
	const struct tie *best = NULL;

	for (uint32_t k = l->form[form].tie; k < l->tie.n; k = l->tie.at[k].next)
		if (best == NULL || better_tie(l, &l->tie.at[k], best, h))
			best = &l->tie.at[k];
	return best == NULL ? form : best->entry;
}

static void
resolve(struct linker *l, uint32_t i)
{
	uint32_t at = l->form_of[i];
	struct hint h = { 0, 0 };
	struct form *e;

	if (l->form[at].kind == NAME_PERSON && l->form[at].n_tie > 1)
		h.title = title_before(l, l->use[i].start, &h.gender);
	for (unsigned hop = 0; hop < HOPS; hop++)
		at = best_entry(l, at, h);
	e = &l->form[at];
	e->last_seen = i + 1;
	l->use[i].same = e->first;
	l->use[i].name = e->text;
}

/* A blank that is to go: at a line break, behind another one, beside a person's hyphen. */
static bool
has_loose_blank(struct span s, bool person)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], before = i > 0 ? s.p[i - 1] : 'x';

		if ((c != ' ' && ascii_space((unsigned char)c)) || (c == ' ' && before == ' ') ||
		    (person && ((c == '-' && before == ' ') || (c == ' ' && before == '-'))))
			return true;
	}
	return false;
}

/* On one line, and a person's hyphens without blanks: "Kim Min\n- ji" is shown as "Kim Min-ji". */
static struct span
on_one_line(struct linker *l, struct span s, bool person)
{
	char *out;
	size_t n = 0;

	if (!has_loose_blank(s, person))
		return s;
	out = arena_raw(l->arena, s.n, 1);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (ascii_space((unsigned char)c)) {
			if (n > 0 && out[n - 1] != ' ' && !(person && out[n - 1] == '-'))
				out[n++] = ' ';
			continue;
		}
		if (person && c == '-' && n > 1 && out[n - 1] == ' ')
			n--;
		out[n++] = c;
	}
	return (struct span){ out, n };
}

static void
make_buckets(struct linker *l)
{
	l->n_form_bucket = power_of_two(l->n * 2);
	l->n_node_bucket = power_of_two(l->n * 8);
	l->form_bucket = arena_raw(l->arena, l->n_form_bucket, sizeof(uint32_t));
	l->seen = arena_raw(l->arena, l->n_form_bucket, sizeof(uint32_t));
	l->node_bucket = arena_raw(l->arena, l->n_node_bucket, sizeof(uint32_t));
	l->form = arena_raw(l->arena, l->n, sizeof(*l->form));
	l->form_of = arena_raw(l->arena, l->n, sizeof(uint32_t));
	memset(l->form_bucket, 0xFF, l->n_form_bucket * sizeof(uint32_t));
	memset(l->seen, 0xFF, l->n_form_bucket * sizeof(uint32_t));
	memset(l->node_bucket, 0xFF, l->n_node_bucket * sizeof(uint32_t));
	memset(l->by_length, 0xFF, sizeof(l->by_length));
}

void
names_link(
    const struct names *names, struct span text, struct name_use *use, size_t n, struct arena *a)
{
	struct linker l = { .names = names, .text = text, .use = use, .n = n, .arena = a };

	if (n == 0)
		return;
	make_buckets(&l);
	for (uint32_t i = 0; i < n; i++)
		add_use(&l, i);
	for (unsigned length = N_LENGTH; length-- > 0;) {
		for (uint32_t f = l.by_length[length]; f != NAMES_NONE; f = l.form[f].next) {
			find_entries(&l, f);
			choose_spelling(&l, f);
			find_beside(&l, f);
			find_singular(&l, f);
			if (l.form[f].n_tie == 0)
				entry_add(&l, f);
			acronyms_add(&l, f);
		}
	}
	for (uint32_t i = 0; i + 1 < n; i++) {
		link_bracket(&l, i);
		link_couple(&l, i);
	}
	for (uint32_t f = 0; f < l.n_form; f++)
		l.form[f].text = on_one_line(&l, l.form[f].text, l.form[f].kind == NAME_PERSON);
	for (uint32_t i = 0; i < n; i++)
		resolve(&l, i);
}
