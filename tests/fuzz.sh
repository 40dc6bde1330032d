#!/bin/sh
# fuzz.sh - run the named fuzz targets for FUZZSEC seconds each on what the tests already have as seeds.
# A finding is left in build/fuzz/crash-TARGET-*; it becomes a unit case.
set -u
cd "$(dirname "$0")/.." || exit 2
pass=0 fail=0
seeds=build/fuzz/seeds
mkdir -p $seeds
n=0
for f in tests/articles/*.txt tests/golden/*/*/in tests/golden/*/*.jsonl tests/golden/*/*/*.jsonl pipelines/*.yaml; do
	[ -f "$f" ] || continue
	n=$((n + 1))
	for b in 0 1 2 3; do # the first byte chooses what the rest is taken for
		{ printf "$b"; head -c 3000 "$f"; } >$seeds/$n-$b
	done
	head -c 3000 "$f" >$seeds/$n
done
for c in "ents.label = ORG and not (date in 2021-12 or regexp x)" "quote-by ~a, 'b' and kind direct or n >= 1.5e3"; do
	n=$((n + 1))
	{ echo "$c"; head -n 1 tests/golden/*/*/*.jsonl 2>/dev/null | grep -m1 '^{'; } >$seeds/where-$n
done
for t in "$@"; do
	mkdir -p build/fuzz/corpus-$t
	if build/fuzz/fuzz_$t -max_total_time=${FUZZSEC:-60} -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
		-artifact_prefix=build/fuzz/crash-$t- build/fuzz/corpus-$t $seeds >build/fuzz/$t.log 2>&1; then
		pass=$((pass + 1))
		grep -E '^Done ' build/fuzz/$t.log | sed "s/^/$t: /"
	else
		fail=$((fail + 1))
		echo "FAIL fuzz_$t"
		tail -30 build/fuzz/$t.log
	fi
done
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
