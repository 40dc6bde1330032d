/* uncued.c - stretches without a cue. */
#include "quote/uncued.h"

#include "quote/speaker.h"

/* Where each stretch stands. */
struct place {
	uint32_t node, sent;
	uint32_t owner; /* report + 1; 0: none */
	bool alone;     /* its sentence has nothing but marks */
};

struct job {
	struct doc *d;
	const struct patterns *p;
	struct reports *r;
	struct place *at; /* by stretch */
	uint32_t n_cued;  /* reports that cues found, in order */
	uint32_t cued;    /* of them those before the stretch at hand */
	uint32_t owned;   /* the last stretch with an owner, + 1; 0: none */
};

/* A sentence of nothing but stretches and punctuation. */
static bool
only_marks(const struct doc *d, const struct sentence *s)
{
	for (uint32_t i = s->first; i < s->end; i++)
		if (d->nodes.at[i].shape & SHAPE_WORD)
			return false;
	return true;
}

static void
find_places(struct job *j)
{
	const struct doc *d = j->d;
	uint32_t sent = 0, judged = NODE_NONE;
	bool alone = false;

	for (uint32_t k = 0; k < d->stretches.n; k++) {
		uint32_t node = d->stretches.at[k].node;

		if (node_stretch(d, node) != &d->stretches.at[k])
			continue; /* one inside another is no node */
		while (d->sents.at[sent].end <= node)
			sent++;
		if (judged != sent)
			alone = only_marks(d, &d->sents.at[sent]);
		judged = sent;
		j->at[k] = (struct place){ node, sent, 0, alone };
	}
}

static void
find_owners(struct job *j)
{
	for (uint32_t k = 0; k < j->r->n; k++) {
		const struct report *r = &j->r->at[k];

		for (uint32_t p = 0; p < r->n_part; p++)
			for (uint32_t i = r->part[p].first; i < r->part[p].end; i++) {
				const struct node *n = &j->d->nodes.at[i];

				if (n->shape & SHAPE_QUOTE && j->at[n->stretch].owner == 0)
					j->at[n->stretch].owner = k + 1;
			}
	}
}

/* A report of stretch k with the speaker of report like; grouped with it when same. */
static void
add_like(struct job *j, uint32_t k, const char *rule, uint32_t like, bool same)
{
	struct report r = j->r->at[like];

	r.like = j->r->at[like].like != 0 ? j->r->at[like].like : like + 1;
	r.sent = j->at[k].sent;
	r.n_part = 1;
	r.part[0] = (struct extent){ j->at[k].node, j->at[k].node + 1 };
	r.pattern = pattern_named(j->p, rule);
	if (!same) {
		r.cue.end = r.cue.first;
		r.group = (uint32_t)j->r->n + 1;
	}
	VEC_PUSH(j->d->arena, j->r, r);
	j->at[k].owner = (uint32_t)j->r->n;
}

static void
add_own(struct job *j, uint32_t k, const char *rule, struct extent speaker, struct extent cue)
{
	struct report r = {
		.sent = j->at[k].sent, .speaker = speaker, .cue = cue, .cls = CUE_QUOTE
	};

	r.clause = speaker.first;
	r.n_part = 1;
	r.part[0] = (struct extent){ j->at[k].node, j->at[k].node + 1 };
	r.pattern = pattern_named(j->p, rule);
	r.group = (uint32_t)j->r->n + 1;
	VEC_PUSH(j->d->arena, j->r, r);
	j->at[k].owner = (uint32_t)j->r->n;
}

static bool
same_para(const struct job *j, uint32_t a, uint32_t b)
{
	return j->d->stretches.at[a].para == j->d->stretches.at[b].para;
}

/* The report that was heard last before stretch k, with marks or without; its number + 1, or 0. */
static uint32_t
heard_last(struct job *j, uint32_t k)
{
	uint32_t sent = j->at[k].sent, by_marks = 0, by_cue;

	while (j->cued < j->n_cued && j->r->at[j->cued].sent < sent)
		j->cued++;
	by_cue = j->cued;
	while (by_cue > 0 && !extent_some(j->r->at[by_cue - 1].speaker))
		by_cue--;
	if (j->owned > 0)
		by_marks = j->at[j->owned - 1].owner;
	if (by_marks == 0 || by_cue == 0)
		return by_marks + by_cue;
	return j->r->at[by_cue - 1].sent > j->at[j->owned - 1].sent ? by_cue : by_marks;
}

static uint32_t
para_of(const struct job *j, uint32_t sent)
{
	return j->d->sents.at[sent].para;
}

/* The subject of the sentence before, in the same paragraph: "Amina Diallo, 67, has run here since 2001. “I am slow.”" */
static bool
try_subject(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	uint32_t sent = j->at[k].sent, i = j->at[k].node;
	struct extent who;

	if (sent == 0 || d->sents.at[sent].opens_para)
		return false;
	who = speaker_main(d, &d->sents.at[sent - 1], d->sents.at[sent - 1].end);
	if (!extent_some(who) || who.first != d->sents.at[sent - 1].first)
		return false;
	if ((d->nodes.at[who.first].cls & (W_MALE | W_FEMALE | W_TITLE | W_FIRST)) == 0 &&
	    ((d->nodes.at[who.first].cls & W_DET) != 0 || speaker_plural(d, who) == 1))
		return false;
	add_own(j, k, "subject", who, (struct extent){ i, i });
	return true;
}

/* Behind a paragraph that ends in a colon: its subject. "The director gave her reasons:" */
static bool
try_colon_paragraph(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	uint32_t sent = j->at[k].sent, verb;
	const struct sentence *before = &d->sents.at[sent] - 1;
	struct extent who, cue = { j->at[k].node, j->at[k].node };

	if (sent == 0 || !d->sents.at[sent].opens_para || d->nodes.at[before->end - 1].punct != ':')
		return false;
	who = speaker_verb(d, before, before->end, &verb);
	if (!extent_some(who) || node_is(d, who.first, "it") || node_is(d, who.first, "It"))
		return false;
	if (verb != NODE_NONE && (d->nodes.at[verb].cls & W_CUE) != 0)
		cue = (struct extent){ verb, verb + 1 };
	add_own(j, k, "colon-para", who, cue);
	return true;
}

/* Does the text treat the words of core as a person: by a first name or title, an age, a relative or an apposition? */
static bool
seems_person(const struct doc *d, struct extent core)
{
	const struct node *first = &d->nodes.at[core.first], *next = &d->nodes.at[core.end];
	uint32_t known = 0;

	for (uint32_t i = core.first; i < core.end; i++)
		known |= d->nodes.at[i].cls;
	if (core.end - core.first > 5 || (known & (W_GROUP | W_DOC | W_PREP)) != 0)
		return false;
	if ((first->cls & (W_FIRST | W_TITLE)) != 0)
		return true;
	if (core.end - core.first < 2 || core.end + 1 >= d->nodes.n || next->punct != ',')
		return false;
	return (next[1].shape & SHAPE_NUMBER) != 0 || (next[1].cls & (W_REL | W_DET)) != 0;
}

/* The first name of a person in the sentence, with its apposition. */
static struct extent
named_person(const struct doc *d, const struct sentence *s)
{
	for (uint32_t i = s->first; i + 1 < s->end; i++) {
		const struct node *n = &d->nodes.at[i];
		struct extent core;

		if ((n->shape & SHAPE_UPPER) == 0 || !phrase_begins(d, i) ||
		    (n->cls & (W_DET | W_TIME)) != 0)
			continue;
		core = speaker_core(d, s, i);
		if (seems_person(d, core))
			return speaker_right(d, s, i);
		i = core.end > i ? core.end - 1 : i;
	}
	return (struct extent){ s->first, s->first };
}

/* The person that the next paragraph begins with: "“I saw it come.” ¶ Tomas Vela, 51, is a fisherman." */
static bool
try_next(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	uint32_t next = j->at[k].sent + 1, i = j->at[k].node;
	struct extent who;

	if (next >= d->sents.n || !d->sents.at[next].opens_para ||
	    d->nodes.at[d->sents.at[next].end - 1].punct == ':')
		return false;
	who = named_person(d, &d->sents.at[next]);
	if (!extent_some(who))
		return false;
	add_own(j, k, "next", who, (struct extent){ i, i });
	return true;
}

/* A paragraph of a few words in marks, or in single marks where speech is in double ones: a heading or a heckle. */
static bool
cross_head(const struct job *j, uint32_t k)
{
	const struct stretch *x = &j->d->stretches.at[k];

	return x->words < UNCUED_PARAGRAPH ||
	       (x->single && j->owned > 0 && !j->d->stretches.at[j->owned - 1].single);
}

/* Sentences of marks alone: whoever spoke before, or speaks next. */
static bool
try_alone(struct job *j, uint32_t k)
{
	uint32_t n = (uint32_t)j->d->stretches.n, heard = heard_last(j, k), apart = UINT32_MAX;

	if (heard != 0)
		apart = para_of(j, j->at[k].sent) - para_of(j, j->r->at[heard - 1].sent);
	if (apart == 0) {
		add_like(j, k, "continued", heard - 1, true);
	} else if (try_subject(j, k) || try_colon_paragraph(j, k)) {
		return true;
	} else if (k + 1 < n && j->at[k + 1].owner != 0 && same_para(j, k, k + 1)) {
		add_like(j, k, "ahead", j->at[k + 1].owner - 1, true);
	} else if (apart <= 2 && !cross_head(j, k)) {
		add_like(j, k, "paragraph", heard - 1, false);
	} else {
		return !cross_head(j, k) && try_next(j, k);
	}
	return true;
}

/* “...,” NAME beamed; “...,” beamed NAME */
static bool
try_verb(struct job *j, uint32_t k)
{
	const struct sentence *s = &j->d->sents.at[j->at[k].sent];
	char last = j->d->stretches.at[k].last;
	uint32_t i = j->at[k].node + 1;
	struct extent who;

	if ((last != ',' && last != '?' && last != '!') || i + 1 >= s->end ||
	    j->at[k].node != s->first)
		return false;
	if (verb_finite(j->d, i, false) && (j->d->nodes.at[i].cls & W_AUX) == 0) {
		who = speaker_right(j->d, s, i + 1);
		if (extent_some(who)) {
			add_own(j, k, "verb", who, (struct extent){ i, i + 1 });
			return true;
		}
	}
	who = speaker_right(j->d, s, i);
	if (who.end > i + 2 && (j->d->nodes.at[who.end - 1].shape & SHAPE_ED) != 0)
		who.end--; /* "an angry Ruiz | retaliated" */
	if (!extent_some(who) || who.end >= s->end || !verb_finite(j->d, who.end, false) ||
	    (j->d->nodes.at[who.end].cls & W_AUX) != 0)
		return false;
	add_own(j, k, "verb", who, (struct extent){ who.end, who.end + 1 });
	return true;
}

/* The subject of the sentence up to the stretch. */
static struct extent
subject(const struct job *j, uint32_t k)
{
	return speaker_main(j->d, &j->d->sents.at[j->at[k].sent], j->at[k].node);
}

/* “...” — Ana Ruiz */
static bool
try_dash(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	uint32_t i = j->at[k].node + 1, sent;
	struct extent who;

	while (i < d->nodes.n && (d->nodes.at[i].punct == '.' || d->nodes.at[i].punct == ','))
		i++;
	if (i + 1 >= d->nodes.n || d->nodes.at[i].punct != '-' ||
	    !(d->nodes.at[i + 1].shape & SHAPE_UPPER))
		return false;
	sent = node_sentence(d, i + 1);
	if (sent > j->at[k].sent + 1)
		return false;
	who = speaker_right(d, &d->sents.at[sent], i + 1);
	if (!extent_some(who) ||
	    (who.end < d->sents.at[sent].end && d->nodes.at[who.end].shape & SHAPE_WORD))
		return false;
	add_own(j, k, "dash", who, (struct extent){ i, i });
	return true;
}

/* A phrase that is all of a sentence up to its colon: "13:15 | General Mba, on shoulders |: “...”"; empty where a verb is in it. */
static struct extent
verbless(const struct doc *d, struct extent e)
{
	while (e.first < e.end && ((d->nodes.at[e.first].shape & SHAPE_NUMBER) != 0 ||
				      d->nodes.at[e.first].punct == ':'))
		e.first++;
	for (uint32_t i = e.first; i < e.end; i++)
		if ((d->nodes.at[i].cls & (W_AUX | W_AUXED)) != 0 ||
		    (d->nodes.at[i].shape & SHAPE_QUOTE) != 0)
			e.end = e.first;
	if (!extent_some(e) || !phrase_begins(d, e.first) ||
	    (d->nodes.at[e.first].shape & SHAPE_UPPER) == 0)
		e.end = e.first;
	return e;
}

static bool
try_colon(struct job *j, uint32_t k)
{
	const struct sentence *s = &j->d->sents.at[j->at[k].sent];
	uint32_t i = j->at[k].node;
	struct extent none = { i, i }, who;

	if (i == s->first || j->d->nodes.at[i - 1].punct != ':' ||
	    j->d->stretches.at[k].words < UNCUED_COLON)
		return false;
	if (i > s->first + 1 && verb_finite(j->d, i - 2, false) &&
	    (j->d->nodes.at[i - 2].cls & W_AUX) == 0) {
		who = speaker_left(j->d, s, i - 2); /* "the coach moaned: “...”" */
		if (extent_some(who)) {
			add_own(j, k, "colon", who, (struct extent){ i - 2, i - 1 });
			return true;
		}
	}
	who = speaker_left(j->d, s, i - 1);
	if (!extent_some(who) || (j->d->nodes.at[who.end - 1].shape & SHAPE_UPPER) == 0)
		who = subject(j, k);
	if (!extent_some(who)) {
		who = verbless(j->d, (struct extent){ s->first, i - 1 });
		if (who.end > who.first + 1 &&
		    (j->d->nodes.at[who.end - 2].cls & (W_PREP | W_DET | W_POSS | W_AND)) == 0 &&
		    (j->d->nodes.at[who.end - 1].shape & (SHAPE_S | SHAPE_ED)) != 0) {
			none = (struct extent){ i - 2, i - 1 }; /* "Article 33 | affirms |:" */
			who.end--;
		}
	}
	add_own(j, k, "colon", who, none);
	return true;
}

/* "For Amina Diallo, “...”" */
static bool
try_for(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	const struct sentence *s = &d->sents.at[j->at[k].sent];
	uint32_t i = j->at[k].node;
	struct extent who;

	if (i < s->first + 3 || d->nodes.at[i - 1].punct != ',' ||
	    d->stretches.at[k].words < UNCUED_PHRASE ||
	    !span_is(token_span(d->text, &d->tokens->at[d->nodes.at[s->first].tok]), "For"))
		return false;
	who = (struct extent){ s->first + 1, i - 1 };
	for (uint32_t n = who.first; n < who.end; n++)
		if (d->nodes.at[n].shape & SHAPE_QUOTE || d->nodes.at[n].cls & (W_AUX | W_TIME))
			return false;
	add_own(j, k, "for", who, (struct extent){ i, i });
	return true;
}

static bool
try_long(struct job *j, uint32_t k)
{
	uint32_t i = j->at[k].node, heard;
	struct extent who;

	if (j->d->stretches.at[k].words < UNCUED_LONG || j->d->stretches.at[k].title)
		return false;
	heard = heard_last(j, k);
	who = subject(j, k);
	if (k > 0 && j->at[k - 1].owner != 0 && j->at[k - 1].sent == j->at[k].sent)
		add_like(j, k, "long", j->at[k - 1].owner - 1, true);
	else if (!extent_some(who) && heard != 0 &&
		 para_of(j, j->at[k].sent) - para_of(j, j->r->at[heard - 1].sent) <= 1)
		add_like(j, k, "long", heard - 1, false);
	else
		add_own(j, k, "long", who, (struct extent){ i, i });
	return true;
}

/* A few words in marks within what the sentence's subject does: "praised her “quiet, steady hand” in May". */
static bool
try_phrase(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	const struct stretch *x = &d->stretches.at[k];
	const struct sentence *s = &d->sents.at[j->at[k].sent];
	uint32_t verb, i = j->at[k].node;
	struct extent who, object;

	if (x->words < UNCUED_PHRASE || x->title || x->upper)
		return false;
	who = speaker_verb(d, s, i, &verb);
	if (!extent_some(who) || verb == NODE_NONE || verb + 1 > i ||
	    (d->nodes.at[verb].cls & W_AUX) != 0 || (d->nodes.at[who.first].cls & W_REL) != 0)
		return false;
	object = content_object(d, s, verb + 1);
	if (i < object.first || i >= object.end)
		return false;
	add_own(j, k, "phrase", who, (struct extent){ verb, verb + 1 });
	j->r->at[j->r->n - 1].part[0] = object;
	return true;
}

/* The last word before node i of the sentence that can report, or NODE_NONE. */
static uint32_t
cue_before(const struct doc *d, const struct sentence *s, uint32_t i)
{
	uint32_t stop = i - s->first > UNCUED_REACH ? i - UNCUED_REACH : s->first;

	for (; i > stop; i--) {
		const struct node *n = &d->nodes.at[i - 1];

		if ((n->cls & (W_CUE | W_CUE_NOUN)) == 0 || (n->cls & W_PREP) != 0 ||
		    (n->shape & SHAPE_UPPER) != 0)
			continue;                        /* also "in" of "in the words of" */
		if (i - 1 == stop || n[-1].punct != '-') /* "so-called" */
			return i - 1;
	}
	return NODE_NONE;
}

/* Who speaks where the word at node cue reports, in whatever construction. */
static struct extent
speaker_of(const struct job *j, uint32_t k, uint32_t cue)
{
	const struct doc *d = j->d;
	const struct sentence *s = &d->sents.at[j->at[k].sent];
	struct extent who = { cue, cue };

	if (cue > s->first && verb_finite(d, cue, true))
		who = speaker_left(d, s, cue);
	if (!extent_some(who) || !phrase_begins(d, who.first))
		who = speaker_main(d, s, j->at[k].node);
	if (extent_some(who) && !phrase_begins(d, who.first))
		who.end = who.first;
	return who;
}

/* The words behind the one at node cue that belong to the stretch at node i. */
static struct extent
words_around(const struct doc *d, const struct sentence *s, uint32_t cue, uint32_t i)
{
	struct extent object = content_object(d, s, cue + 1);

	if (i >= object.first && i < object.end)
		return object;
	for (uint32_t n = i; n > cue + 1; n--)
		if (d->nodes.at[n - 1].punct == ',') {
			object = content_object(d, s, n);
			if (i < object.end)
				return object;
			break;
		}
	return (struct extent){ i, i + 1 };
}

/* Words in lower case behind a word that can report, in whatever construction: "tells them he was “tough”". */
static bool
try_words(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	const struct stretch *x = &d->stretches.at[k];
	const struct sentence *s = &d->sents.at[j->at[k].sent];
	uint32_t i = j->at[k].node, cue;

	if (x->title || x->upper)
		return false;
	cue = cue_before(d, s, i);
	if (cue == NODE_NONE)
		return false;
	if (j->owned > 0 && j->at[j->owned - 1].sent == j->at[k].sent) {
		add_like(j, k, "words", j->at[j->owned - 1].owner - 1, true);
		return true;
	}
	add_own(j, k, "words", speaker_of(j, k, cue), (struct extent){ cue, cue + 1 });
	j->r->at[j->r->n - 1].part[0] = words_around(d, s, cue, i);
	return true;
}

/* One of a list of which the one before is said goes with it: 'called him a “liar” and a “Fake Friend”'. */
static bool
try_listed(struct job *j, uint32_t k)
{
	const struct doc *d = j->d;
	uint32_t i = j->at[k].node, last;
	struct report *r;

	if (k == 0 || j->at[k - 1].owner == 0 || j->at[k - 1].sent != j->at[k].sent ||
	    i - j->at[k - 1].node > UNCUED_LISTED)
		return false;
	last = j->at[k - 1].node;
	for (uint32_t n = last + 1; n < i; n++)
		if ((d->nodes.at[n].cls & (W_AND | W_DET)) == 0 && d->nodes.at[n].punct != ',')
			return false;
	r = &j->r->at[j->at[k - 1].owner - 1];
	if (i == last + 1 || r->part[r->n_part - 1].end != last + 1)
		return false;
	r->part[r->n_part - 1].end = i + 1;
	j->at[k].owner = j->at[k - 1].owner;
	return true;
}

static void
decide(struct job *j, uint32_t k)
{
	if (j->d->stretches.at[k].follows && k > 0 && j->at[k - 1].owner != 0) {
		const struct report *head = &j->r->at[j->at[k - 1].owner - 1];

		/* without a cue at its head a chain of open marks is an extract rather than speech */
		if (extent_some(head->cue) || head->pattern == pattern_named(j->p, "colon"))
			add_like(j, k, "follows", j->at[k - 1].owner - 1, true);
		return;
	}
	if (try_dash(j, k) || (j->at[k].alone && try_alone(j, k)))
		return;
	if (!try_listed(j, k) && !try_verb(j, k) && !try_colon(j, k) && !try_for(j, k) &&
	    !try_phrase(j, k) && !try_words(j, k))
		try_long(j, k);
}

/* Is the single name of the headline a person: does it come again behind a first name or title? "Tom | Reed" */
static bool
again_as_person(const struct doc *d, uint32_t name)
{
	uint32_t hash = d->tokens->at[d->nodes.at[name].tok].hash;

	for (uint32_t i = name + 1; i < d->nodes.n; i++)
		if (d->tokens->at[d->nodes.at[i].tok].hash == hash &&
		    (d->nodes.at[i - 1].cls & (W_FIRST | W_TITLE)) != 0 &&
		    (d->nodes.at[i - 1].shape & SHAPE_UPPER) != 0)
			return true;
	return false;
}

/* Who speaks in a headline, before its colon: a name or a noun of people in a few words with capitals. */
static struct extent
headline_speaker(const struct doc *d, const struct sentence *s)
{
	struct extent who = { s->first, s->first };
	uint32_t known = 0;

	while (who.end + 2 < s->end && who.end - who.first < UNCUED_NAME &&
	       (d->nodes.at[who.end].shape & SHAPE_UPPER) != 0)
		known |= d->nodes.at[who.end++].cls;
	if (who.end == who.first || d->nodes.at[who.end].punct != ':' ||
	    ((known & (W_FIRST | W_TITLE | W_NOMINAL)) == 0 && !again_as_person(d, who.end - 1)) ||
	    (known & (W_GROUP | W_DOC)) != 0)
		who.end = who.first;
	return who;
}

/* "Reed: We will not leave" as the first paragraph. */
static void
find_headline(struct job *j)
{
	const struct doc *d = j->d;
	const struct sentence *s = d->sents.at;
	struct report r = {
		.cls = CUE_QUOTE, .n_part = 1, .pattern = pattern_named(j->p, "headline")
	};
	struct extent words;

	if (d->sents.n < 2 || !s[1].opens_para || (j->r->n > 0 && j->r->at[0].sent == 0))
		return;
	r.speaker = headline_speaker(d, s);
	if (!extent_some(r.speaker))
		return;
	words = (struct extent){ r.speaker.end + 1, sentence_words_end(d, s) };
	if (!extent_some(words) || !content_finite(d, words, true) ||
	    (words.end == words.first + 1 && content_marked(d, words)))
		return;
	r.cue = (struct extent){ words.first, words.first };
	r.part[0] = words;
	r.group = (uint32_t)j->r->n + 1;
	VEC_PUSH(d->arena, j->r, r);
}

/* Is the phrase a person rather than a place or a time: by its first name, or by its last word? */
static bool
person_phrase(const struct doc *d, struct extent e)
{
	const struct node *first = &d->nodes.at[e.first], *last = &d->nodes.at[e.end - 1];

	for (uint32_t i = e.first; i < e.end; i++)
		if ((d->nodes.at[i].shape & SHAPE_WORD) == 0 ||
		    (d->nodes.at[i].cls & (W_AUX | W_TIME | W_PREP | W_PLURAL)) != 0)
			return false;
	if ((first->cls & (W_FIRST | W_TITLE)) != 0 && (first->shape & SHAPE_UPPER) != 0)
		return true;
	return (last->cls & W_NOMINAL) != 0 && (last->cls & (W_GROUP | W_DOC)) == 0;
}

/* "For the union leader, it is the worst year." */
static void
find_for(struct job *j, uint32_t sent)
{
	const struct doc *d = j->d;
	const struct sentence *s = &d->sents.at[sent];
	struct extent who = { s->first + 1, s->first + 1 }, words;
	struct report r = { .sent = sent, .cls = CUE_QUOTE, .n_part = 1 };

	while (who.end < s->end && who.end - who.first < UNCUED_FOR &&
	       d->nodes.at[who.end].punct != ',')
		who.end++;
	if (who.end + 3 >= s->end || d->nodes.at[who.end].punct != ',' || !person_phrase(d, who))
		return;
	words = (struct extent){ who.end + 1, sentence_words_end(d, s) };
	if ((d->nodes.at[words.first].cls & (W_PRON | W_THAT | W_DET | W_INDEF)) == 0 ||
	    (!node_is(d, words.first + 1, "is") && !node_is(d, words.first, "it's") &&
		!node_is(d, words.first, "it’s")))
		return;
	r.speaker = who;
	r.cue = (struct extent){ s->first, s->first + 1 };
	r.part[0] = words;
	r.clause = s->first;
	r.group = (uint32_t)j->r->n + 1;
	r.pattern = pattern_named(j->p, "for-clause");
	VEC_PUSH(d->arena, j->r, r);
}

/* Sentences that begin with "For" and report nothing yet. */
static void
find_fors(struct job *j)
{
	const struct doc *d = j->d;
	size_t k = 0;

	for (uint32_t i = 0; i < d->sents.n; i++) {
		const struct token *t = &d->tokens->at[d->nodes.at[d->sents.at[i].first].tok];

		if (t->len != 3 || t->first != 'F' || !node_is(d, d->sents.at[i].first, "For"))
			continue;
		while (k < j->n_cued && j->r->at[k].sent < i)
			k++;
		if (k == j->n_cued || j->r->at[k].sent != i)
			find_for(j, i);
	}
}

void
uncued_find(struct doc *d, const struct patterns *p, struct reports *r)
{
	struct job j = { .d = d, .p = p, .r = r, .n_cued = (uint32_t)r->n };

	j.at = ARENA_NEW(d->arena, struct place, d->stretches.n);
	find_headline(&j);
	find_fors(&j);
	find_places(&j);
	find_owners(&j);
	for (uint32_t k = 0; k < d->stretches.n; k++) {
		if (j.at[k].owner == 0)
			decide(&j, k);
		if (j.at[k].owner != 0)
			j.owned = k + 1;
	}
}
