/* mentions.c - capitals, titles and first names -> mentions -> entities. */
#include "quote/mentions.h"

#include "ascii.h"
#include "uniclass.h"

enum {
	RUN_MAX = 8,      /* words of one name */
	PARTICLE_MAX = 5, /* bytes of "della" */
	INITIAL_MAX = 2,  /* bytes before a full stop inside a name: "F.", "Jr." */
	HEADLINE_TOKENS = 32,
	NICK_TOKENS = 7,  /* marks included */
	FAMILY_MAX = 256, /* names looked back for one of the same family */
};

/* Small words inside names of persons. */
static const char particle[][PARTICLE_MAX + 1] = { "de", "del", "della", "den", "der", "di", "do",
	"dos", "da", "du", "van", "von", "vom", "zu", "bin", "ibn", "bint", "al", "el", "la", "le",
	"ten", "ter", "st", "af", "av", "ap", "ab", "wa", "ould", "dei", "dal", "dalla", "las",
	"los", "y", "e" };

/* Of these the ones that are no English words: they begin a name also where no word of it stands before, "said | de la Torre". */
static const char opening[][PARTICLE_MAX + 1] = { "de", "del", "della", "der", "di", "dos", "da",
	"du", "von", "vom", "zu", "ibn", "bint", "af", "ap" };

/* What is known of a use beside its place. */
struct note {
	uint32_t first, last; /* hashes of its first and last word */
	uint8_t gender;       /* set of enum gender */
	bool doubtful;        /* more than a name may be in it */
	bool one_word;
	bool single; /* one token */
	bool titled; /* the gender is that of a title */
	bool maybe;  /* mention_of.maybe */
};

struct finder {
	struct doc *d;
	const struct word_table *words;
	struct mentions *out;
	VEC(struct name_use) use;
	VEC(struct note) note; /* by use */
};

/* Capitalised words [first, end) that stand together. */
struct run {
	size_t first, end;
	uint32_t words;
	bool inner;                /* a first name behind the first word: "Rival Ann Low" */
	bool named;                /* some word is no title and no noun of people */
	bool small;                /* some word is not all capitals */
	bool titled, person, body; /* a title before it; a first name in front; a word
                                for a body in it */
	uint8_t gender;
};

static const struct token *
tok(const struct finder *f, size_t i)
{
	return &f->d->tokens->at[i];
}

static bool
is_punct(const struct finder *f, size_t i, unsigned char c)
{
	return i < f->d->tokens->n && tok(f, i)->kind == TOKEN_PUNCT && tok(f, i)->first == c;
}

static bool
is_upper(const struct finder *f, size_t i)
{
	return i < f->d->tokens->n && tok(f, i)->kind == TOKEN_WORD &&
	       (tok(f, i)->flags & TOKEN_UPPER) != 0 && (tok(f, i)->flags & TOKEN_POSS) == 0;
}

static bool
in_list(const struct finder *f, size_t i, const char (*list)[PARTICLE_MAX + 1], size_t n)
{
	char word[PARTICLE_MAX + 1] = "";
	struct span w;

	if (i >= f->d->tokens->n || tok(f, i)->kind != TOKEN_WORD ||
	    tok(f, i)->len > PARTICLE_MAX || (tok(f, i)->flags & TOKEN_UPPER) != 0)
		return false;
	w = token_span(f->d->text, tok(f, i));
	memcpy(word, w.p, w.n);
	for (size_t k = 0; k < n; k++)
		if (word[0] == list[k][0] && memcmp(word, list[k], sizeof(word)) == 0)
			return true;
	return false;
}

/* A particle, and behind it a name, perhaps behind a hyphen ("al-Anazi") or another particle ("de la Torre"). */
static bool
is_particle(const struct finder *f, size_t i)
{
	const size_t n = sizeof(particle) / sizeof(*particle);

	if (i >= f->d->tokens->n || tok(f, i)->len > PARTICLE_MAX ||
	    (!is_upper(f, i + 1) && !is_upper(f, i + 2)))
		return false;
	if (!is_upper(f, i + 1) && !is_punct(f, i + 1, '-') && !in_list(f, i + 1, particle, n))
		return false;
	return in_list(f, i, particle, n);
}

static bool
is_word(const struct finder *f, size_t i, struct span w)
{
	return i < f->d->tokens->n && span_eq(token_span(f->d->text, tok(f, i)), w);
}

/* A double quotation mark. */
static bool
is_mark(const struct finder *f, size_t i)
{
	return i < f->d->tokens->n && tok(f, i)->kind == TOKEN_PUNCT &&
	       (is_punct(f, i, '"') || is_word(f, i, SPAN("\xE2\x80\x9C")) ||
		   is_word(f, i, SPAN("\xE2\x80\x9D")));
}

/* A full stop inside a name: behind an initial or a short title. */
static bool
inner_stop(const struct finder *f, size_t i)
{
	return is_punct(f, i, '.') && (tok(f, i)->flags & TOKEN_SPACE) == 0 &&
	       tok(f, i - 1)->len <= INITIAL_MAX &&
	       (is_upper(f, i + 1) && (tok(f, i + 1)->flags & TOKEN_PARA) == 0);
}

/* Joins of a body's name: "Department | of | Finance". */
static bool
inner_of(const struct finder *f, const struct run *r, size_t i)
{
	if (!r->body || r->person || i + 2 >= f->d->tokens->n || tok(f, i)->kind != TOKEN_WORD)
		return false;
	if (!is_word(f, i, SPAN("of")) && !is_word(f, i, SPAN("for")))
		return false;
	return is_upper(f, i + 1) || (is_word(f, i + 1, SPAN("the")) && is_upper(f, i + 2));
}

/* A mark that a nickname may stand in: a double one, or a single one before a word. */
static bool
is_nick_mark(const struct finder *f, size_t i)
{
	return is_mark(f, i) || is_punct(f, i, '\'') || is_word(f, i, SPAN("\xE2\x80\x98")) ||
	       is_word(f, i, SPAN("\xE2\x80\x99"));
}

/* Tokens of a nickname inside a name, 'Eddie | "the Shark" | Low', 0 if none begins at i. */
static size_t
nickname(const struct finder *f, size_t i)
{
	size_t n = f->d->tokens->n;

	if ((tok(f, i)->flags & TOKEN_SPACE) == 0 || !is_nick_mark(f, i))
		return 0;
	for (size_t k = i + 1; k < i + NICK_TOKENS && k + 1 < n; k++) {
		if (is_nick_mark(f, k) && (tok(f, k)->flags & TOKEN_SPACE) == 0)
			return k > i + 1 && is_upper(f, k + 1) ? k - i + 1 : 0;
		if (tok(f, k)->kind != TOKEN_WORD && !is_punct(f, k, '-'))
			break;
	}
	return 0;
}

/* The "the" of "Council of the North". */
static bool
is_the_of(const struct finder *f, const struct run *r, size_t i)
{
	return i > 0 && is_word(f, i, SPAN("the")) && inner_of(f, r, i - 1);
}

static bool
inner_hyphen(const struct finder *f, size_t i)
{
	return is_punct(f, i, '-') && (tok(f, i)->flags & TOKEN_SPACE) == 0 &&
	       i + 1 < f->d->tokens->n && (tok(f, i + 1)->flags & TOKEN_SPACE) == 0 &&
	       tok(f, i + 1)->kind == TOKEN_WORD;
}

/* A word that is never part of a name where it has a capital only because a sentence begins. */
static bool
never_name(uint32_t cls)
{
	return (cls & W_TIME) != 0 ||
	       ((cls & (W_DET | W_POSS | W_PREP | W_AND | W_BUT | W_THAT | W_SUB | W_REL | W_WH |
			   W_PRON | W_OBJ | W_INDEF | W_AUX | W_AUXED | W_ADV | W_NEG)) != 0 &&
		   (cls & W_FIRST) == 0);
}

static uint8_t
gender_of(uint32_t cls)
{
	return (uint8_t)((cls & W_MALE ? GENDER_MALE : 0) | (cls & W_FEMALE ? GENDER_FEMALE : 0));
}

/* One more word of the run. False: the run must start anew behind it. */
static bool
take_word(const struct finder *f, struct run *r, size_t i, uint32_t cls)
{
	bool title = (cls & W_TITLE) != 0 && (cls & W_FIRST) == 0;

	if (title && (cls & W_NOMINAL) == 0 && r->words > 0)
		return false;
	if (r->words == 0)
		r->first = i;
	if (r->words == 0 && (cls & W_FIRST) != 0 && r->gender == 0)
		r->gender = gender_of(cls);
	r->inner |= r->words > 0 && (cls & W_FIRST) != 0;
	r->person |= r->words == 0 && (cls & W_FIRST) != 0;
	r->body |= (cls & (W_GROUP | W_DOC)) != 0 && !inner_hyphen(f, i + 1); /* "Co-author" */
	r->named |= (cls & (W_TITLE | W_NOMINAL)) == 0 || (cls & W_FIRST) != 0;
	r->small |= (f->d->tokens->at[i].flags & TOKEN_CAPS) == 0;
	r->words++;
	r->end = i + 1;
	return true;
}

/* Start the run anew behind a title. */
static void
take_title(struct run *r, uint32_t cls)
{
	uint8_t g = gender_of(cls);

	*r = (struct run){ .titled = true, .gender = g != 0 ? g : (r->titled ? r->gender : 0) };
}

/* Is the word at i a title before a name? */
static bool
title_here(const struct finder *f, size_t i, uint32_t cls)
{
	if ((cls & W_TITLE) == 0 &&
	    ((cls & W_NOMINAL) == 0 || (cls & (W_GROUP | W_DOC | W_PLURAL)) != 0))
		return false;
	if (i > 0 && tok(f, i - 1)->kind == TOKEN_NUMBER &&
	    (tok(f, i)->flags & TOKEN_CAPS) != 0) /* "9 PM" */
		return false;
	i += is_punct(f, i + 1, '.');
	return is_upper(f, i + 1) || is_particle(f, i + 1);
}

/* The possessive inside the name of a body: "Farmers | ’ | Union", "People | ’s | Council". */
static bool
inner_possessive(const struct finder *f, const struct run *r, size_t i)
{
	bool plural = tok(f, i)->kind == TOKEN_PUNCT && (tok(f, i)->flags & TOKEN_SPACE) == 0 &&
		      (is_punct(f, i, '\'') || is_word(f, i, SPAN("\xE2\x80\x99")));

	if (r->person || r->titled || (!plural && (tok(f, i)->flags & TOKEN_POSS) == 0))
		return false;
	return is_upper(f, i + 1) && (words_of(f->words, tok(f, i + 1)) & W_GROUP) != 0;
}

/* Tokens at i that join the words of a name without being one; 0: none do. */
static size_t
joint(const struct finder *f, struct run *r, size_t i)
{
	size_t nick;

	if ((tok(f, i)->kind == TOKEN_PUNCT || (tok(f, i)->flags & TOKEN_POSS) != 0) &&
	    inner_possessive(f, r, i))
		return 1;
	if (tok(f, i)->kind == TOKEN_WORD)
		return (tok(f, i)->flags & TOKEN_UPPER) == 0 &&
		       (inner_of(f, r, i) || is_the_of(f, r, i) || is_particle(f, i));
	if (tok(f, i)->kind != TOKEN_PUNCT)
		return 0;
	nick = nickname(f, i);
	if (nick > 0)
		return nick;
	if (inner_hyphen(f, i) && !is_upper(f, i + 1)) {
		r->end = i + 2; /* "Chun-hee" */
		return 2;
	}
	if (is_punct(f, i, '&'))
		return is_upper(f, i + 1);
	return inner_stop(f, i) || inner_hyphen(f, i);
}

/* "President-elect | Ann Low", "Maj-Gen | Ann Low" */
static bool
is_hyphened_title(const struct finder *f, size_t i)
{
	return is_upper(f, i + 3) && inner_hyphen(f, i + 1) &&
	       (!is_upper(f, i + 2) || (words_of(f->words, tok(f, i + 2)) & W_TITLE) != 0);
}

/* One letter and a full stop before a name. */
static bool
is_initial(const struct finder *f, size_t i)
{
	return tok(f, i)->len == 1 && is_punct(f, i + 1, '.') &&
	       (tok(f, i + 1)->flags & TOKEN_SPACE) == 0 && is_upper(f, i + 2) &&
	       (tok(f, i + 2)->flags & TOKEN_PARA) == 0;
}

/* The capitalised word at *i, which is moved behind it. False: it ends the run. */
static bool
read_word(const struct finder *f, struct run *r, size_t *i)
{
	uint32_t cls = words_of(f->words, tok(f, *i));

	if ((cls & (W_REL | W_OBJ | W_PRON)) != 0 && *i > 0 &&
	    words_letters(tok(f, *i), *i + 1 < f->d->tokens->n))
		cls = 0; /* "WHO" */
	if (is_initial(f, *i) ||
	    (r->words == 1 && r->person && never_name(cls) && (cls & (W_TIME | W_MODAL)) != W_TIME))
		cls = 0; /* "A. Nambiar", "Craig May", "Rebecca To" */
	if ((cls & W_FIRST) != 0 && r->body && !r->named && is_upper(f, *i + 1))
		take_title(r, 0); /* "Police | Ann Low" */
	if ((cls & W_TITLE) != 0 && is_hyphened_title(f, *i)) {
		take_title(r, cls);
		*i += 2;
	} else if (title_here(f, *i, cls) && ((cls & W_FIRST) == 0 || r->words > 0)) {
		take_title(r, cls);
		*i += is_punct(f, *i + 1, '.');
	} else if (never_name(cls) || !take_word(f, r, *i, cls)) {
		if (r->words > 0)
			return false;
		r->first = *i + 1;
	}
	(*i)++;
	return true;
}

/* Does token i begin a paragraph or what may be one? */
static bool
breaks_run(const struct finder *f, size_t i)
{
	return (tok(f, i)->flags & (f->d->line_paras ? TOKEN_PARA | TOKEN_LINE : TOKEN_PARA)) != 0;
}

/* The run that begins at token i; its end is where the search goes on. */
static size_t
read_run(const struct finder *f, size_t i, struct run *r)
{
	size_t n = f->d->tokens->n, from = i;

	*r = (struct run){ .first = i };
	while (i < n && i - from < 2 * RUN_MAX && (i == from || !breaks_run(f, i))) {
		size_t skip = r->words > 0 ? joint(f, r, i) : 0;

		if (r->titled && r->words == 0 && is_particle(f, i) && i > from) {
			i++; /* "Mr | van der Velde": take_particles() */
			continue;
		}

		if (skip > 0)
			i += skip;
		else if (!is_upper(f, i) || !read_word(f, r, &i))
			break;
	}
	return i > from ? i : from + 1;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* First and last word of a use whose tokens are not at hand. */
static struct note
note_words(struct span s)
{
	struct note note = { 0 };
	size_t to = 0, from = s.n;

	while (to < s.n && !is_blank(s.p[to]))
		to++;
	while (from > 0 && !is_blank(s.p[from - 1]))
		from--;
	note.first = uni_hash(span_cut(s, 0, to));
	note.last = from == 0 ? note.first : uni_hash(span_cut(s, from, s.n));
	note.one_word = from == 0;
	return note;
}

/* The same of a run. A word is mostly one token, whose hash is known. */
static struct note
note_tokens(const struct finder *f, const struct run *r)
{
	const struct token *first = tok(f, r->first), *last = tok(f, r->end - 1);
	const struct token *second = first < last ? first + 1 : last;

	if (first == last)
		return (struct note){
			.first = first->hash, .last = first->hash, .one_word = true, .single = true
		};
	if ((second->flags & last->flags & TOKEN_SPACE) == 0)
		return note_words(span_cut(f->d->text, first->start, last->start + last->len));
	return (struct note){ .first = first->hash, .last = last->hash };
}

/* Append a use; its gender is that of its first word until more is known. */
static struct note *
add_span(struct finder *f, struct name_use u, struct note note)
{
	if (u.kind == NAME_PERSON) {
		struct token first = { .hash = note.first };
		uint32_t cls = words_of(f->words, &first);

		note.gender = cls & W_FIRST ? gender_of(cls) : 0;
	}
	VEC_PUSH(f->d->arena, &f->use, u);
	VEC_PUSH(f->d->arena, &f->note, note);
	return &f->note.at[f->note.n - 1];
}

/* "the Prime Minister", "the Acting Foreign Secretary" */
static bool
office(const struct finder *f, const struct run *r)
{
	uint32_t last = words_of(f->words, tok(f, r->end - 1)),
		 before = words_of(f->words, tok(f, r->first - 1));

	return !r->inner && !r->person && !r->body && (before & W_DET) != 0 &&
	       (last & W_TITLE) != 0 && (last & (W_FIRST | W_GROUP)) == 0;
}

/* "Officials", "the Minister": one word that is a noun or title of people. */
static bool
common_noun(const struct finder *f, const struct run *r)
{
	uint32_t cls;

	if (!r->small && r->words > 2)
		return true; /* part of a headline in capitals */
	if (!r->named && r->words > 1)
		return !r->body; /* "the Sector Commander" */
	if (r->words > 1 && r->first > 0 && office(f, r))
		return true;
	if (r->words != 1)
		return false;
	cls = words_of(f->words, tok(f, r->first));
	if (r->titled)
		return (cls & W_TITLE) != 0 && (cls & W_FIRST) == 0; /* "the Chief Minister" */
	return (cls & (W_NOMINAL | W_TITLE)) != 0 && (cls & W_FIRST) == 0 && (cls & W_GROUP) == 0;
}

static uint32_t
class_at(const struct finder *f, size_t i)
{
	return i < f->d->tokens->n && tok(f, i)->kind == TOKEN_WORD ? words_of(f->words, tok(f, i))
								    : 0;
}

/* "spokesman | Aziz Nur", "engineer | Okello" */
static bool
behind_noun(const struct finder *f, const struct run *r)
{
	uint32_t before =
	    r->first > 0 && !is_upper(f, r->first - 1) ? class_at(f, r->first - 1) : 0;

	return (before & W_NOMINAL) != 0 &&
	       (before & (W_GROUP | W_DOC | (r->words == 1 ? W_PLURAL : 0U))) == 0;
}

/* Two to four words that no table has as a name, but that the text treats as a person: "Aziz Nur, 43,", "Aziz Nur, a
 * farmer", "Aziz Nur, who", "Aziz Nur said". */
static bool
treated_as_person(const struct finder *f, const struct run *r)
{
	size_t n = f->d->tokens->n, i = r->end;
	uint32_t before = r->first > 0 ? class_at(f, r->first - 1) : 0;

	if (r->words > 4 || r->body || (before & (W_DET | W_PREP)) != 0)
		return false;
	if (behind_noun(f, r))
		return true;
	if (r->words < 2)
		return false;
	if (r->first > 0 &&
	    (is_word(f, r->first - 1, SPAN("said")) || is_word(f, r->first - 1, SPAN("says"))))
		return true;
	if (i < n && tok(f, i)->kind == TOKEN_PUNCT && r->first > 1 &&
	    is_punct(f, r->first - 1, ',')) {
		before = class_at(f, r->first - 2); /* "the minister, Aziz Nur," */
		if ((before & W_NOMINAL) != 0 && (before & (W_GROUP | W_DOC)) == 0)
			return true;
	}
	if (!is_punct(f, i, ','))
		return is_word(f, i, SPAN("said")) || is_word(f, i, SPAN("says"));
	if (i + 2 < n && tok(f, i + 1)->kind == TOKEN_NUMBER && tok(f, i + 1)->len == 2)
		return true;
	if (is_word(f, i + 1, SPAN("who")) || is_word(f, i + 1, SPAN("whose")))
		return true;
	if (!is_word(f, i + 1, SPAN("a")) && !is_word(f, i + 1, SPAN("an")) &&
	    !is_word(f, i + 1, SPAN("the")))
		return false;
	for (size_t k = i + 2; k < n && k < i + 8 && tok(f, k)->kind == TOKEN_WORD; k++)
		if ((class_at(f, k) & W_NOMINAL) != 0)
			return (class_at(f, k) & (W_GROUP | W_DOC)) == 0;
	return false;
}

/* Does a place or a body rather than a person begin with the word? "South Korea", "Real Madrid" */
static bool
begins_place(const struct finder *f, const struct name_use *u)
{
	static const char word[][12] = { "New ", "North ", "South ", "East ", "West ", "Real ",
		"San ", "Saint ", "Great ", "United ", "Central ", "Northern ", "Southern ",
		"Eastern ", "Western ", "Upper ", "Lower ", "Royal ", "National ", "Old ",
		"Greater " };
	struct span s = span_cut(f->d->text, u->start, u->end);

	for (size_t i = 0; i < sizeof(word) / sizeof(*word); i++)
		if (s.p[0] == word[i][0] && span_starts(s, span_c(word[i])))
			return true;
	return false;
}

static void
add_use(struct finder *f, const struct run *r)
{
	const struct token *first = tok(f, r->first), *last = tok(f, r->end - 1);
	bool person = (r->titled && !r->body) || (r->person && r->words > 1 && !r->body) ||
		      treated_as_person(f, r);
	struct note *note;
	struct name_use u = { .start = first->start, .end = last->start + last->len };

	u.kind = person ? NAME_PERSON : NAME_ORG;
	note = add_span(f, u, note_tokens(f, r));
	/* a sentence begins with a capital of its own: "See Novak" */
	note->doubtful = r->body || (r->inner && !r->person) || r->first == 0 ||
			 tok(f, r->first - 1)->kind == TOKEN_PUNCT ||
			 (first->flags & (TOKEN_PARA | TOKEN_LINE)) != 0;
	note->maybe =
	    !r->body && r->small && r->words <= 4 && (r->words == 1 || !begins_place(f, &u));
	note->titled = r->titled;
	if (r->gender != 0)
		note->gender = r->gender;
}

/* The end of the paragraph that begins at token i if it is a headline in capitals, where names run into verbs; else i. */
static size_t
headline(const struct finder *f, size_t i)
{
	const size_t lower_max =
	    HEADLINE_TOKENS / 10; /* more, and no count of words can make it up */
	size_t from = i, upper = 0, words = 0;

	for (; i < f->d->tokens->n && i - from < HEADLINE_TOKENS; i++) {
		if (i > from && doc_para(f->d, i))
			break;
		if (tok(f, i)->kind == TOKEN_WORD && tok(f, i)->len > 3) {
			words++;
			upper += (tok(f, i)->flags & TOKEN_UPPER) != 0;
			if (words - upper > lower_max)
				return from;
		}
	}
	return i - from < HEADLINE_TOKENS && words > 3 && upper * 10 >= words * 9 ? i : from;
}

/* Let the run begin with the particles before it: "said | de la Torre", "Mr | van der Velde", "said | al-Otaibi". */
static void
take_particles(const struct finder *f, struct run *r)
{
	const size_t n = sizeof(particle) / sizeof(*particle);
	size_t from = r->first;
	uint32_t cls;

	if (r->words == 0 || r->titled || from < 2)
		return;
	if (is_punct(f, from - 1, '-') && (tok(f, from)->flags & TOKEN_SPACE) == 0 &&
	    (tok(f, from - 1)->flags & TOKEN_SPACE) == 0 && tok(f, from - 2)->len == 2 &&
	    (tok(f, from - 2)->flags & TOKEN_UPPER) == 0)
		from -= 2; /* al-, el-, ad-, ... */
	else if (in_list(f, from - 1, opening, sizeof(opening) / sizeof(*opening)))
		from--;
	if (from == r->first)
		return;
	while (from > 1 && in_list(f, from - 1, particle, n))
		from--;
	r->first = from;
	from -= from > 1 && is_punct(f, from - 1, '.');
	cls = from > 0 && is_upper(f, from - 1) ? class_at(f, from - 1) : 0;
	if (cls & W_TITLE) {
		r->titled = true;
		r->gender = gender_of(cls);
	}
}

/* "QC", "MP" behind a name are none of its words. */
static void
drop_letters(const struct finder *f, struct run *r)
{
	const struct token *last = tok(f, r->end - 1);

	if (r->words > 2 && r->small && last->len <= 3 && (last->flags & TOKEN_CAPS) != 0 &&
	    (words_of(f->words, last) & W_TITLE) != 0) {
		r->end--;
		r->words--;
	}
}

static void
find_uses(struct finder *f)
{
	const struct token *t = f->d->tokens->at;
	unsigned stop = TOKEN_UPPER | TOKEN_PARA | (f->d->line_paras ? TOKEN_LINE : 0);
	struct run r;

	for (size_t i = 0; i < f->d->tokens->n;) {
		size_t end;

		if ((t[i].flags & stop) == 0) { /* most tokens */
			i++;
			continue;
		}
		if (doc_para(f->d, i) && (end = headline(f, i)) > i) {
			i = end;
			continue;
		}
		if (!is_upper(f, i)) {
			i++;
			continue;
		}
		i = read_run(f, i, &r);
		take_particles(f, &r);
		if (r.words > 2)
			drop_letters(f, &r);
		if (r.words > 0 && r.words <= RUN_MAX && !common_noun(f, &r))
			add_use(f, &r);
	}
}

/* A set of hashes: open addressing, 0 is free. */
struct set {
	uint32_t *at;
	size_t mask;
};

static void
set_add(struct set *s, uint32_t h)
{
	size_t i = h & s->mask;

	while (s->at[i] != 0 && s->at[i] != h)
		i = (i + 1) & s->mask;
	s->at[i] = h;
}

static bool
set_has(const struct set *s, uint32_t h)
{
	size_t i = h & s->mask;

	while (s->at[i] != 0 && s->at[i] != h)
		i = (i + 1) & s->mask;
	return s->at[i] == h && h != 0;
}

/* Is what begins in small letters a surname: "de la Torre"? */
static bool
particle_first(const struct finder *f, const struct name_use *u)
{
	return ascii_lower((unsigned char)f->d->text.p[u->start]);
}

/* Names of which the last word is elsewhere one behind a title or noun of people, or another person's: "Dr Parata-Hale". */
static void
titled_persons(struct finder *f, struct set *s)
{
	for (size_t i = 0; i < f->use.n; i++)
		if (f->note.at[i].one_word && f->use.at[i].kind == NAME_PERSON)
			set_add(s, f->note.at[i].last);
	for (size_t i = 0; i < f->use.n;
	     i++) /* those that have a full name are no longer looked for */
		if (!f->note.at[i].one_word && f->use.at[i].kind == NAME_PERSON)
			set_add(s, ~f->note.at[i].last);
	for (size_t i = 0; i < f->use.n; i++) {
		const struct note *x = &f->note.at[i];

		if (f->use.at[i].kind != NAME_PERSON && x->maybe && !x->one_word &&
		    set_has(s, x->last) && !set_has(s, ~x->last))
			f->use.at[i].kind = NAME_PERSON;
	}
}

/* Two words or more, of which the last also stands alone in the document, are a person: "Alma Novak", "Novak". */
static void
surname_persons(struct finder *f, struct set *s)
{
	for (size_t i = 0; i < f->use.n; i++)
		if (f->note.at[i].one_word)
			set_add(s, f->note.at[i].last);
	for (size_t i = 0; i < f->use.n; i++) {
		struct name_use *u = &f->use.at[i];
		const struct note *x = &f->note.at[i];

		if (u->kind != NAME_PERSON && !x->doubtful && !x->one_word && set_has(s, x->last) &&
		    !set_has(s, x->first) && !begins_place(f, u))
			u->kind = NAME_PERSON;
	}
}

/* A single word that is the first or last word of a person is that person. */
static void
spread_persons(struct finder *f)
{
	struct set s = { .mask = 15 };

	while (s.mask < f->use.n * 6)
		s.mask = s.mask * 2 + 1;
	s.at = ARENA_NEW(f->d->arena, uint32_t, s.mask + 1);
	titled_persons(f, &s);
	memset(s.at, 0, (s.mask + 1) * sizeof(*s.at));
	surname_persons(f, &s);
	memset(s.at, 0, (s.mask + 1) * sizeof(*s.at));
	for (size_t i = 0; i < f->use.n; i++) {
		if (f->use.at[i].kind != NAME_PERSON)
			continue;
		set_add(&s, f->note.at[i].last);
		set_add(&s, f->note.at[i].first);
	}
	for (size_t i = 0; i < f->use.n; i++)
		if (f->use.at[i].kind != NAME_PERSON && set_has(&s, f->note.at[i].last) &&
		    (f->note.at[i].one_word || particle_first(f, &f->use.at[i])))
			f->use.at[i].kind = NAME_PERSON;
}

/* "Ms. Khan" where the linker has taken the one named last, whose gender is another or unknown: the latest full name with
 * this last word that a woman is known to have. Returns its use, or i. */
static size_t
by_gender(const struct finder *f, size_t i)
{
	const struct note *x = &f->note.at[i];
	uint8_t known = f->note.at[f->use.at[i].same].gender;

	if (!x->one_word || !x->titled || f->use.at[i].kind != NAME_PERSON || known == x->gender ||
	    (x->gender != GENDER_MALE && x->gender != GENDER_FEMALE))
		return i;
	for (size_t k = i, look = 0; k-- > 0 && look < FAMILY_MAX; look++) {
		const struct note *n = &f->note.at[f->use.at[k].same];

		if (!n->one_word && n->last == x->last && n->gender == x->gender)
			return k;
	}
	return i;
}

/* Uses, linked, -> mentions; a gender known of one mention holds for all of the entity. */
static void
publish(struct finder *f)
{
	for (size_t i = 0; i < f->use.n; i++) {
		struct name_use *u = &f->use.at[i];
		const struct name_use *like = &f->use.at[by_gender(f, i)];

		u->same = like->same;
		u->name = like->name;
		f->note.at[u->same].gender |= f->note.at[i].gender;
	}
	f->out->cap = f->use.n;
	f->out->at = arena_raw(f->d->arena, f->use.n, sizeof(*f->out->at));
	for (size_t i = 0; i < f->use.n; i++) {
		const struct name_use *u = &f->use.at[i];
		struct mention_of m = {
			.start = u->start, .end = u->end, .entity = u->same, .name = u->name
		};

		m.person = u->kind == NAME_PERSON;
		m.maybe = !m.person && f->note.at[i].maybe;
		m.gender = f->note.at[u->same].gender;
		f->out->at[f->out->n++] = m;
	}
}

/* The record's entities as uses. */
static void
from_ents(struct finder *f)
{
	const struct ents *e = &f->d->record->ents;
	uint32_t end = 0;

	for (size_t i = 0; i < e->n; i++) {
		const struct ent *x = &e->at[i];

		if (x->start < end || x->start >= x->end)
			continue;
		end = x->end;
		add_span(f,
		    (struct name_use){
			.start = x->start, .end = x->end, .kind = (uint8_t)names_kind(x->label) },
		    note_words(span_cut(f->d->text, x->start, x->end)));
	}
}

/* The names that the record's entities have stand over those of the linker. */
static void
names_from_ents(struct finder *f)
{
	const struct ents *e = &f->d->record->ents;
	size_t k = 0;

	for (size_t i = 0; i < e->n; i++) {
		while (k < f->out->n && f->out->at[k].start < e->at[i].start)
			k++;
		if (k < f->out->n && f->out->at[k].start == e->at[i].start &&
		    e->at[i].name.p != NULL)
			f->out->at[k].name = e->at[i].name;
	}
}

/* The words of speakers; false where "it" speaks, who may be any body. */
static bool
speakers_words(const struct doc *d, const struct reports *reports, struct set *s)
{
	for (size_t k = 0; k < reports->n; k++) {
		struct extent e = reports->at[k].speaker;

		if (extent_some(e) && (node_is(d, e.first, "it") || node_is(d, e.first, "It")))
			return false;
		for (uint32_t i = e.first; i < e.end; i++)
			if ((d->nodes.at[i].shape & SHAPE_UPPER) != 0)
				set_add(s, d->tokens->at[d->nodes.at[i].tok].hash);
	}
	return true;
}

static size_t
speakers_nodes(const struct reports *reports)
{
	size_t n = 0;

	for (size_t k = 0; k < reports->n; k++)
		n += reports->at[k].speaker.end - reports->at[k].speaker.first;
	return n;
}

/* Link the n uses of some, whose same is the index of each in f->use. */
static void
link_some(struct finder *f, const struct names *names, struct name_use *some, size_t n)
{
	uint32_t *of = arena_raw(f->d->arena, n, sizeof(*of));

	for (size_t k = 0; k < n; k++)
		of[k] = some[k].same;
	names_link(names, f->d->text, some, n, f->d->arena);
	for (size_t k = 0; k < n; k++) {
		f->use.at[of[k]].same = of[some[k].same];
		f->use.at[of[k]].name = some[k].name;
	}
}

/* Link the names; of those of one word that are no person's only the ones that speak: the linker costs more than all the
 * rest, and half of all mentions are places and the like in one word. */
static void
link_uses(struct finder *f, const struct mention_rules *rules)
{
	const struct doc *d = f->d;
	struct set s = { .mask = 15 };
	struct name_use *some;
	size_t n = 0;

	while (rules->reports != NULL && s.mask < speakers_nodes(rules->reports) * 2)
		s.mask = s.mask * 2 + 1;
	s.at = ARENA_NEW(d->arena, uint32_t, s.mask + 1);
	if (rules->reports == NULL || !speakers_words(d, rules->reports, &s)) {
		names_link(rules->names, d->text, f->use.at, f->use.n, d->arena);
		return;
	}
	some = arena_raw(d->arena, f->use.n, sizeof(*some));
	for (uint32_t i = 0; i < f->use.n; i++) {
		struct name_use *u = &f->use.at[i];

		u->same = i;
		u->name = span_cut(d->text, u->start, u->end);
		if (u->kind == NAME_PERSON || !f->note.at[i].single ||
		    set_has(&s, f->note.at[i].last)) {
			some[n] = *u;
			some[n++].same = i;
		}
	}
	link_some(f, rules->names, some, n);
}

void
mentions_find(struct doc *d, const struct mention_rules *rules, struct mentions *out)
{
	struct finder f = { .d = d, .words = rules->words, .out = out };
	bool given = (d->record->have & (1U << LAYER_ENTS)) != 0 && d->record->ents.n > 0;

	if (given) {
		from_ents(&f);
	} else {
		find_uses(&f);
		spread_persons(&f);
	}
	link_uses(&f, rules);
	publish(&f);
	if (given)
		names_from_ents(&f);
}

size_t
mentions_from(const struct mentions *m, uint32_t at)
{
	size_t lo = 0, hi = m->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (m->at[mid].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
