# A11 two records on a line; A12 no last newline; A13 blank lines; A14 CR LF; A15 JSON but no object.
printf '{"id":"a","text":"x"}{"id":"b","text":"y"}\n\n   \n{"id":"c","text":"z"}\r\n[1]\nnull\n{"id":"d","text":"w"}' >in
ntag-split --stats=json in >out 2>err
[ $? -eq 2 ] || exit 1
[ "$(jq -r .id out | tr '\n' ' ')" = "c d " ] || { cat out; exit 1; }
[ "$(tail -c 1 out | od -An -c | tr -d ' ')" = '\n' ] || exit 1
grep -q '"read":5,"written":2,"filtered":0,"rejected":3' err || { cat err; exit 1; }
