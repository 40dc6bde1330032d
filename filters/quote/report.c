/* report.c - cue by cue: order, speaker, setting, pattern, reported words. */
#include "quote/report.h"

#include "quote/speaker.h"

enum {
	AGENT_NODES = 24,  /* from a verb to its "by" */
	QUOTED_NODES = 16, /* from "quoted" to "as saying" */
};

/* What is known while one cue is worked on. */
struct job {
	struct doc *d;
	const struct patterns *patterns;
	struct reports *out;
	uint32_t covered; /* nodes before this one are reported already, or report */
	uint32_t left;    /* bytes that reports of the sentence at hand may still take */
};

static const struct node *
node(const struct job *j, uint32_t i)
{
	return &j->d->nodes.at[i];
}

/* The report before in the same sentence whose verb has a subject of its own. */
static const struct report *
report_before(const struct job *j, uint32_t sent)
{
	const struct report *r;

	if (j->out->n == 0)
		return NULL;
	r = &j->out->at[j->out->n - 1];
	return r->sent == sent && extent_some(r->speaker) ? r : NULL;
}

/* ", says | former Treasury man", ", said | ward sister Ann Low": a speaker without article, with a name or noun of people. */
static bool
bare_noun(const struct job *j, const struct cue *c, struct extent e)
{
	const struct node *last = node(j, e.end - 1);

	return (c->cls & CUE_SAY) != 0 && (node(j, e.first)->shape & SHAPE_WORD) != 0 &&
	       (node(j, e.first)->cls & ~(uint32_t)(W_CUE | W_CUE_NOUN)) == 0 &&
	       ((last->shape & SHAPE_UPPER) != 0 || (last->cls & W_NOMINAL) != 0);
}

/* Does a phrase that begins behind the verb serve as its subject: is no verb of its own behind it? */
static bool
inverted(const struct job *j, const struct sentence *s, const struct cue *c, struct extent *speaker)
{
	uint32_t v = c->nodes.first, stop = sentence_words_end(j->d, s);
	const struct node *left = v > s->first ? node(j, v - 1) : NULL;
	struct extent e;

	if (left != NULL && (left->shape & SHAPE_QUOTE) == 0 && left->punct != ',' &&
	    left->punct != '-')
		return false;
	if (left == NULL && !s->soft)
		return false;
	e = speaker_right(j->d, s, c->nodes.end);
	if (!extent_some(e))
		return false;
	if (left != NULL && ((left->shape & SHAPE_QUOTE) != 0 ||
				(v - s->first > 1 && (left[-1].shape & SHAPE_QUOTE) != 0))) {
		*speaker = e;
		return (node(j, e.first)->cls & (W_THAT | W_WH | W_PREP | W_TIME)) == 0;
	}
	if (!phrase_begins(j->d, e.first) && !(e.end == stop && bare_noun(j, c, e)))
		return false;
	if (e.end < stop && verb_finite(j->d, e.end, true))
		return false;
	*speaker = e;
	return true;
}

/* Who does it in the passive: "called “a joke” | by the union"; for verbs that name nothing right behind the verb. */
static struct extent
agent(const struct job *j, const struct sentence *s, const struct cue *c)
{
	uint32_t i = c->nodes.end, stop = i + 1;

	if (c->cls & (CUE_NAME | CUE_MARK))
		stop = s->end - i > AGENT_NODES ? i + AGENT_NODES : s->end;
	for (; i < stop && i + 1 < s->end && node(j, i)->punct != ','; i++)
		if (node_is(j->d, i, "by"))
			return speaker_right(j->d, s, i + 1);
	return (struct extent){ c->nodes.end, c->nodes.end };
}

/* "While saying that it rained, | the minister | left" */
static struct extent
fronted_speaker(const struct job *j, const struct sentence *s, uint32_t v)
{
	for (uint32_t i = v; i + 2 < s->end; i++) {
		struct extent e;

		if (node(j, i)->punct != ',' || !phrase_begins(j->d, i + 1))
			continue;
		e = speaker_core(j->d, s, i + 1);
		if (e.end < s->end && verb_finite(j->d, e.end, true))
			return e;
	}
	return (struct extent){ v, v };
}

/* Does the verb quote someone "as saying" something, which is a cue of its own? */
static bool
quotes_other(const struct job *j, const struct sentence *s, const struct cue *c)
{
	uint32_t stop = s->end - c->nodes.end > QUOTED_NODES ? c->nodes.end + QUOTED_NODES : s->end;

	if (c->mode != MODE_FINITE)
		return false;
	for (uint32_t i = c->nodes.end; i + 1 < stop && !(node(j, i)->shape & SHAPE_QUOTE); i++)
		if (node_is(j->d, i, "as") && (node(j, i + 1)->cls & W_CUE) != 0 &&
		    (node(j, i + 1)->shape & SHAPE_ING) != 0)
			return true;
	return false;
}

/* The speaker of a verb that shares its subject with an earlier one. */
static struct extent
shared_speaker(const struct job *j, const struct sentence *s, const struct cue *c)
{
	const struct report *r = report_before(j, c->sent);
	uint32_t v = c->nodes.first;
	struct extent e;

	/* "with the western nations reiterating", "a report saying" */
	if (v > s->first && c->mode == MODE_ING && (node(j, v - 1)->shape & SHAPE_WORD) != 0 &&
	    (node(j, v - 1)->cls &
		(W_PREP | W_SUB | W_AND | W_BUT | W_ADV | W_AUX | W_TIME | W_VERB | W_CUE)) == 0)
		return speaker_left(j->d, s, v);
	if (r != NULL && r->mode != MODE_ACC && r->mode != MODE_NOUN)
		return r->speaker;
	e = speaker_main(j->d, s, v);
	return extent_some(e) ? e : fronted_speaker(j, s, v);
}

/* Behind a word that may be a noun: can its object or clause begin here? */
static bool
speech_follows(const struct job *j, const struct cue *c)
{
	const struct node *n;

	if (c->nodes.end >= j->d->nodes.n)
		return true;
	n = node(j, c->nodes.end);
	if (n->shape & SHAPE_QUOTE)
		return true;
	if ((n->shape & SHAPE_WORD) == 0)
		return n->punct == ',' || n->punct == ':' || n->punct == '.';
	return (n->cls & (W_THAT | W_PRON | W_AUXED | W_DET | W_POSS | W_WH | W_OBJ | W_INDEF)) !=
		   0 ||
	       (n->shape & (SHAPE_UPPER | SHAPE_NUMBER)) != 0 ||
	       ((n->cls & W_PREP) != 0 && (c->cls & CUE_INF) != 0);
}

/* Does the verb's number fit its subject's, and is it no noun behind an adjective? "the 12-point | pledge" */
static bool
agrees(const struct job *j, const struct cue *c, struct extent left)
{
	int plural = speaker_plural(j->d, left);
	const struct node *last = node(j, left.end - 1);

	if (c->modal || c->nodes.first < c->head)
		return true;
	if (left.end - left.first == 1 && (last->cls & W_REL) != 0) /* "18% who say" */
		return (c->cls & CUE_ALSO) == 0 || speech_follows(j, c);
	if ((c->form & FORM_S) != 0 && (last->cls & W_PRON) != 0)
		return true; /* "who he claims has left" */
	if (left.first > 0 && ((node(j, left.first - 1)->shape & SHAPE_QUOTE) != 0 ||
				  (node(j, left.first - 1)->punct == ',' && left.first > 1 &&
				      (node(j, left.first - 2)->shape & SHAPE_QUOTE) != 0)))
		return true; /* “...,” the Danes state */
	if ((c->form & FORM_BASE) != 0 && (c->form & FORM_PAST) == 0)
		return (c->cls & CUE_ALSO) == 0 ? plural != 0 : plural == 1 && speech_follows(j, c);
	if ((c->form & FORM_S) == 0 || (c->cls & CUE_ALSO) == 0)
		return true;
	if (!speech_follows(j, c))
		return false;
	return (last->cls & (W_PRON | W_REL | W_NOMINAL | W_INDEF)) != 0 ||
	       (last->shape & SHAPE_UPPER) != 0;
}

/* "The road is open | said Ana Ruiz.": an inversion without a comma, at the sentence's end, of a name behind a clause. */
static bool
bare_inversion(const struct job *j, const struct sentence *s, const struct cue *c, struct extent *e)
{
	uint32_t v = c->nodes.first, stop = sentence_words_end(j->d, s);
	const struct node *left = node(j, v) - 1, *right = node(j, v) + 1;

	if ((c->cls & CUE_SAY) == 0 || (c->form & FORM_PAST) == 0 || v != c->head ||
	    v < s->first + 3 || v + 2 >= stop || (right->shape & SHAPE_UPPER) == 0 ||
	    ((right->cls & (W_FIRST | W_TITLE)) == 0 && (right[1].shape & SHAPE_UPPER) == 0))
		return false;
	if ((left->shape & (SHAPE_UPPER | SHAPE_QUOTE)) != 0 || (left->shape & SHAPE_WORD) == 0 ||
	    (left->cls &
		(W_PRON | W_NOMINAL | W_REL | W_AUXED | W_INDEF | W_ADV | W_AND | W_SUB)) != 0 ||
	    !content_finite(j->d, (struct extent){ s->first, v }, true))
		return false;
	*e = speaker_right(j->d, s, v + 1);
	return e->end == stop;
}

/* Order and speaker of a verb in a finite form. */
static uint32_t
finite_order(const struct job *j, const struct sentence *s, const struct cue *c, struct report *r)
{
	uint32_t v = c->nodes.first;
	struct extent left = speaker_left(j->d, s, v);

	if (v > s->first && bare_inversion(j, s, c, &r->speaker))
		return ORDER_VS;

	if (extent_some(left) && node(j, left.first)->shape & SHAPE_QUOTE &&
	    left.end - left.first == 1)
		left.end = left.first;
	if (extent_some(left)) {
		r->speaker = left;
		return agrees(j, c, left) ? ORDER_SV : 0;
	}
	if (inverted(j, s, c, &r->speaker))
		return ORDER_VS;
	if (c->form == FORM_BASE)
		return 0;
	r->speaker = shared_speaker(j, s, c);
	r->shared = true;
	return ORDER_ING;
}

/* Does the phrase hold a comma and then a verb that is in no relative clause? "witnesses, the driver | had fled" */
static bool
runs_on(const struct job *j, struct extent e)
{
	bool comma = false;

	for (uint32_t i = e.first; i < e.end && (node(j, i)->cls & W_REL) == 0; i++) {
		const struct node *n = node(j, i);

		comma |= n->punct == ',';
		if (!comma || (n->shape & SHAPE_ING) != 0 || !verb_finite(j->d, i, true))
			continue;
		if ((n->cls & (W_AUX | W_AUXED | W_VERB)) != 0 ||
		    ((n->shape & SHAPE_ED) != 0 && i + 1 < e.end && (n[1].cls & W_PREP) == 0))
			return true;
	}
	return false;
}

/* Whom something goes according to; for cues of class by behind the next "by": "as stated to Lusa by | Rui Melo". */
static struct extent
accorder(const struct job *j, const struct sentence *s, const struct cue *c)
{
	uint32_t i = c->nodes.end, stop = s->end - i > AGENT_NODES ? i + AGENT_NODES : s->end;
	struct extent e;

	if (c->cls & CUE_BY) {
		while (i < stop && !node_is(j->d, i, "by"))
			i++;
		return i < stop ? speaker_right(j->d, s, i + 1) : (struct extent){ i, i };
	}
	if (c->nodes.first == s->first)
		return speaker_after(j->d, s, i);
	e = speaker_right(j->d, s, i);
	return runs_on(j, e) ? speaker_after(j->d, s, i) : e;
}

static uint32_t
order_of(const struct job *j, const struct sentence *s, const struct cue *c, struct report *r)
{
	uint32_t v = c->nodes.first;

	r->speaker = (struct extent){ v, v };
	switch (c->mode) {
	case MODE_FINITE:
		return finite_order(j, s, c, r);
	case MODE_ING:
	case MODE_INF:
		r->speaker = shared_speaker(j, s, c);
		r->shared = true;
		return c->mode == MODE_ING ? ORDER_ING : ORDER_INF;
	case MODE_PASSIVE:
		r->speaker = agent(j, s, c);
		return ORDER_PASSIVE;
	case MODE_NOUN:
		r->speaker = speaker_owner(j->d, s, c);
		if ((c->cls & CUE_QUOTE) != 0 && !extent_some(r->speaker))
			r->speaker = speaker_main(j->d, s, v);
		return ORDER_NOUN;
	default:
		r->speaker = accorder(j, s, c);
		return extent_some(r->speaker) ? ORDER_ACC : 0;
	}
}

/* The word "as", at the start of a sentence with a capital. */
static bool
is_as(const struct job *j, uint32_t i, bool starts)
{
	struct span w = token_span(j->d->text, &j->d->tokens->at[node(j, i)->tok]);

	return span_is(w, starts ? "As" : "as");
}

/* First node of the reporting clause: the speaker's or the verb's, with "as" before it. */
static uint32_t
clause_first(const struct job *j, const struct sentence *s, const struct report *r)
{
	uint32_t first = r->speaker.first;

	if (r->shared || !extent_some(r->speaker) || r->speaker.first > r->cue.first)
		first = r->cue.first;
	if (first > s->first && is_as(j, first - 1, first == s->first + 1))
		first--;
	return first;
}

/* What stands behind; for an inverted clause behind its speaker. */
static struct behind
behind_of(
    const struct job *j, const struct sentence *s, const struct cue *c, const struct report *r)
{
	struct cue at = *c;
	struct behind b;

	if (!r->shared && extent_some(r->speaker) && r->speaker.first >= c->nodes.end &&
	    (c->mode != MODE_PASSIVE || (c->cls & (CUE_NAME | CUE_MARK)) == 0)) {
		at.nodes.end = r->speaker.end;
		at.cls &= ~(uint32_t)(CUE_TELL | CUE_ASK);
	}
	b = content_behind(j->d, s, &at);
	/* "said Ann Low, author of “The Dam,” a novel": in the apposition */
	if (at.nodes.end != c->nodes.end && b.right == RIGHT_QUOTE &&
	    (node(j, b.at - 1)->shape & SHAPE_WORD) != 0)
		b.right = RIGHT_COMMA;
	return b;
}

static void
add_part(struct report *r, struct extent e)
{
	if (r->mode == MODE_PASSIVE && r->speaker.first > e.first && r->speaker.first < e.end)
		e.end = r->speaker.first - 1; /* before "by" */
	if (extent_some(e) && r->n_part < REPORT_PARTS)
		r->part[r->n_part++] = e;
}

/* The stretches that open the paragraphs behind a colon. */
static void
take_paragraph(const struct job *j, struct report *r)
{
	const struct doc *d = j->d;
	const struct sentence *next;

	if (r->sent + 1 >= d->sents.n)
		return;
	next = &d->sents.at[r->sent + 1];
	if (next->opens_para && d->nodes.at[next->first].shape & SHAPE_QUOTE)
		add_part(r, (struct extent){ next->first, next->first + 1 });
}

static void
take(const struct job *j, const struct sentence *s, const struct cue *c, const struct behind *b,
    struct report *r)
{
	uint32_t what = r->pattern->take, at = b->at;

	if (what & TAKE_REL)
		add_part(r, (struct extent){ r->clause - 1, r->clause });
	if (what & TAKE_LEFT)
		add_part(r, content_left(j->d, r->sent, r->clause, j->covered));
	if ((what & TAKE_RIGHT) != 0 && (b->right & RIGHT_COMMA) != 0)
		at++;
	if (what & TAKE_RIGHT)
		add_part(r, content_right(j->d, s, at));
	if (what & TAKE_STRETCH)
		add_part(r, (struct extent){ at, at + 1 });
	if (what & TAKE_REL)
		add_part(r, content_relative(j->d, s, at));
	if (what & TAKE_OBJECT)
		add_part(r, content_object(j->d, s, at));
	if (what & TAKE_CLAUSE)
		add_part(r, content_noun(j->d, s, c, at));
	if (what & TAKE_PARA)
		take_paragraph(j, r);
}

/* Cut what the report before takes to its right where this one begins a clause of its own. */
static void
cut_before(const struct job *j, const struct report *r)
{
	struct report *prev;
	struct extent *last;
	uint32_t at = r->clause;

	if (j->out->n == 0)
		return;
	prev = &j->out->at[j->out->n - 1];
	if (prev->n_part == 0 || prev->sent != r->sent)
		return;
	last = &prev->part[prev->n_part - 1];
	if (at <= last->first || at >= last->end)
		return;
	if (node(j, at)->cls & W_REL) { /* ", which has warned that" */
		if (node(j, at - 1)->punct == ',')
			last->end = at - 1;
		return;
	}
	if (at > last->first + 1 && node(j, at - 2)->punct == ',' &&
	    (node_is(j->d, at - 1, "while") || node_is(j->d, at - 1, "whereas"))) {
		last->end = at - 2;
		return;
	}
	if ((node(j, at - 1)->cls & (W_AND | W_BUT)) == 0 && node(j, at - 1)->punct != ';')
		return;
	at--;
	last->end = at > last->first && node(j, at - 1)->punct == ',' ? at - 1 : at;
}

/* Does the stretch at node i go on with a sentence, behind a comma? "If it rains, he wrote, “we lose.”" */
static bool
continues(const struct job *j, uint32_t i)
{
	const struct stretch *s = node_stretch(j->d, i);

	return s != NULL && i > 0 && node(j, i - 1)->punct == ',' && !s->upper;
}

/* "Ben Low, according to Lusa, | said that": the cue that stands there has the words. */
static bool
speaks_on(const struct job *j, const struct sentence *s, uint32_t i)
{
	return i < s->end && (node(j, i)->cls & W_CUE) != 0 &&
	       (node(j, i)->shape & SHAPE_ING) == 0 && verb_finite(j->d, i, true);
}

static bool
try_cue(const struct job *j, const struct cue *c, struct report *r)
{
	const struct sentence *s = &j->d->sents.at[c->sent];
	struct setting set = { .cls = c->cls };
	struct behind b;

	*r = (struct report){
		.sent = c->sent, .cue = c->nodes, .cls = c->cls, .mode = (uint8_t)c->mode
	};
	if (quotes_other(j, s, c))
		return false;
	set.order = order_of(j, s, c, r);
	if (set.order == 0)
		return false;
	r->clause = clause_first(j, s, r);
	b = behind_of(j, s, c, r);
	if (c->mode == MODE_ACC && b.right == RIGHT_COMMA && speaks_on(j, s, b.at + 1))
		return false;
	set.left = content_before(j->d, c->sent, r->clause);
	set.right = b.right;
	set.speaker = extent_some(r->speaker);
	set.marks = content_marked(j->d, (struct extent){ b.at, s->end });
	set.left_marks = content_marked(
	    j->d, (struct extent){ s->first > j->covered ? s->first : j->covered, r->clause });
	set.lower = b.right == RIGHT_QUOTE && continues(j, b.at);
	r->pattern = pattern_match(j->patterns, &set);
	if (r->pattern == NULL)
		return false;
	take(j, s, c, &b, r);
	return r->n_part > 0;
}

/* Take what the report takes of its sentence from what is left there; false: there was too much before it. */
static bool
affords(struct job *j, const struct sentence *s, const struct report *r)
{
	uint32_t want = 0;

	for (uint32_t p = 0; p < r->n_part; p++)
		if (r->part[p].first >= s->first && r->part[p].end <= s->end)
			want += extent_bytes(j->d, r->part[p]);
	if (want > j->left)
		return false;
	j->left -= want;
	return true;
}

static void
add_report(struct job *j, struct report *r)
{
	r->group = (uint32_t)j->out->n + 1;
	VEC_PUSH(j->d->arena, j->out, *r);
}

/* The reports of one sentence, or its attitudes. */
static void
report_cues(struct job *j, const struct cues *cues, bool attitudes)
{
	struct report r;

	for (size_t i = 0; i < cues->n; i++) {
		const struct cue *c = &cues->at[i];

		if (((c->cls & CUE_ATT) != 0) != attitudes || !try_cue(j, c, &r) ||
		    !affords(j, &j->d->sents.at[c->sent], &r))
			continue;
		if (!attitudes)
			cut_before(j, &r);
		add_report(j, &r);
		if (attitudes)
			continue;
		j->covered = r.cue.end;
		if (r.speaker.first == r.cue.end)
			j->covered = r.speaker.end; /* "said | Ana Ruiz |, the agency reported" */
		if (r.mode == MODE_ACC && r.part[0].first > r.cue.end)
			j->covered = r.part[0].first;
	}
}

static void
report_all(struct doc *d, const struct report_rules *rules, bool attitudes, struct reports *out)
{
	struct job j = { .d = d, .patterns = rules->patterns, .out = out };
	struct cues cues = { 0 };

	for (uint32_t k = 0; k < d->sents.n; k++) {
		const struct sentence *s = &d->sents.at[k];

		cues_find(d, rules->cues, k, &cues);
		if (cues.n == 0)
			continue;
		j.left = extent_bytes(d, (struct extent){ s->first, s->end }) * REPORTED_TIMES;
		report_cues(&j, &cues, attitudes);
	}
}

void
reports_attitudes(struct doc *d, const struct report_rules *rules, struct reports *out)
{
	report_all(d, rules, true, out);
}

void
reports_find(struct doc *d, const struct report_rules *rules, struct reports *out)
{
	/* with room for those without a cue; what is not needed is never touched */
	out->cap = d->maybe_cue.n + d->stretches.n;
	out->at = arena_raw(d->arena, out->cap, sizeof(*out->at));
	report_all(d, rules, false, out);
}
