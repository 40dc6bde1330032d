# B7: gzip is found by content, several members are joined, garbage behind is reported.
gzip -c "$ARTICLES"/01-ferry.txt >x.txt
gzip -c "$ARTICLES"/02-storm.txt >>x.txt
ntag-split x.txt >out || exit 1
[ "$(wc -l <out)" -eq 2 ] || exit 1
printf 'garbage' >>x.txt
ntag-split x.txt >out 2>err
[ $? -eq 2 ] && [ "$(wc -l <out)" -eq 2 ] && grep -q 'x.txt' err || { cat err; exit 1; }
