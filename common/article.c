/* article.c - header lines of raw news text (article.h). */
#include "article.h"

#include "ascii.h"
#include "calendar.h"
#include "uniclass.h"
#include "utf8.h"

enum {
	FORM = 15,  /* strlen("date 2021-12-04") */
	HYPHEN = 9, /* place of its first hyphen, the rarest byte of it */
	DAY = 5,    /* of its year */
	DAY_LEN = 10,
	BOM = 0xFEFF,
};

/* Marks that end a sentence, and marks that may stand behind those. */
static const uint32_t terminators[] = { '.', '?', '!', 0x2026, 0x3002, 0xFF01, 0xFF1F, 0x061F,
	0x0964 };
static const uint32_t closers[] = { '"', '\'', ')', ']', 0x2019, 0x201D, 0x00BB, 0x203A };
/* Those of them that close a quotation whatever is before them ('"' only behind a word). */
static const uint32_t closing_quotes[] = { 0x201D, 0x00BB };

#define AMONG(set, cp) among((set), sizeof(set) / sizeof((set)[0]), (cp))

static bool
among(const uint32_t *set, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++)
		if (set[i] == cp)
			return true;
	return false;
}

/* The character at byte at, which must be inside. Ill-formed bytes are UTF8_BAD. */
static uint32_t
char_at(struct span text, size_t at, size_t *len)
{
	return utf8_next(span_cut(text, at, text.n), len);
}

/* The character that ends at byte at, not reaching before low (low < at). Bytes may be ill-formed. */
static uint32_t
char_before(struct span text, size_t low, size_t at, size_t *len)
{
	for (size_t n = 1; n <= UTF8_MAX && n <= at - low; n++) {
		uint32_t cp = char_at((struct span){ text.p, at }, at - n, len);
		if (*len == n && (cp != UTF8_BAD || n > 1))
			return cp;
		if (((unsigned char)text.p[at - n] & 0xC0) != 0x80)
			break;
	}
	*len = 1;
	return UTF8_BAD;
}

static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* White space (but line ends) and byte order marks. */
static bool
is_blank(uint32_t cp)
{
	return cp == ' ' || cp == BOM ||
	       (cp != '\n' && cp != '\r' && (uni_class(cp) & UNI_SPACE) != 0);
}

/* "date dddd-dd-dd" at byte at, all of which is there. */
static bool
form_at(struct span text, size_t at)
{
	static const char form[] = "date 0000-00-00";
	const char *p = text.p + at;

	for (size_t i = 0; i < FORM; i++)
		if (form[i] == '0' ? !ascii_digit((unsigned char)p[i]) : p[i] != form[i])
			return false;
	return true;
}

/* YYYY-MM-DD, digits all, is a day of the calendar from year 1 on. */
static bool
day_exists(const char *p)
{
	struct cal c;

	return cal_parse((struct span){ p, DAY_LEN }, &c);
}

/* ---- before "date" ---- */

/* A blank line, or the start of the stream, before the line that starts at byte at. */
static bool
blank_line_before(struct span text, size_t low, size_t at, bool origin)
{
	unsigned ends = 0;
	size_t len;

	while (at > low) {
		char c = text.p[at - 1];
		if (c == '\n' && at - 1 > low && text.p[at - 2] == '\r')
			at--;
		if (is_line_end(c) && ++ends == 2)
			return true;
		if (is_line_end(c))
			at--;
		else if (is_blank(char_before(text, low, at, &len)))
			at -= len;
		else
			return false;
	}
	return low == 0 && origin;
}

/* Past the word that ends at byte at; *upper: it begins with a capital. */
static void
word_before(struct span text, size_t low, size_t at, bool *upper)
{
	*upper = false;
	while (at > low) {
		size_t len;
		uint32_t cp = char_before(text, low, at, &len);
		unsigned class = uni_class(cp);
		if (cp != '.' && (class & (UNI_LETTER | UNI_MARK | UNI_DIGIT)) == 0)
			return;
		*upper = (class & UNI_UPPER) != 0;
		at -= len;
	}
}

/* What the text before a glued header ends with. */
struct ending {
	bool sentence; /* a sentence end or a closing quotation mark */
	bool capital;  /* a capitalised word */
};

static struct ending
ending_before(struct span text, size_t low, size_t at)
{
	struct ending e = { false, false };
	uint32_t last = 0;
	size_t len;

	while (at > low) {
		uint32_t cp = char_before(text, low, at, &len);
		if (!AMONG(closers, cp))
			break;
		e.sentence |= AMONG(closing_quotes, cp);
		last = cp;
		at -= len;
	}
	if (at == low)
		return e;
	uint32_t cp = char_before(text, low, at, &len);
	if (AMONG(terminators, cp) || (last == '"' && (uni_class(cp) & UNI_LETTER) != 0))
		e.sentence = true;
	word_before(text, low, at, &e.capital);
	return e;
}

/* Judge the candidate "date" at byte word by what is before it. False: no header whatever follows. */
static bool
look_back(struct article_scan *s, struct span text, size_t word)
{
	size_t low = word > ARTICLE_BACK ? word - ARTICLE_BACK : 0, at = word, len;

	bool mark = false;

	while (at > low) {
		uint32_t cp = char_before(text, low, at, &len);
		if (!is_blank(cp))
			break;
		mark |= cp == BOM;
		at -= len;
	}
	s->head = (struct article_head){ .at = at, .word = word, .day = word + DAY };
	s->glued = !mark && !(at == 0 ? s->origin : at > low && is_line_end(text.p[at - 1]));
	if (!s->glued) {
		s->likely = at < word || blank_line_before(text, low, at, s->origin);
		return true;
	}
	struct ending e = ending_before(text, low, at);
	s->likely = false;
	return e.sentence || (e.capital && at < word);
}

/* ---- behind it ---- */

enum answer { NO, YES, MORE };

/* Where the next byte c at or behind from is; text.n if there is none so far. */
static size_t
next_byte(struct span text, char c, size_t from, size_t *hit, size_t *seen)
{
	if (*hit >= from && *hit < *seen)
		return *hit;
	if (*seen < from)
		*seen = from;
	const char *p = *seen < text.n ? memchr(text.p + *seen, c, text.n - *seen) : NULL;
	*hit = p == NULL ? text.n : (size_t)(p - text.p);
	*seen = p == NULL ? text.n : *hit + 1;
	return *hit;
}

/* The end of the line that byte from is in; text.n if it is not there yet. */
static size_t
line_end(struct article_scan *s, struct span text, size_t from)
{
	size_t lf = next_byte(text, '\n', from, &s->lf, &s->lf_seen);
	size_t cr = next_byte(text, '\r', from, &s->cr, &s->cr_seen);

	return lf < cr ? lf : cr;
}

/* Is the line that starts at byte at blank (or no more there), or a header? */
static enum answer
look_ahead(struct span text, size_t at, bool final)
{
	size_t stop = at + ARTICLE_AHEAD, len;

	while (at < text.n && at < stop && !is_line_end(text.p[at])) {
		if (text.n - at < UTF8_MAX && !final)
			return MORE;
		uint32_t cp = char_at(text, at, &len);
		if (!is_blank(cp))
			break;
		at += len;
	}
	if (at >= stop)
		return YES; /* as good as blank */
	if (at == text.n)
		return final ? YES : MORE;
	if (is_line_end(text.p[at]))
		return YES;
	if (text.n - at >= FORM)
		return form_at(text, at) ? YES : NO;
	return final ? NO : MORE;
}

/* Past the line end at byte at; SIZE_MAX if a LF may still come behind a CR. */
static size_t
line_next(struct span text, size_t at, bool final)
{
	if (at == text.n)
		return at;
	if (text.p[at] == '\n')
		return at + 1;
	if (at + 1 == text.n)
		return final ? at + 1 : SIZE_MAX;
	return at + 1 + (text.p[at + 1] == '\n');
}

/* Does a headline start in lower case? Not if its first word has a capital inside: iPhone, eBay, al-Qaida. */
static bool
lower_start(struct span title)
{
	size_t at = 0, len;

	if (title.n == 0 || (uni_class(char_at(title, 0, &len)) & UNI_LOWER) == 0)
		return false;
	while (at < title.n) {
		unsigned class = uni_class(char_at(title, at, &len));
		if ((class & UNI_UPPER) != 0)
			return false;
		if ((class & UNI_SPACE) != 0)
			break;
		at += len;
	}
	return true;
}

/* Find the headline of h, whose line ends at byte end. */
static void
set_title(struct article_head *h, struct span text, size_t end)
{
	h->end = end;
	h->title = h->day + DAY_LEN;
	while (h->title < end && ascii_space((unsigned char)text.p[h->title]))
		h->title++;
	while (end > h->title && ascii_space((unsigned char)text.p[end - 1]))
		end--;
	h->title_end = end;
}

/* Judge the pending candidate by its line and by what follows that. */
static enum answer
look_on(struct article_scan *s, struct span text, bool final)
{
	size_t after = s->head.word + FORM;

	if (after == text.n && !final)
		return MORE;
	if (after < text.n && !ascii_space((unsigned char)text.p[after]))
		return NO;
	size_t end = line_end(s, text, after);
	if (end - after > ARTICLE_HEADLINE)
		return NO;
	if (end == text.n && !final)
		return MORE;
	set_title(&s->head, text, end);
	struct span title = span_cut(text, s->head.title, s->head.title_end);
	if (lower_start(title) || (s->glued && title.n == 0))
		return NO;
	if (s->likely)
		return YES;
	size_t next = line_next(text, end, final);
	return next == SIZE_MAX ? MORE : look_ahead(text, next, final);
}

/* ---- the scan ---- */

void
article_begin(struct article_scan *s, size_t from, bool origin)
{
	*s = (struct article_scan){ .at = from, .origin = origin };
}

void
article_shift(struct article_scan *s, size_t n)
{
	s->at -= n;
	s->origin = s->origin && n == 0;
	s->head.at -= n;
	s->head.word -= n;
	s->head.day -= n;
	/* A position before n is asked about no more. */
	s->lf = s->lf < n ? 0 : s->lf - n;
	s->cr = s->cr < n ? 0 : s->cr - n;
	s->lf_seen = s->lf_seen < n ? 0 : s->lf_seen - n;
	s->cr_seen = s->cr_seen < n ? 0 : s->cr_seen - n;
}

size_t
article_clear(const struct article_scan *s)
{
	return s->pending ? s->head.word : s->at;
}

/* Make the next candidate behind s->at pending. False: none so far. */
static bool
next_candidate(struct article_scan *s, struct span text, bool final)
{
	while (text.n >= FORM && s->at <= text.n - FORM) {
		/* A hyphen in the last five bytes cannot be decided yet. */
		const char *p = text.p + s->at + HYPHEN,
			   *end = text.p + text.n - (FORM - HYPHEN - 1);
		const char *hit = memchr(p, '-', (size_t)(end - p));
		if (hit == NULL) {
			s->at = text.n - FORM + 1;
			break;
		}
		size_t word = (size_t)(hit - text.p) - HYPHEN;
		s->at = word + 1;
		if (form_at(text, word) && look_back(s, text, word)) {
			s->pending = true;
			return true;
		}
	}
	if (final)
		s->at = s->at < text.n ? text.n : s->at;
	return false;
}

bool
article_next(struct article_scan *s, struct span text, bool final, struct article_head *h)
{
	while (s->pending || next_candidate(s, text, final)) {
		enum answer a = look_on(s, text, final);
		if (a == MORE)
			return false;
		s->pending = false;
		if (a == NO)
			continue;
		if (!day_exists(text.p + s->head.day)) {
			s->impossible_at = s->impossible ? s->impossible_at : s->head.day;
			s->impossible = true;
			continue;
		}
		s->at = s->head.end;
		*h = s->head;
		return true;
	}
	return false;
}

bool
article_first(struct span text, struct article_head *h, bool *impossible)
{
	struct article_scan s;
	size_t at = 0, len;

	*impossible = false;
	while (at < text.n) {
		uint32_t cp = char_at(text, at, &len);
		if (!is_blank(cp) && !is_line_end(text.p[at]))
			break;
		at += len;
	}
	if (text.n - at < FORM || !form_at(text, at))
		return false;
	article_begin(&s, 0, true);
	s.head = (struct article_head){ .word = at, .day = at + DAY };
	s.likely = true;
	if (look_on(&s, text, true) != YES)
		return false;
	*impossible = !day_exists(text.p + s.head.day);
	*h = s.head;
	return !*impossible;
}

bool
article_blank(struct span s)
{
	size_t at = 0, len;

	while (at < s.n) {
		unsigned char c = (unsigned char)s.p[at];
		len = 1;
		if (c < 0x80 ? !ascii_space(c) : !is_blank(char_at(s, at, &len)))
			return false;
		at += len;
	}
	return true;
}
