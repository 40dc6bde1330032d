#!/bin/sh
# docs.sh - run every console block of README.md in tests/articles and compare what it prints. DOC is another document; its
# blocks find articles.jsonl and the files beside the document. Commands with a tool that is not installed are said and skipped.
# A block: ```console, lines "$ command", behind each the output (standard output and error together).
# UPDATE=1 rewrites the outputs in README.md; read the diff before committing it.
set -u
doc=${DOC:-README.md}
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
export PATH="$BUILD:$PATH" TERM=dumb
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/tests" && cp -r tests/articles "$tmp/tests" && cp -r pipelines "$tmp"
if [ -n "${DOC:-}" ]; then
	cp tests/golden/show/two.jsonl "$tmp/tests/articles/articles.jsonl"
	cp "$(dirname "$doc")"/* "$tmp/tests/articles"
fi
# Commands to N.cmd (a line that ends in \ goes on in the next), expected output to N.want.
awk -v dir="$tmp" '
	/^```/ { inside = $0 == "```console"; next }
	!inside { next }
	more { print > cmd; more = /\\$/; next }
	/^\$ / { n++; cmd = sprintf("%s/%03d.cmd", dir, n); want = sprintf("%s/%03d.want", dir, n)
		printf "" > want; print substr($0, 3) > cmd; more = /\\$/; next }
	{ print > want }' "$doc"
pass=0 fail=0
for cmd in "$tmp"/*.cmd; do
	base=${cmd%.cmd}
	for tool in jq mlr sqlite3 dot; do
		grep -q "\<$tool " "$cmd" && ! command -v $tool >/dev/null && { echo "skipped $doc: no $tool"; continue 2; }
	done
	(cd "$tmp/tests/articles" && sh "$cmd") >"$base.got" 2>&1 </dev/null
	if cmp -s "$base.want" "$base.got"; then
		pass=$((pass + 1))
	else
		fail=$((fail + 1))
		[ -n "${UPDATE:-}" ] && continue
		echo "FAIL $doc: $(cat "$cmd")"
		diff -u "$base.want" "$base.got" | head -20
	fi
done
if [ -n "${UPDATE:-}" ]; then
	awk -v dir="$tmp" '
		function flush_got(  line) { if (got != "") while ((getline line < got) > 0) print line; got = "" }
		/^```/ { flush_got(); inside = $0 == "```console"; print; next }
		!inside { print; next }
		more { print; more = /\\$/; next }
		/^\$ / { flush_got(); n++; got = sprintf("%s/%03d.got", dir, n); print; more = /\\$/ }' "$doc" >"$tmp/new"
	cp "$tmp/new" "$doc"
fi
# Every program and room the source map and the table name must be there.
for name in $(sed -n 's/^| `\(ntag-[a-z]*\)`.*/\1/p' "$doc"); do
	if [ -x "$BUILD/$name" ]; then pass=$((pass + 1)); else echo "FAIL $doc names $name"; fail=$((fail + 1)); fi
done
for room in $(sed -n 's/^| `\([a-z]*\/[^` ]*\)`.*/\1/p' "$doc"); do
	if [ -e "$room" ]; then pass=$((pass + 1)); else echo "FAIL $doc names $room"; fail=$((fail + 1)); fi
done
echo "docs: $pass passed, $fail failed"
[ $fail -eq 0 ]
