# B8: a small gzip file that is a huge line costs no more memory than --max-record allows, and its neighbours are read.
{ head -c 200000000 /dev/zero | tr '\0' a; } | gzip -1 >bomb.gz
{ printf '{"text":"'; head -c 200000000 /dev/zero | tr '\0' a; printf '"}\n{"id":"y","text":"good"}\n'; } | gzip -1 >lines.gz
for f in bomb.gz lines.gz; do
	({ [ -n "${SANITIZED:-}" ] || ulimit -v 400000; } && exec ntag-split --max-record=1000000 $f "$ARTICLES"/01-ferry.txt >out 2>err)
	[ $? -eq 2 ] || { echo "$f: $(cat err)"; exit 1; }
	grep -q "$f:1: record of 2000000[0-9]* bytes is longer than --max-record" err || { cat err; exit 1; }
	grep -q '"source":"[^"]*01-ferry.txt"' out || { echo "$f: the neighbour is lost"; exit 1; }
done
grep -q '"id":"y"' out
