# C17: bad lines of a stage are rejected one by one. C19: a stage that reads all before it writes is no deadlock.
cat >p.yaml <<'T'
ntag: 1
params: {cmd: {type: text}}
input: {files: ["-"], format: jsonl}
stages:
  - ntag-split
  - exec: [sh, -c, "${cmd}"]
  - ntag-summarize
T
for i in $(seq 1 20000); do echo '{"id":"'$i'","text":"One sentence. And another one, a bit longer than the first."}'; done >in
ntag-run run p.yaml -D 'cmd=echo garbage; head -c 100 </dev/urandom | tr -d "\n"; echo; cat' <in >out 2>err
[ $? -eq 2 ] || { echo "not 2"; head -3 err; exit 1; }
[ "$(wc -l <out)" -eq 20000 ] && [ "$(grep -c 'record rejected' err)" -eq 2 ] || { wc -l out; head -3 err; exit 1; }
for cmd in tac 'sort -s' 'cat >t; cat t'; do
	timeout 60 ntag-run run p.yaml -D "cmd=$cmd" <in >out 2>err || { echo "$cmd: $(cat err)"; exit 1; }
	[ "$(wc -l <out)" -eq 20000 ] || { echo "$cmd: $(wc -l <out)"; exit 1; }
done
[ "$(ntag-run run p.yaml -D cmd=tac <in | head -1 | jq -r .id)" -eq 20000 ] || exit 1
# C18, in part: a stage that fills standard error does not stop the run.
timeout 60 ntag-run run p.yaml -D 'cmd=yes x | head -n 200000 >&2; cat' <in 2>err >out || exit 1
[ "$(wc -l <out)" -eq 20000 ] && [ "$(wc -l <err)" -eq 200000 ]
