/* record.h - one document: the members it came with, and the layers of annotation on it.
 *
 * RECORD.md is the format. Members of a JSON record are kept as raw spans in their order, so unknown
 * ones go out byte for byte; what filters read is decoded and checked once, at the door. All offsets
 * in here are bytes of text; the writer turns them into code points, the reader back. Everything lives in
 * the arena of the record and dies with it.
 */
#ifndef NTAG_RECORD_H
#define NTAG_RECORD_H

#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "sentence.h"
#include "span.h"
#include "token.h"

enum layer { LAYER_SENTS, LAYER_DATES, LAYER_ENTS, LAYER_QUOTES, LAYER_SUMMARY, N_LAYER };

extern const char *const layer_name[N_LAYER]; /* "sents", ...: names of the members */

enum timex_type { TIMEX_DATE, TIMEX_TIME, TIMEX_DURATION, TIMEX_SET, N_TIMEX };
extern const char *const timex_name[N_TIMEX];

/* OntoNotes labels, in the order of RECORD.md. */
enum ent_label {
	ENT_PERSON,
	ENT_NORP,
	ENT_FAC,
	ENT_ORG,
	ENT_GPE,
	ENT_LOC,
	ENT_PRODUCT,
	ENT_EVENT,
	ENT_WORK_OF_ART,
	ENT_LAW,
	ENT_LANGUAGE,
	N_ENT
};
extern const char *const ent_name[N_ENT];

enum quote_kind { QUOTE_DIRECT, QUOTE_MIXED, QUOTE_INDIRECT, QUOTE_ATTITUDE, N_QUOTE };
extern const char *const quote_name[N_QUOTE];

enum { CONFIDENCE_NONE = 255 }; /* else hundredths, 0 to 100 */

struct date {
	uint32_t start, end;
	uint8_t type;                 /* enum timex_type */
	struct span value;            /* ISO 8601 / TIMEX3 */
	struct span mod, freq, quant; /* p == NULL: absent */
	struct span range_start, range_end;
	struct span why; /* --explain; absent else */
};

struct ent {
	uint32_t start, end;
	uint8_t label;      /* enum ent_label */
	uint8_t confidence; /* hundredths, or CONFIDENCE_NONE */
	struct span name;   /* fullest name in the document; absent: as text */
	struct span place;  /* JSON members iso, iso3, geonames, lat, lon, id, or absent */
	struct span why;
};

/* A stretch of text with the name behind it: speaker, cue. start == end: absent. */
struct mention {
	uint32_t start, end;
	struct span name; /* absent where there is none */
};

struct quote {
	uint32_t start, end;
	uint8_t kind;       /* enum quote_kind */
	uint8_t confidence; /* hundredths, or CONFIDENCE_NONE */
	uint32_t group;     /* stretches of one attribution share it; 0 = none */
	struct mention speaker, cue;
	struct span why;
};

struct dates {
	struct date *at;
	size_t n, cap;
};
struct ents {
	struct ent *at;
	size_t n, cap;
};
struct quotes {
	struct quote *at;
	size_t n, cap;
};
struct indexes {
	uint32_t *at;
	size_t n, cap;
	double *score; /* one for each sentence, or NULL: --scores */
	size_t n_score;
};

/* What a member of a record is for. */
enum record_field {
	FIELD_FOREIGN, /* not ours: goes out byte for byte */
	FIELD_ID,
	FIELD_SOURCE,
	FIELD_LINE,
	FIELD_DATE,
	FIELD_TITLE,
	FIELD_TEXT,
	FIELD_SCORES, /* of the summary */
	FIELD_LAYER,  /* + enum layer */
	N_FIELD = FIELD_LAYER + N_LAYER
};

struct member {
	struct span key;   /* between the quotes, still escaped */
	struct span raw;   /* the value as it came */
	struct span fresh; /* the value to write instead; absent: raw */
	uint8_t field;     /* enum record_field */
};

enum { MEMBER_MAX = 1000000 }; /* members of a record: so many take 64 MB */

struct members {
	struct member *at;
	size_t n, cap;
};

/* Decoded fields; p == NULL: the record does not have it. Assigning the struct to another keeps a
 * way back: what is done to it afterwards does not show in the copy, as long as the arena lives. */
/* What offsets are counted in where they are shown to other tools. In records they are code points, always. */
enum offsets { OFFSETS_CHARS, OFFSETS_UTF16, OFFSETS_BYTES };

struct record {
	struct arena *arena;
	struct members member; /* of a JSON record, in order; none for one made from text */
	struct span json;      /* the line they stand in, repaired; absent: made here */
	struct span id;        /* decoded; a number keeps its spelling */
	struct span source;    /* file name as given */
	struct span date, title, text;
	size_t line;         /* where the document starts, 1-based; 0 = unknown */
	size_t body_line;    /* of raw text: where its body starts; 0 = unknown */
	uint32_t body_at;    /* with it: of text */
	const void *note;    /* of a step for whoever comes behind it in the same run */
	struct where where;  /* of the input it was read from: for messages */
	unsigned have;       /* layers that are there: 1 << enum layer */
	unsigned set;        /* layers to be written anew */
	struct ranges sents; /* by record_sents(): found when absent */
	struct dates dates;
	struct ents ents;
	struct quotes quotes;
	struct indexes summary;
	struct tokens tokens; /* by record_tokens() */
	struct members extra; /* more members, appended by filters: keys escaped, values raw JSON */
	unsigned own;         /* 1 << FIELD_ID, ...: to be written though the input lacks them */
	unsigned there;       /* 1 << enum record_field: among the members */
	unsigned gone;        /* 1 << enum record_field: members not to be written */
	struct indexes order; /* what follows the members, as it was set: record_own.h */
	size_t n_ordered;     /* extras that are in order already */
	struct ranges was;    /* sentences that the summary is about, once sents are written anew */
	bool tokenised, found_sents, ascii;
	enum offsets offsets; /* of record_shown() */
	bool sorted;          /* all layers were sorted: record_part() may search them */
	struct span raw_id;   /* JSON, for the parts of r; absent until there are any */
	uint8_t layer_at[N_LAYER], n_layer_at; /* with it: the layers among the members, in order */
	uint32_t *cp_index; /* code points before each block of text; NULL: not built or ASCII */
	uint32_t *astral_index; /* with it: those that are two units in UTF-16; NULL: not built */
	uint32_t last_cp, last_at; /* what record_byte() said last: where the next search begins */
};

/* Names that stand for text, date, title, id in foreign records (--map); NULL entries: as they are. */
struct record_map {
	const char *text, *date, *title, *id;
};

/* Read one JSON line (without a newline in it). The bytes need not be valid UTF-8: each maximal bad part
 * becomes U+FFFD (counted on d), and so does each lone surrogate of a known member. False after
 * diag_reject(): grammar, wrong type of a known member, a doubled known member, offsets outside the text.
 * A record without text is kept as it is and counted. line must outlive the record; map may be NULL.
 *
 * Known members: id, date, title, text; source and line, where they are a string and a whole number; the
 * layers. null means absent, but not for text. What the format knows no place for (labels such as
 * CARDINAL, types, kinds, members of a span) is checked where it has offsets, kept in the bytes of its
 * layer and left out of the vector; it is lost only when a filter writes that layer anew. Sentences that
 * are empty, overlap or stand in disorder are checked and kept, but not used. A summary of pairs (of a
 * group of documents) is left alone. */
bool record_parse(struct record *r, struct span line, const struct record_map *map, struct where w,
    struct arena *a, struct diag *d);

/* A record from raw text; the spans are copied, CRLF and CR become LF, BOMs go, bad bytes become
 * U+FFFD. date and title may be absent. The text is title, blank line, body. */
void record_from_text(struct record *r, struct span date, struct span title, struct span body,
    struct where w, struct arena *a, struct diag *d);

/* Sentences of the record: the ones it came with, those a filter set, else found now (and not written). */
const struct ranges *record_sents(struct record *r);
const struct tokens *record_tokens(struct record *r);

/* Begin to write a layer anew: its vector is emptied and it will be written. Then push. A summary
 * that came along is dropped when sents are written anew and differ from those that it was about. */
void record_own(struct record *r, enum layer which);

/* Forget layers (a set of 1 << enum layer): they are not written, and as good as never there. */
void record_leave_out(struct record *r, unsigned layers);

/* Have the sentences written that record_sents() gives, if the record came without. */
void record_own_sents(struct record *r);

/* Sort a layer by start, then by end descending, as the format wants. */
void record_sort(struct record *r, enum layer which);

/* Code points before byte at of the text. */
uint32_t record_cp(struct record *r, uint32_t at);

/* The offset of byte at as forms for other tools show it: in code points, unless r->offsets asks for UTF-16 units or bytes. */
uint32_t record_shown(struct record *r, uint32_t at);
/* Byte of code point cp; UINT32_MAX if the text has fewer. */
uint32_t record_byte(struct record *r, uint64_t cp);

/* The text of [start, end). */
static inline struct span
record_slice(const struct record *r, uint32_t start, uint32_t end)
{
	return r->text.p == NULL ? r->text : span_cut(r->text, start, end);
}

/* Append the record as one JSON line, newline included. Untouched members keep their bytes and
 * order; layers that were set, and r->extra, replace a member of theirs in place or follow at the end,
 * in the order in which they were set: a pipe of programs gives the same bytes as a chain of filters. */
void record_write(struct record *r, struct buf *out);

/* The stable id of a document: first 20 hex digits of the canonical XXH3_128bits (seed 0) of date NUL title NUL text. */
void record_id(struct span date, struct span title, struct span text, char out[20]);

/* A new record for a stretch of r's text (a sentence, a paragraph), in an arena of its own, so that it can die
 * before r and its other parts; it refers to what r refers to. Its id is
 * "<id>.<n>", members doc, n, start, then date, title, text, and the layers that r has, in r's order, with
 * the annotations that lie inside, moved; a layer with none inside is an empty array. A speaker or cue
 * outside is left out of its quote. Of the summary the sentences that lie inside are kept, renumbered. */
void record_part(struct record *part, struct record *r, struct range at, size_t n, struct arena *a);

#endif
