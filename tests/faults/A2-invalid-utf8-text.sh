# A2: as A1 for raw text.
printf ' date 2021-12-04 T\n\nCaf\351 and \360\237\230 end.\n' >in
ntag-split in >out 2>err || exit 1
[ "$(jq -r .text out | tail -1)" = "Caf� and � end." ] || { jq -r .text out; exit 1; }
[ "$(wc -l <err)" -eq 1 ]
