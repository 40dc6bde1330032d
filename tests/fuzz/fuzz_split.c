/* fuzz_split.c - any bytes through ntag-split: filter_fuzz.h. */
#include "filter_fuzz.h"
#include "split/split.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_filter(&filter_split, data, size);
}
