# D1 with an external program: what it made of an interrupted run is done again from the start, to the same bytes. Nothing
# that the killed run has started writes on behind its back.
mkdir in
for f in 1 2 3 4; do
	for i in $(seq 1 400); do
		printf '{"id":"%d-%d","date":"2021-12-%02d","text":"One sentence. And another one."}\n' $f "$i" $((i % 5 + 1))
		[ $((i % 97)) -eq 0 ] && echo '{'
	done >in/$f.jsonl
done
cat >p.yaml <<'T'
ntag: 1
input: {files: ["in/*.jsonl"], only: new}
stages: [ntag-split, {exec: [sed, "s/One/Two/"], keeps: all}, ntag-summarize]
output: [{file: "out/{date}.jsonl", write: append}, {file: out/all.txt, as: text}]
errors: {to: out/bad.jsonl}
run: {checkpoint: 10ms}
T
ntag-run run p.yaml -q
[ $? -eq 2 ] && mv out want && [ "$(cat want/2021* | wc -l)" -eq 1600 ] && [ "$(wc -l <want/bad.jsonl)" -eq 16 ] || { ls want; exit 1; }
RANDOM=3 kills=0
while [ $kills -lt ${KILLS:-10} ]; do
	rm -rf out .ntag
	for _ in 1 2 3 4; do
		ntag-run run p.yaml -q 2>/dev/null &
		pid=$!
		sleep "$(printf '0.%06d' $((RANDOM * 3)))"
		kill -9 $pid 2>/dev/null
		wait $pid 2>/dev/null
		[ $? -eq 137 ] && kills=$((kills + 1)) || break
	done
	ntag-run run p.yaml -q 2>err
	[ ! -s err ] || { cat err; exit 1; }
	diff -r want out >diff || { head -5 diff | cut -c1-300; tail -3 .ntag/* | cut -c1-300; exit 1; }
done
# A program that fails: what was committed stays, and the next run goes on from there.
echo '{"id":"new","date":"2021-12-09","text":"One sentence."}' >in/5.jsonl
sed 's/exec: .sed, .*\/"./exec: [sh, -c, "cat; exit 3"]/' p.yaml >q.yaml && cp .ntag/p.state .ntag/q.state
ntag-run run q.yaml 2>err
[ $? -eq 74 ] && grep -q 'sh ended with status 3' err && [ ! -s out/2021-12-09.jsonl ] || { cat err; ls out; exit 1; }
ntag-run run q.yaml 2>err
[ $? -eq 74 ] || exit 1
sed -i 's/exit 3/exit 0/' q.yaml
ntag-run run q.yaml 2>err
[ $? -eq 75 ] && grep -q 'has changed since a run was interrupted; --restart' err || { cat err; exit 1; }
ntag-run run --restart q.yaml && [ "$(wc -l <out/2021-12-09.jsonl)" -eq 1 ] && [ "$(cat out/2021* | wc -l)" -eq 1601 ] || exit 1
[ "$(find out -name '.*' -type f)" = '' ]
