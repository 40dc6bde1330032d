/* sheet.h - counts over many records: names, days, speakers, who with whom. They add up: any records may be gathered
 * in any sheet, and sheets merged in any order, with the same result (associative and commutative, a total order for
 * what is kept of many). So workers, shards and machines each gather and one adds up.
 *
 * Written as one record, a partial: {"partial":"show","docs":N,"names":[[key,n,docs,[pick...]],...],...} where an
 * array is there for each part that was gathered, sorted by the bytes of its keys, and a pick is [rank,date,id,start,text].
 */
#ifndef NTAG_SHEET_H
#define NTAG_SHEET_H

#include "record.h"

enum sheet_part {
	SHEET_NAMES,    /* "PERSON\tJoe Biden" */
	SHEET_DAYS,     /* dates mentioned: 2021-12-04, 2021-12, 2021; the best sentence as pick */
	SHEET_ARTICLES, /* dates of publication */
	SHEET_SPEAKERS, /* "Joe Biden"; what was said as picks */
	SHEET_PAIRS,    /* "Joe Biden\tVladimir Putin": named in one sentence */
	SHEET_TRENDS,   /* "PERSON\tJoe Biden\t2021-12-04": named in an article of that day */
	N_SHEET
};

extern const char *const sheet_part_name[N_SHEET]; /* "names", ... */

enum {
	SHEET_KEY_MAX = 200,  /* bytes of a name; the rest is cut off */
	SHEET_TEXT_MAX = 600, /* bytes of a pick */
	SHEET_PICKS = 12,     /* quotations kept of a speaker: the first ones by date */
	SHEET_SENTENCE = 8,   /* names of one sentence that are paired */
};

/* A piece of text that speaks for its entry. The least by rank, date, id, start is the best. */
struct pick {
	uint64_t rank;
	struct span date, id;
	uint64_t start; /* code point */
	struct span text;
};

struct entry {
	struct span key;
	uint64_t n, docs; /* mentions; records that have it */
	uint64_t last;    /* serial of the record that counted last */
	struct pick *pick;
	size_t n_pick;
};

struct sheet_tally {
	struct entry *at;
	size_t n, cap;
	uint32_t *slot; /* 1 + index by hash; 0 = free */
	size_t n_slot;
};

struct sheet {
	struct arena arena;
	unsigned parts; /* set of 1 << enum sheet_part to gather */
	uint64_t docs, serial;
	struct sheet_tally tally[N_SHEET];
};

void sheet_open(struct sheet *s, unsigned parts);
void sheet_free(struct sheet *s);

/* Count a record. Linear in the record. */
void sheet_add(struct sheet *s, struct record *r);

/* Add from to into; from stays as it is. */
void sheet_merge(struct sheet *into, const struct sheet *from);

/* Is it a partial that sheet_write() wrote, by its member "partial"? */
bool sheet_is(const struct record *r);

/* Add a partial, the raw JSON of a record. NULL, or what is wrong: then s has not changed. All parts of the partial
 * are taken, whatever s gathers. */
const char *sheet_read(struct sheet *s, struct span json);

/* Append it as one line of JSON without newline. */
void sheet_write(const struct sheet *s, struct buf *out);

/* The entries of a part, sorted: by the bytes of the key, or the most frequent first (docs, then mentions, then key).
 * In a. */
enum sheet_order { SHEET_BY_KEY, SHEET_BY_DOCS, SHEET_BY_N };
const struct entry **sheet_sorted(
    const struct sheet *s, enum sheet_part part, enum sheet_order order, struct arena *a);

/* Is any entry of a part in more than one record? Else pictures go by mentions. */
bool sheet_spread(const struct sheet *s, enum sheet_part part);

/* n entries by the bytes of their keys. */
void sheet_sort_keys(const struct entry **list, size_t n);

/* The label and the name of a key of SHEET_NAMES; label NULL for one that is none. */
struct sheet_name {
	const char *label;
	unsigned number; /* enum ent_label */
	struct span name;
};
struct sheet_name sheet_name(struct span key);

enum sheet_by { SHEET_DAY, SHEET_WEEK, SHEET_MONTH };

/* to gets the entries of a part of days of from by week (2021-W48) or month; what is coarser stays. */
void sheet_group(
    struct sheet *to, const struct sheet *from, enum sheet_part part, enum sheet_by by);

#endif
