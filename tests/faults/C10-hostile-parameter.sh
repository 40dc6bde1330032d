# C10: a parameter's value is one argument: no shell, no second expansion.
cat >p.yaml <<'T'
ntag: 1
about: hostile values
params:
  who: {type: text}
  other: {type: text, default: SECOND}
input: {files: ["-"], format: jsonl}
stages:
  - exec: [jq, -c, --arg, who, "${who}", ".who=$who"]
  - ntag-split
output:
  - file: "-"
T
for v in 'Putin; touch pwned $(touch pwned) `touch pwned`' "it's \"quoted\"" $'two\nlines' '${other}' '--help' '$HOME *' '\n\\'; do
	echo '{"id":"a","text":"x"}' | ntag-run run p.yaml -D "who=$v" >out 2>err || { echo "$v: $(cat err)"; exit 1; }
	[ "$(jq -r .who out)" = "$v" ] || { echo "expected $v, got $(jq -r .who out)"; exit 1; }
	# The printed shell pipeline passes the same value.
	ntag-run shell p.yaml -D "who=$v" >sh || exit 1
	echo '{"id":"a","text":"x"}' | sh sh >out2 || exit 1
	cmp out out2 || { cat sh; exit 1; }
done
[ ! -e pwned ]
