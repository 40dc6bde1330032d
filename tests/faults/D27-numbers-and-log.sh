# PIPELINES 4, PRODUCT 55-59: the closing line, --stats=json, the log and the metrics have the same numbers; times of the stages
# add up to that of the run; a good run by cron says nothing. D27: a log that is rotated goes on.
mkdir in && cp "$ARTICLES"/*.txt in && printf '{"text":1}\n{"id":"b","text":"One."}\n' >in/bad.jsonl
cat >p.yaml <<'T'
ntag: 1
input: {files: ["in/*.txt", "in/*.jsonl"], only: new}
stages: [ntag-split, ntag-date, {exec: [jq, -c, 'select(.id != "b")']}, ntag-entity]
output: [{file: out.jsonl, write: append}]
errors: {to: dead.jsonl}
log: {metrics: m/metrics.prom}
T
ntag-run run p.yaml -v 2>err
[ $? -eq 2 ] || { cat err; exit 1; }
grep -q '^p: 7 read = 5 written + 1 filtered + 1 rejected; 6 files; [0-9.]* s, [0-9.]* MB/s; see dead.jsonl$' err || { cat err; exit 1; }
grep -q '^  ntag-date .* 6 in, 6 out$' err && grep -q '^  jq .* 6 in, 5 out$' err && grep -q '^  ntag-entity .* 5 in, 5 out$' err || { cat err; exit 1; }
grep -q '^ntag_records{pipeline="p",outcome="filtered"} 1$' m/metrics.prom && grep -q '^ntag_run_status{pipeline="p"} 2$' m/metrics.prom &&
	grep -q '^ntag_stage_records{pipeline="p",number="3",stage="jq",what="out"} 5$' m/metrics.prom || { cat m/metrics.prom; exit 1; }
awk '!/^#/ && !/^[a-z_]+\{([a-z]+="[^"]*",?)+\} [-0-9.e+]+$/ { print; bad = 1 } END { exit bad }' m/metrics.prom || exit 1
[ -z "$(ls -A m | grep -v '^metrics.prom$')" ] || { ls -A m; exit 1; }
echo edit >>in/01-ferry.txt && rm in/02-storm.txt
ntag-run run p.yaml --stats=json 2>err
jq -e '.read == 1 and .written == 1 and .changed == 1 and .known == 4 and .new == 0 and .status == 0 and (.stages | length) == 6' <(tail -1 err) >/dev/null || { cat err; exit 1; }
ntag-run run p.yaml >err 2>&1 && [ ! -s err ] || { cat err; exit 1; }
# JSON messages, each with its place; the log of another run goes behind the first.
sed -e 's/, only: new//' -e 's/^log.*/log: {format: json, to: log.jsonl, every: 1ms}/' -e 's/, write: append//' p.yaml >j.yaml
ntag-run run j.yaml 2>err; [ $? -eq 2 ] && [ ! -s err ] || { cat err; exit 1; }
ntag-run run j.yaml 2>err; [ $? -eq 2 ] && [ ! -s err ] || { cat err; exit 1; }
grep '"warning"' log.jsonl | jq -e '.file == "in/bad.jsonl" and .line == 1 and (.message | test("record rejected")) and (.time | test("^20..-..-..T..:..:..Z$"))' >/dev/null || { cat log.jsonl; exit 1; }
[ "$(jq -c 'select(.event == "end") | [.read, .written, .filtered, .rejected]' log.jsonl | tr '\n' ' ')" = '[6,4,1,1] [6,4,1,1] ' ] || { cat log.jsonl; exit 1; }
ntag-run run p.yaml --log-format=json -o json in/bad.jsonl 2>&1 >/dev/null | jq -e .time >/dev/null || exit 1
# Times: reading, stages and writing make up the run (one thread, no other program).
for i in $(seq 400); do cat "$ARTICLES"/*.txt; done >big.txt
printf 'ntag: 1\nstages: [ntag-split, ntag-date, ntag-entity]\noutput: [{file: big.jsonl}]\n' >t.yaml
ntag-run run t.yaml --stats=json <big.txt 2>err || exit 1
jq -e '([.stages[].seconds] | add) as $s | $s > .seconds * 0.85 and $s < .seconds * 1.05' err >/dev/null || { cat err; exit 1; }
# D27: renamed, or cut off, while the run goes on.
mkfifo pipe
sed -e 's/^log.*/log: {to: l.log}/' -e 's/only: new/format: jsonl/' -e 's/"in.*jsonl"/-/' -e 's/{exec.*})*\], *//; s/, {exec.*}, ntag-entity/, ntag-entity/' p.yaml >r.yaml
ntag-run run r.yaml <pipe 2>err &
exec 3>pipe
wait_for() { for _ in $(seq 500); do grep -q "$1" "$2" 2>/dev/null && return; sleep 0.01; done; echo "no $1 in $2"; cat err; exit 1; }
echo '{"text":1}' >&3 && wait_for ':1:' l.log
mv l.log l.log.1 && echo '{"text":2}' >&3 && wait_for ':2:' l.log
kill -HUP $! && : >l.log && echo '{"text":3}' >&3 && wait_for ':3:' l.log
exec 3>&-
wait $!
[ $? -eq 2 ] && [ "$(wc -l <l.log.1)" -eq 1 ] && [ "$(grep -c rejected l.log)" -eq 2 ] || { cat err l.log.1 l.log; exit 1; }
tr -d '\0' <l.log | cmp - l.log || { echo "a hole in the log"; exit 1; }
