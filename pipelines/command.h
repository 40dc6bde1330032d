/* command.h - the commands of ntag-run(1). Private to main.c and command.c. */
#ifndef NTAG_COMMAND_H
#define NTAG_COMMAND_H

#include "plan.h"

/* One call of the program. */
struct call {
	struct diag diag;
	struct opts opts;
	struct arena arena; /* of the definitions */
	VEC(struct define) define;
	struct plan_how how;
	char **operand; /* behind the command */
	size_t n_operand;
};

struct command {
	const char *name;
	const char *operands;
	size_t least, most;         /* operands */
	int (*run)(struct call *c); /* an exit status */
	const char *help;
};

extern const struct command commands[]; /* ended by a NULL name */

#endif
