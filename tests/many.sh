#!/bin/sh
# many.sh - MANY small files (a million) in one run, for make check-slow: all of them once, then none; constant memory
# but for what is remembered of each file; no process for a file; at most three times the CPU time of xargs cat. Takes
# MANY inodes and 4 KiB of disk for each file in TMPDIR, says so where they are not there, and removes them.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH
MANY=${MANY:-1000000} FOLDERS=100
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
pass=0 fail=0
ok() {
	if [ "$1" = 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); fi
	echo "$2: $([ "$1" = 0 ] && echo passed || echo failed) $3"
}
skip() { echo "skipped a million small files: $1"; echo "many files: 0 passed, 0 failed"; exit 0; }
[ -x /usr/bin/time ] || skip "no GNU time"
[ "$(df -Pk "$tmp" | awk 'END { print $4 }')" -gt $((MANY * 5)) ] || skip "no $((MANY * 5)) KiB free in $tmp"
[ "$(df -Pi "$tmp" | awk 'END { print $4 }')" -gt $((MANY + MANY / 10)) ] || skip "no $MANY inodes free in $tmp"

each=$((MANY / FOLDERS)) MANY=$((MANY / FOLDERS * FOLDERS))
cd "$tmp" && mkdir in || exit 2
for d in $(seq 0 $((FOLDERS - 1))); do
	mkdir "in/$d"
	seq -f " date 2021-12-04 Ferry number %.0f sails

The ferry of pier $d has left the harbour. It was late." $((d * each + 1)) $((d * each + each)) |
		(cd "in/$d" && split -l 3 -a 7 --numeric-suffixes --additional-suffix=.txt - f)
done
cat >p.yaml <<'T'
ntag: 1
input: {files: [in], only: new}
stages: [ntag-split]
output: [{file: out.jsonl, write: append}]
T
# Seconds of CPU, KiB at most.
used() { /usr/bin/time -f '%U %S %M' -o "$1" sh -c "$2" && awk '{ printf "%.2f s, %d KiB", $1 + $2, $3 }' "$1"; }
cpu() { awk '{ print $1 + $2 }' "$1"; }
at_most() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a <= b) }'; }

echo "xargs cat of $MANY files: $(used cat "find in -name '*.txt' -print0 | xargs -0 cat >/dev/null")"
first=$(used first 'exec ntag-run run p.yaml')
[ "$(wc -l <out.jsonl)" -eq "$MANY" ] && [ "$(cut -d'"' -f4 out.jsonl | sort -u | wc -l)" -eq "$MANY" ]
ok $? "each file once" ""
at_most "$(cpu first)" "$(awk '{ print 3 * ($1 + $2) + 0.1 }' cat)"
ok $? "at most three times cat" "($first)"
# 64 bytes a name in a table half full, and half of that again while it grows (manifest.h).
at_most "$(awk '{ print $3 }' first)" $((32768 + MANY / 1024 * 128))
ok $? "memory" "($first)"
ls -l --time-style=full-iso out.jsonl >before
second=$(used second 'exec ntag-run run p.yaml')
ls -l --time-style=full-iso out.jsonl | cmp - before && at_most "$(cpu second)" "$(cpu cat)"
ok $? "the second run reads none" "($second)"
if command -v strace >/dev/null; then
	rm -r .ntag out.jsonl
	strace -f -o calls -e trace=clone,clone3,fork,vfork,execve ntag-run run p.yaml
	[ "$(grep -c . calls)" -le 3 ]
	ok $? "no process for a file" "($(grep -c '(' calls) started)"
fi
n=$(find in -name '*.txt' -print0 | ntag-split --files0-from=- | wc -l)
[ "$n" -eq "$MANY" ]
ok $? "a list of names" "($n records)"
n=$(/usr/bin/time -f '%U %S %M' -o split ntag-split in | wc -l)
[ "$n" -eq "$MANY" ] && at_most "$(awk '{ print $3 }' split)" 65536
ok $? "a folder, without a state" "($n records, $(awk '{ print $3 }' split) KiB)"
echo "many files: $pass passed, $fail failed"
[ $fail -eq 0 ]
