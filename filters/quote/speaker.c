/* speaker.c - noun phrases to the left and right of a verb. */
#include "quote/speaker.h"

#include "ascii.h"

enum { WHO_WORDS = 3 }; /* in marks within a relative clause behind a subject */

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

bool
phrase_begins(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	if (n->punct == '@' || n->punct == '#')
		return true;
	if ((n->shape & SHAPE_WORD) == 0)
		return false;
	if (n->cls & (W_DET | W_POSS | W_PRON | W_INDEF | W_NOMINAL | W_TITLE | W_AUXED))
		return true;
	if (n->cls & (W_PREP | W_SUB | W_AND | W_BUT | W_AUX | W_THAT | W_REL | W_WH | W_NEG))
		return false;
	return (n->shape & (SHAPE_UPPER | SHAPE_NUMBER)) != 0;
}

/* Is a word in -s between a name or a person and an object rather a verb than a plural? "Amin opposes the" */
static bool
s_verb(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i), *left = n - 1;

	if (i == 0 || i + 1 >= d->nodes.n)
		return false;
	if ((left->shape & SHAPE_UPPER) == 0 && (left->cls & (W_NOMINAL | W_INDEF)) == 0)
		return false;
	return (n[1].cls & (W_DET | W_POSS | W_PREP | W_OBJ | W_ADV | W_THAT | W_WH)) != 0 ||
	       (n[1].shape & (SHAPE_UPPER | SHAPE_NUMBER | SHAPE_QUOTE)) != 0;
}

bool
verb_finite(const struct doc *d, uint32_t i, bool strict)
{
	const struct node *n = node(d, i), *left = i > 0 ? n - 1 : n;

	if (n->shape & SHAPE_POSS) /* "she's with them" */
		return (left->cls & (W_PRON | W_INDEF | W_THAT | W_WH | W_REL)) != 0;
	if ((n->shape & SHAPE_UPPER) != 0 && (n->cls & W_AUXED) == 0)
		return false;
	if (n->cls & (W_AUX | W_AUXED))
		return true;
	if (n->shape & SHAPE_ED)
		return true;
	if (left->cls & (W_DET | W_POSS | W_PREP))
		return false;
	if ((n->cls & (W_VERB | W_CUE)) != 0 && (n->cls & W_PREP) == 0)
		return true;
	if ((n->shape & SHAPE_S) == 0 || (n->cls & (W_NOMINAL | W_TIME | W_PREP | W_ADV)) != 0)
		return false;
	if (left->cls & (W_PRON | W_REL))
		return true;
	return !strict && s_verb(d, i);
}

/* Verbs that end a noun phrase when one walks to its left. A past participle may stand inside: "officials briefed
 * on the matter". */
static bool
breaks_left(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	if (n->shape & SHAPE_QUOTE) {
		const struct stretch *s = &d->stretches.at[n->stretch];

		return s->last != 0 || s->words > 6;
	}
	if ((n->shape & SHAPE_WORD) == 0)
		return !is_punct(d, i, '.') && !is_punct(d, i, '&') && !is_punct(d, i, '/') &&
		       !is_punct(d, i, '@') && !is_punct(d, i, '%') && !is_punct(d, i, '$') &&
		       !is_punct(d, i, '#') &&
		       !(is_punct(d, i, '-') && (d->tokens->at[n->tok].flags & TOKEN_SPACE) == 0);
	if (n->shape & SHAPE_UPPER)
		return (n->cls & (W_SUB | W_THAT | W_WH)) != 0 &&
		       (n->cls & W_TIME) == 0; /* "Mr Will" */
	if (n->shape & (SHAPE_ED | SHAPE_POSS))
		return false;
	if (n->cls & (W_AUX | W_AUXED | W_THAT | W_REL | W_WH | W_BUT | W_SUB | W_NEG))
		return true;
	if ((n->cls & (W_VERB | W_CUE)) == 0 || (n->cls & W_PREP) != 0)
		return false;
	if (node_is(d, i, "close") && i + 1 < d->nodes.n && node_is(d, i + 1, "to"))
		return false; /* "a source close to the talks" */
	if ((n->cls & W_CUE) != 0 && (n->cls & W_VERB) == 0 && i + 1 < d->nodes.n &&
	    (n[1].shape & (SHAPE_UPPER | SHAPE_NUMBER | SHAPE_QUOTE)) == 0 &&
	    (n[1].shape & SHAPE_WORD) != 0 && n[1].cls == 0)
		return false; /* "state news media" */
	return i == 0 || (n[-1].cls & (W_DET | W_POSS | W_PREP)) == 0;
}

/* The opening bracket of the one that closes at node i, or i. */
static uint32_t
bracket_open(const struct doc *d, uint32_t first, uint32_t i)
{
	for (uint32_t k = i; k > first && i - k < 16; k--)
		if (is_punct(d, k - 1, '('))
			return k - 1;
	return i;
}

/* How a walk to the left ended. */
struct walk_left {
	uint32_t start;  /* first node of the phrase */
	uint32_t and_at; /* the conjunction nearest to its start, or NODE_NONE */
};

static struct walk_left
walk_left(const struct doc *d, uint32_t first, uint32_t v)
{
	struct walk_left w = { v, NODE_NONE };
	uint32_t stop = v - first > PHRASE_MAX ? v - PHRASE_MAX : first;

	while (w.start > stop) {
		uint32_t open = is_punct(d, w.start - 1, ')') && w.start < v
				    ? bracket_open(d, stop, w.start - 1)
				    : w.start;

		if (open + 1 < w.start && open > stop &&
		    (node(d, open - 1)->shape & SHAPE_UPPER) != 0) {
			w.start = open; /* "the Water Authority (MWA) | director" */
			continue;
		}
		if (breaks_left(d, w.start - 1))
			break;
		if (node(d, w.start - 1)->cls & W_AND)
			w.and_at = w.start - 1;
		w.start--;
	}
	return w;
}

/* Is what ends the phrase at its left a verb, so that a conjunction in it joins clauses? */
static bool
behind_verb(const struct doc *d, uint32_t first, uint32_t start)
{
	return start > first &&
	       (node(d, start - 1)->cls & (W_AUX | W_VERB | W_CUE | W_AUXED | W_NEG)) != 0;
}

static bool
has_ed(const struct doc *d, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (node(d, i)->shape & SHAPE_ED)
			return true;
	return false;
}

/* A phrase that begins with a preposition: the last phrase in it that can be a subject. "On Monday the minister" */
static uint32_t
behind_preposition(const struct doc *d, uint32_t start, uint32_t v)
{
	for (uint32_t i = v - 1; i > start; i--) {
		const struct node *n = node(d, i), *left = n - 1;

		if (left->cls & (W_PREP | W_AND))
			continue;
		if (n->cls & (W_DET | W_POSS | W_TITLE) &&
		    (left->cls & (W_DET | W_POSS | W_TITLE)) == 0)
			return i;
		if ((n->shape & SHAPE_UPPER) != 0 && (n->cls & W_TIME) == 0 &&
		    ((left->shape & SHAPE_UPPER) == 0 || (left->cls & W_TIME) != 0) &&
		    (left->cls & (W_DET | W_POSS)) == 0)
			return i;
	}
	for (uint32_t i = v - 1; i > start;
	     i--) /* "with Ann Low | saying", "a film of Ann Low | saying" */
		if (node(d, i - 1)->cls & W_PREP)
			return i;
	return v;
}

static bool
is_half_day(const struct doc *d, uint32_t i)
{
	return node_is(d, i, "pm") || node_is(d, i, "am") || node_is(d, i, "p.m.") ||
	       node_is(d, i, "a.m.");
}

/* "13:| 15 | The court", "| 7 | pm | the crowd": hours, minutes, and the letters behind them. */
static bool
clock(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	if ((n->shape & SHAPE_NUMBER) == 0)
		return i > 0 && (n[-1].shape & SHAPE_NUMBER) != 0 && is_half_day(d, i);
	return is_half_day(d, i + 1) ||
	       (i > 0 && n[-1].punct == ':' && (d->tokens->at[n->tok].flags & TOKEN_SPACE) == 0);
}

/* Can the node not be the first of a subject that ends before v? */
static bool
no_beginning(const struct doc *d, uint32_t i, uint32_t v)
{
	const struct node *n = node(d, i);

	if ((n->cls & (W_AND | W_BUT)) != 0 || ((n->cls & W_ADV) != 0 && (n->cls & W_DET) == 0))
		return true;
	if ((n->cls & W_TIME) != 0 && i + 1 < v && phrase_begins(d, i + 1))
		return true;
	if (i + 1 < v && clock(d, i))
		return true;
	return (n->shape & (SHAPE_WORD | SHAPE_QUOTE)) == 0 && n->punct != '@' && n->punct != '#' &&
	       n->punct != '$';
}

/* Drop what cannot begin a subject. */
static uint32_t
trim_left(const struct doc *d, uint32_t start, uint32_t v)
{
	while (start < v && no_beginning(d, start, v))
		start++;
	return start;
}

/* The phrase that ends right before node v. */
static struct extent
phrase_left(const struct doc *d, uint32_t first, uint32_t v)
{
	struct walk_left w;
	uint32_t start;

	if (v == first)
		return (struct extent){ v, v };
	if (node(d, v - 1)->cls & (W_PRON | W_AUXED))
		return (struct extent){ v - 1, v };
	if (v > first + 1 && (node(d, v - 1)->shape & SHAPE_POSS) != 0 &&
	    (node(d, v - 2)->cls & W_PRON) != 0)
		return (struct extent){ v - 2, v - 1 }; /* "he's claiming" */
	w = walk_left(d, first, v);
	start = w.start;
	if (w.and_at != NODE_NONE && w.and_at + 1 < v &&
	    (behind_verb(d, first, start) || has_ed(d, start, w.and_at)))
		start = w.and_at + 1;
	for (uint32_t i = v - 1; i > start;
	     i--) /* pronouns take no modifiers: "he | his aides said" */
		if ((node(d, i - 1)->cls & W_PRON) != 0 &&
		    (node(d, i - 1)->shape & SHAPE_UPPER) == 0)
			start = i;
	start = trim_left(d, start, v);
	if (start < v && (node(d, start)->cls & W_PREP) != 0)
		start = behind_preposition(d, start, v);
	return (struct extent){ start, v };
}

/* May the words behind a comma belong to a phrase before it? */
static bool
apposition_begins(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	if (n->shape & (SHAPE_NUMBER | SHAPE_ED | SHAPE_ING))
		return true;
	if (n->cls & (W_REL | W_DET | W_PREP | W_ADV | W_POSS | W_NOMINAL | W_TITLE))
		return true;
	if (node_is(d, i, "or"))
		return true; /* "the Houthis, or Ansar Allah, said" */
	return (n->shape & SHAPE_WORD) != 0 && (n->cls & (W_AUX | W_PRON | W_AND | W_BUT)) == 0;
}

/* Is node i the first of a clause? */
static bool
clause_begins(const struct doc *d, uint32_t first, uint32_t i)
{
	const struct node *left;

	if (i == first)
		return true;
	left = node(d, i - 1);
	return (left->shape & (SHAPE_WORD | SHAPE_POSS)) == 0 ||
	       (left->cls & (W_AND | W_BUT | W_THAT | W_SUB | W_ADV | W_TIME | W_REL | W_WH)) != 0;
}

/* "After the vote, Ann Low, 43, said": what follows is no subject; "as", "when" and the like begin clauses. */
static bool
introduces(const struct doc *d, uint32_t i)
{
	struct span w = token_span(d->text, &d->tokens->at[node(d, i)->tok]);

	return (node(d, i)->cls & W_SUB) != 0 && (node(d, i)->cls & W_PREP) != 0 &&
	       !span_is(w, "as") && !span_is(w, "As");
}

/* "Reacting, the spokesman, Ben Low, said": a participle with the capital of its sentence. */
static bool
participle_opens(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);
	struct span w = token_span(d->text, &d->tokens->at[n->tok]);

	return w.n > 6 && span_ends(w, SPAN("ing")) &&
	       (n->cls & (W_FIRST | W_TITLE | W_NOMINAL)) == 0 && i + 1 < d->nodes.n &&
	       (n[1].shape & SHAPE_UPPER) == 0;
}

/* Is what stands between two commas a clause, "five clinics will lend nurses", rather than part of an apposition? */
static bool
is_clause(const struct doc *d, uint32_t i, uint32_t to)
{
	for (; i < to; i++) {
		const struct node *n = node(d, i);

		if ((n->cls & (W_REL | W_SUB | W_WH | W_THAT | W_PRON | W_INDEF)) != 0 ||
		    (n->shape & SHAPE_QUOTE) != 0)
			return false;
		if ((n->cls & W_AUX) != 0 && (n->shape & (SHAPE_UPPER | SHAPE_POSS)) == 0)
			return true;
	}
	return false;
}

/* The phrase that ends before the comma at node i, if it can be a subject with an apposition behind it; else empty. */
static struct extent
subject_before(const struct doc *d, uint32_t first, uint32_t i)
{
	struct extent e =
	    phrase_left(d, first, is_punct(d, i - 1, ')') ? bracket_open(d, first, i - 1) : i);

	if (extent_some(e) && (!phrase_begins(d, e.first) || !clause_begins(d, first, e.first) ||
				  (e.first > first && introduces(d, e.first - 1)) ||
				  (e.first == first && participle_opens(d, first))))
		e.end = e.first;
	return e;
}

/* Subject, apposition, | verb: the comma before the apposition is the leftmost one that has a subject before it. */
static struct extent
behind_apposition(const struct doc *d, uint32_t first, uint32_t comma)
{
	struct extent best = { comma, comma };
	uint32_t stop = comma - first > PHRASE_MAX ? comma - PHRASE_MAX : first, part = comma;

	for (uint32_t k = comma; k > stop; k--) {
		struct extent e;

		if (node(d, k - 1)->shape & SHAPE_QUOTE && breaks_left(d, k - 1) &&
		    (k - 1 == first || node_stretch(d, k - 1)->words > WHO_WORDS))
			break; /* else 'Ann Low, who calls him a “liar,” | said' */
		if (is_punct(d, k - 1, ';') || (is_punct(d, k - 1, ',') && is_clause(d, k, part)))
			break;
		if (is_punct(d, k - 1, ','))
			part = k - 1;
		if (k - first < 2 || !is_punct(d, k - 1, ',') || !apposition_begins(d, k) ||
		    ((node(d, k - 2)->cls & W_TIME) != 0 && k - 2 > first &&
			(node(d, k - 2)->shape & SHAPE_S) == 0)) /* "on Sunday, ..." */
			continue;
		e = subject_before(d, first, k - 1);
		if (!extent_some(e))
			continue;
		if (extent_some(best) && has_ed(d, e.first, e.end))
			break; /* "Ten people died in Kano, | the agency, INGD, said" */
		best = (struct extent){ e.first, comma };
	}
	return best;
}

/* "Officials who met her | in Paris said": where the phrase begins if a relative clause is in it. */
static uint32_t
antecedent(const struct doc *d, uint32_t first, uint32_t start)
{
	uint32_t stop = start - first > 20 ? start - 20 : first, verbs = 0;
	struct extent e;

	for (uint32_t i = start; i > stop; i--) {
		const struct node *n = node(d, i - 1);

		if ((n->shape & SHAPE_WORD) == 0)
			break;
		if ((n->cls & W_REL) != 0 && (verbs > 0 || i == start)) {
			e = phrase_left(d, first, i - 1);
			return extent_some(e) ? e.first : start;
		}
		verbs += breaks_left(d, i - 1);
		if (n->cls & (W_AND | W_BUT | W_SUB | W_THAT))
			break;
	}
	return start;
}

/* Where a time before node v begins: "the minister | on Friday | said", "Amin | this week | said"; v if there is none. */
static uint32_t
time_start(const struct doc *d, uint32_t first, uint32_t v)
{
	uint32_t end = v;

	while (end > first + 1 && (node(d, end - 1)->cls & W_TIME) != 0)
		end--;
	if (end == v)
		return v;
	while (
	    end > first + 1 && ((node(d, end - 1)->cls & (W_PREP | W_DET)) != 0 ||
				   node_is(d, end - 1, "last") || node_is(d, end - 1, "earlier")))
		end--;
	return end;
}

/* 'Ann Low, who calls him a “liar,” | said': the comma that ends the clause is within the marks. */
static struct extent
behind_relative(const struct doc *d, uint32_t first, uint32_t v)
{
	const struct stretch *x = node_stretch(d, v - 1);
	uint32_t stop = v - first > APPOSITION_MAX ? v - APPOSITION_MAX : first;
	struct extent e = { v, v };

	if (x == NULL || x->last != ',' || x->words > WHO_WORDS)
		return e;
	for (uint32_t k = v - 1; k > stop + 1; k--) {
		if ((node(d, k)->cls & W_REL) == 0 || !is_punct(d, k - 1, ','))
			continue;
		e = phrase_left(d, first, k - 1);
		e.end = extent_some(e) ? v : e.first;
		break;
	}
	return e;
}

struct extent
speaker_left(const struct doc *d, const struct sentence *s, uint32_t v)
{
	struct extent e, none = { v, v };
	uint32_t last;

	if (v == s->first)
		return none;
	v = time_start(d, s->first, v);
	last = v - 1;
	if (node(d, last)->cls & W_REL)
		return (struct extent){ last, v };
	if (is_punct(d, last, ',')) {
		e = behind_apposition(d, s->first, last);
		return e;
	}
	if (is_punct(d, last, ')')) {
		uint32_t open = bracket_open(d, s->first, last);

		e = phrase_left(d, s->first, open);
		return extent_some(e) ? (struct extent){ e.first, v } : none;
	}
	if ((node(d, last)->cls & W_THAT) != 0 && last > s->first &&
	    (node(d, last - 1)->shape & SHAPE_WORD) != 0 &&
	    (node(d, last - 1)->cls & (W_AND | W_BUT | W_ADV | W_CUE | W_AUX)) == 0)
		return (struct extent){ last, v }; /* "a sign that read" */
	if (node(d, last)->cls & (W_AND | W_BUT | W_THAT | W_SUB))
		return none;
	e = behind_relative(d, s->first, v);
	if (extent_some(e))
		return e;
	e = phrase_left(d, s->first, v);
	if (extent_some(e) && (node(d, e.first)->cls & (W_PRON | W_AUXED)) == 0)
		e.first = antecedent(d, s->first, e.first);
	return e;
}

/* Prepositions that go on with a proper name, respectively with any noun. */
static bool
goes_on(const struct doc *d, uint32_t i, bool proper)
{
	static const char *const any[] = { "of", "for", "with", "from", "at", "in", "to", "on",
		"behind" };
	struct span w = token_span(d->text, &d->tokens->at[node(d, i)->tok]);
	size_t n = proper ? 1 : sizeof(any) / sizeof(*any);

	for (size_t k = 0; k < n; k++)
		if (span_is(w, any[k]))
			return true;
	return false;
}

/* Punctuation that stands inside noun phrases: "AT&T", "Mr.", "42%", "co-host", "@name". */
bool
phrase_inner(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	if (n->punct == '-')
		return (d->tokens->at[n->tok].flags & TOKEN_SPACE) == 0 &&
		       d->tokens->at[n->tok].len == 1;
	if (n->punct == ':') /* "2:45" */
		return i > 0 && i + 1 < d->nodes.n &&
		       (n[-1].shape & n[1].shape & SHAPE_NUMBER) != 0 &&
		       (d->tokens->at[n[1].tok].flags & TOKEN_SPACE) == 0;
	return n->punct != 0 && memchr("&@/%#$.", n->punct, 7) != NULL;
}

/* A few words in marks inside a phrase: 'the "smart" border'. */
static bool
phrase_mark(const struct doc *d, const struct node *n)
{
	const struct stretch *s = &d->stretches.at[n->stretch];

	return s->words <= 3 && s->last == 0;
}

/* A word of time, but no weekday, behind a first name: "Kristen | Day", "Craig | May" */
static bool
surname(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);
	struct span w = token_span(d->text, &d->tokens->at[n->tok]);

	return i > 0 && (n[-1].cls & W_FIRST) != 0 && (n[-1].shape & SHAPE_UPPER) != 0 &&
	       (w.n == 3 || !span_ends(w, SPAN("day")));
}

/* May the word at node i go on with a phrase that began before it? */
static bool
word_inside(const struct doc *d, uint32_t i, bool proper)
{
	const struct node *n = node(d, i);

	if ((n->cls & W_PREP) != 0 && (n->cls & W_DET) == 0)
		return goes_on(d, i, proper);
	if ((n->shape & SHAPE_UPPER) != 0 && ((n->cls & W_TIME) == 0 || surname(d, i)))
		return true;
	if (((n->cls & W_TIME) != 0 || (i > 1 && (n[-2].shape & SHAPE_UPPER) != 0)) &&
	    n[-1].punct == '-' && (d->tokens->at[n->tok].flags & TOKEN_SPACE) == 0)
		return true; /* "22-year-old", "Oslo-based" */
	if (n->cls & (W_SUB | W_REL | W_WH | W_THAT | W_AUX | W_AUXED | W_BUT | W_TIME | W_NEG))
		return false;
	if ((n->cls & (W_ADV | W_PRON | W_OBJ)) != 0 && (n->cls & (W_DET | W_POSS)) == 0)
		return false;
	if ((n->cls & W_VERB) != 0 && (n[-1].cls & (W_DET | W_POSS | W_PREP)) == 0)
		return false;
	return !proper || (n->shape & (SHAPE_ED | SHAPE_ING)) == 0;
}

/* The words of one phrase, up to a comma or whatever cannot be inside. */
static uint32_t
core_right(const struct doc *d, uint32_t from, uint32_t stop)
{
	bool proper =
	    (node(d, from)->shape & SHAPE_UPPER) != 0 && (node(d, from)->cls & W_DET) == 0;
	uint32_t i = from + 1;

	if (from >= stop)
		return from;
	while (i < stop) {
		const struct node *n = node(d, i);

		if (n->shape & SHAPE_QUOTE ? !phrase_mark(d, n)
					   : (n->shape & SHAPE_WORD ? !word_inside(d, i, proper)
								    : !phrase_inner(d, i)))
			break;
		i++;
	}
	while (i > from && (node(d, i - 1)->cls & (W_PREP | W_AND)) != 0)
		i--;
	return i;
}

/* Where the part of a sentence that begins at node i ends; a title in marks may be inside: "author of “The Dam,” a novel". */
static uint32_t
part_end(const struct doc *d, uint32_t i, uint32_t stop)
{
	for (; i < stop; i++) {
		const struct node *n = node(d, i);

		if (n->shape & SHAPE_QUOTE
			? !d->stretches.at[n->stretch].title || (n[-1].shape & SHAPE_WORD) == 0
			: n->punct == ',' || n->punct == ';' || n->punct == ':')
			break;
		if (n->punct == '-' && (d->tokens->at[n->tok].flags & TOKEN_SPACE) != 0)
			break;
	}
	return i;
}

/* May an apposition begin at node i, behind a comma? */
static bool
apposes(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	if ((n->cls & (W_AND | W_BUT | W_SUB | W_PRON | W_PREP | W_WH)) != 0 &&
	    (n->cls & W_REL) == 0)
		return false;
	if (node_is(d, i, "there"))
		return false; /* "said Ben Low, there were ten" */
	return (n->shape & (SHAPE_ING | SHAPE_QUOTE)) == 0 && !verb_finite(d, i, true);
}

/* Is the part a clause that reports, "the agency Lusa reported on Friday", rather than an apposition? */
static bool
part_reports(const struct doc *d, uint32_t i, uint32_t to)
{
	if (!phrase_begins(d, i))
		return false;
	for (i++; i < to && (node(d, i)->cls & W_REL) == 0; i++)
		if ((node(d, i)->cls & W_CUE) != 0 && (node(d, i)->shape & SHAPE_ED) != 0 &&
		    (node(d, i - 1)->cls & (W_DET | W_AUX | W_PREP | W_AND | W_ADV)) == 0 &&
		    (i + 1 == to || (node(d, i + 1)->cls & (W_PREP | W_TIME)) != 0))
			return i + 1 == to || !node_is(d, i + 1, "by");
	return false;
}

/* The end of the appositions that follow node i, a comma: ", 43, a farmer from Kano,"; i itself if there are none. One that
 * runs into words in marks is none: "said Ann Low, who called it “a joke”". */
static uint32_t
appositions_right(const struct doc *d, uint32_t i, uint32_t stop)
{
	while (i + 1 < stop && is_punct(d, i, ',') && apposes(d, i + 1)) {
		uint32_t to = part_end(d, i + 1, stop);

		if (to < stop && (node(d, to)->shape & SHAPE_QUOTE) != 0 &&
		    !is_punct(d, to - 1, ','))
			break;
		if (part_reports(d, i + 1, to))
			break;
		i = to;
	}
	return i;
}

/* The last node of a sentence that a phrase at from may reach. */
static uint32_t
phrase_stop(const struct doc *d, const struct sentence *s, uint32_t from)
{
	uint32_t stop = s->end - from > PHRASE_MAX ? from + PHRASE_MAX : s->end;

	while (stop > from && (node(d, stop - 1)->shape & (SHAPE_WORD | SHAPE_QUOTE)) == 0 &&
	       !is_punct(d, stop - 1, ')'))
		stop--; /* the full stop */
	return stop;
}

struct extent
speaker_core(const struct doc *d, const struct sentence *s, uint32_t from)
{
	if (from >= s->end || (node(d, from)->shape & SHAPE_WORD) == 0)
		return (struct extent){ from, from };
	if (node(d, from)->cls & W_PRON)
		return (struct extent){ from, from + 1 };
	return (struct extent){ from, core_right(d, from, phrase_stop(d, s, from)) };
}

struct extent
speaker_after(const struct doc *d, const struct sentence *s, uint32_t from)
{
	struct extent e = speaker_core(d, s, from);
	bool relative;

	if (e.end + 2 < s->end && is_punct(d, e.end, '(') && is_punct(d, e.end + 2, ')'))
		e.end += 3; /* letters */
	if (!extent_some(e) || e.end + 2 >= s->end || !is_punct(d, e.end, ','))
		return e;
	relative = (node(d, e.end + 1)->cls & W_REL) != 0;
	if (!relative &&
	    ((node(d, from)->cls & W_DET) != 0 || (node(d, e.end + 1)->cls & W_DET) == 0))
		return e;
	for (uint32_t i = e.end + 1; i < s->end && i - e.end < APPOSITION_MAX; i++) {
		if (!relative && verb_finite(d, i, true))
			break;
		if (is_punct(d, i, ','))
			return (struct extent){ from, i };
	}
	return e;
}

struct extent
speaker_right(const struct doc *d, const struct sentence *s, uint32_t from)
{
	struct extent core = speaker_core(d, s, from);
	uint32_t stop, end = core.end;

	if (!extent_some(core) || (node(d, from)->cls & W_PRON) != 0)
		return core;
	stop = phrase_stop(d, s, from);
	if (end < stop && is_punct(d, end, '(')) {
		uint32_t k = end;

		while (k < stop && k - end < 16 && !is_punct(d, k, ')'))
			k++;
		if (k < stop && is_punct(d, k, ')'))
			end = k + 1;
	}
	if (end < stop && end > from && (node(d, end)->cls & W_REL) != 0) {
		while (end < stop && !is_punct(d, end, ',') &&
		       (node(d, end)->shape & SHAPE_QUOTE) == 0)
			end++;
	} else if (end < stop && end > from) {
		uint32_t more = appositions_right(d, end, stop);

		end = more;
	}
	return (struct extent){ from, end };
}

/* "those surveyed" */
static bool
plural_article(const struct doc *d, const struct node *n)
{
	static const char article[][8] = { "those", "these", "Those", "These", "many", "Many",
		"some", "Some", "several", "Several", "few", "Few", "most", "Most", "both",
		"Both" };
	struct span w = token_span(d->text, &d->tokens->at[n->tok]);
	char word[8] = "";

	if (w.n >= sizeof(word))
		return false;
	memcpy(word, w.p, w.n);
	for (size_t k = 0; k < sizeof(article) / sizeof(*article); k++)
		if (memcmp(word, article[k], sizeof(word)) == 0)
			return true;
	return false;
}

/* "a third, 33 percent," */
static bool
has_number(const struct doc *d, struct extent e)
{
	for (uint32_t i = e.first; i < e.end; i++)
		if (node(d, i)->shape & SHAPE_NUMBER)
			return true;
	return false;
}

/* The node behind the head of a phrase: its first comma, bracket, preposition or relative pronoun, or its end. */
static uint32_t
head_end(const struct doc *d, struct extent e)
{
	for (uint32_t i = e.first + 1; i < e.end; i++)
		if (is_punct(d, i, ',') || is_punct(d, i, '(') ||
		    (node(d, i)->cls & (W_PREP | W_REL)) != 0)
			return i;
	return e.end;
}

static bool
has_and(const struct doc *d, struct extent e)
{
	for (uint32_t i = e.first; i < e.end; i++)
		if (node(d, i)->cls & W_AND)
			return true;
	return false;
}

/* The number of a noun by itself. */
static int
noun_plural(const struct doc *d, uint32_t i)
{
	const struct node *n = node(d, i);

	if ((n->shape & SHAPE_WORD) == 0 || (n->shape & SHAPE_NUMBER) != 0)
		return -1;
	if (n->cls & (W_PLURAL | W_INDEF))
		return 1;
	if (n->cls & W_NOMINAL)
		return 0;
	if (n->shape & SHAPE_UPPER) /* "Republicans", "James" */
		return d->text.p[node_end(d, i) - 1] == 's' ? -1 : 0;
	return (n->shape & SHAPE_S) != 0;
}

int
speaker_plural(const struct doc *d, struct extent e)
{
	const struct node *first;
	uint32_t end;

	if (!extent_some(e))
		return -1;
	first = node(d, e.first);
	end = head_end(d, e);
	if (plural_article(d, first) || has_and(d, (struct extent){ e.first, end }))
		return 1;
	if (e.end - e.first == 1 && (first->cls & W_PRON) != 0)
		return (first->cls & (W_MALE | W_FEMALE)) == 0 &&
		       !span_is(token_span(d->text, &d->tokens->at[first->tok]), "it");
	if (end < e.end && (node(d, end)->cls & W_PREP) != 0 &&
	    (node(d, end - 1)->shape & SHAPE_S) == 0)
		return -1; /* "a majority of voters", "nine out of 10" */
	if ((node(d, end - 1)->cls & (W_NOMINAL | W_PLURAL)) == 0 && has_number(d, e))
		return -1;
	return noun_plural(d, end - 1);
}

/* The verb that a group of auxiliaries at node i ends with. */
static uint32_t
group_verb(const struct doc *d, uint32_t i, uint32_t stop)
{
	while (i + 1 < stop && (node(d, i)->cls & (W_AUX | W_ADV | W_NEG)) != 0 &&
	       (node(d, i + 1)->shape & SHAPE_WORD) != 0 &&
	       (node(d, i + 1)->cls & (W_DET | W_PREP | W_POSS)) == 0)
		i++;
	return i;
}

struct extent
speaker_verb(const struct doc *d, const struct sentence *s, uint32_t before, uint32_t *verb)
{
	struct extent e, first = { before, before };
	uint32_t from = before - s->first > 2 * PHRASE_MAX ? before - 2 * PHRASE_MAX : s->first;

	*verb = NODE_NONE;
	for (uint32_t i = from + 1; i < before; i++) {
		uint32_t v = i;

		if (!verb_finite(d, i, true))
			continue;
		while (v > s->first && (node(d, v - 1)->cls & (W_ADV | W_NEG)) != 0 &&
		       (node(d, v - 1)->cls & W_DET) == 0)
			v--;
		e = speaker_left(d, s, v);
		if (!extent_some(e) ||
		    (!phrase_begins(d, e.first) && (node(d, e.first)->cls & W_REL) == 0))
			continue;
		if (*verb == NODE_NONE)
			*verb = group_verb(d, i, before);
		if (e.first == s->first ||
		    (node(d, e.first - 1)->cls & (W_SUB | W_REL | W_WH | W_THAT)) == 0)
			return *verb = group_verb(d, i, before), e;
		if (!extent_some(first))
			first = e;
	}
	return first;
}

struct extent
speaker_main(const struct doc *d, const struct sentence *s, uint32_t before)
{
	uint32_t verb;

	return speaker_verb(d, s, before, &verb);
}

struct extent
speaker_owner(const struct doc *d, const struct sentence *s, const struct cue *c)
{
	uint32_t i = c->nodes.first, stop = i - s->first > 8 ? i - 8 : s->first;
	struct extent none = { i, i };

	while (i > stop && (node(d, i - 1)->shape & SHAPE_POSS) == 0) {
		const struct node *n = node(d, i - 1);

		if (n->cls & W_POSS)
			return (struct extent){ i - 1, i };
		if ((n->shape & SHAPE_WORD) == 0 ||
		    (n->cls & (W_DET | W_PREP | W_AND | W_AUX)) != 0)
			break;
		i--;
	}
	if (i > stop && (node(d, i - 1)->shape & SHAPE_POSS) != 0)
		return phrase_left(d, s->first, i);
	if (c->nodes.end + 1 < s->end && (node(d, c->nodes.end)->cls & W_PREP) != 0)
		return speaker_right(d, s, c->nodes.end + 1);
	return none;
}
