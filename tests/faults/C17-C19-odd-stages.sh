# C17: bad lines of a stage are rejected one by one. C18: what it writes to standard error neither blocks nor floods. C19: a stage
# that reads all before it writes is no deadlock.
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
# C17: a stage that says that it keeps all is held to it; garbage counts as what it gave.
sed 's/^  - exec: .*/&\n    keeps: all/' p.yaml >q.yaml
timeout 60 ntag-run run q.yaml -D cmd=tac <in >out 2>err || { cat err; exit 1; }
[ "$(wc -l <out)" -eq 20000 ] || exit 1
for cmd in 'head -n 7; cat >/dev/null' 'cat; echo "{\"text\":\"\"}"' 'sed p'; do
	timeout 60 ntag-run run q.yaml -D "cmd=$cmd" <in >out 2>err
	[ $? -eq 74 ] && grep -qE '^ntag-run: q.yaml:6:5: sh keeps all, but gave (7|20001|40000) records for 20000; the output is incomplete$' err ||
		{ echo "$cmd"; head -3 err; exit 1; }
done
printf '%s\n' 'ntag: 1' 'input: {files: ["-"], format: jsonl}' 'stages: [{exec: [tac], keeps: all}, {exec: [sed, 1d], keeps: all}, {exec: [cat]}]' >two.yaml
ntag-run run two.yaml <in >out 2>err
[ $? -eq 74 ] && grep -q '^ntag-run: two.yaml:3:37: sed keeps all, but gave 19999 records for 20000' err || { cat err; exit 1; }
# C18: what a stage writes to standard error is shown line by line, and not all of it when it is much.
timeout 60 ntag-run run p.yaml -D 'cmd=printf "a\033[0mb\nend" >&2; cat' <in 2>err >out || exit 1
printf '%s\n' 'ntag-run: sh: a\x1b[0mb' 'ntag-run: sh: end' | cmp - err || { cat err; exit 1; }
timeout 60 ntag-run run p.yaml -D 'cmd=yes x | head -n 200000 >&2; cat' <in 2>err >out || exit 1
[ "$(wc -l <out)" -eq 20000 ] && [ "$(wc -l <err)" -lt 3000 ] && grep -q '^ntag-run: sh: [0-9]* more lines left out$' err || { head -3 err; exit 1; }
shown=$(grep -c ': x$' err) left=$(sed -n 's/.*sh: \([0-9]*\) more lines.*/\1/p' err | paste -sd+ | bc)
[ $((shown + left)) -eq 200000 ] || { echo "$shown shown, $left left out"; exit 1; }
