/* names_bond.c - which short forms fit a longer name, for persons and for the rest. */
#include "names_own.h"
#include "record.h"
#include "uniclass.h"
#include "utf8.h"

enum { WORD_MIN = 3 }; /* letters of a single word that stands for a name of several */

/* Which parts of a longer name may stand for it: its first word, first words, last word, last words, both ends
 * without the middle. Measured on tests/corpus: what means the longer name less often than not is left out. */
static const struct habit {
	bool head, heads, tail, tails, ends;
} habits[] = {
	[NAME_ORG] = { true, true, true, true, false },
	[NAME_SITE] = { true, false, true, true, false },
	[NAME_WORK] = { false, false, false, true, false },
	[NAME_PRODUCT] = { false, false, true, true, false },
	[NAME_OTHER] = { true, true, true, true, true },
};

enum name_kind
names_kind(unsigned label)
{
	switch (label) {
	case ENT_PERSON:
		return NAME_PERSON;
	case ENT_ORG:
		return NAME_ORG;
	case ENT_GPE:
		return NAME_PLACE;
	case ENT_LOC:
		return NAME_AREA;
	case ENT_FAC:
		return NAME_SITE;
	case ENT_NORP:
	case ENT_LANGUAGE:
		return NAME_PEOPLE;
	case ENT_WORK_OF_ART:
		return NAME_WORK;
	case ENT_PRODUCT:
		return NAME_PRODUCT;
	default:
		return NAME_OTHER;
	}
}

/* ---- persons ---- */

/* A first name behind a hyphen begins another name: "Muhammad Ali-Joe Frazier". */
static bool
begins_another(const struct name_lore *lore, const struct form *e, unsigned k)
{
	return k + 1 < e->n_word && e->word[k].shape & NAME_GLUED &&
	       !(e->word[k + 1].shape & NAME_GLUED) &&
	       name_facts(lore, e->word[k].hash) & NAME_FIRST;
}

/* One word: "Okafor", "Mara", "Cory" of 'Maria "Cory" Okafor'. */
static enum bond
word_bond(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	const struct name_word *w = &f->word[0];
	unsigned last = e->n_word - 1U;

	if (f->born != 0 && f->born != e->born)
		return BOND_NONE;
	if (w->hash == e->word[last].hash)
		return BOND_LAST;
	if (w->hash == e->word[0].hash)
		return BOND_FIRST;
	for (unsigned i = 1; i < last; i++)
		if (w->hash == e->word[i].hash && !begins_another(lore, e, i + 1))
			return e->word[i].shape & NAME_QUOTED ? BOND_FIRST : BOND_PART;
	if (w->shape & NAME_INITIAL)
		return BOND_NONE;
	if (name_word_fit(lore, w, &e->word[0]) >= NAME_FIT_NICK)
		return BOND_LIKE;
	return name_word_fit(lore, w, &e->word[last]) >= NAME_FIT_SLIP &&
		       name_word_fit(lore, w, &e->word[last]) < NAME_FIT_NICK
		   ? BOND_LIKE
		   : BOND_NONE;
}

/* The words of a short form laid on those of a longer one. */
struct laid {
	unsigned same, slips; /* words that are the same; that are misspelt */
	bool last;            /* the last word is the same or misspelt */
};

/* The word of e from *at on that word i of f fits; NAME_FIT_NONE: none. A first name fits the first one only, but
 * that the same one may stand anywhere. */
static enum name_fit
lay_word(const struct name_lore *lore, const struct form *f, unsigned i, const struct form *e,
    unsigned *at)
{
	for (unsigned k = *at; k < e->n_word; k++) {
		enum name_fit fit = name_word_fit(lore, &f->word[i], &e->word[k]);

		if (fit == NAME_FIT_SLIP && (i == 0 || i + 1 < f->n_word))
			continue;
		if (fit == NAME_FIT_NONE || (fit != NAME_FIT_SAME && i == 0 && k > 0))
			continue;
		*at = k + 1;
		return i + 1 == f->n_word && begins_another(lore, e, k + 1) ? NAME_FIT_NONE : fit;
	}
	return NAME_FIT_NONE;
}

static bool
lay(const struct name_lore *lore, const struct form *f, const struct form *e, struct laid *out)
{
	unsigned at = 0;

	*out = (struct laid){ 0 };
	for (unsigned i = 0; i < f->n_word; i++) {
		enum name_fit fit = lay_word(lore, f, i, e, &at);

		if (fit == NAME_FIT_NONE)
			return false;
		out->same += fit == NAME_FIT_SAME && !(f->word[i].shape & NAME_INITIAL);
		out->slips += fit == NAME_FIT_SLIP || fit == NAME_FIT_VARIANT;
		out->last = fit != NAME_FIT_INITIAL && fit != NAME_FIT_NICK;
	}
	return true;
}

/* All words of f are among those of e. */
static bool
all_among(const struct form *f, const struct form *e)
{
	for (unsigned i = 0; i < f->n_word; i++) {
		unsigned k = 0;

		while (k < e->n_word && f->word[i].hash != e->word[k].hash)
			k++;
		if (k == e->n_word)
			return false;
	}
	return true;
}

static enum bond
person_bond(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	struct laid laid;

	if (f->born != e->born && f->born != 0 && e->born != 0)
		return BOND_NONE;
	if (f->n_word == 1)
		return word_bond(lore, f, e);
	if (f->n_word > e->n_word)
		return BOND_NONE;
	if (lay(lore, f, e, &laid) && laid.same > 0 && laid.slips < 2 && laid.last)
		return BOND_FULL;
	if (e->n_word > f->n_word + 1 || begins_another(lore, e, 1) || begins_another(lore, e, 2))
		return BOND_NONE;
	return all_among(f, e) ? BOND_FULL : BOND_NONE; /* "Mara Okafor", "Okafor Mara" */
}

/* ---- the rest ---- */

static bool
same_words(const struct form *f, const struct form *e, unsigned from)
{
	for (unsigned k = 0; k < f->n_word; k++)
		if (f->word[k].hash != e->word[from + k].hash)
			return false;
	return true;
}

/* "Borneo Timber" for "Borneo Timber Co Ltd". */
static bool
rest_is_company(const struct name_lore *lore, const struct form *e, unsigned from)
{
	for (; from < e->n_word; from++)
		if (!(name_facts(lore, e->word[from].hash) & NAME_COMPANY))
			return false;
	return true;
}

/* May the first words of e stand for it? */
static enum bond
head_bond(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	const struct habit *habit = &habits[f->kind];

	if (!same_words(f, e, 0) || e->word[f->n_word].shape & NAME_GLUED)
		return BOND_NONE;
	if (f->kind == NAME_ORG && rest_is_company(lore, e, f->n_word))
		return BOND_FULL;
	if (f->n_word > 1)
		return habit->heads ? BOND_FIRST : BOND_NONE;
	return habit->head && !(name_facts(lore, f->word[0].hash) & NAME_ALONE) &&
		       f->word[0].letters >= WORD_MIN
		   ? BOND_FIRST
		   : BOND_NONE;
}

/* May the last words of e? Not behind "of", nor where a direction makes another thing of it. */
static enum bond
tail_bond(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	const struct name_word *before = &e->word[e->n_word - f->n_word - 1];
	const struct habit *habit = &habits[f->kind];

	if (!same_words(f, e, (unsigned)e->n_word - f->n_word) || !(before->shape & NAME_UPPER) ||
	    before[1].shape & NAME_GLUED || name_facts(lore, before->hash) & NAME_DIRECTION)
		return BOND_NONE;
	if (f->n_word > 1)
		return habit->tails ? BOND_LAST : BOND_NONE;
	return habit->tail && f->word[0].letters >= WORD_MIN ? BOND_LAST : BOND_NONE;
}

/* All words of f come in e, in the same order, first and last at its ends: "Electoral Act" for "Electoral Reform Act". */
static bool
leaves_out_middle(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	unsigned k = 0;

	if (f->word[0].hash != e->word[0].hash ||
	    f->word[f->n_word - 1].hash != e->word[e->n_word - 1].hash)
		return false;
	for (unsigned i = 0; i < e->n_word; i++) {
		if (k < f->n_word && f->word[k].hash == e->word[i].hash)
			k++;
		else if (name_facts(lore, e->word[i].hash) & NAME_DIRECTION)
			return false;
	}
	return k == f->n_word;
}

/* "Oxford University" for "University of Oxford": the same capitalised words. */
static bool
turned_round(const struct form *f, const struct form *e)
{
	unsigned n = 0;

	for (unsigned i = 0; i < e->n_word; i++)
		n += (e->word[i].shape & NAME_UPPER) != 0;
	return n == f->n_word && all_among(f, e);
}

/* "Rotary" for "Friends of Rotary", but not "Marlow" for "Bank of Marlow". */
static bool
is_object(const struct form *f, const struct form *e)
{
	return f->kind == NAME_ORG && !f->place && f->n_word == 1 && e->n_word == 3 &&
	       f->word[0].hash == e->word[2].hash && !(e->word[1].shape & NAME_UPPER);
}

/* "North" for "North Korea". */
static bool
is_half(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	return f->n_word == 1 && e->n_word == 2 && f->word[0].hash == e->word[0].hash &&
	       name_facts(lore, f->word[0].hash) & NAME_DIRECTION && f->word[0].shape & NAME_UPPER;
}

static enum bond
other_bond(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	enum bond bond;

	if (f->n_word >= e->n_word || f->kind == NAME_PEOPLE || f->kind == NAME_AREA)
		return BOND_NONE;
	if ((f->kind == NAME_PLACE || f->kind == NAME_ORG) && is_half(lore, f, e))
		return BOND_FIRST;
	if (f->kind == NAME_PLACE)
		return BOND_NONE;
	if (f->n_word == 1 && (!(f->word[0].shape & NAME_UPPER) ||
				  name_facts(lore, f->word[0].hash) & NAME_DIRECTION))
		return BOND_NONE;
	bond = head_bond(lore, f, e);
	if (bond == BOND_NONE)
		bond = tail_bond(lore, f, e);
	if (bond != BOND_NONE || f->n_word == 1)
		return bond == BOND_NONE && is_object(f, e) ? BOND_PART : bond;
	if (habits[f->kind].ends && leaves_out_middle(lore, f, e))
		return BOND_LAST;
	return turned_round(f, e) ? BOND_FULL : BOND_NONE;
}

/* Few letters of many words are an acronym, many letters of few words chance: "ASEAN", but not "NASA" for
 * "Network Associates". */
static bool
spelt_out(const struct form *f, const struct form *e)
{
	unsigned n = 0;

	for (unsigned i = 0; i < e->n_word; i++)
		n += (e->word[i].shape & NAME_UPPER) != 0;
	return n >= 3 && f->word[0].letters <= n + 2 &&
	       name_letters_fit(f->text, e->word, e->n_word);
}

bool
bond_respelt(const struct name_lore *lore, const struct form *f, const struct form *e)
{
	unsigned slips = 0;

	if (f->kind != e->kind || f->n_word != e->n_word)
		return false;
	for (unsigned i = 0; i < f->n_word; i++) {
		enum name_fit fit = name_word_fit(lore, &f->word[i], &e->word[i]);

		if (fit != NAME_FIT_SAME && fit != NAME_FIT_SLIP && fit != NAME_FIT_VARIANT)
			return false;
		slips += fit != NAME_FIT_SAME;
	}
	return slips > 0;
}

enum bond
bond_of(const struct name_lore *lore, const struct form *f, const struct form *e, enum clue clue)
{
	switch (clue) {
	case CLUE_ACRONYM:
		return BOND_FULL;
	case CLUE_INITIALS:
		return BOND_FIRST;
	case CLUE_LETTER:
		return spelt_out(f, e) ? BOND_LIKE : BOND_NONE;
	default:
		return f->kind == NAME_PERSON ? person_bond(lore, f, e) : other_bond(lore, f, e);
	}
}
