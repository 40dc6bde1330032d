/* state_line.c - a line of the state file -> what it says. */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "json.h"
#include "state_own.h"

enum { CRC_DIGITS = 8 };

bool
state_line_good(struct span line, struct span *json)
{
	uint64_t sum = 0;

	if (line.n < CRC_DIGITS + 2 || line.p[line.n - 1] != '\n' || line.p[CRC_DIGITS] != ' ')
		return false;
	for (size_t i = 0; i < CRC_DIGITS; i++) {
		char c = line.p[i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
		sum = sum * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*json = span_cut(line, CRC_DIGITS + 1, line.n - 1);
	return crc32(0, (const unsigned char *)json->p, (unsigned)json->n) == sum;
}

/* The elements of an array, at most max of them. */
static size_t
elements(struct span array, struct span *at, size_t max)
{
	struct json j = { array.p, array.p + array.n, NULL };
	size_t n = 0;

	for (bool more = json_begin(&j, '['); more && n < max; more = json_more(&j, ']'))
		if (!json_value(&j, &at[n++]))
			return 0;
	return n;
}

static struct span
string(struct state *s, struct span raw)
{
	if (raw.n < 2 || json_type(raw) != JSON_STRING)
		return SPAN("");
	return json_unescape(span_cut(raw, 1, raw.n - 1), &s->arena, NULL);
}

static const char *
text(struct state *s, struct span raw)
{
	return arena_cstr(&s->arena, string(s, raw));
}

static uint64_t
number(struct span raw)
{
	uint64_t v = 0;

	return json_uint(raw, UINT64_MAX, &v) ? v : 0;
}

static uint64_t
hex(struct span raw)
{
	uint64_t v = 0;

	for (size_t i = 1; i + 1 < raw.n; i++) {
		char c = raw.p[i];

		v = v * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return v;
}

static void
take_begin(struct state *s, struct span raw)
{
	s->run = text(s, raw);
	snprintf(s->last, sizeof(s->last), "%s", s->run);
	s->begun = true;
	s->finished = false;
	s->run_number++;
}

static void
take_today(struct state *s, struct span raw)
{
	s->today = text(s, raw);
}

static void
take_pipeline(struct state *s, struct span raw)
{
	s->pipeline = text(s, raw);
}

static void
take_outputs(struct state *s, struct span raw)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span one, part[2];

	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		if (!json_value(&j, &one) || elements(one, part, 2) != 2)
			return;
		VEC_PUSH(&s->arena, &s->place,
		    (struct state_place){ text(s, part[0]), span_is(part[1], "true") });
	}
}

static void
take_places(struct state *s, struct span raw)
{
	snprintf(s->places, sizeof(s->places), "%s", text(s, raw));
}

static void
take_errors(struct state *s, struct span raw)
{
	s->errors = number(raw);
}

/* The entry of a file; what has none yet was as long before the run as it is now. */
static struct state_file *
file_of(struct state *s, uint32_t output, struct span path, uint64_t length)
{
	struct known *k = manifest_put(&s->file_index, manifest_hash(path, output));

	if (k->stamp == 0) {
		VEC_PUSH(&s->arena, &s->file,
		    (struct state_file){ output, arena_cstr(&s->arena, path), length, 0, false });
		k->stamp = s->file.n;
	}
	return &s->file.at[k->stamp - 1];
}

/* Files, each [OUTPUT, PATH, LENGTH]. */
static void
take_files(struct state *s, struct span raw, bool committed)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span one, part[3];

	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		struct state_file *f;

		if (!json_value(&j, &one) || elements(one, part, 3) != 3)
			return;
		f = file_of(s, (uint32_t)number(part[0]), string(s, part[1]), number(part[2]));
		f->length = number(part[2]);
		f->committed |= committed;
	}
}

static void
take_open(struct state *s, struct span raw)
{
	take_files(s, raw, false);
}

static void
take_out(struct state *s, struct span raw)
{
	take_files(s, raw, true);
}

/* Inputs, each [NAME, STAMP, CONTENT]. */
static void
take_read(struct state *s, struct span raw)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span one, part[3];
	struct arena scratch = { 0 };

	s->at = NULL;
	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		struct known *k;
		struct span name;

		if (!json_value(&j, &one) || elements(one, part, 3) != 3)
			break;
		name = json_unescape(span_cut(part[0], 1, part[0].n - 1), &scratch, NULL);
		k = manifest_put(&s->known, manifest_hash(name, 0));
		k->stamp = hex(part[1]);
		k->content = hex(part[2]);
		if (s->begun) {
			k->times = k->run == s->run_number ? k->times + 1 : 1;
			k->run = s->run_number;
		}
		arena_reset(&scratch);
	}
	arena_free(&scratch);
}

/* Inputs by their hashes, each [NAME, STAMP, CONTENT]. */
static void
take_known(struct state *s, struct span raw)
{
	struct json j = { raw.p, raw.p + raw.n, NULL };
	struct span one, part[3];

	for (bool more = json_begin(&j, '['); more; more = json_more(&j, ']')) {
		struct known *k;

		if (!json_value(&j, &one) || elements(one, part, 3) != 3 || hex(part[0]) == 0)
			return;
		k = manifest_put(&s->known, hex(part[0]));
		k->stamp = hex(part[1]);
		k->content = hex(part[2]);
	}
}

static void
take_last(struct state *s, struct span raw)
{
	snprintf(s->last, sizeof(s->last), "%s", text(s, raw));
}

static void
take_at(struct state *s, struct span raw)
{
	struct span part[3];

	if (elements(raw, part, 3) != 3)
		return;
	s->at = text(s, part[0]);
	s->at_stamp = hex(part[1]);
	s->at_units = number(part[2]);
}

static void
take_finish(struct state *s, struct span raw)
{
	(void)raw;
	s->finished = true;
}

static void
take_run(struct state *s, struct span raw)
{
	buf_clear(&s->numbers);
	buf_put(&s->numbers, raw);
}

static void
take_end(struct state *s, struct span raw)
{
	(void)raw;
	s->begun = s->finished = false;
	s->run = s->today = s->pipeline = s->at = NULL;
	memset(&s->file, 0, sizeof(s->file));
	memset(&s->place, 0, sizeof(s->place));
	manifest_free(&s->file_index);
	arena_reset(&s->arena);
	s->run_number++; /* what was read is no longer of the present run */
}

/* What the run has read is not known any more. */
static void
take_abandon(struct state *s, struct span raw)
{
	for (size_t i = 0; i < s->known.cap; i++)
		if (s->known.at[i].run == s->run_number)
			s->known.at[i].stamp = s->known.at[i].content = 0;
	take_end(s, raw);
}

void
state_line_take(struct state *s, struct span json)
{
	static const struct {
		const char *key;
		void (*take)(struct state *s, struct span raw);
	} keys[] = { { "begin", take_begin }, { "today", take_today },
		{ "pipeline", take_pipeline }, { "outputs", take_outputs },
		{ "places", take_places }, { "errors", take_errors }, { "open", take_open },
		{ "read", take_read }, { "known", take_known }, { "last", take_last },
		{ "at", take_at }, { "out", take_out }, { "finish", take_finish },
		{ "end", take_end }, { "run", take_run }, { "abandon", take_abandon } };
	struct json j = { json.p, json.p + json.n, NULL };
	bool begin = false;

	for (bool more = json_begin(&j, '{'); more; more = json_more(&j, '}')) {
		struct span key, raw;

		if (!json_key(&j, &key) || !json_value(&j, &raw))
			return;
		begin |= span_is(key, "begin");
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			if (span_is(key, keys[i].key))
				keys[i].take(s, raw);
	}
	if (begin)
		s->errors_base = s->errors;
}
