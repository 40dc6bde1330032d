/* sheet_add.c - what a record adds to the counts. */
#include "ascii.h"
#include "calendar.h"
#include "flat.h"
#include "record_own.h"
#include "sheet_own.h"

/* --- keys --- */

/* Bytes of s up to most, no character cut. */
static struct span
cut(struct span s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most > 0 && ((unsigned char)s.p[most] & 0xC0) == 0x80)
		most--;
	return span_cut(s, 0, most);
}

/* A name on one line, single blanks in it: tabs separate the fields of a key. */
static struct span
name_key(struct span name, struct arena *a)
{
	char *to;
	size_t n = 0;

	name = cut(name, SHEET_KEY_MAX);
	to = ARENA_NEW(a, char, name.n + 1);
	for (size_t i = 0; i < name.n; i++) {
		bool space = ascii_space((unsigned char)name.p[i]);

		if (!space)
			to[n++] = name.p[i];
		else if (n > 0 && to[n - 1] != ' ')
			to[n++] = ' ';
	}
	while (n > 0 && to[n - 1] == ' ')
		n--;
	return (struct span){ to, n };
}

/* YYYY, YYYY-MM or YYYY-MM-DD at the start of a value of TIMEX3; empty where it is none of these. */
static struct span
day_key(struct span value)
{
	struct cal c;
	size_t n = 0;

	while (n < value.n && n < 10 &&
	       (n == 4 || n == 7 ? value.p[n] == '-' : ascii_digit((unsigned char)value.p[n])))
		n++;
	if (n == 10 && cal_parse(span_cut(value, 0, 10), &c))
		return span_cut(value, 0, 10);
	if (n < value.n || (n != 4 && n != 7))
		return SPAN("");
	if (n == 7 && (span_cut(value, 5, 7).p[0] > '1' ||
			  cal_month_days(2000, (value.p[5] - '0') * 10 + value.p[6] - '0') == 0))
		return SPAN("");
	return span_cut(value, 0, n);
}

static struct span
published(const struct record *r)
{
	struct cal c;

	if (r->date.n < 10 || !cal_parse(span_cut(r->date, 0, 10), &c))
		return SPAN("");
	return span_cut(r->date, 0, 10);
}

/* --- names --- */

static struct span
ent_key(struct record *r, const struct ent *e)
{
	struct span name = name_key(flat_ent_name(r, e), r->arena);

	return name.n == 0
		   ? name
		   : arena_fmt(r->arena, "%s\t%.*s", ent_name[e->label], (int)name.n, name.p);
}

static void
add_names(struct sheet *s, struct record *r)
{
	struct span day = published(r);

	for (size_t i = 0; i < r->ents.n; i++) {
		struct span key = ent_key(r, &r->ents.at[i]);

		if (key.n == 0)
			continue;
		if ((s->parts & 1U << SHEET_NAMES) != 0)
			sheet_count(s, SHEET_NAMES, key);
		if ((s->parts & 1U << SHEET_TRENDS) != 0 && day.n > 0)
			sheet_count(s, SHEET_TRENDS,
			    arena_fmt(
				r->arena, "%.*s\t%.*s", (int)key.n, key.p, (int)day.n, day.p));
	}
}

/* --- days --- */

static bool
in_summary(const struct record *r, size_t sent)
{
	for (size_t i = 0; i < r->summary.n && i < 64; i++)
		if (r->summary.at[i] == sent)
			return true;
	return false;
}

static struct pick
pick_of(struct record *r, uint64_t rank, struct range at)
{
	return (struct pick){ rank, cut(r->date, SHEET_KEY_MAX), cut(r->id, SHEET_KEY_MAX),
		record_cp(r, at.start), cut(record_slice(r, at.start, at.end), SHEET_TEXT_MAX) };
}

static void
add_days(struct sheet *s, struct record *r)
{
	const struct ranges *sents = record_sents(r);

	for (size_t i = 0; i < r->dates.n; i++) {
		const struct date *d = &r->dates.at[i];
		struct span key = day_key(d->value.p == NULL ? SPAN("") : d->value);
		struct entry *e;
		size_t at;

		if (d->type > TIMEX_TIME || key.n == 0)
			continue;
		e = sheet_count(s, SHEET_DAYS, key);
		at = flat_sentence(r, d->start);
		if (at < sents->n) {
			struct pick p = pick_of(r, in_summary(r, at) ? 0 : 1, sents->at[at]);

			sheet_pick(s, SHEET_DAYS, e, &p);
		}
	}
}

/* --- speakers --- */

static void
add_speakers(struct sheet *s, struct record *r)
{
	for (size_t i = 0; i < r->quotes.n; i++) {
		const struct quote *q = &r->quotes.at[i];
		struct span who = name_key(flat_mention_name(r, &q->speaker), r->arena);

		if (who.n == 0 || q->start >= q->end)
			continue;
		struct pick p = pick_of(r, 0, (struct range){ q->start, q->end });
		sheet_pick(s, SHEET_SPEAKERS, sheet_count(s, SHEET_SPEAKERS, who), &p);
	}
}

/* --- who with whom --- */

struct names {
	struct span at[SHEET_SENTENCE];
	size_t n;
};

static void
add_name(struct names *names, struct span name)
{
	for (size_t i = 0; i < names->n; i++)
		if (span_eq(names->at[i], name))
			return;
	if (name.n > 0 && names->n < SHEET_SENTENCE)
		names->at[names->n++] = name;
}

static bool
before(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = memcmp(a.p, b.p, n);

	return order < 0 || (order == 0 && a.n < b.n);
}

static void
count_pairs(struct sheet *s, struct names *names, struct arena *a)
{
	for (size_t i = 0; i < names->n; i++)
		for (size_t k = i + 1; k < names->n; k++) {
			struct span x = names->at[i], y = names->at[k];
			bool swap = before(y, x);

			sheet_count(s, SHEET_PAIRS,
			    arena_fmt(a, "%.*s\t%.*s", (int)(swap ? y : x).n, (swap ? y : x).p,
				(int)(swap ? x : y).n, (swap ? x : y).p));
		}
	names->n = 0;
}

static void
add_pairs(struct sheet *s, struct record *r)
{
	struct names names = { .n = 0 };
	struct flat_layer ents;
	size_t was = 0;

	flat_apart(&ents, r, LAYER_ENTS);
	for (size_t i = 0; i < ents.n; i++) {
		const struct ent *e = &r->ents.at[ents.at[i].index];
		size_t sent = flat_sentence(r, e->start);

		if (sent != was)
			count_pairs(s, &names, r->arena);
		was = sent;
		add_name(&names, name_key(flat_ent_name(r, e), r->arena));
	}
	count_pairs(s, &names, r->arena);
}

void
sheet_add(struct sheet *s, struct record *r)
{
	struct span day = published(r);

	record_settle(r);
	s->docs++;
	s->serial++;
	if ((s->parts & (1U << SHEET_NAMES | 1U << SHEET_TRENDS)) != 0)
		add_names(s, r);
	if ((s->parts & 1U << SHEET_ARTICLES) != 0 && day.n > 0)
		sheet_count(s, SHEET_ARTICLES, day);
	if (r->text.p == NULL)
		return;
	if ((s->parts & 1U << SHEET_DAYS) != 0)
		add_days(s, r);
	if ((s->parts & 1U << SHEET_SPEAKERS) != 0)
		add_speakers(s, r);
	if ((s->parts & 1U << SHEET_PAIRS) != 0)
		add_pairs(s, r);
}
