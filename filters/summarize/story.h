/* story.h - records of groups: a summary of many documents, or the days of a timeline with what is said of them.
 */
#ifndef NTAG_STORY_H
#define NTAG_STORY_H

#include "digest.h"
#include "pile.h"

/* What a day has for and against it: counts of its pile against the most that any day of the timeline has. */
enum { DAY_FEATURE_MAX = 8 };

struct day_weights {
	double of[DAY_FEATURE_MAX];
};

/* False: an unknown feature, or a weight that is no number. */
bool day_weights_load(struct day_weights *w, const struct table *t);
size_t day_feature_count(void);
const char *day_feature_name(size_t k);

struct story {
	struct digest_how digest;
	bool by_rank; /* else by date, document and place */
	size_t n_date;
	struct day_weights weight;
};

/* The piles of one topic, sorted by day, the group's own first where there is one. */
struct story_piles {
	struct pile **at;
	size_t n;
};

/* The days of a group that a timeline may have, n_day of p behind the group's own: those from the first to the last
 * publication. Into value go day_feature_count() numbers for each. */
struct story_piles story_days(const struct story_piles *p);
void story_features(const struct story_piles *day, double *value);

/* Append {"topic":…,"docs":[id,…],"summary":[[id,n],…],"text":…}, "n" before "docs" where not all are named. */
void story_group(const struct story *s, struct pile *p, struct buf *out);

/* Append {"topic":…,"timeline":[{"date":…,"text":…,"docs":[id,…]},…]}. */
void story_timeline(const struct story *s, const struct story_piles *p, struct buf *out);

extern const struct blob blob_summarize_days;

#endif
