/* uncued.h - marked stretches that no cue explains: continued speech, speech by place and length, or no speech.
 *
 * Each rule is a row of patterns.tsv with order "uncued", which holds its confidence and its example:
 *   follows    the paragraph before ended within the quotation
 *   continued  a sentence of nothing but marks behind an attributed stretch of the paragraph
 *   ahead      the same, before one
 *   subject    a sentence of nothing but marks behind a sentence about a person
 *   paragraph  a paragraph of nothing but marks behind attributed speech
 *   verb       a stretch with its comma, then a subject and any verb (beamed, boomed)
 *   colon      behind a colon; the sentence's subject speaks
 *   headline   in the first paragraph, without marks: NAME, a colon, a clause
 *   colon-para a paragraph of marks behind one that ends in a colon
 *   next       a paragraph of marks behind nobody's speech: the person that the next one names
 *   dash       a dash and a name behind it
 *   for        “For NAME,” before it
 *   for-clause "For NAME, it is ..." without marks
 *   phrase     some words in lower case within what the sentence's subject does
 *   words      words in lower case behind any word that can report, whatever the construction
 *   long       long enough to be no title or irony
 * One in a list with one that is said goes with it, whatever found that one.
 * Everything else (scare quotes, titles, nicknames) is left alone.
 */
#ifndef NTAG_QUOTE_UNCUED_H
#define NTAG_QUOTE_UNCUED_H

#include "quote/report.h"

enum {
	UNCUED_LONG =
	    7, /* words; of stretches this long 97 % are quotations (PolNeAR, 605 documents) */
	UNCUED_COLON = 3,     /* words */
	UNCUED_PHRASE = 3,    /* words; 76 % of those left over are quotations, of two words 64 % */
	UNCUED_REACH = 60,    /* nodes from a word that can report to the stretch */
	UNCUED_LISTED = 4,    /* nodes from one stretch of a list to the next */
	UNCUED_FOR = 6,       /* words between "For" and its comma */
	UNCUED_NAME = 5,      /* words before the colon of a headline */
	UNCUED_PARAGRAPH = 5, /* words; shorter ones are headings and heckles */
};

/* Append a report for each such stretch to r. */
void uncued_find(struct doc *d, const struct patterns *p, struct reports *r);

#endif
