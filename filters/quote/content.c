/* content.c - ends and beginnings of reported words. */
#include "quote/content.h"

#include "quote/speaker.h"

enum {
	TITLE_WORDS = 4,  /* of a programme; of one with capitals throughout twice as many */
	ADJUNCTS_MAX = 8, /* times, places, addressees skipped behind one cue */
	ADJUNCT_NODES = 16,
	PLACE_NODES = 16,  /* of a place-line, agency and date included */
	LAST_NODES = 8,    /* of ", the Daily Herald reported" */
	OBJECT_NODES = 24, /* from a naming verb to the first mark in its object */
};

static const struct node *
node(const struct doc *d, uint32_t i)
{
	return &d->nodes.at[i];
}

static bool
is_punct(const struct doc *d, uint32_t i, char c)
{
	return d->nodes.at[i].punct == c;
}

static bool
is_quote(const struct doc *d, uint32_t i)
{
	return (d->nodes.at[i].shape & SHAPE_QUOTE) != 0;
}

static bool
is_word(const struct doc *d, uint32_t i, struct span w)
{
	struct span s = token_span(d->text, &d->tokens->at[node(d, i)->tok]);

	return span_eq(s, w);
}

static bool
is_dash(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	return n->punct == '-' &&
	       ((d->tokens->at[n->tok].flags & TOKEN_SPACE) != 0 || d->tokens->at[n->tok].len > 1 ||
		   (i > 0 && n[-1].punct == '-'));
}

static bool
ends_speech(const struct doc *d, uint32_t i)
{
	const struct stretch *s = &d->stretches.at[node(d, i)->stretch];

	return s->last != 0 && s->last != '.' && s->last != ':' && s->last != ';';
}

uint32_t
sentence_words_end(const struct doc *d, const struct sentence *s)
{
	uint32_t e = s->end;

	while (e > s->first && (node(d, e - 1)->shape & (SHAPE_WORD | SHAPE_QUOTE)) == 0 &&
	       !is_punct(d, e - 1, ')') && !is_punct(d, e - 1, ']') && !is_punct(d, e - 1, '%'))
		e--;
	return e;
}

bool
content_marked(const struct doc *d, struct extent e)
{
	for (uint32_t i = e.first; i < e.end; i++)
		if (is_quote(d, i))
			return true;
	return false;
}

bool
content_finite(const struct doc *d, struct extent e, bool strict)
{
	for (uint32_t i = e.first; i < e.end; i++)
		if (verb_finite(d, i, strict))
			return true;
	return false;
}

/* Words that begin a new clause behind a noun phrase. */
static bool
starts_clause(const struct node *n)
{
	return (n->cls & (W_THAT | W_WH | W_PRON | W_AUXED | W_SUB | W_REL)) != 0 &&
	       (n->cls & W_PREP) == 0;
}

/* A name in marks within an adjunct: "on ABC's “This Week”". */
static bool
names_programme(const struct doc *d, uint32_t i, uint32_t from, uint32_t stop)
{
	const struct node *n = node(d, i);
	const struct stretch *s = &d->stretches.at[n->stretch];
	bool named = i > from && (n[-1].shape & (SHAPE_POSS | SHAPE_UPPER)) != 0;

	if (s->words > (s->title ? 2U * TITLE_WORDS : TITLE_WORDS) ||
	    ((s->last != 0 || i + 1 == stop) && !named))
		return false;
	return s->upper;
}

/* Does another noun phrase begin at node i, behind a noun? */
static bool
next_phrase(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i), *left = n - 1;

	if ((n->cls & (W_DET | W_POSS)) != 0 && (n->shape & SHAPE_UPPER) == 0 &&
	    (left->cls & (W_DET | W_AND | W_POSS)) == 0)
		return true;
	if ((n->shape & SHAPE_UPPER) != 0 && (left->shape & (SHAPE_UPPER | SHAPE_POSS)) == 0 &&
	    (left->cls & (W_DET | W_POSS | W_AND | W_PREP)) == 0)
		return true;
	return (n->cls & W_TIME) != 0;
}

/* The end of the noun phrase at i inside an adjunct: at most ADJUNCT_NODES, up to what cannot be inside. */
static uint32_t
adjunct_phrase(const struct doc *d, uint32_t i, uint32_t stop)
{
	uint32_t from = i;
	bool noun = false;

	if (i < stop && (node(d, i)->cls & (W_OBJ | W_PRON)) != 0 &&
	    (node(d, i)->cls & W_POSS) == 0)
		return i + 1;
	for (; i < stop && i - from < ADJUNCT_NODES; i++) {
		const struct node *n = node(d, i);

		if (n->shape & SHAPE_QUOTE) {
			if (!names_programme(d, i, from, stop))
				break;
			noun = true;
		} else if ((n->shape & SHAPE_WORD) == 0) {
			if (!phrase_inner(d, i))
				break;
		} else {
			if (starts_clause(n) || ((n->cls & (W_AUX | W_PREP)) != 0 && i > from) ||
			    (noun && next_phrase(d, i)))
				break;
			noun |= (n->cls & (W_DET | W_POSS)) == 0;
		}
	}
	return i;
}

/* Does a clause or a stretch begin at i, so that what is before it was an adjunct of the cue? */
static bool
content_may_begin(const struct doc *d, uint32_t i, uint32_t stop)
{
	const struct node *n;

	if (i >= stop)
		return true;
	n = node(d, i);
	if (n->shape & SHAPE_QUOTE || n->punct == ',' || n->punct == ':')
		return true;
	return starts_clause(n) || (n->cls & (W_DET | W_POSS | W_TIME | W_PREP)) != 0 ||
	       (n->shape & SHAPE_UPPER) != 0;
}

static bool
is_time(const struct doc *d, uint32_t i, uint32_t stop)
{
	const struct node *n = node(d, i);

	if (n->cls & W_TIME)
		return i + 1 >= stop || (n[1].cls & W_AUX) == 0;
	return (n->cls & (W_DET | W_ADV)) != 0 && i + 1 < stop && (n[1].cls & W_TIME) != 0 &&
	       (i + 2 >= stop ||
		   ((n[2].cls & (W_AUX | W_VERB)) == 0 && (n[2].shape & (SHAPE_POSS)) == 0));
}

/* One adjunct at i: its end, or i if there is none. */
static uint32_t
adjunct(const struct doc *d, uint32_t i, uint32_t stop)
{
	const struct node *n = node(d, i);
	uint32_t end = i;

	if (is_time(d, i, stop)) {
		for (end = i + 1; end < stop && (node(d, end)->cls & W_TIME ||
						    node(d, end)->shape & SHAPE_NUMBER);
		     end++)
			;
		return end;
	}
	if (((n->cls & W_ADV) != 0 && (n->cls & (W_DET | W_PREP)) == 0) ||
	    ((is_word(d, i, SPAN("late")) || is_word(d, i, SPAN("early"))) && i + 1 < stop &&
		(n[1].cls & (W_PREP | W_TIME)) != 0))
		return i + 1;
	if ((n->cls & W_PREP) == 0 || i + 1 >= stop || is_word(d, i, SPAN("like")) ||
	    is_word(d, i, SPAN("as")))
		return i;
	if ((node(d, i + 1)->cls & (W_PREP | W_AUX)) != 0 ||
	    ((node(d, i + 1)->shape & SHAPE_ING) != 0 && is_word(d, i, SPAN("by"))))
		return i;
	end = adjunct_phrase(d, i + 1, stop);
	return end > i + 1 && content_may_begin(d, end, stop) ? end : i;
}

/* "to say": an infinitive rather than "to reporters". */
static bool
is_infinitive(const struct doc *d, uint32_t i, uint32_t stop)
{
	const struct node *n;

	if (!is_word(d, i, SPAN("to")) || i + 1 >= stop)
		return false;
	n = node(d, i + 1);
	if (n->shape & SHAPE_QUOTE)
		return true;
	return (n->shape & (SHAPE_UPPER | SHAPE_S | SHAPE_NUMBER | SHAPE_ED | SHAPE_ING)) == 0 &&
	       (n->shape & SHAPE_WORD) != 0 &&
	       (n->cls & (W_DET | W_POSS | W_OBJ | W_PRON | W_INDEF | W_NOMINAL | W_TIME)) == 0;
}

/* The addressee of "told": up to where the clause begins. */
static uint32_t
addressee(const struct doc *d, uint32_t i, uint32_t stop)
{
	uint32_t end;

	if (i >= stop || is_quote(d, i) || (node(d, i)->shape & SHAPE_WORD) == 0 ||
	    (node(d, i)->cls & (W_THAT | W_PREP | W_WH)) != 0)
		return i;
	end = adjunct_phrase(d, i, stop);
	/* "told Radio North Amin would": the verb's own subject is the last word */
	if (end < stop && (node(d, end)->cls & (W_AUX | W_VERB)) != 0 && end > i + 1)
		end--;
	while (end < stop && (node(d, end)->cls & W_PREP) != 0 && is_word(d, end, SPAN("of")))
		end = adjunct_phrase(d, end + 1, stop);
	return end;
}

/* "in 2016, the bank lost": an introduction, then a clause. */
static bool
comma_before_verb(const struct doc *d, struct extent e)
{
	for (uint32_t i = e.first; i < e.end; i++) {
		if (is_punct(d, i, ','))
			return true;
		if (verb_finite(d, i, true))
			return false;
	}
	return false;
}

/* Does a cue that reports anew begin at i, behind a comma or conjunction? "adding that", "according to" */
static bool
reports_anew(const struct doc *d, uint32_t i, uint32_t stop)
{
	const struct node *n;

	if (i >= stop)
		return false;
	n = node(d, i);
	return ((n->cls & W_CUE) != 0 && (n->shape & SHAPE_ING) != 0) ||
	       is_word(d, i, SPAN("according"));
}

/* Does the node begin a clause within a phrase, so that one more verb belongs to the phrase? */
static bool
nests(const struct node *n)
{
	const uint32_t joins =
	    W_AND | W_BUT | W_ADV | W_TIME | W_WH | W_REL | W_THAT | W_SUB | W_AUX | W_PREP | W_CUE;

	if ((n->cls & (W_REL | W_THAT | W_SUB)) != 0 && (n->cls & W_PREP) == 0)
		return true;
	/* "all the cash | they need" */
	return (n->cls & W_PRON) != 0 && (n[-1].shape & SHAPE_WORD) != 0 &&
	       (n[-1].cls & joins) == 0;
}

/* A plural, a word that no table knows, an article: "attacks | highlight | the threat". */
static bool
plural_verb(const struct doc *d, uint32_t i, struct extent e)
{
	const struct node *n = node(d, i), *left = n - 1;

	return n->cls == 0 && n->shape == SHAPE_WORD && i + 1 < e.end &&
	       (left->shape & SHAPE_S) != 0 &&
	       (left->cls & ~(uint32_t)(W_NOMINAL | W_PLURAL)) == 0 &&
	       (n[1].cls & (W_DET | W_POSS)) != 0;
}

/* Is the node the finite verb of the clause that begins at first, or of one inside it? */
static bool
clause_verb(const struct doc *d, uint32_t i, struct extent e)
{
	const struct node *n = node(d, i);

	if (!verb_finite(d, i, false))
		return i > e.first && plural_verb(d, i, e);
	if (i == e.first)
		return (n->cls & (W_AUX | W_AUXED)) != 0; /* "taxes would fall" */
	if (((n->cls & W_AUX) == 0 && (n[-1].cls & W_AUX) != 0) || is_word(d, i - 1, SPAN("to")))
		return false;
	if ((n->shape & SHAPE_ED) != 0 && (n->cls & W_AUX) == 0 && i + 1 < e.end)
		return !is_word(d, i + 1, SPAN("by")) &&
		       !is_word(d, i + 1, SPAN("in")); /* else a participle */
	return true;
}

/* 'argued the line "would not work" here' */
static bool
marked_verb(const struct doc *d, uint32_t i)
{
	const struct stretch *s = node_stretch(d, i);

	return s != NULL && (s->inner & (W_AUX | W_VERB)) != 0 &&
	       (node(d, i - 1)->cls & (W_DET | W_POSS | W_PREP)) == 0;
}

/* "about | 9,000 people", "over | half" */
static bool
some_number(const struct doc *d, uint32_t i, uint32_t end)
{
	return i + 1 < end && (node(d, i + 1)->shape & SHAPE_NUMBER) != 0 &&
	       (is_word(d, i, SPAN("about")) || is_word(d, i, SPAN("around")) ||
		   is_word(d, i, SPAN("over")) || is_word(d, i, SPAN("under")));
}

/* Does a clause begin here: a noun phrase, then a finite verb that belongs to no relative or other clause inside? */
static bool
clause_follows(const struct doc *d, struct extent e)
{
	const struct node *first = node(d, e.first);
	uint32_t need = 1;

	if ((first->cls & (W_PREP | W_SUB)) != 0 && (first->cls & W_WH) == 0 &&
	    !content_marked(d, e) && !comma_before_verb(d, e) && !some_number(d, e.first, e.end))
		return false;
	for (uint32_t i = e.first; i < e.end; i++) {
		const struct node *n = node(d, i);

		if (is_punct(d, i, ',') && i + 1 < e.end &&
		    (n[1].cls & (W_PRON | W_AND | W_BUT)) != 0 &&
		    (first->cls & (W_PREP | W_SUB | W_ADV)) == 0)
			return false; /* "announced his bid in June, he left" */
		if (is_punct(d, i, ',') && reports_anew(d, i + 1, e.end))
			return false;
		if (i > e.first && nests(n))
			need++;
		if (((i > e.first && marked_verb(d, i)) || clause_verb(d, i, e)) && --need == 0)
			return i > e.first || (n->cls & W_AUXED) != 0;
	}
	return false;
}

/* A noun, then a word in -s that no table knows, and more: "the move | violates | international law". */
static bool
bare_clause(const struct doc *d, struct extent e)
{
	const uint32_t noun = W_NOMINAL | W_DOC | W_GROUP | W_FIRST;

	for (uint32_t i = e.first + 1; i + 1 < e.end; i++) {
		const struct node *n = node(d, i), *left = n - 1, *next = n + 1;

		if ((left->shape & SHAPE_WORD) == 0)
			return false;
		if ((n->shape & (SHAPE_S | SHAPE_UPPER)) == SHAPE_S && n->cls == 0 &&
		    (left->shape & (SHAPE_S | SHAPE_NUMBER | SHAPE_POSS)) == 0 &&
		    (left->cls & ~noun) == 0 && (next->shape & SHAPE_WORD) != 0 &&
		    (next->cls & W_AUX) == 0)
			return true;
	}
	return false;
}

/* "talks | were": a word in -s that is a verb elsewhere. */
static bool
plural_subject(const struct doc *d, uint32_t i, uint32_t stop)
{
	return (node(d, i)->shape & SHAPE_S) != 0 && i + 1 < stop &&
	       (node(d, i + 1)->cls & (W_AUX | W_VERB)) != 0;
}

static uint32_t
right_of_word(const struct doc *d, uint32_t i, const struct sentence *s, uint32_t stop)
{
	const struct node *n = node(d, i);
	struct extent rest = { i, stop };

	if (n->cls & W_THAT)
		return RIGHT_THAT;
	if (is_infinitive(d, i, stop))
		return RIGHT_TO;
	if (is_word(d, i, SPAN("as")))
		return RIGHT_AS;
	if ((n->cls & W_AUX) != 0 || ((n->cls & W_VERB) != 0 && (n->shape & SHAPE_UPPER) == 0 &&
					 !plural_subject(d, i, stop)))
		return RIGHT_VERB;
	if ((n->cls & (W_WH | W_REL)) != 0 || is_word(d, i, SPAN("if")))
		return RIGHT_WH;
	(void)s;
	if (clause_follows(d, rest))
		return RIGHT_CLAUSE;
	return bare_clause(d, rest) ? RIGHT_LOOSE | RIGHT_BARE : RIGHT_LOOSE;
}

static struct behind
behind_punct(const struct doc *d, const struct sentence *s, uint32_t i, uint32_t stop)
{
	bool colon = is_punct(d, i, ':') || is_dash(d, i), comma = is_punct(d, i, ',');

	if (comma && i + 2 < stop && (node(d, i + 1)->cls & W_AND) != 0 && is_quote(d, i + 2))
		return (struct behind){ i + 1, RIGHT_QUOTE }; /* “...,” she said, and “...” */

	if (i + 1 < s->end && is_quote(d, i + 1) && (colon || comma))
		return (struct behind){ i + 1, RIGHT_QUOTE };
	if (colon && i + 1 >= stop)
		return (struct behind){ i, RIGHT_PARA };
	for (uint32_t k = i; comma && k + 1 < stop && k - i < 2 * ADJUNCT_NODES; k++) {
		if (verb_finite(d, k, true) && (node(d, k)->shape & SHAPE_ING) == 0)
			break; /* "told friends, in March and in May, that" */
		if (is_punct(d, k, ',') && (node(d, k + 1)->cls & W_THAT) != 0)
			return (struct behind){ k + 1, RIGHT_THAT };
	}
	if (colon)
		return (struct behind){ i + 1,
			is_punct(d, i, ':') && !content_marked(d, (struct extent){ i, stop }) &&
				content_finite(d, (struct extent){ i, stop }, true)
			    ? RIGHT_COLON
			    : RIGHT_DASH };
	/* "the paper said, citing two officials": no second part */
	if (comma && i + 1 < stop && (node(d, i + 1)->shape & SHAPE_ING) != 0 &&
	    (node(d, i + 1)->cls & W_CUE) != 0)
		return (struct behind){ i, RIGHT_END };
	return (struct behind){ i, RIGHT_COMMA };
}

/* "called on his colleague, Antony Blinken, | to provide": behind an apposition; stop if there is none. */
static uint32_t
late_infinitive(const struct doc *d, uint32_t i, uint32_t stop)
{
	for (uint32_t k = i; k + 1 < stop && k - i < ADJUNCT_NODES && !is_quote(d, k); k++) {
		if (is_punct(d, k, ',') && is_infinitive(d, k + 1, stop))
			return k + 1;
		if (verb_finite(d, k, true))
			break;
	}
	return stop;
}

/* "told a crowd in Kano, Nigeria, on Monday | that": no verb on the way; stop if there is none. */
static uint32_t
told_that(const struct doc *d, uint32_t i, uint32_t stop)
{
	for (uint32_t k = i; k < stop && k - i < ADJUNCT_NODES; k++) {
		const struct node *n = node(d, k);

		if (n->cls & W_THAT)
			return k;
		if ((n->shape & SHAPE_QUOTE) != 0 || n->punct == ':' ||
		    (n->cls & (W_PRON | W_AUXED | W_WH | W_REL)) != 0 ||
		    (verb_finite(d, k, true) && (n->shape & SHAPE_ED) == 0))
			break;
	}
	return stop;
}

struct behind
content_behind(const struct doc *d, const struct sentence *s, const struct cue *c)
{
	uint32_t i = c->nodes.end, stop = sentence_words_end(d, s);

	if (c->mode == MODE_NOUN && (c->cls & CUE_QUOTE) != 0)
		return (struct behind){ i + 1, RIGHT_QUOTE }; /* "chants of | “...”" */
	if ((c->cls & (CUE_TELL | CUE_ASK)) != 0 ||
	    ((c->cls & CUE_SAY) != 0 && i < stop && (node(d, i)->cls & W_PREP) != 0)) {
		uint32_t that = told_that(d, i, stop);

		if (that < stop)
			return (struct behind){ that, RIGHT_THAT };
	}
	if (c->cls & (CUE_TELL | CUE_ASK)) {
		i = addressee(d, i, stop);
	}
	for (int k = 0; k < ADJUNCTS_MAX && i < stop && !is_infinitive(d, i, stop); k++) {
		uint32_t end = adjunct(d, i, stop);

		if (end == i)
			break;
		i = end;
	}
	if (i >= stop) {
		for (uint32_t k = stop; k < s->end; k++)
			if (is_punct(d, k, ':'))
				return (struct behind){ s->end, RIGHT_PARA };
		return (struct behind){ stop, RIGHT_END };
	}
	if (is_quote(d, i))
		return (struct behind){ i, RIGHT_QUOTE };
	if (c->cls & CUE_INF) {
		uint32_t to = late_infinitive(d, i, stop);

		if (to < stop)
			return (struct behind){ to, RIGHT_TO };
	}
	if ((node(d, i)->shape & SHAPE_WORD) == 0 && !is_punct(d, i, '(') && !is_punct(d, i, '$') &&
	    !is_punct(d, i, '[') && !is_punct(d, i, '#') && !is_punct(d, i, '@'))
		return behind_punct(d, s, i, stop);
	return (struct behind){ i, right_of_word(d, i, s, stop) };
}

/* A title behind a word or a comma: 'the anthem "A Change Comes,"' */
static bool
names_work(const struct doc *d, const struct sentence *s, uint32_t i)
{
	return i > s->first && d->stretches.at[node(d, i)->stretch].title &&
	       ((node(d, i - 1)->shape & SHAPE_WORD) != 0 || is_punct(d, i - 1, ','));
}

uint32_t
content_before(const struct doc *d, uint32_t sent, uint32_t clause)
{
	const struct sentence *s = &d->sents.at[sent];
	uint32_t i = clause;
	struct extent before;

	if (is_word(d, i, SPAN("As")) || (is_word(d, i, SPAN("as")) && i == s->first + 1 &&
					     (node(d, i - 1)->cls & (W_AND | W_BUT)) != 0))
		return LEFT_AS;
	if (i == s->first) {
		if (s->soft && i > 0 && !s->opens_para)
			return LEFT_SOFT;
		return LEFT_START;
	}
	if (is_quote(d, i - 1))
		return (ends_speech(d, i - 1) && !names_work(d, s, i - 1)) || i - 1 == s->first
			   ? LEFT_QUOTE
			   : LEFT_MID;
	if ((is_punct(d, i - 1, ',') || is_dash(d, i - 1)) && i - 1 > s->first &&
	    is_quote(d, i - 2))
		return LEFT_QUOTE;
	if (is_punct(d, i - 1, ',') || is_dash(d, i - 1)) {
		before = (struct extent){ s->first, i - 1 };
		return content_finite(d, before, false) ? LEFT_CLAUSE : LEFT_FRAG;
	}
	if ((node(d, i - 1)->cls & W_REL) != 0 || is_word(d, i - 1, SPAN("what")) ||
	    ((node(d, i - 1)->cls & W_THAT) != 0 && i - 1 > s->first &&
		(node(d, i - 2)->shape & SHAPE_WORD) != 0 && !verb_finite(d, i - 2, true)))
		return LEFT_REL;
	while (i > s->first && (node(d, i - 1)->cls & (W_AND | W_BUT | W_ADV | W_TIME)) != 0)
		i--;
	return i == s->first ? LEFT_START : LEFT_MID;
}

/* Does another verb of the same subject begin at i, a conjunction? "and walked out" */
static bool
second_verb(const struct doc *d, uint32_t i, uint32_t stop)
{
	uint32_t k = i + 1;

	while (k < stop && (node(d, k)->cls & W_ADV) != 0)
		k++;
	if (k >= stop || (node(d, k)->shape & SHAPE_UPPER) != 0)
		return false;
	return (node(d, k)->cls & (W_AUX | W_VERB | W_CUE)) != 0 ||
	       (node(d, k)->shape & SHAPE_ED) != 0;
}

/* First node of the sentence that opens a subordinate clause, so that the first comma ends it. */
static bool
subordinate(const struct doc *d, const struct sentence *s, uint32_t from)
{
	const struct node *n = node(d, s->first);

	if (from <= s->first)
		return false;
	if ((n->cls & W_SUB) != 0 ||
	    ((n->cls & (W_AND | W_BUT | W_ADV)) != 0 && (n[1].cls & (W_SUB | W_THAT)) != 0))
		return true;
	return (n->cls & W_CUE) != 0 && (n->shape & SHAPE_UPPER) != 0;
}

/* Behind the comma at i: a main clause of its own? */
static bool
main_clause(const struct doc *d, uint32_t i, uint32_t stop)
{
	struct extent rest = { i + 1, stop };

	return i + 1 < stop && (phrase_begins(d, i + 1) || is_quote(d, i + 1)) &&
	       content_finite(d, rest, false);
}

/* Behind a comma: "the union wrote", and the sentence ends, or "citing two guards" follows. */
static bool
reported_last(const struct doc *d, uint32_t i, uint32_t stop)
{
	for (uint32_t k = i + 2; k < stop && k - i < LAST_NODES; k++)
		if (is_punct(d, k, ',') && k + 1 < stop && (node(d, k + 1)->cls & W_CUE) != 0 &&
		    (node(d, k + 1)->shape & SHAPE_ING) != 0)
			stop = k;
	if (stop - i > LAST_NODES || stop < i + 2 || !phrase_begins(d, i))
		return false;
	return (node(d, stop - 1)->cls & W_CUE) != 0 && verb_finite(d, stop - 1, true) &&
	       (node(d, stop - 1)->shape & SHAPE_ING) == 0;
}

/* Behind a comma: "but nobody came", "and he left", "although it rained" go on in the writer's voice (measured on
 * PolNeAR: cut 27 of 49, 18 of 26, 11 of 19; ", which", ", and NAME", ", while" and dashes are inside more often). */
static bool
turns_away(const struct doc *d, uint32_t i, uint32_t stop)
{
	const struct node *n = node(d, i), *next = n + 1;

	if (i + 2 >= stop)
		return false;
	if (is_word(d, i, SPAN("although")) || is_word(d, i, SPAN("though")) ||
	    is_word(d, i, SPAN("despite")))
		return true;
	if (n->cls & W_BUT)
		return (next->cls & (W_THAT | W_NEG | W_ADV | W_PREP)) == 0;
	return (n->cls & W_AND) != 0 && (next->cls & W_PRON) != 0;
}

/* "... and criticized him": a past cue of the reporting verb's own subject. */
static bool
second_cue(const struct doc *d, uint32_t i, uint32_t stop)
{
	uint32_t k = i + 1;

	while (k < stop && (node(d, k)->cls & W_ADV) != 0)
		k++;
	return k < stop && (node(d, k)->cls & W_CUE) != 0 && (node(d, k)->shape & SHAPE_ED) != 0;
}

struct extent
content_right(const struct doc *d, const struct sentence *s, uint32_t from)
{
	uint32_t stop = sentence_words_end(d, s);
	bool sub;

	if (from >= stop)
		return (struct extent){ from, from };
	sub = subordinate(d, s, from);
	if (is_quote(d, from) &&
	    (ends_speech(d, from) || d->stretches.at[node(d, from)->stretch].last == '.' ||
		(from + 1 < stop && is_punct(d, from + 1, ','))))
		return (struct extent){ from, from + 1 };

	for (uint32_t i = from + 1; i < stop; i++) {
		const struct node *n = node(d, i);

		if (is_punct(d, i, ',') && i > from + 1) {
			if (reports_anew(d, i + 1, stop) || reported_last(d, i + 1, stop) ||
			    (sub && main_clause(d, i, stop)) || turns_away(d, i + 1, stop))
				return (struct extent){ from, i };
		} else if (is_quote(d, i) && ends_speech(d, i) && reports_anew(d, i + 1, stop)) {
			return (struct extent){ from, i + 1 };
		} else if ((n->cls & (W_AND | W_BUT)) != 0 && i + 1 < stop &&
			   (reports_anew(d, i + 1, stop) || second_cue(d, i, stop))) {
			return (struct extent){ from, is_punct(d, i - 1, ',') ? i - 1 : i };
		}
	}
	return (struct extent){ from, stop > from ? stop : from };
}

/* Does a list go on with a marked stretch: 'a "bully," a "liar"'? */
static bool
listed_mark(const struct doc *d, uint32_t i, uint32_t end)
{
	for (uint32_t k = i;
	     k < end && k - i < ADJUNCT_NODES && !is_punct(d, k, ',') && !verb_finite(d, k, true);
	     k++)
		if (is_quote(d, k))
			return true;
	return false;
}

/* The same behind a comma inside the marks: only an article or possessive may stand before the next one. */
static bool
listed_next(const struct doc *d, uint32_t i, uint32_t end)
{
	return i + 1 < end && (node(d, i)->cls & (W_DET | W_POSS)) != 0 && is_quote(d, i + 1);
}

struct extent
content_object(const struct doc *d, const struct sentence *s, uint32_t from)
{
	struct extent e = content_right(d, s, from);
	bool marked, inner = false;

	if (!extent_some(e))
		return e;
	marked = is_quote(d, from);

	for (uint32_t i = from + 1; i < e.end; i++) {
		const struct node *n = node(d, i);

		marked |= (n->shape & SHAPE_QUOTE) != 0;
		inner |= (n->cls & (W_REL | W_THAT | W_WH | W_SUB)) != 0;
		if (!marked && (is_punct(d, i, ',') || i - from > OBJECT_NODES))
			return (struct extent){ from, from };
		if (!marked)
			continue;
		if ((n->cls & (W_AND | W_BUT)) != 0 ? second_verb(d, i, e.end)
						    : !inner && verb_finite(d, i, true)) {
			e.end = is_punct(d, i - 1, ',') ? i - 1 : i;
			break;
		}
		if (is_quote(d, i) && ends_speech(d, i) && i + 1 < e.end && !is_quote(d, i + 1) &&
		    (node(d, i + 1)->cls & W_AND) == 0 && !listed_next(d, i + 1, e.end)) {
			e.end = i + 1;
			break;
		}
		if (is_punct(d, i, ',') && i + 1 < e.end && !listed_mark(d, i + 1, e.end)) {
			e.end = i;
			break;
		}
	}
	return marked ? e : (struct extent){ from, from };
}

struct extent
content_relative(const struct doc *d, const struct sentence *s, uint32_t from)
{
	struct extent e = content_right(d, s, from);

	for (uint32_t i = from + 1; i + 1 < e.end; i++)
		if (is_punct(d, i, ',') && verb_finite(d, i + 1, true))
			e.end = i;
	return e;
}

struct extent
content_noun(const struct doc *d, const struct sentence *s, const struct cue *c, uint32_t from)
{
	struct extent e = content_right(d, s, from);
	uint32_t verbs = 0;

	if (content_finite(d, (struct extent){ s->first, c->nodes.first }, true))
		return e;
	for (uint32_t i = from; i < e.end; i++) {
		if (is_quote(d, i) && d->stretches.at[node(d, i)->stretch].words > 2)
			verbs++; /* there is one in the marks */
		if (i <= from + 1 || !verb_finite(d, i, true) || (node(d, i - 1)->cls & W_AUX) != 0)
			continue;
		if (verbs++ > 0 && (node(d, i - 1)->cls & (W_AND | W_REL | W_THAT | W_PRON)) == 0)
			return (struct extent){ from, is_punct(d, i - 1, ',') ? i - 1 : i };
	}
	return e;
}

/* May the node stand in a place-line? "Juba, 4 May (SNA)" */
static bool
in_place(const struct node *n)
{
	if ((n->shape & SHAPE_WORD) == 0)
		return n->punct != 0 && memchr(",().-/", n->punct, 6) != NULL;
	return (n->shape & (SHAPE_UPPER | SHAPE_NUMBER | SHAPE_POSS)) != 0 ||
	       (n->cls & (W_PREP | W_DET | W_TIME)) != 0;
}

/* Behind the place-line of an agency: "AMMAN (Petra) — ", "Juba, 4 May (SNA) - ", "Shillong: "; first itself if there is
 * none. One that is not in capitals has a comma or bracket in it. */
static uint32_t
behind_place(const struct doc *d, uint32_t first, uint32_t end)
{
	bool sure = (d->tokens->at[node(d, first)->tok].flags & TOKEN_CAPS) != 0;

	if ((node(d, first)->shape & SHAPE_UPPER) == 0)
		return first;
	if (first + 2 < end && is_punct(d, first + 1, ':'))
		return first + 2;
	for (uint32_t i = first + 1; i + 1 < end && i - first < PLACE_NODES; i++) {
		uint32_t k = i;

		while (k + 1 < end && is_punct(d, k, '-'))
			k++;
		if (k > i && is_dash(d, i))
			return sure ? k : first;
		sure |= is_punct(d, i, ',') || is_punct(d, i, '(');
		if (!in_place(node(d, i)))
			break;
	}
	return first;
}

struct extent
content_left(const struct doc *d, uint32_t sent, uint32_t clause, uint32_t floor)
{
	const struct sentence *s = &d->sents.at[sent];
	uint32_t first = s->first > floor ? s->first : floor, end = clause;

	if (clause == s->first) /* the sentence before ends in a stretch */
		return (struct extent){ clause - 1, clause };
	if (end > first && (is_punct(d, end - 1, ',') || is_dash(d, end - 1)))
		end--;
	if (first == s->first && s->opens_para)
		first = behind_place(d, first, end);
	if (first + 1 < end && (node(d, first)->cls & (W_ADV | W_BUT | W_AND)) != 0 &&
	    is_punct(d, first + 1, ','))
		first += 2; /* "Still, ..." */
	while (first < end &&
	       ((node(d, first)->cls & (W_AND | W_BUT)) != 0 ||
		   (node(d, first)->shape & (SHAPE_WORD | SHAPE_QUOTE)) == 0) &&
	       !is_punct(d, first, '$') && !is_punct(d, first, '(') && !is_punct(d, first, '['))
		first++;
	return (struct extent){ first, end };
}
