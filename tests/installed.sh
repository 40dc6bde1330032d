#!/bin/sh
# installed.sh - install into a folder, and use the programs from there alone: run, man page, completion, uninstall.
set -u
cd "$(dirname "$0")/.." || exit 2
dest=$(mktemp -d) || exit 2
trap 'rm -rf "$dest"' EXIT
fail=0
check() {
	if [ "$2" != "$3" ]; then
		echo "FAIL $1: expected \"$2\", got \"$3\""
		fail=1
	fi
}
make install DESTDIR="$dest" PREFIX=/usr >/dev/null || exit 1
PATH=$dest/usr/bin:$PATH
articles=$PWD/tests/articles
cd / || exit 2
check "programs" 8 "$(ls "$dest/usr/bin" | wc -l)"
check "pipe" 5 "$(cat "$articles"/*.txt | ntag-date | ntag-entity | ntag-quote | ntag-summarize | wc -l)"
check "pipeline" 5 "$(ntag-run run "$dest/usr/share/ntag/pipelines/news.yaml" -D as=json "$articles" 2>/dev/null | wc -l)"
for page in ntag.7 ntag-record.5 ntag-pipeline.5 ntag-split.1 ntag-date.1 ntag-entity.1 ntag-quote.1 ntag-summarize.1 ntag-grep.1 ntag-run.1; do
	check "$page" 1 "$(find "$dest/usr/share/man" -name "$page" | wc -l)"
done
# The shells themselves read the completions; one that is not there is skipped.
for p in split date entity quote summarize grep run; do
	bash -n "$dest/usr/share/bash-completion/completions/ntag-$p" || fail=1
	if command -v zsh >/dev/null; then zsh -n "$dest/usr/share/zsh/site-functions/_ntag-$p" || fail=1; fi
	if command -v fish >/dev/null; then fish -n "$dest/usr/share/fish/vendor_completions.d/ntag-$p.fish" || fail=1; fi
done
# One copied executable works alone (small tables are compiled in).
mkdir "$dest/alone" && cp "$dest/usr/bin/ntag-entity" "$dest/alone" && rm -rf "$dest/usr/bin"
check "alone" 1 "$("$dest/alone/ntag-entity" "$articles/01-ferry.txt" | grep -c '"Ilona Varga"')"
cd "$articles/../.." || exit 2
make uninstall DESTDIR="$dest" PREFIX=/usr >/dev/null || fail=1
check "uninstall" 0 "$(find "$dest/usr" -type f | wc -l)"
exit $fail
