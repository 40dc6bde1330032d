# B2: a folder is walked in the order of byte values, hidden files left out; B3 loops and dangling links,
# B4 a FIFO in a folder are skipped with a message and never hang.
mkdir -p d/sub d/.hidden
cp "$ARTICLES"/02-storm.txt d/b.txt; cp "$ARTICLES"/01-ferry.txt d/a.txt; cp "$ARTICLES"/03-bank.txt d/sub/c.txt
cp "$ARTICLES"/03-bank.txt d/.hidden/x.txt; cp "$ARTICLES"/03-bank.txt d/note.doc
ntag-split d >out 2>err || { cat err; exit 1; }
[ "$(jq -r .source out | tr '\n' ' ')" = "d/a.txt d/b.txt d/sub/c.txt " ] || { jq -r .source out; exit 1; }
[ ! -s err ] || { cat err; exit 1; }
ln -s . d/loop; ln -s nowhere d/dangling.txt; mkfifo d/pipe.txt
timeout 10 ntag-split d >out 2>err
[ $? -eq 2 ] && [ "$(wc -l <out)" -eq 3 ] && grep -q dangling err && grep -q pipe err || { cat err; exit 1; }
