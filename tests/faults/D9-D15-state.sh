# D9: an interrupted run goes on only with the same pipeline. D10: a damaged state is refused, never half-trusted. D13: a bare
# environment is enough. D15: a good run by cron writes not one byte to standard error.
mkdir in && cp "$ARTICLES"/*.txt in
cat >p.yaml <<'T'
ntag: 1
input: {files: ["in/*.txt"], only: new}
stages: [ntag-split]
output: [{file: "out/{date}.jsonl", write: append}, {file: "out/{run}.csv", as: csv, rows: sents}]
errors: {to: out/bad.jsonl}
T
mkdir out && echo old >out/2022-03-20.jsonl
run=$(command -v ntag-run)
env -i "$run" run p.yaml >log 2>&1 </dev/null && (umask 077 && env -i "$run" run p.yaml >>log 2>&1 </dev/null) || { cat log; exit 1; }
[ ! -s log ] || { cat log; exit 1; }
# D10: each byte in turn (each 5th without NTAG_SLOW).
cp -r out want && cp .ntag/p.state good
size=$(stat -c %s good) refused=0 cut=0
for i in $(seq 0 $((${NTAG_SLOW:+1} + (1 - ${NTAG_SLOW:-0}) * 5)) $((size - 1))); do
	cp good .ntag/p.state
	byte=$(od -An -tu1 -j "$i" -N 1 good)
	printf "\\$(printf %o $((byte ^ 1)))" | dd of=.ntag/p.state bs=1 seek="$i" conv=notrunc status=none
	ntag-run run p.yaml >log 2>&1
	case $? in
	78) refused=$((refused + 1)); grep -q '^ntag-run: .ntag/p.state:[0-9]*: the state file is damaged; ' log || { cat log; exit 1; } ;;
	0) cut=$((cut + 1)) ;;
	*) echo "byte $i: $(cat log)"; exit 1 ;;
	esac
	diff -r want out || { echo "byte $i"; exit 1; }
done
[ $refused -gt 10 ] && [ $cut -gt 1 ] || { echo "$refused refused, $cut cut"; exit 1; }
# D9, and --restart: what the interrupted run has added is taken away, what was there before it stays.
cp good .ntag/p.state
for i in $(seq 1 20000); do echo "{\"id\":\"$i\",\"date\":\"2021-12-0$((i % 9 + 1))\",\"text\":\"One. Two.\"}"; done >in/z.txt
sed -i '$a run: {checkpoint: 1ms}' p.yaml
ntag-run run p.yaml &
pid=$!
for _ in $(seq 1 500); do [ "$(wc -l <.ntag/p.state)" -gt 6 ] && break; sleep 0.01; done
kill -9 $pid
wait $pid 2>/dev/null
[ $? -eq 137 ] || { echo "not killed"; exit 1; }
ls -A out | grep -q part || { ls -A out; exit 1; }
cp p.yaml same.yaml && sed 's/ntag-split\]/ntag-split, ntag-date]/' same.yaml >p.yaml
ntag-run run p.yaml 2>err
[ $? -eq 75 ] && grep -q '^ntag-run: p.yaml: the pipeline, a parameter or this program has changed since a run was interrupted; --restart' err || { cat err; exit 1; }
cp same.yaml p.yaml
cp -r out out1 && cp .ntag/p.state state1
ntag-run run p.yaml 2>err || { cat err; exit 1; } # the same again: it goes on
[ "$(cat out/2021*.jsonl | wc -l)" -eq 20000 ] && [ "$(ls out/*.csv | wc -l)" -eq 2 ] && cmp out/2022-03-20.jsonl want/2022-03-20.jsonl || { wc -l out/*; exit 1; }
mv out out2
mv out1 out && cp state1 .ntag/p.state && rm in/z.txt
printf '{"id":"x","date":"2022-03-20","text":"One."}\n' >in/y.txt
sed 's/ntag-split\]/ntag-split, ntag-date]/' same.yaml >p.yaml
ntag-run run --restart p.yaml 2>err || { cat err; exit 1; }
[ "$(cat out/2021*.jsonl | wc -l)" -eq 0 ] && [ "$(wc -l <out/2022-03-20.jsonl)" -eq $(($(wc -l <want/2022-03-20.jsonl) + 1)) ] || { wc -l out/*; exit 1; }
ls -A out | grep part && exit 1
# An output that is gone is said, not made anew without its beginning.
cp state1 .ntag/p.state && cp same.yaml p.yaml && rm -r out && mkdir out
ntag-run run p.yaml 2>err
[ $? -eq 74 ] && grep -q 'is shorter than the interrupted run has left it; --restart' err || { cat err; exit 1; }
