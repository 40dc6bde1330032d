#!/bin/sh
# golden.sh - run every tests/golden/PROGRAM/CASE/cmd; compare stdout, stderr and exit status.
# A case is a folder: cmd (sh, run in the folder with the programs on PATH), out, err, status (absent: empty, 0).
# UPDATE=1 rewrites the expectations; read the diff before committing it.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
export BUILD PATH="$BUILD:$PATH"
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
pass=0 fail=0
ulimit -t 60 # an endless filter is a failure, not a hang
for dir in tests/golden/*/*/; do
	[ -e "$dir/cmd" ] || continue
	(cd "$dir" && TMP=$tmp sh ./cmd) >"$tmp/out" 2>"$tmp/err" </dev/null
	echo $? >"$tmp/status"
	good=1
	for part in out err status; do
		want=$dir$part
		[ -e "$want" ] || want=/dev/null
		[ "$part" = status ] && [ ! -e "$dir$part" ] && { echo 0 >"$tmp/zero"; want=$tmp/zero; }
		cmp -s "$tmp/$part" "$want" && continue
		if [ -n "${UPDATE:-}" ]; then
			cp "$tmp/$part" "$dir$part"
		else
			good=0
			echo "FAIL $dir$part"
			diff -u "$want" "$tmp/$part" | head -20
		fi
	done
	[ $good = 1 ] && pass=$((pass + 1)) || fail=$((fail + 1))
done
echo "golden: $pass passed, $fail failed"
[ $fail -eq 0 ]
