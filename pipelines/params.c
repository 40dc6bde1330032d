/* params.c - declarations, definitions and the check of their values. */
#include "params.h"

#include <stdio.h>
#include <stdlib.h>

#include "ascii.h"
#include "diag.h"
#include "regex.h"
#include "schema.h"
#include "utf8.h"

const char *const param_type_name[N_PARAM_TYPE] = { "text", "int", "path", "date", "regex", "bool",
	"enum" };

/* What a check needs; the value may be replaced by what it stands for (dates). */
struct check {
	const struct param *param;
	struct faults *f;
	struct cal today;
	const char *value;
	char why[200]; /* "is not a whole number", behind the quoted value */
};

/* ---- one check for each type ---- */

static bool
whole(const char *s, long long *v)
{
	char *end;
	bool digits = ascii_digit((unsigned char)s[*s == '-']);

	*v = digits ? strtoll(s, &end, 10) : 0;
	return digits && *end == '\0' && *v < 1000000000000000000 && *v > -1000000000000000000;
}

static bool
check_text(struct check *c)
{
	snprintf(c->why, sizeof(c->why), "is not UTF-8");
	return utf8_valid(span_c(c->value)) == strlen(c->value);
}

static bool
check_path(struct check *c)
{
	(void)c;
	return true;
}

static bool
check_int(struct check *c)
{
	long long v, bound;

	snprintf(c->why, sizeof(c->why), "is not a whole number");
	if (!whole(c->value, &v))
		return false;
	if (c->param->min != NULL && whole(c->param->min, &bound) && v < bound) {
		snprintf(c->why, sizeof(c->why), "is less than %s", c->param->min);
		return false;
	}
	snprintf(
	    c->why, sizeof(c->why), "is more than %s", c->param->max == NULL ? "" : c->param->max);
	return c->param->max == NULL || !whole(c->param->max, &bound) || v <= bound;
}

/* Days from today that a word stands for. */
static bool
relative_day(const char *s, long long *days)
{
	static const struct {
		const char *word;
		long long days;
	} known[] = { { "today", 0 }, { "yesterday", -1 }, { "tomorrow", 1 } };
	size_t n = strlen(s);
	char digits[16];

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(s, known[i].word) == 0) {
			*days = known[i].days;
			return true;
		}
	}
	if (n < 3 || n > 8 || (*s != '-' && *s != '+') || s[n - 1] != 'd')
		return false;
	snprintf(digits, sizeof(digits), "%.*s", (int)(n - 2), s + 1);
	if (!whole(digits, days) || *digits == '-')
		return false;
	*days = *s == '-' ? -*days : *days;
	return true;
}

static const char *
date_text(struct check *c, struct cal day)
{
	return arena_fmt(c->f->arena, "%04d-%02d-%02d", day.y, day.m, day.d).p;
}

static bool
date_value(struct check *c, const char *text, struct cal *day)
{
	long long days;

	if (relative_day(text, &days))
		return cal_from_day(cal_day(c->today) + (int32_t)days, day);
	return strlen(text) == 10 && cal_parse(span_c(text), day);
}

static bool
check_date(struct check *c)
{
	struct cal day, bound;

	snprintf(c->why, sizeof(c->why), "is not a date (YYYY-MM-DD, today, yesterday, -7d)");
	if (!date_value(c, c->value, &day))
		return false;
	c->value = date_text(c, day);
	if (c->param->min != NULL && date_value(c, c->param->min, &bound) &&
	    cal_day(day) < cal_day(bound)) {
		snprintf(c->why, sizeof(c->why), "is before %s", c->param->min);
		return false;
	}
	snprintf(c->why, sizeof(c->why), "is after %s", c->param->max == NULL ? "" : c->param->max);
	return c->param->max == NULL || !date_value(c, c->param->max, &bound) ||
	       cal_day(day) <= cal_day(bound);
}

static bool
check_regex(struct check *c)
{
	size_t at = 0;
	char what[128];
	struct regex *re;

	if (!check_text(c))
		return false;
	re = regex_new(span_c(c->value), REGEX_USER, &at, what);
	if (re == NULL)
		snprintf(c->why, sizeof(c->why), "is not a pattern: %s at byte %zu", what, at + 1);
	regex_free(re);
	return re != NULL;
}

static bool
check_bool(struct check *c)
{
	snprintf(c->why, sizeof(c->why), "is not true or false");
	return strcmp(c->value, "true") == 0 || strcmp(c->value, "false") == 0;
}

static bool
check_enum(struct check *c)
{
	struct buf words = { 0 };
	const struct param *p = c->param;

	for (size_t i = 0; i < p->of.n; i++)
		if (strcmp(p->of.at[i], c->value) == 0)
			return true;
	for (size_t i = 0; i < p->of.n; i++)
		buf_fmt(&words, "%s%s", i == 0 ? "" : ", ", p->of.at[i]);
	snprintf(c->why, sizeof(c->why), "is not one of %.*s", (int)(words.n < 150 ? words.n : 150),
	    words.n == 0 ? "" : words.p);
	buf_free(&words);
	return false;
}

static bool (*const checks[N_PARAM_TYPE])(struct check *) = {
	[PARAM_TEXT] = check_text,
	[PARAM_INT] = check_int,
	[PARAM_PATH] = check_path,
	[PARAM_DATE] = check_date,
	[PARAM_REGEX] = check_regex,
	[PARAM_BOOL] = check_bool,
	[PARAM_ENUM] = check_enum,
};

/* Set the value if it fits; else one fault, which says where the value came from. */
static void
set(struct param *p, const char *value, const struct defines *d, struct faults *f, const char *from,
    struct at at)
{
	struct check c = { .param = p, .f = f, .today = d->today, .value = value };

	if (checks[p->type](&c))
		p->value = c.value;
	else
		fault_add(f, at, "%s %s: \"%s\" %s", from, p->name, value, c.why);
}

/* ---- declarations ---- */

static bool
good_name(const char *s)
{
	if (!ascii_alpha((unsigned char)*s) && *s != '_')
		return false;
	for (; *s != '\0'; s++)
		if (!ascii_alnum((unsigned char)*s) && *s != '_' && *s != '-')
			return false;
	return true;
}

static enum param_type
type_of(const struct fields *fields, struct faults *f)
{
	const char *name = schema_text(fields, "type");

	for (size_t i = 0; i < N_PARAM_TYPE; i++)
		if (strcmp(param_type_name[i], name) == 0)
			return (enum param_type)i;
	fault_add(f, schema_node(fields, "type")->at,
	    "%s.type must be one of text, int, path, date, regex, bool, enum, not \"%s\"%s",
	    fields->label, name,
	    fault_near(f, name,
		(const char *const[]){
		    "text", "int", "path", "date", "regex", "bool", "enum", NULL }));
	return PARAM_TEXT;
}

/* min and max must be values of the type themselves; of goes with enum only. */
static void
check_bounds(
    struct param *p, const struct fields *fields, const struct defines *d, struct faults *f)
{
	static const char *const name[] = { "min", "max" };
	const char **bound[] = { &p->min, &p->max };
	const struct node *of = schema_node(fields, "of");

	for (size_t i = 0; i < 2; i++) {
		struct param bare = { .name = p->name, .type = p->type };
		const struct node *n = schema_node(fields, name[i]);

		if (n == NULL || schema_text(fields, name[i]) == NULL)
			continue;
		if (p->type != PARAM_INT && p->type != PARAM_DATE)
			fault_add(
			    f, n->at, "%s.%s is for int and date only", fields->label, name[i]);
		else
			set(&bare, n->text, d, f, name[i], n->at);
		*bound[i] = bare.value;
	}
	if (p->type == PARAM_ENUM && p->of.n == 0)
		fault_add(f, p->at, "%s.of must list the values of the enum", fields->label);
	else if (p->type != PARAM_ENUM && of != NULL)
		fault_add(f, of->at, "%s.of is for enum only", fields->label);
}

static void
read_default(
    struct param *p, const struct fields *fields, const struct defines *d, struct faults *f)
{
	const struct node *n = schema_node(fields, "default");
	struct pieces pieces = { 0 };

	if (n == NULL || n->kind != NODE_TEXT || !subst_cut(n->text, n->at, NULL, f, &pieces))
		return;
	p->def = subst_join(&pieces, f->arena);
	set(p, p->def, d, f, "default of", n->at);
}

static void
declare(struct params *list, const struct pair *pair, const struct defines *d, struct faults *f)
{
	struct param p = { .name = pair->key, .at = pair->at };
	const char *label = arena_fmt(f->arena, "params.%s", pair->key).p;
	struct fields fields;
	const struct given *of;

	if (!good_name(p.name) || strcmp(p.name, "env") == 0)
		fault_add(f, pair->at, "\"%s\" cannot be the name of a parameter", p.name);
	schema_read(&fields, "params.NAME", label, pair->value, NULL, f);
	p.type = type_of(&fields, f);
	p.help = schema_text(&fields, "help");
	of = schema_field(&fields, "of");
	for (size_t i = 0; i < of->list.n; i++)
		VEC_PUSH(f->arena, &p.of, subst_join(&of->list.at[i], f->arena));
	check_bounds(&p, &fields, d, f);
	read_default(&p, &fields, d, f);
	VEC_PUSH(f->arena, &list->list, p);
}

/* ---- definitions ---- */

static void
define(struct params *list, const struct define *def, const struct defines *d, struct faults *f)
{
	const char *name = arena_cstr(f->arena, def->name);
	struct at nowhere = { 0, 0 };

	for (size_t i = 0; i < list->list.n; i++) {
		struct param *p = &list->list.at[i];

		if (strcmp(p->name, name) != 0)
			continue;
		p->value = NULL;
		p->given = true;
		set(p, def->value, d, f, "-D", nowhere);
		return;
	}
	fault_add(f, nowhere, "-D %s: no such parameter%s", name,
	    fault_near(f, name, params_names(list, f->arena)));
}

static void
check_required(const struct params *list, const struct defines *d, struct faults *f)
{
	for (size_t i = 0; i < list->list.n && !d->lenient; i++) {
		const struct param *p = &list->list.at[i];

		if (p->def == NULL && !p->given)
			fault_add(f, p->at, "parameter \"%s\" is required: -D %s=VALUE", p->name,
			    p->name);
	}
}

void
params_read(struct params *p, const struct node *map, const struct defines *d, struct faults *f)
{
	*p = (struct params){ 0 };
	if (map != NULL && map->kind == NODE_MAP)
		for (size_t i = 0; i < map->pair.n; i++)
			declare(p, &map->pair.at[i], d, f);
	for (size_t i = 0; i < d->n; i++)
		define(p, &d->at[i], d, f);
	check_required(p, d, f);
}

void
params_try(
    const struct params *list, const struct pair *one, const struct defines *d, struct faults *f)
{
	const struct param *p = params_find(list, span_c(one->key));
	struct param copy;

	if (p == NULL) {
		fault_add(f, one->at, "no such parameter, \"%s\"%s", one->key,
		    fault_near(f, one->key, params_names(list, f->arena)));
	} else if (one->value->kind != NODE_TEXT) {
		fault_add(f, one->value->at, "%s must be one value", one->key);
	} else {
		copy = *p;
		set(&copy, one->value->text, d, f, "set", one->value->at);
	}
}

const struct param *
params_find(const struct params *p, struct span name)
{
	for (size_t i = 0; i < p->list.n; i++)
		if (span_is(name, p->list.at[i].name))
			return &p->list.at[i];
	return NULL;
}

const char *const *
params_names(const struct params *p, struct arena *a)
{
	const char **names = ARENA_NEW(a, const char *, p->list.n + 1);

	for (size_t i = 0; i < p->list.n; i++)
		names[i] = p->list.at[i].name;
	return names;
}
