/* fuzz_entity.c - any bytes through ntag-entity: filter_fuzz.h. */
#include "entity/entity.h"
#include "filter_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_filter(&filter_entity, data, size);
}
