#!/bin/sh
# faults.sh - run tests/faults/NUMBER-what.sh, one for each fault; each prints why it fails and exits 1.
# They get the programs on PATH, an empty folder to work in as $PWD, the folder of test articles as $ARTICLES and
# the repository as $TOP. Status 77: skipped, with the reason printed.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
TOP=$PWD ARTICLES=$PWD/tests/articles
export BUILD TOP ARTICLES PATH="$BUILD:$PATH"
pass=0 fail=0 skip=0
for t in "$TOP"/tests/faults/*.sh; do
	tmp=$(mktemp -d) || exit 2
	out=$(cd "$tmp" && timeout 120 bash "$t" 2>&1)
	case $? in
	0) pass=$((pass + 1)) ;;
	77) skip=$((skip + 1)); echo "skipped ${t##*/}: $out" ;;
	*) fail=$((fail + 1)); echo "FAIL ${t##*/}"; echo "$out" | tail -20 ;;
	esac
	rm -rf "$tmp"
done
echo "faults: $pass passed, $fail failed, $skip skipped"
[ $fail -eq 0 ]
