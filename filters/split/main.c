/* main.c - ntag-split: raw news or records in, records with sentences out. */
#include "run.h"
#include "split.h"

int
main(int argc, char **argv)
{
	return run_filter(&filter_split, argc, argv);
}
