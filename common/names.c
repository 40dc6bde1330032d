/* names.c - mentions -> forms (same words) -> entries (longest forms) -> the entry each mention belongs to.
 *
 *   "Joe Biden" .......... entry 0 <- "Biden" (last word), "J. Biden" (initial), "Joe" (first word)
 *   "World Health Organization" entry 1 <- "WHO" (initials, or in brackets behind it)
 *   "U.S.", "United States" ... one form, by the table of aliases
 *
 * Forms are taken from the longest to the shortest, so that each finds what it may be short for among the
 * entries made before it.
 */
#include "names.h"

#include "uniclass.h"
#include "utf8.h"

extern const struct blob blob_common_aliases;

const struct blob *const names_blobs[] = { &blob_common_aliases, NULL };

#define NONE UINT32_MAX
enum { FORM_TEXT_MAX = 512, ACRONYM_MIN = 2, ACRONYM_MAX = 8, STEM_MIN = 5, END_MIN = 4 };

/* How a short form belongs to an entry; the higher the better. */
enum bond { BOND_NONE, BOND_PART, BOND_FIRST, BOND_LAST, BOND_FULL };

enum { N_LENGTH = 2 * NAMES_WORDS + 2 };

struct alias {
	uint32_t hash; /* of the whole phrase in lower case */
	struct span from, to;
};

struct names {
	struct alias *alias; /* open addressing; from.p == NULL: free */
	size_t n;            /* power of two */
};

struct form {
	uint64_t key; /* of its words */
	uint64_t word[NAMES_WORDS];
	struct span text;           /* as it is to be shown */
	uint32_t first;             /* use that has it first */
	uint32_t next;              /* form of the same number of words, or NONE */
	uint32_t next_key;          /* of the same bucket, or NONE */
	uint32_t last_seen;         /* as an entry: last use that meant it, + 1; 0: none yet */
	uint32_t entry[NAMES_LOOK]; /* forms it may be short for */
	uint8_t bond[NAMES_LOOK];   /* enum bond to each */
	uint8_t n_entry, n_word, kind;
	bool initial; /* first word is one letter */
};

/* Entries that have a word, or an acronym, in common. */
struct node {
	uint64_t key;
	uint32_t form;
	uint32_t next; /* node of the same bucket, or NONE */
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
	uint32_t *form_bucket, *node_bucket;                    /* n_bucket of each */
	size_t n_bucket;                                        /* power of two */
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

		*alias_slot(names, from, hash) = (struct alias){ hash, from, table_cell(&t, i, 1) };
	}
	return names;
}

struct span
names_alias(const struct names *names, struct span s)
{
	const struct alias *a = alias_slot(names, s, uni_hash(s));

	return a->to;
}

/* ---- words of a name ---- */

/* The next word of s from *at: between blanks, without full stops at its end. False: none left. */
static bool
next_word(struct span s, size_t *at, struct span *word)
{
	size_t i = *at, from;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t'))
		i++;
	from = i;
	while (i < s.n && s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t')
		i++;
	*at = i;
	while (i > from + 1 && (s.p[i - 1] == '.' || s.p[i - 1] == ','))
		i--;
	*word = span_cut(s, from, i);
	return i > from;
}

static uint64_t
word_hash(struct span w)
{
	return mix(uni_hash(w), w.n);
}

static void
split_form(struct form *f, struct span s)
{
	struct span w;
	size_t at = 0;

	f->key = f->n_word = 0;
	while (next_word(s, &at, &w)) {
		uint64_t h = word_hash(w);

		if (f->n_word == 0)
			f->initial = w.n <= UTF8_MAX && utf8_count(w) == 1;
		if (f->n_word < NAMES_WORDS)
			f->word[f->n_word++] = h;
		f->key = mix(f->key, h);
	}
}

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

static bool
starts_upper(struct span s)
{
	size_t len;

	return s.n > 0 && uni_class(utf8_next(s, &len)) & UNI_UPPER;
}

/* "Eastern Europe" is shown rather than "eastern Europe", "Ukraine" rather than "UKRAINE". */
static bool
looks_better(struct span now, struct span than)
{
	if (starts_upper(now) != starts_upper(than))
		return starts_upper(now);
	return all_upper(than) && !all_upper(now);
}

/* ---- forms ---- */

static uint32_t
form_find(const struct linker *l, const struct form *f)
{
	uint32_t i = l->form_bucket[f->key & (l->n_bucket - 1)];

	while (i != NONE && (l->form[i].key != f->key || l->form[i].kind != f->kind))
		i = l->form[i].next_key;
	return i;
}

/* Longer forms come first; of two as long the one without an initial. */
static unsigned
form_length(const struct form *f)
{
	return 2U * f->n_word + !f->initial;
}

/* Keep the form that add_use() has put behind the others. */
static uint32_t
form_add(struct linker *l)
{
	struct form *f = &l->form[l->n_form];
	unsigned length = form_length(f);
	uint32_t at = l->n_form, *bucket = &l->form_bucket[f->key & (l->n_bucket - 1)];

	f->next_key = *bucket;
	*bucket = at;
	f->next = NONE;
	if (l->by_length[length] == NONE)
		l->by_length[length] = at;
	else
		l->form[l->last_of_length[length]].next = at;
	l->last_of_length[length] = at;
	l->n_form++;
	return at;
}

/* "Russians": the form of "Russian" if the document has it too. */
static struct span
singular(struct span s)
{
	return s.n > 4 && s.p[s.n - 1] == 's' && s.p[s.n - 2] != 's' ? span_cut(s, 0, s.n - 1) : s;
}

static void
add_use(struct linker *l, uint32_t i)
{
	struct name_use *u = &l->use[i];
	struct form *f = &l->form[l->n_form]; /* there is room for one a use */
	struct span alias = { 0 };
	uint32_t at;

	f->first = i;
	f->kind = u->kind;
	f->text = span_cut(l->text, u->start, u->end);
	f->last_seen = 0;
	f->n_entry = 0;
	f->initial = false;
	if (u->kind == NAME_PLACE)
		alias = names_alias(l->names, f->text);
	if (alias.p != NULL)
		f->text = alias;
	split_form(f, f->text);
	at = form_find(l, f);
	if (at == NONE)
		at = form_add(l);
	else if (looks_better(f->text, l->form[at].text))
		l->form[at].text = f->text;
	l->form_of[i] = at;
}

/* ---- entries: what a short form can be found by ---- */

enum tag { TAG_WORD = 1, TAG_FIRST, TAG_LAST, TAG_ACRONYM };

static uint64_t
node_key(unsigned kind, enum tag tag, uint64_t what)
{
	return mix(what, kind * 8U + tag);
}

static void
node_add(struct linker *l, uint32_t form, enum tag tag, uint64_t what)
{
	uint64_t key = node_key(l->form[form].kind, tag, what);
	uint32_t *bucket = &l->node_bucket[key & (l->n_bucket - 1)];

	VEC_PUSH(l->arena, &l->node, (struct node){ key, form, *bucket });
	*bucket = (uint32_t)l->node.n - 1;
}

/* First letters of the words, of capitalised ones alone or of all; 0: too many or too few. */
static uint64_t
acronym_of(struct span s, bool all)
{
	struct span w;
	size_t at = 0, n = 0, len;
	uint64_t h = 1;

	while (next_word(s, &at, &w)) {
		uint32_t cp = utf8_next(w, &len);

		if (!all && !(uni_class(cp) & UNI_UPPER))
			continue;
		h = mix(h, uni_fold(cp));
		n++;
	}
	return n >= ACRONYM_MIN && n <= ACRONYM_MAX ? h : 0;
}

/* The letters of "W.H.O." or "WHO"; 0: not an acronym. */
static uint64_t
acronym_itself(struct span s)
{
	size_t n = 0, len;
	uint64_t h = 1;

	for (size_t i = 0; i < s.n; i += len) {
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len);

		if (cp == '.')
			continue;
		if (!(uni_class(cp) & UNI_UPPER))
			return 0;
		h = mix(h, uni_fold(cp));
		n++;
	}
	return n >= ACRONYM_MIN && n <= ACRONYM_MAX ? h : 0;
}

static void
entry_add(struct linker *l, uint32_t at)
{
	const struct form *f = &l->form[at];
	uint64_t caps, all;

	if (f->n_word < 2)
		return;
	if (f->kind == NAME_PERSON) {
		for (unsigned k = 0; k < f->n_word; k++)
			node_add(l, at, TAG_WORD, f->word[k]);
		return;
	}
	node_add(l, at, TAG_FIRST, f->word[0]);
	node_add(l, at, TAG_LAST, f->word[f->n_word - 1]);
	caps = acronym_of(f->text, false);
	all = acronym_of(f->text, true);
	if (caps != 0)
		node_add(l, at, TAG_ACRONYM, caps);
	if (all != 0 && all != caps)
		node_add(l, at, TAG_ACRONYM, all);
}

/* ---- what a form may be short for ---- */

static bool
same_words(const struct form *f, const struct form *e, unsigned from)
{
	for (unsigned k = 0; k < f->n_word; k++)
		if (f->word[k] != e->word[from + k])
			return false;
	return true;
}

static bool
same_initial(const struct form *f, const struct form *e)
{
	size_t unused;

	return (f->initial || e->initial) &&
	       uni_fold(utf8_next(f->text, &unused)) == uni_fold(utf8_next(e->text, &unused));
}

/* All words of f come in e, in the same order, first and last at its ends. */
static bool
leaves_out_middle(const struct form *f, const struct form *e)
{
	unsigned k = 0;

	if (f->word[0] != e->word[0] || f->word[f->n_word - 1] != e->word[e->n_word - 1])
		return false;
	for (unsigned i = 0; i < e->n_word && k < f->n_word; i++)
		k += f->word[k] == e->word[i];
	return k == f->n_word;
}

static enum bond
person_bond(const struct form *f, const struct form *e)
{
	unsigned n = f->n_word, m = e->n_word;

	if (n == 1) {
		if (f->word[0] == e->word[m - 1])
			return BOND_LAST;
		return f->word[0] == e->word[0] ? BOND_FIRST : BOND_PART;
	}
	if (n > m)
		return BOND_NONE;
	if (leaves_out_middle(f, e) || (n < m && (same_words(f, e, m - n) || same_words(f, e, 0))))
		return BOND_FULL;
	return f->word[n - 1] == e->word[m - 1] && same_initial(f, e) ? BOND_FULL : BOND_NONE;
}

static void
may_be(struct form *f, uint32_t entry, enum bond bond)
{
	if (bond == BOND_NONE || f->n_entry == NAMES_LOOK)
		return;
	for (unsigned k = 0; k < f->n_entry; k++)
		if (f->entry[k] == entry)
			return;
	f->entry[f->n_entry] = entry;
	f->bond[f->n_entry++] = (uint8_t)bond;
}

/* Begins or ends a longer name; a single short word is too little. */
static enum bond
other_bond(const struct form *f, const struct form *e, enum tag tag)
{
	if (tag == TAG_ACRONYM)
		return BOND_FULL;
	if (f->n_word >= e->n_word)
		return BOND_NONE;
	if (tag == TAG_FIRST)
		return f->kind == NAME_ORG && (f->n_word > 1 || f->text.n >= STEM_MIN) &&
			       same_words(f, e, 0)
			   ? BOND_FIRST
			   : BOND_NONE;
	return (f->n_word > 1 || (f->kind == NAME_ORG && f->text.n >= END_MIN)) &&
		       same_words(f, e, e->n_word - f->n_word)
		   ? BOND_LAST
		   : BOND_NONE;
}

static void
look_up(struct linker *l, uint32_t at, enum tag tag, uint64_t what)
{
	struct form *f = &l->form[at];
	uint64_t key = node_key(f->kind, tag, what);
	uint32_t i = l->node_bucket[key & (l->n_bucket - 1)];

	for (unsigned seen = 0; l->node.at != NULL && i != NONE && seen < 4 * NAMES_LOOK;
	     i = l->node.at[i].next, seen++) {
		const struct node *n = &l->node.at[i];
		const struct form *e = &l->form[n->form];

		if (n->key != key || n->form == at)
			continue;
		may_be(f, n->form, tag == TAG_WORD ? person_bond(f, e) : other_bond(f, e, tag));
	}
}

static void
find_entries(struct linker *l, uint32_t at)
{
	const struct form *f = &l->form[at];
	uint64_t acronym;

	if (f->kind == NAME_PERSON) {
		look_up(l, at, TAG_WORD, f->word[f->n_word - 1]);
		return;
	}
	acronym = f->n_word == 1 ? acronym_itself(f->text) : 0;
	if (acronym != 0)
		look_up(l, at, TAG_ACRONYM, acronym);
	if (f->kind == NAME_ORG || f->kind == NAME_OTHER) {
		look_up(l, at, TAG_FIRST, f->word[0]);
		look_up(l, at, TAG_LAST, f->word[f->n_word - 1]);
	}
}

/* ---- acronyms in brackets ---- */

/* Letters of s come in this order in whole, beginning with its first. */
static bool
letters_within(struct span s, struct span whole)
{
	size_t at = 0, len, w;
	uint32_t cp, in;

	for (size_t i = 0; i < s.n; i += len) {
		cp = uni_fold(utf8_next(span_cut(s, i, s.n), &len));
		if (cp == '.')
			continue;
		do {
			if (at >= whole.n)
				return false;
			in = uni_fold(utf8_next(span_cut(whole, at, whole.n), &w));
			at += w;
			if (i == 0 && in != cp)
				return false;
		} while (in != cp);
	}
	return true;
}

/* "General Elections Commission (KPU)": the letters are those of the name in another language. */
static bool
is_translated(const struct linker *l, uint32_t whole, uint32_t letters)
{
	const struct form *x = &l->form[whole], *y = &l->form[letters];

	return x->kind == NAME_ORG && y->kind == NAME_ORG && acronym_itself(y->text) != 0;
}

/* "Independent Electoral Commission (IEC)", and the other way round. */
static void
link_bracket(struct linker *l, uint32_t i)
{
	const struct name_use *a = &l->use[i], *b = &l->use[i + 1];
	uint32_t x = l->form_of[i], y = l->form_of[i + 1], keep = x;

	if (b->start != a->end + 2 || memcmp(l->text.p + a->end, " (", 2) != 0 ||
	    b->end >= l->text.n || l->text.p[b->end] != ')' || a->kind == NAME_PERSON ||
	    b->kind == NAME_PERSON)
		return;
	if (l->form[x].n_word < l->form[y].n_word) {
		x = y;
		y = keep;
	}
	if (l->form[y].n_word == 1 && l->form[x].n_word > 1 &&
	    (letters_within(l->form[y].text, l->form[x].text) || is_translated(l, x, y)))
		may_be(&l->form[y], x, BOND_FULL);
}

/* ---- which entry a use means ---- */

static bool
closer(const struct form *a, const struct form *b)
{
	if (a->last_seen != b->last_seen)
		return a->last_seen > b->last_seen;
	return a->first < b->first;
}

/* An entry that is itself short for a longer one (an acronym spelt out later) leads there. */
static uint32_t
best_entry(const struct linker *l, const struct form *f, uint32_t self)
{
	uint32_t best = self;
	unsigned bond = BOND_NONE;

	for (unsigned k = 0; k < f->n_entry; k++) {
		const struct form *e = &l->form[f->entry[k]];

		if (f->bond[k] < bond ||
		    (f->bond[k] == bond && best != self && !closer(e, &l->form[best])))
			continue;
		best = f->entry[k];
		bond = f->bond[k];
	}
	return best;
}

static void
resolve(struct linker *l, uint32_t i)
{
	uint32_t at = best_entry(l, &l->form[l->form_of[i]], l->form_of[i]);
	struct form *e = &l->form[at];

	e->last_seen = i + 1;
	l->use[i].same = e->first;
	l->use[i].name = e->text;
}

/* "Russians" goes with "Russian" where the document has both. */
static void
join_plural(struct linker *l, uint32_t at)
{
	struct form f;
	struct span s = singular(l->form[at].text);
	uint32_t one;

	if (l->form[at].kind != NAME_PEOPLE || s.n == l->form[at].text.n)
		return;
	f = (struct form){ .kind = NAME_PEOPLE };
	split_form(&f, s);
	one = form_find(l, &f);
	if (one != NONE)
		may_be(&l->form[at], one, BOND_FULL);
}

static void
make_buckets(struct linker *l)
{
	l->n_bucket = power_of_two(l->n * 2);
	l->form_bucket = arena_raw(l->arena, l->n_bucket, sizeof(uint32_t));
	l->node_bucket = arena_raw(l->arena, l->n_bucket, sizeof(uint32_t));
	l->form = arena_raw(l->arena, l->n, sizeof(*l->form));
	l->form_of = arena_raw(l->arena, l->n, sizeof(uint32_t));
	memset(l->form_bucket, 0xFF, l->n_bucket * sizeof(uint32_t));
	memset(l->node_bucket, 0xFF, l->n_bucket * sizeof(uint32_t));
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
		for (uint32_t f = l.by_length[length]; f != NONE; f = l.form[f].next) {
			find_entries(&l, f);
			join_plural(&l, f);
			if (l.form[f].n_entry == 0)
				entry_add(&l, f);
		}
	}
	for (uint32_t i = 0; i + 1 < n; i++)
		link_bracket(&l, i);
	for (uint32_t i = 0; i < n; i++)
		resolve(&l, i);
}
