# C14: a missing program is found before anything is read. C15: a stage that fails, is killed or stops reading
# fails the run; an output that was there stays as it was.
cat >p.yaml <<'T'
ntag: 1
params: {cmd: {type: text, default: cat}}
input: {files: ["-"], format: jsonl}
stages:
  - ntag-split
  - exec: [sh, -c, "${cmd}"]
output: [{file: out}]
T
for i in $(seq 1 20000); do echo '{"id":"'$i'","text":"One sentence. And another one."}'; done >in
fails() { # COMMAND MESSAGE
	echo old >out
	timeout 60 ntag-run run p.yaml -D "cmd=$1" <in 2>err
	[ $? -eq 74 ] || { echo "$1: not 74"; cat err; exit 1; }
	grep -qx "ntag-run: p.yaml:6:5: sh $2; the output is incomplete" err || { echo "$1:"; cat err; exit 1; }
	[ "$(cat out)" = old ] || { echo "$1: the output was touched"; exit 1; }
	[ "$(ls -A | grep -c part)" -eq 0 ] || { echo "$1: $(ls -A)"; exit 1; }
}
fails 'head -n 5; exit 3' 'ended with status 3'
fails 'exit 1' 'ended with status 1'
fails 'cat; exit 9' 'ended with status 9'
fails 'kill -9 $$' 'was killed by signal 9'
fails 'head -n 5' 'stopped reading before the end'
ntag-run run p.yaml <in 2>err || { cat err; exit 1; }
[ "$(wc -l <out)" -eq 20000 ] || exit 1
# Not there, not executable.
echo 'echo x' >plain
for program in no-such-program ./plain; do
	printf 'ntag: 1\nstages: [ntag-split, {exec: [%s]}]\noutput: [{file: out2}]\n' $program >q.yaml
	ntag-run check q.yaml >err
	[ $? -eq 78 ] && grep -q "^q.yaml:2:22: exec: no program \"$program\"" err || { echo "$program: $(cat err)"; exit 1; }
	ntag-run run q.yaml <in 2>err
	[ $? -eq 78 ] && [ ! -e out2 ] || { echo "$program was run"; exit 1; }
done
