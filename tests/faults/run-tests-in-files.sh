# ntag-run test: status 0 and 1, the difference of records, --update in flow, block and file, faults with their place.
cat >p.yaml <<'T'
ntag: 1
params: {by: {type: enum, of: [document, sentence], default: document}}
input: {files: ["nowhere/*.txt"]}
stages: [{ntag-split: {by: "${by}"}}]
output: [{file: "nowhere/out"}]
errors: {to: nowhere/bad}
tests:
  - name: one sentence
    given: [{id: a, text: One., n: 1.10, b: "1"}]
    expect: [{id: a, sents: [{start: 0, end: 4}], n: 1.10, b: "1", gone: null}]
  - name: parts
    set: {by: sentence}
    given:
      - {id: a, text: One. Two.}
    expect:
      - {id: a.0}
      - {id: a.1, text: Two.}
  - name: a file
    given: given.txt
    expect: expect.jsonl
T
printf ' date 2021-12-04 T\n\nOne. Two.\n' >given.txt
echo '{"title":"T","sents":[{"start":0},{"start":3},{"start":8}]}' >expect.jsonl
ntag-run test p.yaml >out 2>err || { cat out err; exit 1; }
[ "$(cat out)" = '3 passed, 0 failed' ] && [ ! -s err ] && [ ! -e nowhere ] || { cat out err; ls; exit 1; }
# What differs is shown, one record too many and one too few too; status 1.
sed -e 's/end: 4/end: 5/; s/n: 1.10, b: "1", gone/n: "1.10", b: 1, gone/; s/- {id: a.0}/- {id: a.2}/; /text: Two.}$/d' p.yaml >q.yaml
echo '{"title":"U"}' >expect.jsonl
echo '{"title":"V"}' >>expect.jsonl
ntag-run test q.yaml >out
[ $? -eq 1 ] || { cat out; exit 1; }
cat >want <<'T'
FAIL q.yaml:8: one sentence
  record 1
- sents[0].end: 5
+ sents[0].end: 4
- n: "1.10"
+ n: 1.10
FAIL q.yaml:11: parts
  record 1
- id: "a.2"
+ id: "a.0"
  record 2
T
head -11 out | cmp - want || { cat out; exit 1; }
grep -q '^+ {"id":"a.1"' out && grep -q '^- {"title":"V"}' out && [ "$(tail -1 out)" = '0 passed, 3 failed' ] || { cat out; exit 1; }
# --update writes what came, in the shape that was there; then all pass, and nothing else has changed.
ntag-run test --update q.yaml >out || { cat out; exit 1; }
ntag-run test q.yaml >out || { cat out; exit 1; }
grep -q 'expect: \[{"id": "a", "sents": \[{"start": 0, "end": 4}\], "n": 1.10, "b": "1"}\]' q.yaml || { cat q.yaml; exit 1; }
grep -qx '      - {"id": "a.1"}' q.yaml || { cat q.yaml; exit 1; }
[ "$(head -9 q.yaml)" = "$(head -9 p.yaml)" ] && [ "$(wc -l <expect.jsonl)" -eq 1 ] || { cat q.yaml; exit 1; }
# Faults of the section have their place; a stage that fails is a failed test.
cat >bad.yaml <<'T'
ntag: 1
params: {n: {type: int, default: 1}}
stages: [ntag-split, exec: [sh, -c, "exit 3"]]
tests:
  - {name: x, set: {m: 1, n: many}, given: [a], expect: {}}
  - {given: []}
T
ntag-run check bad.yaml >out
[ $? -eq 78 ] || exit 1
cat >want <<'T'
bad.yaml:5:21: no such parameter, "m"; did you mean "n"?
bad.yaml:5:30: set n: "many" is not a whole number
bad.yaml:5:45: tests.given: a record is a mapping
bad.yaml:5:57: tests.expect must be a list of records or a path
bad.yaml:6:5: tests.expect is missing
bad.yaml:6:5: tests.name is missing
T
cmp out want || { cat out; exit 1; }
ntag-run test bad.yaml 2>err
[ $? -eq 78 ] && [ "$(wc -l <err)" -eq 6 ] || exit 1
printf '%s\n' 'ntag: 1' 'stages: [ntag-split, exec: [sh, -c, "exit 3"]]' \
	'tests: [{name: x, given: [{id: a, text: One.}], expect: []}]' >fails.yaml
ntag-run test fails.yaml >out 2>err
[ $? -eq 1 ] && grep -q '  ended with status 74' out || { cat out err; exit 1; }
# The shipped pipelines pass theirs.
ntag-run test "$TOP"/pipelines/*.yaml || exit 1
