/* image.c - build-time: a small model file -> an aligned constant array, so that the program works without files.
 *
 * usage: image FILE >entity_model.inc
 */
#include <stdio.h>

int
main(int argc, char **argv)
{
	FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
	int c;

	if (in == NULL) {
		fprintf(stderr, "usage: image FILE\n");
		return 1;
	}
	printf(
	    "/* made by gen/image.c */\nstatic const _Alignas(64) unsigned char model_small[] = {");
	for (size_t i = 0; (c = getc(in)) != EOF; i++)
		printf("%s%d,", i % 24 == 0 ? "\n\t" : "", c);
	printf("\n};\n");
	return fclose(in) != 0;
}
