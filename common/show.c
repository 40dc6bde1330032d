/* show.c - a record for people: its text with what was found in it.
 *
 * One walk over flat segments: all borders of annotations are sorted once; between two borders the
 * text has one style, made of all annotations that cover it. So nothing is printed twice and overlaps
 * need no care. With colours: entities in the colour of their label, dates followed by their value, quotations
 * underlined and followed by who said it, the cue in italics. Without: [Biden PERSON], {Tuesday=2021-12-07},
 * <words |Biden>. Sentences of the summary begin a line and have a bar before each of theirs; a
 * summary alone is shown without the rest of the text. Sentences alone are numbered lines.
 */
#include <stdio.h>

#include "flat.h"
#include "forms.h"
#include "json.h"
#include "page.h"
#include "record_own.h"
#include "utf8.h"

enum {
	GUTTER = 2,   /* columns */
	NUMBERED = 5, /* columns before a numbered sentence */
	WIDTH_MIN = 20,
	RED = 31,
	GREEN = 32,
	YELLOW = 33,
	MAGENTA = 35,
	CYAN = 36,
};

static const char bar[] = "\xE2\x96\x8C "; /* left half block */

static const uint8_t ent_color[N_ENT] = {
	[ENT_PERSON] = GREEN,
	[ENT_NORP] = YELLOW,
	[ENT_FAC] = YELLOW,
	[ENT_ORG] = MAGENTA,
	[ENT_GPE] = YELLOW,
	[ENT_LOC] = YELLOW,
	[ENT_PRODUCT] = RED,
	[ENT_EVENT] = RED,
	[ENT_WORK_OF_ART] = RED,
	[ENT_LAW] = RED,
	[ENT_LANGUAGE] = RED,
};

struct show {
	struct record *r;
	const struct look *look;
	struct page page;
	struct flat flat;
	struct flat_cover cover; /* of the text at hand */
	unsigned layers;         /* there and to be shown */
};

static bool
shows(const struct show *s, enum layer l)
{
	return (s->layers & 1U << l) != 0;
}

/* --- one border --- */

static unsigned
style_of(const struct show *s)
{
	unsigned style = 0;

	if (s->cover.open[FLAT_TITLE] > 0)
		style |= STYLE_BOLD;
	if (s->cover.open[FLAT_QUOTE] > 0)
		style |= STYLE_UNDER;
	if (s->cover.open[FLAT_CUE] > 0)
		style |= STYLE_ITALIC;
	if (s->cover.open[FLAT_DATE] > 0)
		style |= STYLE_BOLD | CYAN;
	else if (s->cover.open[FLAT_ENT] > 0)
		style |= STYLE_BOLD | ent_color[s->cover.label];
	return style;
}

/* A note of ours in the text: dim, in brackets. */
static void
put_note(struct show *s, const char *lead, struct span note, const char *tail)
{
	s->page.style = STYLE_DIM;
	page_glue(&s->page, lead);
	page_text(&s->page, note);
	page_glue(&s->page, tail);
}

static void
end_date(struct show *s, size_t i)
{
	const struct date *d = &s->r->dates.at[i];
	struct span value = flat_date_value(s->r, d);
	bool said = value.n == 0 || span_eq(value, record_slice(s->r, d->start, d->end));

	if (s->look->color && !said)
		put_note(s, "[", value, "]");
	else if (!s->look->color)
		put_note(s, said ? "" : "=", said ? SPAN("") : value, "}");
}

static void
end_ent(struct show *s, size_t i)
{
	if (s->look->color)
		return;
	page_gap(&s->page, GAP_BLANK);
	put_note(s, "", span_c(ent_name[s->r->ents.at[i].label]), "]");
}

static void
end_quote(struct show *s, size_t i)
{
	const struct quote *q = &s->r->quotes.at[i];
	struct span who = flat_mention_name(s->r, &q->speaker);
	bool silent = q->speaker.start == q->speaker.end || flat_named_nearby(s->r, q);

	size_t none = 0;

	who = cell_cut(who, &none, s->r->arena);
	if (!silent) {
		s->page.style = style_of(s);
		page_gap(&s->page, GAP_BLANK);
	}
	if (s->look->color && !silent)
		put_note(s, "[", who, "]");
	else if (!s->look->color)
		put_note(s, silent ? "" : "|", silent ? SPAN("") : who, ">");
}

static void
begin(struct show *s, const struct flat_mark *m)
{
	static const char *const lead[N_FLAT] = {
		[FLAT_QUOTE] = "<", [FLAT_ENT] = "[", [FLAT_DATE] = "{"
	};

	if (m->kind == FLAT_SUMMARY) {
		page_gap(&s->page, GAP_BREAK);
		s->page.gutter = bar;
	}
	flat_step(&s->cover, s->r, m);
	if (!s->look->color && lead[m->kind] != NULL)
		page_glue(&s->page, lead[m->kind]);
}

static void
end(struct show *s, const struct flat_mark *m)
{
	flat_step(&s->cover, s->r, m);
	if (m->kind == FLAT_SUMMARY) {
		page_gap(&s->page, GAP_BREAK);
		if (s->cover.open[FLAT_SUMMARY] == 0)
			s->page.gutter = "  ";
	}
	if (m->kind == FLAT_DATE)
		end_date(s, m->index);
	if (m->kind == FLAT_ENT)
		end_ent(s, m->index);
	if (m->kind == FLAT_QUOTE)
		end_quote(s, m->index);
}

/* --- the parts of a picture --- */

static void
put_text(struct show *s)
{
	uint32_t at = 0;

	flat_collect(&s->flat, s->r, s->layers);
	for (size_t i = 0; i < s->flat.n; i++) {
		const struct flat_mark *m = &s->flat.at[i];

		s->page.style = style_of(s);
		page_text(&s->page, record_slice(s->r, at, m->at));
		at = m->at;
		if (flat_closes(m))
			end(s, m);
		else
			begin(s, m);
	}
	s->page.style = style_of(s);
	page_text(&s->page, record_slice(s->r, at, (uint32_t)s->r->text.n));
}

static void
put_summary(struct show *s)
{
	const struct indexes *sum = &s->r->summary;

	s->page.gutter = bar;
	s->page.join = true;
	for (size_t i = 0; i < sum->n; i++) {
		if (sum->at[i] >= s->r->sents.n)
			continue;
		page_gap(&s->page, GAP_BREAK);
		page_text(&s->page, record_slice(s->r, s->r->sents.at[sum->at[i]].start,
					s->r->sents.at[sum->at[i]].end));
	}
}

static void
put_sents(struct show *s)
{
	const struct ranges *sents = &s->r->sents;
	const char *dim = s->look->color ? "\033[2m" : "", *reset = s->look->color ? "\033[0m" : "";
	char number[32];

	s->page.join = true;
	s->page.gutter = "     ";
	for (size_t i = 0; i < sents->n; i++) {
		bool para = i > 0 && flat_paragraph_between(
					 s->r->text, sents->at[i - 1].end, sents->at[i].start);

		page_gap(&s->page, para ? GAP_PARA : GAP_BREAK);
		snprintf(number, sizeof(number), "%s%4zu%s ", dim, i + 1, reset);
		s->page.lead = number;
		page_text(&s->page, record_slice(s->r, sents->at[i].start, sents->at[i].end));
		page_gap(&s->page, GAP_BREAK);
	}
}

static void
put_word(struct show *s, struct span word, unsigned style)
{
	s->page.style = 0;
	page_gap(&s->page, GAP_BLANK);
	s->page.style = style;
	page_text(&s->page, word);
}

/* The labels that occur, each in its colour. */
static void
put_legend(struct show *s)
{
	unsigned seen = 0;

	for (size_t i = 0; shows(s, LAYER_ENTS) && i < s->r->ents.n; i++)
		seen |= 1U << s->r->ents.at[i].label;
	for (unsigned l = 0; l < N_ENT; l++)
		if ((seen & 1U << l) != 0)
			put_word(s, span_c(ent_name[l]), STYLE_BOLD | ent_color[l]);
	if (shows(s, LAYER_DATES) && s->r->dates.n > 0)
		put_word(s, SPAN("DATE"), STYLE_BOLD | CYAN);
	if (shows(s, LAYER_QUOTES) && s->r->quotes.n > 0)
		put_word(s, SPAN("QUOTE"), STYLE_UNDER);
}

static struct span
foreign(const struct record *r, const char *key)
{
	for (size_t i = 0; i < r->member.n; i++)
		if (r->member.at[i].field == FIELD_FOREIGN && span_is(r->member.at[i].key, key))
			return r->member.at[i].raw;
	return (struct span){ NULL, 0 };
}

static bool
is_string(struct span raw)
{
	return raw.n > 1 && *raw.p == '"';
}

static void
put_string(struct show *s, struct span raw, unsigned style)
{
	s->page.style = style;
	if (is_string(raw))
		page_text(&s->page, json_unescape(span_cut(raw, 1, raw.n - 1), s->r->arena, NULL));
	s->page.style = 0;
}

/* Date, place or else id; the title where the text to be shown does not begin with it. */
static void
put_heading(struct show *s)
{
	const struct record *r = s->r;
	struct span source = r->source.n > 0 ? r->source : r->id, topic = foreign(r, "topic");

	put_word(s, r->date, STYLE_DIM);
	if (r->source.n > 0 || !is_string(topic)) /* else the topic is its name */
		put_word(s, source, STYLE_DIM);
	if (r->source.n > 0 && r->line > 0)
		page_text(&s->page, arena_fmt(r->arena, ":%zu", r->line));
	if (s->look->color)
		put_legend(s);
	page_gap(&s->page, GAP_BLANK);
	put_string(s, topic, STYLE_BOLD);
	page_gap(&s->page, GAP_BREAK);
	if (r->title.n > 0 && (s->layers == 1U << LAYER_SUMMARY || !flat_title(r))) {
		s->page.style = STYLE_BOLD;
		page_text(&s->page, r->title);
		page_gap(&s->page, GAP_PARA);
	}
	s->page.style = 0;
}

static unsigned
columns(const struct look *l, unsigned margin)
{
	if (l->width == 0)
		return 0;
	return (l->width > WIDTH_MIN ? l->width : WIDTH_MIN) - margin;
}

/* One {"date":...,"text":...} of a timeline: the text hangs by the date. */
static void
put_day(struct show *s, struct span day)
{
	struct json j = { day.p, day.p + day.n, NULL };
	struct span key, raw, date = { NULL, 0 }, text = { NULL, 0 };

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		if (!json_key(&j, &key) || !json_value(&j, &raw))
			return;
		date = span_is(key, "date") ? raw : date;
		text = span_is(key, "text") ? raw : text;
	}
	page_gap(&s->page, GAP_BREAK);
	put_string(s, date, STYLE_BOLD);
	page_gap(&s->page, GAP_BLANK);
	put_string(s, text, 0);
}

/* The days of a timeline (ntag-summarize --timeline); false: the record is none. */
static bool
put_timeline(struct show *s)
{
	struct span list = foreign(s->r, "timeline"), day;
	struct json j;

	if (list.p == NULL || json_type(list) != JSON_ARRAY)
		return false;
	j = (struct json){ list.p, list.p + list.n, NULL };
	s->page.join = true;
	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']'))
		if (json_value(&j, &day))
			put_day(s, day);
	return true;
}

static void
put_body(struct show *s)
{
	if (s->r->text.p == NULL && put_timeline(s))
		return;
	if (s->r->text.p == NULL) {
		s->page.style = STYLE_DIM;
		page_text(&s->page, SPAN("(no text)"));
	} else if (s->layers == 1U << LAYER_SENTS) {
		s->page.width = columns(s->look, NUMBERED);
		put_sents(s);
	} else if (s->layers == 1U << LAYER_SUMMARY) {
		s->page.width = columns(s->look, GUTTER);
		put_summary(s);
	} else {
		if (shows(s, LAYER_SUMMARY)) {
			s->page.width = columns(s->look, GUTTER);
			s->page.gutter = "  ";
		}
		put_text(s);
	}
}

static void
text_record(struct record *r, const struct look *l, struct buf *out)
{
	struct show s = { .r = r, .look = l };

	record_settle(r);
	s.layers = r->have & l->layers;
	page_open(&s.page, out, columns(l, 0), l->color);
	put_heading(&s);
	put_body(&s);
	page_close(&s.page);
	buf_char(out, '\n');
}

const struct form show_form_article = { "article", "the same, also where text is a list", NULL,
	text_record };
const struct form show_form_text = { "text", "articles for people, with what was found in them",
	NULL, text_record };
