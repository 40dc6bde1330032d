/* quote.h - ntag-quote: who said what, direct, indirect and mixed.
 *
 * The rules are those of RECORD.md, member "quotes". Stages, each in its own file, share one struct doc (doc.h):
 * marks -> nodes -> cues -> speaker, pattern, content -> uncued -> names, resolve -> quotes.
 */
#ifndef NTAG_QUOTE_H
#define NTAG_QUOTE_H

#include "filter.h"

extern const struct filter filter_quote;

#endif
