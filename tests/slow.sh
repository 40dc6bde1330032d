#!/bin/sh
# slow.sh - what takes longer than a change can wait for (make check-slow, by hand before an issue is called done):
# faults at their full size, memory that must not grow with the input, a million small files, long fuzzing.
# FUZZSEC seconds for each fuzz target (600), MANY small files (1000000). Needs GNU time, clang with libclang-rt, and about
# 5 GB of disk. PYTHON: a python3 with pyspark, for tests/scale.sh.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
pass=0 fail=0
last=$(date +%s)
ok() { # STATUS WHAT DETAILS: with the time since the one before
	if [ "$1" = 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); fi
	echo "$2: $([ "$1" = 0 ] && echo passed || echo failed) $3 [$(($(date +%s) - last)) s]"
	last=$(date +%s)
}

NTAG_SLOW=1 sh tests/faults.sh
ok $? "faults at full size" ""

# The fast matcher of ntag-date against the plain run of all patterns, on 20 MB made of tests/corpus.
line=$(prop_date_equal 20000000)
ok $? "fast matches are all matches" "($line)"

# Forms against the tools they are for, with a browser and spaCy where there are any.
SLOW=1 SEEDS="3 4 5 6 7 8 9 10" sh tests/forms.sh
ok $? "forms" ""

# 250 kills at random moments, with lost writes and torn state lines in between.
mkdir "$tmp/kill"
log=$(cd "$tmp/kill" && KILLS=250 SEED=$$ timeout 900 bash "$OLDPWD/tests/faults/D1-D2-kill-and-power.sh" 2>&1)
ok $? "exact resume" "($(echo "$log" | tail -1))"
rm -rf "$tmp/kill"

# Peak memory: 100 MB and 1 GB alike, under 16 MB without a model (documents under 1 MB, one thread).
for _ in $(seq 200); do cat tests/articles/*.txt; done >"$tmp/m"
while [ "$(stat -c %s "$tmp/m")" -lt 100000000 ]; do cat "$tmp/m" "$tmp/m" >"$tmp/n" && mv "$tmp/n" "$tmp/m"; done
head -c 100000000 "$tmp/m" >"$tmp/small"
for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$tmp/small"; done >"$tmp/large"
for f in split date entity quote summarize; do
	for size in small large; do
		/usr/bin/time -f %M -o "$tmp/$size.kib" "ntag-$f" "$tmp/$size" >/dev/null
	done
	small=$(cat "$tmp/small.kib") large=$(cat "$tmp/large.kib")
	limit=16384
	[ $f = entity ] && limit=32768 # with its model
	[ "$large" -le "$limit" ] && [ "$large" -le $((small + 1024)) ]
	ok $? "memory of ntag-$f" "(100 MB: $small KiB, 1 GB: $large KiB)"
done
rm -f "$tmp/small" "$tmp/large" "$tmp/m"

# A million small files; MANY is another number.
BUILD=$BUILD sh tests/many.sh
ok $? "a million small files" ""

BUILD=$BUILD sh tests/scale.sh
ok $? "recipes for parallel, Slurm, Spark" ""

# An index of 100,000 documents: a question takes less than a quarter of a second.
mkdir "$tmp/archive"
for d in $(seq 0 99); do
	for i in $(seq 0 199); do sed "s/Okafor/Okafor$d/; s/^ date/ date/" tests/articles/*.txt; done >"$tmp/archive/$d.txt"
done
ntag-grep --index "$tmp/index" -c -e Zzyzx -j 2 "$tmp/archive" >/dev/null
for how in "-c -e Zzyzx" "-l --ent PERSON=Okafor77" "-l --quote-by Okafor5 --date-in 2022-04"; do
	s=$(bash -c 'TIMEFORMAT=%R; time ntag-grep --index "$0/index" '"$how"' >"$0/found"' "$tmp" 2>&1 | tail -1)
	awk -v s="$s" 'BEGIN { exit !(s < 0.25) }' && [ -s "$tmp/found" ]
	ok $? "index of 100,000 documents, $how" "($s s)"
done
rm -rf "$tmp/archive" "$tmp/index"

if command -v clang >/dev/null; then
	make fuzz FUZZSEC="${FUZZSEC:-600}"
	ok $? "long fuzzing" ""
else
	echo "skipped long fuzzing: no clang"
fi
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
