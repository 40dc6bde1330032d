/* fuzz_summarize.c - any bytes through ntag-summarize: filter_fuzz.h. */
#include "filter_fuzz.h"
#include "summarize/summarize.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_filter(&filter_summarize, data, size);
}
