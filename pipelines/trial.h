/* trial.h - run the tests of a pipeline file: given records through its stages, against expected ones.
 *
 * Each test runs in a process of its own, with its own parameters, standard input in the place of the inputs
 * and JSON to memory in the place of the outputs: nothing outside is read or written but the files that the
 * test names, which are found beside the pipeline file.
 */
#ifndef NTAG_TRIAL_H
#define NTAG_TRIAL_H

#include "plan.h"

struct trial_counts {
	size_t passed, failed;
};

/* Run all tests of a plan, which was parsed without a fault. Differences are appended to out. With update the
 * expectations that failed are rewritten, and count as passed. False after a message on d: an expectation
 * cannot be written. */
bool trial_run(const struct plan *p, const struct plan_how *how, bool update, struct diag *d,
    struct trial_counts *counts, struct buf *out);

#endif
