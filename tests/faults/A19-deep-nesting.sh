# A19: nested deeper than 1,000: rejected, on a small stack.
deep=$(printf '%20000s' '' | tr ' ' '[')
close=$(printf '%20000s' '' | tr ' ' ']')
printf '{"id":"a","text":"x","u":%s%s}\n{"id":"b","text":"y"}\n' "$deep" "$close" >in
ulimit -s 256
ntag-split in >out 2>err
[ $? -eq 2 ] && [ "$(jq -r .id out)" = b ] && grep -q '^ntag-split: in:1:' err || { cat err; exit 1; }
