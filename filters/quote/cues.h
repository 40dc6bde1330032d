/* cues.h - where the text reports: verbs, nouns and phrases of data/cues.tsv, with their form in the sentence.
 *
 * Decides whether a form can report at all (tense, negation, auxiliaries), not who speaks (speaker.h) or what is
 * said (content.h). "Did not say", "refused to say", "Edward Said" and "the said car" are no cues.
 */
#ifndef NTAG_QUOTE_CUES_H
#define NTAG_QUOTE_CUES_H

#include "quote/nodes.h"

/* Classes of cues.tsv; its head says what they mean. */
enum cue_class {
	CUE_SAY = 1 << 0,
	CUE_CLAUSE = 1 << 1,
	CUE_THAT = 1 << 2,
	CUE_ASK = 1 << 3,
	CUE_TELL = 1 << 4,
	CUE_INF = 1 << 5,
	CUE_NAME = 1 << 6,
	CUE_QUOTE = 1 << 7,
	CUE_NOUN = 1 << 8,
	CUE_ACC = 1 << 9,
	CUE_ATT = 1 << 10,
	CUE_MARK = 1 << 12, /* as CUE_NAME, but the marked stretch may be all of the object */
	CUE_ALSO = 1 << 11, /* base and -s form are nouns too: claims, states */
	CUE_BY = 1 << 13,   /* the speaker is behind the next "by" */
	CUE_ADJ = 1 << 14,  /* an adjective: reports behind a form of be */
	CUE_SPEECH = CUE_SAY | CUE_CLAUSE | CUE_THAT | CUE_ASK | CUE_TELL | CUE_QUOTE,
};

enum cue_form {
	FORM_BASE = 1,
	FORM_S = 2,
	FORM_PAST = 4,
	FORM_PART = 8,
	FORM_ING = 16,
};

/* How the cue stands in its clause. */
enum cue_mode {
	MODE_FINITE,  /* said, has said, would say */
	MODE_ING,     /* ..., saying */
	MODE_INF,     /* to say */
	MODE_PASSIVE, /* was told, it was announced */
	MODE_NOUN,    /* Cole's claim that */
	MODE_ACC,     /* according to */
};

struct cue {
	uint32_t sent;       /* index of its sentence */
	struct extent nodes; /* auxiliaries and adverbs included */
	uint32_t head;       /* node of the verb itself */
	uint32_t cls;        /* set of enum cue_class */
	enum cue_mode mode;
	uint8_t form; /* set of enum cue_form the verb can be */
	bool modal;   /* would say */
};

struct cues {
	struct cue *at;
	size_t n, cap;
	size_t seen; /* of doc.maybe_cue: those of the sentences before */
};

struct cue_lexicon {
	struct lexicon *verb, *noun;
	uint32_t *cls; /* by row */
	size_t n;
};

/* Read the table; marks first words with W_CUE in words. */
void cues_load(struct cue_lexicon *c, struct word_table *words, struct arena *a);

/* The cues of one sentence, in order, in place of those in out, which begins as { 0 }: so all sentences, which are asked
 * for one after another, share its memory. */
void cues_find(const struct doc *d, const struct cue_lexicon *lex, uint32_t sent, struct cues *out);

/* Classes of a cell like "say,quote"; 0 for an unknown one. */
uint32_t cues_class(struct span cell);

#endif
