# A28: offsets are code points whatever the text holds, and text[start:end] is the annotation's text.
cat >in <<'T'
{"id":"a","date":"2021-12-04","text":"😀👨‍👩‍👧 “Ça va,” said Zoë Müller on Tuesday. שלום عليكم José\u0301 met 王毅 in São Paulo\u2028on Friday\u0085and co\u00adoperated. 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 on 3 May 2019."}
T
ntag-split in | ntag-date | ntag-entity | ntag-quote | ntag-summarize >out || exit 1
jq -e '.text as $t | [.dates[], .ents[], .quotes[], (.quotes[] | .speaker, .cue | select(.))] |
	length > 4 and all($t[.start:.["end"]] == .text)' out >/dev/null || { cat out; exit 1; }
# U+2028 ends no line: one record stays one line.
[ "$(wc -l <out)" -eq 1 ] && jq -e '.dates | any(.text == "Tuesday")' out >/dev/null
