/* token.c - one pass: a table of 256 byte classes for ASCII, code points for the rest.
 *
 *   plain words -> plain_run()  ASCII words of up to 15 letters and marks between them, where the machine
 *                               has SSE2: without a loop or a jump for each letter
 *   white space -> space()      notes line and paragraph starts
 *   letter      -> word()       then inner apostrophes, full stops, possessive
 *   digit       -> number()
 *   other       -> punct()
 *
 * plain_run() only does what the others would do with the same bytes; -DNTAG_SCALAR leaves it out.
 */
#include "token.h"

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"

#if defined(__SSE2__) && defined(__x86_64__) && !defined(NTAG_SCALAR)
#include <emmintrin.h>
#define PLAIN_RUN
#endif

/* Classes of bytes. UPPER is the bit that sets upper and lower case letters apart, so that
 * c | (class & UPPER) is c in lower case. */
enum { PUNCT = 0, LOWER = 1, DIGIT = 2, SPACE = 4, HIGH = 8, UPPER = 0x20 };
enum { LETTER = LOWER | UPPER, WORDLY = LETTER | DIGIT };

/* What a character can mean beside the classes above: only code points from U+0080 on. */
enum { MARK = 16, OTHER = 64, CHARACTER = LETTER | OTHER };

#define P PUNCT
#define S SPACE
#define D DIGIT
#define U UPPER
#define L LOWER
#define H HIGH
#define ROW16(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x

/* clang-format off */
static const unsigned char class_of[256] = {
	P, P, P, P, P, P, P, P, P, S, S, S, S, S, P, P,
	ROW16(P),
	S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
	D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
	P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
	U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, P,
	ROW16(H), ROW16(H), ROW16(H), ROW16(H), ROW16(H), ROW16(H), ROW16(H), ROW16(H),
};
/* clang-format on */

enum { ZWNJ = 0x200C, ZWJ = 0x200D, SOFT_HYPHEN = 0xAD, CURLY_APOSTROPHE = 0x2019 };

/* Where a scan stands. */
struct scan {
	const unsigned char *p; /* the text */
	uint32_t n, at;
	unsigned seen;  /* classes in the token so far */
	unsigned flags; /* TOKEN_SPACE, TOKEN_LINE, TOKEN_PARA of the next token */
	struct token *out;
	size_t n_out, cap;
	struct arena *arena;
};

/* One character: its class and length. */
struct glyph {
	uint32_t cp;
	uint32_t len; /* bytes; 0 at the end of the text */
	unsigned class;
};

static unsigned
wide_class(uint32_t cp)
{
	unsigned uni = uni_class(cp);

	if ((uni & UNI_LETTER) != 0)
		return (uni & UNI_UPPER) != 0 ? UPPER : (uni & UNI_LOWER) != 0 ? LOWER : OTHER;
	if ((uni & UNI_MARK) != 0)
		return MARK;
	if ((uni & UNI_DIGIT) != 0)
		return DIGIT;
	return (uni & UNI_SPACE) != 0 ? SPACE : PUNCT;
}

static struct glyph
glyph_at(const struct scan *s, uint32_t at)
{
	struct glyph g = { 0, 0, PUNCT };
	size_t len;

	if (at >= s->n)
		return g;
	if (class_of[s->p[at]] != HIGH)
		return (struct glyph){ s->p[at], 1, class_of[s->p[at]] };
	g.cp = utf8_next((struct span){ (const char *)s->p + at, s->n - at }, &len);
	g.len = (uint32_t)len;
	g.class = wide_class(g.cp);
	return g;
}

static void
take(struct scan *s, struct glyph g)
{
	s->seen |= g.class;
	s->at += g.len;
}

/* At least two letters in [start, at), known to hold none in lower case. */
static bool
two_letters(const struct scan *s, uint32_t start)
{
	unsigned n = 0;

	for (uint32_t i = start; i < s->at && n < 2;) {
		struct glyph g = glyph_at(s, i);

		n += (g.class & UPPER) != 0;
		i += g.len;
	}
	return n == 2;
}

/* Room for as many tokens as the rest of the text has if it goes on like this, and a quarter more: so
 * the copy is seldom made twice. No more than one for each byte. */
static void
grow(struct scan *s)
{
	uint64_t like_this = (uint64_t)s->n_out * s->n / (s->at + 1),
		 most = s->n_out + (s->n - s->at) + 1;
	uint64_t want = like_this + like_this / 4 + 16;
	struct token *out;

	s->cap = (size_t)(want < most ? want : most);
	out = arena_raw(s->arena, s->cap, sizeof(*out));
	memcpy(out, s->out, s->n_out * sizeof(*out));
	s->out = out;
}

/* The token [start, at) is done. */
static void
emit(struct scan *s, uint32_t start, enum token_kind kind, unsigned flags)
{
	struct token *t;

	if (s->n_out == s->cap)
		grow(s);
	t = s->out + s->n_out++;
	t->start = start;
	t->len = s->at - start;
	t->hash = uni_hash((struct span){ (const char *)s->p + start, s->at - start });
	t->kind = (uint8_t)kind;
	t->flags = (uint8_t)(flags | s->flags);
	t->first = s->p[start];
	s->flags = 0;
}

static void
emit_word(struct scan *s, uint32_t start, unsigned first_class, unsigned flags)
{
	if ((first_class & UPPER) != 0)
		flags |= TOKEN_UPPER;
	if ((s->seen & DIGIT) != 0)
		flags |= TOKEN_DIGIT;
	if ((s->seen & CHARACTER) == UPPER && two_letters(s, start))
		flags |= TOKEN_CAPS;
	emit(s, start, TOKEN_WORD, flags);
}

/* White space from at on: line feeds tell lines and, two of them with nothing but white space
 * between, paragraphs. U+2028 and the like are blanks only. */
static void
space(struct scan *s)
{
	unsigned feeds = 0;

	for (struct glyph g = glyph_at(s, s->at); g.class == SPACE; g = glyph_at(s, s->at)) {
		feeds += g.cp == '\n';
		s->at += g.len;
	}
	s->flags |= TOKEN_SPACE;
	if (feeds > 0)
		s->flags |= TOKEN_LINE;
	if (feeds > 1)
		s->flags |= TOKEN_PARA;
}

/* Characters inside a word that Unicode makes part of the letter before (UAX #29, WB4). */
static bool
is_joiner(uint32_t cp)
{
	return cp == SOFT_HYPHEN || cp == ZWNJ || cp == ZWJ;
}

/* Past the character at at, above U+007F, if it goes on with the word: a letter, a mark, a digit, or
 * a joiner with one of them behind it. */
static bool
word_wide(struct scan *s)
{
	struct glyph g = glyph_at(s, s->at);

	if (is_joiner(g.cp)) {
		struct glyph next = glyph_at(s, s->at + g.len);

		if ((next.class & (CHARACTER | MARK | DIGIT)) == 0)
			return false;
	} else if ((g.class & (CHARACTER | MARK | DIGIT)) == 0) {
		return false;
	}
	take(s, g);
	return true;
}

/* Past letters, digits and marks. */
static void
word_run(struct scan *s)
{
	do {
		unsigned class;

		while (s->at < s->n && ((class = class_of[s->p[s->at]]) & WORDLY) != 0) {
			s->seen |= class;
			s->at++;
		}
	} while (s->at < s->n && class_of[s->p[s->at]] == HIGH && word_wide(s));
}

/* Bytes of the apostrophe at at, straight or curly; 0 if there is none. */
static uint32_t
apostrophe(const struct scan *s, uint32_t at)
{
	static const char curly[] = "\xE2\x80\x99";

	if (at < s->n && s->p[at] == '\'')
		return 1;
	return s->n - at >= 3 && memcmp(s->p + at, curly, 3) == 0 ? 3 : 0;
}

/* True if an apostrophe of len bytes at at is followed by s and the end of the word. */
static bool
is_possessive(const struct scan *s, uint32_t at, uint32_t len)
{
	struct glyph g = glyph_at(s, at + len), next;

	if ((g.cp | 0x20) != 's')
		return false;
	next = glyph_at(s, at + len + 1);
	return (next.class & (CHARACTER | MARK | DIGIT)) == 0;
}

/* 's behind a word or number, as a token of its own. */
static void
possessive(struct scan *s)
{
	uint32_t start = s->at, len = apostrophe(s, start);
	struct glyph g;

	if (len == 0 || !is_possessive(s, start, len))
		return;
	s->seen = 0;
	take(s, (struct glyph){ '\'', len, 0 });
	g = glyph_at(s, s->at);
	take(s, g);
	emit_word(s, start, g.class, TOKEN_POSS);
}

/* Past an apostrophe inside a word, if there is one at at: a letter follows, and it is no 's. */
static bool
inner_apostrophe(struct scan *s)
{
	uint32_t len = apostrophe(s, s->at);

	if (len == 0 || (glyph_at(s, s->at + len).class & CHARACTER) == 0 ||
	    is_possessive(s, s->at, len))
		return false;
	take(s, (struct glyph){ '\'', len, 0 });
	return true;
}

/* The end of one letter with its marks at at, if no word goes on behind it; else 0. */
static uint32_t
single_letter(const struct scan *s, uint32_t at)
{
	struct glyph g = glyph_at(s, at);

	if ((g.class & CHARACTER) == 0)
		return 0;
	do {
		at += g.len;
		g = glyph_at(s, at);
	} while ((g.class & MARK) != 0);
	return (g.class & (CHARACTER | DIGIT)) != 0 ? 0 : at;
}

/* The end of single letters with full stops from at on: "U.S.", "a.m", "e.g."; 0 if there are
 * not at least two letters. */
static uint32_t
dotted_end(const struct scan *s, uint32_t at)
{
	uint32_t end = 0;
	unsigned letters = 0;

	for (uint32_t next = single_letter(s, at); next != 0; next = single_letter(s, end)) {
		letters++;
		end = next;
		if (end == s->n || s->p[end] != '.')
			break;
		end++;
	}
	return letters < 2 ? 0 : end;
}

/* A word starts at at with a letter of that class. */
static void
word(struct scan *s, unsigned first_class)
{
	uint32_t start = s->at, end = 0;

	s->seen = 0;
	do
		word_run(s);
	while (inner_apostrophe(s));
	if (s->at < s->n && s->p[s->at] == '.')
		end = dotted_end(s, start);
	while (s->at < end)
		take(s, glyph_at(s, s->at));
	emit_word(s, start, first_class, end == 0 ? 0 : TOKEN_DOTS);
	possessive(s);
}

/* Past digits, and past a comma or full stop with a digit on both sides; false at the end. */
static bool
number_part(struct scan *s)
{
	struct glyph g;

	while (s->at < s->n && class_of[s->p[s->at]] == DIGIT)
		s->at++;
	g = glyph_at(s, s->at);
	if (g.class != DIGIT &&
	    ((g.cp != ',' && g.cp != '.') || glyph_at(s, s->at + 1).class != DIGIT))
		return false;
	s->at += g.len;
	return true;
}

/* A number starts at at with a digit. */
static void
number(struct scan *s)
{
	uint32_t start = s->at;

	while (number_part(s)) {
	}
	emit(s, start, TOKEN_NUMBER, 0);
	possessive(s);
}

static void
punct(struct scan *s, struct glyph g)
{
	uint32_t start = s->at;

	s->seen = 0;
	take(s, g);
	emit(s, start, TOKEN_PUNCT, 0);
}

#ifdef PLAIN_RUN

enum { LOAD = 16 };

/* Bit i of each: byte i of a load is such a character. */
struct masks {
	unsigned upper, digit, word; /* word: letter or digit */
};

/* All ones in each byte of v that is in [low, high], both ASCII. */
static __m128i
in_range(__m128i v, char low, char high)
{
	return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(low - 1))),
	    _mm_cmpgt_epi8(_mm_set1_epi8((char)(high + 1)), v));
}

/* uni_hash() of the first len bytes of v, in lower case, 1 to 15 of them. */
static uint32_t
hash_plain(__m128i v, unsigned len)
{
	static const unsigned char keep[2 * LOAD] = { ROW16(0xFF) };
	uint64_t one, two;

	v = _mm_and_si128(v, _mm_loadu_si128((const __m128i *)(const void *)(keep + LOAD - len)));
	one = uni_hash_piece(UNI_HASH_START, (uint64_t)_mm_cvtsi128_si64(v));
	two = uni_hash_piece(one, (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(v, v)));
	return uni_hash_end(len > 8 ? two : one, len);
}

/* A word of ASCII letters and digits at p, of which LOAD bytes can be read: fills in all but start and
 * the flags of what is before it. False if it is longer, or if what is behind it may go on with it. */
static bool
plain_word(const unsigned char *p, struct token *t)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i upper = in_range(v, 'A', 'Z'), digit = in_range(v, '0', '9');
	__m128i lower = _mm_or_si128(v, _mm_and_si128(upper, _mm_set1_epi8(UPPER)));
	__m128i word = _mm_or_si128(in_range(lower, 'a', 'z'), digit);
	unsigned len = (unsigned)__builtin_ctz(~(unsigned)_mm_movemask_epi8(word));
	unsigned all = (1U << len) - 1, caps = (unsigned)_mm_movemask_epi8(upper) & all,
		 digits = (unsigned)_mm_movemask_epi8(digit) & all;

	if (len == LOAD || p[len] >= 0x80 || p[len] == '\'' || (p[len] == '.' && len == 1))
		return false;
	t->len = len;
	t->hash = hash_plain(lower, len);
	t->kind = TOKEN_WORD;
	t->flags = (uint8_t)((caps & 1 ? TOKEN_UPPER : 0) | (digits != 0 ? TOKEN_DIGIT : 0) |
			     ((caps | digits) == all && (caps & (caps - 1)) != 0 ? TOKEN_CAPS : 0));
	t->first = p[0];
	return true;
}

static void
plain_punct(unsigned char c, struct token *t)
{
	t->len = 1;
	t->hash = uni_hash_end(uni_hash_piece(UNI_HASH_START, c), 1);
	t->kind = TOKEN_PUNCT;
	t->flags = 0;
	t->first = c;
}

/* Past plain words, ASCII marks and blanks from at on, up to anything else. */
static void
plain_run(struct scan *s)
{
	uint32_t at = s->at;
	unsigned flags = s->flags;
	struct token *t = s->out + s->n_out, *end = s->out + s->cap;

	while (s->n - at > LOAD && t < end) {
		unsigned char c = s->p[at];

		if (c == ' ') {
			flags |= TOKEN_SPACE;
			at++;
			continue;
		}
		if (class_of[c] == PUNCT)
			plain_punct(c, t);
		else if ((class_of[c] & LETTER) == 0 || !plain_word(s->p + at, t))
			break;
		t->start = at;
		t->flags |= (uint8_t)flags;
		flags = 0;
		at += t->len;
		t++;
	}
	s->at = at;
	s->flags = flags;
	s->n_out = (size_t)(t - s->out);
}

#else

static void
plain_run(struct scan *s)
{
	(void)s;
}

#endif

struct tokens
token_scan(struct span text, struct arena *a)
{
	struct scan s = { .p = (const unsigned char *)text.p, .n = (uint32_t)text.n, .arena = a };

	/* English news has a token for every 5.5 bytes. */
	s.cap = text.n / 5 + 16;
	s.out = arena_raw(a, s.cap, sizeof(*s.out));
	s.flags = TOKEN_SPACE | TOKEN_LINE | TOKEN_PARA;
	for (plain_run(&s); s.at < s.n; plain_run(&s)) {
		struct glyph g = glyph_at(&s, s.at);

		if ((g.class & CHARACTER) != 0)
			word(&s, g.class);
		else if (g.class == SPACE)
			space(&s);
		else if (g.class == DIGIT)
			number(&s);
		else
			punct(&s, g);
	}
	return (struct tokens){ s.out, s.n_out };
}
