/* fuzz_date.c - any bytes through ntag-date: filter_fuzz.h. */
#include "date/date.h"
#include "filter_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_filter(&filter_date, data, size);
}
