/* model.h - what ntag-date knows and was told, built once from tables and options. */
#ifndef NTAG_DATE_MODEL_H
#define NTAG_DATE_MODEL_H

#include "filter.h"
#include "grammar.h"
#include "language.h"
#include "resolve.h"
#include "rules.h"

enum mode { MODE_AUTO, MODE_NEWS, MODE_NARRATIVE };

struct date_model {
	struct arena arena;
	const struct language *language;
	struct words *words;
	struct grammar *grammar;
	struct settings settings;
	struct knowledge know;
	enum mode mode;
	uint16_t range;                      /* class of the words between the ends of a range */
	uint16_t from, between, between_and; /* classes of "from", "between" and its "and" */
	struct zoning zoning;                /* --zone */
	bool explain;
	struct rules rules; /* of --rules; its table has the name NULL without */
};

/* NULL after a message on d. */
struct date_model *date_model_new(const struct opts *o, struct diag *d);
void date_model_free(struct date_model *m);

#endif
