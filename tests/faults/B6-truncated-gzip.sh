# B6: records before the break of a truncated gzip are processed; the error names the file; status 2.
for i in $(seq 2000); do printf '{"id":"%d","n":%d,"text":"Text number %d, %s."}\n' $i $RANDOM $i $RANDOM; done >in
gzip -c in >whole.gz
head -c $(($(wc -c <whole.gz) / 2)) whole.gz >half.gz
ntag-split half.gz >out 2>err
[ $? -eq 2 ] && grep -q '^ntag-split: half.gz' err || { cat err; exit 1; }
n=$(wc -l <out)
[ "$n" -gt 500 ] && [ "$n" -lt 2000 ] || { echo "$n records"; exit 1; }
ntag-split in | head -n "$n" | cmp - out || exit 1
ntag-split whole.gz 2>err | wc -l | grep -qx 2000 && [ ! -s err ]
