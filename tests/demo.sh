#!/bin/sh
# demo.sh - the main job on the test articles: what a newcomer sees first (make demo).
cd "$(dirname "$0")/.." || exit 2
export PATH="$PWD/${BUILD:-build}:$PATH"
color=auto
[ -t 1 ] && color=always
echo '$ cat tests/articles/*.txt | ntag-date | ntag-entity'
cat tests/articles/*.txt | ntag-date | ntag-entity --output text --color $color || exit 1
echo
echo '$ ntag-run run pipelines/news.yaml tests/articles/01-ferry.txt'
ntag-run run pipelines/news.yaml tests/articles/01-ferry.txt || exit 1
cat <<'T'

That was ntag on five articles, as five programs in a pipe and as one pipeline file. Next:
  export PATH=$PWD/build:$PATH          use the programs from here (or: make install)
  ntag-date your-article.txt            dates with their values
  ntag-entity -o tsv *.txt              one name a line, for cut, sort and uniq
  ntag-quote --help                     who said what
  make check                            run the tests
T
