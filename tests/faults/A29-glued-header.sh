# A29: a header glued to the last line of the file before starts a document of its own.
cat "$ARTICLES"/01-ferry.txt "$ARTICLES"/02-storm.txt | ntag-split >out || exit 1
[ "$(wc -l <out)" -eq 2 ] || { wc -l out; exit 1; }
[ "$(jq -r .date out | tr '\n' ' ')" = "2022-03-14 2022-03-15 " ] || exit 1
jq -r .text out | grep -q 'date 2022' && { echo "a header is left in a text"; exit 1; }
jq -e -s '.[0].text | endswith("before the end of June.")' out >/dev/null || exit 1
# The ids are those of the files read alone.
cat out | jq -r .id >glued
ntag-split "$ARTICLES"/01-ferry.txt "$ARTICLES"/02-storm.txt | jq -r .id >alone
cmp glued alone
