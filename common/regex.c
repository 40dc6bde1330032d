/* regex.c - the only file that knows PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "regex.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"

struct regex {
	pcre2_code *code;
	bool jit;
	uint32_t match_options;
};

struct regex_match {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	int groups; /* of the last match; 0: none */
};

static uint32_t
options(unsigned flags)
{
	uint32_t o = PCRE2_UTF | PCRE2_UCP;

	if (flags & REGEX_ANCHORED)
		o |= PCRE2_ANCHORED;
	if (flags & REGEX_ICASE)
		o |= PCRE2_CASELESS;
	if (flags & REGEX_EXTENDED)
		o |= PCRE2_EXTENDED;
	if (flags & REGEX_USER)
		o |=
		    PCRE2_NEVER_BACKSLASH_C; /* not NEVER_UTF: UTF is on, and (*UTF) adds nothing */
	return o;
}

/* A foreign pattern may not be long: its compilation is not limited by time. */
enum { PATTERN_MAX = 65536 };

/* Always on here; PCRE2_NEVER_UTF would forbid the option as well as the verb. */
static bool
verb_of_mode(struct span pattern)
{
	return span_starts(pattern, SPAN("(*UTF")) || span_starts(pattern, SPAN("(*UCP"));
}

struct regex *
regex_new(struct span pattern, unsigned flags, size_t *at, char what[128])
{
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	struct regex *re = calloc(1, sizeof(*re));
	int error = 0;

	if (re == NULL || context == NULL)
		die_oom(sizeof(*re));
	pcre2_set_max_pattern_length(context, PATTERN_MAX);
	*at = 0;
	if ((flags & REGEX_USER) && verb_of_mode(pattern)) {
		pcre2_compile_context_free(context);
		free(re);
		snprintf(what, 128, "a pattern may not begin with (*UTF) or (*UCP)");
		return NULL;
	}
	re->code =
	    pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options(flags), &error, at, context);
	pcre2_compile_context_free(context);
	if (re->code == NULL && error == PCRE2_ERROR_HEAP_FAILED)
		die_oom(pattern.n);
	if (re->code == NULL) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)what, 128);
		free(re);
		return NULL;
	}
	re->jit = pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE) == 0;
	re->match_options = PCRE2_NO_UTF_CHECK;
	return re;
}

void
regex_free(struct regex *re)
{
	if (re == NULL)
		return;
	pcre2_code_free(re->code);
	free(re);
}

struct regex_match *
regex_match_new(void)
{
	struct regex_match *m = calloc(1, sizeof(*m));

	if (m == NULL)
		die_oom(sizeof(*m));
	m->data = pcre2_match_data_create(REGEX_GROUPS, NULL);
	m->context = pcre2_match_context_create(NULL);
	m->stack = pcre2_jit_stack_create(32 * 1024, 1024 * 1024, NULL);
	if (m->data == NULL || m->context == NULL)
		die_oom(sizeof(*m));
	pcre2_set_match_limit(m->context, REGEX_MATCH_LIMIT);
	pcre2_set_heap_limit(m->context, REGEX_HEAP_KIB);
	if (m->stack != NULL)
		pcre2_jit_stack_assign(m->context, NULL, m->stack);
	return m;
}

void
regex_match_free(struct regex_match *m)
{
	if (m == NULL)
		return;
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->context);
	pcre2_jit_stack_free(m->stack);
	free(m);
}

enum regex_result
regex_find(const struct regex *re, struct span subject, size_t at, struct regex_match *m)
{
	PCRE2_SPTR p = (PCRE2_SPTR)(subject.p == NULL ? "" : subject.p);
	int n;

	/* The fast path skips all checks; a stack that runs out falls back to the interpreter. */
	n = re->jit
		? pcre2_jit_match(re->code, p, subject.n, at, 0, m->data, m->context)
		: pcre2_match(re->code, p, subject.n, at, re->match_options, m->data, m->context);
	if (n == PCRE2_ERROR_JIT_STACKLIMIT)
		n = pcre2_match(re->code, p, subject.n, at, re->match_options | PCRE2_NO_JIT,
		    m->data, m->context);
	m->groups = n < 0 ? 0 : n == 0 ? REGEX_GROUPS : n;
	if (n >= 0)
		return REGEX_YES;
	return n == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_TOO_EXPENSIVE;
}

bool
regex_group(const struct regex_match *m, size_t k, size_t *start, size_t *end)
{
	const PCRE2_SIZE *v = pcre2_get_ovector_pointer(m->data);

	if (k >= (size_t)m->groups || v[2 * k] == PCRE2_UNSET)
		return false;
	*start = v[2 * k];
	*end = v[2 * k + 1];
	return true;
}

size_t
regex_name(const struct regex *re, const char *name)
{
	int k = pcre2_substring_number_from_name(re->code, (PCRE2_SPTR)name);

	return k < 0 ? 0 : (size_t)k;
}

const char *
regex_version(void)
{
	/* Linked statically or checked by the loader: the version built against is the one that runs. */
#define STRING(x) #x
#define TEXT(x) STRING(x)
	return TEXT(PCRE2_MAJOR) "." TEXT(PCRE2_MINOR) " " TEXT(PCRE2_DATE);
}
