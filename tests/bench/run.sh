#!/bin/bash
# run.sh PIPELINE TEXT - what running costs beside the filters: glue (reading, writing, and what is between the stages) of the
# fused run and of the same filters in a pipe; what two workers gain; what the journal costs. RUNS times (5), medians.
#
# Glue is CPU less the time within the filters. That time is taken on the wall clock, so on a busy machine it is counted as
# a share of the run's own wall clock, then of its CPU. The gain of workers is wall clock, and means something on idle cores only.
set -u
pipeline=$1 text=$2 RUNS=${RUNS:-5}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
bytes=$(stat -c %s "$text")
TIMEFORMAT='%3R %3U %3S'
times() { { time eval "$1" >/dev/null 2>"$tmp/err"; } 2>&1 | tail -1; } # wall user system
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
cat >"$tmp/pipe.sh" <<S
ntag-split "$text" | ntag-date | ntag-entity | ntag-quote | ntag-summarize
S
mkdir "$tmp/in" && ln "$text" "$tmp/in/a.txt" 2>/dev/null || cp "$text" "$tmp/in/a.txt"
sed -e "s|^input:.*|input: {files: [$tmp/in]}|" -e "s|file: \"-\"|file: $tmp/out.jsonl, write: append|" "$pipeline" >"$tmp/plain.yaml"
sed 's/^input: {/&only: new, /' "$tmp/plain.yaml" >"$tmp/state.yaml"
for _ in $(seq "$RUNS"); do
	times "ntag-run run '$pipeline' '$text' --stats=json" >"$tmp/t"
	share=$(jq '([.stages[1:-1][].seconds] | add) / .seconds' "$tmp/err")
	pipe=$(times "sh $tmp/pipe.sh")
	awk -v s="$share" -v pipe="$pipe" -v b="$bytes" '{ split(pipe, p, " "); cpu = $2 + $3; inside = cpu * s
		printf "%.4f\n", (cpu - inside) * 1e8 / b >>ARGV[2]; printf "%.4f\n", (cpu - inside) / (p[2] + p[3] - inside) >>ARGV[3]
		exit }' "$tmp/t" "$tmp/glue" "$tmp/quarter"
	one=$(times "ntag-run run '$pipeline' '$text'") two=$(times "ntag-run run -j 2 '$pipeline' '$text'")
	echo "$one $two" | awk '{ printf "%.3f\n", $1 / $4 }' >>"$tmp/two"
	rm -rf "$tmp/out.jsonl" "$tmp/.ntag"
	plain=$(times "ntag-run run $tmp/plain.yaml") && rm -f "$tmp/out.jsonl"
	state=$(times "ntag-run run $tmp/state.yaml")
	echo "$plain $state" | awk '{ printf "%.4f\n", ($5 + $6) / ($2 + $3) - 1 }' >>"$tmp/journal"
done
echo "glue of the fused run, CPU seconds for 100 MB (at most 0.25): $(median <"$tmp/glue")"
echo "glue of the fused run by that of the pipe (at most 0.25): $(median <"$tmp/quarter")"
echo "gain of two workers on $(nproc) cores, wall clock (at least 1.8 when idle): $(median <"$tmp/two")"
echo "cost of the journal, share of CPU (at most 0.03): $(median <"$tmp/journal")"
