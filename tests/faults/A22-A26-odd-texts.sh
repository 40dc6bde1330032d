# A22 no text: passes unchanged, counted, --strict rejects; A23 wrong types are named; A26 empty texts are fine.
echo '{"id":"a","body":"x"}' >in
for f in split date entity quote summarize; do
	ntag-$f --stats=json in >out 2>err || exit 1
	cmp in out && grep -q '"no_text":1' err || { cat out err; exit 1; }
	ntag-$f --strict in >/dev/null 2>&1
	[ $? -eq 2 ] || { echo "$f --strict"; exit 1; }
done
while IFS='	' read -r field value; do
	case $field in text) record="{\"id\":\"a\",\"text\":$value}" ;; *) record="{\"id\":\"a\",\"text\":\"Hello there.\",\"$field\":$value}" ;; esac
	for f in split date quote; do
		echo "$record" | ntag-$f >out 2>err
		[ $? -eq 2 ] && [ ! -s out ] && grep -q "$field" err || { echo "$f took $record: $(cat err)"; exit 1; }
	done
done <<'T'
text	null
text	1
text	["a"]
text	{"a":1}
text	true
date	20211204
date	["2021"]
title	{}
sents	{}
sents	"x"
sents	[1]
sents	[{"start":-1,"end":2}]
sents	[{"start":3,"end":2}]
sents	[{"start":0,"end":1000000000000000000}]
dates	{}
dates	[{"start":0,"end":99,"type":"DATE","value":"2021"}]
ents	[{"start":0,"end":5,"text":"Other","label":"PERSON"}]
ents	[{"start":"0","end":5,"label":"PERSON"}]
quotes	7
summary	{"a":[1]}
T
for text in '' ' ' '.' '\n\n\n' 'a' '”' '...'; do
	for f in split date entity quote summarize; do
		printf '{"id":"e","text":"%s"}\n' "$text" | ntag-$f >out 2>err || { echo "$f: $text: $(cat err)"; exit 1; }
		jq -e . out >/dev/null || exit 1
	done
done
