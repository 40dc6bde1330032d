/* main.c - ntag-quote as a program of its own. */
#include "quote/quote.h"
#include "run.h"

int
main(int argc, char **argv)
{
	return run_filter(&filter_quote, argc, argv);
}
