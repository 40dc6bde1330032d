/* duration.h - "500ms", "30s", "5m", "2h", "1d" -> seconds. Never a clock. */
#ifndef NTAG_DURATION_H
#define NTAG_DURATION_H

#include <stdbool.h>

/* A whole number and a unit; at most 10,000 days. False: it is none. */
bool duration_parse(const char *text, double *seconds);

/* Seconds on the monotonic clock (FAULTS D11). */
double duration_now(void);

#endif
