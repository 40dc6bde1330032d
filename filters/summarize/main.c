/* main.c - ntag-summarize(1). */
#include "run.h"
#include "summarize.h"

int
main(int argc, char **argv)
{
	return run_filter(&filter_summarize, argc, argv);
}
