# D3: a reader never sees half an output. D4: of ten starts at once one runs. D5: a lock is gone with its holder. D6: the same
# files again: nothing is touched. D7: a file that was only touched is not read again, one that was edited is.
# D8: a file that may still be written waits.
mkdir in && cp "$ARTICLES"/*.txt in
cat >p.yaml <<'T'
ntag: 1
params: {lock: {type: enum, of: [fail, skip, wait], default: fail}, settle: {type: text, default: 0s}, day: {type: date, default: today}}
input: {files: ["in/*.txt", "in/0*.txt"], only: new, settle: "${settle}"}
stages: [ntag-split, ntag-summarize]
output: [{file: "out/{date:%Y}.jsonl", write: append}, {file: out/new.txt, as: text}]
run: {lock: "${lock}"}
T
seen() { find out .ntag -type f -printf '%p %s %T@ %i\n' | sort; }
ntag-run run p.yaml 2>err || { cat err; exit 1; }
[ ! -s err ] && [ "$(cat out/*.jsonl | wc -l)" -eq 5 ] || { cat err; wc -l out/*; exit 1; } # named twice, read once
# D6, also under another day.
seen >before
sleep 0.02
ntag-run run p.yaml >out.txt 2>&1 && ntag-run run p.yaml -D day=yesterday >>out.txt 2>&1 || { cat out.txt; exit 1; }
seen | cmp - before && [ ! -s out.txt ] || { cat out.txt; exit 1; }
# D7
touch in/01-ferry.txt
ntag-run run p.yaml >out.txt 2>&1 || { cat out.txt; exit 1; }
[ ! -s out.txt ] && [ "$(cat out/*.jsonl | wc -l)" -eq 5 ] || { cat out.txt; exit 1; }
seen >before
ntag-run run p.yaml && seen | cmp - before || exit 1 # its new time is known
echo 'One more line.' >>in/01-ferry.txt
cp out/new.txt old
ntag-run run p.yaml 2>err || { cat err; exit 1; }
echo 'ntag-run: in/01-ferry.txt: has changed since it was read; its old records stay where they were added' | cmp - err || { cat err; exit 1; }
[ "$(cat out/*.jsonl | wc -l)" -eq 6 ] && ! cmp -s out/new.txt old && [ "$(grep -c ferry.txt:1 out/new.txt)" -eq 1 ] && [ "$(grep -c '\.txt:1' out/new.txt)" -eq 1 ] || { cat out/new.txt; exit 1; }
# dry-run and status look, and touch nothing.
seen >before
sleep 0.02
echo new >in/new.txt && touch in/02-storm.txt && echo more >>in/03-bank.txt
ntag-run dry-run p.yaml | grep -q '^input     11 files, .*: 1 new, 2 changed, 8 known$' || { ntag-run dry-run p.yaml; exit 1; }
ntag-run dry-run p.yaml -D settle=1h | grep -q ': 11 too young$' || { ntag-run dry-run p.yaml -D settle=1h; exit 1; }
[ "$(ntag-run status p.yaml | sed 's/run [0-9TZ]*/run X/')" = 'p.yaml: run X complete; 5 files known' ] || { ntag-run status p.yaml; exit 1; }
[ "$(ntag-run status p.yaml -D settle=1h)" = 'p.yaml: no run yet' ] || exit 1
seen | cmp - before || exit 1
rm in/new.txt && cp "$ARTICLES"/03-bank.txt in
# Other values of parameters are another run, but for dates.
ntag-run run p.yaml -D settle=1d 2>err || exit 1
[ "$(cat out/*.jsonl | wc -l)" -eq 6 ] || { echo "D8: not settled"; exit 1; }
find in -exec touch -d '2 days ago' {} +
ntag-run run p.yaml -D settle=1d 2>err || exit 1
[ "$(cat out/*.jsonl | wc -l)" -eq 11 ] && [ "$(ls .ntag | wc -l)" -eq 2 ] || { cat err; ls .ntag; exit 1; }
# --state, and the environment.
ntag-run run p.yaml --state st && [ -e st/p.state ] && NTAG_STATE=st2/x ntag-run run p.yaml && [ -e st2/x/p.state ] || exit 1
# A list of names on standard input.
sed 's/files: [^]]*\]/files-from: "-"/' p.yaml >l.yaml
find in -type f -print0 | sort -z | ntag-run run l.yaml --state st && [ "$(wc -l <out/new.txt)" -gt 20 ] || exit 1
cp out/new.txt old
find in -type f -print0 | sort -z | ntag-run run l.yaml --state st && cmp old out/new.txt || exit 1
ls in/* | ntag-run run l.yaml --state st && cmp old out/new.txt || exit 1
# -o shows, and remembers nothing.
[ "$(ntag-run run -o json p.yaml | wc -l)" -eq 10 ] || exit 1
# D4 and D5: the holder of the lock waits for its input.
rm -rf out .ntag
mkfifo in/0-fifo.txt hold
sed 's/, "in.0.*.txt"\]/, hold]/' p.yaml >f.yaml # a name outright is read
ntag-run run f.yaml &
pid=$!
exec 9>hold
for _ in $(seq 1 50); do [ -e .ntag/f.state ] && break; sleep 0.1; done
sleep 0.1
ntag-run run f.yaml 2>err
[ $? -eq 75 ] && grep -q '^ntag-run: .ntag/f.state: another run of the pipeline is under way$' err || { cat err; exit 1; }
ntag-run status f.yaml >out.txt
[ $? -eq 75 ] && grep -q 'under way; 0 files known$' out.txt || { cat out.txt; exit 1; }
cp .ntag/f.state x && sed 's/default: fail/default: skip/' f.yaml >x.yaml && cp x.yaml f.yaml
ntag-run run f.yaml 2>err
[ $? -eq 0 ] && [ "$(cat err)" = 'ntag-run: .ntag/f.state: another run of the pipeline is under way; left to it' ] || { cat err; exit 1; }
kill -9 $pid
wait $pid 2>/dev/null
exec 9>&-
ntag-run status f.yaml | grep -q 'was interrupted; the next one goes on' || { ntag-run status f.yaml; exit 1; }
rm hold && printf ' date 2021-12-04 T\n\nOne.\n' >hold
ntag-run run --restart f.yaml 2>err || { cat err; exit 1; }
[ "$(cat out/*.jsonl | wc -l)" -eq 6 ] || { wc -l out/*; exit 1; }
rm in/0-fifo.txt
# A lock that is held for a moment only, by what a killed run has left behind or by a look at the state, is waited for.
exec 8<.ntag/f.state
flock 8
{ sleep 0.1; flock -u 8; } &
ntag-run run f.yaml 2>err 8<&-
[ $? -eq 0 ] && [ ! -s err ] || { cat err; exit 1; }
exec 8<&-
# Ten at once.
for lock in skip wait fail; do
	rm -rf out .ntag
	for _ in 1 2 3 4 5 6 7 8 9 10; do ntag-run run p.yaml -D lock=$lock 2>>err & done
	wait
	[ "$(cat out/*.jsonl | wc -l)" -eq 5 ] || { echo "$lock: $(cat out/*.jsonl | wc -l)"; exit 1; }
done
# D3: whole lines only, and new.txt is there only when it is whole.
rm -rf out .ntag in && mkdir in out
for i in $(seq 1 3000); do echo "{\"id\":\"$i\",\"date\":\"2021-12-04\",\"text\":\"One sentence here. And another one, a bit longer.\"}"; done >in/a.txt
ntag-run run p.yaml &
pid=$!
while kill -0 $pid 2>/dev/null; do
	cat out/2021.jsonl 2>/dev/null >copy
	[ ! -s copy ] || [ "$(tail -c 1 copy | od -An -c | tr -d ' ')" = '\n' ] || { echo "half a line"; exit 1; }
	[ ! -e out/new.txt ] || [ "$(grep -c 'longer' out/new.txt)" -eq 3000 ] || { echo "half a file"; exit 1; }
done
wait $pid
