/* reader.c - bytes of any input -> units (reader.h): a window over the stream, and who cuts it.
 *
 *   p        start              seen           end       cap
 *   |--------|==================|--------------|---------|
 *    used up   searched in vain   not yet looked at
 *
 * The present unit begins at start; of an over-long one the first bytes ("dropped") are gone already.
 */
#include "reader.h"

#include <stdlib.h>
#include <sys/stat.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "article.h"
#include "ascii.h"
#include "count.h"
#include "letter.h"
#include "utf16.h"
#include "walk.h"

enum {
	READ_MIN = 65536,       /* least room for a read */
	WINDOW_MIN = 262144,    /* first size of the window: fits a second-level cache */
	RECORD_MAX = 64 << 20,  /* default of max_record */
	INDENT_MAX = 256,       /* longest indentation of the first line that is kept */
	BINARY_WINDOW = 8192,   /* FAULTS A9 */
	SHARE_FILES_MAX = 4096, /* more operands are not asked for their size */
};

/* What a cutter found: a unit; something else, look again; more bytes are needed; the stream is used up. */
enum step { STEP_UNIT, STEP_AGAIN, STEP_MORE, STEP_END };

/* A place in the stream. */
struct place {
	uint64_t offset;
	size_t line; /* 1-based */
	bool cr;     /* the byte before was a CR, which a LF may complete */
};

struct reader {
	const struct input *in;
	struct diag *diag;
	size_t max;
	struct walk_from from;
	struct walk *walk;
	struct source *source;
	struct source_feed feed;
	bool fed; /* feed instead of files; it was used up when walk == NULL && !open */
	uint64_t total, taken; /* bytes of all files, of those closed; total 0: unknown */

	/* The present stream. */
	bool open, ended, refused;
	const char *name;
	enum step (*cut)(struct reader *rd, struct unit *u);
	char mtime[11]; /* or "" */
	bool impossible_said;
	uint64_t nul_upto; /* bytes searched for NUL */
	unsigned nuls;

	/* The window. */
	char *p;
	size_t start, end, cap;
	struct place at; /* of start */

	/* The present unit. */
	size_t seen;        /* bytes behind start that were searched */
	uint64_t dropped;   /* bytes of it before start that are gone */
	struct place began; /* where it began, if some are gone */
	struct article_scan scan;
	struct article_head head; /* of the present document, from start */
	bool headed;

	/* Of the present file: units behind, units to be skipped, its hash (NULL: nobody asks). */
	uint64_t units, skip;
	XXH3_state_t *hash;
	struct arena letter; /* of the dead letter that is open */
};

static enum step cut_auto(struct reader *rd, struct unit *u);
static enum step cut_json(struct reader *rd, struct unit *u);
static enum step cut_lines(struct reader *rd, struct unit *u);
static enum step cut_nuls(struct reader *rd, struct unit *u);
static enum step cut_news(struct reader *rd, struct unit *u);

/* ---- the window ---- */

/* Bytes that a search may hold back beyond a document of the greatest length. */
static size_t
slack(void)
{
	return (size_t)ARTICLE_BACK + ARTICLE_HEADLINE + ARTICLE_AHEAD + READ_MIN;
}

static struct span
window(const struct reader *rd)
{
	return (struct span){ rd->p + rd->start, rd->end - rd->start };
}

/* Make room for a read behind the window's end. */
static void
make_room(struct reader *rd)
{
	size_t most = rd->max + slack() + READ_MIN, cap = rd->cap;

	if (rd->start > 0 && rd->cap - rd->end < READ_MIN) {
		memmove(rd->p, rd->p + rd->start, rd->end - rd->start);
		rd->end -= rd->start;
		rd->start = 0;
	}
	if (rd->cap - rd->end >= READ_MIN)
		return;
	cap = cap == 0 ? WINDOW_MIN : cap * 2;
	if (cap > most && rd->cap < most)
		cap = most;
	char *p = realloc(rd->p, cap);
	if (p == NULL)
		die_oom(cap);
	rd->p = p;
	rd->cap = cap;
}

/* Read more. At the end of the stream ended is set. */
static void
fill(struct reader *rd)
{
	if (rd->start == rd->end)
		rd->start = rd->end = 0;
	make_room(rd);
	size_t got = source_read(rd->source, rd->p + rd->end, rd->cap - rd->end);
	rd->end += got;
	rd->ended = got == 0;
	if (rd->hash != NULL)
		XXH3_64bits_update(rd->hash, rd->p + rd->end - got, got);
	rd->diag->count.bytes += got;
}

/* Move a place over s. LF, CR LF and a lone CR end a line. */
static void
advance(struct place *at, struct span s)
{
	const char *p = s.p, *end = s.p + s.n;

	if (s.n == 0)
		return;
	at->offset += s.n;
	if (at->cr && *p == '\n')
		p++;
	at->cr = end[-1] == '\r';
	if (p == end)
		return;
	if (memchr(p, '\r', (size_t)(end - p)) != NULL) {
		for (; p < end; p++)
			at->line += *p == '\r' || (*p == '\n' && (p == s.p || p[-1] != '\r'));
		return;
	}
	at->line += count_byte((struct span){ p, (size_t)(end - p) }, '\n');
}

/* The first n bytes of the window are used up; they stay in memory until the next fill(). */
static void
consume(struct reader *rd, size_t n)
{
	advance(&rd->at, span_cut(window(rd), 0, n));
	rd->start += n;
	rd->seen = rd->seen > n ? rd->seen - n : 0;
}

/* The unit is over. */
static void
finish_unit(struct reader *rd, size_t n)
{
	consume(rd, n);
	rd->seen = 0;
	rd->dropped = 0;
}

/* The unit is over-long: forget its next n bytes. */
static void
drop(struct reader *rd, size_t n)
{
	if (rd->dropped == 0)
		rd->began = rd->at;
	rd->dropped += n;
	consume(rd, n);
}

static struct where
place_where(const struct reader *rd, const struct place *at)
{
	return (struct where){ .file = rd->name, .line = at->line };
}

/* The line on which byte n of the window stands. */
static struct where
where_at(const struct reader *rd, size_t n)
{
	struct place at = rd->at;

	advance(&at, span_cut(window(rd), 0, n));
	return place_where(rd, &at);
}

/* ---- streams ---- */

static void
use_mtime(struct reader *rd)
{
	bool wanted = rd->in->dct != NULL && strcmp(rd->in->dct, "mtime") == 0;

	if (!wanted || !source_day(rd->source, rd->mtime))
		rd->mtime[0] = '\0';
}

static void
stream_start(struct reader *rd)
{
	static enum step (*const cuts[])(struct reader *, struct unit *) = {
		[FORMAT_AUTO] = cut_auto,
		[FORMAT_NEWS] = cut_news,
		[FORMAT_TEXT] = cut_news,
		[FORMAT_JSONL] = cut_json,
	};

	rd->open = true;
	rd->units = 0;
	if (rd->hash != NULL)
		XXH3_64bits_reset(rd->hash);
	rd->ended = rd->refused = false;
	rd->cut = rd->in->letters ? cut_json : cuts[rd->in->format];
	if (rd->cut == cut_news && rd->in->null_cut)
		rd->cut = cut_nuls;
	else if (rd->cut == cut_news && rd->in->doc_per_line)
		rd->cut = cut_lines;
	rd->impossible_said = false;
	rd->nul_upto = 0;
	rd->nuls = 0;
	rd->start = rd->end = rd->seen = 0;
	rd->dropped = 0;
	rd->at = (struct place){ .line = 1 };
	rd->headed = false;
	article_begin(&rd->scan, 0, true);
	rd->diag->count.files++;
	use_mtime(rd);
}

/* Is the file to be read? */
static bool
is_wanted(struct reader *rd)
{
	const struct input_files *f = rd->in->files;

	rd->skip = 0;
	return f == NULL || strcmp(rd->name, "-") == 0 || f->want(f->ctx, rd->name, &rd->skip);
}

/* Open the next input that can be. False: there is none. */
static bool
stream_next(struct reader *rd)
{
	bool found;

	if (rd->fed) {
		if (rd->feed.read == NULL)
			return false;
		source_attach(rd->source, rd->feed);
		rd->feed.read = NULL;
		rd->name = "-";
		stream_start(rd);
		return true;
	}
	while ((rd->name = walk_next(rd->walk, &found)) != NULL) {
		if (!is_wanted(rd))
			continue;
		if (source_open(rd->source, rd->name, found)) {
			stream_start(rd);
			return true;
		}
		struct where w = { .file = rd->name };
		const char *fault = source_fault(rd->source);
		if (found && source_harmless(rd->source))
			diag_warn(rd->diag, w, "%s; skipped", fault);
		else
			diag_unreadable(rd->diag, w, "%s", fault);
	}
	return false;
}

/* Whoever remembers files hears of this one, unless nothing came of it and another time may be better. */
static void
tell_done(struct reader *rd)
{
	const struct input_files *f = rd->in->files;

	if (f == NULL || strcmp(rd->name, "-") == 0 ||
	    (rd->units == 0 && source_transient(rd->source)))
		return;
	f->done(f->ctx, rd->name, !rd->refused && source_fault(rd->source) == NULL,
	    XXH3_64bits_digest(rd->hash));
}

static void
stream_close(struct reader *rd)
{
	size_t bad = rd->refused ? 0 : source_repaired(rd->source);

	if (bad > 0) {
		diag_warn(rd->diag, (struct where){ .file = rd->name },
		    "UTF-16 or UTF-32 is damaged; %zu × U+FFFD put in", bad);
		rd->diag->count.repaired += bad;
	}
	rd->taken += source_taken(rd->source);
	tell_done(rd);
	source_close(rd->source);
	rd->open = false;
}

/* The stream is at its end: say what was wrong with it. left: bytes of an unfinished unit that go with it. */
static enum step
stream_end(struct reader *rd, size_t left)
{
	const char *fault = source_fault(rd->source);
	struct where file = { .file = rd->name };

	if (fault == NULL)
		return STEP_END;
	if (left == 0 && rd->dropped == 0) {
		diag_unreadable(rd->diag, file, "%s", fault);
		return STEP_END;
	}
	diag_unreadable(rd->diag, file, "%s; what begins on line %zu is not whole and left out",
	    fault, rd->dropped > 0 ? rd->began.line : rd->at.line);
	rd->start = rd->end;
	return STEP_END;
}

static enum step
refuse(struct reader *rd, const char *why)
{
	diag_unreadable(rd->diag, (struct where){ .file = rd->name }, "%s", why);
	rd->refused = true;
	return STEP_END;
}

static const char utf16_unmarked[] = "looks like UTF-16 without a byte order mark; skipped";

/* Is this a binary file? Bytes count up to the n-th of the window, where a unit may end, so that the
 * answer does not depend on how much was read. */
static bool
is_binary(struct reader *rd, size_t n)
{
	uint64_t stop = rd->at.offset + n;

	if (stop > BINARY_WINDOW)
		stop = BINARY_WINDOW;
	if (rd->nul_upto < rd->at.offset)
		rd->nul_upto = rd->at.offset; /* blanks that cut_auto() skipped */
	for (; rd->nul_upto < stop; rd->nul_upto++)
		rd->nuls += rd->p[rd->start + (size_t)(rd->nul_upto - rd->at.offset)] == '\0';
	return rd->nuls > 1;
}

static enum step
refuse_binary(struct reader *rd)
{
	struct span s = window(rd);

	if (s.n > BINARY_WINDOW)
		s.n = BINARY_WINDOW;
	return refuse(rd, utf16_likely(s) ? utf16_unmarked : "binary file skipped");
}

/* Length of a byte order mark at the start of s; *part: s may be the beginning of one. */
static size_t
bom(struct span s, bool *part)
{
	struct span mark = SPAN("\xEF\xBB\xBF");

	*part = s.n < mark.n && span_starts(mark, s);
	return span_starts(s, mark) ? mark.n : 0;
}

/* Past the blank lines at the start, and past a byte order mark. False: more bytes are needed. */
static bool
skip_blank(struct reader *rd)
{
	for (;;) {
		bool part;
		struct span s = window(rd);
		size_t n = bom(s, &part), line = n;
		if (part && s.n > 0 && !rd->ended)
			return false;
		for (n += rd->seen; n < s.n && ascii_space((unsigned char)s.p[n]); n++)
			if (s.p[n] == '\n' || s.p[n] == '\r')
				line = n + 1;
		if (n - line > (n < s.n ? (size_t)INDENT_MAX : (size_t)READ_MIN))
			line = n;
		rd->seen = n;
		if (line == 0)
			return n < s.n;
		consume(rd, line);
	}
}

/* Find out what the stream is, by its first byte that is not blank. */
static enum step
cut_auto(struct reader *rd, struct unit *u)
{
	(void)u;
	if (!skip_blank(rd))
		return rd->ended ? stream_end(rd, 0) : STEP_MORE;
	bool json = rd->p[rd->start + rd->seen] == '{';
	rd->seen = 0;
	if (json)
		rd->cut = cut_json;
	else if (rd->in->null_cut)
		rd->cut = cut_nuls;
	else
		rd->cut = rd->in->doc_per_line ? cut_lines : cut_news;
	return STEP_AGAIN;
}

/* ---- units ---- */

/* A record of length bytes, of which the last n are in the window, is over-long: say so, if it is. */
static bool
reject_long(struct reader *rd, size_t n)
{
	uint64_t length = rd->dropped + n;
	const struct place *began = rd->dropped > 0 ? &rd->began : &rd->at;

	if (length <= rd->max)
		return false;
	if (rd->skip > 0) /* said when it was read before */
		return true;
	diag_reject_long(rd->diag, place_where(rd, began), began->offset, length, rd->max);
	return true;
}

/* The date of documents without a header. */
static struct span
own_date(const struct reader *rd)
{
	if (rd->in->dct == NULL)
		return (struct span){ NULL, 0 };
	if (strcmp(rd->in->dct, "mtime") != 0)
		return span_c(rd->in->dct);
	return rd->mtime[0] == '\0' ? (struct span){ NULL, 0 } : span_c(rd->mtime);
}

/* The document of n bytes at the start of the window, under head or (NULL) without one. */
static void
make_document(struct reader *rd, struct unit *u, size_t n, const struct article_head *head)
{
	struct span raw = span_cut(window(rd), 0, n);

	*u = (struct unit){ .kind = UNIT_TEXT, .raw = raw };
	if (head != NULL) {
		u->where = where_at(rd, head->word);
		u->date = span_cut(raw, head->day, head->day + 10);
		u->title = span_cut(raw, head->title, head->title_end);
		u->body = span_cut(raw, head->end, n);
		return;
	}
	size_t blank = 0;
	while (blank < n && ascii_space((unsigned char)raw.p[blank]))
		blank++;
	u->where = where_at(rd, blank);
	u->date = own_date(rd);
	u->body = raw;
}

static void
say_impossible(struct reader *rd, size_t at)
{
	if (rd->impossible_said)
		return;
	rd->impossible_said = true;
	diag_warn(rd->diag, where_at(rd, at), "%.10s is no date; taken as text", window(rd).p + at);
}

/* ---- lines, and what is between NULs ---- */

/* One unit of a stream cut at each sep. Found: *n bytes at the start of the window, *skip with the separator. */
static enum step
cut_at(struct reader *rd, char sep, size_t *n, size_t *skip)
{
	struct span s = window(rd);
	const char *hit = s.n == rd->seen ? NULL : memchr(s.p + rd->seen, sep, s.n - rd->seen);

	*n = hit == NULL ? s.n : (size_t)(hit - s.p);
	*skip = *n + (hit != NULL);
	if (rd->cut == cut_lines && is_binary(rd, *n))
		return refuse_binary(rd);
	if (hit == NULL && !rd->ended) {
		rd->seen = s.n;
		if (rd->dropped + s.n > rd->max)
			drop(rd, s.n);
		return STEP_MORE;
	}
	if (hit == NULL && ((s.n == 0 && rd->dropped == 0) || source_torn(rd->source)))
		return stream_end(rd, s.n);
	if (reject_long(rd, *n)) {
		finish_unit(rd, *skip);
		return STEP_AGAIN;
	}
	return STEP_UNIT;
}

static bool
all_blank(struct span s)
{
	size_t i = 0;

	while (i < s.n && ascii_space((unsigned char)s.p[i]))
		i++;
	return i == s.n;
}

/* False: it cannot be opened, and stays the dead letter that it is. */
static bool
open_letter(struct reader *rd, struct span line, struct unit *u)
{
	struct where at = u->where;

	arena_reset(&rd->letter);
	if (letter_unit(line, rd->in->format, &rd->letter, u))
		return true;
	rd->diag->count.read++;
	rd->diag->count.rejected++;
	diag_warn(rd->diag, at, "no dead letter with the bytes of its record; kept");
	if (rd->diag->keep_dead) {
		buf_put(&rd->diag->dead, line);
		buf_char(&rd->diag->dead, '\n');
	}
	return false;
}

static enum step
cut_json(struct reader *rd, struct unit *u)
{
	size_t n, skip;
	bool part;
	enum step step = cut_at(rd, '\n', &n, &skip);

	if (step != STEP_UNIT)
		return step;
	struct span line = span_cut(window(rd), 0, n);
	line = span_cut(line, bom(line, &part), line.n);
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (all_blank(line)) {
		finish_unit(rd, skip);
		return STEP_AGAIN;
	}
	if (rd->at.line == 1 && line.n >= 4 &&
	    utf16_likely(span_cut(line, 0, line.n < BINARY_WINDOW ? line.n : BINARY_WINDOW)))
		return refuse(rd, utf16_unmarked);
	*u = (struct unit){ .kind = UNIT_JSON, .where = where_at(rd, 0), .raw = line };
	if (rd->in->letters && !open_letter(rd, line, u))
		step = STEP_AGAIN;
	finish_unit(rd, skip);
	return step;
}

/* A document of n bytes that stands alone. */
static enum step
lone_document(struct reader *rd, struct unit *u, size_t n, size_t skip)
{
	struct article_head head;
	struct span raw = span_cut(window(rd), 0, n);
	bool impossible = false;
	bool headed = rd->in->format != FORMAT_TEXT && article_first(raw, &head, &impossible);

	if (impossible)
		say_impossible(rd, head.day);
	if (!headed && article_blank(raw)) {
		finish_unit(rd, skip);
		return STEP_AGAIN;
	}
	make_document(rd, u, n, headed ? &head : NULL);
	finish_unit(rd, skip);
	return STEP_UNIT;
}

static enum step
cut_lines(struct reader *rd, struct unit *u)
{
	size_t n, skip;
	enum step step = cut_at(rd, '\n', &n, &skip);

	return step == STEP_UNIT ? lone_document(rd, u, n, skip) : step;
}

static enum step
cut_nuls(struct reader *rd, struct unit *u)
{
	size_t n, skip;
	enum step step = cut_at(rd, '\0', &n, &skip);

	return step == STEP_UNIT ? lone_document(rd, u, n, skip) : step;
}

/* ---- news ---- */

/* The document of the first n bytes is whole; a header follows (next) or nothing. */
static enum step
end_document(struct reader *rd, struct unit *u, size_t n, const struct article_head *next)
{
	enum step step = STEP_UNIT;

	if (reject_long(rd, n) || (!rd->headed && article_blank(span_cut(window(rd), 0, n))))
		step = STEP_AGAIN;
	else
		make_document(rd, u, n, rd->headed ? &rd->head : NULL);
	finish_unit(rd, n);
	rd->headed = next != NULL;
	if (next == NULL)
		return step;
	rd->head = (struct article_head){ 0, next->word - n, next->day - n, next->title - n,
		next->title_end - n, next->end - n };
	article_shift(&rd->scan, n);
	return step;
}

/* No header so far: forget what is certainly too long. */
static enum step
more_news(struct reader *rd, size_t clear)
{
	/* A header's "date" before this place could still end a document of the greatest length. */
	if (rd->dropped > 0 || clear > rd->max + ARTICLE_BACK) {
		size_t n = clear > 2 * (size_t)ARTICLE_BACK ? clear - ARTICLE_BACK : 0;
		drop(rd, n);
		article_shift(&rd->scan, n);
	}
	return STEP_MORE;
}

static enum step
cut_news(struct reader *rd, struct unit *u)
{
	struct span s = window(rd);
	struct article_head next;
	/* Where the bytes were torn off nothing is known of what followed. */
	bool torn = source_torn(rd->source), final = rd->ended && !torn;
	bool found = rd->in->format != FORMAT_TEXT && article_next(&rd->scan, s, final, &next);
	size_t clear = found ? next.at : s.n;

	if (rd->scan.impossible) {
		say_impossible(rd, rd->scan.impossible_at);
		rd->scan.impossible = false;
	}
	if (!found && !rd->ended && rd->in->format != FORMAT_TEXT)
		clear = article_clear(&rd->scan);
	if (is_binary(rd, clear < s.n ? clear : s.n))
		return refuse_binary(rd);
	if (found)
		return end_document(rd, u, next.at, &next);
	if (!rd->ended)
		return more_news(rd, clear);
	if (s.n == 0 && !rd->headed && rd->dropped == 0)
		return stream_end(rd, 0);
	return torn ? stream_end(rd, s.n) : end_document(rd, u, s.n, NULL);
}

/* ---- the whole ---- */

/* Bytes of all files, or 0 if that cannot be known before they are read. */
static uint64_t
total_size(const struct input *in)
{
	uint64_t total = 0;
	struct stat st;

	if (in->files0_from != NULL || in->n_file > SHARE_FILES_MAX)
		return 0;
	for (size_t i = 0; i < in->n_file; i++) {
		bool known = strcmp(in->file[i], "-") != 0 && stat(in->file[i], &st) == 0;
		if (!known || !S_ISREG(st.st_mode))
			return 0;
		total += (uint64_t)st.st_size;
	}
	if (in->n_file == 0 && fstat(0, &st) == 0 && S_ISREG(st.st_mode))
		total = (uint64_t)st.st_size;
	return total;
}

static struct reader *
new_reader(const struct input *in, struct diag *d)
{
	struct reader *rd = calloc(1, sizeof(*rd));

	if (rd == NULL)
		die_oom(sizeof(*rd));
	rd->in = in;
	rd->diag = d;
	rd->max = in->max_record == 0 ? RECORD_MAX : in->max_record;
	if (rd->max > SIZE_MAX / 4)
		rd->max = SIZE_MAX / 4; /* so that sums with it stay in range */
	make_room(rd);
	return rd;
}

struct reader *
reader_new(const struct input *in, struct diag *d, void (*idle)(void *), void *ctx)
{
	struct reader *rd = new_reader(in, d);

	if (in->units != NULL)
		return rd;
	rd->from = (struct walk_from){
		.file = in->file,
		.n_file = in->n_file,
		.list = in->files0_from,
		.newlines = in->newline_names,
	};
	rd->walk = walk_new(&rd->from, d, idle, ctx);
	rd->source = source_new(idle, ctx);
	if (in->output != NULL)
		source_avoid(rd->source, in->output);
	rd->total = total_size(in);
	if (in->files != NULL && (rd->hash = XXH3_createState()) == NULL)
		die_oom(sizeof(*rd->hash));
	return rd;
}

struct reader *
reader_new_feed(const struct input *in, struct source_feed feed, struct diag *d)
{
	struct reader *rd = new_reader(in, d);

	rd->fed = true;
	rd->feed = feed;
	rd->source = source_new(NULL, NULL);
	return rd;
}

bool
reader_next(struct reader *rd, struct unit *u)
{
	if (rd->in->units != NULL)
		return rd->in->units->next(rd->in->units->ctx, u);
	for (;;) {
		if (rd->diag->strict && rd->diag->count.rejected > 0)
			return false;
		if (!rd->open && !stream_next(rd))
			return false;
		enum step step = rd->cut(rd, u);
		if (step == STEP_UNIT) {
			rd->units++;
			if (rd->skip == 0)
				return true;
			rd->skip--;
		}
		if (step == STEP_MORE)
			fill(rd);
		else if (step == STEP_END)
			stream_close(rd);
	}
}

const char *
reader_place(const struct reader *rd, uint64_t *units)
{
	*units = rd->units;
	return rd->open ? rd->name : NULL;
}

double
reader_share(const struct reader *rd)
{
	if (rd->total == 0)
		return -1;
	uint64_t taken = rd->taken + (rd->open ? source_taken(rd->source) : 0);
	return taken >= rd->total ? 1 : (double)taken / (double)rd->total;
}

void
reader_free(struct reader *rd)
{
	if (rd == NULL)
		return;
	walk_free(rd->walk);
	source_free(rd->source);
	XXH3_freeState(rd->hash);
	arena_free(&rd->letter);
	free(rd->p);
	free(rd);
}
