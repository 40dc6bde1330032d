#!/bin/sh
# make.sh - the pictures of README.md, from the sample articles (make pictures). terminal.svg needs python3, page.png chromium.
set -e
cd "$(dirname "$0")/../../.."
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH
out=filters/show/pictures
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd tests/articles && ntag-run run ../../pipelines/news.yaml -o json ./*.txt) >"$tmp/all.jsonl"
head -n 1 "$tmp/all.jsonl" | ntag-show --color=always -w 88 |
	python3 $out/terminal.py 90 18 'ntag-show articles.jsonl' >"$tmp/terminal.svg"
mv "$tmp/terminal.svg" $out/terminal.svg
if command -v chromium >/dev/null; then
	head -n 3 "$tmp/all.jsonl" >"$tmp/three.jsonl"
	ntag-show -t html --title 'Three articles' -n 4 "$tmp/three.jsonl" >"$tmp/page.html"
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$tmp/profile" --window-size=760,1180 \
		--screenshot="$PWD/$out/page.png" "file://$tmp/page.html" >/dev/null 2>&1
else
	echo "skipped page.png: no chromium"
fi
ls -l $out
