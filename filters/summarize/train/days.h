/* days.h - weights of the days of timelines (data/days.tsv) from timelines that people wrote. A part of the trainer only. */
#ifndef NTAG_DAYS_H
#define NTAG_DAYS_H

#include "arena.h"

/* Train on FOLDER/t17.gold.jsonl and RECORDS, which are FOLDER/t17.records.jsonl with the dates of ntag-date; write
 * table anew to standard output, the scores of a cross-validation (one subject left out) to standard error. */
void days_train(const char *folder, const char *records, const char *table, struct arena *a);

#endif
