/* resolve.h - slots of an expression -> its value, by the functions that patterns.tsv names.
 *
 *   date   a point of the calendar or of the day, from whatever slots there are
 *   shift  n units from the reference or from a date in the same expression ("two days after Easter")
 *   some   some day of a year ("Expo 2019")
 *   ahead  "will leave in two weeks": the same, if a verb points ahead; else a stretch
 *   nth    the nth unit or weekday of a month or year ("the last Friday of May")
 *   lap    the time somebody took, in digits ("1:36.45")
 *   dur    a stretch ("three weeks"); set: a repetition ("every Tuesday"); ref: PAST_REF and the like
 *   no     no date at all: the row keeps other rows from reading one ("37 years old")
 *
 * References: the document date (news), the date mentioned last (narrative, and "that day" everywhere).
 * Without a document date what depends on it stays unknown (XXXX). Nothing here asks the clock.
 */
#ifndef NTAG_DATE_RESOLVE_H
#define NTAG_DATE_RESOLVE_H

#include "grammar.h"
#include "record.h"
#include "timex.h"

enum direction { TOWARDS_ANY, TOWARDS_PAST, TOWARDS_FUTURE, TOWARDS_PRESENT };

/* A holiday of holidays.tsv. */
struct holiday {
	struct span name, rule; /* rule: see holiday.c */
};

/* A zone of zones.tsv. */
struct zone {
	int offset;         /* minutes; INT_MIN: not fixed */
	struct span summer; /* rule of its summer time, zone.c; empty: none */
};

/* --zone: what is written into clock times beside Greenwich where the text names it. */
struct zoning {
	bool on;                  /* any zone that the text names */
	int offset;               /* of times without one, or INT_MIN */
	const struct zone *place; /* the same, by the day; NULL: offset */
};

struct knowledge {
	struct holiday *holiday;
	size_t n_holiday;
	struct zone *zone;
	size_t n_zone;
};

/* State while the expressions of one document are resolved in their order. */
struct resolver {
	const struct knowledge *know;
	struct arena *arena;
	bool has_doc, narrative;
	int day_first; /* > 0: the text writes the day before the month, < 0: behind it, 0: it does not say */
	struct cal doc;
	int32_t doc_day;
	int doc_hour, doc_min; /* -1: the document date has no time of day */
	struct zoning zoning;

	struct stamp last; /* mentioned last */
	struct stamp last_time;
	struct stamp last_day; /* with a day */
	struct stamp last_quarter;
	uint32_t last_tok, last_day_tok, last_quarter_tok;

	/* Of the expression at hand, set by the caller. */
	uint32_t tok;
	enum direction towards;
	uint32_t evidence; /* token that says so; UINT32_MAX: none */
	bool opens;        /* it is the first thing in its paragraph: a live blog's time */
	int32_t from_day;  /* "Monday to Wednesday": the first one; INT32_MIN: none */
	bool alone;        /* the text is nothing but it */
	bool just_past;    /* a verb of the past stands right before it: "launched in January" */
	bool daily; /* its sentence says that it is so again and again: "from 9 a.m., daily" */
	bool since; /* a word before it says that it is past: "since", "ended" */
};

struct answer {
	uint8_t type; /* enum timex_type */
	struct span value, mod, freq, quant;
	struct stamp stamp; /* GRAIN_NONE for what is no point */
	bool compared;      /* a period set against another: no base for the next comparison */
};

/* Number of the resolution function of that name, or 0. */
uint8_t resolve_find(struct span name);

/* False: no value can be given (an impossible date, out of the calendar), so there is no such date. */
bool resolve(
    struct resolver *rv, const struct pattern *p, const struct slots *s, struct answer *out);

/* Could these slots be a date at all? Context is not needed: 31 April is refused, "no" rows are accepted. */
bool resolve_possible(const struct slots *s);

/* Do they name a day that its month does not have: "31 April", "29 February 2022"? */
bool resolve_no_such_day(const struct slots *s);

/* Does the function want to know what the verb of the clause says? */
bool resolve_asks(const struct pattern *p);

/* "no": the match only keeps others away. */
bool resolve_is_no(const struct pattern *p);

/* The expression is written out: remember it. */
void resolve_remember(struct resolver *rv, const struct answer *a);

/* Minutes east of Greenwich in that zone at that time; INT_MIN: not known. */
int zone_offset(const struct zone *z, const struct stamp *at);

/* The day that a rule names in a year, holiday.c. */
bool holiday_rule(struct span rule, int year, struct cal *c);
/* The day of a holiday in a year; false if its table does not reach so far. */
bool holiday_day(const struct knowledge *k, size_t which, int year, struct cal *c);

#endif
