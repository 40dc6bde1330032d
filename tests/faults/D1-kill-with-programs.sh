# D1 with an external program: what it made since the last commit is done again, to the same bytes. Nothing that the killed run
# has started writes on behind its back. PIPELINES 5: a commit is a drain, where a program keeps all.
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
# A run in legs is one run: bytes, numbers, dead letters, errors.max are those of a run without a commit in the middle.
numbers() { jq -c 'del(.seconds, .bytes, .share, .when, .stages[].seconds)' "$1"; }
mkdir wide && for f in in/*.jsonl; do for k in 1 2 3 4 5 6 7 8 9; do cp "$f" "wide/$k-${f##*/}"; done; done # many blocks: more than one commit is due
sed 's/in.\*/wide\/*/; s/10ms/1h/' p.yaml >whole.yaml && sed 's/1h/1ms/' whole.yaml >whole2.yaml
rm -rf out && ntag-run run whole.yaml -q --stats=json 2>one
mv out wanted
rm -rf out && ntag-run run whole2.yaml -q -j 2 --stats=json 2>many
commits=$(grep -c '"read":\[' .ntag/whole2.state)
diff -r wanted out && [ "$commits" -gt 1 ] && [ "$(grep -c '"read":\[' .ntag/whole.state)" -eq 1 ] || { cut -c1-100 .ntag/whole*.state; exit 1; }
[ "$(numbers one | sed 's/whole/p/')" = "$(numbers many | sed 's/whole2/p/')" ] || { numbers one; numbers many; exit 1; }
sed 's/to: out.bad.jsonl/&, max: 1%/' whole2.yaml >max.yaml && rm -rf out
ntag-run run max.yaml -q 2>err # 144 of 14,544, though each leg has fewer than 1 in 97
[ $? -eq 2 ] || { cat err; exit 1; }
sed -i 's/max: 1%/max: 9/' max.yaml && rm -rf out .ntag/max.state
ntag-run run max.yaml 2>err
[ $? -eq 2 ] && [ -e .ntag/max.state ] && [ ! -e out/all.txt ] && grep -q 'too many rejected, 10 of' err || { cat err; exit 1; }
# What was committed is not done again: the program keeps what it gets.
mkdir big && seq -f '{"id":"%.0f","date":"2021-12-04","text":"One sentence. And another one."}' 20000 >big/a.jsonl
sed 's/in.\*.jsonl/big/; s/sed, .*\"\], keeps/sh, -c, "tee -a seen | while read -r l; do echo \\"$l\\"; done"], keeps/; s/10ms/30ms/' p.yaml >slow.yaml
rm -rf out
ntag-run run slow.yaml 2>err &
pid=$!
commits() { grep -c '"read":\[' .ntag/slow.state 2>/dev/null; }
for _ in $(seq 1000); do n=$(commits); [ "${n:-0}" -ge 3 ] && break; sleep 0.01; done
kill -9 $pid 2>/dev/null
wait $pid 2>/dev/null
n=$(commits)
ntag-run run slow.yaml 2>err && [ ! -s err ] && [ "$(cat out/2021* | wc -l)" -eq 20000 ] || { cat err; wc -l out/*; exit 1; }
[ "$n" -ge 3 ] && [ "$(wc -l <seen)" -lt 30000 ] || { echo "$n commits, $(wc -l <seen) records for 20000"; exit 1; }
[ "$(jq -r .id out/2021* | sort | uniq -d | wc -l)" -eq 0 ] || exit 1
ntag-run check p.yaml | grep . && exit 1
sed 's/, keeps: all//' p.yaml >some.yaml && rm -rf out
[ "$(ntag-run check some.yaml)" = 'some.yaml:3:22: warning: a run is committed only at its end: a program may hold records back (keeps: some)' ] || { ntag-run check some.yaml; exit 1; }
rm -rf out .ntag && ntag-run run p.yaml -q 2>err
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
