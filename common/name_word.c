/* name_word.c - words of a name: cut, folded, hashed, compared. What the tables know of them: name_lore.c. */
#include "name_word.h"

#include "ascii.h"
#include "uniclass.h"
#include "utf8.h"

/* The first letter of each character's decomposition, for U+00C0 to U+024F and U+1E00 to U+1EFF: Unicode 15.0, NFKD;
 * by hand for those without one: ae oe to their first letter, barred and hooked letters to the plain one. '.': itself. */
static const char base_latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
				 "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
				 "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
				 ".b........d...ee.ff.............oo.............uu..............."
				 "....dddlllnnnaaiioouuuuuuuuuueaaaaaa..ggkkoooo..jdddgg..nnaaaaoo"
				 "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
				 "................";
static const char base_more[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
				"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
				"wwwwwwwwwwxxxxyyzzzzzzhtwyas..s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
				"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

enum { BASE_LATIN = 0xC0, BASE_MORE = 0x1E00, SLIP_MIN = 5, NAME_BEGINNING = 3 };

uint32_t
name_fold(uint32_t cp)
{
	char base = '.';

	cp = uni_fold(cp);
	if (cp >= BASE_LATIN && cp < BASE_LATIN + sizeof(base_latin) - 1)
		base = base_latin[cp - BASE_LATIN];
	else if (cp >= BASE_MORE && cp < BASE_MORE + sizeof(base_more) - 1)
		base = base_more[cp - BASE_MORE];
	return base == '.' ? cp : (uint32_t)base;
}

/* What a character is in a name. */
enum glyph_kind {
	GLYPH_LETTER, /* and digits and signs: part of a word */
	GLYPH_SILENT, /* a combining accent: part of a word that does not count */
	GLYPH_MARK,   /* a quotation mark, or an apostrophe */
	GLYPH_STOP,   /* a full stop */
	GLYPH_HYPHEN, /* or a slash */
	GLYPH_GAP,    /* anything else that names are cut at */
};

struct glyph {
	uint32_t letter; /* in lower case, without accent */
	uint8_t kind;    /* enum glyph_kind */
	uint8_t class;   /* set of UNI_UPPER, UNI_LOWER, UNI_DIGIT, UNI_OTHER */
};

static inline struct glyph
glyph_ascii(unsigned char c)
{
	if (ascii_alpha(c))
		return (struct glyph){ c | 0x20U, GLYPH_LETTER,
			ascii_upper(c) ? UNI_UPPER : UNI_LOWER };
	if (ascii_digit(c))
		return (struct glyph){ c, GLYPH_LETTER, UNI_DIGIT };
	switch (c) {
	case '.':
		return (struct glyph){ c, GLYPH_STOP, 0 };
	case '-':
	case '/':
		return (struct glyph){ c, GLYPH_HYPHEN, 0 };
	case '"':
	case '\'':
		return (struct glyph){ c, GLYPH_MARK, 0 };
	case ',':
	case '(':
	case ')':
	case '&':
		return (struct glyph){ c, GLYPH_GAP, 0 };
	default:
		return (
		    struct glyph){ c, ascii_space(c) || c == '\v' ? GLYPH_GAP : GLYPH_LETTER, 0 };
	}
}

static uint8_t
kind_above_ascii(uint32_t cp, unsigned class)
{
	if (class & UNI_MARK)
		return GLYPH_SILENT;
	if (class & UNI_SPACE)
		return GLYPH_GAP;
	if (cp >= 0x2010 && cp <= 0x2015)
		return GLYPH_HYPHEN;
	return (cp >= 0x2018 && cp <= 0x201F) || cp == 0xAB || cp == 0xBB ? GLYPH_MARK
									  : GLYPH_LETTER;
}

/* The character at byte at < s.n; *len: its bytes. */
static inline struct glyph
glyph_at(struct span s, size_t at, size_t *len)
{
	uint32_t cp;
	unsigned class;

	*len = 1;
	if ((unsigned char)s.p[at] < 0x80)
		return glyph_ascii((unsigned char)s.p[at]);
	cp = utf8_next(span_cut(s, at, s.n), len);
	class = uni_class(cp);
	return (struct glyph){ name_fold(cp), kind_above_ascii(cp, class), (uint8_t) class };
}

/* The letters of s as they are compared, up to max; *n receives how many. */
static void
letters_of(struct span s, uint32_t *out, size_t max, size_t *n)
{
	size_t len;

	*n = 0;
	for (size_t i = 0; i < s.n && *n < max; i += len) {
		struct glyph g = glyph_at(s, i, &len);

		if (g.kind == GLYPH_LETTER)
			out[(*n)++] = g.letter;
	}
}

#define HASH_START 0x243F6A88U /* of pi */

static uint32_t
hash_add(uint32_t hash, uint32_t cp)
{
	hash = (hash ^ cp) * 0x9E3779B1U; /* 2^32 / golden ratio */
	return hash ^ hash >> 15;
}

uint32_t
name_hash(struct span s)
{
	uint32_t hash = HASH_START;
	size_t len;

	for (size_t i = 0; i < s.n; i += len) {
		struct glyph g = glyph_at(s, i, &len);

		if (g.kind == GLYPH_LETTER)
			hash = hash_add(hash, g.letter);
	}
	return hash;
}

/* ---- cutting ---- */

/* The bytes of letters with full stops between them at s: "U.S.", "J.R.R"; 0: none. */
static size_t
dotted(struct span s)
{
	size_t at = 0, len, next_len, letters = 0;

	if ((unsigned char)s.p[0] < 0x80 && (s.n < 2 || s.p[1] != '.'))
		return 0; /* most words */
	while (at < s.n) {
		struct glyph g = glyph_at(s, at, &len);

		if (g.kind != GLYPH_LETTER || !(g.class & UNI_LETTER))
			return letters > 1 ? at : 0;
		if (at + len == s.n)
			return letters > 0 ? s.n : 0;
		if (s.p[at + len] != '.') {
			g = glyph_at(s, at + len, &next_len);
			return letters > 0 && g.kind >= GLYPH_HYPHEN ? at + len : 0;
		}
		at += len + 1;
		letters++;
	}
	return letters > 1 ? at : 0;
}

static bool
is_vowel(uint32_t cp)
{
	return cp == 'a' || cp == 'e' || cp == 'i' || cp == 'o' || cp == 'u' || cp == 'y';
}

/* "JK Rowling": two capitals that are no syllable begin the name; each is a word. */
static bool
joined_initials(struct span s)
{
	return s.n > 3 && s.p[2] == ' ' && ascii_upper((unsigned char)s.p[0]) &&
	       ascii_upper((unsigned char)s.p[1]) && !is_vowel((unsigned char)s.p[0] | 0x20U) &&
	       !is_vowel((unsigned char)s.p[1] | 0x20U);
}

/* "O'Brien", "N’Djamena": a mark at byte at, of len bytes, with a letter behind it. */
static bool
is_apostrophe(struct span s, size_t at, size_t len)
{
	if (s.p[at] != '\'' && !(len == 3 && memcmp(s.p + at, "\xE2\x80\x99", 3) == 0))
		return false;
	return at + len < s.n && glyph_at(s, at + len, &len).class & UNI_LETTER;
}

/* Fill in w from byte from on, up to byte to, or where the word ends by itself if to is 0; returns its end. */
static size_t
scan_word(struct span s, size_t from, size_t to, struct name_word *w)
{
	size_t i = from, len, n = 0;
	unsigned all = 0;
	uint32_t begins = 1;

	*w = (struct name_word){ .hash = HASH_START };
	for (; i < (to > 0 ? to : s.n); i += len) {
		unsigned char c = (unsigned char)s.p[i];
		struct glyph g = c < 0x80 ? glyph_ascii(c) : glyph_at(s, i, &len);

		if (c < 0x80)
			len = 1;
		if (to == 0 && g.kind >= GLYPH_MARK &&
		    !(g.kind == GLYPH_MARK && is_apostrophe(s, i, len)))
			break;
		if (g.kind != GLYPH_LETTER)
			continue;
		if (n == 0) {
			w->first = g.letter;
			w->shape = g.class & (UNI_UPPER | UNI_DIGIT) ? NAME_UPPER : 0;
		}
		if (n++ < NAME_BEGINNING)
			begins = hash_add(begins, g.letter);
		w->hash = hash_add(w->hash, g.letter);
		all |= g.class;
	}
	w->text = span_cut(s, from, i);
	w->letters = (uint8_t)(n > UINT8_MAX ? UINT8_MAX : n);
	w->begins = n < NAME_BEGINNING ? 0 : begins;
	if ((all & UNI_UPPER) && !(all & UNI_LOWER))
		w->shape |= NAME_CAPS;
	if (n == 1 && (all & UNI_LETTER))
		w->shape |= NAME_INITIAL;
	return i;
}

/* Past what is between words; NAME_QUOTED or NAME_GLUED by the last of it. */
static uint8_t
skip_gap(struct span s, size_t *at)
{
	uint8_t shape = 0;
	size_t len;

	for (; *at < s.n && !ascii_alpha((unsigned char)s.p[*at]); *at += len) {
		struct glyph g = glyph_at(s, *at, &len);

		if (g.kind < GLYPH_MARK)
			break;
		shape = g.kind == GLYPH_MARK     ? NAME_QUOTED
			: g.kind == GLYPH_HYPHEN ? NAME_GLUED
						 : 0;
	}
	return shape;
}

bool
name_word_next(struct span s, size_t *at, bool person, struct name_word *w)
{
	uint8_t gap = skip_gap(s, at);
	size_t from = *at, to = 0;

	if (from >= s.n)
		return false;
	if (!person && (to = dotted(span_cut(s, from, s.n))) > 0)
		to += from;
	else if (person && from < 2 && joined_initials(span_cut(s, 0, s.n)))
		to = from + 1;
	*at = scan_word(s, from, to, w);
	w->shape |= gap;
	if (person && w->letters == 2 && *at + 1 < s.n && s.p[*at] == '.')
		w->shape |= NAME_INITIAL; /* "Yu. Petrov" */
	return true;
}

/* ---- comparing ---- */

/* Where two words differ. */
struct slip {
	const uint32_t *a, *b; /* letters of the shorter and the longer one */
	size_t n, m, at;       /* how many; the first that differs */
};

static bool
same_tail(const struct slip *s, size_t i, size_t k)
{
	return s->n - i == s->m - k && memcmp(s->a + i, s->b + k, (s->n - i) * sizeof(*s->a)) == 0;
}

/* The slip is one of spelling rather than another name: a letter doubled, or another vowel within. */
static bool
is_variant(const struct slip *s)
{
	if (s->n != s->m)
		return s->at > 0 && s->b[s->at] == s->b[s->at - 1];
	return s->at + 1 < s->n && is_vowel(s->a[s->at]) && is_vowel(s->b[s->at]);
}

/* A vowel at the end makes another name: "Daniel" and "Daniela", "Mario" and "Maria". */
static bool
is_ending(const struct slip *s)
{
	return s->at + 1 >= s->m && is_vowel(s->b[s->m - 1]);
}

static enum name_fit
slip_fit(const struct name_word *x, const struct name_word *y)
{
	uint32_t a[NAME_WORD_LETTERS], b[NAME_WORD_LETTERS];
	struct slip s = { .a = a, .b = b };
	bool one;

	letters_of(x->text, a, NAME_WORD_LETTERS, &s.n);
	letters_of(y->text, b, NAME_WORD_LETTERS, &s.m);
	if (s.n > s.m)
		s = (struct slip){ b, a, s.m, s.n, 0 };
	if (s.n < SLIP_MIN || s.m - s.n > 1 || s.m == NAME_WORD_LETTERS)
		return NAME_FIT_NONE;
	while (s.at < s.n && s.a[s.at] == s.b[s.at])
		s.at++;
	if (s.at == 0 || is_ending(&s))
		return NAME_FIT_NONE;
	if (s.n < s.m)
		one = same_tail(&s, s.at, s.at + 1);
	else
		one = same_tail(&s, s.at + 1, s.at + 1) ||
		      (s.at + 1 < s.n && s.a[s.at] == s.b[s.at + 1] && s.a[s.at + 1] == s.b[s.at] &&
			  same_tail(&s, s.at + 2, s.at + 2));
	if (!one)
		return NAME_FIT_NONE;
	return is_variant(&s) ? NAME_FIT_VARIANT : NAME_FIT_SLIP;
}

static bool
begins_with(const struct name_word *longer, const struct name_word *shorter, size_t least)
{
	uint32_t a[NAME_WORD_LETTERS], b[NAME_WORD_LETTERS];
	size_t n, m;

	letters_of(shorter->text, a, NAME_WORD_LETTERS, &n);
	letters_of(longer->text, b, NAME_WORD_LETTERS, &m);
	return n >= least && n < m && memcmp(a, b, n * sizeof(*a)) == 0;
}

static bool
is_nick(const struct name_lore *lore, uint32_t nick, uint32_t full)
{
	uint32_t i = 0, of;

	while ((of = name_of_nick(lore, nick, &i)) != 0)
		if (of == full)
			return true;
	return false;
}

enum {
	NICK_MIN = 3,
	NICK_CUT = 2
}; /* letters of a nickname that is a beginning, and those it leaves out */

enum name_fit
name_word_fit(const struct name_lore *lore, const struct name_word *x, const struct name_word *y)
{
	enum name_fit fit;

	if (x->hash == y->hash)
		return NAME_FIT_SAME;
	if (x->first == y->first && (x->shape | y->shape) & NAME_INITIAL)
		return begins_with(y, x, 1) || begins_with(x, y, 1) ? NAME_FIT_INITIAL
								    : NAME_FIT_NONE;
	if (is_nick(lore, x->hash, y->hash) || is_nick(lore, y->hash, x->hash))
		return NAME_FIT_NICK;
	if (x->first != y->first)
		return NAME_FIT_NONE;
	if (x->letters + NICK_CUT <= y->letters)
		return begins_with(y, x, NICK_MIN) ? NAME_FIT_NICK : NAME_FIT_NONE;
	fit = slip_fit(x, y);
	return fit == NAME_FIT_SLIP &&
		       name_facts(lore, x->hash) & name_facts(lore, y->hash) & NAME_FIRST
		   ? NAME_FIT_NONE
		   : fit;
}

/* ---- acronyms ---- */

uint32_t
name_acronym_add(uint32_t hash, uint32_t cp)
{
	return hash_add(hash + 1, cp);
}

uint32_t
name_acronym(struct span s)
{
	size_t n = 0, len;
	uint32_t hash = 0;

	for (size_t i = 0; i < s.n; i += len) {
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len);
		unsigned c = uni_class(cp);

		if (n > 0 && (cp == '.' || cp == '&' || cp == '-' || cp == '(' || cp == ')'))
			continue; /* "PML-N", "JD(S)" */
		if (!(c & UNI_UPPER) && !(n > 0 && c & UNI_DIGIT))
			return 0;
		hash = name_acronym_add(hash, name_fold(cp));
		n++;
	}
	return n >= NAME_ACRONYM_MIN && n <= NAME_ACRONYM_MAX ? hash : 0;
}

/* From the set of letters used up to now (bit k: the first k), the set after one more word. */
static uint32_t
letters_after(uint32_t reached, const uint32_t *letter, size_t n, const struct name_word *w)
{
	uint32_t in[NAME_WORD_LETTERS], after = w->shape & NAME_UPPER ? 0 : reached;
	size_t m;

	letters_of(w->text, in, NAME_WORD_LETTERS, &m);
	for (size_t k = 0; k < n; k++) {
		size_t used = k;

		if (!(reached & 1U << k) || m == 0 || in[0] != letter[k])
			continue;
		for (size_t i = 0; i < m && used < n; i++)
			if (in[i] == letter[used])
				after |= 1U << ++used;
	}
	return after;
}

bool
name_letters_fit(struct span s, const struct name_word *word, size_t n)
{
	uint32_t letter[NAME_ACRONYM_MAX + 1], reached = 1;
	size_t k;

	letters_of(s, letter, NAME_ACRONYM_MAX + 1, &k);
	if (k < NAME_ACRONYM_MIN || k > NAME_ACRONYM_MAX)
		return false;
	for (size_t i = 0; i < n && reached != 0; i++)
		reached = letters_after(reached, letter, k, &word[i]);
	return (reached & 1U << k) != 0;
}
