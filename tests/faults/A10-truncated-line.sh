# A10: only the truncated line is rejected, with its line number; status 2.
printf '{"id":"a","text":"One."}\n{"id":"b","text":"Two\n{"id":"c","text":"Three."}\n' >in.jsonl
for f in split date entity quote summarize; do
	ntag-$f --errors dead --stats=json in.jsonl >out 2>err
	[ $? -eq 2 ] || { echo "$f: wrong status"; exit 1; }
	[ "$(jq -r .id out | tr '\n' ' ')" = "a c " ] || { cat out; exit 1; }
	grep -Eq "^ntag-$f: in.jsonl:2:[0-9]+: .*; record rejected$" err || { cat err; exit 1; }
	grep -q '"read":3,"written":2,"filtered":0,"rejected":1' err || { cat err; exit 1; }
	[ "$(jq -r .raw dead)" = '{"id":"b","text":"Two' ] && [ "$(jq .line dead)" = 2 ] || { cat dead; exit 1; }
done
ntag-split --strict in.jsonl >out 2>/dev/null
[ $? -eq 2 ] && [ "$(jq -r .id out)" = a ]
