#!/bin/sh
# quotes.sh - ntag-quote on the articles of tests/quotes, which have their quotations, speakers and names marked: half of them
# (odd numbers) were looked at while rules were written, the others were not.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
if ! command -v python3 >/dev/null; then
	echo "skipped quotes: no python3"
	echo "0 passed, 0 failed"
	exit 0
fi
pass=0 fail=0
half() { # NAME LEAST-E2E LEAST-CUE LEAST-FULLNAME FILE...
	name=$1 least="$2 $3 $4"
	shift 4
	line=$(python3 tests/quotes/score.py "$BUILD/ntag-quote" "$@")
	if echo "$line $least" | tr -d , | awk '{ exit !($6 >= $11 && $8 >= $12 && $10 >= $13) }'; then
		pass=$((pass + 1))
	else
		echo "FAIL quotes, $name: $line; at least $least"
		fail=$((fail + 1))
	fi
	[ -z "${VERBOSE:-}" ] || echo "$name: $line"
}
half "looked at" 97 96 90 tests/quotes/*[13579].txt
half "not looked at" 95 95 75 tests/quotes/*[02468].txt
echo "$pass passed, $fail failed"
[ $fail -eq 0 ]
