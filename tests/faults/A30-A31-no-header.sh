# A30: header-like words in running text are none; A31: an impossible date is text, with a warning.
printf ' date 2021-12-08 Court\n\nIt was on date 2021-12-07 the clerk left.\n\nThe form said so. date 2021-02-30 Something\n\nMore.\n' |
	ntag-split >out 2>err || exit 1
[ "$(wc -l <out)" -eq 1 ] && grep -q '2021-02-30' err && jq -r .text out | grep -q 'date 2021-02-30 Something' || { cat out err; exit 1; }
