# D23: many small files: no process for each, constant memory, at most three times what cat takes for the same files.
# 3,000 here; a hundred thousand with NTAG_SLOW, and a million in make check-slow.
n=3000; [ -z "${NTAG_SLOW:-}" ] || n=100000
mkdir in && printf '{"id":"a","date":"2021-12-04","text":"One."}\n' >0
python3 - "$n" <<'P' 2>/dev/null || for i in $(seq "$n"); do cp 0 "in/$i.jsonl"; done
import os, sys
text = open("0").read()
for i in range(int(sys.argv[1])):
    with open("in/%d.jsonl" % i, "w") as f: f.write(text)
P
printf 'ntag: 1\ninput: {files: [in], only: new}\nstages: [ntag-split]\noutput: [{file: out.jsonl, write: append}]\n' >p.yaml
time_of() { TIMEFORMAT='%3U %3S'; { time eval "$1" >/dev/null 2>err; } 2>&1 | tail -1 | awk '{ print int(($1 + $2) * 1000) }'; }
c=$(time_of 'find in -name "*.jsonl" -print0 | sort -z | xargs -0 cat')
t=$(time_of 'ntag-run run p.yaml')
[ "$(wc -l <out.jsonl)" -eq "$n" ] || { wc -l out.jsonl; cat err; exit 1; }
again=$(time_of 'ntag-run run p.yaml')
[ "$(wc -l <out.jsonl)" -eq "$n" ] || exit 1
[ -n "${SANITIZED:-}" ] || [ "$t" -le $((3 * c + 100)) ] || { echo "$n files: cat $c ms, ntag-run $t ms of CPU"; exit 1; }
if [ -x /usr/bin/time ] && [ -z "${SANITIZED:-}" ]; then
	rm -rf .ntag out.jsonl && /usr/bin/time -f %M -o kib ntag-run run p.yaml && [ "$(tail -1 kib)" -le 32768 ] || { cat kib; exit 1; }
fi
[ -z "${NTAG_SLOW:-}" ] || echo "$n files: cat $c ms, ntag-run $t ms, again $again ms of CPU, $(tail -1 kib 2>/dev/null) KiB"
