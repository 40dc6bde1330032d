# B9: names with odd bytes are files like others; B10: more names than fit on a command line.
for n in 'a b.txt' $'new\nline.txt' '-x.txt' 'q"u;o$(id).txt' $'bad\xff.txt'; do cp "$ARTICLES"/04-cup.txt "./$n"; done
ntag-split -- *.txt >out 2>err || { cat err; exit 1; }
[ "$(jq -r .id out | sort | uniq -c | awk '{ print $1 }')" = 5 ] || { cat out; exit 1; }
printf '%s\0' *.txt | ntag-split --files0-from=- | wc -l | grep -qx 5 || exit 1
mkdir many
printf ' date 2021-12-04 T\n\nOne.' >many/0.txt
for i in $(seq 1 20000); do ln many/0.txt many/$i.txt; done
ntag-split many | wc -l | grep -qx 20001 || exit 1
find many -name '*.txt' -print0 | ntag-split --files0-from=- | wc -l | grep -qx 20001
