# A1: each maximal bad part becomes U+FFFD; record kept; one warning a file; status 0, with --strict 2.
printf '{"id":"b","text":"bad \377\376 x \342\200 y"}\n' >in
for f in split date entity quote summarize; do
	ntag-$f in >out 2>err || exit 1
	[ "$(jq -r .text out)" = "bad �� x � y" ] || { echo "$f: text is $(jq -r .text out)"; exit 1; }
	[ "$(wc -l <err)" -eq 1 ] || { echo "$f: $(cat err)"; exit 1; }
	ntag-$f --strict in >out 2>err
	[ $? -eq 2 ] || { echo "$f: --strict is not 2"; exit 1; }
done
cat in in in >three
[ "$(ntag-split three 2>&1 >/dev/null | wc -l)" -eq 1 ] || { echo "more than one warning a file"; exit 1; }
ntag-split --stats=json in 2>err >/dev/null
grep -q '"repaired":3' err || { echo "repaired is not 3: $(cat err)"; exit 1; }
