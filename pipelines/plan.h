/* plan.h - a pipeline file, read and checked as far as that needs no look at the world outside.
 *
 * plan_parse() only reads its text, the environment where the text names it, and the option tables: no file,
 * no program, no model. check.h looks at the rest.
 */
#ifndef NTAG_PLAN_H
#define NTAG_PLAN_H

#include "fault.h"
#include "inputs.h"
#include "params.h"
#include "run.h"
#include "shard.h"
#include "state.h"
#include "template.h"
#include "where.h"

enum { OUTPUT_MAX = 16 };

struct stage {
	struct at at;
	const struct filter *filter; /* NULL: exec */
	struct opts opts;            /* of the filter */
	char **argv;                 /* of exec, ended by NULL */
	double timeout;              /* of exec, seconds; 0: none */
	bool keeps_all;              /* exec: as many records out as in */
	void *model;                 /* of the filter, once check_world() has opened it */
};

struct source_spec {
	const char *pattern; /* inputs.h */
	struct at at;
};

struct output {
	struct at at;
	struct template file;
	const struct form *form; /* NULL: text on a terminal, else json */
	size_t open_files;
	struct condition *where; /* NULL: all records */
	struct columns columns;  /* of tables; none: those of rows */
	enum rows rows;          /* of tables */
	enum sheet_by by;        /* of days in pictures */
	bool standard;           /* "-" */
	bool fresh;              /* write: new: a file that is there is a fault */
	bool append, header;
};

/* Messages and numbers. */
struct plan_log {
	bool json;
	double every;             /* seconds; 0: not */
	const char *to, *metrics; /* paths, or NULL */
	struct at to_at, metrics_at;
};

/* A test in the file: trial.h runs it. */
struct test {
	const char *name;
	struct at at;
	const struct node *set;            /* a mapping of scalars, or NULL */
	const struct node *given, *expect; /* a list of records, or the path of a file of them */
};

struct plan {
	struct arena arena;
	const char *path; /* of the pipeline file */
	struct faults faults;
	uint64_t text_hash;
	const char *about; /* or NULL */
	struct params params;
	struct stage stage[STEP_MAX];
	size_t n_stage;
	VEC(struct source_spec) files; /* none: standard input, unless files_from is given */
	const char *files_from;
	struct at files_from_at;
	size_t max_record;
	struct names names;               /* operands, or what files gives: check_world() */
	struct output output[OUTPUT_MAX]; /* at least one */
	size_t n_output;
	const char *errors_to; /* or NULL */
	struct at errors_at;
	struct run_limit limit; /* errors.max */
	double timeout;         /* of the run, seconds; 0: none */
	double settle;          /* seconds; 0: none */
	double checkpoint;      /* seconds between commits; below 0: only at the end */
	struct plan_log log;
	VEC(struct test) tests;
	struct shard shard;
	enum input_format format;
	enum state_lock lock;
	int nice;
	unsigned stage_retry; /* errors.stage */
	unsigned jobs;
	unsigned layers;     /* that tables and text show: what the last filter alone would */
	bool newline_names;  /* of files_from; check_world() looks */
	bool standard_input; /* no files, no operands, no files_from */
	bool stage_skip;     /* errors.stage */
	bool strict;
	bool only_new;
	bool retry;    /* the input is the dead letters of earlier runs */
	bool stateful; /* what was read and written is remembered (state.h) */
};

/* What the command line adds. */
struct plan_how {
	struct defines defines;
	const char *run;                  /* what {run} stands for */
	const char *state;                /* directory of the state files, or NULL */
	const char *shard;                /* instead of run.shard, or NULL */
	const char *metrics, *log_format; /* instead of those under log, or NULL */
};

/* Fill p from the text of the file at path. Faults are in p->faults. */
void plan_parse(struct plan *p, const char *path, struct span text, const struct plan_how *how);

/* The same from the file itself; one that cannot be read is a fault. */
void plan_load(struct plan *p, const char *path, const struct plan_how *how);

void plan_free(struct plan *p); /* closes the models too */

/* Close the models of all stages and forget them: what is left is the inputs and the outputs. */
void plan_drop_stages(struct plan *p);

/* The clock, once: today and run of the start of this program, in UTC. */
void plan_now(struct plan_how *how, struct arena *a);

/* Have it write to standard output alone, in that form (NULL: text on a terminal, else json). */
void plan_show(struct plan *p, const struct form *form);

/* Leave out the stages from n on. Before check_world(). */
void plan_until(struct plan *p, size_t n);

/* Have it read dead letters, the file of that name, and nothing else. */
void plan_retry(struct plan *p, char *letters);

/* The name of its file, without folder and ending. */
const char *plan_name(struct plan *p);

/* Path of the state file: in how->state, else $NTAG_STATE, else .ntag beside the pipeline file. Values of
 * parameters that differ from their defaults, dates aside, have a state of their own. */
const char *plan_state(struct plan *p, const struct plan_how *how);

/* A hash of all that may not change before a run that was interrupted goes on: text, parameters, version. */
const char *plan_identity(struct plan *p);

/* A hash of where the outputs and the dead letters go: shards must not have it in common. */
const char *plan_places(struct plan *p);

/* "ntag-date" or the name of the program. */
const char *stage_name(const struct stage *s, struct arena *a);

#endif
