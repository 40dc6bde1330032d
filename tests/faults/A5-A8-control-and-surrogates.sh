# A5 raw NUL in a string is invalid JSON; A6 \u0000 is kept as one code point; A7 control characters go
# out escaped; A8 a lone surrogate becomes U+FFFD.
printf '{"id":"n","text":"a\0b"}\n{"id":"g","text":"ok"}\n' | ntag-split >out 2>err
[ $? -eq 2 ] && [ "$(jq -r .id out)" = g ] && grep -q '^ntag-split: -:1:' err || { cat err; exit 1; }
printf '{"id":"z","text":"a\\u0000b\\u001bc. Next one."}\n' | ntag-split >out || exit 1
grep -q 'a\\u0000b\\u001bc' out && [ "$(jq -c '.sents[1]' out)" = '{"start":7,"end":16}' ] || { cat out; exit 1; }
printf '{"id":"s","text":"x \\ud83d y"}\n' | ntag-split >out 2>err || exit 1
[ "$(jq -r .text out)" = "x � y" ]
