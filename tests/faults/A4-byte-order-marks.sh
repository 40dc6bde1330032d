# A4: a BOM goes at the start of a file, of a record and of a header line in mid-stream.
printf '\357\273\277{"id":"a","text":"x"}\n\357\273\277{"id":"b","text":"y"}\n' | ntag-split >out 2>err || exit 1
[ "$(jq -r .id out | tr '\n' ' ')" = "a b " ] || { cat out err; exit 1; }
printf '\357\273\277 date 2021-12-04 One\n\nText.\357\273\277 date 2021-12-05 Two\n\nMore.' | ntag-split >out || exit 1
[ "$(jq -r .title out | tr '\n' ' ')" = "One Two " ] && ! grep -q $'\357\273\277' out
