/* main.c - ntag-entity: names in the text. */
#include "entity.h"
#include "run.h"

int
main(int argc, char **argv)
{
	return run_filter(&filter_entity, argc, argv);
}
