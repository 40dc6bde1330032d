# A9: a binary file among texts is skipped by name.
cp "$(command -v ls)" x.txt
ntag-split "$ARTICLES/01-ferry.txt" x.txt "$ARTICLES/02-storm.txt" >out 2>err
[ $? -eq 2 ] && [ "$(wc -l <out)" -eq 2 ] && grep -q '^ntag-split: x.txt: binary file skipped' err || { cat err; exit 1; }
