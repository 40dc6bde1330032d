/* test_quote.h - a document brought up to a stage of ntag-quote, and spans of it as text; for test_quote*.c. */
#ifndef NTAG_TEST_QUOTE_H
#define NTAG_TEST_QUOTE_H

#include <check.h>
#include <stdlib.h>

#include "quote/cues.h"
#include "quote/marks.h"
#include "quote/pattern.h"
#include "quote/quote.h"
#include "quote/report.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

struct stage {
	struct arena arena;
	struct diag diag;
	struct record record;
	struct doc doc;
	struct word_table *words;
	struct cue_lexicon lexicon;
	struct patterns patterns;
	struct cues cues;
	struct reports reports;
	struct buf out;
};

/* text with each " ¶ " as a paragraph break. */
static inline struct span
stage_text(struct arena *a, struct span text)
{
	static const char mark[] = " \xC2\xB6 ";
	struct buf b = { 0 };
	struct span s;

	for (size_t i = 0; i < text.n; i++) {
		if (text.n - i >= 4 && memcmp(text.p + i, mark, 4) == 0) {
			buf_str(&b, "\n\n");
			i += 3;
		} else {
			buf_char(&b, text.p[i]);
		}
	}
	s = arena_copy(a, buf_span(&b));
	buf_free(&b);
	return s;
}

/* Marks and nodes of text. */
static inline void
stage_open(struct stage *s, const char *text)
{
	struct span none = { 0 };

	*s = (struct stage){ .diag = { .prog = "test" } };
	record_from_text(&s->record, none, none, stage_text(&s->arena, span_c(text)),
	    (struct where){ 0 }, &s->arena, &s->diag);
	s->doc = (struct doc){ .arena = &s->arena, .record = &s->record, .text = s->record.text };
	s->doc.tokens = record_tokens(&s->record);
	s->words = quote_words_new(&s->arena);
	cues_load(&s->lexicon, s->words, &s->arena);
	patterns_load(&s->patterns, &s->arena);
	if (s->doc.tokens->n == 0)
		return;
	marks_find(&s->doc);
	nodes_find(&s->doc, s->words);
}

static inline void
stage_report(struct stage *s)
{
	const struct report_rules rules = { &s->lexicon, &s->patterns };

	reports_find(&s->doc, &rules, &s->reports);
}

static inline void
stage_close(struct stage *s)
{
	buf_free(&s->out);
	buf_free(&s->diag.err);
	arena_free(&s->arena);
}

/* Append bytes [from, to) of the text. */
static inline void
stage_put(struct stage *s, uint32_t from, uint32_t to)
{
	buf_put(&s->out, span_cut(s->doc.text, from, to));
}

/* Append the words of nodes e; nothing where it is empty. */
static inline void
stage_extent(struct stage *s, struct extent e)
{
	if (extent_some(e))
		stage_put(s, node_start(&s->doc, e.first), node_end(&s->doc, e.end - 1));
}

/* What was appended so far, as a C string. */
static inline const char *
stage_out(struct stage *s)
{
	return arena_cstr(&s->arena, buf_span(&s->out));
}

/* The node whose text is word, counted from the front; NODE_NONE if none. */
static inline uint32_t
stage_find(const struct stage *s, const char *word)
{
	for (uint32_t i = 0; i < s->doc.nodes.n; i++)
		if (span_is(
			token_span(s->doc.text, &s->doc.tokens->at[s->doc.nodes.at[i].tok]), word))
			return i;
	return NODE_NONE;
}

#endif
