/* report.h - what a run has done, in numbers: as a closing line, as JSON, as metrics. Never counts anything itself.
 */
#ifndef NTAG_REPORT_H
#define NTAG_REPORT_H

#include "plan.h"

struct report_stage {
	const char *name;
	uint64_t in, out, failed; /* records */
	double seconds;           /* in all threads; below 0: not measured */
};

struct report {
	const char *name; /* of the pipeline */
	struct counts count;
	size_t found[N_STATE_FINDING];           /* files, by what the state knew of them */
	bool remembers;                          /* there is a state: found means something */
	struct report_stage stage[STEP_MAX + 2]; /* "read" first, "write" last */
	size_t n_stage;
	double seconds, share; /* share of the input that is read, or below 0 */
	const char *errors;    /* dead letters, or NULL */
	int status;            /* below 0: the run is under way */
	long long when;        /* seconds since 1970, for the metrics */
};

/* "digest: 1,204 read = 1,187 written + 12 filtered + 5 rejected; 41 files (3 changed, 960 known); 2.1 s, 3.4 MB/s; see
 * out/errors.jsonl", and of a run under way how far it is. */
void report_put_line(const struct report *r, struct buf *out);

/* A line for each stage: records in and out, seconds and their share. */
void report_put_stages(const struct report *r, struct buf *out);

/* The same numbers as one JSON object. event: "end" or "progress", or NULL: without level and event. */
void report_put_json(const struct report *r, const char *event, struct buf *out);

/* The same in the text format of Prometheus, for the textfile collector of node-exporter. All are gauges of the last
 * run: a run ends. */
void report_put_metrics(const struct report *r, struct buf *out);

/* Write them by rename. False with errno. */
bool report_write_metrics(const struct report *r, const char *path);

#endif
