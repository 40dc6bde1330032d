# A27: f(f(x)) = f(x), byte for byte, for each filter and for all of them in a row.
for f in split date entity quote summarize; do
	cat "$ARTICLES"/*.txt | ntag-$f >one || exit 1
	ntag-$f one >two || exit 1
	cmp one two || { echo "ntag-$f"; exit 1; }
done
cat "$ARTICLES"/*.txt | ntag-split | ntag-date | ntag-entity | ntag-quote | ntag-summarize >one
ntag-split one | ntag-date | ntag-entity | ntag-quote | ntag-summarize >two
cmp one two
