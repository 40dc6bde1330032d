/* fuzz_quote.c - any bytes through ntag-quote: filter_fuzz.h. */
#include "filter_fuzz.h"
#include "quote/quote.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_filter(&filter_quote, data, size);
}
