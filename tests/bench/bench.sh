#!/bin/bash
# bench.sh - speed of every filter and of the fused pipeline against `wc -w` on the same bytes, then quality.
#
# CPU = user + sys seconds; reference and candidate run in turn, five times; median. Only ratios mean
# something on a noisy machine. BENCH=folder gives benchmark data (corpus/ makes text of any size; the rest are
# scored by their own scorers); without it the speed is that on the test articles, repeated. SIZE=20M is the
# amount of text. Needs bash, coreutils, and for BENCH python3; peak memory needs GNU time.
set -u
cd "$(dirname "$0")/../.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH
SIZE=${SIZE:-20M} RUNS=${RUNS:-5}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C
text=$tmp/c.txt
if [ -n "${BENCH:-}" ]; then
	BENCH=$(cd "$BENCH" && pwd)
	(cd "$tmp" && python3 "$BENCH/corpus/mksource.py" >source.jsonl &&
		python3 "$BENCH/corpus/mkcorpus.py" --source source.jsonl --size "$SIZE" --seed 1 --out c) >/dev/null || exit 1
else
	while [ "$(stat -c %s "$text" 2>/dev/null || echo 0)" -lt "$(numfmt --from=si "$SIZE")" ]; do
		for _ in $(seq 200); do cat tests/articles/*.txt; done >>"$text"
	done
fi
bytes=$(stat -c %s "$text")

# CPU seconds of a command line, in milliseconds.
TIMEFORMAT='%3U %3S'
cpu() { { time eval "$1" >"$tmp/out" 2>"$tmp/err"; } 2>&1 | tail -1 | awk '{ print int(($1 + $2) * 1000 + 0.5) }'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
memory() {
	[ -x /usr/bin/time ] || { echo -; return; }
	/usr/bin/time -f %M -o "$tmp/rss" bash -c "exec $1" >"$tmp/out" 2>/dev/null
	tail -1 "$tmp/rss"
}
row() { # NAME COMMAND START-UP-COMMAND
	: >"$tmp/wc" >"$tmp/it" >"$tmp/ratio"
	for _ in $(seq "$RUNS"); do
		w=$(cpu "LC_ALL=C.UTF-8 wc -w <$text") c=$(cpu "$2")
		echo "$w" >>"$tmp/wc"
		echo "$c" >>"$tmp/it"
		awk -v w="$w" -v c="$c" 'BEGIN { printf "%.3f\n", w / (c + 0.001) }' >>"$tmp/ratio"
	done
	start=$(for _ in 1 2 3 4 5 6 7 8 9 10; do cpu "for i in 1 2 3 4 5 6 7 8 9 10; do $3; done"; done | median)
	awk -v name="$1" -v b="$bytes" -v c="$(median <"$tmp/it")" -v r="$(median <"$tmp/ratio")" -v s="$start" \
		-v m="$(memory "$2")" 'BEGIN { printf "%-24s %8.1f %10.2f %10.1f %10s\n", name, b / 1000 / (c + 0.001), r, s / 10, m }'
}
echo "text: $bytes bytes; MB/s of CPU, ratio to wc -w (1 = as fast), start-up CPU in ms, peak memory in KiB"
printf '%-24s %8s %10s %10s %10s\n' program MB/s ratio start memory
for f in split date entity quote summarize; do
	row "ntag-$f" "ntag-$f $text" "ntag-$f </dev/null"
done
cat >"$tmp/all.yaml" <<'Y'
ntag: 1
input: {files: ["-"]}
stages: [ntag-split, ntag-date, ntag-entity, ntag-quote, ntag-summarize]
output:
  - {file: "-", as: json}
Y
row "five fused (ntag-run)" "ntag-run run $tmp/all.yaml $text" "ntag-run run $tmp/all.yaml </dev/null"
cat >"$tmp/pipe.sh" <<S
ntag-split $text | ntag-date | ntag-entity | ntag-quote | ntag-summarize
S
row "five in a pipe" "sh $tmp/pipe.sh" "true"
bash tests/bench/run.sh "$tmp/all.yaml" "$text"
row "grep, a rare word" "ntag-grep -c Zzyzx $text" "ntag-grep -c Zzyzx </dev/null"
row "grep, a rare entity" "ntag-grep -c --ent PERSON=Zzyzx $text" "ntag-grep -c --ent Zzyzx </dev/null"
row "grep, a common word" "ntag-grep -n -e said $text" "ntag-grep -c said </dev/null"
if command -v rg >/dev/null; then
	row "rg -c [0-9]{4}" "rg -c '[0-9]{4}' $text" "rg -c '[0-9]{4}' </dev/null"
	row "rg, a rare word" "rg -c Zzyzx $text" "rg -c Zzyzx </dev/null"
	row "rg, a common word" "rg -n said $text" "rg -c said </dev/null"
fi
# The same of tagged records, against wc -w on these.
head -c 4000000 "$text" | ntag-date -j 2 | ntag-entity -j 2 | ntag-quote -j 2 >"$tmp/some.jsonl"
for _ in 1 2 3 4; do cat "$tmp/some.jsonl"; done >"$tmp/tagged.jsonl"
text=$tmp/tagged.jsonl bytes=$(stat -c %s "$tmp/tagged.jsonl")
row "records, a rare word" "ntag-grep -c Zzyzx $text" "ntag-grep -c Zzyzx </dev/null"
row "records, rare entity" "ntag-grep -c --ent PERSON=Zzyzx $text" "ntag-grep -c --ent Zzyzx </dev/null"
row "records, any person" "ntag-grep -c --ent PERSON= $text" "ntag-grep -c --ent Zzyzx </dev/null"
row "records, a speaker" "ntag-grep --quote-by Obama $text" "ntag-grep -c --ent Zzyzx </dev/null"
row "records, a date" "ntag-grep -c --date-in 2010-07 $text" "ntag-grep -c --ent Zzyzx </dev/null"
if command -v rg >/dev/null; then row "rg on records" "rg -c Zzyzx $text" "rg -c Zzyzx </dev/null"; fi
text=$tmp/c.txt bytes=$(stat -c %s "$text")
if [ "${MEMORY:-}" ]; then # peak memory must not grow with the input
	for n in 1 10; do
		for _ in $(seq $n); do cat "$text"; done >"$tmp/big"
		for f in split date entity quote summarize; do
			echo "memory, $n times the text: ntag-$f $(memory "ntag-$f $tmp/big") KiB"
		done
	done
fi
[ -z "${BENCH:-}" ] || BUILD=$BUILD BENCH=$BENCH bash tests/bench/quality.sh
