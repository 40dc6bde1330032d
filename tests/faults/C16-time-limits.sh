# C16: a stage that hangs is asked to end, then killed with all that it started: status 124; an output stays as it
# was. The same for the whole run, also while it waits for its input.
cat >p.yaml <<'T'
ntag: 1
params: {cmd: {type: text}, limit: {type: text, default: 300ms}}
input: {files: ["-"], format: jsonl}
stages:
  - ntag-split
  - exec: [sh, -c, "${cmd}"]
    timeout: "${limit}"
output: [{file: out}]
T
echo '{"text":"One."}' >in
echo old >out
hangs() { # COMMAND SECONDS
	start=$(date +%s)
	timeout 30 ntag-run run p.yaml -D "cmd=$1" <in 2>err
	[ $? -eq 124 ] || { echo "$1: not 124"; cat err; exit 1; }
	[ $(($(date +%s) - start)) -le "$2" ] || { echo "$1: too late"; exit 1; }
	grep -qx 'ntag-run: p.yaml:6:5: sh did not end within 0.3 s; the output is incomplete' err || { cat err; exit 1; }
	[ "$(cat out)" = old ] && [ "$(ls -A | grep -c part)" -eq 0 ] || { ls -A; exit 1; }
}
hangs 'sleep 1234567; cat' 3
hangs 'sleep 1234567 & cat; wait' 3
ps -eo args | grep -q '^sleep 1234567' && { echo "a process is left"; exit 1; }
hangs 'trap "" TERM; while :; do sleep 0.1; done' 9
# A program that has ended in time is not to blame for the others.
timeout 30 ntag-run run p.yaml -D cmd=cat -D limit=1s <in || exit 1
(echo '{"text":"One."}'; sleep 2) | timeout 30 ntag-run run p.yaml -D 'cmd=head -n 1; exec <&-' -D limit=1s 2>err
[ $? -ne 124 ] || { cat err; exit 1; }
# The run.
cat >q.yaml <<'T'
ntag: 1
input: {files: ["-"], format: jsonl}
stages: [ntag-split]
output: [{file: out}]
run: {timeout: 300ms}
T
echo old >out
(cat in; sleep 2; cat in) | timeout 30 ntag-run run q.yaml 2>err
[ "${PIPESTATUS[1]}" -eq 124 ] && grep -qx 'ntag-run: the run did not end within 0.3 s; stopped' err || { cat err; exit 1; }
[ "$(cat out)" = old ] && [ "$(ls -A | grep -c part)" -eq 0 ] || { ls -A; exit 1; }
(cat in; sleep 8) | timeout 30 ntag-run run q.yaml 2>err # blocked in read
[ "${PIPESTATUS[1]}" -eq 124 ] && [ "$(cat out)" = old ] && [ "$(ls -A | grep -c part)" -eq 0 ] || { ls -A; exit 1; }
sed -i 's/300ms/1m/' q.yaml
ntag-run run q.yaml <in && grep -q sents out
