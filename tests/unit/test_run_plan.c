/* test_run_plan.c - whole pipeline files: the messages of PIPELINES section 6, options of stages, the schema. */
#include <stdlib.h>

#include "output.h"
#include "registry.h"
#include "run_plan.h"
#include "schema.h"

#define HEAD "ntag: 1\n"
#define STAGES "stages: [ntag-split]\n"

static const struct {
	const char *name, *text, *fault;
} wrong[] = {
	{ "well", HEAD STAGES, "" },
	{ "all at once",
	    HEAD "about: x\nabout: y\n"
		 "inputs: {files: [a]}\n"
		 "stages:\n"
		 "  - ntag-entitiy\n"
		 "  - ntag-date: {zne: UTC}\n"
		 "  - ntag-summarize: {sentences: many}\n"
		 "output:\n"
		 "  - {file: \"${ou}/x\", as: htm}\n"
		 "params: {out: {default: x}}\n",
	    "bad.yaml:3:1: duplicate key \"about\"\n"
	    "bad.yaml:4:1: unknown key \"inputs\" in the pipeline; did you mean \"input\"?\n"
	    "bad.yaml:6:5: unknown stage \"ntag-entitiy\"; did you mean \"ntag-entity\"?\n"
	    "bad.yaml:7:17: unknown key \"zne\" in ntag-date; did you mean \"zone\"?\n"
	    "bad.yaml:8:33: ntag-summarize.sentences must be a whole number, not \"many\"\n"
	    "bad.yaml:10:12: undefined parameter \"ou\"; did you mean \"out\"?\n"
	    "bad.yaml:10:27: output.as must be one of json" },
	{ "not a mapping", "- a\n", "bad.yaml:1:1: the pipeline must be a mapping\n" },
	{ "no version", STAGES, "bad.yaml:1:1: ntag: 1 is missing, the version of the format\n" },
	{ "version", "ntag: 2\n" STAGES,
	    "bad.yaml:1:7: ntag must be 1, the only version of the format\n" },
	{ "no stages", HEAD, "bad.yaml:1:1: stages must list at least one\n" },
	{ "empty stages", HEAD "stages: []\n", "bad.yaml:2:9: stages must list at least one\n" },
	{ "stages a mapping", HEAD "stages: {ntag-split: }\n",
	    "bad.yaml:2:9: stages must be a list\n" },
	{ "two in one stage", HEAD "stages:\n  - ntag-split:\n    ntag-date:\n",
	    "bad.yaml:3:5: a stage is ntag-NAME, ntag-NAME: {OPTION: VALUE} or exec: [PROGRAM, "
	    "ARG...]\n" },
	{ "stage without ntag-", HEAD "stages: [split]\n",
	    "bad.yaml:2:10: unknown stage \"split\"\n" },
	{ "options a list", HEAD "stages: [{ntag-split: [by]}]\n",
	    "bad.yaml:2:23: ntag-split must be a mapping of its options\n" },
	{ "list for one", HEAD "stages: [{ntag-split: {by: [document]}}]\n",
	    "bad.yaml:2:28: ntag-split.by must be one value, not a list\n" },
	{ "mapping for one", HEAD "stages: [{ntag-split: {by: {a: b}}}]\n",
	    "bad.yaml:2:28: ntag-split.by must be a value, not a mapping\n" },
	{ "comma in a list", HEAD "stages: [{ntag-entity: {only: [\"PERSON,ORG\"]}}]\n",
	    "bad.yaml:2:32: ntag-entity.only: a comma inside a list element\n" },
	{ "word of a list", HEAD "stages: [{ntag-entity: {only: [PERSO]}}]\n",
	    "bad.yaml:2:31: ntag-entity.only must be one of" },
	{ "common option", HEAD "stages: [{ntag-split: {jobs: 3}}]\n",
	    "bad.yaml:2:24: \"jobs\" is no option of a stage: see input, output, errors and "
	    "run\n" },
	{ "switch", HEAD "stages: [{ntag-split: {no-split-quotes: NO}}]\n",
	    "bad.yaml:2:41: ntag-split.no-split-quotes must be true or false, not \"NO\"\n" },
	{ "exec empty", HEAD "stages: [{exec: []}]\n",
	    "bad.yaml:2:17: exec must list a program and its arguments\n" },
	{ "exec", HEAD "stages: [{exec: [cat], timeout: 1x, keep: all}]\n",
	    "bad.yaml:2:33: stages.timeout must be a duration such as 30s, 5m or 2h, not \"1x\"\n"
	    "bad.yaml:2:37: unknown key \"keep\" in stages; did you mean \"keeps\"?\n" },
	{ "limits", HEAD STAGES "errors: {max: 1.5}\nrun: {timeout: s, nice: 20}\n",
	    "bad.yaml:3:15: errors.max must be a number or a share such as 0.5%, not \"1.5\"\n"
	    "bad.yaml:4:16: run.timeout must be a duration such as 30s, 5m or 2h, not \"s\"\n"
	    "bad.yaml:4:25: run.nice must be from 0 to 19\n" },
	{ "share", HEAD STAGES "errors: {max: 101%}\n",
	    "bad.yaml:3:15: errors.max must be a number or a share such as 0.5%, not \"101%\"\n" },
	{ "log", HEAD STAGES "log: {every: 3x}\ntests: []\n",
	    "bad.yaml:3:14: log.every must be a duration such as 30s, 5m or 2h, not \"3x\"\n" },
	{ "group-by", HEAD STAGES "output: [{file: a, as: text, group-by: week}]\n",
	    "bad.yaml:3:40: output.group-by goes with as: timeline or spark\n" },
	{ "appended picture", HEAD STAGES "output: [{file: a, as: top, write: append}]\n",
	    "bad.yaml:3:36: output.write: a picture of all records cannot be appended\n" },
	{ "stage policy",
	    HEAD STAGES "errors: {stage: {retry: 1, than: skip}}\noutput: [{file: -}]\n",
	    "bad.yaml:3:17: errors.stage: what went to standard output cannot be taken back; write "
	    "to a "
	    "file\nbad.yaml:3:28: unknown key \"than\" in errors.stage; did you mean \"then\"?\n" },
	{ "shard", HEAD STAGES "run: {shard: 3/2}\n",
	    "bad.yaml:3:14: run.shard must be I/N, a number of 1 to N and how many shards there "
	    "are, not \"3/2\"\n" },
	{ "state", HEAD STAGES "input: {settle: 1w, only: old}\nrun: {checkpoint: 0, lock: on}\n",
	    "bad.yaml:3:17: input.settle must be a duration such as 30s, 5m or 2h, not \"1w\"\n"
	    "bad.yaml:3:27: input.only must be one of all new, not \"old\"; did you mean \"all\"?\n"
	    "bad.yaml:4:19: run.checkpoint must be a duration such as 30s, 5m or 2h, not \"0\"\n"
	    "bad.yaml:4:28: run.lock must be one of fail skip wait, not \"on\"\n" },
	{ "tests", HEAD STAGES "tests: [{name: x, given: [], expect: a.jsonl}, {name: y}]\n",
	    "bad.yaml:3:48: tests.expect is missing\nbad.yaml:3:48: tests.given is missing\n" },
	{ "columns of json", HEAD STAGES "output: [{file: a, columns: [id]}]\n",
	    "bad.yaml:3:29: output.columns goes with as: csv or tsv\n" },
	{ "where", HEAD STAGES "output: [{file: a, where: \"id = 1 ad x\"}]\n",
	    "bad.yaml:3:35: output.where: and, or, or the end expected; did you mean \"and\"?\n" },
	{ "parameter in where",
	    HEAD STAGES
	    "params: {x: {default: \"1 or id\"}}\noutput: [{file: a, where: \"id=${x}\"}]\n",
	    "bad.yaml:4:27: output.where: a parameter must be in quotes that stand free, as in ent "
	    "\"PERSON=${who}\" or id = \"${id}\"\n" },
	{ "files and list", HEAD STAGES "input: {files: [a], files-from: b}\n",
	    "bad.yaml:3:33: input has files or files-from, not both\n" },
	{ "no files", HEAD STAGES "input: {files: []}\n",
	    "bad.yaml:3:16: input.files must list at least one\n" },
	{ "size", HEAD STAGES "input: {max-record: 64X}\n",
	    "bad.yaml:3:21: input.max-record must be a size such as 64M, not \"64X\"\n" },
	{ "output a mapping", HEAD STAGES "output: {file: a}\n",
	    "bad.yaml:3:9: output must be a list\n" },
	{ "output without file", HEAD STAGES "output: [{as: json}]\n",
	    "bad.yaml:3:10: output.file is missing\n" },
	{ "rows of json", HEAD STAGES "output: [{file: a, rows: ents}]\n",
	    "bad.yaml:3:26: output.rows goes with as: csv or tsv\n" },
	{ "same path", HEAD STAGES "output: [{file: a}, {file: b}, {file: a}]\n",
	    "bad.yaml:3:39: two outputs have the same path, \"a\"\n" },
	{ "standard output twice", HEAD STAGES "output: [{file: -}, {file: -}]\n",
	    "bad.yaml:3:28: two outputs have the same path, \"-\"\n" },
	{ "errors an output", HEAD STAGES "output: [{file: a}]\nerrors: {to: a}\n",
	    "bad.yaml:4:14: errors.to is an output too\n" },
	{ "workers", HEAD STAGES "run: {workers: 0}\n",
	    "bad.yaml:3:16: run.workers must be from 1 to 256, or auto\n" },
	{ "order", HEAD "stages: [ntag-quote, ntag-entity]\n",
	    "bad.yaml:2:10: warning: ntag-quote uses what ntag-entity gives only later\n" },
};

/* An expectation without its end is one of the beginning. */
START_TEST(messages)
{
	struct plan_how how = plan_how_of(NULL, 0);
	struct plan p;
	struct buf out = { 0 };
	const char *got, *want = wrong[_i].fault;
	size_t n = strlen(want);

	plan_parse(&p, "bad.yaml", span_c(wrong[_i].text), &how);
	got = plan_faults(&p, &out);
	if (n > 0 && want[n - 1] != '\n')
		ck_assert_msg(strncmp(got, want, n) == 0, "%s: %s", wrong[_i].name, got);
	else
		ck_assert_msg(strcmp(got, want) == 0, "%s: %s", wrong[_i].name, got);
	buf_free(&out);
	plan_free(&p);
}
END_TEST

START_TEST(a_whole_plan)
{
	static const char text[] =
	    HEAD "about: what it is\n"
		 "params: {n: {type: int, default: 2}, zone: {default: \"\"}, all: {type: bool, "
		 "default: "
		 "\"false\"}}\n"
		 "input: {files: [a.txt, \"*.gz\"], format: news, max-record: 16M}\n"
		 "stages:\n"
		 "  - ntag-split: {no-split-quotes: \"${all}\"}\n"
		 "  - ntag-date: {zone: \"${zone}\"}\n"
		 "  - ntag-entity: {only: [PERSON, ORG]}\n"
		 "  - exec: [jq, \"\", \"${n}\"]\n"
		 "    timeout: 1500ms\n"
		 "    keeps: all\n"
		 "  - ntag-summarize: {sentences: \"${n}\"}\n"
		 "output:\n"
		 "  - {file: \"o/{date}.jsonl\", write: append, open-files: 3}\n"
		 "  - {file: -, as: tsv, header: true, rows: quotes}\n"
		 "errors: {to: e, record: fail, max: 0.25%}\n"
		 "run: {workers: 3, timeout: 2m, nice: 5}\n";
	struct plan_how how = plan_how_of(NULL, 0);
	struct plan p;
	struct buf out = { 0 };

	plan_parse(&p, "p.yaml", span_c(text), &how);
	ck_assert_str_eq(plan_faults(&p, &out), "");
	ck_assert_str_eq(p.about, "what it is");
	ck_assert_uint_eq(p.files.n, 2);
	ck_assert_int_eq(p.format, FORMAT_NEWS);
	ck_assert_uint_eq(p.max_record, 16 << 20);
	ck_assert_uint_eq(p.n_stage, 5);
	ck_assert(!opts_given(&p.stage[0].opts, "no-split-quotes")); /* false: left out */
	ck_assert(!opts_given(&p.stage[1].opts, "zone"));            /* empty: left out */
	ck_assert_str_eq(opts_text(&p.stage[2].opts, "only"), "PERSON,ORG");
	ck_assert_ptr_null(p.stage[3].filter);
	ck_assert_str_eq(p.stage[3].argv[1], ""); /* an argument stays */
	ck_assert_str_eq(p.stage[3].argv[2], "2");
	ck_assert_ptr_null(p.stage[3].argv[3]);
	ck_assert_int_eq(opts_int(&p.stage[4].opts, "sentences"), 2);
	ck_assert_uint_eq(p.n_output, 2);
	ck_assert(p.output[0].append && p.output[0].open_files == 3 && !p.output[0].standard);
	ck_assert(p.output[1].standard && p.output[1].header);
	ck_assert_uint_eq(p.output[1].rows, ROWS_QUOTES);
	ck_assert_str_eq(p.errors_to, "e");
	ck_assert(p.strict && p.jobs == 3 && p.nice == 5);
	ck_assert_double_eq(p.timeout, 120);
	ck_assert_double_eq(p.stage[3].timeout, 1.5);
	ck_assert(p.stage[3].keeps_all && p.limit.on);
	ck_assert_double_eq(p.limit.percent, 0.25);
	buf_free(&out);
	plan_free(&p);
}
END_TEST

START_TEST(what_is_left_out)
{
	struct plan_how how = plan_how_of(NULL, 0);
	struct plan p;

	plan_parse(&p, "p.yaml", SPAN(HEAD STAGES), &how);
	ck_assert_uint_eq(p.faults.n_fault, 0);
	ck_assert_uint_eq(p.n_output, 1);
	ck_assert(p.output[0].standard && p.output[0].form == NULL);
	ck_assert(p.jobs == 1 && !p.strict && p.errors_to == NULL && p.files.n == 0);
	ck_assert_uint_eq(p.max_record, 64 << 20);
	plan_free(&p);
}
END_TEST

/* Where the state is, and that it is another one for other values. */
START_TEST(states)
{
	static const char text[] =
	    HEAD "params: {a: {default: x}, d: {type: date, default: today}}\n" STAGES
		 "run: {lock: wait, resume: no}\n";
	struct define other[] = { { SPAN("a"), "y" }, { SPAN("d"), "yesterday" } };
	struct plan_how how = plan_how_of(NULL, 0);
	struct plan p;
	const char *identity;
	struct arena a = { 0 };

	unsetenv("NTAG_STATE");
	plan_parse(&p, "dir/p.q.yaml", span_c(text), &how);
	ck_assert(p.stateful && !p.only_new && p.lock == STATE_WAIT && p.checkpoint < 0);
	ck_assert_str_eq(plan_state(&p, &how), "dir/.ntag/p.q.state");
	identity = arena_cstr(&a, span_c(plan_identity(&p)));
	p.path = ".yaml";
	ck_assert_str_eq(plan_state(&p, &how), ".ntag/.yaml.state");
	setenv("NTAG_STATE", "env", 1);
	ck_assert_str_eq(plan_state(&p, &how), "env/.yaml.state");
	how.state = "opt";
	ck_assert_str_eq(plan_state(&p, &how), "opt/.yaml.state");
	unsetenv("NTAG_STATE");
	plan_free(&p);
	how.defines.at = other + 1; /* a day makes no other state, but another run */
	how.defines.n = 1;
	plan_parse(&p, "p.yaml", span_c(text), &how);
	ck_assert_str_eq(plan_state(&p, &how), "opt/p.state");
	ck_assert_str_ne(plan_identity(&p), identity);
	plan_free(&p);
	how.defines.at = other;
	plan_parse(&p, "p.yaml", span_c(text), &how);
	ck_assert_uint_eq(strlen(plan_state(&p, &how)), strlen("opt/p-0123456789abcdef.state"));
	plan_free(&p);
	plan_parse(&p, "p.yaml", SPAN(HEAD STAGES), &how);
	ck_assert(!p.stateful && p.checkpoint == 30);
	plan_free(&p);
	arena_free(&a);
}
END_TEST

/* A required parameter without value: check can say nothing about what depends on it. */
START_TEST(lenient)
{
	static const char text[] = HEAD "params: {n: {type: int}}\n"
					"stages: [{ntag-summarize: {sentences: \"${n}\"}}]\n"
					"output: [{file: \"${n}\"}]\n";
	struct plan_how how = plan_how_of(NULL, 0);
	struct plan p;
	struct buf out = { 0 };

	plan_parse(&p, "p.yaml", span_c(text), &how);
	ck_assert_str_eq(
	    plan_faults(&p, &out), "p.yaml:2:10: parameter \"n\" is required: -D n=VALUE\n");
	plan_free(&p);
	how.defines.lenient = true;
	plan_parse(&p, "p.yaml", span_c(text), &how);
	ck_assert_str_eq(plan_faults(&p, &out), "");
	plan_free(&p);
	buf_free(&out);
}
END_TEST

START_TEST(at_most_so_many_stages)
{
	struct plan_how how = plan_how_of(NULL, 0);
	struct plan p;
	struct buf text = { 0 }, out = { 0 };

	buf_str(&text, HEAD "stages:\n");
	for (int i = 0; i < STEP_MAX; i++)
		buf_str(&text, " - ntag-split\n");
	plan_parse(&p, "p.yaml", buf_span(&text), &how);
	ck_assert_str_eq(plan_faults(&p, &out), "");
	plan_free(&p);
	buf_str(&text, " - ntag-split\n");
	plan_parse(&p, "p.yaml", buf_span(&text), &how);
	ck_assert_str_eq(plan_faults(&p, &out), "p.yaml:35:4: more than 32 stages\n");
	plan_free(&p);
	buf_free(&text);
	buf_free(&out);
}
END_TEST

START_TEST(a_missing_file)
{
	struct plan_how how = plan_how_of(NULL, 0);
	struct plan p;
	struct buf out = { 0 };

	plan_load(&p, "/nonexistent/p.yaml", &how);
	ck_assert_str_eq(plan_faults(&p, &out), "/nonexistent/p.yaml: No such file or directory\n");
	buf_free(&out);
	plan_free(&p);
}
END_TEST

/* Keys of a room stand together and fit; every key that is supported has its help. */
START_TEST(schema_is_in_order)
{
	for (const struct key *k = schema; k->room != NULL; k++) {
		size_t n = 0;

		for (const struct key *o = schema; o->room != NULL; o++)
			n += strcmp(o->room, k->room) == 0;
		ck_assert_uint_le(n, ROOM_KEYS_MAX);
		for (const struct key *o = k + 1; o->room != NULL; o++) {
			ck_assert(
			    strcmp(o->room, k->room) != 0 || strcmp(o[-1].room, k->room) == 0);
			ck_assert(
			    strcmp(o->room, k->room) != 0 || strcmp(o->opt.name, k->opt.name) != 0);
		}
		ck_assert(k->opt.help != NULL);
	}
}
END_TEST

/* as: is the list of forms, neither more nor less. */
START_TEST(forms_are_those_of_output)
{
	const struct key *as = schema;
	struct buf words = { 0 };

	while (strcmp(as->room, "output") != 0 || strcmp(as->opt.name, "as") != 0)
		as++;
	for (size_t i = 0; forms[i] != NULL; i++)
		buf_fmt(&words, "%s%s", i == 0 ? "" : "|", forms[i]->name);
	buf_char(&words, '\0');
	ck_assert_str_eq(words.p, as->opt.of);
	buf_free(&words);
}
END_TEST

START_TEST(manual_has_every_key)
{
	struct buf out = { 0 };

	schema_mdoc(&out);
	buf_char(&out, '\0');
	for (const struct key *k = schema; k->room != NULL; k++)
		ck_assert_msg(strstr(out.p, k->opt.name) != NULL, "%s", k->opt.name);
	ck_assert_ptr_nonnull(strstr(out.p, ".It Ic input.files : Ar "));
	ck_assert_ptr_nonnull(strstr(out.p, ".It Ic run.shard"));
	buf_free(&out);
}
END_TEST

START_TEST(registry_is_complete)
{
	struct arena a = { 0 };
	const char *const *names = registry_names(&a);
	size_t n = 0;

	for (; names[n] != NULL; n++) {
		ck_assert_ptr_eq(registry_find(names[n]), registry[n]);
		ck_assert_ptr_null(registry_find(names[n] + 1));
	}
	ck_assert_uint_ge(n, 5);
	arena_free(&a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("run_plan");
	TCase *t = tcase_create("plan");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, messages, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(t, a_whole_plan);
	tcase_add_test(t, what_is_left_out);
	tcase_add_test(t, states);
	tcase_add_test(t, lenient);
	tcase_add_test(t, at_most_so_many_stages);
	tcase_add_test(t, a_missing_file);
	tcase_add_test(t, schema_is_in_order);
	tcase_add_test(t, forms_are_those_of_output);
	tcase_add_test(t, manual_has_every_key);
	tcase_add_test(t, registry_is_complete);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
