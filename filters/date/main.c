/* main.c - ntag-date. */
#include "date.h"
#include "run.h"

int
main(int argc, char **argv)
{
	return run_filter(&filter_date, argc, argv);
}
