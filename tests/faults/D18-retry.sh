# D18: dead letters, mended and fed back, give the missing records exactly: by ntag-run retry, also when it is killed, and by hand
# with jq. Letters that are still wrong stay; a run and a retry do not cut off each other's work.
mkdir in
for i in $(seq 400); do echo "{\"id\":\"$i\",\"date\":\"2021-12-0$((i % 9 + 1))\",\"text\":\"Sentence $i. And on Monday another.\"}"; done >good
awk 'NR % 10 == 0 { sub(/}$/, "") } { print }' good >in/a.jsonl
printf ' date 2021-12-04 Title\n\nText with a \\x byte: \377.\n' >in/b.txt
cat >p.yaml <<'T'
ntag: 1
input: {files: [in], only: new}
stages: [ntag-split, ntag-date]
output: [{file: "out/{date}.jsonl", write: append}, {file: "out/{run}.tsv", as: tsv, rows: dates}]
errors: {to: dead.jsonl}
T
ntag-split good | ntag-date >want
ntag-run run p.yaml 2>/dev/null; [ $? -eq 2 ] && [ "$(wc -l <dead.jsonl)" -eq 40 ] || exit 1
cp dead.jsonl before && cp -r out out0 && cp -r .ntag ntag0
# Nothing is mended: all stay.
ntag-run retry p.yaml 2>err; [ $? -eq 2 ] && cmp dead.jsonl before && [ ! -e dead.jsonl.retrying ] && diff -r out0/ out -x '*.tsv' || { cat err; exit 1; }
mend() { jq -c 'if .raw then .raw += "}" else . end' before >dead.jsonl; printf '{"file":"x","line":1,"stage":"read","error":"long","offset":0,"length":9}\n{"file":"in/a.jsonl","line":9,"stage":"s","error":"e","raw":"{\\"id\\":"}\n' >>dead.jsonl; }
whole() { cat out/2021-12-0?.jsonl | jq -c 'select(.id | length < 5)' | LC_ALL=C sort | cmp - <(LC_ALL=C sort want); }
mend
ntag-run retry p.yaml --stats 2>err; [ $? -eq 2 ] && grep -q '^p: 42 read = 40 written + 0 filtered + 2 rejected' err || { cat err; exit 1; }
[ "$(wc -l <dead.jsonl)" -eq 2 ] && [ ! -e dead.jsonl.retrying ] && whole || { cat dead.jsonl; exit 1; }
grep -c '"offset":0' dead.jsonl >/dev/null || exit 1
ntag-run retry p.yaml 2>err; [ $? -eq 2 ] && [ "$(wc -l <dead.jsonl)" -eq 2 ] && whole || { cat err; exit 1; }
: >dead.jsonl; ntag-run retry p.yaml >err 2>&1 && [ ! -s err ] || { cat err; exit 1; }
# Killed at any moment: the next retry completes it, and until then no run begins.
sed -i '$a run: {checkpoint: 1ms}' p.yaml
for n in $(seq 12); do
	rm -rf out .ntag && cp -r out0 out && cp -r ntag0 .ntag && mend
	ntag-run retry p.yaml 2>/dev/null &
	pid=$!
	sleep 0.0$((n * 3 % 10))
	kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
	if [ -e dead.jsonl.retrying ] && grep -q begin .ntag/p.retry.state 2>/dev/null && ! tail -1 .ntag/p.retry.state | grep -q '"end"'; then
		ntag-run run p.yaml 2>err; [ $? -eq 75 ] && grep -q 'retry of the dead letters was interrupted' err || { cat err; exit 1; }
	fi
	ntag-run retry p.yaml 2>/dev/null
	ntag-run retry p.yaml 2>/dev/null
	[ "$(wc -l <dead.jsonl)" -eq 2 ] && whole || { echo "killed, $n"; wc -l out/* dead.jsonl; exit 1; }
done
# By hand.
jq -r 'select(.raw) | .raw + "}"' before | ntag-run run p.yaml -o json - >hand 2>err || { cat err; exit 1; }
{ cat out0/2021-12-0?.jsonl; cat hand; } | jq -c 'select(.id | length < 5)' | LC_ALL=C sort | cmp - <(LC_ALL=C sort want) || exit 1
# Raw text has its source and its line, and bytes that are no UTF-8 come back as they were.
printf '{"file":"in/t.txt","line":7,"stage":"read","error":"e","raw":" date 2021-12-05 Head\\n\\nBody one."}\n{"file":"-","line":1,"stage":"read","error":"e","raw64":"Qm9keSD/IHR3by4="}\n' >dead.jsonl
ntag-run retry -o json p.yaml 2>/dev/null | jq -r '[.source, .line, .date, .title, .text] | tojson' >got
printf '%s\n' '["in/t.txt",7,"2021-12-05","Head","Head\n\nBody one."]' '[null,1,null,null,"Body � two."]' | cmp - got || { cat got; exit 1; }
[ "$(wc -l <dead.jsonl)" -eq 2 ] || exit 1
# What a run replaces a retry would destroy.
sed 's/, write: append//' p.yaml >r.yaml
ntag-run retry r.yaml 2>err; [ $? -eq 78 ] && grep -q 'each run replaces it' err || { cat err; exit 1; }
