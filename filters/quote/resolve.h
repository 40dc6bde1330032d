/* resolve.h - the name behind each speaker: the fullest one that the document gives.
 *
 * Surnames and short forms by common/names.h; pronouns by the speakers and persons named before them, with gender and
 * number; nominals ("the spokesman") by the apposition or title that names them. No name is better than a wrong one.
 */
#ifndef NTAG_QUOTE_RESOLVE_H
#define NTAG_QUOTE_RESOLVE_H

#include "quote/report.h"

struct resolver; /* immutable; read by all workers */

/* Memory from a, which must outlive it. */
struct resolver *resolver_new(const struct word_table *words, struct arena *a);

/* Names of the speakers of reports, by report; absent where unknown. */
struct names_of {
	const struct reports *reports;
	struct span *name;
};

void resolve_names(
    struct doc *d, const struct resolver *r, const struct reports *reports, struct names_of *out);

#endif
