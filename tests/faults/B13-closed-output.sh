# B13: standard output closed: 74, said.
for f in split date entity quote summarize; do
	ntag-$f "$ARTICLES" >&- 2>err
	[ $? -eq 74 ] && [ -s err ] || { echo "ntag-$f: $? $(cat err)"; exit 1; }
done
