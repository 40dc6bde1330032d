/* pattern.c - rows of patterns.tsv and their matching. */
#include "quote/pattern.h"

extern const struct blob blob_quote_patterns;

enum { COL_ID, COL_ORDER, COL_CLASS, COL_LEFT, COL_RIGHT, COL_TAKE, COL_NEEDS, COL_CONFIDENCE };

static const struct word_bit order_name[] = { { "sv", ORDER_SV }, { "vs", ORDER_VS },
	{ "ing", ORDER_ING }, { "passive", ORDER_PASSIVE }, { "noun", ORDER_NOUN },
	{ "acc", ORDER_ACC }, { "inf", ORDER_INF }, { "uncued", ORDER_UNCUED }, { NULL, 0 } };

static const struct word_bit left_name[] = { { "start", LEFT_START }, { "quote", LEFT_QUOTE },
	{ "soft", LEFT_SOFT }, { "clause", LEFT_CLAUSE }, { "frag", LEFT_FRAG },
	{ "mid", LEFT_MID }, { "rel", LEFT_REL }, { "as", LEFT_AS }, { NULL, 0 } };

static const struct word_bit right_name[] = { { "end", RIGHT_END }, { "quote", RIGHT_QUOTE },
	{ "para", RIGHT_PARA }, { "colon", RIGHT_COLON }, { "that", RIGHT_THAT },
	{ "wh", RIGHT_WH }, { "to", RIGHT_TO }, { "as", RIGHT_AS }, { "clause", RIGHT_CLAUSE },
	{ "loose", RIGHT_LOOSE }, { "bare", RIGHT_BARE }, { "comma", RIGHT_COMMA },
	{ "verb", RIGHT_VERB }, { NULL, 0 } };

static const struct word_bit take_name[] = { { "left", TAKE_LEFT }, { "right", TAKE_RIGHT },
	{ "both", TAKE_LEFT | TAKE_RIGHT }, { "para", TAKE_PARA }, { "object", TAKE_OBJECT },
	{ "clause", TAKE_CLAUSE }, { "stretch", TAKE_STRETCH }, { "rel", TAKE_REL }, { "none", 0 },
	{ NULL, 0 } };

static const struct word_bit needs_name[] = { { "marks", NEEDS_MARKS },
	{ "speaker", NEEDS_SPEAKER }, { "left-marks", NEEDS_LEFT_MARKS }, { "lower", NEEDS_LOWER },
	{ NULL, 0 } };

/* Of an empty cell: everything. */
static uint32_t
all_of(struct span cell, const struct word_bit *names)
{
	return cell.n == 0 ? UINT32_MAX : words_bits(cell, names);
}

static uint8_t
number(struct span cell)
{
	uint32_t v = 0;

	for (size_t i = 0; i < cell.n && v < 100; i++)
		v = v * 10 + (uint32_t)(cell.p[i] - '0');
	return (uint8_t)(v > 100 ? 100 : v);
}

void
patterns_load(struct patterns *p, struct arena *a)
{
	struct table t;

	table_load(&t, &blob_quote_patterns, a);
	p->n = t.n_row;
	p->at = ARENA_NEW(a, struct pattern, t.n_row);
	p->of_order = ARENA_NEW(a, struct pattern_list, N_ORDER);
	for (size_t k = 0; k < N_ORDER; k++)
		p->of_order[k].at = ARENA_NEW(a, uint16_t, t.n_row);
	for (size_t i = 0; i < t.n_row; i++) {
		struct span cls = table_cell(&t, i, COL_CLASS);
		struct pattern *r = &p->at[i];

		r->id = table_cell(&t, i, COL_ID);
		r->order = all_of(table_cell(&t, i, COL_ORDER), order_name);
		r->cls = cls.n == 0 ? UINT32_MAX : cues_class(cls);
		r->left = all_of(table_cell(&t, i, COL_LEFT), left_name);
		r->right = all_of(table_cell(&t, i, COL_RIGHT), right_name);
		r->take = words_bits(table_cell(&t, i, COL_TAKE), take_name);
		r->needs = words_bits(table_cell(&t, i, COL_NEEDS), needs_name);
		r->confidence = number(table_cell(&t, i, COL_CONFIDENCE));
		for (size_t k = 0; k < N_ORDER; k++)
			if (r->order & 1U << k)
				p->of_order[k].at[p->of_order[k].n++] = (uint16_t)i;
	}
}

static bool
fits(const struct pattern *p, const struct setting *s)
{
	if ((p->cls & s->cls) == 0)
		return false;
	if ((p->left & s->left) == 0 || (p->right & s->right) == 0)
		return false;
	if ((p->needs & NEEDS_MARKS) != 0 && !s->marks)
		return false;
	if ((p->needs & NEEDS_LEFT_MARKS) != 0 && !s->left_marks)
		return false;
	if ((p->needs & NEEDS_LOWER) != 0 && !s->lower)
		return false;
	return (p->needs & NEEDS_SPEAKER) == 0 || s->speaker;
}

const struct pattern *
pattern_named(const struct patterns *p, const char *id)
{
	const struct pattern_list *list = &p->of_order[__builtin_ctz(ORDER_UNCUED)];
	struct span name = span_c(id);

	for (size_t i = 0; i < list->n; i++)
		if (span_eq(p->at[list->at[i]].id, name))
			return &p->at[list->at[i]];
	return NULL;
}

const struct pattern *
pattern_match(const struct patterns *p, const struct setting *s)
{
	const struct pattern_list *list = &p->of_order[__builtin_ctz(s->order)];

	for (size_t i = 0; i < list->n; i++)
		if (fits(&p->at[list->at[i]], s))
			return p->at[list->at[i]].take == 0 ? NULL : &p->at[list->at[i]];
	return NULL;
}
