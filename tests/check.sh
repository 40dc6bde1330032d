#!/bin/sh
# check.sh - the whole test suite of one build: unit, property, golden, faults, rules, documents.
# Ends with one line "N passed, N failed"; status 1 if anything failed.
set -u
cd "$(dirname "$0")/.." || exit 2
export BUILD=${BUILD:-build} CK_VERBOSITY=normal
pass=0 fail=0

# add "… N passed, N failed": the last such line of a runner's output, kept in $log
add() {
	line=$(grep -E '[0-9]+ passed, [0-9]+ failed' "$log" | tail -1)
	p=$(echo "$line" | sed 's/.*[^0-9]\([0-9]*\) passed.*/\1/;s/^\([0-9]*\) passed.*/\1/')
	f=$(echo "$line" | sed 's/.* \([0-9]*\) failed.*/\1/')
	if [ -z "$line" ] || { [ "$1" -ne 0 ] && [ "$f" -eq 0 ]; }; then
		echo "FAIL $2: status $1 without a count"
		p=0 f=1
	fi
	pass=$((pass + p)) fail=$((fail + f))
}
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT

for t in "$BUILD"/test_*; do
	[ -x "$t" ] && [ -f "$t" ] || continue
	"$t" >"$log" 2>&1
	status=$?
	line=$(grep -E '^[0-9]+%: Checks: ' "$log" | tail -1)
	n=$(echo "$line" | sed 's/.*Checks: \([0-9]*\).*/\1/')
	b=$(($(echo "$line" | sed 's/.*Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 + \2/')))
	if [ -z "$line" ] || { [ $status -ne 0 ] && [ "$b" -eq 0 ]; }; then
		echo "FAIL $t: status $status"
		tail -20 "$log"
		fail=$((fail + 1))
		continue
	fi
	[ "$b" -eq 0 ] || { echo "FAIL $t: $line"; grep -E ':[FE]:' "$log" | head -20; }
	pass=$((pass + n - b)) fail=$((fail + b))
done
for t in "$BUILD"/prop_*; do
	[ -x "$t" ] && [ -f "$t" ] || continue
	"$t" >"$log" 2>&1
	status=$?
	if [ $status -eq 0 ]; then # its thousands of cases are one property
		pass=$((pass + 1))
	else
		echo "FAIL $t"
		tail -20 "$log"
		fail=$((fail + 1))
	fi
done
for s in golden languages quotes values timeml faults threads docs; do
	sh "tests/$s.sh" >"$log" 2>&1
	status=$?
	grep -vE '[0-9]+ passed, [0-9]+ failed' "$log"
	add $status "$s"
done
# The corpus: marks, labels, values, by its own reader.
if ! command -v python3 >/dev/null; then
	echo "skipped tests/corpus: no python3"
elif python3 tests/corpus/records.py --check; then
	pass=$((pass + 1))
else
	fail=$((fail + 1))
fi
if sh tests/rules.sh; then pass=$((pass + 1)); else fail=$((fail + 1)); fi
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
