/* params.h - the declared, typed parameters of a pipeline: the only names that -D may set. */
#ifndef NTAG_PARAMS_H
#define NTAG_PARAMS_H

#include "calendar.h"
#include "fault.h"
#include "node.h"

/* One -D NAME=VALUE of the command line. */
struct define {
	struct span name;
	const char *value;
};

struct defines {
	const struct define *at;
	size_t n;
	bool lenient;     /* a required parameter without value is no fault (check, list) */
	struct cal today; /* what "today" means; fixed once, at the start */
};

enum param_type {
	PARAM_TEXT,
	PARAM_INT,
	PARAM_PATH,
	PARAM_DATE, /* YYYY-MM-DD, today, yesterday, -7d: days from today; becomes YYYY-MM-DD */
	PARAM_REGEX,
	PARAM_BOOL, /* true or false */
	PARAM_ENUM,
	N_PARAM_TYPE
};

extern const char *const param_type_name[N_PARAM_TYPE];

struct param {
	const char *name;
	struct at at;
	enum param_type type;
	const char *def;       /* as written, environment put in; NULL: the parameter is required */
	const char *help;      /* or NULL */
	const char *min, *max; /* or NULL */
	VEC(const char *) of;  /* PARAM_ENUM */
	const char *value;     /* checked; NULL: not given, or faulty */
	bool given;            /* by -D */
};

struct params {
	VEC(struct param) list;
};

/* Read the mapping under "params" (NULL: there is none), put in the definitions, check all values. */
void params_read(
    struct params *p, const struct node *map, const struct defines *d, struct faults *f);

/* Would the parameter of that name take this value, which stands at that place? Faults say why not. */
void params_try(
    const struct params *list, const struct pair *one, const struct defines *d, struct faults *f);

const struct param *params_find(const struct params *p, struct span name);

/* The names, ended by NULL, in a: for "did you mean". */
const char *const *params_names(const struct params *p, struct arena *a);

#endif
