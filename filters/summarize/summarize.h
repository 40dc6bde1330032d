/* summarize.h - the sentences of a document that say most of it.
 *
 * A linear scorer over cheap features (data/weights.tsv), then a choice of the best sentences that do
 * not repeat each other (maximal marginal relevance, Carbonell and Goldstein 1998). The headline is what the
 * features compare with and is never chosen, unless there is nothing else.
 */
#ifndef NTAG_SUMMARIZE_H
#define NTAG_SUMMARIZE_H

#include "filter.h"

extern const struct filter filter_summarize;

#endif
