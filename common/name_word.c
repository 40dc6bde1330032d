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

enum { BASE_LATIN = 0xC0, BASE_MORE = 0x1E00, SLIP_MIN = 5 };

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

static bool
is_mark(uint32_t cp)
{
	return cp == '"' || (cp >= 0x2018 && cp <= 0x201F) || cp == '\'' || cp == 0xAB ||
	       cp == 0xBB;
}

static bool
is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019;
}

static bool
is_hyphen(uint32_t cp)
{
	return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == '/';
}

/* What names are cut at, quotation marks and full stops aside. */
static bool
is_gap(uint32_t cp)
{
	return is_hyphen(cp) || cp == ',' || cp == '(' || cp == ')' || cp == '&' ||
	       (uni_class(cp) & UNI_SPACE) != 0;
}

/* The letters of s as they are compared, up to max; *n receives how many. */
static void
letters_of(struct span s, uint32_t *out, size_t max, size_t *n)
{
	size_t len;

	*n = 0;
	for (size_t i = 0; i < s.n && *n < max; i += len) {
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len);

		if ((uni_class(cp) & UNI_MARK) == 0 && !is_mark(cp) && !is_gap(cp) && cp != '.')
			out[(*n)++] = name_fold(cp);
	}
}

static uint32_t
hash_add(uint32_t hash, uint32_t cp)
{
	hash = (hash ^ cp) * 0x9E3779B1U; /* 2^32 / golden ratio */
	return hash ^ hash >> 15;
}

uint32_t
name_hash(struct span s)
{
	uint32_t hash = 0x243F6A88U; /* of pi */
	size_t len;

	for (size_t i = 0; i < s.n; i += len) {
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len);

		if ((uni_class(cp) & UNI_MARK) == 0 && !is_mark(cp) && !is_gap(cp) && cp != '.')
			hash = hash_add(hash, name_fold(cp));
	}
	return hash;
}

uint32_t
name_beginning(struct span s)
{
	uint32_t cp[3];
	size_t n;

	letters_of(s, cp, 3, &n);
	return n < 3 ? 0 : hash_add(hash_add(hash_add(1, cp[0]), cp[1]), cp[2]);
}

/* ---- cutting ---- */

/* The bytes of letters with full stops between them at s: "U.S.", "J.R.R"; 0: none. */
static size_t
dotted(struct span s)
{
	size_t at = 0, len, letters = 0;

	while (at < s.n && uni_class(utf8_next(span_cut(s, at, s.n), &len)) & UNI_LETTER) {
		if (at + len >= s.n || s.p[at + len] != '.') {
			uint32_t next = at + len < s.n
					    ? utf8_next(span_cut(s, at + len, s.n), &(size_t){ 0 })
					    : ' ';

			if (is_gap(next) && letters > 0)
				return at + len;
			break;
		}
		at += len + 1;
		letters++;
	}
	return letters > 1 && (at == s.n || !(uni_class((unsigned char)s.p[at]) & UNI_LETTER)) ? at
											       : 0;
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
	return s.n > 3 && ascii_upper((unsigned char)s.p[0]) &&
	       ascii_upper((unsigned char)s.p[1]) && s.p[2] == ' ' &&
	       !is_vowel(uni_fold((unsigned char)s.p[0])) &&
	       !is_vowel(uni_fold((unsigned char)s.p[1]));
}

static size_t
word_end(struct span s, size_t from)
{
	size_t i = from, len;

	for (; i < s.n; i += len) {
		uint32_t cp = utf8_next(span_cut(s, i, s.n), &len), next;

		if (cp == '.' || is_gap(cp))
			break;
		if (!is_mark(cp))
			continue;
		next = i + len < s.n ? utf8_next(span_cut(s, i + len, s.n), &(size_t){ 0 }) : ' ';
		if (!is_apostrophe(cp) || !(uni_class(next) & UNI_LETTER))
			break;
	}
	return i;
}

static uint8_t
shape_of(struct span s)
{
	size_t len, n = 0;
	unsigned shape = 0, all = 0;

	for (size_t i = 0; i < s.n; i += len, n++) {
		unsigned c = uni_class(utf8_next(span_cut(s, i, s.n), &len));

		all |= c;
		if (i == 0 && (c & (UNI_UPPER | UNI_DIGIT)))
			shape |= NAME_UPPER;
	}
	if ((all & UNI_UPPER) && !(all & UNI_LOWER))
		shape |= NAME_CAPS;
	return (uint8_t)(n == 1 && (all & UNI_LETTER) ? shape | NAME_INITIAL : shape);
}

/* Past what is between words; NAME_QUOTED or NAME_GLUED by the last of it. */
static unsigned
skip_gap(struct span s, size_t *at)
{
	unsigned shape = 0;
	size_t len;

	for (; *at < s.n; *at += len) {
		uint32_t cp = utf8_next(span_cut(s, *at, s.n), &len);

		if (!is_gap(cp) && !is_mark(cp) && cp != '.')
			break;
		shape = is_mark(cp) ? NAME_QUOTED : is_hyphen(cp) ? NAME_GLUED : 0;
	}
	return shape;
}

bool
name_word_next(struct span s, size_t *at, bool person, struct name_word *w)
{
	unsigned gap = skip_gap(s, at);
	size_t from = *at, n;

	if (from >= s.n)
		return false;
	n = person ? 0 : dotted(span_cut(s, from, s.n));
	if (n > 0)
		*at = from + n;
	else if (person && from < 2 && joined_initials(span_cut(s, 0, s.n)))
		*at = from + 1;
	else
		*at = word_end(s, from);
	w->text = span_cut(s, from, *at);
	w->hash = name_hash(w->text);
	w->first = name_fold(utf8_next(w->text, &n));
	n = utf8_count(w->text);
	w->letters = (uint8_t)(n > UINT8_MAX ? UINT8_MAX : n);
	w->shape = (uint8_t)(shape_of(w->text) | gap);
	if (person && n == 2 && *at < s.n && s.p[*at] == '.' && *at + 1 < s.n)
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
