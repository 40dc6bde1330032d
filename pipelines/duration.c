/* duration.c - durations, and the clock they are measured by. */
#include "duration.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

#include "ascii.h"

enum { DIGITS_MAX = 9, DURATION_MAX = 86400 * 10000 };

bool
duration_parse(const char *text, double *seconds)
{
	static const struct {
		const char *name;
		double seconds;
	} unit[] = { { "ms", 0.001 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 } };
	size_t n = 0;
	double v = 0;

	for (; n < DIGITS_MAX && ascii_digit((unsigned char)text[n]); n++)
		v = v * 10 + (text[n] - '0');
	for (size_t i = 0; n > 0 && i < sizeof(unit) / sizeof(unit[0]); i++) {
		if (strcmp(text + n, unit[i].name) != 0)
			continue;
		*seconds = v * unit[i].seconds;
		return *seconds <= DURATION_MAX;
	}
	return false;
}

double
duration_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
