# A3: UTF-16 with BOM is decoded; without, the file is refused by name and the others go on.
iconv -f UTF-8 -t UTF-16 "$ARTICLES/01-ferry.txt" >bom.txt
iconv -f UTF-8 -t UTF-16LE "$ARTICLES/01-ferry.txt" >nobom.txt
ntag-split "$ARTICLES/01-ferry.txt" | jq -c '[.id, .text, .sents]' >want
ntag-split bom.txt | jq -c '[.id, .text, .sents]' >got
cmp want got || exit 1
ntag-split bom.txt nobom.txt "$ARTICLES/02-storm.txt" >out 2>err
[ $? -eq 2 ] || exit 1
[ "$(wc -l <out)" -eq 2 ] && grep -q '^ntag-split: nobom.txt: .*UTF-16' err || { cat err; exit 1; }
