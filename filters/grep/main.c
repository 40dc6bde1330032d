/* main.c - ntag-grep: the filter, with all others at hand. */
#include "front.h"
#include "grep/index/index.h"
#include "registry.h"

int
main(int argc, char **argv)
{
	return front_main(registry, &index_sqlite, argc, argv);
}
