/* resolve.c - speakers -> names. */
#include "quote/resolve.h"

#include "quote/mentions.h"
#include "quote/speaker.h"
#include "uniclass.h"

enum {

	PRONOUN_PARAS =
	    3, /* a pronoun's speaker was last heard at most so many paragraphs before */
	DESCRIPTIONS_MAX = 512,
	APPOSITION_NODES = 12,
	BARE_NODES = 3, /* "the prime minister" */
	BARE_PARAS = 2,
	BODY_PARAS = 1,
};

struct resolver {
	const struct word_table *words;
	struct names *names;
};

struct resolver *
resolver_new(const struct word_table *words, struct arena *a)
{
	struct resolver *r = ARENA_NEW(a, struct resolver, 1);

	r->words = words;
	r->names = names_new(a);
	return r;
}

#define NOBODY UINT32_MAX

/* Who spoke, or was spoken of. */
struct who {
	uint32_t entity;  /* NOBODY: without a name */
	struct span name; /* p == NULL: none */
	uint8_t gender;
	bool person;   /* may be "he" or "she" */
	bool maybe;    /* for all that is known of the name */
	uint32_t head; /* hash of the noun: "spokesman"; 0: none */
	uint32_t sent;
};

/* "a Kremlin | spokesperson |, Dmitry Peskov": a noun that described an entity. */
struct description {
	uint32_t noun; /* hash */
	size_t mention;
	uint32_t at; /* byte */
};

struct scene {
	struct doc *d;
	const struct resolver *r;
	struct mentions mentions;
	VEC(struct description) described;
	size_t heard;      /* descriptions before this one are behind the speaker at hand */
	struct who last;   /* speaker */
	struct who person; /* the last one who is a person; sent of the report it was */
	bool any, any_person;
};

static const struct node *
node(const struct scene *s, uint32_t i)
{
	return &s->d->nodes.at[i];
}

static bool
is_punct(const struct scene *s, uint32_t i, char c)
{
	return node(s, i)->punct == c;
}

static uint32_t
node_hash(const struct scene *s, uint32_t i)
{
	return s->d->tokens->at[node(s, i)->tok].hash;
}

/* The end of a phrase's core: before its first comma, bracket, relative pronoun or preposition behind the head. Letters in
 * brackets are within it: "the Water Authority (MWA) director". */
static uint32_t
core_end(const struct scene *s, struct extent e)
{
	for (uint32_t i = e.first; i < e.end; i++) {
		const struct node *n = node(s, i);

		if (n->punct == '(' && i + 3 < e.end && is_punct(s, i + 2, ')') &&
		    (node(s, i + 3)->shape & SHAPE_WORD) != 0 &&
		    (node(s, i + 3)->cls & (W_PREP | W_REL)) == 0) {
			i += 2;
			continue;
		}
		if (n->punct == ',' || n->punct == '(' || (n->cls & W_REL) != 0)
			return i;
		if (i > e.first && (n->cls & W_PREP) != 0 && (n->shape & SHAPE_UPPER) == 0)
			return i;
	}
	return e.end;
}

static bool
has_and(const struct scene *s, struct extent e)
{
	for (uint32_t i = e.first; i < e.end; i++)
		if ((node(s, i)->cls & W_AND) != 0 && node(s, i)->punct == 0)
			return true;
	return false;
}

/* "QC", "MP" behind a name */
static bool
is_letters(const struct scene *s, uint32_t i)
{
	const struct token *t = &s->d->tokens->at[node(s, i)->tok];

	return (node(s, i)->cls & W_TITLE) != 0 && (t->flags & TOKEN_CAPS) != 0 && t->len <= 3;
}

/* The mention that ends where the nodes [first, end) end, a possessive and a full stop aside; mentions.n if none. */
static size_t
mention_at_end(const struct scene *s, struct extent e)
{
	uint32_t end = e.end, at;
	size_t m;

	while (end > e.first + 1 &&
	       (is_punct(s, end - 1, '.') || (node(s, end - 1)->shape & SHAPE_POSS) != 0 ||
		   is_letters(s, end - 1)))
		end--;
	if (!extent_some((struct extent){ e.first, end }))
		return s->mentions.n;
	at = node_end(s->d, end - 1);
	m = mentions_from(&s->mentions, at - 1);
	if (m < s->mentions.n && s->mentions.at[m].start < at && s->mentions.at[m].end >= at &&
	    s->mentions.at[m].start >= node_start(s->d, e.first))
		return m;
	return s->mentions.n;
}

/* The end of the apposition that begins at node i. */
static uint32_t
apposition_end(const struct scene *s, uint32_t i, uint32_t stop)
{
	while (i < stop && !is_punct(s, i, ','))
		i++;
	return i;
}

/* Is there nothing but titles in the phrase before the mention? */
static bool
only_titles(const struct scene *s, struct extent e, size_t m)
{
	uint32_t i = e.first;

	while (i < e.end && node_start(s->d, i) < s->mentions.at[m].start &&
	       ((node(s, i)->cls & W_TITLE) != 0 || is_punct(s, i, '.') || is_punct(s, i, '-')))
		i++;
	return i < e.end && node_start(s->d, i) == s->mentions.at[m].start;
}

/* The node that byte at of the phrase begins with; e.end if none. */
static uint32_t
node_from(const struct scene *s, struct extent e, uint32_t at)
{
	uint32_t i = e.first;

	while (i < e.end && node_start(s->d, i) < at)
		i++;
	return i;
}

/* "Secretary for Health | Dr Dan Low", "the health and welfare secretary | Ann Low": a person at the end of the phrase, behind a
 * title or noun of people; not one who only belongs to a preposition. mentions.n if there is none. */
static size_t
titled_at_end(const struct scene *s, struct extent e)
{
	size_t m = mention_at_end(s, e),
	       first = mentions_from(&s->mentions, node_start(s->d, e.first));
	bool upper = false;
	uint32_t i;

	if (m == s->mentions.n || !s->mentions.at[m].person)
		return s->mentions.n;
	for (size_t k = first; k < m; k++)
		if (s->mentions.at[k].person)
			return s->mentions.n; /* one of several */
	i = node_from(s, e, s->mentions.at[m].start);
	if (i == e.first || (node(s, i - 1)->cls & (W_TITLE | W_NOMINAL)) == 0)
		return s->mentions.n;
	while (i > e.first && (node(s, i - 1)->cls & (W_TITLE | W_NOMINAL)) != 0 &&
	       (node(s, i - 1)->cls & (W_GROUP | W_DOC | W_PLURAL)) == 0)
		i--;
	for (; i > e.first && (node(s, i - 1)->cls & W_PREP) == 0; i--)
		upper |= (node(s, i - 1)->shape & SHAPE_UPPER) != 0;
	return i > e.first && !upper ? s->mentions.n : m; /* "by new analyst Ann Low" */
}

/* The name in an apposition of the phrase: "the assailant, | John McGraw", "His number two, | Elmar Zade of the union"; known
 * tells that the phrase is about a person. */
static size_t
apposed_mention(const struct scene *s, struct extent e, uint32_t from, bool known)
{
	for (uint32_t i = from; i < e.end; i++) {
		struct extent app;
		size_t m;

		if (!is_punct(s, i, ','))
			continue;
		app = (struct extent){ i + 1, apposition_end(s, i + 1, e.end) };
		app.end = extent_some(app) ? core_end(s, app) : app.first;
		m = extent_some(app) ? mention_at_end(s, app) : s->mentions.n;
		if (m == s->mentions.n)
			continue;
		if ((s->mentions.at[m].person ||
			(s->mentions.at[m].maybe && (known || app.end - app.first > 1))) &&
		    (only_titles(s, app, m) || titled_at_end(s, app) == m))
			return m;
	}
	return s->mentions.n;
}

/* The mention that names the phrase: at the end of its core, or in an apposition. */
static size_t
phrase_mention(const struct scene *s, struct extent e)
{
	uint32_t end = core_end(s, e);
	struct extent core = { e.first, end },
		      whole = { e.first, apposition_end(s, e.first, e.end) };
	uint32_t head = end > e.first ? node(s, end - 1)->cls : 0;
	bool one = (head & (W_GROUP | W_DOC | W_PLURAL)) == 0,
	     nominal = one && (head & W_NOMINAL) != 0;
	size_t m, k;

	m = has_and(s, core) ? s->mentions.n : mention_at_end(s, core);
	if (m == s->mentions.n ? whole.end > end || has_and(s, core)
			       : whole.end > end && !s->mentions.at[m].person) {
		k = titled_at_end(s, whole);
		m = k < s->mentions.n ? k : m;
	}
	if (end >= e.end || has_and(s, core) || (m < s->mentions.n && s->mentions.at[m].person))
		return m;
	if (m < s->mentions.n) { /* "the Ranking Member, Dr Casimir Low" */
		k = apposed_mention(s, e, end, false);
		return k < s->mentions.n && s->mentions.at[k].person ? k : m;
	}
	return apposed_mention(s, e, end, nominal);
}

/* The noun that a phrase without a name is about: the last word of its core. */
static uint32_t
phrase_noun(const struct scene *s, struct extent e, uint32_t *cls)
{
	uint32_t end = core_end(s, e);

	if (end == e.first)
		return 0;
	*cls = node(s, end - 1)->cls;
	return node_hash(s, end - 1);
}

static void
describe(struct scene *s, uint32_t i, size_t mention)
{
	struct description x = {
		.noun = node_hash(s, i), .mention = mention, .at = node_start(s->d, i)
	};

	VEC_PUSH(s->d->arena, &s->described, x);
}

/* The node that begins at byte at, searched from node i on; NODE_NONE if none does outside marks. */
static uint32_t
node_at(const struct scene *s, uint32_t i, uint32_t at)
{
	while (i < s->d->nodes.n && node_start(s->d, i) < at)
		i++;
	if (i == s->d->nodes.n || node_start(s->d, i) > at ||
	    (node(s, i)->shape & SHAPE_QUOTE) != 0)
		return NODE_NONE;
	return i;
}

/* The nouns of the apposition that begins at node i. */
static void
describe_apposition(struct scene *s, uint32_t i, size_t mention)
{
	uint32_t stop =
	    s->d->nodes.n - i < APPOSITION_NODES ? (uint32_t)s->d->nodes.n : i + APPOSITION_NODES;

	for (; i < stop && !is_punct(s, i, ','); i++) {
		if ((node(s, i)->cls & W_PREP) != 0 || (node(s, i)->shape & SHAPE_QUOTE) != 0)
			break;
		if (node(s, i)->cls & W_NOMINAL)
			describe(s, i, mention);
	}
}

/* The body whose name the nodes from i on are: "Ministry of Water" is "the ministry", "Farmers' Union" "the union". */
static void
describe_body(struct scene *s, uint32_t i, size_t mention)
{
	for (; i < s->d->nodes.n && node_start(s->d, i) < s->mentions.at[mention].end; i++)
		if ((node(s, i)->cls & (W_NOMINAL | W_GROUP)) == (W_NOMINAL | W_GROUP))
			describe(s, i, mention);
}

/* Nouns around each mention of a person: the word before it ("spokesperson Dmitry Peskov") and those of an apposition
 * behind it (", a Kremlin spokesperson,"). */
static void
find_descriptions(struct scene *s)
{
	uint32_t i = 0;

	for (size_t m = 0; m < s->mentions.n; m++) {
		const struct mention_of *x = &s->mentions.at[m];
		uint32_t at = node_at(s, i, x->start), k;

		if (at == NODE_NONE)
			continue;
		i = at;
		if (!x->person) {
			describe_body(s, i, m);
			continue;
		}
		k = i > 0 && is_punct(s, i - 1, '.') ? i - 1 : i;
		if (k > 0 && (node(s, k - 1)->cls & (W_NOMINAL | W_TITLE)) != 0)
			describe(s, k - 1, m);
		for (k = i; k < s->d->nodes.n && node_start(s->d, k) < x->end; k++)
			;
		if (k + 1 < s->d->nodes.n && is_punct(s, k, ','))
			describe_apposition(s, k + 1, m);
	}
}

static struct who
who_of(const struct scene *s, size_t m, uint32_t sent)
{
	const struct mention_of *x = &s->mentions.at[m];

	return (struct who){ .entity = x->entity,
		.name = x->name,
		.gender = x->gender,
		.person = x->person,
		.maybe = x->maybe,
		.sent = sent };
}

static bool
compatible(uint8_t a, uint8_t b)
{
	return a == 0 || b == 0 || (a & b) != 0;
}

/* The person that a sentence is about before node stop: its subject, else the last one in it whose gender is known
 * to fit. Words in marks do not count. */
static size_t
sentence_person(const struct scene *s, const struct sentence *t, uint32_t stop, uint8_t gender)
{
	uint32_t end = stop < t->end ? stop : t->end;
	struct extent e = speaker_main(s->d, t, end);
	size_t m = extent_some(e) ? phrase_mention(s, e) : s->mentions.n, found = s->mentions.n;

	if (m < s->mentions.n && s->mentions.at[m].person &&
	    compatible(s->mentions.at[m].gender, gender))
		return m;
	for (uint32_t i = t->first; i < end; i++) {
		uint32_t at = node_start(s->d, i);

		if ((node(s, i)->shape & SHAPE_UPPER) == 0)
			continue;
		m = mentions_from(&s->mentions, at);
		if (m == s->mentions.n || s->mentions.at[m].start != at ||
		    !s->mentions.at[m].person)
			continue;
		while (i + 1 < end && node_start(s->d, i + 1) < s->mentions.at[m].end)
			i++;
		if (s->mentions.at[m].gender == gender &&
		    (i + 1 >= end || (node(s, i + 1)->shape & SHAPE_POSS) == 0))
			found = m; /* not "Amin's lawyer" */
	}
	return found;
}

/* Was x heard at most PRONOUN_PARAS paragraphs before paragraph para? */
static bool
speaks_near(const struct scene *s, const struct who *x, uint32_t para)
{
	return para - s->d->sents.at[x->sent].para <= PRONOUN_PARAS;
}

/* The same one again, as he or she. */
static struct who
still(const struct who *x, uint32_t sent, uint8_t gender)
{
	struct who w = *x;

	w.sent = sent;
	w.person = true;
	if (w.gender == 0 || w.gender == GENDER_EITHER)
		w.gender = gender;
	return w;
}

/* "he", "she": the subject of the same sentence, or the last speaker unless another person opened a sentence since. */
static struct who
resolve_pronoun(const struct scene *s, const struct report *r, uint8_t gender)
{
	const struct doc *d = s->d;
	struct who none = { .entity = NOBODY, .gender = gender, .person = true, .sent = r->sent };
	uint32_t para = d->sents.at[r->sent].para;
	bool last = s->any && s->last.person && compatible(s->last.gender, gender) &&
		    speaks_near(s, &s->last, para);

	for (uint32_t k = r->sent + 1; k-- > 0 && para - d->sents.at[k].para <= PRONOUN_PARAS;) {
		size_t m;

		if (last && k < s->last.sent)
			break;
		if (last && k == s->last.sent && k != r->sent)
			break;
		m = sentence_person(s, &d->sents.at[k], r->speaker.first, gender);
		if (m < s->mentions.n)
			return who_of(s, m, r->sent);
	}
	if (last || (s->any && s->last.maybe && speaks_near(s, &s->last, para)))
		return still(&s->last, r->sent, gender);
	if (s->any_person && compatible(s->person.gender, gender) &&
	    speaks_near(s, &s->person, para))
		return still(&s->person, r->sent, gender);
	return none;
}

/* "who", "which": what stands right before. */
static struct who
resolve_relative(const struct scene *s, const struct report *r)
{
	struct who none = { .entity = NOBODY, .sent = r->sent };
	uint32_t i = r->speaker.first, first = s->d->sents.at[r->sent].first;
	size_t m;

	if (i > first && is_punct(s, i - 1, ','))
		i--;
	if (i == first)
		return none;
	m = mention_at_end(s, (struct extent){ first, i });
	if (m == s->mentions.n)
		return none;
	for (uint32_t k = i; k > first && node_start(s->d, k - 1) >= s->mentions.at[m].start; k--)
		i = k - 1;
	if (i > first && (node(s, i - 1)->cls & W_AND) != 0)
		return none; /* one of several */
	return who_of(s, m, r->sent);
}

static bool
is_word(const struct scene *s, uint32_t i, struct span w)
{
	return span_eq(token_span(s->d->text, &s->d->tokens->at[node(s, i)->tok]), w);
}

/* "The minister" without more, soon behind the words of a person with a name: mostly the same one (world news: 18 of
 * 24). */
static bool
still_speaks(const struct scene *s, const struct report *r, const struct who *x)
{
	const struct doc *d = s->d;

	if (!s->any || !(s->last.person || s->last.maybe) || s->last.name.p == NULL ||
	    !compatible(s->last.gender, x->gender) ||
	    r->speaker.end - r->speaker.first > BARE_NODES ||
	    d->sents.at[r->sent].para - d->sents.at[s->last.sent].para > BARE_PARAS ||
	    (!is_word(s, r->speaker.first, SPAN("The")) &&
		!is_word(s, r->speaker.first, SPAN("the"))))
		return false;
	for (uint32_t i = r->speaker.first + 1; i < r->speaker.end; i++)
		if ((node(s, i)->shape & (SHAPE_UPPER | SHAPE_POSS)) != 0 ||
		    (node(s, i)->cls & W_PREP) != 0 || is_word(s, i, SPAN("former")))
			return false;
	return true;
}

/* The latest one described by the noun before byte at; described.n if none. */
static size_t
described_by(const struct scene *s, uint32_t noun, uint32_t at)
{
	for (size_t k = s->described.n, look = 0; k-- > 0 && look < DESCRIPTIONS_MAX; look++)
		if (s->described.at[k].at < at && s->described.at[k].noun == noun)
			return k;
	return s->described.n;
}

/* "the ministry", of which the document has the name. */
static struct who
resolve_body(const struct scene *s, const struct report *r, struct who none)
{
	size_t k = described_by(s, none.head, node_start(s->d, r->speaker.first));

	if (r->speaker.end - r->speaker.first != 2 || k == s->described.n ||
	    (node(s, r->speaker.first)->cls & W_DET) == 0)
		return none;
	return who_of(s, s->described.at[k].mention, r->sent);
}

/* "it": the body that spoke last, or that the sentence before is about. */
static struct who
resolve_it(const struct scene *s, const struct report *r)
{
	const struct doc *d = s->d;
	struct who none = { .entity = NOBODY, .sent = r->sent };
	uint32_t para = d->sents.at[r->sent].para;

	for (uint32_t k = r->sent; k-- > 0 && para - d->sents.at[k].para <= BODY_PARAS;) {
		struct extent e;
		size_t m;

		if (s->any && s->last.sent >= k)
			break;
		e = speaker_main(d, &d->sents.at[k], d->sents.at[k].end);
		m = extent_some(e) ? phrase_mention(s, e) : s->mentions.n;
		if (m < s->mentions.n && !s->mentions.at[m].person)
			return who_of(s, m, r->sent);
	}
	if (!s->any || s->last.person || s->last.name.p == NULL || !speaks_near(s, &s->last, para))
		return none;
	none = s->last;
	none.sent = r->sent;
	return none;
}

/* "the spokesman": the latest person described so, else the last speaker if such a one. */
static struct who
resolve_nominal(struct scene *s, const struct report *r)
{
	uint32_t cls = 0, noun = phrase_noun(s, r->speaker, &cls),
		 at = node_start(s->d, r->speaker.first);
	struct who none = { .entity = NOBODY, .head = noun, .sent = r->sent };
	size_t k;
	uint32_t first = node(s, r->speaker.first)->cls;

	none.gender =
	    (uint8_t)((cls & W_MALE ? GENDER_MALE : 0) | (cls & W_FEMALE ? GENDER_FEMALE : 0));
	none.person =
	    (cls & (W_NOMINAL | W_TITLE)) != 0 && (cls & (W_PLURAL | W_GROUP | W_DOC)) == 0;
	if ((cls & (W_NOMINAL | W_GROUP)) == (W_NOMINAL | W_GROUP))
		return resolve_body(s, r, none);
	if (!none.person || (first & (W_DET | W_POSS)) == 0 ||
	    span_is(token_span(s->d->text, &s->d->tokens->at[node(s, r->speaker.first)->tok]), "a"))
		return none;
	if (s->any && s->last.head == noun)
		return s->last;
	k = described_by(s, noun, at);
	if (k < s->described.n) {
		struct who w = who_of(s, s->described.at[k].mention, r->sent);

		w.head = noun;
		return w;
	}
	return still_speaks(s, r, &none) ? still(&s->last, r->sent, none.gender) : none;
}

static uint8_t
pronoun_gender(uint32_t cls)
{
	return (uint8_t)((cls & W_MALE ? GENDER_MALE : 0) | (cls & W_FEMALE ? GENDER_FEMALE : 0));
}

/* A pronoun's gender; false: the speaker is none of he, she, his, her. */
static bool
personal(const struct scene *s, struct extent e, uint8_t *gender)
{
	uint32_t cls;

	if (e.end - e.first != 1)
		return false;
	cls = node(s, e.first)->cls;
	if ((cls & (W_PRON | W_AUXED)) != 0 && pronoun_gender(cls) != 0)
		*gender = pronoun_gender(cls);
	else if (is_word(s, e.first, SPAN("his")))
		*gender = GENDER_MALE;
	else if (is_word(s, e.first, SPAN("her")))
		*gender = GENDER_FEMALE;
	else
		return false;
	return true;
}

/* "| A spokesman | for the ministry, Col. Danko, said": from now on he is the spokesman. */
static void
describe_speaker(struct scene *s, const struct report *r, size_t m)
{
	uint32_t i = r->speaker.first;

	while (i < r->speaker.end && (node(s, i)->cls & W_PREP) == 0 && !is_punct(s, i, ','))
		i++;
	if (i == r->speaker.first || i == r->speaker.end || !s->mentions.at[m].person ||
	    s->mentions.at[m].start < node_end(s->d, i - 1))
		return;
	if ((node(s, i - 1)->cls & W_NOMINAL) != 0 &&
	    (node(s, i - 1)->cls & (W_PLURAL | W_GROUP | W_DOC)) == 0)
		describe(s, i - 1, m);
}

static struct who
resolve_one(struct scene *s, const struct report *r)
{
	struct who none = { .entity = NOBODY, .sent = r->sent };
	uint8_t gender;
	size_t m;

	if (!extent_some(r->speaker))
		return none;
	if (personal(s, r->speaker, &gender))
		return resolve_pronoun(s, r, gender);
	if (r->speaker.end - r->speaker.first == 1 &&
	    (is_word(s, r->speaker.first, SPAN("it")) || is_word(s, r->speaker.first, SPAN("It"))))
		return resolve_it(s, r);
	if (node(s, r->speaker.first)->cls & W_REL)
		return resolve_relative(s, r);
	m = phrase_mention(s, r->speaker);
	if (m == s->mentions.n)
		return resolve_nominal(s, r);
	describe_speaker(s, r, m);
	return who_of(s, m, r->sent);
}

/* Indexes of the reports by sentence. Counted, not compared: linear, and those of one sentence keep their order. */
static uint32_t *
in_text_order(const struct doc *d, const struct reports *r)
{
	uint32_t *order = ARENA_NEW(d->arena, uint32_t, r->n);
	uint32_t *at = ARENA_NEW(d->arena, uint32_t, d->sents.n + 1);

	for (size_t i = 0; i < r->n; i++)
		at[r->at[i].sent + 1]++;
	for (size_t k = 1; k <= d->sents.n; k++)
		at[k] += at[k - 1];
	for (uint32_t i = 0; i < r->n; i++)
		order[at[r->at[i].sent]++] = i;
	return order;
}

void
resolve_names(
    struct doc *d, const struct resolver *r, const struct reports *reports, struct names_of *out)
{
	struct scene s = { .d = d, .r = r };
	uint32_t *order;

	out->reports = reports;
	out->name = ARENA_NEW(d->arena, struct span, reports->n);
	if (reports->n == 0)
		return;
	mentions_find(d, &(struct mention_rules){ r->words, r->names, reports }, &s.mentions);
	find_descriptions(&s);
	order = in_text_order(d, reports);
	for (size_t k = 0; k < reports->n; k++) {
		const struct report *x = &reports->at[order[k]];
		struct who w;

		if (x->like != 0 || !extent_some(x->speaker))
			continue;
		w = resolve_one(&s, x);
		out->name[order[k]] = w.name;
		s.last = w;
		s.any = true;
		if (w.person && w.name.p != NULL) {
			s.person = w;
			s.any_person = true;
		}
	}
	for (size_t i = 0; i < reports->n; i++)
		if (reports->at[i].like != 0)
			out->name[i] = out->name[reports->at[i].like - 1];
}
